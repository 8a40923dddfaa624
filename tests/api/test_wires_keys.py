"""Every operation for keys, tried with every kind of key: what is refused changes nothing."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.api.stytch.b2b.surface import STYTCH_B2B
from app.domain.projects import OVERLAP
from app.portal import Portal
from app.services import project_upkeep
from app.web.cookies import Cookie
from tests.support.applications import Application, basic, made
from tests.support.clock import TestClock
from tests.support.people import People
from tests.support.tables import Look, dump, watching
from tests.support.wires import (
    ALL,
    FOR_KEYS,
    GUARDED,
    LOOKED_AT,
    Headers,
    Route,
    Scene,
    assert_form,
    bookkeeping_aside,
    in_order,
    kind_in,
    look_at_somebody,
)

Kind = Callable[[Application, Route], Headers]


def _said(value: str) -> Kind:
    return lambda _application, _route: {"Authorization": value}


def _other_scheme(application: Application, route: Route) -> Headers:
    return application.basic if route.is_bearer else application.bearer


def _secret(spelled: Callable[[Application], str]) -> Kind:
    return lambda application, route: route.key_of(replace(application, secret=spelled(application)))


NO_KEYS: dict[str, Kind] = {
    "none": lambda _application, _route: {},
    "empty": _said(""),
    "words": _said("let me in"),
    "a scheme alone": lambda _application, route: {"Authorization": "Bearer " if route.is_bearer else "Basic "},
    "no base64": _said("Basic %%%"),
    "no colon": _said("Basic " + base64.b64encode(b"project-live-1").decode()),
    "no UTF-8": _said("Basic " + base64.b64encode(b"\xff:\xfe").decode()),
    "no secret": lambda application, _route: basic(application.id, ""),
    "no project": lambda application, _route: basic("", application.secret),
    "the secret as it is": lambda application, _route: {"Authorization": application.secret},
    "digest": _said('Digest username="a", realm="b", nonce="c", uri="/", response="d"'),
    "long": _said("Bearer " + "x" * 8000),
    "a NUL": _said("Bearer \x00"),
    "a wrong secret": _secret(lambda application: application.secret[:-1] + "~"),
    "the id for a secret": _secret(lambda application: application.id),
    "the public token": _secret(lambda application: application.project.public_token),
    "the scheme of another wire": _other_scheme,
    "another header": lambda application, route: {
        "X-Api-Key": application.secret,
        "Proxy-Authorization": route.key_of(application)["Authorization"],
    },
}


@pytest.fixture
def whole(scene: Scene, portal: Portal) -> Iterator[Look]:
    with watching(portal, {}) as look:
        yield look


def assert_unauthorized(route: Route, reply: TestResponse, said: str = "") -> None:
    assert reply.status_code == 401, f"{route} {said}: {reply.text}"
    assert_form(route.errors, reply, f"{route} {said}")
    assert kind_in(reply) == route.dialect.kinds[401]
    scheme = "Bearer" if route.is_bearer else "Basic"
    assert reply.headers["WWW-Authenticate"] == f'{scheme} realm="Sparekey"'


def assert_refused_everywhere(scene: Scene, whole: Look, key_for: Callable[[Route], Headers], said: str = "") -> None:
    for route in GUARDED:
        form, key, before = scene.form(route), key_for(route), whole()
        assert_unauthorized(route, scene.tell(route, form, key), said)
        assert whole() == before, f"{route} {said}"


def test_without_a_key_nothing_is_told_and_nothing_changes(scene: Scene, whole: Look) -> None:
    for said, kind in NO_KEYS.items():
        assert_refused_everywhere(scene, whole, lambda route: kind(scene.side(route).application, route), said)  # noqa: B023


@pytest.mark.parametrize("whose", ["kiosk", "neighbour"])
def test_a_secret_is_good_for_its_own_project_alone(scene: Scene, whose: str, request: pytest.FixtureRequest) -> None:
    """Where the id of a project is sent along."""
    other: Application = request.getfixturevalue(whose)
    with_ids = [route for route in GUARDED if not route.is_bearer]
    before = dump(scene.application.portal)
    for route in with_ids:
        ours = scene.side(route).application
        for name, secret in ((other.id, ours.secret), (ours.id, other.secret), ("project-live-x", ours.secret)):
            assert_unauthorized(route, scene.ask(route, basic(name, secret)))
    after = dump(scene.application.portal)
    del before["project_secret"], after["project_secret"]
    assert after == before
    assert with_ids


def test_a_revoked_secret_opens_nothing_from_that_moment_on(scene: Scene, whole: Look, portal: Portal) -> None:
    new = {}
    for look in project_upkeep.all_of_them(portal):
        (secret,), project = look.secrets, look.project.public_id
        new[project] = project_upkeep.rotate_secret(portal, project, overlap=timedelta(days=1)).secret
        project_upkeep.revoke_secret(portal, project, secret.public_id)
    assert_refused_everywhere(scene, whole, scene.key_of)
    for side in (scene.shop, scene.suite):
        side.application.secret = new[side.application.project.public_id]
    for route in GUARDED:
        assert scene.ask(route).status_code != 401, str(route)


def test_a_secret_that_was_replaced_works_on_until_its_time_is_over(
    scene: Scene, whole: Look, clock: TestClock
) -> None:
    for side in (scene.shop, scene.suite):
        ours = side.application
        project_upkeep.rotate_secret(ours.portal, ours.project.public_id, overlap=OVERLAP)
    clock.advance(seconds=OVERLAP.total_seconds() - 1)
    assert {scene.ask(look_at_somebody(dialect)).status_code for dialect in FOR_KEYS if dialect in LOOKED_AT} == {200}
    clock.advance(seconds=1)
    assert_refused_everywhere(scene, whole, scene.key_of)


def test_of_a_removed_project_nothing_opens_anything(scene: Scene, whole: Look) -> None:
    for side in (scene.shop, scene.suite):
        project_upkeep.remove(side.application.portal, side.application.project.public_id)
    assert_refused_everywhere(scene, whole, scene.key_of)


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
    before = dump(portal)
    for route in GUARDED:
        secret = scene.side(route).application.secret
        for name in ("api_key", "secret", "access_token", "Authorization"):
            path = f"{scene.path(route)}?{name}={secret}"
            assert_unauthorized(route, scene.caller.open(route.operation.method, path, json={}))
    assert dump(portal) == before


def test_the_public_keys_of_a_project_are_for_whoever_can_name_it(scene: Scene) -> None:
    """By its id in the path on one wire, by its public token in the query on the other; a strange key is no use."""
    public = {str(route): route for route in ALL if route.operation.open and not route.by_browser}
    assert set(public) == {"streambird.get_jwks", "stytch.get_jwks", "stytch_b2b.get_member_jwks"}
    by_path, by_token = [public["stytch.get_jwks"], public["stytch_b2b.get_member_jwks"]], public["streambird.get_jwks"]
    replies = [scene.ask(one, kind(scene.side(one).application, one)) for one in by_path for kind in NO_KEYS.values()]
    named = scene.ask(by_token, {})
    assert {reply.status_code for reply in [*replies, named]} == {200}
    assert {len(reply.get_json()["keys"]) for reply in [*replies, named]} == {1}
    nobody = scene.ask(by_token, {}, api_key="public-token-live-of-nobody")
    assert (nobody.status_code, kind_in(nobody)) == (401, "unauthorized")


# keys that are right, and not for this


def test_the_permission_for_secrets_is_asked_for_just_where_it_is_announced(
    scene: Scene, kiosk: Application, portal: Portal
) -> None:
    wide = made(portal, "Kiosks", installation=True, permissions=frozenset())
    for route in GUARDED:
        before = bookkeeping_aside(portal)
        reply = scene.ask(route, route.key_of(wide if route.dialect.across_organizations else kiosk))
        assert (reply.status_code == 403) is route.operation.secrets, f"{route}: {reply.text}"
        if reply.status_code == 403:
            assert bookkeeping_aside(portal) == before, str(route)
            assert kind_in(reply) == route.dialect.kinds[403]
    assert len([route for route in GUARDED if route.operation.secrets]) == 13


def test_with_the_permission_no_key_is_refused_for_want_of_it(scene: Scene) -> None:
    assert [str(route) for route in GUARDED if scene.ask(route).status_code in {401, 403}] == []


def test_a_project_of_the_whole_installation_is_for_wires_with_several_organizations(
    scene: Scene, portal: Portal
) -> None:
    before = bookkeeping_aside(portal)
    of_one = [route for route in GUARDED if not route.dialect.across_organizations]
    for route in of_one:
        reply = scene.ask(route, route.key_of(scene.suite.application))
        assert (reply.status_code, kind_in(reply)) == (403, route.dialect.kinds[403]), str(route)
    assert bookkeeping_aside(portal) == before
    assert len({route.dialect.name for route in of_one}) == 3


def test_a_project_of_one_organization_does_in_it_what_others_do_in_all(scene: Scene) -> None:
    """But for making and removing organizations; and what is another's, by id, session or profile, stays that."""
    told = {}
    for route in in_order(STYTCH_B2B):
        if route.is_ours and not route.operation.open:
            reply = scene.ask(route, scene.application.basic)
            told[route.name] = (reply.status_code, reply.get_json().get("error_type"))
    assert {name: said for name, said in told.items() if said != (200, None)} == {
        "create_organization": (403, "unauthorized_action"),
        "delete_organization": (404, "organization_not_found"),
        "delete_organization_external_id": (404, "organization_not_found"),
        "authenticate_member_session": (404, "session_not_found"),
        "revoke_member_session": (404, "session_not_found"),
        "exchange_member_session": (404, "session_not_found"),
        "exchange_intermediate_session": (404, "intermediate_session_not_found"),
        "attest_member_session": (404, "trusted_token_profile_not_found"),
    }
    assert len(told) > 25


