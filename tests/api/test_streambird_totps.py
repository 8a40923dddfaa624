"""TOTPs and recovery codes through Streambird's own client: enrolled, shown, spent, read and taken away."""

import base64
import re
from typing import Any

import pytest
import requests
from streambird.exceptions import (
    StreambirdDuplicateResource,
    StreambirdException,
    StreambirdInvalidRequest,
    StreambirdResourceNotFound,
    StreambirdTooManyRequests,
    StreambirdUnauthorized,
)

from app.domain.members import Status
from app.domain.recovery_codes import Visibility
from app.portal import Portal
from app.storage import members
from tests.support.applications import (
    App,
    Application,
    StreambirdUser,
    chosen,
    mistyped,
    raised,
    wrong_recovery_code,
)
from tests.support.clock import TestClock
from tests.support.otp import AuthenticatorApp, secret_from_key
from tests.support.qr import read_qr

PNG = "data:image/png;base64,"
KSUID = "[0-9A-Za-z]{27}"
WRONG = (StreambirdUnauthorized, "totp_incorrect")
USED = (StreambirdUnauthorized, "totp_already_used")
NO_TOTP = (StreambirdResourceNotFound, "totp_not_found")
EXPIRED = (StreambirdUnauthorized, "totp_expired")
WRONG_RECOVERY = (StreambirdUnauthorized, "recovery_code_incorrect")


def test_picture_secret_and_codes_are_told_at_creation(moon: Any, clock: TestClock) -> None:
    user_id = moon.users.create(email="ada@example.org")["user_id"]
    begun = moon.totps.create(user_id)
    assert begun.keys() == {"totp_id", "user_id", "secret", "qr_base64", "recovery_codes"}
    assert begun["user_id"] == user_id
    assert re.fullmatch(f"totp_{KSUID}", begun["totp_id"])
    assert len(set(begun["recovery_codes"])) == 10
    scanned = AuthenticatorApp.from_uri(read_qr(base64.b64decode(begun["qr_base64"].removeprefix(PNG), validate=True)))
    assert scanned.secret == secret_from_key(begun["secret"])
    assert (scanned.issuer, scanned.account) == ("Harbour", "ada@example.org")
    began = int(clock.now().timestamp())
    waiting = {
        "id": begun["totp_id"],
        "user_id": user_id,
        "verified": False,
        "created_at": began,
        "updated_at": began,
    }
    assert moon.users.get(user_id)["totps"] == [waiting]
    done = moon.totps.verify(totp=scanned.code(clock.now()), user_id=user_id)
    assert done == {
        "totp_id": begun["totp_id"],
        "user_id": user_id,
        "session_token": None,
        "session_jwt": None,
        "session": None,
    }
    assert moon.users.get(user_id)["totps"] == [{**waiting, "verified": True}]


def test_a_code_is_right_once(moon: Any, moon_enrolled: StreambirdUser, shop: Application) -> None:
    assert raised(moon, moon_enrolled.shows, code=moon_enrolled.phone.code()) == USED
    moon_enrolled.shows()
    assert raised(moon, moon_enrolled.shows, code=moon_enrolled.phone.wrong_code()) == WRONG
    mistyped_codes = ("", "12345", "1234567", "12345x", moon_enrolled.codes[0], 123456)
    for typed in mistyped_codes:
        assert raised(moon, moon_enrolled.shows, code=typed)[0] is StreambirdInvalidRequest, typed
    assert raised(moon, moon_enrolled.shows, code="12345") == (StreambirdInvalidRequest, "totp_invalid")
    assert shop.member(moon_enrolled.uuid).failures_in_row == 1


def test_a_code_may_be_a_little_early_or_late(moon_enrolled: StreambirdUser, clock: TestClock) -> None:
    clock.advance(minutes=5)
    late, _, early = (moon_enrolled.phone.code(), clock.advance(seconds=60), moon_enrolled.phone.code())
    clock.advance(seconds=-30)
    moon_enrolled.shows(late)
    moon_enrolled.shows(early)


def test_a_recovery_code_is_spent_under_either_name(
    moon: Any, moon_enrolled: StreambirdUser, shop: Application
) -> None:
    first, second, third = moon_enrolled.codes[:3]
    done = moon_enrolled.recovers(first)
    assert (done["totp_id"], done["user_id"], done["session"]) == (moon_enrolled.totp_id, moon_enrolled.user_id, None)
    by_the_other_name = shop.asks("POST", "totps/recovery", user_id=moon_enrolled.user_id, totp=second)
    assert (by_the_other_name.status_code, by_the_other_name.json()) == (200, done)
    both = shop.asks("POST", "totps/recovery", user_id=moon_enrolled.user_id, recovery_code=third, totp=second)
    assert both.status_code == 200
    for spent in (first, second, third):
        used = (StreambirdUnauthorized, "recovery_code_already_used")
        assert raised(moon, moon_enrolled.recovers, code=spent) == used
    neither = shop.asks("POST", "totps/recovery", user_id=moon_enrolled.user_id)
    assert (neither.status_code, neither.json()["error_type"]) == (400, "invalid_request")


