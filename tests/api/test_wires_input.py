"""Whatever is sent in any field, the answer is in the form of the wire and never a fault; nothing is tried for it."""

import copy
import math
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.test import TestResponse

from app.domain.totp import PERIOD
from app.portal import Portal
from tests.support.applications import Application, Caller
from tests.support.clock import TestClock
from tests.support.wires import ALL, CODES, GUARDED, Form, Route, Scene, bookkeeping_aside

ODD: list[Any] = [
    None,
    True,
    0,
    1.5,
    123456,
    10**30,
    [],
    {},
    [None],
    ["x", 1],
    {"a": {"b": [{}]}},
    "",
    " ",
    "\N{FULLWIDTH DIGIT ONE}" * 6,
    "123456\n",
    "%",
    "' OR 1=1--",
    "${7*7}{{7*7}}",
    "\N{RIGHT-TO-LEFT OVERRIDE}gro",
    "x" * 100,
    "x" * 4097,
    "é" * 2000,
    "x" * 10_000,
    "a\x00b",
    "\ud800",
    math.nan,
]
NO_TEXTS: list[Any] = [odd for odd in ODD if not isinstance(odd, str)]
ANSWERS = {200, 400, 401, 403, 404, 409}


@pytest.fixture
def scene(caller: Caller, shop: Application, clock: TestClock) -> Scene:
    return Scene.of(caller, shop, clock)


def assert_answer(route: Route, reply: TestResponse, odd: object) -> None:
    said = f"{route}, {str(odd)[:40]}: {reply.text[:200]}"
    assert reply.status_code in ANSWERS, said
    if reply.status_code != 200:
        error = reply.get_json()
        assert route.dialect.error.model_validate(error).status_code == reply.status_code, said  # type: ignore[attr-defined]
        assert error["error_message"][-1] == "."


