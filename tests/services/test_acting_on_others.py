"""Who may act on whom, with what proof, and what stays whatever anybody wants."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.domain.events import Act
from app.domain.members import Role, Status
from app.domain.refusals import Why
from app.services import invitations, locks, membership, passes, password_link, sessions
from app.services import members as members_service
from app.steps.administration import NotAnAdministratorError
from app.steps.sessions import SessionEndedError
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, People, Person, granted, refusal

HOUR = timedelta(hours=1)
ACTS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "change role": (membership.change_role, {"role": Role.MEMBER}),
    "rename": (membership.rename, {"name": "Another Name"}),
    "change address": (membership.change_email, {"email": "another@example.org"}),
    "suspend": (membership.suspend, {}),
    "reactivate": (membership.reactivate, {}),
    "remove": (membership.remove, {}),
    "lock": (locks.lock, {}),
    "unlock": (locks.open_for, {}),
    "end sessions": (sessions.end_all_of, {}),
    "pass": (passes.make_for, {"life": HOUR}),
    "password link": (password_link.make_for, {}),
    "renew": (invitations.renew, {}),
    "revoke": (invitations.revoke, {}),
}
each_act = pytest.mark.parametrize(("act", "more"), ACTS.values(), ids=ACTS)
Service = Callable[..., Any]


def unchanged(person: Person, act: Callable[[], object]) -> Why:
    """Why it was refused, when it has changed nothing of the person and left no line in their history."""
    before, acts = person.row, person.acts
    why = refusal(act())
    assert (person.row, person.acts) == (before, acts)
    return why


# upwards, sideways, and abroad


@each_act
@pytest.mark.parametrize("role", [Role.ADMIN, Role.OWNER])
def test_an_admin_acts_on_no_admin_and_no_owner(
    people: People, grace: Person, role: Role, act: Service, more: dict[str, Any]
) -> None:
    other = people.ready("other@example.org", role=role)
    assert unchanged(other, lambda: grace.does(act, other, **more)) is Why.NOT_YOURS


@each_act
def test_not_even_an_owner_acts_on_themselves(
    people: People, olive: Person, act: Service, more: dict[str, Any]
) -> None:
    people.owner("second@example.org")
    assert unchanged(olive, lambda: olive.does(act, olive, **more)) is Why.NOT_YOURS


@each_act
def test_who_is_of_another_organization_is_unknown_here(
    people: People, olive: Person, act: Service, more: dict[str, Any]
) -> None:
    eve = people.ready("eve@example.org", slug="other")
    assert unchanged(eve, lambda: olive.does(act, eve, **more)) is Why.UNKNOWN_MEMBER


@each_act
def test_members_administer_nobody(people: People, ada: Person, act: Service, more: dict[str, Any]) -> None:
    bob = people.ready("bob@example.org")
    with pytest.raises(NotAnAdministratorError):
        ada.does(act, bob, **more)


def test_members_do_not_learn_who_is_there(ada: Person) -> None:
    with pytest.raises(NotAnAdministratorError):
        locks.lock(ada.portal, ada.session, uuid4(), reason="", proof="", origin=AT_HOME)
    with pytest.raises(NotAnAdministratorError):
        members_service.look(ada.portal, ada.session, uuid4())


@pytest.mark.parametrize("other", [Role.MEMBER, Role.ADMIN, Role.OWNER])
def test_owners_act_on_everybody_else(people: People, olive: Person, other: Role) -> None:
    person = people.ready("other@example.org", role=other)
    granted(olive.does(membership.suspend, person))
    assert person.row.status is Status.SUSPENDED


# proof


@each_act
def test_every_act_is_fresh(
    people: People, grace: Person, olive: Person, clock: TestClock, act: Service, more: dict[str, Any]
) -> None:
    bob = people.newcomer("bob@example.org")
    prepare(act, bob, grace)
    by, more = (olive, {"role": Role.ADMIN}) if act is membership.change_role else (grace, more)
    clock.advance(minutes=5)
    assert unchanged(bob, lambda: by.does(act, bob, **more)) is Why.NEEDS_PROOF
    granted(by.does(act, bob, proof=by.totp(), **more))


def prepare(act: Service, person: Person, grace: Person) -> None:
    """Let nothing but a missing proof stand against the act."""
    if act is membership.reactivate:
        person.set(status="suspended")
    elif act is locks.open_for:
        person.set(lock_reason="panic")
    elif act in {invitations.renew, invitations.revoke}:
        person.set(status="invited")
        granted(grace.does(invitations.renew, person))


def test_a_code_in_the_same_act_will_do_and_gives_the_session_a_new_token(
    grace: Person, ada: Person, clock: TestClock
) -> None:
    clock.advance(minutes=5)
    before = grace.token
    granted(grace.does(membership.suspend, ada, proof=grace.totp()))
    assert ada.row.status is Status.SUSPENDED
    assert grace.token != before
    assert grace.visitor()
    assert grace.acts[-1] is Act.STEPPED_UP


def test_a_recovery_code_will_do(grace: Person, ada: Person, clock: TestClock) -> None:
    clock.advance(minutes=5)
    granted(grace.does(locks.lock, ada, proof=grace.codes[0]))
    assert grace.row.codes_left == 9


def test_who_has_no_authenticator_types_the_password(people: People, ada: Person, clock: TestClock) -> None:
    hugo = people.newcomer("hugo@example.org", role=Role.ADMIN)
    people.require_second_factor(None)
    hugo.postpone()
    clock.advance(minutes=5)
    assert refusal(hugo.does(membership.suspend, ada)) is Why.NEEDS_PROOF
    assert refusal(hugo.does(membership.suspend, ada, proof="wrong password")) is Why.NOT_YOUR_PASSWORD
    granted(hugo.does(membership.suspend, ada, proof=hugo.password))


REFUSED_ANYWAY: dict[str, tuple[Service, dict[str, Any], Why]] = {
    "grant too much": (membership.change_role, {"role": Role.OWNER}, Why.NOT_GRANTABLE),
    "same name": (membership.rename, {"name": "Ada"}, Why.OUTDATED),
    "taken address": (membership.change_email, {"email": "grace@example.org"}, Why.ADDRESS_TAKEN),
    "not suspended": (membership.reactivate, {}, Why.OUTDATED),
    "not locked": (locks.open_for, {}, Why.OUTDATED),
    "not invited": (invitations.renew, {}, Why.OUTDATED),
    "no invitation": (invitations.revoke, {}, Why.OUTDATED),
}


@pytest.mark.parametrize(("act", "more", "why"), REFUSED_ANYWAY.values(), ids=REFUSED_ANYWAY)
def test_no_code_is_spent_on_what_is_refused_anyway(
    grace: Person, ada: Person, clock: TestClock, act: Service, more: dict[str, Any], why: Why
) -> None:
    clock.advance(minutes=5)
    code = grace.codes[0]
    assert refusal(grace.does(act, ada, proof=code, **more)) is why
    assert grace.row.codes_left == 10
    granted(grace.does(locks.lock, ada, proof=code))


def test_a_wrong_code_does_nothing_and_is_counted(grace: Person, ada: Person, clock: TestClock) -> None:
    clock.advance(minutes=5)
    for _ in range(9):
        assert unchanged(ada, lambda: grace.does(membership.remove, ada, proof=grace.wrong_totp())) is Why.WRONG_CODE
    assert grace.session.step_up_failures == 9
    assert unchanged(ada, lambda: grace.does(membership.remove, ada, proof=grace.wrong_totp())) is Why.SESSION_ENDED
    assert grace.visitor() is None


def test_a_code_does_not_serve_twice(grace: Person, ada: Person, clock: TestClock) -> None:
    other = grace.elsewhere()
    other.sign_in()
    clock.advance(minutes=5)
    code = grace.totp()
    granted(grace.does(locks.lock, ada, proof=code))
    assert refusal(other.does(locks.open_for, ada, proof=code)) is Why.USED_CODE
    assert ada.row.lock


# meanwhile


@each_act
def test_a_session_that_has_ended_meanwhile_does_nothing(
    grace: Person, ada: Person, act: Service, more: dict[str, Any]
) -> None:
    session = grace.session
    grace.set(status="suspended")
    with pytest.raises(SessionEndedError):
        act(grace.portal, session, ada.public_id, reason="", proof="", origin=AT_HOME, **more)


@each_act
def test_a_role_that_was_lost_meanwhile_does_nothing(
    grace: Person, ada: Person, act: Service, more: dict[str, Any]
) -> None:
    grace.set(role="member")
    with pytest.raises(NotAnAdministratorError):
        grace.does(act, ada, **more)


# the last owner


REMOVALS: dict[str, tuple[Service, dict[str, Any]]] = {
    "demote": (membership.change_role, {"role": Role.MEMBER}),
    "suspend": (membership.suspend, {}),
    "remove": (membership.remove, {}),
}
each_removal = pytest.mark.parametrize(("act", "more"), REMOVALS.values(), ids=REMOVALS)


@pytest.fixture
def unready(people: People) -> Person:
    """An owner without an authenticator, in an organization that asks for none yet."""
    hugo = people.newcomer("hugo@example.org", role=Role.OWNER)
    people.require_second_factor(None)
    hugo.postpone()
    return hugo


@each_removal
def test_the_last_owner_with_an_authenticator_stays(
    olive: Person, unready: Person, clock: TestClock, act: Service, more: dict[str, Any]
) -> None:
    assert unchanged(olive, lambda: unready.does(act, olive, **more)) is Why.LAST_OWNER
    clock.advance(minutes=5)
    assert refusal(unready.does(act, olive, **more)) is Why.LAST_OWNER  # no proof is asked for in vain


@each_removal
@pytest.mark.parametrize(
    "columns", [{"status": "suspended"}, {"role": "admin"}, {"authenticator_count": 0}], ids=["out", "admin", "bare"]
)
def test_another_owner_counts_only_active_and_with_an_authenticator(
    people: People, olive: Person, unready: Person, act: Service, more: dict[str, Any], columns: dict[str, Any]
) -> None:
    people.owner("second@example.org").set(**columns)
    assert refusal(unready.does(act, olive, **more)) is Why.LAST_OWNER


@each_removal
def test_an_owner_of_another_organization_counts_not(
    people: People, olive: Person, unready: Person, act: Service, more: dict[str, Any]
) -> None:
    people.owner("abroad@example.org", slug="other")
    assert refusal(unready.does(act, olive, **more)) is Why.LAST_OWNER


@each_removal
def test_of_two_such_owners_one_may_go(
    people: People, olive: Person, unready: Person, act: Service, more: dict[str, Any]
) -> None:
    people.owner("second@example.org")
    granted(unready.does(act, olive, **more))


@each_removal
def test_an_owner_without_an_authenticator_may_go(
    olive: Person, unready: Person, act: Service, more: dict[str, Any]
) -> None:
    granted(olive.does(act, unready, **more))
