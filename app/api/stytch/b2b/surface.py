"""All that this part answers to."""

import re

from flask import Request

from app.api.stytch import keys
from app.api.stytch.b2b import answers, members, organizations, recovery_codes, requests, sessions, totps
from app.api.stytch.errors import KINDS, Error, Reply, basic_credentials, error_form, finish
from app.api.wire import Dialect, Operation, WireError

_ROOT = "/v1/b2b"
_ORGANIZATION = f"{_ROOT}/organizations/{{organization_id}}"
_MEMBER = f"{_ORGANIZATION}/members/{{member_id}}"
_ONE, _MEM = answers.OneOrganization, answers.OneMember

_ORGANIZATIONS = [
    Operation(
        "POST", f"{_ROOT}/organizations", "create_organization", organizations.create, requests.OrganizationCreation,
        _ONE,
    ),
    Operation(
        "POST", f"{_ROOT}/organizations/search", "search_organizations", organizations.search,
        requests.OrganizationSearch, answers.OrganizationsFound,
    ),
    Operation("GET", _ORGANIZATION, "get_organization", organizations.get, None, _ONE),
    Operation("PUT", _ORGANIZATION, "update_organization", organizations.update, requests.OrganizationUpdate, _ONE),
    Operation(
        "DELETE", _ORGANIZATION, "delete_organization", organizations.delete, None, answers.OrganizationDeleted
    ),
    Operation(
        "DELETE", f"{_ORGANIZATION}/external_id", "delete_organization_external_id", organizations.delete_external_id,
        None, _ONE,
    ),
]  # fmt: skip
_MEMBERS = [
    Operation("POST", f"{_ORGANIZATION}/members", "create_member", members.create, requests.MemberCreation, _MEM),
    Operation("GET", f"{_ORGANIZATION}/member", "get_member", members.get, requests.MemberAsked, _MEM),
    Operation("PUT", _MEMBER, "update_member", members.update, requests.MemberUpdate, _MEM),
    Operation("DELETE", _MEMBER, "delete_member", members.delete, None, answers.MemberDeleted),
    Operation("PUT", f"{_MEMBER}/reactivate", "reactivate_member", members.reactivate, None, _MEM),
    Operation("DELETE", f"{_MEMBER}/totp", "delete_member_totp", members.delete_totp, None, _MEM, secrets=True),
    Operation("DELETE", f"{_MEMBER}/external_id", "delete_member_external_id", members.delete_external_id, None, _MEM),
    Operation(
        "DELETE", f"{_ORGANIZATION}/members/mfa_phone_numbers/{{member_id}}", "delete_member_mfa_phone_number",
        members.delete_mfa_phone_number, None, _MEM,
    ),
    Operation(
        "POST", f"{_MEMBER}/unlink_retired_email", "unlink_retired_email", members.unlink_retired_email,
        requests.RetiredEmailAsked, answers.EmailUnlinked,
    ),
    Operation(
        "POST", f"{_ROOT}/organizations/members/search", "search_members", members.search, requests.MemberSearch,
        answers.MembersFound,
    ),
    Operation(
        "GET", f"{_ROOT}/organizations/members/dangerously_get/{{member_id}}", "dangerously_get_member",
        members.dangerously_get, requests.SoleMemberAsked, _MEM,
    ),
]  # fmt: skip
_FACTORS = [
    Operation(
        "POST", f"{_ROOT}/totp", "create_member_totp", totps.create, requests.TotpCreation, answers.TotpCreated,
        secrets=True,
    ),
    Operation(
        "POST", f"{_ROOT}/totp/authenticate", "authenticate_member_totp", totps.authenticate,
        requests.TotpAuthentication, answers.Authenticated,
    ),
    Operation(
        "POST", f"{_ROOT}/totp/migrate", "migrate_member_totp", totps.migrate, requests.TotpMigration,
        answers.TotpMigrated, secrets=True,
    ),
    Operation(
        "GET", f"{_ROOT}/recovery_codes/{{organization_id}}/{{member_id}}", "get_member_recovery_codes",
        recovery_codes.get, None, answers.CodesRead, secrets=True,
    ),
    Operation(
        "POST", f"{_ROOT}/recovery_codes/rotate", "rotate_member_recovery_codes", recovery_codes.rotate,
        requests.OfMember, answers.CodesRead, secrets=True,
    ),
    Operation(
        "POST", f"{_ROOT}/recovery_codes/recover", "recover_member", recovery_codes.recover, requests.Recovery,
        answers.Recovered,
    ),
]  # fmt: skip
_SESSIONS = [
    Operation(
        "GET", f"{_ROOT}/sessions", "get_member_sessions", sessions.listing, requests.OfMember, answers.SessionsListed
    ),
    Operation(
        "POST", f"{_ROOT}/sessions/authenticate", "authenticate_member_session", sessions.authenticate,
        requests.SessionAuthentication, answers.SessionAuthenticated,
    ),
    Operation(
        "POST", f"{_ROOT}/sessions/revoke", "revoke_member_session", sessions.revoke, requests.SessionRevocation, Reply
    ),
    Operation(
        "POST", f"{_ROOT}/sessions/exchange", "exchange_member_session", sessions.exchange, requests.SessionExchange,
        answers.Exchanged,
    ),
    Operation(
        "POST", f"{_ROOT}/sessions/attest", "attest_member_session", sessions.attest, requests.Attestation,
        answers.Authenticated,
    ),
    Operation(
        "POST", f"{_ROOT}/discovery/intermediate_sessions/exchange", "exchange_intermediate_session",
        sessions.exchange_intermediate, requests.IntermediateExchange, answers.Exchanged,
    ),
    Operation(
        "GET", f"{_ROOT}/sessions/jwks/{{project_id}}", "get_member_jwks", keys.keys, None, keys.Keys, open=True
    ),
]  # fmt: skip

