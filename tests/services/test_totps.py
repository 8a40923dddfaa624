"""TOTP for an application: a secret is handed out, confirmed, checked and taken away again."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from app.domain.attempts import ENROLMENT_TRIES, LockReason
from app.domain.events import Act
from app.domain.members import Role, Status
from app.domain.projects import Permission
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.domain.users import User
from app.portal import Portal
from app.services import locks, project_upkeep
from app.storage import members
from tests.support.clock import TestClock
from tests.support.otp import secret_from_key
from tests.support.people import AT_HOME, NO_DIGITS, People, Person, granted, refusal
from tests.support.shops import A_DAY, AN_HOUR, FROM_THE_SHOP, Customer, Shop

A_TICK = timedelta(microseconds=1)


@pytest.fixture
def begun(shop: Shop) -> Customer:
    """Has scanned the QR, and confirmed nothing yet."""
    return shop.begin(shop.user(external_id="u-1").id)


@pytest.fixture
def joan(shop: Shop) -> Customer:
    """Enrolled."""
    return shop.enrolled(shop.user(external_id="u-1").id)


def acts_of(customer: Customer) -> list[Act]:
    return [event.act for event in customer.shop.history_of(customer.id)]


def locked_by(portal: Portal, customer: Customer, reason: LockReason) -> None:
    with portal.writing() as tx:
        members.lock(tx.db, customer.row.id, reason, tx.now)


def listed(user: User) -> list[tuple[UUID, bool]]:
    """The authenticators, and whether each is verified."""
    return [(one.id, one.verified) for one in user.totps]


# handing out a secret


def test_a_secret_comes_with_its_uri_and_its_codes(shop: Shop) -> None:
    joan = shop.user()
    made = granted(shop.try_begin(joan.id))
    assert made.user == shop.look(joan.id)
    assert listed(made.user) == [(made.totp, False)]
    customer = Customer(shop, joan.id, made.totp, app=shop.begin(joan.id).app)
    assert (customer.app.issuer, customer.app.account) == ("Harbour", "joan@example.org")
    assert len(secret_from_key(made.key)) == 20
    assert len(set(made.codes)) == 10
    assert made.key not in repr(customer.row)


def test_who_has_no_address_is_named_in_the_app_all_the_same(shop: Shop) -> None:
    assert shop.begin(shop.user(None, first_name="Joan").id).app.account == "Joan"


def test_it_is_confirmed_by_a_code_and_the_codes_are_the_members_set(begun: Customer, clock: TestClock) -> None:
    done = granted(begun.try_code(begun.code()))
    assert (done.totp, done.session) == (begun.totp, None)
    assert listed(done.user) == [(begun.totp, True)]
    row = begun.row
    assert (row.authenticator_count, row.codes_left, row.codes_pending) == (1, 10, True)
    assert acts_of(begun) == [
        Act.USER_CREATED, Act.ENROLMENT_BEGUN, Act.AUTHENTICATOR_ADDED, Act.CODES_MADE, Act.USER_VERIFIED,
    ]  # fmt: skip
    told = begun.shop.history_of(begun.id)
    assert {(one.actor_kind, one.project, one.origin) for one in told} == {("project", "Shop", FROM_THE_SHOP)}
    assert told[-1].details == {"proof": Proof.TOTP}


def test_the_code_that_confirms_is_spent_by_it(begun: Customer) -> None:
    code = begun.code()
    granted(begun.try_code(code))
    assert refusal(begun.try_code(code)) is Why.USED_CODE
    assert refusal(begun.try_code(begun.code(steps=-1))) is Why.USED_CODE
    granted(begun.try_code(begun.code(steps=1)))


def test_a_user_is_named_by_id_or_external_id(joan: Customer, shop: Shop) -> None:
    assert granted(shop.try_code("u-1", joan.next_code())).user.id == joan.id
    assert granted(shop.try_recovery("u-1", joan.codes[0])).user.id == joan.id
    assert granted(shop.try_reading("u-1")).user.id == joan.id


def test_another_secret_takes_the_place_of_one_that_waits(begun: Customer, shop: Shop) -> None:
    again = shop.begin(begun.id)
    assert listed(shop.look(begun.id)) == [(again.totp, False)]
    assert not set(begun.codes) & set(again.codes)
    assert refusal(begun.try_code(begun.code())) is Why.WRONG_CODE
    granted(again.try_code(again.code()))
    assert refusal(again.try_recovery(begun.codes[0])) is Why.WRONG_CODE
    granted(again.try_recovery(again.codes[0]))


def test_who_has_one_gets_no_other(joan: Customer, ada: Person, shop: Shop) -> None:
    for named in (joan.id, ada.public_id):
        before = shop.look(named)
        assert refusal(shop.try_begin(named)) is Why.ENROLLED
        assert shop.look(named) == before


@pytest.mark.parametrize("life", [timedelta(minutes=5), A_DAY])
def test_it_waits_so_long_and_no_longer(shop: Shop, clock: TestClock, life: timedelta) -> None:
    joan = shop.begin(shop.user().id, life=life)
    clock.advance(seconds=life.total_seconds())
    assert shop.look(joan.id).totps == ()
    assert refusal(joan.try_code(joan.code())) is Why.EXPIRED
    assert joan.row.authenticator_count == 0
    clock.set(clock.now() - A_TICK)
    assert listed(shop.look(joan.id)) == [(joan.totp, False)]
    granted(joan.try_code(joan.code()))


def test_ten_wrong_codes_end_it_and_touch_nobodys_budget(begun: Customer) -> None:
    assert [refusal(one) for one in begun.fail(ENROLMENT_TRIES)] == [Why.WRONG_CODE] * ENROLMENT_TRIES
    assert refusal(begun.try_code(begun.code())) is Why.EXPIRED
    row = begun.row
    assert (row.failures_in_row, row.lock, row.authenticator_count) == (0, None, 0)
    assert acts_of(begun).count(Act.ENROLMENT_CODE_REFUSED) == ENROLMENT_TRIES
    assert Act.CODE_REFUSED not in acts_of(begun)
    again = begun.shop.begin(begun.id)
    again.fail(ENROLMENT_TRIES - 1)
    granted(again.try_code(again.code()))


def test_what_is_no_code_costs_a_pending_one_no_try(begun: Customer) -> None:
    for typed in ("", "12345", "1234567", "abcdef", begun.codes[0], *NO_DIGITS):
        for _ in range(3):
            assert isinstance(begun.try_code(typed), Refused)
    begun.fail(ENROLMENT_TRIES - 1)
    granted(begun.try_code(begun.code()))


def test_its_codes_open_nothing_before_it_is_confirmed(begun: Customer) -> None:
    assert refusal(begun.try_recovery(begun.codes[0])) is Why.NOT_ENROLLED
    assert begun.row.codes_left == 0


def test_who_has_begun_nothing_has_nothing_to_confirm(shop: Shop) -> None:
    joan = shop.user()
    refused = shop.try_code(joan.id, "123456")
    assert refused == Refused(Why.NOT_ENROLLED, proof=Proof.TOTP)
    refused = shop.try_recovery(joan.id, "k7qm-3xvd-9hra-p2te")
    assert refused == Refused(Why.NOT_ENROLLED, proof=Proof.RECOVERY_CODE)


def test_one_application_confirms_not_what_another_began(begun: Customer, till: Shop) -> None:
    there = till.knows_as(begun)
    assert till.look(begun.id).totps == ()
    assert refusal(there.try_code(begun.code())) is Why.NOT_ENROLLED
    assert refusal(till.try_reading(begun.id)) is Why.NOT_ENROLLED
    assert refusal(till.delete(begun.totp)) is Why.UNKNOWN_AUTHENTICATOR
    granted(begun.try_code(begun.code()))
    assert listed(till.look(begun.id)) == [(begun.totp, True)]


# checking codes


def test_a_code_is_right_once(joan: Customer) -> None:
    code = joan.next_code()
    done = granted(joan.try_code(code))
    assert (done.totp, done.session, done.user.id) == (joan.totp, None, joan.id)
    assert refusal(joan.try_code(code)) is Why.USED_CODE
    assert acts_of(joan)[-2:] == [Act.USER_VERIFIED, Act.CODE_REPLAYED]
    assert joan.row.failures_in_row == 1


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_step_and_its_neighbours_are_right(joan: Customer, clock: TestClock, steps: int, right: bool) -> None:  # noqa: FBT001
    clock.advance(minutes=5)
    assert isinstance(joan.try_code(joan.code(steps=steps)), Refused) is not right


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "x" * 5000, "\ud800", "\x00", *NO_DIGITS])
def test_what_is_no_code_is_told_and_costs_nothing(joan: Customer, typed: str) -> None:
    before = acts_of(joan)
    assert joan.try_code(typed) == Refused(Why.MISTYPED_CODE, proof=Proof.TOTP)
    assert (joan.row.failures_in_row, acts_of(joan)) == (0, before)


@pytest.mark.parametrize("typed", ["123 456", " 123456 ", "123-456"])
def test_digits_are_read_as_people_write_them_or_told_to_be_none(joan: Customer, typed: str) -> None:
    assert refusal(joan.try_code(typed)) in {Why.WRONG_CODE, Why.MISTYPED_CODE}


def test_the_other_kind_of_code_is_told_apart_and_spends_nothing(joan: Customer) -> None:
    other = Refused(Why.OTHER_KIND_OF_CODE, proof=Proof.TOTP)
    assert joan.try_code(joan.codes[0]) == other
    assert joan.try_recovery(joan.next_code()) == Refused(Why.OTHER_KIND_OF_CODE, proof=Proof.RECOVERY_CODE)
    assert joan.row.failures_in_row == 0
    granted(joan.try_code(joan.code()))
    granted(joan.try_recovery(joan.codes[0]))


def test_a_code_is_tried_against_all_authenticators_as_one_attempt(shop: Shop, ada: Person, clock: TestClock) -> None:
    ada.enrol(ada.session)
    older, newer = ada.authenticators
    clock.advance(seconds=30)
    customer = shop.knows(ada)
    assert [one.id for one in shop.look(ada.public_id).totps] == [older.public_id, newer.public_id]
    assert granted(customer.try_code(ada.apps[1].code(clock.now()))).totp == newer.public_id
    assert granted(customer.try_code(ada.apps[0].code(clock.now()))).totp == older.public_id
    assert granted(customer.try_recovery(ada.codes[0])).totp == older.public_id
    customer.try_code("000000" if ada.totp() != "000000" else "000001")
    assert ada.row.failures_in_row == 1


def test_an_application_without_the_permission_checks_and_recovers(joan: Customer, kiosk: Shop) -> None:
    there = kiosk.knows_as(joan)
    granted(there.try_code(joan.next_code()))
    granted(there.try_recovery(joan.codes[0]))


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OWNER])
def test_whoever_has_a_role_in_the_portal_can_be_checked(shop: Shop, people: People, role: Role) -> None:
    boss = people.ready("boss@example.org", role=role)
    there = shop.knows(boss)
    assert granted(there.try_code(there.next_code())).user.role is role
    granted(there.try_recovery(boss.codes[0]))


# what only a member should have


SECRETS: dict[str, Callable[[Shop, Customer], object]] = {
    "create": lambda shop, who: shop.try_begin(who.id),
    "read": lambda shop, who: shop.try_reading(who.id),
    "delete": lambda shop, who: shop.delete(who.totp),
    "read live": lambda shop, who: shop.try_reading_live(who.id),
    "rotate": lambda shop, who: shop.rotate(who.id),
    "migrate": lambda shop, who: shop.migrate(who.id, "A" * 32),
    "delete all": lambda shop, who: shop.delete_all(who.id),
}
each_secret = pytest.mark.parametrize("act", SECRETS.values(), ids=SECRETS)


def unchanged(who: Customer, act: Callable[[Shop, Customer], object], shop: Shop) -> Why:
    """Why it was refused, when nothing of the user is changed and nothing is written down."""
    before, acts = who.shop.look(who.id), acts_of(who)
    why = refusal(act(shop, who))
    assert (who.shop.look(who.id), acts_of(who)) == (before, acts)
    return why


@each_secret
def test_without_the_permission_nothing_is_handed_out_or_taken(
    joan: Customer, kiosk: Shop, act: Callable[[Shop, Customer], object]
) -> None:
    assert unchanged(joan, act, kiosk) is Why.NOT_PERMITTED
    nobody = Customer(kiosk, uuid4(), uuid4(), joan.app)
    assert refusal(act(kiosk, nobody)) is Why.NOT_PERMITTED


@each_secret
@pytest.mark.parametrize("role", [Role.ADMIN, Role.OWNER])
def test_nothing_reaches_who_has_a_role_in_the_portal(
    shop: Shop, people: People, role: Role, act: Callable[[Shop, Customer], object]
) -> None:
    boss = people.ready("boss@example.org", role=role)
    assert unchanged(shop.knows(boss), act, shop) is Why.PORTAL_ROLE
    assert boss.visitor()


@each_secret
def test_a_user_of_another_organization_is_unknown(
    joan: Customer, mill: Shop, act: Callable[[Shop, Customer], object]
) -> None:
    assert unchanged(joan, act, mill) in {Why.UNKNOWN_MEMBER, Why.UNKNOWN_AUTHENTICATOR}


def test_nor_is_anybody_checked_from_another_organization(joan: Customer, mill: Shop) -> None:
    there, code = mill.knows_as(joan), joan.next_code()
    assert refusal(there.try_code(code)) is Why.UNKNOWN_MEMBER
    assert refusal(there.try_recovery(joan.codes[0])) is Why.UNKNOWN_MEMBER
    assert joan.row.failures_in_row == 0
    granted(joan.try_code(code))
    granted(joan.try_recovery(joan.codes[0]))


@each_secret
@pytest.mark.parametrize("reason", [LockReason.ADMIN, LockReason.PANIC])
def test_nothing_is_handed_out_while_a_person_has_locked_it(
    joan: Customer, portal: Portal, reason: LockReason, act: Callable[[Shop, Customer], object]
) -> None:
    locked_by(portal, joan, reason)
    assert unchanged(joan, act, joan.shop) is Why.LOCKED


def forbid(shop: Shop) -> None:
    project_upkeep.permit(shop.portal, shop.project.public_id, Permission.FACTOR_SECRETS, given=False)


@each_secret
def test_a_request_that_was_on_its_way_when_the_permission_went_is_refused(
    joan: Customer, act: Callable[[Shop, Customer], object]
) -> None:
    forbid(joan.shop)
    assert joan.shop.project.may(Permission.FACTOR_SECRETS)
    assert unchanged(joan, act, joan.shop) is Why.NOT_PERMITTED


def test_what_was_begun_is_confirmed_only_by_who_may_still_plant_it(begun: Customer, portal: Portal) -> None:
    forbid(begun.shop)
    assert refusal(begun.try_code(begun.code())) is Why.NOT_PERMITTED
    project_upkeep.permit(portal, begun.shop.project.public_id, Permission.FACTOR_SECRETS, given=True)
    with portal.writing() as tx:
        members.change_role(tx.db, begun.row.id, Role.ADMIN)
    assert refusal(begun.try_code(begun.code())) is Why.PORTAL_ROLE
    assert begun.row.authenticator_count == 0


def test_nobody_is_checked_for_a_project_that_was_removed_meanwhile(joan: Customer) -> None:
    project_upkeep.remove(joan.shop.portal, joan.shop.project.public_id)
    assert refusal(joan.try_code(joan.next_code())) is Why.UNKNOWN_MEMBER
    assert refusal(joan.try_recovery(joan.codes[0])) is Why.UNKNOWN_MEMBER
    assert joan.row.codes_left == 10


def test_an_administrators_lock_ends_what_waits(begun: Customer, olive: Person) -> None:
    done = locks.lock(olive.portal, olive.session, begun.id, reason="lost the phone", proof="", origin=AT_HOME)
    assert not isinstance(done, Refused)
    assert begun.shop.look(begun.id).totps == ()
    assert refusal(begun.try_code(begun.code())) is Why.NOT_ENROLLED


@pytest.mark.parametrize("status", [Status.INVITED, Status.SUSPENDED, Status.REMOVED])
def test_who_is_not_in_is_neither_checked_nor_given_anything(joan: Customer, portal: Portal, status: Status) -> None:
    code = joan.next_code()
    with portal.writing() as tx:
        members.change_status(tx.db, joan.row.id, status)
    why = Why.UNKNOWN_MEMBER if status is Status.REMOVED else Why.NOT_ACTIVE
    for tried in (joan.try_code(code), joan.try_recovery(joan.codes[0]), joan.shop.try_reading(joan.id)):
        assert refusal(tried) is why
    assert refusal(joan.shop.try_begin(joan.id)) is why
    assert refusal(joan.shop.delete(joan.totp)) is why
    with portal.writing() as tx:
        members.change_status(tx.db, joan.row.id, Status.ACTIVE)
    granted(joan.try_code(code))


# taking it away


def test_with_the_last_one_go_the_codes(joan: Customer, shop: Shop) -> None:
    generation = joan.row.code_generation
    done = granted(shop.delete(joan.totp))
    assert done == shop.look(joan.id)
    row = joan.row
    assert (done.totps, row.authenticator_count, row.codes_left, row.codes_pending) == ((), 0, 0, False)
    assert row.code_generation == generation
    assert acts_of(joan)[-2:] == [Act.AUTHENTICATOR_REMOVED, Act.CODES_VOIDED]
    assert refusal(joan.try_code(joan.next_code())) is Why.NOT_ENROLLED
    assert refusal(joan.try_recovery(joan.codes[0])) is Why.NOT_ENROLLED
    assert refusal(shop.try_reading(joan.id)) is Why.NOT_ENROLLED
    assert refusal(shop.delete(joan.totp)) is Why.UNKNOWN_AUTHENTICATOR


def test_one_of_several_leaves_the_others_and_the_codes(shop: Shop, ada: Person, clock: TestClock) -> None:
    ada.enrol(ada.session)
    older, newer = ada.authenticators
    done = granted(shop.delete(older.public_id))
    assert listed(done) == [(newer.public_id, True)]
    row = ada.row
    assert (row.authenticator_count, row.codes_left, row.enrols_with_pass) == (1, 10, False)
    assert Act.CODES_VOIDED not in ada.acts
    clock.advance(seconds=30)
    granted(shop.try_code(ada.public_id, ada.apps[1].code(clock.now())))
    assert refusal(shop.try_code(ada.public_id, ada.apps[0].code(clock.now()))) is Why.WRONG_CODE


def test_a_pending_one_is_cancelled_with_its_codes(begun: Customer, shop: Shop, portal: Portal) -> None:
    assert granted(shop.delete(begun.totp)).totps == ()
    assert acts_of(begun)[-1] is Act.ENROLMENT_CANCELLED
    assert refusal(begun.try_code(begun.code())) is Why.NOT_ENROLLED
    with portal.reading() as tx:
        for table in ("enrolment", "project_enrolment", "staged_code"):
            assert tx.db.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0  # noqa: S608


def test_what_is_not_there_is_unknown(joan: Customer, shop: Shop) -> None:
    assert refusal(shop.delete(uuid4())) is Why.UNKNOWN_AUTHENTICATOR


def test_what_an_application_deleted_it_can_make_again(joan: Customer, shop: Shop) -> None:
    granted(shop.delete(joan.totp))
    again = shop.enrolled(joan.id)
    assert not set(again.codes) & set(joan.codes)
    assert refusal(again.try_recovery(joan.codes[0])) is Why.WRONG_CODE
    granted(again.try_recovery(again.codes[0]))
    assert refusal(again.try_code(joan.next_code())) is Why.WRONG_CODE
    granted(again.try_code(again.code()))
    assert again.row.codes_left == 9


def test_where_a_member_has_one_or_none_all_are_taken_at_once(
    shop: Shop, till: Shop, ada: Person, begun: Customer
) -> None:
    ada.enrol(ada.session)
    customer = shop.knows(ada)
    here, elsewhere = customer.comes_in(), till.knows_as(customer).comes_in()
    assert granted(shop.delete_all(ada.public_id)).totps == ()
    row = ada.row
    assert (row.authenticator_count, row.codes_left, row.enrols_with_pass) == (0, 0, True)
    assert ada.acts[-3:] == [Act.AUTHENTICATOR_REMOVED, Act.AUTHENTICATOR_REMOVED, Act.CODES_VOIDED]
    assert refusal(customer.try_recovery(ada.codes[0])) is Why.NOT_ENROLLED
    assert (shop.use(here.token).user.id, ada.visitor()) == (ada.public_id, None)
    assert refusal(till.try_use(elsewhere.token)) is Why.UNKNOWN_SESSION
    assert refusal(shop.delete_all(ada.public_id)) is Why.UNKNOWN_AUTHENTICATOR
    assert refusal(till.delete_all(begun.id)) is Why.UNKNOWN_AUTHENTICATOR
    assert granted(shop.delete_all(begun.id)).totps == ()
    assert acts_of(begun)[-1] is Act.ENROLMENT_CANCELLED
    assert refusal(begun.try_code(begun.code())) is Why.NOT_ENROLLED


def test_the_secret_and_the_codes_lie_nowhere_in_clear(joan: Customer, portal: Portal, shop: Shop) -> None:
    shop.begin(shop.user("bea@example.org").id)
    secret, codes = joan.app.secret, [code.replace("-", "") for code in joan.codes]
    with portal.reading() as tx:
        for table in ("authenticator", "enrolment", "staged_code", "recovery_code", "event"):
            rows = repr(tx.db.exec_driver_sql(f"SELECT * FROM {table}").all())  # noqa: S608
            assert repr(secret)[2:-1] not in rows
            assert not any(code in rows for code in [*codes, *joan.codes])


def test_a_session_is_had_only_by_who_wishes_for_one(joan: Customer) -> None:
    assert granted(joan.try_code(joan.next_code())).session is None
    assert granted(joan.try_recovery(joan.codes[0])).session is None
    assert joan.shop.sessions_of(joan.id) == []
    assert granted(joan.try_recovery(joan.codes[1], life=AN_HOUR)).session is not None
