"""Recovery codes: shown, acknowledged, proved, regenerated."""

import pytest
from sqlalchemy import text

from app.domain.events import Act
from app.domain.recovery_codes import LOW
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.portal import Portal
from app.services import recovery_codes
from app.services.recovery_codes import Shown
from app.steps.recovery_codes import State
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, People, Person, granted, refusal


@pytest.fixture
def pending(people: People) -> Person:
    """Enrolled just now; the codes are not acknowledged."""
    return people.with_pending_codes()


def show(person: Person, proof: str = "", act: Act = Act.CODES_SHOWN) -> Shown | Refused:
    outcome = recovery_codes.show(person.portal, person.session, proof=proof, act=act, origin=AT_HOME)
    if not isinstance(outcome, Refused):
        person.token = outcome.token or person.token
    return outcome


def regenerate(person: Person, generation: int, proof: str = "") -> Shown | Refused:
    return recovery_codes.regenerate(person.portal, person.session, generation=generation, proof=proof, origin=AT_HOME)


def acknowledge(person: Person, generation: int) -> recovery_codes.Acknowledged | Refused:
    return recovery_codes.acknowledge(person.portal, person.session, generation=generation, origin=AT_HOME)


def prove(person: Person, group: str, generation: int = 1) -> State | Refused:
    return recovery_codes.prove(person.portal, person.session, generation=generation, group=group, origin=AT_HOME)


def asked_for(person: Person) -> str:
    """The last group of the code that the proof asks for."""
    number = person.code_set.proof_number
    assert number
    return person.codes[number - 1][-4:]


def wrong_group(person: Person) -> str:
    return next(group for group in ("0000", "1111") if group != asked_for(person))


# showing


@pytest.mark.parametrize("act", [Act.CODES_SHOWN, Act.CODES_DOWNLOADED, Act.CODES_PRINTED])
def test_codes_can_be_shown_again_and_each_time_is_an_event(ada: Person, act: Act) -> None:
    shown = granted(show(ada, act=act))
    assert [one.code for one in shown.codes.codes] == ada.codes
    assert ada.acts[-1] is act


def test_a_spent_code_is_shown_as_spent_and_its_copy_is_gone(ada: Person, portal: Portal) -> None:
    ada.sign_in(ada.codes[2])
    ada.sign_in()
    third = granted(show(ada)).codes.codes[2]
    assert (third.number, third.code, third.spent_at) == (
        3,
        None,
        recovery_codes.state(portal, ada.session).spent[0].spent_at,
    )
    with portal.reading() as tx:
        kept = tx.db.execute(text("SELECT sealed, seal_key_id FROM recovery_code WHERE number = 3")).one()
    assert tuple(kept) == (None, None)


def test_showing_takes_a_session_fresh_by_totp(ada: Person, clock: TestClock) -> None:
    clock.advance(minutes=5)
    assert refusal(show(ada)) is Why.NEEDS_PROOF
    assert refusal(show(ada, ada.codes[0])) is Why.NEEDS_TOTP
    granted(show(ada, ada.next_totp()))


def test_a_session_opened_by_a_recovery_code_shows_no_older_set(ada: Person) -> None:
    ada.sign_in(ada.codes[0])
    assert not recovery_codes.state(ada.portal, ada.session).may_show
    assert refusal(show(ada)) is Why.NOT_SHOWABLE
    assert refusal(show(ada, ada.next_totp())) is Why.NOT_SHOWABLE


def test_a_session_opened_by_a_recovery_code_may_make_a_new_set_and_show_that(ada: Person) -> None:
    ada.sign_in(ada.codes[0])
    new = ada.regenerate()
    assert [one.code for one in granted(show(ada)).codes.codes] == new


def test_a_pending_set_of_this_session_is_shown_after_any_proof(ada: Person, clock: TestClock) -> None:
    spent = ada.codes[0]
    ada.sign_in(spent)
    new = ada.regenerate()
    clock.advance(minutes=6)
    assert refusal(show(ada)) is Why.NEEDS_PROOF
    granted(show(ada, new[0]))


def test_an_acknowledged_set_takes_totp_also_in_the_session_that_made_it(ada: Person, clock: TestClock) -> None:
    ada.sign_in(ada.codes[0])
    new = ada.regenerate()
    ada.acknowledge()
    clock.advance(minutes=6)
    assert refusal(show(ada, new[0])) is Why.NEEDS_TOTP


