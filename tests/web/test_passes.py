"""A pass: for a member with neither phone nor codes, it opens an enrolment and nothing else."""

import pytest

from app.domain.events import Act
from app.domain.recovery_codes import new_code, spell
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.offices import Office


def _enrolled_with_pass(office: Office, person: Person) -> Browser:
    """The pass is spent and the new codes are shown."""
    browser = office.with_pass(person)
    browser.arrive()
    browser.press("Set up an authenticator")
    browser.arrive()
    person.adds(browser.key)
    assert browser.press("Confirm authenticator", code=person.code()).status_code == 200
    return browser


def test_a_pass_leads_to_a_new_authenticator_and_voids_everything_older(
    office: Office, ada: Person, adas: Browser
) -> None:
    old_codes, known = list(ada.codes), office.browser()
    browser = _enrolled_with_pass(office, ada)
    new_codes = browser.codes
    assert len(new_codes) == 10
    assert not adas.is_in
    browser.press("Acknowledge", saved="y")
    assert browser.is_in
    assert browser.open("/account").status_code == 200
    assert office.member(ada).authenticator_count == 1
    known.enter_password(ada)
    for code in old_codes:
        assert known.submit("/sign-in/code", code=code).status_code in {422, 429}
    assert Act.PASS_SPENT in office.acts(ada)


def test_a_session_by_pass_becomes_an_ordinary_one_with_a_new_token(office: Office, ada: Person) -> None:
    browser = _enrolled_with_pass(office, ada)
    before = browser.cookie("session")
    assert browser.open("/account").status_code == 303
    assert browser.submit("/account/recovery-codes/acknowledgement", generation="2", saved="y").status_code == 303
    assert browser.cookie("session") != before
    assert browser.open("/account").status_code == 200


def test_until_it_is_confirmed_the_old_codes_still_count(office: Office, ada: Person) -> None:
    office.with_pass(ada)
    office.browser().sign_in(ada, recovery_code=ada.codes[0])


def test_a_pass_shows_no_codes_of_an_older_set(office: Office, ada: Person) -> None:
    browser = office.with_pass(ada)
    browser.arrive()
    for path in ("shown", "download", "sheet", "acknowledgement"):
        reply = browser.submit(f"/account/recovery-codes/{path}", generation="1", saved="y", proof=ada.codes[0])
        assert (reply.status_code, reply.location) == (303, "/welcome")
    assert office.live_set(ada).left == 10


def test_a_pass_has_ten_tries_of_its_own(office: Office, ada: Person) -> None:
    spelled = office.pass_for(ada)
    browser = office.past_the_password(ada)
    for _ in range(10):
        assert browser.submit("/sign-in/pass", code=spell(new_code())).status_code == 422
    assert browser.submit("/sign-in/pass", code=spelled).status_code == 422
    assert office.member(ada).failures_in_row == 0


def test_a_mistyped_pass_costs_no_try(office: Office, ada: Person) -> None:
    spelled = office.pass_for(ada)
    browser = office.past_the_password(ada)
    for _ in range(12):
        assert browser.submit("/sign-in/pass", code=spelled[:-1]).status_code == 422
        assert "It has cost you no try" in browser.text
    assert browser.submit("/sign-in/pass", code=spelled.upper().replace("-", " ")).status_code == 303


def test_a_pass_belongs_to_the_browser_that_used_it_first(office: Office, ada: Person) -> None:
    spelled = office.pass_for(ada)
    first, second = office.past_the_password(ada), office.past_the_password(ada)
    assert second.submit("/sign-in/pass", code=spelled).status_code == 303
    first.enter_password(ada)
    assert first.submit("/sign-in/pass", code=spelled).status_code == 422
    assert "already in use in another browser" in first.text
    second.submit("/sign-out")
    second.enter_password(ada)
    assert second.submit("/sign-in/pass", code=spelled).status_code == 303


def test_a_pass_runs_out(office: Office, ada: Person, clock: TestClock) -> None:
    spelled = office.pass_for(ada)
    clock.advance(minutes=60)
    browser = office.past_the_password(ada)
    assert browser.submit("/sign-in/pass", code=spelled).status_code == 422


def test_a_newer_pass_voids_the_older(office: Office, ada: Person) -> None:
    older, newer = office.pass_for(ada), office.pass_for(ada)
    browser = office.past_the_password(ada)
    assert browser.submit("/sign-in/pass", code=older).status_code == 422
    assert browser.submit("/sign-in/pass", code=newer).status_code == 303


def test_a_spent_pass_is_spent(office: Office, ada: Person) -> None:
    spelled = office.pass_for(ada)
    browser = office.past_the_password(ada)
    browser.submit("/sign-in/pass", code=spelled)
    browser.arrive()
    browser.press("Set up an authenticator")
    browser.arrive()
    ada.adds(browser.key)
    browser.press("Confirm authenticator", code=ada.code())
    browser.press("Acknowledge", saved="y")
    browser.submit("/sign-out")
    browser.enter_password(ada)
    assert browser.submit("/sign-in/pass", code=spelled).status_code == 422


def test_the_pass_of_somebody_else_is_worth_nothing(office: Office, ada: Person, bob: Person) -> None:
    browser = office.past_the_password(ada)
    assert browser.submit("/sign-in/pass", code=office.pass_for(bob)).status_code == 422
    assert office.past_the_password(bob).submit("/sign-in/pass", code=office.pass_for(bob)).status_code == 303


@pytest.mark.parametrize("where", ["/sign-in/code", "/account/recovery-codes"])
def test_a_pass_is_no_second_factor(office: Office, ada: Person, clock: TestClock, where: str) -> None:
    spelled = office.pass_for(ada)
    if where == "/sign-in/code":
        browser = office.past_the_password(ada)
        assert browser.submit(where, code=spelled).status_code == 422
    else:
        browser = office.signed_in(ada)
        clock.advance(minutes=6)
        assert browser.submit(where, generation="1", proof=spelled).status_code == 422
    assert office.live_set(ada).generation == 1


def test_a_pass_helps_while_codes_are_locked_by_attempts(office: Office, ada: Person) -> None:
    browser = office.past_the_password(ada)
    for _ in range(10):
        browser.submit("/sign-in/code", code=ada.wrong_code())
    _enrolled_with_pass(office, ada)
    assert office.member(ada).lock is None


def test_a_pass_does_not_open_what_panic_closed(office: Office, ada: Person, adas: Browser) -> None:
    adas.open("/account/panic")
    adas.press("End all sessions and lock my account")
    browser = office.past_the_password(ada)
    assert browser.submit("/sign-in/pass", code=office.pass_for(ada)).status_code in {422, 429}
    assert not browser.is_in
