"""Users: what an application calls the members of an organization, with what it has noted of them for itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.domain.application_sessions import Own
from app.domain.attempts import Lock
from app.domain.members import Role, Status
from app.domain.text import NAME_AT_MOST

METADATA_AT_MOST = 4096
"""Bytes of JSON, for each of the two kinds."""

KEYS_AT_MOST = 20
LABELS_AT_MOST = 50
LABEL_AT_MOST = 128

UserRef = UUID | str
"""How an application names a user: by id, or by the id that it has given itself."""

Whose = UserRef | Own
"""Whom a request is about: whomever an application names, or the one who asks."""


@dataclass(frozen=True, slots=True)
class NameParts:
    """As the application spelled them; they hold for as long as they spell the name that the member has."""

    first: str = ""
    middle: str = ""
    last: str = ""

    @property
    def whole(self) -> str:
        return " ".join(part for part in (self.first, self.middle, self.last) if part)


@dataclass(frozen=True, slots=True)
class Notes:
    """`labels` are roles in the application, and none in the portal. `pending`: made as somebody yet to show up.

    `breakglass` is a word of the application for itself. `wants_second_factor`: it asks for one whatever the policy is.
    `preferred` is the authenticator that it shows first.
    """

    external_id: str | None = None
    name: NameParts = NameParts()
    labels: tuple[str, ...] = ()
    trusted_metadata: Mapping[str, Any] = field(default_factory=dict)
    untrusted_metadata: Mapping[str, Any] = field(default_factory=dict)
    pending: bool = False
    breakglass: bool = False
    wants_second_factor: bool = False
    preferred: UUID | None = None


@dataclass(frozen=True, slots=True)
class Totp:
    """An authenticator, or where it is not `verified` yet, an enrolment of this application that is still open."""

    id: UUID
    verified: bool
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class User:
    """A member as an application sees one. `lock` holds now; `closed_at`: far too many wrong codes came through it.

    `codes_pending`: there are recovery codes that the member has yet to acknowledge.
    """

    id: UUID
    organization_id: int
    email: str | None
    email_verified: bool
    role: Role
    status: Status
    notes: Notes
    totps: tuple[Totp, ...]
    has_password: bool
    password_stopped: bool
    lock: Lock | None
    closed_at: datetime | None
    codes_left: int
    codes_pending: bool
    made_at: datetime

    @property
    def active(self) -> bool:
        return self.status is Status.ACTIVE and not self.notes.pending

    @property
    def locked(self) -> bool:
        return self.lock is not None or self.closed_at is not None

    @property
    def locked_since(self) -> datetime | None:
        return self.closed_at or (self.lock.since if self.lock else None)

    @property
    def locked_until(self) -> datetime | None:
        """None also where only a person opens it."""
        return self.lock.until if self.lock and self.closed_at is None else None

    @property
    def totp(self) -> UUID | None:
        """The oldest that is confirmed."""
        return next((one.id for one in self.totps if one.verified), None)

    @property
    def asked_for_second_factor(self) -> bool:
        """Whoever has one is, here, and whoever the application wants to have one."""
        return self.totp is not None or self.notes.wants_second_factor


class Filter(StrEnum):
    """What a search of users can go by."""

    USER_ID = "user_id"
    EXTERNAL_ID = "external_id"
    STATUS = "status"
    NAME_PART = "full_name_fuzzy"
    EMAIL_ID = "email_id"
    EMAIL = "email_address"
    EMAIL_PART = "email_address_fuzzy"
    EMAIL_VERIFIED = "email_verified"
    TOTP_ID = "totp_id"
    TOTP_VERIFIED = "totp_verified"
    PASSWORD = "password_exists"
    MADE_AFTER = "created_at_greater_than"
    MADE_BEFORE = "created_at_less_than"
    MADE_BETWEEN = "created_at_between"
    BREAKGLASS = "breakglass"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Condition:
    """`value` is of the kind that the filter takes: ids, texts, a yes or no, a moment or two."""

    filter: Filter
    value: Any


@dataclass(frozen=True, slots=True)
class Search:
    """Without the removed, unless they are asked for."""

    conditions: tuple[Condition, ...] = ()
    any_of: bool = False
    removed_too: bool = False


def name_without_parts(email: str | None, external_id: str | None) -> str:
    """What to call somebody whom the application gave no name."""
    return (email or "").partition("@")[0][:NAME_AT_MOST] or (external_id or "")[:NAME_AT_MOST] or "Unnamed"


def with_changes(metadata: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any] | None:
    """Keys of the first level are replaced, a null takes one away; None where that is too much to keep."""
    kept = {name: value for name, value in {**metadata, **changes}.items() if value is not None}
    return kept if len(kept) <= KEYS_AT_MOST and len(json.dumps(kept).encode()) <= METADATA_AT_MOST else None
