"""What the log keeps of a person who was erased: what happened, when, and by whom, in none of anybody's own words."""

from typing import Any

from app.domain.events import Act

NAME = "Erased person"
_WORD = "erased"

_OURS = frozenset({"authenticator", "because", "door", "lock", "profile", "proof", "role", "until", "why"})
"""Details whose text is one of our own words, a moment or an id. Any other text may be somebody's own words."""

_OURS_OF_ACT = {
    Act.LOCKED: frozenset({"reason"}),
    Act.ROLE_CHANGED: frozenset({"old", "new"}),
    Act.SESSION_ENDED: frozenset({"reason"}),
}


def without_words(act: Act, details: dict[str, Any]) -> dict[str, Any]:
    """The details of an event about the person, with what people wrote gone: names, reasons, whatever comes later."""
    ours = _OURS | _OURS_OF_ACT.get(act, frozenset())
    return {key: value if key in ours or isinstance(value, int | None) else _WORD for key, value in details.items()}
