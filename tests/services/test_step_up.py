"""Freshness: five minutes, and the tries of its own that a stale session has."""

import pytest

from app.domain.events import Act
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.portal import Portal
from app.services import account, enrolment, recovery_codes
from app.services.recovery_codes import Shown
from app.steps.sessions import SessionEndedError
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, NEW_PASSWORD, PASSWORD, People, Person, granted, refusal


@pytest.fixture
def stale(ada: Person, clock: TestClock) -> Person:
    """Signed in, and it was more than five minutes ago."""
    clock.advance(minutes=5)
    return ada


def start(person: Person, proof: str) -> enrolment.Begun | Refused:
    """An act that takes any proof."""
    outcome = enrolment.start(person.portal, person.session, replace=None, proof=proof, origin=AT_HOME)
    if not isinstance(outcome, Refused):
        person.token = outcome.token or person.token
    return outcome


def show(person: Person, proof: str) -> Shown | Refused:
    """An act that takes a TOTP code."""
    outcome = recovery_codes.show(person.portal, person.session, proof=proof, act=Act.CODES_SHOWN, origin=AT_HOME)
    if not isinstance(outcome, Refused):
        person.token = outcome.token or person.token
    return outcome


def test_a_fresh_session_is_not_asked_again(ada: Person, clock: TestClock) -> None:
    clock.advance(minutes=5, seconds=-1)
    assert granted(start(ada, "")).token is None


def test_after_five_minutes_a_proof_is_needed(stale: Person) -> None:
    assert refusal(start(stale, "")) is Why.NEEDS_PROOF
    assert refusal(start(stale, "   ")) is Why.NEEDS_PROOF


@pytest.mark.parametrize("kind", [Proof.TOTP, Proof.RECOVERY_CODE])
def test_either_kind_of_code_makes_it_fresh(stale: Person, kind: Proof) -> None:
    granted(start(stale, stale.next_totp() if kind is Proof.TOTP else stale.codes[0]))
    assert stale.session.proved_by is kind
    granted(start(stale, ""))


def test_stepping_up_changes_the_token(stale: Person) -> None:
    before = stale.token
    assert granted(start(stale, stale.next_totp())).token == stale.token != before
    stale.token = before
    assert stale.visitor() is None


def test_a_recovery_code_spent_by_stepping_up_is_spent(stale: Person) -> None:
    granted(start(stale, stale.codes[0]))
    assert refusal(stale.try_code(stale.begin(), stale.codes[0])) is Why.USED_CODE


def test_a_totp_code_spent_by_stepping_up_opens_no_session(stale: Person) -> None:
    code = stale.next_totp()
    granted(start(stale, code))
    assert refusal(stale.try_code(stale.begin(), code)) is Why.USED_CODE


def test_a_totp_code_that_opened_a_session_steps_none_up(stale: Person) -> None:
    code = stale.next_totp()
    stale.elsewhere().sign_in(code)
    assert refusal(start(stale, code)) is Why.USED_CODE


def test_a_totp_code_that_stepped_up_confirms_no_enrolment_of_its_own_app(stale: Person) -> None:
    code = stale.next_totp()
    granted(start(stale, code))
    assert refusal(stale.try_confirm(stale.session, code)) is Why.WRONG_CODE


def test_showing_takes_totp_and_spends_no_recovery_code_for_nothing(stale: Person) -> None:
    assert refusal(show(stale, stale.codes[0])) is Why.NEEDS_TOTP
    assert stale.row.codes_left == 10
    granted(show(stale, stale.next_totp()))


def test_fresh_by_a_recovery_code_is_not_fresh_by_totp(stale: Person) -> None:
    granted(start(stale, stale.codes[0]))
    assert refusal(show(stale, "")) is Why.NEEDS_PROOF
    granted(show(stale, stale.next_totp()))


def test_mistyped_codes_cost_nothing(stale: Person) -> None:
    for _ in range(12):
        assert refusal(start(stale, "k7qm-3xvd")) is Why.MISTYPED_CODE
    granted(start(stale, stale.next_totp()))


def test_the_tenth_wrong_code_ends_the_session(stale: Person, portal: Portal) -> None:
    other = stale.elsewhere()
    other.sign_in()
    answers = [refusal(start(stale, stale.wrong_totp())) for _ in range(9)]
    assert answers == [Why.WRONG_CODE] * 9
    session = stale.session
    assert refusal(start(stale, stale.wrong_totp())) is Why.SESSION_ENDED
    assert stale.visitor() is None
    assert other.visitor()
    with pytest.raises(SessionEndedError):
        enrolment.start(portal, session, replace=None, proof=stale.next_totp(), origin=AT_HOME)


def test_a_right_code_gives_the_tries_back(stale: Person, clock: TestClock) -> None:
    for _ in range(2):
        for _ in range(9):
            start(stale, stale.wrong_totp())
        granted(start(stale, stale.next_totp()))
        clock.advance(minutes=6)


def test_wrong_codes_in_stepping_up_are_none_of_the_budget(stale: Person) -> None:
    for _ in range(9):
        start(stale, stale.wrong_totp())
    assert stale.row.failures_in_row == 0
    assert stale.acts.count(Act.STEP_UP_FAILED) == 9
    assert refusal(stale.fail(9)[-1]) is Why.WRONG_CODE


def test_a_right_code_in_stepping_up_clears_the_row_of_failures(stale: Person) -> None:
    stale.fail(9)
    granted(start(stale, stale.next_totp()))
    assert stale.row.failures_in_row == 0


def test_tries_are_of_one_session(stale: Person) -> None:
    other = stale.elsewhere()
    other.sign_in()
    other.clock.advance(minutes=6)
    for _ in range(9):
        start(stale, stale.wrong_totp())
    assert refusal(start(other, other.wrong_totp())) is Why.WRONG_CODE


def test_who_has_no_authenticator_shows_the_password(people: People, clock: TestClock, portal: Portal) -> None:
    person = people.newcomer(required=False)
    person.postpone()
    clock.advance(minutes=5)
    assert refusal(start(person, "")) is Why.NEEDS_PROOF
    assert refusal(start(person, "not the password")) is Why.NOT_YOUR_PASSWORD
    granted(start(person, PASSWORD))
    granted(start(person, ""))


def test_ten_wrong_passwords_end_the_session(people: People, clock: TestClock) -> None:
    person = people.newcomer(required=False)
    person.postpone()
    clock.advance(minutes=6)
    answers = [refusal(start(person, "not the password")) for _ in range(10)]
    assert answers == [Why.NOT_YOUR_PASSWORD] * 9 + [Why.SESSION_ENDED]
    assert person.visitor() is None


def test_the_password_of_who_has_an_authenticator_makes_nothing_fresh(stale: Person) -> None:
    assert refusal(start(stale, PASSWORD)) is Why.MISTYPED_CODE


def test_changing_the_password_takes_a_fresh_session(stale: Person, portal: Portal) -> None:
    changed = account.change_password(portal, stale.session, password=NEW_PASSWORD, proof="", origin=AT_HOME)
    assert refusal(changed) is Why.NEEDS_PROOF
    proof = stale.next_totp()
    granted(account.change_password(portal, stale.session, password=NEW_PASSWORD, proof=proof, origin=AT_HOME))
    assert stale.acts[-1] is Act.PASSWORD_CHANGED


def test_an_unfit_password_spends_no_code(stale: Person, portal: Portal) -> None:
    code = stale.next_totp()
    changed = account.change_password(portal, stale.session, password="short", proof=code, origin=AT_HOME)
    assert refusal(changed) is Why.UNFIT_PASSWORD
    granted(start(stale, code))
