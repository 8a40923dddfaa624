"""A clock that a test holds in its hand."""

import threading
from datetime import UTC, datetime, timedelta

A_MONDAY = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


class TestClock:
    """Stands still until a test moves it; the threads of a live server may read it meanwhile."""

    __test__ = False  # its name begins like a test's

    def __init__(self, start: datetime = A_MONDAY) -> None:
        self._now = start
        self._turn = threading.Lock()

    def now(self) -> datetime:
        with self._turn:
            return self._now

    def advance(self, **by: float) -> datetime:
        """By what timedelta takes: `advance(minutes=5, seconds=1)`. Returns the new time."""
        with self._turn:
            self._now += timedelta(**by)
            return self._now

    def set(self, moment: datetime) -> None:
        with self._turn:
            self._now = moment
