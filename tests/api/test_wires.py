"""What every operation of every wire keeps to: it does what it is for, GET writes nothing, and there is a limit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from werkzeug.test import TestResponse

from app import create_app
from app.api.application import DESCRIPTION, DIALECTS
from app.api.wire import Dialect
from app.portal import Portal
from tests.support.applications import Application, Caller
from tests.support.clock import TestClock
from tests.support.tables import dump
from tests.support.wires import (
    ALL,
    BROWSED,
    FOR_BROWSERS,
    FOR_KEYS,
    GUARDED,
    LOOKED_AT,
    Route,
    Scene,
    bookkeeping_aside,
    content_of,
    in_order,
    kind_in,
    look_at_somebody,
    named,
)

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_every_operation_does_what_it_is_for(scene: Scene, dialect: Dialect) -> None:
    for route in (one for one in in_order(dialect) if one.is_ours):
        scene.stay_fresh()
        reply = scene.ask(route)
        assert reply.status_code == 200, f"{route}: {reply.text}"
        assert content_of(reply).keys() == _names_of(route), str(route)


def _names_of(route: Route) -> set[str]:
    """Of the fields of its answers, where clients take these from."""
    described = route.operation.gives.model_json_schema(mode="serialization", by_alias=True)
    within = described["properties"].get("data", {}).get("$ref", "").rpartition("/")[2]
    return set((described["$defs"][within] if within else described).get("properties", {}))


def test_the_forms_of_these_walks_hold_every_field(scene: Scene) -> None:
    for route in ALL:
        assert scene.form(route).keys() == set(route.fields), str(route)


def test_what_there_is_nothing_of_is_said_of_somebody_and_of_nobody(scene: Scene) -> None:
    told = {}
    for route in (one for one in ALL if not one.is_ours):
        reply = scene.ask(route)
        told[route.name] = (reply.status_code, kind_in(reply))
        gone = scene.caller.open(
            route.operation.method,
            scene.path(route).replace(str(scene.ada), str(scene.totp)),
            scene.key_of(route),
            json=scene.form(route),
        )
        assert (gone.status_code, kind_in(gone)) == (404, "member_not_found")
    assert told == {
        "delete_member_mfa_phone_number": (404, "member_phone_number_not_found"),
        "unlink_retired_email": (404, "email_not_found"),
    }


def test_get_writes_nothing_but_the_last_use_of_the_key(scene: Scene, portal: Portal, clock: TestClock) -> None:
    scene.ask(GUARDED[0])
    clock.advance(hours=1)
    before, used = bookkeeping_aside(portal), dump(portal)["project_secret"]
    for route in ALL:
        if not route.writes:
            for method in ("GET", "HEAD"):
                assert scene.ask(route, method=method).status_code == 200, str(route)
    assert scene.caller.open("GET", DESCRIPTION).status_code == 200
    assert bookkeeping_aside(portal) == before
    assert dump(portal)["project_secret"] != used


def test_a_get_that_shows_codes_leaves_an_event_and_nothing_else(scene: Scene, portal: Portal) -> None:
    """In a browser also how long they can be shown again begins anew, and which ones the session has seen."""
    showing = [one for one in ALL if one.operation.method == "GET" and one.writes and one.name != "register_own_totp"]
    for route in showing:
        before = bookkeeping_aside(portal)
        told = content_of(scene.ask(route))
        assert (told.get("recovery_codes") or told["recoveryCodes"]) == scene.codes
        after = bookkeeping_aside(portal)
        changed = {name for name in after if after[name] != before[name]}
        assert changed - ({"session"} if route.by_browser else set()) == {"event", "event_origin"}, str(route)
        assert len(after["event"]) == len(before["event"]) + 1
    assert len(showing) == 3


def test_the_one_get_that_makes_something_plants_what_is_not_confirmed_yet(scene: Scene, portal: Portal) -> None:
    before = bookkeeping_aside(portal)
    assert scene.ask(named("dynamic.register_own_totp")).status_code == 200
    after = bookkeeping_aside(portal)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"event", "event_origin", "enrolment", "project_enrolment"}
    assert after["authenticator"] == before["authenticator"]


def test_the_last_use_of_a_key_is_written_down_once_a_minute(scene: Scene, portal: Portal, clock: TestClock) -> None:
    get_user = look_at_somebody(DIALECTS[0])
    clock.advance(hours=1)
    uses = []
    for seconds in (0, 30, 30, 1):
        clock.advance(seconds=seconds)
        scene.ask(get_user)
        uses.append(clock.now() - dump(portal)["project_secret"][0]["last_used_at"])
    assert [use.total_seconds() for use in uses] == [0, 30, 60, 0]


# methods


def test_a_path_names_the_methods_that_it_answers_to(scene: Scene) -> None:
    """`/v1/users/search` is a user's path as well, of whom the application calls `search`."""
    for route in ALL:
        asked = scene.path(route)
        served = {one.operation.method for one in ALL if one.fits(asked)}
        served |= {"HEAD"} if "GET" in served else set()
        for method in METHODS:
            reply = scene.caller.open(method, asked)
            if method in served:
                assert reply.status_code in {200, 400, 401}, f"{method} {asked}"
            elif method == "OPTIONS" and route.by_browser:
                assert (reply.status_code, reply.data) == (204, b""), asked
            else:
                assert reply.status_code == 405, f"{method} {asked}"
                assert reply.headers["Allow"].split(", ") == sorted(served)
                assert method == "HEAD" or kind_in(reply) == route.errors.kinds[405]


