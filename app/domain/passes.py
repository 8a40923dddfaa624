"""Passes: a code that lets a locked-out member enrol anew, and nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
PASSWORD_LINK_LIFE = timedelta(hours=24)
SETUP_LINK_LIFE = timedelta(hours=24)
INVITATION_LIFE = timedelta(hours=24)

ONE_FACTOR_FOR = timedelta(days=30)
"""Who paid for one factor of a member cannot pay for the other one within this time."""

ADDRESS_SETTLES_IN = timedelta(days=7)
"""So long after a change of address nobody gets a pass or a password link in the portal."""


@dataclass(frozen=True, slots=True)
class Pass:
    """`holder_hash` names the browser that used it first; no other may use it after."""

    id: int
    public_id: UUID
    member_id: int
    expires_at: datetime
    tries: int
    holder_hash: bytes | None
    session_id: int | None


@dataclass(frozen=True, slots=True)
class Link:
    """A link that works once: it sets a password, or takes up an invitation."""

    id: int
    member_id: int
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PassMade:
    """That a pass was made, for those who wonder whether to make another."""

    made_at: datetime
    expires_at: datetime
    spent_at: datetime | None
    voided_at: datetime | None
    by_operator: bool
    maker: str

    @property
    def taken_back(self) -> bool:
        """Void before its time was over."""
        return self.voided_at is not None and self.voided_at < self.expires_at

    def open_at(self, now: datetime) -> bool:
        return self.spent_at is None and self.voided_at is None and now < self.expires_at
