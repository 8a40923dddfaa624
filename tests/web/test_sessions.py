"""Sessions: how long they last, where they are listed, and how they end."""

import pytest

from app.domain.events import Act
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.tables import dump


def test_a_session_ends_half_an_hour_after_its_last_use(adas: Browser, clock: TestClock) -> None:
    for _ in range(3):
        clock.advance(minutes=29)
        assert adas.is_in
    clock.advance(minutes=30)
    assert not adas.is_in


def test_a_session_ends_after_twelve_hours_however_it_is_used(adas: Browser, clock: TestClock) -> None:
    for _ in range(28):
        clock.advance(minutes=25)
        assert adas.is_in
    clock.advance(minutes=25)
    assert not adas.is_in


def test_what_the_browser_kept_does_not_bring_it_back(adas: Browser, clock: TestClock) -> None:
    kept = adas.cookies
    clock.advance(minutes=31)
    adas.cookies = kept
    assert not adas.is_in


def test_signing_out_is_a_post_and_ends_it_for_good(office: Office, ada: Person, adas: Browser) -> None:
    kept = adas.cookies
    for method in ("GET", "HEAD"):
        assert adas.open("/sign-out", method=method).status_code == 405
    assert adas.is_in
    adas.submit("/sign-out")
    assert "You are signed out" in adas.told
    adas.cookies = kept
    assert not adas.is_in
    assert Act.SIGNED_OUT in office.acts(ada)


def test_cookies_from_before_the_failures_do_not_undo_them(office: Office, ada: Person) -> None:
    browser = office.past_the_password(ada)
    kept = browser.cookies
    for _ in range(10):
        browser.submit("/sign-in/code", code=ada.wrong_code())
    browser.cookies = kept
    browser.open("/sign-in/code")
    assert browser.submit("/sign-in/code", code=ada.shown_code()).status_code == 429


def _id_of_the_other(browser: Browser) -> str:
    page = browser.open("/account/sessions").get_data(as_text=True)
    return page.partition('action="/account/sessions/')[2].partition("/end")[0]


def test_a_member_ends_one_session(office: Office, ada: Person, adas: Browser) -> None:
    other = office.signed_in(ada, address="198.51.100.9")
    third = office.signed_in(ada)
    adas.open("/account/sessions")
    assert "198.51.100.9" in adas.told
    assert "Firefox on Linux" in adas.told
    public_id = dump(office.portal)["session"][1]["public_id"]
    assert adas.submit(f"/account/sessions/{public_id}/end").location == "/account/sessions"
    assert (adas.is_in, other.is_in, third.is_in) == (True, False, True)
    adas.submit(f"/account/sessions/{public_id}/end")
    assert "already ended" in adas.told


def test_a_member_ends_all_others(office: Office, ada: Person, adas: Browser) -> None:
    others = [office.signed_in(ada) for _ in range(2)]
    adas.submit("/account/sessions/end-others")
    assert "2 other sessions have ended" in adas.told
    assert [browser.is_in for browser in (adas, *others)] == [True, False, False]


def test_ending_the_own_session_signs_out(office: Office, adas: Browser) -> None:
    public_id = dump(office.portal)["session"][0]["public_id"]
    assert adas.submit(f"/account/sessions/{public_id}/end").location == "/sign-in"
    assert not adas.is_in


def test_nobody_ends_the_session_of_somebody_else(office: Office, adas: Browser, bob: Person) -> None:
    bobs = office.signed_in(bob)
    row = dump(office.portal)
    for one in row["session"][1:]:
        adas.submit(f"/account/sessions/{one['public_id']}/end")
    for one in row["known_browser"][1:]:
        adas.submit(f"/account/known-browsers/{one['public_id']}/removal")
    assert bobs.is_in
    assert len(dump(office.portal)["known_browser"]) == len(row["known_browser"])


def test_a_known_browser_can_be_forgotten(office: Office, ada: Person, adas: Browser) -> None:
    adas.open("/account/sessions")
    assert "This browser" in adas.told
    public_id = dump(office.portal)["known_browser"][0]["public_id"]
    adas.submit(f"/account/known-browsers/{public_id}/removal")
    assert "The browser is forgotten" in adas.told
    assert dump(office.portal)["known_browser"] == []


@pytest.mark.parametrize("status", ["suspended", "removed"])
def test_whoever_may_no_longer_sign_in_is_out_at_once(office: Office, ada: Person, adas: Browser, status: str) -> None:
    arriving = office.past_the_password(ada)
    with office.portal.writing() as tx:
        tx.db.exec_driver_sql(f"UPDATE member SET status = '{status}'")  # noqa: S608 -- one of two words above
    assert not adas.is_in
    assert arriving.open("/sign-in/code").location == "/sign-in"


def test_the_button_for_when_something_is_wrong_ends_everything(office: Office, ada: Person, adas: Browser) -> None:
    others = [office.signed_in(ada), office.past_the_password(ada)]
    adas.open("/account/panic")
    adas.press("End all sessions and lock my account")
    assert "Your account is locked" in adas.told
    assert not adas.is_in
    assert others[0].open("/account").status_code == 303
    assert others[1].open("/sign-in/code").location == "/sign-in"
    assert office.acts(ada)[-1] is Act.PANICKED