_NO_OTHER_WAY_IN = "operation_restricted_by_organization_auth_methods"
_NO_OTHER_FACTOR = "operation_restricted_by_organization_mfa_methods"
_UNFIT = {
    "expiration_minutes": "invalid_expiration",
    "session_duration_minutes": "invalid_session_duration_minutes",
    "code": "invalid_totp_code",
    "recovery_code": "invalid_recovery_code",
    "recovery_codes": "invalid_recovery_code",
    "secret": "invalid_totp_secret",
    "set_mfa_enrollment": "invalid_set_mfa_enrollment",
    "default_mfa_method": "invalid_mfa_default_method",
    "mfa_phone_number": _NO_OTHER_FACTOR,
    "mfa_methods": _NO_OTHER_FACTOR,
    "allowed_mfa_methods": _NO_OTHER_FACTOR,
    "mfa_policy": "invalid_organization_mfa_policy",
    "organization_id": "invalid_organization_id",
    "organization_ids": "member_search_organization_ids_empty",
    "organization_name": "invalid_organization_name",
    "organization_slug": "invalid_organization_slug",
    "organization_external_id": "invalid_organization_external_id",
    "member_id": "invalid_member_id",
    "email_address": "invalid_email",
    "trusted_metadata": "metadata_invalid_format",
    "untrusted_metadata": "metadata_invalid_format",
    **dict.fromkeys(
        [
            "sso_default_connection_id", "sso_jit_provisioning", "sso_jit_provisioning_allowed_connections",
            "email_allowed_domains", "email_jit_provisioning", "email_invites", "auth_methods",
            "allowed_auth_methods", "rbac_email_implicit_role_assignments", "oauth_tenant_jit_provisioning",
            "allowed_oauth_tenants", "claimed_email_domains", "first_party_connected_apps_allowed_type",
            "allowed_first_party_connected_apps", "third_party_connected_apps_allowed_type",
            "allowed_third_party_connected_apps",
        ],
        _NO_OTHER_WAY_IN,
    ),
}  # fmt: skip

_ELSEWHERE = re.compile(
    f"{_ROOT}/(sso|scim|magic_links|otps|oauth|passwords|idp|impersonation|rbac|debug|discovery)(/.*)?"
    f"|{_ROOT}/sessions/(migrate|exchange_access_token)"
    f"|{_ROOT}/organizations/[^/]+/(metrics|connected_apps(/.*)?)"
    f"|{_ROOT}/organizations/[^/]+/members/passwords/[^/]+"
    f"|{_ROOT}/organizations/[^/]+/members/[^/]+/"
    "(oidc_providers|start_email_update|connected_apps(/.*)?|oauth_providers(/.*)?)"
)
"""What the service has and Sparekey has not."""

_IN_SOMEBODYS_NAME = ("X-Stytch-Member-Session", "X-Stytch-Member-SessionJWT")


def _elsewhere(path: str) -> WireError | None:
    if not _ELSEWHERE.fullmatch(path):
        return None
    return WireError(
        404, "unavailable_endpoint", "Sparekey has TOTP and recovery codes, and the people who use them: not this."
    )


def _objection(request: Request) -> WireError | None:
    """Whoever asks in a member's name asks for less than the key may do, and would get all of it here."""
    if not any(request.headers.get(name) for name in _IN_SOMEBODYS_NAME):
        return None
    return WireError(403, "session_authorization_error", "Nobody is granted anything here: ask in the project's name.")


STYTCH_B2B = Dialect(
    name="stytch_b2b",
    title="Stytch, for B2B applications",
    prefix=_ROOT,
    operations=[*_ORGANIZATIONS, *_MEMBERS, *_FACTORS, *_SESSIONS],
    credentials=basic_credentials,
    error=Error,
    error_of=error_form("https://stytch.com/docs/b2b/api/errors"),
    finish=finish,
    kinds=KINDS,
    scheme={"type": "http", "scheme": "basic", "description": "The project's id and a secret of it"},
    unfit=_UNFIT,
    across_organizations=True,
    elsewhere=_elsewhere,
    objection=_objection,
)
