"""Recovery codes at Dynamic's wire: shown, made, spent and acknowledged by whoever they are of, while fresh."""

from datetime import timedelta
from typing import Any

import pytest

from app.domain.events import Act, ActorKind
from app.domain.recovery_codes import Visibility
from app.services import restoring
from tests.support.applications import App, Application, Caller, chosen, mistyped, wrong_recovery_code
from tests.support.clock import TestClock
from tests.support.dynamic import IS_IN, NEEDS_MORE, Shopper, told_by

WRONG = (422, "mfa_invalid_code")
LOCKED = (429, "mfa_rate_limited")
MISSING, STALE = (403, "insufficient_factors"), (403, "stale_factors")
NO_DEVICE = (422, "mfa_device_not_found")
OUTDATED = (422, "mfa_invalid_request")
OVER = (401, "unauthorized")
CODES = "/users/mfa/recovery"
ACKNOWLEDGED = {"mfaBackupCodeAcknowledgement": "complete"}


@pytest.fixture
def shopper_with_codes(enrolled_shopper: Shopper) -> Shopper:
    """Enrolled just now, and shown the codes."""
    enrolled_shopper.reads_codes()
    return enrolled_shopper


def _pending(shopper: Shopper) -> Any:
    return shopper.get("GET", "/users")["mfaBackupCodeAcknowledgement"]


def test_the_codes_are_shown_as_often_as_they_are_asked_for_without_those_that_are_spent(
    shopper_with_codes: Shopper,
) -> None:
    shopper = shopper_with_codes
    codes = [*shopper.codes]
    assert len(set(codes)) == 10
    assert shopper.reads_codes() == codes
    spends = shopper.elsewhere()
    spends.signs_in()
    assert spends.recovers(codes[3])["user"]["scope"] == IS_IN
    del codes[3]
    assert shopper.reads_codes() == codes
    shown = [one for one in shopper.person.history if one.act is Act.CODES_SHOWN]
    assert [(one.actor_kind, one.project) for one in shown] == [(ActorKind.MEMBER, "Shop")] * 3


def test_new_codes_make_the_old_ones_void_and_are_to_be_acknowledged_anew(shopper_with_codes: Shopper) -> None:
    shopper = shopper_with_codes
    old = [*shopper.codes]
    shopper.acknowledges()
    assert _pending(shopper) == "complete"
    new = shopper.makes_codes()
    assert len(new) == 10
    assert not set(new) & set(old)
    assert _pending(shopper) == "pending"
    assert shopper.reads_codes() == new
    assert shopper.is_refused_recovery(old[0]) == WRONG
    shopper.acknowledges()
    assert shopper.recovers(new[0])["user"]["mfaBackupCodeAcknowledgement"] == "complete"


def test_there_are_as_many_as_the_organization_says(enrolled_shopper: Shopper, shop: Application) -> None:
    chosen(shop.portal, code_count=20)
    assert len(enrolled_shopper.reads_codes()) == 10
    assert len(enrolled_shopper.makes_codes()) == 20


def test_acknowledging_changes_nothing_a_second_time(shopper_with_codes: Shopper) -> None:
    shopper = shopper_with_codes
    assert _pending(shopper) == "pending"
    for _ in range(2):
        given = shopper.acknowledges()
        assert (given["nextView"], given["user"]["mfaBackupCodeAcknowledgement"]) == ("done", "complete")
    assert [one.act for one in shopper.person.history].count(Act.CODES_ACKNOWLEDGED) == 1


def test_codes_that_this_session_was_not_shown_cannot_be_acknowledged_in_it(enrolled_shopper: Shopper) -> None:
    assert enrolled_shopper.told("PUT", "/users", **ACKNOWLEDGED) == OUTDATED
    enrolled_shopper.reads_codes()
    other = enrolled_shopper.elsewhere()
    other.signs_in()
    other.shows()
    assert other.told("PUT", "/users", **ACKNOWLEDGED) == OUTDATED
    other.recovers()
    assert other.told("PUT", "/users", **ACKNOWLEDGED) == OUTDATED
    assert _pending(enrolled_shopper) == "pending"
    enrolled_shopper.acknowledges()


