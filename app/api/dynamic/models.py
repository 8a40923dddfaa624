"""What requests and answers of this wire hold."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from app.api.fields import NamePart
from app.api.wire import Asked, Given

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
DeviceId = Annotated[str, Field(json_schema_extra={"pattern": f"^{_UUID}$"})]
UserId = Annotated[str, Field(json_schema_extra={"pattern": f"^{_UUID}$"})]
Scope = Literal[
    "credential:link", "credential:update", "credential:unlink", "user:update", "user:delete", "wallet:export",
    "wallet:delete", "wallet:delegate", "wallet:sign", "wallet:restore",
]  # fmt: skip
"""Of a proof, as clients know them: of their own choice, so none by which an application lets anybody in."""
Scopes = Annotated[list[Scope], Field(max_length=20)]


# requests


class ExternalSignIn(Asked):
    jwt: Annotated[str, Field(max_length=8192)]


class MfaTokenAsked(Asked):
    single_use: Annotated[bool, Field(alias="singleUse")]


class CodeAsked(Asked):
    """Clients want a token of the proof, for the calls that they make next."""

    code: str
    create_mfa_token: Annotated[MfaTokenAsked | None, Field(alias="createMfaToken")] = None
    requested_scopes: Annotated[Scopes | None, Field(alias="requestedScopes")] = None


class TotpAsked(CodeAsked):
    id: DeviceId | None = None


class TotpConfirmation(Asked):
    type: Literal["totp"]
    code: str


class UserUpdate(Asked):
    """What users may say of themselves; what else clients send of them is passed over."""

    first_name: Annotated[NamePart | None, Field(alias="firstName")] = None
    last_name: Annotated[NamePart | None, Field(alias="lastName")] = None
    metadata: dict[str, Any] | None = None
    acknowledgement: Annotated[Literal["complete"] | None, Field(alias="mfaBackupCodeAcknowledgement")] = None


class StepUpAsked(Asked):
    scope: Scope


class NoncesAsked(Asked):
    count: Annotated[int, Field(ge=1, le=50)] = 1


class MethodsAsked(Asked):
    verified_only: Annotated[bool, Field(alias="verifiedOnly")] = False


class DeviceUpdate(Asked):
    """Clients that say nothing mean the same."""

    default: Literal[True] = True


# answers


class Nothing(Given):
    pass


class Credential(Given):
    """By what the user is known: the application's own sign-in, or an address."""

    id: str
    format: Literal["externalUser", "email"]
    signInEnabled: bool  # noqa: N815 -- as clients read it
    public_identifier: str | None = None
    email: str | None = None


class User(Given):
    id: str
    projectEnvironmentId: str  # noqa: N815
    verifiedCredentials: list[Credential]  # noqa: N815
    lastVerifiedCredentialId: str  # noqa: N815
    sessionId: str  # noqa: N815
    scope: str
    email: str | None
    firstName: str | None  # noqa: N815
    lastName: str | None  # noqa: N815
    metadata: dict[str, Any]
    mfaBackupCodeAcknowledgement: Literal["pending", "complete"] | None  # noqa: N815
    missingFields: tuple[()] = ()  # noqa: N815


class Verified(Given):
    """A session as it is now. `expiresAt` is in seconds since 1970."""

    user: User
    jwt: str
    minifiedJwt: str  # noqa: N815
    expiresAt: int  # noqa: N815
    mfaToken: str | None = None  # noqa: N815
    elevatedAccessToken: str | None = None  # noqa: N815


class Updated(Verified):
    nextView: Literal["done"] = "done"  # noqa: N815


class Codes(Given):
    count: int
    recoveryCodes: list[str]  # noqa: N815


class Device(Given):
    id: str
    type: Literal["totp"] = "totp"
    verified: bool
    default: bool
    createdAt: datetime  # noqa: N815
    verifiedAt: datetime | None  # noqa: N815


class Devices(Given):
    count: int
    devices: list[Device]


class Methods(Given):
    devices: list[Device]
    passkeys: tuple[()] = ()
    userHasVerifiedMfaMethods: bool  # noqa: N815


class TotpBegun(Given):
    id: str
    type: Literal["totp"] = "totp"
    secret: str
    uri: str


class StepUpCredential(Given):
    id: str
    format: Literal["totp"] = "totp"
    type: Literal["totp"] = "totp"


class StepUp(Given):
    isRequired: bool  # noqa: N815
    credentials: list[StepUpCredential]
    defaultCredentialId: str | None  # noqa: N815


class Nonces(Given):
    nonces: list[str]


class Keys(Given):
    keys: list[dict[str, Any]]


class MfaMethod(Given):
    type: Literal["totp"] = "totp"
    enabled: Literal[True] = True
    allowBackupCodes: Literal[True] = True  # noqa: N815


class MfaSettings(Given):
    enabled: Literal[True] = True
    required: bool
    availableMethods: tuple[Literal["totp"]] = ("totp",)  # noqa: N815
    methods: tuple[MfaMethod] = (MfaMethod(),)
    actions: tuple[()] = ()


class ExternalAuthSettings(Given):
    enabled: Literal[True] = True


class SecuritySettings(Given):
    mfa: MfaSettings
    externalAuth: ExternalAuthSettings = ExternalAuthSettings()  # noqa: N815


class GeneralSettings(Given):
    displayName: str  # noqa: N815


class Settings(Given):
    """What clients ask before anything else. What is empty is about wallets, looks and forms, which are not here."""

    environmentName: Literal["live"] = "live"  # noqa: N815
    chains: tuple[()] = ()
    kyc: tuple[()] = ()
    design: Nothing = Nothing()
    general: GeneralSettings
    privacy: Nothing = Nothing()
    sdk: Nothing = Nothing()
    security: SecuritySettings
