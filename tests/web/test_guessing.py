"""Guessing: one budget for every kind of code, and nothing that a guesser can do gives any of it back."""

import pytest

from app.domain.attempts import LockReason
from app.domain.events import Act
from app.domain.recovery_codes import new_code, spell
from tests.support.clock import TestClock
from tests.support.members_web import NEW_PASSWORD, Browser, Person
from tests.support.offices import Office

FORGED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "CF-Connecting-IP", "True-Client-IP", "X-Client-IP")


def _guess(browser: Browser, person: Person, times: int, code: str = "") -> int:
    """The status of the last wrong code."""
    status = 0
    for _ in range(times):
        status = browser.submit("/sign-in/code", code=code or person.wrong_code()).status_code
    return status


def _locked(office: Office, person: Person) -> Browser:
    browser = office.past_the_password(person)
    assert _guess(browser, person, 10) == 429
    return browser


def test_ten_wrong_codes_lock_and_the_right_one_is_refused_too(office: Office, ada: Person, clock: TestClock) -> None:
    browser = office.past_the_password(ada)
    assert _guess(browser, ada, 9) == 422
    reply = browser.submit("/sign-in/code", code=ada.wrong_code())
    assert (reply.status_code, reply.headers["Retry-After"]) == (429, "3600")
    assert browser.submit("/sign-in/code", code=ada.shown_code()).status_code == 429
    assert browser.submit("/sign-in/code", code=ada.codes[0]).status_code == 429
    assert not browser.is_in
    clock.advance(minutes=60)
    office.signed_in(ada)


def test_a_lock_says_until_when_and_what_helps(office: Office, ada: Person) -> None:
    browser = _locked(office, ada)
    told = browser.told
    assert "Codes are refused for now" in told
    assert "10:30 UTC" in told
    assert "administrator" in told
    browser.open("/sign-in/code")
    assert "Codes are refused for now" in browser.told


def test_the_wait_shrinks_as_time_goes_by(office: Office, ada: Person, clock: TestClock) -> None:
    browser = _locked(office, ada)
    clock.advance(minutes=10)
    reply = browser.submit("/sign-in/code", code=ada.shown_code())
    assert reply.headers["Retry-After"] == "3000"


def test_each_further_lock_lasts_twice_as_long(office: Office, ada: Person, clock: TestClock) -> None:
    clock.advance(seconds=1)
    waits = []
    for _ in range(2):
        browser = _locked(office, ada)
        assert browser.reply
        waits.append(int(browser.reply.headers["Retry-After"]))
        clock.advance(seconds=waits[-1])
    assert waits == [3600, 7200]


def test_both_kinds_of_code_and_every_new_browser_draw_on_one_budget(office: Office, ada: Person) -> None:
    assert _guess(office.past_the_password(ada), ada, 5) == 422
    assert _guess(office.past_the_password(ada), ada, 4, spell(new_code())) == 422
    elsewhere = office.browser(address="198.51.100.9")
    elsewhere.enter_password(ada)
    assert _guess(elsewhere, ada, 1) == 429
    assert office.past_the_password(ada).submit("/sign-in/code", code=ada.shown_code()).status_code == 429


@pytest.mark.parametrize("header", FORGED)
def test_a_claimed_address_is_not_believed(office: Office, ada: Person, header: str) -> None:
    browser = office.past_the_password(ada)
    for number in range(10):
        claimed = f"for=192.0.2.{number}" if header == "Forwarded" else f"192.0.2.{number}"
        reply = browser.submit("/sign-in/code", {header: claimed}, code=ada.wrong_code())
    assert reply.status_code == 429
    with office.portal.reading() as tx:
        addresses = {row.address for row in tx.db.exec_driver_sql("SELECT address FROM event_origin")}
    assert addresses == {"203.0.113.7"}