def test_codes_that_are_no_longer_in_force_cannot_be_acknowledged(
    shopper_with_codes: Shopper, caller: Caller, shop: Application, clock: TestClock
) -> None:
    """The application's own server lets its sessions go on, whatever it replaces."""
    shopper, user = shopper_with_codes, f"user-live-{shopper_with_codes.id}"
    assert caller.open("DELETE", f"/v1/users/totps/totp-live-{shopper.device}", shop.basic).status_code == 200
    assert shopper.told("PUT", "/users", **ACKNOWLEDGED) == OUTDATED, "there are none"
    begun = caller.open("POST", "/v1/totps", shop.basic, json={"user_id": user}).json
    assert begun
    shopper.phone = App(begun["secret"], clock)
    confirmed = {"user_id": user, "totp_code": shopper.next_code()}
    assert caller.open("POST", "/v1/totps/authenticate", shop.basic, json=confirmed).status_code == 200
    assert _pending(shopper) == "pending"
    assert shopper.told("PUT", "/users", **ACKNOWLEDGED) == OUTDATED, "they are other ones"
    shopper.shows()
    assert shopper.reads_codes() == begun["recovery_codes"]
    assert shopper.acknowledges()["user"]["mfaBackupCodeAcknowledgement"] == "complete"


def test_what_is_wrong_with_the_rest_of_an_update_is_found_before_codes_are_acknowledged(
    shopper_with_codes: Shopper,
) -> None:
    too_much = {str(number): number for number in range(21)}
    refused = shopper_with_codes.told("PUT", "/users", metadata=too_much, **ACKNOWLEDGED)
    assert refused == (400, "bad_request")
    assert _pending(shopper_with_codes) == "pending"
    for other in ("pending", "", None, True):
        reply = shopper_with_codes.ask("PUT", "/users", mfaBackupCodeAcknowledgement=other)
        assert reply.status_code == (200 if other is None else 400)
    assert _pending(shopper_with_codes) == "pending"


def test_where_codes_are_shown_until_acknowledged_there_are_none_to_show_afterwards(
    enrolled_shopper: Shopper, shop: Application, clock: TestClock
) -> None:
    chosen(shop.portal, code_visibility=Visibility.UNTIL_ACKNOWLEDGED)
    codes = enrolled_shopper.reads_codes()
    assert len(codes) == 10
    assert enrolled_shopper.reads_codes() == codes
    enrolled_shopper.acknowledges()
    assert enrolled_shopper.get("GET", CODES) == {"count": 0, "recoveryCodes": []}
    assert _pending(enrolled_shopper) == "complete"
    enrolled_shopper.recovers(codes[0])

    enrolled_shopper.shows()
    enrolled_shopper.makes_codes()
    clock.advance(days=7, seconds=1)
    enrolled_shopper.signs_in()
    enrolled_shopper.shows()
    assert enrolled_shopper.get("GET", CODES) == {"count": 0, "recoveryCodes": []}
    assert enrolled_shopper.told("PUT", "/users", **ACKNOWLEDGED) == OUTDATED, "this session was shown none"
    assert _pending(enrolled_shopper) == "pending"


def test_where_codes_are_shown_once_they_are_so_by_whoever_makes_them(shopper: Shopper, shop: Application) -> None:
    chosen(shop.portal, code_visibility=Visibility.ONCE)
    shopper.signs_in()
    shopper.enrols()
    assert shopper.get("GET", CODES) == {"count": 0, "recoveryCodes": []}
    assert shopper.told("PUT", "/users", **ACKNOWLEDGED) == OUTDATED, "nobody was shown any"
    assert _pending(shopper) == "pending"
    codes = shopper.makes_codes()
    assert len(codes) == 10
    assert shopper.get("GET", CODES) == {"count": 0, "recoveryCodes": []}
    assert shopper.acknowledges()["user"]["mfaBackupCodeAcknowledgement"] == "complete"
    shopper.recovers(codes[0])


