"""What this wire says of users and sessions. Where there is nothing to say, it has words for that."""

from datetime import datetime
from typing import Any, Literal

from app.api.fields import Nothing
from app.api.stytch.factors import AuthenticationFactor
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
