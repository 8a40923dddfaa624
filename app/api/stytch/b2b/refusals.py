"""What this part says where members and organizations are refused something."""

from typing import TypeVar

from app.api.stytch.errors import granted_by
from app.api.wire import Words
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof

Outcome = TypeVar("Outcome")

_WORDS: Words = {
    Why.UNKNOWN_MEMBER: (404, "member_not_found", "There is no such member."),
    Why.UNKNOWN_ORGANIZATION: (404, "organization_not_found", "There is no such organization."),
    Why.UNKNOWN_INTERMEDIATE: (
        404, "intermediate_session_not_found", "There is no such intermediate session, or it is over.",
    ),
    Why.PORTAL_ROLE: (403, "unauthorized_action", "This member has a role in the portal, and is changed there alone."),
    Why.PORTAL_POLICY: (
        403, "unauthorized_action", "This organization has people in the portal, who decide on its names and policy.",
    ),
    Why.PORTAL_PEOPLE: (
        403, "unauthorized_action", "This organization has people in the portal: the operator removes it.",
    ),
    Why.ONE_ORGANIZATION: (403, "unauthorized_action", "This takes a project of the whole installation."),
    Why.NOT_ACTIVE: (400, "action_available_only_for_active_members", "This member is not active."),
    Why.NOT_REMOVED: (400, "no_deleted_member_found_for_reactivation", "This member was not deleted."),
    Why.ENROLLED: (400, "active_totp_exists", "The member has an active TOTP. Delete it before creating another."),
    Why.STAYS_ENROLLED: (
        400, "invalid_set_mfa_enrollment", "Whoever has an authenticator is asked for it here: delete the TOTP first.",
    ),
    Why.ADDRESS_TAKEN: (400, "duplicate_member_email", "Another member has this e-mail address."),
    Why.ADDRESS_KEPT: (
        403, "unauthorized_action", "The member signs in to the portal with the address, and changes it there.",
    ),
    Why.EXTERNAL_ID_TAKEN: (400, "duplicate_member_external_id", "Another member has this external id."),
    Why.SLUG_TAKEN: (400, "organization_slug_already_used", "Another organization has this slug."),
    Why.UNFIT_SLUG: (
        400, "invalid_organization_slug",
        "A slug is 1 to 40 small letters, digits and hyphens here, with no hyphen at either end.",
    ),
    Why.ORGANIZATION_ID_TAKEN: (
        400, "organization_external_id_already_used", "Another organization has this external id.",
    ),
    Why.WEAK_SECRET: (400, "invalid_totp_secret", "The secret has fewer than 112 bits, and is too weak to go on with."),
    Why.UNFIT_SECRET: (400, "invalid_totp_secret", "The secret is not base32."),
    Why.UNFIT_CODES: (
        400, "invalid_recovery_code",
        "Recovery codes are at most 20 different ones, of 8 to 64 printable ASCII characters each.",
    ),
    Why.LOCKED: (429, "user_lock_limit_reached", "This member is locked: no code is accepted."),
}  # fmt: skip
_OF_TOTP: Words = {Why.NOT_ENROLLED: (404, "totp_not_found", "The member has no TOTP.")}
_OF_RECOVERY: Words = {
    Why.NOT_ENROLLED: (404, "recovery_codes_not_found", "The member has no recovery codes: there is no TOTP."),
}


def granted(outcome: Outcome | Refused, about: Proof = Proof.TOTP) -> Outcome:
    """Raises WireError. `about` is the kind of code that was asked for."""
    return granted_by(outcome, _WORDS, of_totp=_OF_TOTP, of_recovery=_OF_RECOVERY, about=about)
