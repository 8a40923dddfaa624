"""Every error is a page of the same look: with the headers, a way back, and a number to ask about."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, abort
from sqlalchemy import Connection

from app.domain.passwords import TooBusyError
from app.storage.database import Database, UnavailableError
from tests.support.members_web import Browser, Person
from tests.support.observatory import score

STATUSES = [400, 403, 404, 405, 410, 413, 415, 429, 500, 503]


def _failing(app: Flask, monkeypatch: pytest.MonkeyPatch, fault: Exception | int) -> None:
    def fail() -> str:
        if isinstance(fault, int):
            abort(fault)
        raise fault

    monkeypatch.setitem(app.view_functions, "account.panicked", fail)
    app.testing = False


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("who", ["stranger", "adas"])
def test_each_error_is_a_whole_page(
    request: pytest.FixtureRequest, app: Flask, monkeypatch: pytest.MonkeyPatch, status: int, who: str
) -> None:
    browser: Browser = request.getfixturevalue(who)
    _failing(app, monkeypatch, status)
    reply = browser.open("/locked")
    assert reply.status_code == status
    assert f"Error {status}" in browser.told
    assert reply.headers["X-Request-ID"] in browser.told
    assert reply.headers["Cache-Control"] == "no-store"
    assert score({**dict(reply.headers), "Strict-Transport-Security": "max-age=63072000"}, []) >= 130
    assert status == 503 or 'href="/"' in browser.text


def test_a_fault_tells_nothing_of_itself(app: Flask, stranger: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    _failing(app, monkeypatch, RuntimeError("the words of a fault"))
    assert stranger.open("/locked").status_code == 500
    assert "the words of a fault" not in stranger.text
    assert "Traceback" not in stranger.text
    assert "may be used up" in stranger.told


@pytest.mark.parametrize("fault", [UnavailableError("disk full"), TooBusyError()])
def test_what_is_too_busy_says_when_to_come_back(
    app: Flask, stranger: Browser, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    _failing(app, monkeypatch, fault)
    reply = stranger.open("/locked")
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "5")
    assert "disk full" not in stranger.text


@pytest.mark.parametrize("path", ["/", "/sign-in", "/account", "/setup", "/password", "/sign-in/code", "/no/such/page"])
def test_without_a_database_every_page_says_that_it_is_not_possible_now(
    app: Flask, adas: Browser, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    @contextmanager
    def gone(_database: Database) -> Iterator[Connection]:
        raise UnavailableError("gone")
        yield

    app.testing = False
    monkeypatch.setattr(Database, "reading", gone)
    reply = adas.open(path)
    assert reply.status_code in {303, 404, 503}
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.status_code != 303 or path == "/"


def test_without_a_database_probes_are_told_apart(adas: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def gone(_database: Database) -> Iterator[Connection]:
        raise UnavailableError("gone")
        yield

    monkeypatch.setattr(Database, "reading", gone)
    assert adas.open("/healthz").status_code == 200
    assert adas.open("/readyz").status_code == 503


def test_a_write_that_fails_is_said_and_can_be_tried_again(
    app: Flask, adas: Browser, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def full(_database: Database) -> Iterator[Connection]:
        raise UnavailableError("full")
        yield

    adas.arrive()
    app.testing = False
    with monkeypatch.context() as patch:
        patch.setattr(Database, "writing", full)
        assert adas.submit("/account/name", name="New Name").status_code == 503
    assert adas.submit("/account/name", name="New Name").status_code == 303
