"""What every reply carries, of whatever kind it is."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.portal import Portal
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.observatory import score
from tests.support.offices import Office
from tests.support.tour import take_the_tour

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), clipboard-read=(), geolocation=(), gyroscope=(), microphone=(), "
        "payment=(), usb=()"
    ),
}
NEVER = ("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Server", "X-Powered-By", "Location-Hint")

REPLIES: dict[str, Callable[[Browser], TestResponse]] = {
    "a page": lambda browser: browser.open("/account"),
    "a redirect": lambda browser: browser.open("/"),
    "a redirect by the gate": lambda browser: browser.open("/sign-in/code"),
    "codes": lambda browser: browser.submit("/account/recovery-codes/shown"),
    "a download": lambda browser: browser.submit("/account/recovery-codes/download"),
    "a sheet": lambda browser: browser.submit("/account/recovery-codes/sheet"),
    "a form refused": lambda browser: browser.submit("/account/name", name=""),
    "members": lambda browser: browser.open("/members"),
    "a member": lambda browser: browser.open("/members?search=olga") and browser.follow("Olga Owner"),
    "a list to keep": lambda browser: browser.submit("/members/export", sort="name"),
    "an invitation": lambda browser: browser.submit(
        "/invitations", name="Gustav New", email="gustav@example.org", role="member"
    ),
    "no member": lambda browser: browser.open("/members/00000000-0000-0000-0000-000000000000"),
    "gone, an invitation": lambda browser: browser.open("/invitations/acceptance"),
    "the log": lambda browser: browser.open("/audit"),
    "no token": lambda browser: browser.post("/account/name", {"name": "x"}),
    "another site": lambda browser: browser.submit("/account/name", {"Origin": "https://evil.example"}),
    "no page": lambda browser: browser.open("/no/such/page"),
    "no asset": lambda browser: browser.open("/assets/0000000000000000/css/theme.css"),
    "no method": lambda browser: browser.open("/account", method="DELETE"),
    "gone": lambda browser: browser.open("/password"),
    "head": lambda browser: browser.open("/account", method="HEAD"),
    "too much": lambda browser: browser.post("/account/name", {"name": "x" * 70_000}),
    "another host": lambda browser: browser.open("/account", headers={"Host": "evil.example"}),
    "health": lambda browser: browser.open("/healthz"),
    "readiness": lambda browser: browser.open("/readyz"),
}


@pytest.mark.parametrize("kind", REPLIES)
def test_every_kind_of_reply_carries_the_headers(olgas: Browser, kind: str) -> None:
    reply = REPLIES[kind](olgas)
    assert {name: reply.headers.get(name) for name in ALWAYS} == ALWAYS
    assert not [name for name in NEVER if name in reply.headers]
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Cookie" in reply.headers["Vary"]
    assert len(reply.headers["X-Request-ID"]) == 36


def test_an_asset_carries_them_too_and_may_be_kept(adas: Browser) -> None:
    reply = adas.open(_stylesheet(adas))
    assert {name: reply.headers.get(name) for name in ALWAYS} == ALWAYS
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize("status", [200, 303, 404])
def test_only_https_is_promised_for_two_years(app: Flask, secure_app: Flask, status: int) -> None:
    path = {200: "/password/forgotten", 303: "/account", 404: "/no"}[status]
    plain, secure = Browser(app).open(path), Browser(secure_app).open(path)
    assert (plain.status_code, secure.status_code) == (status, status)
    assert "Strict-Transport-Security" not in plain.headers
    assert secure.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_the_observatory_gives_full_marks_to_every_reply_of_a_year(
    secure_app: Flask, portal: Portal, clock: TestClock
) -> None:
    tour = take_the_tour(secure_app, portal, clock)
    marks = {
        f"{reply.request.method} {reply.request.path}": score(dict(reply.headers), reply.headers.getlist("Set-Cookie"))
        for reply in tour.replies
    }
    assert {path: mark for path, mark in marks.items() if mark < 130} == {}
    assert max(marks.values()) == 135


@pytest.mark.parametrize(
    ("header", "value", "loss"),
    [
        ("Content-Security-Policy", "", 5 + 25 + 20),
        ("Content-Security-Policy", POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"), 30),
        ("Content-Security-Policy", POLICY.replace("default-src 'none'", "default-src 'self'"), 5),
        ("X-Content-Type-Options", "", 5),
        ("Referrer-Policy", "unsafe-url", 10),
        ("Strict-Transport-Security", "max-age=600", 10),
        ("Strict-Transport-Security", "", 20),
        ("Cross-Origin-Resource-Policy", "", 10),
        ("Access-Control-Allow-Credentials", "true", 50),
    ],
)
def test_the_marks_are_lost_with_each_fault(secure_app: Flask, header: str, value: str, loss: int) -> None:
    reply = Browser(secure_app).open("/sign-in")
    cookies = reply.headers.getlist("Set-Cookie")
    good = dict(reply.headers)
    assert score({**good, header: value}, cookies) <= score(good, cookies) - loss
    assert score(good, [cookie.replace("Secure; ", "") for cookie in cookies]) < 100


def test_head_says_what_get_says_but_for_the_page(adas: Browser) -> None:
    for path in ("/account", "/account/recovery-codes", "/account/history", "/members", "/no/such/page"):
        got, head = adas.open(path), adas.open(path, method="HEAD")
        assert head.data == b""
        changing = {"X-Request-ID", "Set-Cookie", "Content-Length"}
        assert {k: v for k, v in head.headers if k not in changing} == {
            k: v for k, v in got.headers if k not in changing
        }


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "TRACK", "DEBUG", "PROPFIND"])
def test_odd_methods_get_a_plain_no(office: Office, ada: Person, adas: Browser, method: str) -> None:
    for path in ("/", "/account", "/account/recovery-codes", "/sign-in", "/members", "/audit"):
        reply = adas.open(path, method=method)
        assert reply.status_code == 405
        assert "Allow" not in reply.headers or "TRACE" not in reply.headers["Allow"]
        assert ada.email.encode() not in reply.data


def _stylesheet(browser: Browser) -> str:
    page = browser.open("/account").get_data(as_text=True)
    return page.partition('rel="stylesheet" href="')[2].partition('"')[0]
