"""Starting the server: the parent migrates and prints the setup link, its workers answer, a housekeeper helps."""

import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

import structlog
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from app import config, counting, create_app, logs
from app.config import Settings, UnfitSettingsError
from app.housekeeping.beside import Housekeeping
from app.opening import open_portal
from app.portal import Portal, UnavailableError
from app.services import setup
from app.storage.database import Database
from app.storage.in_service import serving

if TYPE_CHECKING:
    from flask import Flask

_log = structlog.get_logger()

_ASKED_AT_MOST = 5
_PATIENCE_SECONDS = 3  # for requests under way when the server is told to stop


def serve(settings: Settings) -> None:
    """Blocks until told to stop. Raises what open_portal raises, and InServiceError."""
    os.umask(0o077)  # what is made in the instance folder is for this user alone
    logs.install(settings)
    _require_free(settings)
    # From before the first look at it: a backup put in its place after that would not be what was looked at.
    with serving(Database(settings.database)), counting.place(settings), _beside(settings) as housekeeping:
        token = _prepared(settings)
        server = _server(settings)
        # Not by a thread that waits for the workers to answer: they are forked, and would inherit the locks it holds.
        server.on_startup(lambda: _say(settings, token))
        server.on_startup(housekeeping.start)
        server.serve()
    _log.info("stopped", pid=os.getpid())


def _prepared(settings: Settings) -> str | None:
    """Everything there that workers need; the token of the setup link, while there is no owner."""
    portal = open_portal(settings, migrate=True)
    config.write_example(settings)
    token = setup.issue_link(portal)
    portal.database.close()
    return token


def _server(settings: Settings) -> MPServer:
    return MPServer(
        "app.serve:application",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        factory=True,
        websockets=False,
        workers_kill_timeout=_PATIENCE_SECONDS,
        respawn_failed_workers=True,  # one that was killed takes nobody with it; one that keeps falling ends the server
        log_access=False,
        log_level=LogLevels.warning,  # the server's own words; ours are logged by each worker
        log_dictconfig=logs.configuration(settings),
    )


@contextmanager
def _beside(settings: Settings) -> Iterator[Housekeeping]:
    with _listener(settings) as listener:
        housekeeping = Housekeeping(listener)
        try:
            yield housekeeping
        finally:
            housekeeping.stop()


def _listener(settings: Settings) -> AbstractContextManager[socket.socket | None]:
    """Where figures are given out: taken here, so that a port that is taken already is told before anybody serves."""
    if not settings.metrics_port:
        return nullcontext()
    return _taken("METRICS_PORT", settings.metrics_host, settings.metrics_port)


def _require_free(settings: Settings) -> None:
    """The web server would share a port with whoever has it, and each would get some of the requests."""
    for _ in range(_ASKED_AT_MOST):
        try:
            _taken("PORT", settings.host, settings.port).close()
        except UnfitSettingsError:
            time.sleep(1)  # the workers of a server that was killed keep it for a moment
        else:
            return
    _taken("PORT", settings.host, settings.port).close()


def _taken(name: str, host: str, port: int) -> socket.socket:
    """Listening there. Raises UnfitSettingsError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as problem:
        why = problem.strerror if isinstance(problem, socket.gaierror) else os.strerror(problem.errno or 0)
        raise UnfitSettingsError([f"{name} {port} on {host} cannot be used: {why}. Choose another one."]) from None


def application() -> "Flask":
    """What each worker runs."""
    # A terminal sends Ctrl-C to the whole group, and then the parent stops its workers: being told twice, they hang.
    os.setpgid(0, 0)
    # Not os.getppid(): the parent may be gone by now.
    parent = multiprocessing.parent_process()
    Thread(target=_end_with, args=(parent.pid if parent else None,), daemon=True).start()
    settings = config.load()
    logs.install(settings)
    portal = _opened(settings)
    _log.info("worker began", pid=os.getpid())
    return create_app(_counting(portal))


def _opened(settings: Settings) -> Portal:
    """Waits for a database that is away: a worker that fell again and again would end the whole server."""
    while True:
        try:
            return open_portal(settings, migrate=False)
        except UnavailableError as problem:
            _log.warning("worker waits", problem=str(problem))
            time.sleep(1)


def _counting(portal: Portal) -> Portal:
    if not counting.take_room():
        return portal
    from app.metrics import Counters  # noqa: PLC0415 -- looks for its folder when it is imported, and only where wanted

    return replace(portal, observer=Counters())


def _end_with(parent: int | None) -> None:
    """A worker whose parent was killed would go on alone, and keep the port from the next start."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(2 * _PATIENCE_SECONDS)
    # Told while it was still beginning, it may not have heard. Whatever it does is safe to break off.
    os._exit(os.EX_OK)


def _say(settings: Settings, token: str | None) -> None:
    sys.stdout.write(f"Sparekey is at {settings.origin}\n")
    if token:
        sys.stdout.write(f"Setup link: {settings.origin}/setup/{token}\n")
    sys.stdout.flush()
    _log.info("started", pid=os.getpid(), workers=settings.workers, metrics_port=settings.metrics_port or None)
