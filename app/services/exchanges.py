"""Going from one organization of an application into another, for whoever is known to be the same person in both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.domain.application_sessions import Presented, Wish
from app.domain.events import Act, Origin
from app.domain.members import Member, Status
from app.domain.organizations import Organization
from app.domain.projects import Project
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof, Session, SignIn
from app.domain.tenants import Tenant, TenantRef
from app.domain.text import email_key
from app.domain.tokens import hash_of
from app.domain.users import User
from app.portal import Portal, Transaction
from app.steps import application_sessions, tenants, users
from app.steps.application_sessions import Right, Shown
from app.steps.events import record
from app.storage import members, projects, sessions, sign_ins


@dataclass(frozen=True, slots=True)
class Halfway:
    """The first factor holds in the other organization, and its own second one is still to be shown."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Exchanged:
    """`session` where nothing is missing. Else `halfway`, or neither where not even the first factor holds there."""

    project: Project
    tenant: Tenant
    user: User
    session: Shown | None
    halfway: Halfway | None = None


@dataclass(frozen=True, slots=True)
class _From:
    """Who comes, and by what."""

    who: Member
    by: Session | SignIn


@dataclass(frozen=True, slots=True)
class _Met:
    """The same person on both sides, both rows held; `project` is as it acts on the other side."""

    project: Project
    tenant: Tenant
    here: Member
    there: Member
    came_by: Session | SignIn

    @property
    def known(self) -> bool:
        """Whether the one who comes is who the address says, on both sides."""
        if self.here.id == self.there.id:
            return True
        verified = self.here.email_verified and self.there.email_verified
        return verified and email_key(self.here.email or "") == email_key(self.there.email or "")

    @property
    def stays(self) -> Session | None:
        return self.came_by if isinstance(self.came_by, Session) and self.here.id == self.there.id else None


def exchange(
    portal: Portal, project: Project, presented: Presented, into: TenantRef, *, wish: Wish, origin: Origin
) -> Exchanged | Refused:
    """A session for one in the other organization; the first one goes on."""

    def coming(tx: Transaction) -> _From | Refused:
        found = application_sessions.find(tx, project, presented)
        if not isinstance(found, Session):
            return found or Refused(Why.UNKNOWN_SESSION)
        return _From(members.find(tx.db, found.member_id), found)

    return _exchange(portal, project, coming, into, wish, origin)


def exchange_halfway(
    portal: Portal, project: Project, token: str, into: TenantRef, *, wish: Wish, origin: Origin
) -> Exchanged | Refused:
    """Likewise for somebody who has not arrived yet. The token is used up, and what comes of it lasts no longer."""

    def coming(tx: Transaction) -> _From | Refused:
        found = sign_ins.find_by_token(tx.db, hash_of(token), audience=project.audience, now=tx.now)
        return _From(members.find(tx.db, found.member_id), found) if found else Refused(Why.UNKNOWN_INTERMEDIATE)

    return _exchange(portal, project, coming, into, wish, origin)


def _exchange(
    portal: Portal,
    project: Project,
    coming: Callable[[Transaction], _From | Refused],
    into: TenantRef,
    wish: Wish,
    origin: Origin,
) -> Exchanged | Refused:
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        met = _meet(tx, project, coming, into)
        if isinstance(met, Refused):
            return met
        user = users.view(tx, met.project, met.there)
        if not met.known:
            return Exchanged(met.project, met.tenant, user, None)
        if _asks_for_more(met, user):
            shown_at, ends_at = _shown_at(met.came_by), _use_up(tx, met)
            begun = application_sessions.begin_sign_in(tx, met.project, met.there, shown_at=shown_at, ends_at=ends_at)
            return Exchanged(met.project, met.tenant, user, None, Halfway(begun.token, begun.sign_in.expires_at))
        shown = _let_in(tx, met, wish)
        if isinstance(shown, Refused):
            return shown
        _use_up(tx, met)
        return Exchanged(met.project, met.tenant, users.view(tx, met.project, met.there), shown)


