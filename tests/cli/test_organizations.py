"""`sparekey organization add`, `list` and `remove`: several organizations on one installation."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.events import OPERATOR, Act
from app.domain.refusals import Why
from app.housekeeping.chores import CHORES
from app.housekeeping.rounds import Housekeeper
from app.portal import Portal, SystemClock
from app.services import figures, password_link, setup, visitors
from app.services.setup import Founding
from app.storage import diagnosis, events, organizations, projects
from app.storage.tables import member, metadata
from tests.cli.conftest import Sparekey, whole_log
from tests.support import shops
from tests.support.clock import TestClock
from tests.support.oracle import damage
from tests.support.people import AT_HOME, PASSWORD, People, Person, granted, refusal
from tests.support.shops import Customer, Shop


def test_it_makes_one_and_says_what_comes_next(people: People, portal: Portal, sparekey: Sparekey) -> None:
    people.ready()
    done = sparekey("organization", "add", "--name", "Lighthouse & Sons", "--time-zone", "europe/berlin")
    assert (done.status, done.err) == (0, "")
    assert (
        "Lighthouse & Sons is there. Its people sign in at http://127.0.0.1:8000/o/lighthouse-sons/sign-in" in done.out
    )
    assert "sparekey create-owner --organization lighthouse-sons --name NAME --email EMAIL" in done.out
    found = visitors.organization_named(portal, "lighthouse-sons")
    assert found
    assert (found.name, found.time_zone) == ("Lighthouse & Sons", "Europe/Berlin")
    assert found.requires_second_factor(portal.clock.now())
    with portal.reading() as tx:
        (created,) = events.page_of(tx.db, found.id, events.Search(), before=None, count=9)
    assert (created.act, created.actor_kind, created.about) == (Act.ORGANIZATION_CREATED, "operator", None)


def test_an_owner_of_the_new_one_has_nothing_in_the_old_one(people: People, sparekey: Sparekey) -> None:
    people.ready()
    assert sparekey("organization", "add", "--name", "Lighthouse").status == 0
    named = ("--name", "Ada", "--email", "ada@example.org")
    assert sparekey("create-owner", *named, "--organization", "lighthouse").status == 0
    assert sparekey("create-owner", *named, "--organization", "harbour").status == 1


def test_a_short_name_that_is_taken_is_refused(people: People, portal: Portal, sparekey: Sparekey) -> None:
    people.ready()
    refused = sparekey("organization", "add", "--name", "Harbour")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == "sparekey: Another organization has the short name harbour: choose one with --slug.\n"
    assert sparekey("organization", "add", "--name", "Harbour", "--slug", "harbour-north").status == 0


def test_the_first_one_is_made_otherwise(portal: Portal, sparekey: Sparekey) -> None:
    refused = sparekey("organization", "add", "--name", "Harbour")
    assert refused.status == 1
    assert "`sparekey create-owner --organization-name NAME`" in refused.err
    with portal.reading() as tx:
        assert organizations.all_of_them(tx.db) == []


def test_all_are_listed_in_the_order_in_which_they_came(people: People, sparekey: Sparekey) -> None:
    people.ready()
    people.newcomer("bea@example.org")
    gone = people.newcomer("cyd@example.org")
    gone.set(status="removed")
    assert sparekey("organization", "add", "--name", "Lighthouse").status == 0
    assert sparekey("organization", "list").out.splitlines() == [
        "harbour  Harbour  2 members  http://127.0.0.1:8000/o/harbour/sign-in",
        "lighthouse  Lighthouse  0 members  http://127.0.0.1:8000/o/lighthouse/sign-in",
    ]


# removing one


@dataclass
class Doomed:
    """An organization of its own beside the harbour: an owner, a customer of its shop, and one of a suite's."""

    owner: Person
    shop: Shop
    customer: Customer
    guest: Customer
    browser: str
    link: str
    sign_in: str


@pytest.fixture
def suite(quick_projects: None, portal: Portal, clock: TestClock, olive: Person) -> Shop:
    """An application of the whole installation; the harbour is there, with its owner."""
    return shops.opened(portal, clock, "Suite", organization=None)


