"""No person and no channel pays for both factors of a member."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.domain.events import Act
from app.domain.members import Role, Status
from app.domain.refusals import Refused, Why
from app.portal import Portal
from app.services import invitations, locks, members, membership, passes, password_link
from app.steps.administration import Done
from app.steps.ways_back import MadeLink, MadePass
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, NEW_PASSWORD, People, Person, granted, refusal

SECOND = timedelta(seconds=1)
WEEK, MONTH = timedelta(days=7), timedelta(days=30)

Help = Callable[[Person, Person], Any]


def gives_pass(by: Person, who: Person) -> Done[MadePass] | Refused:
    return by.does(passes.make_for, who, life=timedelta(hours=1), reason="lost the phone")


def gives_link(by: Person, who: Person) -> Done[MadeLink] | Refused:
    return by.does(password_link.make_for, who, reason="forgotten")


def gives_address(by: Person, who: Person) -> Any:
    return by.does(membership.change_email, who, email=f"new.{who.row.email}")


def at(clock: TestClock, moment: datetime, admin: Person) -> None:
    """That moment, with the administrator signed in again and fresh."""
    clock.set(moment - timedelta(seconds=30))
    admin.sign_in()


def test_a_pass_from_an_administrator_opens_a_new_enrolment(grace: Person, ada: Person) -> None:
    made = granted(gives_pass(grace, ada)).made
    assert (made.name, made.valid_until) == ("Ada", ada.clock.now() + timedelta(hours=1))
    assert ada.done_by_others() == [(Act.PASS_MADE, "Grace", "lost the phone")]
    granted(ada.use_pass(made.spelled))
    ada.enrol(ada.session)
    assert ada.row.authenticator_count == 1


def test_a_link_from_an_administrator_sets_a_password(grace: Person, ada: Person, portal: Portal) -> None:
    made = granted(gives_link(grace, ada)).made
    assert ada.done_by_others() == [(Act.PASSWORD_LINK_MADE, "Grace", "forgotten")]
    granted(password_link.use(portal, made.token, NEW_PASSWORD, AT_HOME))
    ada.password = NEW_PASSWORD
    ada.sign_in()


BOTH_WAYS: dict[str, tuple[Help, Help]] = {
    "pass, then link": (gives_pass, gives_link),
    "pass, then address": (gives_pass, gives_address),
    "link, then pass": (gives_link, gives_pass),
}
both_ways = pytest.mark.parametrize(("first", "then"), BOTH_WAYS.values(), ids=BOTH_WAYS)


@both_ways
def test_who_paid_for_one_factor_pays_for_the_other_after_thirty_days(
    grace: Person, ada: Person, clock: TestClock, first: Help, then: Help
) -> None:
    granted(first(grace, ada))
    over = clock.now() + MONTH
    assert then(grace, ada) == Refused(Why.PAID_BEFORE, until=over)
    at(clock, over - SECOND, grace)
    assert then(grace, ada) == Refused(Why.PAID_BEFORE, until=over)
    clock.set(over)
    granted(then(grace, ada))


@both_ways
def test_another_administrator_may(people: People, grace: Person, ada: Person, first: Help, then: Help) -> None:
    granted(first(grace, ada))
    granted(then(people.admin("hugo@example.org"), ada))


@both_ways
def test_the_same_one_may_for_another_member(
    people: People, grace: Person, ada: Person, first: Help, then: Help
) -> None:
    granted(first(grace, ada))
    granted(then(grace, people.ready("bob@example.org")))


@both_ways
def test_the_same_kind_of_help_may_be_given_again(grace: Person, ada: Person, first: Help, then: Help) -> None:
    granted(first(grace, ada))
    granted(first(grace, ada))


def test_the_thirty_days_begin_anew_with_each_help(grace: Person, ada: Person, clock: TestClock) -> None:
    granted(gives_pass(grace, ada))
    at(clock, clock.now() + timedelta(days=20), grace)
    granted(gives_pass(grace, ada))
    assert gives_link(grace, ada) == Refused(Why.PAID_BEFORE, until=clock.now() + MONTH)


def test_who_changed_the_address_gives_no_pass_for_thirty_days(grace: Person, ada: Person, clock: TestClock) -> None:
    granted(gives_address(grace, ada))
    over = clock.now() + MONTH
    at(clock, over - SECOND, grace)
    assert gives_pass(grace, ada) == Refused(Why.PAID_BEFORE, until=over)
    clock.set(over)
    granted(gives_pass(grace, ada))


@pytest.mark.parametrize("then", [gives_pass, gives_link])
def test_for_seven_days_after_a_new_address_nobody_gives_a_way_in(
    people: People, grace: Person, ada: Person, clock: TestClock, then: Help
) -> None:
    granted(gives_address(grace, ada))
    settled = clock.now() + WEEK
    hugo = people.admin("hugo@example.org")
    assert then(hugo, ada) == Refused(Why.ADDRESS_NEW, until=settled)
    at(clock, settled - SECOND, hugo)
    assert then(hugo, ada) == Refused(Why.ADDRESS_NEW, until=settled)
    clock.set(settled)
    granted(then(hugo, ada))


def test_who_changed_the_address_may_give_a_link_once_it_has_settled(
    grace: Person, ada: Person, clock: TestClock
) -> None:
    granted(gives_address(grace, ada))
    at(clock, clock.now() + WEEK, grace)
    granted(gives_link(grace, ada))


def test_owners_are_bound_too(people: People, olive: Person) -> None:
    second = people.owner("second@example.org")
    granted(gives_pass(olive, second))
    assert refusal(gives_link(olive, second)) is Why.PAID_BEFORE


def test_a_new_role_frees_nobody(olive: Person, grace: Person, ada: Person) -> None:
    granted(gives_pass(grace, ada))
    granted(olive.does(membership.change_role, grace, role=Role.OWNER))
    grace.sign_in()
    assert refusal(gives_link(grace, ada)) is Why.PAID_BEFORE


def test_the_operator_is_exempt_and_the_log_says_so(grace: Person, ada: Person) -> None:
    granted(gives_address(grace, ada))
    ada.email = "new.ada@example.org"
    ada.given_pass()
    ada.given_password_link()
    assert [one.details["exempt"] for one in ada.history[-2:]] == [True, True]


def test_what_the_operator_gave_binds_no_administrator(grace: Person, ada: Person) -> None:
    ada.given_pass()
    granted(gives_link(grace, ada))
    assert ada.history[-1].details["exempt"] is False


def test_unlocking_pays_for_nothing(grace: Person, ada: Person) -> None:
    ada.fail(10)
    granted(grace.does(locks.open_for, ada))
    granted(gives_link(grace, ada))


@both_ways
def test_no_code_is_asked_for_where_it_would_be_spent_in_vain(
    grace: Person, ada: Person, clock: TestClock, first: Help, then: Help
) -> None:
    granted(first(grace, ada))
    clock.advance(minutes=5)
    assert refusal(then(grace, ada)) is Why.PAID_BEFORE


def test_the_page_says_the_same_beforehand(grace: Person, ada: Person) -> None:
    granted(gives_pass(grace, ada))
    profile = members.look(grace.portal, grace.session, ada.public_id)
    assert profile
    refused = Refused(Why.PAID_BEFORE, until=ada.clock.now() + MONTH)
    assert (profile.pass_objection, profile.link_objection, profile.address_objection) == (None, refused, refused)


@pytest.mark.parametrize("status", [Status.INVITED, Status.SUSPENDED, Status.REMOVED])
@pytest.mark.parametrize("then", [gives_pass, gives_link])
def test_who_is_not_active_gets_neither(people: People, grace: Person, status: Status, then: Help) -> None:
    bob = people.with_status(status, "bob@example.org")
    assert refusal(then(grace, bob)) is Why.OUTDATED


def test_the_address_of_the_invited_may_be_corrected_and_nothing_waits_for_it(
    people: People, grace: Person, clock: TestClock
) -> None:
    bob = people.with_status(Status.INVITED, "bob@example.org")
    granted(gives_address(grace, bob))
    assert bob.row.email_changed_at is None
    granted(grace.does(invitations.renew, bob))
