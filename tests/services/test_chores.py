"""Chores are done by one housekeeper at a time, again when they failed, and never all because of one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from app.housekeeping.chores import CHORES, ON_SQLITE, Chore
from app.housekeeping.rounds import DONE, FAILED, PUT_OFF, Housekeeper
from app.portal import Portal, UnavailableError
from app.services import chores
from app.storage.chores import LEASE
from tests.storage.test_faults import everything as rows
from tests.storage.test_faults import failing_at, failing_to_commit
from tests.support.clock import TestClock
from tests.support.people import People

MICROSECOND = timedelta(microseconds=1)
EVERY = timedelta(hours=1)


@dataclass
class Work:
    """A chore that notes when it was done, in steps; `problem` is what it fails with."""

    clock: TestClock
    name: str = "work"
    steps: int = 1
    problem: Exception | None = None
    done: list[datetime] = field(default_factory=list)
    takes: timedelta = timedelta(0)
    sooner: datetime | None = None

    @property
    def chore(self) -> Chore:
        return Chore(self.name, EVERY, self._do, lambda _portal: self.sooner)

    def _do(self, _portal: Portal) -> Iterator[int]:
        if self.problem:
            raise self.problem
        for _ in range(self.steps):
            self.done.append(self.clock.now())
            self.clock.advance(seconds=self.takes.total_seconds())
            yield 1


@pytest.fixture
def work(clock: TestClock) -> Work:
    return Work(clock)


def test_a_chore_is_done_at_once_and_then_when_it_is_due(work: Work, portal: Portal, clock: TestClock) -> None:
    keeper = Housekeeper(portal, [work.chore])
    start = clock.now()
    for moment in (start, start + MICROSECOND, start + EVERY - MICROSECOND, start + EVERY, start + EVERY + MICROSECOND):
        clock.set(moment)
        keeper.go_round()
    assert work.done == [start, start + EVERY]


def test_of_two_housekeepers_one_does_it(work: Work, portal: Portal, clock: TestClock) -> None:
    one, other = Housekeeper(portal, [work.chore]), Housekeeper(portal, [work.chore])
    for _ in range(3):
        one.go_round()
        other.go_round()
        clock.advance(minutes=40)
    assert len(work.done) == 2


def test_nobody_takes_what_somebody_does(work: Work, portal: Portal) -> None:
    other = Housekeeper(portal, [work.chore])
    work.steps = 3
    seen: list[int] = []

    def told(_portal: Portal) -> Iterator[int]:
        other.go_round()
        seen.append(len(work.done))
        yield 1

    Housekeeper(portal, [Chore("work", EVERY, told)]).go_round()
    assert seen == [0]
    other.go_round()
    assert work.done == []


def test_what_takes_long_keeps_its_lease(work: Work, portal: Portal, clock: TestClock) -> None:
    work.steps, work.takes = 20, timedelta(minutes=2)
    other = Work(clock)

    def beside(_portal: Portal) -> Iterator[int]:
        for step in work.chore.steps(_portal):
            Housekeeper(portal, [other.chore]).go_round()
            yield step

    Housekeeper(portal, [Chore("work", EVERY, beside)]).go_round()
    assert (len(work.done), len(other.done)) == (20, 0)


def test_what_hangs_is_done_by_another_when_its_lease_has_run_out(work: Work, portal: Portal, clock: TestClock) -> None:
    """As of a node that was frozen, and thaws in the middle of it."""
    begun = clock.now()
    work.steps = 4
    other = Work(clock)

    def frozen(_portal: Portal) -> Iterator[int]:
        for number, step in enumerate(work.chore.steps(_portal)):
            if number == 1:
                clock.set(begun + LEASE - MICROSECOND)
                Housekeeper(portal, [other.chore]).go_round()
                assert other.done == []
                clock.set(begun + LEASE)
                Housekeeper(portal, [other.chore]).go_round()
                assert len(other.done) == 1
            yield step

    with capture_logs() as lines:
        Housekeeper(portal, [Chore("work", EVERY, frozen)]).go_round()
    assert len(work.done) == 2
    assert [line["event"] for line in lines if line["log_level"] == "warning"] == ["chore lost"]
    (standing,) = chores.standing(portal)
    assert standing.done_at == begun + LEASE


def test_what_fails_is_written_down_and_tried_again_later(work: Work, portal: Portal, clock: TestClock) -> None:
    work.problem = ZeroDivisionError("a bug")
    told: list[tuple[str, str]] = []
    keeper = Housekeeper(portal, [work.chore], told=lambda *how: told.append(how))
    with capture_logs() as lines:
        keeper.go_round()
        keeper.go_round()
    (line,) = lines
    assert (line["event"], line["chore"], line["log_level"]) == ("chore failed", "work", "error")
    assert "ZeroDivisionError" in line["trace"]
    work.problem = None
    clock.advance(seconds=LEASE.total_seconds() - 0.000001)
    keeper.go_round()
    assert work.done == []
    clock.advance(microseconds=1)
    keeper.go_round()
    assert len(work.done) == 1
    assert told == [("work", FAILED), ("work", DONE)]


def test_others_are_done_all_the_same(work: Work, portal: Portal, clock: TestClock) -> None:
    broken = Work(clock, "broken", problem=RuntimeError())
    Housekeeper(portal, [broken.chore, work.chore]).go_round()
    assert len(work.done) == 1


def test_what_the_database_kept_from_being_done_is_done_next_time(work: Work, portal: Portal) -> None:
    work.problem = UnavailableError("away")
    told: list[tuple[str, str]] = []
    keeper = Housekeeper(portal, [work.chore], told=lambda *how: told.append(how))
    keeper.go_round()
    work.problem = None
    keeper.go_round()
    assert len(work.done) == 1
    assert told == [("work", PUT_OFF), ("work", DONE)]


def test_who_is_told_to_stop_leaves_it_to_the_next(work: Work, portal: Portal) -> None:
    work.steps = 5
    Housekeeper(portal, [work.chore], stopped=lambda: len(work.done) >= 2).go_round()
    assert len(work.done) == 2
    other = Work(work.clock)
    Housekeeper(portal, [other.chore]).go_round()
    assert len(other.done) == 1


def test_what_is_due_sooner_is_done_sooner(work: Work, portal: Portal, clock: TestClock) -> None:
    keeper = Housekeeper(portal, [work.chore])
    work.sooner = clock.now() + timedelta(minutes=10)
    keeper.go_round()
    clock.set(work.sooner)
    work.sooner = clock.now() + timedelta(days=10)
    keeper.go_round()
    clock.advance(hours=1)
    keeper.go_round()
    assert len(work.done) == 3


@pytest.mark.parametrize("hours", [2, 24, 24 * 400])
def test_a_clock_that_was_ahead_keeps_nothing_from_being_done(
    work: Work, portal: Portal, clock: TestClock, hours: int
) -> None:
    start = clock.now()
    clock.advance(hours=hours)
    Housekeeper(portal, [work.chore]).go_round()
    with pytest.raises(KeyboardInterrupt):  # killed with the lease in hand
        Housekeeper(portal, [Chore("other", EVERY, _killed)]).go_round()
    clock.set(start)
    other = Work(clock, "other")
    Housekeeper(portal, [work.chore, other.chore]).go_round()
    assert (work.done[1:], other.done) == ([start], [start])


def _killed(_portal: Portal) -> Iterator[int]:
    raise KeyboardInterrupt
    yield 0


def test_a_clock_set_back_a_little_breaks_no_lease(work: Work, portal: Portal, clock: TestClock) -> None:
    with pytest.raises(KeyboardInterrupt):
        Housekeeper(portal, [Chore("work", EVERY, _killed)]).go_round()
    clock.advance(minutes=-4)
    Housekeeper(portal, [work.chore]).go_round()
    assert work.done == []


def test_how_late_a_chore_is_can_be_told(work: Work, portal: Portal, clock: TestClock) -> None:
    Housekeeper(portal, [work.chore]).go_round()
    assert chores.standing(portal) == [chores.Standing("work", timedelta(0), clock.now())]
    clock.advance(minutes=75)
    assert [one.lag for one in chores.standing(portal)] == [timedelta(minutes=15)]


def _all(portal: Portal) -> tuple[Chore, ...]:
    return (*CHORES, *ON_SQLITE) if portal.database.on_sqlite else CHORES


def _everything_due(people: People, clock: TestClock) -> None:
    """Two sessions, sign-ins, links and addresses over, a figure to count and a day to note."""
    ada, bea = people.ready(), people.ready("bea@example.org")
    for one in (ada, bea):
        one.begin()
        one.given_pass()
        one.given_password_link()
    people.require_second_factor(clock.now() + timedelta(days=1))
    clock.advance(days=800)


def test_a_fault_at_any_statement_of_a_round_ends_in_the_same_place(
    people: People, portal: Portal, clock: TestClock
) -> None:
    """One after the other fails, a statement later each; in the end all is done, and nothing twice."""
    _everything_due(people, clock)
    statement = 0
    with capture_logs() as lines:
        while True:
            statement += 1
            with failing_at(portal, statement):
                Housekeeper(portal, _all(portal)).go_round()
            if not any(line["event"].endswith("put off") for line in lines[-len(CHORES) - 1 :]):
                break
            clock.advance(seconds=1)  # the others' leases are in the way, as they should be
            if statement % 40 == 0:
                clock.advance(minutes=5)
            assert statement < 1000
    clock.advance(minutes=6)
    Housekeeper(portal, _all(portal)).go_round()
    left = rows(portal)
    for table in ("session", "sign_in", "enrolment_pass", "password_link", "event_origin"):
        assert left[table] == [], table
    assert len(left["readiness_figure"]) == 1
    assert sum("requirement_began" in one for one in left["event"]) == 1


def test_a_fault_at_the_commit_changes_nothing(people: People, portal: Portal, clock: TestClock) -> None:
    _everything_due(people, clock)
    before = rows(portal)
    with failing_to_commit(portal):
        Housekeeper(portal, _all(portal)).go_round()
    assert rows(portal) == before
    Housekeeper(portal, _all(portal)).go_round()
    assert len(rows(portal)["readiness_figure"]) == 1


def test_a_round_in_which_nothing_is_due_writes_nothing(people: People, portal: Portal, clock: TestClock) -> None:
    _everything_due(people, clock)
    keeper = Housekeeper(portal, _all(portal))
    keeper.go_round()
    before = rows(portal)
    clock.advance(seconds=5)
    keeper.go_round()
    assert rows(portal) == before
