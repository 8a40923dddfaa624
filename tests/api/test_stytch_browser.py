"""Stytch's own client in a browser, on a page of another site: what users of a shop do there for themselves."""

import pytest
import stytch
from flask import Flask

from app.domain.members import Role
from app.domain.projects import Identifies
from app.domain.recovery_codes import Visibility
from app.portal import Portal
from tests.support.applications import Application, Provider, chosen, made, mistyped, told, wrong_recovery_code
from tests.support.clock import TestClock
from tests.support.members_web import Person
from tests.support.offices import Office
from tests.support.otp import AuthenticatorApp, secret_from_key
from tests.support.overheard import Overheard
from tests.support.patrons import StytchPatron, factors, login_for, refusal_of
from tests.support.site import Site
from tests.support.storefront import Storefront

REPLACED = (401, "session_token_replaced")
MISSING, STALE = (401, "insufficient_factors"), (401, "stale_factors")
NOBODY, OVER = (401, "user_unauthenticated"), (404, "session_not_found")
LOCKED = (429, "user_lock_limit_reached")
WRONG, WRONG_CODE = (401, "unable_to_authenticate_recovery_code"), (401, "unable_to_authenticate_totp")
HELD_BY_PORTAL = (403, "unauthorized_action")
COOKIES = {"stytch_session", "stytch_session_jwt"}


@pytest.fixture
def login(shop: Application, front: Storefront, clock: TestClock) -> Provider:
    """The shop's own, whose word makes users of people; the shop's page is admitted."""
    return login_for(shop, front, clock, makes_users=True)


@pytest.fixture
def ada(front: Storefront, shop: Application, login: Provider) -> StytchPatron:
    """At her browser, where nobody is signed in yet."""
    return StytchPatron(front.stytch(shop), login, "17")


@pytest.fixture
def enrolled(ada: StytchPatron) -> StytchPatron:
    """Ada, signed in and with an authenticator that she showed just now."""
    ada.signs_in()
    ada.enrols()
    return ada


def at_the_shop_of_an_office(
    app: Flask, portal: Portal, front: Storefront, clock: TestClock
) -> tuple[Office, Person, StytchPatron]:
    """A member of an organization that has the portal's pages, who is about to use a shop of theirs."""
    office = Office(app, portal, clock)
    nora = office.person("Nora New", enrolled=False)
    shop = made(portal, "Shop", organization=office.slug)
    login = login_for(shop, front, clock, identifies=Identifies.USER_ID)
    return office, nora, StytchPatron(front.stytch(shop), login, str(nora.id))


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
def test_somebody_signs_in_enrols_comes_back_loses_the_phone_and_begins_anew(
    ada: StytchPatron, shop: Application, overheard: Overheard
) -> None:
    client = ada.client
    attested = ada.signs_in(given_name="Ada", family_name="Lovelace")
    assert (attested["user"]["external_id"], attested["user"]["name"]["last_name"]) == ("17", "Lovelace")
    assert factors(attested["session"]) == ["trusted_auth_token"]
    assert client.cookies.keys() == COOKIES

    begun = ada.begins()
    assert len(set(ada.codes)) == 10
    assert ada.reads() == ada.codes, "still to be confirmed, in the session that began it"
    assert client.call("user.getSync")["totps"] == [{"totp_id": ada.totp_id, "verified": False}]
    assert refusal_of(ada.shows, ada.phone.wrong_code()) == WRONG_CODE
    done = ada.shows(ada.phone.code())
    assert (done["totp_id"], done["session"]["session_id"]) == (begun["totp_id"], attested["session"]["session_id"])
    assert factors(done["session"]) == ["trusted_auth_token", "totp"]
    assert client.cookies["stytch_session"] == done["session_token"] != attested["session_token"]
    assert client.call("user.getSync")["totps"] == [{"totp_id": ada.totp_id, "verified": True}]

    client.begin()
    client.waits_for("POST", "/sdk/v1/sessions/authenticate")
    assert client.call("session.getSync")["session_id"] == attested["session"]["session_id"]
    assert client.call("session.getTokens")["session_token"] == done["session_token"]
    assert ada.reads() == ada.codes
    assert refusal_of(client.call, "totps.create", expiration_minutes=5) == (400, "active_totp_exists")

    _tries_all_kinds_of_codes(ada)
    ada.shows()
    assert ada.reads() == ada.codes, "the one that was spent is not among them"
    ada.recovers()
    first, left = ada.totp_id, list(ada.codes)
    assert ada.deletes()["user"]["totps"] == client.call("user.getSync")["totps"] == []
    assert refusal_of(ada.shows) == (404, "totps_not_found_for_user")
    assert refusal_of(ada.reads) == (404, "totps_not_found_for_user")
    ada.enrols()
    assert ada.totp_id != first
    assert client.call("session.getSync")["session_id"] == attested["session"]["session_id"]
    assert {refusal_of(ada.recovers, code) for code in left} == {WRONG}
    assert ada.reads() == ada.codes

    client.call("session.revoke")
    assert (client.cookies, client.call("session.getSync"), client.call("user.getSync")) == ({}, None, None)
    client.waits_for("POST", "/sdk/v1/events")
    assert client.complaints == []
    assert overheard.preflights
    assert overheard.cookies == []
    assert client.page.context.cookies(shop.address) == []


