"""TOTPs and recovery codes through Stytch's own client: enrolled, shown, spent, read and taken away."""

import base64
import re
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
import stytch
from stytch.consumer.models.totps import TOTP as READ
from stytch.consumer.models.users import TOTP

from app.domain.recovery_codes import Visibility
from app.portal import Portal
from tests.support.applications import (
    App,
    Application,
    StytchUser,
    chosen,
    looked_at,
    mistyped,
    told,
    wrong_recovery_code,
)
from tests.support.clock import TestClock
from tests.support.otp import AuthenticatorApp, secret_from_key
from tests.support.people import People
from tests.support.qr import read_qr

PNG = "data:image/png;base64,"
CODE = re.compile(r"[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}")
NOT_FOUND = (404, "totp_not_found")


# enrolling


def test_picture_secret_and_codes_are_told_at_creation(client: stytch.Client, clock: TestClock) -> None:
    user_id = client.users.create(email="ada@example.org").user_id
    begun = client.totps.create(user_id=user_id)
    assert (begun.status_code, begun.user_id) == (200, user_id)
    assert begun.request_id.startswith("request-id-live-")
    assert begun.totp_id.startswith("totp-live-")
    assert begun.user.totps == [TOTP(totp_id=begun.totp_id, verified=False)]
    assert begun.user.model_dump() == looked_at(client, user_id)
    assert re.fullmatch("[A-Z2-7]{32}", begun.secret)
    assert len(set(begun.recovery_codes)) == len(begun.recovery_codes) == 10
    assert all(CODE.fullmatch(code) for code in begun.recovery_codes)

    assert begun.qr_code.startswith(PNG)
    scanned = AuthenticatorApp.from_uri(read_qr(base64.b64decode(begun.qr_code.removeprefix(PNG), validate=True)))
    assert scanned.secret == secret_from_key(begun.secret)
    assert (scanned.issuer, scanned.account) == ("Harbour", "ada@example.org")
    done = client.totps.authenticate(user_id=user_id, totp_code=scanned.code(clock.now()))
    assert done.totp_id == begun.totp_id


def test_who_has_no_address_is_named_in_the_picture(client: stytch.Client) -> None:
    client.users.create(external_id="17", name={"first_name": "Ada", "last_name": "Lovelace"})
    begun = client.totps.create(user_id="17")
    scanned = AuthenticatorApp.from_uri(read_qr(base64.b64decode(begun.qr_code.removeprefix(PNG))))
    assert scanned.account == "Ada Lovelace"


def test_the_first_right_code_confirms_it(user: StytchUser) -> None:
    done = user.shows(user.phone.code())
    assert (done.status_code, done.user_id, done.totp_id) == (200, user.user_id, user.totp_id)
    assert done.request_id.startswith("request-id-live-")
    assert (done.session, done.session_token, done.session_jwt, done.user_device) == (None, "", "", None)
    assert done.user.totps == [TOTP(totp_id=user.totp_id, verified=True)]
    assert done.user.model_dump() == looked_at(user.client, user.user_id)


def test_whoever_is_called_by_an_external_id_enrols_and_comes_in_by_it(client: stytch.Client, clock: TestClock) -> None:
    user_id = client.users.create(external_id="17").user_id
    begun = client.totps.create(user_id="17")
    phone = App(begun.secret, clock)
    assert client.totps.authenticate(user_id="17", totp_code=phone.code()).user_id == user_id
    assert client.totps.recover(user_id="17", recovery_code=begun.recovery_codes[0]).user_id == user_id
    assert client.totps.recovery_codes(user_id="17").totps[0].recovery_codes == begun.recovery_codes[1:]


def test_before_it_is_confirmed_its_codes_open_nothing(user: StytchUser) -> None:
    unbacked = (400, "no_active_recovery_code_backed_factor")
    assert told(user.recovers, code=user.codes[0]) == unbacked
    assert told(user.recovers, code=wrong_recovery_code()) == unbacked
    user.confirms()
    user.recovers(user.codes[0])


