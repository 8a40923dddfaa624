"""Finding members: the list, the export, and all there is to know of one before acting on them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.attempts import KNOWN_BROWSERS_ONLY_AFTER, PASSWORD_WINDOW
from app.domain.authenticators import Authenticator
from app.domain.events import Act, Actor, ActorKind, Event, Origin
from app.domain.lists import COUNTED_AT_MOST, Counted, Factor, Line, Wanted
from app.domain.members import Member, Role, Status
from app.domain.passes import ADDRESS_SETTLES_IN, Link, PassMade
from app.domain.readiness import Readiness, readiness
from app.domain.refusals import Refused
from app.domain.rights import grantable, may_act_on
from app.domain.sessions import Session
from app.portal import Portal, Transaction
from app.steps import administration, attempts, passwords, step_up
from app.steps.administration import Acting
from app.steps.events import record_of_nobody
from app.storage import authenticators, events, member_lists, members, passes, recovery_codes, sessions
from app.storage.attempts import is_any_closed
from app.storage.links import invitations

_ACTIVE = Wanted(status=Status.ACTIVE)
_ACTIVE_AND_READY = Wanted(status=Status.ACTIVE, factor=Factor.READY)
_ACTIVE_COUNTED_AT_MOST = 100_000
_YEAR = timedelta(days=365)
_SIGN_INS_SHOWN = 5
_ACTS_SHOWN = 8
_SIGN_INS = {Act.SIGNED_IN, Act.SIGNED_IN_WITHOUT_SECOND_FACTOR, Act.PASS_USED}
_ADDED = {Act.AUTHENTICATOR_ADDED, Act.PASS_SPENT}
_ADDED_UNSEEN_FOR = timedelta(days=30)
_ADDED_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the list. `before` and `after` are the members to go on from, where there are more."""

    lines: list[Line]
    before: UUID | None
    after: UUID | None
    found: Counted
    everybody: Counted
    ready: Counted
    now: datetime


@dataclass(frozen=True, slots=True)
class Chosen:
    """A member chosen from the list, and whether this administrator may act on them."""

    line: Line
    open: bool