def _tries_all_kinds_of_codes(ada: StytchPatron) -> None:
    used, code = ada.phone.code(), ada.codes[0]
    assert refusal_of(ada.shows, used) == (401, "totp_code_already_authenticated")
    assert refusal_of(ada.shows, "12345") == (400, "invalid_totp_code")
    assert refusal_of(ada.shows, code) == (400, "recovery_code_used_as_totp_code")
    assert refusal_of(ada.recovers, ada.phone.next_code()) == (400, "totp_code_used_as_recovery_code")
    assert refusal_of(ada.recovers, mistyped(code)) == (400, "invalid_recovery_code")
    assert refusal_of(ada.recovers, wrong_recovery_code()) == WRONG
    recovered = ada.recovers(code)
    assert factors(recovered["session"]) == ["trusted_auth_token", "totp", "recovery_codes"]
    assert refusal_of(ada.recovers, code) == WRONG
    assert refusal_of(ada.reads) == MISSING, "a recovery code does not show the others"


def test_a_member_of_the_portal_has_the_same_codes_there_and_the_history_says_where_it_was(
    app: Flask, portal: Portal, site: Site, front: Storefront, clock: TestClock
) -> None:
    office, nora, patron = at_the_shop_of_an_office(app, portal, front, clock)
    patron.signs_in()
    begun = patron.enrols()
    spent = patron.codes[0]
    patron.recovers(spent)
    patron.shows()
    assert patron.reads() == patron.codes

    nora.app = AuthenticatorApp(secret_from_key(begun["secret"]), "", nora.email)
    clock.advance(seconds=30)
    browser = office.browser()
    browser.enter_password(nora)
    browser.submit("/sign-in/code", code=nora.code())
    browser.open("/account/recovery-codes")
    browser.press("Show codes")
    assert browser.codes == patron.codes
    browser.press("Acknowledge", saved="y")
    patron.shows()
    patron.deletes()
    assert not browser.is_in, "all other sessions end"
    patron.enrols()
    nora.adds(patron.phone.secret)
    clock.advance(seconds=30)
    browser.enter_password(nora)
    browser.submit("/sign-in/code", code=nora.code())
    browser.press("Acknowledge", saved="y")
    browser.open("/account/history")
    for act in (
        "began to set up an authenticator",
        "looked at your recovery codes",
        "removed the authenticator Phone",
    ):
        assert f"You {act}. This was in Shop." in browser.told
    assert "You added the authenticator Phone in the application Shop." in browser.told
    assert "You confirmed who you are to the application Shop, with a recovery code." in browser.told
    assert "The application Shop signed you in by a token of its own." in browser.told


