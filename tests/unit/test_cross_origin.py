"""What pages of other origins are told: what they may send, by heart; what they may read, where they are at home."""

import base64

import pytest
from flask import Flask, Response, g, request

from app.api import cross_origin
from app.api.dynamic.surface import DYNAMIC
from app.api.stytch.browsers.consumer_surface import STYTCH_BROWSERS
from app.api.stytch.consumer.surface import STYTCH
from app.api.wire import Browsers, Dialect
from app.domain import signing_keys
from app.domain.projects import ORIGIN_AT_MOST
from app.portal import Portal, UnavailableError
from app.services import project_calls, project_upkeep
from tests.support import shops
from tests.support.clock import TestClock
from tests.support.people import People
from tests.support.shops import KeysMadeBefore, Shop

HOME, AWAY = "https://shop.example.org", "https://evil.example"
READABLE = "Retry-After, X-Request-ID"


@pytest.fixture
def shop(portal: Portal, clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Pages of HOME may call for it."""
    monkeypatch.setattr(signing_keys, "make", KeysMadeBefore(1))
    People(portal, clock).organization()
    shop = shops.opened(portal, clock)
    project_upkeep.admit(portal, shop.project.public_id, HOME)
    return shop


@pytest.fixture
def plain() -> Flask:
    """Knows nothing of ours, so that nothing but what is tested looks at a request."""
    return Flask("plain", static_folder=None)


def basic(token: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{token}:{token}'.encode()).decode()}"}


def browsers_of(dialect: Dialect) -> Browsers:
    assert dialect.browsers
    return dialect.browsers


def answered(portal: Portal, dialect: Dialect = STYTCH_BROWSERS) -> dict[str, str]:
    """The headers that let a page read the answer."""
    response = Response("{}")
    cross_origin.answer(response, dialect, portal, request)
    return {name: value for name, value in response.headers if name.startswith("Access-Control-") or name == "Vary"}


# may it be sent?


@pytest.mark.parametrize("dialect", [STYTCH_BROWSERS, DYNAMIC], ids=lambda one: one.name)
@pytest.mark.parametrize("origin", [HOME, AWAY, "null", "x" * 1000])
def test_whoever_asks_first_is_answered_by_heart(plain: Flask, dialect: Dialect, origin: str) -> None:
    browsers = browsers_of(dialect)
    with plain.test_request_context(method="OPTIONS", headers={"Origin": origin}):
        reply = cross_origin.preflight(browsers, request)
    assert (reply.status_code, reply.get_data()) == (204, b"")
    told = dict(reply.headers)
    assert told.pop("Access-Control-Allow-Origin") == origin
    assert told.pop("Access-Control-Allow-Credentials", None) == ("true" if browsers.with_credentials else None)
    assert told == {
        "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
        "Access-Control-Allow-Headers": ", ".join(browsers.headers),
        "Access-Control-Max-Age": "7200",
        "Vary": "Origin",
    }


def test_whoever_says_no_origin_is_let_in_nowhere_by_it(plain: Flask) -> None:
    with plain.test_request_context(method="OPTIONS"):
        told = cross_origin.preflight(browsers_of(STYTCH_BROWSERS), request).headers
    assert "Access-Control-Allow-Origin" not in told
    assert told["Vary"] == "Origin"


# may it be done?


def test_pages_of_the_project_are_admitted_and_no_others(plain: Flask, portal: Portal, shop: Shop) -> None:
    for origin, admitted in (
        (HOME, True), (AWAY, False), ("null", False), ("", False), (HOME + "/", False), (HOME.upper(), False),
        ("http://shop.example.org", False), (HOME + ":443", False), (HOME + "." + "x" * ORIGIN_AT_MOST, False),
    ):  # fmt: skip
        with plain.test_request_context(headers={"Origin": origin}):
            assert cross_origin.admits(portal, shop.project, request) is admitted, origin
            assert g.admitted_origin == (origin if admitted else None)


def test_what_comes_from_no_page_of_another_origin_is_admitted(plain: Flask, portal: Portal, shop: Shop) -> None:
    with plain.test_request_context():
        assert cross_origin.admits(portal, shop.project, request)
        assert answered(portal) == {"Vary": "Origin"}


def test_an_origin_too_long_to_be_kept_is_not_looked_for(
    plain: Flask, portal: Portal, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_calls, "is_at_home", None)
    with plain.test_request_context(headers={"Origin": "https://" + "x" * ORIGIN_AT_MOST}):
        assert not cross_origin.admits(portal, shop.project, request)


# may it be read?


@pytest.mark.parametrize("origin", [HOME, AWAY])
def test_an_answer_is_read_where_the_page_was_admitted(plain: Flask, portal: Portal, shop: Shop, origin: str) -> None:
    with plain.test_request_context(headers={"Origin": origin}):
        admitted = cross_origin.admits(portal, shop.project, request)
        told = answered(portal)
    if not admitted:
        assert told == {"Vary": "Origin"}
        return
    assert told == {
        "Access-Control-Allow-Origin": HOME,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Expose-Headers": READABLE,
        "Vary": "Origin",
    }


@pytest.mark.parametrize("origin", [HOME, AWAY])
def test_so_is_a_refusal_of_before_anybody_had_looked(plain: Flask, portal: Portal, shop: Shop, origin: str) -> None:
    """Such as one of a path that is not there."""
    headers = {"Origin": origin, **basic(shop.project.public_token)}
    with plain.test_request_context(headers=headers):
        assert ("Access-Control-Allow-Origin" in answered(portal)) is (origin == HOME)
    with plain.test_request_context(headers={"Origin": origin, **basic("public-token-live-x")}):
        assert answered(portal) == {"Vary": "Origin"}
    with plain.test_request_context(headers={"Origin": origin}):
        assert answered(portal) == {"Vary": "Origin"}


def test_where_nothing_can_be_looked_up_nothing_is_read(
    plain: Flask, portal: Portal, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_of: object) -> bool:
        raise UnavailableError

    monkeypatch.setattr(project_calls, "is_at_home", away)
    with plain.test_request_context(headers={"Origin": HOME, **basic(shop.project.public_token)}):
        assert answered(portal) == {"Vary": "Origin"}


def test_what_is_open_to_anyone_is_read_by_anyones_pages(plain: Flask, portal: Portal) -> None:
    with plain.test_request_context(headers={"Origin": AWAY}):
        cross_origin.open_to_all(request)
        assert answered(portal)["Access-Control-Allow-Origin"] == AWAY
    with plain.test_request_context():
        cross_origin.open_to_all(request)
        assert answered(portal) == {"Vary": "Origin"}


def test_on_wires_of_servers_pages_are_told_nothing(plain: Flask, portal: Portal, shop: Shop) -> None:
    with plain.test_request_context(headers={"Origin": HOME}):
        assert cross_origin.admits(portal, shop.project, request)
        assert answered(portal, STYTCH) == {}