def _meet(
    tx: Transaction, project: Project, coming: Callable[[Transaction], _From | Refused], into: TenantRef
) -> _Met | Refused:
    before = coming(tx)
    if isinstance(before, Refused):
        return before
    organization = tenants.find(tx, project, into)
    if isinstance(organization, Refused):
        return organization
    other = _same_person(tx, before.who, organization)
    if other is None:
        return Refused(Why.UNKNOWN_MEMBER)
    rows = members.hold_all(tx.db, {before.who.id, other.id})
    came = _held(tx, project, coming)
    if isinstance(came, Refused):
        return came
    here, there = rows[before.who.id], rows[other.id]
    if here.status is not Status.ACTIVE:
        return Refused(Why.UNKNOWN_SESSION)
    within, tenant = project.within(organization.id), tenants.view(tx, project, organization)
    met = _Met(within, tenant, here, there, came.by)
    return (_objection(there) if met.known else None) or met  # how they are is told to nobody else


def _held(tx: Transaction, project: Project, coming: Callable[[Transaction], _From | Refused]) -> _From | Refused:
    """Asked again: it may have ended while the rows were somebody else's. The project first, as who ends it does."""
    if projects.find_and_share(tx.db, project.public_id) is None:
        return Refused(Why.UNKNOWN_SESSION)
    came = coming(tx)
    if isinstance(came, Refused) or isinstance(came.by, SignIn):
        return came
    return came if sessions.find_and_hold(tx.db, came.by, tx.now) else Refused(Why.UNKNOWN_SESSION)


def _objection(there: Member) -> Refused | None:
    if there.status is not Status.ACTIVE:
        return Refused(Why.NOT_ACTIVE)
    if there.lock and there.locked_by_person:  # who panicked, or was locked by an administrator, has no way in
        return Refused(Why.LOCKED, lock=there.lock.reason)
    return None


def _same_person(tx: Transaction, who: Member, organization: Organization) -> Member | None:
    """By the address, which is one person's in each organization; whether it is theirs is another question."""
    if who.organization_id == organization.id:
        return who
    return members.find_by_email(tx.db, organization.id, who.email) if who.email else None


def _asks_for_more(met: _Met, user: User) -> bool:
    """The organization's own second factor: what was shown in another one is none here."""
    shown = met.stays is not None and met.stays.proved_at is not None
    return not shown and (met.tenant.requires_second_factor or user.asked_for_second_factor)


def _shown_at(came_by: Session | SignIn) -> datetime:
    """When a factor was shown last where they come from: it is no newer where they go."""
    if isinstance(came_by, SignIn):
        return came_by.begun_at
    return max(filter(None, [came_by.password_proved_at, came_by.proved_at]), default=came_by.opened_at)


def _use_up(tx: Transaction, met: _Met) -> datetime | None:
    """Until when whatever follows may last, where what it came by was to end."""
    if isinstance(met.came_by, Session):
        return None
    sign_ins.claim(tx.db, met.came_by.id)
    return met.came_by.expires_at


def _let_in(tx: Transaction, met: _Met, wish: Wish) -> Shown | Refused:
    if met.stays is not None:
        refused = application_sessions.go_on(tx, met.stays, wish)
        return refused or application_sessions.show(tx, met.project, met.there, [met.stays.public_id])[0]
    fits = application_sessions.find_for(tx, met.project, met.there, wish)
    if isinstance(fits, Refused):
        return fits
    right = Right(Proof.ATTESTATION, met.came_by.public_id, _shown_at(met.came_by))
    shown = application_sessions.after(tx, met.project, met.there, None, right, wish)
    assert shown is not None  # noqa: S101 -- whoever exchanges wishes for one
    record(tx, Act.USER_EXCHANGED, met.there)
    return shown
