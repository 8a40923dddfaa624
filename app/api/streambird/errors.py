"""Errors as this wire says them. Its documents name no types; these are in the manner of its siblings."""

from typing import TypeVar

from app.api.wire import Given, WireError, Words, refusal
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof

Outcome = TypeVar("Outcome")


class Error(Given):
    status_code: int
    error_type: str
    error_message: str
    request_id: str


KINDS = {
    400: "invalid_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "invalid_request",
    415: "invalid_request",
    429: "too_many_requests",
    500: "internal_error",
    503: "service_unavailable",
}

_REFUSALS: Words = {
    Why.UNKNOWN_MEMBER: (404, "user_not_found", "There is no such user."),
    Why.UNKNOWN_AUTHENTICATOR: (404, "totp_not_found", "There is no such TOTP."),
    Why.UNKNOWN_SESSION: (404, "session_not_found", "There is no such session, or it is over."),
    Why.TOKEN_REPLACED: (
        404,
        "session_not_found",
        "The session goes on under the token that came with its last factor.",
    ),
    Why.UNKNOWN_ADDRESS: (404, "email_not_found", "There is no such e-mail address."),
    Why.NOT_PERMITTED: (403, "forbidden", "This takes a project with the permission factor_secrets."),
    Why.PORTAL_ROLE: (403, "forbidden", "This user has a role in the portal, and is changed there alone."),
    Why.NOT_ACTIVE: (400, "user_not_active", "This user is not active."),
    Why.NOT_OPEN: (400, "email_in_use", "The user signs in to the portal with this address."),
    Why.ADDRESS_KEPT: (400, "email_in_use", "The user has another address already, which is changed in the portal."),
    Why.ENROLLED: (409, "totp_already_exists", "The user has a verified TOTP. Delete it before creating another."),
    Why.ADDRESS_TAKEN: (409, "duplicate_email", "Another user has this e-mail address."),
    Why.LONG_NAME: (400, "invalid_request", "The name is longer than 120 characters."),
    Why.EXPIRED: (401, "totp_expired", "This TOTP was not verified in time, or tried too often. Create another."),
    Why.LOCKED: (429, "user_locked", "This user is locked: no code is accepted."),
}
_OF_TOTP: Words = {
    Why.WRONG_CODE: (401, "totp_incorrect", "The code is wrong."),
    Why.USED_CODE: (401, "totp_already_used", "The code was used before. Wait for the next one."),
    Why.MISTYPED_CODE: (400, "totp_invalid", "A TOTP code has six digits."),
    Why.OTHER_KIND_OF_CODE: (400, "totp_invalid", "This is a recovery code."),
    Why.NOT_ENROLLED: (404, "totp_not_found", "The user has no TOTP."),
}
_OF_RECOVERY: Words = {
    Why.WRONG_CODE: (401, "recovery_code_incorrect", "The recovery code is wrong."),
    Why.USED_CODE: (401, "recovery_code_already_used", "The recovery code was used before."),
    Why.MISTYPED_CODE: (400, "recovery_code_invalid", "The recovery code is mistyped: nothing was tried."),
    Why.OTHER_KIND_OF_CODE: (400, "recovery_code_invalid", "This is a TOTP code."),
    Why.NOT_ENROLLED: (404, "totp_not_found", "The user has no TOTP."),
}


def granted(outcome: Outcome | Refused, about: Proof = Proof.TOTP) -> Outcome:
    """Raises WireError. `about` is the kind of code that was asked for."""
    if isinstance(outcome, Refused):
        raise refusal(outcome, _REFUSALS, of_totp=_OF_TOTP, of_recovery=_OF_RECOVERY, about=about)
    return outcome


def error_of(error: WireError, request_id: str) -> Error:
    return Error(status_code=error.status, error_type=error.kind, error_message=error.message, request_id=request_id)
