"""One member, two doors: what happens on pages holds for an application's client at once, and the other way round."""

from dataclasses import dataclass
from typing import Any

import pyotp
import pytest
import stytch
from flask import Flask

from app.domain.events import Act
from app.portal import Portal
from tests.support.applications import App, Application, StytchUser, made, told, uuid_in, wrong_recovery_code
from tests.support.clock import TestClock
from tests.support.members_web import NEW_PASSWORD, Browser, Person
from tests.support.offices import Office
from tests.support.otp import AuthenticatorApp, secret_from_key
from tests.support.site import Site

LOCKED = (429, "user_lock_limit_reached")
OVER = (404, "session_not_found")
GONE = (404, "user_not_found")
WRONG = (401, "unable_to_authenticate_totp")


@pytest.fixture
def office(app: Flask, portal: Portal, clock: TestClock) -> Office:
    """The organization Acme Works, whose people sit at the pages of the portal."""
    return Office(app, portal, clock)


@pytest.fixture
def counter(office: Office) -> Application:
    """An application of theirs that may do everything."""
    return made(office.portal, "Counter", organization=office.slug)


@pytest.fixture
def client(site: Site, counter: Application) -> stytch.Client:
    return counter.stytch()


@pytest.fixture
def ada(office: Office) -> Person:
    """A member with an authenticator and acknowledged codes."""
    return office.person("Ada Example")


@dataclass
class AtTheCounter:
    """A member of the portal at an application, where they show codes of the same authenticator and the same sheet."""

    client: stytch.Client
    person: Person

    @property
    def user_id(self) -> str:
        return f"user-live-{self.person.id}"

    def shows(self, code: str | None = None, **wishes: Any) -> str:
        """The token of the session, if one was wished for."""
        typed = self.person.code() if code is None else code
        return self.client.totps.authenticate(user_id=self.user_id, totp_code=typed, **wishes).session_token

    def recovers(self, code: str) -> None:
        self.client.totps.recover(user_id=self.user_id, recovery_code=code)


@pytest.fixture
def visitor(client: stytch.Client, ada: Person) -> AtTheCounter:
    return AtTheCounter(client, ada)


def test_somebody_enrols_on_the_page_comes_to_the_application_and_is_locked_and_let_in_again(
    office: Office, client: stytch.Client
) -> None:
    nora, olga = office.person("Nora New", enrolled=False), office.owner()
    noras = office.past_the_password(nora)
    noras.arrive()
    noras.press("Set up an authenticator")
    noras.arrive()
    nora.adds(noras.key)
    noras.press("Confirm authenticator", code=nora.code())
    nora.codes = noras.codes
    noras.press("Acknowledge", saved="y")

    by_address = {"filter_name": "email_address", "filter_value": [nora.email]}
    [found] = client.users.search(query={"operator": "AND", "operands": [by_address]}).results
    at_the_counter = AtTheCounter(client, nora)
    assert found.user_id == at_the_counter.user_id
    assert (found.status, found.is_locked, [one.verified for one in found.totps]) == ("active", False, [True])
    assert client.totps.recovery_codes(user_id=found.user_id).totps[0].recovery_codes == nora.codes
    session = at_the_counter.shows(session_duration_minutes=600)
    assert client.sessions.authenticate(session_token=session).user == found

    olgas = office.signed_in(olga)
    olgas.open(f"/members/{nora.id}/lock")
    olgas.press("Lock", reason="phone found by a stranger")
    assert told(client.sessions.authenticate, session_token=session) == OVER
    assert told(at_the_counter.shows) == LOCKED
    assert told(at_the_counter.recovers, code=nora.codes[0]) == LOCKED
    locked = client.users.get(user_id=found.user_id)
    assert (locked.is_locked, locked.lock_expires_at) == (True, None)
    assert not noras.is_in

    olgas.open(f"/members/{nora.id}/unlock")
    olgas.press("Unlock", reason="it was her own")
    assert at_the_counter.shows(session_duration_minutes=60)
    assert client.users.get(user_id=found.user_id).is_locked is False
    at_the_counter.recovers(nora.codes[0])
    noras.sign_in(nora)
    noras.open("/account/history")
    assert noras.told.count("You confirmed who you are to the application Counter") == 3