# how long ago the factors were shown


def test_what_shows_or_changes_anything_takes_the_second_factor_within_minutes(
    enrolled: StytchPatron, clock: TestClock
) -> None:
    ada = enrolled
    clock.advance(minutes=6)
    assert refusal_of(ada.reads) == refusal_of(ada.deletes) == STALE
    assert ada.client.call("user.get")["totps"] == [{"totp_id": ada.totp_id, "verified": True}]
    ada.shows()
    assert ada.reads() == ada.codes

    ada.client.call("session.revoke")
    ada.signs_in()
    assert refusal_of(ada.reads) == refusal_of(ada.deletes) == MISSING
    ada.recovers()
    assert refusal_of(ada.reads) == MISSING, "who came in by a recovery code is not to learn the others"
    ada.shows()
    assert refusal_of(ada.reads) == MISSING, "nor with a TOTP code afterwards"
    clock.advance(minutes=6)
    assert refusal_of(ada.deletes) == STALE
    ada.recovers()
    ada.deletes()


def test_the_first_authenticator_takes_the_first_factor_within_minutes(ada: StytchPatron, clock: TestClock) -> None:
    opened = ada.signs_in()
    clock.advance(minutes=6)
    assert refusal_of(ada.begins) == STALE
    again = ada.signs_in()
    assert again["session"]["session_id"] == opened["session"]["session_id"]
    ada.begins()
    clock.advance(minutes=6)
    assert refusal_of(ada.reads) == refusal_of(ada.deletes) == STALE
    ada.shows()
    assert ada.reads() == ada.codes


@pytest.mark.parametrize("trusted", [True, False], ids=["a project with secrets", "a project without"])
def test_after_the_last_authenticator_only_a_trusted_project_goes_by_the_first_factor(
    front: Storefront, shop: Application, kiosk: Application, clock: TestClock, *, trusted: bool
) -> None:
    application = shop if trusted else kiosk
    ada = StytchPatron(front.stytch(application), login_for(application, front, clock, makes_users=True), "17")
    ada.signs_in()
    ada.enrols()
    ada.deletes()
    clock.advance(minutes=6)
    assert refusal_of(ada.begins) == (STALE if trusted else MISSING)
    ada.client.call("session.revoke")
    ada.signs_in()
    if trusted:
        ada.enrols()
        assert ada.reads() == ada.codes
    else:
        assert refusal_of(ada.begins) == MISSING


# locks


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
def test_ten_wrong_codes_lock_whoever_has_not_shown_a_second_factor_here(
    enrolled: StytchPatron, front: Storefront, shop: Application, clock: TestClock
) -> None:
    elsewhere = enrolled.at(front.stytch(shop))
    elsewhere.signs_in()
    assert elsewhere.fails(9) == WRONG_CODE
    assert elsewhere.fails(1) == LOCKED
    assert refusal_of(elsewhere.shows) == refusal_of(elsewhere.recovers) == LOCKED
    assert elsewhere.client.call("user.get")["is_locked"] is True
    enrolled.shows()
    assert enrolled.reads() == enrolled.codes, "who showed a factor before is not shut out by others"
    clock.advance(minutes=60)
    elsewhere.signs_in()
    elsewhere.recovers()


def test_ten_wrong_codes_of_who_has_shown_one_end_the_session_and_lock_nobody(enrolled: StytchPatron) -> None:
    ada, client = enrolled, enrolled.client
    assert ada.fails(10) == WRONG_CODE
    assert refusal_of(ada.shows) == OVER
    assert client.cookies.keys() == COOKIES, "the client goes by what it is told of the session itself"
    assert refusal_of(client.call, "session.authenticate") == OVER
    assert (client.cookies, client.call("session.getSync")) == ({}, None)
    assert ada.signs_in()["user"]["is_locked"] is False
    ada.shows()


# codes that are not kept


