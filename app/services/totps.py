"""TOTP and recovery codes for applications: the same authenticators, codes, budget and locks that the pages have."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from app.domain import recovery_codes as codes
from app.domain import totp
from app.domain.application_sessions import NOTHING_WISHED, Own, Wish
from app.domain.authenticators import next_name, secret_context
from app.domain.events import Act, Origin
from app.domain.members import Member
from app.domain.projects import Permission, Project
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof, Session
from app.domain.users import User, Whose
from app.portal import Portal, Transaction
from app.steps import application_sessions, own_sessions, second_factor, user_authenticators, users
from app.steps.application_sessions import Right, Shown
from app.steps.events import record
from app.steps.recovery_codes import stage
from app.storage import authenticators, enrolments, members, organizations, sessions, staged_codes


@dataclass(frozen=True, slots=True)
class Created:
    """What an authenticator app needs to know, and the codes that will work once it is confirmed: told here alone."""

    user: User
    totp: UUID
    key: str
    uri: str
    codes: list[str]


@dataclass(frozen=True, slots=True)
class Checked:
    """A code was right. `totp` is the authenticator, or the oldest one where it was a recovery code."""

    user: User
    totp: UUID
    session: Shown | None
    codes_left: int


def create(
    portal: Portal,
    project: Project,
    whose: Whose,
    *,
    life: timedelta,
    origin: Origin,
    within: Wish = NOTHING_WISHED,
    with_codes: bool = True,
) -> Created | Refused:
    """A secret to be confirmed within that time, in place of any that waited; for who has no authenticator.

    `within` is a session of theirs, where the application shows one. Without codes these are made once it is confirmed.
    """
    with portal.writing(origin, by=users.actor_of(project, whose)) as tx:
        who = users.hold_for_secrets(tx, project, whose)
        if isinstance(who, Refused):
            return who
        held = application_sessions.find_for(tx, project, who, within)
        if isinstance(held, Refused):
            return held
        if who.enrolled:
            return Refused(Why.ENROLLED)
        secret, public_id = totp.new_secret(), uuid4()
        enrolment_id = _begin(tx, who, public_id, secret, life)
        staged = stage(tx, who, enrolment_id, project.id) if with_codes else []
        if not with_codes:
            staged_codes.without_codes(tx.db, who, enrolment_id, project_id=project.id)
        elif isinstance(whose, Own) and (session := own_sessions.held(tx, project, whose)):
            sessions.handed(tx.db, session.id, members.find(tx.db, who.id).code_generation)
        record(tx, Act.ENROLMENT_BEGUN, who)
        issuer, account = totp.labels(organizations.find(tx.db, who.organization_id).name, who.email or who.name)
        return Created(
            user=users.view(tx, project, who),
            totp=public_id,
            key=totp.key_of(secret),
            uri=totp.provisioning_uri(secret, issuer=issuer, account=account),
            codes=[codes.spell(code) for code in staged],
        )


def _begin(tx: Transaction, who: Member, public_id: UUID, secret: bytes, life: timedelta) -> int:
    return enrolments.replace(
        tx.db,
        who,
        public_id=public_id,
        name=next_name([]),
        sealed_secret=tx.keys.seal(secret, secret_context(who.public_id, public_id)),
        session_id=None,
        sign_in_id=None,
        replaces_id=None,
        vouched=True,
        now=tx.now,
        expires_at=tx.now + life,
    )


def authenticate(
    portal: Portal, project: Project, whose: Whose, code: str, *, wish: Wish, origin: Origin
) -> Checked | Refused:
    """A TOTP code; the first right one confirms an authenticator that this application has begun."""
    digits = totp.read(code)
    if digits is None:
        return Refused(Why.OTHER_KIND_OF_CODE if codes.read(code) else Why.MISTYPED_CODE, proof=Proof.TOTP)
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_to_check(tx, project, whose)
        if isinstance(who, Refused):
            return who
        held = application_sessions.find_for(tx, project, who, wish)
        if isinstance(held, Refused):
            return held
        right = (
            _check(tx, project, who, digits, held)
            if who.enrolled
            else user_authenticators.confirm(tx, user_authenticators.door_of(tx, project, whose), who, digits)
        )
        if isinstance(right, Refused):
            return right
        return _checked(tx, project, who, held, right, wish)


def recover(
    portal: Portal, project: Project, whose: Whose, code: str, *, wish: Wish, origin: Origin
) -> Checked | Refused:
    """A recovery code, which is spent, here as on the pages."""
    if totp.read(code):
        return Refused(Why.OTHER_KIND_OF_CODE, proof=Proof.RECOVERY_CODE)
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_to_check(tx, project, whose)
        if isinstance(who, Refused):
            return who
        if not who.enrolled:
            return Refused(Why.NOT_ENROLLED, proof=Proof.RECOVERY_CODE)
        held = application_sessions.find_for(tx, project, who, wish)
        if isinstance(held, Refused):
            return held
        right = _check(tx, project, who, code, held)
        if isinstance(right, Refused):
            return right
        return _checked(tx, project, who, held, right, wish)


def delete(
    portal: Portal, project: Project, authenticator: UUID, *, origin: Origin, own: Own | None = None
) -> User | Refused:
    """With the last one go the codes, and the portal lets the member set up another only with a pass.

    Sessions of this application go on, since it is the one to know why; all others end. Where it is the member's `own`
    doing, all other sessions end, and nobody else's authenticator is there.
    """
    with portal.writing(origin, by=users.actor_of(project, own)) as tx:
        if own is None and not project.may(Permission.FACTOR_SECRETS):
            return Refused(Why.NOT_PERMITTED)
        owner = own or _owner_of(tx, project, authenticator)
        who = users.hold_for_secrets(tx, project, owner) if owner else Refused(Why.UNKNOWN_AUTHENTICATOR)
        if isinstance(who, Refused):
            return who
        door = user_authenticators.door_of(tx, project, own)
        found = authenticators.find(tx.db, who.id, authenticator)
        if found:
            authenticators.remove(tx.db, found.id)
            record(tx, Act.AUTHENTICATOR_REMOVED, who, name=found.name)
            user_authenticators.without(tx, door, who, last=who.authenticator_count == 1)
        elif _began(tx, project, who, authenticator):
            enrolments.cancel(tx.db, who.id)
            record(tx, Act.ENROLMENT_CANCELLED, who)
        else:
            return Refused(Why.UNKNOWN_AUTHENTICATOR)
        return users.view(tx, project, members.find(tx.db, who.id))


def delete_all(portal: Portal, project: Project, whose: Whose, *, origin: Origin) -> User | Refused:
    """Likewise whatever there is: for a wire on which a member has one authenticator or none."""
    with portal.writing(origin, by=users.actor_of(project, whose)) as tx:
        who = users.hold_for_secrets(tx, project, whose)
        if isinstance(who, Refused):
            return who
        door = user_authenticators.door_of(tx, project, whose)
        waiting = enrolments.find_for(tx.db, who.id)
        if waiting and _began(tx, project, who, waiting.public_id):
            enrolments.cancel(tx.db, who.id)
            record(tx, Act.ENROLMENT_CANCELLED, who)
        elif not who.enrolled:
            return Refused(Why.UNKNOWN_AUTHENTICATOR)
        if who.enrolled:
            for found in authenticators.all_for(tx.db, who.id):
                record(tx, Act.AUTHENTICATOR_REMOVED, who, name=found.name)
            authenticators.remove_all(tx.db, who.id)
            user_authenticators.without(tx, door, who, last=True)
        return users.view(tx, project, members.find(tx.db, who.id))


def _check(tx: Transaction, project: Project, who: Member, code: str, held: Session | None) -> Right | Refused:
    """By the member's budget; in a session that has proved a second factor, by the session's own tries."""
    proved = held is not None and held.proved_at is not None
    shown = (
        application_sessions.step_up(tx, project, who, held, code)
        if held is not None and proved
        else second_factor.check(tx, who, code, door=project.door)
    )
    return shown if isinstance(shown, Refused) else Right(shown.proof, shown.method)


def _checked(tx: Transaction, project: Project, who: Member, held: Session | None, right: Right, wish: Wish) -> Checked:
    record(tx, Act.USER_VERIFIED, who, proof=right.proof)
    session = application_sessions.after(tx, project, who, held, right, wish)
    present = members.find(tx.db, who.id)
    user = users.view(tx, project, present)
    return Checked(user, right.method if right.proof is Proof.TOTP else user.totps[0].id, session, present.codes_left)


def _owner_of(tx: Transaction, project: Project, authenticator: UUID) -> UUID | None:
    if project.organization_id is None:
        return None
    confirmed = authenticators.find_in(tx.db, project.organization_id, authenticator)
    found = confirmed or enrolments.find_in(tx.db, project.organization_id, authenticator)
    return members.find(tx.db, found.member_id).public_id if found else None


def _began(tx: Transaction, project: Project, who: Member, enrolment: UUID) -> bool:
    waiting = enrolments.find_for(tx.db, who.id)
    if waiting is None or waiting.public_id != enrolment:
        return False
    return staged_codes.generation_for(tx.db, waiting.id, project.id) is not None
