"""The housekeeper as `sparekey serve` sees it: started, started again when it dies, and told to stop at the end."""

import contextlib
import os
import signal
import socket
import sys
import threading
import time

import structlog

from app.housekeeping import LISTENER

_PATIENCE_SECONDS = 1.0  # whatever it does is safe to break off
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 15.0
_SETTLED_AFTER_SECONDS = 60.0

_log = structlog.get_logger()


class Housekeeping:
    """`listener`, where figures are given out, stays with us: a new housekeeper answers where the old one did."""

    def __init__(self, listener: socket.socket | None) -> None:
        self._listener = listener
        self._stopping = threading.Event()
        self._ended = threading.Event()
        self._pid: int | None = None
        self._watch = threading.Thread(target=self._keep_one, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Nothing of this process is inherited but the listener: neither locks nor what else the workers share."""
        self._pid = self._spawn()
        self._watch.start()

    def stop(self) -> None:
        self._stopping.set()
        if not self._watch.is_alive():
            return
        self._signal(signal.SIGTERM)
        if not self._ended.wait(_PATIENCE_SECONDS):
            self._signal(signal.SIGKILL)
            self._ended.wait(_PATIENCE_SECONDS)

    def _keep_one(self) -> None:
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            began = time.monotonic()
            status = self._wait_for_its_end()
            if self._stopping.is_set():
                break
            lived = time.monotonic() - began
            pause = _FIRST_PAUSE if lived > _SETTLED_AFTER_SECONDS else min(2 * pause, _LONGEST_PAUSE)
            _log.warning("housekeeper died", status=status, again_in=pause)
            self._stopping.wait(pause)
        self._ended.set()

    def _wait_for_its_end(self) -> int | str:
        try:
            self._pid = self._pid or self._spawn()
        except OSError as problem:  # of memory or processes there were none left
            return str(problem)
        status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        self._pid = None
        return status

    def _spawn(self) -> int:
        # Not by subprocess: its pipe would be inherited by a worker that is forked at the same moment, and then read
        # from for as long as that lives.
        handed = [(os.POSIX_SPAWN_DUP2, self._listener.fileno(), LISTENER)] if self._listener else []
        command = [sys.executable, "-P", "-m", "app.housekeeping", str(os.getpid())]
        # In a group of its own: Ctrl-C reaches the parent, which stops everybody in order.
        return os.posix_spawn(sys.executable, command, os.environ, file_actions=handed, setpgroup=0)

    def _signal(self, number: signal.Signals) -> None:
        pid = self._pid
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