def test_codes_that_are_shown_once_are_shown_once(ada: StytchPatron, portal: Portal) -> None:
    chosen(portal, code_visibility=Visibility.ONCE)
    ada.signs_in()
    ada.begins()
    assert ada.reads() == []
    ada.shows()
    assert ada.reads() == []
    ada.recovers()


def test_codes_that_are_shown_until_they_are_acknowledged_are_shown_until_then(
    app: Flask, portal: Portal, site: Site, front: Storefront, clock: TestClock
) -> None:
    office, nora, patron = at_the_shop_of_an_office(app, portal, front, clock)
    chosen(portal, code_visibility=Visibility.UNTIL_ACKNOWLEDGED)
    patron.signs_in()
    patron.enrols()
    assert patron.reads() == patron.codes
    nora.adds(patron.phone.secret)
    clock.advance(seconds=30)
    browser = office.past_the_password(nora)
    browser.submit("/sign-in/code", code=nora.code())
    browser.press("Acknowledge", saved="y")
    clock.advance(days=8)
    browser.sign_in(nora)
    patron.signs_in()
    patron.shows()
    assert patron.reads() == []
    patron.recovers()


# sessions


def test_a_session_is_used_for_longer_and_ended(enrolled: StytchPatron, client: stytch.Client) -> None:
    ada, theirs = enrolled, enrolled.client
    session = theirs.call("session.getSync")
    longer = theirs.call("session.authenticate", session_duration_minutes=600)
    assert longer["session"]["session_id"] == session["session_id"]
    assert longer["session"]["expires_at"] > session["expires_at"]
    assert longer["session_token"] == theirs.cookies["stytch_session"]
    assert refusal_of(theirs.call, "session.authenticate", session_duration_minutes=4)[0] == 400
    assert theirs.cookies.keys() == COOKIES

    theirs.call("session.revoke")
    assert (theirs.cookies, theirs.call("session.getSync"), theirs.call("user.getSync")) == ({}, None, None)
    assert told(client.sessions.authenticate, session_token=longer["session_token"]) == OVER
    for call in ("session.authenticate", "session.revoke", "user.get", "totps.recoveryCodes"):
        assert refusal_of(theirs.call, call) == NOBODY, call
    assert refusal_of(ada.begins) == refusal_of(ada.shows) == refusal_of(ada.recovers) == NOBODY


def test_a_session_that_the_shop_ends_signs_the_client_out_as_soon_as_it_looks(
    enrolled: StytchPatron, client: stytch.Client
) -> None:
    theirs = enrolled.client
    client.sessions.revoke(session_id=theirs.call("session.getSync")["session_id"])
    assert refusal_of(enrolled.reads) == OVER
    theirs.begin()
    assert theirs.waits_for("POST", "/sdk/v1/sessions/authenticate").status == 404
    theirs.page.wait_for_function("!document.cookie.includes('stytch_session')")
    assert theirs.call("session.getSync") is None
    enrolled.signs_in()


def test_a_page_that_stays_open_asks_for_its_session_now_and_then(
    enrolled: StytchPatron, client: stytch.Client
) -> None:
    theirs, looks = enrolled.client, ("POST", "/sdk/v1/sessions/authenticate")
    theirs.page.clock.install()
    theirs.begin()
    assert theirs.waits_for(*looks).status == 200
    theirs.asked.clear()
    theirs.page.clock.run_for("03:10")
    assert theirs.waits_for(*looks).status == 200
    assert enrolled.reads() == enrolled.codes

    client.sessions.revoke(session_id=theirs.call("session.getSync")["session_id"])
    theirs.asked.clear()
    theirs.page.clock.run_for("03:10")
    assert theirs.waits_for(*looks).status == 404
    theirs.page.wait_for_function("!document.cookie.includes('stytch_session')")
    assert theirs.call("session.getSync") is None


