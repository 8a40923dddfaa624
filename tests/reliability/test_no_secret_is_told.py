"""What a real server prints and gives out over a whole life holds nothing that opens anything, however written."""

import base64
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from app.domain.keyring import KeyRing
from app.portal import Portal
from app.storage import organizations
from tests.reliability.test_metrics import answers, ask
from tests.support import led_server, members_web
from tests.support.clock import TestClock
from tests.support.members_web import Browser
from tests.support.nodes import Node, Nodes
from tests.support.otp import secret_from_key
from tests.support.served import free_port
from tests.support.spellings import found_in, spellings
from tests.support.tour import EMAIL, Tour, take_the_tour

_DATABASE_PASSWORD = "marked-password-of-the-database"


@dataclass
class Life:
    """A server that a test leads, from another process."""

    node: Node
    portal: Portal
    clock: TestClock
    breaks: Path
    metrics_port: int

    @property
    def app(self) -> Flask:
        """The server, in the place of an application within this process."""
        far = SimpleNamespace(
            test_client=lambda: Client(_Far(self.node.port), Response),
            extensions={"sparekey": self.portal},
        )
        return cast("Flask", far)

    def everything_told(self) -> str:
        """Of all its processes, after they have ended, and what it gave out as figures."""
        _, figures, _ = ask(self.metrics_port)
        self.node.stop()
        return self.node.output + figures


class _Far:
    def __init__(self, port: int) -> None:
        self._port = port

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        path = request.full_path.rstrip("?")
        connection.request(request.method, path, request.get_data(), dict(request.headers))
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return Response(body, answer.status, Headers(answer.getheaders()))(environ, start_response)


class _FileClock(TestClock):
    """The same time here and there."""

    def __init__(self, path: Path, start: Any) -> None:
        super().__init__(start)
        self._path = path
        self._write()

    def advance(self, **by: float) -> Any:
        moment = super().advance(**by)
        self._write()
        return moment

    def _write(self) -> None:
        fresh = self._path.with_suffix(".new")
        fresh.write_text(self.now().isoformat())
        fresh.replace(self._path)


@contextmanager
def life(site: Nodes, folder: Path, *, leak: str = "", form: str = "logfmt") -> Iterator[Life]:
    breaks, metrics_port = folder / "breaks", free_port()
    breaks.write_text("")
    with site.portal() as portal:
        clock = _FileClock(folder / "clock", portal.clock.now())
        url = site.database_url.replace("postgres@", f"postgres:{_DATABASE_PASSWORD}@")
        node = site.make(METRICS_PORT=str(metrics_port), LOG_LEVEL="debug", LOG_FORMAT=form, DATABASE_URL=url)
        script = [sys.executable, led_server.__file__, str(clock._path), str(breaks), leak]
        run = node.run
        node.run = lambda _command, port, environment, where: run(script, port, environment, where)
        node.start()
        settings = portal.settings.model_copy(update={"port": node.port})
        until = time.monotonic() + 60
        while not answers(metrics_port):
            assert time.monotonic() < until
        yield Life(node, replace(portal, clock=clock, settings=settings), clock, breaks, metrics_port)


def secrets_of(tour: Tour, keys: KeyRing) -> dict[str, str | bytes]:
    cookies = {
        value
        for reply in tour.replies
        for header in reply.headers.getlist("Set-Cookie")
        if len(value := header.partition("=")[2].partition(";")[0]) > 12
    }
    ring = json.loads(keys.to_json())
    material = {text for text in _strings(ring) if len(text) > 20}
    return {
        **tour.secrets,
        **{f"cookie {value[:4]}": value for value in cookies},
        **{f"bytes of {name}": secret_from_key(key) for name, key in tour.secrets.items() if name.startswith("key")},
        **{f"key ring {text[:4]}": text for text in material},
        "database": _DATABASE_PASSWORD,
    }


