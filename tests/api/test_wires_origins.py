"""Whose pages may call from browsers, over every operation: those of other origins do nothing, and read nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection
from werkzeug.test import TestResponse

from app import create_app
from app.api.wire import Dialect
from app.domain.projects import ORIGIN_AT_MOST
from app.portal import Portal
from app.services import application_sessions, project_upkeep, users
from app.storage.database import Database, UnavailableError
from tests.support.applications import Application, Caller
from tests.support.clock import TestClock
from tests.support.tables import Look, watching
from tests.support.wires import (
    ALL,
    BROWSED,
    FOR_BROWSERS,
    OWN,
    PAGE,
    Headers,
    Route,
    Scene,
    assert_form,
    kind_in,
    look_at_somebody,
)

FROM_PAGE = {"Origin": PAGE}
STRANGE_ORIGINS = [
    "https://evil.example",
    "https://shop.example.org.evil.example",
    "https://evil-shop.example.org",
    "https://sub.shop.example.org",
    "https://shop.example",
    "http://shop.example.org",
    "https://shop.example.org:8443",
    "https://shop.example.org:443",
    "https://shop.example.org/",
    "https://shop.example.org/page",
    "https://Shop.example.org",
    " https://shop.example.org, https://evil.example",
    "https://shop.example.org@evil.example",
    "//shop.example.org",
    "shop.example.org",
    "null",
    "*",
    "",
    "https://" + "x" * ORIGIN_AT_MOST,
    "https://sh\N{LATIN SMALL LETTER O WITH DIAERESIS}p.example.org",
    "https://shop.example.org\x00",
    "' OR 1=1--",
]


@pytest.fixture
def whole(scene: Scene, portal: Portal) -> Iterator[Look]:
    with watching(portal, {}) as look:
        yield look


def allowed(reply: TestResponse) -> Headers:
    """What the answer says of pages: whose may read it, and what of it."""
    return {name: value for name, value in reply.headers.items() if name.startswith("Access-Control-")}


def assert_for_the_page(dialect: Dialect, reply: TestResponse, said: str = "") -> None:
    """For that one alone, with credentials where clients send some."""
    assert dialect.browsers
    credentials = {"Access-Control-Allow-Credentials": "true"} if dialect.browsers.with_credentials else {}
    readable = {"Access-Control-Expose-Headers": "Retry-After, X-Request-ID"}
    assert allowed(reply) == {"Access-Control-Allow-Origin": PAGE, **credentials, **readable}, said
    assert reply.headers.getlist("Vary") == ["Origin"], said


def assert_for_no_page(reply: TestResponse, said: str = "") -> None:
    assert allowed(reply) == {}, said
    assert reply.headers.getlist("Vary") == ["Origin"], said


CLOSED = [route for route in BROWSED if not route.operation.open]


# pages of other origins


def test_a_page_of_another_origin_does_nothing_and_reads_nothing_whoever_sits_there(scene: Scene, whole: Look) -> None:
    for route in CLOSED:
        form, key, before = scene.form(route), scene.key_of(route), whole()
        for origin in STRANGE_ORIGINS:
            reply = scene.tell(route, form, {**key, "Origin": origin})
            assert (reply.status_code, kind_in(reply)) == (403, route.dialect.kinds[403]), f"{route} {origin}"
            assert_form(route.errors, reply, f"{route} {origin}")
            assert_for_no_page(reply, f"{route} {origin}")
        assert whole() == before, str(route)


def test_it_learns_nothing_from_what_goes_wrong_before_any_operation(scene: Scene, whole: Look) -> None:
    before = whole()
    strange = {"Origin": STRANGE_ORIGINS[0]}
    for route in CLOSED:
        for method, path, sent in _ways_to_go_wrong(route, scene.path(route)):
            reply = scene.caller.open(method, path, {**scene.key_of(route), **strange}, **sent)
            assert reply.status_code in {403, 404, 405}, f"{method} {path}"
            assert_for_no_page(reply, f"{method} {path}")
    assert whole() == before


def _ways_to_go_wrong(route: Route, path: str) -> list[tuple[str, str, dict[str, Any]]]:
    """A path that is none, another method, and bodies of another kind, too large and not to be read."""
    method = route.operation.method
    ways: list[tuple[str, str, dict[str, Any]]] = [(method, f"{path}/no/such/operation", {}), ("PATCH", path, {})]
    if route.has_body:
        ways += [
            (method, path, {"data": b"x=y", "content_type": "text/plain"}),
            (method, path, {"data": b" " * 20_000 + b"{}", "content_type": "application/json"}),
            (method, path, {"data": b"{", "content_type": "application/json"}),
        ]
    return ways


def test_a_page_of_one_project_is_a_strange_one_to_another(scene: Scene, kiosk: Application, whole: Look) -> None:
    project_upkeep.admit(kiosk.portal, kiosk.project.public_id, "https://kiosk.example.org")
    before = whole()
    for dialect in FOR_BROWSERS:
        route = look_at_somebody(dialect)
        reply = scene.ask(route, {**scene.key_of(route), "Origin": "https://kiosk.example.org"})
        assert reply.status_code == 403
        assert_for_no_page(reply, str(route))
    assert whole() == before


def test_from_the_moment_that_an_origin_is_dismissed_its_pages_are_strange(scene: Scene, whole: Look) -> None:
    project_upkeep.admit(scene.application.portal, scene.application.project.public_id, "https://other.example.org")
    project_upkeep.dismiss(scene.application.portal, scene.application.project.public_id, PAGE)
    for route in (one for one in CLOSED if not one.dialect.across_organizations):
        form, before = scene.form(route), whole()
        reply = scene.tell(route, form, {**scene.key_of(route), **FROM_PAGE})
        assert reply.status_code == 403, str(route)
        assert_for_no_page(reply, str(route))
        assert whole() == before, str(route)


def test_a_project_that_has_let_no_page_in_is_asked_nothing_from_browsers(
    scene: Scene, kiosk: Application, whole: Look
) -> None:
    """Not even by what says no origin, which no page can make a browser do for another site."""
    before = whole()
    ours, theirs = (str(one.project.environment_id) for one in (scene.application, kiosk))
    for route in (one for one in CLOSED if not one.dialect.across_organizations):
        for origin in ({}, FROM_PAGE):
            path = scene.path(route).replace(ours, theirs)
            key = {**route.key_of(kiosk, scene.session_of(route)), **origin}
            reply = scene.caller.open(route.operation.method, path, key)
            assert (reply.status_code, kind_in(reply)) == (403, route.dialect.kinds[403]), str(route)
            assert_for_no_page(reply, str(route))
    assert whole() == before


# pages of the project's own


def test_a_page_of_the_project_reads_every_answer(scene: Scene) -> None:
    for route in BROWSED:
        scene.stay_fresh()
        form, key = scene.form(route), scene.key_of(route)
        nobody = route.key_of(scene.side(route).application)
        refused = scene.tell(route, form, {**nobody, **FROM_PAGE})
        assert refused.status_code == (401 if route.is_own else 200), str(route)
        assert_for_the_page(route.dialect, refused, str(route))
        done = scene.tell(route, scene.form(route), {**key, **FROM_PAGE})
        assert done.status_code == 200, f"{route}: {done.text}"
        assert_for_the_page(route.dialect, done, str(route))


def test_a_page_of_the_project_reads_what_went_wrong_before_any_operation(scene: Scene) -> None:
    for route in CLOSED:
        for method, path, sent in _ways_to_go_wrong(route, scene.path(route)):
            reply = scene.caller.open(method, path, {**scene.key_of(route), **FROM_PAGE}, **sent)
            assert reply.status_code in {400, 404, 405, 413, 415}, f"{method} {path}"
            assert_for_the_page(route.dialect, reply, f"{method} {path}: {reply.status_code}")


def test_a_page_of_the_project_is_told_to_wait(scene: Scene, portal: Portal, clock: TestClock) -> None:
    settings = portal.settings.model_copy(update={"visitor_limit": 1})
    scene.caller = Caller(create_app(replace(portal, settings=settings)))
    for dialect in FOR_BROWSERS:
        clock.advance(minutes=1)
        route = look_at_somebody(dialect)
        replies = [scene.ask(route, {**scene.key_of(route), **FROM_PAGE}) for _ in range(2)]
        assert [reply.status_code for reply in replies] == [200, 429]
        for reply in replies:
            assert_for_the_page(dialect, reply)


def test_a_page_of_the_project_is_told_of_faults(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, portal: Portal, clock: TestClock
) -> None:
    """Where the database is away altogether nobody knows whose page it is, and no page reads anything."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    @contextmanager
    def gone(_database: Database) -> Iterator[Connection]:
        raise UnavailableError("gone")
        yield

    asked = [(route, scene.form(route), {**scene.key_of(route), **FROM_PAGE}) for route in CLOSED]
    looks = [one for one in asked if one[0] in [look_at_somebody(dialect) for dialect in FOR_BROWSERS]]
    with monkeypatch.context() as patch:
        patch.setattr(users, "look_at_own", fail)
        patch.setattr(application_sessions, "look", fail)
        for route, form, key in looks:
            reply = scene.tell(route, form, key)
            assert reply.status_code == 500, str(route)
            assert_for_the_page(route.dialect, reply, str(route))
    clock.advance(hours=1)
    monkeypatch.setattr(Database, "writing", gone)
    for route, form, key in asked:
        reply = scene.tell(route, form, key)
        assert reply.status_code == 503, str(route)
        assert_for_the_page(route.dialect, reply, str(route))
    monkeypatch.setattr(Database, "reading", gone)
    for route, form, key in asked:
        reply = scene.tell(route, form, key)
        assert reply.status_code == 503, str(route)
        assert_for_no_page(reply, str(route))


