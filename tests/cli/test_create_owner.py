"""`sparekey create-owner`: an owner who is invited, for whoever is locked out and for machines that set machines up."""

import re

import pytest

from app.domain.events import Act, ActorKind
from app.domain.members import Role, Status
from app.portal import Portal
from app.services import invitations, setup
from app.services.setup import Founding
from app.storage import events, members, organizations
from tests.cli.conftest import Outcome, Sparekey
from tests.support.people import AT_HOME, PASSWORD, People, Person, granted, refusal

NORA = ("create-owner", "--name", "Nora Newman", "--email", "nora@example.org")


def token_in(done: Outcome) -> str:
    assert (done.status, done.err) == (0, "")
    (token,) = re.findall(r"^    http://127\.0\.0\.1:8000/invitations/(\S+)$", done.out, re.MULTILINE)
    return str(token)


def log(portal: Portal, organization_id: int) -> list[tuple[Act, ActorKind]]:
    with portal.reading() as tx:
        page = events.page_of(tx.db, organization_id, events.Search(), before=None, count=1000)
        return [(one.act, one.actor_kind) for one in reversed(page)]


def test_it_founds_the_first_organization_and_the_setup_link_is_void(portal: Portal, sparekey: Sparekey) -> None:
    setup_token = setup.issue_link(portal)
    assert setup_token
    token = token_in(sparekey(*NORA, "--organization-name", "Harbour Works"))
    founding = Founding("Elsewhere", "Eve", "eve@example.org", PASSWORD)
    assert refusal(setup.claim(portal, setup_token, founding, AT_HOME))
    assert setup.issue_link(portal) is None
    whose = invitations.look(portal, token)
    assert whose
    assert (whose.name, whose.role, whose.organization) == ("Nora Newman", Role.OWNER, "Harbour Works")
    with portal.reading() as tx:
        (found,) = organizations.all_of_them(tx.db)
    assert (found.slug, found.requires_second_factor(portal.clock.now())) == ("harbour-works", True)
    assert log(portal, found.id) == [(Act.ORGANIZATION_CREATED, "operator"), (Act.OWNER_CREATED, "operator")]


@pytest.mark.only("sqlite")
def test_it_founds_before_the_first_start_as_well(portal: Portal, sparekey: Sparekey) -> None:
    portal.database.close()
    assert portal.database.path
    for file in portal.database.path.parent.glob(f"{portal.database.path.name}*"):
        file.unlink()
    token = token_in(sparekey(*NORA, "--organization-name", "Harbour Works"))
    assert invitations.look(portal, token)


def test_the_link_leads_to_an_owner_who_is_ready(portal: Portal, people: People, sparekey: Sparekey) -> None:
    ada = people.ready()
    token = token_in(sparekey(*NORA))
    begun = granted(invitations.accept(portal, token, name="Nora Newman", password=PASSWORD, origin=AT_HOME))
    nora = Person(portal, people.clock, begun.sign_in.member_id, ada.organization_id, "nora@example.org")
    app = nora.scan(begun.sign_in)
    granted(nora.try_confirm(begun.sign_in, app.code(people.clock.now())))
    assert (nora.row.role, nora.row.status, len(nora.codes)) == (Role.OWNER, Status.ACTIVE, 10)
    assert refusal(invitations.accept(portal, token, name="Eve", password=PASSWORD, origin=AT_HOME))


def test_a_link_that_nobody_used_is_replaced_by_the_next(people: People, portal: Portal, sparekey: Sparekey) -> None:
    ada = people.ready()
    first = token_in(sparekey(*NORA))
    people.clock.advance(hours=25)
    assert invitations.look(portal, first) is None
    again = sparekey(*NORA)
    assert "was invited as an owner of Harbour before" in again.out
    assert invitations.look(portal, token_in(again))
    with portal.reading() as tx:
        nora = members.find_by_email(tx.db, ada.organization_id, "nora@example.org")
    assert nora
    assert log(portal, ada.organization_id)[-2:] == [
        (Act.OWNER_CREATED, "operator"),
        (Act.INVITATION_RENEWED, "operator"),
    ]


def test_an_address_that_is_taken_is_refused(people: People, portal: Portal, sparekey: Sparekey) -> None:
    ada = people.ready()
    before = log(portal, ada.organization_id)
    refused = sparekey("create-owner", "--name", "Ada", "--email", "ADA@example.org")
    assert (refused.status, refused.out) == (1, "")
    assert "ADA@example.org belongs to Ada, who is in Harbour as member (active)." in refused.err
    assert "`sparekey pass` and `sparekey password-link`" in refused.err
    assert log(portal, ada.organization_id) == before


def test_of_several_organizations_it_wants_to_know_which(people: People, portal: Portal, sparekey: Sparekey) -> None:
    people.ready()
    people.ready("bea@example.org", slug="lighthouse")
    refused = sparekey(*NORA)
    assert refused.status == 1
    assert refused.err == (
        "sparekey: There are several organizations: say which with --organization (harbour, lighthouse).\n"
    )
    whose = invitations.look(portal, token_in(sparekey(*NORA, "--organization", "lighthouse")))
    assert whose
    assert whose.organization == "Lighthouse"


def test_an_organization_that_is_not_there_is_said(people: People, sparekey: Sparekey) -> None:
    people.ready()
    refused = sparekey(*NORA, "--organization", "nowhere")
    assert (refused.status, refused.err) == (1, "sparekey: There is no organization nowhere; there is: harbour.\n")


def test_without_any_organization_it_wants_a_name_and_keeps_the_setup_link(portal: Portal, sparekey: Sparekey) -> None:
    token = setup.issue_link(portal)
    assert token
    refused = sparekey(*NORA)
    assert refused.status == 1
    assert "--organization-name" in refused.err
    assert setup.is_open(portal, token)


def test_a_second_organization_is_not_founded_in_passing(people: People, sparekey: Sparekey) -> None:
    people.ready()
    refused = sparekey(*NORA, "--organization-name", "Lighthouse")
    assert refused.status == 1
    assert "`sparekey organization add`" in refused.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--name", "Nora"),
        ("--email", "nora@example.org"),
        ("--name", " ", "--email", "nora@example.org"),
        ("--name", "N" * 121, "--email", "nora@example.org"),
        ("--name", "Nora", "--email", "nora"),
        ("--name", "Nora", "--email", "nora@example.org", "--organization", "a", "--organization-name", "A"),
    ],
)
def test_a_wrong_call_is_one(arguments: tuple[str, ...], sparekey: Sparekey) -> None:
    assert sparekey("create-owner", *arguments).status == 2
