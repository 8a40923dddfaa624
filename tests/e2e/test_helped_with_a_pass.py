"""Neither phone nor codes: the operator hands out a pass, which opens nothing but a new beginning."""

import re

from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import Person
from tests.support.site import Site


def test_a_pass_opens_enrolment_alone_and_voids_what_was_before(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    old_phone = ann.phone
    thief = somebody()
    thief.signs_in(ann)

    at = somebody()
    at.gives_password(ann)
    at.follows("Ask for help")
    at.sees("No phone and no codes")
    at.reads("An administrator of Larch & Co can give you a pass, and so can whoever runs this portal.")
    at.follows("I have a pass")
    at.sees("Use a pass")
    shoot(at.page, "pass")
    at.types("Pass", pass_for(site, ann))
    at.presses("Use this pass")
    at.sees("Set up your second factor")
    shoot(at.page, "pass-used")
    for page in ("/account", "/account/history", "/account/recovery-codes"):
        at.opens(page)
        at.sees("Set up your second factor")
    thief.turns_to("History")
    thief.sees("Sign in to Larch & Co")

    at.presses("Set up an authenticator")
    at.sees("Set up an authenticator")
    phone = at.scans_the_picture()
    at.confirms(phone)
    at.sees("Save your recovery codes")
    codes = at.copies_the_codes_down()
    at.acknowledges(and_then_sees="You are ready")
    at.follows("Go to your account")
    at.is_ready("1 authenticator", "10 recovery codes")
    at.reads("With a pass, a new authenticator replaced everything older.")
    shoot(at.page, "account-after-a-pass")
    at.signs_out()

    at.gives_password(ann)
    at.gives_code(old_phone.next_code())
    at.is_refused("That code does not fit.")
    at.gives_code(ann.codes[0])
    at.is_refused("That recovery code does not fit. Check that it is from your newest list")
    at.gives_code(codes[0])
    at.sees("Is your phone gone?")


def test_a_pass_belongs_to_the_first_browser_that_used_it(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    spelled = pass_for(site, ann)
    first, second = somebody(), somebody()
    for at in (first, second):
        at.gives_password(ann)
        at.opens("/sign-in/pass")
        at.types("Pass", spelled)
        at.presses("Use this pass")
    second.is_refused("That pass is already in use in another browser.")
    shoot(second.page, "pass-refused")
    first.sees("Set up your second factor")

    first.page.context.clear_cookies(name=re.compile("session"))  # closed, and opened again
    first.opens("/")
    first.gives_password(ann)
    first.opens("/sign-in/pass")
    first.types("Pass", spelled.upper())
    first.presses("Use this pass")
    first.sees("Set up your second factor")


def test_a_slip_costs_nothing_and_a_pass_that_is_over_is_refused(site: Site, ann: Person, somebody: Arriving) -> None:
    spelled = pass_for(site, ann)
    at = somebody()
    at.gives_password(ann)
    at.opens("/sign-in/pass")
    at.types("Pass", spelled[:-1])
    at.presses("Use this pass")
    at.is_refused("something was mistyped. It has cost you no try.")
    at.clock.advance(minutes=61)
    at = somebody()
    at.gives_password(ann)
    at.opens("/sign-in/pass")
    at.types("Pass", spelled)
    at.presses("Use this pass")
    at.is_refused("That pass does not fit, or can no longer be used. Ask for a new one.")


def pass_for(site: Site, person: Person) -> str:
    """As the operator reads it off the terminal."""
    printed = site.run_cli("pass", person.email, "--reason", "phone and sheet burnt")
    return str(re.findall(r"(?:[0-9a-z]{4}-){3}[0-9a-z]{4}", printed)[0])
