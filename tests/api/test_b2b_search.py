"""Searching organizations and members through Stytch's own client: by every filter, page by page, within reach."""

from typing import Any

import pytest
import stytch

from app.domain.members import Status
from tests.support import coroutines
from tests.support.applications import Application, StytchMember, told
from tests.support.clock import TestClock
from tests.support.people import People

NO_ORGANIZATION = (404, "organization_not_found")


def _query(operands: tuple[tuple[str, Any], ...], operator: str = "AND") -> dict[str, Any]:
    return {
        "operator": operator,
        "operands": [{"filter_name": name, "filter_value": value} for name, value in operands],
    }


class Searcher:
    """Asks for organizations, and for members of them all, and calls them by short names."""

    def __init__(self, client: stytch.B2BClient, ids: dict[str, Any], within: list[str]) -> None:
        self.client = client
        self.ids = ids
        self.within = within
        self._names = {one_id: name for name, one_id in ids.items()}

    @property
    def people(self) -> list[str]:
        return [name for name, one_id in self.ids.items() if one_id.startswith("member-")]

    def call(self, name: str, one_id: str) -> None:
        self.ids[name] = one_id
        self._names[one_id] = name

    def organizations(self, *operands: tuple[str, Any], operator: str = "AND") -> list[str]:
        found = self.client.organizations.search(query=_query(operands, operator))
        assert (found.results_metadata.total, found.results_metadata.next_cursor) == (len(found.organizations), None)
        return [self._names[one.organization_id] for one in found.organizations]

    def members(self, *operands: tuple[str, Any], operator: str = "AND") -> list[str]:
        found = self.client.organizations.members.search(organization_ids=self.within, query=_query(operands, operator))
        assert (found.results_metadata.total, found.results_metadata.next_cursor) == (len(found.members), None)
        assert found.organizations.keys() == {one.organization_id for one in found.members}
        return [self._names[one.member_id] for one in found.members]


@pytest.fixture
def search(b2b: stytch.B2BClient, acme: str, clock: TestClock, people: People) -> Searcher:
    """In Acme Works there are Ada, with a TOTP, and Bob; in Harbour Carl, with a password, and Bob again."""
    ada = StytchMember.enrolled(b2b, clock, acme, name="Ada", external_id="17", is_breakglass=True)
    create = b2b.organizations.members.create
    bob = create(organization_id=acme, email_address="Bob_100%@Example.org", external_id="18").member_id
    carl = people.newcomer("carl@example.com").public_id
    again = create(organization_id="harbour", email_address="bob_100%@example.org", create_member_as_pending=True)
    ids = {"Ada": ada.member_id, "Bob": bob, "Carl": f"member-live-{carl}", "Bob of Harbour": again.member_id}
    harbour = again.organization.organization_id
    return Searcher(b2b, {**ids, "Acme": acme, "Harbour": harbour}, [acme, harbour])


def test_organizations_are_found_by_what_is_known_of_them(search: Searcher) -> None:
    find = search.organizations
    everywhere = find()
    assert sorted(everywhere) == ["Acme", "Harbour"]
    assert find(operator="OR") == everywhere
    assert find(("organization_ids", [search.ids["Acme"], "no id"])) == ["Acme"]
    assert find(("organization_ids", [])) == []
    assert find(("organization_slugs", ["harbour", "elsewhere"])) == ["Harbour"]
    assert find(("organization_name_fuzzy", "me wo")) == ["Acme"]
    assert find(("organization_name_fuzzy", "ACM")) == ["Acme"]
    assert find(("organization_slug_fuzzy", "rbou")) == ["Harbour"]
    assert find(("organization_slug_fuzzy", "___")) == find(("organization_name_fuzzy", "%%%")) == []
    assert find(("member_emails", ["ADA@example.org"])) == ["Acme"]
    assert find(("member_emails", ["bob_100%@example.org"])) == everywhere
    assert find(("member_email_fuzzy", "example.com")) == ["Harbour"]
    assert find(("member_email_fuzzy", "b%@")) == []
    assert find(("has_active_sso_connection", False)) == everywhere
    for name, value in [
        ("has_active_sso_connection", True),
        ("allowed_domains", ["example.org"]),
        ("allowed_domain_fuzzy", "example"),
        ("claimed_email_domains", ["example.org"]),
        ("sso_connection_id", "saml-1"),
    ]:
        assert find((name, value)) == [], name
    by_address, by_name = ("member_emails", ["ada@example.org"]), ("organization_slugs", ["harbour"])
    assert find(by_address, by_name) == []
    assert find(by_address, by_name, operator="OR") == everywhere