def test_a_code_spent_at_one_door_is_spent_at_the_other(office: Office, visitor: AtTheCounter) -> None:
    ada, browser = visitor.person, office.browser()
    visitor.shows(ada.code())
    browser.enter_password(ada)
    browser.submit("/sign-in/code", code=ada.shown_code())
    assert "That code has already been used" in browser.told
    browser.submit("/sign-in/code", code=ada.code())
    assert browser.is_in
    assert told(visitor.shows, code=ada.shown_code()) == (401, "totp_code_already_authenticated")

    visitor.recovers(ada.codes[0])
    other = office.past_the_password(ada)
    other.submit("/sign-in/code", code=ada.codes[0])
    assert "That recovery code has already been used" in other.told
    other.submit("/sign-in/code", code=ada.codes[1])
    assert other.is_in
    assert told(visitor.recovers, code=ada.codes[1]) == (401, "unable_to_authenticate_recovery_code")
    left = visitor.client.totps.recovery_codes(user_id=visitor.user_id).totps[0].recovery_codes
    assert left == ada.codes[2:]


def test_wrong_codes_at_both_doors_come_out_of_one_budget(
    office: Office, visitor: AtTheCounter, clock: TestClock
) -> None:
    ada, browser = visitor.person, office.past_the_password(visitor.person)
    for _ in range(5):
        assert browser.submit("/sign-in/code", code=ada.wrong_code()).status_code == 422
        visitor_told = told(visitor.shows, code=ada.wrong_code())
    assert visitor_told == LOCKED
    assert browser.submit("/sign-in/code", code=ada.shown_code()).status_code == 429
    clock.advance(minutes=60)
    visitor.shows()
    assert office.member(ada).locks_in_row == 0
    assert browser.enter_password(ada).status_code == 303
    assert browser.submit("/sign-in/code", code=ada.code()).status_code == 303


def test_a_right_code_at_one_door_does_not_open_the_other_that_was_closed(
    office: Office, visitor: AtTheCounter, clock: TestClock
) -> None:
    ada = visitor.person
    for _ in range(5):
        for _ in range(10):
            told(visitor.recovers, code=wrong_recovery_code())
        clock.advance(days=7)
    assert told(visitor.shows) == LOCKED
    browser = office.signed_in(ada)
    assert browser.is_in
    assert told(visitor.shows) == LOCKED
    olgas = office.signed_in(office.owner())
    olgas.open(f"/members/{ada.id}/unlock")
    olgas.press("Unlock", reason="asked for it")
    visitor.shows()


def test_what_an_application_began_opens_the_portal_once_it_is_confirmed(
    office: Office, client: stytch.Client, clock: TestClock
) -> None:
    nora = office.person("Nora New", enrolled=False)
    user_id = f"user-live-{nora.id}"
    begun = client.totps.create(user_id=user_id)
    phone = App(begun.secret, clock)
    client.totps.authenticate(user_id=user_id, totp_code=phone.code())
    nora.adds(begun.secret)
    clock.advance(seconds=30)
    browser = office.browser()
    browser.enter_password(nora)
    browser.submit("/sign-in/code", code=nora.code())
    browser.open("/account")
    assert browser.arrive().request.path == "/account/recovery-codes"
    browser.press("Acknowledge", saved="y")
    assert browser.is_in
    other = office.past_the_password(nora)
    other.submit("/sign-in/code", code=begun.recovery_codes[0])
    assert other.is_in


def test_what_an_application_began_is_not_shown_on_the_pages_and_ends_where_the_member_begins(
    office: Office, client: stytch.Client, clock: TestClock
) -> None:
    nora = office.person("Nora New", enrolled=False)
    asked = {"user_id": f"user-live-{nora.id}"}
    begun = client.totps.create(user_id=asked["user_id"])
    browser = office.past_the_password(nora)
    browser.arrive()
    assert browser.open("/enrolment").status_code == 410
    assert begun.secret not in browser.text
    browser.open("/welcome")
    browser.press("Set up an authenticator")
    browser.arrive()
    assert browser.key != begun.secret
    code = App(begun.secret, clock).code()
    assert told(client.totps.authenticate, **asked, totp_code=code) == (404, "totps_not_found_for_user")
    assert client.users.get(**asked).totps == []
    nora.adds(browser.key)
    browser.press("Confirm authenticator", code=nora.code())
    browser.press("Acknowledge", saved="y")
    assert told(client.totps.recover, **asked, recovery_code=begun.recovery_codes[0])[0] == 401
    assert browser.is_in


