"""One member, two doors: budget, locks, single use and sessions between an application and the pages."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.attempts import PASSWORD_STOPS_AFTER, LockReason
from app.domain.events import OPERATOR, Act
from app.domain.refusals import Refused, Why
from app.portal import Portal
from app.services import account, authenticators, enrolment, locks, recovery_codes
from app.services.visitors import Must
from app.steps.sessions import SessionEndedError
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, NEW_PASSWORD, People, Person, granted, refusal
from tests.support.shops import Customer, Shop

A_TICK = timedelta(microseconds=1)


def lock_end(person: Person) -> datetime:
    lock = person.row.lock
    assert lock is not None
    assert lock.until is not None
    return lock.until


def closed_at_the_shop(customer: Customer, clock: TestClock) -> None:
    """Fifty wrong codes, as often as the locks between them end."""
    for _ in range(5):
        customer.fail(10)
        lock = customer.row.lock
        if lock is not None and lock.until is not None:
            clock.set(lock.until)


# one budget


def test_failures_of_both_doors_make_one_row(shop: Shop, ada: Person, clock: TestClock) -> None:
    customer = shop.knows(ada)
    begun = ada.begin()
    ada.fail(5, begun)
    assert [refusal(one) for one in customer.fail(4)] == [Why.WRONG_CODE] * 4
    locked = customer.try_code(customer.wrong_code())
    assert locked == Refused(Why.LOCKED, until=clock.now() + timedelta(hours=1), lock=LockReason.ATTEMPTS)


def test_a_lock_from_the_application_holds_in_the_portal_and_back(shop: Shop, ada: Person, clock: TestClock) -> None:
    customer = shop.knows(ada)
    customer.fail(10)
    until = lock_end(ada)
    begun = ada.begin()
    locked = Refused(Why.LOCKED, until=until, lock=LockReason.ATTEMPTS)
    assert ada.try_code(begun, ada.next_totp()) == locked
    assert ada.try_code(begun, ada.codes[0]) == locked
    assert customer.try_code(customer.code()) == locked
    assert customer.try_recovery(ada.codes[0]) == locked
    clock.set(until)
    granted(customer.try_recovery(ada.codes[0]))
    ada.sign_in()
    ada.fail(10)
    assert refusal(customer.try_code(customer.next_code())) is Why.LOCKED
    assert refusal(customer.try_recovery(ada.codes[1])) is Why.LOCKED


def test_a_right_code_at_one_door_ends_the_row_of_failures_at_both(shop: Shop, ada: Person) -> None:
    customer = shop.knows(ada)
    ada.fail(9)
    granted(customer.try_code(customer.next_code()))
    assert ada.row.failures_in_row == 0
    customer.fail(9)
    ada.sign_in()
    assert ada.row.failures_in_row == 0


def test_a_lock_by_a_person_holds_here_until_a_person_opens_it(
    shop: Shop, ada: Person, olive: Person, clock: TestClock
) -> None:
    customer = shop.knows(ada)
    granted(olive.does(locks.lock, ada))
    clock.advance(days=30)
    assert customer.try_code(customer.code()) == Refused(Why.LOCKED, lock=LockReason.ADMIN)
    assert customer.try_recovery(ada.codes[0]) == Refused(Why.LOCKED, lock=LockReason.ADMIN)
    olive.sign_in()
    granted(olive.does(locks.open_for, ada))
    granted(customer.try_code(customer.next_code()))


def test_panic_closes_the_application_too(shop: Shop, ada: Person) -> None:
    customer = shop.knows(ada)
    shown = customer.comes_in()
    ada.sign_in()
    account.panic(ada.portal, ada.session, AT_HOME)
    assert customer.try_code(customer.next_code()) == Refused(Why.LOCKED, lock=LockReason.PANIC)
    assert refusal(shop.try_use(shown.token)) is Why.UNKNOWN_SESSION


def test_deleting_and_creating_lifts_no_lock(shop: Shop, ada: Person, clock: TestClock) -> None:
    customer = shop.knows(ada)
    customer.fail(10)
    until = lock_end(ada)
    granted(shop.delete(customer.totp))
    again = shop.begin(ada.public_id)
    assert refusal(again.try_code(again.code())) is Why.LOCKED
    clock.set(until)
    granted(again.try_code(again.code()))


# doors


def test_the_door_of_an_application_closes_that_door_alone(
    shop: Shop, till: Shop, ada: Person, olive: Person, clock: TestClock
) -> None:
    customer = shop.knows(ada)
    closed_at_the_shop(customer, clock)
    closed = shop.look(ada.public_id).closed_at
    assert closed is not None
    assert customer.try_code(customer.next_code()) == Refused(Why.LOCKED)
    assert customer.try_recovery(ada.codes[0]) == Refused(Why.LOCKED)
    assert ada.history[-1].details == {"door": shop.project.door}
    assert till.look(ada.public_id).closed_at is None
    ada.sign_in(ada.codes[0])
    clock.advance(minutes=1)
    granted(till.knows_as(customer).try_code(customer.code()))
    ada.sign_in()
    assert customer.try_code(customer.next_code()) == Refused(Why.LOCKED)
    olive.sign_in()
    granted(olive.does(locks.open_for, ada))
    assert shop.look(ada.public_id).closed_at is None
    granted(customer.try_code(customer.next_code()))


def test_the_portals_door_closes_no_application(shop: Shop, ada: Person, clock: TestClock) -> None:
    for number in range(5):
        if number == 3:
            ada.gets_new_password()  # thirty failures have stopped the old one
        ada.fail(10)
        clock.set(lock_end(ada))
    begun = ada.begin()
    assert ada.try_code(begun, ada.next_totp()) == Refused(Why.LOCKED)
    customer = shop.knows(ada)
    granted(customer.try_code(customer.code()))
    assert shop.look(ada.public_id).closed_at is None
    assert ada.try_code(begun, ada.next_totp()) == Refused(Why.LOCKED)


@pytest.mark.parametrize("opens", ["operator", "pass"])
def test_whoever_else_may_opens_a_door_as_well(shop: Shop, ada: Person, clock: TestClock, opens: str) -> None:
    closed_at_the_shop(shop.knows(ada), clock)
    if opens == "operator":
        locks.unlock(ada.portal, ada.email, organization=None, reason="asked", by=OPERATOR)
        customer = shop.knows(ada)
    else:
        granted(ada.use_pass(ada.given_pass()))
        ada.apps.clear()
        ada.enrol(ada.session)
        customer = shop.knows(ada)
    granted(customer.try_code(customer.next_code()))


def test_a_right_code_clears_the_count_of_its_own_door_alone(
    shop: Shop, till: Shop, ada: Person, portal: Portal
) -> None:
    customer = shop.knows(ada)
    customer.fail(4)
    till.knows_as(customer).fail(3)
    granted(customer.try_code(customer.next_code()))
    with portal.reading() as tx:
        counted = "SELECT door, failures_in_row FROM door WHERE failures_in_row > 0"
        assert [tuple(row) for row in tx.db.exec_driver_sql(counted)] == [(till.project.door, 3)]


# what failures in an application do not do


def test_failures_in_an_application_do_not_stop_the_password(shop: Shop, ada: Person, clock: TestClock) -> None:
    """Who fails there has shown no password."""
    customer = shop.knows(ada)
    failed = 0
    while failed < PASSWORD_STOPS_AFTER + 5:
        failed += sum(refusal(one) is Why.WRONG_CODE for one in customer.fail(9))
        granted(customer.try_code(customer.next_code()))
    assert ada.row.password_stopped_at is None
    ada.sign_in()
    ada.elsewhere().fail(PASSWORD_STOPS_AFTER - 10)
    assert ada.row.password_stopped_at is None


def test_nor_do_they_count_among_the_failures_since_the_last_sign_in(shop: Shop, ada: Person) -> None:
    customer = shop.knows(ada)
    shop.clock.advance(seconds=1)
    customer.fail(5)
    assert granted(ada.try_code(ada.begin(), ada.next_totp())).failures == 0
    shop.clock.advance(seconds=1)
    customer.fail(5)
    ada.fail(3)
    assert granted(ada.try_code(ada.begin(), ada.next_totp())).failures == 3


# single use


def test_a_code_spent_by_the_application_is_spent_on_the_page(shop: Shop, ada: Person) -> None:
    customer = shop.knows(ada)
    granted(customer.try_recovery(ada.codes[0]))
    assert refusal(ada.try_code(ada.begin(), ada.codes[0])) is Why.USED_CODE
    code = customer.next_code()
    granted(customer.try_code(code))
    assert refusal(ada.try_code(ada.begin(), code)) is Why.USED_CODE


def test_a_code_spent_on_the_page_is_spent_here(shop: Shop, ada: Person) -> None:
    customer = shop.knows(ada)
    ada.sign_in(ada.codes[0])
    assert refusal(customer.try_recovery(ada.codes[0])) is Why.USED_CODE
    code = ada.next_totp()
    ada.sign_in(code)
    assert refusal(customer.try_code(code)) is Why.USED_CODE
    assert ada.row.codes_left == 9


def test_a_code_typed_to_step_up_in_the_portal_is_spent_here(shop: Shop, ada: Person, clock: TestClock) -> None:
    clock.advance(minutes=5)
    code = ada.next_totp()
    ada.regenerate(proof=code)
    assert refusal(shop.knows(ada).try_code(code)) is Why.USED_CODE


def test_who_enrolled_with_an_application_signs_in_to_the_portal(shop: Shop, newcomer: Person) -> None:
    customer = shop.enrols(newcomer)
    newcomer.sign_in()
    visitor = newcomer.visitor()
    assert visitor is not None
    assert visitor.must is Must.ACKNOWLEDGE
    newcomer.acknowledge()
    newcomer.elsewhere().sign_in(customer.codes[0])
    granted(customer.try_code(customer.next_code()))


# enrolments that meet


def test_what_an_application_begins_is_not_the_sessions_to_see_or_confirm(
    shop: Shop, newcomer: Person, people: People
) -> None:
    people.require_second_factor(None)
    session = newcomer.postpone()
    begun = shop.begin(newcomer.public_id)
    assert refusal(enrolment.show(newcomer.portal, session)) is Why.EXPIRED
    assert refusal(newcomer.try_confirm(session, begun.code())) is Why.EXPIRED
    assert refusal(newcomer.try_confirm(newcomer.begin(), begun.code())) is Why.EXPIRED
    granted(begun.try_code(begun.code()))


def test_an_application_ends_what_was_begun_in_the_portal_and_the_reverse(shop: Shop, newcomer: Person) -> None:
    sign_in = newcomer.begin()
    app = newcomer.start_enrolment(sign_in)
    begun = shop.begin(newcomer.public_id)
    assert refusal(newcomer.try_confirm(sign_in, app.code(newcomer.clock.now()))) is Why.EXPIRED
    app = newcomer.start_enrolment(sign_in)
    assert shop.look(newcomer.public_id).totps == ()
    assert refusal(begun.try_code(begun.code())) is Why.NOT_ENROLLED
    assert refusal(begun.try_code(app.code(newcomer.clock.now()))) is Why.NOT_ENROLLED
    granted(newcomer.try_confirm(sign_in, app.code(newcomer.clock.now())))
    assert not set(begun.codes) & set(newcomer.codes)
    assert newcomer.rows_in("staged_code") == 0


def test_a_pending_one_of_somebody_who_enrols_meanwhile_is_gone(shop: Shop, newcomer: Person) -> None:
    begun = shop.begin(newcomer.public_id)
    newcomer.enrol()
    assert refusal(begun.try_code(begun.code())) is Why.WRONG_CODE
    assert refusal(begun.try_recovery(begun.codes[0])) is Why.WRONG_CODE
    assert shop.look(newcomer.public_id).totps[0].verified


# delete, then create


def test_who_lost_the_last_one_through_an_application_enrols_in_the_portal_only_with_a_pass(
    shop: Shop, ada: Person
) -> None:
    granted(shop.delete(shop.knows(ada).totp))
    assert ada.visitor() is None
    begun = ada.begin()
    assert refusal(enrolment.start(ada.portal, begun, replace=None, proof="", origin=AT_HOME)) is Why.NEEDS_PASS
    spelled = ada.given_pass()
    granted(ada.use_pass(spelled))
    ada.apps.clear()
    ada.enrol(ada.session)
    granted(shop.knows(ada).try_code(shop.knows(ada).next_code()))


def test_when_the_application_has_made_another_the_portal_asks_for_no_pass(shop: Shop, ada: Person) -> None:
    granted(shop.delete(shop.knows(ada).totp))
    again = shop.begin(ada.public_id)
    assert refusal(enrolment.start(ada.portal, ada.begin(), replace=None, proof="", origin=AT_HOME)) is Why.NEEDS_PASS
    granted(again.try_code(again.code()))
    ada.apps, ada.codes = [again.app], again.codes
    ada.sign_in()
    ada.acknowledge()
    ada.enrol(ada.session)
    assert ada.row.authenticator_count == 2


def test_cancelling_what_waited_asks_nobody_for_a_pass(shop: Shop, newcomer: Person) -> None:
    granted(shop.delete(shop.begin(newcomer.public_id).totp))
    newcomer.enrol()


# which sessions go on


def everywhere(shop: Shop, till: Shop, ada: Person) -> tuple[str, str]:
    """Signed in to the portal and to both applications; the tokens of these."""
    customer = shop.knows(ada)
    tokens = customer.comes_in().token, till.knows_as(customer).comes_in().token
    ada.sign_in()
    return tokens


def alive(shop: Shop, till: Shop, ada: Person, tokens: tuple[str, str]) -> tuple[bool, bool, bool]:
    """In the portal, at the shop, at the till."""
    uses = [one.try_use(token) for one, token in zip((shop, till), tokens, strict=True)]
    return (ada.visitor() is not None, *(not isinstance(use, Refused) for use in uses))  # type: ignore[return-value]


def test_deleting_ends_all_sessions_but_the_applications_own(shop: Shop, till: Shop, ada: Person) -> None:
    tokens = everywhere(shop, till, ada)
    sign_in = ada.elsewhere().begin()
    granted(shop.delete(shop.knows(ada).totp))
    assert alive(shop, till, ada, tokens) == (False, True, False)
    with pytest.raises(SessionEndedError):
        ada.elsewhere().try_code(sign_in, ada.codes[0])


def test_confirming_ends_all_sessions_but_the_applications_own(
    shop: Shop, till: Shop, newcomer: Person, people: People
) -> None:
    people.require_second_factor(None)
    newcomer.postpone()
    begun = shop.begin(newcomer.public_id)
    granted(begun.try_code(begun.code()))
    assert newcomer.visitor() is None
    tokens = begun.comes_in().token, till.knows_as(begun).comes_in().token
    granted(shop.delete(begun.totp))
    again = shop.begin(newcomer.public_id)
    granted(again.try_code(again.code()))
    assert alive(shop, till, newcomer, tokens) == (False, True, False)


CHANGES: dict[str, Any] = {
    "codes": lambda ada: ada.regenerate(),
    "authenticator added": lambda ada: ada.enrol(ada.session),
    "password": lambda ada: account.change_password(
        ada.portal, ada.session, password=NEW_PASSWORD, proof="", origin=AT_HOME
    ),
    "password link": lambda ada: ada.gets_new_password(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changes_in_the_portal_ends_all_sessions_of_applications(
    shop: Shop, till: Shop, ada: Person, change: Any
) -> None:
    tokens = everywhere(shop, till, ada)
    change(ada)
    assert alive(shop, till, ada, tokens)[1:] == (False, False)


def test_checking_codes_ends_no_session(shop: Shop, till: Shop, ada: Person) -> None:
    tokens = everywhere(shop, till, ada)
    customer = shop.knows(ada)
    granted(customer.try_code(customer.next_code()))
    granted(customer.try_recovery(ada.codes[0]))
    granted(shop.try_reading(ada.public_id))
    assert alive(shop, till, ada, tokens) == (True, True, True)


# history


def test_a_member_sees_what_an_application_did_and_which(shop: Shop, ada: Person) -> None:
    customer = shop.knows(ada)
    customer.fail(1)
    granted(customer.try_recovery(ada.codes[0]))
    done = [(one.act, one.project, one.by_another) for one in ada.history if one.project]
    assert done == [
        (Act.CODE_REFUSED, "Shop", True),
        (Act.CODE_SPENT, "Shop", True),
        (Act.USER_VERIFIED, "Shop", True),
    ]


def test_removing_an_authenticator_in_the_portal_shows_here(shop: Shop, ada: Person) -> None:
    ada.enrol(ada.session)
    older: UUID = ada.authenticators[0].public_id
    granted(authenticators.remove(ada.portal, ada.session, older, proof="", origin=AT_HOME))
    assert [one.id for one in shop.look(ada.public_id).totps] == [ada.authenticators[0].public_id]
    assert recovery_codes.state(ada.portal, ada.session).code_set
