"""What a worker sets aside of a minute's requests, and hands on without asking anybody again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from app.api import limits
from app.api.limits import Portions
from app.domain.projects import LIMIT_WINDOW
from app.portal import Portal
from tests.support.clock import TestClock


@dataclass
class Store:
    """Has so many requests for each minute, and remembers how many it was asked for each time."""

    clock: TestClock
    limit: int
    asked: list[int] = field(default_factory=list)
    taken: dict[datetime, int] = field(default_factory=dict)

    def take(self, count: int) -> datetime | None:
        self.asked.append(count)
        began = self.clock.now().replace(second=0, microsecond=0)
        if self.taken.get(began, 0) + count > self.limit:
            return began + LIMIT_WINDOW
        self.taken[began] = self.taken.get(began, 0) + count
        return None


def calls(worker: Portions, portal: Portal, store: Store, times: int, whose: str = "1") -> int:
    """How many were let through."""
    return sum(worker.wait(portal, whose, store.limit, store.take) is None for _ in range(times))


def test_a_hundredth_is_set_aside_at_a_time(portal: Portal, clock: TestClock) -> None:
    store, worker = Store(clock, 600), Portions()
    assert calls(worker, portal, store, 13) == 13
    assert store.asked == [6, 6, 6]


def test_of_a_small_limit_each_is_asked_for_by_itself(portal: Portal, clock: TestClock) -> None:
    store, worker = Store(clock, 3), Portions()
    assert calls(worker, portal, store, 5) == 3
    assert store.asked == [1] * 5


def test_whoever_is_refused_is_told_until_when(portal: Portal, clock: TestClock) -> None:
    store, worker = Store(clock, 1), Portions()
    assert calls(worker, portal, store, 1) == 1
    until = clock.now().replace(second=0, microsecond=0) + LIMIT_WINDOW
    assert worker.wait(portal, "1", store.limit, store.take) == until
    clock.set(until)
    assert worker.wait(portal, "1", store.limit, store.take) is None


def test_one_caller_uses_nothing_that_was_set_aside_for_another(portal: Portal, clock: TestClock) -> None:
    worker = Portions()
    stores = {whose: Store(clock, 600) for whose in ("1", "1|198.51.100.0/24", "1|203.0.113.0/24", "11")}
    for whose, store in stores.items():
        assert calls(worker, portal, store, 1, whose) == 1
        assert store.asked == [6]


def test_what_is_left_of_a_minute_is_lost_at_its_end(portal: Portal, clock: TestClock) -> None:
    store, worker = Store(clock, 1000), Portions()
    calls(worker, portal, store, 1)
    clock.set(clock.now().replace(second=0, microsecond=0) + LIMIT_WINDOW)
    calls(worker, portal, store, 1)
    assert store.asked == [10, 10]


@pytest.mark.parametrize("back", [timedelta(minutes=1), timedelta(hours=1)])
def test_nor_is_it_used_where_the_clock_was_put_back(portal: Portal, clock: TestClock, back: timedelta) -> None:
    store, worker = Store(clock, 1000), Portions()
    calls(worker, portal, store, 1)
    clock.set(clock.now() - back)
    calls(worker, portal, store, 1)
    assert store.asked == [10, 10]


def test_within_its_minute_a_clock_that_goes_back_a_little_changes_nothing(portal: Portal, clock: TestClock) -> None:
    clock.advance(seconds=20)
    store, worker = Store(clock, 1000), Portions()
    calls(worker, portal, store, 1)
    clock.advance(seconds=-10)
    assert calls(worker, portal, store, 9) == 9
    assert store.asked == [10]


def test_what_is_taken_as_a_minute_ends_is_not_kept_for_the_next(portal: Portal, clock: TestClock) -> None:
    store, worker = Store(clock, 1000), Portions()
    until = clock.now().replace(second=0, microsecond=0) + LIMIT_WINDOW

    def take(count: int) -> datetime | None:
        taken = store.take(count)
        clock.set(until)
        return taken

    clock.set(until - timedelta(milliseconds=1))
    assert worker.wait(portal, "1", store.limit, take) is None
    assert calls(worker, portal, store, 2000) == store.limit


def test_without_a_limit_nobody_is_asked(portal: Portal, clock: TestClock) -> None:
    store, worker = Store(clock, 0), Portions()
    assert calls(worker, portal, store, 30) == 30
    assert store.asked == []


def test_of_ever_more_places_no_more_is_remembered_than_there_is_room_for(
    portal: Portal, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_CALLERS_AT_MOST", 5)
    worker, takes = Portions(), _always_taken
    for number in range(50):
        assert worker.wait(portal, f"1|{number}", 600, takes) is None
        assert len(worker._portions) <= 5
    store = Store(clock, 600)
    assert calls(worker, portal, store, 6, "1|49") == 6
    assert store.asked in ([], [6])


_always_taken: Callable[[int], datetime | None] = lambda _count: None  # noqa: E731