def test_claimed_addresses_do_not_shorten_the_wait_for_a_password(office: Office, ada: Person) -> None:
    browser = office.browser()
    for number in range(8):
        claimed = {"X-Forwarded-For": f"192.0.2.{number}"}
        reply = browser.submit("/sign-in", claimed, email=ada.email, password="wrong")
    assert reply.status_code == 429


def test_nothing_but_a_right_code_clears_the_row_of_wrong_ones(office: Office, ada: Person, bob: Person) -> None:
    for _ in range(3):
        assert _guess(office.past_the_password(ada), ada, 3) == 422
        office.signed_in(bob)
    assert _guess(office.past_the_password(ada), ada, 1) == 429


def test_a_right_code_clears_the_row(office: Office, ada: Person) -> None:
    for _ in range(2):
        assert _guess(office.past_the_password(ada), ada, 9) == 422
        office.signed_in(ada)
    assert office.member(ada).failures_in_row == 0


def test_a_mistyped_code_costs_nothing(office: Office, ada: Person) -> None:
    browser = office.past_the_password(ada)
    wrong_end = ada.codes[0][:-1] + ("0" if ada.codes[0][-1] != "0" else "1")
    for typed in ("0", "00000", "1234567", "12345678", wrong_end, ada.codes[0][:-1], ada.codes[0] + "0", "kkkk", "-"):
        assert browser.submit("/sign-in/code", code=typed).status_code == 422
        assert "It has cost you no try" in browser.text
    assert office.member(ada).failures_in_row == 0


def test_parts_of_the_right_code_are_not_the_right_code(office: Office, ada: Person) -> None:
    browser = office.past_the_password(ada)
    right = ada.shown_code()
    for typed in (right[:5], right[1:], f"0{right}", f"{right}0", f"+{right}", f"{right[0]}_{right[1:]}", f"{right}.0"):
        assert browser.submit("/sign-in/code", code=typed).status_code == 422
    assert not browser.is_in


def test_whoever_is_in_stays_in_and_steps_up_while_codes_are_locked(
    office: Office, ada: Person, adas: Browser, clock: TestClock
) -> None:
    clock.advance(minutes=6)
    _locked(office, ada)
    assert adas.submit("/account/recovery-codes", generation="1", proof=ada.code()).status_code == 200


def test_stepping_up_has_ten_tries_of_its_own_and_the_tenth_ends_the_session(
    office: Office, ada: Person, adas: Browser, clock: TestClock
) -> None:
    clock.advance(minutes=6)
    adas.open("/account/recovery-codes")
    for _ in range(9):
        assert adas.submit("/account/recovery-codes", generation="1", proof=ada.wrong_code()).status_code == 422
    reply = adas.submit("/account/recovery-codes", generation="1", proof=ada.wrong_code())
    assert (reply.status_code, reply.location) == (303, "/sign-in")
    assert "too many wrong codes" in adas.told
    assert not adas.is_in
    assert office.live_set(ada).generation == 1
    assert office.member(ada).failures_in_row == 0
    office.signed_in(ada)


def test_after_three_wrong_codes_the_member_is_told(office: Office, ada: Person, clock: TestClock) -> None:
    office.signed_in(ada)
    clock.advance(minutes=1)
    _guess(office.past_the_password(ada), ada, 4)
    assert office.acts(ada).count(Act.FAILURES_NOTICED) == 1
    browser = office.signed_in(ada)
    assert "wrong codes followed your password 4 times" in browser.told
    browser.open("/account/history")
    assert "Three wrong codes in a row followed your password" in browser.told


def test_fifty_wrong_codes_close_the_door_until_somebody_opens_it(
    office: Office, ada: Person, clock: TestClock
) -> None:
    for _ in range(5):
        browser = office.past_the_password(ada)
        _guess(browser, ada, 10)
        clock.advance(days=16)
    browser = office.past_the_password(ada)
    reply = browser.submit("/sign-in/code", code=ada.shown_code())
    assert reply.status_code == 429
    assert "Retry-After" not in reply.headers
    assert "this way in is closed" in browser.told
    assert office.unlock(ada).doors == 1
    office.signed_in(ada)


