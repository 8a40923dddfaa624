"""Taking over a second factor that another system made: its secret, and the codes that its member has on paper."""

from typing import Any

import pytest

from app.domain.attempts import LockReason
from app.domain.events import Act
from app.domain.members import Role, Status
from app.domain.recovery_codes import FOREIGN_AT_MOST, HANDED_KEPT_FOR, Form, Visibility
from app.domain.refusals import Why
from app.domain.totp import FOREIGN_BYTES_AT_LEAST, key_of
from app.portal import Portal
from app.services import password_link, project_upkeep, recovery_codes
from app.storage.tables import member
from tests.support.clock import TestClock
from tests.support.keeping import keeps, sealed_copies
from tests.support.otp import AuthenticatorApp
from tests.support.people import AT_HOME, NEW_PASSWORD, People, Person, granted, refusal
from tests.support.shops import Customer, Shop

SECRET = bytes(range(20))
KEY = key_of(SECRET)
CODES = ["ABCD-1234", "Efgh 5678", "!jkl_9012"]
AS_SPELLED = ["abcd-1234", "efgh-5678", "!jkl-_901-2"]


def brought(shop: Shop, *given: str, secret: bytes = SECRET, email: str = "joan@example.org") -> Customer:
    """Somebody who was enrolled elsewhere."""
    user = shop.user(email)
    taken = granted(shop.migrate(user.id, key_of(secret), *given))
    return Customer(shop, user.id, taken.totp, AuthenticatorApp(secret, "Old", email), taken.codes)


def test_an_authenticator_and_its_codes_work_on_as_they_did(shop: Shop, clock: TestClock) -> None:
    joan = brought(shop, *CODES)
    row = joan.row
    assert joan.codes == AS_SPELLED
    assert (row.authenticator_count, row.codes_left, row.codes_pending) == (1, 3, True)
    assert [(one.id, one.verified) for one in shop.look(joan.id).totps] == [(joan.totp, True)]
    told = [(one.act, one.details.get("count")) for one in shop.history_of(joan.id)]
    assert told == [(Act.USER_CREATED, None), (Act.AUTHENTICATOR_TAKEN_OVER, None), (Act.CODES_TAKEN_OVER, 3)]
    early, now = joan.code(steps=-1), joan.code()
    granted(joan.try_code(early))
    granted(joan.try_code(now))
    assert refusal(joan.try_code(now)) is Why.USED_CODE
    granted(joan.try_recovery("efgh5678"))
    assert refusal(joan.try_recovery("EFGH-5678")) is Why.USED_CODE
    assert granted(shop.try_reading(joan.id)).totps[0][1] == [AS_SPELLED[0], AS_SPELLED[2]]
    granted(joan.try_recovery(" !JKL_9012"))
    assert joan.row.codes_left == 1


def test_whatever_misses_an_imported_code_costs_a_try(shop: Shop) -> None:
    """There is no check symbol by which a slip of the finger could be told."""
    joan = brought(shop, *CODES)
    for tried in range(1, 4):
        assert refusal(joan.try_recovery(f"abcd-123{tried}x")) is Why.WRONG_CODE
        assert joan.row.failures_in_row == tried
    granted(joan.try_recovery("abcd1234"))
    assert joan.row.failures_in_row == 0


def test_who_brings_no_codes_is_given_ours(shop: Shop) -> None:
    joan = brought(shop)
    assert (len(set(joan.codes)), joan.row.codes_left) == (10, 10)
    assert shop.history_of(joan.id)[-1].act is Act.CODES_MADE
    assert granted(shop.try_reading_live(joan.id)).codes == joan.codes
    granted(joan.try_recovery(joan.codes[4]))


@pytest.mark.parametrize(
    ("secret", "given", "why"),
    [
        ("", CODES, Why.UNFIT_SECRET),
        ("no base32!", CODES, Why.UNFIT_SECRET),
        ("A" * 257, CODES, Why.UNFIT_SECRET),
        (key_of(bytes(FOREIGN_BYTES_AT_LEAST - 1)), CODES, Why.WEAK_SECRET),
        (KEY, ["short"], Why.UNFIT_CODES),
        (KEY, [*CODES, "abcd 1234"], Why.UNFIT_CODES),
        (KEY, [f"code-{number:04}" for number in range(FOREIGN_AT_MOST + 1)], Why.UNFIT_CODES),
    ],
)
def test_what_cannot_be_taken_over_is_refused_with_the_reason(
    shop: Shop, secret: str, given: list[str], why: Why
) -> None:
    joan = shop.user()
    assert refusal(shop.migrate(joan.id, secret, *given)) is why
    assert shop.look(joan.id) == joan
    assert [one.act for one in shop.history_of(joan.id)] == [Act.USER_CREATED]


@pytest.mark.parametrize("length", [FOREIGN_BYTES_AT_LEAST, 16, 32, 64, 160])
def test_a_secret_of_any_strength_that_is_enough_is_taken_over(shop: Shop, length: int) -> None:
    joan = brought(shop, secret=bytes(range(length)))
    granted(joan.try_code(joan.code()))


def test_twenty_codes_of_the_longest_are_taken_over(shop: Shop) -> None:
    given = [f"{number:064}" for number in range(FOREIGN_AT_MOST)]
    joan = brought(shop, *given)
    assert joan.row.codes_left == FOREIGN_AT_MOST
    granted(joan.try_recovery(given[-1]))


