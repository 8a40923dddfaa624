"""Errors as both parts of this wire say them: one form for all, and a word for each thing that can be refused."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from flask import Request
from pydantic import Field

from app.api.wire import Credentials, Given, WireError, Words, refusal
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof

Outcome = TypeVar("Outcome")

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

OF_TOTP: Words = {
    Why.WRONG_CODE: (401, "unable_to_authenticate_totp", "The code is wrong."),
    Why.USED_CODE: (401, "totp_code_already_authenticated", "The code was used before. Wait for the next one."),
    Why.MISTYPED_CODE: (400, "invalid_totp_code", "A TOTP code has six digits."),
    Why.OTHER_KIND_OF_CODE: (400, "recovery_code_used_as_totp_code", "This is a recovery code."),
}
OF_RECOVERY: Words = {
    Why.WRONG_CODE: (401, "unable_to_authenticate_recovery_code", "The recovery code is wrong."),
    Why.USED_CODE: (401, "unable_to_authenticate_recovery_code", "The recovery code was used before."),
    Why.MISTYPED_CODE: (400, "invalid_recovery_code", "The recovery code is mistyped: nothing was tried."),
    Why.OTHER_KIND_OF_CODE: (400, "totp_code_used_as_recovery_code", "This is a TOTP code."),
}
REFUSALS: Words = {
    Why.UNKNOWN_AUTHENTICATOR: (404, "totp_not_found", "There is no such TOTP."),
    Why.UNKNOWN_SESSION: (404, "session_not_found", "There is no such session, or it is over."),
    Why.TOKEN_REPLACED: (
        404,
        "session_not_found",
        "The session goes on under the token that came with its last factor.",
    ),
    Why.NO_SESSION: (401, "user_unauthenticated", "Nobody is signed in here: this takes a session."),
    Why.FACTOR_MISSING: (401, "insufficient_factors", "This takes a factor that was not shown in this session."),
    Why.FACTOR_STALE: (401, "stale_factors", "This takes a factor that was shown within the last five minutes."),
    Why.UNKNOWN_PROFILE: (404, "trusted_token_profile_not_found", "The project has no such profile."),
    Why.NOT_PERMITTED: (403, "unauthorized_action", "This takes a project with the permission factor_secrets."),
    Why.TOO_MANY: (400, "metadata_too_large", "Metadata has at most 20 keys and 4 kB of each kind."),
    Why.LONG_NAME: (400, "bad_request", "The name is longer than 120 characters."),
    Why.TOO_MANY_CLAIMS: (400, "custom_claims_too_large", "Custom claims have at most 4 kB."),
    Why.UNFIT_TOKEN: (401, "invalid_trusted_auth_token", "The token does not fit the profile, or is over."),
    Why.ADDRESS_NEW: (
        401,
        "invalid_trusted_auth_token",
        "The token names an address that was changed within the last seven days: nobody gets in by that yet.",
    ),
    Why.EXPIRED: (401, "expired_totp", "This TOTP was not confirmed in time, or tried too often. Create another."),
}
"""Those that mean the same whoever is asked about."""


def granted_by(
    outcome: Outcome | Refused, words: Words, *, of_totp: Words, of_recovery: Words, about: Proof
) -> Outcome:
    """Raises WireError, with a part's own words beside those that both have."""
    if isinstance(outcome, Refused):
        raise refusal(
            outcome,
            {**REFUSALS, **words},
            of_totp={**OF_TOTP, **of_totp},
            of_recovery={**OF_RECOVERY, **of_recovery},
            about=about,
        )
    return outcome


def error_form(documented_at: str) -> Callable[[WireError, str], Error]:
    def error_of(error: WireError, request_id: str) -> Error:
        return Error(
            status_code=error.status,
            request_id=spelled(request_id),
            error_type=error.kind,
            error_message=error.message,
            error_url=f"{documented_at}/{error.status}#{error.kind}",
        )

    return error_of


def basic_credentials(request: Request) -> Credentials | None:
    """The project's id and a secret of it."""
    sent = request.authorization
    if sent is None or sent.type != "basic" or not sent.username or not sent.password:
        return None
    return Credentials(sent.password, sent.username)


def finish(reply: Given, request_id: str) -> Given:
    return reply.model_copy(update={"request_id": spelled(request_id)})


def spelled(request_id: str) -> str:
    return f"request-id-live-{request_id}"