@pytest.mark.parametrize("visibility", [Visibility.VIEWABLE, Visibility.ONCE])
def test_who_asks_for_codes_and_has_none_is_given_new_ones(
    visibility: Visibility, shopper_with_codes: Shopper, shop: Application, clock: TestClock
) -> None:
    """Such as after a backup was restored, in which spent ones may be unspent."""
    shopper = shopper_with_codes
    old = [*shopper.codes]
    chosen(shop.portal, code_visibility=visibility)
    restoring.finish(shop.portal, unmarked=True)
    assert shopper.told("GET", "/users") == OVER
    clock.advance(seconds=30)
    shopper.signs_in()
    shopper.shows()
    assert _pending(shopper) == "complete", "there is nothing to acknowledge"
    assert shopper.is_refused_recovery(old[0]) == WRONG
    codes = shopper.reads_codes()
    assert len(codes) == 10
    assert not set(codes) & set(old)
    assert _pending(shopper) == "pending"
    assert shopper.reads_codes() == ([] if visibility is Visibility.ONCE else codes)
    shopper.acknowledges()
    shopper.recovers(codes[0])
    made = [one.details for one in shopper.person.history if one.act is Act.CODES_REGENERATED]
    assert made == [{"old": 0, "count": 10}]


def test_showing_and_making_codes_take_a_second_factor_shown_here_within_five_minutes(
    shopper_with_codes: Shopper, clock: TestClock
) -> None:
    other = shopper_with_codes.elsewhere()
    other.signs_in()
    for method in ("GET", "POST"):
        assert other.told(method, CODES) == MISSING
    other.shows()
    clock.advance(minutes=4, seconds=59)
    assert other.reads_codes() == shopper_with_codes.codes
    clock.advance(seconds=1)
    for method in ("GET", "POST"):
        assert other.told(method, CODES) == STALE
        assert shopper_with_codes.told(method, CODES) == STALE
    other.get("POST", "/refresh")
    assert other.told("GET", CODES) == STALE, "another token is no proof"
    other.signs_in()
    assert other.told("GET", CODES) == MISSING, "nor is another session"
    other.shows()
    assert other.makes_codes()


def test_a_recovery_code_opens_the_making_of_new_ones_and_not_the_showing_of_the_others(
    shopper_with_codes: Shopper, clock: TestClock
) -> None:
    """Perhaps it was found."""
    codes, finder = [*shopper_with_codes.codes], shopper_with_codes.elsewhere()
    finder.signs_in()
    finder.recovers(codes[0])
    assert finder.told("GET", CODES) == MISSING
    finder.shows()
    assert finder.told("GET", CODES) == MISSING, "neither with a code of the authenticator after it"
    new = finder.makes_codes()
    assert finder.reads_codes() == new, "made in this very session"
    assert shopper_with_codes.told("GET", "/users") == OVER, "whoever changes codes ends all other sessions"

    both = shopper_with_codes.elsewhere()
    both.signs_in()
    both.shows()
    clock.advance(seconds=1)
    both.recovers(new[0])
    assert both.told("GET", CODES) == MISSING, "the last factor was a recovery code"
    both.shows()
    assert both.reads_codes() == new[1:]


def test_without_an_authenticator_there_are_no_codes(shopper: Shopper) -> None:
    shopper.signs_in()
    for when in ("nothing was begun", "one waits to be confirmed"):
        assert [shopper.told(method, CODES) for method in ("GET", "POST")] == [NO_DEVICE] * 2, when
        assert shopper.is_refused_recovery(wrong_recovery_code()) == NO_DEVICE
        assert shopper.told("PUT", "/users", **ACKNOWLEDGED) == OUTDATED
        assert _pending(shopper) is None
        shopper.begins()


def test_each_code_is_good_once(shopper_with_codes: Shopper) -> None:
    codes = shopper_with_codes.codes
    for code in (codes[0], codes[1].upper(), codes[2].replace("-", " "), f" {codes[3].replace('-', '')} "):
        other = shopper_with_codes.elsewhere()
        other.signs_in()
        assert other.get("GET", "/users")["scope"] == NEEDS_MORE
        assert other.recovers(code)["user"]["scope"] == IS_IN
        other.signs_in()
        reply = other.ask("POST", "/users/mfa/auth/recovery", code=code)
        assert (told_by(reply), reply.get_json()["error"]) == (WRONG, "The recovery code was used before.")
        assert other.get("GET", "/users")["scope"] == NEEDS_MORE
    assert shopper_with_codes.reads_codes() == codes[4:]


