"""Races on both databases, with threads and with processes."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from app.config import Settings
from app.domain import signing_keys
from app.portal import Portal
from tests.concurrency import admin_acts
from tests.concurrency.crowd import Crowd
from tests.support.clock import TestClock
from tests.support.races import Place, Processes, Round, Threads, processes
from tests.support.shops import KeysMadeBefore

ROUNDS = 200
MOST_RUNNERS = 10

Race = Callable[[Sequence[Round]], list[list[str]]]


@pytest.fixture(scope="session")
def worker_processes() -> Iterator[Processes]:
    with processes(MOST_RUNNERS) as runners:
        yield runners


@pytest.fixture(params=["threads", "processes"])
def race(request: pytest.FixtureRequest, portal: Portal, clock: TestClock) -> Race:
    runners = Threads() if request.param == "threads" else request.getfixturevalue("worker_processes")

    def run(rounds: Sequence[Round]) -> list[list[str]]:
        outcomes: list[list[str]] = runners.race(Place(portal.settings, portal.keys.to_json(), clock.now()), rounds)
        return outcomes

    return run


@pytest.fixture
def settings(instance: Path, database_url: str) -> Settings:
    """All runners come from one address, whose limit is no part of these races."""
    return Settings(instance=instance, database_url=database_url, address_limit=0)


@pytest.fixture
def crowd(portal: Portal) -> Crowd:
    return Crowd(portal)


@pytest.fixture(scope="session")
def keys_made_before() -> KeysMadeBefore:
    return KeysMadeBefore()


@pytest.fixture
def quick_projects(keys_made_before: KeysMadeBefore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_keys, "make", keys_made_before)


def in_turn(rounds: Sequence[Round]) -> list[Round]:
    """In every round another one comes late, later and later, so that they meet at every point of their acts."""
    late: list[Round] = []
    for number, parts in enumerate(rounds):
        who, looks = number % len(parts), number // len(parts) % 12
        late.append([(admin_acts.late, looks, *part) if i == who else part for i, part in enumerate(parts)])
    return late
