"""Authenticators at Dynamic's wire: set up, confirmed, preferred and deleted by whoever they are of, while fresh."""

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from app.domain.events import Act, ActorKind
from app.domain.members import Role
from app.domain.projects import Identifies
from app.portal import Portal
from tests.support.applications import Application, Caller, made
from tests.support.clock import TestClock
from tests.support.dynamic import IS_IN, NEEDS_MORE, Shopper, login_of, tablet_of
from tests.support.members_web import Person
from tests.support.offices import Office
from tests.support.otp import AuthenticatorApp, secret_from_key

WRONG, NO_DEVICE = (422, "mfa_invalid_code"), (422, "mfa_device_not_found")
MISSING, STALE = (403, "insufficient_factors"), (403, "stale_factors")
HAS_ONE, TOO_LATE = (401, "mfa_invalid_request"), (422, "mfa_invalid_request")
OVER = (401, "unauthorized")
REGISTER, DEVICES, RECOVERY = "/users/mfa/register/totp", "/users/mfa", "/users/mfa/recovery"
FORBIDDEN = (403, "forbidden")


def _methods(shopper: Shopper, verified_only: str) -> Any:
    return shopper.get("GET", f"/users/mfa/methods?verifiedOnly={verified_only}")


def _needs_step_up(shopper: Shopper) -> bool:
    given = shopper.get("POST", "/stepUp/check", scope="credential:unlink")
    return bool(given["isRequired"])


def test_an_authenticator_is_there_once_its_first_code_was_shown(shopper: Shopper, clock: TestClock) -> None:
    shopper.signs_in()
    assert shopper.get("GET", DEVICES) == {"count": 0, "devices": []}
    begun = shopper.begins()
    assert begun.keys() == {"id", "type", "secret", "uri"}
    app = AuthenticatorApp.from_uri(begun["uri"])
    assert (app.issuer, app.secret) == ("Harbour", secret_from_key(begun["secret"]))
    waits = {
        "id": begun["id"],
        "type": "totp",
        "verified": False,
        "default": False,
        "createdAt": clock.now().isoformat().replace("+00:00", "Z"),
        "verifiedAt": None,
    }
    assert shopper.get("GET", DEVICES) == {"count": 1, "devices": [waits]}
    assert _methods(shopper, "true") == {"devices": [], "passkeys": [], "userHasVerifiedMfaMethods": False}
    assert _methods(shopper, "false")["devices"] == [waits]

    assert shopper.is_refused(shopper.wrong_code(), id=begun["id"]) == WRONG
    assert shopper.is_refused(shopper.next_code(), id=str(uuid4())) == NO_DEVICE
    user = shopper.shows(id=begun["id"])["user"]
    assert (user["scope"], user["mfaBackupCodeAcknowledgement"]) == (IS_IN, "pending")
    there = {**waits, "verified": True, "default": True, "verifiedAt": _confirmed_at(shopper)}
    assert _methods(shopper, "true") == {
        "devices": [{**there, "createdAt": there["verifiedAt"]}],
        "passkeys": [],
        "userHasVerifiedMfaMethods": True,
    }
    assert shopper.get("GET", f"{DEVICES}/{begun['id'].upper()}")["id"] == begun["id"]


def _confirmed_at(shopper: Shopper) -> str:
    return str(shopper.get("GET", f"{DEVICES}/{shopper.device}")["verifiedAt"])


def test_the_history_tells_it_as_the_users_own_doing(enrolled_shopper: Shopper) -> None:
    enrolled_shopper.reads_codes()
    enrolled_shopper.acknowledges()
    enrolled_shopper.makes_codes()
    enrolled_shopper.get("DELETE", f"{DEVICES}/{enrolled_shopper.device}")
    by_the_shop = {Act.USER_CREATED, Act.USER_ATTESTED, Act.USER_VERIFIED}
    history = [(one.act, one.actor_kind) for one in enrolled_shopper.person.history if one.act not in by_the_shop]
    assert [act for act, _ in history] == [
        *(Act.ENROLMENT_BEGUN, Act.AUTHENTICATOR_ADDED, Act.CODES_MADE, Act.CODES_SHOWN, Act.CODES_ACKNOWLEDGED),
        *(Act.CODES_REGENERATED, Act.AUTHENTICATOR_REMOVED, Act.CODES_VOIDED),
    ]
    of_a_code = {Act.AUTHENTICATOR_ADDED, Act.CODES_MADE}
    assert {kind for act, kind in history if act not in of_a_code} == {ActorKind.MEMBER}
    assert {kind for act, kind in history if act in of_a_code} == {ActorKind.PROJECT}


