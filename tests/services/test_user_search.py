"""Searching users: each filter, all or any of them, and going on from page to page."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.users import Condition, Filter
from app.services import membership
from tests.support.clock import A_MONDAY
from tests.support.people import People, Person
from tests.support.shops import AN_HOUR, Shop

AN_INSTANT = timedelta(microseconds=1)


@pytest.fixture
def crowd(shop: Shop, till: Shop, mill: Shop, people: People) -> dict[str, UUID]:
    """Made an hour apart, from the moment on at which the clock begins; one of each kind."""
    found: dict[str, UUID] = {}

    def there(name: str, id_: UUID) -> None:
        found[name] = id_
        shop.clock.advance(hours=1)

    there("joan", shop.user("Joan.Clarke@Example.org", first_name="Joan", last_name="Clarke", external_id="u-1").id)
    there("bea", shop.user("bea@example.org", first_name="Beatrice", pending=True, external_id="u-2").id)
    there("nemo", shop.user(None).id)
    there("ada", people.ready().public_id)
    there("dina", shop.user("dina@example.org", first_name="100%", last_name="_Dina_").id)
    shop.begin(found["dina"], life=timedelta(hours=5))
    there("sue", people.ready("sue@example.org").public_id)
    mill.user("miller@example.org", first_name="Joan", external_id="u-1")
    till.begin(found["bea"])
    return found


@pytest.fixture
def found(crowd: dict[str, UUID], shop: Shop) -> Callable[..., set[str]]:
    """Whom a search finds; how many it says there are is always right."""
    names = {id_: name for name, id_ in crowd.items()}

    def search(*conditions: tuple[Filter, Any], any_of: bool = False) -> set[str]:
        page = shop.search(*(Condition(*one) for one in conditions), any_of=any_of)
        assert (page.total, page.after) == (len(page.users), None)
        assert [one.made_at for one in page.users] == sorted(one.made_at for one in page.users)
        return {names[one.id] for one in page.users}

    return search


Found = Callable[..., set[str]]
EVERYBODY = {"joan", "bea", "nemo", "ada", "dina", "sue"}


def hour(number: float) -> datetime:
    return A_MONDAY + number * AN_HOUR


def test_without_conditions_everybody_is_found_in_the_order_of_their_making(
    found: Found, crowd: dict[str, UUID], shop: Shop
) -> None:
    assert found() == EVERYBODY
    assert found(any_of=True) == EVERYBODY
    assert [one.id for one in shop.search().users] == list(crowd.values())


def test_by_id(found: Found, crowd: dict[str, UUID]) -> None:
    assert found((Filter.USER_ID, [crowd["joan"], crowd["ada"], uuid4()])) == {"joan", "ada"}
    assert found((Filter.USER_ID, [])) == set()


def test_by_external_id_of_this_project(found: Found, crowd: dict[str, UUID], till: Shop) -> None:
    assert found((Filter.EXTERNAL_ID, ["u-1", "u-2", "u-3"])) == {"joan", "bea"}
    assert found((Filter.EXTERNAL_ID, ["U-1"])) == set()
    assert till.search(Condition(Filter.EXTERNAL_ID, ["u-1"])).users == []


def test_by_status(found: Found, till: Shop) -> None:
    assert found((Filter.STATUS, ["active"])) == EVERYBODY - {"bea"}
    assert found((Filter.STATUS, ["pending"])) == {"bea"}
    assert found((Filter.STATUS, ["active", "pending"])) == EVERYBODY
    assert found((Filter.STATUS, [])) == set()
    assert till.search(Condition(Filter.STATUS, ["pending"])).users == []


def test_the_suspended_are_not_active(found: Found, people: People, crowd: dict[str, UUID]) -> None:
    with people.portal.writing() as tx:
        tx.db.exec_driver_sql("UPDATE member SET status = 'suspended' WHERE email = 'sue@example.org'")
    assert found((Filter.STATUS, ["pending"])) == {"bea", "sue"}


PARTS: list[tuple[list[str], set[str]]] = [
    (["clarke"], {"joan"}), (["JOAN C"], {"joan"}), (["eat", "clark"], {"joan", "bea"}), (["%"], {"dina"}),
    (["_dina_"], {"dina"}), (["100%"], {"dina"}), (["j%n"], set()), (["j_an"], set()), (["\\"], set()),
    (["\uff2aoan"], {"joan"}), ([], set()), (["unnamed"], {"nemo"}), (["'; --"], set()),
]  # fmt: skip


def test_by_a_part_of_the_name(found: Found) -> None:
    for parts, whom in PARTS:
        assert found((Filter.NAME_PART, parts)) == whom, parts


def test_a_name_is_not_looked_for_in_the_address(found: Found) -> None:
    assert found((Filter.NAME_PART, ["example.org"])) == set()
    assert found((Filter.NAME_PART, ["dina@"])) == set()


def test_by_address(found: Found) -> None:
    assert found((Filter.EMAIL, ["joan.clarke@example.ORG", "ADA@example.org", "x@example.org"])) == {"joan", "ada"}
    assert found((Filter.EMAIL, ["example.org"])) == set()
    assert found((Filter.EMAIL, [""])) == set()


def test_by_a_part_of_the_address(found: Found) -> None:
    assert found((Filter.EMAIL_PART, ["EXAMPLE"])) == EVERYBODY - {"nemo"}
    assert found((Filter.EMAIL_PART, ["clarke@", "sue"])) == {"joan", "sue"}
    assert found((Filter.EMAIL_PART, ["%@", "_"])) == set()


def test_by_whether_the_address_is_verified(found: Found, people: People) -> None:
    assert found((Filter.EMAIL_VERIFIED, True)) == set()
    assert found((Filter.EMAIL_VERIFIED, False)) == EVERYBODY - {"nemo"}
    with people.portal.writing() as tx:
        verified = "UPDATE member SET email_verified = TRUE WHERE email_key = 'ada@example.org'"
        tx.db.exec_driver_sql(verified)
    assert found((Filter.EMAIL_VERIFIED, True)) == {"ada"}


def test_by_an_authenticator(found: Found, shop: Shop, till: Shop, crowd: dict[str, UUID]) -> None:
    confirmed = shop.look(crowd["ada"]).totps[0].id
    pending = shop.look(crowd["dina"]).totps[0].id
    of_the_till = till.look(crowd["bea"]).totps[0].id
    assert found((Filter.TOTP_ID, [confirmed, pending, of_the_till, uuid4()])) == {"ada", "dina"}
    shop.clock.advance(hours=5)
    assert found((Filter.TOTP_ID, [confirmed, pending])) == {"ada"}


def test_by_whether_an_authenticator_is_confirmed(found: Found, shop: Shop) -> None:
    assert found((Filter.TOTP_VERIFIED, True)) == {"ada", "sue"}
    assert found((Filter.TOTP_VERIFIED, False)) == {"dina"}
    shop.clock.advance(hours=5)
    assert found((Filter.TOTP_VERIFIED, False)) == set()


def test_by_whether_there_is_a_password(found: Found) -> None:
    assert found((Filter.PASSWORD, True)) == {"ada", "sue"}
    assert found((Filter.PASSWORD, False)) == EVERYBODY - {"ada", "sue"}


def test_by_when_they_were_made(found: Found) -> None:
    assert found((Filter.MADE_AFTER, hour(4))) == {"sue"}
    assert found((Filter.MADE_AFTER, hour(4) - AN_INSTANT)) == {"sue", "dina"}
    assert found((Filter.MADE_BEFORE, hour(1))) == {"joan"}
    assert found((Filter.MADE_BEFORE, hour(1) + AN_INSTANT)) == {"joan", "bea"}
    assert found((Filter.MADE_BETWEEN, (hour(0), hour(3)))) == {"bea", "nemo"}
    assert found((Filter.MADE_BETWEEN, (hour(3), hour(0)))) == set()


def test_by_what_nobody_has(found: Found) -> None:
    assert found((Filter.NOBODY, None)) == set()
    assert found((Filter.NOBODY, None), (Filter.PASSWORD, True), any_of=True) == {"ada", "sue"}


def test_every_filter_is_known(found: Found) -> None:
    values: dict[Filter, Any] = {
        Filter.EMAIL_VERIFIED: True, Filter.TOTP_VERIFIED: True, Filter.PASSWORD: True, Filter.MADE_AFTER: hour(0),
        Filter.MADE_BEFORE: hour(0), Filter.MADE_BETWEEN: (hour(0), hour(0)),
    }  # fmt: skip
    everything = [(one, values.get(one, [])) for one in Filter]
    assert found(*everything) == set()


def test_all_conditions_hold_or_any(found: Found) -> None:
    conditions = (Filter.EMAIL_PART, ["joan", "sue"]), (Filter.PASSWORD, True)
    assert found(*conditions) == {"sue"}
    assert found(*conditions, any_of=True) == {"joan", "sue", "ada"}


def test_nobody_of_another_organization_is_found_by_any_of(found: Found, mill: Shop) -> None:
    miller = mill.search().users[0]
    conditions = [
        (Filter.USER_ID, [miller.id]),
        (Filter.EXTERNAL_ID, ["u-1"]),
        (Filter.EMAIL, ["miller@example.org"]),
        (Filter.NAME_PART, ["joan"]),
        (Filter.MADE_AFTER, hour(-1)),
        (Filter.PASSWORD, False),
    ]
    assert found(*conditions, any_of=True) == EVERYBODY
    assert found((Filter.USER_ID, [miller.id])) == set()


def test_the_removed_are_not_found(found: Found, shop: Shop, crowd: dict[str, UUID]) -> None:
    shop.remove(crowd["joan"])
    assert found() == EVERYBODY - {"joan"}
    assert found((Filter.USER_ID, [crowd["joan"]]), (Filter.EXTERNAL_ID, ["u-1"]), any_of=True) == set()


def test_a_search_goes_on_from_page_to_page(crowd: dict[str, UUID], shop: Shop) -> None:
    seen, after = list[UUID](), None
    for expected in (2, 2, 2):
        page = shop.search(after=after, limit=2)
        assert (len(page.users), page.total) == (expected, 6)
        seen, after = seen + [one.id for one in page.users], page.after
    assert after is None
    assert seen == list(crowd.values())


def test_the_last_page_may_be_short(crowd: dict[str, UUID], shop: Shop) -> None:
    first = shop.search(limit=4)
    assert first.after == crowd["ada"]
    rest = shop.search(after=first.after, limit=4)
    assert ([one.id for one in rest.users], rest.after) == ([crowd["dina"], crowd["sue"]], None)
    assert shop.search(after=crowd["sue"], limit=4).users == []
    assert shop.search(limit=6).after is None


def test_a_page_goes_on_after_somebody_who_was_removed_meanwhile(crowd: dict[str, UUID], shop: Shop) -> None:
    shop.remove(crowd["nemo"])
    page = shop.search(after=crowd["nemo"], limit=1)
    assert [one.id for one in page.users] == [crowd["ada"]]


def test_from_somebody_who_is_not_there_it_begins_with_the_first(
    crowd: dict[str, UUID], shop: Shop, mill: Shop
) -> None:
    elsewhere = mill.search().users[0].id
    for after in (uuid4(), elsewhere):
        assert [one.id for one in shop.search(after=after, limit=1).users] == [crowd["joan"]]


def test_what_was_noted_comes_with_whom_is_found(crowd: dict[str, UUID], shop: Shop) -> None:
    assert shop.search(Condition(Filter.EMAIL, ["bea@example.org"])).users == [shop.look(crowd["bea"])]
    assert shop.search(Condition(Filter.USER_ID, [crowd["dina"]])).users == [shop.look(crowd["dina"])]


def test_who_was_renamed_in_the_portal_is_found_by_the_new_name(
    crowd: dict[str, UUID], shop: Shop, olive: Person
) -> None:
    joan = crowd["joan"]
    membership.rename(olive.portal, olive.session, joan, name="Joan Murray", reason="", proof="", origin=olive.origin)
    assert shop.search(Condition(Filter.NAME_PART, ["joan c"])).users == []
    assert [one.id for one in shop.search(Condition(Filter.NAME_PART, ["murray"])).users] == [joan]
