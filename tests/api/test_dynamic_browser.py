"""Dynamic's own clients in a browser, on a page of another site: refusals, locks, other sessions, other pages."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import jwt
import pytest
from flask import Flask

from app.domain.projects import Identifies
from app.domain.recovery_codes import Visibility
from app.portal import Portal
from app.services import project_upkeep
from tests.support.applications import App, Application, Provider, chosen, made, wrong_recovery_code
from tests.support.browser_client import BrowserClient
from tests.support.clock import TestClock
from tests.support.dynamic import (
    IS_DONE,
    IS_IN,
    IS_TO_ACKNOWLEDGE,
    LACKS_SECOND_FACTOR,
    NEEDS_MORE,
    admitted,
    enrols,
    login_of,
    signs_in,
    standing,
    tablet_of,
    told_behind,
    told_to,
)
from tests.support.members_web import Person
from tests.support.offices import Office
from tests.support.people import People
from tests.support.raised import raised_by
from tests.support.site import Site
from tests.support.storefront import Storefront
from tests.support.tables import dump

OVER = ("APIError", "unauthorized", 401)
OUTDATED = ("APIError", "mfa_invalid_request", 422)
MISSING, STALE = ("APIError", "insufficient_factors", 403), ("APIError", "stale_factors", 403)
NO_DEVICE = ("APIError", "mfa_device_not_found", 422)
NONE_TO_SHOW = {"count": 0, "recoveryCodes": []}


@pytest.fixture
def enrolled_page(shop_page: BrowserClient, shop_login: Provider, clock: TestClock) -> BrowserClient:
    """Where somebody signed in and enrolled just now."""
    signs_in(shop_page, shop_login)
    enrols(shop_page, clock)
    return shop_page


def test_who_may_not_sign_in_is_told_so_and_is_nobody_here(
    shop_page: BrowserClient, shop: Application, shop_login: Provider, people: People, clock: TestClock
) -> None:
    staff = login_of(shop, clock, Identifies.USER_ID)
    admin = people.newcomer("grace@example.org").public_id
    now, stranger = int(clock.now().timestamp()), people.admin("olga@example.org")
    unfit = ("invalid_external_auth", 422, "The token fits nothing that this project trusts, or is over.")
    for claims in ({"iss": "https://elsewhere.example"}, {"aud": "mill"}, {"iat": now - 700, "exp": now - 400}):
        refused = told_behind(signs_in, shop_page, shop_login, **claims, kind=_UNFIT)
        assert refused == unfit
    for token in (jwt.encode(shop_login.claims("17"), "", algorithm="none"), "no token", ""):
        refused = told_behind(shop_page.call, "signInWithExternalJwt", externalJwt=token, kind=_UNFIT)
        assert refused == unfit
    for named, told in ((str(uuid4()), ("APIError", "invalid_user", 422)), (str(stranger.public_id), _FORBIDDEN)):
        assert told_to(signs_in, shop_page, staff, named) == told
    assert shop_page.call("token") is None
    assert raised_by(lambda: shop_page.call("isUserMissingMfaAuth")).kind == "ValueMustBeDefined"
    signs_in(shop_page, staff, str(admin))
    assert standing(shop_page) == LACKS_SECOND_FACTOR


_UNFIT = "InvalidExternalAuthError"
_FORBIDDEN = ("APIError", "forbidden", 403)


def test_where_nothing_is_required_users_are_done_until_they_have_an_authenticator(
    shop_page: BrowserClient, shop_login: Provider, clock: TestClock, people: People
) -> None:
    people.require_second_factor(None)
    assert signs_in(shop_page, shop_login)["user"]["scope"] == IS_IN
    assert standing(shop_page) == IS_DONE
    phone = enrols(shop_page, clock)
    assert standing(shop_page) == IS_TO_ACKNOWLEDGE
    shop_page.call("getMfaRecoveryCodes")
    shop_page.call("acknowledgeRecoveryCodes")
    assert standing(shop_page) == IS_DONE
    shop_page.call("logout")
    signs_in(shop_page, shop_login)
    assert standing(shop_page) == LACKS_SECOND_FACTOR
    shop_page.call("authenticateTotpMfaDevice", code=phone.next_code())
    assert standing(shop_page) == IS_DONE


def test_ten_wrong_codes_lock_for_an_hour(shop_page: BrowserClient, shop_login: Provider, clock: TestClock) -> None:
    signs_in(shop_page, shop_login)
    phone = enrols(shop_page, clock)
    codes = shop_page.call("getMfaRecoveryCodes")["recoveryCodes"]
    shop_page.call("logout")
    signs_in(shop_page, shop_login)
    for _ in range(9):
        told = told_behind(shop_page.call, "authenticateMfaRecoveryCode", code=wrong_recovery_code())
    assert told == ("mfa_invalid_code", 422, "The recovery code is wrong.")
    right, until = phone.next_code(), clock.now() + timedelta(hours=1)
    sentence = f"This user is locked: no code is accepted. The lock expires at {until:%Y-%m-%dT%H:%M:%SZ}."
    for method, code in (
        ("authenticateTotpMfaDevice", phone.wrong_code()),
        ("authenticateTotpMfaDevice", right),
        ("authenticateMfaRecoveryCode", codes[0]),
    ):
        told = told_behind(shop_page.call, method, code=code, kind="MfaRateLimitedError")
        assert told == ("mfa_rate_limited", 429, sentence)
    assert standing(shop_page) != IS_DONE
    clock.advance(hours=1)
    shop_page.call("authenticateMfaRecoveryCode", code=codes[0])
    assert standing(shop_page) == IS_TO_ACKNOWLEDGE


def test_what_is_changed_takes_a_second_factor_shown_here_within_five_minutes(
    enrolled_page: BrowserClient, shop_login: Provider, clock: TestClock, front: Storefront, shop: Application
) -> None:
    """Whatever tokens of a proof the client holds still."""
    [device] = enrolled_page.call("getMfaDevices")
    other = front.dynamic(shop)
    signs_in(other, shop_login)
    for method in ("getMfaRecoveryCodes", "createNewMfaRecoveryCodes", "registerTotpMfaDevice"):
        assert told_to(other.call, method) == MISSING
    codes = enrolled_page.call("getMfaRecoveryCodes")["recoveryCodes"]
    other.call("authenticateMfaRecoveryCode", code=codes[0], createMfaTokenOptions={"singleUse": True})
    assert told_to(other.call, "getMfaRecoveryCodes") == MISSING, "a code that was perhaps found"
    deletes = {"deviceId": device["id"], "mfaAuthToken": other.call("consumeMfaToken")}
    assert deletes["mfaAuthToken"]
    assert raised_by(lambda: other.call("consumeMfaToken")).kind == "ValueMustBeDefined"
    clock.advance(minutes=5)
    for method in ("getMfaRecoveryCodes", "createNewMfaRecoveryCodes"):
        assert told_to(enrolled_page.call, method) == STALE
    assert told_to(other.call, "deleteMfaDevice", **deletes) == STALE
    assert other.call("checkStepUpAuth", scope="credential:unlink")["isRequired"] is True
    assert [one["id"] for one in enrolled_page.call("getMfaDevices")] == [device["id"]]


def test_the_first_authenticator_takes_a_first_factor_shown_within_five_minutes(
    shop_page: BrowserClient, shop_login: Provider, clock: TestClock
) -> None:
    signs_in(shop_page, shop_login)
    assert told_to(shop_page.call, "getMfaRecoveryCodes") == NO_DEVICE
    clock.advance(minutes=5)
    assert told_to(shop_page.call, "registerTotpMfaDevice") == STALE
    signs_in(shop_page, shop_login)
    enrols(shop_page, clock)
    assert standing(shop_page) == IS_TO_ACKNOWLEDGE


def test_a_change_in_one_browser_ends_the_session_in_another(
    enrolled_page: BrowserClient, shop_login: Provider, front: Storefront, shop: Application
) -> None:
    codes = enrolled_page.call("getMfaRecoveryCodes")["recoveryCodes"]
    other = front.dynamic(shop)
    signs_in(other, shop_login)
    other.call("authenticateMfaRecoveryCode", code=codes[0])
    new = other.call("createNewMfaRecoveryCodes")["recoveryCodes"]
    assert told_to(enrolled_page.call, "getMfaRecoveryCodes") == OVER
    assert told_to(enrolled_page.call, "acknowledgeRecoveryCodes") == OVER
    assert enrolled_page.call("token"), "the client does not sign out by itself"
    signs_in(enrolled_page, shop_login)
    void = told_behind(enrolled_page.call, "authenticateMfaRecoveryCode", code=codes[1])
    assert void == ("mfa_invalid_code", 422, "The recovery code is wrong.")
    enrolled_page.call("authenticateMfaRecoveryCode", code=new[0])
    assert told_to(enrolled_page.call, "acknowledgeRecoveryCodes") == OUTDATED, "shown in the other one alone"
    assert standing(enrolled_page) == IS_TO_ACKNOWLEDGE
    other.call("acknowledgeRecoveryCodes")
    enrolled_page.call("refreshUser")
    assert standing(enrolled_page) == IS_DONE


@pytest.mark.parametrize("visibility", [Visibility.ONCE, Visibility.UNTIL_ACKNOWLEDGED])
def test_where_there_are_no_codes_to_show_the_client_is_given_none_and_nothing_is_acknowledged_by_it(
    visibility: Visibility, shop_page: BrowserClient, shop_login: Provider, clock: TestClock, shop: Application
) -> None:
    chosen(shop.portal, code_visibility=visibility)
    signs_in(shop_page, shop_login)
    phone = enrols(shop_page, clock)
    if visibility is Visibility.ONCE:
        assert shop_page.call("getMfaRecoveryCodes") == NONE_TO_SHOW
        assert told_to(shop_page.call, "acknowledgeRecoveryCodes") == OUTDATED
        assert standing(shop_page) == IS_TO_ACKNOWLEDGE
        codes = shop_page.call("createNewMfaRecoveryCodes")["recoveryCodes"]
    else:
        codes = shop_page.call("getMfaRecoveryCodes")["recoveryCodes"]
        assert shop_page.call("getMfaRecoveryCodes")["recoveryCodes"] == codes
    assert len(codes) == 10
    shop_page.call("acknowledgeRecoveryCodes")
    assert standing(shop_page) == IS_DONE
    assert shop_page.call("getMfaRecoveryCodes") == NONE_TO_SHOW
    shop_page.call("authenticateTotpMfaDevice", code=phone.next_code())
    assert shop_page.call("getMfaRecoveryCodes") == NONE_TO_SHOW
    shop_page.call("authenticateMfaRecoveryCode", code=codes[9])
    assert standing(shop_page) == IS_DONE


def test_an_application_can_check_by_itself_for_whom_and_for_which_page_a_token_is(
    enrolled_page: BrowserClient, front: Storefront, shop: Application
) -> None:
    token = enrolled_page.call("token")
    environment = shop.project.environment_id
    keys = jwt.PyJWKClient(f"{shop.address}api/v0/sdk/{environment}/.well-known/jwks")
    issuer = f"{shop.address.removeprefix('http://')}{environment}"
    signed_by = keys.get_signing_key_from_jwt(token)
    claims = jwt.decode(token, signed_by, algorithms=["RS256"], audience=front.origin, issuer=issuer, leeway=60)
    user = enrolled_page.call("user")
    assert (claims["sub"], claims["sid"], claims["scope"]) == (user["id"], user["sessionId"], IS_IN)
    assert claims["exp"] - claims["iat"] == 300


@pytest.fixture
def office(app: Flask, portal: Portal, clock: TestClock) -> Office:
    """The organization Acme Works, whose people sit at the pages of the portal too."""
    return Office(app, portal, clock)


@pytest.fixture
def ada(office: Office) -> Person:
    """A member with an authenticator and acknowledged codes, known to the application by an id of ours."""
    return office.person("Ada Example")


@pytest.fixture
def counter(office: Office) -> Application:
    """An application of Acme Works."""
    return made(office.portal, "Counter", organization=office.slug)


@pytest.fixture
def counter_login(counter: Application, clock: TestClock) -> Provider:
    return login_of(counter, clock, Identifies.USER_ID)


@pytest.fixture
def counter_page(front: Storefront, counter: Application) -> BrowserClient:
    return admitted(front, counter).dynamic(counter)


def test_of_two_authenticators_one_is_preferred_and_the_other_deleted(
    counter_page: BrowserClient, counter_login: Provider, ada: Person, office: Office
) -> None:
    tablet = tablet_of(ada, office.signed_in(ada))
    signs_in(counter_page, counter_login, str(ada.id))
    counter_page.call("authenticateTotpMfaDevice", code=tablet.code(), createMfaTokenOptions={"singleUse": True})
    assert standing(counter_page) == IS_DONE
    phone, second = (one["id"] for one in counter_page.call("getMfaDevices"))
    assert phone == str(ada.authenticator)
    counter_page.call("setDefaultMfaDevice", deviceId=second)
    assert [one["_default"] for one in counter_page.call("getMfaMethods")["devices"]] == [False, True]
    token = counter_page.call("consumeMfaToken")
    counter_page.call("deleteMfaDevice", deviceId=phone, mfaAuthToken=token)
    assert [(one["id"], one["_default"]) for one in counter_page.call("getMfaDevices")] == [(second, True)]
    wrong = told_behind(counter_page.call, "authenticateTotpMfaDevice", code=ada.code())
    assert wrong == ("mfa_invalid_code", 422, "The code is wrong.")
    assert told_to(counter_page.call, "authenticateTotpMfaDevice", code=tablet.code(), deviceId=phone) == NO_DEVICE
    assert counter_page.call("getMfaRecoveryCodes")["recoveryCodes"] == ada.codes
    assert told_to(counter_page.call, "registerTotpMfaDevice") == ("APIError", "mfa_invalid_request", 401)


def test_codes_that_were_made_in_the_portal_meanwhile_cannot_be_acknowledged_here(
    counter_page: BrowserClient, counter_login: Provider, ada: Person, office: Office
) -> None:
    signs_in(counter_page, counter_login, str(ada.id))
    counter_page.call("authenticateTotpMfaDevice", code=ada.code())
    assert counter_page.call("createNewMfaRecoveryCodes")["count"] == 10
    browser = office.signed_in(ada)
    browser.open("/account/recovery-codes")
    browser.press("Regenerate codes")
    codes = browser.codes
    assert told_to(counter_page.call, "acknowledgeRecoveryCodes") == OVER
    signs_in(counter_page, counter_login, str(ada.id))
    counter_page.call("authenticateTotpMfaDevice", code=ada.code())
    assert standing(counter_page) == IS_TO_ACKNOWLEDGE
    assert told_to(counter_page.call, "acknowledgeRecoveryCodes") == OUTDATED
    assert counter_page.call("getMfaRecoveryCodes")["recoveryCodes"] == codes
    counter_page.call("acknowledgeRecoveryCodes")
    assert standing(counter_page) == IS_DONE
    assert not office.live_set(ada).pending


def test_the_history_in_the_portal_tells_what_was_done_here(
    counter_page: BrowserClient, counter_login: Provider, ada: Person, office: Office
) -> None:
    signs_in(counter_page, counter_login, str(ada.id))
    counter_page.call("authenticateMfaRecoveryCode", code=ada.codes[0])
    counter_page.call("createNewMfaRecoveryCodes")
    counter_page.call("getMfaRecoveryCodes")
    counter_page.call("acknowledgeRecoveryCodes")
    counter_page.call("updateUser", userFields={"firstName": "Ada", "lastName": "Lovelace"})
    browser = office.signed_in(ada)
    browser.open("/account/history")
    for sentence in (
        "The application Counter signed you in by a token of its own.",
        "You confirmed who you are to the application Counter, with a recovery code.",
        "You made 10 new recovery codes. The old ones stopped working. This was in Counter.",
        "You looked at your recovery codes. This was in Counter.",
        "You acknowledged that your recovery codes are saved. This was in Counter.",
        "You changed your name. This was in Counter.",
    ):
        assert sentence in browser.told, sentence


def _core(front: Storefront, application: Application, token: str) -> Callable[..., Any]:
    core, environment = front.dynamic_core(application, token), str(application.project.environment_id)
    return lambda method, **asked: core.call(method, environmentId=environment, **asked)


def test_the_core_confirms_an_authenticator_without_another_token(
    front: Storefront, shop: Application, shop_page: BrowserClient, shop_login: Provider, clock: TestClock
) -> None:
    signs_in(shop_page, shop_login)
    core = _core(front, shop, shop_page.call("token"))
    begun = core("registerTotpMfaDevice")
    phone = App(begun["secret"], clock)
    posts = {"mFARegisterTotpDevicePostRequest": {"type": "totp", "code": phone.wrong_code()}}
    assert told_to(core, "registerTotpMfaDeviceVerify", **posts) == ("Response", "mfa_invalid_code", 422)
    posts["mFARegisterTotpDevicePostRequest"]["code"] = phone.code()
    device = core("registerTotpMfaDeviceVerify", **posts)
    assert (device["id"], device["verified"], device["_default"]) == (begun["id"], True, True)
    assert core("getMfaDevice", mfaDeviceId=begun["id"]) == device
    assert core("updateUserMfaDevice", mfaDeviceId=begun["id"], mFAUpdateDeviceRequest={"_default": True}) is None
    assert core("getAuthenticatedUser")["scope"] == NEEDS_MORE
    assert told_to(lambda: core("getMfaDevice", mfaDeviceId=str(uuid4()))) == ("Response", *NO_DEVICE[1:])
    deletes = {"mfaDeviceId": begun["id"], "xMfaAuthToken": "x"}
    assert told_to(core, "deleteMfaDevice", **deletes) == ("Response", *MISSING[1:])

    shown = core("authMfaTotpDevice", mFAAuthTotpDevicePostRequest={"code": phone.next_code()})
    assert shown["user"]["scope"] == IS_IN
    assert told_to(core, "getUserMfaDevices") == ("Response", *OVER[1:])
    fresh = _core(front, shop, shown["minifiedJwt"])
    assert fresh("getUserMfaDevices")["count"] == 1
    assert fresh("deleteMfaDevice", **deletes) is None
    assert fresh("getUserMfaDevices") == {"count": 0, "devices": []}


def test_pages_that_were_not_admitted_get_no_client_to_start_and_change_nothing(
    another_storefront: Callable[[], Storefront], shop: Application, neighbour: Application, shop_login: Provider
) -> None:
    ours, theirs = another_storefront(), another_storefront()
    admitted(theirs, neighbour)
    before = dump(shop.portal)
    for front in (ours, theirs):
        assert raised_by(partial(front.dynamic, shop)).kind == "TypeError"
        [stranger] = front.clients
        assert any("blocked by CORS policy" in complaint for complaint in stranger.complaints)
        assert {one.status for one in stranger.asked} == {None}
    assert dump(shop.portal) == before
    client = admitted(ours, shop).dynamic(shop)
    signs_in(client, shop_login)


def test_a_page_that_is_dismissed_is_shut_out_from_then_on(
    enrolled_page: BrowserClient, front: Storefront, shop: Application, site: Site
) -> None:
    token, codes = enrolled_page.call("token"), enrolled_page.call("getMfaRecoveryCodes")["recoveryCodes"]
    site.run_cli("project", "dismiss", shop.id, front.origin)
    before = dump(shop.portal)
    for method in ("createNewMfaRecoveryCodes", "acknowledgeRecoveryCodes", "refreshAuth"):
        assert raised_by(partial(enrolled_page.call, method)).kind == "TypeError"
    assert dump(shop.portal) == before
    assert enrolled_page.call("token") == token
    site.run_cli("project", "admit", shop.id, front.origin)
    assert enrolled_page.call("getMfaRecoveryCodes")["recoveryCodes"] == codes
    project_upkeep.remove(shop.portal, shop.project.public_id)
    assert raised_by(lambda: enrolled_page.call("getMfaRecoveryCodes")).kind == "TypeError"