def test_what_names_no_project_is_read_by_no_page(scene: Scene) -> None:
    for dialect in FOR_BROWSERS:
        route = look_at_somebody(dialect)
        for key in ({}, {"Authorization": "Basic eDp5"}):
            path = scene.path(route).replace(str(scene.application.project.environment_id), "x")
            reply = scene.caller.open(route.operation.method, path, {**key, **FROM_PAGE})
            assert reply.status_code == 401
            assert_for_no_page(reply, str(route))


def test_what_comes_from_no_page_is_answered_and_says_nothing_of_pages(scene: Scene) -> None:
    for route in OWN:
        scene.stay_fresh()
        reply = scene.ask(route)
        assert reply.status_code == 200, f"{route}: {reply.text}"
        assert_for_no_page(reply, str(route))


# leave that browsers ask for beforehand


def _preflight(caller: Caller, path: str, origin: str | None = PAGE, **asked: str) -> TestResponse:
    named = {} if origin is None else {"Origin": origin}
    return caller.open("OPTIONS", path, {**named, **asked})


ASKED = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
}
USED_BY_CLIENTS = {
    "stytch_browsers": "authorization content-type x-sdk-client x-sdk-parent-host",
    "stytch_b2b_browsers": "authorization content-type x-sdk-client x-sdk-parent-host",
    "dynamic": (
        "authorization content-type x-dyn-api-version x-dyn-version x-dyn-request-id x-dyn-session-id "
        "x-dynamic-platform x-dyn-session-public-key x-dynamic-device-nonce x-dynamic-device-publickey "
        "x-dynamic-device-signed-nonce x-mfa-auth-token x-dyn-elevated-access-token x-dyn-logout-reason "
        "x-dynamic-device-registration-token"
    ),
}


