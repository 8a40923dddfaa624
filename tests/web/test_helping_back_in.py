"""Passes and password links made in the portal: shown once, and never both by the same person."""

import pytest

from tests.support.clock import TestClock
from tests.support.members_web import NEW_PASSWORD, Browser, Person, codes_in
from tests.support.offices import Office
from tests.support.tables import dump

REASON = "Ticket 4711, called back"
PAID = "Less than 30 days ago you helped this person with the other factor"
NEW = "The address of this person was changed lately"
MAKE = {"pass": "Make a pass", "password-link": "Make a password link", "address": "Change address"}


def _make(browser: Browser, person: Person, what: str) -> int:
    typed = {"email": f"new-{person.email}"} if what == "address" else {}
    browser.open(f"/members/{person.id}/{what}")
    return browser.press(MAKE[what], reason=REASON, **typed).status_code


def _everywhere(browser: Browser, person: Person) -> str:
    """All that the browser shows when it goes about the administration afterwards."""
    paths = ("/members", f"/members/{person.id}", f"/members/{person.id}/pass", "/audit", "/organization", "/account")
    return " ".join(browser.open(path).get_data(as_text=True) for path in paths)


def test_a_pass_is_shown_once_and_lets_its_member_enrol(office: Office, ada: Person, iness: Browser) -> None:
    adas = office.signed_in(ada)
    assert _make(iness, ada, "pass") == 200
    (spelled,) = iness.codes
    assert iness.reply is not None
    assert iness.reply.headers["Cache-Control"] == "no-store"
    assert codes_in(_everywhere(iness, ada), [spelled]) == []
    adas.open("/account/history")
    assert codes_in(adas.text, [spelled]) == []
    browser = office.past_the_password(ada)
    assert browser.submit("/sign-in/pass", code=spelled).status_code == 303
    assert "Set up" in browser.told


def test_a_password_link_is_shown_once_and_sets_the_password(office: Office, ada: Person, iness: Browser) -> None:
    assert _make(iness, ada, "password-link") == 200
    link = iness.link
    assert iness.reply is not None
    assert iness.reply.headers["Cache-Control"] == "no-store"
    assert link.rpartition("/")[2] not in _everywhere(iness, ada)
    browser = office.browser()
    browser.open(link)
    browser.arrive()
    browser.press("Set this password", password=NEW_PASSWORD)
    ada.password = NEW_PASSWORD
    office.signed_in(ada)


def test_a_pass_lives_as_long_as_was_chosen(office: Office, ada: Person, iness: Browser, clock: TestClock) -> None:
    iness.open(f"/members/{ada.id}/pass")
    iness.press("Make a pass", reason=REASON, minutes="240")
    (spelled,) = iness.codes
    clock.advance(minutes=239)
    assert office.past_the_password(ada).submit("/sign-in/pass", code=spelled).status_code == 303
    clock.advance(minutes=2)
    assert office.past_the_password(ada).submit("/sign-in/pass", code=spelled).status_code == 422


@pytest.mark.parametrize("minutes", ["5", "99999", "", "-1", "60.0", "1e9", "\u0666\u0660"])
def test_no_other_life_can_be_chosen(office: Office, ada: Person, iness: Browser, minutes: str) -> None:
    before = dump(office.portal)
    assert iness.submit(f"/members/{ada.id}/pass", reason=REASON, minutes=minutes).status_code == 422
    assert dump(office.portal) == before


BOTH = [("pass", "password-link"), ("password-link", "pass"), ("pass", "address"), ("address", "pass")]


