"""Authenticators in the hands of their members, as applications let them: begun, confirmed, checked, taken away."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.attempts import ENROLMENT_TRIES, STEP_UP_TRIES, LockReason
from app.domain.events import Act
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.portal import Portal
from app.services import locks
from tests.support.clock import TestClock
from tests.support.issuers import Issuer
from tests.support.people import AT_HOME, NO_DIGITS, Person, granted, refusal
from tests.support.screens import CHANGING, Login, Screen
from tests.support.shops import AN_HOUR, Shop


def proofs(screen: Screen) -> list[Proof]:
    return [one.proof for one in screen.shop.use(screen.token).session.factors]


# the first one


def test_it_is_begun_with_codes_and_confirmed_by_a_code(joans: Screen) -> None:
    made = joans.begins()
    assert len(set(made.codes)) == 10
    assert [(one.id, one.verified) for one in made.user.totps] == [(made.totp, False)]
    done = joans.types(joans.code())
    assert done.totp == made.totp
    assert [(one.id, one.verified) for one in done.user.totps] == [(made.totp, True)]
    row = joans.row
    assert (row.authenticator_count, row.codes_left, row.codes_pending) == (1, 10, True)
    assert joans.reads() == made.codes


def test_the_code_that_confirms_it_steps_the_session_up(joans: Screen) -> None:
    early, id_ = joans.with_token(joans.token), joans.session.id
    joans.shop.clock.advance(seconds=1)
    joans.enrols()
    assert joans.session.id == id_
    assert proofs(joans) == [Proof.ATTESTATION, Proof.TOTP]
    assert joans.is_fresh() is True
    assert not early.lives


def test_without_codes_the_set_is_made_with_the_first_right_code(joans: Screen) -> None:
    made = joans.begins(with_codes=False)
    assert made.codes == []
    ((waiting, codes),) = granted(joans.try_reading()).totps
    assert (waiting.id, waiting.verified, codes) == (made.totp, False, [])
    joans.types(joans.code())
    row = joans.row
    assert (row.codes_left, row.codes_pending) == (10, True)
    codes = joans.reads()
    assert len(set(codes)) == 10
    assert joans.acts.count(Act.CODES_MADE) == 1


@pytest.mark.parametrize("with_codes", [True, False])
def test_it_is_confirmed_without_any_change_of_the_session(joans: Screen, *, with_codes: bool) -> None:
    """For a wire whose answer has no room for another token."""
    made = joans.begins(with_codes=with_codes)
    user = granted(joans.try_confirm(joans.code()))
    assert [(one.id, one.verified) for one in user.totps] == [(made.totp, True)]
    assert (user.codes_left, user.codes_pending) == (10, True)
    assert proofs(joans) == [Proof.ATTESTATION]
    assert refusal(joans.try_reading_live()) is Why.FACTOR_MISSING
    assert refusal(joans.try_code(joans.code())) is Why.USED_CODE
    joans.types()
    assert len(joans.reads()) == 10


def test_a_set_made_in_a_session_that_confirmed_is_shown_there_by_either_proof(joans: Screen) -> None:
    joans.begins(with_codes=False)
    granted(joans.try_confirm(joans.code()))
    joans.types()
    joans.codes = joans.reads()
    joans.recovers()
    assert joans.reads() == joans.codes


def test_only_a_first_one_is_confirmed_like_that(joans: Screen, adas: Screen) -> None:
    assert joans.try_confirm("123456") == Refused(Why.NOT_ENROLLED, proof=Proof.TOTP)
    assert refusal(adas.try_confirm(adas.next_code())) is Why.ENROLLED
    adas.types(adas.code())
    for typed in ("", "12345", "abcdef", adas.codes[0], *NO_DIGITS):
        assert joans.try_confirm(typed) == Refused(Why.MISTYPED_CODE, proof=Proof.TOTP)


def test_ten_wrong_codes_end_it_and_touch_no_budget(joans: Screen) -> None:
    joans.begins()
    for number in range(ENROLMENT_TRIES):
        ask = Screen.try_code if number % 2 else Screen.try_confirm
        assert ask(joans, joans.wrong_code()) == Refused(Why.WRONG_CODE, proof=Proof.TOTP)
    assert refusal(joans.try_code(joans.code())) is Why.EXPIRED
    assert refusal(joans.try_confirm(joans.code())) is Why.EXPIRED
    row = joans.row
    assert (row.failures_in_row, row.lock, row.authenticator_count) == (0, None, 0)
    assert joans.acts.count(Act.ENROLMENT_CODE_REFUSED) == ENROLMENT_TRIES
    joans.enrols()


def test_it_waits_for_its_time_and_no_longer(joans: Screen, login: Login, clock: TestClock) -> None:
    granted(joans.try_begin(life=timedelta(minutes=15)))
    joans.begins()
    clock.advance(days=1)
    again = login.sits_down()
    again.app = joans.app
    assert refusal(again.try_confirm(again.code())) is Why.EXPIRED
    assert granted(again.try_look()).totps == ()


def test_another_secret_takes_the_place_of_one_that_waits(joans: Screen) -> None:
    joans.begins()
    first, codes = joans.app, joans.codes
    joans.begins(with_codes=False)
    assert first
    assert refusal(joans.try_confirm(first.code(joans.shop.clock.now()))) is Why.WRONG_CODE
    joans.types(joans.code())
    assert refusal(joans.try_recovery(codes[0])) is Why.WRONG_CODE


def test_what_waits_is_of_this_application_alone(joans: Screen, till: Shop, issuer: Issuer) -> None:
    joans.begins()
    till.change(joans.user, external_id="u-1")
    there = Login.at(till, issuer).sits_down()
    there.app = joans.app
    assert granted(there.try_look()).totps == ()
    assert refusal(there.try_code(there.code())) is Why.NOT_ENROLLED
    assert refusal(there.try_confirm(there.code())) is Why.NOT_ENROLLED
    assert joans.totp
    assert refusal(there.try_delete(joans.totp)) is Why.UNKNOWN_AUTHENTICATOR


def test_what_a_server_began_its_browser_confirms_and_the_reverse(joans: Screen, shop: Shop) -> None:
    begun = shop.begin(joans.user)
    joans.app = begun.app
    joans.types(joans.code())
    assert joans.reads() == begun.codes
    granted(joans.try_delete_all())
    joans.begins()
    assert granted(shop.try_code(joans.user, joans.code())).user.totp


def test_a_lock_of_before_holds_for_the_first_code_too(adas: Screen, shop: Shop, ada: Person) -> None:
    adas.types()
    shop.knows(ada).fail(10)
    granted(adas.try_delete_all())
    adas.begins()
    for ask in (Screen.try_code, Screen.try_confirm):
        locked = ask(adas, adas.code())
        assert isinstance(locked, Refused)
        assert (locked.why, locked.lock) == (Why.LOCKED, LockReason.ATTEMPTS)


def test_an_administrators_lock_ends_what_waits(joans: Screen, login: Login, olive: Person) -> None:
    joans.begins()
    done = locks.lock(olive.portal, olive.session, joans.user, reason="asked", proof="", origin=AT_HOME)
    granted(done)
    assert not joans.lives
    assert refusal(login.try_sign_in()) is Why.LOCKED
    assert joans.shop.look(joans.user).totps == ()


# which sessions go on


@pytest.mark.parametrize("confirms", [Screen.try_code, Screen.try_confirm], ids=["stepping up", "as it is"])
def test_the_first_one_ends_all_other_sessions_here_too(
    joans: Screen, login: Login, till: Shop, issuer: Issuer, confirms: object
) -> None:
    """In a browser it is the member who did it, and not the application, which knows why."""
    assert callable(confirms)
    till.change(joans.user, external_id="u-1")
    others = [login.sits_down(), Login.at(till, issuer).sits_down()]
    begun = joans.halfway()
    joans.begins()
    granted(confirms(joans, joans.code()))
    assert joans.lives
    assert [one.lives for one in others] == [False, False]
    assert refusal(begun.try_look()) is Why.UNKNOWN_INTERMEDIATE


def test_begun_in_one_session_and_confirmed_in_another_keeps_the_one_that_confirms(joans: Screen, login: Login) -> None:
    joans.begins()
    other = login.sits_down()
    other.app = joans.app
    other.types(other.code())
    assert (joans.lives, other.lives) == (False, True)


def test_confirmed_in_a_sign_in_it_leaves_the_session_that_comes_of_it(joans: Screen) -> None:
    begun = joans.halfway()
    begun.enrols()
    assert begun.lives
    assert not joans.lives
    assert proofs(begun) == [Proof.TOTP]


def test_taking_one_away_ends_all_others_and_keeps_this_one(
    adas: Screen, login: Login, ada: Person, till: Shop
) -> None:
    ada.enrol(ada.session)
    adas = login.comes(ada)
    others = [login.comes(ada), replace(adas, shop=till, token=till.knows(ada).comes_in().token)]
    ada.sign_in()
    adas.types()
    older, newer = ada.authenticators
    done = granted(adas.try_delete(older.public_id))
    assert [one.id for one in done.totps] == [newer.public_id]
    assert (adas.lives, ada.visitor()) == (True, None)
    assert [one.lives for one in others] == [False, False]
    assert (ada.row.codes_left, ada.row.enrols_with_pass) == (10, False)


def test_checking_codes_ends_none(adas: Screen, login: Login, ada: Person) -> None:
    other = login.comes(ada)
    ada.sign_in()
    adas.types()
    adas.recovers()
    assert other.lives
    assert ada.visitor()


# taken away


def test_with_the_last_one_go_the_codes(adas: Screen, ada: Person) -> None:
    adas.types()
    assert adas.totp
    user = granted(adas.try_delete(adas.totp))
    assert (user.totps, user.codes_left, user.codes_pending) == ((), 0, False)
    assert ada.row.enrols_with_pass
    assert refusal(adas.try_recovery(adas.codes[0])) is Why.NOT_ENROLLED
    assert refusal(adas.try_reading()) is Why.NOT_ENROLLED
    assert refusal(adas.try_delete(adas.totp)) is Why.UNKNOWN_AUTHENTICATOR
    assert refusal(adas.try_delete_all()) is Why.UNKNOWN_AUTHENTICATOR


def test_what_waits_is_cancelled_and_ends_no_session(joans: Screen, login: Login) -> None:
    other = login.sits_down()
    for ask in (CHANGING["delete"], CHANGING["delete all"]):
        joans.begins()
        granted(ask(joans))
        assert granted(joans.try_look()).totps == ()
        assert refusal(joans.try_confirm(joans.code())) is Why.NOT_ENROLLED
    assert other.lives
    assert joans.acts[-1] is Act.ENROLMENT_CANCELLED
    assert not joans.row.enrols_with_pass


def test_all_of_them_go_at_once_and_one_is_set_up_anew(login: Login, ada: Person) -> None:
    ada.enrol(ada.session)
    adas = login.comes(ada)
    adas.types()
    granted(adas.try_delete_all())
    assert ada.row.authenticator_count == 0
    assert ada.acts[-3:] == [Act.AUTHENTICATOR_REMOVED, Act.AUTHENTICATOR_REMOVED, Act.CODES_VOIDED]
    old = ada.codes
    adas.enrols()
    assert not set(old) & set(adas.codes)
    assert refusal(adas.try_recovery(old[0])) is Why.WRONG_CODE
    adas.types()
    assert adas.lives


# preferred


def test_the_one_to_be_shown_first_is_noted_for_this_application(adas: Screen, ada: Person, till: Shop) -> None:
    ada.enrol(ada.session)
    adas = replace(adas, token=adas.shop.knows(ada).comes_in().token)
    adas.shop.change(ada.public_id, labels=("reader",))
    for one in (*ada.authenticators[::-1], ada.authenticators[0]):
        user = granted(adas.try_prefer(one.public_id))
        assert user == adas.shop.look(ada.public_id)
        assert (user.notes.preferred, user.notes.labels) == (one.public_id, ("reader",))
    assert till.look(ada.public_id).notes.preferred is None
    assert [one.id for one in user.totps] == [one.public_id for one in ada.authenticators]
    adas.shop.change(ada.public_id, trusted_metadata={"plan": "gold"})
    assert adas.shop.look(ada.public_id).notes.preferred == ada.authenticators[0].public_id


def test_one_that_waits_is_not_preferred(joans: Screen) -> None:
    joans.begins()
    assert joans.totp
    assert refusal(joans.try_prefer(joans.totp)) is Why.UNKNOWN_AUTHENTICATOR
    joans.types(joans.code())
    assert granted(joans.try_prefer(joans.totp)).notes.preferred == joans.totp


# budget, locks and tries


def test_wrong_codes_through_all_doors_make_one_row(adas: Screen, shop: Shop, ada: Person) -> None:
    customer, begun = shop.knows(ada), ada.begin()
    ada.fail(3, begun)
    customer.fail(3)
    for _ in range(3):
        assert adas.try_code(adas.wrong_code()) == Refused(Why.WRONG_CODE, proof=Proof.TOTP)
    assert ada.row.failures_in_row == 9
    assert refusal(adas.try_code(adas.wrong_code())) is Why.LOCKED
    until = ada.row.lock.until if ada.row.lock else None
    locked = Refused(Why.LOCKED, until=until, lock=LockReason.ATTEMPTS)
    assert adas.try_recovery(adas.codes[0]) == customer.try_recovery(adas.codes[0]) == locked
    assert ada.try_code(begun, ada.next_totp()) == locked
    assert ada.row.codes_left == 10


def test_a_right_one_here_clears_the_row_for_all(adas: Screen, shop: Shop, ada: Person) -> None:
    ada.fail(5)
    shop.knows(ada).fail(4)
    adas.types()
    assert ada.row.failures_in_row == 0


def test_the_door_is_the_one_of_the_applications_server(
    login: Login, shop: Shop, ada: Person, clock: TestClock
) -> None:
    for _ in range(5):
        there = login.comes(ada)
        for _ in range(10):
            there.try_code(there.wrong_code())
        lock = ada.row.lock
        assert lock
        assert lock.until
        clock.set(lock.until)
    assert shop.look(ada.public_id).closed_at
    there = login.comes(ada)
    assert refusal(there.try_code(there.next_code())) is Why.LOCKED
    assert refusal(there.try_recovery(ada.codes[0])) is Why.LOCKED
    assert refusal(shop.knows(ada).try_code(there.code())) is Why.LOCKED
    ada.sign_in()


def test_a_code_is_spent_once_through_whichever_door(adas: Screen, shop: Shop, ada: Person) -> None:
    code = adas.next_code()
    adas.types(code)
    assert refusal(shop.knows(ada).try_code(code)) is Why.USED_CODE
    assert refusal(ada.try_code(ada.begin(), code)) is Why.USED_CODE
    ada.sign_in(adas.codes[0])
    assert refusal(adas.try_recovery(adas.codes[0])) is Why.USED_CODE
    adas.recovers(adas.codes[1])
    assert refusal(ada.try_code(ada.begin(), adas.codes[1])) is Why.USED_CODE


def test_a_session_that_has_proved_a_factor_has_tries_of_its_own(adas: Screen, ada: Person) -> None:
    adas.types()
    for _ in range(STEP_UP_TRIES - 1):
        assert refusal(adas.try_code(adas.wrong_code())) is Why.WRONG_CODE
    assert (ada.row.failures_in_row, ada.row.lock) == (0, None)
    adas.types()
    for _ in range(STEP_UP_TRIES):
        assert refusal(adas.try_code(adas.wrong_code())) is Why.WRONG_CODE
    assert not adas.lives
    assert ada.acts.count(Act.STEP_UP_FAILED) == 2 * STEP_UP_TRIES - 1
    assert ada.history[-1].act is Act.SESSION_ENDED
    assert ada.row.failures_in_row == 0


def test_a_lock_by_attempts_leaves_such_a_session_open(adas: Screen, shop: Shop, ada: Person, clock: TestClock) -> None:
    adas.types()
    shop.knows(ada).fail(10)
    assert ada.row.lock
    clock.advance(minutes=6)
    assert refusal(adas.try_rotating()) is Why.FACTOR_STALE
    adas.types()
    assert adas.rotates()
    adas.recovers()


def test_what_is_no_code_costs_nothing(adas: Screen) -> None:
    for typed in ("", "12345", "1234567", *NO_DIGITS, "x" * 5000, "\x00"):
        assert adas.try_code(typed) == Refused(Why.MISTYPED_CODE, proof=Proof.TOTP)
    assert adas.try_code(adas.codes[0]) == Refused(Why.OTHER_KIND_OF_CODE, proof=Proof.TOTP)
    assert adas.try_recovery("123456") == Refused(Why.OTHER_KIND_OF_CODE, proof=Proof.RECOVERY_CODE)
    assert refusal(adas.try_recovery(adas.codes[0][:-1])) is Why.MISTYPED_CODE
    assert (adas.row.failures_in_row, adas.row.codes_left) == (0, 10)


def test_a_recovery_code_says_how_many_are_left(adas: Screen) -> None:
    assert [adas.recovers().codes_left for _ in range(3)] == [9, 8, 7]
    assert proofs(adas) == [Proof.ATTESTATION] + [Proof.RECOVERY_CODE] * 3


def test_without_a_session_wished_for_none_is_opened(joans: Screen, portal: Portal) -> None:
    """A factor is added to the one at hand, and that is all."""
    joans.enrols()
    joans.types()
    assert [one.id for one in joans.shop.sessions_of(joans.user)] == [joans.session.public_id]
    assert joans.session.expires_at - joans.session.opened_at > AN_HOUR
