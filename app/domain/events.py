"""What is written down of every act: with ids, never with addresses, so that erasing a person keeps the log whole."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Act(StrEnum):
    ORGANIZATION_CREATED = "organization.created"
    OWNER_CREATED = "member.owner_created"
    PASSWORD_ACCEPTED = "password.accepted"
    PASSWORD_REFUSED = "password.refused"
    PASSWORD_CHANGED = "password.changed"
    PASSWORD_STOPPED = "password.stopped"
    PASSWORD_LINK_MADE = "password_link.made"
    PASSWORD_LINK_USED = "password_link.used"
    SIGNED_IN = "session.signed_in"
    SIGNED_IN_WITHOUT_SECOND_FACTOR = "session.signed_in_without_second_factor"
    SIGNED_OUT = "session.signed_out"
    SESSION_ENDED = "session.ended"
    OTHER_SESSIONS_ENDED = "session.others_ended"
    STEPPED_UP = "session.stepped_up"
    STEP_UP_FAILED = "session.step_up_failed"
    BROWSER_FORGOTTEN = "browser.forgotten"
    CODE_REFUSED = "second_factor.refused"
    CODE_REPLAYED = "second_factor.replayed"
    FAILURES_NOTICED = "second_factor.failures_noticed"
    LOCKED = "second_factor.locked"
    DOOR_CLOSED = "second_factor.door_closed"
    UNLOCKED = "second_factor.unlocked"
    SEAL_BROKEN = "seal.broken"
    ENROLMENT_BEGUN = "enrolment.begun"
    ENROLMENT_CODE_REFUSED = "enrolment.code_refused"
    ENROLMENT_CANCELLED = "enrolment.cancelled"
    AUTHENTICATOR_ADDED = "authenticator.added"
    AUTHENTICATOR_TAKEN_OVER = "authenticator.taken_over"
    AUTHENTICATOR_REPLACED = "authenticator.replaced"
    AUTHENTICATOR_REMOVED = "authenticator.removed"
    AUTHENTICATOR_RENAMED = "authenticator.renamed"
    CODES_MADE = "recovery_codes.made"
    CODES_TAKEN_OVER = "recovery_codes.taken_over"
    CODES_REGENERATED = "recovery_codes.regenerated"
    CODES_VOIDED = "recovery_codes.voided"
    CODES_SHOWN = "recovery_codes.shown"
    CODES_DOWNLOADED = "recovery_codes.downloaded"
    CODES_PRINTED = "recovery_codes.printed"
    CODES_ACKNOWLEDGED = "recovery_codes.acknowledged"
    CODES_PROVED = "recovery_codes.proved"
    CODES_PROOF_FAILED = "recovery_codes.proof_failed"
    CODE_SPENT = "recovery_codes.spent"
    PASS_MADE = "pass.made"
    PASS_REFUSED = "pass.refused"
    PASS_USED = "pass.used"
    PASS_SPENT = "pass.spent"
    NAME_CHANGED = "member.name_changed"
    NAME_CORRECTED = "member.name_corrected"
    PANICKED = "member.panicked"
    INVITED = "member.invited"
    ROLE_CHANGED = "member.role_changed"
    EMAIL_CHANGED = "member.email_changed"
    SUSPENDED = "member.suspended"
    REACTIVATED = "member.reactivated"
    REMOVED = "member.removed"
    LOCKED_BY_ADMIN = "member.locked"
    ALL_SESSIONS_ENDED = "session.all_ended"
    INVITATION_RENEWED = "invitation.renewed"
    INVITATION_REVOKED = "invitation.revoked"
    INVITATION_READDRESSED = "invitation.readdressed"
    INVITATION_ACCEPTED = "invitation.accepted"
    ORGANIZATION_CHANGED = "organization.changed"
    ORGANIZATION_REMOVED = "organization.removed"
    MEMBERS_EXPORTED = "organization.members_exported"
    REQUIREMENT_BEGAN = "organization.requirement_began"
    RESTORED = "organization.restored"
    PROJECT_CREATED = "project.created"
    PROJECT_REMOVED = "project.removed"
    PROJECT_SECRET_MADE = "project.secret_made"
    PROJECT_SECRET_REVOKED = "project.secret_revoked"
    PROJECT_PERMITTED = "project.permitted"
    PROJECT_FORBIDDEN = "project.forbidden"
    PROJECT_PROFILE_ADDED = "project.profile_added"
    PROJECT_PROFILE_REMOVED = "project.profile_removed"
    PROJECT_ORIGIN_ADDED = "project.origin_added"
    PROJECT_ORIGIN_REMOVED = "project.origin_removed"
    USER_CREATED = "user.created"
    USER_CHANGED = "user.changed"
    USER_VERIFIED = "user.verified"
    USER_ATTESTED = "user.attested"
    USER_EXCHANGED = "user.exchanged"
    CODES_READ = "recovery_codes.read"
    CODES_READ_AGAIN = "recovery_codes.read_again"
    SIGNING_KEY_ROTATED = "keys.signing_rotated"
    KEY_ROTATED = "keys.rotated"
    KEY_RETIRED = "keys.retired"
    ERASED = "member.erased"


class ActorKind(StrEnum):
    MEMBER = "member"
    OPERATOR = "operator"
    PORTAL = "portal"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: a member, an application, the operator at the command line, or the portal when a day came."""

    kind: ActorKind
    member_id: int | None = None
    project_id: int | None = None


OPERATOR = Actor(ActorKind.OPERATOR)
PORTAL = Actor(ActorKind.PORTAL)


@dataclass(frozen=True, slots=True)
class Origin:
    """From where a request came. Kept beside the event, not in it, so that it can be erased with the person."""

    address: str
    browser: str


NOWHERE = Origin("", "")


@dataclass(frozen=True, slots=True)
class Named:
    """A member as a line of the log names them."""

    public_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Event:
    """`about` is the member whose history it belongs to, `by` the member who did it; None where there is none.

    `project` names the application that did it.
    """

    id: int
    public_id: UUID
    act: Act
    at: datetime
    actor_kind: ActorKind
    about: Named | None
    by: Named | None
    details: dict[str, Any]
    origin: Origin
    project: str = ""

    @property
    def by_another(self) -> bool:
        """Done to the member, and not by the member."""
        return self.actor_kind is not ActorKind.MEMBER or self.by != self.about
