"""JSON (RFC 8259) as it is meant: no name twice, no numbers that are none, no text that cannot be kept or sent on."""

import json
import math
from typing import Any

DEEPEST = 16


class UnfitJsonError(ValueError):
    """Says what is wrong, in words that can be shown."""


def loads(text: bytes) -> Any:
    """Raises UnfitJsonError."""
    try:
        value = json.loads(
            text.decode("utf-8"), object_pairs_hook=_without_doubles, parse_constant=_no_constant, parse_float=_finite
        )
    except UnfitJsonError:
        raise
    except RecursionError:
        raise UnfitJsonError("it is nested too deeply") from None
    except ValueError:
        raise UnfitJsonError("it is not JSON in UTF-8") from None
    _look_through(value, 0)
    return value


def dumps(value: Any) -> bytes:
    """As short as it can be said."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False, ensure_ascii=False).encode()


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The last of two with the same name would win, and another reader might take the first."""
    content = dict(pairs)
    if len(content) < len(pairs):
        raise UnfitJsonError("it says something twice")
    return content


def _no_constant(word: str) -> None:
    raise UnfitJsonError(f"{word} is no number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise UnfitJsonError("a number in it is too large")
    return number


def _look_through(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise UnfitJsonError("it is nested too deeply")
    if isinstance(value, str):
        _require_text(value)
    elif isinstance(value, list):
        for item in value:
            _look_through(item, depth + 1)
    elif isinstance(value, dict):
        for name, item in value.items():
            _require_text(name)
            _look_through(item, depth + 1)


def _require_text(text: str) -> None:
    """Half a surrogate pair is no character, and PostgreSQL keeps no NUL."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise UnfitJsonError("a text in it holds what is no character")
