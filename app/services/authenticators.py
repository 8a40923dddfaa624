"""A member's own authenticators: look at one, rename it, remove it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.authenticators import Authenticator
from app.domain.events import Act, Origin
from app.domain.refusals import Refused, Why
from app.domain.sessions import Session
from app.portal import Portal, Transaction
from app.steps import administration, step_up
from app.steps.events import record
from app.steps.sessions import end_others, hold
from app.storage import authenticators, members, organizations, recovery_codes


@dataclass(frozen=True, slots=True)
class AuthenticatorView:
    id: UUID
    name: str
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Managed:
    """`only` says that it is the last one, `required` that the organization wants one."""

    authenticator: AuthenticatorView
    only: bool
    required: bool

    @property
    def may_remove(self) -> bool:
        return not (self.only and self.required)


@dataclass(frozen=True, slots=True)
class Removed:
    name: str
    token: str | None


def all_of(portal: Portal, session: Session) -> list[AuthenticatorView]:
    with portal.reading() as tx:
        return [_view(one) for one in authenticators.all_for(tx.db, session.member_id)]


def look(portal: Portal, session: Session, authenticator: UUID) -> Managed | None:
    with portal.reading() as tx:
        found = authenticators.find(tx.db, session.member_id, authenticator)
        return _managed(tx, session, found) if found else None


def rename(portal: Portal, session: Session, authenticator: UUID, *, name: str, origin: Origin) -> Refused | None:
    """Raises SessionEndedError."""
    with portal.writing(origin) as tx:
        who, _ = hold(tx, session)
        found = authenticators.find(tx.db, who.id, authenticator)
        if found is None:
            return Refused(Why.OUTDATED)
        if found.name != name:
            authenticators.rename(tx.db, found.id, name)
            record(tx, Act.AUTHENTICATOR_RENAMED, who, old=found.name, name=name)
        return None


def remove(portal: Portal, session: Session, authenticator: UUID, *, proof: str, origin: Origin) -> Removed | Refused:
    """With the last one go the recovery codes; where the organization wants one, it stays. Raises SessionEndedError."""
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        organizations.find_and_hold(tx.db, session.organization_id)  # its last owner with an authenticator keeps one
        who, held = hold(tx, session)
        found = authenticators.find(tx.db, who.id, authenticator)
        if found is None:
            return Refused(Why.OUTDATED)
        if not _managed(tx, held, found).may_remove:
            return Refused(Why.LAST_ONE)
        if who.authenticator_count == 1 and administration.is_last_owner(tx, who):
            return Refused(Why.LAST_OWNER)
        fresh = step_up.require(tx, who, held, typed)
        if isinstance(fresh, Refused):
            return fresh
        authenticators.remove(tx.db, found.id)
        if who.authenticator_count == 1:
            recovery_codes.void_live(tx.db, who.id, generation=None, now=tx.now)
            record(tx, Act.CODES_VOIDED, who)
        members.factors_changed(tx.db, who.id)
        members.refresh_counts(tx.db, who.id)
        end_others(tx, who, keep=held)
        record(tx, Act.AUTHENTICATOR_REMOVED, who, name=found.name)
        return Removed(found.name, fresh.token)


def _managed(tx: Transaction, session: Session, found: Authenticator) -> Managed:
    only = len(authenticators.all_for(tx.db, session.member_id)) == 1
    required = organizations.find(tx.db, session.organization_id).requires_second_factor(tx.now)
    return Managed(_view(found), only, required)


def _view(one: Authenticator) -> AuthenticatorView:
    return AuthenticatorView(one.public_id, one.name, one.added_at, one.last_used_at)
