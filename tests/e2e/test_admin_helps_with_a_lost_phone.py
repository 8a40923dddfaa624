"""Phone and codes are gone: an administrator finds the member, makes a pass and tells it, in two minutes."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arriving, Shooting
from tests.support.colleagues import is_locked_by_guesses
from tests.support.journey import EVERY_WAY, PROOF, Person, Walker
from tests.support.site import Site

REASON = "Ticket 4711, recognised in a video call"


@EVERY_WAY
def test_a_pass_brings_back_who_is_locked_out(
    site: Site, ann: Person, ines: Person, bea: Person, somebody: Arriving, shoot: Shooting
) -> None:
    admin = somebody()
    admin.signs_in(ines)
    is_locked_by_guesses(site, bea)
    site.clock.advance(minutes=6)  # by now the admin's code is no longer fresh
    member = somebody()
    member.gives_password(bea)
    member.sees("Codes are refused for now")

    admin.finds("bir")
    expect(admin.line_about(bea)).to_contain_text("Locked")
    expect(admin.line_about(bea)).to_contain_text("too many wrong codes")
    admin.follows("Bea Birch")
    admin.sees("Bea Birch")
    admin.reads("Locked after too many wrong codes, until 11 May 2026, 10:")
    expect(admin.section("Second factor")).to_contain_text(re.compile(r"Wrong codes in 30 days\s*10"))
    expect(admin.section("Second factor")).to_contain_text("10 of 10 left")
    expect(admin.section("Last sign-ins")).to_contain_text("Firefox on Android")
    expect(admin.section("Passes this year")).to_contain_text("None.")
    shoot(admin.page, "member-locked")

    admin.follows("Make a pass")
    admin.sees("Make a pass for Bea Birch")
    admin.reads("all older ones stop working: 1 authenticator, 10 recovery codes, known browsers.")
    shoot(admin.page, "act-pass")
    admin.chooses("Good for", "4 hours")
    admin.says_why(REASON, code=ines.phone.wrong_code())
    admin.presses("Make a pass")
    admin.is_refused("That code does not fit.")
    admin.has("Reason", REASON)
    shoot(admin.page, "act-pass-refused")
    admin.types(PROOF, ines.phone.next_code())
    admin.presses("Make a pass")
    admin.sees("A pass for Bea Birch")
    admin.reads("Good until 11 May 2026, 13:")  # four hours, as chosen before the wrong code
    shoot(admin.page, "pass-made")
    spelled = admin.copies("Hand this over")

    begins_anew(member, bea, spelled)
    member.follows("Go to your account")
    member.is_ready("1 authenticator", "10 recovery codes")
    member.turns_to("History")
    member.reads(f"Ines Ilex made a pass to set up a new authenticator. Reason: {REASON}")
    member.signs_out()
    member.signs_in(bea)

    admin.follows("I have handed it over")
    admin.sees("Bea Birch")
    expect(admin.section("Second factor")).to_contain_text("Ready")
    expect(admin.section("Passes this year")).to_contain_text("Made by Ines Ilex")
    expect(admin.section("Passes this year")).to_contain_text("Used")
    shoot(admin.page, "member-helped")


def test_who_helped_with_one_factor_does_not_help_with_the_other(
    site: Site, ann: Person, ines: Person, bea: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    at.signs_in(ines)
    makes_a_pass(at, bea)
    at.looks_at(bea)
    expect(at.page.get_by_role("link", name="Make a password link")).to_have_count(0)
    at.reads("Less than 30 days ago you helped this person with the other factor.")
    at.reads("until 10 June 2026, 09:")
    at.reads("Ask another administrator, or whoever runs this portal.")
    shoot(at.page, "member-pass-open")
    at.opens(f"{at.page.url}/password-link")
    at.sees("Make a password link for Bea Birch")
    at.reads("Less than 30 days ago you helped this person with the other factor.")
    expect(at.main.get_by_role("button")).to_have_count(0)
    shoot(at.page, "act-objection")

    another = somebody()
    another.signs_in(ann)
    another.looks_at(bea)
    another.follows("Make a password link")
    shoot(another.page, "act-password-link")
    another.says_why("has forgotten it as well")
    another.presses("Make a password link")
    another.sees("A password link for Bea Birch")
    shoot(another.page, "password-link-made")
    member = somebody(another.copies("Hand this over"))
    member.types("New password", "a heron over the weir")
    member.presses("Set this password")
    member.sees("Your password is set")

    site.clock.advance(days=31)
    at.opens("/members")
    at.signs_in(ines, on_the_way_to="Members")
    at.looks_at(bea)
    at.follows("Make a password link")
    at.says_why("forgotten again")
    at.presses("Make a password link")
    at.sees("A password link for Bea Birch")


def test_a_second_pass_stops_the_first(ann: Person, bea: Person, somebody: Arriving) -> None:
    at = somebody()
    at.signs_in(ann)
    first = makes_a_pass(at, bea)
    at.looks_at(bea)
    expect(at.section("Passes this year")).to_contain_text("Good until")
    at.follows("Make a pass")
    at.reads("The pass that was made before stops working at once.")
    second = makes_a_pass(at, bea)
    member = somebody()
    member.gives_password(bea)
    member.opens("/sign-in/pass")
    member.types("Pass", first)
    member.presses("Use this pass")
    member.is_refused("That pass does not fit, or can no longer be used.")
    member.types("Pass", second)
    member.presses("Use this pass")
    member.sees("Set up your second factor")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without-scripts"])
def test_nothing_is_made_without_a_reason(ann: Person, bea: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.signs_in(ann)
    at.looks_at(bea)
    at.follows("Make a pass")
    at.presses("Make a pass")
    at.is_refused("Say why. The member reads it too.")
    at.follows("Back to Bea Birch")
    expect(at.section("Passes this year")).to_contain_text("None.")


def test_after_a_new_address_nobody_here_helps_for_a_week(
    site: Site, ann: Person, ines: Person, bea: Person, somebody: Arriving, shoot: Shooting
) -> None:
    old_address = bea.email
    at = somebody()
    at.signs_in(ann)
    at.looks_at(bea)
    at.follows("Change address")
    at.sees("Change the address of Bea Birch")
    at.has("New e-mail address", old_address)
    shoot(at.page, "act-address")
    at.types("New e-mail address", ines.email)
    at.says_why("married")
    at.presses("Change address")
    at.is_refused("Somebody else in your organization has this address.")
    bea.email = "bea.elm@larch.example"
    at.types("New e-mail address", bea.email)
    at.presses("Change address")
    at.is_told(f"Bea Birch signs in with {bea.email} from now on.")
    at.reads("Nobody has checked that it is theirs.")

    another = somebody()
    another.signs_in(ines)
    another.looks_at(bea)
    another.reads("The address of this person was changed lately. Until 18 May 2026, 09:")
    shoot(another.page, "member-address-changed")
    site.clock.advance(days=7)
    another.opens("/")
    another.signs_in(ines)
    makes_a_pass(another, bea)

    member = somebody()
    member.signs_in(bea)
    member.turns_to("History")
    member.reads("Ann Larch changed your e-mail address. Reason: married")


def begins_anew(at: Walker, person: Person, spelled: str) -> None:
    """With the pass, from the page that says that codes are refused."""
    at.follows("I have a pass")
    at.types("Pass", spelled)
    at.presses("Use this pass")
    at.sees("Set up your second factor")
    at.presses("Set up an authenticator")
    person.gets(at.scans_the_picture())
    at.confirms(person.phone)
    at.sees("Save your recovery codes")
    at.copies_the_codes_down()
    at.acknowledges(and_then_sees="You are ready")


def makes_a_pass(at: Walker, person: Person) -> str:
    at.looks_at(person)
    at.follows("Make a pass")
    at.says_why("phone and codes are gone")
    at.presses("Make a pass")
    at.sees(f"A pass for {person.name}")
    return at.copies("Hand this over")
