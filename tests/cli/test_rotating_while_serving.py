"""Keys are rotated, resealed and retired while two processes serve: nobody signs in again, and no code is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import create_app
from app.config import Settings
from app.domain.passwords import PasswordHasher
from app.portal import Portal
from app.storage.database import Database
from app.storage.key_source import RingInFile
from tests.cli.conftest import Sparekey
from tests.support.client import PageCheckingClient
from tests.support.clock import TestClock
from tests.support.members_web import Browser
from tests.support.offices import Office


@pytest.fixture
def workers(
    sparekey: Sparekey, instance: Path, settings: Settings, clock: TestClock, hasher: PasswordHasher
) -> Iterator[list[Flask]]:
    """Two, each with a portal of its own, as the processes of a server have them."""
    apps = []
    databases = [Database(settings.database_url) for _ in range(2)]
    for database in databases:
        ring = RingInFile(instance / "keys.json", database, clock.now())
        apps.append(create_app(Portal(settings, database, ring, clock, hasher)))
        apps[-1].testing = True
        apps[-1].test_client_class = PageCheckingClient
    yield apps
    for database in databases:
        database.close()


@pytest.fixture
def office(workers: list[Flask], clock: TestClock) -> Office:
    return Office(workers[0], workers[0].extensions["sparekey"], clock)


class Wandering(Browser):
    """Each of its requests is answered by the other worker."""

    def __init__(self, workers: list[Flask], first: int = 0) -> None:
        super().__init__(workers[0])
        self._workers, self._turn = workers, first

    def _request(self, path: str, **kwargs: Any) -> TestResponse:
        self.client.application = self._workers[self._turn % len(self._workers)]
        self._turn += 1
        return super()._request(path, **kwargs)


def test_codes_sessions_and_forms_hold_at_both_workers_through_a_whole_rotation(
    office: Office, workers: list[Flask], sparekey: Sparekey, clock: TestClock
) -> None:
    ada, staying = office.person("Ada Example"), Wandering(workers)
    codes = iter(ada.codes)
    staying.sign_in(ada)

    def everything_works() -> None:
        for first in range(2):
            Wandering(workers, first).sign_in(ada, recovery_code=next(codes))
        Wandering(workers).sign_in(ada)
        staying.open("/account")
        assert staying.submit("/account/name", name=f"Ada {clock.now():%H %M}").status_code == 303
        assert staying.is_in

    everything_works()
    staying.open("/account")
    assert sparekey("keys", "rotate").status == 0
    everything_works()
    staying.open("/account")  # the form is made with the old key, and sent when the new one signs
    clock.advance(minutes=1)
    assert staying.submit("/account/name", name="Ada Meanwhile").status_code == 303
    everything_works()
    assert sparekey("keys", "reseal").status == 0
    everything_works()
    assert sparekey("keys", "retire", "1").status == 0
    everything_works()
    assert len(list(codes)) == 0


def test_a_worker_that_lacks_the_key_says_not_right_now_and_costs_no_try(
    office: Office, workers: list[Flask], sparekey: Sparekey, clock: TestClock, instance: Path
) -> None:
    """As on a node to which the file was not copied."""
    ada, lacking = office.person("Ada Example"), workers[1]
    portal = lacking.extensions["sparekey"]
    lacking.extensions["sparekey"] = Portal(portal.settings, portal.database, portal.keys, clock, portal.hasher)
    sparekey("keys", "rotate")
    clock.advance(minutes=1)
    sparekey("keys", "reseal")
    browser = Browser(lacking)
    assert browser.enter_password(ada).status_code == 303
    for typed in (ada.codes[0], ada.code()):
        reply = browser.submit("/sign-in/code", code=typed)
        assert (reply.status_code, reply.headers["Retry-After"]) == (503, "5")
        assert "Not right now" in browser.text
    again = Browser(workers[0])
    again.sign_in(ada, recovery_code=ada.codes[0])
    again.sign_in(ada)
