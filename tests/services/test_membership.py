"""Administrators looking after a member: what each act does to whom."""

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.events import Act
from app.domain.members import Role, Status
from app.domain.refusals import Refused, Why
from app.portal import Portal
from app.services import locks, membership, password_link
from app.steps import passwords
from app.steps.administration import Done, NotAnAdministratorError
from app.steps.sessions import SessionEndedError
from tests.support.people import AT_HOME, NEW_PASSWORD, People, Person, granted, refusal


def status(person: Person) -> Status:
    return person.row.status


def fails_at_the_password(person: Person) -> bool:
    outcome = person.try_password()
    return isinstance(outcome, Refused) and outcome.why is Why.WRONG_PASSWORD


# role


def test_an_owner_makes_somebody_an_admin(olive: Person, ada: Person) -> None:
    done = granted(olive.does(membership.change_role, ada, role=Role.ADMIN, reason="more work"))
    assert (done.name, done.sessions_ended) == ("Ada", 1)
    assert ada.row.role is Role.ADMIN
    assert ada.done_by_others() == [(Act.ROLE_CHANGED, "Olive", "more work")]
    assert ada.history[-1].details == {"reason": "more work", "old": "member", "new": "admin"}


def test_a_new_role_ends_the_sessions_and_sign_ins_of_its_member(olive: Person, ada: Person) -> None:
    other = ada.elsewhere()
    begun = other.begin()
    granted(olive.does(membership.change_role, ada, role=Role.ADMIN))
    assert ada.visitor() is None
    with pytest.raises(SessionEndedError):
        other.try_code(begun, other.next_totp())
    ada.sign_in()


def test_an_admin_who_is_one_no_longer_administers_no_longer(olive: Person, grace: Person, ada: Person) -> None:
    granted(olive.does(membership.change_role, grace, role=Role.MEMBER))
    assert grace.visitor() is None
    grace.sign_in()
    with pytest.raises(NotAnAdministratorError):
        grace.does(membership.suspend, ada)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OWNER])
def test_an_admin_makes_nobody_an_admin(grace: Person, ada: Person, role: Role) -> None:
    assert refusal(grace.does(membership.change_role, ada, role=role)) is Why.NOT_GRANTABLE
    assert ada.row.role is Role.MEMBER


def test_the_same_role_again_is_outdated(olive: Person, ada: Person) -> None:
    assert refusal(olive.does(membership.change_role, ada, role=Role.MEMBER)) is Why.OUTDATED


# name


def test_a_new_name_ends_no_session(grace: Person, ada: Person) -> None:
    done = granted(grace.does(membership.rename, ada, name="Ada King", reason="married"))
    assert done == Done("Ada King", None, None)
    assert ada.visitor()
    assert ada.row.name == "Ada King"
    assert ada.done_by_others() == [(Act.NAME_CORRECTED, "Grace", "married")]


def test_the_same_name_again_is_outdated(grace: Person, ada: Person) -> None:
    assert refusal(grace.does(membership.rename, ada, name="Ada")) is Why.OUTDATED


# address


def test_a_new_address_is_what_signs_in_and_the_old_one_is_free(grace: Person, ada: Person, people: People) -> None:
    granted(grace.does(membership.change_email, ada, email="King@example.org", reason="married"))
    assert fails_at_the_password(ada)
    people.newcomer("ada@example.org")
    ada.email = "king@example.org"
    ada.sign_in()
    assert ada.row.email == "King@example.org"
    assert ada.row.email_changed_at is not None
    assert ada.done_by_others() == [(Act.EMAIL_CHANGED, "Grace", "married")]


def test_no_address_gets_into_the_log(grace: Person, ada: Person) -> None:
    granted(grace.does(membership.change_email, ada, email="king@example.org"))
    assert ada.history[-1].details == {"reason": "on the phone"}


def test_a_new_address_ends_no_session_and_voids_what_was_handed_out(
    grace: Person, ada: Person, portal: Portal
) -> None:
    link, given = ada.given_password_link(), ada.given_pass()
    granted(grace.does(membership.change_email, ada, email="king@example.org"))
    assert ada.visitor()
    ada.email = "king@example.org"
    assert refusal(ada.use_pass(given)) is Why.WRONG_PASS
    assert refusal(password_link.use(portal, link, NEW_PASSWORD, AT_HOME)) is Why.EXPIRED


def test_a_new_address_is_not_verified(grace: Person, ada: Person) -> None:
    ada.set(email_verified=True)
    granted(grace.does(membership.change_email, ada, email="king@example.org"))
    assert not ada.column("email_verified")


@pytest.mark.parametrize("email", ["bob@example.org", "BOB@example.org", "\uff22ob@example.org"])
def test_an_address_that_another_has_is_taken(grace: Person, ada: Person, people: People, email: str) -> None:
    people.newcomer("bob@example.org")
    assert refusal(grace.does(membership.change_email, ada, email=email)) is Why.ADDRESS_TAKEN
    assert ada.row.email == "ada@example.org"


def test_an_address_of_another_organization_is_not_taken(grace: Person, ada: Person, people: People) -> None:
    people.newcomer("bob@example.org", slug="other")
    granted(grace.does(membership.change_email, ada, email="bob@example.org"))


def test_the_own_address_may_be_spelled_anew_but_not_the_same(grace: Person, ada: Person) -> None:
    assert refusal(grace.does(membership.change_email, ada, email="ada@example.org")) is Why.OUTDATED
    granted(grace.does(membership.change_email, ada, email="Ada@Example.org"))
    assert ada.row.email == "Ada@Example.org"


# suspension


