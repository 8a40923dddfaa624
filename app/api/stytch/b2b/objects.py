"""What this part says of members, organizations and sessions. Where there is nothing to say, it has words for that.

What the portal has no notion of has one fixed word each: nobody has SSO, SCIM, OAuth or SMS here, nobody gets in by the
domain of an address, and nothing else than the portal's password is known of first factors.
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from app.api.fields import Nothing
from app.api.stytch.factors import AuthenticationFactor
from app.api.wire import Given

Metadata = dict[str, Any]
NotAllowed = Literal["NOT_ALLOWED"]


class RoleSource(Given):
    type: Literal["direct_assignment"] = "direct_assignment"
    details: dict[str, Any] = Field(default_factory=dict)


class Role(Given):
    role_id: str
    sources: list[RoleSource]


class Member(Given):
    """`pending` is whoever is suspended, or was made as somebody who is yet to show up."""

    organization_id: str
    member_id: str
    email_address: str
    status: Literal["pending", "invited", "active", "deleted"]
    name: str
    sso_registrations: Nothing = ()
    is_breakglass: bool
    member_password_id: str
    oauth_registrations: Nothing = ()
    email_address_verified: bool
    mfa_phone_number_verified: Literal[False] = False
    is_admin: bool
    totp_registration_id: str
    retired_email_addresses: Nothing = ()
    is_locked: bool
    mfa_enrolled: bool
    mfa_phone_number: Literal[""] = ""
    default_mfa_method: Literal["totp", ""]
    roles: list[Role]
    trusted_metadata: Metadata
    untrusted_metadata: Metadata
    created_at: datetime
    updated_at: None = None
    scim_registration: None = None
    external_id: str | None
    lock_created_at: datetime | None
    lock_expires_at: datetime | None


class Organization(Given):
    organization_id: str
    organization_name: str
    organization_logo_url: str
    organization_slug: str
    sso_jit_provisioning: NotAllowed = "NOT_ALLOWED"
    sso_jit_provisioning_allowed_connections: Nothing = ()
    sso_active_connections: Nothing = ()
    email_allowed_domains: Nothing = ()
    email_jit_provisioning: NotAllowed = "NOT_ALLOWED"
    email_invites: NotAllowed = "NOT_ALLOWED"
    auth_methods: Literal["RESTRICTED"] = "RESTRICTED"
    allowed_auth_methods: tuple[Literal["password"]] = ("password",)
    mfa_policy: Literal["OPTIONAL", "REQUIRED_FOR_ALL"]
    rbac_email_implicit_role_assignments: Nothing = ()
    mfa_methods: Literal["RESTRICTED"] = "RESTRICTED"
    allowed_mfa_methods: tuple[Literal["totp"]] = ("totp",)
    oauth_tenant_jit_provisioning: NotAllowed = "NOT_ALLOWED"
    claimed_email_domains: Nothing = ()
    first_party_connected_apps_allowed_type: NotAllowed = "NOT_ALLOWED"
    allowed_first_party_connected_apps: Nothing = ()
    third_party_connected_apps_allowed_type: NotAllowed = "NOT_ALLOWED"
    allowed_third_party_connected_apps: Nothing = ()
    custom_roles: Nothing = ()
    trusted_metadata: Metadata
    created_at: datetime
    updated_at: None = None
    organization_external_id: str | None
    sso_default_connection_id: None = None
    scim_active_connection: None = None
    allowed_oauth_tenants: dict[str, Any] = Field(default_factory=dict)


class MemberSession(Given):
    member_session_id: str
    member_id: str
    started_at: datetime
    last_accessed_at: datetime
    expires_at: datetime
    authentication_factors: list[AuthenticationFactor]
    organization_id: str
    roles: list[str]
    organization_slug: str
    custom_claims: dict[str, Any]


class MemberOptions(Given):
    mfa_phone_number: Literal[""] = ""
    totp_registration_id: str


class MfaRequired(Given):
    """`member_options` is left out where the member has yet to set up an authenticator."""

    member_options: MemberOptions | None
    secondary_auth_initiated: None = None


class PrimaryRequired(Given):
    allowed_auth_methods: tuple[Literal["password"]] = ("password",)
