"""The password is forgotten: a link from the operator sets a new one, and nothing else."""

import re

from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import Person
from tests.support.site import Site


def test_a_link_sets_a_password_once_and_signs_nobody_in(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    elsewhere = somebody()
    elsewhere.signs_in(ann)
    at = somebody()
    at.follows("Forgot your password?")
    at.sees("Forgot your password?")
    at.reads("An administrator of Larch & Co can give you a link")
    shoot(at.page, "password-forgotten")

    link = link_for(site, ann)
    at.opens(link)
    at.sees("Choose a new password")
    at.reads("ann@larch.example")
    assert at.page.url == f"{site.url}/password"
    shoot(at.page, "password-link")
    at.types("New password", "larch")
    at.presses("Set this password")
    at.is_refused("12")
    shoot(at.page, "password-link-refused")
    at.types("New password", "a heron over the weir")
    at.presses("Set this password")
    at.sees("Your password is set")
    shoot(at.page, "password-link-done")
    elsewhere.turns_to("History")
    elsewhere.sees("Sign in to Larch & Co")

    at.follows("Go to sign-in")
    at.gives_password(ann)
    at.is_refused("do not fit together")
    at.gives_password(ann, password="a heron over the weir")
    at.sees("Type your code")
    at.gives_code(ann.phone.next_code())
    at.sees("Your account")
    at.reads("Your password was set with a link.")

    somebody_else = somebody(link)
    somebody_else.sees("This password link no longer works")
    shoot(somebody_else.page, "password-link-gone")


def test_a_link_is_over_after_a_day(site: Site, ann: Person, somebody: Arriving) -> None:
    link = link_for(site, ann)
    site.clock.advance(hours=24)
    somebody(link).sees("This password link no longer works")


def link_for(site: Site, person: Person) -> str:
    """As the operator reads it off the terminal."""
    printed = site.run_cli("password-link", person.email)
    return str(re.findall(r"http://\S+/password/\S+", printed)[0])
