"""What is written down of all that applications call holds nothing that opens anything, and names nobody."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from app.api.application import DIALECTS
from app.api.wire import Dialect
from app.portal import Portal
from app.services import own_authenticators, totps
from tests.support.applications import wrong_recovery_code
from tests.support.spellings import found_in
from tests.support.tables import Dump, dump
from tests.support.wires import ALL, PAGE, Route, Scene, in_order

OPENING = {"secret", "totp_code", "totp", "recovery_code", "recovery_codes", "session_token", "session_jwt", "token"}
OPENING |= {"qr_code", "qr_base64", "code", "intermediate_session_token"}
OPENING |= {"jwt", "minifiedJwt", "mfaToken", "elevatedAccessToken", "recoveryCodes", "uri", "nonces"}
NAMING = {"user_id", "email", "external_id", "first_name", "last_name", "totp_id", "session_id", "email_id", "id"}
NAMING |= {"member_id", "email_address", "totp_registration_id", "member_session_id"}
NAMING |= {"firstName", "lastName", "sessionId", "public_identifier"}
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

each_wire = pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)


@pytest.fixture
def lines() -> Iterator[list[EventDict]]:
    """What we write ourselves."""
    with capture_logs() as captured:
        yield captured


@pytest.fixture
def written(
    lines: list[EventDict], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Iterator["Written"]:
    """Whatever is written by anybody, at every level."""
    with caplog.at_level(logging.DEBUG):
        yield Written(lines, caplog, capfd)


class Written:
    def __init__(
        self, lines: list[EventDict], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        self._lines = lines
        self._caplog = caplog
        self._capfd = capfd

    def __str__(self) -> str:
        return "\n".join([*map(str, self._lines), self._caplog.text, *self._capfd.readouterr()])


def values(content: Any, names: set[str], name: str = "") -> Iterator[str]:
    """Every text under one of the names, at any depth."""
    if isinstance(content, dict):
        for inner, value in content.items():
            yield from values(value, names, inner)
    elif isinstance(content, list):
        for value in content:
            yield from values(value, names, name)
    elif isinstance(content, str) and name in names and len(content) > 5:
        yield content


def whole_life(scene: Scene, dialect: Dialect) -> list[Any]:
    """Everything done, mistaken and refused; returns all that was sent and told."""
    said: list[Any] = [{"secret": scene.application.secret}, {"secret": scene.suite.application.secret}]
    for route in (one for one in in_order(dialect) if one.is_ours):
        for wrong in _mistakes(scene, route):
            said += [wrong, scene.ask(route, **wrong).get_json()]
        form = scene.form(route)
        reply = scene.ask(route, **form)
        assert reply.status_code == 200, f"{route}: {reply.text}"
        said += [form, reply.get_json()]
    return said + [reply.get_json() for reply in scene.replies]


def _tokens_of(scene: Scene) -> list[Any]:
    """What browsers sent along."""
    sides = (scene.shop, scene.suite)
    return [{"token": one} for side in sides for one in (side.token, side.access, side.noras_token, side.noras_access)]


def _mistakes(scene: Scene, route: Route) -> list[dict[str, Any]]:
    if "recovery_code" in route.fields:
        return [{"recovery_code": wrong_recovery_code()}, {"recovery_code": scene.phone.code()}]
    if route.name == "recover_own_session":
        return [{"code": wrong_recovery_code()}, {"code": scene.phone.code()}]
    if route.codes:
        (name,) = route.codes
        return [{name: scene.phone.wrong_code()}, {name: scene.codes[0]}, {name: [scene.codes[0]]}]
    return [{"session_token": scene.side(route).jwt, "session_jwt": None}] if "session_token" in route.fields else []


@each_wire
def test_over_a_whole_life_no_secret_is_written_down_or_kept_as_it_is_and_nobody_is_named(
    scene: Scene, dialect: Dialect, written: Written, portal: Portal
) -> None:
    said = [*whole_life(scene, dialect), *_tokens_of(scene)]
    text, told = str(written), set(values(said, OPENING | NAMING))
    assert text.count("'event': 'request'") > 20
    assert len(told) > 40
    assert found_in(text, {one: one for one in told if not one.isdecimal()}) == set()
    codes = {one: one for one in told if one.isdecimal()}
    assert codes or not any(route.codes for route in in_order(dialect))
    assert found_in(UUID.sub("", text), codes) == set()
    _is_not_kept(dump(portal), set(values(said, OPENING)))
    _is_not_named(dump(portal), set(values(said, NAMES)))


NAMES = {"email", "user_id", "external_id", "email_address", "member_id", "public_identifier"}


def _is_not_kept(kept: Dump, told: set[str]) -> None:
    events = "\n".join(f"{event['act']} {event['details']}" for event in kept["event"])
    assert events.count("\n") > 20
    assert found_in(events, {one: one for one in told}) == set()
    assert found_in(str(kept), {one: one for one in told if not one.isdecimal()}) == set()


def _is_not_named(kept: Dump, named: set[str]) -> None:
    events = [event["details"] for event in kept["event"]]
    assert len(named) > 5
    assert found_in(str(events), {one: one for one in named}) == set()


def test_a_line_tells_the_rule_and_never_the_path(scene: Scene, lines: list[EventDict]) -> None:
    for route in ALL:
        path = f"{scene.path(route)}?api_key=a-secret-in-the-query"
        headers = {"Authorization": "Bearer a-secret-in-a-header", "Origin": "https://a-secret.example"}
        scene.caller.open(route.operation.method, path, headers)
    scene.caller.open("GET", "/v1/users/a-name-in-the-path/no/such")
    scene.caller.open("GET", "/v1/auth/users/a-name-in-the-path", {"Host": "a-name.example"})
    assert {line.get("rule") for line in lines} >= {route.operation.rule for route in ALL}
    requests = [line for line in lines if line["event"] == "request"]
    assert {name for line in requests for name in line} == {
        "event",
        "log_level",
        "method",
        "ms",
        "request_id",
        "rule",
        "status",
    }
    assert "a-secret" not in str(lines)
    assert "a-name" not in str(lines)


def test_a_fault_is_written_down_without_what_was_sent(
    scene: Scene, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    asked = [(route, scene.form(route), scene.key_of(route)) for route in ALL if route.codes]
    monkeypatch.setattr(totps, "authenticate", fail)
    monkeypatch.setattr(totps, "recover", fail)
    monkeypatch.setattr(own_authenticators, "confirm", fail)
    for route, form, key in asked:
        assert scene.tell(route, form, {**key, **({"Origin": PAGE} if route.by_browser else {})}).status_code == 500
    text, sent = str(written), [*(form for _, form, _ in asked), *_tokens_of(scene)]
    assert "a fault of ours" in text
    assert found_in(UUID.sub("", text), {one: one for one in values(sent, OPENING)}) == set()
    assert found_in(text, {one: one for one in values(sent, NAMING)}) == set()


FORGED = ["x\r\nlevel=info event=forged", "x\nforged", "\x1b[2J forged", "\u2028forged"]


def test_what_applications_send_makes_no_lines_of_its_own(scene: Scene, lines: list[EventDict]) -> None:
    for route in ALL:
        form = scene.form(route)
        for name in route.fields:
            for forged in FORGED:
                scene.tell(route, {**form, name: forged})
    assert "forged" not in str(lines)