def test_thirty_wrong_codes_within_thirty_days_stop_the_password(
    office: Office, ada: Person, adas: Browser, clock: TestClock
) -> None:
    for _ in range(4):
        clock.advance(days=1)
        _guess(office.past_the_password(ada), ada, 7)
        office.signed_in(ada)
    inside = office.signed_in(ada)
    browser = office.past_the_password(ada)
    _guess(browser, ada, 2)
    assert "has been stopped" in browser.told
    assert not browser.is_in
    again = office.browser()
    assert again.enter_password(ada).status_code == 422
    assert "has been stopped" in again.text
    assert inside.submit("/account/password", password=NEW_PASSWORD).status_code == 303
    ada.password = NEW_PASSWORD
    office.signed_in(ada)


def test_a_panic_lock_has_words_of_its_own_and_no_end(office: Office, ada: Person, clock: TestClock) -> None:
    adas = office.signed_in(ada)
    adas.open("/account/panic")
    adas.press("End all sessions and lock my account")
    assert office.member(ada).lock is not None
    clock.advance(days=30)
    browser = office.past_the_password(ada)
    reply = browser.submit("/sign-in/code", code=ada.shown_code())
    assert reply.status_code == 429
    assert "Retry-After" not in reply.headers
    assert "Something is wrong" in browser.told
    assert office.unlock(ada).lock is LockReason.PANIC
    office.signed_in(ada)


def test_an_enrolment_has_ten_tries_of_its_own(office: Office, ada: Person, adas: Browser) -> None:
    adas.open("/account/authenticators/new")
    adas.press("Set up the new authenticator")
    adas.arrive()
    key = adas.key
    for _ in range(9):
        assert adas.submit("/enrolment/confirmation", code=_wrong_for(adas, ada), name="Tablet").status_code == 422
        assert adas.key == key
    assert adas.submit("/enrolment/confirmation", code=_wrong_for(adas, ada), name="Tablet").status_code == 410
    assert adas.submit("/enrolment/confirmation", code=_right_for(key, ada), name="Tablet").status_code == 410
    assert office.member(ada).failures_in_row == 0
    assert office.member(ada).authenticator_count == 1


def test_wrong_passwords_make_the_next_one_wait(office: Office, ada: Person, clock: TestClock) -> None:
    browser = office.browser()
    statuses = [browser.enter_password(ada, "not it at all").status_code for _ in range(7)]
    assert statuses[:5] == [422] * 5
    assert statuses[-1] == 429
    assert browser.reply
    assert int(browser.reply.headers["Retry-After"]) >= 1
    assert browser.enter_password(ada).status_code == 429
    clock.advance(minutes=16)
    browser.sign_in(ada)


def test_from_another_network_the_member_signs_in_meanwhile(office: Office, ada: Person) -> None:
    guesser = office.browser(address="198.51.100.9")
    for _ in range(12):
        guesser.enter_password(ada, "not it at all")
    assert guesser.reply
    assert guesser.reply.status_code == 429
    office.signed_in(ada)


def test_after_a_hundred_wrong_passwords_only_known_browsers_get_in(
    office: Office, ada: Person, clock: TestClock
) -> None:
    known = office.signed_in(ada)
    known.submit("/sign-out")
    for number in range(100):
        office.browser(address=f"198.51.{number}.9").enter_password(ada, "not it at all")
    stranger = office.browser(address="192.0.2.9")
    assert stranger.enter_password(ada).status_code == 422
    assert "from a browser that you have used here before" in stranger.text
    known.sign_in(ada)
    clock.advance(minutes=20)
    stranger.sign_in(ada)


def _app_of(key: str, person: Person) -> Person:
    pending = Person("", "", person.id, person.clock)
    pending.adds(key)
    return pending


def _wrong_for(browser: Browser, person: Person) -> str:
    return _app_of(browser.key, person).wrong_code()


def _right_for(key: str, person: Person) -> str:
    return _app_of(key, person).shown_code()