def test_another_beginning_takes_the_place_of_the_first(user: StytchUser, client: stytch.Client) -> None:
    second = client.totps.create(user_id=user.user_id)
    assert second.user.totps == [TOTP(totp_id=second.totp_id, verified=False)]
    assert second.totp_id != user.totp_id
    assert told(user.confirms) == (401, "unable_to_authenticate_totp")
    assert told(client.users.delete_totp, totp_id=user.totp_id) == NOT_FOUND
    user.shows(App(second.secret, user.phone.clock).code())
    assert told(user.recovers, code=user.codes[0]) == (401, "unable_to_authenticate_recovery_code")
    user.recovers(second.recovery_codes[0])


@pytest.mark.parametrize(("asked", "minutes"), [({}, 1440), ({"expiration_minutes": 5}, 5)])
def test_what_is_not_confirmed_in_time_is_over(
    client: stytch.Client, clock: TestClock, asked: dict[str, int], minutes: int
) -> None:
    user_id = client.users.create().user_id
    late, in_time = (client.totps.create(user_id=one, **asked) for one in (user_id, client.users.create().user_id))
    clock.advance(minutes=minutes, seconds=-1)
    client.totps.authenticate(user_id=in_time.user_id, totp_code=App(in_time.secret, clock).code())
    clock.advance(seconds=1)
    code = App(late.secret, clock).code()
    assert told(client.totps.authenticate, user_id=user_id, totp_code=code) == (401, "expired_totp")
    assert client.users.get(user_id=user_id).totps == []
    assert told(client.totps.recovery_codes, user_id=user_id) == (404, "totps_not_found_for_user")
    again = client.totps.create(user_id=user_id)
    client.totps.authenticate(user_id=user_id, totp_code=App(again.secret, clock).code())


def test_it_may_take_five_minutes_to_a_day(client: stytch.Client) -> None:
    user_id = client.users.create().user_id
    for minutes in (4, 1441, 0, -5, "10", 7.5):
        asked = {"user_id": user_id, "expiration_minutes": minutes}
        assert told(client.totps.create, **asked) == (400, "invalid_expiration"), minutes
    assert client.users.get(user_id=user_id).totps == []
    for minutes in (5, 1440):
        assert client.totps.create(user_id=user_id, expiration_minutes=minutes).totp_id


def test_tries_while_enrolling_are_its_own_and_ten(user: StytchUser, shop: Application) -> None:
    wrong = [told(user.shows, code=user.phone.wrong_code()) for _ in range(10)]
    assert wrong == [(401, "unable_to_authenticate_totp")] * 10
    assert told(user.confirms) == (401, "expired_totp")
    assert shop.member(user.uuid).failures_in_row == 0
    assert user.client.users.get(user_id=user.user_id).is_locked is False


def test_who_has_one_is_given_no_other(enrolled: StytchUser, kiosk: Application) -> None:
    client = enrolled.client
    assert told(client.totps.create, user_id=enrolled.user_id) == (400, "active_totp_exists")
    assert client.users.get(user_id=enrolled.user_id).totps == [TOTP(totp_id=enrolled.totp_id, verified=True)]


def test_nothing_is_confirmed_that_another_application_has_begun(user: StytchUser, kiosk: Application) -> None:
    other = kiosk.stytch()
    assert other.users.get(user_id=user.user_id).totps == []
    asked = {"user_id": user.user_id, "totp_code": user.phone.code()}
    assert told(other.totps.authenticate, **asked) == (404, "totps_not_found_for_user")
    user.confirms()
    assert other.totps.authenticate(user_id=user.user_id, totp_code=user.phone.next_code()).totp_id == user.totp_id


# codes of an authenticator


def test_the_codes_just_before_and_after_are_right_as_well(enrolled: StytchUser, clock: TestClock) -> None:
    clock.advance(minutes=10)
    totp, now = pyotp.TOTP(enrolled.phone.secret), clock.now()
    wrong = (401, "unable_to_authenticate_totp")
    assert [told(enrolled.shows, code=totp.at(now, counter_offset=offset)) for offset in (-2, 2)] == [wrong, wrong]
    for offset in (-1, 0, 1):
        enrolled.shows(totp.at(now, counter_offset=offset))


