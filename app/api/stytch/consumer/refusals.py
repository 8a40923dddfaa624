"""What this part says where users are refused something."""

from typing import TypeVar

from app.api.stytch.errors import granted_by
from app.api.wire import Words
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof

Outcome = TypeVar("Outcome")

_WORDS: Words = {
    Why.UNKNOWN_MEMBER: (404, "user_not_found", "There is no such user."),
    Why.UNKNOWN_ADDRESS: (404, "email_not_found", "There is no such e-mail address."),
    Why.PORTAL_ROLE: (403, "unauthorized_action", "This user has a role in the portal, and is changed there alone."),
    Why.NOT_ACTIVE: (400, "action_available_only_for_active_members", "This user is not active."),
    Why.NOT_OPEN: (400, "cannot_delete_email", "The user signs in to the portal with this address."),
    Why.ENROLLED: (400, "active_totp_exists", "The user has an active TOTP. Delete it before creating another."),
    Why.ADDRESS_TAKEN: (400, "duplicate_email", "Another user has this e-mail address."),
    Why.EXTERNAL_ID_TAKEN: (400, "duplicate_user_external_id", "Another user has this external id."),
    Why.LOCKED: (429, "user_lock_limit_reached", "This user is locked: no code is accepted."),
}
_OF_TOTP: Words = {Why.NOT_ENROLLED: (404, "totps_not_found_for_user", "The user has no TOTP.")}
_OF_RECOVERY: Words = {
    Why.NOT_ENROLLED: (400, "no_active_recovery_code_backed_factor", "The user has no TOTP that could be recovered.")
}


def granted(outcome: Outcome | Refused, about: Proof = Proof.TOTP) -> Outcome:
    """Raises WireError. `about` is the kind of code that was asked for."""
    return granted_by(outcome, _WORDS, of_totp=_OF_TOTP, of_recovery=_OF_RECOVERY, about=about)
