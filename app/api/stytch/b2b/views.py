"""Members, organizations and sessions in the words of this part, and who is meant by their ids."""

from typing import Any
from uuid import UUID

from app.api.stytch import ids
from app.api.stytch.b2b import objects
from app.api.stytch.b2b.refusals import granted
from app.api.stytch.factors import factor_of
from app.api.stytch.tokens import signed
from app.api.wire import Call, WireError
from app.domain.members import Status
from app.domain.projects import is_external_id
from app.domain.tenants import Tenant, TenantRef
from app.domain.users import User, UserRef
from app.services import tenants
from app.services.signing_keys import Signer
from app.services.tenants import Reached
from app.steps.application_sessions import Shown

ORGANIZATION_CLAIM = "https://stytch.com/organization"
TOTP = "totp-registration"
_ADMINISTERS = "stytch_admin"


def organization_named(text: str) -> TenantRef:
    """By its id, its slug, or the id that the application gave it. Raises WireError."""
    if found := ids.read("organization", text):
        return found
    if not is_external_id(text):
        raise WireError(400, "invalid_organization_id", "This is neither an id nor a slug of an organization.")
    return text


def member_named(text: str) -> UserRef:
    """By the member's id, or by the one that the application gave it. Raises WireError."""
    if found := ids.read("member", text):
        return found
    if not is_external_id(text):
        raise WireError(400, "invalid_member_id", "This is neither the id of a member nor an external id.")
    return text


def sole_member(text: str) -> UUID:
    """By the id alone, where no organization is named in which another one could be. Raises WireError."""
    if (found := ids.read("member", text)) is None:
        raise WireError(400, "invalid_member_id", "This is not the id of a member.")
    return found


def reached(call: Call, organization_id: str) -> Reached:
    """Raises WireError."""
    return granted(tenants.reach(call.portal, call.project, organization_named(organization_id)))


def organization_of(tenant: Tenant) -> objects.Organization:
    organization, notes = tenant.organization, tenant.notes
    return objects.Organization(
        organization_id=ids.spell("organization", organization.public_id),
        organization_name=organization.name,
        organization_logo_url=notes.logo_url,
        organization_slug=organization.slug,
        mfa_policy="REQUIRED_FOR_ALL" if tenant.requires_second_factor else "OPTIONAL",
        trusted_metadata=dict(notes.trusted_metadata),
        created_at=organization.made_at,
        organization_external_id=notes.external_id,
    )


def member_of(user: User, tenant: Tenant) -> objects.Member:
    notes, totp = user.notes, user.totp
    return objects.Member(
        organization_id=ids.spell("organization", tenant.organization.public_id),
        member_id=ids.spell("member", user.id),
        email_address=user.email or "",
        status=_status_of(user),
        name=notes.name.whole,
        is_breakglass=notes.breakglass,
        member_password_id=ids.spell("member-password", user.id) if user.has_password else "",
        email_address_verified=user.email_verified,
        is_admin=_ADMINISTERS in notes.labels,
        totp_registration_id=ids.spell(TOTP, totp) if totp else "",
        is_locked=user.locked,
        mfa_enrolled=user.asked_for_second_factor,
        default_mfa_method="totp" if totp else "",
        roles=[objects.Role(role_id=label, sources=[objects.RoleSource()]) for label in notes.labels],
        trusted_metadata=dict(notes.trusted_metadata),
        untrusted_metadata=dict(notes.untrusted_metadata),
        created_at=user.made_at,
        external_id=notes.external_id,
        lock_created_at=user.locked_since,
        lock_expires_at=user.locked_until,
    )


def both(user: User, tenant: Tenant) -> dict[str, Any]:
    """What every answer about a member holds."""
    return {
        "member_id": ids.spell("member", user.id),
        "member": member_of(user, tenant),
        "organization": organization_of(tenant),
    }


def session_of(shown: Shown, tenant: Tenant) -> objects.MemberSession:
    return objects.MemberSession(
        member_session_id=ids.spell("session", shown.id),
        member_id=ids.spell("member", shown.user),
        started_at=shown.started_at,
        last_accessed_at=shown.last_accessed_at,
        expires_at=shown.expires_at,
        authentication_factors=[factor_of(one, totp=TOTP) for one in shown.factors],
        organization_id=ids.spell("organization", tenant.organization.public_id),
        roles=list(shown.labels),
        organization_slug=tenant.organization.slug,
        custom_claims=shown.claims,
    )


def opened(call: Call, shown: Shown | None, tenant: Tenant, signer: Signer | None) -> dict[str, Any]:
    """What every answer that may open a session holds of it."""
    return {
        "session_token": shown.token if shown else "",
        "session_jwt": jwt_of(call, shown, tenant, signer),
        "member_session": session_of(shown, tenant) if shown else None,
    }


def jwt_of(call: Call, shown: Shown | None, tenant: Tenant, signer: Signer | None) -> str:
    """As the official clients verify it by themselves; empty where there is no session."""
    if shown is None or signer is None:
        return ""
    session = session_of(shown, tenant).model_dump(mode="json", exclude_none=True)
    told = ("started_at", "last_accessed_at", "expires_at", "authentication_factors", "roles")
    attributes = {"ip_address": shown.address, "user_agent": shown.browser}
    claim = {"id": session["member_session_id"], "attributes": attributes, **{name: session[name] for name in told}}
    where = {"organization_id": session["organization_id"], "slug": session["organization_slug"]}
    return signed(call, shown, signer, subject=session["member_id"], claim=claim, more={ORGANIZATION_CLAIM: where})


def _status_of(user: User) -> Any:
    if user.status is Status.REMOVED:
        return "deleted"
    if user.status is Status.INVITED:
        return "invited"
    return "active" if user.active else "pending"
