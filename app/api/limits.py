"""How many requests a project may make in a minute, over all workers and nodes.

A worker sets some of them aside at a time, so that not every request writes to the database. What it has set aside and
does not use in that minute is lost to the others: the bound may come early, and never late.
"""

import threading
from dataclasses import dataclass
from datetime import datetime

from app.domain.projects import LIMIT_WINDOW, Project
from app.portal import Portal
from app.services import project_calls

_PORTIONS = 100


@dataclass(slots=True)
class _Portion:
    until: datetime
    left: int


class Limits:
    def __init__(self) -> None:
        self._portions: dict[int, _Portion] = {}
        self._turn = threading.Lock()

    def wait(self, portal: Portal, project: Project) -> datetime | None:
        """Until when the project has to wait; None where its request may go on, and is counted."""
        limit = portal.settings.project_limit
        if limit == 0 or self._take(project, portal.clock.now()):
            return None
        portion = max(1, limit // _PORTIONS)
        if until := project_calls.take(portal, project, count=portion):
            return until
        self._set_aside(project, portal.clock.now(), portion - 1)
        return None

    def _take(self, project: Project, now: datetime) -> bool:
        with self._turn:
            portion = self._portions.get(project.id)
            if portion is None or portion.left == 0 or not portion.until - LIMIT_WINDOW <= now < portion.until:
                return False
            portion.left -= 1
            return True

    def _set_aside(self, project: Project, now: datetime, count: int) -> None:
        until = now.replace(second=0, microsecond=0) + LIMIT_WINDOW
        with self._turn:
            portion = self._portions.get(project.id)
            left = portion.left if portion and portion.until == until else 0
            self._portions[project.id] = _Portion(until, left + count)