@pytest.mark.parametrize(("first", "then"), BOTH[:3])
def test_nobody_helps_with_both_factors(office: Office, ada: Person, iness: Browser, first: str, then: str) -> None:
    assert _make(iness, ada, first) in {200, 303}
    before = dump(office.portal)
    iness.open(f"/members/{ada.id}")
    assert PAID in iness.told
    assert f'href="/members/{ada.id}/{then}"' not in iness.text
    iness.open(f"/members/{ada.id}/{then}")
    assert PAID in iness.told
    typed = {"email": "new@example.org"} if then == "address" else {}
    assert iness.submit(f"/members/{ada.id}/{then}", reason=REASON, minutes="60", **typed).status_code == 422
    assert PAID in iness.told
    assert dump(office.portal) == before
    assert _make(office.signed_in(office.owner()), ada, then) in {200, 303}, "somebody else may"


@pytest.mark.parametrize(("first", "then"), BOTH[:3])
def test_a_form_that_is_not_there_has_no_faults(
    office: Office, ada: Person, iness: Browser, first: str, then: str
) -> None:
    """It was sent from a page that had grown old: what is in the way is said, and not that the reason is missing."""
    _make(iness, ada, first)
    assert iness.submit(f"/members/{ada.id}/{then}").status_code == 422
    assert PAID in iness.told
    assert "Please look at this again" not in iness.told


@pytest.mark.parametrize(("first", "then"), BOTH)
def test_after_thirty_days_it_is_forgotten(
    office: Office, ada: Person, ines: Person, clock: TestClock, first: str, then: str
) -> None:
    assert _make(office.signed_in(ines), ada, first) in {200, 303}
    ada.email = office.member(ada).email or ""
    clock.advance(days=29, hours=23)
    browser = office.signed_in(ines)
    browser.open(f"/members/{ada.id}")
    assert PAID in browser.told
    clock.advance(hours=2)
    assert _make(office.signed_in(ines), ada, then) in {200, 303}


def test_a_proof_is_not_spent_on_what_is_refused(
    office: Office, ada: Person, ines: Person, iness: Browser, clock: TestClock
) -> None:
    assert _make(iness, ada, "pass") == 200
    clock.advance(minutes=6)
    proof = ines.codes[0]
    assert iness.submit(f"/members/{ada.id}/password-link", reason=REASON, proof=proof).status_code == 422
    office.signed_in(ines).open("/account")
    assert office.browser().sign_in(ines, recovery_code=proof).status_code == 303


@pytest.mark.parametrize("what", ["pass", "password-link"])
def test_for_seven_days_nobody_helps_somebody_whose_address_is_new(
    office: Office, ada: Person, olga: Person, ines: Person, clock: TestClock, what: str
) -> None:
    assert _make(office.signed_in(ines), ada, "address") == 303
    ada.email = f"new-{ada.email}"
    browser = office.signed_in(olga)
    browser.open(f"/members/{ada.id}")
    assert browser.told.count(NEW) == 2
    before = dump(office.portal)
    browser.open(f"/members/{ada.id}/{what}")
    assert NEW in browser.told
    assert browser.submit(f"/members/{ada.id}/{what}", reason=REASON, minutes="60").status_code == 422
    assert dump(office.portal) == before
    clock.advance(days=7, minutes=1)
    assert _make(office.signed_in(olga), ada, what) == 200
    office.signed_in(ada)


def test_who_is_invited_may_get_another_address_and_needs_another_link(office: Office, olgas: Browser) -> None:
    ina, link = office.invited()
    assert _make(olgas, ina, "address") == 303
    browser = office.browser()
    browser.open(link)
    assert browser.arrive().status_code == 410
    olgas.open(f"/members/{ina.id}/invitation")
    assert olgas.press("Make a new invitation", reason=REASON).status_code == 200
    browser.open(olgas.link)
    assert f"new-{ina.email}" in browser.told


def test_the_member_page_counts_the_passes_of_the_year(office: Office, ada: Person, iness: Browser) -> None:
    _make(iness, ada, "pass")
    office.pass_for(ada)
    iness.open(f"/members/{ada.id}")
    assert "Made by Ines Admin" in iness.told
    assert "Made by the operator" in iness.told
