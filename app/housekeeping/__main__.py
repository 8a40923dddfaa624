"""The process: `python -m app.housekeeping PARENT`, as `sparekey serve` starts it; not meant to be started by hand."""

import os
import signal
import socket
import sys
import threading
import time
from threading import Event
from types import FrameType

import structlog

from app import config, counting, logs
from app.config import Settings
from app.housekeeping import LISTENER
from app.housekeeping.chores import CHORES, ON_SQLITE
from app.housekeeping.rounds import Housekeeper, Told, to_nobody
from app.opening import open_portal
from app.portal import Portal, UnavailableError
from app.storage.in_service import InServiceError, serving
from app.storage.key_file import UnfitKeysError
from app.storage.migrations import UnfitDatabaseError

_ROUND_SECONDS = 5
_PATIENCE_SECONDS = 3  # for a step under way when the parent is gone

_log = structlog.get_logger()


class Process:
    def __init__(self, settings: Settings, parent: int) -> None:
        self._settings = settings
        self._parent = parent
        self._stop = Event()
        self._portal: Portal | None = None
        self._away: UnavailableError | None = None

    def run(self) -> None:
        """Until told to stop, or until the parent is gone."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_stop)
        threading.Thread(target=self._end_with_the_parent, daemon=True).start()
        told = self._give_figures_out()
        if portal := self._opened():
            with serving(portal.database):
                self._keep_house(portal, told)

    def _told_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _end_with_the_parent(self) -> None:
        while os.getppid() == self._parent:
            time.sleep(1)
        self._stop.set()
        time.sleep(_PATIENCE_SECONDS)
        os._exit(os.EX_OK)  # a statement hangs; whatever it was, it is safe to break off

    def _give_figures_out(self) -> Told:
        if not self._settings.metrics_port:
            return to_nobody
        from app import metrics  # noqa: PLC0415 -- only where somebody wants figures
        from app.housekeeping import monitoring  # noqa: PLC0415

        monitoring.serve(socket.socket(fileno=LISTENER), self._portal_if_any)
        return metrics.ChoreCounter() if counting.take_room() else to_nobody

    def _portal_if_any(self) -> Portal | None:
        """None before it is opened. Raises UnavailableError where it could not be."""
        if self._portal is None and self._away:
            raise self._away
        return self._portal

    def _opened(self) -> Portal | None:
        while not self._stop.is_set():
            try:
                self._portal = open_portal(self._settings, migrate=False)
            except UnavailableError as problem:
                self._away = problem
                _log.warning("housekeeping put off", problem=str(problem))
                self._stop.wait(_ROUND_SECONDS)
            else:
                return self._portal
        return None

    def _keep_house(self, portal: Portal, told: Told) -> None:
        todo = (*CHORES, *ON_SQLITE) if portal.database.on_sqlite else CHORES
        housekeeper = Housekeeper(portal, todo, stopped=self._stop.is_set, told=told)
        while not self._stop.is_set():
            housekeeper.go_round()
            self._stop.wait(_ROUND_SECONDS)


def main(parent: int) -> int:
    settings = config.load()
    logs.install(settings)
    _log.info("housekeeper began", pid=os.getpid())
    try:
        Process(settings, parent).run()
    except (UnfitKeysError, UnfitDatabaseError, InServiceError) as problem:
        _log.error("housekeeper cannot go on", problem=str(problem))
        return os.EX_CONFIG
    _log.info("housekeeper ended", pid=os.getpid())
    return os.EX_OK


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
