"""Whatever goes wrong before, around or within an operation is said in the form of the wire, with all its headers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Connection
from werkzeug.test import TestResponse

from app import create_app
from app.api.application import DESCRIPTION, DIALECTS
from app.api.dynamic.surface import DYNAMIC, DYNAMIC_KEYS
from app.api.streambird.surface import STREAMBIRD
from app.api.stytch.b2b.surface import STYTCH_B2B
from app.api.stytch.browsers.b2b_surface import STYTCH_B2B_BROWSERS
from app.api.stytch.browsers.consumer_surface import STYTCH_BROWSERS
from app.api.stytch.consumer.surface import STYTCH
from app.api.wire import Dialect
from app.portal import Portal
from app.services import application_sessions, signing_keys, users
from app.storage.database import Database, UnavailableError
from tests.support.applications import Application, Caller
from tests.support.clock import TestClock
from tests.support.tables import Look
from tests.support.wires import (
    ALL,
    GUARDED,
    LOOKED_AT,
    OWN,
    Scene,
    assert_form,
    keeping,
    kind_in,
    look_at_somebody,
    sentence_in,
)

LARGEST = 16 * 1024
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cache-Control": "no-store",
    "Content-Type": "application/json",
}
DOCUMENTED_AT = {
    "stytch": "https://stytch.com/docs/api/errors",
    "stytch_b2b": "https://stytch.com/docs/b2b/api/errors",
    "stytch_browsers": "https://stytch.com/docs/api/errors",
    "stytch_b2b_browsers": "https://stytch.com/docs/b2b/api/errors",
}
NEVER = ("Set-Cookie", "Access-Control-Allow-Origin", "Server", "X-Powered-By", "Location")


def assert_headers(reply: TestResponse) -> None:
    assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS
    assert [name for name in NEVER if name in reply.headers] == []
    assert UUID(reply.headers["X-Request-ID"])


@pytest.fixture
def kept(scene: Scene, portal: Portal) -> Iterator[Look]:
    with keeping(portal) as look:
        yield look


def assert_error(dialect: Dialect, reply: TestResponse, status: int, said: str = "") -> None:
    """No browser is asked for a name and a password, as it would be by the header that says how to name oneself."""
    assert reply.status_code == status, f"{dialect.name} {said}: {reply.text}"
    assert_headers(reply)
    assert_form(dialect, reply, f"{dialect.name} {said}")
    assert kind_in(reply) == dialect.kinds[status]
    error = reply.get_json()
    assert error.get("request_id", reply.headers["X-Request-ID"]).endswith(reply.headers["X-Request-ID"])
    if dialect.name in DOCUMENTED_AT:
        assert error["error_url"] == f"{DOCUMENTED_AT[dialect.name]}/{status}#{error['error_type']}"
    assert ("WWW-Authenticate" in reply.headers) is (status == 401 and dialect.browsers is None)
    assert ("Retry-After" in reply.headers) is (status in {429, 503})


WITH_BODY = [route for route in ALL if route.has_body]


def test_every_answer_carries_the_headers(scene: Scene) -> None:
    for route in ALL:
        assert_headers(scene.ask(route))
        assert_headers(scene.ask(route, {}))
    assert_headers(scene.caller.open("GET", DESCRIPTION))


def test_only_https_is_promised_for_two_years(scene: Scene, portal: Portal) -> None:
    settings = portal.settings.model_copy(update={"public_url": "https://keys.example.org", "proxies": 1})
    secure = Caller(create_app(replace(portal, settings=settings)))
    for route in (*GUARDED, *OWN):
        assert "Strict-Transport-Security" not in scene.ask(route, {}).headers
        reply = secure.open(route.operation.method, scene.path(route), {"Host": "keys.example.org"})
        assert reply.status_code in {400, 401}, str(route)
        assert reply.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


NOWHERE: dict[str, Dialect] = {
    "/v1/": STYTCH,
    "/v1/no": STYTCH,
    "/v1/no/such/operation": STYTCH,
    "/v1/authenticate": STYTCH,
    "/v1/users/": STYTCH,
    "/v1//users": STYTCH,
    "/v1/users/a%2Fb": STYTCH,
    "/v1/%ff": STYTCH,
    "/v1/totps/../auth/x": STYTCH,
    "/v1/b2b": STYTCH_B2B,
    "/v1/b2b/": STYTCH_B2B,
    "/v1/b2bx": STYTCH,
    "/v1/b2b/totps": STYTCH_B2B,
    "/v1/b2b/organizations/": STYTCH_B2B,
    "/v1/b2b/organizations/a/members/b%2Fc": STYTCH_B2B,
    "/v1/b2b/organizations//member": STYTCH_B2B,
    "/v1/auth/": STREAMBIRD,
    "/v1/auth/no/such/operation": STREAMBIRD,
    "/v1/auth/totps/create/": STREAMBIRD,
    "/v1/auth/{}": STREAMBIRD,
    "/api/openapi.jsonx": STYTCH,
    "/sdk/v1": STYTCH_BROWSERS,
    "/sdk/v1/no": STYTCH_BROWSERS,
    "/sdk/v1/totps/": STYTCH_BROWSERS,
    "/sdk/v1/projects/bootstrap/": STYTCH_BROWSERS,
    "/sdk/v1/b2b": STYTCH_B2B_BROWSERS,
    "/sdk/v1/b2bx": STYTCH_BROWSERS,
    "/sdk/v1/b2b/totps": STYTCH_B2B_BROWSERS,
    "/api/v0": DYNAMIC_KEYS,
    "/api/v0/no": DYNAMIC_KEYS,
    "/api/v0/users/x": DYNAMIC_KEYS,
    "/api/v0/users//mfa": DYNAMIC_KEYS,
    "/api/v0/sdkx": DYNAMIC_KEYS,
    "/api/v0/sdk": DYNAMIC,
    "/api/v0/sdk/x": DYNAMIC,
    "/api/v0/sdk//users": DYNAMIC,
    "/api/v0/sdk/x/users/mfa/": DYNAMIC,
}


def test_what_is_not_there(caller: Caller, shop: Application) -> None:
    for path, dialect in NOWHERE.items():
        for method in ("GET", "POST", "DELETE", *(() if dialect.browsers else ("OPTIONS",))):
            for key in ({}, shop.basic, shop.bearer):
                assert_error(dialect, caller.open(method, path, key), 404, f"{method} {path}")


THE_SERVICES_OWN = [
    "/v1/b2b/sso/{}",
    "/v1/b2b/scim/x/connection",
    "/v1/b2b/magic_links/email/login_or_signup",
    "/v1/b2b/otps/sms/send",
    "/v1/b2b/passwords/authenticate",
    "/v1/b2b/rbac/policy",
    "/v1/b2b/discovery/organizations/create",
    "/v1/b2b/sessions/migrate",
    "/v1/b2b/sessions/exchange_access_token",
    "/v1/b2b/organizations/a/metrics",
    "/v1/b2b/organizations/a/connected_apps/b",
    "/v1/b2b/organizations/a/members/b/oauth_providers/google",
    "/v1/b2b/organizations/a/members/b/start_email_update",
]


def test_what_only_the_service_itself_has_is_said_to_be_elsewhere(scene: Scene) -> None:
    for path in THE_SERVICES_OWN:
        for method in ("GET", "POST", "DELETE"):
            reply = scene.caller.open(method, path, scene.suite.application.basic)
            assert (reply.status_code, kind_in(reply)) == (404, "unavailable_endpoint"), path
            assert_headers(reply)


def test_another_method(scene: Scene) -> None:
    for route in ALL:
        for method in ("PATCH", "TRACE", "PROPFIND", "BREW", *(() if route.by_browser else ("OPTIONS",))):
            reply = scene.caller.open(method, scene.path(route), scene.key_of(route))
            assert_error(route.errors, reply, 405, f"{method} {route}")
            assert route.operation.method in reply.headers["Allow"].split(", ")


def test_without_a_key(scene: Scene) -> None:
    for route in GUARDED:
        assert_error(route.errors, scene.ask(route, {}), 401, str(route))


def test_a_body_that_is_too_large(scene: Scene, kept: Look) -> None:
    for route in WITH_BODY:
        before = kept()
        for size in (LARGEST + 1, 1_000_000):
            assert_error(route.errors, scene.send(route, b"{" + b" " * (size - 2) + b"}"), 413, str(route))
        assert scene.send(route, b"[" + b" " * (LARGEST - 2) + b"]").status_code == 400
        assert kept() == before, str(route)


OTHER_KINDS = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/xml",
    "x",
    None,
]


def test_a_body_of_another_kind(scene: Scene, kept: Look) -> None:
    before = kept()
    for route in WITH_BODY:
        for content_type in OTHER_KINDS:
            assert_error(route.errors, scene.send(route, b'{"user_id": "x"}', content_type), 415, str(route))
        assert kept() == before, str(route)


def test_what_kind_of_body_it_is_matters_where_there_is_one(scene: Scene) -> None:
    """Clients say JSON on every request, in whichever spelling, and send nothing with most."""
    search = next(route for route in GUARDED if route.operation.name == "search_users")
    for content_type in ("application/json; charset=utf-8", "Application/JSON"):
        assert scene.send(search, b'{"limit": 1}', content_type).status_code == 200
        assert scene.send(search, b" \n", content_type).status_code == 200
    assert scene.send(search, b"", "text/plain").status_code == 200


UNREADABLE = {
    "half": b'{"user_id": "x"',
    "words": b"user_id=x",
    "two": b"{}{}",
    "bytes": b"\xff\xfe{}",
    "UTF-16": '{"user_id": "x"}'.encode("utf-16"),
    "with a mark": b"\xef\xbb\xbf{}",
    "a list": b"[]",
    "a text": b'"user_id"',
    "null": b"null",
    "a number": b"1",
    "NaN": b'{"user_id": NaN}',
    "infinity": b'{"limit": -Infinity}',
    "too large a number": b'{"limit": 1e999}',
    "many digits": b'{"limit": ' + b"9" * 5000 + b"}",
    "said twice": b'{"user_id": "a", "user_id": "a"}',
    "said twice, deeper": b'{"name": {"first_name": "a", "first_name": "b"}}',
    "deep lists": b'{"user_id": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    "deep objects": b'{"a":' * 1500 + b"1" + b"}" * 1500,
    "seventeen deep": b'{"a":' * 17 + b"1" + b"}" * 17,
    "half a character": b'{"user_id": "\\ud800"}',
    "half a character in a name": b'{"\\udfff": 1}',
    "a NUL": b'{"user_id": "a\\u0000b"}',
    "a bare NUL": b'{"user_id": "a\x00b"}',
    "a bare line end": b'{"user_id": "a\nb"}',
    "a comment": b"{} // nothing",
    "single quotes": b"{'user_id': 'x'}",
    "gzip": b"\x1f\x8b" + b"\x00" * 100,
}


def test_a_body_that_cannot_be_read(scene: Scene, kept: Look) -> None:
    before = kept()
    for route in WITH_BODY:
        for kind, body in UNREADABLE.items():
            assert_error(route.errors, scene.send(route, body), 400, f"{route} {kind}")
        assert kept() == before, str(route)


# what is about the server


STRANGE_HOSTS = ["evil.example", "127.0.0.1.evil.example", "127.0.0.1, evil.example", "[::2]", "", "a b"]


def test_under_a_strange_name_nothing_is_reached(scene: Scene, kept: Look) -> None:
    for route in ALL:
        form, key, before = scene.form(route), scene.key_of(route), kept()
        for host in STRANGE_HOSTS:
            reply = scene.tell(route, form, {**key, "Host": host})
            assert_error(route.errors, reply, 400, str(route))
            assert "evil" not in reply.text
        assert kept() == before, str(route)
    for host in STRANGE_HOSTS:
        assert_error(STYTCH, scene.caller.open("GET", DESCRIPTION, {"Host": host}), 400)


@dataclass
class Fault:
    """What a database does that is away: not even opens, or fails at the first write."""

    monkeypatch: pytest.MonkeyPatch

    def strikes(self, *doors: str) -> None:
        @contextmanager
        def gone(_database: Database) -> Iterator[Connection]:
            raise UnavailableError("gone from postgresql://sparekey:hunter2@db")
            yield

        for door in doors:
            self.monkeypatch.setattr(Database, door, gone)


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> Fault:
    return Fault(monkeypatch)


@pytest.mark.parametrize("doors", [("reading", "writing"), ("writing",)], ids=str)
def test_without_a_database_it_is_not_possible_right_now(scene: Scene, fault: Fault, doors: tuple[str, ...]) -> None:
    """Nothing is needed for what is open and tells nothing, nor where only writing fails and nothing is written."""
    asked = [(route, scene.form(route), scene.key_of(route)) for route in ALL]
    scene.clock.advance(hours=1)
    fault.strikes(*doors)
    for route, form, key in asked:
        reply = scene.tell(route, form, {} if route.operation.open else key)
        if route.name == "report_events" or (doors == ("writing",) and route.operation.open):
            assert reply.status_code == 200, str(route)
        else:
            assert_error(route.errors, reply, 503, str(route))
            assert reply.headers["Retry-After"] == "5"
            assert "hunter2" not in reply.text
    assert scene.caller.open("GET", DESCRIPTION).status_code == 200


SIGNING = {"authenticate_totp", "authenticate_session", "verify_totp", "verify_session"}
SIGNING |= {"authenticate_member_totp", "recover_member", "authenticate_member_session", "attest_member_session"}
SIGNING |= {"exchange_member_session", "exchange_intermediate_session"}
SIGNING |= {"authenticate_own_totp", "recover_own_totp", "authenticate_own_session", "attest_own_session"}
SIGNING |= {"authenticate_own_member_totp", "recover_own_member", "authenticate_own_member_session"}
SIGNING |= {"attest_own_member_session", "exchange_own_member_session"}
SIGNING |= {"sign_in_externally", "refresh_own_session", "update_own_user", "recover_own_session"}


def test_without_a_key_that_opens_nothing_is_signed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then a code may have been spent, and the answer says so."""
    asked = [(route, scene.form(route), scene.key_of(route)) for route in ALL if route.name in SIGNING]
    monkeypatch.setattr(signing_keys, "signing_at", lambda _keys, _now: None)
    for route, form, key in asked:
        if str(route) != "stytch_browsers.update_own_user":
            reply = scene.tell(route, form, key)
            assert_error(route.errors, reply, 503, str(route))
            assert "used up" in sentence_in(reply)


def test_beyond_the_limit(scene: Scene, portal: Portal, clock: TestClock) -> None:
    settings = portal.settings.model_copy(update={"project_limit": 1, "visitor_limit": 1})
    scene.caller = Caller(create_app(replace(portal, settings=settings)))
    for dialect in LOOKED_AT:
        clock.advance(minutes=1)
        route = look_at_somebody(dialect)
        scene.ask(route)
        reply = scene.ask(route)
        assert_error(dialect, reply, 429)
        assert 1 <= int(reply.headers["Retry-After"]) <= 60


def test_a_fault_tells_nothing_of_itself(app: Flask, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the words of a fault")

    monkeypatch.setattr(users, "look", fail)
    monkeypatch.setattr(users, "look_at_own", fail)
    monkeypatch.setattr(application_sessions, "look", fail)
    for dialect in LOOKED_AT:
        route = look_at_somebody(dialect)
        reply = scene.ask(route)
        assert_error(dialect, reply, 500)
        assert "the words" not in reply.text
        assert "Traceback" not in reply.text


def test_every_wire_has_a_word_for_every_status() -> None:
    for dialect in DIALECTS:
        assert {400, 401, 403, 404, 405, 413, 415, 429, 500, 503} <= dialect.kinds.keys(), dialect.name
