"""Projects: applications that look after the same members through an API, each with secrets of its own."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from app.domain.tokens import new_token

SECRET_PREFIX = "sk_live_"
ID_PREFIX = "project-live-"
PUBLIC_TOKEN_PREFIX = "public-token-live-"
SECRETS_AT_MOST = 5
"""Live ones of a project: enough for one that comes in and one that goes out on every server."""

OVERLAP = timedelta(hours=24)
OVERLAP_AT_MOST = timedelta(days=30)
USED_AGAIN_AFTER = timedelta(seconds=60)
"""The last use of a secret is written down at most this often."""

LIMIT_WINDOW = timedelta(minutes=1)
_OWN_IDS = tuple(f"{of}-{kind}-" for of in ("user", "member", "organization") for kind in ("live", "test"))
ORIGINS_AT_MOST = 20
ORIGIN_AT_MOST = 255
_USUAL_PORTS = {"https": 443, "http": 80}
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_LOOPBACK = re.compile(r"127(\.[0-9]{1,3}){3}")
_EXTERNAL_ID = re.compile(r"[A-Za-z0-9._|-]{1,128}")


class Permission(StrEnum):
    """What a project may do beyond checking codes and looking after people: given at the command line only.

    `FACTOR_SECRETS`: to receive, plant and remove secrets and recovery codes.
    """

    FACTOR_SECRETS = "factor_secrets"


@dataclass(frozen=True, slots=True)
class Project:
    """`organization_id` is None for one of the whole installation, unless it is looked at `within` one of these.

    `ended_at`: removed, and here only for the log.
    """

    id: int
    public_id: UUID
    environment_id: UUID
    public_token: str
    organization_id: int | None
    name: str
    permissions: frozenset[Permission]
    made_at: datetime
    ended_at: datetime | None

    def within(self, organization_id: int) -> "Project":
        """As it acts on the people of one of the organizations that it may reach."""
        return replace(self, organization_id=organization_id)

    @property
    def audience(self) -> str:
        """Of its sessions, which no other project and no page accepts."""
        return str(self.public_id)

    @property
    def door(self) -> str:
        """Under which wrong codes are counted that come through it."""
        return f"project:{self.public_id}"

    @property
    def spelled_id(self) -> str:
        """As people and applications write it."""
        return f"{ID_PREFIX}{self.public_id}"

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


@dataclass(frozen=True, slots=True)
class Secret:
    """`hint` is its end, by which people tell it from others; `expires_at` is set once another takes its place."""

    id: int
    public_id: UUID
    project_id: int
    hint: str
    made_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class Identifies(StrEnum):
    """What the subject of an application's own token says of a user."""

    USER_ID = "user_id"
    EXTERNAL_ID = "external_id"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Profile:
    """By what tokens of an identity provider are believed: who signs them, for whom, and whom `claim` names.

    `public_key` is PEM; the algorithm follows from the kind of key, never from the token. `makes_users`: whoever is
    named by an external id that nobody has becomes a user with it.
    """

    id: int
    public_id: UUID
    project_id: int
    name: str
    issuer: str
    audience: str
    claim: str
    identifies: Identifies
    public_key: str
    makes_users: bool
    made_at: datetime


def read_id(text: str) -> UUID | None:
    """With or without what it begins with; None where it is no id."""
    try:
        return UUID(text.removeprefix(ID_PREFIX))
    except ValueError:
        return None


def read_web_origin(text: str) -> str | None:
    """Of pages (RFC 6454), as browsers spell it: a scheme, a host, and a port where it is not the usual one.

    Over http only where nobody else can be in between. None where it is none.
    """
    written = text.strip().lower().removesuffix("/")
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme not in _USUAL_PORTS or not _HOST.fullmatch(host) or len(text) > ORIGIN_AT_MOST:
        return None
    if parts.scheme == "http" and not (host == "localhost" or host.endswith(".localhost") or _LOOPBACK.fullmatch(host)):
        return None
    spelled = f"{parts.scheme}://{host}" + (f":{port}" if port not in {None, _USUAL_PORTS[parts.scheme]} else "")
    # Looked at as it was written: parsers pass over tabs, line ends and an empty query.
    return spelled if text.isascii() and written in {spelled, f"{parts.scheme}://{host}:{port}"} else None


def new_secret() -> str:
    """256 random bits, with a beginning by which scanners for leaked secrets know it."""
    return SECRET_PREFIX + new_token()


def new_public_token() -> str:
    """It names a project in browsers and opens nothing by itself."""
    return PUBLIC_TOKEN_PREFIX + new_token()


def is_external_id(text: str) -> bool:
    """What could be one of our own ids is none."""
    return _EXTERNAL_ID.fullmatch(text) is not None and not text.startswith(_OWN_IDS)
