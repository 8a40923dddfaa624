"""Searching users through Stytch's own client: by every filter, page by page, and what no search can be made of."""

from collections.abc import Iterator
from typing import Any

import pytest
import stytch
from stytch.consumer.models.users import SearchUsersQuery, SearchUsersQueryOperator

from app.domain.members import Status
from tests.support import coroutines
from tests.support.applications import Application, StytchUser, told
from tests.support.clock import TestClock
from tests.support.people import People

OF_NOBODY = [
    ("phone_id", ["phone-number-live-1"]),
    ("phone_number", ["+15550100"]),
    ("phone_number_fuzzy", ["555"]),
    ("phone_verified", True),
    ("oauth_provider", ["google"]),
    ("webauthn_registration_id", ["webauthn-registration-live-1"]),
    ("webauthn_registration_verified", True),
    ("crypto_wallet_id", ["crypto-wallet-live-1"]),
    ("crypto_wallet_address", ["0x1"]),
    ("crypto_wallet_verified", False),
    ("biometric_registration_id", ["biometric-registration-live-1"]),
    ("biometric_registration_verified", False),
]


@pytest.fixture
def ids(client: stytch.Client, clock: TestClock, people: People) -> dict[str, str]:
    """Four users: two that the shop made, a minute apart, one of the portal with a password, and one of nothing."""
    ada = StytchUser.made(
        client, clock, email="ada@example.org", name={"first_name": "Ada", "last_name": "Lovelace"}, external_id="17"
    )
    ada.confirms()
    clock.advance(minutes=1)
    bob = StytchUser.made(client, clock, email="Bob_100%@Example.org", name={"first_name": "Bob"}, external_id="18")
    clock.advance(minutes=1)
    carl = people.newcomer("carl@example.com")
    carl.set(email_verified=True)
    clock.advance(minutes=1)
    nobody = client.users.create(create_user_as_pending=True)
    return {"Ada": ada.user_id, "Bob": bob.user_id, "Carl": f"user-live-{carl.public_id}", "Nobody": nobody.user_id}


class Searcher:
    """Asks for users and calls them by their names."""

    def __init__(self, client: stytch.Client, ids: dict[str, str]) -> None:
        self.client = client
        self.ids = ids
        self._names = {user_id: name for name, user_id in ids.items()}

    def __call__(self, *operands: tuple[str, Any], operator: str = "AND") -> list[str]:
        query = {
            "operator": operator,
            "operands": [{"filter_name": name, "filter_value": value} for name, value in operands],
        }
        found = self.client.users.search(query=query)
        assert found.results_metadata.total == len(found.results)
        assert found.results_metadata.next_cursor is None
        return [self._names[user.user_id] for user in found.results]


@pytest.fixture
def search(client: stytch.Client, ids: dict[str, str]) -> Searcher:
    return Searcher(client, ids)


def test_ids_find_whose_they_are(search: Searcher, ids: dict[str, str]) -> None:
    ada, bob = (search.client.users.get(user_id=ids[name]) for name in ("Ada", "Bob"))
    assert search(("user_id", [ids["Bob"], ids["Nobody"], "no id"])) == ["Bob", "Nobody"]
    assert search(("user_id", [])) == []
    assert search(("external_ids", ["18", "19"])) == ["Bob"]
    assert search(("email_id", [ada.emails[0].email_id])) == ["Ada"]
    assert search(("totp_id", [ada.totps[0].totp_id])) == ["Ada"]
    assert search(("totp_id", [bob.totps[0].totp_id])) == ["Bob"]
    assert search(("totp_id", [ids["Ada"]])) == []


def test_an_address_that_was_taken_away_finds_nobody(search: Searcher, ids: dict[str, str]) -> None:
    email_id = search.client.users.get(user_id=ids["Ada"]).emails[0].email_id
    search.client.users.delete_email(email_id=email_id)
    assert search(("email_address", ["ada@example.org"])) == []
    assert search(("email_id", [email_id])) == []


def test_addresses_find_whose_they_are(search: Searcher) -> None:
    assert search(("email_address", ["ADA@example.org", "carl@example.com"])) == ["Ada", "Carl"]
    assert search(("email_address", ["ada@example"])) == []
    assert search(("email_address_fuzzy", ["example.org"])) == ["Ada", "Bob"]
    assert search(("email_address_fuzzy", "carl")) == ["Carl"]
    assert search(("email_address_fuzzy", ["B_100%@"])) == ["Bob"]
    assert search(("email_address_fuzzy", ["b%@"])) == search(("email_address_fuzzy", ["___"])) == []
    assert search(("email_verified", True)) == ["Carl"]
    assert search(("email_verified", False)) == ["Ada", "Bob"]


