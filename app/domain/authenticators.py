"""Authenticators, and the enrolments that may become one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.keyring import Sealed

AT_MOST = 5
ENROLMENT_LIFE = timedelta(minutes=15)
DEFAULT_NAME = "Phone"


@dataclass(frozen=True, slots=True)
class Authenticator:
    """`last_step` is the newest time step spent; it and all earlier ones are refused."""

    id: int
    public_id: UUID
    member_id: int
    name: str
    sealed_secret: Sealed
    last_step: int
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A secret waiting to be confirmed; it verifies nothing else.

    `vouched`: more than a password says that the right person enrols, such as the setup link.
    """

    id: int
    public_id: UUID
    member_id: int
    session_id: int | None
    sign_in_id: int | None
    replaces_id: int | None
    vouched: bool
    name: str
    sealed_secret: Sealed
    tries: int
    begun_at: datetime
    expires_at: datetime


def secret_context(member_public_id: UUID, row_public_id: UUID) -> str:
    """What a sealed secret is bound to: it opens in no other row and for no other member."""
    return f"totp-secret|{member_public_id}|{row_public_id}"


def next_name(taken: list[str]) -> str:
    """`Phone`, then `Phone 2`, then the next that is free."""
    names = [DEFAULT_NAME, *(f"{DEFAULT_NAME} {number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
