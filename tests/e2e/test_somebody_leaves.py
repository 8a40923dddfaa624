"""Somebody goes: for a while, for good, or several at once; and the list goes into a spreadsheet."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arriving, Shooting
from tests.support.colleagues import settled_in
from tests.support.journey import EVERY_WAY, PROOF, Person
from tests.support.site import Site

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without-scripts"])


@EVERY_WAY
def test_suspended_for_a_while_and_brought_back(
    site: Site, ann: Person, bea: Person, somebody: Arriving, shoot: Shooting
) -> None:
    member = somebody()
    member.signs_in(bea)
    at = somebody()
    at.signs_in(ann)
    at.looks_at(bea)
    at.follows("Suspend")
    at.sees("Suspend Bea Birch")
    at.reads("1 open session ends at once.")
    shoot(at.page, "act-suspension")
    at.says_why("on leave until spring")
    at.presses("Suspend")
    at.is_told(re.compile("Bea Birch is suspended.*1 session ended"))
    at.reads("Suspended: nobody signs in here, not even with the right password.")
    shoot(at.page, "member-suspended")
    member.turns_to("History")
    member.sees("Sign in to Larch & Co")
    member.gives_password(bea)
    member.is_refused("E-mail address and password do not fit together.")

    at.follows("Reactivate")
    at.sees("Reactivate Bea Birch")
    at.reads("They can sign in again with what they had: password, 1 authenticator, 10 recovery codes.")
    shoot(at.page, "act-reactivation")
    at.says_why("back already")
    at.presses("Reactivate")
    at.is_told("Bea Birch can sign in again")
    member.signs_in(bea, on_the_way_to="History")
    member.reads("Ann Larch suspended your account. Reason: on leave until spring")
    member.reads("Ann Larch opened your account again. Reason: back already")


@EVERY_WAY
def test_removed_for_good_and_the_address_is_free(
    site: Site, ann: Person, bea: Person, somebody: Arriving, shoot: Shooting
) -> None:
    member = somebody()
    member.signs_in(bea)
    at = somebody()
    at.signs_in(ann)
    at.looks_at(bea)
    at.follows("Remove")
    at.sees("Remove Bea Birch")
    at.reads("For good: password, 1 authenticator, 10 recovery codes and known browsers are wiped.")
    at.reads(f"The address {bea.email} is free for somebody else.")
    shoot(at.page, "act-removal")
    at.says_why("works elsewhere now")
    at.presses("Remove")
    at.is_told(re.compile("Bea Birch is removed.*1 session ended"))
    at.reads("Removed. What is left is the log.")
    expect(at.page.get_by_role("heading", name="What you can do")).to_have_count(0)
    shoot(at.page, "member-removed")
    member.turns_to("Account")
    member.sees("Sign in to Larch & Co")
    member.gives_password(bea)
    member.is_refused("E-mail address and password do not fit together.")

    at.finds("birch")
    at.reads("Nobody fits.")
    shoot(at.page, "members-nobody")
    at.chooses("Status", "Removed")
    at.presses("Show")
    at.reads("1 found.")
    expect(at.page.get_by_role("link", name="Bea Birch", exact=True)).to_be_visible()
    at.turns_to("Members")
    at.follows("Invite somebody")
    at.types("Name", "Bert Birch")
    at.types("E-mail address", bea.email)
    at.presses("Invite")
    at.sees("Bert Birch is invited")


@BOTH
def test_several_at_once_and_whom_it_is_not_open_to_is_left_alone(
    site: Site, ann: Person, ines: Person, somebody: Arriving, shoot: Shooting, *, javascript: bool
) -> None:
    people = settled_in(site, ann, "Bea Birch", "Carl Cedar", "Dora Dogwood")
    theirs = [somebody() for _ in people]
    for member, person in zip(theirs, people, strict=True):
        member.signs_in(person)
    at = somebody()
    at.signs_in(ines)
    at.turns_to("Members")
    shoot(at.page, "members")
    at.presses("Suspend")
    at.is_told("Tick the boxes of those you mean.")
    if javascript:
        at.ticks("Select all on this page")
        expect(at.page.get_by_label("Select Dora Dogwood")).to_be_checked()
        at.page.get_by_label("Select Carl Cedar").uncheck()
        at.page.get_by_label("Select Carl Cedar").check()
    else:
        expect(at.page.get_by_label("Select all on this page")).to_be_hidden()
        for person in (ann, ines, *people):
            at.ticks(f"Select {person.name}")
    at.presses("End sessions")
    at.sees("End the sessions of 3 people")
    at.reads("Left alone, since it is not open to you or does not apply: Ann Larch, Ines Ilex.")
    shoot(at.page, "several")
    at.presses("End their sessions")
    at.is_refused("Say why. The member reads it too.")
    at.clock.advance(minutes=6)
    at.says_why("new office network")
    at.presses("End their sessions")
    at.is_refused("Type a code to confirm that it is you.")
    at.has("Reason", "new office network")
    shoot(at.page, "several-refused")
    at.types(PROOF, ines.phone.next_code())
    at.presses("End their sessions")
    at.is_told("The sessions of Bea Birch, Carl Cedar, Dora Dogwood are ended.")
    for member in theirs:
        member.turns_to("History")
        member.sees("Sign in to Larch & Co")
    theirs[0].signs_in(people[0], on_the_way_to="History")
    theirs[0].reads("Ines Ilex ended all your sessions. Reason: new office network")

    at.turns_to("Members")
    at.ticks("Select Carl Cedar")
    at.ticks("Select Dora Dogwood")
    at.presses("Suspend")
    at.sees("Suspend 2 people")
    at.says_why("the branch is closed")
    at.presses("Suspend them")
    at.is_told("Suspended: Carl Cedar, Dora Dogwood.")
    theirs[1].gives_password(people[1])
    theirs[1].is_refused("E-mail address and password do not fit together.")


@BOTH
def test_the_list_as_it_is_narrowed_goes_into_a_spreadsheet(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting, tmp_path: Path, *, javascript: bool
) -> None:
    [formula] = settled_in(site, ann, "=Bea Birch")
    settled_in(site, ann, "Carl Cedar")
    at = somebody()
    at.signs_in(ann)
    at.finds("b")
    at.reads("1 found.")
    shoot(at.page, "members-narrowed")
    at.clock.advance(minutes=6)
    at.follows("Export this list")
    at.sees("Export 1 member")
    shoot(at.page, "export")
    at.presses("Export as CSV")
    at.is_refused("Type a code to confirm that it is you.")
    shoot(at.page, "export-refused")
    at.types(PROOF, ann.phone.next_code())
    with at.page.expect_download() as download:
        at.presses("Export as CSV")
    assert download.value.suggested_filename == "sparekey-members-larch-co-2026-05-11.csv"
    saved = tmp_path / "members.csv"
    download.value.save_as(saved)
    [line] = csv.DictReader(saved.read_text(encoding="utf-8-sig").splitlines())
    assert line["Name"] == "'=Bea Birch"
    assert line["E-mail"] == formula.email
    assert (line["Role"], line["Status"], line["Second factor"]) == ("member", "active", "Ready")
    assert (line["Authenticators"], line["Recovery codes left"]) == ("1", "10")
    assert not any("secret" in heading.casefold() for heading in line)
    at.opens("/audit")
    at.reads("Ann Larch exported the list of members.")
