"""Ways around the second factor that other portals had; test_walk.py has those through a forgotten route."""

import base64

import pytest

from tests.support.clock import TestClock
from tests.support.members_web import NEW_PASSWORD, PASSWORD, Browser, Person
from tests.support.offices import Office
from tests.support.tables import dump


def _with_link(office: Office, person: Person) -> Browser:
    """A browser that has followed a password link."""
    browser = office.browser()
    browser.open(f"/password/{office.password_link_for(person)}")
    browser.arrive()
    return browser


def test_a_password_link_sets_the_password_and_signs_nobody_in(office: Office, ada: Person, adas: Browser) -> None:
    before = dump(office.portal)
    browser = _with_link(office, ada)
    assert browser.press("Set this password", password=NEW_PASSWORD).status_code == 200
    assert not browser.is_in
    assert not adas.is_in
    after = dump(office.portal)
    assert after["authenticator"] == before["authenticator"]
    assert after["recovery_code"] == before["recovery_code"]
    ada.password = NEW_PASSWORD
    assert browser.enter_password(ada).location == "/sign-in/code"
    assert office.browser().enter_password(ada, PASSWORD).status_code == 422


def test_a_password_link_works_once(office: Office, ada: Person) -> None:
    token = office.password_link_for(ada)
    first, second = office.browser(), office.browser()
    for browser in (first, second):
        browser.open(f"/password/{token}")
        browser.arrive()
    assert first.press("Set this password", password=NEW_PASSWORD).status_code == 200
    assert second.press("Set this password", password="another very good sentence").status_code == 410
    ada.password = NEW_PASSWORD
    office.signed_in(ada)


def test_with_a_right_code_a_wrong_password_stays_wrong(office: Office, ada: Person) -> None:
    for password in ("", "wrong", ada.shown_code(), ada.codes[0]):
        browser = office.browser()
        reply = browser.enter_password(ada, password, code=ada.shown_code(), totp=ada.shown_code())
        assert reply.status_code == 422
        assert not browser.is_in
    assert office.live_set(ada).left == 10


@pytest.mark.parametrize("kind", ["totp", "recovery code"])
def test_a_code_without_a_password_opens_nothing(office: Office, ada: Person, stranger: Browser, kind: str) -> None:
    code = ada.shown_code() if kind == "totp" else ada.codes[0]
    reply = stranger.submit("/sign-in/code", code=code, email=ada.email)
    assert (reply.status_code, reply.location) == (303, "/sign-in")
    assert office.live_set(ada).left == 10
    office.signed_in(ada)


def test_whose_code_it_must_be_is_not_the_browsers_to_say(office: Office, ada: Person, bob: Person) -> None:
    browser = office.past_the_password(ada)
    bobs = {"email": bob.email, "user_id": str(bob.id), "member_id": str(bob.id), "id": str(bob.id)}
    assert browser.submit("/sign-in/code", code=bob.shown_code(), **bobs).status_code == 422
    assert browser.submit("/sign-in/code", code=bob.codes[0], **bobs).status_code == 422
    assert not browser.is_in
    assert office.live_set(bob).left == 10


def test_flags_that_a_browser_claims_change_nothing(office: Office, ada: Person) -> None:
    browser = office.past_the_password(ada)
    claims = {"mfa": "true", "verified": "1", "remember": "on", "next": "/account", "session": "1"}
    assert browser.submit("/sign-in/code", code="", **claims).status_code == 422
    assert browser.submit("/sign-in/code?verified=1&next=/account", code=ada.wrong_code(), **claims).status_code == 422
    assert not browser.is_in


def test_each_step_gives_the_browser_a_new_token(office: Office, ada: Person, clock: TestClock) -> None:
    browser = office.browser()
    browser.set_cookie("session", "planted-by-somebody-else")
    browser.set_cookie("sign-in", "planted-by-somebody-else")
    browser.enter_password(ada)
    halfway = browser.cookies
    assert halfway[browser.name_of("sign-in")] != "planted-by-somebody-else"
    assert browser.name_of("session") not in halfway
    browser.submit("/sign-in/code", code=ada.code())
    inside = browser.cookie("session")
    assert inside not in halfway.values()
    assert browser.cookie("sign-in") is None
    clock.advance(minutes=6)
    browser.submit("/account/recovery-codes/shown", proof=ada.code())
    assert browser.cookie("session") != inside
    stale = office.browser()
    stale.set_cookie("session", inside or "")
    assert not stale.is_in
    stale.cookies = halfway
    assert stale.open("/sign-in/code").location == "/sign-in"


