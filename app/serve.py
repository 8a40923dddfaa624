"""Starting the server: the parent migrates and prints the setup link, its workers answer."""

import logging
import os
import signal
import sys
import time
from threading import Thread
from typing import TYPE_CHECKING

import structlog
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from app import config, create_app
from app.config import Settings
from app.opening import open_portal
from app.services import setup

if TYPE_CHECKING:
    from flask import Flask

_PATIENCE_SECONDS = 3  # for requests under way when the server is told to stop


def serve(settings: Settings) -> None:
    """Blocks until told to stop. Raises what open_portal raises."""
    os.umask(0o077)  # what is made in the instance folder is for this user alone
    portal = open_portal(settings, migrate=True)
    config.write_example(settings)
    token = setup.issue_link(portal)
    portal.database.close()
    server = Server(
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
    )
    # Not by a thread that waits for the workers to answer: they are forked, and would inherit the locks it holds.
    server.on_startup(lambda: _say(settings, token))
    server.serve()


def application() -> "Flask":
    """What each worker runs."""
    # A terminal sends Ctrl-C to the whole group, and then the parent stops its workers: being told twice, they hang.
    os.setpgid(0, 0)
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    settings = config.load()
    _log_to_stderr(settings)
    return create_app(open_portal(settings, migrate=False))


def _end_with(parent: int) -> None:
    """A worker whose parent was killed would go on alone, and keep the port from the next start."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _say(settings: Settings, token: str | None) -> None:
    sys.stdout.write(f"Sparekey is at {settings.origin}\n")
    if token:
        sys.stdout.write(f"Setup link: {settings.origin}/setup/{token}\n")
    sys.stdout.flush()


def _log_to_stderr(settings: Settings) -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[settings.log_level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
