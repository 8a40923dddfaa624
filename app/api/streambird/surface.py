"""All that this wire answers to."""

from flask import Request

from app.api.streambird import models, sessions, totps, users
from app.api.streambird.errors import KINDS, Error, error_of
from app.api.wire import Credentials, Dialect, Given, Operation

_SAID, _VERIFIED = models.UserMessage, models.TotpVerified

_USERS = [
    Operation("POST", "/v1/auth/users/create", "create_user", users.create, models.UserCreation, models.UserCreated),
    Operation("POST", "/v1/auth/users/search", "search_users", users.search, models.UserSearch, models.UsersFound),
    Operation("GET", "/v1/auth/users/{user_id}", "get_user", users.get, None, models.User),
    Operation(
        "PUT", "/v1/auth/users/{user_id}/update", "update_user", users.update, models.UserUpdate, models.UserUpdated
    ),
    Operation("DELETE", "/v1/auth/users/{user_id}/delete", "delete_user", users.delete, None, _SAID),
    Operation("DELETE", "/v1/auth/users/emails/{email_id}/delete", "delete_email", users.delete_email, None, _SAID),
    Operation(
        "DELETE", "/v1/auth/users/totps/{totp_id}/delete", "delete_totp", users.delete_totp, None, _SAID, secrets=True
    ),
]
_TOTPS = [
    Operation(
        "POST", "/v1/auth/totps/create", "create_totp", totps.create, models.TotpCreation, models.TotpCreated,
        secrets=True,
    ),
    Operation("POST", "/v1/auth/totps/verify", "verify_totp", totps.verify, models.TotpVerification, _VERIFIED),
    Operation(
        "POST", "/v1/auth/totps/recovery_codes", "get_recovery_codes", totps.recovery_codes, models.CodesAsked,
        models.CodesRead, secrets=True,
    ),
    Operation("POST", "/v1/auth/totps/recovery", "recover_totp", totps.recovery, models.Recovery, _VERIFIED),
]  # fmt: skip
_SESSIONS = [
    Operation(
        "POST", "/v1/auth/sessions/verify", "verify_session", sessions.verify, models.SessionVerification,
        models.SessionVerified,
    ),
    Operation(
        "GET", "/v1/auth/sessions/list", "list_sessions", sessions.listing, models.SessionsAsked, models.SessionsListed
    ),
    Operation(
        "DELETE", "/v1/auth/sessions/delete", "delete_session", sessions.delete, models.SessionDeletion, models.Message
    ),
    Operation("GET", "/v1/auth/jwks/default", "get_jwks", sessions.keys, models.KeysAsked, models.Keys, open=True),
]  # fmt: skip


def _credentials(request: Request) -> Credentials | None:
    sent = request.authorization
    return Credentials(sent.token, None) if sent and sent.type == "bearer" and sent.token else None


def _as_it_is(reply: Given, _request_id: str) -> Given:
    return reply


STREAMBIRD = Dialect(
    name="streambird",
    title="Streambird and MoonKey",
    prefix="/v1/auth",
    operations=[*_USERS, *_TOTPS, *_SESSIONS],
    credentials=_credentials,
    error=Error,
    error_of=error_of,
    finish=_as_it_is,
    kinds=KINDS,
    scheme={"type": "http", "scheme": "bearer", "description": "A secret of the project"},
)
