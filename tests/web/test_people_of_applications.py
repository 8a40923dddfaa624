"""People whom an application made: with no address, no password and no role, they are members like all others."""

import csv
import io
from datetime import timedelta

import pyotp
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.domain.application_sessions import Wish
from app.domain.events import Act, Origin
from app.domain.members import Status
from app.domain.refusals import Refused
from app.services import totps, user_codes, users
from app.services.users import Changes
from app.web.access import TABLE
from tests.support import applications, issuers
from tests.support.applications import Application
from tests.support.clock import TestClock
from tests.support.members_web import NEW_PASSWORD, Browser, Person, filled
from tests.support.offices import Office
from tests.support.people import granted
from tests.support.routes import REASON
from tests.support.screens import Login, Screen
from tests.support.shops import Shop
from tests.support.tables import dump

FROM_THE_SHOP = Origin("192.0.2.80", "Firefox on Linux")
ACTS = sorted(rule for method, rule in TABLE if method == "GET" and rule.startswith("/members/<uuid:id>"))


@pytest.fixture
def shop(office: Office) -> Application:
    return applications.made(office.portal, "Shop", organization=office.slug)


@pytest.fixture
def uma(office: Office, shop: Application) -> Person:
    """Made by the shop, with a name and nothing else."""
    return _user(office, shop, "Uma")


@pytest.fixture
def umas_phone(office: Office, shop: Application, uma: Person) -> pyotp.TOTP:
    """She has enrolled in the shop, and is in there."""
    return _enrols(office, shop, uma)


def _user(office: Office, shop: Application, name: str = "", email: str | None = None, external: str = "") -> Person:
    notes = Changes(first_name=name or None, external_id=external or None)
    made = users.create(office.portal, shop.project, email=email, notes=notes, pending=False, origin=FROM_THE_SHOP)
    assert not isinstance(made, Refused)
    who = shop.member(made.id)
    return Person(who.name, who.email or "", who.public_id, office.clock, slug=office.slug)


def _enrols(office: Office, shop: Application, person: Person) -> pyotp.TOTP:
    """In the shop, from the first code on; what the phone knows then."""
    life = timedelta(minutes=30)
    created = totps.create(office.portal, shop.project, person.id, life=life, origin=FROM_THE_SHOP)
    assert not isinstance(created, Refused)
    person.codes = created.codes
    _comes_in(office, shop, person, pyotp.TOTP(created.key).at(office.clock.now()))
    return pyotp.TOTP(created.key)


def _comes_in(office: Office, shop: Application, person: Person, code: str) -> None:
    wish = Wish(life=timedelta(hours=2), origin=FROM_THE_SHOP)
    checked = totps.authenticate(office.portal, shop.project, person.id, code, wish=wish, origin=FROM_THE_SHOP)
    assert not isinstance(checked, Refused)
    assert checked.session


def _act(browser: Browser, person: Person, act: str, button: str, **typed: str) -> int:
    browser.open(f"/members/{person.id}/{act}")
    return browser.press(button, reason=REASON, **typed).status_code


# in lists


def test_they_stand_in_the_list_and_are_found(office: Office, shop: Application, uma: Person, olgas: Browser) -> None:
    unnamed = _user(office, shop, external="customer-17")
    olgas.open("/members")
    assert "Uma no address No authenticator never" in olgas.told
    assert f"{unnamed.name} no address" in olgas.told
    assert unnamed.name
    for search in ("uma", "um"):
        olgas.open(f"/members?search={search}")
        assert "1 found." in olgas.told
    _enrols(office, shop, uma)
    olgas.open("/members?factor=unacknowledged")
    assert "Uma no address Codes not acknowledged" in olgas.told


