"""What owners decide for everybody: the name, the time zone, from when a second factor is required, how many codes."""

from datetime import UTC, datetime

from playwright.sync_api import expect

from tests.e2e.conftest import Arriving, Shooting
from tests.support.colleagues import a_colleague, came_without_a_phone
from tests.support.journey import EVERY_WAY, PROOF, Person, Walker
from tests.support.site import Site


@EVERY_WAY
def test_the_owner_changes_what_holds_for_everybody_and_dates_follow(
    site: Site, ann: Person, bea: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Organization")
    at.sees("Larch & Co")
    at.reads("2 of 2 active members")
    at.has("Time zone", "UTC")
    at.has("Recovery codes in a set", "10")
    shoot(at.page, "organization")
    at.types("Time zone", "Europe/Berlni")
    at.types("Recovery codes in a set", "7")
    at.presses("Save changes")
    at.is_refused("There is no time zone of this name. Did you mean Europe/Berlin?")
    at.is_refused("Type a number from 8 to 20.")
    shoot(at.page, "organization-refused")

    at.types("Name", "Larch & Birch")
    at.types("Time zone", "tokyo")
    at.types("Recovery codes in a set", "12")
    at.clock.advance(minutes=6)
    at.presses("Save changes")
    at.is_refused("Type a code to confirm that it is you.")
    at.types(PROOF, ann.phone.next_code())
    at.presses("Save changes")
    at.is_told("The changes are saved.")
    at.sees("Larch & Birch")
    at.has("Time zone", "Asia/Tokyo")

    at.looks_at(bea)
    at.follows("Make a pass")
    at.says_why("phone and codes are gone")
    at.presses("Make a pass")
    at.reads("Good until 9 May 2026, 19:")  # nine hours ahead of UTC, and an hour to go
    at.reads("JST")
    at.turns_to("Log")
    at.reads(
        "Ann Larch changed the organization: name from “Larch & Co” to “Larch & Birch”, time zone from “UTC” to "
        "“Asia/Tokyo”, number of recovery codes from “10” to “12”."
    )

    member = somebody()
    member.sees("Sign in to Larch & Birch")
    member.signs_in(bea)
    member.turns_to("Recovery codes")
    member.presses_and_means_it("Regenerate codes")
    member.sees("Save your recovery codes")
    expect(member.section("Recovery codes").get_by_role("listitem")).to_have_count(12)


def test_from_the_day_on_nobody_passes_without_an_authenticator(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    bea = came_without_a_phone(site, ann, "Bea Birch")
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Organization")
    at.has("Second factor required from", "2026-05-04")
    at.reads("1 active members have none yet")
    requires(at, "2026-05-20")

    member = somebody()
    member.gives_password(bea)
    member.sees("Set up your second factor")
    member.reads("Larch & Co requires a second factor from 20 May 2026. Until then you may put it off.")
    shoot(member.page, "welcome-may-postpone")
    member.presses("Not now")
    member.sees("Your account")

    site.clock.set(datetime(2026, 5, 19, 23, 50, tzinfo=UTC))
    member.opens("/")
    member.gives_password(bea)
    member.presses("Not now")
    member.turns_to("History")
    member.sees("History")
    site.clock.advance(minutes=11)
    member.turns_to("Sessions")  # midnight is over
    member.sees("Set up your second factor")
    member.reads("requires a second factor since 20 May 2026, so it comes before everything else.")
    expect(member.page.get_by_role("button", name="Not now")).to_have_count(0)
    member.types("Your password", bea.password)
    member.presses("Set up an authenticator")
    bea.gets(member.scans_the_picture())
    member.confirms(bea.phone)
    member.sees("Save your recovery codes")


def test_without_a_day_nobody_has_to(site: Site, ann: Person, somebody: Arriving) -> None:
    bea = came_without_a_phone(site, ann, "Bea Birch")
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Organization")
    requires(at, "")
    site.clock.advance(days=400)
    member = somebody()
    member.gives_password(bea)
    member.does_not_read("requires a second factor")
    member.presses("Not now")
    member.sees("Your account")


def test_what_another_owner_saved_meanwhile_is_not_undone(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    slow, quick = somebody(), somebody()
    for at in (slow, quick):
        at.signs_in(ann)
        at.turns_to("Organization")
    quick.types("Name", "Larch & Birch")
    quick.presses("Save changes")
    quick.is_told("The changes are saved.")
    slow.types("Recovery codes in a set", "15")
    slow.presses("Save changes")
    slow.is_told("Somebody else has changed the organization meanwhile.")
    slow.has("Name", "Larch & Birch")
    slow.has("Recovery codes in a set", "10")


def test_who_is_not_ready_is_a_link_away(site: Site, ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    bea = came_without_a_phone(site, ann, "Bea Birch")
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Organization")
    at.reads("1 of 2 active members")
    shoot(at.page, "organization-not-all-ready")
    at.follows("See who is not")
    at.sees("Members")
    at.reads("1 found.")
    expect(at.line_about(bea)).to_contain_text("No authenticator")
    at.finds(a_colleague("Nobody At All").name)
    at.reads("Nobody fits.")


def requires(at: Walker, day: str) -> None:
    at.types("Second factor required from", day)
    at.presses("Save changes")
    at.is_told("The changes are saved.")
