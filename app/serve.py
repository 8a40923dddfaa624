"""Starting the server: the parent migrates and prints the setup link, its workers answer."""

import logging
import os
import sys
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
        log_access=False,
        log_level=LogLevels.warning,  # the server's own words; ours are logged by each worker
    )
    server.on_startup(lambda: _say(settings, token))
    server.serve()


def application() -> "Flask":
    """What each worker runs."""
    settings = config.load()
    _log_to_stderr(settings)
    return create_app(open_portal(settings, migrate=False))


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
