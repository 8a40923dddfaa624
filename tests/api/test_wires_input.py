"""Whatever is sent in any field, the answer is in the form of the wire and never a fault; nothing is tried for it."""

import copy
import math
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.test import TestResponse

from app.api.application import DIALECTS
from app.api.dynamic.surface import DYNAMIC
from app.api.wire import Dialect
from app.portal import Portal
from tests.support.tables import Look
from tests.support.wire_forms import Form
from tests.support.wires import ALL, CODES, Route, Scene, assert_form, in_order, keeping, sentence_in

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
ANSWERS = {200, 400, 401, 403, 404, 409, 422}
WITH_BODIES = [one for one in DIALECTS if any(route.has_body for route in in_order(one))]


@pytest.fixture
def kept(scene: Scene, portal: Portal) -> Iterator[Look]:
    with keeping(portal) as look:
        yield look


def assert_answer(route: Route, reply: TestResponse, odd: object) -> None:
    said = f"{route}, {str(odd)[:60]}: {reply.text[:200]}"
    assert reply.status_code in ANSWERS, said
    if reply.status_code != 200:
        assert_form(route.errors, reply, said)


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


@pytest.mark.parametrize("dialect", WITH_BODIES, ids=lambda dialect: dialect.name)
def test_odd_values_in_any_field_are_refused_in_words_and_change_nothing(
    scene: Scene, kept: Look, dialect: Dialect
) -> None:
    """Or they are taken, where a field may be anything; then there is a new scene for the next operation."""
    scene.browsers = dialect.browsers is not None
    for route in (one for one in in_order(dialect) if one.has_body):
        if scene.browsers:
            scene.stay_fresh()
        taken = _tries_odd_values(scene, kept, route)
        assert scene.failures == 0, str(route)
        if taken:
            assert scene.ask(route).status_code == 200 or route.name not in PUTS_RIGHT
            scene.begin()


PUTS_RIGHT = {route.name for route in ALL if route.operation.method == "PUT"} - {"reactivate_member"}
"""What says of something all that there is to say of it."""


def _tries_odd_values(scene: Scene, kept: Look, route: Route) -> bool:
    """Whether any of them was taken."""
    refused, taken = 0, False
    for place in list(places(scene.form(route))):
        for odd in ODD:
            form, before = with_odd(scene.form(route), place, odd), kept()
            reply = scene.tell(route, form)
            assert_answer(route, reply, f"{place}: {odd}")
            if reply.status_code == 200:
                taken = True
            else:
                assert kept() == before, f"{route}, {place}: {odd}"
                refused += 1
    assert refused, str(route)
    return taken


def test_a_code_is_text_and_what_is_none_costs_no_attempt(scene: Scene, kept: Look) -> None:
    """Six digits sent as a number have lost what they begin with."""
    for route in (one for one in ALL if one.codes):
        name = next(name for name in route.fields if name in CODES)
        unfit = {400, 422} if route.dialect is DYNAMIC else {400}
        for odd in (one for one in ODD if name in route.required or one not in (None, "")):
            form, before = {**scene.form(route), name: odd}, kept()
            reply = scene.tell(route, form)
            assert reply.status_code in unfit, f"{route}, {odd}: {reply.text}"
            assert kept() == before, f"{route}, {odd}"
    assert scene.failures == 0


def test_a_code_sent_as_a_number_is_not_spent(scene: Scene) -> None:
    tried = 0
    for route in (one for one in ALL if one.codes):
        form = scene.form(route)
        name = next(name for name in route.fields if name in CODES)
        if form[name].isdecimal():
            assert scene.tell(route, {**form, name: int(form[name])}).status_code == 400, str(route)
            assert scene.tell(route, form).status_code == 200, str(route)
            tried += 1
    assert tried == 7


def test_a_field_that_must_be_there_is_asked_for_by_its_name(scene: Scene) -> None:
    for route in (one for one in ALL if one.has_body):
        for name in route.required:
            form = scene.form(route)
            without = scene.tell(route, {one: value for one, value in form.items() if one != name} or {"x": 1})
            assert without.status_code == 400, str(route)
            assert name in sentence_in(without)
            unfit = [
                odd for odd in NO_TEXTS if (name, odd) != ("recovery_codes", [])
            ]  # to whom none are brought, some are made
            assert {scene.tell(route, {**form, name: odd}).status_code for odd in unfit} == {400}, str(route)


UPDATING = {"update_user", "search_users", "update_member", "search_members", "update_own_user", "update_own_member"}


def test_what_is_not_asked_for_is_passed_over(scene: Scene) -> None:
    """Clients send more: path parameters in the body, telemetry, and what a later version of them knows."""
    for route in ALL:
        if route.name in UPDATING:
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


def test_odd_names_in_a_path_are_of_nobody(scene: Scene, kept: Look) -> None:
    for route in ALL:
        pattern, named = route.operation.path.split("/"), scene.path(route).split("/")
        form, key = scene.form(route), scene.key_of(route)
        before = kept()
        for place, name in ((place, one) for place, one in enumerate(pattern) if one.startswith("{")):
            unknown = {401, 404} if name in NAMES_OF_PROJECTS else {400, 404, 422}
            for part in ODD_PARTS:
                path = "/".join([*named[:place], part, *named[place + 1 :]])
                sent = {"json": form} if route.has_body else {"query_string": form}
                reply = scene.caller.open(route.operation.method, path, key, **sent)
                assert reply.status_code in unknown, f"{route} {part}: {reply.text}"
                assert_answer(route, reply, part)
                assert "Set-Cookie" not in reply.headers
        assert kept() == before, str(route)


NAMES_OF_PROJECTS = {"{environment_id}", "{public_token}", "{project_id}"}


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


def test_odd_queries_are_refused_in_words(scene: Scene, kept: Look) -> None:
    before = kept()
    asking = [route for route in ALL if route.operation.method == "GET" and route.fields and not route.operation.open]
    for route in asking:
        name = route.fields[0]
        for query in (odd.replace("{name}", name).replace("{NAME}", name.upper()) for odd in ODD_QUERIES):
            reply = scene.caller.open("GET", f"{scene.path(route)}?{query}", scene.key_of(route))
            assert reply.status_code in {400, 404} or (reply.status_code == 200 and not query.startswith(f"{name}=")), (
                f"{route} {query}: {reply.text}"
            )
            assert_answer(route, reply, query)
    assert len(asking) == 7
    assert kept() == before


WHOSE = {"user_id", "member_id", "organization_id"}


def test_a_code_in_the_address_does_not_count(scene: Scene) -> None:
    for route in ALL:
        if route.codes:
            form = {name: value for name, value in scene.form(route).items() if name in WHOSE | CODES and value}
            key = scene.key_of(route)
            reply = scene.caller.open("POST", scene.path(route), key, query_string=form)
            assert reply.status_code == 400, str(route)
    assert scene.failures == 0