def test_head_says_what_get_says_but_for_the_body(scene: Scene) -> None:
    for route in ALL:
        if route.operation.method == "GET":
            got, head = scene.ask(route), scene.ask(route, method="HEAD")
            assert (got.status_code, head.status_code, head.data) == (200, 200, b"")
            assert _lasting(head) == _lasting(got)
            refused, head = scene.ask(route, {}), scene.ask(route, {}, method="HEAD")
            assert (head.status_code, head.data) == (refused.status_code, b"")
            assert _lasting(head) == _lasting(refused)


def _lasting(reply: TestResponse) -> dict[str, str]:
    return {name: value for name, value in reply.headers.items() if name not in {"X-Request-ID", "Content-Length"}}


def test_no_browser_is_let_in_where_keys_are_asked_for(scene: Scene) -> None:
    for route in (one for one in ALL if not one.by_browser):
        asked = {
            "Origin": "https://evil.example",
            "Access-Control-Request-Method": route.operation.method,
            "Access-Control-Request-Headers": "authorization",
        }
        before = scene.caller.open("OPTIONS", scene.path(route), asked)
        reply = scene.ask(route, {**scene.key_of(route), **asked})
        assert before.status_code == 405
        assert not [
            name for name in (*before.headers.keys(), *reply.headers.keys()) if "access-control" in name.lower()
        ]


# the request limit


Limited = Callable[..., Caller]


@pytest.fixture
def limited(portal: Portal) -> Limited:
    """Another node of the same portal, on which so many requests a minute are let through."""

    def build(limit: int, *, of: str = "project_limit") -> Caller:
        settings = portal.settings.model_copy(update={of: limit})
        return Caller(create_app(replace(portal, settings=settings)))

    return build


def _next_minute(clock: TestClock) -> datetime:
    """At twenty seconds of it."""
    clock.set(clock.now().replace(second=20, microsecond=0) + timedelta(minutes=1))
    return clock.now()


