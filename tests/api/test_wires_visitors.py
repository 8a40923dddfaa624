"""Every operation for browsers, tried with every kind of session: it is for whoever sits there, and for nobody else."""

import base64
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from uuid import uuid4

import jwt
import pytest
from werkzeug.test import TestResponse

from app.api.dynamic.surface import DYNAMIC
from app.api.stytch import ids
from app.api.stytch.browsers.b2b_surface import STYTCH_B2B_BROWSERS
from app.domain.sessions import FRESH_FOR
from app.portal import Portal
from app.services import project_upkeep
from tests.support import issuers
from tests.support.applications import Application, basic
from tests.support.clock import TestClock
from tests.support.issuers import Issuer
from tests.support.people import People
from tests.support.tables import Look
from tests.support.wires import (
    BROWSED,
    OWN,
    PAGE,
    Headers,
    Route,
    Scene,
    assert_form,
    content_of,
    keeping,
    kind_in,
    named,
)

Kind = Callable[[Scene, Route], str]


@pytest.fixture
def kept(scene: Scene, portal: Portal) -> Iterator[Look]:
    with keeping(portal) as look:
        yield look


def refusal(route: Route, reply: TestResponse) -> tuple[int, str]:
    assert_form(route.errors, reply, f"{route}: {reply.text}")
    return reply.status_code, kind_in(reply)


def said(reply: TestResponse) -> dict[str, Any]:
    """All of it but which request it was."""
    return {name: value for name, value in reply.get_json().items() if name != "request_id"}


def nobody_at(route: Route) -> tuple[int, str]:
    """What is said where there is no session."""
    return (401, "unauthorized") if route.dialect is DYNAMIC else (401, "user_unauthenticated")


def unknown_at(route: Route) -> tuple[int, str]:
    return (401, "unauthorized") if route.dialect is DYNAMIC else (404, "session_not_found")


def replaced_at(route: Route) -> tuple[int, str]:
    """For a minute. Dynamic's client does nothing of its own where it is refused, and is told no more."""
    return (401, "unauthorized") if route.dialect is DYNAMIC else (401, "session_token_replaced")


# who sits there


def test_without_a_session_nothing_is_told_and_nothing_changes(scene: Scene, kept: Look) -> None:
    for route in OWN:
        form, before = scene.form(route), kept()
        reply = scene.tell(route, form, route.key_of(scene.side(route).application))
        assert refusal(route, reply) == nobody_at(route), str(route)
        assert "WWW-Authenticate" not in reply.headers, "or browsers ask for a name and a password"
        assert kept() == before, str(route)


def _of_another_wire(scene: Scene, route: Route) -> str:
    return scene.shop.token if route.dialect is DYNAMIC else scene.shop.access


def _of_another_project(scene: Scene, route: Route) -> str:
    """Of the same people, in the same organization where it has one."""
    if route.dialect is DYNAMIC:
        return scene.suite.token
    return scene.shop.token if route.dialect.across_organizations else scene.suite.token


def _claims_of(scene: Scene) -> tuple[dict[str, Any], dict[str, Any]]:
    decoded = jwt.decode_complete(scene.shop.access, options={"verify_signature": False})
    return decoded["header"], decoded["payload"]


def _unsigned(scene: Scene, _route: Route) -> str:
    header, claims = _claims_of(scene)
    return issuers.unsigned({**header, "alg": "none"}, claims)


def _signed_by_somebody_else(scene: Scene, _route: Route) -> str:
    header, claims = _claims_of(scene)
    return _stranger().signs(claims, **header)


@cache
def _stranger() -> Issuer:
    return issuers.rsa_issuer()


def _signed_with_the_public_key(scene: Scene, _route: Route) -> str:
    _, claims = _claims_of(scene)
    return issuers.signed_with_text(scene.application.project.public_token, claims)


NO_SESSIONS: dict[str, Kind] = {
    "made up": lambda _scene, _route: "x" * 43,
    "long": lambda _scene, _route: "x" * 8000,
    "an id": lambda scene, _route: str(scene.ada),
    "a secret of the project": lambda scene, route: scene.side(route).application.secret,
    "a token of halfway": lambda scene, _route: scene.halfway,
    "the token of a login": lambda scene, route: scene.side(route).login.token(str(scene.ada), scene.clock),
    "of another wire": _of_another_wire,
    "of another project": _of_another_project,
    "unsigned": _unsigned,
    "signed by somebody else": _signed_by_somebody_else,
    "signed with what is public": _signed_with_the_public_key,
}


def test_what_is_no_session_of_the_project_is_as_unknown_as_none_that_ever_was(
    scene: Scene, kept: Look, people: People
) -> None:
    tokens = {kind: [make(scene, route) for route in OWN] for kind, make in NO_SESSIONS.items()}
    tokens["of the portal"] = [people.owner().token or ""] * len(OWN)
    forms = [scene.form(route) for route in OWN]
    for place, route in enumerate(OWN):
        told = {}
        for kind in tokens:
            before = kept()
            key = route.key_of(scene.side(route).application, tokens[kind][place])
            reply = scene.tell(route, forms[place], key)
            assert refusal(route, reply) == unknown_at(route), f"{route} {kind}"
            assert kept() == before, f"{route} {kind}"
            told[kind] = said(reply)
        assert all(one == told["made up"] for one in told.values()), str(route)


