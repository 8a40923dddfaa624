"""Roles: what is not open to somebody is not offered to them, and typing its address opens it neither."""

import re

import pytest
from playwright.sync_api import Locator, expect

from app.domain.members import Role
from tests.e2e.conftest import Arriving, Shooting
from tests.support.colleagues import came_without_a_phone
from tests.support.journey import Person, Walker
from tests.support.site import Site

NOT_FROM_HERE = "Not from here"
ACTS = ["pass", "password-link", "lock", "sessions-end", "name", "address", "role", "suspension", "removal"]


def test_an_admin_is_offered_nothing_on_an_owner_an_admin_and_themselves(
    ann: Person, ines: Person, bea: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    at.signs_in(ines)
    for person, why in (
        (ann, "Nobody acts on a role like their own or above."),
        (ines, "Nobody acts on themselves here."),
    ):
        at.looks_at(person)
        at.reads(why)
        expect(acts_of(at)).to_have_count(0)
        shoot(at.page, f"member-{'owner' if person is ann else 'oneself'}")
        address = at.page.url
        for act in ACTS:
            at.opens(f"{address}/{act}")
            at.sees(NOT_FROM_HERE)
        at.reads("You cannot act on this person: nobody acts on a role like their own or above, or on themselves.")
    shoot(at.page, "error-403-inside")

    at.looks_at(bea)
    expect(acts_of(at)).to_have_count(1)
    for offered in ("Make a pass", "Make a password link", "Suspend", "Remove"):
        expect(at.page.get_by_role("link", name=offered, exact=True)).to_be_visible()
    expect(at.page.get_by_role("link", name="Change role")).to_have_count(0)


def test_an_admin_invites_members_and_nobody_above(ann: Person, ines: Person, somebody: Arriving) -> None:
    at = somebody()
    at.signs_in(ines)
    at.opens("/invitations/new")
    expect(at.page.get_by_label("Role").get_by_role("option")).to_have_text(["Member"])
    at.opens("/invitations/many")
    at.types("People", "Carl Cedar, carl@larch.example, owner\nDora Dogwood, dora@larch.example, admin")
    at.presses("See what each line will do")
    at.sees("Nobody to invite")
    expect(at.page.get_by_text("You cannot give this role.")).to_have_count(2)


def test_an_admin_sees_what_holds_for_everybody_and_changes_nothing_of_it(
    ann: Person, ines: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    at.signs_in(ines)
    at.turns_to("Organization")
    at.sees("Larch & Co")
    at.reads("2 of 2 active members")
    at.reads("Owners change this.")
    expect(at.main.get_by_role("button")).to_have_count(0)
    expect(at.main.get_by_role("textbox")).to_have_count(0)
    shoot(at.page, "organization-admin")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_member_sees_no_administration(ann: Person, ines: Person, bea: Person, somebody: Arriving) -> None:
    looking = somebody()
    looking.signs_in(ann)
    looking.looks_at(ines)
    address = re.sub(r"^https?://[^/]+", "", looking.page.url)
    at = somebody()
    at.signs_in(bea)
    for place in ("Members", "Organization", "Log"):
        expect(at.page.get_by_role("link", name=place, exact=True, include_hidden=True)).to_have_count(0)
    inside = ["/members", "/members/export", "/members/several?act=suspension", "/invitations/new", "/invitations/many"]
    for path in [*inside, "/organization", "/audit", address, *(f"{address}/{act}" for act in ACTS)]:
        reply = at.page.goto(path)
        assert reply
        assert reply.status == 403, path
        at.sees(NOT_FROM_HERE)
        at.reads("This page is for those who administer your organization.")
        at.does_not_read("Ines")


def test_an_owner_may_go_once_there_is_another(ann: Person, ines: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Organization")
    at.reads("Make somebody else an owner too")
    at.looks_at(ines)
    at.follows("Change role")
    at.sees("Change the role of Ines Ilex")
    shoot(at.page, "act-role")
    at.chooses("New role", "Owner")
    at.says_why("so that there are two of us")
    at.presses("Change role")
    at.is_told("Ines Ilex is owner now")
    at.turns_to("Organization")
    at.reads("Ann Larch, Ines Ilex")
    at.does_not_read("Make somebody else an owner too")

    other = somebody()
    other.signs_in(ines)
    other.turns_to("History")
    other.reads("Ann Larch changed your role from admin to owner. Reason: so that there are two of us")
    other.looks_at(ann)
    other.follows("Suspend")
    other.says_why("the two of us fell out")
    other.presses("Suspend")
    other.is_told("Ann Larch is suspended")
    at.turns_to("Members")
    at.sees("Sign in to Larch & Co")

    other.looks_at(ines)
    other.reads("Nobody acts on themselves here.")
    other.looks_at(ann)
    other.follows("Reactivate")
    other.says_why("made up again")
    other.presses("Reactivate")
    at.signs_in(ann, on_the_way_to="Members")


def test_the_last_owner_with_an_authenticator_stays(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    """Owners act on owners: it takes a second one, without an authenticator, to come up against the guard."""
    otto = came_without_a_phone(site, ann, "Otto Oak", role=Role.OWNER)
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Organization")
    at.types("Second factor required from", "")
    at.presses("Save changes")
    other = somebody()
    other.gives_password(otto)
    other.presses("Not now")
    other.looks_at(ann)
    address = other.page.url
    for words in ("Change role", "Suspend", "Remove"):
        expect(other.page.get_by_role("link", name=words, exact=True)).to_have_count(0)
        expect(other.section("What you can do")).to_contain_text(f"{words} Not now. This is the last owner")
    shoot(other.page, "member-last-owner")
    for act in ("role", "suspension", "removal"):
        other.opens(f"{address}/{act}")
        other.reads("This is the last owner with an authenticator, and one has to stay")
        expect(other.main.get_by_role("button")).to_have_count(0)
    at.turns_to("Members")
    at.sees("Members")


def acts_of(at: Walker) -> Locator:
    return at.page.get_by_role("heading", name="What you can do")