def test_who_is_suspended_is_out_at_once_and_stays_out(grace: Person, ada: Person) -> None:
    other = ada.elsewhere()
    other.sign_in()
    begun = ada.elsewhere().begin()
    done = granted(grace.does(membership.suspend, ada, reason="left for the summer"))
    assert (done.name, done.sessions_ended) == ("Ada", 2)
    assert ada.visitor() is None
    assert other.visitor() is None
    with pytest.raises(SessionEndedError):
        ada.try_code(begun, ada.next_totp())
    assert fails_at_the_password(ada)
    assert ada.done_by_others() == [(Act.SUSPENDED, "Grace", "left for the summer")]


def test_who_comes_back_has_everything_but_what_was_handed_out(grace: Person, ada: Person, portal: Portal) -> None:
    link, given = ada.given_password_link(), ada.given_pass()
    granted(grace.does(membership.suspend, ada))
    granted(grace.does(membership.reactivate, ada, reason="is back"))
    assert status(ada) is Status.ACTIVE
    assert refusal(ada.use_pass(given)) is Why.WRONG_PASS
    assert refusal(password_link.use(portal, link, NEW_PASSWORD, AT_HOME)) is Why.EXPIRED
    ada.sign_in(ada.codes[0])
    assert ada.row.codes_left == 9
    assert ada.done_by_others()[-1] == (Act.REACTIVATED, "Grace", "is back")


def test_an_enrolment_begun_before_a_suspension_is_confirmed_by_nobody(grace: Person, ada: Person) -> None:
    app = ada.start_enrolment(ada.session)
    granted(grace.does(membership.suspend, ada))
    granted(grace.does(membership.reactivate, ada))
    session = ada.sign_in()
    assert refusal(ada.try_confirm(session, app.code(ada.clock.now()))) is Why.EXPIRED


def test_only_who_is_active_is_suspended_and_only_who_is_suspended_comes_back(grace: Person, ada: Person) -> None:
    assert refusal(grace.does(membership.reactivate, ada)) is Why.OUTDATED
    granted(grace.does(membership.suspend, ada))
    assert refusal(grace.does(membership.suspend, ada)) is Why.OUTDATED
    assert ada.acts.count(Act.SUSPENDED) == 1


@pytest.mark.parametrize("other", [Status.INVITED, Status.REMOVED])
def test_who_is_not_in_is_neither_suspended_nor_reactivated(grace: Person, people: People, other: Status) -> None:
    bob = people.with_status(other, "bob@example.org")
    assert refusal(grace.does(membership.suspend, bob)) is Why.OUTDATED
    assert refusal(grace.does(membership.reactivate, bob)) is Why.OUTDATED
    assert status(bob) is other


# removal


def test_who_is_removed_has_nothing_left(grace: Person, ada: Person, portal: Portal) -> None:
    link = ada.given_password_link()
    done = granted(grace.does(membership.remove, ada, reason="left"))
    assert (done.name, done.sessions_ended) == ("Ada", 1)
    assert ada.visitor() is None
    row = ada.row
    assert (row.status, row.password_hash, row.authenticator_count, row.codes_left) == (Status.REMOVED, None, 0, 0)
    assert row.enrols_with_pass
    assert ada.authenticators == []
    assert refusal(password_link.use(portal, link, NEW_PASSWORD, AT_HOME)) is Why.EXPIRED
    assert fails_at_the_password(ada)
    assert ada.done_by_others()[-1] == (Act.REMOVED, "Grace", "left")


def test_neither_codes_nor_browsers_of_the_removed_are_kept(grace: Person, ada: Person) -> None:
    granted(grace.does(membership.remove, ada))
    for table in ("authenticator", "known_browser", "session", "sign_in", "enrolment", "recovery_code"):
        assert ada.rows_in(table) == 0, table


def test_a_removed_member_is_not_locked_and_not_ready(grace: Person, ada: Person) -> None:
    ada.set(lock_reason="panic", locked_until=None, failures_in_row=3, locks_in_row=2)
    granted(grace.does(membership.remove, ada))
    assert ada.row.lock is None
    assert (ada.row.failures_in_row, ada.row.locks_in_row) == (0, 0)
    assert not ada.column("ready")


def test_the_address_of_the_removed_is_free(grace: Person, ada: Person, people: People) -> None:
    granted(grace.does(membership.remove, ada))
    again = people.ready("ADA@example.org")
    assert again.id != ada.id
    again.sign_in()


def test_wrong_passwords_of_the_removed_do_not_follow_the_address(
    grace: Person, ada: Person, people: People, portal: Portal
) -> None:
    for _ in range(4):
        ada.try_password("wrong password")
    granted(grace.does(membership.remove, ada))
    again = people.newcomer("ada@example.org")
    with portal.reading() as tx:
        assert passwords.failures_for(tx, again.row) == 0


ON_THE_REMOVED: list[tuple[Callable[..., Done[None] | Refused], dict[str, Any]]] = [
    (membership.remove, {}),
    (membership.rename, {"name": "Another"}),
    (membership.change_role, {"role": Role.ADMIN}),
    (membership.change_email, {"email": "another@example.org"}),
    (membership.suspend, {}),
    (membership.reactivate, {}),
    (locks.lock, {}),
]


@pytest.mark.parametrize(("act", "more"), ON_THE_REMOVED)
def test_a_removal_is_for_good(
    olive: Person, ada: Person, act: Callable[..., Done[None] | Refused], more: dict[str, Any]
) -> None:
    granted(olive.does(membership.remove, ada))
    before = ada.row
    assert refusal(olive.does(act, ada, **more)) is Why.OUTDATED
    assert ada.row == before


def test_the_suspended_and_the_invited_can_be_removed(grace: Person, people: People) -> None:
    for other in (Status.SUSPENDED, Status.INVITED):
        granted(grace.does(membership.remove, people.with_status(other, f"{other}@example.org")))