def test_a_session_of_one_project_is_unknown_to_another_of_the_same_organization(
    scene: Scene, kiosk: Application, kept: Look
) -> None:
    project_upkeep.admit(kiosk.portal, kiosk.project.public_id, PAGE)
    ours = scene.application.project
    for route in (one for one in OWN if not one.dialect.across_organizations):
        form, before = scene.form(route), kept()
        key = route.key_of(kiosk, scene.session_of(route))
        path = scene.path(route).replace(str(ours.environment_id), str(kiosk.project.environment_id))
        sent = {"json": form} if route.has_body else {"query_string": form}
        reply = scene.caller.open(route.operation.method, path, key, **sent)
        assert refusal(route, reply) == unknown_at(route), str(route)
        assert kept() == before, str(route)


def _told_by_all(scene: Scene) -> dict[str, tuple[int, str]]:
    """What each operation says to the sessions of now, without being done."""
    told = {}
    for route in OWN:
        sent = {"json": scene.form(route)} if route.has_body else {}
        reply = scene.caller.open(route.operation.method, scene.path(route), scene.key_of(route), **sent)
        told[str(route)] = refusal(route, reply)
    return told


def test_a_session_that_was_ended_or_ran_out_is_over_from_that_moment_on(
    scene: Scene, clock: TestClock, kept: Look
) -> None:
    everybody = {str(route): unknown_at(route) for route in OWN}
    for user in (scene.ada, scene.nora):
        listed = scene.caller.open("GET", f"/v1/sessions?user_id=user-live-{user}", scene.application.basic)
        for one in listed.get_json()["sessions"]:
            ended = {"session_id": one["session_id"]}
            scene.caller.open("POST", "/v1/sessions/revoke", scene.application.basic, json=ended)
        at_the_suite = {"member_id": f"member-live-{user}"}
        scene.caller.open("POST", "/v1/b2b/sessions/revoke", scene.suite.application.basic, json=at_the_suite)
    before = kept()
    assert _told_by_all(scene) == everybody
    assert kept() == before
    scene.sit_down()
    clock.advance(days=8)
    before = kept()
    assert _told_by_all(scene) == everybody
    assert kept() == before


def test_a_token_from_before_a_factor_was_shown_stands_for_the_session_no_longer(scene: Scene, kept: Look) -> None:
    """Whoever got hold of an early one must not come by what was proved later."""
    for name in ("stytch_browsers.authenticate_own_totp", "stytch_b2b_browsers.authenticate_own_member_totp"):
        _is_over_once_stepped_up(scene, kept, named(name))
    _is_over_once_stepped_up(scene, kept, named("dynamic.authenticate_own_totp"))


def _is_over_once_stepped_up(scene: Scene, kept: Look, stepping_up: Route) -> None:
    early = scene.session_of(stepping_up)
    assert scene.ask(stepping_up).status_code == 200
    for route in (one for one in OWN if one.dialect is stepping_up.dialect):
        form, before = scene.form(route), kept()
        reply = scene.tell(route, form, route.key_of(scene.side(route).application, early))
        assert refusal(route, reply) == replaced_at(route), str(route)
        assert kept() == before, str(route)


# which project it is


def _wrong_names(application: Application) -> list[Headers]:
    public, session = application.project.public_token, "x" * 43
    return [
        {},
        {"Authorization": ""},
        {"Authorization": f"Basic {public}"},
        {"Authorization": f"Bearer {public}"},
        {"Authorization": "Basic " + base64.b64encode(public.encode()).decode()},
        basic("", session),
        basic(public, ""),
        basic(public.upper(), session),
        basic(public[:-1], session),
        basic(f"{public} ", session),
        basic(application.id, application.secret),
        basic(application.id, session),
        basic(application.secret, session),
        basic("public-token-live-" + "0" * 43, session),
        basic("public\x00token", session),
    ]


def test_nobody_is_told_which_organizations_there_are(scene: Scene, kept: Look) -> None:
    """Neither who has the public token and no more, nor who has a session in one of them."""
    suite = scene.suite
    places = ["spare", "spare-1", ids.spell("organization", scene.spare), "nowhere", ids.spell("organization", uuid4())]
    naming = [one for one in BROWSED if "organization_id" in scene.form(one) and one.dialect is STYTCH_B2B_BROWSERS]
    assert len(naming) >= 4
    for route in naming:
        form = scene.form(route)
        form |= {"token": "x"} if "token" in form else {}
        for session in ("", "x" * 43, suite.token):
            key, before = route.key_of(suite.application, session), kept()
            told = {refusal(route, scene.tell(route, {**form, "organization_id": place}, key)) for place in places}
            assert len(told) == 1, f"{route} {told}"
            assert kept() == before, str(route)