def test_a_pending_set_of_another_session_takes_totp(pending: Person, clock: TestClock) -> None:
    other = pending.elsewhere()
    other.sign_in()
    clock.advance(minutes=6)
    assert refusal(show(other, other.codes[0])) is Why.NEEDS_TOTP
    granted(show(other, other.next_totp()))


def test_where_there_is_no_set_nothing_is_shown(people: People) -> None:
    person = people.newcomer(required=False)
    person.postpone()
    assert refusal(show(person)) is Why.OUTDATED
    state = recovery_codes.state(person.portal, person.session)
    assert (state.code_set, state.spent, state.proof_open, state.may_show) == (None, [], False, False)


def test_a_broken_copy_is_left_out_and_noted(ada: Person, portal: Portal) -> None:
    with portal.writing() as tx:
        tx.db.execute(
            text(
                "UPDATE recovery_code SET sealed = (SELECT sealed FROM recovery_code WHERE number = 2) WHERE number = 1"
            )
        )
    shown = granted(show(ada)).codes.codes
    assert [one.code for one in shown] == [None, *ada.codes[1:]]
    assert Act.SEAL_BROKEN in ada.acts
    ada.sign_in(ada.codes[0])


# how they are kept


def test_codes_are_kept_sealed_and_indexed_and_never_in_clear(ada: Person, portal: Portal) -> None:
    with portal.reading() as tx:
        rows = tx.db.execute(text("SELECT code_index, sealed FROM recovery_code")).all()
    assert len({bytes(row.code_index) for row in rows}) == len({bytes(row.sealed) for row in rows}) == 10
    kept = b"".join(bytes(row.code_index) + bytes(row.sealed) for row in rows)
    assert not any(code.replace("-", "").encode() in kept for code in ada.codes)


# acknowledging


def test_a_new_set_is_pending_until_it_is_acknowledged(pending: Person) -> None:
    assert pending.row.codes_pending
    granted(acknowledge(pending, 1))
    assert not pending.row.codes_pending
    assert pending.code_set.acknowledged_at == pending.clock.now()
    assert pending.acts[-1] is Act.CODES_ACKNOWLEDGED


def test_an_acknowledgement_of_an_older_generation_is_refused(pending: Person) -> None:
    pending.regenerate()
    assert refusal(acknowledge(pending, 1)) is Why.OUTDATED
    assert pending.code_set.pending
    granted(acknowledge(pending, 2))


@pytest.mark.parametrize("generation", [0, 2, -1])
def test_an_acknowledgement_of_a_generation_that_is_not_there_is_refused(pending: Person, generation: int) -> None:
    assert refusal(acknowledge(pending, generation)) is Why.OUTDATED


def test_acknowledging_twice_is_one_event(pending: Person) -> None:
    granted(acknowledge(pending, 1))
    at = pending.code_set.acknowledged_at
    pending.clock.advance(minutes=1)
    granted(acknowledge(pending, 1))
    assert pending.code_set.acknowledged_at == at
    assert pending.acts.count(Act.CODES_ACKNOWLEDGED) == 1


# proving


def test_the_last_group_proves_and_spends_nothing(ada: Person) -> None:
    state = granted(prove(ada, asked_for(ada)))
    assert state.code_set
    assert state.code_set.proved_at == ada.clock.now()
    assert not state.proof_open
    assert ada.row.codes_left == 10
    ada.sign_in(ada.codes[0])


def test_a_group_is_read_with_forgiveness(ada: Person) -> None:
    typed = f" {asked_for(ada).upper().replace('0', 'O').replace('1', 'l')} "
    granted(prove(ada, typed))


def test_five_wrong_groups_close_the_proof_and_touch_no_budget(ada: Person) -> None:
    answers = [refusal(prove(ada, wrong_group(ada))) for _ in range(5)]
    assert answers == [Why.WRONG_CODE] * 4 + [Why.EXPIRED]
    assert refusal(prove(ada, asked_for(ada))) is Why.EXPIRED
    assert not recovery_codes.state(ada.portal, ada.session).proof_open
    assert ada.row.failures_in_row == 0
    ada.sign_in(ada.codes[0])