def test_members_are_found_by_what_is_known_of_them(search: Searcher) -> None:
    find, ids = search.members, search.ids
    assert find() == find(operator="OR") == search.people
    assert find(("member_ids", [ids["Bob"], ids["Carl"], ids["Acme"], "no id"])) == ["Bob", "Carl"]
    assert find(("member_ids", [])) == []
    assert find(("member_emails", ["ADA@example.org", "carl@example.com"])) == ["Ada", "Carl"]
    assert find(("member_emails", ["bob_100%@example.org"])) == ["Bob", "Bob of Harbour"]
    assert find(("member_email_fuzzy", "example.com")) == ["Carl"]
    assert find(("member_email_fuzzy", "B_100%@")) == ["Bob", "Bob of Harbour"]
    assert find(("member_email_fuzzy", "b%@")) == []
    assert find(("member_is_breakglass", True)) == ["Ada"]
    assert find(("member_is_breakglass", False)) == ["Bob", "Carl", "Bob of Harbour"]
    assert find(("member_password_exists", True)) == ["Carl"]
    assert find(("external_ids", ["17", "18", "19"])) == ["Ada", "Bob"]
    for name in (
        "member_phone_numbers",
        "member_phone_number_fuzzy",
        "member_mfa_phone_numbers",
        "member_mfa_phone_number_fuzzy",
    ):
        assert find((name, ["+15550100"])) == [], name
    by_address, breakglass = ("member_email_fuzzy", "example.org"), ("member_is_breakglass", True)
    assert find(by_address, breakglass) == ["Ada"]
    assert find(by_address, breakglass, operator="OR") == ["Ada", "Bob", "Bob of Harbour"]


def test_how_people_stand_finds_them_and_the_deleted_only_so(search: Searcher, people: People) -> None:
    ivo = people.with_status(Status.INVITED, "ivo@example.com").public_id
    search.call("Ivo", f"member-live-{ivo}")
    find = search.members
    search.client.organizations.members.delete(organization_id=search.ids["Acme"], member_id="18")
    assert find() == ["Ada", "Carl", "Bob of Harbour", "Ivo"]
    assert find(("statuses", ["deleted"])) == ["Bob"]
    assert find(("statuses", ["deleted"]), ("member_emails", ["bob_100%@example.org"])) == ["Bob"]
    assert find(("statuses", ["active"])) == ["Ada", "Carl"]
    assert find(("statuses", ["pending"])) == ["Bob of Harbour"]
    assert find(("statuses", ["invited"])) == ["Ivo"]
    assert find(("statuses", ["active", "deleted", "invited", "pending"])) == search.people
    assert find(("statuses", [])) == []


def test_what_is_found_is_whole(search: Searcher) -> None:
    organizations = search.client.organizations
    found = organizations.members.search(organization_ids=["acme-works", search.ids["Harbour"], search.ids["Acme"]])
    assert (found.status_code, len(found.members), len(found.organizations)) == (200, 4, 2)
    for one in found.members:
        named = {"organization_id": one.organization_id, "member_id": one.member_id}
        looked_at = organizations.members.get(**named)
        assert (looked_at.member, looked_at.organization) == (one, found.organizations[one.organization_id])
    for organization in organizations.search().organizations:
        assert organizations.get(organization_id=organization.organization_id).organization == organization


@pytest.mark.filterwarnings("ignore:The 'auth' parameter is deprecated", "ignore:The `dict` method is deprecated")
def test_a_search_goes_on_page_by_page(b2b: stytch.B2BClient, acme: str) -> None:
    organizations, members = b2b.organizations, b2b.organizations.members
    made = [
        members.create(organization_id=acme, email_address=f"user{number}@example.org").member_id for number in range(5)
    ]
    first = members.search(organization_ids=[acme], limit=2)
    assert ([one.member_id for one in first.members], first.results_metadata.total) == (made[:2], 5)
    members.delete(organization_id=acme, member_id=made[1])
    second = members.search(organization_ids=[acme], limit=3, cursor=first.results_metadata.next_cursor)
    assert [one.member_id for one in second.members] == made[2:]
    assert second.results_metadata.next_cursor is None

    places = [acme, *(organizations.create(organization_name=f"Place {n}").organization.organization_id for n in "123")]
    here = organizations.search(limit=3)
    assert ([one.organization_id for one in here.organizations], here.results_metadata.total) == (places[:3], 4)
    there = organizations.search(limit=3, cursor=here.results_metadata.next_cursor)
    assert [one.organization_id for one in there.organizations] == places[3:]
    assert there.results_metadata.next_cursor is None

    async def later() -> int:
        async with b2b:
            found = await members.search_async(organization_ids=places, limit=1)
            return found.results_metadata.total

    assert coroutines.run(later()) == 4


