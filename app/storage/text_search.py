"""Looking for parts of texts, as both databases can."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, false, or_

from app.domain.text import SEARCHED_AT_MOST


def has_any_part(values: Sequence[str], column: ColumnElement[Any], fold: Callable[[str], str]) -> ColumnElement[bool]:
    """`fold` makes of a value what the column holds. What becomes longer than any column by that fits nothing."""
    parts = [part for part in map(fold, values) if len(part) <= SEARCHED_AT_MOST]
    return or_(false(), *(column.contains(part, autoescape=True) for part in parts))