def test_names_find_whose_they_are(search: Searcher) -> None:
    assert search(("full_name_fuzzy", ["love"])) == ["Ada"]
    assert search(("full_name_fuzzy", "BOB")) == ["Bob"]
    assert search(("full_name_fuzzy", ["love", "carl"])) == ["Ada", "Carl"]


def test_what_people_have_finds_them(search: Searcher) -> None:
    assert search(("totp_verified", True)) == ["Ada"]
    assert search(("totp_verified", False)) == ["Bob"]
    assert search(("password_exists", True)) == ["Carl"]
    assert search(("password_exists", False)) == ["Ada", "Bob", "Nobody"]


def test_how_people_stand_finds_them(search: Searcher, people: People) -> None:
    assert search(("status", ["active"])) == ["Ada", "Bob", "Carl"]
    assert search(("status", ["pending"])) == ["Nobody"]
    assert search(("status", ["active", "pending"])) == ["Ada", "Bob", "Carl", "Nobody"]
    assert search(("status", [])) == []
    people.with_status(Status.REMOVED, "gone@example.com")
    assert search(("status", ["active", "pending"])) == ["Ada", "Bob", "Carl", "Nobody"]


def test_when_they_were_made_finds_them(search: Searcher, ids: dict[str, str]) -> None:
    made = search.client.users.get(user_id=ids["Bob"]).created_at
    assert made
    moment = made.isoformat()
    assert search(("created_at_greater_than", moment)) == ["Carl", "Nobody"]
    assert search(("created_at_less_than", moment.replace("+00:00", "Z"))) == ["Ada"]
    between = {"greater_than": moment, "less_than": "2999-01-01T00:00:00+02:00"}
    assert search(("created_at_between", between)) == ["Carl", "Nobody"]


def test_what_nobody_has_here_finds_nobody(search: Searcher) -> None:
    for name, value in OF_NOBODY:
        assert search((name, value)) == [], name
    assert search(("phone_number", ["+15550100"]), ("full_name_fuzzy", ["ada"]), operator="OR") == ["Ada"]


def test_several_filters_are_all_to_fit_or_any(search: Searcher) -> None:
    of_the_org, verified = ("email_address_fuzzy", ["example.org"]), ("totp_verified", True)
    assert search(of_the_org, verified) == ["Ada"]
    assert search(of_the_org, verified, operator="OR") == ["Ada", "Bob"]
    assert search(("password_exists", True), verified, operator="OR") == ["Ada", "Carl"]
    assert search(("password_exists", True), verified) == []
    assert search() == search(operator="OR") == ["Ada", "Bob", "Carl", "Nobody"]


def test_a_user_is_found_as_they_are_looked_at(search: Searcher, ids: dict[str, str]) -> None:
    found = search.client.users.search()
    assert [user.user_id for user in found.results] == list(ids.values())
    for user in found.results:
        looked_at = search.client.users.get(user_id=user.user_id)
        assert user.model_dump() == looked_at.model_dump(exclude={"status_code", "request_id"})


def test_a_search_goes_on_page_by_page(client: stytch.Client) -> None:
    made = [client.users.create(email=f"user{number}@example.org").user_id for number in range(5)]
    first = client.users.search(limit=2)
    assert ([user.user_id for user in first.results], first.results_metadata.total) == (made[:2], 5)
    cursor = first.results_metadata.next_cursor
    assert cursor
    late = client.users.create(email="late@example.org").user_id
    client.users.delete(user_id=made[1])
    second = client.users.search(limit=3, cursor=cursor)
    assert [user.user_id for user in second.results] == made[2:]
    last = client.users.search(limit=3, cursor=second.results_metadata.next_cursor)
    assert ([user.user_id for user in last.results], last.results_metadata.next_cursor) == ([late], None)