def test_the_first_one_takes_a_first_factor_shown_within_five_minutes(shopper: Shopper, clock: TestClock) -> None:
    shopper.signs_in()
    assert not _needs_step_up(shopper)
    clock.advance(minutes=4, seconds=59)
    first = shopper.begins()
    clock.advance(seconds=1)
    assert shopper.told("GET", REGISTER) == STALE
    assert _needs_step_up(shopper)
    assert shopper.shows()["user"]["scope"] == IS_IN, "what was begun in time can be finished"
    assert not _needs_step_up(shopper)
    assert shopper.device == first["id"]


def test_one_that_waits_gives_way_to_another_and_ends_after_a_quarter_of_an_hour(
    shopper: Shopper, clock: TestClock
) -> None:
    shopper.signs_in()
    shopper.begins()
    gone, old = shopper.device, shopper.phone
    shopper.begins()
    assert [one["id"] for one in shopper.get("GET", DEVICES)["devices"]] == [shopper.device] != [gone]
    assert old
    assert shopper.is_refused(old.code()) == WRONG
    assert shopper.told("GET", f"{DEVICES}/{gone}") == NO_DEVICE
    clock.advance(minutes=15)
    assert shopper.is_refused(shopper.next_code())[0] == 422
    assert shopper.get("GET", DEVICES)["count"] == 0
    shopper.signs_in()
    shopper.begins()
    assert [shopper.is_refused(shopper.wrong_code()) for _ in range(10)] == [WRONG] * 10
    assert shopper.is_refused(shopper.next_code()) == TOO_LATE
    assert shopper.application.member(shopper.id).failures_in_row == 0, "tries of its own"
    assert shopper.enrols()["user"]["scope"] == IS_IN


def test_one_that_waits_can_be_given_up(shopper: Shopper) -> None:
    shopper.signs_in()
    shopper.begins()
    assert shopper.get("DELETE", f"{DEVICES}/{shopper.device}") == {}
    assert shopper.get("GET", DEVICES)["count"] == 0
    assert shopper.is_refused(shopper.next_code()) == NO_DEVICE


def test_whoever_has_one_adds_another_in_the_portal(enrolled_shopper: Shopper) -> None:
    assert enrolled_shopper.told("GET", REGISTER) == HAS_ONE
    assert enrolled_shopper.told("POST", REGISTER, type="totp", code=enrolled_shopper.next_code()) == HAS_ONE


def test_confirming_apart_from_authenticating_leaves_the_session_as_it_was(shopper: Shopper) -> None:
    """The answer is a device, and has no room for the token that would follow."""
    shopper.signs_in()
    other = shopper.elsewhere()
    other.signs_in()
    shopper.begins()
    token, code = shopper.token, shopper.next_code()
    assert shopper.told("POST", REGISTER, type="totp", code=shopper.wrong_code()) == WRONG
    assert shopper.told("POST", REGISTER, type="totp", code="12345") == WRONG
    assert shopper.told("POST", REGISTER, type="passkey", code=code) == (400, "bad_request")
    given = shopper.get("POST", REGISTER, type="totp", code=code)
    assert (given["id"], given["verified"], given["default"]) == (shopper.device, True, True)
    assert shopper.token == token
    user = shopper.get("GET", "/users")
    assert (user["scope"], user["mfaBackupCodeAcknowledgement"]) == (NEEDS_MORE, "pending")
    assert shopper.told("GET", RECOVERY) == MISSING
    assert shopper.is_refused(code) == WRONG, "a code is good once"
    assert shopper.shows()["user"]["scope"] == IS_IN
    assert len(shopper.reads_codes()) == 10
    assert other.told("GET", "/users") == OVER


def test_nothing_changes_without_a_second_factor_shown_here_within_five_minutes(
    enrolled_shopper: Shopper, clock: TestClock
) -> None:
    path, other = f"{DEVICES}/{enrolled_shopper.device}", enrolled_shopper.elsewhere()
    other.signs_in()
    proofs = {"X-Mfa-Auth-Token": "x", "X-Dyn-Elevated-Access-Token": "x"}
    assert other.told("DELETE", path) == MISSING
    assert other.ask("DELETE", path, proofs).status_code == 403
    assert other.told("GET", REGISTER) == MISSING
    given = other.shows(createMfaToken={"singleUse": True}, requestedScopes=["credential:unlink"])
    proofs = {"X-Mfa-Auth-Token": given["mfaToken"], "X-Dyn-Elevated-Access-Token": given["elevatedAccessToken"]}
    clock.advance(minutes=5)
    assert other.told("DELETE", path) == STALE
    assert other.ask("DELETE", path, proofs).status_code == 403, "what counts is when it was shown in the session"
    other.shows()
    assert other.get("DELETE", path) == {}


