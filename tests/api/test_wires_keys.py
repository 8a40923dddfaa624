"""Every operation of every wire, tried with every kind of key: what is refused changes nothing."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.domain.projects import OVERLAP
from app.portal import Portal
from app.services import project_upkeep
from app.web.cookies import Cookie
from tests.support.applications import Application, Caller, made
from tests.support.clock import TestClock
from tests.support.people import People
from tests.support.tables import dump
from tests.support.wires import ALL, GUARDED, Route, Scene, bookkeeping_aside

Headers = dict[str, str]


@pytest.fixture
def scene(caller: Caller, shop: Application, clock: TestClock) -> Scene:
    return Scene.of(caller, shop, clock)


def _basic(name: str, secret: str) -> Headers:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


def _said(value: str) -> Callable[[Scene, Route], Headers]:
    return lambda _scene, _route: {"Authorization": value}


def _other_scheme(scene: Scene, route: Route) -> Headers:
    return scene.application.basic if route.is_bearer else scene.application.bearer


def _wrong_secret(scene: Scene, route: Route) -> Headers:
    return route.key_of(replace(scene.application, secret=scene.application.secret[:-1] + "~"))


NO_KEYS: dict[str, Callable[[Scene, Route], Headers]] = {
    "none": lambda _scene, _route: {},
    "empty": _said(""),
    "words": _said("let me in"),
    "a scheme alone": lambda _scene, route: {"Authorization": "Bearer " if route.is_bearer else "Basic "},
    "no base64": _said("Basic %%%"),
    "no colon": _said("Basic " + base64.b64encode(b"project-live-1").decode()),
    "no UTF-8": _said("Basic " + base64.b64encode(b"\xff:\xfe").decode()),
    "no secret": lambda scene, _route: _basic(scene.application.id, ""),
    "no project": lambda scene, _route: _basic("", scene.application.secret),
    "the secret as it is": lambda scene, _route: {"Authorization": scene.application.secret},
    "digest": _said('Digest username="a", realm="b", nonce="c", uri="/", response="d"'),
    "long": _said("Bearer " + "x" * 8000),
    "a NUL": _said("Bearer \x00"),
    "a wrong secret": _wrong_secret,
    "the id for a secret": lambda scene, route: route.key_of(replace(scene.application, secret=scene.application.id)),
    "the public token": lambda scene, route: route.key_of(
        replace(scene.application, secret=scene.application.project.public_token)
    ),
    "the scheme of another wire": _other_scheme,
    "another header": lambda scene, route: {
        "X-Api-Key": scene.application.secret,
        "Proxy-Authorization": route.key_of(scene.application)["Authorization"],
    },
}


def assert_unauthorized(route: Route, reply: TestResponse) -> None:
    assert reply.status_code == 401, str(route)
    error = reply.get_json()
    assert route.dialect.error.model_validate(error).model_dump(mode="json") == error
    assert error["error_type"] == route.dialect.kinds[401]
    scheme = "Bearer" if route.is_bearer else "Basic"
    assert reply.headers["WWW-Authenticate"] == f'{scheme} realm="Sparekey"'


def assert_refused_everywhere(scene: Scene, key_for: Callable[[Route], Headers]) -> None:
    before = dump(scene.application.portal)
    for route in GUARDED:
        assert_unauthorized(route, scene.ask(route, key_for(route)))
    assert dump(scene.application.portal) == before


@pytest.mark.parametrize("kind", NO_KEYS)
def test_without_a_key_nothing_is_told_and_nothing_changes(scene: Scene, kind: str) -> None:
    assert_refused_everywhere(scene, lambda route: NO_KEYS[kind](scene, route))


@pytest.mark.parametrize("whose", ["kiosk", "neighbour"])
def test_a_secret_is_good_for_its_own_project_alone(scene: Scene, whose: str, request: pytest.FixtureRequest) -> None:
    """Where the id of a project is sent along."""
    other: Application = request.getfixturevalue(whose)
    with_ids = [route for route in GUARDED if not route.is_bearer]
    before = dump(scene.application.portal)
    for route in with_ids:
        assert_unauthorized(route, scene.ask(route, _basic(other.id, scene.application.secret)))
        assert_unauthorized(route, scene.ask(route, _basic(scene.application.id, other.secret)))
        assert_unauthorized(route, scene.ask(route, _basic("project-live-x", scene.application.secret)))
    after = dump(scene.application.portal)
    del before["project_secret"], after["project_secret"]
    assert after == before
    assert with_ids


def test_a_revoked_secret_opens_nothing_from_that_moment_on(scene: Scene) -> None:
    shop = scene.application
    (secret,) = [one for look in project_upkeep.all_of_them(shop.portal) for one in look.secrets]
    new = project_upkeep.rotate_secret(shop.portal, shop.project.public_id, overlap=timedelta(days=1)).secret
    project_upkeep.revoke_secret(shop.portal, shop.project.public_id, secret.public_id)
    assert_refused_everywhere(scene, lambda route: route.key_of(shop))
    assert {scene.ask(route, route.key_of(replace(shop, secret=new))).status_code for route in GUARDED} - {401}


def test_a_secret_that_was_replaced_works_on_until_its_time_is_over(scene: Scene, clock: TestClock) -> None:
    shop = scene.application
    project_upkeep.rotate_secret(shop.portal, shop.project.public_id, overlap=OVERLAP)
    clock.advance(seconds=OVERLAP.total_seconds() - 1)
    get_user = next(route for route in GUARDED if route.operation.name == "get_user")
    assert scene.ask(get_user).status_code == 200
    clock.advance(seconds=1)
    assert_refused_everywhere(scene, lambda route: route.key_of(shop))


def test_of_a_removed_project_nothing_opens_anything(scene: Scene) -> None:
    shop = scene.application
    project_upkeep.remove(shop.portal, shop.project.public_id)
    assert_refused_everywhere(scene, lambda route: route.key_of(shop))


def test_a_session_of_the_portal_is_no_key(app: Flask, scene: Scene, people: People, portal: Portal) -> None:
    name, value = f"sparekey-{Cookie.SESSION}-{portal.settings.port}", people.owner().token
    browser = app.test_client()
    browser.set_cookie(name, value or "")
    assert browser.get("/account").status_code == 200
    before = dump(portal)
    for route in GUARDED:
        reply = browser.open(scene.path(route), method=route.operation.method, json=scene.form(route))
        assert_unauthorized(route, reply)
    assert dump(portal) == before


def test_a_key_is_no_session_of_the_portal(app: Flask, scene: Scene) -> None:
    for path in ("/account", "/members", "/account/recovery-codes"):
        for key in (scene.application.basic, scene.application.bearer):
            assert app.test_client().get(path, headers=key).status_code == 303


def test_a_key_in_the_address_is_none(scene: Scene, portal: Portal) -> None:
    secret, before = scene.application.secret, dump(portal)
    for route in GUARDED:
        for name in ("api_key", "secret", "access_token", "Authorization"):
            path = f"{scene.path(route)}?{name}={secret}"
            assert_unauthorized(route, scene.caller.open(route.operation.method, path, json={}))
    assert dump(portal) == before


def test_the_public_keys_of_a_project_are_for_whoever_can_name_it(scene: Scene) -> None:
    """By its id in the path on one wire, by its public token in the query on the other; a strange key is no use."""
    public = {str(route): route for route in ALL if route.operation.open}
    assert set(public) == {"streambird.get_jwks", "stytch.get_jwks"}
    by_path, by_token = public["stytch.get_jwks"], public["streambird.get_jwks"]
    replies = [scene.ask(by_path, kind(scene, by_path)) for kind in NO_KEYS.values()]
    named = scene.ask(by_token, {})
    assert {reply.status_code for reply in [*replies, named]} == {200}
    assert len({reply.get_json()["keys"][0]["kid"] for reply in [*replies, named]}) == 1
    nobody = scene.ask(by_token, {}, api_key="public-token-live-of-nobody")
    assert (nobody.status_code, nobody.get_json()["error_type"]) == (401, "unauthorized")


# keys that are right, and not for this


def test_the_permission_for_secrets_is_asked_for_just_where_it_is_announced(
    scene: Scene, kiosk: Application, portal: Portal
) -> None:
    for route in GUARDED:
        before = bookkeeping_aside(portal)
        reply = scene.ask(route, route.key_of(kiosk))
        assert (reply.status_code == 403) is route.operation.secrets, f"{route}: {reply.text}"
        if reply.status_code == 403:
            assert bookkeeping_aside(portal) == before, str(route)
            assert reply.get_json()["error_type"] == route.dialect.kinds[403]
    assert len([route for route in GUARDED if route.operation.secrets]) == 6


def test_with_the_permission_no_key_is_refused_for_want_of_it(scene: Scene) -> None:
    assert [str(route) for route in GUARDED if scene.ask(route).status_code in {401, 403}] == []


def test_a_project_of_the_whole_installation_is_for_other_wires(scene: Scene, portal: Portal) -> None:
    everywhere = made(portal, "Everywhere", installation=True)
    before = bookkeeping_aside(portal)
    for route in GUARDED:
        reply = scene.ask(route, route.key_of(everywhere))
        assert (reply.status_code, reply.get_json()["error_type"]) == (403, route.dialect.kinds[403]), str(route)
    assert bookkeeping_aside(portal) == before


def test_another_organization_has_nobody_of_ours(scene: Scene, neighbour: Application, portal: Portal) -> None:
    of_their_own = {"create_user", "search_users"}
    before = bookkeeping_aside(portal)
    for route in GUARDED:
        if route.operation.name not in of_their_own:
            reply = scene.ask(route, route.key_of(neighbour))
            assert reply.status_code in {400, 404}, f"{route}: {reply.text}"
            assert "example.org" not in reply.text
    assert bookkeeping_aside(portal) == before


def test_a_search_finds_nobody_of_another_organization(scene: Scene, neighbour: Application) -> None:
    for route in GUARDED:
        if route.operation.name == "search_users":
            mine = scene.ask(route).get_json()
            theirs = scene.caller.open("POST", scene.path(route), route.key_of(neighbour), json={}).get_json()
            assert mine[_list_in(mine)]
            assert theirs[_list_in(theirs)] == []


def _list_in(found: dict[str, object]) -> str:
    return "users" if "users" in found else "results"
