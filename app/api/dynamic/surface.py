"""All that this wire answers to: from browsers, and to a key."""

from flask import Request

from app.api.dynamic import administration, devices, models, recovery_codes, sessions, tokens
from app.api.dynamic.errors import KINDS, Error, error_of, finish
from app.api.wire import Browsers, Credentials, Dialect, Operation
from app.services import project_calls

_ROOT = "/api/v0"
_ENVIRONMENT = f"{tokens.PREFIX}/{{{tokens.ENVIRONMENT}}}"
_MFA = f"{_ENVIRONMENT}/users/mfa"
_DEVICE = f"{_MFA}/{{device_id}}"

_BEFORE_SIGNING_IN = [
    Operation("GET", f"{_ENVIRONMENT}/settings", "get_settings", sessions.settings, None, models.Settings, bare=True),
    Operation(
        "GET", f"{_ENVIRONMENT}/nonces", "get_nonces", sessions.nonces, models.NoncesAsked, models.Nonces, bare=True
    ),
    Operation(
        "POST", f"{_ENVIRONMENT}/externalAuth/signin", "sign_in_externally", sessions.sign_in, models.ExternalSignIn,
        models.Verified, bare=True,
    ),
    Operation("GET", f"{_ENVIRONMENT}/.well-known/jwks", "get_jwks", sessions.keys, None, models.Keys, bare=True),
    Operation(
        "GET", f"{_ENVIRONMENT}/.well-known/jwks.json", "get_jwks_file", sessions.keys, None, models.Keys, bare=True
    ),
]  # fmt: skip
_SESSIONS = [
    Operation("POST", f"{_ENVIRONMENT}/refresh", "refresh_own_session", sessions.refresh, None, models.Verified),
    Operation("POST", f"{_ENVIRONMENT}/revoke", "revoke_own_session", sessions.revoke, None, models.Nothing),
    Operation("GET", f"{_ENVIRONMENT}/users", "get_own_user", sessions.get_user, None, models.User),
    Operation(
        "PUT", f"{_ENVIRONMENT}/users", "update_own_user", sessions.update_user, models.UserUpdate, models.Updated
    ),
    Operation(
        "POST", f"{_ENVIRONMENT}/stepUp/check", "check_step_up", sessions.step_up, models.StepUpAsked, models.StepUp
    ),
]  # fmt: skip
_FACTORS = [
    Operation("GET", _MFA, "list_own_devices", devices.listing, None, models.Devices),
    Operation("GET", f"{_MFA}/methods", "get_own_methods", devices.methods, models.MethodsAsked, models.Methods),
    Operation("GET", f"{_MFA}/recovery", "get_own_recovery_codes", recovery_codes.get, None, models.Codes),
    Operation("POST", f"{_MFA}/recovery", "create_own_recovery_codes", recovery_codes.create, None, models.Codes),
    Operation(
        "POST", f"{_MFA}/auth/recovery", "recover_own_session", recovery_codes.authenticate, models.CodeAsked,
        models.Verified,
    ),
    Operation(
        "POST", f"{_MFA}/auth/totp", "authenticate_own_totp", devices.authenticate, models.TotpAsked, models.Verified
    ),
    Operation("GET", f"{_MFA}/register/totp", "register_own_totp", devices.register, None, models.TotpBegun),
    Operation(
        "POST", f"{_MFA}/register/totp", "confirm_own_totp", devices.confirm, models.TotpConfirmation, models.Device
    ),
    Operation("GET", _DEVICE, "get_own_device", devices.get, None, models.Device),
    Operation("PUT", _DEVICE, "prefer_own_device", devices.prefer, models.DeviceUpdate, models.Nothing),
    Operation("DELETE", _DEVICE, "delete_own_device", devices.delete, None, models.Nothing),
]  # fmt: skip
_HEADERS = (
    "Authorization",
    "Content-Type",
    *(f"X-Dyn-{name}" for name in ("Api-Version", "Version", "Request-Id", "Session-Id", "Session-Public-Key")),
    *(f"X-Dyn-{name}" for name in ("Elevated-Access-Token", "Logout-Reason")),
    "X-Dynamic-Platform",
    *(f"X-Dynamic-Device-{name}" for name in ("Nonce", "PublicKey", "Signed-Nonce", "Registration-Token")),
    "X-Mfa-Auth-Token",
)


def _secret(request: Request) -> Credentials | None:
    sent = request.authorization
    return Credentials(sent.token, None) if sent is not None and sent.type == "bearer" and sent.token else None


DYNAMIC = Dialect(
    name="dynamic",
    title="Dynamic, in browsers",
    prefix=tokens.PREFIX,
    operations=[*_BEFORE_SIGNING_IN, *_SESSIONS, *_FACTORS],
    credentials=tokens.credentials,
    error=Error,
    error_of=error_of,
    finish=finish,
    kinds=KINDS,
    scheme={"type": "http", "scheme": "bearer", "description": "The token of a session"},
    browsers=Browsers(
        project_of=project_calls.with_environment, headers=_HEADERS, with_credentials=False, in_path=tokens.ENVIRONMENT
    ),
)
DYNAMIC_KEYS = Dialect(
    name="dynamic_keys",
    title="Dynamic, for keys",
    prefix=_ROOT,
    operations=[
        Operation(
            "DELETE", f"{_ROOT}/users/{{user_id}}/mfa", "delete_devices", administration.reset, None, models.Nothing,
            secrets=True,
        ),
        Operation(
            "POST", f"{_ROOT}/users/{{user_id}}/mfa/reset", "reset_devices", administration.reset, None,
            models.Nothing, secrets=True,
        ),
    ],
    credentials=_secret,
    error=Error,
    error_of=error_of,
    finish=finish,
    kinds=KINDS,
    scheme={"type": "http", "scheme": "bearer", "description": "A secret of the project"},
)  # fmt: skip