def test_what_cannot_be_searched_for_is_told_by_its_type(b2b: stytch.B2BClient, acme: str) -> None:
    by_members = {"organization_ids": [acme]}
    unfit: list[dict[str, Any]] = [
        {"limit": 0},
        {"limit": 1001},
        {"limit": "2"},
        {"cursor": "elsewhere"},
        {"query": {"operator": "NOT", "operands": []}},
        {"query": {"operator": "AND"}},
        {"query": {"operator": "AND", "operands": [{}] * 51}},
    ]
    for asked in unfit:
        assert told(b2b.organizations.search, **asked) == (400, "bad_request"), asked
        assert told(b2b.organizations.members.search, **by_members, **asked) == (400, "bad_request"), asked
    operands: list[tuple[dict[str, Any], str]] = [
        ({"filter_value": ["x"]}, "missing_filter_name"),
        ({"filter_name": "", "filter_value": ["x"]}, "missing_filter_name"),
        ({"filter_name": 17, "filter_value": ["x"]}, "filter_name_must_be_string"),
        ({"filter_name": "shoe_size", "filter_value": [41]}, "filter_name_not_recognized"),
        ({"filter_name": "member_emails"}, "missing_filter_value"),
        ({"filter_name": "member_emails", "filter_value": None}, "missing_filter_value"),
        ({"filter_name": "member_emails", "filter_value": "x"}, "expected_array_of_strings"),
        ({"filter_name": "member_emails", "filter_value": [1]}, "expected_array_of_strings"),
        ({"filter_name": "member_email_fuzzy", "filter_value": ["exa"]}, "expected_string"),
        ({"filter_name": "member_email_fuzzy", "filter_value": " ad "}, "member_email_fuzzy_too_short"),
    ]
    for operand, kind in operands:
        asked = {"query": {"operator": "AND", "operands": [operand]}}
        assert told(b2b.organizations.search, **asked) == (400, f"organization_search_{kind}"), operand
        assert told(b2b.organizations.members.search, **by_members, **asked) == (400, f"member_search_{kind}"), operand

    def of_members(name: str, value: Any) -> tuple[int, str | None]:
        return told(b2b.organizations.members.search, **by_members, query=_query(((name, value),)))

    assert of_members("member_is_breakglass", "yes") == (400, "member_search_expected_boolean")
    assert of_members("statuses", ["asleep"]) == (400, "search_invalid_status_filter")
    assert of_members("member_emails", ["x"] * 101) == (400, "bad_request")
    nowhere = (400, "member_search_organization_ids_empty")
    assert told(b2b.organizations.members.search, organization_ids=[]) == nowhere
    assert told(b2b.organizations.members.search, organization_ids=None) == nowhere


def test_nobody_is_found_beyond_an_applications_reach(search: Searcher, shop: Application) -> None:
    own = shop.stytch_b2b()
    assert [one.organization_slug for one in own.organizations.search().organizations] == ["harbour"]
    named = _query((("organization_ids", search.within),))
    assert own.organizations.search(query=named).results_metadata.total == 1
    for ids in ([search.ids["Acme"]], search.within, ["acme-works"]):
        assert told(own.organizations.members.search, organization_ids=ids) == NO_ORGANIZATION
    everybody = _query((("member_ids", list(search.ids.values())),))
    found = own.organizations.members.search(organization_ids=["harbour"], query=everybody)
    assert [one.member_id for one in found.members] == [search.ids["Carl"], search.ids["Bob of Harbour"]]
    by_our_names = _query((("external_ids", ["17", "18"]),))
    assert own.organizations.members.search(organization_ids=["harbour"], query=by_our_names).members == []
