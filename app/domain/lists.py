"""Lists of members: what they can be narrowed to, how they are sorted, and what a line of one says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.attempts import Lock
from app.domain.members import Role, Status
from app.domain.recovery_codes import LOW

SEARCH_AT_MOST = 100
WORDS_AT_MOST = 5
COUNTED_AT_MOST = 1000
"""Beyond so many a list says "more than", since an exact number costs more than it tells."""


class Factor(StrEnum):
    """How it stands with a second factor.

    `READY` are those who could lose the phone today and still come back in, `NOT_READY` all others. A line says what is
    worst about somebody, so that of those who are ready it says `FEW_CODES` where few are left.
    """

    READY = "ready"
    NOT_READY = "not_ready"
    NO_AUTHENTICATOR = "no_authenticator"
    UNACKNOWLEDGED = "unacknowledged"
    FEW_CODES = "few_codes"
    LOCKED = "locked"


class Sort(StrEnum):
    NAME = "name"
    NAME_BACKWARDS = "-name"
    SEEN_LAST = "-seen"
    SEEN_LONG_AGO = "seen"
    NEWEST = "-added"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to. Without a status it holds everybody but the removed."""

    search: str = ""
    role: Role | None = None
    status: Status | None = None
    factor: Factor | None = None
    sort: Sort = Sort.NAME

    @property
    def narrowed(self) -> bool:
        return bool(self.search or self.role or self.status or self.factor)


@dataclass(frozen=True, slots=True)
class Line:
    """A member as lists have them. `door_closed`: shut out of the portal by far too many wrong codes."""

    id: int
    public_id: UUID
    name: str
    email: str | None
    role: Role
    status: Status
    lock: Lock | None
    door_closed: bool
    authenticator_count: int
    codes_left: int
    codes_pending: bool
    ready: bool
    last_sign_in_at: datetime | None
    made_at: datetime
    search_text: str

    def locked(self, now: datetime) -> bool:
        return self.door_closed or (self.lock is not None and self.lock.holds_at(now))

    def factor(self, now: datetime) -> Factor:
        """The one thing to say of it: what is worst comes first."""
        if self.locked(now):
            return Factor.LOCKED
        if not self.authenticator_count:
            return Factor.NO_AUTHENTICATOR
        if self.codes_pending:
            return Factor.UNACKNOWLEDGED
        return Factor.FEW_CODES if self.codes_left <= LOW else Factor.READY


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are, up to as many as are worth counting."""

    number: int
    more: bool
