"""The three steps for somebody new, and putting them off while that is allowed."""

from datetime import timedelta

import pytest

from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.offices import Office


@pytest.fixture
def nora(office: Office) -> Person:
    return office.person("Nora New", enrolled=False)


def test_somebody_new_is_told_the_three_steps(office: Office, nora: Person) -> None:
    browser = office.past_the_password(nora)
    for words in ("An authenticator", "Recovery codes", "Done", "requires a second factor since 4 May 2026"):
        assert words in browser.told
    assert "Not now" not in browser.told


def test_where_it_is_required_nobody_puts_it_off(office: Office, nora: Person) -> None:
    browser = office.past_the_password(nora)
    assert browser.submit("/welcome/postpone").location == "/welcome"
    assert not browser.is_in


def test_before_the_date_it_may_be_put_off(office: Office, nora: Person) -> None:
    office.requires_a_second_factor_in(timedelta(days=7))
    browser = office.past_the_password(nora)
    assert "from 11 May 2026" in browser.told
    assert browser.press("Not now").location == "/account"
    assert browser.is_in


def test_whoever_has_an_authenticator_puts_nothing_off(office: Office, ada: Person) -> None:
    office.lets_people_go_without()
    browser = office.past_the_password(ada)
    browser.arrive()
    assert browser.submit("/welcome/postpone").status_code == 303
    assert not browser.is_in


def test_on_the_date_a_session_without_one_opens_nothing_else(office: Office, nora: Person) -> None:
    browser = office.due_to_enrol(nora)
    for path in ("/account", "/account/profile", "/account/recovery-codes"):
        assert browser.open(path).location == "/welcome"


def test_with_a_password_alone_a_session_steps_up_by_password(office: Office, nora: Person, clock: TestClock) -> None:
    browser = office.postponed(nora)
    clock.advance(minutes=6)
    browser.open("/account/authenticators/new")
    assert browser.press("Set up the new authenticator", proof="not the password").status_code == 422
    assert "That is not your password" in browser.told or "do not fit" in browser.told
    assert browser.press("Set up the new authenticator", proof=nora.password).location == "/enrolment"


def test_the_page_a_person_wanted_comes_after_the_last_step(office: Office, nora: Person) -> None:
    browser: Browser = office.browser()
    browser.open("/account/sessions")
    browser.arrive()
    browser.press("Continue", email=nora.email, password=nora.password)
    browser.arrive()
    browser.press("Set up an authenticator")
    browser.arrive()
    nora.adds(browser.key)
    browser.press("Confirm authenticator", code=nora.code())
    browser.press("Acknowledge", saved="y")
    browser.arrive()
    assert 'href="/account/sessions"' in browser.text