def test_the_number_asked_for_stays(ada: Person) -> None:
    asked = ada.code_set.proof_number
    prove(ada, wrong_group(ada))
    ada.sign_in()
    assert ada.code_set.proof_number == asked


def test_when_the_code_asked_for_is_spent_another_is_asked_for(ada: Person) -> None:
    asked = ada.code_set.proof_number
    assert asked
    ada.sign_in(ada.codes[asked - 1])
    assert ada.code_set.proof_number not in {None, asked}
    granted(prove(ada, asked_for(ada)))


def test_when_all_are_spent_nothing_is_asked_for(ada: Person) -> None:
    for code in ada.codes:
        ada.sign_in(code)
    assert ada.code_set.proof_number is None
    assert refusal(prove(ada, "0000")) is Why.EXPIRED


def test_a_proof_of_an_older_generation_is_refused(ada: Person) -> None:
    ada.regenerate()
    assert refusal(prove(ada, asked_for(ada), generation=1)) is Why.OUTDATED


@pytest.mark.parametrize("typed", ["", "\ud800", "x" * 10_000])
def test_whatever_is_typed_as_a_group_is_wrong_at_worst(ada: Person, typed: str) -> None:
    assert refusal(prove(ada, typed)) is Why.WRONG_CODE


# regenerating


def test_a_new_set_voids_the_old_one_and_is_pending(ada: Person) -> None:
    old = ada.codes
    new = ada.regenerate()
    assert not set(old) & set(new)
    assert ada.code_set.generation == 2
    assert ada.code_set.pending
    begun = ada.begin()
    assert [refusal(ada.try_code(begun, code)) for code in old[:3]] == [Why.WRONG_CODE] * 3
    granted(ada.try_code(begun, new[0]))


def test_regenerating_again_with_the_same_generation_changes_nothing(ada: Person) -> None:
    new = ada.regenerate()
    assert refusal(regenerate(ada, 1)) is Why.OUTDATED
    assert ada.code_set.generation == 2
    ada.sign_in(new[0])


@pytest.mark.parametrize("generation", [0, 2, -1])
def test_regenerating_another_generation_changes_nothing(ada: Person, generation: int) -> None:
    assert refusal(regenerate(ada, generation)) is Why.OUTDATED
    ada.sign_in(ada.codes[0])


def test_regenerating_takes_a_fresh_session_and_any_proof(ada: Person, clock: TestClock) -> None:
    clock.advance(minutes=5)
    assert refusal(regenerate(ada, 1)) is Why.NEEDS_PROOF
    granted(regenerate(ada, 1, proof=ada.codes[0]))


def test_an_outdated_repeat_spends_no_code(ada: Person, clock: TestClock) -> None:
    new = ada.regenerate()
    clock.advance(minutes=6)
    assert refusal(regenerate(ada, 1, proof=new[0])) is Why.OUTDATED
    ada.sign_in(new[0])


def test_regenerating_ends_every_other_session(ada: Person) -> None:
    other = ada.elsewhere()
    other.sign_in()
    ada.regenerate()
    assert other.visitor() is None
    assert ada.visitor()


def test_who_has_no_authenticator_gets_no_codes(people: People) -> None:
    person = people.newcomer(required=False)
    person.postpone()
    assert refusal(regenerate(person, 0)) is Why.NOT_OPEN


def test_the_codes_of_a_void_set_are_erased(ada: Person, portal: Portal) -> None:
    ada.regenerate()
    with portal.reading() as tx:
        assert tx.db.execute(text("SELECT count(*) FROM recovery_code")).scalar_one() == 10


def test_what_is_spent_is_told_by_number_and_time(ada: Person) -> None:
    ada.sign_in(ada.codes[4])
    first = ada.clock.now()
    ada.sign_in(ada.codes[1])
    state = recovery_codes.state(ada.portal, ada.session)
    assert [(one.number, one.spent_at) for one in state.spent] == [(2, ada.clock.now()), (5, first)]
    assert state.code_set
    assert state.code_set.left == 8


def test_few_left_are_low(ada: Person) -> None:
    for code in ada.codes[: 10 - LOW - 1]:
        ada.sign_in(code)
    assert not ada.code_set.low
    ada.sign_in(ada.codes[-1])
    assert ada.code_set.low
    assert ada.session.opened_by is Proof.RECOVERY_CODE