def _said(reply: TestResponse) -> dict[str, str]:
    own = {"Access-Control-Allow-Origin", "X-Request-ID"}
    return {name: value for name, value in reply.headers.items() if name not in own}


def test_leave_is_given_by_heart_and_alike_for_every_origin_and_path(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is looked up for it: it is given just so where there is no database at all."""
    paths = {one.name: [scene.path(route) for route in BROWSED if route.errors is one] for one in FOR_BROWSERS}

    @contextmanager
    def gone(_database: Database) -> Iterator[Connection]:
        raise AssertionError("somebody has touched the database")
        yield

    for door in ("reading", "writing"):
        monkeypatch.setattr(Database, door, gone)
    for dialect in FOR_BROWSERS:
        first = _said(_preflight(scene.caller, paths[dialect.name][0], **ASKED))
        nowhere = [
            f"{dialect.prefix}/no/such",
            f"{dialect.prefix}/{'x' * 3000}",
            f"{dialect.prefix}/%00",
            dialect.prefix,
        ]
        for path in (*paths[dialect.name], *nowhere):
            for origin in (PAGE, *STRANGE_ORIGINS[:3], "null"):
                for asked in (ASKED, {"Access-Control-Request-Method": "BREW"}, {}):
                    reply = _preflight(scene.caller, path, origin, **asked)
                    assert (reply.status_code, reply.data) == (204, b""), path
                    assert reply.headers["Access-Control-Allow-Origin"] == origin
                    assert _said(reply) == first, f"{path} {origin}"


def test_leave_covers_what_clients_send_and_is_kept_for_a_while(scene: Scene) -> None:
    for dialect in FOR_BROWSERS:
        assert dialect.browsers
        reply = _preflight(scene.caller, f"{dialect.prefix}/x", **ASKED)
        listed = {name.strip().lower() for name in reply.headers["Access-Control-Allow-Headers"].split(",")}
        assert listed == set(USED_BY_CLIENTS[dialect.name].split())
        methods = {one.operation.method for one in ALL if one.dialect is dialect}
        assert methods <= set(reply.headers["Access-Control-Allow-Methods"].split(", "))
        assert int(reply.headers["Access-Control-Max-Age"]) >= 600
        assert (reply.headers.get("Access-Control-Allow-Credentials") == "true") is dialect.browsers.with_credentials
        assert "Content-Type" not in reply.headers
        assert "Set-Cookie" not in reply.headers
        assert reply.headers.getlist("Vary") == ["Origin"]
        unasked = _preflight(scene.caller, f"{dialect.prefix}/x", None)
        assert unasked.status_code == 204
        assert "Access-Control-Allow-Origin" not in unasked.headers


def test_asking_for_leave_takes_nothing_from_what_a_place_may_ask(
    scene: Scene, portal: Portal, clock: TestClock, whole: Look
) -> None:
    settings = portal.settings.model_copy(update={"visitor_limit": 1})
    scene.caller = Caller(create_app(replace(portal, settings=settings)))
    clock.advance(minutes=1)
    before = whole()
    for dialect in FOR_BROWSERS:
        route = look_at_somebody(dialect)
        replies = [_preflight(scene.caller, scene.path(route), **{**scene.key_of(route), **ASKED}) for _ in range(5)]
        assert {reply.status_code for reply in replies} == {204}
    assert whole() == before
    assert scene.ask(look_at_somebody(FOR_BROWSERS[0])).status_code == 200


def test_under_a_strange_name_no_leave_is_given(scene: Scene) -> None:
    for dialect in FOR_BROWSERS:
        reply = _preflight(scene.caller, f"{dialect.prefix}/x", **{**ASKED, "Host": "evil.example"})
        assert reply.status_code == 400
        assert allowed(reply) == {}


# what anybody may ask


def test_what_is_open_is_read_by_every_page(scene: Scene, whole: Look) -> None:
    before = whole()
    public = [route for route in BROWSED if route.operation.open]
    for route in public:
        for origin in (PAGE, "https://evil.example", "null"):
            reply = scene.tell(route, scene.form(route), {"Origin": origin})
            assert reply.status_code == 200
            assert reply.headers["Access-Control-Allow-Origin"] == origin
    assert whole() == before
    assert [route.name for route in public] == ["report_events"]
