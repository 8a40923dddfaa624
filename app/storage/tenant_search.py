"""Searching organizations for an application of the whole installation; for another there is its own alone."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, or_, select, true

from app.domain.members import Status
from app.domain.projects import Project
from app.domain.tenants import TenantFilter, TenantSearch
from app.domain.text import email_key
from app.storage.tables import member, organization
from app.storage.text_search import has_any_part


def page(db: Connection, project: Project, search: TenantSearch, *, after: int, count: int) -> list[int]:
    """The ids of organizations after that one, in the order in which they were made."""
    wanted = select(organization.c.id).where(_fits(project, search), organization.c.id > after)
    return list(db.execute(wanted.order_by(organization.c.id).limit(count)).scalars())


def count(db: Connection, project: Project, search: TenantSearch) -> int:
    found: int = db.execute(select(func.count()).select_from(organization).where(_fits(project, search))).scalar_one()
    return found


def _fits(project: Project, search: TenantSearch) -> ColumnElement[bool]:
    within: ColumnElement[bool] = organization.c.ended_at.is_(None)
    if project.organization_id is not None:
        within = and_(within, organization.c.id == project.organization_id)
    conditions = [_BY[one.filter](one.value) for one in search.conditions]
    if not conditions:
        return within
    return and_(within, or_(*conditions) if search.any_of else and_(*conditions))


def _lower(values: list[str], column: ColumnElement[str]) -> ColumnElement[bool]:
    """Of ASCII letters in either case, which is as far as SQLite can tell."""
    return has_any_part(values, func.lower(column), str.lower)


def _with_member(fits: ColumnElement[bool]) -> ColumnElement[bool]:
    present = member.c.organization_id == organization.c.id, member.c.status != Status.REMOVED
    return exists().where(*present, fits)


_BY: dict[TenantFilter, Callable[[Any], ColumnElement[bool]]] = {
    TenantFilter.ID: organization.c.public_id.in_,
    TenantFilter.SLUG: organization.c.slug.in_,
    TenantFilter.NAME_PART: lambda values: _lower(values, organization.c.name),
    TenantFilter.SLUG_PART: lambda values: _lower(values, organization.c.slug),
    TenantFilter.MEMBER_EMAIL: lambda values: _with_member(
        member.c.email_key.in_([email_key(value) for value in values])
    ),
    TenantFilter.MEMBER_EMAIL_PART: lambda values: _with_member(has_any_part(values, member.c.email_key, email_key)),
    TenantFilter.WITH_SSO: lambda yes: false() if yes else true(),
    TenantFilter.NOBODY: lambda _nothing: false(),
}
