"""Searching an organization's members for an application, by what it may know of them."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, false, func, or_, select

from app.domain import erasure
from app.domain.members import Status
from app.domain.projects import Project
from app.domain.text import email_key, search_text
from app.domain.users import Filter, Search
from app.storage.tables import authenticator, enrolment, member, project_enrolment, project_user
from app.storage.text_search import has_any_part

# The searched text is the name, and behind a space the address where there is one.
_address = func.coalesce(func.length(member.c.email_key) + 1, 0)
_before = func.length(member.c.search_text) - _address
_name = func.substr(member.c.search_text, 1, case((_before > 0, _before), else_=0))
_present = member.c.status != Status.REMOVED


def page(
    db: Connection,
    project: Project,
    within: Collection[int],
    search: Search,
    *,
    after: int,
    count: int,
    now: datetime,
) -> list[int]:
    """The ids of members of these organizations after that one, in the order in which they were made."""
    wanted = select(member.c.id).where(_fits(project, within, search, now), member.c.id > after)
    return list(db.execute(wanted.order_by(member.c.id).limit(count)).scalars())


def count(db: Connection, project: Project, within: Collection[int], search: Search, *, now: datetime) -> int:
    wanted = select(func.count()).select_from(member).where(_fits(project, within, search, now))
    found: int = db.execute(wanted).scalar_one()
    return found


def _fits(project: Project, within: Collection[int], search: Search, now: datetime) -> ColumnElement[bool]:
    erased = and_(member.c.email.is_(None), member.c.name == erasure.NAME)
    present = or_(member.c.status != Status.REMOVED, ~erased) if search.removed_too else _present
    of_project = and_(member.c.organization_id.in_(within), present)
    by = {**_BY, Filter.EMAIL: _email_once} if search.removed_too else _BY
    conditions = [by[one.filter](one.value, project, now) for one in search.conditions]
    if not conditions:
        return of_project
    return and_(of_project, or_(*conditions) if search.any_of else and_(*conditions))


def _notes(project: Project, *wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    mine = project_user.c.project_id == project.id, project_user.c.member_id == member.c.id
    return exists().where(*mine, *wanted)


def _status(values: list[str], project: Project, _now: datetime) -> ColumnElement[bool]:
    """`pending` is whoever is neither active nor what the others say, for a wire that has words for these."""
    active = and_(member.c.status == Status.ACTIVE, ~_notes(project, project_user.c.pending.is_(True)))
    invited = member.c.status == Status.INVITED
    by = {
        "active": active,
        "inactive": and_(_present, ~active),
        "invited": invited,
        "pending": and_(_present, ~active, ~invited),
        "deleted": ~_present,
    }
    return or_(false(), *(by[value] for value in values))


def _email(values: list[str], _project: Project, _now: datetime) -> ColumnElement[bool]:
    return member.c.email_key.in_([email_key(value) for value in values])


def _email_once(values: list[str], project: Project, now: datetime) -> ColumnElement[bool]:
    """Of the removed as well: theirs is free for others, and stays written down."""
    had = and_(~_present, func.lower(member.c.email).in_([value.lower() for value in values]))
    return or_(_email(values, project, now), had)


def _confirmed(*wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(authenticator.c.member_id == member.c.id, *wanted)


def _waiting(project: Project, now: datetime, *wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    mine = enrolment.c.id == project_enrolment.c.enrolment_id, project_enrolment.c.project_id == project.id
    return exists().where(enrolment.c.member_id == member.c.id, *mine, enrolment.c.expires_at > now, *wanted)


_BY: dict[Filter, Callable[[Any, Project, datetime], ColumnElement[bool]]] = {
    Filter.USER_ID: lambda ids, _project, _now: member.c.public_id.in_(ids),
    Filter.EXTERNAL_ID: lambda ids, project, _now: _notes(project, project_user.c.external_id.in_(ids)),
    Filter.STATUS: _status,
    Filter.NAME_PART: lambda values, _project, _now: has_any_part(values, _name, search_text),
    Filter.EMAIL: _email,
    Filter.EMAIL_ID: lambda ids, _project, _now: and_(member.c.email_key.is_not(None), member.c.public_id.in_(ids)),
    Filter.EMAIL_PART: lambda values, _project, _now: has_any_part(values, member.c.email_key, email_key),
    Filter.EMAIL_VERIFIED: lambda yes, _project, _now: and_(
        member.c.email_key.is_not(None), member.c.email_verified.is_(yes)
    ),
    Filter.TOTP_ID: lambda ids, project, now: or_(
        _confirmed(authenticator.c.public_id.in_(ids)), _waiting(project, now, enrolment.c.public_id.in_(ids))
    ),
    Filter.TOTP_VERIFIED: lambda yes, project, now: _confirmed() if yes else _waiting(project, now),
    Filter.PASSWORD: lambda yes, _project, _now: (
        member.c.password_hash.is_not(None) if yes else member.c.password_hash.is_(None)
    ),
    Filter.BREAKGLASS: lambda yes, project, _now: (
        _notes(project, project_user.c.breakglass.is_(True))
        if yes
        else ~_notes(project, project_user.c.breakglass.is_(True))
    ),
    Filter.NOBODY: lambda _nothing, _project, _now: false(),
    Filter.MADE_AFTER: lambda moment, _project, _now: member.c.made_at > moment,
    Filter.MADE_BEFORE: lambda moment, _project, _now: member.c.made_at < moment,
    Filter.MADE_BETWEEN: lambda moments, _project, _now: and_(
        member.c.made_at > moments[0], member.c.made_at < moments[1]
    ),
}
