"""All that browsers of applications without organizations ask."""

from app.api.stytch.browsers import consumer, visits
from app.api.stytch.browsers.visits import Data, EnrolmentAsked, SessionAsked
from app.api.stytch.consumer import models
from app.api.stytch.errors import KINDS, Error, Reply, error_form
from app.api.wire import Dialect, Operation

_ROOT = "/sdk/v1"
_CHECKED = Data[consumer.TotpAuthenticated]
_CHANGED = Data[consumer.Changed]

_OPERATIONS = [
    Operation("POST", f"{_ROOT}/totps", "create_own_totp", consumer.create, EnrolmentAsked, Data[consumer.Created]),
    Operation(
        "POST", f"{_ROOT}/totps/authenticate", "authenticate_own_totp", consumer.authenticate,
        consumer.TotpAuthentication, _CHECKED,
    ),
    Operation(
        "POST", f"{_ROOT}/totps/recovery_codes", "get_own_recovery_codes", consumer.recovery_codes, None,
        Data[models.CodesRead],
    ),
    Operation("POST", f"{_ROOT}/totps/recover", "recover_own_totp", consumer.recover, consumer.Recovery, _CHECKED),
    Operation("GET", f"{_ROOT}/users/me", "get_own_user", consumer.me, None, Data[models.OneUser]),
    Operation("PUT", f"{_ROOT}/users/me", "update_own_user", consumer.update_me, consumer.SelfUpdate, _CHANGED),
    Operation("DELETE", f"{_ROOT}/users/totps/{{totp_id}}", "delete_own_totp", consumer.delete_totp, None, _CHANGED),
    Operation(
        "POST", f"{_ROOT}/sessions/attest", "attest_own_session", consumer.attest, consumer.Attestation,
        Data[consumer.Authenticated],
    ),
    Operation(
        "POST", f"{_ROOT}/sessions/authenticate", "authenticate_own_session", consumer.use_session, SessionAsked,
        Data[consumer.Authenticated],
    ),
    Operation("POST", f"{_ROOT}/sessions/revoke", "revoke_own_session", consumer.revoke, None, Data[Reply]),
]  # fmt: skip
_UNFIT = {
    "expiration_minutes": "invalid_expiration",
    "session_duration_minutes": "invalid_session_duration_minutes",
    "totp_code": "invalid_totp_code",
    "recovery_code": "invalid_recovery_code",
    "untrusted_metadata": "metadata_invalid_format",
}

STYTCH_BROWSERS = Dialect(
    name="stytch_browsers",
    title="Stytch, in browsers of consumer applications",
    prefix=_ROOT,
    operations=_OPERATIONS,
    credentials=visits.credentials,
    error=Error,
    error_of=error_form("https://stytch.com/docs/api/errors"),
    finish=visits.finished,
    kinds=KINDS,
    scheme=visits.SCHEME,
    unfit=_UNFIT,
    browsers=visits.BROWSERS,
)
