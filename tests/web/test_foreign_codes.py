"""Recovery codes that an application brought along: they work on the pages, which say so and urge new ones."""

import re

import pyotp
import pytest

from app.domain.events import Act
from app.domain.recovery_codes import Form
from app.services import taking_over
from app.storage.tables import recovery_code_set
from tests.support import applications
from tests.support.applications import Application
from tests.support.markup import Page
from tests.support.members_web import Browser, Person, codes_in
from tests.support.offices import Office
from tests.support.otp import AuthenticatorApp, secret_from_key
from tests.support.people import AT_HOME, granted

FROM_ELSEWHERE = "These codes come from another system."
CODES = ["ABCD-1234", "<b>&\"'x{y}", "qrs tuv 7890", "x" * 64, "mnop-5678-q"]
CANONICAL = ["abcd1234", "<b>&\"'x{y}", "qrstuv7890", "x" * 64, "mnop5678q"]


@pytest.fixture
def shop(office: Office) -> Application:
    return applications.made(office.portal, "Shop", organization=office.slug)


@pytest.fixture
def mia(office: Office, shop: Application) -> Person:
    """Her authenticator and her codes were another system's."""
    mia = office.person("Mia Moved", enrolled=False)
    key = pyotp.random_base32()
    granted(taking_over.migrate(office.portal, shop.project, mia.id, secret=key, given=CODES, origin=AT_HOME))
    mia.app, mia.codes = AuthenticatorApp(secret_from_key(key), "", ""), [*CODES]
    return mia


@pytest.fixture
def mias(office: Office, mia: Person) -> Browser:
    browser = office.signed_in(mia)
    browser.arrive()
    return browser


def test_who_signs_in_is_told_and_makes_a_new_set_right_there(office: Office, mia: Person, mias: Browser) -> None:
    assert "Save your recovery codes" in mias.told
    assert f"{FROM_ELSEWHERE} Each still lets you in once" in mias.told
    assert "Brought along 4 May 2026" in mias.told
    assert 'href="#regenerate-title"' in mias.text
    mias.press("Regenerate codes")
    assert len(mias.codes) == 10
    assert FROM_ELSEWHERE not in mias.told
    live = office.live_set(mia)
    assert (live.form, live.generation) == (Form.SPAREKEY, 2)
    refused = office.past_the_password(mia)
    assert refused.submit("/sign-in/code", code=CODES[0]).status_code == 422


def test_they_are_shown_printed_and_downloaded_as_they_are(office: Office, mia: Person, mias: Browser) -> None:
    page = mias.press("Show codes").get_data(as_text=True)
    assert [one.text.replace(" ", "") for one in Page(page).every("code")] == CANONICAL
    assert "<b>" not in page
    assert FROM_ELSEWHERE in mias.told
    assert "Set 1, brought along 4 May 2026" in mias.told
    mias.press("Acknowledge", saved="y")
    mias.open("/account")
    assert "Brought along from another system 4 May 2026" in mias.told
    sheet = mias.submit("/account/recovery-codes/sheet").get_data(as_text=True)
    assert "Brought along" in sheet
    assert "abcd" in sheet
    download = mias.submit("/account/recovery-codes/download").get_data(as_text=True)
    assert "Set 1, brought along 2026-05-04" in download
    assert " 1. abcd-1234\r\n 2. <b>&-\"'x{-y}\r\n" in download


@pytest.mark.parametrize("number", range(1, len(CODES) + 1))
def test_the_last_four_characters_prove_them_whatever_their_length(
    office: Office, mia: Person, mias: Browser, number: int
) -> None:
    with office.portal.writing() as tx:
        tx.db.execute(recovery_code_set.update().values(proof_number=number))
    mias.open("/account/recovery-codes")
    assert f"Last four characters of code {number}" in mias.told
    assert "count from the top" in mias.told
    assert mias.press("Check", group="zzz").status_code == 422
    mias.press("Check", group=f" {CANONICAL[number - 1][-4:].upper()} ")
    assert "you have your codes at hand" in mias.told
    assert office.live_set(mia).left == len(CODES)
    assert office.acts(mia)[-1] is Act.CODES_PROVED


def test_one_of_them_signs_in_and_the_next_page_urges_new_ones(office: Office, mia: Person, mias: Browser) -> None:
    mias.press("Acknowledge", saved="y")
    for number, typed in enumerate(("abcd 1234", CODES[3].upper()), start=1):
        browser = office.browser()
        browser.sign_in(mia, recovery_code=typed)
        assert browser.is_in
        browser.arrive()
        assert f"{5 - number} of 5 are left" in browser.told
    assert "Your codes come from another system" in browser.told
    browser.press("Regenerate codes")
    assert len(browser.codes) == 10
    assert codes_in(browser.text, CANONICAL) == []


def test_a_slip_in_one_of_them_costs_a_try_and_no_page_says_otherwise(office: Office, mia: Person) -> None:
    browser = office.past_the_password(mia)
    browser.open("/sign-in/code?text=1")
    assert "As it stands on your list." in browser.told
    assert "Sixteen" not in browser.told
    for typed in ("abcd-1235", "k7qm-3xvd-9hra-p2tf"):
        assert browser.submit("/sign-in/code", code=typed).status_code == 422
        assert "That recovery code does not fit." in browser.told
        assert "no try" not in browser.told
    assert office.member(mia).failures_in_row == 2
    browser.submit("/sign-in/code", code=CODES[0])
    browser.submit("/sign-in/leave")
    again = office.past_the_password(mia)
    again.submit("/sign-in/code", code=CODES[0])
    assert "That recovery code has already been used." in again.told


def test_where_no_copies_are_kept_the_page_says_why(office: Office, shop: Application) -> None:
    applications.chosen(office.portal, code_visibility="once")
    max_ = office.person("Max Moved", enrolled=False)
    key = pyotp.random_base32()
    granted(taking_over.migrate(office.portal, shop.project, max_.id, secret=key, given=CODES, origin=AT_HOME))
    max_.app = AuthenticatorApp(secret_from_key(key), "", "")
    browser = office.signed_in(max_)
    browser.arrive()
    assert "These codes come from another system, and your organization keeps no copies. If you saved" in browser.told
    assert not re.search("Last four characters", browser.told)
    browser.press("Acknowledge", saved="y")
    assert browser.open("/account").status_code == 200


def test_history_and_log_say_who_brought_them_along(office: Office, mias: Browser, olgas: Browser) -> None:
    mias.press("Acknowledge", saved="y")
    mias.open("/account/history")
    assert "The application Shop brought along your authenticator Phone." in mias.told
    assert "The application Shop brought along 5 recovery codes of yours." in mias.told
    for kind in ("applications", "recovery-codes"):
        olgas.open(f"/audit?act={kind}")
        assert "Shop brought along 5 recovery codes that Mia Moved had before." in olgas.told
    olgas.open("/audit?act=authenticators")
    assert "Shop brought along the authenticator that Mia Moved had before." in olgas.told
