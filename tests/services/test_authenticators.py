"""A member's authenticators after they are confirmed."""

from uuid import uuid4

import pytest

from app.domain.events import Act
from app.domain.members import Role
from app.domain.refusals import Refused, Why
from app.portal import Portal
from app.services import authenticators
from app.services.authenticators import Removed
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, People, Person, granted, refusal


@pytest.fixture
def free(people: People) -> Person:
    """Enrolled in an organization that does not require it."""
    return people.ready(required=False)


def remove(person: Person, *, number: int = 0, proof: str = "") -> Removed | Refused:
    wanted = person.authenticators[number].public_id
    outcome = authenticators.remove(person.portal, person.session, wanted, proof=proof, origin=AT_HOME)
    if not isinstance(outcome, Refused):
        person.token = outcome.token or person.token
    return outcome


def test_one_of_two_can_be_removed(ada: Person) -> None:
    ada.enrol(ada.session)
    granted(remove(ada))
    assert ada.row.authenticator_count == 1
    assert ada.row.codes_left == 10
    assert refusal(ada.try_code(ada.begin(), ada.next_totp())) is Why.WRONG_CODE


def test_the_last_one_stays_where_one_is_required(ada: Person, portal: Portal) -> None:
    managed = authenticators.look(portal, ada.session, ada.authenticators[0].public_id)
    assert managed
    assert not managed.may_remove
    assert refusal(remove(ada)) is Why.LAST_ONE


def test_with_the_last_one_go_the_codes(free: Person) -> None:
    granted(remove(free))
    assert (free.row.authenticator_count, free.row.codes_left, free.row.codes_pending) == (0, 0, False)
    assert free.acts[-2:] == [Act.CODES_VOIDED, Act.AUTHENTICATOR_REMOVED]


def test_after_the_last_one_the_password_is_enough_again(free: Person) -> None:
    granted(remove(free))
    free.postpone()
    free.apps.clear()
    free.enrol(free.session)
    assert free.code_set.generation == 2
    assert len(free.codes) == 10


def test_removing_takes_a_fresh_session(free: Person, clock: TestClock) -> None:
    clock.advance(minutes=6)
    assert refusal(remove(free)) is Why.NEEDS_PROOF
    granted(remove(free, proof=free.next_totp()))


def test_removing_ends_every_other_session(free: Person) -> None:
    other = free.elsewhere()
    other.sign_in()
    granted(remove(free))
    assert other.visitor() is None
    assert free.visitor()


def test_removing_what_is_gone_changes_nothing(ada: Person, portal: Portal) -> None:
    outcome = authenticators.remove(portal, ada.session, uuid4(), proof="", origin=AT_HOME)
    assert refusal(outcome) is Why.OUTDATED


def test_nobody_removes_or_renames_what_is_another_members(people: People, ada: Person, portal: Portal) -> None:
    bob = people.ready("bob@example.org")
    bobs = bob.authenticators[0].public_id
    assert authenticators.look(portal, ada.session, bobs) is None
    assert refusal(authenticators.remove(portal, ada.session, bobs, proof="", origin=AT_HOME)) is Why.OUTDATED
    assert refusal(authenticators.rename(portal, ada.session, bobs, name="Mine", origin=AT_HOME)) is Why.OUTDATED
    assert bob.authenticators[0].name == "Phone"


def test_removing_what_is_being_replaced_ends_the_enrolment(ada: Person, clock: TestClock) -> None:
    ada.enrol(ada.session)
    app = ada.start_enrolment(ada.session, replacing=ada.authenticators[0].public_id)
    granted(remove(ada))
    assert refusal(ada.try_confirm(ada.session, app.code(clock.now()))) is Why.EXPIRED
    assert ada.row.authenticator_count == 1


def test_an_authenticator_can_be_renamed(ada: Person, portal: Portal) -> None:
    mine = ada.authenticators[0].public_id
    assert authenticators.rename(portal, ada.session, mine, name="Tablet", origin=AT_HOME) is None
    assert [one.name for one in authenticators.all_of(portal, ada.session)] == ["Tablet"]
    assert ada.acts[-1] is Act.AUTHENTICATOR_RENAMED


def test_the_same_name_again_is_no_event(ada: Person, portal: Portal) -> None:
    before = ada.acts
    authenticators.rename(portal, ada.session, ada.authenticators[0].public_id, name="Phone", origin=AT_HOME)
    assert ada.acts == before


def test_last_use_is_shown(ada: Person, portal: Portal) -> None:
    ada.sign_in()
    assert authenticators.all_of(portal, ada.session)[0].last_used_at == ada.clock.now()


def test_the_last_owner_with_an_authenticator_keeps_one(people: People, portal: Portal) -> None:
    olive = people.ready("olive@example.org", role=Role.OWNER, required=False)
    only = olive.authenticators[0].public_id
    removed = authenticators.remove(portal, olive.session, only, proof="", origin=AT_HOME)
    assert refusal(removed) is Why.LAST_OWNER
    people.ready("oscar@example.org", role=Role.OWNER, required=False)
    granted(authenticators.remove(portal, olive.session, only, proof="", origin=AT_HOME))
