"""Beginning an enrolment."""

from uuid import uuid4

from app.domain import totp
from app.domain.authenticators import ENROLMENT_LIFE, Authenticator, next_name, secret_context
from app.domain.members import Member
from app.domain.sessions import Scope, Session, SignIn
from app.portal import Transaction
from app.storage import authenticators, enrolments


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