def test_beyond_the_limit_a_project_waits_for_the_next_minute(
    scene: Scene, limited: Limited, clock: TestClock, portal: Portal
) -> None:
    scene.caller = limited(5)
    for dialect in (one for one in FOR_KEYS if one in LOOKED_AT):
        moment, route = _next_minute(clock), look_at_somebody(dialect)
        assert [scene.ask(route).status_code for _ in range(5)] == [200] * 5
        before = bookkeeping_aside(portal)
        over = scene.ask(route)
        assert (over.status_code, over.headers["Retry-After"]) == (429, "40"), dialect.name
        assert kind_in(over) == "too_many_requests"
        for other in (one for one in GUARDED if scene.side(one) is scene.side(route)):
            again = scene.caller.open(other.operation.method, scene.path(other), scene.key_of(other))
            assert again.status_code == 429, str(other)
        assert bookkeeping_aside(portal) == before
        clock.set(moment + timedelta(seconds=40))
        assert scene.ask(route).status_code == 200


ELSEWHERE = {"REMOTE_ADDR": "198.51.100.7"}
NEXT_DOOR = {"REMOTE_ADDR": "127.0.0.99"}


def test_beyond_the_limit_browsers_of_one_place_wait_for_the_next_minute(
    scene: Scene, limited: Limited, clock: TestClock, portal: Portal
) -> None:
    """Those of other places do not, nor does the application itself."""
    scene.caller = limited(5, of="visitor_limit")
    for dialect in FOR_BROWSERS:
        moment, route = _next_minute(clock), look_at_somebody(dialect)
        assert [scene.ask(route).status_code for _ in range(5)] == [200] * 5
        before = bookkeeping_aside(portal)
        over = scene.ask(route)
        assert (over.status_code, over.headers["Retry-After"]) == (429, "40"), dialect.name
        assert kind_in(over) == "too_many_requests"
        for other in (one for one in BROWSED if scene.side(one) is scene.side(route)):
            again = scene.caller.open(other.operation.method, scene.path(other), scene.key_of(other))
            assert (again.status_code == 429) is not other.operation.open, str(other)
        asked = (route.operation.method, scene.path(route), scene.key_of(route))
        assert scene.caller.open(*asked, environ_base=NEXT_DOOR).status_code == 429
        assert bookkeeping_aside(portal) == before
        assert scene.caller.open(*asked, environ_base=ELSEWHERE).status_code == 200
        assert all(scene.ask(look_at_somebody(one)).status_code == 200 for one in FOR_KEYS if one in LOOKED_AT)
        clock.set(moment + timedelta(seconds=40))
        assert scene.ask(route).status_code == 200


@pytest.mark.parametrize(("limit", "nodes"), [(5, 1), (250, 1), (250, 3)])
def test_the_limit_holds_over_all_nodes_and_never_too_late(
    scene: Scene, limited: Limited, clock: TestClock, limit: int, nodes: int
) -> None:
    """A node may have set aside what it does not use: by a hundredth of the limit each it may come early."""
    clock.advance(minutes=1)
    route, callers = look_at_somebody(DIALECTS[0]), [limited(limit) for _ in range(nodes)]
    through = 0
    asked = (route.operation.method, scene.path(route), scene.key_of(route))
    for count in range(limit + 20 * nodes):
        through += callers[count % nodes].open(*asked).status_code == 200
    assert limit - nodes * max(1, limit // 100) <= through <= limit


def test_the_limit_is_each_projects_own(scene: Scene, kiosk: Application, limited: Limited, clock: TestClock) -> None:
    clock.advance(minutes=1)
    scene.caller = limited(2)
    route = look_at_somebody(FOR_KEYS[0])
    assert [scene.ask(route).status_code for _ in range(3)] == [200, 200, 429]
    assert [scene.ask(route, route.key_of(kiosk)).status_code for _ in range(3)] == [200, 200, 429]


def test_what_is_public_is_not_limited_and_a_stranger_uses_nothing_up(
    scene: Scene, limited: Limited, clock: TestClock
) -> None:
    clock.advance(minutes=1)
    scene.caller = limited(1)
    for public in (route for route in ALL if route.operation.open):
        assert {scene.ask(public).status_code for _ in range(5)} == {200}
    assert {scene.ask(look_at_somebody(DIALECTS[0]), {}).status_code for _ in range(5)} == {401}
    assert scene.ask(look_at_somebody(DIALECTS[0])).status_code == 200