@pytest.mark.filterwarnings("ignore:The `dict` method is deprecated", "ignore:The 'auth' parameter is deprecated")
def test_the_client_leafs_through_all_pages_by_itself(client: stytch.Client) -> None:
    made = [client.users.create(email=f"user{number}@example.org").user_id for number in range(5)]
    client.users.create(email="other@example.com")
    query = SearchUsersQuery(
        operator=SearchUsersQueryOperator.AND,
        operands=[{"filter_name": "email_address_fuzzy", "filter_value": ["example.org"]}],
    )
    pages = list(client.users.search_all(limit=2, query=query))
    assert [[user.user_id for user in page.results] for page in pages] == [made[:2], made[2:4], made[4:]]
    assert {page.results_metadata.total for page in pages} == {5}
    exactly = list(client.users.search_all(limit=3))
    assert [len(page.results) for page in exactly] == [3, 3]

    async def all_of_them() -> list[str]:
        async with client:
            return [user.user_id async for page in client.users.search_all_async(limit=2) for user in page.results]

    assert coroutines.run(all_of_them())[:5] == made


def _unfit_searches() -> Iterator[tuple[dict[str, Any], str]]:
    yield {"limit": 0}, "user_search_invalid_limit"
    yield {"limit": 1001}, "user_search_invalid_limit"
    yield {"limit": "2"}, "user_search_invalid_limit"
    yield {"cursor": "elsewhere"}, "user_search_invalid_cursor"
    yield {"query": {"operator": "NOT", "operands": []}}, "bad_request"
    yield {"query": {"operator": "AND"}}, "bad_request"
    yield {"query": {"operator": "AND", "operands": [{}] * 51}}, "bad_request"
    too_many = "user_search_maximum_filter_value_count_exceeded"
    for operand, kind in [
        ({"filter_value": ["x"]}, "user_search_missing_filter_name"),
        ({"filter_name": "", "filter_value": ["x"]}, "user_search_missing_filter_name"),
        ({"filter_name": "user_id"}, "user_search_missing_filter_value"),
        ({"filter_name": "user_id", "filter_value": None}, "user_search_missing_filter_value"),
        ({"filter_name": "shoe_size", "filter_value": [41]}, "user_search_filter_name_not_recognized"),
        ({"filter_name": "user_id", "filter_value": "x"}, "bad_request"),
        ({"filter_name": "user_id", "filter_value": [1]}, "bad_request"),
        ({"filter_name": "email_address", "filter_value": ["x"] * 101}, too_many),
        ({"filter_name": "status", "filter_value": ["asleep"]}, "user_search_invalid_status_filter"),
        ({"filter_name": "email_address_fuzzy", "filter_value": ["ad"]}, "user_search_email_address_fuzzy_too_short"),
        ({"filter_name": "email_verified", "filter_value": "yes"}, "bad_request"),
        ({"filter_name": "totp_verified", "filter_value": 1}, "bad_request"),
        ({"filter_name": "created_at_less_than", "filter_value": "yesterday"}, "bad_request"),
        ({"filter_name": "created_at_less_than", "filter_value": "2026-05-04T09:30:00"}, "bad_request"),
        ({"filter_name": "created_at_less_than", "filter_value": 1777887000}, "bad_request"),
        ({"filter_name": "created_at_between", "filter_value": "2026-05-04T09:30:00Z"}, "bad_request"),
        ({"filter_name": "created_at_between", "filter_value": {"less_than": "2026-05-04T09:30:00Z"}}, "bad_request"),
    ]:
        yield {"query": {"operator": "AND", "operands": [operand]}}, kind


def test_what_cannot_be_searched_for_is_told_by_its_type(client: stytch.Client) -> None:
    for asked, kind in _unfit_searches():
        assert told(client.users.search, **asked) == (400, kind), asked


def test_a_moment_at_the_end_of_time_is_a_moment(search: Searcher) -> None:
    for moment in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59.999999Z"):
        everybody = ["Ada", "Bob", "Carl", "Nobody"]
        assert search(("created_at_less_than", moment)) == (everybody if moment.startswith("9999") else [])
        assert search(("created_at_greater_than", moment)) == ([] if moment.startswith("9999") else everybody)


def test_nobody_of_another_organization_is_found(
    client: stytch.Client, ids: dict[str, str], neighbour: Application
) -> None:
    theirs = neighbour.stytch()
    theirs_own = theirs.users.create(email="ada@example.org").user_id
    assert [user.user_id for user in theirs.users.search().results] == [theirs_own]
    named = {"operator": "OR", "operands": [{"filter_name": "user_id", "filter_value": list(ids.values())}]}
    found = theirs.users.search(query=named)
    assert (found.results, found.results_metadata.total) == ([], 0)
    assert len(client.users.search().results) == 4
