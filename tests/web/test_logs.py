"""What is written to a log over a whole year holds nothing that opens anything."""

import base64
import io
import logging
import urllib.parse
from collections.abc import Iterator

import pytest
import structlog
from flask import Flask
from werkzeug.test import TestResponse

from app.portal import Portal
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.tour import EMAIL, NAME, NEWCOMER, NEWCOMERS_EMAIL, REASON, take_the_tour


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that structlog and logging write, at every level and in the form that the server writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    kept = structlog.get_config()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["level", "event"], bool_as_flag=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    yield stream
    structlog.configure(**kept)
    root.setLevel(level)
    root.removeHandler(handler)


def _spellings(secret: str) -> set[str]:
    raw = secret.encode()
    return {
        secret,
        secret.replace("-", ""),
        urllib.parse.quote(secret),
        base64.b64encode(raw).decode().rstrip("="),
        base64.urlsafe_b64encode(raw).decode().rstrip("="),
        raw.hex(),
    }


def test_over_a_whole_year_no_secret_is_logged(
    app: Flask, portal: Portal, clock: TestClock, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    tour = take_the_tour(app, portal, clock)
    tokens = {f"cookie {n}": value for n, value in enumerate(_values_of_cookies(tour.replies))}
    written = log.getvalue() + "".join(capfd.readouterr())
    assert written.count("event=request") > 30
    found = {
        name
        for name, secret in {**tour.secrets, **tokens}.items()
        if len(secret) > 6 and any(spelling.lower() in written.lower() for spelling in _spellings(secret))
    }
    assert found == set()
    for personal in (EMAIL, NAME, NEWCOMERS_EMAIL, NEWCOMER, REASON):
        assert personal not in written


def test_six_digits_stand_in_the_log_only_where_an_id_has_them(
    app: Flask, portal: Portal, clock: TestClock, log: io.StringIO
) -> None:
    tour = take_the_tour(app, portal, clock)
    values = [value for part in log.getvalue().split() for value in [part.partition("=")[2]]]
    assert not {code for code in tour.secrets.values() if len(code) == 6} & set(values)


def test_a_line_names_the_rule_and_never_the_path(stranger: Browser, log: io.StringIO) -> None:
    stranger.open("/setup/a-token-in-the-path?and=a-query")
    stranger.open("/password/a-token-in-the-path")
    stranger.open("/invitations/a-token-in-the-path")
    stranger.open("/no/such/a-token-in-the-path")
    written = log.getvalue()
    assert "rule=/setup/<token>" in written
    assert "rule=/password/<token>" in written
    assert "rule=/invitations/<token>" in written
    assert "a-token-in-the-path" not in written
    assert "a-query" not in written


def test_a_fault_is_logged_without_the_path_or_what_was_typed(
    app: Flask, stranger: Browser, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(token: str) -> str:
        raise RuntimeError("a fault of ours")

    monkeypatch.setitem(app.view_functions, "setup.open_link", fail)
    app.testing = False
    assert stranger.open("/setup/a-token-in-the-path").status_code == 500
    written = log.getvalue()
    assert "a fault of ours" in written
    assert "a-token-in-the-path" not in written


@pytest.mark.parametrize("name", ["Mallory\n2026 INFO Ada signed in", "Mallory\r\nlevel=info event=forged", "\x1b[2J"])
def test_what_people_type_makes_no_lines_of_its_own(office: Office, adas: Browser, log: io.StringIO, name: str) -> None:
    before = log.getvalue().count("\n")
    adas.submit("/account/name", name=name)
    adas.open(f"/account/history?{urllib.parse.urlencode({'before': name})}")
    adas.open("/no/" + urllib.parse.quote(name))
    lines = log.getvalue().splitlines()[before:]
    assert all(line.startswith("level=") for line in lines)
    assert "forged" not in log.getvalue()


def test_of_the_administration_the_log_says_neither_who_nor_why(
    office: Office, ada: Person, olgas: Browser, log: io.StringIO
) -> None:
    olgas.open(f"/members/{ada.id}/suspension")
    olgas.press("Suspend", reason="Because of the laptop")
    olgas.open(f"/members?search={ada.email}")
    olgas.open(f"/audit?person={ada.email}&member={ada.id}")
    written = log.getvalue()
    assert "rule=/members/<uuid:id>/suspension" in written
    for personal in (str(ada.id), ada.email, "laptop"):
        assert personal not in written


def _values_of_cookies(replies: list[TestResponse]) -> set[str]:
    headers = [value for reply in replies for value in reply.headers.getlist("Set-Cookie")]
    values = {header.partition("=")[2].partition(";")[0] for header in headers}
    return {value for value in values if len(value) > 12}