def test_reading_the_codes_is_told_to_the_member_once_a_day_and_written_down_each_time(
    office: Office, visitor: AtTheCounter, clock: TestClock
) -> None:
    ada, client = visitor.person, visitor.client
    kiosk = made(office.portal, "Kiosk", organization=office.slug).stytch()
    clock.set(clock.now().replace(hour=9, minute=0))
    for _ in range(3):
        client.totps.recovery_codes(user_id=visitor.user_id)
    kiosk.totps.recovery_codes(user_id=visitor.user_id)
    clock.advance(hours=14, minutes=50)
    client.totps.recovery_codes(user_id=visitor.user_id)
    adas = office.signed_in(ada)
    assert _told_of_reading(adas) == {"Counter": 1, "Kiosk": 1}
    clock.advance(hours=1)
    client.totps.recovery_codes(user_id=visitor.user_id)
    adas.sign_in(ada)
    assert _told_of_reading(adas) == {"Counter": 2, "Kiosk": 1}
    acts = office.acts(ada)
    assert (acts.count(Act.CODES_READ), acts.count(Act.CODES_READ_AGAIN)) == (3, 3)
    assert "again" not in adas.told


def _told_of_reading(browser: Browser) -> dict[str, int]:
    browser.open("/account/history")
    return {name: browser.told.count(f"{name} read your recovery codes") for name in ("Counter", "Kiosk")}


def test_panic_ends_the_sessions_of_applications_too(office: Office, visitor: AtTheCounter) -> None:
    session = visitor.shows(session_duration_minutes=600)
    adas = office.signed_in(visitor.person)
    adas.open("/account/panic")
    adas.press("End all sessions and lock my account")
    assert told(visitor.client.sessions.authenticate, session_token=session) == OVER
    assert visitor.client.sessions.get(user_id=visitor.user_id).sessions == []
    assert told(visitor.shows) == LOCKED
    assert told(visitor.client.totps.recovery_codes, user_id=visitor.user_id) == LOCKED


def test_a_member_sees_the_sessions_of_applications_and_ends_them(office: Office, visitor: AtTheCounter) -> None:
    session = visitor.shows(session_duration_minutes=600)
    adas = office.signed_in(visitor.person)
    adas.open("/account/sessions")
    assert "Counter" in adas.told
    [listed] = visitor.client.sessions.get(user_id=visitor.user_id).sessions
    ending = f"/account/sessions/{listed.session_id.removeprefix('session-live-')}/end"
    assert adas.submit(ending).status_code == 303
    assert told(visitor.client.sessions.authenticate, session_token=session) == OVER


def test_a_new_password_or_new_codes_end_the_sessions_of_applications(office: Office, visitor: AtTheCounter) -> None:
    ada, client = visitor.person, visitor.client
    first = visitor.shows(session_duration_minutes=600)
    adas = office.signed_in(ada)
    adas.open("/account/profile")
    adas.press("Change password", password=NEW_PASSWORD)
    assert told(client.sessions.authenticate, session_token=first) == OVER
    second = visitor.shows(session_duration_minutes=600)
    adas.open("/account/recovery-codes")
    adas.press("Regenerate codes")
    assert len(adas.codes) == 10
    assert told(client.sessions.authenticate, session_token=second) == OVER
    assert client.totps.recovery_codes(user_id=visitor.user_id).totps[0].recovery_codes == adas.codes
    assert told(visitor.recovers, code=ada.codes[0]) == (401, "unable_to_authenticate_recovery_code")
    visitor.recovers(adas.codes[0])


def test_whoever_an_admin_suspends_or_removes_is_so_for_the_client(office: Office, visitor: AtTheCounter) -> None:
    ada, client = visitor.person, visitor.client
    session = visitor.shows(session_duration_minutes=600)
    olgas = office.signed_in(office.owner())
    olgas.open(f"/members/{ada.id}/suspension")
    olgas.press("Suspend", reason="on leave")
    assert told(client.sessions.authenticate, session_token=session) == OVER
    assert told(visitor.shows) == (400, "action_available_only_for_active_members")
    assert client.users.get(user_id=visitor.user_id).status == "pending"
    olgas.open(f"/members/{ada.id}/reactivation")
    olgas.press("Reactivate", reason="back again")
    visitor.shows()
    olgas.open(f"/members/{ada.id}/removal")
    olgas.press("Remove", reason="has left")
    assert told(client.users.get, user_id=visitor.user_id) == GONE
    assert told(visitor.shows) == GONE
    assert told(client.totps.recovery_codes, user_id=visitor.user_id) == GONE
    assert client.users.search().results_metadata.total == 1


