"""Organizations in the hands of an application: made, looked up, changed, searched, and taken out with their people."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.attempts import LockReason
from app.domain.events import Act, Event
from app.domain.members import Role, Status
from app.domain.organizations import Organization
from app.domain.refusals import Why
from app.domain.tenants import Tenant, TenantCondition, TenantFilter, TenantNotes, TenantSearch
from app.domain.users import Condition, Filter, Notes, Search
from app.portal import Portal
from app.services import project_upkeep, tenants, users
from app.services.tenants import TenantsFound
from app.storage import events, organizations
from app.storage.tables import member, metadata
from tests.support import shops
from tests.support.clock import TestClock
from tests.support.people import People, granted, refusal
from tests.support.shops import FROM_THE_SHOP, Shop

UNKNOWN = Why.UNKNOWN_ORGANIZATION


def log_of(shop: Shop, organization: Organization) -> list[Event]:
    """Oldest first."""
    with shop.portal.reading() as tx:
        return events.page_of(tx.db, organization.id, events.Search(), before=None, count=1000)[::-1]


def told(shop: Shop, organization: Organization) -> list[tuple[Act, str | None, dict[str, Any]]]:
    return [(one.act, one.project, one.details) for one in log_of(shop, organization)]


def tries_to_look(shop: Shop, named: UUID | str) -> object:
    return tenants.reach(shop.portal, shop.project, named)


def forget_id(shop: Shop, named: UUID | str) -> object:
    return tenants.forget_external_id(shop.portal, shop.project, named, origin=FROM_THE_SHOP)


# making


def test_an_organization_is_what_was_said_and_empty(whole: Shop, clock: TestClock) -> None:
    noted: dict[str, Any] = {"external_id": "t-1", "logo_url": "https://x.example/l.png", "trusted_metadata": {"a": 1}}
    made = whole.tenant("Lighthouse & Sons", requires_second_factor=True, **noted)
    assert made.notes == TenantNotes("t-1", "https://x.example/l.png", {"a": 1})
    assert made.requires_second_factor
    one = made.organization
    assert (one.name, one.slug, one.made_at) == ("Lighthouse & Sons", "lighthouse-sons", clock.now())
    for named in (one.public_id, "lighthouse-sons", "t-1"):
        assert whole.look_at(named) == made
    assert told(whole, one) == [(Act.ORGANIZATION_CREATED, "Everything", {})]
    assert whole.within("t-1").search().users == []
    assert not whole.tenant("Mill").requires_second_factor


def test_a_short_name_is_found_where_none_is_said_and_refused_where_it_is_taken(whole: Shop) -> None:
    assert [whole.tenant("Harbour").organization.slug for _ in range(2)] == ["harbour-2", "harbour-3"]
    assert refusal(whole.try_tenant("Port", slug="harbour")) is Why.SLUG_TAKEN
    for unfit in ("Harbour", "-harbour", "harbour-", "h" * 41, "", "a b"):
        assert refusal(whole.try_tenant("Port", slug=unfit)) is Why.UNFIT_SLUG
    assert whole.tenant("Port", slug="port").organization.slug == "port"


def test_an_id_of_the_applications_own_is_given_once_in_a_project(
    whole: Shop, portal: Portal, clock: TestClock
) -> None:
    other = shops.opened(portal, clock, "Other", organization=None)
    first, second = whole.tenant(external_id="t-1"), whole.tenant("Mill")
    assert refusal(whole.try_tenant("Third", external_id="t-1")) is Why.ORGANIZATION_ID_TAKEN
    assert refusal(whole.try_rewording("mill", external_id="t-1")) is Why.ORGANIZATION_ID_TAKEN
    assert whole.reword("t-1", external_id="t-1") == first
    assert other.reword("mill", external_id="t-1").organization.id == second.organization.id
    assert other.look_at(first.organization.public_id).notes == TenantNotes()
    assert granted(tenants.forget_external_id(portal, whole.project, "t-1", origin=FROM_THE_SHOP)).tenant.notes == (
        TenantNotes()
    )
    assert refusal(tries_to_look(whole, "t-1")) is UNKNOWN
    assert whole.reword("mill", external_id="t-1").notes.external_id == "t-1"


def test_a_word_means_one_organization_whether_it_is_a_short_name_or_an_id(whole: Shop, people: People) -> None:
    mill = whole.tenant("Mill", external_id="port")
    assert refusal(whole.try_tenant("Port", external_id="harbour")) is Why.ORGANIZATION_ID_TAKEN
    assert refusal(whole.try_tenant("Port", slug="port")) is Why.SLUG_TAKEN
    assert refusal(whole.try_rewording("harbour", external_id="mill")) is Why.ORGANIZATION_ID_TAKEN
    assert refusal(whole.try_rewording("harbour", slug="port")) is Why.SLUG_TAKEN
    assert whole.tenant("Port").organization.slug == "port-2"
    assert whole.reword("mill", external_id="mill").notes.external_id == "mill"
    assert whole.reword("mill", external_id="port") == mill
    people.organization("port")  # by whom this application's words are not asked for
    assert whole.look_at("port") == mill


def test_who_was_refused_has_made_nothing(whole: Shop) -> None:
    assert refusal(whole.try_tenant(trusted_metadata={"a": "x" * 4097})) is Why.TOO_MANY
    assert [one.organization.slug for one in found_by(whole).tenants] == ["harbour"]


# changing


def test_what_is_not_said_stays_and_what_is_said_is_written_down(whole: Shop, clock: TestClock) -> None:
    before = whole.tenant(external_id="t-1", trusted_metadata={"a": 1, "b": 2})
    assert whole.reword("t-1") == before
    assert whole.reword("t-1", name="Lighthouse", slug="lighthouse", requires_second_factor=False) == before
    clock.advance(days=1)
    after = whole.reword(
        "t-1", name="Beacon", slug="beacon", requires_second_factor=True, trusted_metadata={"a": None, "c": 3}
    )
    assert (after.organization.name, after.organization.slug, after.requires_second_factor) == (
        "Beacon", "beacon", True,
    )  # fmt: skip
    assert after.organization.second_factor_required_from == clock.now()
    assert after.notes == TenantNotes("t-1", "", {"b": 2, "c": 3})
    assert told(whole, after.organization)[1:] == [
        (Act.ORGANIZATION_CHANGED, "Everything", {"changes": {
            "name": ["Lighthouse", "Beacon"], "slug": ["lighthouse", "beacon"], "required_from": ["", "2026-05-05"],
        }}),
    ]  # fmt: skip
    clock.advance(days=1)
    assert whole.reword("beacon", requires_second_factor=True).organization == after.organization
    assert not whole.reword("beacon", requires_second_factor=False).requires_second_factor
    assert refusal(tries_to_look(whole, "lighthouse")) is UNKNOWN
    assert refusal(whole.try_rewording("beacon", slug="harbour")) is Why.SLUG_TAKEN
    assert refusal(whole.try_rewording("beacon", trusted_metadata={"a": "x" * 4097})) is Why.TOO_MANY


PORTAL_PEOPLE: dict[str, Callable[[Shop, People], object]] = {
    "somebody with a password": lambda _shop, people: people.newcomer("ada@example.org", slug="lighthouse"),
    "an admin without one": lambda shop, _people: with_columns(shop, role=Role.ADMIN),
    "somebody invited": lambda shop, _people: with_columns(shop, status=Status.INVITED),
}


def with_columns(shop: Shop, **columns: Any) -> None:
    joan = shop.within("lighthouse").user()
    with shop.portal.writing() as tx:
        tx.db.execute(member.update().where(member.c.public_id == joan.id).values(**columns))


@pytest.mark.parametrize("come", PORTAL_PEOPLE.values(), ids=PORTAL_PEOPLE)
def test_of_an_organization_with_people_of_the_portal_only_the_notes_are_the_applications(
    whole: Shop, people: People, come: Callable[[Shop, People], object]
) -> None:
    before = whole.tenant(external_id="t-1")
    come(whole, people)
    policies: list[dict[str, Any]] = [{"name": "Beacon"}, {"slug": "beacon"}, {"requires_second_factor": True}]
    for policy in policies:
        assert refusal(whole.try_rewording("t-1", **policy, logo_url="https://x.example")) is Why.PORTAL_POLICY
    assert refusal(whole.take_out("t-1")) is Why.PORTAL_PEOPLE
    assert whole.look_at("t-1") == before
    as_it_is: dict[str, Any] = {"name": "Lighthouse", "slug": "lighthouse", "requires_second_factor": False}
    assert whole.reword("t-1", **as_it_is, logo_url="https://x.example").notes.logo_url == "https://x.example"
    assert told(whole, before.organization)[-1] == (Act.ORGANIZATION_CHANGED, "Everything", {"changes": {}})


@pytest.mark.parametrize("kept_out", [{"status": Status.SUSPENDED}, {"lock_reason": LockReason.ADMIN}])
def test_an_organization_stays_for_whoever_could_not_be_removed(whole: Shop, kept_out: dict[str, Any]) -> None:
    whole.tenant()
    with_columns(whole, lock_reason=LockReason.ATTEMPTS)
    made = whole.tenant("Mill")
    assert whole.take_out("lighthouse") != made.organization.public_id
    whole.tenant()
    with_columns(whole, **kept_out)
    assert refusal(whole.take_out("lighthouse")) is Why.PORTAL_PEOPLE
    assert whole.reword("lighthouse", name="Beacon").organization.name == "Beacon"


def test_people_who_are_enrolled_are_taken_out_only_with_the_permission(
    whole: Shop, portal: Portal, clock: TestClock
) -> None:
    weak = shops.opened(portal, clock, "Weak", organization=None, permissions=shops.NOTHING)
    one = weak.tenant()
    there = whole.within("lighthouse")
    joan = there.enrolled(there.user().id)
    assert refusal(weak.take_out("lighthouse")) is Why.NOT_PERMITTED
    assert there.look(joan.id).totp
    granted(there.delete_all(joan.id))
    assert weak.take_out("lighthouse") == one.organization.public_id


# of whom


WRITING: dict[str, Callable[[Shop, Any], object]] = {
    "look": tries_to_look,
    "reword": lambda shop, named: shop.try_rewording(named, name="Mallory"),
    "note": lambda shop, named: shop.try_rewording(named, external_id="t-9"),
    "forget id": forget_id,
    "take out": lambda shop, named: shop.take_out(named),
    "several": lambda shop, named: tenants.reach_several(shop.portal, shop.project, ["harbour", named]),
}


@pytest.mark.parametrize("act", WRITING.values(), ids=WRITING)
def test_a_project_of_one_organization_knows_no_other(
    shop: Shop, mill: Shop, whole: Shop, act: Callable[[Shop, Any], object]
) -> None:
    theirs = mill.reword("mill", external_id="m-1")
    for named in (theirs.organization.public_id, "mill", "m-1", uuid4(), "nowhere"):
        assert refusal(act(shop, named)) is UNKNOWN
    assert mill.look_at("m-1") == theirs
    assert refusal(act(whole, uuid4())) is refusal(act(whole, "m-1")) is UNKNOWN


def test_a_project_of_one_organization_makes_and_removes_none(shop: Shop, whole: Shop) -> None:
    assert refusal(shop.try_tenant()) is Why.ONE_ORGANIZATION
    assert refusal(shop.take_out("harbour")) is Why.ONE_ORGANIZATION
    own = granted(tenants.reach_own(shop.portal, shop.project))
    assert (own.project, own.tenant) == (shop.project, shop.look_at("harbour"))
    assert refusal(tenants.reach_own(whole.portal, whole.project)) is Why.ONE_ORGANIZATION
    assert [one.organization.slug for one in found_by(shop).tenants] == ["harbour"]


def test_several_are_reached_once_each_in_the_order_in_which_they_were_made(whole: Shop) -> None:
    made = whole.tenant(external_id="t-1")
    named: list[UUID | str] = ["t-1", "lighthouse", "harbour", made.organization.public_id]
    reached = granted(tenants.reach_several(whole.portal, whole.project, named))
    assert [one.tenant.organization.slug for one in reached] == ["harbour", "lighthouse"]
    assert [one.project for one in reached] == [whole.within("harbour").project, whole.within("t-1").project]
    assert reached[1].tenant == made


def test_a_member_is_found_wherever_they_are_by_who_may_reach_there(whole: Shop, shop: Shop, mill: Shop) -> None:
    miller = mill.user()
    found = granted(tenants.reach_of(whole.portal, whole.project, miller.id))
    assert (found.tenant.organization.slug, found.project) == ("mill", whole.within("mill").project)
    assert mill.remove(miller.id) == miller.id
    assert granted(tenants.reach_of(whole.portal, whole.project, miller.id)) == found
    assert refusal(tenants.reach_of(shop.portal, shop.project, miller.id)) is Why.UNKNOWN_MEMBER
    assert refusal(tenants.reach_of(whole.portal, whole.project, uuid4())) is Why.UNKNOWN_MEMBER


def test_what_one_application_calls_people_is_of_each_organization_by_itself(whole: Shop, shop: Shop) -> None:
    whole.tenant()
    harbour, lighthouse = whole.within("harbour"), whole.within("lighthouse")
    joan = harbour.user(external_id="u-1", first_name="Joan", labels=("reader",))
    other = lighthouse.user(external_id="u-1", first_name="Jo")
    assert (harbour.look("u-1"), lighthouse.look("u-1")) == (joan, other)
    assert joan.organization_id != other.organization_id
    for one in (harbour, lighthouse):
        assert refusal(one.try_user("bea@example.org", external_id="u-1")) is Why.EXTERNAL_ID_TAKEN
    bea = lighthouse.user("bea@example.org", external_id="u-2")
    assert refusal(lighthouse.try_change(bea.id, external_id="u-1")) is Why.EXTERNAL_ID_TAKEN
    assert refusal(harbour.try_change("u-2", first_name="Mallory")) is Why.UNKNOWN_MEMBER
    assert refusal(harbour.try_change(bea.id, first_name="Mallory")) is Why.UNKNOWN_MEMBER
    assert harbour.change("u-1", external_id="u-2").id == joan.id
    assert lighthouse.look("u-2") == bea
    assert shop.look(joan.id).notes.labels == ()


def test_people_of_several_organizations_are_searched_at_once(whole: Shop) -> None:
    whole.tenant()
    whole.tenant("Mill")
    here, there, mill = (whole.within(slug) for slug in ("harbour", "lighthouse", "mill"))
    joan, jo = here.user(external_id="u-1"), there.user(external_id="u-1", breakglass=True)
    bea, miller = here.user("bea@example.org"), mill.user(external_id="u-1")

    def found(*conditions: Condition, after: UUID | None = None, limit: int = 9, **of: Any) -> tuple[list[UUID], int]:
        page = users.search(
            whole.portal, [here.project, there.project], Search(conditions, **of), after=after, limit=limit
        )
        assert page.after == (page.users[-1].id if page.total > limit and after is None else None)
        return [one.id for one in page.users], page.total

    assert found() == ([joan.id, jo.id, bea.id], 3)
    assert found(limit=2) == ([joan.id, jo.id], 3)
    assert found(limit=2, after=jo.id) == ([bea.id], 3)
    assert found(after=miller.id) == ([joan.id, jo.id, bea.id], 3)
    assert found(Condition(Filter.EXTERNAL_ID, ["u-1"])) == ([joan.id, jo.id], 2)
    assert found(Condition(Filter.USER_ID, [miller.id])) == ([], 0)
    assert found(Condition(Filter.BREAKGLASS, value=True)) == ([jo.id], 1)
    assert found(Condition(Filter.BREAKGLASS, value=False)) == ([joan.id, bea.id], 2)
    there.remove(jo.id)
    assert found(Condition(Filter.EMAIL, ["joan@example.org"])) == ([joan.id], 1)
    assert found(Condition(Filter.EMAIL, ["JOAN@example.org"]), removed_too=True) == ([joan.id, jo.id], 2)
    assert found(Condition(Filter.STATUS, ["deleted"]), removed_too=True) == ([jo.id], 1)


# searching


def found_by(
    shop: Shop, *conditions: tuple[TenantFilter, Any], any_of: bool = False, after: UUID | None = None, limit: int = 9
) -> TenantsFound:
    wanted = TenantSearch(tuple(TenantCondition(*one) for one in conditions), any_of)
    return tenants.search(shop.portal, shop.project, wanted, after=after, limit=limit)


def test_organizations_are_searched_by_what_they_are_and_who_is_in_them(whole: Shop, shop: Shop) -> None:
    made = {name: whole.tenant(name) for name in ("Lighthouse", "100% Mill", "Light_Mill")}
    joan = whole.within("lighthouse").user("Joan@Example.org")
    gone = whole.within("100-mill").user("bea@example.org")
    whole.within("100-mill").remove(gone.id)

    def slugs(*conditions: tuple[TenantFilter, Any], any_of: bool = False, by: Shop = whole) -> list[str]:
        page = found_by(by, *conditions, any_of=any_of)
        assert (page.total, page.after) == (len(page.tenants), None)
        return [one.organization.slug for one in page.tenants]

    of = TenantFilter
    everything = ["harbour", "lighthouse", "100-mill", "light-mill"]
    assert slugs() == everything
    assert slugs((of.ID, [made["Lighthouse"].organization.public_id, uuid4()])) == ["lighthouse"]
    assert slugs((of.SLUG, ["harbour", "light-mill", "nowhere"])) == ["harbour", "light-mill"]
    assert slugs((of.NAME_PART, ["LIGHT"])) == ["lighthouse", "light-mill"]
    assert slugs((of.NAME_PART, ["%"])) == ["100-mill"]
    assert slugs((of.NAME_PART, ["_"])) == slugs((of.NAME_PART, ["t_m"])) == ["light-mill"]
    assert slugs((of.SLUG_PART, ["mill", "harb"])) == ["harbour", "100-mill", "light-mill"]
    assert slugs((of.MEMBER_EMAIL, ["JOAN@example.org", "bea@example.org"])) == ["lighthouse"]
    assert slugs((of.MEMBER_EMAIL_PART, ["@EXAMPLE"])) == ["lighthouse"]
    for nothing in (of.ID, of.SLUG, of.NAME_PART, of.SLUG_PART, of.MEMBER_EMAIL, of.MEMBER_EMAIL_PART):
        assert slugs((nothing, [])) == []
    assert (slugs((of.WITH_SSO, True)), slugs((of.WITH_SSO, False))) == ([], everything)
    both = (of.NAME_PART, ["mill"]), (of.NAME_PART, ["light"])
    assert slugs(*both) == ["light-mill"]
    assert slugs(*both, any_of=True) == ["lighthouse", "100-mill", "light-mill"]
    assert slugs((of.NOBODY, None), (of.SLUG, ["harbour"]), any_of=True) == ["harbour"]
    assert slugs((of.NOBODY, None), (of.SLUG, ["harbour"])) == []
    assert slugs(by=shop) == ["harbour"]
    assert slugs((of.MEMBER_EMAIL, ["joan@example.org"]), by=shop) == []
    assert whole.within("lighthouse").look(joan.id) == joan


def test_a_search_goes_on_from_page_to_page(whole: Shop) -> None:
    for number in range(4):
        whole.tenant(f"Mill {number}")
    pages: list[list[str]] = []
    after: UUID | None = None
    while after or not pages:
        page = found_by(whole, (TenantFilter.NAME_PART, ["mill"]), after=after, limit=2)
        assert page.total == 4
        pages.append([one.organization.slug for one in page.tenants])
        after = page.after
    assert pages == [["mill-0", "mill-1"], ["mill-2", "mill-3"]]
    assert len(found_by(whole, after=uuid4()).tenants) == 5


# taking out


def rows_of(portal: Portal, organization: Organization) -> set[str]:
    """The tables in which anything is of that organization."""
    with portal.reading() as tx:
        return {
            table.name
            for table in metadata.sorted_tables
            if "organization_id" in table.c
            and tx.db.execute(table.select().where(table.c.organization_id == organization.id)).first()
        }


def filled(whole: Shop, name: str) -> Tenant:
    """With somebody who has everything that an application can give, and somebody who was removed."""
    made = whole.tenant(name, external_id=f"t-{name}", requires_second_factor=True)
    within = whole.within(f"t-{name}")
    joan = within.enrolled(within.user(external_id="u-1", first_name="Joan").id)
    joan.comes_in()
    joan.fail(2)
    within.begin(within.user("bea@example.org").id)
    within.remove(within.user("cyd@example.org").id)
    return made


def test_an_organization_is_taken_out_with_all_that_was_in_it(whole: Shop, portal: Portal, clock: TestClock) -> None:
    gone, stays = filled(whole, "Lighthouse"), filled(whole, "Mill")
    within, other = whole.within("lighthouse"), whole.within("mill")
    joan, before = within.look("u-1"), rows_of(portal, stays.organization)
    session = within.sessions_of(joan.id)[0]
    assert {"session", "authenticator", "recovery_code", "enrolment", "project_user"} <= rows_of(
        portal, gone.organization
    )
    assert whole.take_out("t-Lighthouse") == gone.organization.public_id
    assert rows_of(portal, gone.organization) == {"member", "event"}
    assert rows_of(portal, stays.organization) == before
    last = log_of(whole, gone.organization)[-1]
    assert (last.act, last.project, last.details) == (
        Act.ORGANIZATION_REMOVED, "Everything", {"name": "Lighthouse", "people": 2},
    )  # fmt: skip
    for named in (gone.organization.public_id, "lighthouse", "t-Lighthouse"):
        for act in WRITING.values():
            assert refusal(act(whole, named)) is UNKNOWN
    assert refusal(tenants.reach_of(portal, whole.project, joan.id)) is Why.UNKNOWN_MEMBER
    assert refusal(users.look(portal, within.project, joan.id)) is Why.UNKNOWN_MEMBER
    assert refusal(within.try_user("new@example.org")) is Why.UNKNOWN_MEMBER
    assert refusal(within.take_back(joan.id)) is Why.UNKNOWN_MEMBER
    assert refusal(whole.end(session.id)) is Why.UNKNOWN_SESSION
    assert [one.organization.slug for one in found_by(whole).tenants] == ["harbour", "mill"]
    assert other.look("u-1").totp
    with portal.reading() as tx:
        assert organizations.find(tx.db, gone.organization.id).ended_at == clock.now()
        assert [one.slug for one in organizations.all_of_them(tx.db)] == ["harbour", "mill"]


def test_name_and_id_of_one_that_was_taken_out_are_free(whole: Shop) -> None:
    first = whole.tenant(external_id="t-1")
    whole.within("t-1").user(external_id="u-1")
    whole.take_out("t-1")
    again = whole.tenant(external_id="t-1", slug="lighthouse")
    assert again.organization.public_id != first.organization.public_id
    assert whole.within("t-1").user(external_id="u-1").notes == Notes("u-1")


def test_no_short_name_stands_in_the_way_of_a_removal(whole: Shop) -> None:
    """Whatever one that was taken out is called, nobody can be called so before."""
    first, second = whole.tenant(), whole.tenant("Mill")
    for one in (first, second):
        with whole.portal.reading() as tx:
            called = organizations.find(tx.db, one.organization.id).slug
        assert whole.take_out(one.organization.public_id) == one.organization.public_id
        with whole.portal.reading() as tx:
            ended = organizations.find(tx.db, one.organization.id).slug
        assert ended != called
        assert refusal(whole.try_tenant("Port", slug=ended)) is Why.UNFIT_SLUG


def test_a_project_that_was_removed_changes_nothing_any_more(whole: Shop) -> None:
    made = whole.tenant(external_id="t-1")
    project_upkeep.remove(whole.portal, whole.project.public_id)
    assert refusal(whole.try_tenant("Mill")) is UNKNOWN
    assert refusal(whole.try_rewording("lighthouse", name="Beacon")) is UNKNOWN
    assert refusal(whole.take_out(made.organization.public_id)) is UNKNOWN