@pytest.fixture
def doomed(people: People, portal: Portal, clock: TestClock, suite: Shop) -> Doomed:
    owner = people.owner("ines@example.org", slug="lighthouse")
    shop = shops.opened(portal, clock, organization="lighthouse")
    of_suite = replace(suite, project=suite.project.within(owner.organization_id))
    customer = shop.enrolled(shop.user("cora@example.org", external_id="c-1").id)
    guest = of_suite.enrolled(of_suite.user("gus@example.org", external_id="g-1").id)
    customer.comes_in()
    guest.comes_in()
    half = granted(owner.elsewhere().try_password()).begun
    link = password_link.make(portal, owner.email, organization="lighthouse", reason="lost", by=OPERATOR)
    assert owner.token
    return Doomed(owner, shop, customer, guest, owner.token, link.token, half.token)


def of_the_organization(portal: Portal, organization_id: int) -> dict[str, int]:
    """How many rows each table has of it, without its log."""
    with portal.reading() as tx:
        return {
            table.name: tx.db.execute(
                select(func.count()).select_from(table).where(table.c.organization_id == organization_id)
            ).scalar_one()
            for table in metadata.sorted_tables
            if "organization_id" in table.c and table.name != "event"
        }


def test_removing_one_is_said_first_and_done_when_it_is_meant(
    doomed: Doomed, portal: Portal, sparekey: Sparekey
) -> None:
    before = of_the_organization(portal, doomed.owner.organization_id)
    asked = sparekey("organization", "remove", "lighthouse")
    assert (asked.status, asked.out) == (1, "")
    assert asked.err == (
        "sparekey: This would remove Lighthouse, with 3 members and 1 project, for good. To do it, add --yes.\n"
    )
    assert of_the_organization(portal, doomed.owner.organization_id) == before
    done = sparekey("organization", "remove", "lighthouse", "--yes")
    assert (done.status, done.err, done.out) == (0, "", "lighthouse is removed, with 3 members and 1 project.\n")
    for again in (("--yes",), ()):
        unknown = sparekey("organization", "remove", "lighthouse", *again)
        assert (unknown.status, unknown.out) == (1, "")
        assert "There is no organization lighthouse. `sparekey organization list` shows" in unknown.err


def test_nothing_of_a_removed_one_opens_anything_and_all_else_is_as_it_was(
    doomed: Doomed, suite: Shop, olive: Person, people: People, portal: Portal, sparekey: Sparekey
) -> None:
    lighthouse, harbour = doomed.owner.organization_id, olive.organization_id
    at_the_harbour, log = of_the_organization(portal, harbour), whole_log(portal, lighthouse)
    assert sparekey("organization", "remove", "lighthouse", "--yes").status == 0
    assert visitors.with_session(portal, doomed.browser) is None
    assert visitors.with_sign_in(portal, doomed.sign_in) is None
    assert password_link.look(portal, doomed.link) is None
    for one in (doomed.customer, doomed.guest):
        assert refusal(one.try_code(one.next_code())) is Why.UNKNOWN_MEMBER
    left = {table for table, rows in of_the_organization(portal, lighthouse).items() if rows}
    assert left == {"member", "project"}
    with portal.reading() as tx:
        gone = tx.db.execute(select(member).where(member.c.organization_id == lighthouse)).all()
        assert organizations.find(tx.db, lighthouse).ended_at
        assert projects.find(tx.db, doomed.shop.project.public_id) is None
        assert projects.find(tx.db, suite.project.public_id)
    assert {(one.status, one.email_key, one.password_hash, one.ready, one.codes_left) for one in gone} == {
        ("removed", None, None, False, 0)
    }
    assert of_the_organization(portal, harbour) == at_the_harbour
    assert olive.visitor()
    kept = whole_log(portal, lighthouse)
    assert [one for one in kept if one.id <= log[0].id] == log
    assert [(one.act, one.actor_kind) for one in kept[: len(kept) - len(log)]] == [
        (Act.ORGANIZATION_REMOVED, "operator"),
        (Act.PROJECT_REMOVED, "operator"),
    ]
    assert kept[0].details == {"name": "Lighthouse", "people": 3}
    # its short name is free, and its people may come again
    assert sparekey("organization", "list").out == (
        "harbour  Harbour  1 member  http://127.0.0.1:8000/o/harbour/sign-in\n"
    )
    assert sparekey("organization", "add", "--name", "Lighthouse").status == 0
    people.ready("ines@example.org", slug="lighthouse").sign_in()