def test_whose_last_authenticator_an_application_took_away_needs_a_pass(
    office: Office, visitor: AtTheCounter, clock: TestClock
) -> None:
    ada, client = visitor.person, visitor.client
    adas = office.signed_in(ada)
    client.users.delete_totp(totp_id=f"totp-live-{ada.authenticator}")
    assert not adas.is_in
    adas.enter_password(ada)
    assert "a new one needs a pass" in adas.told
    begun = client.totps.create(user_id=visitor.user_id)
    client.totps.authenticate(user_id=visitor.user_id, totp_code=App(begun.secret, clock).code())
    ada.adds(begun.secret)
    clock.advance(seconds=30)
    adas.enter_password(ada)
    assert adas.submit("/sign-in/code", code=ada.code()).status_code == 303


def test_what_a_user_was_made_with_stands_on_the_pages_of_admins(office: Office, client: stytch.Client) -> None:
    made_there = client.users.create(email="nina@example.org", name={"first_name": "Nina", "last_name": "Novak"})
    olgas = office.signed_in(office.owner())
    olgas.open("/members")
    olgas.follow("Nina Novak")
    assert "nina@example.org" in olgas.told
    user = StytchUser.made(client, office.clock, email="carl@example.org")
    user.confirms()
    olgas.open(f"/members/{user.uuid}")
    assert "Phone" in olgas.told
    assert "with the password alone" not in olgas.told
    client.users.delete(user_id=made_there.user_id)
    olgas.open("/members")
    assert "Nina Novak" not in olgas.told


def test_whoever_was_taken_over_with_codes_of_another_system_signs_in_with_one_of_them(
    office: Office, suite: Application, site: Site
) -> None:
    b2b, secret = suite.stytch_b2b(), pyotp.random_base32()
    made_there = b2b.organizations.members.create(office.slug, "mia@example.org", name="Mia Moved", external_id="17")
    taken = b2b.totps.migrate(office.slug, "17", secret, ["A1b2-c3d4-E5F6", "zzzz yyyy 1", "p@ss/word*"])
    mia = Person("Mia Moved", "mia@example.org", uuid_in(made_there.member_id), office.clock, slug=office.slug)
    mia.app = AuthenticatorApp(secret_from_key(secret), "", mia.email)
    mias = office.browser()
    mias.open(f"/password/{office.password_link_for(mia)}")
    mias.press("Set this password", password=mia.password)
    assert not mias.is_in, "a password link signs nobody in"

    mias.enter_password(mia)
    assert mias.submit("/sign-in/code", code="p@ss/word+").status_code == 422
    assert mias.submit("/sign-in/code", code="a1b2 C3D4e5f6").status_code == 303
    mias.open("/account")
    assert mias.arrive().request.path == "/account/recovery-codes", "nobody has said here that the codes are kept"
    assert "another system" in mias.told
    mias.press("Acknowledge", saved="y")
    assert mias.is_in
    assert b2b.recovery_codes.get(office.slug, "17").recovery_codes == taken.recovery_codes[1:]
    spent = told(
        b2b.recovery_codes.recover, organization_id=office.slug, member_id="17", recovery_code=taken.recovery_codes[0]
    )
    assert spent == (401, "unable_to_authenticate_recovery_code")
    assert b2b.recovery_codes.recover(office.slug, "17", "ZZZZYYYY1").recovery_codes_remaining == 1
    other = office.past_the_password(mia)
    assert other.submit("/sign-in/code", code="zzzzyyyy1").status_code == 422
    assert other.submit("/sign-in/code", code=mia.code()).status_code == 303
    assert other.is_in
    replayed = told(b2b.totps.authenticate, organization_id=office.slug, member_id="17", code=mia.shown_code())
    assert replayed == (401, "totp_code_already_authenticated")
