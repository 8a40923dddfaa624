"""Passes: the way back in for who has neither phone nor codes."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.domain.events import OPERATOR, Act, ActorKind, Origin
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof, Scope
from app.portal import Portal
from app.services import (
    account,
    authenticators,
    enrolment,
    passes,
    recovery_codes,
    sessions,
    sign_in,
)
from app.services.visitors import Must
from app.steps.people import NoSuchMemberError
from app.steps.sessions import SessionEndedError
from app.steps.ways_back import MadePass
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, NEW_PASSWORD, People, Person, granted, refusal


@pytest.fixture
def helped(ada: Person) -> Person:
    """Lost everything, was given a pass and used it: holds a session that can only enrol."""
    granted(ada.use_pass(ada.given_pass()))
    return ada


def must(person: Person) -> Must:
    visitor = person.visitor()
    assert visitor
    return visitor.must


def test_a_pass_opens_a_session_that_can_only_enrol(helped: Person) -> None:
    assert helped.session.scope is Scope.ENROL
    assert helped.session.opened_by is Proof.PASS
    assert must(helped) is Must.ENROL


def test_a_pass_is_read_like_a_recovery_code(ada: Person) -> None:
    granted(ada.use_pass(ada.given_pass().upper().replace("-", " ").replace("0", "o").replace("1", "L")))


def test_every_other_act_is_closed_to_that_session(helped: Person, portal: Portal) -> None:
    session, mine = helped.session, helped.authenticators[0].public_id
    acts: list[Callable[[], object]] = [
        lambda: account.rename(portal, session, name="Ada", origin=AT_HOME),
        lambda: account.change_password(portal, session, password=NEW_PASSWORD, proof="", origin=AT_HOME),
        lambda: authenticators.rename(portal, session, mine, name="Mine", origin=AT_HOME),
        lambda: authenticators.remove(portal, session, mine, proof="", origin=AT_HOME),
        lambda: sessions.end(portal, session, session.public_id, AT_HOME),
        lambda: sessions.end_all_others(portal, session, AT_HOME),
        lambda: sessions.forget_browser(portal, session, session.public_id, AT_HOME),
    ]
    for act in acts:
        with pytest.raises(SessionEndedError):
            act()


def test_that_session_meets_no_older_set(helped: Person, portal: Portal) -> None:
    session = helped.session
    assert (
        refusal(recovery_codes.show(portal, session, proof="", act=Act.CODES_SHOWN, origin=AT_HOME)) is Why.NOT_SHOWABLE
    )
    assert refusal(recovery_codes.regenerate(portal, session, generation=1, proof="", origin=AT_HOME)) is Why.NOT_OPEN
    assert refusal(recovery_codes.prove(portal, session, generation=1, group="0000", origin=AT_HOME)) is Why.NOT_OPEN


def test_an_old_pending_set_cannot_be_acknowledged_to_get_out(people: People, portal: Portal) -> None:
    person = people.with_pending_codes()
    granted(person.use_pass(person.given_pass()))
    done = recovery_codes.acknowledge(portal, person.session, generation=1, origin=AT_HOME)
    assert refusal(done) is Why.NOT_OPEN
    assert person.session.scope is Scope.ENROL


def test_leaving_and_panic_stay_open(helped: Person, portal: Portal) -> None:
    sign_in.sign_out(portal, helped.session, AT_HOME)
    granted(helped.use_pass(helped.given_pass()))
    account.panic(portal, helped.session, AT_HOME)
    assert helped.visitor() is None


def test_after_the_codes_are_acknowledged_the_session_is_an_ordinary_one(helped: Person) -> None:
    helped.enrol(helped.session)
    assert must(helped) is Must.ACKNOWLEDGE
    before = helped.token
    helped.acknowledge()
    assert helped.token != before
    assert helped.session.scope is Scope.ORDINARY
    assert must(helped) is Must.NOTHING


def test_confirming_voids_everything_older(helped: Person) -> None:
    old_app, old_codes = helped.app, helped.codes
    helped.enrol(helped.session)
    helped.acknowledge()
    begun = helped.begin()
    assert refusal(helped.try_code(begun, old_app.code(helped.clock.advance(seconds=30)))) is Why.WRONG_CODE
    assert refusal(helped.try_code(begun, old_codes[0])) is Why.WRONG_CODE
    assert helped.row.authenticator_count == 1
    assert helped.code_set.generation == 2
    helped.apps = helped.apps[1:]
    helped.sign_in()


def test_confirming_forgets_the_known_browsers(helped: Person, portal: Portal) -> None:
    known = helped.browser_token
    assert len(sessions.known_browsers_of(portal, helped.session, known)) == 1
    helped.enrol(helped.session)
    assert sessions.known_browsers_of(portal, helped.session, known) == []


def test_using_a_pass_ends_every_session(ada: Person) -> None:
    other = ada.elsewhere()
    other.sign_in()
    helped = ada.elsewhere()
    granted(helped.use_pass(ada.given_pass()))
    assert ada.visitor() is None
    assert other.visitor() is None
    assert helped.visitor()


def test_a_pass_is_used_also_while_locked_by_attempts_and_confirming_opens_the_lock(ada: Person) -> None:
    ada.fail(10)
    granted(ada.use_pass(ada.given_pass()))
    ada.enrol(ada.session)
    assert ada.row.lock is None
    ada.acknowledge()
    ada.apps = ada.apps[1:]
    ada.sign_in()


@pytest.mark.parametrize("reason", ["admin", "panic"])
def test_a_lock_that_a_person_opens_is_not_opened_by_a_pass(ada: Person, reason: str) -> None:
    ada.set(lock_reason=reason, locked_until=None)
    assert refusal(ada.use_pass(ada.given_pass())) is Why.LOCKED


def test_a_wrong_pass_does_not_touch_the_budget(people: People, ada: Person) -> None:
    wrong = people.ready("bob@example.org").given_pass()
    ada.given_pass()
    assert refusal(ada.use_pass(wrong)) is Why.WRONG_PASS
    assert ada.row.failures_in_row == 0
    assert ada.acts[-1] is Act.PASS_REFUSED


def test_ten_wrong_tries_end_a_pass(people: People, ada: Person) -> None:
    wrong, right = people.ready("bob@example.org").given_pass(), ada.given_pass()
    for _ in range(10):
        assert refusal(ada.use_pass(wrong)) is Why.WRONG_PASS
    assert refusal(ada.use_pass(right)) is Why.WRONG_PASS
    granted(ada.use_pass(ada.given_pass()))


def test_nine_wrong_tries_do_not(people: People, ada: Person) -> None:
    wrong, right = people.ready("bob@example.org").given_pass(), ada.given_pass()
    for _ in range(9):
        ada.use_pass(wrong)
    granted(ada.use_pass(right))


def test_a_mistyped_pass_costs_no_try(ada: Person) -> None:
    right = ada.given_pass()
    for _ in range(12):
        assert refusal(ada.use_pass(right[:-1])) is Why.MISTYPED_CODE
    granted(ada.use_pass(right))


def test_a_recovery_code_is_no_pass_and_a_pass_no_recovery_code(ada: Person) -> None:
    right = ada.given_pass()
    assert refusal(ada.use_pass(ada.codes[0])) is Why.WRONG_PASS
    assert refusal(ada.try_code(ada.begin(), right)) is Why.WRONG_CODE


@pytest.mark.parametrize("minutes", [10, 60, 1440])
def test_a_pass_lives_as_long_as_its_maker_said(ada: Person, clock: TestClock, minutes: int) -> None:
    early, late = ada.given_pass(minutes=minutes), None
    clock.advance(minutes=minutes, seconds=-1)
    granted(ada.use_pass(early))
    late = ada.given_pass(minutes=minutes)
    clock.advance(minutes=minutes)
    assert refusal(ada.use_pass(late)) is Why.WRONG_PASS


def test_the_first_browser_that_used_a_pass_keeps_it(ada: Person) -> None:
    spelled = ada.given_pass()
    first = granted(ada.use_pass(spelled)).holder_token
    other = ada.elsewhere()
    assert refusal(other.use_pass(spelled)) is Why.PASS_ELSEWHERE
    assert refusal(other.use_pass(spelled, holder_token="another")) is Why.PASS_ELSEWHERE
    granted(ada.use_pass(spelled, holder_token=first))
    ada.enrol(ada.session)


def test_another_browser_does_not_end_the_session_of_the_first(ada: Person) -> None:
    spelled = ada.given_pass()
    granted(ada.use_pass(spelled))
    ada.elsewhere().use_pass(spelled)
    assert ada.visitor()


def test_confirming_spends_the_pass(ada: Person) -> None:
    spelled = ada.given_pass()
    holder = granted(ada.use_pass(spelled)).holder_token
    ada.enrol(ada.session)
    assert refusal(ada.use_pass(spelled, holder_token=holder)) is Why.WRONG_PASS


def test_after_confirming_that_session_enrols_no_second_time(helped: Person, portal: Portal) -> None:
    helped.enrol(helped.session)
    again = enrolment.start(portal, helped.session, replace=None, proof="", origin=AT_HOME)
    assert refusal(again) is Why.NOT_OPEN


def test_a_new_pass_voids_the_one_before_with_the_session_it_opened(ada: Person) -> None:
    old = ada.given_pass()
    granted(ada.use_pass(old))
    ada.given_pass()
    assert ada.visitor() is None
    assert refusal(ada.elsewhere().use_pass(old)) is Why.WRONG_PASS


def test_a_void_pass_confirms_nothing_that_it_began(ada: Person) -> None:
    granted(ada.use_pass(ada.given_pass()))
    session = ada.session
    app = ada.start_enrolment(session)
    ada.given_pass()
    with pytest.raises(SessionEndedError):
        ada.try_confirm(session, app.code(ada.clock.now()))
    assert ada.code_set.generation == 1
    ada.sign_in()


def test_a_pass_of_another_member_opens_nothing(people: People, ada: Person) -> None:
    bob = people.ready("bob@example.org")
    bobs = bob.given_pass()
    ada.given_pass()
    assert refusal(ada.use_pass(bobs)) is Why.WRONG_PASS
    granted(bob.use_pass(bobs))


def test_with_five_authenticators_a_pass_still_enrols(ada: Person) -> None:
    for _ in range(4):
        ada.enrol(ada.session)
    granted(ada.use_pass(ada.given_pass()))
    ada.enrol(ada.session)
    assert ada.row.authenticator_count == 1


def test_the_pass_is_in_the_history_with_its_reason_and_its_maker(ada: Person) -> None:
    ada.given_pass()
    made = ada.history[-1]
    assert (made.act, made.actor_kind, made.details["reason"]) == (Act.PASS_MADE, ActorKind.OPERATOR, "lost both")


def test_a_pass_does_not_make_the_browser_known(people: People) -> None:
    person = people.newcomer()
    granted(person.use_pass(person.given_pass()))
    assert person.browser_token is None


def test_who_uses_a_pass_has_typed_the_password_before(ada: Person, portal: Portal, clock: TestClock) -> None:
    begun, spelled = ada.begin(), ada.given_pass()
    clock.advance(minutes=15)
    with pytest.raises(SessionEndedError):
        passes.use(portal, begun, spelled, holder_token=None, origin=Origin("", ""))


def make_pass(portal: Portal, email: str, organization: str | None = None) -> MadePass:
    return passes.make(portal, email, organization=organization, life=timedelta(hours=1), reason="lost", by=OPERATOR)


@pytest.mark.parametrize("email", ["nobody@example.org", "", "no address"])
def test_nobody_gets_no_pass(ada: Person, portal: Portal, email: str) -> None:
    with pytest.raises(NoSuchMemberError):
        make_pass(portal, email)


def test_a_suspended_member_gets_no_pass(ada: Person, portal: Portal) -> None:
    ada.set(status="suspended")
    with pytest.raises(NoSuchMemberError):
        make_pass(portal, ada.email)


def test_an_address_of_several_organizations_needs_the_organization_named(people: People, portal: Portal) -> None:
    here, there = people.newcomer(slug="here"), people.newcomer(slug="there")
    with pytest.raises(NoSuchMemberError, match="here, there"):
        make_pass(portal, here.email)
    assert refusal(here.use_pass(make_pass(portal, here.email, "there").spelled)) is Why.WRONG_PASS
    granted(there.use_pass(make_pass(portal, here.email, "there").spelled))


def test_a_session_of_a_pass_that_has_run_out_enrols_nothing(helped: Person, clock: TestClock) -> None:
    session = helped.session
    clock.advance(hours=12)
    with pytest.raises(SessionEndedError):
        enrolment.start(helped.portal, session, replace=None, proof="", origin=AT_HOME)


def test_outcome_of_a_used_pass_is_told_in_the_history(helped: Person) -> None:
    helped.enrol(helped.session)
    assert Act.PASS_USED in helped.acts
    assert helped.acts[-3:] == [Act.PASS_SPENT, Act.AUTHENTICATOR_ADDED, Act.CODES_MADE]


def test_refusals_carry_no_hint_whether_there_is_a_pass(people: People, ada: Person) -> None:
    wrong = people.ready("bob@example.org").given_pass()
    without = ada.use_pass(wrong)
    ada.given_pass()
    assert without == ada.use_pass(wrong) == Refused(Why.WRONG_PASS)
