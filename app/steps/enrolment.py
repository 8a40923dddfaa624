"""Beginning an enrolment, and making an authenticator of it."""

from uuid import UUID, uuid4

from app.domain import totp
from app.domain.attempts import ENROLMENT_TRIES
from app.domain.authenticators import ENROLMENT_LIFE, Authenticator, Enrolment, next_name, secret_context
from app.domain.keyring import BrokenSealError
from app.domain.members import Member
from app.domain.sessions import Scope, Session, SignIn
from app.portal import Transaction
from app.storage import authenticators, enrolments, members


def begin(
    tx: Transaction,
    who: Member,
    *,
    session: Session | None = None,
    sign_in: SignIn | None = None,
    replaces: Authenticator | None = None,
    vouched: bool = False,
) -> None:
    """A fresh secret, pending for the session or sign-in that begins it; one begun before ends. `who` must be held."""
    public_id = uuid4()
    by_pass = session is not None and session.scope is Scope.ENROL  # whose confirmation leaves none of the others
    taken = [] if by_pass else [one.name for one in authenticators.all_for(tx.db, who.id)]
    enrolments.replace(
        tx.db,
        who,
        public_id=public_id,
        name=replaces.name if replaces else next_name(taken),
        sealed_secret=tx.keys.seal(totp.new_secret(), secret_context(who.public_id, public_id)),
        session_id=session.id if session else None,
        sign_in_id=sign_in.id if sign_in else None,
        replaces_id=replaces.id if replaces else None,
        vouched=vouched,
        now=tx.now,
        expires_at=tx.now + ENROLMENT_LIFE,
    )


def add_confirmed(tx: Transaction, who: Member, *, public_id: UUID, name: str, secret: bytes, step: int) -> None:
    """The authenticator of a secret that was just shown to be in an app, by the code of that step, which is spent."""
    sealed = tx.keys.seal(secret, secret_context(who.public_id, public_id))
    authenticators.add(tx.db, who, public_id=public_id, name=name, sealed_secret=sealed, last_step=step, now=tx.now)
    members.confirmed_one(tx.db, who.id)
    members.factors_changed(tx.db, who.id)


def secret_of(tx: Transaction, who: Member, enrolment: Enrolment) -> bytes | None:
    """None where its seal is broken."""
    try:
        return tx.keys.open(enrolment.sealed_secret, secret_context(who.public_id, enrolment.public_id))
    except BrokenSealError:
        return None


def is_over(tx: Transaction, enrolment: Enrolment) -> bool:
    return enrolment.expires_at <= tx.now or enrolment.tries >= ENROLMENT_TRIES