def test_who_types_a_code_just_while_the_client_looks_for_its_session_stays_signed_in(enrolled: StytchPatron) -> None:
    """It asks by the former token, is told so, and asks again by the new one."""
    theirs, looks = enrolled.client, "/sdk/v1/sessions/authenticate"
    theirs.page.clock.install()
    with theirs.held_back(looks) as wait:
        theirs.begin()
        wait()
        shown = enrolled.shows()
        theirs.asked.clear()
    assert theirs.waits_for("POST", looks).status == 401
    assert theirs.call("session.getSync")["session_id"] == shown["session"]["session_id"]
    theirs.asked.clear()
    theirs.page.clock.run_for("00:10")
    assert theirs.waits_for("POST", looks).status == 200
    assert theirs.cookies["stytch_session"] == shown["session_token"]
    assert enrolled.reads() == enrolled.codes


def test_for_a_minute_a_former_token_is_told_from_an_ended_session(
    enrolled: StytchPatron, client: stytch.Client, clock: TestClock
) -> None:
    """As in a second window that has not looked yet. A server is told that there is none, as its clients expect."""
    theirs = enrolled.client
    former = theirs.call("session.getTokens")
    enrolled.shows()
    theirs.call("session.updateSession", former)
    assert refusal_of(theirs.call, "session.authenticate") == REPLACED
    assert refusal_of(enrolled.reads) == refusal_of(theirs.call, "user.get") == REPLACED
    assert theirs.call("session.getSync") is not None
    assert told(client.sessions.authenticate, session_token=former["session_token"]) == OVER
    clock.advance(minutes=1)
    assert refusal_of(theirs.call, "session.authenticate") == OVER
    assert theirs.call("session.getSync") is None


def test_what_somebody_changes_ends_their_sessions_at_other_browsers(
    enrolled: StytchPatron, front: Storefront, shop: Application, client: stytch.Client
) -> None:
    elsewhere = enrolled.at(front.stytch(shop))
    elsewhere.signs_in()
    client.sessions.attest(
        profile_id=enrolled.login.profile_id, token=enrolled.login.token("17"), session_duration_minutes=60
    )
    assert len(client.sessions.get(user_id="17").sessions) == 3
    enrolled.deletes()
    [left] = client.sessions.get(user_id="17").sessions
    assert left.session_id == enrolled.client.call("session.getSync")["session_id"]
    assert refusal_of(elsewhere.client.call, "session.authenticate") == OVER
    assert elsewhere.client.cookies == {}
    elsewhere.signs_in()
    enrolled.enrols()
    assert refusal_of(elsewhere.client.call, "session.authenticate") == OVER
    assert enrolled.reads() == enrolled.codes


def test_whoever_signs_in_where_somebody_else_is_signed_in_gets_a_session_of_their_own(
    enrolled: StytchPatron, client: stytch.Client
) -> None:
    bob = StytchPatron(enrolled.client, enrolled.login, "bob")
    opened = bob.signs_in()
    assert opened["user"]["external_id"] == "bob"
    assert factors(opened["session"]) == ["trusted_auth_token"]
    assert refusal_of(bob.client.call, "user.deleteTOTP", enrolled.totp_id) == (404, "totp_not_found")
    [begun] = [bob.begins()]
    assert begun["user_id"] == opened["user_id"]
    assert len(client.sessions.get(user_id="17").sessions) == 1


# users


def test_somebody_changes_their_name_and_nothing_that_is_not_theirs_to_change(
    ada: StytchPatron, client: stytch.Client
) -> None:
    ada.signs_in(given_name="Ada", family_name="Lovelace")
    theirs = ada.client
    changed = theirs.call(
        "user.update",
        name={"last_name": "King"},
        untrusted_metadata={"theme": "dark"},
        trusted_metadata={"plan": "gold"},
        roles=["editor"],
        external_id="18",
    )
    assert changed["user"] == theirs.call("user.get") == theirs.call("user.getSync")
    kept = client.users.get(user_id="17")
    assert kept.name
    assert (kept.name.first_name, kept.name.last_name) == ("Ada", "King")
    assert (kept.untrusted_metadata, kept.trusted_metadata, kept.roles) == ({"theme": "dark"}, {}, [])
    too_much = {"note": "x" * 4096}
    refused = refusal_of(theirs.call, "user.update", untrusted_metadata=too_much)
    assert refused == (400, "metadata_too_large")
    assert theirs.call("user.get") == changed["user"]


