"""What requests and answers of this wire hold. Moments are seconds since 1970."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, JsonValue

from app.api.fields import (
    WHOLE,
    Address,
    NamePart,
    NetworkAddress,
    NoPhone,
    Nothing,
    SignedToken,
    TotpCode,
    given,
    not_both,
    one_of,
)
from app.api.wire import Asked, Given

UserId = Annotated[str, Field(min_length=1, max_length=64)]
NoPhones = Annotated[list[Any], Field(json_schema_extra={"maxItems": 0}, description="Phone numbers are not kept here")]
LATEST = 2**33
"""A search looks for no moment beyond: then or never."""

Minutes = Annotated[int, Field(ge=5, le=525600), WHOLE]


# objects


class Email(Given):
    id: str
    email: str
    verified: bool
    created_at: int
    updated_at: int


class UserTotp(Given):
    id: str
    user_id: str
    verified: bool
    created_at: int
    updated_at: int


class User(Given):
    id: str
    user_id: str
    app_id: str
    first_name: str
    middle_name: str
    last_name: str
    active: bool
    status: Literal["pending", "active"]
    is_locked: bool
    email_id: str | None
    phone_number_id: None = None
    emails: list[Email]
    phone_numbers: Nothing = ()
    wallets: Nothing = ()
    totps: list[UserTotp]
    created_at: int
    updated_at: int


class Method(Given):
    method_id: str
    method_type: Literal["totp"]
    totp_id: str | None
    last_verified_at: int


class Factor(Given):
    delivery_channel: Literal["totp_authenticator", "totp_recovery_code"]
    type: Literal["totp"]
    method: Method


class Fingerprint(Given):
    user_agent: str
    ip: str


class Session(Given):
    id: str
    user_id: str
    started_at: int
    expires_at: int
    last_active_at: int
    factors: list[Factor]
    device_fingerprint: Fingerprint
    updated_at: int
    created_at: int


class JsonWebKey(Given):
    kty: str
    use: str
    key_ops: list[str]
    alg: str
    kid: str
    x5c: list[str]
    x5t_s256: Annotated[str, Field(serialization_alias="x5t#S256")]
    n: str
    e: str


# requests


class EmailAsked(Asked):
    email: Address


class UserCreation(Asked):
    email: Address | None = None
    phone_number: NoPhone | None = None
    first_name: NamePart | None = None
    middle_name: NamePart | None = None
    last_name: NamePart | None = None
    requires_verification: bool | None = None
    include_user: bool | None = None


class UserUpdate(Asked):
    emails: Annotated[list[EmailAsked], Field(max_length=1)] | None = None
    phone_numbers: NoPhones | None = None
    first_name: NamePart | None = None
    middle_name: NamePart | None = None
    last_name: NamePart | None = None


_TEXT: dict[str, Any] = {"field": {"enum": ["id", "user_id", "email"]}, "operator": {"const": "eq"}}
_MOMENT: dict[str, Any] = {"type": "integer", "minimum": 0, "exclusiveMaximum": LATEST}
_TWO: dict[str, Any] = {"type": "array", "items": _MOMENT, "minItems": 2, "maxItems": 2}
_MADE: dict[str, Any] = {"field": {"const": "created_at"}}
_VALUES: list[JsonValue] = [
    {"properties": {**_TEXT, "value": {"type": "string"}}, "required": ["value"]},
    {"properties": {**_MADE, "operator": {"enum": ["gt", "lt"]}, "value": _MOMENT}, "required": ["operator", "value"]},
    {"properties": {**_MADE, "operator": {"const": "between"}, "value": _TWO}, "required": ["operator", "value"]},
]


class SearchField(Asked):
    """A text is looked for as it is, a moment before, after or between others."""

    model_config = ConfigDict(json_schema_extra={"allOf": [{"oneOf": _VALUES}]})

    field: Literal["id", "user_id", "email", "created_at"]
    operator: Literal["eq", "gt", "lt", "between"] = "eq"
    value: Any = None


class SearchFilters(Asked):
    operator: Literal["AND", "OR", "and", "or"] = "AND"
    fields: Annotated[list[SearchField], Field(max_length=50)] = Field(default_factory=list)


class UserSearch(Asked):
    limit: Annotated[int, Field(ge=1, le=1000), WHOLE] | None = None
    starting_after: UserId | None = None
    filters: SearchFilters | None = None


class TotpCreation(Asked):
    user_id: UserId
    expires_in: Annotated[int, Field(ge=5, le=1440, description="Minutes"), WHOLE] | None = None


class FingerprintAsked(Asked):
    ip: NetworkAddress = ""
    user_agent: Annotated[str, Field(max_length=1024)] = ""


class SessionAsked(Asked):
    """What may be said of a session wherever a factor is shown."""

    model_config = ConfigDict(json_schema_extra={"allOf": [not_both("session_token", "session_jwt")]})

    session_token: str | None = None
    session_jwt: Annotated[SignedToken | None, Field(description="In place of a session_token")] = None
    session_expires_in: Minutes | None = None
    device_fingerprint: FingerprintAsked | None = None


class TotpVerification(SessionAsked):
    user_id: UserId
    totp: TotpCode


class Recovery(SessionAsked):
    """Some clients, and the service's own example, send the recovery code as `totp`."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [not_both("session_token", "session_jwt"), {"anyOf": [given("recovery_code"), given("totp")]}]
        }
    )

    user_id: UserId
    recovery_code: str | None = None
    totp: str | None = None


class CodesAsked(Asked):
    user_id: UserId


class SessionsAsked(Asked):
    user_id: UserId


class KeysAsked(Asked):
    """The project's public token; clients send their secret."""

    api_key: str | None = None


class SessionVerification(SessionAsked):
    """Takes the session's token or its JWT."""

    model_config = ConfigDict(json_schema_extra={"allOf": [one_of("session_token", "session_jwt")]})


class SessionDeletion(Asked):
    """Takes one of the three."""

    model_config = ConfigDict(json_schema_extra={"allOf": [one_of("session_id", "session_token", "session_jwt")]})

    session_id: str | None = None
    session_token: str | None = None
    session_jwt: SignedToken | None = None


# answers


class UserCreated(Given):
    user_id: str
    status: Literal["pending", "active"]
    email_id: str | None
    phone_number_id: None = None
    user: User | None


class UserUpdated(Given):
    user_id: str
    emails: list[Email]
    phone_numbers: Nothing = ()
    user: User


class UserMessage(Given):
    user_id: str
    message: str


class Message(Given):
    message: str


class UsersFound(Given):
    users: list[User]
    has_more: bool
    total: int


class TotpCreated(Given):
    totp_id: str
    user_id: str
    secret: str
    qr_base64: str
    recovery_codes: list[str]


class TotpVerified(Given):
    totp_id: str
    user_id: str
    session_token: str | None
    session_jwt: str | None
    session: Session | None


class TotpCodes(Given):
    id: str
    verified: bool
    recovery_codes: list[str]


class CodesRead(Given):
    user_id: str
    totps: list[TotpCodes]


class SessionVerified(Given):
    session: Session
    session_token: str
    session_jwt: str


class SessionsListed(Given):
    sessions: list[Session]


class Keys(Given):
    keys: list[JsonWebKey]
