"""What this wire says of users and sessions. Where there is nothing to say, it has words for that."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from app.api.fields import Nothing
from app.api.wire import Given

Metadata = dict[str, Any]


class Email(Given):
    email_id: str
    email: str
    verified: bool


class Name(Given):
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""


class Password(Given):
    password_id: str
    requires_reset: bool


class Totp(Given):
    totp_id: str
    verified: bool


class UserFields(Given):
    """`status` is `pending` for whoever cannot use a second factor: invited, suspended, or yet to show up."""

    user_id: str
    emails: list[Email]
    status: Literal["pending", "active"]
    phone_numbers: Nothing = ()
    webauthn_registrations: Nothing = ()
    providers: Nothing = ()
    totps: list[Totp]
    crypto_wallets: Nothing = ()
    biometric_registrations: Nothing = ()
    is_locked: bool
    roles: list[str]
    name: Name
    created_at: datetime
    password: Password | None
    trusted_metadata: Metadata
    untrusted_metadata: Metadata
    external_id: str | None
    lock_created_at: datetime | None
    lock_expires_at: datetime | None


class User(UserFields):
    pass


class Attributes(Given):
    ip_address: str
    user_agent: str


class AuthenticatorAppFactor(Given):
    totp_id: str


class RecoveryCodeFactor(Given):
    totp_recovery_code_id: str


class TrustedAuthTokenFactor(Given):
    token_id: str


class AuthenticationFactor(Given):
    type: Literal["totp", "recovery_codes", "trusted_auth_token"]
    delivery_method: Literal["authenticator_app", "recovery_code", "trusted_token_exchange"]
    last_authenticated_at: datetime
    created_at: datetime
    updated_at: datetime
    authenticator_app_factor: AuthenticatorAppFactor | None = None
    recovery_code_factor: RecoveryCodeFactor | None = None
    trusted_auth_token_factor: TrustedAuthTokenFactor | None = None


class Session(Given):
    session_id: str
    user_id: str
    authentication_factors: list[AuthenticationFactor]
    roles: list[str]
    started_at: datetime
    last_accessed_at: datetime
    expires_at: datetime
    attributes: Attributes
    custom_claims: dict[str, Any]


class JsonWebKey(Given):
    """`x5tS256` is how one client spells `x5t#S256`."""

    kty: str
    use: str
    key_ops: list[str]
    alg: str
    kid: str
    x5c: list[str]
    x5t_s256: Annotated[str, Field(serialization_alias="x5t#S256")]
    x5tS256: str  # noqa: N815 -- as the client reads it
    n: str
    e: str