def test_deleting_the_last_one_voids_the_codes_and_ends_the_other_sessions(
    enrolled_shopper: Shopper, clock: TestClock
) -> None:
    shopper, other = enrolled_shopper, enrolled_shopper.elsewhere()
    old = shopper.reads_codes()
    other.signs_in()
    assert shopper.get("DELETE", f"{DEVICES}/{shopper.device}") == {}
    assert other.told("GET", "/users") == OVER
    assert shopper.get("GET", DEVICES) == {"count": 0, "devices": []}
    user = shopper.get("GET", "/users")
    assert (user["scope"], user["mfaBackupCodeAcknowledgement"]) == (IS_IN, None)
    assert shopper.told("GET", RECOVERY) == NO_DEVICE
    assert shopper.is_refused_recovery(old[0]) == NO_DEVICE
    assert shopper.told("DELETE", f"{DEVICES}/{shopper.device}") == NO_DEVICE

    gone = shopper.device
    assert shopper.enrols()["user"]["mfaBackupCodeAcknowledgement"] == "pending"
    assert shopper.device != gone
    new = shopper.reads_codes()
    assert not set(new) & set(old)
    clock.advance(seconds=1)
    assert shopper.is_refused_recovery(old[0]) == WRONG
    shopper.recovers(new[0])


def test_after_the_last_one_was_deleted_a_first_factor_does_for_applications_that_are_trusted_with_secrets(
    caller: Caller, shop: Application, kiosk: Application, clock: TestClock
) -> None:
    """Where it does not, a second factor must have been shown in the session a moment ago."""
    for application, is_trusted in ((shop, True), (kiosk, False)):
        shopper = Shopper(caller, application, login_of(application, clock))
        shopper.signs_in()
        shopper.enrols()
        shopper.get("DELETE", f"{DEVICES}/{shopper.device}")
        other = shopper.elsewhere()
        assert other.signs_in()["user"]["scope"] == NEEDS_MORE
        if is_trusted:
            clock.advance(minutes=5)
            assert other.told("GET", REGISTER) == STALE
            other.signs_in()
            assert other.enrols()["user"]["scope"] == IS_IN
            continue
        assert other.told("GET", REGISTER) == MISSING
        clock.advance(minutes=4, seconds=59)
        shopper.begins()
        clock.advance(seconds=1)
        assert shopper.told("GET", REGISTER) == MISSING
        assert shopper.shows()["user"]["scope"] == IS_IN


def test_devices_of_others_are_nobodys(enrolled_shopper: Shopper, shopper: Shopper) -> None:
    other = Shopper(shopper.caller, shopper.application, shopper.login)
    other.signs_in("18")
    other.enrols()
    for device in (enrolled_shopper.device, str(uuid4()), "x", "recover", "%20"):
        for method in ("GET", "PUT", "DELETE"):
            assert other.told(method, f"{DEVICES}/{device}") == NO_DEVICE, device
        assert other.is_refused(other.next_code(), id=device) == NO_DEVICE
    assert enrolled_shopper.get("GET", DEVICES)["count"] == 1
    assert other.get("GET", DEVICES)["count"] == 1


@pytest.fixture
def office(app: Flask, portal: Portal, clock: TestClock) -> Office:
    """The organization Acme Works, whose people sit at the pages of the portal too."""
    return Office(app, portal, clock)


@pytest.fixture
def ada(office: Office) -> Person:
    """A member with an authenticator and acknowledged codes, known to the application by an id of ours."""
    return office.person("Ada Example")


@pytest.fixture
def adas(ada: Person, office: Office, caller: Caller, clock: TestClock) -> Shopper:
    """Ada at the application, where she has shown a code of her authenticator."""
    counter = made(office.portal, "Counter", organization=office.slug)
    shopper = Shopper(caller, counter, login_of(counter, clock, Identifies.USER_ID))
    shopper.signs_in(str(ada.id))
    shopper.shows(ada.code())
    return shopper


def _listed(shopper: Shopper) -> list[tuple[str, bool]]:
    """Which there are, and which of them is to be shown first."""
    return [(one["id"], one["default"]) for one in shopper.get("GET", DEVICES)["devices"]]


