"""Acts on several members at once: done to those whom they are open to, and the others named."""

from collections.abc import Callable

import pytest

from app.domain.events import Act
from app.domain.members import Role, Status
from app.domain.refusals import Refused, Why
from app.services import members, membership, sessions
from app.steps.administration import NotAnAdministratorError, SeveralDone
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, People, Person, granted, refusal

Several = Callable[..., SeveralDone | Refused]
both = pytest.mark.parametrize("act", [membership.suspend_several, sessions.end_all_of_several])


def do(act: Several, by: Person, chosen: list[Person], proof: str = "") -> SeveralDone | Refused:
    ids = [one.public_id for one in chosen]
    return act(by.portal, by.session, ids, reason="spring cleaning", proof=proof, origin=AT_HOME)


def test_some_are_suspended_and_the_others_left_alone(people: People, grace: Person, ada: Person) -> None:
    bob, olive = people.ready("bob@example.org"), people.owner()
    gone = people.with_status(Status.REMOVED, "gone@example.org")
    done = granted(do(membership.suspend_several, grace, [ada, olive, bob, grace, gone]))
    assert (done.names, done.sessions_ended) == (["Ada", "Bob"], 2)
    assert sorted(done.left_alone) == ["Gone", "Grace", "Olive"]
    statuses = [one.row.status for one in (ada, bob, olive, grace)]
    assert statuses == [Status.SUSPENDED, Status.SUSPENDED, Status.ACTIVE, Status.ACTIVE]
    assert bob.done_by_others() == [(Act.SUSPENDED, "Grace", "spring cleaning")]


def test_a_suspension_of_several_voids_what_was_handed_out(grace: Person, ada: Person) -> None:
    given = ada.given_pass()
    granted(do(membership.suspend_several, grace, [ada]))
    granted(grace.does(membership.reactivate, ada))
    assert refusal(ada.use_pass(given)) is Why.WRONG_PASS


def test_sessions_of_several_are_ended(people: People, grace: Person, ada: Person) -> None:
    bob, olive = people.ready("bob@example.org"), people.owner()
    ada.elsewhere().sign_in()
    done = granted(do(sessions.end_all_of_several, grace, [ada, bob, olive]))
    assert (done.names, done.left_alone, done.sessions_ended) == (["Ada", "Bob"], ["Olive"], 3)
    assert [one.visitor() is None for one in (ada, bob, olive, grace)] == [True, True, False, False]
    assert bob.done_by_others() == [(Act.ALL_SESSIONS_ENDED, "Grace", "spring cleaning")]


@both
def test_who_is_of_another_organization_is_not_even_named(people: People, olive: Person, act: Several) -> None:
    eve = people.ready("eve@example.org", slug="other")
    assert do(act, olive, [eve]) == SeveralDone([], [], 0, None)
    assert eve.visitor()
    assert eve.done_by_others() == []


@both
def test_who_is_chosen_twice_is_dealt_with_once(grace: Person, ada: Person, act: Several) -> None:
    done = granted(do(act, grace, [ada, ada]))
    assert (done.names, done.left_alone) == (["Ada"], [])
    assert len(ada.done_by_others()) == 1


@both
def test_a_code_is_asked_for_once_there_is_something_to_do(
    grace: Person, olive: Person, ada: Person, clock: TestClock, act: Several
) -> None:
    clock.advance(minutes=5)
    assert do(act, grace, [olive], proof=grace.codes[0]) == SeveralDone([], ["Olive"], 0, None)
    assert grace.row.codes_left == 10
    assert refusal(do(act, grace, [olive, ada])) is Why.NEEDS_PROOF
    assert ada.visitor()
    done = granted(do(act, grace, [olive, ada], proof=grace.codes[0]))
    assert done.names == ["Ada"]
    assert done.token


@both
def test_members_choose_nobody(people: People, ada: Person, act: Several) -> None:
    with pytest.raises(NotAnAdministratorError):
        do(act, ada, [people.ready("bob@example.org")])


def test_of_several_last_owners_one_stays(people: People, olive: Person) -> None:
    second, third = people.owner("second@example.org"), people.owner("third@example.org")
    olive.set(authenticator_count=0)
    people.require_second_factor(None)
    olive.postpone()
    done = granted(do(membership.suspend_several, olive, [second, third]))
    assert (done.names, done.left_alone) == (["Second"], ["Third"])
    assert third.row.status is Status.ACTIVE


def test_before_the_act_it_is_said_who_is_open_to_it(people: People, grace: Person, olive: Person, ada: Person) -> None:
    eve = people.ready("eve@example.org", slug="other")
    ids = [one.public_id for one in (olive, ada, grace, eve)]
    shown = members.chosen(grace.portal, grace.session, ids)
    assert [(one.line.name, one.open) for one in shown] == [("Ada", True), ("Grace", False), ("Olive", False)]
    with pytest.raises(NotAnAdministratorError):
        members.chosen(ada.portal, ada.session, ids)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMIN])
def test_an_owner_ends_all_sessions_of_one(people: People, olive: Person, role: Role) -> None:
    bob = people.ready("bob@example.org", role=role)
    bob.elsewhere().begin()
    done = granted(olive.does(sessions.end_all_of, bob, reason="laptop stolen"))
    assert (done.name, done.sessions_ended) == ("Bob", 1)
    assert bob.visitor() is None
    assert bob.rows_in("sign_in") == 0
    assert bob.done_by_others() == [(Act.ALL_SESSIONS_ENDED, "Olive", "laptop stolen")]
    bob.sign_in()
