"""Names are shown as they were typed, wherever they are shown, and do nothing but be shown."""

import re
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import pytest
from flask import Flask

from app.domain.text import clean_name
from app.portal import Portal
from app.services import setup
from tests.support.clock import TestClock
from tests.support.members_web import PASSWORD, Browser, Person
from tests.support.offices import Office
from tests.support.otp import AuthenticatorApp

NAMES = [
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "{{7*7}}",
    "{% raw %}",
    "${7*7}",
    "javascript:alert(1)",
    "</textarea></title><b>",
    "Ada & Söhne <GmbH>",
    "&lt;b&gt;",
    "日本語 عربي",
    "=HYPERLINK(1)",
    "a" * 120,
]
UNSEEN = {
    "right to left": ("Ada\N{RIGHT-TO-LEFT OVERRIDE}nimdA", "AdanimdA"),
    "line ends": ("Ada\r\nSet-Cookie: a=b", "Ada Set-Cookie: a=b"),
    "zero width": ("A\u200bda", "Ada"),
    "a bell": ("Ada\a", "Ada"),
    "spaces": ("  Ada   Lovelace ", "Ada Lovelace"),
}
PAGES = [
    "/account",
    "/account/profile",
    "/account/sessions",
    "/account/history",
    "/account/recovery-codes",
    "/account/panic",
    "/account/authenticators/new",
    "/members",
    "/members/export",
    "/invitations/new",
    "/organization",
    "/audit",
    "/no/such/page",
]


def _founded(app: Flask, portal: Portal, name: str) -> Browser:
    """The browser of an owner, whose organization and self have that name."""
    browser = Browser(app)
    browser.open(f"/setup/{setup.issue_link(portal)}")
    browser.arrive()
    browser.press("Create the organization", organization=name, name=name, email="ada@example.org", password=PASSWORD)
    browser.arrive()
    return browser


@pytest.mark.parametrize("name", NAMES)
def test_every_page_shows_a_name_as_it_is(app: Flask, portal: Portal, clock: TestClock, name: str) -> None:
    browser = _founded(app, portal, name)
    ada = Person(name, "ada@example.org", uuid4(), clock)
    ada.adds(browser.key)
    browser.press("Confirm authenticator", code=ada.code(), name=name)
    browser.submit("/account/recovery-codes/acknowledgement", generation="1", saved="y")
    with portal.reading() as tx:
        tablet = tx.db.exec_driver_sql("SELECT public_id FROM authenticator").scalar_one()
    pages = [*PAGES, f"/account/authenticators/{tablet}", f"/account/authenticators/new?replace={tablet}"]
    for path in pages:
        browser.open(path)
        _assert_harmless(browser, name)
        assert name in browser.text, path
    for path in ("shown", "sheet"):
        browser.submit(f"/account/recovery-codes/{path}", identity="y")
        _assert_harmless(browser, name)
    assert name in browser.text
    browser.submit("/sign-out")
    browser.arrive()
    _assert_harmless(browser, name)
    assert name in browser.text


def _assert_harmless(browser: Browser, name: str) -> None:
    assert browser.reply is not None
    page = browser.reply.get_data(as_text=True)
    if re.search(r"[<>\"']", name):
        assert name not in page
    assert "<script>alert" not in page
    assert "<svg onload" not in page


@pytest.mark.parametrize("name", NAMES)
def test_an_authenticator_app_is_told_the_name_as_it_is(
    app: Flask, portal: Portal, clock: TestClock, name: str
) -> None:
    browser = _founded(app, portal, name)
    found = re.search(r'href="(otpauth://[^"]+)"', browser.text)
    assert found
    read = AuthenticatorApp.from_uri(found[1])
    assert read.account == "ada@example.org"
    assert len(read.issuer) >= min(len(name), 30)
    assert name.replace(":", " ").startswith(read.issuer)
    assert ":" not in unquote(urlsplit(found[1]).path).replace(f"{read.issuer}:", "", 1)


@pytest.mark.parametrize("name", NAMES)
def test_a_download_has_a_plain_file_name(app: Flask, portal: Portal, clock: TestClock, name: str) -> None:
    browser = _founded(app, portal, name)
    ada = Person(name, "ada@example.org", uuid4(), clock)
    ada.adds(browser.key)
    browser.press("Confirm authenticator", code=ada.code())
    reply = browser.submit("/account/recovery-codes/download")
    disposition = reply.headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="sparekey-codes-[a-z0-9-]{1,40}-2026-05-04\.txt"', disposition)
    assert reply.mimetype == "text/plain"
    assert f"Recovery codes for {name}" in reply.get_data(as_text=True)


@pytest.mark.parametrize("which", UNSEEN)
def test_what_cannot_be_seen_is_taken_out_of_a_name(office: Office, ada: Person, adas: Browser, which: str) -> None:
    typed, kept = UNSEEN[which]
    assert clean_name(typed) == kept
    adas.submit("/account/name", name=typed)
    assert office.member(ada).name == kept


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "\r\n", "a" * 121])
def test_a_name_must_be_one(office: Office, ada: Person, adas: Browser, typed: str) -> None:
    assert adas.submit("/account/name", name=typed).status_code == 422
    assert office.member(ada).name == "Ada Example"
    path = f"/account/authenticators/{ada.authenticator}/name"
    assert adas.submit(path, name=typed).status_code == 422


def test_a_browser_may_call_itself_anything(office: Office, ada: Person) -> None:
    odd = office.signed_in(ada, user_agent="<script>alert(1)</script>\N{RIGHT-TO-LEFT OVERRIDE} Firefox")
    for path in ("/account/sessions", "/account/history", "/account"):
        odd.open(path)
        assert "alert(1)" not in odd.text