def _strings(inside: Any) -> Iterator[str]:
    if isinstance(inside, str):
        yield inside
    elif isinstance(inside, dict | list):
        for one in inside.values() if isinstance(inside, dict) else inside:
            yield from _strings(one)


@pytest.mark.both_databases
@pytest.mark.parametrize("form", ["logfmt", "json"])
def test_over_a_whole_life_nothing_secret_is_told(site: Nodes, tmp_path: Path, keys: KeyRing, form: str) -> None:
    with life(site, tmp_path, form=form) as server:
        tour = take_the_tour(server.app, server.portal, server.clock)
        browser = Browser(server.app)
        server.clock.advance(minutes=5)
        browser.sign_in(tour.person)
        for how, status in (("500", 500), ("503", 503)):
            server.breaks.write_text(how)
            reply = browser.open(f"/account/history?code={tour.person.codes[1]}")
            assert reply.status_code == status
        server.breaks.write_text("")
        tour.replies += browser.seen
        secrets = secrets_of(tour, keys)
        told = server.everything_told()
    lines = [line for line in told.splitlines() if "request" in line]
    assert sum("rule" in line and "request_id" in line for line in lines) > 60
    for expected in ("broken for a test", "away for a test", "housekeeper began", "sparekey_sign_ins_total"):
        assert expected in told
    assert len(secrets) > 40
    assert EMAIL not in told
    assert found_in(told, secrets) == set()
    _every_line_has_its_form(server.node.output, form)


def _every_line_has_its_form(output: str, form: str) -> None:
    for line in output.splitlines():
        if line.startswith(("Sparekey is at", "Setup link:")):
            continue
        if form == "json":
            assert {"timestamp", "level", "event"} <= json.loads(line).keys()
        else:
            assert line.startswith("timestamp="), line
            assert " level=" in line


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_planted_leak_is_found(site: Nodes, tmp_path: Path, database_kind: str) -> None:
    with life(site, tmp_path, leak="leak") as server:
        tour = take_the_tour_to_the_door(server)
        told = server.everything_told()
    assert found_in(told, tour) == {"password"}


def take_the_tour_to_the_door(server: Life) -> dict[str, str | bytes]:
    with server.portal.writing() as tx:
        organizations.add(tx.db, slug="a", name="A", required_from=None, now=tx.now)
    browser, typed = Browser(server.app), "marked-password ~ typed at the door"
    browser.open("/sign-in")
    browser.submit("/sign-in", email="ada@example.org", password=typed)
    return {"password": typed, "another": members_web.PASSWORD}


SECRET = "k7qm-3xvd-9hra-p2te"


@pytest.mark.parametrize(
    "told",
    [
        SECRET, SECRET.upper(), SECRET.replace("-", ""), SECRET.replace("-", " "),
        base64.b64encode(SECRET.encode()).decode(), base64.b32encode(SECRET.replace("-", "").encode()).decode(),
        base64.urlsafe_b64encode(SECRET.encode()).decode().rstrip("="), SECRET.encode().hex().upper(),
    ],
)  # fmt: skip
def test_a_secret_is_found_however_it_is_written(told: str) -> None:
    assert found_in(f"event=x told={told} y", {"code": SECRET}) == {"code"}
    assert found_in(f"event=x told={told[: len(told) // 2]} y", {"code": SECRET}) == set()


def test_awkward_secrets_are_found_quoted() -> None:
    awkward = 'a "b"\\c&d/é=1 +2'
    for told in (json.dumps(awkward), repr(awkward), "a+%22b%22%5Cc%26d%2F%C3%A9%3D1+%2B2", awkward.encode().hex()):
        assert found_in(told, {"it": awkward}) == {"it"}
    assert len(spellings(awkward)) > 10


def test_a_code_of_six_digits_is_no_part_of_a_number() -> None:
    assert found_in("code=123456 ", {"code": "123456"}) == {"code"}
    assert found_in("timestamp=2026-05-04T09:30:00.123456Z pid=91234567", {"code": "123456"}) == set()
