"""What a browser may hold: a sign-in in progress, then a session."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

SIGN_IN_LIFE = timedelta(minutes=15)
FRESH_FOR = timedelta(minutes=5)
SEEN_AGAIN_AFTER = timedelta(seconds=60)
"""The last use of a session is written down at most this often."""

KNOWN_BROWSER_LIFE = timedelta(days=90)
PORTAL = "portal"


class Proof(StrEnum):
    """By what somebody showed who they are."""

    PASSWORD = "password"
    TOTP = "totp"
    RECOVERY_CODE = "recovery_code"
    PASS = "pass"
    ATTESTATION = "attestation"
    """A token that an application signed, for a session of its own."""


class Scope(StrEnum):
    """What a session is for: everything, or only enrolling and taking codes after a pass."""

    ORDINARY = "ordinary"
    ENROL = "enrol"


@dataclass(frozen=True, slots=True)
class Session:
    """`proved_at` is the last time a second factor was shown here, and `proved_by` which.

    `password_proved_at` is when the first one was, in an application's session by a token that the application vouches
    with.
    `claims` are an application's own words in a session of its own; None in the portal's. `handed_generation` is of the
    recovery codes that were shown last in a session of an application.
    """

    id: int
    public_id: UUID
    member_id: int
    organization_id: int
    audience: str
    scope: Scope
    opened_by: Proof
    opened_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    proved_by: Proof | None
    proved_at: datetime | None
    password_proved_at: datetime | None
    step_up_failures: int
    next_path: str | None
    browser: str
    address: str
    claims: dict[str, Any] | None = None
    handed_generation: int | None = None

    def fresh(self, now: datetime, *, enrolled: bool) -> bool:
        """Whether who sits here was shown within five minutes: by a second factor, or the password of who has none."""
        proved_at = self.proved_at if enrolled else self.password_proved_at
        # Either way: a clock that was put back an hour must not leave a proof fresh for that hour.
        return proved_at is not None and abs(now - proved_at) < FRESH_FOR

    def fresh_by_totp(self, now: datetime) -> bool:
        return self.proved_by is Proof.TOTP and self.fresh(now, enrolled=True)


@dataclass(frozen=True, slots=True)
class Factor:
    """By what the member of an application's session was shown, and by which authenticator, code or token."""

    proof: Proof
    method: UUID
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """What exists between the password and the second factor."""

    id: int
    public_id: UUID
    member_id: int
    organization_id: int
    begun_at: datetime
    expires_at: datetime
    next_path: str | None
    browser: str
    address: str


@dataclass(frozen=True, slots=True)
class KnownBrowser:
    id: int
    public_id: UUID
    member_id: int
    browser: str
    last_seen_at: datetime
    expires_at: datetime
