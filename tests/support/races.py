"""Races: several runners do the same thing at the same moment, as threads of one process or as processes.

Each runner is handed its part of every round before the start; a barrier lets them begin each round together. What came
of each part is told by name: of a refusal its reason, of an exception its type, of anything else its type, unless the
act has something of its own to say.
"""

import multiprocessing
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection as Pipe
from multiprocessing.context import ForkServerContext
from typing import Any, Protocol

from app.config import Settings
from app.domain.keyring import KeyRing
from app.domain.passwords import PasswordHasher
from app.domain.refusals import Refused
from app.portal import Portal
from app.storage.database import Database
from tests.support.clock import TestClock

Act = Callable[..., object]
_PATIENCE = 60.0


class Saying(str):
    """What an act says came of it, where its type does not say enough."""

    __slots__ = ()


@dataclass(frozen=True)
class Place:
    """What a process needs to open the same portal."""

    settings: Settings
    keys: str
    now: datetime

    def open(self, connections: int) -> Portal:
        database = Database(self.settings.database, connections=connections)
        hasher = PasswordHasher(time_cost=1, memory_cost=8, at_once=16)
        return Portal(self.settings, database, KeyRing.from_json(self.keys), TestClock(self.now), hasher)


class _Barrier(Protocol):
    def wait(self, timeout: float | None = None) -> int: ...


Round = Sequence[Sequence[Any]]
"""What each runner is to do: an act, and what it takes after the portal."""


def told(outcomes: list[list[str]]) -> Counter[tuple[str, ...]]:
    """How often each result of a round came about, whoever of the runners it was."""
    return Counter(tuple(sorted(outcome)) for outcome in outcomes)


class Runners(Protocol):
    def race(self, place: Place, rounds: Sequence[Round]) -> list[list[str]]:
        """What came of each part of each round."""


class Threads:
    """Of one process, over one portal, as a worker of the server has them."""

    def race(self, place: Place, rounds: Sequence[Round]) -> list[list[str]]:
        number = len(rounds[0])
        portal, barrier = place.open(connections=number), threading.Barrier(number)
        with ThreadPoolExecutor(number) as pool:
            running = [pool.submit(_run, portal, barrier, [parts[i] for parts in rounds]) for i in range(number)]
            outcomes = [one.result() for one in running]
        portal.database.close()
        return _by_round(outcomes)


class Processes:
    """Started once and used again, as the workers of the server are."""

    def __init__(self, most: int) -> None:
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__, "tests.support.people"])
        self._pipes: list[Pipe] = []
        self._barriers = {number: self._context.Barrier(number) for number in range(2, most + 1)}
        self._started: list[Any] = []

    def race(self, place: Place, rounds: Sequence[Round]) -> list[list[str]]:
        number = len(rounds[0])
        while len(self._pipes) < number:
            self._start()
        pipes = self._pipes[:number]
        for i, pipe in enumerate(pipes):
            pipe.send((place, number, [parts[i] for parts in rounds]))
        return _by_round([pipe.recv() for pipe in pipes])

    def stop(self) -> None:
        for pipe in self._pipes:
            pipe.send(None)
            pipe.close()
        for process in self._started:
            process.join(timeout=_PATIENCE)

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._barriers), daemon=True)
        process.start()
        theirs.close()
        self._pipes.append(ours)
        self._started.append(process)


@contextmanager
def processes(most: int) -> Iterator[Processes]:
    runners = Processes(most)
    try:
        yield runners
    finally:
        runners.stop()


def _serve(pipe: Pipe, barriers: dict[int, Any]) -> None:
    while (task := pipe.recv()) is not None:
        place, number, parts = task
        portal = place.open(connections=2)
        pipe.send(_run(portal, barriers[number], parts))
        portal.database.close()


def _run(portal: Portal, barrier: _Barrier, parts: Sequence[Sequence[Any]]) -> list[str]:
    outcomes = []
    with portal.database.reading():
        pass  # connected before the first round
    for act, *arguments in parts:
        barrier.wait(_PATIENCE)
        outcomes.append(_told(act, portal, arguments))
    return outcomes


def _told(act: Act, portal: Portal, arguments: Sequence[Any]) -> str:
    try:
        outcome = act(portal, *arguments)
    except Exception as problem:  # noqa: BLE001 -- whatever it is, it is what came of it
        return f"{type(problem).__name__}: {problem}"[:300] if str(problem) else type(problem).__name__
    if isinstance(outcome, Saying):
        return str(outcome)
    return outcome.why.value if isinstance(outcome, Refused) else type(outcome).__name__


def _by_round(outcomes: list[list[str]]) -> list[list[str]]:
    return [list(parts) for parts in zip(*outcomes, strict=True)]
