"""Enrolling an authenticator."""

import pytest

from app.domain.events import Act
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof, Session, SignIn
from app.portal import Portal
from app.services import enrolment, recovery_codes
from app.steps.sessions import SessionEndedError
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, NEW_PASSWORD, NO_DIGITS, People, Person, granted, refusal


def start(person: Person, holder: Session | SignIn) -> enrolment.Begun | Refused:
    return enrolment.start(person.portal, holder, replace=None, proof="", origin=AT_HOME)


def test_the_first_authenticator_comes_with_ten_codes_and_a_session(newcomer: Person) -> None:
    confirmed = newcomer.enrol(name="My phone")
    assert confirmed.name == "My phone"
    assert len(newcomer.codes) == 10
    assert newcomer.session.opened_by is Proof.TOTP
    assert newcomer.row.codes_pending
    assert newcomer.acts[-3:] == [Act.SIGNED_IN, Act.AUTHENTICATOR_ADDED, Act.CODES_MADE]


def test_a_further_authenticator_brings_no_codes(ada: Person) -> None:
    confirmed = ada.enrol(ada.session)
    assert confirmed.shown is None
    assert ada.code_set.generation == 1


def test_names_are_proposed_and_counted(ada: Person) -> None:
    assert ada.enrol(ada.session).name == "Phone 2"
    assert ada.enrol(ada.session).name == "Phone 3"


def test_the_picture_stays_the_same_until_it_is_confirmed(newcomer: Person, clock: TestClock) -> None:
    begun = newcomer.begin()
    app = newcomer.start_enrolment(begun)
    assert refusal(newcomer.try_confirm(begun, app.wrong_code(clock.now()))) is Why.WRONG_CODE
    clock.advance(minutes=14)
    assert newcomer.scan(begun) == app


def test_beginning_again_makes_another_secret(newcomer: Person) -> None:
    begun = newcomer.begin()
    old = newcomer.start_enrolment(begun)
    new = newcomer.start_enrolment(begun)
    assert old.secret != new.secret
    assert refusal(newcomer.try_confirm(begun, old.code(newcomer.clock.now()))) is Why.WRONG_CODE


def test_only_who_began_may_look_and_confirm(ada: Person, portal: Portal) -> None:
    other = ada.elsewhere()
    other.sign_in()
    app = ada.start_enrolment(ada.session)
    assert refusal(enrolment.show(portal, other.session)) is Why.EXPIRED
    assert refusal(other.try_confirm(other.session, app.code(ada.clock.now()))) is Why.EXPIRED


def test_another_tab_of_the_same_member_supersedes(newcomer: Person, portal: Portal) -> None:
    first, second = newcomer.begin(), newcomer.begin()
    app = newcomer.start_enrolment(first)
    newcomer.start_enrolment(second)
    assert refusal(enrolment.show(portal, first)) is Why.EXPIRED
    assert refusal(newcomer.try_confirm(first, app.code(newcomer.clock.now()))) is Why.EXPIRED


def test_a_secret_waits_for_a_quarter_of_an_hour(ada: Person, portal: Portal, clock: TestClock) -> None:
    app = ada.start_enrolment(ada.session)
    clock.advance(minutes=15, seconds=-1)
    granted(enrolment.show(portal, ada.session))
    clock.advance(seconds=1)
    assert refusal(enrolment.show(portal, ada.session)) is Why.EXPIRED
    assert refusal(ada.try_confirm(ada.session, app.code(clock.now()))) is Why.EXPIRED
    assert refusal(ada.try_confirm(ada.session, "no code")) is Why.EXPIRED


def test_ten_wrong_codes_end_it(ada: Person, portal: Portal, clock: TestClock) -> None:
    app = ada.start_enrolment(ada.session)
    wrong = app.wrong_code(clock.now())
    answers = [refusal(ada.try_confirm(ada.session, wrong)) for _ in range(10)]
    assert answers == [Why.WRONG_CODE] * 9 + [Why.EXPIRED]
    assert refusal(ada.try_confirm(ada.session, app.code(clock.now()))) is Why.EXPIRED
    assert refusal(enrolment.show(portal, ada.session)) is Why.EXPIRED
    assert ada.row.failures_in_row == 0


