"""What people do once in a while: another device, another session, another password, and the red button."""

from playwright.sync_api import expect

from app.domain.events import OPERATOR
from app.services import locks
from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import EITHER_CODE, PROOF, Person
from tests.support.site import Site


def test_a_second_device_signs_in_is_renamed_and_removed(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.signs_in(ann)
    at.reads("Add a second authenticator, such as a tablet")
    at.follows("Add an authenticator")
    at.presses("Set up the new authenticator")
    at.has("Name of this authenticator", "Phone 2")
    tablet = at.scans_the_picture()
    at.confirms(tablet, name="Tablet")
    at.is_told("Tablet is set up.")
    at.is_ready("2 authenticators", "10 recovery codes")
    at.does_not_read("Add a second authenticator")
    at.signs_out()

    at.gives_password(ann)
    at.gives_code(tablet.next_code())
    at.sees("Your account")
    shoot(at.page, "account")
    at.follows("Manage Tablet")
    at.types("Name of this authenticator", "Old tablet")
    at.presses("Save name")
    at.is_told("The name is saved.")
    at.follows("Manage Old tablet")
    at.clock.advance(minutes=6)
    at.page.reload()
    shoot(at.page, "authenticator")
    at.types(PROOF, ann.phone.next_code())
    at.presses_and_means_it("Remove authenticator")
    at.is_told("Old tablet is removed. Its codes no longer work.")
    at.is_ready("1 authenticator", "10 recovery codes")
    at.signs_out()
    at.gives_password(ann)
    at.gives_code(tablet.next_code())
    at.is_refused("That code does not fit.")


def test_there_is_room_for_five(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.signs_in(ann)
    for number in range(2, 6):
        at.adds_an_authenticator(name=f"Phone {number}")
    at.is_ready("5 authenticators", "10 recovery codes")
    expect(at.page.get_by_role("link", name="Add an authenticator")).to_have_count(0)
    at.opens("/account/authenticators/new")
    at.sees("No room for another authenticator")
    shoot(at.page, "authenticators-full")
    at.follows("See your authenticators")
    at.follows("Manage Phone 5")
    at.follows("Replace this authenticator")
    at.presses("Set up the new authenticator")
    at.sees("Replace Phone 5")


def test_a_session_elsewhere_is_ended_from_here(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    there = somebody()
    there.signs_in(ann)
    here = somebody()
    here.signs_in(ann)
    here.turns_to("Sessions")
    here.reads("This session")
    shoot(here.page, "sessions")
    here.presses("End session: Chrome on Linux, 127.0.0.1")
    here.is_told("The session has ended.")
    here.reads("There is no other session.")
    there.turns_to("History")
    there.sees("Sign in to Larch & Co")

    there.signs_in(ann, on_the_way_to="History")
    here.opens("/account/sessions")
    here.presses_and_means_it("End all other sessions")
    here.is_told("One other session has ended.")
    there.turns_to("Account")
    there.sees("Sign in to Larch & Co")
    here.turns_to("Account")
    here.sees("Your account")


def test_a_browser_is_known_after_a_sign_in_and_can_be_forgotten(ann: Person, somebody: Arriving) -> None:
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Sessions")
    known = at.section("Known browsers")
    expect(known).to_contain_text("This browser")
    expect(known).to_contain_text("Known until 5 August 2026")
    at.presses("Forget Chrome on Linux")
    at.is_told("The browser is forgotten.")
    expect(known).not_to_contain_text("This browser")
    expect(known).to_contain_text("Firefox on Android")


def test_name_and_password_change_without_losing_what_was_typed(
    ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    other = somebody()
    other.signs_in(ann)
    at = somebody()
    at.signs_in(ann)
    at.clock.advance(minutes=6)
    at.turns_to("Name and password")
    at.types("Your name", "Ann Larch-Birch")
    at.presses("Save name")
    at.is_told("Your name is saved.")
    at.has("Your name", "Ann Larch-Birch")
    shoot(at.page, "profile")

    at.types("New password", "password1234")
    at.types(PROOF, ann.phone.next_code())
    at.presses("Change password")
    at.is_refused("This password is easy to guess")
    shoot(at.page, "profile-refused")
    at.types("New password", "a heron over the weir")
    at.types(PROOF, ann.phone.next_code())
    at.presses("Change password")
    at.is_told("Your password is changed. Your other sessions have ended.")
    other.turns_to("History")
    other.sees("Sign in to Larch & Co")
    at.signs_out()
    at.gives_password(ann)
    at.is_refused("do not fit together")
    at.gives_password(ann, password="a heron over the weir")
    at.sees("Type your code")


def test_the_red_button_closes_everything_until_a_person_opens_it(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    stranger = somebody()
    stranger.signs_in(ann)
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Something is wrong")
    at.sees("Something is wrong")
    shoot(at.page, "panic")
    at.presses_and_means_it("End all sessions and lock my account")
    at.sees("Your account is locked")
    at.reads("Every session has ended and no code opens the account any more.")
    shoot(at.page, "panicked")
    stranger.turns_to("History")
    stranger.sees("Sign in to Larch & Co")
    at.follows("Go to sign-in")
    at.gives_password(ann)
    at.sees("Codes are refused for now")
    at.reads("Somebody signed in as you chose “Something is wrong”")
    expect(at.page.get_by_label(EITHER_CODE)).to_have_count(0)
    shoot(at.page, "locked-after-panic")
    at.follows("See whom to ask")
    at.sees("Your account is locked")

    assert "was locked (panic)" in site.run_cli("unlock", ann.email)
    at.opens("/sign-in/code")
    at.gives_code(ann.phone.next_code())
    at.sees("Your account")


def test_history_goes_back_page_by_page(site: Site, ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    site.run_cli("pass", ann.email, "--reason", "asked by telephone")
    for _ in range(40):
        locks.unlock(site.portal, ann.email, organization=None, reason="asked", by=OPERATOR)
    at = somebody()
    at.signs_in(ann)
    at.follows("All history")
    at.does_not_read("asked by telephone")
    at.follows("Older")
    at.reads("The operator made a pass to set up a new authenticator. Reason: asked by telephone")
    at.reads("You became an owner of the organization.")
    shoot(at.page, "history-older")
    at.follows("Newest")
    at.reads("You signed in with a code from your authenticator.")
