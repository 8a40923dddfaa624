"""Errors as this wire says them: one form for all, and a word of its own for each thing that can be refused."""

from typing import Annotated, TypeVar

from pydantic import Field

from app.api.wire import Given, WireError, Words, refusal
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof

Outcome = TypeVar("Outcome")

_DOCUMENTED_AT = "https://stytch.com/docs/api/errors"
_SUCCESS = 200


class Reply(Given):
    """What every answer carries."""

    status_code: int = _SUCCESS
    request_id: str = ""


class Error(Reply):
    status_code: int
    error_type: str
    error_message: str
    error_url: Annotated[str, Field(description="Where the service documents the type")]


KINDS = {
    400: "bad_request",
    401: "unauthorized_credentials",
    403: "unauthorized_action",
    404: "route_not_found",
    405: "method_not_allowed",
    413: "bad_request",
    415: "bad_request",
    429: "too_many_requests",
    500: "internal_server_error",
    503: "server_unavailable",
}

_REFUSALS: Words = {
    Why.UNKNOWN_MEMBER: (404, "user_not_found", "There is no such user."),
    Why.UNKNOWN_AUTHENTICATOR: (404, "totp_not_found", "There is no such TOTP."),
    Why.UNKNOWN_SESSION: (404, "session_not_found", "There is no such session, or it is over."),
    Why.UNKNOWN_PROFILE: (404, "trusted_token_profile_not_found", "The project has no such profile."),
    Why.UNKNOWN_ADDRESS: (404, "email_not_found", "There is no such e-mail address."),
    Why.NOT_PERMITTED: (403, "unauthorized_action", "This takes a project with the permission factor_secrets."),
    Why.PORTAL_ROLE: (403, "unauthorized_action", "This user has a role in the portal, and is changed there alone."),
    Why.NOT_ACTIVE: (400, "action_available_only_for_active_members", "This user is not active."),
    Why.NOT_OPEN: (400, "cannot_delete_email", "The user signs in to the portal with this address."),
    Why.ENROLLED: (400, "active_totp_exists", "The user has an active TOTP. Delete it before creating another."),
    Why.ADDRESS_TAKEN: (400, "duplicate_email", "Another user has this e-mail address."),
    Why.EXTERNAL_ID_TAKEN: (400, "duplicate_user_external_id", "Another user has this external id."),
    Why.TOO_MANY: (400, "metadata_too_large", "Metadata has at most 20 keys and 4 kB of each kind."),
    Why.LONG_NAME: (400, "bad_request", "The name is longer than 120 characters."),
    Why.TOO_MANY_CLAIMS: (400, "custom_claims_too_large", "Custom claims have at most 4 kB."),
    Why.UNFIT_TOKEN: (401, "invalid_trusted_auth_token", "The token does not fit the profile, or is over."),
    Why.EXPIRED: (401, "expired_totp", "This TOTP was not confirmed in time, or tried too often. Create another."),
    Why.LOCKED: (429, "user_lock_limit_reached", "This user is locked: no code is accepted."),
}
_OF_TOTP: Words = {
    Why.WRONG_CODE: (401, "unable_to_authenticate_totp", "The code is wrong."),
    Why.USED_CODE: (401, "totp_code_already_authenticated", "The code was used before. Wait for the next one."),
    Why.MISTYPED_CODE: (400, "invalid_totp_code", "A TOTP code has six digits."),
    Why.OTHER_KIND_OF_CODE: (400, "recovery_code_used_as_totp_code", "This is a recovery code."),
    Why.NOT_ENROLLED: (404, "totps_not_found_for_user", "The user has no TOTP."),
}
_OF_RECOVERY: Words = {
    Why.WRONG_CODE: (401, "unable_to_authenticate_recovery_code", "The recovery code is wrong."),
    Why.USED_CODE: (401, "unable_to_authenticate_recovery_code", "The recovery code was used before."),
    Why.MISTYPED_CODE: (400, "invalid_recovery_code", "The recovery code is mistyped: nothing was tried."),
    Why.OTHER_KIND_OF_CODE: (400, "totp_code_used_as_recovery_code", "This is a TOTP code."),
    Why.NOT_ENROLLED: (400, "no_active_recovery_code_backed_factor", "The user has no TOTP that could be recovered."),
}


def granted(outcome: Outcome | Refused, about: Proof = Proof.TOTP) -> Outcome:
    """Raises WireError. `about` is the kind of code that was asked for."""
    if isinstance(outcome, Refused):
        raise refusal(outcome, _REFUSALS, of_totp=_OF_TOTP, of_recovery=_OF_RECOVERY, about=about)
    return outcome


def error_of(error: WireError, request_id: str) -> Error:
    return Error(
        status_code=error.status,
        request_id=spelled(request_id),
        error_type=error.kind,
        error_message=error.message,
        error_url=f"{_DOCUMENTED_AT}/{error.status}#{error.kind}",
    )


def finish(reply: Given, request_id: str) -> Given:
    return reply.model_copy(update={"request_id": spelled(request_id)})


def spelled(request_id: str) -> str:
    return f"request-id-live-{request_id}"