def test_what_is_no_code_costs_no_try(ada: Person, clock: TestClock) -> None:
    app = ada.start_enrolment(ada.session)
    for typed in ["", "12345", *NO_DIGITS, ada.codes[0]] * 3:
        assert refusal(ada.try_confirm(ada.session, typed)) is Why.MISTYPED_CODE
    granted(ada.try_confirm(ada.session, app.code(clock.now())))


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_the_steps_around_now_confirm(ada: Person, clock: TestClock, steps: int) -> None:
    app = ada.start_enrolment(ada.session)
    granted(ada.try_confirm(ada.session, app.code(clock.now(), steps=steps)))


@pytest.mark.parametrize("steps", [-10, -2, 2, 10])
def test_a_clock_that_is_off_is_measured(ada: Person, clock: TestClock, steps: int) -> None:
    app = ada.start_enrolment(ada.session)
    outcome = ada.try_confirm(ada.session, app.code(clock.now(), steps=steps))
    assert outcome == Refused(Why.CLOCK_OFF, steps_off=steps)
    granted(ada.try_confirm(ada.session, app.code(clock.now())))


@pytest.mark.parametrize("steps", [-11, 11])
def test_a_clock_that_is_off_by_more_is_not(ada: Person, clock: TestClock, steps: int) -> None:
    app = ada.start_enrolment(ada.session)
    assert refusal(ada.try_confirm(ada.session, app.code(clock.now(), steps=steps))) is Why.WRONG_CODE


def test_the_confirming_code_is_spent(ada: Person, clock: TestClock) -> None:
    ada.enrol(ada.session)
    begun = ada.begin()
    used = ada.apps[1].code(clock.now())
    assert refusal(ada.try_code(begun, used)) is Why.USED_CODE
    assert refusal(ada.try_code(begun, ada.apps[1].code(clock.now(), steps=-1))) is Why.USED_CODE


def test_a_secret_that_waits_verifies_nothing(ada: Person, clock: TestClock) -> None:
    app = ada.start_enrolment(ada.session)
    assert refusal(ada.try_code(ada.begin(), app.code(clock.now()))) is Why.WRONG_CODE


def test_confirming_twice_makes_one_authenticator(ada: Person, clock: TestClock) -> None:
    app = ada.start_enrolment(ada.session)
    granted(ada.try_confirm(ada.session, app.code(clock.now())))
    assert refusal(ada.try_confirm(ada.session, app.code(clock.now(), steps=1))) is Why.EXPIRED
    assert ada.row.authenticator_count == 2


def test_confirming_proves_a_second_factor_and_changes_the_token(ada: Person, clock: TestClock) -> None:
    clock.advance(minutes=4)
    app = ada.start_enrolment(ada.session)
    clock.advance(minutes=10)
    before = ada.token
    granted(ada.try_confirm(ada.session, app.code(clock.now())))
    assert ada.token != before
    assert ada.session.fresh_by_totp(clock.now())


def test_confirming_ends_every_other_session(ada: Person) -> None:
    other = ada.elsewhere()
    other.sign_in()
    begun = ada.elsewhere().begin()
    assert ada.enrol(ada.session).others_ended == 1
    assert other.visitor() is None
    assert ada.visitor()
    with pytest.raises(SessionEndedError):
        ada.elsewhere().try_code(begun, ada.next_totp())


def test_who_is_enrolled_cannot_enrol_by_password_alone(ada: Person) -> None:
    assert refusal(start(ada, ada.begin())) is Why.NOT_OPEN


def test_who_lost_the_last_one_through_an_application_enrols_by_pass_only(people: People, clock: TestClock) -> None:
    person = people.newcomer(required=False)
    person.set(enrols_with_pass=True)
    assert refusal(start(person, person.begin())) is Why.NEEDS_PASS
    person.postpone()
    assert refusal(start(person, person.session)) is Why.NEEDS_PASS
    granted(person.use_pass(person.given_pass()))
    person.enrol(person.session)
    assert not person.row.enrols_with_pass