def places(form: Any, within: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a form where something stands, from the outermost in."""
    items = form.items() if isinstance(form, dict) else enumerate(form) if isinstance(form, list) else ()
    for name, value in items:
        yield (*within, name)
        yield from places(value, (*within, name))


def with_odd(form: Form, place: tuple[str | int, ...], odd: Any) -> Form:
    changed: Any = copy.deepcopy(form)
    inner = changed
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = odd
    whole: Form = changed
    return whole


@pytest.mark.parametrize("route", [route for route in GUARDED if route.has_body], ids=str)
def test_odd_values_in_any_field_are_refused_in_words_and_change_nothing(
    scene: Scene, portal: Portal, route: Route
) -> None:
    """Or they are taken, where a field may be anything."""
    before, refused = bookkeeping_aside(portal), 0
    for place in list(places(scene.form(route))):
        for odd in ODD:
            reply = scene.ask(route, **with_odd(scene.form(route), place, odd))
            assert_answer(route, reply, f"{place}: {odd}")
            after = bookkeeping_aside(portal)
            if reply.status_code != 200:
                assert after == before, f"{place}: {odd}"
                refused += 1
            before = after
    assert refused
    assert scene.failures == 0


@pytest.mark.parametrize("route", [route for route in GUARDED if route.codes], ids=str)
def test_a_code_is_text_and_what_is_none_costs_no_attempt(scene: Scene, route: Route) -> None:
    """Six digits sent as a number have lost what they begin with."""
    name = next(name for name in route.fields if name in CODES)
    optional = route.operation.takes is None or not route.operation.takes.model_fields[name].is_required()
    for odd in ODD:
        reply = scene.ask(route, **{name: odd})
        if not (optional and odd in (None, "")):
            assert reply.status_code == 400, f"{odd}: {reply.text}"
    assert scene.failures == 0


def test_a_code_sent_as_a_number_is_not_spent(scene: Scene) -> None:
    for route in GUARDED:
        name = next((name for name in route.fields if name in {"totp_code", "totp", "code"}), None)
        if name and route.operation.name != "recover_totp":
            code = scene.phone.next_code()
            as_number: Form = {name: int(code)}
            assert scene.ask(route, **as_number).status_code == 400
            scene.phone.clock.advance(seconds=-PERIOD)  # since filling in the form has taken the next one
            as_text: Form = {name: code}
            assert scene.ask(route, **as_text).status_code == 200


def test_a_field_that_must_be_there_is_asked_for_by_its_name(scene: Scene) -> None:
    for route in GUARDED:
        takes = route.operation.takes if route.has_body else None
        required = [name for name, field in takes.model_fields.items() if field.is_required()] if takes else []
        for name in required:
            form = scene.form(route)
            del form[name]
            key = scene.key_of(route)
            without = scene.caller.open(route.operation.method, scene.path(route), key, json=form)
            assert without.status_code == 400
            assert name in without.get_json()["error_message"]
            unfit = [
                odd for odd in NO_TEXTS if (name, odd) != ("recovery_codes", [])
            ]  # to whom none are brought, some are made
            assert {scene.ask(route, **{name: odd}).status_code for odd in unfit} == {400}


def test_what_is_not_asked_for_is_passed_over(scene: Scene) -> None:
    """Clients send more: path parameters in the body, telemetry, and what a later version of them knows."""
    for route in GUARDED:
        if route.operation.name in {"update_user", "search_users", "update_member", "search_members"}:
            more: Form = {
                "user_id": "somebody-else",
                "telemetry_id": 5,
                "attributes": {"ip_address": []},
                "x" * 1000: {},
            }
            assert scene.ask(route, **more).status_code == 200, str(route)


ODD_PARTS = [
    "x",
    "0",
    "user-live-00000000-0000-0000-0000-000000000000",
    "user-live-not-a-uuid",
    "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd",
    "USER-LIVE-E3795C81-F849-4167-BFDA-E4A6E9C280FD",
    "user_" + "z" * 27,
    "user_" + "0" * 27,
    "totp_" + "é" * 27,
    "' OR 1=1--",
    "%00",
    "%0d%0aSet-Cookie:%20a=b",
    "%ff%fe",
    "%ed%a0%80",
    "%EF%BC%91",
    "..",
    "%25",
    "a%3Fb",
    "x" * 3000,
]


def test_odd_names_in_a_path_are_of_nobody(scene: Scene, portal: Portal) -> None:
    before = bookkeeping_aside(portal)
    for route in ALL:
        pattern, named = route.operation.path.split("/"), scene.path(route).split("/")
        for place in (place for place, one in enumerate(pattern) if one.startswith("{")):
            for part in ODD_PARTS:
                path = "/".join([*named[:place], part, *named[place + 1 :]])
                sent = {"json": scene.form(route)} if route.has_body else {"query_string": scene.form(route)}
                reply = scene.caller.open(route.operation.method, path, scene.key_of(route), **sent)
                assert reply.status_code in {400, 404}, f"{route} {part}: {reply.text}"
                assert_answer(route, reply, part)
                assert "Set-Cookie" not in reply.headers
    assert bookkeeping_aside(portal) == before


ODD_QUERIES = [
    "",
    "{name}",
    "{name}=",
    "{name}=a&{name}=a",
    "{name}=%00",
    "{name}=%ff",
    "{name}=%ed%a0%80",
    "{name}=" + quote("' OR 1=1--"),
    "{name}[]=a",
    "{name}[$ne]=",
    "{name}=" + "x" * 10_000,
    "{NAME}=a",
    ";{name}=a",
    "&" * 2000,
]


def test_odd_queries_are_refused_in_words(scene: Scene, portal: Portal) -> None:
    before = bookkeeping_aside(portal)
    asking = [route for route in GUARDED if route.operation.method == "GET" and route.fields]
    for route in asking:
        name = route.fields[0]
        for query in (odd.replace("{name}", name).replace("{NAME}", name.upper()) for odd in ODD_QUERIES):
            reply = scene.caller.open("GET", f"{scene.path(route)}?{query}", scene.key_of(route))
            assert reply.status_code in {400, 404} or (reply.status_code == 200 and not query.startswith(f"{name}=")), (
                f"{route} {query}: {reply.text}"
            )
            assert_answer(route, reply, query)
    assert len(asking) == 5
    assert bookkeeping_aside(portal) == before


WHOSE = {"user_id", "member_id", "organization_id"}


def test_a_code_in_the_address_does_not_count(scene: Scene) -> None:
    for route in GUARDED:
        if route.codes:
            form = {name: value for name, value in scene.form(route).items() if name in WHOSE | CODES and value}
            key = scene.key_of(route)
            reply = scene.caller.open("POST", scene.path(route), key, query_string=form)
            assert reply.status_code == 400, str(route)
    assert scene.failures == 0
