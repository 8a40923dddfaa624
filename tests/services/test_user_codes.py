"""Recovery codes for an application: spent, read again as the organization has it, and told of to the member."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from app.domain.events import Act
from app.domain.recovery_codes import HANDED_KEPT_FOR, Visibility
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.portal import Portal
from app.services import copies, history, recovery_codes
from app.storage.tables import organization, recovery_code_set
from tests.support.clock import TestClock
from tests.support.keeping import keeps, sealed_copies
from tests.support.people import AT_HOME, People, Person, granted, refusal
from tests.support.shops import Customer, Shop

VIEWABLE, UNTIL, ONCE = Visibility.VIEWABLE, Visibility.UNTIL_ACKNOWLEDGED, Visibility.ONCE
TICK = timedelta(microseconds=1)
each_mode = pytest.mark.parametrize("mode", list(Visibility))


@pytest.fixture
def joan(shop: Shop) -> Customer:
    return shop.enrolled(shop.user().id)


def read(who: Customer) -> list[str]:
    """The codes that the application is told, of each authenticator the same."""
    ((_, codes),) = granted(who.shop.try_reading(who.id)).totps
    return codes


def acts_of(who: Customer) -> list[Act]:
    return [event.act for event in who.shop.history_of(who.id)]


def mode_of(who: Customer) -> str:
    with who.shop.portal.reading() as tx:
        mine = recovery_code_set.select().where(recovery_code_set.c.member_id == who.row.id)
        return str(tx.db.execute(mine).one().visibility)


# spending


def test_each_code_works_once_in_any_order(joan: Customer) -> None:
    for number in (6, 0, 9):
        code = joan.codes[number]
        done = granted(joan.try_recovery(code))
        assert (done.totp, done.session) == (joan.totp, None)
        assert refusal(joan.try_recovery(code)) is Why.USED_CODE
    assert joan.row.codes_left == 7
    spent = [one.details for one in joan.shop.history_of(joan.id) if one.act is Act.CODE_SPENT]
    assert [one["number"] for one in spent] == [7, 1, 10]
    verified = [one.details for one in joan.shop.history_of(joan.id) if one.act is Act.USER_VERIFIED]
    assert [one["proof"] for one in verified] == [Proof.TOTP] + [Proof.RECOVERY_CODE] * 3


def test_typing_is_forgiven(joan: Customer) -> None:
    granted(joan.try_recovery(f"  {joan.codes[0].upper().replace('-', ' ')} "))
    granted(joan.try_recovery(joan.codes[1].replace("-", "").replace("0", "O").replace("1", "l")))


def test_a_mistyped_code_costs_nothing_and_a_wrong_one_a_try(joan: Customer, shop: Shop) -> None:
    other = shop.enrolled(shop.user("bea@example.org").id)
    code = joan.codes[0]
    mistyped = code[:-1] + ("z" if code[-1] != "z" else "y")
    assert refusal(joan.try_recovery(mistyped)) is Why.MISTYPED_CODE
    assert refusal(joan.try_recovery("x" * 65)) is Why.MISTYPED_CODE
    assert refusal(joan.try_recovery("")) is Why.MISTYPED_CODE
    assert joan.row.failures_in_row == 0
    assert joan.try_recovery(other.codes[0]) == Refused(Why.WRONG_CODE, proof=Proof.RECOVERY_CODE)
    assert joan.row.failures_in_row == 1
    granted(joan.try_recovery(code))
    assert joan.row.failures_in_row == 0


def test_a_set_is_as_large_as_the_organization_has_it(shop: Shop, portal: Portal) -> None:
    with portal.writing() as tx:
        tx.db.execute(update(organization).values(code_count=16))
    joan = shop.enrolled(shop.user().id)
    assert len(set(joan.codes)) == 16
    for code in joan.codes:
        granted(joan.try_recovery(code))
    assert joan.row.codes_left == 0


# reading


def test_what_is_read_are_the_unspent_ones(joan: Customer) -> None:
    assert read(joan) == joan.codes
    granted(joan.try_recovery(joan.codes[3]))
    assert read(joan) == [code for code in joan.codes if code != joan.codes[3]]


def test_each_authenticator_is_told_with_the_members_one_set(shop: Shop, ada: Person) -> None:
    ada.enrol(ada.session)
    first, second = granted(shop.try_reading(ada.public_id)).totps
    assert (first[0].id, second[0].id) == tuple(one.public_id for one in ada.authenticators)
    assert first[1] == second[1] == ada.codes


def test_staged_codes_are_read_before_they_are_confirmed(shop: Shop, clock: TestClock) -> None:
    begun = shop.begin(shop.user().id, life=timedelta(hours=1))
    ((totp, codes),) = granted(shop.try_reading(begun.id)).totps
    assert (totp.id, totp.verified, codes) == (begun.totp, False, begun.codes)
    begun.fail(10)
    assert granted(shop.try_reading(begun.id)).totps[0][1] == []
    again = shop.begin(begun.id, life=timedelta(hours=1))
    assert read(again) == again.codes
    clock.advance(hours=1)
    assert refusal(shop.try_reading(begun.id)) is Why.NOT_ENROLLED


def test_a_new_set_from_the_portal_is_what_is_read(shop: Shop, ada: Person) -> None:
    old = ada.codes
    new = ada.regenerate()
    assert read(shop.knows(ada)) == new
    assert not set(old) & set(new)


def test_in_a_set_that_is_viewable_codes_are_read_whenever(joan: Customer, clock: TestClock) -> None:
    clock.advance(days=400)
    assert read(joan) == joan.codes


def test_until_acknowledged_they_are_read_for_seven_days_from_their_handing_on(
    shop: Shop, portal: Portal, clock: TestClock
) -> None:
    keeps(portal, UNTIL)
    begun = shop.begin(shop.user().id)
    over = clock.now() + HANDED_KEPT_FOR
    assert read(begun) == begun.codes
    clock.advance(hours=23)
    granted(begun.try_code(begun.code()))
    clock.set(over)
    assert read(begun) == begun.codes
    clock.set(over + TICK)
    assert read(begun) == []
    while copies.sweep(portal):
        pass
    assert sealed_copies(portal, begun.row.id) == 0
    granted(begun.try_recovery(begun.codes[0]))


def test_reading_a_set_of_the_portal_begins_its_seven_days(
    shop: Shop, people: People, portal: Portal, clock: TestClock
) -> None:
    keeps(portal, UNTIL)
    ada = people.with_pending_codes()
    clock.advance(days=30)
    customer = shop.knows(ada)
    assert read(customer) == ada.codes
    over = clock.now() + HANDED_KEPT_FOR
    clock.advance(days=3)
    assert read(customer) == ada.codes
    clock.set(over)
    assert read(customer) == ada.codes
    clock.set(over + TICK)
    assert read(customer) == []


def test_once_the_member_has_acknowledged_nothing_more_is_read(shop: Shop, portal: Portal, newcomer: Person) -> None:
    keeps(portal, UNTIL)
    customer = shop.enrols(newcomer)
    newcomer.sign_in()
    newcomer.acknowledge()
    assert read(customer) == []
    granted(customer.try_recovery(customer.codes[0]))


@each_mode
def test_the_reply_that_makes_them_is_whole_in_every_mode(shop: Shop, portal: Portal, mode: Visibility) -> None:
    keeps(portal, mode)
    begun = shop.begin(shop.user().id)
    assert len(begun.codes) == 10
    assert read(begun) == ([] if mode is ONCE else begun.codes)
    granted(begun.try_code(begun.code()))
    assert read(begun) == ([] if mode is ONCE else begun.codes)
    assert mode_of(begun) == mode
    assert sealed_copies(portal, begun.row.id) == (0 if mode is ONCE else 10)
    granted(begun.try_recovery(begun.codes[0]))


@pytest.mark.parametrize("mode", [UNTIL, ONCE])
def test_a_mode_chosen_before_the_confirmation_holds_for_the_set(shop: Shop, portal: Portal, mode: Visibility) -> None:
    begun = shop.begin(shop.user().id)
    keeps(portal, mode)
    granted(begun.try_code(begun.code()))
    assert mode_of(begun) == mode
    assert read(begun) == ([] if mode is ONCE else begun.codes)
    assert sealed_copies(portal, begun.row.id) == (0 if mode is ONCE else 10)
    granted(begun.try_recovery(begun.codes[0]))


def test_staged_codes_are_hidden_as_soon_as_the_organization_shows_them_once(shop: Shop, portal: Portal) -> None:
    begun = shop.begin(shop.user().id)
    keeps(portal, ONCE)
    assert read(begun) == []


def test_a_looser_mode_brings_back_no_copy(shop: Shop, portal: Portal) -> None:
    keeps(portal, ONCE)
    begun = shop.begin(shop.user().id)
    keeps(portal, VIEWABLE)
    assert read(begun) == []
    granted(begun.try_code(begun.code()))
    assert read(begun) == []
    granted(begun.try_recovery(begun.codes[0]))


def test_a_member_sees_in_the_portal_what_was_handed_to_the_application(shop: Shop, newcomer: Person) -> None:
    customer = shop.enrols(newcomer)
    session = newcomer.sign_in()
    assert newcomer.code_set.pending
    shown = granted(recovery_codes.show(newcomer.portal, session, proof="", act=Act.CODES_SHOWN, origin=AT_HOME))
    assert [one.code for one in shown.codes.codes] == customer.codes


# what is told of it


READINGS: set[Act] = {Act.CODES_READ, Act.CODES_READ_AGAIN}


def told(person: Person) -> list[tuple[Act, str]]:
    """The lines of the history that are about reading, oldest first."""
    page = history.page(person.portal, person.session)
    return [(one.act, one.project) for one in page.events[::-1] if one.act in READINGS]


def test_the_history_tells_it_once_a_project_and_day_and_the_log_each_time(
    shop: Shop, till: Shop, ada: Person, clock: TestClock
) -> None:
    for one in (shop, shop, till, shop, till):
        granted(one.try_reading(ada.public_id))
        clock.advance(minutes=1)
    ada.sign_in()
    assert told(ada) == [(Act.CODES_READ, "Shop"), (Act.CODES_READ, "Till")]
    again = Act.CODES_READ_AGAIN
    assert [act for act in ada.acts if act in READINGS] == [
        Act.CODES_READ, again, Act.CODES_READ, again, again,
    ]  # fmt: skip
    clock.advance(days=1)
    granted(shop.try_reading(ada.public_id))
    ada.sign_in()
    assert told(ada)[-1:] == [(Act.CODES_READ, "Shop")]
    assert len(told(ada)) == 3


def test_a_day_is_one_of_the_organizations_zone(shop: Shop, ada: Person, portal: Portal, clock: TestClock) -> None:
    with portal.writing() as tx:
        tx.db.execute(update(organization).values(time_zone="Pacific/Auckland"))
    zone = ZoneInfo("Pacific/Auckland")
    midnight = clock.now().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    clock.set(midnight - TICK)
    granted(shop.try_reading(ada.public_id))
    granted(shop.try_reading(ada.public_id))
    clock.set(midnight)
    granted(shop.try_reading(ada.public_id))
    granted(shop.try_reading(ada.public_id))
    ada.sign_in()
    assert told(ada) == [(Act.CODES_READ, "Shop")] * 2


def test_of_another_members_reading_nothing_is_told(shop: Shop, ada: Person, joan: Customer) -> None:
    read(joan)
    granted(shop.try_reading(ada.public_id))
    assert told(ada) == [(Act.CODES_READ, "Shop")]


def test_what_was_refused_is_not_told(shop: Shop, kiosk: Shop, ada: Person) -> None:
    assert refusal(kiosk.try_reading(ada.public_id)) is Why.NOT_PERMITTED
    assert told(ada) == []


def test_it_is_told_also_where_nothing_could_be_shown(shop: Shop, ada: Person, portal: Portal) -> None:
    """Who asked for codes should be known, whatever came of it."""
    keeps(portal, ONCE)
    assert read(shop.knows(ada)) == []
    assert told(ada) == [(Act.CODES_READ, "Shop")]


def test_reading_spends_nothing_and_acknowledges_nothing(joan: Customer) -> None:
    read(joan)
    row = joan.row
    assert (row.codes_left, row.codes_pending) == (10, True)
    assert acts_of(joan)[-1] is Act.CODES_READ


def test_a_code_whose_seal_is_broken_is_left_out(joan: Customer, portal: Portal) -> None:
    with portal.writing() as tx:
        tx.db.exec_driver_sql("UPDATE recovery_code SET seal_key_id = 77 WHERE number = 4")
    assert read(joan) == [code for code in joan.codes if code != joan.codes[3]]
    granted(joan.try_recovery(joan.codes[3]))


# those that open something


def test_read_live_are_those_alone_that_open_something(shop: Shop, ada: Person) -> None:
    begun = shop.begin(shop.user().id)
    assert refusal(shop.try_reading_live(begun.id)) is Why.NOT_ENROLLED
    granted(begun.try_code(begun.code()))
    granted(begun.try_recovery(begun.codes[3]))
    found = granted(shop.try_reading_live(begun.id))
    assert found.codes == [code for code in begun.codes if code != begun.codes[3]]
    assert found.user == shop.look(begun.id)
    for _ in range(2):
        granted(shop.try_reading_live(ada.public_id))
    assert told(ada) == [(Act.CODES_READ, "Shop")]


def test_rotated_codes_take_the_place_of_the_live_ones(shop: Shop, till: Shop, ada: Person, clock: TestClock) -> None:
    customer = shop.knows(ada)
    here, elsewhere = customer.comes_in(), till.knows_as(customer).comes_in()
    old, generation = ada.codes, ada.code_set.generation
    made = granted(shop.rotate(ada.public_id))
    assert (len(set(made.codes)), set(made.codes) & set(old)) == (10, set())
    assert made.user == shop.look(ada.public_id)
    assert (ada.code_set.generation, ada.code_set.pending, ada.row.codes_left) == (generation + 1, True, 10)
    assert granted(shop.try_reading_live(ada.public_id)).codes == made.codes
    assert refusal(customer.try_recovery(old[0])) is Why.WRONG_CODE
    granted(customer.try_recovery(made.codes[0]))
    assert (shop.use(here.token).user.id, ada.visitor()) == (ada.public_id, None)
    assert refusal(till.try_use(elsewhere.token)) is Why.UNKNOWN_SESSION
    (rotated,) = [one for one in ada.history if one.act is Act.CODES_REGENERATED]
    assert (rotated.project, rotated.details) == ("Shop", {"old": generation, "count": 10})
    granted(customer.try_code(customer.next_code()))


def test_only_who_is_enrolled_has_codes_to_be_replaced(shop: Shop) -> None:
    begun = shop.begin(shop.user().id)
    assert refusal(shop.rotate(begun.id)) is Why.NOT_ENROLLED
    granted(begun.try_code(begun.code()))
    granted(begun.try_recovery(begun.codes[0]))


@each_mode
def test_the_reply_that_replaces_them_is_whole_in_every_mode(
    joan: Customer, portal: Portal, clock: TestClock, mode: Visibility
) -> None:
    keeps(portal, mode)
    made = granted(joan.shop.rotate(joan.id)).codes
    assert len(made) == 10
    assert granted(joan.shop.try_reading_live(joan.id)).codes == ([] if mode is ONCE else made)
    clock.advance(seconds=HANDED_KEPT_FOR.total_seconds() + 1)
    assert read(joan) == (made if mode is VIEWABLE else [])
    granted(joan.try_recovery(made[0]))
