"""Stytch's own client for organizations in a browser, on a page of another site: what members do for themselves."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
import stytch
from flask import Flask

from app.domain.projects import Identifies
from app.domain.recovery_codes import Visibility
from app.portal import Portal
from tests.support.applications import (
    Application,
    Provider,
    StytchMember,
    chosen,
    known_to_be_theirs,
    mistyped,
    random_like,
    told,
    wrong_recovery_code,
)
from tests.support.clock import TestClock
from tests.support.offices import Office
from tests.support.overheard import Overheard
from tests.support.patrons import MINUTES, B2BPatron, factors, login_for, refusal_of
from tests.support.raised import raised_by
from tests.support.site import Site
from tests.support.storefront import Storefront
from tests.support.tables import Dump, dump

REPLACED = (401, "session_token_replaced")
MISSING, STALE = (401, "insufficient_factors"), (401, "stale_factors")
NOBODY, OVER = (401, "user_unauthenticated"), (404, "session_not_found")
LOCKED = (429, "user_lock_limit_reached")
WRONG, WRONG_CODE = (401, "unable_to_authenticate_recovery_code"), (401, "unable_to_authenticate_totp")
NO_MEMBER, HALFWAY_GONE = (404, "member_not_found"), (404, "intermediate_session_not_found")
HELD_BY_PORTAL = (403, "unauthorized_action")
COOKIES = {"stytch_session", "stytch_session_jwt"}
HALFWAY = "stytch_intermediate_session_token"
ADA = "ada@example.org"


@pytest.fixture
def login(suite: Application, front: Storefront, clock: TestClock) -> Provider:
    """The suite's own; the suite's page is admitted."""
    return login_for(suite, front, clock)


@pytest.fixture
def patron_in(
    b2b: stytch.B2BClient, front: Storefront, suite: Application, login: Provider
) -> Callable[[str], B2BPatron]:
    """Ada, as the member of an organization that the suite makes of her, at a browser where nobody is signed in."""

    def patron_in(organization_id: str) -> B2BPatron:
        made = b2b.organizations.members.create(organization_id, ADA, external_id="17", name="Ada Lovelace")
        client = front.stytch_b2b(suite)
        return B2BPatron(client, login, "17", organization_id=organization_id, member_id=made.member_id)

    return patron_in


@pytest.fixture
def ada(patron_in: Callable[[str], B2BPatron], acme: str) -> B2BPatron:
    return patron_in(acme)


@pytest.fixture
def enrolled(ada: B2BPatron) -> B2BPatron:
    """Ada, signed in and with an authenticator that she showed just now."""
    ada.signs_in()
    ada.enrols()
    return ada


@pytest.fixture
def zenith(b2b: stytch.B2BClient) -> str:
    """The id of another organization that the suite has made."""
    return b2b.organizations.create(organization_name="Zenith").organization.organization_id


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
def test_a_member_signs_in_enrols_comes_back_rotates_and_begins_anew(
    ada: B2BPatron, suite: Application, overheard: Overheard
) -> None:
    client = ada.client
    attested = ada.signs_in()
    session = attested["member_session"]["member_session_id"]
    assert (attested["member"]["member_id"], attested["member"]["name"]) == (ada.member_id, "Ada Lovelace")
    assert attested["organization"]["organization_name"] == "Acme Works"
    assert factors(attested["member_session"]) == ["trusted_auth_token"]
    assert client.cookies.keys() == COOKIES

    begun = ada.begins()
    assert len(set(ada.codes)) == 10
    assert refusal_of(ada.reads) == (404, "recovery_codes_not_found"), "none opens anything before it is confirmed"
    assert refusal_of(ada.shows, ada.phone.wrong_code()) == WRONG_CODE
    done = ada.shows(ada.phone.code())
    assert done["member"]["totp_registration_id"] == begun["totp_registration_id"]
    assert done["member_session"]["member_session_id"] == session
    assert factors(done["member_session"]) == ["trusted_auth_token", "totp"]
    assert client.cookies["stytch_session"] == done["session_token"] != attested["session_token"]

    client.begin()
    client.waits_for("POST", "/sdk/v1/b2b/sessions/authenticate")
    assert client.call("session.getSync")["member_session_id"] == session
    assert ada.reads() == ada.codes
    assert refusal_of(client.call, "totp.create", **ada.named) == (400, "active_totp_exists")

    _tries_all_kinds_of_codes(ada)
    ada.shows()
    assert ada.reads() == ada.codes, "the one that was spent is not among them"
    before, ada.codes = ada.codes, client.call("recoveryCodes.rotate")["recovery_codes"]
    assert not set(before) & set(ada.codes)
    assert ada.reads() == ada.codes
    assert {refusal_of(ada.recovers, code) for code in before} == {WRONG}
    ada.recovers()
    assert len(ada.codes) == 9

    assert ada.deletes()["member"]["totp_registration_id"] == ""
    assert refusal_of(ada.shows) == (404, "totp_not_found")
    left = list(ada.codes)
    assert ada.enrols()["totp_registration_id"] != begun["totp_registration_id"]
    assert {refusal_of(ada.recovers, code) for code in left} == {WRONG}
    assert client.call("session.getSync")["member_session_id"] == session

    client.call("session.revoke")
    assert (client.cookies, client.call("session.getSync"), client.call("self.getSync")) == ({}, None, None)
    client.waits_for("POST", "/sdk/v1/events")
    assert client.complaints == []
    assert overheard.preflights
    assert overheard.cookies == []
    assert client.page.context.cookies(suite.address) == []


def _tries_all_kinds_of_codes(ada: B2BPatron) -> None:
    used, code = ada.phone.code(), ada.codes[0]
    assert refusal_of(ada.shows, used) == (401, "totp_code_already_authenticated")
    assert refusal_of(ada.shows, "12345") == (400, "invalid_totp_code")
    assert refusal_of(ada.shows, code) == (400, "recovery_code_used_as_totp_code")
    assert refusal_of(ada.recovers, ada.phone.next_code()) == (400, "totp_code_used_as_recovery_code")
    assert refusal_of(ada.recovers, mistyped(code)) == (400, "invalid_recovery_code")
    assert refusal_of(ada.recovers, wrong_recovery_code()) == WRONG
    recovered = ada.recovers(code)
    assert recovered["recovery_codes_remaining"] == 9
    assert factors(recovered["member_session"]) == ["trusted_auth_token", "totp", "recovery_codes"]
    assert refusal_of(ada.recovers, code) == WRONG
    assert refusal_of(ada.reads) == MISSING, "a recovery code does not show the others"


def test_what_shows_or_changes_anything_takes_the_second_factor_within_minutes(
    ada: B2BPatron, clock: TestClock
) -> None:
    def rotates() -> None:
        ada.client.call("recoveryCodes.rotate")

    ada.signs_in()
    clock.advance(minutes=6)
    assert refusal_of(ada.begins) == STALE
    ada.signs_in()
    ada.enrols()
    clock.advance(minutes=6)
    assert refusal_of(ada.reads) == refusal_of(rotates) == refusal_of(ada.deletes) == STALE
    ada.client.call("session.revoke")
    ada.signs_in()
    assert refusal_of(ada.reads) == refusal_of(rotates) == refusal_of(ada.deletes) == MISSING
    ada.recovers()
    assert refusal_of(ada.reads) == MISSING
    ada.codes = ada.client.call("recoveryCodes.rotate")["recovery_codes"]
    assert ada.reads() == ada.codes, "these were made in this very session"


def test_a_former_token_is_told_from_an_ended_session_and_leaves_the_client_signed_in(
    enrolled: B2BPatron, b2b: stytch.B2BClient, clock: TestClock
) -> None:
    theirs = enrolled.client
    former = theirs.call("session.getTokens")
    shown = enrolled.shows()
    theirs.call("session.updateSession", former)
    calls = ("session.authenticate", "self.get", "recoveryCodes.get", "organization.get", "session.revoke")
    assert {refusal_of(theirs.call, call) for call in calls} == {REPLACED}
    assert theirs.call("session.getSync") is not None
    assert told(b2b.sessions.authenticate, session_token=former["session_token"]) == OVER
    theirs.call("session.updateSession", {"session_token": shown["session_token"]})
    assert enrolled.reads() == enrolled.codes
    theirs.call("session.updateSession", former)
    clock.advance(minutes=1)
    assert refusal_of(theirs.call, "session.authenticate") == OVER


def test_ten_wrong_codes_lock_whoever_has_not_shown_a_second_factor_here(
    enrolled: B2BPatron, front: Storefront, suite: Application, b2b: stytch.B2BClient
) -> None:
    elsewhere = enrolled.at(front.stytch_b2b(suite))
    elsewhere.signs_in()
    assert elsewhere.fails(9) == WRONG_CODE
    assert elsewhere.fails(1) == LOCKED
    assert refusal_of(elsewhere.shows) == refusal_of(elsewhere.recovers) == LOCKED
    assert elsewhere.client.call("self.get")["is_locked"] is True
    assert told(b2b.totps.authenticate, **enrolled.named, code=enrolled.phone.next_code()) == LOCKED
    enrolled.shows()
    enrolled.codes = enrolled.client.call("recoveryCodes.rotate")["recovery_codes"]
    assert refusal_of(elsewhere.client.call, "session.authenticate") == OVER, "new codes end sessions elsewhere"
    assert elsewhere.client.cookies == {}
    assert enrolled.reads() == enrolled.codes


def test_codes_that_are_shown_once_are_shown_once(ada: B2BPatron, portal: Portal) -> None:
    chosen(portal, code_visibility=Visibility.ONCE)
    ada.signs_in()
    ada.enrols()
    assert ada.reads() == []
    ada.codes = ada.client.call("recoveryCodes.rotate")["recovery_codes"]
    assert (len(ada.codes), ada.reads()) == (10, [])
    ada.recovers()


# who is meant


def kept(portal: Portal) -> Dump:
    """All but how often anybody asked."""
    return {name: rows for name, rows in dump(portal).items() if name != "project_visit"}


def test_whoever_names_somebody_else_changes_nothing_for_anybody(
    enrolled: B2BPatron, b2b: stytch.B2BClient, clock: TestClock, zenith: str, portal: Portal
) -> None:
    bob = StytchMember.enrolled(b2b, clock, enrolled.organization_id, email_address="bob@example.org")
    before = kept(portal)
    posing = replace(enrolled, member_id=bob.member_id, app=bob.phone, codes=bob.codes)
    for patron in (posing, replace(enrolled, member_id=random_like(bob.member_id))):
        assert refusal_of(patron.client.call, "totp.create", **patron.named) == NO_MEMBER
        assert refusal_of(patron.shows) == refusal_of(patron.recovers) == NO_MEMBER
    elsewhere = replace(enrolled, organization_id=zenith)
    assert refusal_of(elsewhere.shows) == refusal_of(elsewhere.recovers) == NO_MEMBER
    gone = refusal_of(enrolled.client.call, "organization.members.deleteMFATOTP", bob.member_id)
    assert gone == (403, "session_authorization_error")
    assert kept(portal) == before
    bob.shows()
    assert enrolled.reads() == enrolled.codes

    enrolled.client.call("organization.members.deleteMFATOTP", enrolled.member_id)
    assert refusal_of(enrolled.shows) == (404, "totp_not_found")


def test_the_login_lets_in_whom_it_names_where_it_is_told(
    ada: B2BPatron, zenith: str, front: Storefront, shop: Application, clock: TestClock
) -> None:
    def asked(subject: str = "17") -> dict[str, Any]:
        return {"profile_id": ada.login.profile_id, "token": ada.login.token(subject)}

    attest = ada.client.call, "session.attest"
    assert refusal_of(*attest, **asked()) == (400, "token_missing_organization_id_claim")
    assert refusal_of(*attest, **asked(), organization_id=zenith) == NO_MEMBER
    assert refusal_of(*attest, **asked("18"), organization_id=ada.organization_id) == NO_MEMBER
    assert refusal_of(*attest, **asked(), organization_id="nowhere") == (404, "organization_not_found")
    forged = {**asked(), "token": asked()["token"][:-6] + "AAAAAA"}
    refused = refusal_of(*attest, **forged, organization_id=ada.organization_id)
    assert refused == (401, "invalid_trusted_auth_token")

    of_one = B2BPatron(front.stytch_b2b(shop), login_for(shop, front, clock, makes_users=True), "17")
    opened = of_one.client.call(*attest[1:], profile_id=of_one.login.profile_id, token=of_one.login.token("17"))
    assert opened["organization"]["organization_slug"] == "harbour"


def test_a_member_sees_and_changes_what_is_theirs(enrolled: B2BPatron, b2b: stytch.B2BClient) -> None:
    client = enrolled.client
    changed = client.call(
        "self.update",
        name="Ada King",
        untrusted_metadata={"theme": "dark"},
        is_breakglass=True,
        mfa_enrolled=False,
        default_mfa_method="sms_otp",
    )["member"]
    assert changed == client.call("self.get") == client.call("self.getSync")
    theirs = b2b.organizations.members.get(**enrolled.named).member
    assert (theirs.name, theirs.untrusted_metadata) == ("Ada King", {"theme": "dark"})
    assert (theirs.is_breakglass, theirs.mfa_enrolled, theirs.default_mfa_method) == (False, True, "totp")
    organization = client.call("organization.get")
    assert (organization["organization_id"], organization["mfa_policy"]) == (enrolled.organization_id, "OPTIONAL")
    assert refusal_of(client.call, "self.update", name="x" * 121)[0] == 400


def test_people_with_a_role_in_the_portal_have_their_codes_checked_and_nothing_shown_or_changed(
    app: Flask, portal: Portal, site: Site, suite: Application, front: Storefront, clock: TestClock
) -> None:
    office = Office(app, portal, clock)
    login = login_for(suite, front, clock, identifies=Identifies.USER_ID)
    client = front.stytch_b2b(suite)
    for who in (office.owner(), office.admin()):
        member_id = f"member-live-{who.id}"
        theirs = B2BPatron(client, login, member_id, organization_id=office.slug, member_id=member_id)
        theirs.signs_in()
        refused = refusal_of(client.call, "totp.create", **theirs.named), refusal_of(theirs.reads)
        assert refused == (HELD_BY_PORTAL, HELD_BY_PORTAL)
        assert factors(theirs.shows(who.code())["member_session"])[-1] == "totp"
        for change in ("recoveryCodes.get", "recoveryCodes.rotate", "self.deleteMFATOTP"):
            assert refusal_of(client.call, change) == HELD_BY_PORTAL, change
        assert refusal_of(client.call, "self.update", name="Eve") == HELD_BY_PORTAL
        theirs.recovers(who.codes[0])


def test_what_members_do_in_an_application_stands_in_their_history_as_their_own_doing(
    app: Flask, portal: Portal, site: Site, suite: Application, front: Storefront, clock: TestClock
) -> None:
    office = Office(app, portal, clock)
    nora = office.person("Nora New", enrolled=False)
    login = login_for(suite, front, clock, identifies=Identifies.USER_ID)
    named: dict[str, Any] = {"organization_id": office.slug, "member_id": f"member-live-{nora.id}"}
    patron = B2BPatron(front.stytch_b2b(suite), login, str(nora.id), **named)
    patron.signs_in()
    patron.enrols()
    patron.codes = patron.client.call("recoveryCodes.rotate")["recovery_codes"]
    nora.adds(patron.phone.secret)
    clock.advance(seconds=30)
    browser = office.past_the_password(nora)
    browser.submit("/sign-in/code", code=nora.code())
    browser.open("/account/recovery-codes")
    browser.press("Show codes")
    assert browser.codes == patron.codes
    browser.press("Acknowledge", saved="y")
    browser.open("/account/history")
    words = browser.told
    assert "You made 10 new recovery codes. The old ones stopped working. This was in Suite." in words
    assert "You began to set up an authenticator. This was in Suite." in words
    assert "You added the authenticator Phone in the application Suite." in words
    assert "You confirmed who you are to the application Suite, with a code from your authenticator." in words
    assert "The application Suite signed you in by a token of its own." in words


# from one organization into another


@pytest.fixture
def there(b2b: stytch.B2BClient, clock: TestClock, zenith: str) -> StytchMember:
    """Ada in Zenith, where she has another authenticator."""
    return StytchMember.enrolled(b2b, clock, zenith)


def goes_over(ada: B2BPatron, there: StytchMember | None, organization_id: str, member_id: str) -> B2BPatron:
    """As whoever she is in the other organization, halfway in."""
    halfway = ada.client.call(
        "session.exchange", organization_id=organization_id, session_duration_minutes=MINUTES, locale="en"
    )
    assert (halfway["member_authenticated"], halfway["member_session"]) == (False, None)
    assert ada.client.cookies == {HALFWAY: halfway["intermediate_session_token"]}
    phone, codes = (there.phone, there.codes) if there else (None, [])
    return replace(ada, organization_id=organization_id, member_id=member_id, app=phone, codes=codes)


@pytest.mark.parametrize("by", ["totp", "recovery code"])
def test_whoever_goes_into_another_organization_shows_its_own_second_factor(
    enrolled: B2BPatron, there: StytchMember, portal: Portal, b2b: stytch.B2BClient, by: str
) -> None:
    client, known = enrolled.client, enrolled.client.cookies
    unknown = refusal_of(client.call, "session.exchange", organization_id="zenith", session_duration_minutes=MINUTES)
    assert unknown == NO_MEMBER, "whoever has that address there is somebody else until it is known to be hers"
    known_to_be_theirs(portal, ADA)

    arriving = goes_over(enrolled, there, there.organization_id, there.member_id)
    assert refusal_of(arriving.shows, arriving.phone.wrong_code()) == WRONG_CODE
    assert refusal_of(arriving.reads) == NOBODY, "halfway in is not in"
    assert refusal_of(enrolled.shows) == NO_MEMBER, "it is of another member"
    done = arriving.shows() if by == "totp" else arriving.recovers()
    assert done["member_session"]["organization_slug"] == "zenith"
    assert client.call("organization.get")["organization_name"] == "Zenith"
    assert client.cookies.keys() == COOKIES
    assert b2b.sessions.authenticate(session_token=known["stytch_session"]), "the first one goes on"
    if by == "totp":
        assert arriving.reads() == there.codes
    else:
        assert refusal_of(arriving.reads) == MISSING
    client.begin()
    client.waits_for("POST", "/sdk/v1/b2b/sessions/authenticate")
    assert client.call("self.get")["member_id"] == there.member_id


def test_whoever_goes_where_a_second_factor_is_required_enrols_on_the_way(
    enrolled: B2BPatron, zenith: str, portal: Portal, b2b: stytch.B2BClient, clock: TestClock
) -> None:
    b2b.organizations.update(organization_id=zenith, mfa_policy="REQUIRED_FOR_ALL")
    made = b2b.organizations.members.create(organization_id=zenith, email_address=ADA)
    known_to_be_theirs(portal, ADA)
    client = enrolled.client
    arriving = goes_over(enrolled, None, zenith, made.member_id)
    client.begin()
    assert client.cookies.keys() == {HALFWAY}, "halfway in is kept over a reload"
    clock.advance(minutes=6)
    assert refusal_of(client.call, "totp.create", **arriving.named) == STALE
    clock.advance(minutes=5)
    assert refusal_of(client.call, "totp.create", **arriving.named) == HALFWAY_GONE

    enrolled.signs_in()
    arriving = goes_over(enrolled, None, zenith, made.member_id)
    arriving.enrols()
    assert client.call("session.getSync")["organization_slug"] == "zenith"
    assert client.cookies.keys() == COOKIES
    assert arriving.reads() == arriving.codes


def test_where_nothing_is_missing_the_exchange_is_all(
    ada: B2BPatron, zenith: str, portal: Portal, b2b: stytch.B2BClient
) -> None:
    b2b.organizations.members.create(organization_id=zenith, email_address=ADA)
    known_to_be_theirs(portal, ADA)
    ada.signs_in()
    over = ada.client.call("session.exchange", organization_id="zenith", session_duration_minutes=MINUTES)
    assert (over["member_authenticated"], over["member_session"]["organization_slug"]) == (True, "zenith")
    assert ada.client.cookies["stytch_session"] == over["session_token"]
    same = ada.client.call("session.exchange", organization_id="zenith", session_duration_minutes=MINUTES)
    assert same["member_session"]["member_session_id"] == over["member_session"]["member_session_id"]
    assert refusal_of(ada.client.call, "session.exchange", organization_id="nowhere", session_duration_minutes=5) == (
        404,
        "member_not_found",
    ), "as where nobody knows them: a browser is not told which organizations there are"


# what is elsewhere


def test_what_is_not_here_is_refused_in_the_form_that_the_client_knows(enrolled: B2BPatron) -> None:
    organization, member = {"organization_id": enrolled.organization_id}, enrolled.member_id
    before = enrolled.client.call("self.get")
    for call, asked in {
        "magicLinks.email.loginOrSignup": {**organization, "email_address": ADA},
        "passwords.authenticate": {**organization, "email_address": ADA, "password": "seven pelicans"},
        "organization.getBySlug": {"organization_slug": "acme-works"},
        "organization.update": {"organization_name": "Evil"},
        "organization.members.search": {"query": {"operator": "AND", "operands": []}},
        "organization.members.create": {"email_address": "eve@example.org"},
        "organization.members.update": {"member_id": member, "name": "Eve"},
        "organization.members.delete": member,
        "session.revokeForMember": {"member_id": member},
        "otps.sms.send": {**enrolled.named, "mfa_phone_number": "+15005550006"},
    }.items():
        status, kind = refusal_of(enrolled.client.call, call, asked)
        assert (status, kind) in {(404, "route_not_found"), (405, "method_not_allowed")}, call
    assert enrolled.client.call("self.get") == before
    assert enrolled.reads() == enrolled.codes


def test_a_page_that_nobody_admitted_reaches_nothing(
    enrolled: B2BPatron, suite: Application, another_storefront: Callable[[], Storefront]
) -> None:
    stranger = another_storefront()
    theirs = enrolled.at(stranger.stytch_b2b(suite))
    tokens = enrolled.client.call("session.getTokens")
    theirs.client.call("session.updateSession", **tokens)
    before = dump(suite.portal)
    calls: list[Callable[[], Any]] = [theirs.signs_in, theirs.reads, theirs.deletes, theirs.shows, theirs.recovers]
    assert {raised_by(call).kind for call in calls} == {"StytchAPIUnreachableError"}
    for call in ("recoveryCodes.rotate", "self.get", "organization.get", "session.revoke", "session.authenticate"):
        assert raised_by(partial(theirs.client.call, call)).kind == "StytchAPIUnreachableError"
    assert dump(suite.portal) == before
    assert any("blocked by CORS policy" in said for said in theirs.client.complaints)
    assert enrolled.reads() == enrolled.codes


@pytest.mark.usefixtures("clients_look_at_our_clock")
def test_a_session_that_the_server_opened_goes_on_in_the_browser_and_is_verified_by_the_server(
    ada: B2BPatron, b2b: stytch.B2BClient
) -> None:
    named: dict[str, Any] = {"organization_id": ada.organization_id, "profile_id": ada.login.profile_id}
    opened = b2b.sessions.attest(**named, token=ada.login.token("17"), session_duration_minutes=60)
    ada.client.call("session.updateSession", session_token=opened.session_token, session_jwt=opened.session_jwt)
    ada.client.call("session.authenticate")
    ada.enrols()
    tokens = ada.client.call("session.getTokens")
    verified = b2b.sessions.authenticate(session_token=tokens["session_token"]).member_session
    assert opened.member_session
    assert verified.member_session_id == opened.member_session.member_session_id
    assert b2b.sessions.authenticate_jwt_local(tokens["session_jwt"]) == verified
    assert b2b.recovery_codes.get(**ada.named).recovery_codes == ada.codes == ada.reads()
    b2b.sessions.revoke(member_session_id=verified.member_session_id)
    assert refusal_of(ada.client.call, "session.authenticate") == OVER
    assert ada.client.cookies == {}