def test_the_same_codes_of_two_people_are_two_sets(shop: Shop) -> None:
    joan, bea = brought(shop, *CODES), brought(shop, *CODES, email="bea@example.org")
    granted(joan.try_recovery(CODES[0]))
    granted(bea.try_recovery(CODES[0]))
    assert (joan.row.codes_left, bea.row.codes_left) == (2, 2)


def test_what_waited_to_be_confirmed_is_over_and_sessions_elsewhere_end(shop: Shop, till: Shop) -> None:
    begun = shop.begin(shop.user().id)
    granted(shop.migrate(begun.id, KEY, *CODES))
    assert refusal(begun.try_code(begun.code())) is Why.WRONG_CODE
    assert refusal(begun.try_recovery(begun.codes[0])) is Why.WRONG_CODE
    joan = Customer(shop, begun.id, shop.look(begun.id).totps[0].id, AuthenticatorApp(SECRET, "Old", "joan"))
    assert shop.look(begun.id).totp == joan.totp
    here, elsewhere = joan.comes_in(), till.knows_as(joan).comes_in()
    granted(shop.delete_all(joan.id))
    assert refusal(till.try_use(elsewhere.token)) is Why.UNKNOWN_SESSION
    granted(shop.migrate(joan.id, KEY, *CODES))
    assert shop.use(here.token).user.id == joan.id
    assert shop.row_of(joan.id).codes_left == 3


def test_who_has_an_authenticator_gets_no_other(shop: Shop, ada: Person) -> None:
    before = shop.look(ada.public_id)
    assert refusal(shop.migrate(ada.public_id, KEY, *CODES)) is Why.ENROLLED
    assert shop.look(ada.public_id) == before
    assert ada.visitor()


BARRED: dict[str, tuple[dict[str, Any], Why]] = {
    "admin": ({"role": Role.ADMIN}, Why.PORTAL_ROLE),
    "owner": ({"role": Role.OWNER}, Why.PORTAL_ROLE),
    "suspended": ({"status": Status.SUSPENDED}, Why.NOT_ACTIVE),
    "invited": ({"status": Status.INVITED}, Why.NOT_ACTIVE),
    "removed": ({"status": Status.REMOVED}, Why.UNKNOWN_MEMBER),
    "locked by an admin": ({"lock_reason": LockReason.ADMIN}, Why.LOCKED),
    "panicked": ({"lock_reason": LockReason.PANIC}, Why.LOCKED),
}


@pytest.mark.parametrize(("columns", "why"), BARRED.values(), ids=BARRED)
def test_nothing_is_planted_on_whom_a_key_may_not_touch(shop: Shop, columns: dict[str, Any], why: Why) -> None:
    joan = shop.user()
    with shop.portal.writing() as tx:
        tx.db.execute(member.update().where(member.c.public_id == joan.id).values(**columns))
    assert refusal(shop.migrate(joan.id, KEY, *CODES)) is why
    assert shop.row_of(joan.id).authenticator_count == 0


def test_only_with_the_permission_and_of_the_own_organization(shop: Shop, kiosk: Shop, mill: Shop) -> None:
    joan = shop.user(external_id="u-1")
    assert refusal(kiosk.migrate(joan.id, KEY)) is Why.NOT_PERMITTED
    for named in (joan.id, "u-1"):
        assert refusal(mill.migrate(named, KEY)) is Why.UNKNOWN_MEMBER
    project_upkeep.remove(shop.portal, shop.project.public_id)
    assert refusal(shop.migrate(joan.id, KEY)) in {Why.UNKNOWN_MEMBER, Why.NOT_PERMITTED}


@pytest.mark.parametrize("mode", list(Visibility))
def test_copies_of_imported_codes_are_kept_as_the_organization_has_it(
    shop: Shop, portal: Portal, clock: TestClock, mode: Visibility
) -> None:
    keeps(portal, mode)
    joan = brought(shop, *CODES)
    assert sealed_copies(portal, joan.row.id) == (0 if mode is Visibility.ONCE else 3)
    read = granted(shop.try_reading(joan.id)).totps[0][1]
    assert read == ([] if mode is Visibility.ONCE else AS_SPELLED)
    clock.advance(seconds=HANDED_KEPT_FOR.total_seconds() + 1)
    assert granted(shop.try_reading_live(joan.id)).codes == (AS_SPELLED if mode is Visibility.VIEWABLE else [])
    granted(joan.try_recovery(CODES[0]))


def test_who_was_brought_along_signs_in_to_the_portal_with_what_they_have(
    shop: Shop, portal: Portal, people: People, clock: TestClock
) -> None:
    joan = brought(shop, *CODES)
    row = joan.row
    person = Person(portal, clock, row.id, row.organization_id, "joan@example.org", NEW_PASSWORD, apps=[joan.app])
    granted(password_link.use(portal, person.given_password_link(), NEW_PASSWORD, AT_HOME))
    person.sign_in("EFGH 5678")
    assert (person.code_set.form, person.code_set.left) == (Form.FOREIGN, 2)
    clock.advance(minutes=10)
    session = person.sign_in()
    shown = granted(recovery_codes.show(portal, session, proof="", act=Act.CODES_SHOWN, origin=AT_HOME)).codes
    assert [one.code for one in shown.codes] == [AS_SPELLED[0], None, AS_SPELLED[2]]
    new = person.regenerate()
    assert (person.code_set.form, len(new)) == (Form.SPAREKEY, 10)
    assert refusal(joan.try_recovery(CODES[0])) is Why.MISTYPED_CODE
