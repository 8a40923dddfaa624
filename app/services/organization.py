"""The organization: what its owners decide for everybody in it, and how ready its people are today."""

from dataclasses import asdict, dataclass
from datetime import datetime

from app.domain.events import Act, Actor, ActorKind, Origin
from app.domain.lists import Counted, Factor, Wanted
from app.domain.members import Role, Status
from app.domain.organizations import Organization, Policy, beginning_of, policy_of
from app.domain.recovery_codes import Kept
from app.domain.refusals import Refused, Why
from app.domain.sessions import Session
from app.portal import Portal, Transaction
from app.steps import administration, step_up
from app.steps.events import record_of_nobody
from app.storage import code_copies, member_lists, organizations

_OWNERS_SHOWN = 20
_COUNTED_AT_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Readiness:
    """Of the active members, how many are ready, and what the others lack."""

    active: Counted
    ready: Counted
    no_authenticator: Counted
    unacknowledged: Counted


@dataclass(frozen=True, slots=True)
class Overview:
    organization: Organization
    policy: Policy
    readiness: Readiness
    owners: list[str]
    kept: Kept


@dataclass(frozen=True, slots=True)
class Changed:
    """`fields` are those of the policy that are other than before.

    `tightened` sets came under a stricter mode: nothing is shown of them any more, and erasing copies is for a sweep.
    """

    fields: list[str]
    token: str | None
    tightened: int = 0


def overview(portal: Portal, session: Session) -> Overview:
    """Raises NotAnAdministratorError."""
    with portal.reading() as tx:
        administration.looking(tx, session)
        found = organizations.find(tx.db, session.organization_id)
        wanted = Wanted(role=Role.OWNER, status=Status.ACTIVE)
        owners = member_lists.page(
            tx.db, found.id, wanted, beyond=None, backwards=False, count=_OWNERS_SHOWN, now=tx.now
        )
        kept = code_copies.count_kept(tx.db, found.id, at_most=_COUNTED_AT_MOST)
        return Overview(found, policy_of(found), _readiness(tx, found.id), [one.name for one in owners], kept)


def change(
    portal: Portal, session: Session, *, seen: Policy, wanted: Policy, proof: str, origin: Origin
) -> Changed | Refused:
    """Owners only. `seen` is what the form was filled in over: what somebody else changed meanwhile is not undone.

    Raises SessionEndedError and NotAnAdministratorError.
    """
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        owner, held = administration.hold_admin(tx, session, least=Role.OWNER)
        found = organizations.find(tx.db, owner.organization_id)
        now = policy_of(found)
        if now != seen:
            return Refused(Why.OUTDATED)
        fresh = step_up.require(tx, owner, held, typed)
        if isinstance(fresh, Refused):
            return fresh
        old, new = asdict(now), asdict(wanted)
        fields = [name for name in new if old[name] != new[name]]
        if not fields:
            return Changed([], fresh.token)
        tightened = _change(tx, found, wanted)
        by = Actor(ActorKind.MEMBER, owner.id)
        changes = {name: [_plain(old[name]), _plain(new[name])] for name in fields}
        record_of_nobody(tx, Act.ORGANIZATION_CHANGED, found.id, by=by, changes=changes)
        return Changed(fields, fresh.token, tightened)


def _change(tx: Transaction, found: Organization, wanted: Policy) -> int:
    organizations.change(
        tx.db,
        found.id,
        name=wanted.name,
        time_zone=wanted.time_zone,
        required_from=_required_from(found, wanted, tx.now),
        code_count=wanted.code_count,
        code_visibility=wanted.code_visibility,
    )
    # A looser mode is for sets to come: those that are there were made under another promise.
    if found.code_visibility in wanted.code_visibility.looser:
        return code_copies.tighten(tx.db, found.id, wanted.code_visibility)
    return 0


def _required_from(found: Organization, wanted: Policy, now: datetime) -> datetime | None:
    """The day's midnight in the zone; what is in force already stays so, wherever midnight moves to."""
    if wanted.required_from is None:
        return None
    if found.requires_second_factor(now) and wanted.required_from == found.required_from_day:
        return found.second_factor_required_from
    return beginning_of(wanted.required_from, wanted.time_zone)


def _readiness(tx: Transaction, organization_id: int) -> Readiness:
    def counted(factor: Factor | None) -> Counted:
        wanted = Wanted(status=Status.ACTIVE, factor=factor)
        return member_lists.count(tx.db, organization_id, wanted, now=tx.now, at_most=_COUNTED_AT_MOST)

    return Readiness(
        active=counted(None),
        ready=counted(Factor.READY),
        no_authenticator=counted(Factor.NO_AUTHENTICATOR),
        unacknowledged=counted(Factor.UNACKNOWLEDGED),
    )


def _plain(value: object) -> str:
    return "" if value is None else str(value)