def test_a_code_is_right_once_and_those_before_it_no_more(enrolled: StytchUser, clock: TestClock) -> None:
    used = (401, "totp_code_already_authenticated")
    assert told(enrolled.shows, code=enrolled.phone.code()) == used
    clock.advance(minutes=10)
    code, before = enrolled.phone.code(), pyotp.TOTP(enrolled.phone.secret).at(clock.now(), counter_offset=-1)
    enrolled.shows(code)
    assert told(enrolled.shows, code=code) == used
    assert told(enrolled.shows, code=before) == used
    clock.advance(minutes=2)
    assert told(enrolled.shows, code=code) == (401, "unable_to_authenticate_totp")


def test_people_may_part_the_digits(enrolled: StytchUser) -> None:
    code = enrolled.phone.next_code()
    enrolled.shows(f"{code[:3]} {code[3:]}")


def test_what_is_no_code_of_an_authenticator_costs_nothing(enrolled: StytchUser, shop: Application) -> None:
    for typed in ("", "12345", "1234567", "12345a", "\uff11\uff12\uff13\uff14\uff15\uff16", "x" * 4096, 123456):
        assert told(enrolled.shows, code=typed) == (400, "invalid_totp_code"), typed
    assert told(enrolled.shows, code=enrolled.codes[0]) == (400, "recovery_code_used_as_totp_code")
    assert told(enrolled.shows, code=mistyped(enrolled.codes[0])) == (400, "invalid_totp_code")
    assert shop.member(enrolled.uuid).failures_in_row == 0
    enrolled.recovers(enrolled.codes[0])


def test_every_authenticator_of_a_member_is_good_for_an_application(client: stytch.Client, people: People) -> None:
    bob = people.ready("bob@example.org")
    bob.enrol(bob.session, name="Tablet")
    first, second = (f"totp-live-{one.public_id}" for one in bob.authenticators)
    user_id = f"user-live-{bob.public_id}"
    assert [one.totp_id for one in client.users.get(user_id=user_id).totps] == [first, second]
    bob.clock.advance(seconds=30)
    phone, tablet = (app.code(bob.clock.now()) for app in bob.apps)
    assert client.totps.authenticate(user_id=user_id, totp_code=tablet).totp_id == second
    assert client.totps.authenticate(user_id=user_id, totp_code=phone).totp_id == first
    assert client.totps.recover(user_id=user_id, recovery_code=bob.codes[0]).totp_id == first
    assert [one.totp_id for one in client.totps.recovery_codes(user_id=user_id).totps] == [first, second]


# recovery codes


def test_each_recovery_code_opens_once_in_any_order_however_it_is_typed(enrolled: StytchUser) -> None:
    spellings: list[Callable[[str], str]] = [
        str.upper,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f" {code} ",
        lambda code: code.replace("0", "O").replace("1", "l"),
    ]
    given = enrolled.codes[::-1]
    for number, code in enumerate(given):
        done = enrolled.recovers(spellings[number % len(spellings)](code))
        assert (done.totp_id, done.user_id) == (enrolled.totp_id, enrolled.user_id)
        assert told(enrolled.recovers, code=code) == (401, "unable_to_authenticate_recovery_code")
    read = enrolled.client.totps.recovery_codes(user_id=enrolled.user_id)
    assert read.totps == [READ(totp_id=enrolled.totp_id, verified=True, recovery_codes=[])]


def test_recovering_answers_like_authenticating(enrolled: StytchUser) -> None:
    without = enrolled.recovers()
    assert without.status_code == 200
    assert without.request_id.startswith("request-id-live-")
    assert (without.user_id, without.totp_id) == (enrolled.user_id, enrolled.totp_id)
    assert (without.session, without.session_token, without.session_jwt, without.user_device) == (None, "", "", None)
    assert without.user.model_dump() == looked_at(enrolled.client, enrolled.user_id)
    opened = enrolled.recovers(session_duration_minutes=60)
    assert opened.session
    assert opened.session_token
    assert opened.session_jwt


