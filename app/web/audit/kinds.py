"""What the log can be narrowed to: kinds of acts, in the words of those who look for them."""

from dataclasses import dataclass

from app.domain.events import Act


@dataclass(frozen=True, slots=True)
class Kind:
    value: str
    words: str
    acts: frozenset[Act]


def _kind(value: str, words: str, *acts: Act) -> Kind:
    return Kind(value, words, frozenset(acts))


KINDS = [
    _kind(
        "administration", "Acts of administrators",
        Act.INVITED, Act.INVITATION_RENEWED, Act.INVITATION_REVOKED, Act.INVITATION_READDRESSED, Act.ROLE_CHANGED,
        Act.NAME_CORRECTED, Act.EMAIL_CHANGED, Act.SUSPENDED,
        Act.REACTIVATED, Act.REMOVED, Act.LOCKED_BY_ADMIN, Act.UNLOCKED, Act.ALL_SESSIONS_ENDED, Act.PASS_MADE,
        Act.PASSWORD_LINK_MADE, Act.ORGANIZATION_CHANGED, Act.MEMBERS_EXPORTED,
        Act.PROJECT_CREATED, Act.PROJECT_REMOVED, Act.PROJECT_SECRET_MADE, Act.PROJECT_SECRET_REVOKED,
    ),
    _kind(
        "warnings", "Warnings",
        Act.PASSWORD_REFUSED, Act.PASSWORD_STOPPED, Act.CODE_REFUSED, Act.CODE_REPLAYED, Act.FAILURES_NOTICED,
        Act.LOCKED, Act.LOCKED_BY_ADMIN, Act.DOOR_CLOSED, Act.STEP_UP_FAILED, Act.PASS_REFUSED, Act.PANICKED,
        Act.SEAL_BROKEN, Act.ENROLMENT_CODE_REFUSED, Act.CODES_PROOF_FAILED,
    ),
    _kind("locks", "Locks", Act.LOCKED, Act.LOCKED_BY_ADMIN, Act.DOOR_CLOSED, Act.UNLOCKED, Act.PANICKED),
    _kind(
        "sign-ins", "Sign-ins",
        Act.SIGNED_IN, Act.SIGNED_IN_WITHOUT_SECOND_FACTOR, Act.PASSWORD_ACCEPTED, Act.PASS_USED,
    ),
    _kind(
        "sessions", "Sessions and browsers",
        Act.SIGNED_OUT, Act.SESSION_ENDED, Act.OTHER_SESSIONS_ENDED, Act.ALL_SESSIONS_ENDED, Act.STEPPED_UP,
        Act.STEP_UP_FAILED, Act.BROWSER_FORGOTTEN,
    ),
    _kind(
        "authenticators", "Authenticators",
        Act.ENROLMENT_BEGUN, Act.ENROLMENT_CODE_REFUSED, Act.ENROLMENT_CANCELLED, Act.AUTHENTICATOR_ADDED,
        Act.AUTHENTICATOR_TAKEN_OVER, Act.AUTHENTICATOR_REPLACED, Act.AUTHENTICATOR_REMOVED, Act.AUTHENTICATOR_RENAMED,
    ),
    _kind(
        "recovery-codes", "Recovery codes",
        Act.CODES_MADE, Act.CODES_TAKEN_OVER, Act.CODES_REGENERATED, Act.CODES_VOIDED, Act.CODES_SHOWN,
        Act.CODES_DOWNLOADED, Act.CODES_PRINTED, Act.CODES_ACKNOWLEDGED, Act.CODES_PROVED,
        Act.CODES_PROOF_FAILED, Act.CODE_SPENT, Act.CODES_READ, Act.CODES_READ_AGAIN,
    ),
    _kind("recovery-code-used", "Recovery code used", Act.CODE_SPENT),
    _kind(
        "passes", "Passes and password links",
        Act.PASS_MADE, Act.PASS_REFUSED, Act.PASS_USED, Act.PASS_SPENT, Act.PASSWORD_LINK_MADE, Act.PASSWORD_LINK_USED,
    ),
    _kind(
        "passwords", "Passwords",
        Act.PASSWORD_ACCEPTED, Act.PASSWORD_REFUSED, Act.PASSWORD_CHANGED, Act.PASSWORD_STOPPED, Act.PASSWORD_LINK_USED,
    ),
    _kind(
        "people", "Who is here: invitations, roles, names",
        Act.OWNER_CREATED, Act.INVITED, Act.INVITATION_RENEWED, Act.INVITATION_REVOKED, Act.INVITATION_READDRESSED,
        Act.INVITATION_ACCEPTED,
        Act.ROLE_CHANGED, Act.NAME_CHANGED, Act.NAME_CORRECTED, Act.EMAIL_CHANGED, Act.SUSPENDED, Act.REACTIVATED,
        Act.REMOVED, Act.ERASED,
    ),
    _kind(
        "organization", "Organization",
        Act.ORGANIZATION_CREATED, Act.ORGANIZATION_CHANGED, Act.ORGANIZATION_REMOVED, Act.MEMBERS_EXPORTED,
        Act.REQUIREMENT_BEGAN, Act.RESTORED,
        Act.KEY_ROTATED, Act.KEY_RETIRED,
    ),
    _kind(
        "applications", "Applications and their projects",
        Act.PROJECT_CREATED, Act.PROJECT_REMOVED, Act.PROJECT_SECRET_MADE, Act.PROJECT_SECRET_REVOKED,
        Act.PROJECT_PERMITTED, Act.PROJECT_FORBIDDEN, Act.PROJECT_PROFILE_ADDED, Act.PROJECT_PROFILE_REMOVED,
        Act.PROJECT_ORIGIN_ADDED, Act.PROJECT_ORIGIN_REMOVED,
        Act.SIGNING_KEY_ROTATED, Act.USER_CREATED, Act.USER_CHANGED, Act.USER_VERIFIED, Act.USER_ATTESTED,
        Act.USER_EXCHANGED, Act.AUTHENTICATOR_TAKEN_OVER, Act.CODES_TAKEN_OVER,
        Act.CODES_READ, Act.CODES_READ_AGAIN,
    ),
]  # fmt: skip
"""Every act stands in one kind at least."""


def acts_of(value: str) -> frozenset[Act] | None:
    return next((kind.acts for kind in KINDS if kind.value == value), None)
