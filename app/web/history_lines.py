"""Events as lines of a history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.events import Event
from app.web.words import history_sentence, is_warning


@dataclass(frozen=True, slots=True)
class HistoryLine:
    at: datetime
    sentence: str
    warning: bool
    browser: str
    address: str


def lines_of(events: Iterable[Event]) -> list[HistoryLine]:
    return [
        HistoryLine(one.at, history_sentence(one), is_warning(one), one.origin.browser, one.origin.address)
        for one in events
    ]
