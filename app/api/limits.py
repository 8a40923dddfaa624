"""How many requests a project, or one place with browsers, may make in a minute, over all workers and nodes.

A worker sets some of them aside at a time, so that not every request writes to the database. What it has set aside and
does not use in that minute is lost to the others: the bound may come early, and never late.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.domain.projects import LIMIT_WINDOW, Project
from app.portal import Portal
from app.services import project_calls

_PORTIONS = 100
_CALLERS_AT_MOST = 10_000


@dataclass(slots=True)
class _Portion:
    until: datetime
    left: int


class Portions:
    """What a worker has set aside for each caller."""

    def __init__(self) -> None:
        self._portions: dict[str, _Portion] = {}
        self._turn = threading.Lock()

    def wait(self, portal: Portal, whose: str, limit: int, take: Callable[[int], datetime | None]) -> datetime | None:
        """Until when that caller has to wait; None where the request may go on, and is counted.

        `take` sets so many of this minute's requests aside, or says until when there are none.
        """
        now = portal.clock.now()  # before it is asked: what is taken just as a minute begins counts for the one before
        if limit == 0 or self._take(whose, now):
            return None
        portion = max(1, limit // _PORTIONS)
        if until := take(portion):
            return until
        self._set_aside(whose, now, portion - 1)
        return None

    def _take(self, whose: str, now: datetime) -> bool:
        with self._turn:
            portion = self._portions.get(whose)
            if portion is None or portion.left == 0 or not portion.until - LIMIT_WINDOW <= now < portion.until:
                return False
            portion.left -= 1
            return True

    def _set_aside(self, whose: str, now: datetime, count: int) -> None:
        until = now.replace(second=0, microsecond=0) + LIMIT_WINDOW
        with self._turn:
            portion = self._portions.get(whose)
            left = portion.left if portion and portion.until == until else 0
            if len(self._portions) >= _CALLERS_AT_MOST:
                self._portions.clear()  # what was set aside in this minute is lost, as at its end
            self._portions[whose] = _Portion(until, left + count)


class Limits:
    def __init__(self) -> None:
        self._portions = Portions()

    def wait(self, portal: Portal, project: Project) -> datetime | None:
        """Until when the project has to wait; None where its request may go on, and is counted."""

        def take(count: int) -> datetime | None:
            return project_calls.take(portal, project, count=count)

        return self._portions.wait(portal, str(project.id), portal.settings.project_limit, take)

    def wait_at(self, portal: Portal, project: Project, place: str) -> datetime | None:
        """Likewise for browsers at one place, which count apart: what they do takes nothing from the project itself."""

        def take(count: int) -> datetime | None:
            return project_calls.take_visits(portal, project, place=place, count=count)

        return self._portions.wait(portal, f"{project.id}|{place}", portal.settings.visitor_limit, take)