def test_a_new_sign_in_at_the_same_browser_ends_being_signed_in_as_before(
    office: Office, ada: Person, bob: Person, adas: Browser
) -> None:
    adas.arrive()
    adas.submit("/sign-in", email=bob.email, password=bob.password)
    assert not adas.is_in
    assert adas.cookie("session") is None
    assert adas.submit("/sign-in/code", code=ada.code()).status_code == 422
    assert adas.submit("/sign-in/code", code=bob.code()).status_code == 303
    adas.open("/account/profile")
    assert bob.email in adas.told


def test_nothing_worth_knowing_stands_in_a_cookie(office: Office, ada: Person) -> None:
    browser = office.browser()
    seen: list[str] = []
    browser.enter_password(ada)
    seen += browser.cookies.values()
    browser.submit("/sign-in/code", code=ada.code())
    browser.submit("/account/recovery-codes/shown")
    seen += browser.cookies.values()
    plain = "\n".join(text for value in seen for text in (value, *_decoded(value))).lower()
    secrets = (ada.password, ada.email, "ada example", str(ada.id), ada.shown_code(), *ada.codes)
    assert not [secret for secret in secrets if secret.lower() in plain]


def test_a_sign_in_in_progress_lasts_fifteen_minutes(office: Office, ada: Person, clock: TestClock) -> None:
    browser = office.past_the_password(ada)
    browser.arrive()
    clock.advance(minutes=15)
    reply = browser.submit("/sign-in/code", code=ada.shown_code())
    assert (reply.status_code, reply.location) == (303, "/sign-in")
    assert not browser.is_in
    assert "your session has ended" in browser.told


def test_leaving_ends_a_sign_in_in_progress(office: Office, ada: Person) -> None:
    browser = office.past_the_password(ada)
    kept = browser.cookies
    browser.press("Sign in as somebody else")
    browser.cookies = kept
    assert browser.open("/sign-in/code").location == "/sign-in"


def test_after_the_password_no_cookie_outlives_the_browser(office: Office, ada: Person) -> None:
    browser = office.browser()
    reply = browser.enter_password(ada)
    lasting = [c for c in reply.headers.getlist("Set-Cookie") if "Max-Age" in c and "Max-Age=0" not in c]
    assert lasting == []


def test_a_known_browser_still_needs_both_factors(office: Office, ada: Person, adas: Browser) -> None:
    adas.submit("/sign-out")
    assert adas.cookie("browser")
    assert not adas.is_in
    assert adas.enter_password(ada, "wrong").status_code == 422
    assert adas.enter_password(ada).location == "/sign-in/code"
    assert not adas.is_in


def test_whoever_came_with_a_recovery_code_does_not_see_the_others(office: Office, ada: Person) -> None:
    browser = office.browser()
    browser.sign_in(ada, recovery_code=ada.codes[0])
    for path in ("shown", "download", "sheet"):
        reply = browser.submit(f"/account/recovery-codes/{path}")
        assert (reply.status_code, reply.location) == (303, "/account/recovery-codes")
        assert "You signed in with a recovery code" in browser.told
        proved = browser.submit(f"/account/recovery-codes/{path}", proof=ada.code())
        assert proved.status_code == 303
    assert browser.submit("/account/recovery-codes", generation="1").status_code == 200
    new = browser.codes
    assert len(new) == 10
    assert browser.submit("/account/recovery-codes/shown").status_code == 200
    assert browser.codes == new


def _decoded(value: str) -> list[str]:
    """Every part of a cookie as what base64 makes of it."""
    texts = []
    for part in value.replace("|", ".").split("."):
        try:
            texts.append(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode(errors="replace"))
        except ValueError:
            continue
    return texts
