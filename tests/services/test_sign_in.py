"""The second half of signing in, and leaving."""

import pytest

from app.domain.events import Act
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.portal import Portal
from app.services import sign_in, visitors
from app.steps.sessions import SessionEndedError
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, NO_DIGITS, People, Person, granted, refusal


def test_password_and_totp_open_a_session(ada: Person) -> None:
    session = ada.sign_in()
    assert session.opened_by is Proof.TOTP
    assert ada.acts[-1] is Act.SIGNED_IN


def test_password_and_recovery_code_open_a_session(ada: Person) -> None:
    assert ada.sign_in(ada.codes[3]).opened_by is Proof.RECOVERY_CODE


def test_a_spent_totp_code_is_refused(ada: Person) -> None:
    code = ada.next_totp()
    ada.sign_in(code)
    assert refusal(ada.try_code(ada.begin(), code)) is Why.USED_CODE


def test_a_code_of_an_earlier_step_is_refused_once_a_later_one_was_spent(ada: Person) -> None:
    ada.next_totp()
    ada.sign_in(ada.totp())
    assert refusal(ada.try_code(ada.begin(), ada.totp(steps=-1))) is Why.USED_CODE


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_the_steps_around_now_are_accepted(ada: Person, steps: int) -> None:
    ada.clock.advance(minutes=2)
    ada.sign_in(ada.totp(steps=steps))


@pytest.mark.parametrize("steps", [-2, 2, 10])
def test_steps_further_away_are_refused_without_telling_how_far(ada: Person, steps: int) -> None:
    ada.clock.advance(minutes=10)
    outcome = ada.try_code(ada.begin(), ada.totp(steps=steps))
    assert refusal(outcome) is Why.WRONG_CODE
    assert outcome == Refused(Why.WRONG_CODE, proof=Proof.TOTP)


def test_the_code_that_confirmed_the_enrolment_is_spent(people: People) -> None:
    person = people.ready()
    assert refusal(person.try_code(person.begin(), person.totp())) is Why.USED_CODE


def test_a_spent_recovery_code_is_refused(ada: Person) -> None:
    ada.sign_in(ada.codes[0])
    assert refusal(ada.try_code(ada.begin(), ada.codes[0])) is Why.USED_CODE


def test_recovery_codes_are_accepted_in_any_order(ada: Person) -> None:
    for code in reversed(ada.codes):
        ada.sign_in(code)
    assert ada.row.codes_left == 0


def test_a_recovery_code_of_another_member_is_refused(people: People, ada: Person) -> None:
    bob = people.ready("bob@example.org")
    assert refusal(ada.try_code(ada.begin(), bob.codes[0])) is Why.WRONG_CODE
    bob.sign_in(bob.codes[0])


def test_a_code_of_a_void_set_is_refused(ada: Person) -> None:
    old = ada.codes[0]
    ada.regenerate()
    assert refusal(ada.try_code(ada.begin(), old)) is Why.WRONG_CODE


def test_a_sign_in_becomes_one_session_only(ada: Person) -> None:
    begun = ada.begin()
    granted(ada.try_code(begun, ada.next_totp()))
    with pytest.raises(SessionEndedError):
        ada.try_code(begun, ada.next_totp())


def test_a_sign_in_lives_for_a_quarter_of_an_hour(ada: Person, portal: Portal) -> None:
    begun = granted(ada.try_password()).begun
    ada.clock.advance(minutes=15, seconds=-1)
    assert visitors.with_sign_in(portal, begun.token)
    ada.clock.advance(seconds=1)
    assert visitors.with_sign_in(portal, begun.token) is None
    with pytest.raises(SessionEndedError):
        ada.try_code(begun.sign_in, ada.totp())


def test_who_leaves_has_to_begin_anew(ada: Person, portal: Portal) -> None:
    begun = ada.begin()
    sign_in.leave(portal, begun)
    with pytest.raises(SessionEndedError):
        ada.try_code(begun, ada.next_totp())


def test_the_token_of_a_sign_in_opens_no_session(ada: Person, portal: Portal) -> None:
    begun = granted(ada.try_password()).begun
    assert visitors.with_session(portal, begun.token) is None


def test_the_token_of_a_session_is_no_sign_in(ada: Person, portal: Portal) -> None:
    assert ada.token
    assert visitors.with_sign_in(portal, ada.token) is None


def test_each_step_gives_a_new_token(ada: Person) -> None:
    begun = granted(ada.try_password()).begun
    done = granted(ada.try_code(begun.sign_in, ada.next_totp()))
    assert done.opened.token != begun.token


def test_who_has_no_authenticator_cannot_use_a_code(newcomer: Person) -> None:
    assert refusal(newcomer.try_code(newcomer.begin(), "123456")) is Why.NOT_OPEN


def test_signing_out_ends_the_session(ada: Person, portal: Portal) -> None:
    session = ada.session
    sign_in.sign_out(portal, session, AT_HOME)
    assert ada.visitor() is None
    assert ada.acts[-1] is Act.SIGNED_OUT
    with pytest.raises(SessionEndedError):
        sign_in.sign_out(portal, session, AT_HOME)


def test_what_is_left_is_told_with_the_sign_in_that_spent_it(ada: Person) -> None:
    told = [granted(ada.try_code(ada.begin(), code)) for code in ada.codes]
    assert [(done.codes_left, done.low) for done in told][6:] == [(3, True), (2, True), (1, True), (0, True)]
    assert not told[5].low


def test_failures_since_the_last_sign_in_are_told(ada: Person) -> None:
    ada.clock.advance(minutes=1)
    ada.fail(3)
    assert granted(ada.try_code(ada.begin(), ada.next_totp())).failures == 3
    ada.clock.advance(minutes=1)
    assert granted(ada.try_code(ada.begin(), ada.next_totp())).failures == 0


def test_without_a_requirement_the_second_factor_can_be_postponed(people: People) -> None:
    person = people.newcomer(required=False)
    assert person.postpone().opened_by is Proof.PASSWORD
    assert person.acts[-1] is Act.SIGNED_IN_WITHOUT_SECOND_FACTOR


def test_a_required_second_factor_cannot_be_postponed(newcomer: Person, portal: Portal) -> None:
    done = sign_in.postpone(portal, newcomer.begin(), browser_token=None, origin=AT_HOME)
    assert refusal(done) is Why.NOT_OPEN


def test_who_is_enrolled_cannot_postpone(people: People, portal: Portal) -> None:
    person = people.ready(required=False)
    done = sign_in.postpone(portal, person.begin(), browser_token=None, origin=AT_HOME)
    assert refusal(done) is Why.NOT_OPEN


@pytest.mark.parametrize("typed", [*NO_DIGITS, "12345", "1234567", "", "\ud800", "x" * 65])
def test_what_is_no_code_is_mistyped(ada: Person, typed: str) -> None:
    assert refusal(ada.try_code(ada.begin(), typed)) is Why.MISTYPED_CODE
    assert ada.row.failures_in_row == 0


def test_one_authenticator_of_several_is_enough(ada: Person, clock: TestClock) -> None:
    ada.enrol(ada.session, name="Tablet")
    ada.sign_in(ada.apps[1].code(clock.advance(seconds=30)))


def test_another_password_ends_what_was_begun_with_the_old_one(ada: Person) -> None:
    begun = ada.begin()
    ada.gets_new_password()
    with pytest.raises(SessionEndedError):
        ada.try_code(begun, ada.next_totp())