@pytest.mark.parametrize("sort", ["name", "-name", "seen", "-seen", "-added"])
def test_they_are_sorted_with_the_others(office: Office, shop: Application, olgas: Browser, sort: str) -> None:
    people = [_user(office, shop, f"Uma {number}") for number in range(20)]
    listed = []
    path: str | None = f"/members?sort={sort}"
    while path:
        olgas.open(path)
        listed += [one.name for one in people if f"/members/{one.id}" in olgas.text]
        path = olgas.text.partition('pages-on" href="')[2].partition('"')[0].replace("&amp;", "&") or None
    assert sorted(listed) == sorted(one.name for one in people)


def test_an_export_has_an_empty_cell_for_the_address(office: Office, uma: Person, olgas: Browser) -> None:
    reply = olgas.submit("/members/export", sort="name")
    rows = list(csv.reader(io.StringIO(reply.get_data(as_text=True).removeprefix("\ufeff"))))
    (row,) = [row for row in rows if row[0] == "Uma"]
    assert row[:8] == ["Uma", "", "member", "active", "No authenticator", "0", "0", ""]


def test_several_of_them_are_acted_on_at_once(office: Office, shop: Application, uma: Person, olgas: Browser) -> None:
    ulf = _user(office, shop, "Ulf")
    _enrols(office, shop, uma)
    olgas.open(f"/members/several?act=sessions-end&{uma.id}=on&{ulf.id}=on")
    assert "Uma no address" in olgas.told
    assert olgas.press("End their sessions", reason=REASON).status_code == 303
    assert "The sessions of Ulf, Uma are ended. 1 session ended." in olgas.told
    olgas.open(f"/members/several?act=suspension&{uma.id}=on&{ulf.id}=on")
    assert olgas.press("Suspend them", reason=REASON).status_code == 303
    assert {office.member(one).status for one in (uma, ulf)} == {Status.SUSPENDED}


# one of them


def test_the_page_of_one_says_what_there_is(office: Office, shop: Application, uma: Person, olgas: Browser) -> None:
    olgas.open(f"/members/{uma.id}")
    assert "Uma No address Second factor No authenticator" in olgas.told
    assert "Never signed in." in olgas.told
    assert "Shop created Uma" in olgas.told
    _enrols(office, shop, uma)
    olgas.open(f"/members/{uma.id}")
    assert "Open sessions 1" in olgas.told
    assert "10 of 10 left" in olgas.told
    assert "Uma added an authenticator in Shop." in olgas.told


@pytest.mark.parametrize("rule", ACTS)
@pytest.mark.parametrize("enrolled", [False, True], ids=["fresh", "enrolled"])
def test_every_page_about_one_can_be_looked_at(
    office: Office, shop: Application, uma: Person, olgas: Browser, rule: str, *, enrolled: bool
) -> None:
    if enrolled:
        _enrols(office, shop, uma)
    assert olgas.open(filled(rule, id=uma.id)).status_code in {200, 303}
    assert "None" not in olgas.told.replace("None.", "")


def test_a_way_back_says_that_there_is_no_address_to_sign_in_with(uma: Person, olgas: Browser, ada: Person) -> None:
    for act in ("pass", "password-link"):
        olgas.open(f"/members/{uma.id}/{act}")
        assert "There is no address yet, and nobody signs in to this portal without one." in olgas.told
        olgas.open(f"/members/{ada.id}/{act}")
        assert "There is no address yet" not in olgas.told


@pytest.mark.usefixtures("umas_phone")
@pytest.mark.parametrize(
    ("act", "button", "typed", "then"),
    [
        ("pass", "Make a pass", {}, "A pass for Uma"),
        ("password-link", "Make a password link", {}, "A password link for Uma"),
        ("name", "Change name", {"name": "Uma User"}, "The name is Uma User now."),
        ("address", "Change address", {"email": "uma@example.org"}, "Uma signs in with uma@example.org from now on."),
        ("role", "Change role", {"role": "admin"}, "The role of Uma is admin now."),
        ("sessions-end", "End all sessions", {}, "Uma is signed out everywhere. 1 session ended."),
        ("lock", "Lock", {}, "Uma is locked"),
        ("suspension", "Suspend", {}, "Uma is suspended and cannot sign in. 1 session ended."),
        ("removal", "Remove", {}, "Uma is removed"),
    ],
)
def test_every_act_can_be_done_to_one(
    uma: Person, olgas: Browser, act: str, button: str, typed: dict[str, str], then: str
) -> None:
    assert _act(olgas, uma, act, button, **typed) in {200, 303}
    assert then in olgas.told
    assert olgas.open(f"/members/{uma.id}").status_code == 200
    assert "Problem:" not in olgas.told


