"""Errors as this wire says them. Clients go by the code, whatever the status."""

from collections.abc import Mapping
from typing import TypeVar

from app.api.wire import Given, WireError, Words, refusal
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof

Outcome = TypeVar("Outcome")


class Error(Given):
    error: str
    code: str


KINDS: Mapping[int, str] = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "bad_request",
    415: "bad_request",
    429: "too_many_requests",
    500: "internal_server_error",
    503: "service_unavailable",
}

_INVALID = "mfa_invalid_code"
_OF_TOTP: Words = {
    Why.WRONG_CODE: (422, _INVALID, "The code is wrong."),
    Why.USED_CODE: (422, _INVALID, "The code was used before. Wait for the next one."),
    Why.MISTYPED_CODE: (422, _INVALID, "A code of an authenticator has six digits."),
    Why.OTHER_KIND_OF_CODE: (422, _INVALID, "This is a recovery code."),
}
_OF_RECOVERY: Words = {
    Why.WRONG_CODE: (422, _INVALID, "The recovery code is wrong."),
    Why.USED_CODE: (422, _INVALID, "The recovery code was used before."),
    Why.MISTYPED_CODE: (422, _INVALID, "The recovery code is mistyped: nothing was tried."),
    Why.OTHER_KIND_OF_CODE: (422, _INVALID, "This is a code of an authenticator."),
}
_WORDS: Words = {
    Why.NO_SESSION: (401, "unauthorized", "Nobody is signed in here."),
    Why.UNKNOWN_SESSION: (401, "unauthorized", "The session is over, or the token is of an earlier moment of it."),
    Why.FACTOR_MISSING: (403, "insufficient_factors", "This takes a factor that was not shown in this session."),
    Why.FACTOR_STALE: (403, "stale_factors", "This takes a factor that was shown within the last five minutes."),
    Why.NOT_PERMITTED: (403, "forbidden", "This takes a project with the permission factor_secrets."),
    Why.PORTAL_ROLE: (403, "forbidden", "This user has a role in the portal, and is looked after there alone."),
    Why.NOT_ACTIVE: (403, "forbidden", "This user is not active."),
    Why.UNKNOWN_MEMBER: (422, "invalid_user", "There is no such user."),
    Why.UNFIT_TOKEN: (422, "invalid_external_auth", "The token fits nothing that this project trusts, or is over."),
    Why.NOT_ENROLLED: (422, "mfa_device_not_found", "The user has no authenticator."),
    Why.UNKNOWN_AUTHENTICATOR: (422, "mfa_device_not_found", "There is no such authenticator."),
    Why.ENROLLED: (401, "mfa_invalid_request", "The user has an authenticator. Delete it before adding another."),
    Why.EXPIRED: (
        422, "mfa_invalid_request", "The authenticator was not confirmed in time, or tried too often. Begin again.",
    ),
    Why.OUTDATED: (
        422, "mfa_invalid_request", "The codes that are in force were not shown in this session: get them first.",
    ),
    Why.TOO_MANY: (400, "bad_request", "Metadata has at most 20 keys and 4 kB."),
    Why.LONG_NAME: (400, "bad_request", "The name is longer than 120 characters."),
    Why.LOCKED: (429, "mfa_rate_limited", "This user is locked: no code is accepted."),
}  # fmt: skip


def granted(outcome: Outcome | Refused, about: Proof = Proof.TOTP) -> Outcome:
    """Raises WireError. `about` is the kind of code that was asked for."""
    if isinstance(outcome, Refused):
        raise refusal(outcome, _WORDS, of_totp=_OF_TOTP, of_recovery=_OF_RECOVERY, about=about)
    return outcome


def error_of(error: WireError, _request_id: str) -> Error:
    return Error(error=error.message, code=error.kind)


def finish(given: Given, _request_id: str) -> Given:
    return given
