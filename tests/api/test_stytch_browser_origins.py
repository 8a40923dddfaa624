"""Whose pages may call: what Stytch's own client in a browser meets on a page that the shop's project does not know."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.datastructures import Headers

from tests.support.applications import Application
from tests.support.clock import TestClock
from tests.support.overheard import Heard, Overheard
from tests.support.patrons import StytchPatron, login_for, refusal_of
from tests.support.raised import raised_by
from tests.support.site import Site
from tests.support.storefront import Storefront
from tests.support.tables import dump

BLOCKED = "has been blocked by CORS policy"
UNREACHABLE = "StytchAPIUnreachableError"
OPEN = "/sdk/v1/events"
VERBS = ["GET", "POST", "PUT", "DELETE"]
ASKED_FOR = {"authorization", "content-type", "x-sdk-client", "x-sdk-parent-host"}


@pytest.fixture
def ada(front: Storefront, shop: Application, clock: TestClock) -> StytchPatron:
    """Signed in on the shop's own page, with an authenticator."""
    ada = StytchPatron(front.stytch(shop), login_for(shop, front, clock, makes_users=True), "17")
    ada.signs_in()
    ada.enrols()
    return ada


def outcomes(patron: StytchPatron) -> set[str]:
    """What class of error each call for a person fails with."""
    client = patron.client
    calls: list[Callable[[], Any]] = [
        patron.signs_in,
        lambda: client.call("session.authenticate"),
        lambda: client.call("user.get"),
        lambda: client.call("user.update", name={"first_name": "Eve"}),
        patron.reads,
        patron.shows,
        lambda: patron.recovers(patron.codes[0]),
        patron.deletes,
        lambda: client.call("totps.create", expiration_minutes=5),
        lambda: client.call("passwords.create", email="a@example.org", password="x", session_duration_minutes=5),
        lambda: client.call("session.revoke"),
    ]
    return {raised_by(call).kind for call in calls}


def test_a_page_of_another_origin_reaches_nothing_even_with_somebodys_session(
    ada: StytchPatron,
    shop: Application,
    another_storefront: Callable[[], Storefront],
    overheard: Overheard,
) -> None:
    stranger = another_storefront()
    at_the_stranger = ada.at(stranger.stytch(shop))
    tokens = ada.client.call("session.getTokens")
    at_the_stranger.client.call("session.updateSession", **tokens)
    ada.clock.advance(seconds=30)
    before = dump(shop.portal)
    assert outcomes(at_the_stranger) == {UNREACHABLE}
    assert dump(shop.portal) == before

    asked = [one for one in overheard.heard if of(one) == stranger.origin and one.method in VERBS]
    refused = [one for one in asked if one.path != OPEN]
    assert {one.status for one in refused} == {403, 404}
    assert all("Access-Control-Allow-Origin" not in one.answered for one in refused)
    complaints = at_the_stranger.client.complaints
    assert any(BLOCKED in said and stranger.origin in said for said in complaints)
    paths = {one.path for one in at_the_stranger.client.asked if one.status is not None}
    assert paths <= {OPEN}, "what anybody may ask is all that is answered"
    assert ada.reads() == ada.codes
    ada.recovers()


def of(heard: Heard) -> str | None:
    return heard.sent.get("Origin")


def test_whoever_asks_for_leave_is_answered_alike_and_told_nothing(
    ada: StytchPatron, shop: Application, another_storefront: Callable[[], Storefront], overheard: Overheard
) -> None:
    stranger = another_storefront()
    at_the_stranger = ada.at(stranger.stytch(shop))
    raised_by(at_the_stranger.reads)
    ada.reads()
    known, unknown = (
        next(one for one in overheard.preflights if of(one) == origin and one.path.endswith("/recovery_codes"))
        for origin in (ada.client.page.evaluate("location.origin"), stranger.origin)
    )
    assert told(known) == told(unknown)
    assert (known.status, known.answered["Access-Control-Allow-Origin"]) == (204, of(known))
    assert unknown.answered["Access-Control-Allow-Origin"] == of(unknown)
    assert listed(known.sent["Access-Control-Request-Headers"]) == ASKED_FOR
    assert listed(known.answered["Access-Control-Allow-Headers"]) >= ASKED_FOR
    assert known.answered["Access-Control-Allow-Credentials"] == "true"
    assert "Authorization" not in known.sent
    assert "Cookie" not in known.sent


def told(heard: Heard) -> dict[str, str]:
    """All that an answer says, but to whom it says it, when, and which one it is."""
    return {
        name: value
        for name, value in Headers(heard.answered).items()
        if name not in {"Access-Control-Allow-Origin", "Date", "X-Request-ID"}
    }


def listed(text: str) -> set[str]:
    return {name.strip().lower() for name in text.split(",")}


def test_a_page_is_shut_out_from_when_the_operator_says_so(ada: StytchPatron, shop: Application, site: Site) -> None:
    origin = ada.client.page.evaluate("location.origin")
    site.run_cli("project", "dismiss", shop.id, origin)
    before = dump(shop.portal)
    assert outcomes(ada) == {UNREACHABLE}
    assert dump(shop.portal) == before
    assert any(BLOCKED in said for said in ada.client.complaints)
    site.run_cli("project", "admit", shop.id, origin)
    assert ada.reads() == ada.codes, "the session was not what was dismissed"


def test_a_page_of_one_project_calls_for_no_other(ada: StytchPatron, front: Storefront, kiosk: Application) -> None:
    at_the_kiosk = ada.at(front.stytch(kiosk))
    before = dump(kiosk.portal)
    assert outcomes(at_the_kiosk) == {UNREACHABLE}
    assert dump(kiosk.portal) == before


@pytest.mark.parametrize("changed_settings", [{"visitor_limit": 20}])
def test_a_browser_that_asks_too_often_is_told_so_and_the_shop_is_not(ada: StytchPatron, shop: Application) -> None:
    refusals = [refusal_of(ada.shows, "12345") for _ in range(20)]
    assert set(refusals) == {(400, "invalid_totp_code"), (429, "too_many_requests")}
    assert refusals[-1] == (429, "too_many_requests")
    shop.stytch().users.get(user_id="17")
    ada.clock.advance(minutes=1)
    assert ada.reads() == ada.codes