def test_what_was_shut_is_opened_again(office: Office, uma: Person, olgas: Browser) -> None:
    _act(olgas, uma, "lock", "Lock")
    assert _act(olgas, uma, "unlock", "Unlock") == 303
    _act(olgas, uma, "suspension", "Suspend")
    assert _act(olgas, uma, "reactivation", "Reactivate") == 303
    assert "Uma can sign in again" in olgas.told
    assert office.member(uma).status is Status.ACTIVE
    assert _act(olgas, uma, "removal", "Remove") == 303
    olgas.open("/members")
    assert "Uma" not in olgas.told.partition("Last sign-in")[2]


def test_removing_one_says_that_there_is_no_address_to_free(uma: Person, olgas: Browser) -> None:
    olgas.open(f"/members/{uma.id}/removal")
    assert "There is no address to free." in olgas.told


def test_a_password_link_names_whom_it_is_for(uma: Person, olgas: Browser, stranger: Browser) -> None:
    _act(olgas, uma, "password-link", "Make a password link")
    stranger.open(olgas.link)
    assert "For Uma . Your authenticator" in stranger.told
    assert 'autocomplete="username"' not in stranger.text
    stranger.press("Set this password", password=NEW_PASSWORD)
    assert "Your password is set" in stranger.told


def test_with_a_password_and_an_address_one_signs_in_here(
    office: Office, shop: Application, uma: Person, olgas: Browser, stranger: Browser, clock: TestClock
) -> None:
    phone = _enrols(office, shop, uma)
    _act(olgas, uma, "password-link", "Make a password link")
    stranger.open(olgas.link)
    stranger.press("Set this password", password=NEW_PASSWORD)
    _act(olgas, uma, "address", "Change address", email="uma@example.org")
    uma.email, uma.password = "uma@example.org", NEW_PASSWORD
    browser = office.past_the_password(uma)
    clock.advance(seconds=30)
    assert browser.submit("/sign-in/code", code=phone.at(clock.now())).status_code == 303
    assert browser.is_in
    browser.arrive()
    assert "Save your recovery codes" in browser.told  # the shop had them, and nobody has said that they are kept
    browser.press("Show codes")
    assert browser.codes == uma.codes
    browser.press("Acknowledge", saved="y")
    browser.open("/account/history")
    for line in (
        "The application Shop put you on its list of people here.",
        "The application Shop began to set up an authenticator for you.",
        "You added the authenticator Phone in the application Shop.",
        "You confirmed who you are to the application Shop, with a code from your authenticator.",
    ):
        assert line in browser.told


# what is written down


def test_the_log_names_them_and_the_application(office: Office, shop: Application, uma: Person, olgas: Browser) -> None:
    _enrols(office, shop, uma)
    assert not isinstance(user_codes.read(office.portal, shop.project, uma.id, origin=FROM_THE_SHOP), Refused)
    for path in ("/audit", f"/audit?member={uma.id}", "/audit?person=uma", "/audit?act=applications"):
        olgas.open(path)
        assert "Shop created Uma ." in olgas.told, path
        assert "Shop read the recovery codes of Uma ." in olgas.told, path
    olgas.open("/audit?act=recovery-codes")
    assert "Shop read the recovery codes of Uma ." in olgas.told