def test_codes_may_be_read_again_until_they_are_spent(user: StytchUser) -> None:
    client = user.client
    before = client.totps.recovery_codes(user_id=user.user_id)
    assert (before.status_code, before.user_id) == (200, user.user_id)
    assert before.totps == [READ(totp_id=user.totp_id, verified=False, recovery_codes=user.codes)]
    user.confirms()
    after = client.totps.recovery_codes(user_id=user.user_id)
    assert after.totps == [READ(totp_id=user.totp_id, verified=True, recovery_codes=user.codes)]
    user.recovers(user.codes[3])
    left = [*user.codes[:3], *user.codes[4:]]
    assert client.totps.recovery_codes(user_id=user.user_id).totps[0].recovery_codes == left


def test_a_mistyped_code_costs_nothing_and_a_wrong_one_does(enrolled: StytchUser, shop: Application) -> None:
    for typed in ("", "x", mistyped(enrolled.codes[0]), enrolled.codes[0][:-1], "x" * 4096, 17):
        assert told(enrolled.recovers, code=typed) == (400, "invalid_recovery_code"), typed
    assert told(enrolled.recovers, code=enrolled.phone.code()) == (400, "totp_code_used_as_recovery_code")
    assert shop.member(enrolled.uuid).failures_in_row == 0
    assert told(enrolled.recovers, code=wrong_recovery_code()) == (401, "unable_to_authenticate_recovery_code")
    assert shop.member(enrolled.uuid).failures_in_row == 1
    enrolled.recovers(enrolled.codes[0])
    assert shop.member(enrolled.uuid).failures_in_row == 0


def test_who_has_nothing_has_no_codes(client: stytch.Client) -> None:
    user_id = client.users.create().user_id
    nothing = (404, "totps_not_found_for_user")
    assert told(client.totps.recovery_codes, user_id=user_id) == nothing
    assert told(client.totps.authenticate, user_id=user_id, totp_code="123456") == nothing
    asked = {"user_id": user_id, "recovery_code": wrong_recovery_code()}
    assert told(client.totps.recover, **asked) == (400, "no_active_recovery_code_backed_factor")


@pytest.mark.parametrize("count", [8, 16, 20])
def test_there_are_as_many_codes_as_the_organization_says(
    client: stytch.Client, clock: TestClock, portal: Portal, count: int
) -> None:
    chosen(portal, code_count=count)
    user = StytchUser.made(client, clock)
    user.confirms()
    assert len(user.codes) == count
    assert client.totps.recovery_codes(user_id=user.user_id).totps[0].recovery_codes == user.codes


def test_where_codes_are_shown_once_nobody_reads_them_again(
    client: stytch.Client, clock: TestClock, portal: Portal
) -> None:
    chosen(portal, code_visibility=Visibility.ONCE)
    user = StytchUser.made(client, clock)
    assert client.totps.recovery_codes(user_id=user.user_id).totps[0].recovery_codes == []
    user.confirms()
    assert client.totps.recovery_codes(user_id=user.user_id).totps[0].recovery_codes == []
    user.recovers()


def test_where_codes_are_kept_until_acknowledged_an_application_has_a_week(
    client: stytch.Client, clock: TestClock, portal: Portal
) -> None:
    chosen(portal, code_visibility=Visibility.UNTIL_ACKNOWLEDGED)
    user = StytchUser.made(client, clock)
    user.confirms()

    def read() -> list[str]:
        return client.totps.recovery_codes(user_id=user.user_id).totps[0].recovery_codes

    clock.advance(days=6)
    assert read() == user.codes
    clock.advance(days=2)
    assert read() == []
    user.recovers()


# taking one away


