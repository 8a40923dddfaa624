"""The portal as people meet it: a server in a thread of the test's process, so that the test holds its clock."""

import contextlib
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.serving import BaseWSGIServer

from app import cli
from app.portal import Portal, SystemClock
from app.services import setup
from tests.support.clock import TestClock


@dataclass(frozen=True)
class Site:
    portal: Portal
    clock: TestClock

    @property
    def url(self) -> str:
        return self.portal.settings.origin

    def setup_link(self) -> str:
        token = setup.issue_link(self.portal)
        assert token, "there is an owner already"
        return f"{self.url}/setup/{token}"

    def run_cli(self, *arguments: str) -> str:
        """What `sparekey ...` prints for the operator of this site, at this site's time."""
        settings = self.portal.settings
        environment = {
            "INSTANCE": str(settings.instance),
            "DATABASE_URL": settings.database,
            "KEYS": self.portal.keys.to_json(),
            "PORT": str(settings.port),
        }
        printed = io.StringIO()
        with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed):
            patch.setattr(SystemClock, "now", lambda _self: self.clock.now())
            for name, value in environment.items():
                patch.setenv(name, value)
            assert cli.main([*arguments]) == 0
        return printed.getvalue()


@contextmanager
def serving(server: BaseWSGIServer, app: Flask, portal: Portal, clock: TestClock) -> Iterator[Site]:
    server.app = app
    thread = threading.Thread(target=server.serve_forever, name="site")
    thread.start()
    try:
        yield Site(portal, clock)
    finally:
        server.shutdown()
        thread.join()