@dataclass(frozen=True, slots=True)
class Exported:
    lines: list[Line]
    now: datetime
    token: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What an administrator sees of a member; `mine` says that they may act on them, and the objections why not now."""

    line: Line
    mine: bool
    oneself: bool
    grantable: list[Role]
    last_owner: bool
    readiness: Readiness
    codes_made_at: datetime | None
    authenticators: list[Authenticator]
    open_sessions: int
    sign_ins: list[Event]
    recent: list[Event]
    failures: int
    passes: list[PassMade]
    invitation: Link | None
    password_stopped_at: datetime | None
    only_known_browsers: bool
    any_door_closed: bool
    email_changed_at: datetime | None
    added_unseen_at: datetime | None
    pass_objection: Refused | None
    link_objection: Refused | None
    address_objection: Refused | None
    now: datetime


def page(
    portal: Portal,
    session: Session,
    wanted: Wanted,
    *,
    after: UUID | None = None,
    before: UUID | None = None,
    length: int = 14,
) -> Page:
    """Somebody who is not there begins from the top. Raises NotAnAdministratorError."""
    with portal.reading() as tx:
        administration.looking(tx, session)
        organization_id = session.organization_id
        pivot = next(iter(member_lists.find(tx.db, organization_id, [one for one in (after, before) if one])), None)
        backwards = before is not None and pivot is not None
        lines = member_lists.page(
            tx.db, organization_id, wanted, beyond=pivot, backwards=backwards, count=length + 1, now=tx.now
        )
        more, lines = len(lines) > length, lines[:length]
        if backwards:
            lines.reverse()
        earlier, later = (more, True) if backwards else (pivot is not None, more)

        everything_seen = pivot is None and not more
        return Page(
            lines=lines,
            before=lines[0].public_id if lines and earlier else None,
            after=lines[-1].public_id if lines and later else None,
            found=Counted(len(lines), more=False) if everything_seen else _count(tx, session, wanted, COUNTED_AT_MOST),
            everybody=_count(tx, session, _ACTIVE, _ACTIVE_COUNTED_AT_MOST),
            ready=_count(tx, session, _ACTIVE_AND_READY, _ACTIVE_COUNTED_AT_MOST),
            now=tx.now,
        )


def chosen(portal: Portal, session: Session, ids: list[UUID]) -> list[Chosen]:
    """Raises NotAnAdministratorError."""
    with portal.reading() as tx:
        admin = administration.looking(tx, session)
        found = member_lists.find(tx.db, session.organization_id, ids)
        return [Chosen(line, may_act_on(admin, line)) for line in found]


def export(portal: Portal, session: Session, wanted: Wanted, *, proof: str, origin: Origin) -> Exported | Refused:
    """The whole list as it is narrowed. Raises SessionEndedError and NotAnAdministratorError."""
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        admin, held = administration.hold_admin(tx, session)
        fresh = step_up.require(tx, admin, held, typed)
        if isinstance(fresh, Refused):
            return fresh
        record_of_nobody(tx, Act.MEMBERS_EXPORTED, session.organization_id, by=Actor(ActorKind.MEMBER, admin.id))
    with portal.reading() as tx:  # not in the other one: nobody else could write for as long as it takes
        lines = list(member_lists.everybody(tx.db, session.organization_id, wanted, now=tx.now))
        return Exported(lines, tx.now, fresh.token)


def look(portal: Portal, session: Session, member: UUID) -> Profile | None:
    """Raises NotAnAdministratorError."""
    with portal.reading() as tx:
        admin = administration.looking(tx, session)
        who = members.find_in(tx.db, session.organization_id, member)
        return _profile(tx, admin, session, who) if who else None


def _count(tx: Transaction, session: Session, wanted: Wanted, at_most: int) -> Counted:
    return member_lists.count(tx.db, session.organization_id, wanted, now=tx.now, at_most=at_most)


def _profile(tx: Transaction, admin: Member, session: Session, who: Member) -> Profile:
    acting = Acting(admin, session, who)
    mine = may_act_on(admin, who)
    code_set = recovery_codes.find_live(tx.db, who.id)
    seen_after = tx.now - tx.settings.session_idle
    return Profile(
        line=member_lists.find(tx.db, who.organization_id, [who.public_id])[0],
        mine=mine,
        oneself=admin.id == who.id,
        grantable=[role for role in grantable(admin.role) if role is not who.role] if mine else [],
        last_owner=administration.is_last_owner(tx, who),
        readiness=readiness(who.authenticator_count, code_set),
        codes_made_at=code_set.made_at if code_set else None,
        authenticators=authenticators.all_for(tx.db, who.id),
        open_sessions=len(sessions.all_for(tx.db, who.id, seen_after=seen_after, now=tx.now)),
        sign_ins=events.page_for(tx.db, who.id, before=None, count=_SIGN_INS_SHOWN, acts=_SIGN_INS),
        recent=events.page_for(tx.db, who.id, before=None, count=_ACTS_SHOWN),
        failures=attempts.failures_since(tx, who, tx.now - PASSWORD_WINDOW),
        passes=passes.made_for(tx.db, who.id, since=tx.now - _YEAR),
        invitation=invitations.find_open(tx.db, who.id),
        password_stopped_at=who.password_stopped_at,
        only_known_browsers=who.status is Status.ACTIVE
        and passwords.failures_for(tx, who) >= KNOWN_BROWSERS_ONLY_AFTER,
        any_door_closed=is_any_closed(tx.db, who.id),
        email_changed_at=_changed_lately(tx, who),
        added_unseen_at=_added_unseen(tx, who),
        pass_objection=administration.objection_to_pass(tx, acting),
        link_objection=administration.objection_to_password_link(tx, acting),
        address_objection=administration.objection_to_new_address(tx, acting),
        now=tx.now,
    )


def _changed_lately(tx: Transaction, who: Member) -> datetime | None:
    settled = who.email_changed_at is None or tx.now >= who.email_changed_at + ADDRESS_SETTLES_IN
    return None if settled else who.email_changed_at


def _added_unseen(tx: Transaction, who: Member) -> datetime | None:
    """When lately an authenticator was added with the password alone, from a browser not seen before.

    Adding others does not clear it, since whoever added the first can; a pass does, which voids them all.
    """
    for one in events.page_for(tx.db, who.id, before=None, count=_ADDED_LOOKED_AT, acts=_ADDED):
        if one.act is Act.PASS_SPENT or tx.now - one.at >= _ADDED_UNSEEN_FOR:
            return None
        if one.details.get("unknown_browser"):
            return one.at
    return None
