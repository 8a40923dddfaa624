"""Going round: whatever is due and nobody else does is done, a step at a time."""

import time
from collections.abc import Callable, Sequence
from uuid import uuid4

import structlog

from app.housekeeping.chores import Chore
from app.logs import trace_of
from app.portal import Portal, UnavailableError
from app.services import chores
from app.storage.chores import LEASE

_log = structlog.get_logger()

Told = Callable[[str, str], None]
"""Hears the name of a chore and how it came out."""

DONE, FAILED, PUT_OFF = ("done", "failed", "put_off")


def _never() -> bool:
    return False


def to_nobody(_chore: str, _outcome: str) -> None:
    pass


class Housekeeper:
    """`stopped` is asked after every step; `told` hears how each chore came out."""

    def __init__(
        self,
        portal: Portal,
        todo: Sequence[Chore],
        *,
        stopped: Callable[[], bool] = _never,
        told: Told = to_nobody,
    ) -> None:
        self._portal = portal
        self._todo = todo
        self._stopped = stopped
        self._told = told
        self._me = uuid4()

    def go_round(self) -> None:
        """What fails is written down and done again when its lease has run out; the others are done meanwhile."""
        try:
            chores.add_missing(self._portal, [chore.name for chore in self._todo])
        except UnavailableError as problem:
            _log.warning("housekeeping put off", problem=str(problem))
            return
        for chore in self._todo:
            if self._stopped():
                return
            self._see_to(chore)

    def _see_to(self, chore: Chore) -> None:
        try:
            if chores.claim(self._portal, chore.name, self._me, every=chore.every):
                self._do(chore)
        except UnavailableError as problem:
            _log.warning("chore put off", chore=chore.name, problem=str(problem))
            self._told(chore.name, PUT_OFF)
        except Exception as problem:  # noqa: BLE001 -- whatever it is, the other chores have nothing to do with it
            self._me = uuid4()  # whose lease stays and runs out, so that what fails is not tried all the time
            _log.error("chore failed", chore=chore.name, trace=trace_of(problem))
            self._told(chore.name, FAILED)

    def _do(self, chore: Chore) -> None:
        begun, rows = time.perf_counter(), 0
        leased_at = self._portal.clock.now()
        for done in chore.steps(self._portal):
            rows += done
            if self._stopped():
                chores.leave(self._portal, chore.name, self._me)
                return
            if abs(self._portal.clock.now() - leased_at) > LEASE / 5:
                if not chores.go_on(self._portal, chore.name, self._me):
                    _log.warning("chore lost", chore=chore.name)
                    return
                leased_at = self._portal.clock.now()
        chores.finish(self._portal, chore.name, self._me, every=chore.every, before=chore.sooner(self._portal))
        say = _log.info if rows else _log.debug
        say("chore done", chore=chore.name, rows=rows, ms=round((time.perf_counter() - begun) * 1000, 1))
        self._told(chore.name, DONE)
