"""PostgreSQL stopped hard, and frozen, under load: a plain 503 meanwhile, back by itself, and nothing lost."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.reliability.conftest import Run
from tests.support.nodes import Node, Nodes
from tests.support.postgres import MortalPostgres
from tests.support.remote import Door, NoAnswerError, Reply

ROUNDS = 5
CLIENTS = 6
SEED = 20261122
BACK_WITHIN = 5.0
NO_LONGER_THAN = 12.0
"""What a page may take while there is no database; generous, since it is over in a moment."""

FROZEN_NO_LONGER_THAN = 45.0
"""20 s until those are given up that were asking and hold the threads, 6 s for its own tries, and a busy machine."""


@pytest.fixture
def database_kind() -> str:
    return "postgresql"


class Watch:
    """Asks a page and both probes all the time, and writes down what it got and how long that took."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self.pages: list[tuple[float, Reply]] = []
        self.alive: list[int] = []
        self.ready: list[int] = []
        self.unanswered: list[str] = []

    def look(self) -> None:
        begun = time.monotonic()
        try:
            page = self._door.ask("GET", "/sign-in")
            self.pages.append((time.monotonic() - begun, page))
            self.alive.append(self._door.ask("GET", "/healthz").status)
            self.ready.append(self._door.ask("GET", "/readyz").status)
        except NoAnswerError as problem:
            self.unanswered.append(str(problem))

    @contextmanager
    def looking(self) -> Iterator[None]:
        stop = threading.Event()

        def work() -> None:
            while not stop.is_set():
                self.look()

        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(work)
            try:
                yield
            finally:
                stop.set()
        done.result()


def test_a_worker_killed_while_the_database_is_away_takes_nobody_with_it(node: Node, postgres: MortalPostgres) -> None:
    """Its successor waits for the database; one that fell again and again would end the whole server."""
    node.wait_until_ready()
    postgres.fall()
    killed = node.kill_workers()
    time.sleep(4)
    assert node.is_running, node.output
    postgres.start()
    node.wait_until_ready()
    assert killed >= 2
    assert len(node.processes) >= 3


def test_a_database_that_falls_under_load_is_a_503_for_a_while_and_nothing_is_lost(
    run: Run, node: Node, postgres: MortalPostgres
) -> None:
    load = run.load(node.door, run.people(60 * ROUNDS), SEED)
    watch, backs = Watch(node.door), []
    with load.running(CLIENTS), watch.looking():
        for _ in range(ROUNDS):
            time.sleep(0.8)
            postgres.fall()
            time.sleep(0.5)
            away = Watch(node.door)
            away.look()
            assert (away.alive, away.ready) == ([200], [503])
            assert [page.status for _, page in away.pages] == [503]
            postgres.start()
            backs.append(node.wait_until_ready())
        time.sleep(0.5)
    pages = Counter(page.status for _, page in watch.pages)
    slowest = max(seconds for seconds, _ in watch.pages)
    run.say("stopped hard", rounds=ROUNDS, longest_until_back=f"{max(backs):.2f} s", slowest_page=f"{slowest:.1f} s")
    assert run.found() == []
    assert watch.unanswered == []
    assert set(pages) == {200, 503}
    assert all(page.has_retry_after for _, page in watch.pages if page.status == 503)
    assert set(watch.alive) == {200}
    assert set(watch.ready) <= {200, 503}
    assert slowest < NO_LONGER_THAN
    assert min(backs) < BACK_WITHIN  # the best of them: the machine may have other things to do
    assert run.history.figures()["acknowledged"] > 0


def test_a_database_that_freezes_holds_no_request_for_ever(run: Run, node: Node, postgres: MortalPostgres) -> None:
    load = run.load(node.door, run.people(60), SEED)
    patient = replace(node.door, patience=2 * FROZEN_NO_LONGER_THAN)
    watch, away = Watch(patient), Watch(patient)
    with load.running(CLIENTS), watch.looking():
        time.sleep(1.0)
        postgres.freeze()
        time.sleep(0.5)
        away.look()
        postgres.thaw()
        back = node.wait_until_ready()
        time.sleep(1.0)
    slowest = max(seconds for seconds, _ in away.pages)
    run.say("frozen", back=f"{back:.2f} s", page_meanwhile=f"{slowest:.1f} s")
    assert run.found() == []
    assert watch.unanswered == []
    assert [page.status for _, page in away.pages] == [503]
    assert away.pages[0][1].has_retry_after
    assert (away.alive, away.ready) == ([200], [503])
    assert slowest < FROZEN_NO_LONGER_THAN
    assert back < BACK_WITHIN


def test_a_start_while_the_database_is_away_ends_with_a_sentence(site: Nodes, postgres: MortalPostgres) -> None:
    node = site.make()
    postgres.fall()
    node.begin()
    assert node.served
    assert node.served.wait(seconds=30) == 1
    assert "The database cannot be used" in node.output
    assert "Traceback" not in node.output
