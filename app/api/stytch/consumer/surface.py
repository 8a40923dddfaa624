"""All that this wire answers to."""

from app.api.stytch import keys
from app.api.stytch.consumer import models, sessions, totps, users
from app.api.stytch.errors import KINDS, Error, Reply, basic_credentials, error_form, finish
from app.api.wire import Dialect, Operation

_PART, _CHECKED = models.PartDeleted, models.TotpAuthenticated

_USERS = [
    Operation("POST", "/v1/users", "create_user", users.create, models.UserCreation, models.UserCreated),
    Operation("POST", "/v1/users/search", "search_users", users.search, models.UserSearch, models.UsersFound),
    Operation("GET", "/v1/users/{user_id}", "get_user", users.get, None, models.OneUser),
    Operation("PUT", "/v1/users/{user_id}", "update_user", users.update, models.UserUpdate, models.UserUpdated),
    Operation("DELETE", "/v1/users/{user_id}", "delete_user", users.delete, None, models.UserDeleted),
    Operation("DELETE", "/v1/users/{user_id}/external_id", "delete_external_id", users.delete_external_id, None, _PART),
    Operation("DELETE", "/v1/users/emails/{email_id}", "delete_email", users.delete_email, None, _PART),
    Operation("DELETE", "/v1/users/totps/{totp_id}", "delete_totp", users.delete_totp, None, _PART, secrets=True),
]
_TOTPS = [
    Operation("POST", "/v1/totps", "create_totp", totps.create, models.TotpCreation, models.TotpCreated, secrets=True),
    Operation(
        "POST", "/v1/totps/authenticate", "authenticate_totp", totps.authenticate, models.TotpAuthentication, _CHECKED
    ),
    Operation(
        "POST", "/v1/totps/recovery_codes", "get_recovery_codes", totps.recovery_codes, models.CodesAsked,
        models.CodesRead, secrets=True,
    ),
    Operation("POST", "/v1/totps/recover", "recover_totp", totps.recover, models.Recovery, _CHECKED),
]  # fmt: skip
_SESSIONS = [
    Operation("GET", "/v1/sessions", "get_sessions", sessions.listing, models.SessionsAsked, models.SessionsListed),
    Operation(
        "POST", "/v1/sessions/authenticate", "authenticate_session", sessions.authenticate,
        models.SessionAuthentication, models.SessionAuthenticated,
    ),
    Operation("POST", "/v1/sessions/revoke", "revoke_session", sessions.revoke, models.SessionRevocation, Reply),
    Operation(
        "POST", "/v1/sessions/attest", "attest_session", sessions.attest, models.Attestation, models.Authenticated
    ),
    Operation("GET", "/v1/sessions/jwks/{project_id}", "get_jwks", keys.keys, None, keys.Keys, open=True),
]  # fmt: skip
_UNFIT = {
    "expiration_minutes": "invalid_expiration",
    "session_duration_minutes": "invalid_session_duration_minutes",
    "totp_code": "invalid_totp_code",
    "recovery_code": "invalid_recovery_code",
    "user_id": "invalid_user_id",
    "email": "invalid_email",
    "trusted_metadata": "metadata_invalid_format",
    "untrusted_metadata": "metadata_invalid_format",
    "limit": "user_search_invalid_limit",
}


STYTCH = Dialect(
    name="stytch",
    title="Stytch, for consumer applications",
    prefix="/v1",
    operations=[*_USERS, *_TOTPS, *_SESSIONS],
    credentials=basic_credentials,
    error=Error,
    error_of=error_form("https://stytch.com/docs/api/errors"),
    finish=finish,
    kinds=KINDS,
    scheme={"type": "http", "scheme": "basic", "description": "The project's id and a secret of it"},
    unfit=_UNFIT,
)