def test_whatever_short_name_another_has_one_can_be_removed(people: People, portal: Portal, sparekey: Sparekey) -> None:
    with portal.reading() as tx:
        public_id = organizations.find(tx.db, people.ready().organization_id).public_id
    for slug in (f"removed-{public_id.hex}", public_id.hex):
        assert sparekey("organization", "add", "--name", "Squatter", "--slug", slug).status == 0
    assert sparekey("organization", "remove", "harbour", "--yes").status == 0


def test_with_a_removed_one_everything_else_goes_on(
    doomed: Doomed,
    portal: Portal,
    sparekey: Sparekey,
    tmp_path: Path,
    clock: TestClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[tuple[str, str]] = []
    keeper = Housekeeper(portal, CHORES, told=lambda chore, outcome: told.append((chore, outcome)))
    keeper.go_round()
    assert [slug for slug, _ in figures.newest(portal)] == ["harbour", "lighthouse"]
    assert sparekey("organization", "remove", "lighthouse", "--yes").status == 0
    assert [slug for slug, _ in figures.newest(portal)] == ["harbour"]
    clock.advance(days=400)
    keeper.go_round()
    assert {outcome for _, outcome in told} == {"done"}
    assert [slug for slug, _ in figures.newest(portal)] == ["harbour"]
    only, several = visitors.only_organization(portal)
    assert (only and only.slug, several) == ("harbour", False)
    monkeypatch.setattr(type(portal.clock), "now", lambda _clock: SystemClock().now())
    monkeypatch.setattr(diagnosis, "unsafe_settings", lambda _db: [])
    checked = sparekey("check")
    assert (checked.status, checked.err) == (0, ""), checked.out
    if portal.settings.on_sqlite:
        backed_up = sparekey("backup", tmp_path / "copy.sqlite3")
        assert (backed_up.status, backed_up.err) == (0, "")
        assert "1 member in 1 organization." in backed_up.out
    assert damage(portal) == []


def test_who_was_in_a_removed_one_is_erased_like_anybody(doomed: Doomed, portal: Portal, sparekey: Sparekey) -> None:
    assert sparekey("organization", "remove", "lighthouse", "--yes").status == 0
    before = whole_log(portal, doomed.owner.organization_id)
    for email in ("gus@example.org", "ines@example.org"):
        done = sparekey("erase", email, "--yes")
        assert (done.status, done.err) == (0, "")
    after = whole_log(portal, doomed.owner.organization_id)
    assert [one.act for one in after] == [Act.ERASED, Act.ERASED, *(one.act for one in before)]
    names = {one.about.name for one in after if one.about}
    assert names == {"Erased person", "cora"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("add",),
        ("add", "--name", ""),
        ("add", "--name", "Harbour", "--slug", "Harbour"),
        ("add", "--name", "Harbour", "--slug", "-harbour"),
        ("add", "--name", "Harbour", "--slug", "h" * 41),
        ("add", "--name", "Harbour", "--time-zone", "Atlantis"),
        ("remove",),
        (),
    ],
)
def test_a_wrong_call_is_one(arguments: tuple[str, ...], sparekey: Sparekey) -> None:
    assert sparekey("organization", *arguments).status == 2


def test_founding_by_the_setup_link_finds_a_short_name_that_is_free(people: People, portal: Portal) -> None:
    people.organization("harbour")  # whose people were all erased
    token = setup.issue_link(portal)
    assert token
    granted(setup.claim(portal, token, Founding("Harbour", "Olive", "olive@example.org", PASSWORD), AT_HOME))
    assert visitors.organization_named(portal, "harbour-2")