def test_a_second_one_that_was_added_in_the_portal_can_be_preferred_and_the_first_be_deleted(
    ada: Person, adas: Shopper, office: Office
) -> None:
    tablet = tablet_of(ada, office.signed_in(ada))
    assert adas.told("GET", "/users") == OVER, "the portal ends sessions of applications"
    adas.signs_in(str(ada.id))
    phone, second = (one["id"] for one in adas.get("GET", DEVICES)["devices"])
    assert phone == str(ada.authenticator)
    assert _listed(adas) == [(phone, True), (second, False)]
    asked = adas.get("POST", "/stepUp/check", scope="credential:unlink")
    assert [one["id"] for one in asked["credentials"]] == [phone, second]
    assert (asked["isRequired"], asked["defaultCredentialId"]) == (True, phone)

    adas.shows(tablet.code(), id=phone)
    assert adas.ask("PUT", f"{DEVICES}/{second}").status_code == 200
    assert _listed(adas) == [(phone, False), (second, True)]
    assert adas.get("POST", "/stepUp/check", scope="wallet:export")["defaultCredentialId"] == second
    assert adas.get("PUT", f"{DEVICES}/{phone}", default=True) == {}
    assert adas.told("PUT", f"{DEVICES}/{phone}", default=False) == (400, "bad_request")
    adas.get("PUT", f"{DEVICES}/{second}", default=True)

    assert adas.get("DELETE", f"{DEVICES}/{second}") == {}
    assert _listed(adas) == [(phone, True)], "the oldest one stands in for the preferred"
    assert adas.is_refused(tablet.code()) == WRONG
    assert adas.reads_codes() == ada.codes, "codes go with the last one alone"
    assert Act.CODES_VOIDED not in office.acts(ada)


def test_preferring_one_is_a_change_of_no_factor(ada: Person, adas: Shopper, office: Office) -> None:
    tablet_of(ada, office.signed_in(ada))
    adas.signs_in(str(ada.id))
    _, second = (one["id"] for one in adas.get("GET", DEVICES)["devices"])
    assert adas.get("PUT", f"{DEVICES}/{second}") == {}
    assert adas.told("PUT", f"{DEVICES}/{uuid4()}") == NO_DEVICE


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OWNER])
def test_who_came_to_have_a_role_in_the_portal_changes_nothing_here_any_more(
    role: Role, ada: Person, adas: Shopper, office: Office
) -> None:
    office.is_now(ada, role)
    assert adas.shows(ada.code())["user"]["scope"] == IS_IN, "codes can be checked"
    adas.recovers(ada.codes[0])
    path = f"{DEVICES}/{ada.authenticator}"
    for method, asked in (("GET", RECOVERY), ("POST", RECOVERY), ("GET", REGISTER), ("DELETE", path), ("PUT", path)):
        assert adas.told(method, asked) == FORBIDDEN, asked
    assert adas.told("PUT", "/users", mfaBackupCodeAcknowledgement="complete") == FORBIDDEN
    assert adas.told("PUT", "/users", firstName="Ada") == FORBIDDEN
    assert adas.get("GET", DEVICES)["count"] == 1


def test_users_say_of_themselves_what_they_are_called_and_like(enrolled_shopper: Shopper) -> None:
    given = enrolled_shopper.get(
        "PUT", "/users", firstName="Ada", lastName="Lovelace", metadata={"theme": "dark"}, email="eve@example.org",
        alias="countess", scope="user:admin",
    )  # fmt: skip
    user = given["user"]
    assert (user["firstName"], user["lastName"], user["metadata"]) == ("Ada", "Lovelace", {"theme": "dark"})
    assert (user["email"], user["scope"], given["nextView"]) == (None, IS_IN, "done")
    enrolled_shopper.get("PUT", "/users", metadata={"theme": None, "size": 12})
    assert enrolled_shopper.get("GET", "/users")["metadata"] == {"size": 12}
    assert enrolled_shopper.person.row.name == "Ada Lovelace"
    assert enrolled_shopper.get("PUT", "/users", lastName="")["user"]["lastName"] is None
    unfit: list[tuple[str, Any]] = [("firstName", 1), ("firstName", "x" * 121), ("metadata", []), ("metadata", 1)]
    for name, value in (*unfit, ("metadata", {"key": "x" * 5000})):
        assert enrolled_shopper.told("PUT", "/users", **{name: value}) == (400, "bad_request"), name
    acts = [(one.act, one.actor_kind) for one in enrolled_shopper.person.history]
    expected = (Act.NAME_CHANGED, Act.USER_CHANGED, Act.USER_CHANGED, Act.NAME_CHANGED)
    assert acts[-4:] == [(act, ActorKind.MEMBER) for act in expected]
