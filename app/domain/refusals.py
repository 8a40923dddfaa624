"""Expected refusals are returned, not raised, so that the counted attempt and its event commit with them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.attempts import LockReason
from app.domain.sessions import Proof


class Why(StrEnum):
    # passwords
    WRONG_PASSWORD = "wrong_password"
    NOT_YOUR_PASSWORD = "not_your_password"
    WAIT = "wait"
    UNKNOWN_BROWSER = "unknown_browser"
    PASSWORD_STOPPED = "password_stopped"
    UNFIT_PASSWORD = "unfit_password"
    # codes
    WRONG_CODE = "wrong_code"
    MISTYPED_CODE = "mistyped_code"
    USED_CODE = "used_code"
    CLOCK_OFF = "clock_off"
    LOCKED = "locked"
    NEEDS_PROOF = "needs_proof"
    NEEDS_TOTP = "needs_totp"
    SESSION_ENDED = "session_ended"
    # passes
    WRONG_PASS = "wrong_pass"
    PASS_ELSEWHERE = "pass_elsewhere"
    NEEDS_PASS = "needs_pass"
    # things that are no longer what the form was about
    EXPIRED = "expired"
    OUTDATED = "outdated"
    TOO_MANY = "too_many"
    LAST_ONE = "last_one"
    NOT_SHOWABLE = "not_showable"
    NOT_OPEN = "not_open"
    # administration
    NOT_YOURS = "not_yours"
    UNKNOWN_MEMBER = "unknown_member"
    LAST_OWNER = "last_owner"
    PAID_BEFORE = "paid_before"
    ADDRESS_NEW = "address_new"
    ADDRESS_TAKEN = "address_taken"
    NOT_GRANTABLE = "not_grantable"
    # applications
    NOT_PERMITTED = "not_permitted"
    PORTAL_ROLE = "portal_role"
    NOT_ACTIVE = "not_active"
    ENROLLED = "enrolled"
    NOT_ENROLLED = "not_enrolled"
    UNKNOWN_AUTHENTICATOR = "unknown_authenticator"
    UNKNOWN_SESSION = "unknown_session"
    TOKEN_REPLACED = "token_replaced"
    NO_SESSION = "no_session"
    FACTOR_MISSING = "factor_missing"
    FACTOR_STALE = "factor_stale"
    UNKNOWN_PROFILE = "unknown_profile"
    ADDRESS_KEPT = "address_kept"
    UNKNOWN_ADDRESS = "unknown_address"
    UNFIT_TOKEN = "unfit_token"
    OTHER_KIND_OF_CODE = "other_kind_of_code"
    EXTERNAL_ID_TAKEN = "external_id_taken"
    LONG_NAME = "long_name"
    TOO_MANY_CLAIMS = "too_many_claims"
    UNKNOWN_ORGANIZATION = "unknown_organization"
    UNKNOWN_INTERMEDIATE = "unknown_intermediate"
    SLUG_TAKEN = "slug_taken"
    UNFIT_SLUG = "unfit_slug"
    ORGANIZATION_ID_TAKEN = "organization_id_taken"
    ONE_ORGANIZATION = "one_organization"
    PORTAL_POLICY = "portal_policy"
    PORTAL_PEOPLE = "portal_people"
    NOT_REMOVED = "not_removed"
    STAYS_ENROLLED = "stays_enrolled"
    WEAK_SECRET = "weak_secret"
    UNFIT_SECRET = "unfit_secret"
    UNFIT_CODES = "unfit_codes"


@dataclass(frozen=True, slots=True)
class Refused:
    """`until` says when a wait or a lock ends; `sentence` is set where the rule itself words its objection; `about` is
    what an enrolment that ran out was to replace; `proof` the kind of code that was refused."""

    why: Why
    until: datetime | None = None
    sentence: str = ""
    steps_off: int = 0
    about: UUID | None = None
    proof: Proof | None = None
    lock: LockReason | None = None
