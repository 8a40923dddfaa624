"""Where a sign-in leads: to a page of ours, or to the account."""

from urllib.parse import urlencode

import pytest

from tests.support.members_web import Browser, Person
from tests.support.offices import Office

EVIL = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/account",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/%5cevil.example",
    "/%2f%2fevil.example",
    "https:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "/.evil.example",
    ".evil.example",
    "evil.example",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/\r\n/evil.example",
    "/account\r\nSet-Cookie: a=b",
    "/account\n",
    "/account\x00",
    "/sign-in?next=//evil.example",
    "https://127.0.0.1:8000@evil.example",
    "//127.0.0.1:8000@evil.example/account",
    "/\N{FRACTION SLASH}evil.example",
    "/\N{FULLWIDTH SOLIDUS}evil.example",
    "\N{FULLWIDTH SOLIDUS}\N{FULLWIDTH SOLIDUS}evil.example",
    "/account/../../evil.example",
    "/account//evil.example",
    "/account;//evil.example",
    "/" + "a" * 600,
    "/account?" + "a" * 600,
    "?next=//evil.example",
    "#//evil.example",
    "",
]
NOT_FOR_THERE = ["/sign-out", "/sign-in", "/setup", "/password", "/healthz", "/no-such-page", "/enrolment"]
OURS = ["/account", "/account/sessions", "/account/history?before=1", "/account/recovery-codes"]


def test_nobody_is_sent_to_a_page_that_is_not_ours(stranger: Browser, ada: Person) -> None:
    for wanted in [*EVIL, *NOT_FOR_THERE]:
        stranger.enter_password(ada, next=wanted)
        reply = stranger.submit("/sign-in/code", code=ada.code())
        assert (reply.status_code, reply.location) == (303, "/account"), wanted
        stranger.submit("/sign-out")


def test_a_link_to_the_sign_in_page_cannot_smuggle_one_in(stranger: Browser, ada: Person) -> None:
    for wanted in EVIL:
        stranger.open(f"/sign-in?{urlencode({'next': wanted})}")
        assert stranger.press("Continue", email=ada.email, password=ada.password).location == "/sign-in/code"
        assert stranger.submit("/sign-in/code", code=ada.code()).location == "/account", wanted
        stranger.submit("/sign-out")


@pytest.mark.parametrize("wanted", OURS)
def test_a_page_of_ours_is_where_people_end(office: Office, ada: Person, wanted: str) -> None:
    browser = office.browser()
    assert browser.open(wanted).status_code == 303
    browser.arrive()
    browser.press("Continue", email=ada.email, password=ada.password)
    assert browser.submit("/sign-in/code", code=ada.code()).location == wanted


def test_the_page_is_still_there_after_a_wrong_password(office: Office, ada: Person) -> None:
    browser = office.browser()
    browser.open("/account/sessions")
    browser.arrive()
    browser.press("Continue", email=ada.email, password="not it at all")
    browser.press("Continue", email=ada.email, password=ada.password)
    assert browser.submit("/sign-in/code", code=ada.code()).location == "/account/sessions"


def test_choosing_an_appearance_sends_nobody_elsewhere(stranger: Browser) -> None:
    for wanted in EVIL:
        reply = stranger.submit("/appearance", theme="dark", back=wanted)
        own = wanted if wanted.startswith("/sign-in?") else "/"
        assert (reply.status_code, reply.location) == (303, own), wanted