def test_an_authenticator_that_is_taken_away_takes_its_codes_along(enrolled: StytchUser, shop: Application) -> None:
    client = enrolled.client
    session = enrolled.shows(session_duration_minutes=60)
    gone = client.users.delete_totp(totp_id=enrolled.totp_id)
    assert (gone.status_code, gone.user_id) == (200, enrolled.user_id)
    assert gone.user.model_dump() == looked_at(client, enrolled.user_id)
    assert gone.user.totps == []
    assert told(enrolled.shows) == (404, "totps_not_found_for_user")
    assert told(enrolled.recovers) == (400, "no_active_recovery_code_backed_factor")
    assert told(client.totps.recovery_codes, user_id=enrolled.user_id) == (404, "totps_not_found_for_user")
    assert told(client.users.delete_totp, totp_id=enrolled.totp_id) == NOT_FOUND
    assert client.sessions.authenticate(session_token=session.session_token).user.totps == []
    assert shop.member(enrolled.uuid).enrols_with_pass is True

    again = client.totps.create(user_id=enrolled.user_id)
    client.totps.authenticate(user_id=enrolled.user_id, totp_code=App(again.secret, enrolled.phone.clock).code())
    assert not set(again.recovery_codes) & set(enrolled.codes)
    assert shop.member(enrolled.uuid).enrols_with_pass is False


def test_what_was_only_begun_can_be_taken_away(user: StytchUser) -> None:
    gone = user.client.users.delete_totp(totp_id=user.totp_id)
    assert (gone.user_id, gone.user.totps) == (user.user_id, [])
    assert told(user.confirms) == (404, "totps_not_found_for_user")


def test_with_one_of_two_authenticators_the_codes_stay(client: stytch.Client, people: People) -> None:
    bob = people.ready("bob@example.org")
    bob.enrol(bob.session, name="Tablet")
    first = client.users.get(user_id=f"user-live-{bob.public_id}").totps[0].totp_id
    left = client.users.delete_totp(totp_id=first).user
    assert len(left.totps) == 1
    assert left.totps[0].totp_id != first
    assert client.totps.recovery_codes(user_id=left.user_id).totps[0].recovery_codes == bob.codes
    assert bob.visitor() is None


def test_what_is_no_totp_is_not_found(client: stytch.Client, enrolled: StytchUser) -> None:
    for totp_id in ("totp-live-17", enrolled.user_id, enrolled.user_id.replace("user", "totp"), "x"):
        assert told(client.users.delete_totp, totp_id=totp_id) == NOT_FOUND, totp_id


# what a key may do


def test_without_the_permission_an_application_checks_codes_and_no_more(
    enrolled: StytchUser, kiosk: Application
) -> None:
    client, refused = kiosk.stytch(), (403, "unauthorized_action")
    asked: dict[str, Any] = {"user_id": enrolled.user_id}
    assert told(client.totps.create, **asked) == refused
    assert told(client.totps.recovery_codes, **asked) == refused
    assert told(client.users.delete_totp, totp_id=enrolled.totp_id) == refused
    assert client.totps.authenticate(**asked, totp_code=enrolled.phone.next_code()).totp_id == enrolled.totp_id
    assert client.totps.recover(**asked, recovery_code=enrolled.codes[0]).totp_id == enrolled.totp_id
    assert client.users.update(**asked, roles=["guest"]).user.roles == ["guest"]


def test_whoever_is_not_active_shows_nothing(enrolled: StytchUser, people: People) -> None:
    suspended = people.ready("bob@example.org")
    user_id = f"user-live-{suspended.public_id}"
    suspended.set(status="suspended")
    client, refused = enrolled.client, (400, "action_available_only_for_active_members")
    totp_id = client.users.get(user_id=user_id).totps[0].totp_id
    assert told(client.totps.authenticate, user_id=user_id, totp_code=suspended.next_totp()) == refused
    assert told(client.totps.recover, user_id=user_id, recovery_code=suspended.codes[0]) == refused
    assert told(client.totps.create, user_id=user_id) == refused
    assert told(client.totps.recovery_codes, user_id=user_id) == refused
    assert told(client.users.delete_totp, totp_id=totp_id) == refused
    suspended.set(status="active")
    assert client.totps.recover(user_id=user_id, recovery_code=suspended.codes[0]).user_id == user_id
