"""How often browsers call: the row count is the verdict, also where clocks differ."""

from datetime import datetime, timedelta

import pytest

from app.domain.projects import LIMIT_WINDOW
from app.portal import Portal
from app.storage import project_visits
from tests.support.clock import A_MONDAY

HERE, THERE = b"one place", b"another"
MINUTE = A_MONDAY.replace(second=0, microsecond=0)
MICROSECOND = timedelta(microseconds=1)


def take(portal: Portal, count: int = 1, *, at: datetime = MINUTE, limit: int = 3, key: bytes = HERE) -> bool:
    """In a transaction of its own, as each worker does."""
    with portal.writing() as tx:
        return project_visits.take(tx.db, key, count=count, limit=limit, window_began_at=at)


def kept(portal: Portal) -> list[tuple[bytes, int]]:
    with portal.reading() as tx:
        rows = tx.db.exec_driver_sql("SELECT key, taken FROM project_visit ORDER BY key")
        return [(bytes(row[0]), row[1]) for row in rows]


def test_so_many_are_taken_in_a_window_and_no_more(portal: Portal) -> None:
    assert [take(portal) for _ in range(5)] == [True, True, True, False, False]
    assert kept(portal) == [(HERE, 3)]


def test_what_does_not_fit_as_a_whole_is_not_taken_in_part(portal: Portal) -> None:
    assert take(portal, 2)
    assert not take(portal, 2)
    assert kept(portal) == [(HERE, 2)]
    assert take(portal, 1)


def test_places_do_not_count_for_each_other(portal: Portal) -> None:
    assert take(portal, 3)
    assert not take(portal)
    assert take(portal, 3, key=THERE)
    assert kept(portal) == [(THERE, 3), (HERE, 3)]


def test_the_next_window_begins_from_nothing(portal: Portal) -> None:
    assert take(portal, 3)
    assert take(portal, 2, at=MINUTE + LIMIT_WINDOW)
    assert kept(portal) == [(HERE, 2)]


@pytest.mark.parametrize("behind", [MICROSECOND, LIMIT_WINDOW / 2, LIMIT_WINDOW])
def test_a_node_that_is_a_little_behind_takes_none(portal: Portal, behind: timedelta) -> None:
    """In turn with one that is ahead, it would begin the count anew and anew."""
    assert take(portal)
    assert not take(portal, at=MINUTE - behind)
    assert kept(portal) == [(HERE, 1)]
    assert [take(portal) for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize("back", [LIMIT_WINDOW + MICROSECOND, timedelta(hours=1), timedelta(days=400)])
def test_when_the_clock_is_put_back_by_far_the_count_begins_anew(portal: Portal, back: timedelta) -> None:
    assert take(portal, 3)
    assert take(portal, 3, at=MINUTE - back)
    assert not take(portal, at=MINUTE - back)


def test_a_limit_that_was_lowered_holds_at_once(portal: Portal) -> None:
    assert take(portal, 3)
    assert not take(portal, limit=2)
    assert take(portal, limit=4)