def test_a_wrong_recovery_code_counts_and_a_mistyped_one_does_not(
    moon: Any, moon_enrolled: StreambirdUser, shop: Application
) -> None:
    mistaken = (StreambirdInvalidRequest, "recovery_code_invalid")
    assert raised(moon, moon_enrolled.recovers, code=mistyped(moon_enrolled.codes[0])) == mistaken
    assert raised(moon, moon_enrolled.recovers, code=moon_enrolled.phone.next_code()) == mistaken
    assert shop.member(moon_enrolled.uuid).failures_in_row == 0
    assert raised(moon, moon_enrolled.recovers, code=wrong_recovery_code()) == WRONG_RECOVERY
    assert shop.member(moon_enrolled.uuid).failures_in_row == 1


def test_codes_may_be_read_again_until_they_are_spent(moon: Any, moon_user: StreambirdUser) -> None:
    waiting = {"id": moon_user.totp_id, "verified": False, "recovery_codes": moon_user.codes}
    assert moon.totps.recovery_codes(moon_user.user_id) == {"user_id": moon_user.user_id, "totps": [waiting]}
    assert raised(moon, moon_user.recovers, code=moon_user.codes[0]) == NO_TOTP
    moon_user.confirms()
    assert moon.totps.recovery_codes(moon_user.user_id)["totps"] == [{**waiting, "verified": True}]
    spent = moon_user.codes[0]
    moon_user.recovers(spent)
    left = moon.totps.recovery_codes(moon_user.user_id)["totps"][0]["recovery_codes"]
    assert left == moon_user.codes[1:]


def test_there_are_sixteen_codes_where_the_organization_says_so(moon: Any, clock: TestClock, portal: Portal) -> None:
    chosen(portal, code_count=16)
    user = StreambirdUser.made(moon, clock)
    user.confirms()
    assert len(set(user.codes)) == 16
    assert moon.totps.recovery_codes(user.user_id)["totps"][0]["recovery_codes"] == user.codes
    for code in user.codes:
        user.recovers(code)
    assert moon.totps.recovery_codes(user.user_id)["totps"][0]["recovery_codes"] == []


def test_where_codes_are_shown_once_nobody_reads_them_again(moon: Any, clock: TestClock, portal: Portal) -> None:
    chosen(portal, code_visibility=Visibility.ONCE)
    user = StreambirdUser.made(moon, clock)
    user.confirms()
    assert moon.totps.recovery_codes(user.user_id)["totps"][0]["recovery_codes"] == []
    user.recovers()


def test_what_is_not_verified_in_time_is_over(moon: Any, shop: Application, clock: TestClock) -> None:
    user_id = moon.users.create()["user_id"]
    begun = shop.asks("POST", "totps/create", user_id=user_id, expires_in=5).json()
    clock.advance(minutes=5)
    phone = App(begun["secret"], clock)
    assert raised(moon, moon.totps.verify, totp=phone.code(), user_id=user_id) == EXPIRED
    assert raised(moon, moon.totps.recovery_codes, user_id=user_id) == NO_TOTP
    for minutes in (4, 1441, "10"):
        reply = shop.asks("POST", "totps/create", user_id=user_id, expires_in=minutes)
        assert (reply.status_code, reply.json()["error_type"]) == (400, "invalid_request")
    begun = moon.totps.create(user_id)
    clock.advance(minutes=1439)
    moon.totps.verify(totp=App(begun["secret"], clock).code(), user_id=user_id)


def test_who_has_one_is_given_no_other_until_it_is_taken_away(
    moon: Any, moon_enrolled: StreambirdUser, shop: Application
) -> None:
    exists = (StreambirdDuplicateResource, "totp_already_exists")
    assert raised(moon, moon.totps.create, user_id=moon_enrolled.user_id) == exists
    gone = shop.asks("DELETE", f"users/totps/{moon_enrolled.totp_id}/delete")
    said = {"user_id": moon_enrolled.user_id, "message": "The TOTP is deleted."}
    assert (gone.status_code, gone.json()) == (200, said)
    again = shop.asks("DELETE", f"users/totps/{moon_enrolled.totp_id}/delete")
    assert (again.status_code, again.json()["error_type"]) == (404, "totp_not_found")
    assert raised(moon, moon_enrolled.shows) == NO_TOTP
    assert raised(moon, moon_enrolled.recovers) == NO_TOTP
    begun = moon.totps.create(moon_enrolled.user_id)
    moon.totps.verify(totp=App(begun["secret"], moon_enrolled.phone.clock).code(), user_id=moon_enrolled.user_id)