def test_another_organization_has_nobody_of_ours(scene: Scene, neighbour: Application, portal: Portal) -> None:
    of_their_own = {"create_user", "search_users", "search_organizations"}
    before = bookkeeping_aside(portal)
    for route in GUARDED:
        if route.name not in of_their_own:
            reply = scene.ask(route, route.key_of(neighbour))
            refused = {403} if route.name == "create_organization" else {400, 404, 422}
            assert reply.status_code in refused, f"{route}: {reply.text}"
            assert "example.org" not in reply.text
    assert bookkeeping_aside(portal) == before


def test_a_search_finds_nothing_of_another_organization(scene: Scene, neighbour: Application) -> None:
    for route in GUARDED:
        if route.name in {"search_users", "search_organizations"}:
            mine, theirs = scene.ask(route), scene.ask(route, route.key_of(neighbour))
            assert mine.get_json()[_list_in(route)]
            assert theirs.get_json()[_list_in(route)] == []


def test_who_asks_in_the_name_of_a_member_is_given_nothing(scene: Scene, portal: Portal) -> None:
    """The key may do more than they."""
    before = bookkeeping_aside(portal)
    for route in GUARDED:
        if route.dialect is STYTCH_B2B:
            for header in ("X-Stytch-Member-Session", "X-Stytch-Member-SessionJWT"):
                reply = scene.ask(route, {**scene.key_of(route), header: scene.suite.token})
                assert (reply.status_code, kind_in(reply)) == (403, "session_authorization_error")
    assert bookkeeping_aside(portal) == before


def _list_in(route: Route) -> str:
    return "organizations" if route.name == "search_organizations" else _USERS[route.dialect.name]


_USERS = {"stytch": "results", "streambird": "users"}
