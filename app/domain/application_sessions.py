"""Sessions that members have in an application: how long they live, and what the application writes into them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.domain.events import Origin

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(minutes=527040)
JWT_LIFE = timedelta(minutes=5)
INTERMEDIATE_LIFE = timedelta(minutes=10)
REPLACED_FOR = timedelta(minutes=1)
"""How long a session's token is known for the former one after a factor was shown. It opens nothing any more."""

CLAIMS_AT_MOST = 4096
"""Bytes of JSON."""

RESERVED_CLAIMS = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "session"})
RESERVED_BEGINNINGS = ("https://stytch.com/", "https://streambird.io/")
"""Under these names clients read whose session it is."""


@dataclass(frozen=True, slots=True)
class Named:
    """A session as a signed token names it; `mark` binds the token to the session's present opaque token."""

    session: UUID
    mark: str


Presented = str | Named | None
"""What an application shows of a session: its opaque token, a signed one that was read, or nothing."""


@dataclass(frozen=True, slots=True)
class Own:
    """Whoever's session this is: how people are named who ask for themselves, from a browser.

    `intermediate` is the token of a sign-in in progress, in place of a session. `meant` is whom the request says that
    it is about, which must be the same person.
    """

    presented: Presented
    intermediate: str | None = None
    meant: UUID | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What an application wants of a session besides the proof: how long it is to live from now, and claims in it.

    With neither a session presented nor a lifetime there is none to be. `origin` is where the application says that its
    user is, for the session alone: what is written down of an act is where the application called from.
    `intermediate` is the token of a sign-in in progress, which the proof completes.
    """

    presented: Presented = None
    life: timedelta | None = None
    claims: Mapping[str, Any] = field(default_factory=dict)
    origin: Origin | None = None
    intermediate: str | None = None


NOTHING_WISHED = Wish()


def merged(claims: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any] | None:
    """With a null as the word to take one away and reserved ones passed over; None where that is too much to keep."""
    custom = {name: value for name, value in changes.items() if not _is_reserved(name)}
    wanted = {**claims, **custom}
    kept = {name: value for name, value in wanted.items() if value is not None}
    return kept if len(json.dumps(kept).encode()) <= CLAIMS_AT_MOST else None


def _is_reserved(name: str) -> bool:
    return name in RESERVED_CLAIMS or name.startswith(RESERVED_BEGINNINGS)
