"""`sparekey prune`: what is over goes, and one is told how much of what."""

from datetime import timedelta

from tests.cli.conftest import Sparekey
from tests.support.clock import TestClock
from tests.support.people import Person


def test_it_says_how_many_rows_of_what_it_deleted(sparekey: Sparekey, ada: Person, clock: TestClock) -> None:
    ada.begin()
    clock.advance(days=2)
    done = sparekey("prune")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert {"1  sessions", "1  sign-ins in progress", "0  passes", "0  network addresses in the log"} <= set(lines)
    assert lines[-1] == "2 rows deleted. Events are kept for ever."
    assert sparekey("prune").out.splitlines()[-1] == "0 rows deleted. Events are kept for ever."


def test_a_dry_run_says_the_same_and_deletes_nothing(sparekey: Sparekey, ada: Person, clock: TestClock) -> None:
    ada.begin()
    clock.advance(days=500)
    rehearsed = sparekey("prune", "--dry-run").out.splitlines()
    assert rehearsed == sparekey("prune", "--dry-run").out.splitlines()
    done = sparekey("prune").out.splitlines()
    assert rehearsed[:-1] == done[:-1]
    assert rehearsed[-1] == done[-1].replace("rows deleted", "rows would be deleted")


def test_what_is_valid_stays(sparekey: Sparekey, ada: Person, clock: TestClock) -> None:
    clock.set(ada.session.expires_at - timedelta(hours=11, minutes=40))
    sparekey("prune")
    assert ada.visitor()
    assert ada.code_set.left == 10
