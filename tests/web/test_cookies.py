"""Cookies: their names and flags, and that nothing planted in one keeps anybody out or lets anybody in."""

import re

import pytest
from flask import Flask

from app.portal import Portal
from app.web.cookies import Cookie
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.tables import dump
from tests.support.tour import take_the_tour

LASTING = {
    "browser": 90 * 86400,
    "pass": 86400,
    "setup": 86400,
    "password-link": 3600,
    "invitation": 3600,
    "theme": 400 * 86400,
}
GARBAGE = ["", "x", "null", "0", "é" * 40, "A" * 3000, "..", ".eJw", "a.b.c", '"quoted"', "%00%0d%0a", "{}", "💥"]


def _set_cookies(app: Flask, portal: Portal, clock: TestClock) -> list[str]:
    return [
        value for reply in take_the_tour(app, portal, clock).replies for value in reply.headers.getlist("Set-Cookie")
    ]


def test_over_https_each_cookie_belongs_to_this_host_alone(secure_app: Flask, portal: Portal, clock: TestClock) -> None:
    cookies = _set_cookies(secure_app, portal, clock)
    assert len({cookie.partition("=")[0] for cookie in cookies}) >= 7
    for cookie in cookies:
        name, _, rest = cookie.partition("=")
        flags = {flag.strip() for flag in rest.split(";")[1:]}
        assert name.startswith("__Host-sparekey-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= flags, cookie
        assert not [flag for flag in flags if flag.startswith("Domain")]
        assert len(cookie) < 4096


def test_on_plain_http_the_name_ends_in_the_port(app: Flask, portal: Portal, clock: TestClock) -> None:
    for cookie in _set_cookies(app, portal, clock):
        assert re.match(r"sparekey-[a-z-]+-8000=", cookie)
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Secure" not in cookie


def test_a_cookie_outlives_the_browser_only_where_it_must(app: Flask, portal: Portal, clock: TestClock) -> None:
    lives: dict[str, set[str]] = {}
    for cookie in _set_cookies(app, portal, clock):
        name = cookie.partition("=")[0].removeprefix("sparekey-").removesuffix("-8000")
        age = re.search(r"Max-Age=(\d+)", cookie)
        lives.setdefault(name, set()).add(age[1] if age else "browser")
    for name, found in lives.items():
        assert found <= {"0", str(LASTING[name]) if name in LASTING else "browser"}, name
    assert {"session", "sign-in", "seed", "browser", "pass", "setup", "password-link", "invitation"} <= lives.keys()


def test_the_framework_keeps_nothing_of_its_own(app: Flask, portal: Portal, clock: TestClock) -> None:
    """Flask-Login would write into Flask's session; ours holds the seed of tokens and words to flash."""
    tour = take_the_tour(app, portal, clock)
    names = {c.partition("=")[0] for r in tour.replies for c in r.headers.getlist("Set-Cookie")}
    assert names <= {f"sparekey-{cookie}-8000" for cookie in Cookie}
    browser = Browser(app)
    browser.sign_in(tour.person)
    browser.arrive()
    with browser.client.session_transaction(base_url=browser.origin) as held:
        assert set(held) <= {"csrf_token", "_flashes"}


@pytest.mark.parametrize("value", [*GARBAGE, "1|deadbeef", "ada@example.org"])
def test_a_remember_cookie_from_elsewhere_changes_nothing(office: Office, ada: Person, bob: Person, value: str) -> None:
    browser = office.browser()
    for name in ("remember_token", "session", "user_id", "_id"):
        browser.client.set_cookie(name, value, domain="127.0.0.1")
    assert browser.open("/account").status_code == 303
    browser.sign_in(ada)
    browser.open("/account/profile")
    assert ada.email in browser.told


@pytest.mark.parametrize("cookie", Cookie)
def test_garbage_in_a_cookie_keeps_nobody_out_and_lets_nobody_in(office: Office, ada: Person, cookie: Cookie) -> None:
    for value in GARBAGE:
        browser = office.browser()
        browser.set_cookie(cookie, value)
        for path in (
            "/account",
            "/sign-in/code",
            "/enrolment",
            "/sign-in",
            "/password",
            "/setup",
            "/invitations/acceptance",
        ):
            assert browser.open(path).status_code in {200, 303, 410}, (path, value)
        assert not browser.is_in
        browser.sign_in(ada)


@pytest.mark.parametrize(
    "cookie", [Cookie.SIGN_IN, Cookie.PASS, Cookie.BROWSER, Cookie.SETUP, Cookie.PASSWORD_LINK, Cookie.INVITATION]
)
def test_the_token_of_one_cookie_is_worth_nothing_in_another(
    office: Office, adas: Browser, ada: Person, cookie: Cookie
) -> None:
    other = office.browser()
    other.set_cookie(cookie, adas.cookie("session") or "")
    assert not other.is_in
    assert other.open("/sign-in/code").status_code == 303


def test_a_sign_in_in_progress_is_no_session(office: Office, ada: Person) -> None:
    browser = office.past_the_password(ada)
    other = office.browser()
    other.set_cookie("session", browser.cookie("sign-in") or "")
    assert not other.is_in


@pytest.mark.parametrize("header", ["={name}={value}", "=={name}={value}", "{name}=x; ={name}={value}"])
def test_a_cookie_without_a_name_does_not_pose_as_one_of_ours(
    office: Office, adas: Browser, app: Flask, header: str
) -> None:
    sent = header.format(name=adas.name_of("session"), value=adas.cookie("session"))
    reply = app.test_client(use_cookies=False).get("/account", base_url=adas.origin, headers={"Cookie": sent})
    assert reply.status_code == 303


def test_the_database_holds_no_token_that_a_browser_holds(office: Office, adas: Browser) -> None:
    rows = dump(office.portal)
    kept = rows["session"] + rows["known_browser"]
    text = repr(kept)
    assert kept
    assert not [token for token in adas.cookies.values() if token in text]
