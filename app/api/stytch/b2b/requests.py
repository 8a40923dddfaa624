"""What requests of this part hold."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from app.api.fields import WHOLE, Address, ExternalId, Minutes, NamePart, SignedToken, TotpCode, given, not_both, one_of
from app.api.stytch.b2b.fields import (
    ForeignCode,
    ForeignSecret,
    Labels,
    Limit,
    Logo,
    MemberCursor,
    MemberId,
    NoList,
    NoMap,
    NotAllowed,
    NoText,
    OrganizationCursor,
    OrganizationId,
    OrganizationName,
    SessionId,
    Slug,
    SoleMemberId,
    Unrestricted,
)
from app.api.stytch.b2b.objects import Metadata
from app.api.stytch.b2b.searching import MemberOperand, OrganizationOperand
from app.api.stytch.tokens import SessionAsked
from app.api.wire import Asked
from app.domain.recovery_codes import FOREIGN_AT_MOST


class OrganizationFields(Asked):
    """Of what the service can be told of an organization beyond the first six, only what is true of all here."""

    organization_slug: Slug | None = None
    organization_logo_url: Logo | None = None
    trusted_metadata: Metadata | None = None
    organization_external_id: ExternalId | None = None
    mfa_policy: Literal["OPTIONAL", "REQUIRED_FOR_ALL"] | None = None
    sso_default_connection_id: NoText | None = None
    sso_jit_provisioning: NotAllowed | None = None
    sso_jit_provisioning_allowed_connections: NoList | None = None
    email_allowed_domains: NoList | None = None
    email_jit_provisioning: NotAllowed | None = None
    email_invites: NotAllowed | None = None
    auth_methods: Unrestricted | None = None
    allowed_auth_methods: list[Literal["password"]] | None = None
    rbac_email_implicit_role_assignments: NoList | None = None
    mfa_methods: Unrestricted | None = None
    allowed_mfa_methods: list[Literal["totp"]] | None = None
    oauth_tenant_jit_provisioning: NotAllowed | None = None
    allowed_oauth_tenants: NoMap | None = None
    claimed_email_domains: NoList | None = None
    first_party_connected_apps_allowed_type: NotAllowed | None = None
    allowed_first_party_connected_apps: NoList | None = None
    third_party_connected_apps_allowed_type: NotAllowed | None = None
    allowed_third_party_connected_apps: NoList | None = None


class OrganizationCreation(OrganizationFields):
    organization_name: OrganizationName


class OrganizationUpdate(OrganizationFields):
    organization_name: OrganizationName | None = None


class OrganizationQuery(Asked):
    operator: Literal["AND", "OR"]
    operands: Annotated[list[OrganizationOperand], Field(max_length=50)]


class OrganizationSearch(Asked):
    cursor: OrganizationCursor | None = None
    limit: Limit | None = None
    query: OrganizationQuery | None = None


class MemberFields(Asked):
    name: NamePart | None = None
    trusted_metadata: Metadata | None = None
    untrusted_metadata: Metadata | None = None
    is_breakglass: bool | None = None
    mfa_phone_number: NoText | None = None
    mfa_enrolled: bool | None = None
    roles: Labels | None = None
    external_id: ExternalId | None = None


class MemberCreation(MemberFields):
    email_address: Address
    create_member_as_pending: bool | None = None


class MemberUpdate(MemberFields):
    """An address that another takes the place of is given up; none is kept as a retired one."""

    email_address: Address | None = None
    default_mfa_method: Literal["totp"] | None = None
    preserve_existing_sessions: bool | None = None
    unlink_email: bool | None = None


class MemberAsked(Asked):
    """Takes one of the two."""

    model_config = ConfigDict(json_schema_extra={"allOf": [one_of("member_id", "email_address")]})

    member_id: Annotated[MemberId | None, Field(description="In place of email_address")] = None
    email_address: Annotated[Address | None, Field(description="In place of member_id")] = None


class SoleMemberAsked(Asked):
    include_deleted: bool | None = None


class RetiredEmailAsked(Asked):
    model_config = ConfigDict(json_schema_extra={"allOf": [{"anyOf": [given("email_id"), given("email_address")]}]})

    email_id: str | None = None
    email_address: str | None = None


class MemberQuery(Asked):
    operator: Literal["AND", "OR"]
    operands: Annotated[list[MemberOperand], Field(max_length=50)]


class MemberSearch(Asked):
    organization_ids: Annotated[list[OrganizationId], Field(min_length=1, max_length=100)]
    cursor: MemberCursor | None = None
    limit: Limit | None = None
    query: MemberQuery | None = None


class OfMember(Asked):
    organization_id: OrganizationId
    member_id: MemberId


_ONE_SESSION: list[Any] = [
    not_both("session_token", "session_jwt"),
    not_both("session_token", "intermediate_session_token"),
    not_both("session_jwt", "intermediate_session_token"),
]


class TotpCreation(OfMember):
    model_config = ConfigDict(json_schema_extra={"allOf": _ONE_SESSION})

    expiration_minutes: Annotated[int, Field(ge=5, le=1440), WHOLE] | None = None
    intermediate_session_token: str | None = None
    session_token: str | None = None
    session_jwt: SignedToken | None = None


class SecondFactorAsked(SessionAsked, OfMember):
    model_config = ConfigDict(json_schema_extra={"allOf": _ONE_SESSION})

    intermediate_session_token: Annotated[str | None, Field(description="In place of a session")] = None


class TotpAuthentication(SecondFactorAsked):
    """Whoever has an authenticator is enrolled, and it is their default; `unenroll` is only for where policy has it."""

    code: TotpCode
    set_mfa_enrollment: Literal["enroll", "unenroll"] | None = None
    set_default_mfa: bool | None = None


class TotpMigration(OfMember):
    secret: ForeignSecret
    recovery_codes: Annotated[
        list[ForeignCode],
        Field(description="Made here where there are none", json_schema_extra={"maxItems": FOREIGN_AT_MOST}),
    ]


class Recovery(SecondFactorAsked):
    recovery_code: str


class SessionAuthentication(SessionAsked):
    """Takes the session's token or its JWT."""

    model_config = ConfigDict(json_schema_extra={"allOf": [one_of("session_token", "session_jwt")]})

    authorization_check: dict[str, Any] | None = None


class SessionRevocation(Asked):
    """Takes one of the four."""

    model_config = ConfigDict(
        json_schema_extra={"allOf": [one_of("member_session_id", "session_token", "session_jwt", "member_id")]}
    )

    member_session_id: SessionId | None = None
    session_token: str | None = None
    session_jwt: SignedToken | None = None
    member_id: Annotated[SoleMemberId | None, Field(description="All sessions of that member")] = None


class SessionExchange(SessionAsked):
    """Takes the session's token or its JWT."""

    model_config = ConfigDict(json_schema_extra={"allOf": [one_of("session_token", "session_jwt")]})

    organization_id: OrganizationId


class IntermediateExchange(Asked):
    intermediate_session_token: str
    organization_id: OrganizationId
    session_duration_minutes: Minutes | None = None
    session_custom_claims: dict[str, Any] | None = None


class Attestation(SessionAsked):
    profile_id: str
    token: Annotated[str, Field(max_length=8192)]
    organization_id: OrganizationId | None = None
