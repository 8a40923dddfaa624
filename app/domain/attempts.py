"""How many tries there are, and what happens when they are used up."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_LOCK = timedelta(days=7)
HARD_STOP_FACTOR = 5
HARD_STOP_AT_MOST = 100  # NIST SP 800-63B-4, 3.2.2: at most a hundred consecutive failures
PORTAL_DOOR = "portal"

NOTICE_AFTER = 3
"""So many failures in a row after a right password, and the member is told."""

PASSWORD_STOPS_AFTER = 30
PASSWORD_WINDOW = timedelta(days=30)

STEP_UP_TRIES = 10
ENROLMENT_TRIES = 10
PASS_TRIES = 10

KNOWN_BROWSERS_ONLY_AFTER = 100
_FREE_PASSWORD_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
"""A row of wrong passwords from one place is forgotten when nothing more came for so long."""


class LockReason(StrEnum):
    ATTEMPTS = "attempts"
    ADMIN = "admin"
    PANIC = "panic"


@dataclass(frozen=True, slots=True)
class Lock:
    """`until` is None for the locks that only a person opens; `since` where it was not written down yet."""

    reason: LockReason
    until: datetime | None
    since: datetime | None = field(default=None, compare=False)

    def holds_at(self, now: datetime) -> bool:
        # No lock is longer than the longest: what reaches further ahead was made before the clock was put back.
        return self.until is None or now < self.until <= now + LONGEST_LOCK


@dataclass(frozen=True, slots=True)
class Budget:
    """The settings of an installation: failures in a row that lock, and for how long the first time."""

    failures: int
    first_lock: timedelta

    def lock_length(self, locks_before: int) -> timedelta:
        """The wait doubles with each lock in a row, and ends at seven days."""
        doublings = min(locks_before, 20)  # more would only overflow on the way to the same seven days
        return min(self.first_lock * (1 << doublings), max(LONGEST_LOCK, self.first_lock))

    @property
    def hard_stop(self) -> int:
        return min(self.failures * HARD_STOP_FACTOR, HARD_STOP_AT_MOST)


def password_wait(failures: int, free_tries: int = _FREE_PASSWORD_TRIES) -> timedelta:
    """How long to wait after that many wrong passwords: nothing at first, then doubling from one second."""
    beyond = failures - free_tries
    return timedelta(0) if beyond < 0 else min(timedelta(seconds=1 << min(beyond, 20)), LONGEST_WAIT)
