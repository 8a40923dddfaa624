"""What requests and answers of this wire hold."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from app.api.fields import (
    WHOLE,
    Address,
    ExternalId,
    NamePart,
    NoPhone,
    Nothing,
    SignedToken,
    TotpCode,
    one_of,
)
from app.api.stytch import ids
from app.api.stytch.consumer.objects import Email, Metadata, Session, User, UserFields
from app.api.stytch.consumer.searching import Operand
from app.api.stytch.errors import Reply
from app.api.stytch.tokens import SessionAsked
from app.api.wire import Asked, Given
from app.domain.users import LABEL_AT_MOST, LABELS_AT_MOST

Label = Annotated[str, Field(min_length=1, max_length=LABEL_AT_MOST)]
Labels = Annotated[list[Label], Field(max_length=LABELS_AT_MOST)]
UserId = Annotated[
    str,
    Field(
        min_length=1,
        max_length=128,
        description="The user's id, or its external id",
        json_schema_extra={"pattern": f"^({ids.pattern('user')}|(?!user-)[A-Za-z0-9._|-]+)$"},
    ),
]
SessionId = Annotated[str, Field(json_schema_extra={"pattern": f"^({ids.pattern('session')})?$"})]
Cursor = Annotated[str, Field(json_schema_extra={"pattern": f"^({ids.pattern('user')})?$"})]


# requests


class NameAsked(Asked):
    first_name: NamePart | None = None
    middle_name: NamePart | None = None
    last_name: NamePart | None = None


class UserCreation(Asked):
    """`attributes` of whoever signs up are not kept."""

    email: Address | None = None
    phone_number: NoPhone | None = None
    name: NameAsked | None = None
    create_user_as_pending: bool | None = None
    trusted_metadata: Metadata | None = None
    untrusted_metadata: Metadata | None = None
    external_id: ExternalId | None = None
    roles: Labels | None = None


class UserUpdate(Asked):
    name: NameAsked | None = None
    trusted_metadata: Metadata | None = None
    untrusted_metadata: Metadata | None = None
    external_id: ExternalId | None = None
    roles: Labels | None = None


class SearchQuery(Asked):
    operator: Literal["AND", "OR"]
    operands: Annotated[list[Operand], Field(max_length=50)]


class UserSearch(Asked):
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=1000), WHOLE] | None = None
    query: SearchQuery | None = None


class TotpCreation(Asked):
    user_id: UserId
    expiration_minutes: Annotated[int, Field(ge=5, le=1440), WHOLE] | None = None


class TotpAuthentication(SessionAsked):
    user_id: UserId
    totp_code: TotpCode


class Recovery(SessionAsked):
    user_id: UserId
    recovery_code: str


class CodesAsked(Asked):
    user_id: UserId


class SessionsAsked(Asked):
    user_id: UserId


class SessionAuthentication(SessionAsked):
    """Takes the session's token or its JWT."""

    model_config = ConfigDict(json_schema_extra={"allOf": [one_of("session_token", "session_jwt")]})

    authorization_check: dict[str, Any] | None = None


class SessionRevocation(Asked):
    """Takes one of the three."""

    model_config = ConfigDict(json_schema_extra={"allOf": [one_of("session_id", "session_token", "session_jwt")]})

    session_id: SessionId | None = None
    session_token: str | None = None
    session_jwt: SignedToken | None = None


class Attestation(SessionAsked):
    profile_id: str
    token: Annotated[str, Field(max_length=8192)]


# answers


class OneUser(Reply, UserFields):
    """A user is the answer itself here."""


class UserCreated(Reply):
    user_id: str
    email_id: str
    status: Literal["pending", "active"]
    phone_id: str = ""
    user: User


class UserUpdated(Reply):
    user_id: str
    emails: list[Email]
    phone_numbers: Nothing = ()
    crypto_wallets: Nothing = ()
    user: User


class UserDeleted(Reply):
    user_id: str


class PartDeleted(Reply):
    user_id: str
    user: User


class ResultsMetadata(Given):
    total: int
    next_cursor: str | None


class UsersFound(Reply):
    results: list[User]
    results_metadata: ResultsMetadata


class TotpCreated(Reply):
    totp_id: str
    secret: str
    qr_code: str
    recovery_codes: list[str]
    user: User
    user_id: str


class Authenticated(Reply):
    user_id: str
    user: User
    session_token: str
    session_jwt: str
    session: Session | None
    user_device: None = None


class TotpAuthenticated(Authenticated):
    totp_id: str


class TotpCodes(Given):
    totp_id: str
    verified: bool
    recovery_codes: list[str]


class CodesRead(Reply):
    user_id: str
    totps: list[TotpCodes]


class SessionsListed(Reply):
    sessions: list[Session]


class SessionAuthenticated(Reply):
    session: Session
    session_token: str
    session_jwt: str
    user: User
