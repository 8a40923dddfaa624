"""`sparekey organization add` and `list`: several organizations on one installation."""

import pytest

from app.domain.events import Act
from app.portal import Portal
from app.services import setup, visitors
from app.services.setup import Founding
from app.storage import events, organizations
from tests.cli.conftest import Sparekey
from tests.support.people import AT_HOME, PASSWORD, People, granted


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