def test_ten_wrong_codes_lock(moon: Any, moon_enrolled: StreambirdUser, clock: TestClock) -> None:
    locked = (StreambirdTooManyRequests, "user_locked")
    wrong = [raised(moon, moon_enrolled.shows, code=moon_enrolled.phone.wrong_code()) for _ in range(10)]
    assert wrong == [WRONG] * 9 + [locked]
    assert raised(moon, moon_enrolled.shows) == raised(moon, moon_enrolled.recovers, code="x" * 20) == locked
    assert moon.users.get(moon_enrolled.user_id)["is_locked"] is True
    clock.advance(minutes=60)
    moon_enrolled.shows(moon_enrolled.phone.code())
    assert moon.users.get(moon_enrolled.user_id)["is_locked"] is False


def test_a_client_that_sends_a_lock_again_loses_no_second_attempt(
    moon: Any, moon_enrolled: StreambirdUser, shop: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It sends again what came over TLS, which there is none of in a test: so here over any connection, and at once."""
    sent = _mounted_everywhere(monkeypatch)
    for _ in range(9):
        assert raised(moon, moon_enrolled.shows, code=moon_enrolled.phone.wrong_code()) == WRONG
    before = shop.member(moon_enrolled.uuid)
    assert (before.failures_in_row, before.locks_in_row, sent) == (9, 0, [])
    tenth = raised(moon, moon_enrolled.shows, code=moon_enrolled.phone.wrong_code())
    once = shop.member(moon_enrolled.uuid)
    assert tenth == (StreambirdTooManyRequests, "user_locked")
    assert (once.locks_in_row, len(sent)) == (1, 3)
    assert raised(moon, moon_enrolled.recovers, code=wrong_recovery_code())[0] is StreambirdTooManyRequests
    assert raised(moon, moon_enrolled.recovers, code=moon_enrolled.codes[0])[0] is StreambirdTooManyRequests
    assert (shop.member(moon_enrolled.uuid), len(sent)) == (once, 9)
    moon_enrolled.phone.clock.advance(minutes=60)
    moon_enrolled.recovers(moon_enrolled.codes[0])


def _mounted_everywhere(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What it was told when it sent something again."""
    again: list[object] = []

    class Everywhere(requests.Session):
        def mount(self, prefix: Any, adapter: Any) -> None:
            super().mount(prefix, adapter)
            if prefix == "https://" and adapter.max_retries.total:
                super().mount("http://", adapter)

        def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
            reply = super().send(request, **kwargs)
            again.extend(reply.raw.retries.history)
            return reply

    monkeypatch.setattr("streambird.api.requests.Session", Everywhere)
    monkeypatch.setattr("streambird.api.HTTP_RETRY_BACKOFF_FACTOR", 0)
    return again


def test_without_the_permission_an_application_checks_codes_and_no_more(
    moon_enrolled: StreambirdUser, kiosk: Application
) -> None:
    other, refused = kiosk.streambird(), (StreambirdException, "forbidden")
    assert raised(other, other.totps.create, user_id=moon_enrolled.user_id) == refused
    assert raised(other, other.totps.recovery_codes, user_id=moon_enrolled.user_id) == refused
    assert kiosk.asks("DELETE", f"users/totps/{moon_enrolled.totp_id}/delete").status_code == 403
    code = moon_enrolled.phone.next_code()
    assert other.totps.verify(totp=code, user_id=moon_enrolled.user_id)["totp_id"] == moon_enrolled.totp_id
    done = other.totps.recovery(recovery_code=moon_enrolled.codes[0], user_id=moon_enrolled.user_id)
    assert done["totp_id"] == moon_enrolled.totp_id


def test_whoever_is_suspended_shows_nothing(moon: Any, moon_enrolled: StreambirdUser, shop: Application) -> None:
    with shop.portal.writing() as tx:
        found = members.find_in(tx.db, shop.project.organization_id or 0, moon_enrolled.uuid)
        assert found
        members.change_status(tx.db, found.id, Status.SUSPENDED)
    refused = (StreambirdInvalidRequest, "user_not_active")
    assert raised(moon, moon_enrolled.shows) == raised(moon, moon_enrolled.recovers) == refused
    assert raised(moon, moon.totps.recovery_codes, user_id=moon_enrolled.user_id) == refused
    found_so = moon.users.get(moon_enrolled.user_id)
    assert (found_so["status"], found_so["active"]) == ("pending", False)