def test_five_authenticators_are_the_most(ada: Person) -> None:
    for _ in range(4):
        ada.enrol(ada.session)
    assert refusal(start(ada, ada.session)) is Why.TOO_MANY
    assert ada.row.authenticator_count == 5


def test_with_five_one_can_still_be_replaced(ada: Person) -> None:
    for _ in range(4):
        ada.enrol(ada.session)
    ada.enrol(ada.session, replacing=ada.authenticators[0].public_id)
    assert ada.row.authenticator_count == 5


def test_replacing_keeps_the_old_one_until_the_new_one_is_confirmed(ada: Person, clock: TestClock) -> None:
    old = ada.authenticators[0]
    new = ada.start_enrolment(ada.session, replacing=old.public_id)
    elsewhere = ada.elsewhere()
    elsewhere.sign_in()
    confirmed = granted(ada.try_confirm(ada.session, new.code(clock.now())))
    assert confirmed.replaced == old.name == confirmed.name
    assert [one.public_id for one in ada.authenticators] != [old.public_id]
    assert ada.row.authenticator_count == 1
    assert refusal(ada.try_code(ada.begin(), ada.next_totp())) is Why.WRONG_CODE
    assert ada.code_set.generation == 1


def test_what_is_not_there_cannot_be_replaced(people: People, ada: Person, portal: Portal) -> None:
    bobs = people.ready("bob@example.org").authenticators[0].public_id
    outcome = enrolment.start(portal, ada.session, replace=bobs, proof="", origin=AT_HOME)
    assert refusal(outcome) is Why.OUTDATED


def test_an_enrolment_can_be_left(ada: Person, portal: Portal) -> None:
    ada.start_enrolment(ada.session)
    enrolment.cancel(portal, ada.session, AT_HOME)
    assert refusal(enrolment.show(portal, ada.session)) is Why.EXPIRED


def test_a_new_password_ends_the_enrolment_that_the_old_one_began(newcomer: Person, portal: Portal) -> None:
    begun = newcomer.begin()
    app = newcomer.start_enrolment(begun)
    newcomer.gets_new_password(NEW_PASSWORD)
    with pytest.raises(SessionEndedError):
        newcomer.try_confirm(begun, app.code(newcomer.clock.now()))


def test_a_first_enrolment_from_an_unknown_browser_is_marked(newcomer: Person) -> None:
    newcomer.enrol()
    added = next(event for event in newcomer.history if event.act is Act.AUTHENTICATOR_ADDED)
    assert added.details["unknown_browser"] is True


def test_an_enrolment_in_a_session_of_the_password_alone_is_marked_too(people: People) -> None:
    person = people.newcomer(required=False)
    person.postpone()
    person.enrol(person.session)
    added = next(event for event in person.history if event.act is Act.AUTHENTICATOR_ADDED)
    assert added.details["unknown_browser"] is True


def test_the_enrolment_of_who_came_by_the_setup_link_is_not_marked(people: People) -> None:
    owner, begun = people.founded()
    app = owner.scan(begun.sign_in)
    granted(owner.try_confirm(begun.sign_in, app.code(owner.clock.now())))
    added = next(event for event in owner.history if event.act is Act.AUTHENTICATOR_ADDED)
    assert added.details["unknown_browser"] is False


def test_an_enrolment_in_a_session_that_proved_a_second_factor_is_not_marked(ada: Person) -> None:
    ada.enrol(ada.session)
    assert ada.history[-1].details["unknown_browser"] is False


def test_a_pending_set_is_made_in_the_transaction_of_the_first_authenticator(newcomer: Person) -> None:
    confirmed = newcomer.enrol()
    assert confirmed.shown
    assert confirmed.shown.state.code_set == newcomer.code_set
    assert newcomer.code_set.made_at == newcomer.authenticators[0].added_at
    assert newcomer.code_set.pending


def test_codes_left_over_without_an_authenticator_are_not_made_twice(people: People, portal: Portal) -> None:
    person = people.ready()
    assert recovery_codes.state(portal, person.session).code_set
    person.enrol(person.session)
    assert person.acts.count(Act.CODES_MADE) == 1
