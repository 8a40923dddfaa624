"""Members: people of one organization."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.attempts import Lock


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"


class Status(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the steps need it; holds the password's hash and so never leaves the services.

    `enrols_with_pass` marks somebody whose last authenticator was taken away through an application: until a new one is
    confirmed, the password alone may not enrol one.
    """

    id: int
    public_id: UUID
    organization_id: int
    role: Role
    status: Status
    name: str
    email: str | None
    email_verified: bool
    password_hash: str | None
    password_changed_at: datetime | None
    password_stopped_at: datetime | None
    lock: Lock | None
    failures_in_row: int
    locks_in_row: int
    authenticator_count: int
    codes_left: int
    codes_pending: bool
    code_generation: int
    enrols_with_pass: bool
    last_sign_in_at: datetime | None
    email_changed_at: datetime | None
    made_at: datetime

    @property
    def enrolled(self) -> bool:
        return self.authenticator_count > 0

    @property
    def locked_by_person(self) -> bool:
        """Locked by an administrator or by the panic button, until a person opens it."""
        return self.lock is not None and self.lock.until is None

    @property
    def may_sign_in(self) -> bool:
        return self.status is Status.ACTIVE and self.password_hash is not None
