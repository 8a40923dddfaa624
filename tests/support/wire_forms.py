"""Forms for every operation of every wire, filled in so that it does what it is for."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.api.streambird import ids as ksuids
from app.api.stytch import ids

if TYPE_CHECKING:
    from tests.support.wires import Scene

Form = dict[str, Any]

_HALFWAY = timedelta(minutes=9)
"""Somebody stays so long with a first factor alone, at least."""


def _on_the_way(scene: "Scene") -> str:
    """A token that has not run out, as long as there is anything to go on with."""
    since = scene.halfway_since
    if since is None or scene.clock.now() - since > _HALFWAY:
        scene.go_halfway()
    return scene.halfway


def _nora(scene: "Scene") -> Form:
    return {**scene.about, "member_id": ids.spell("member", scene.nora)}


def _stytch_user(scene: "Scene") -> str:
    return ids.spell("user", scene.ada)


def _streambird_user(scene: "Scene") -> str:
    return ksuids.spell("user", scene.ada)


_NOTES: Form = {
    "name": {"first_name": "Ada", "middle_name": "King", "last_name": "Lovelace"},
    "trusted_metadata": {"plan": "gold"},
    "untrusted_metadata": {"theme": "dark"},
    "roles": ["reader"],
}
_SESSION: Form = {"session_token": None, "session_jwt": None}
_STYTCH_SESSION: Form = {**_SESSION, "session_duration_minutes": 60, "session_custom_claims": {"basket": [1]}}
_STREAMBIRD_SESSION: Form = {
    **_SESSION,
    "session_expires_in": 60,
    "device_fingerprint": {"ip": "192.0.2.7", "user_agent": "Firefox"},
}
_NAMES: Form = {"first_name": "Ada", "middle_name": "King", "last_name": "Lovelace"}

_ORGANIZATION: Form = {
    "organization_logo_url": "https://example.org/logo.svg",
    "trusted_metadata": {"plan": "gold"},
    "mfa_policy": "OPTIONAL",
    "sso_default_connection_id": None,
    "sso_jit_provisioning": "NOT_ALLOWED",
    "sso_jit_provisioning_allowed_connections": [],
    "email_allowed_domains": [],
    "email_jit_provisioning": "NOT_ALLOWED",
    "email_invites": "NOT_ALLOWED",
    "auth_methods": "RESTRICTED",
    "allowed_auth_methods": ["password"],
    "rbac_email_implicit_role_assignments": [],
    "mfa_methods": "RESTRICTED",
    "allowed_mfa_methods": ["totp"],
    "oauth_tenant_jit_provisioning": "NOT_ALLOWED",
    "allowed_oauth_tenants": {},
    "claimed_email_domains": [],
    "first_party_connected_apps_allowed_type": "NOT_ALLOWED",
    "allowed_first_party_connected_apps": [],
    "third_party_connected_apps_allowed_type": "NOT_ALLOWED",
    "allowed_third_party_connected_apps": [],
}
_MEMBER: Form = {
    "name": "Ada King Lovelace",
    "trusted_metadata": {"plan": "gold"},
    "untrusted_metadata": {"theme": "dark"},
    "is_breakglass": False,
    "mfa_phone_number": "",
    "mfa_enrolled": True,
    "roles": ["reader"],
}
_LIFE: Form = {"session_duration_minutes": 60}
_PROOF: Form = {"createMfaToken": {"singleUse": True}, "requestedScopes": ["credential:link"]}
_FACTOR: Form = {**_STYTCH_SESSION, "intermediate_session_token": None}

FORMS: dict[str, Callable[["Scene"], Form]] = {
    "stytch.create_user": lambda _: {
        **_NOTES,
        "email": "new@example.org",
        "phone_number": None,
        "create_user_as_pending": False,
        "external_id": "new-1",
    },
    "stytch.update_user": lambda _: {**_NOTES, "external_id": "ada-1"},
    "stytch.search_users": lambda _: {
        "cursor": None,
        "limit": 10,
        "query": {
            "operator": "AND",
            "operands": [{"filter_name": "email_address", "filter_value": ["ada@example.org"]}],
        },
    },
    "stytch.create_totp": lambda scene: {"user_id": ids.spell("user", scene.nora), "expiration_minutes": 30},
    "stytch.authenticate_totp": lambda scene: {
        **_STYTCH_SESSION,
        "user_id": _stytch_user(scene),
        "totp_code": scene.phone.next_code(),
    },
    "stytch.get_recovery_codes": lambda scene: {"user_id": _stytch_user(scene)},
    "stytch.recover_totp": lambda scene: {
        **_STYTCH_SESSION,
        "user_id": _stytch_user(scene),
        "recovery_code": scene.codes[0],
    },
    "stytch.get_sessions": lambda scene: {"user_id": _stytch_user(scene)},
    "stytch.authenticate_session": lambda scene: {
        **_STYTCH_SESSION,
        "session_token": scene.shop.token,
        "authorization_check": None,
    },
    "stytch.revoke_session": lambda scene: {"session_id": None, "session_token": scene.shop.token, "session_jwt": None},
    "stytch.attest_session": lambda scene: {
        **_STYTCH_SESSION,
        "profile_id": scene.shop.login.profile_id,
        "token": scene.shop.login.token(_stytch_user(scene), scene.clock),
    },
    "streambird.create_user": lambda _: {
        **_NAMES,
        "email": "new@example.org",
        "phone_number": None,
        "requires_verification": False,
        "include_user": True,
    },
    "streambird.update_user": lambda _: {
        **_NAMES,
        "emails": [{"email": "ada@example.org"}],
        "phone_numbers": [],
    },
    "streambird.search_users": lambda scene: {
        "limit": 10,
        "starting_after": ksuids.spell("user", scene.nora),
        "filters": {"operator": "AND", "fields": [{"field": "email", "operator": "eq", "value": "ada@example.org"}]},
    },
    "streambird.create_totp": lambda scene: {"user_id": ksuids.spell("user", scene.nora), "expires_in": 30},
    "streambird.verify_totp": lambda scene: {
        **_STREAMBIRD_SESSION,
        "user_id": _streambird_user(scene),
        "totp": scene.phone.next_code(),
    },
    "streambird.get_recovery_codes": lambda scene: {"user_id": _streambird_user(scene)},
    "streambird.recover_totp": lambda scene: {
        **_STREAMBIRD_SESSION,
        "user_id": _streambird_user(scene),
        "recovery_code": scene.codes[0],
        "totp": None,
    },
    "streambird.verify_session": lambda scene: {**_STREAMBIRD_SESSION, "session_token": scene.shop.token},
    "streambird.list_sessions": lambda scene: {"user_id": _streambird_user(scene)},
    "streambird.delete_session": lambda scene: {
        "session_id": None,
        "session_token": scene.shop.token,
        "session_jwt": None,
    },
    "streambird.get_jwks": lambda scene: {"api_key": scene.application.project.public_token},
    "stytch_b2b.create_organization": lambda _: {
        **_ORGANIZATION,
        "organization_name": "New Works",
        "organization_slug": "new-works",
        "organization_external_id": "works-1",
    },
    "stytch_b2b.update_organization": lambda _: {
        **_ORGANIZATION,
        "organization_name": "Harbour Works",
        "organization_slug": "harbour-works",
        "organization_external_id": "harbour-1",
    },
    "stytch_b2b.search_organizations": lambda scene: {
        "cursor": None,
        "limit": 10,
        "query": {
            "operator": "AND",
            "operands": [
                {"filter_name": "organization_ids", "filter_value": [scene.about["organization_id"]]},
                {"filter_name": "member_emails", "filter_value": ["ada@example.org"]},
            ],
        },
    },
    "stytch_b2b.create_member": lambda _: {
        **_MEMBER,
        "email_address": "new@example.org",
        "create_member_as_pending": False,
        "external_id": "new-1",
    },
    "stytch_b2b.get_member": lambda scene: {"member_id": scene.about["member_id"], "email_address": None},
    "stytch_b2b.update_member": lambda _: {
        **_MEMBER,
        "email_address": "ada@example.org",
        "default_mfa_method": "totp",
        "preserve_existing_sessions": True,
        "unlink_email": False,
        "external_id": "ada-1",
    },
    "stytch_b2b.unlink_retired_email": lambda _: {"email_id": None, "email_address": "retired@example.org"},
    "stytch_b2b.search_members": lambda scene: {
        "organization_ids": [scene.about["organization_id"]],
        "cursor": None,
        "limit": 10,
        "query": {
            "operator": "AND",
            "operands": [{"filter_name": "member_emails", "filter_value": ["ada@example.org"]}],
        },
    },
    "stytch_b2b.dangerously_get_member": lambda _: {"include_deleted": False},
    "stytch_b2b.create_member_totp": lambda scene: {
        **_nora(scene),
        **_SESSION,
        "intermediate_session_token": None,
        "expiration_minutes": 30,
    },
    "stytch_b2b.authenticate_member_totp": lambda scene: {
        **scene.about,
        **_FACTOR,
        "code": scene.phone.next_code(),
        "set_mfa_enrollment": "enroll",
        "set_default_mfa": True,
    },
    "stytch_b2b.migrate_member_totp": lambda scene: {
        **_nora(scene),
        "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        "recovery_codes": ["abcd-efgh-1234", "ijkl-mnop-5678"],
    },
    "stytch_b2b.rotate_member_recovery_codes": lambda scene: scene.about,
    "stytch_b2b.recover_member": lambda scene: {**scene.about, **_FACTOR, "recovery_code": scene.codes[0]},
    "stytch_b2b.get_member_sessions": lambda scene: scene.about,
    "stytch_b2b.authenticate_member_session": lambda scene: {
        **_STYTCH_SESSION,
        "session_token": scene.suite.token,
        "authorization_check": None,
    },
    "stytch_b2b.revoke_member_session": lambda scene: {
        **_SESSION,
        "session_token": scene.suite.token,
        "member_session_id": None,
        "member_id": None,
    },
    "stytch_b2b.exchange_member_session": lambda scene: {
        **_STYTCH_SESSION,
        "session_token": scene.suite.token,
        "organization_id": scene.about["organization_id"],
    },
    "stytch_b2b.exchange_intermediate_session": lambda scene: {
        "intermediate_session_token": _on_the_way(scene),
        "organization_id": scene.about["organization_id"],
        "session_duration_minutes": 60,
        "session_custom_claims": {"basket": [1]},
    },
    "stytch_b2b.attest_member_session": lambda scene: {
        **_STYTCH_SESSION,
        "profile_id": scene.suite.login.profile_id,
        "token": scene.suite.login.token(scene.about["member_id"], scene.clock),
        "organization_id": scene.about["organization_id"],
    },
    "stytch_browsers.create_own_totp": lambda _: {"expiration_minutes": 30},
    "stytch_browsers.authenticate_own_totp": lambda scene: {**_LIFE, "totp_code": scene.phone.next_code()},
    "stytch_browsers.recover_own_totp": lambda scene: {**_LIFE, "recovery_code": scene.codes[0]},
    "stytch_browsers.update_own_user": lambda _: {
        "name": {"first_name": "Ada", "middle_name": "King", "last_name": "Lovelace"},
        "untrusted_metadata": {"theme": "dark"},
    },
    "stytch_browsers.attest_own_session": lambda scene: {
        **_LIFE,
        "profile_id": scene.shop.login.profile_id,
        "token": scene.shop.login.token(_stytch_user(scene), scene.clock),
    },
    "stytch_browsers.authenticate_own_session": lambda _: _LIFE,
    "stytch_b2b_browsers.create_own_member_totp": lambda scene: {
        **_nora(scene),
        "intermediate_session_token": None,
        "expiration_minutes": 30,
    },
    "stytch_b2b_browsers.authenticate_own_member_totp": lambda scene: {
        **scene.about,
        **_LIFE,
        "intermediate_session_token": None,
        "code": scene.phone.next_code(),
        "set_mfa_enrollment": "enroll",
    },
    "stytch_b2b_browsers.recover_own_member": lambda scene: {
        **scene.about,
        **_LIFE,
        "intermediate_session_token": None,
        "recovery_code": scene.codes[0],
    },
    "stytch_b2b_browsers.update_own_member": lambda _: {
        "name": "Ada King Lovelace",
        "untrusted_metadata": {"theme": "dark"},
    },
    "stytch_b2b_browsers.attest_own_member_session": lambda scene: {
        **_LIFE,
        "profile_id": scene.suite.login.profile_id,
        "token": scene.suite.login.token(scene.about["member_id"], scene.clock),
        "organization_id": scene.about["organization_id"],
    },
    "stytch_b2b_browsers.authenticate_own_member_session": lambda _: _LIFE,
    "stytch_b2b_browsers.exchange_own_member_session": lambda scene: {
        **_LIFE,
        "organization_id": scene.about["organization_id"],
    },
    "dynamic.get_nonces": lambda _: {"count": 5},
    "dynamic.sign_in_externally": lambda scene: {"jwt": scene.shop.login.token(str(scene.ada), scene.clock)},
    "dynamic.update_own_user": lambda _: {
        "firstName": "Ada",
        "lastName": "Lovelace",
        "metadata": {"theme": "dark"},
        "mfaBackupCodeAcknowledgement": "complete",
    },
    "dynamic.check_step_up": lambda _: {"scope": "credential:link"},
    "dynamic.get_own_methods": lambda _: {"verifiedOnly": True},
    "dynamic.recover_own_session": lambda scene: {**_PROOF, "code": scene.codes[0]},
    "dynamic.authenticate_own_totp": lambda scene: {
        **_PROOF,
        "id": str(scene.totp),
        "code": scene.phone.next_code(),
    },
    "dynamic.confirm_own_totp": lambda scene: {"type": "totp", "code": scene.noras_code()},
    "dynamic.prefer_own_device": lambda _: {"default": True},
}
