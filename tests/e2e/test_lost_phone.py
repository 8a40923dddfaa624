"""The phone is gone: in with a recovery code, and out with everything that the phone could still open."""

from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import EVERY_WAY, Person, has_used_up, in_capitals_with_spaces
from tests.support.site import Site


@EVERY_WAY
def test_a_recovery_code_leads_to_a_new_phone_and_new_codes(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting, portray: Shooting
) -> None:
    old_phone, old_codes = ann.phone, list(ann.codes)
    has_used_up(site, ann, count=6)
    at = somebody()
    at.gives_password(ann)
    at.follows("Type a recovery code")
    at.gives_code(in_capitals_with_spaces(ann.codes.pop()))
    at.sees("Is your phone gone?")
    at.reads("and that one is used up. 3 of 10 are left.")
    at.reads("Only 3 codes are left.")
    shoot(at.page, "lost-phone")
    portray(at.page, "lost-phone")

    at.presses("Replace Phone")
    at.sees("Replace Phone")
    at.reads("Phone keeps working until the new one is confirmed.")
    shoot(at.page, "enrolment-replacing")
    new_phone = at.scans_the_picture()
    at.confirms(new_phone, name="Second-hand phone")
    at.is_told("Second-hand phone is set up and replaces Phone.")
    at.sees("Recovery codes")
    at.reads("Few are left. Make a new set soon.")
    shoot(at.page, "recovery-codes-few")

    at.presses_and_means_it("Regenerate codes")
    at.sees("Save your recovery codes")
    at.reads("These are your new codes. The old ones have stopped working.")
    new_codes = at.copies_the_codes_down()
    at.acknowledges(and_then_sees="Your account")
    at.is_ready("1 authenticator", "10 recovery codes")
    at.reads("Second-hand phone")
    at.signs_out()

    at.gives_password(ann)
    at.gives_code(old_phone.next_code())
    at.is_refused("That code does not fit.")
    for code in (old_codes[0], old_codes[-1]):
        at.gives_code(code)
        at.is_refused("That recovery code does not fit. Check that it is from your newest list")
    at.gives_code(new_phone.next_code())
    at.sees("Your account")
    at.signs_out()
    at.gives_password(ann)
    at.gives_code(in_capitals_with_spaces(new_codes[0]))
    at.sees("Is your phone gone?")
    at.reads("9 of 10 are left.")


def test_new_codes_can_be_made_right_where_the_last_one_was_spent(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    has_used_up(site, ann, count=9)
    at = somebody()
    at.gives_password(ann)
    at.gives_code(ann.codes.pop())
    at.sees("Is your phone gone?")
    at.reads("None of 10 is left")
    at.reads("That was your last code. Without a new set, the next lost phone shuts you out.")
    shoot(at.page, "lost-phone-last-code")
    at.presses("Regenerate codes")
    at.sees("Save your recovery codes")
    at.copies_the_codes_down()
    at.acknowledges(and_then_sees="Is your phone gone?")
    at.presses("Replace Phone")
    at.sees("Replace Phone")


def test_the_phone_turns_up_and_the_person_goes_on_where_they_wanted_to(ann: Person, somebody: Arriving) -> None:
    at = somebody("/account/sessions")
    at.gives_password(ann)
    at.gives_code(ann.codes[0])
    at.sees("Is your phone gone?")
    at.follows("I still have my phone")
    at.sees("Sessions")
    at.reads("Opened with recovery code")
    at.turns_to("Recovery codes")
    at.reads("Code 1, just now")
    at.reads("You signed in with a recovery code, so the others are not shown")


def test_who_has_several_phones_says_which_one_is_gone(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.signs_in(ann)
    at.adds_an_authenticator(name="Tablet")
    at.signs_out()
    at.gives_password(ann)
    at.gives_code(ann.codes[0])
    at.reads("Choose the one that is gone.")
    shoot(at.page, "lost-phone-of-several")
    at.presses("Replace Tablet")
    at.sees("Replace Tablet")


def test_after_a_slow_read_the_page_asks_once_more_and_still_replaces_the_same_phone(
    ann: Person, somebody: Arriving
) -> None:
    at = somebody()
    at.gives_password(ann)
    at.gives_code(ann.codes[0])
    at.clock.advance(minutes=6)
    at.presses("Replace Phone")
    at.is_refused("Type a code to confirm that it is you.")
    at.types("Code from your authenticator, or a recovery code", ann.codes[1])
    at.presses("Set up the new authenticator")
    at.sees("Replace Phone")