def test_what_is_no_code_of_theirs_is_told_apart_and_only_a_wrong_one_costs_a_try(
    shopper_with_codes: Shopper, shop: Application
) -> None:
    other = shopper_with_codes.elsewhere()
    other.signs_in()
    shown, slips = other.next_code(), [mistyped(other.codes[0]), other.codes[0][:-1]]
    told = [
        ("recovery", wrong_recovery_code(), "The recovery code is wrong.", 1),
        ("recovery", slips[0], "The recovery code is mistyped: nothing was tried.", 1),
        ("recovery", slips[1], "The recovery code is mistyped: nothing was tried.", 1),
        ("recovery", shown, "This is a code of an authenticator.", 1),
        ("totp", other.wrong_code(), "The code is wrong.", 2),
        ("totp", other.codes[0], "This is a recovery code.", 2),
        ("totp", slips[0], "A code of an authenticator has six digits.", 2),
        ("totp", "12345", "A code of an authenticator has six digits.", 2),
        ("totp", "\uff11\uff12\uff13\uff14\uff15\uff16", "A code of an authenticator has six digits.", 2),
    ]
    for by, code, sentence, failures in told:
        reply = other.ask("POST", f"/users/mfa/auth/{by}", code=code)
        assert (told_by(reply), reply.get_json()["error"]) == (WRONG, sentence)
        assert shop.member(other.id).failures_in_row == failures, sentence
    other.shows(shown)
    assert shop.member(other.id).failures_in_row == 0
    reply = other.ask("POST", "/users/mfa/auth/totp", code=shown)
    assert reply.get_json()["error"] == "The code was used before. Wait for the next one."


def test_ten_wrong_codes_of_either_kind_lock_for_an_hour_at_every_door(
    shopper_with_codes: Shopper, caller: Caller, shop: Application, clock: TestClock
) -> None:
    other = shopper_with_codes.elsewhere()
    other.signs_in()
    for _ in range(5):
        assert other.is_refused(other.wrong_code()) == WRONG
        refused = other.is_refused_recovery(wrong_recovery_code())
    assert refused == LOCKED
    until = clock.now() + timedelta(hours=1)
    sentence = f"This user is locked: no code is accepted. The lock expires at {until:%Y-%m-%dT%H:%M:%SZ}."
    for by, code in (("totp", other.next_code()), ("recovery", other.codes[0])):
        reply = other.ask("POST", f"/users/mfa/auth/{by}", code=code)
        assert (told_by(reply), reply.get_json()["error"]) == (LOCKED, sentence)
    at_stytch = {"user_id": f"user-live-{other.id}", "totp_code": other.next_code()}
    assert caller.open("POST", "/v1/totps/authenticate", shop.basic, json=at_stytch).status_code == 429
    assert shopper_with_codes.shows()["user"]["scope"] == IS_IN, "where a second factor was shown before"
    clock.advance(hours=1)
    assert other.shows()["user"]["scope"] == IS_IN
    other.recovers()


def test_in_a_session_that_showed_a_second_factor_ten_wrong_codes_end_it_and_lock_nobody(
    shopper_with_codes: Shopper, shop: Application
) -> None:
    shopper = shopper_with_codes
    assert [shopper.is_refused(shopper.wrong_code()) for _ in range(9)] == [WRONG] * 9
    assert shopper.is_refused_recovery(mistyped(shopper.codes[0])) == WRONG
    assert _pending(shopper) == "pending"
    assert shopper.is_refused(shopper.wrong_code()) == WRONG
    assert shopper.told("GET", "/users") == OVER
    assert shop.member(shopper.id).failures_in_row == 0
    shopper.signs_in()
    assert shopper.shows()["user"]["scope"] == IS_IN
