"""Passes: a code that lets a locked-out member enrol anew, and nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
PASSWORD_LINK_LIFE = timedelta(hours=24)
SETUP_LINK_LIFE = timedelta(hours=24)


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
class PasswordLink:
    id: int
    member_id: int
    expires_at: datetime
