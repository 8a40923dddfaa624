"""Ids as this wire spells them: what they are of, whether for real or for trying, and a UUID."""

import re
from uuid import UUID

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SHAPE = re.compile(f"(?P<kind>[a-z-]+)-(live|test)-(?P<uuid>{_UUID})")


def spell(kind: str, uuid: UUID) -> str:
    return f"{kind}-live-{uuid}"


def pattern(kind: str) -> str:
    """Of all ids of that kind, without its beginning and end."""
    return f"{kind}-(live|test)-{_UUID}"


def read(kind: str, text: str) -> UUID | None:
    """None where it is no id of that kind."""
    shaped = _SHAPE.fullmatch(text)
    return UUID(shaped["uuid"]) if shaped and shaped["kind"] == kind else None
