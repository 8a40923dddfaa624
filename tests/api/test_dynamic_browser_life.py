"""Dynamic's own client in a browser, on a page of another site: what users do there, from the first day to the last."""

import pytest

from tests.support.applications import App, Application, Provider, mistyped
from tests.support.browser_client import BrowserClient
from tests.support.clock import TestClock
from tests.support.dynamic import (
    IS_DONE,
    IS_IN,
    IS_TO_ACKNOWLEDGE,
    IS_TO_DO_BOTH,
    LACKS_SECOND_FACTOR,
    NEEDS_MORE,
    enrols,
    signs_in,
    standing,
    told_behind,
    told_to,
)
from tests.support.otp import AuthenticatorApp, secret_from_key
from tests.support.raised import raised_by
from tests.support.storefront import Storefront

WRONG_CODE = ("mfa_invalid_code", 422, "The code is wrong.")
WRONG, SPENT = "The recovery code is wrong.", "The recovery code was used before."
MISTYPED = "The recovery code is mistyped: nothing was tried."
OVER = ("unauthorized", 401)


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
def test_somebody_enrols_keeps_codes_spends_one_and_has_new_ones_made(
    shop_page: BrowserClient, shop_login: Provider, clock: TestClock
) -> None:
    assert raised_by(lambda: shop_page.call("isUserOnboardingComplete")).kind == "ValueMustBeDefined"
    user = signs_in(shop_page, shop_login, given_name="Ada", family_name="Lovelace")["user"]
    assert (user["firstName"], user["scope"]) == ("Ada", NEEDS_MORE)
    assert standing(shop_page) == LACKS_SECOND_FACTOR
    assert shop_page.call("getMfaDevices") == []
    assert shop_page.call("getMfaMethods") == {"devices": [], "passkeys": [], "userHasVerifiedMfaMethods": False}

    begun = shop_page.call("registerTotpMfaDevice")
    app, phone = AuthenticatorApp.from_uri(begun["uri"]), App(begun["secret"], clock)
    assert (app.issuer, app.account, app.secret) == ("Harbour", "Ada Lovelace", secret_from_key(begun["secret"]))
    wrong = told_behind(shop_page.call, "authenticateTotpMfaDevice", code=phone.wrong_code(), deviceId=begun["id"])
    assert wrong == WRONG_CODE
    assert standing(shop_page) == LACKS_SECOND_FACTOR
    first_token = shop_page.call("token")
    shop_page.call("authenticateTotpMfaDevice", code=phone.code(), deviceId=begun["id"])
    assert shop_page.call("user")["scope"] == IS_IN
    assert standing(shop_page) == IS_TO_ACKNOWLEDGE
    assert shop_page.call("token") != first_token

    shown_codes = shop_page.call("getMfaRecoveryCodes")
    old = shown_codes["recoveryCodes"]
    assert (shown_codes["count"], len(set(old))) == (10, 10)
    assert shop_page.call("getMfaRecoveryCodes") == shown_codes
    assert standing(shop_page) == IS_TO_ACKNOWLEDGE
    shop_page.call("acknowledgeRecoveryCodes")
    assert standing(shop_page) == IS_DONE

    new = shop_page.call("createNewMfaRecoveryCodes")["recoveryCodes"]
    assert len(new) == 10
    assert not set(new) & set(old)
    shop_page.call("refreshUser")
    assert standing(shop_page) == IS_TO_ACKNOWLEDGE
    shop_page.call("acknowledgeRecoveryCodes")
    assert standing(shop_page) == IS_DONE

    clock.advance(seconds=1)
    for code, sentence in ((old[0], WRONG), (mistyped(new[0]), MISTYPED), (phone.code(), None)):
        told = told_behind(shop_page.call, "authenticateMfaRecoveryCode", code=code)
        assert told == ("mfa_invalid_code", 422, sentence or "This is a code of an authenticator.")
    shop_page.call("authenticateMfaRecoveryCode", code=new[0])
    told = told_behind(shop_page.call, "authenticateMfaRecoveryCode", code=new[0])
    assert told == ("mfa_invalid_code", 422, SPENT)
    assert shop_page.call("getMfaRecoveryCodes")["recoveryCodes"] == new[1:], "made in this session"
    assert standing(shop_page) == IS_DONE
    assert shop_page.complaints == []


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
def test_somebody_comes_back_signs_out_deletes_the_authenticator_and_begins_anew(
    shop_page: BrowserClient, shop_login: Provider, clock: TestClock, front: Storefront, shop: Application
) -> None:
    signs_in(shop_page, shop_login)
    phone = enrols(shop_page, clock)
    old = shop_page.call("getMfaRecoveryCodes")["recoveryCodes"]
    shop_page.call("acknowledgeRecoveryCodes")
    token, user = shop_page.call("token"), shop_page.call("user")
    shop_page.begin()
    assert (shop_page.call("token"), shop_page.call("user")) == (token, user), (
        "the client keeps its session in the page"
    )
    assert standing(shop_page) == IS_DONE
    [device] = shop_page.call("getMfaDevices")
    assert (device["verified"], device["_default"]) == (True, True)

    clock.advance(seconds=1)
    shop_page.call("refreshAuth")
    assert shop_page.call("token") != token
    assert shop_page.call("refreshUser")["id"] == user["id"]
    shop_page.call("updateUser", userFields={"firstName": "Ada", "lastName": "Lovelace"})
    assert shop_page.call("user")["lastName"] == "Lovelace"
    token = shop_page.call("token")
    shop_page.call("logout")
    assert shop_page.call("token") is None
    core = front.dynamic_core(shop, token)
    environment = str(shop.project.environment_id)
    assert told_to(core.call, "getUserMfaDevices", environmentId=environment) == ("Response", *OVER)

    signs_in(shop_page, shop_login)
    assert standing(shop_page) == LACKS_SECOND_FACTOR
    asked = shop_page.call("checkStepUpAuth", scope="credential:unlink")
    assert (asked["isRequired"], [one["id"] for one in asked["credentials"]]) == (True, [device["id"]])
    deletes = {"deviceId": device["id"]}
    assert raised_by(lambda: shop_page.call("deleteMfaDevice", **deletes)).kind == "ValueMustBeDefined"
    shop_page.call("authenticateTotpMfaDevice", code=phone.next_code(), requestedScopes=["credential:unlink"])
    assert shop_page.call("checkStepUpAuth", scope="credential:unlink")["isRequired"] is False
    shop_page.call("deleteMfaDevice", **deletes)
    assert shop_page.call("getMfaDevices") == []
    shop_page.call("refreshUser")
    assert standing(shop_page) == IS_DONE
    assert told_to(shop_page.call, "getMfaRecoveryCodes") == ("APIError", "mfa_device_not_found", 422)

    enrols(shop_page, clock)
    assert standing(shop_page) == IS_TO_ACKNOWLEDGE
    codes = shop_page.call("getMfaRecoveryCodes")["recoveryCodes"]
    assert not set(codes) & set(old)
    shop_page.call("logout")
    signs_in(shop_page, shop_login)
    assert standing(shop_page) == IS_TO_DO_BOTH
    shop_page.call("authenticateMfaRecoveryCode", code=codes[0])
    assert standing(shop_page) == IS_TO_ACKNOWLEDGE
    assert shop_page.complaints == []