def test_for_a_project_that_is_none_nobody_asks_anything(scene: Scene, kept: Look) -> None:
    for route in (one for one in BROWSED if not one.operation.open):
        ours = scene.side(route).application
        form, path, before = scene.form(route), scene.path(route), kept()
        tries = [(path, key) for key in _wrong_names(ours)]
        if route.dialect is DYNAMIC:
            names = (str(uuid4()), "x", ours.project.public_token, str(ours.project.public_id))
            tries = [(path.replace(str(ours.project.environment_id), one), scene.key_of(route)) for one in names]
        for asked, key in tries:
            sent = {"json": form} if route.has_body else {"query_string": form}
            reply = scene.caller.open(route.operation.method, asked, key, **sent)
            assert refusal(route, reply) == (401, route.dialect.kinds[401]), f"{route} {key}"
            assert "WWW-Authenticate" not in reply.headers
        assert kept() == before, str(route)


def test_a_project_that_was_removed_is_none(scene: Scene, kept: Look) -> None:
    asked = [(route, scene.form(route), scene.key_of(route)) for route in BROWSED if not route.operation.open]
    for side in (scene.shop, scene.suite):
        project_upkeep.remove(side.application.portal, side.application.project.public_id)
    before = kept()
    for route, form, key in asked:
        assert refusal(route, scene.tell(route, form, key)) == (401, route.dialect.kinds[401]), str(route)
    assert kept() == before


def test_a_project_of_the_whole_installation_is_for_wires_with_several_organizations(scene: Scene, kept: Look) -> None:
    suite, before = scene.suite.application, kept()
    for route in (one for one in BROWSED if not one.dialect.across_organizations):
        ours = str(scene.application.project.environment_id)
        path = scene.path(route).replace(ours, str(suite.project.environment_id))
        reply = scene.caller.open(route.operation.method, path, route.key_of(suite, scene.suite.token))
        assert refusal(route, reply) == (403, route.dialect.kinds[403]), str(route)
    assert kept() == before


def test_what_is_asked_before_anybody_signed_in_is_the_same_whoever_asks(scene: Scene) -> None:
    for route in (one for one in BROWSED if not one.is_own and one.operation.method == "GET"):
        ours = scene.side(route).application
        told = {
            str(sorted(content_of(scene.ask(route, route.key_of(ours, session)))))
            for session in ("", scene.shop.token, scene.shop.access, "x" * 43)
        }
        assert len(told) == 1, str(route)


# what has to have been shown

CHANGING_FACTORS = {
    *("stytch_browsers.create_own_totp", "stytch_browsers.get_own_recovery_codes", "stytch_browsers.delete_own_totp"),
    *("stytch_b2b_browsers.create_own_member_totp", "stytch_b2b_browsers.get_own_member_recovery_codes"),
    *("stytch_b2b_browsers.rotate_own_member_recovery_codes", "stytch_b2b_browsers.delete_own_member_totp"),
    *("stytch_b2b_browsers.delete_own_member_totp_by_id", "dynamic.register_own_totp"),
    *("dynamic.get_own_recovery_codes", "dynamic.create_own_recovery_codes", "dynamic.delete_own_device"),
}
"""What shows, makes or takes away a factor."""

SAYING = {"stytch_browsers.update_own_user", "stytch_b2b_browsers.update_own_member", "dynamic.update_own_user"}
"""What says something of whoever asks."""


def test_factors_are_shown_and_changed_for_whoever_was_just_shown_to_be_there(
    scene: Scene, clock: TestClock, kept: Look
) -> None:
    clock.advance(seconds=FRESH_FOR.total_seconds())
    refused = _refused(scene, kept, OWN)
    assert set(refused) == CHANGING_FACTORS
    assert {kind for _, kind in refused.values()} == {"stale_factors"}


def test_factors_are_neither_shown_nor_changed_for_a_first_factor_where_there_is_a_second(
    scene: Scene, kept: Look
) -> None:
    for route in (named("stytch_browsers.attest_own_session"), named("stytch_b2b_browsers.attest_own_member_session")):
        scene.side(route).token = content_of(scene.ask(route))["session_token"]
    scene.shop.access = content_of(scene.ask(named("dynamic.sign_in_externally")))["minifiedJwt"]
    of_ada = [route for route in OWN if "create_own_totp" not in str(route) and route.name not in BEGINNING]
    refused = _refused(scene, kept, of_ada)
    assert set(refused) == {one for one in CHANGING_FACTORS if one.partition(".")[2] not in BEGINNING} | SAYING
    assert {kind for _, kind in refused.values()} == {"insufficient_factors"}


BEGINNING = {"create_own_totp", "create_own_member_totp", "register_own_totp"}


def _refused(scene: Scene, kept: Look, routes: tuple[Route, ...] | list[Route]) -> dict[str, tuple[int, str]]:
    """Those that are refused for want of a factor. Those that show one are left out, which is what would help."""
    refused = {}
    for route in (one for one in routes if not one.codes and not one.name.startswith("revoke")):
        form, before = scene.form(route), kept()
        reply = scene.tell(route, form)
        if reply.status_code != 200 and kind_in(reply) in {"stale_factors", "insufficient_factors"}:
            refused[str(route)] = refusal(route, reply)
            assert kept() == before, str(route)
    return refused