def test_whoever_has_an_account_reads_what_an_application_did(
    office: Office, shop: Application, ada: Person, adas: Browser, clock: TestClock
) -> None:
    clock.advance(seconds=60)
    _comes_in(office, shop, ada, ada.shown_code())
    for _ in range(2):
        assert not isinstance(user_codes.read(office.portal, shop.project, ada.id, origin=FROM_THE_SHOP), Refused)
    adas.open("/account/history")
    assert "You confirmed who you are to the application Shop, with a code from your authenticator." in adas.told
    assert adas.told.count("The application Shop read your recovery codes.") == 1
    assert "192.0.2.80" not in adas.told  # where the application is, nobody else is to see
    adas.open("/account")
    assert adas.reply is not None
    assert adas.reply.status_code == 200


# sessions in an application


def test_a_session_in_an_application_stands_among_ones_own(
    office: Office, shop: Application, ada: Person, adas: Browser, clock: TestClock
) -> None:
    clock.advance(seconds=60)
    _comes_in(office, shop, ada, ada.shown_code())
    adas.open("/account/sessions")
    assert "In the application Shop Active just now Since just now Firefox on Linux 192.0.2.80" in adas.told
    assert "Opened with authenticator" in adas.told
    assert adas.told.count("This session") == 1
    (there,) = [row for row in dump(office.portal)["session"] if row["audience"] == shop.project.audience]
    assert adas.submit(f"/account/sessions/{there['public_id']}/end").status_code == 303
    assert "The session has ended." in adas.told
    assert "In the application Shop" not in adas.told
    assert office.acts(ada)[-1] is Act.SESSION_ENDED


@pytest.fixture
def adas_screen(shop: Application, ada: Person, clock: TestClock) -> Screen:
    """A browser in which she came into the shop by its own login, and typed no code yet."""
    here = Shop(shop.portal, clock, shop.project, shop.secret)
    here.change(ada.id, external_id="customer-1")
    return Login.at(here, issuers.elliptic_issuer(ec.SECP256R1(), "ES256")).sits_down("customer-1")


def test_so_does_one_that_the_applications_login_vouched_for(ada: Person, adas: Browser, adas_screen: Screen) -> None:
    adas.open("/account/sessions")
    assert "In the application Shop Active just now Since just now Firefox on Linux 198.51.100.7" in adas.told
    assert "Opened with token of the application" in adas.told
    adas.press("End all other sessions")
    assert not adas_screen.lives
    assert adas.is_in


def test_what_one_does_there_stands_in_the_history_and_the_log_with_where_it_was(
    ada: Person, adas: Browser, olgas: Browser, adas_screen: Screen, clock: TestClock
) -> None:
    clock.advance(seconds=60)
    granted(adas_screen.try_code(ada.shown_code()))
    adas_screen.reads()
    adas.open("/account/history")
    assert "You looked at your recovery codes. This was in Shop." in adas.told
    assert "198.51.100.7" in adas.told  # where she was herself
    assert "The application Shop signed you in by a token of its own." in adas.told
    olgas.open("/audit")
    assert "Ada Example looked at the recovery codes. This was in Shop." in olgas.told


def test_ending_the_others_ends_it_too(
    office: Office, shop: Application, ada: Person, adas: Browser, clock: TestClock
) -> None:
    clock.advance(seconds=60)
    _comes_in(office, shop, ada, ada.shown_code())
    adas.open("/account/sessions")
    adas.press("End all other sessions")
    assert "One other session has ended." in adas.told
    assert "In the application Shop" not in adas.told
    assert adas.is_in


def test_a_removed_project_leaves_no_session_behind(
    office: Office, shop: Application, ada: Person, adas: Browser, olgas: Browser, clock: TestClock
) -> None:
    clock.advance(seconds=60)
    _comes_in(office, shop, ada, ada.shown_code())
    olgas.open(f"/projects/{shop.project.public_id}/removal")
    olgas.press("Remove project")
    assert "Shop is removed: its secrets open nothing any more. 1 session of its users ended." in olgas.told
    adas.open("/account/sessions")
    assert "In the application Shop" not in adas.told
    adas.open("/account/history")
    assert "You confirmed who you are to the application Shop" in adas.told