def test_people_with_a_role_in_the_portal_have_their_codes_checked_and_nothing_shown_or_changed(
    app: Flask, portal: Portal, site: Site, front: Storefront, clock: TestClock
) -> None:
    office, _, patron = at_the_shop_of_an_office(app, portal, front, clock)
    for who in (office.owner(), office.admin()):
        theirs = patron.as_another(str(who.id))
        theirs.signs_in()
        assert refusal_of(theirs.begins) == refusal_of(theirs.reads) == HELD_BY_PORTAL
        done = theirs.shows(who.code())
        assert factors(done["session"])[-1] == "totp"
        theirs.totp_id = done["totp_id"]
        theirs.recovers(who.codes[0])
        clock.advance(seconds=30)
        theirs.shows(who.code())
        assert refusal_of(theirs.reads) == refusal_of(theirs.deletes) == HELD_BY_PORTAL
        assert refusal_of(theirs.client.call, "user.update", name={"first_name": "Eve"}) == HELD_BY_PORTAL
        theirs.client.call("session.revoke")
    nobody_yet = office.person("Ida Incoming", role=Role.ADMIN, enrolled=False)
    hers = patron.as_another(str(nobody_yet.id))
    hers.signs_in()
    assert refusal_of(hers.begins) == HELD_BY_PORTAL


def test_what_is_not_here_is_refused_in_the_form_that_the_client_knows(enrolled: StytchPatron) -> None:
    email = "ada@example.org"
    for call, asked in {
        "magicLinks.email.loginOrCreate": email,
        "otps.email.loginOrCreate": email,
        "passwords.create": {"email": email, "password": "seven pelicans", "session_duration_minutes": 5},
        "passwords.authenticate": {"email": email, "password": "seven pelicans", "session_duration_minutes": 5},
        "user.deletePhoneNumber": "phone-number-live-1",
    }.items():
        assert refusal_of(enrolled.client.call, call, asked) == (404, "route_not_found"), call
    assert enrolled.reads() == enrolled.codes


# with the shop's own server


@pytest.mark.usefixtures("clients_look_at_our_clock")
def test_a_session_that_the_server_opened_goes_on_in_the_browser_and_is_verified_by_the_server(
    ada: StytchPatron, client: stytch.Client
) -> None:
    client.users.create(external_id="17", email="ada@example.org")
    opened = client.sessions.attest(
        profile_id=ada.login.profile_id, token=ada.login.token("17"), session_duration_minutes=60
    )
    theirs = ada.client
    theirs.call("session.updateSession", session_token=opened.session_token, session_jwt=opened.session_jwt)
    assert theirs.call("session.authenticate")["user"]["emails"][0]["email"] == "ada@example.org"
    ada.enrols()
    assert told(client.sessions.authenticate, session_token=opened.session_token) == OVER, "it has another token now"

    kept = theirs.call("session.getTokens")
    verified = client.sessions.authenticate(session_token=kept["session_token"])
    assert opened.session
    assert verified.session.session_id == opened.session.session_id
    assert [one.type.value for one in verified.session.authentication_factors] == ["trusted_auth_token", "totp"]
    assert verified.session_token == kept["session_token"]
    local = client.sessions.authenticate_jwt_local(kept["session_jwt"])
    assert local == verified.session == client.sessions.authenticate_jwt(kept["session_jwt"]).session
    assert ada.reads() == client.totps.recovery_codes(user_id="17").totps[0].recovery_codes
    client.totps.recover(user_id="17", recovery_code=ada.codes.pop())
    assert ada.reads() == ada.codes
