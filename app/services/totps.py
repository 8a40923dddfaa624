"""TOTP and recovery codes for applications: the same authenticators, codes, budget and locks that the pages have."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from app.domain import recovery_codes as codes
from app.domain import totp
from app.domain.application_sessions import NOTHING_WISHED, Wish
from app.domain.attempts import ENROLMENT_TRIES
from app.domain.authenticators import next_name, secret_context
from app.domain.events import Act, Origin
from app.domain.members import Member, Role
from app.domain.projects import Permission, Project
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof, Session
from app.domain.users import User, UserRef
from app.portal import Portal, Transaction
from app.steps import application_sessions, attempts, second_factor, users
from app.steps.application_sessions import Right, Shown
from app.steps.enrolment import add_confirmed, secret_of
from app.steps.events import record
from app.steps.recovery_codes import promote, stage
from app.steps.sessions import end_others
from app.storage import authenticators, enrolments, members, organizations, recovery_codes, staged_codes


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
    portal: Portal, project: Project, named: UserRef, *, life: timedelta, origin: Origin, within: Wish = NOTHING_WISHED
) -> Created | Refused:
    """A secret to be confirmed within that time, in place of any that waited; for who has no authenticator.

    `within` is a session of theirs, where the application shows one.
    """
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_for_secrets(tx, project, named)
        if isinstance(who, Refused):
            return who
        held = application_sessions.find_for(tx, project, who, within)
        if isinstance(held, Refused):
            return held
        if who.enrolled:
            return Refused(Why.ENROLLED)
        secret, public_id = totp.new_secret(), uuid4()
        enrolment_id = enrolments.replace(
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
        staged = stage(tx, who, enrolment_id, project.id)
        record(tx, Act.ENROLMENT_BEGUN, who)
        issuer, account = totp.labels(organizations.find(tx.db, who.organization_id).name, who.email or who.name)
        return Created(
            user=users.view(tx, project, who),
            totp=public_id,
            key=totp.key_of(secret),
            uri=totp.provisioning_uri(secret, issuer=issuer, account=account),
            codes=[codes.spell(code) for code in staged],
        )


def authenticate(
    portal: Portal, project: Project, named: UserRef, code: str, *, wish: Wish, origin: Origin
) -> Checked | Refused:
    """A TOTP code; the first right one confirms an authenticator that this application has begun."""
    digits = totp.read(code)
    if digits is None:
        return Refused(Why.OTHER_KIND_OF_CODE if codes.read(code) else Why.MISTYPED_CODE, proof=Proof.TOTP)
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_to_check(tx, project, named)
        if isinstance(who, Refused):
            return who
        held = application_sessions.find_for(tx, project, who, wish)
        if isinstance(held, Refused):
            return held
        right = _check(tx, project, who, digits, held) if who.enrolled else _confirm(tx, project, who, digits)
        if isinstance(right, Refused):
            return right
        return _checked(tx, project, who, held, right, wish)


def recover(
    portal: Portal, project: Project, named: UserRef, code: str, *, wish: Wish, origin: Origin
) -> Checked | Refused:
    """A recovery code, which is spent, here as on the pages."""
    if totp.read(code):
        return Refused(Why.OTHER_KIND_OF_CODE, proof=Proof.RECOVERY_CODE)
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_to_check(tx, project, named)
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


def delete(portal: Portal, project: Project, authenticator: UUID, *, origin: Origin) -> User | Refused:
    """With the last one go the codes, and the portal lets the member set up another only with a pass.

    Sessions of this application go on, since it is the one to know why; all others end.
    """
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        if not project.may(Permission.FACTOR_SECRETS):
            return Refused(Why.NOT_PERMITTED)
        owner = _owner_of(tx, project, authenticator)
        who = users.hold_for_secrets(tx, project, owner) if owner else Refused(Why.UNKNOWN_AUTHENTICATOR)
        if isinstance(who, Refused):
            return who
        found = authenticators.find(tx.db, who.id, authenticator)
        if found:
            authenticators.remove(tx.db, found.id)
            record(tx, Act.AUTHENTICATOR_REMOVED, who, name=found.name)
            _without(tx, project, who, last=who.authenticator_count == 1)
        elif _began(tx, project, who, authenticator):
            enrolments.cancel(tx.db, who.id)
            record(tx, Act.ENROLMENT_CANCELLED, who)
        else:
            return Refused(Why.UNKNOWN_AUTHENTICATOR)
        return users.view(tx, project, members.find(tx.db, who.id))


def delete_all(portal: Portal, project: Project, named: UserRef, *, origin: Origin) -> User | Refused:
    """Likewise whatever there is: for a wire on which a member has one authenticator or none."""
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_for_secrets(tx, project, named)
        if isinstance(who, Refused):
            return who
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
            _without(tx, project, who, last=True)
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


def _confirm(tx: Transaction, project: Project, who: Member, digits: str) -> Right | Refused:
    """With tries of its own, which touch nobody's budget; a wrong one leaves the secret as it is."""
    enrolment = enrolments.find_for(tx.db, who.id)
    generation = staged_codes.generation_for(tx.db, enrolment.id, project.id) if enrolment else None
    if enrolment is None or generation is None:
        return Refused(Why.NOT_ENROLLED, proof=Proof.TOTP)
    if who.role is not Role.MEMBER or not users.may_touch_secrets(tx, project):  # either may be new since it began
        return Refused(Why.PORTAL_ROLE if who.role is not Role.MEMBER else Why.NOT_PERMITTED)
    if locked := attempts.lock_of(tx, who, project.door):
        return locked
    secret = secret_of(tx, who, enrolment)
    if secret is None or not enrolments.take_try(tx.db, enrolment.id, limit=ENROLMENT_TRIES, now=tx.now):
        return Refused(Why.EXPIRED)
    steps = totp.matching_steps(secret, digits, tx.now)
    if not steps:
        record(tx, Act.ENROLMENT_CODE_REFUSED, who)
        return Refused(Why.WRONG_CODE, proof=Proof.TOTP)
    count = promote(tx, who, enrolment, generation)
    enrolments.claim(tx.db, enrolment.id)
    add_confirmed(tx, who, public_id=enrolment.public_id, name=enrolment.name, secret=secret, step=steps[-1])
    members.refresh_counts(tx.db, who.id)
    end_others(tx, who, keep_audience=project.audience)
    record(tx, Act.AUTHENTICATOR_ADDED, who, name=enrolment.name)
    record(tx, Act.CODES_MADE, who, count=count)
    return Right(Proof.TOTP, enrolment.public_id)


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


def _without(tx: Transaction, project: Project, who: Member, *, last: bool) -> None:
    if last:
        members.lost_the_last(tx.db, who.id)
        if recovery_codes.void_live(tx.db, who.id, generation=None, now=tx.now):
            record(tx, Act.CODES_VOIDED, who)
    members.factors_changed(tx.db, who.id)
    members.refresh_counts(tx.db, who.id)
    end_others(tx, who, keep_audience=project.audience)
