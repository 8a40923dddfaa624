"""Somebody signs in, and gets to where they wanted to go."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import EITHER_CODE, EVERY_WAY, Person
from tests.support.site import Site


@EVERY_WAY
def test_password_and_code_lead_to_where_the_person_wanted_to_go(
    ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody("/account/history")
    at.sees("Sign in to Larch & Co")
    shoot(at.page, "sign-in")
    at.gives_password(ann)
    at.sees("Type your code")
    at.reads("Lost your phone? Type one of your recovery codes here")
    shoot(at.page, "sign-in-code")
    code = ann.phone.next_code()
    at.gives_code(f"{code[:3]} {code[3:]}")
    at.sees("History")
    at.reads("You signed in with a code from your authenticator.")
    shoot(at.page, "history")
    at.turns_to("Account")
    at.sees("Your account")
    at.is_ready("1 authenticator", "10 recovery codes")
    at.signs_out()
    shoot(at.page, "signed-out")
    at.opens("/account")
    at.sees("Sign in to Larch & Co")


def test_a_wrong_password_is_told_at_its_field_and_keeps_the_address(
    ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    at.gives_password(ann, password="three birches in the mud")
    at.is_refused("E-mail address and password do not fit together.")
    at.has("E-mail address", ann.email)
    at.has("Password", "")
    shoot(at.page, "sign-in-refused")


def test_many_wrong_passwords_make_everybody_wait_and_say_how_long(
    ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    for _ in range(5):
        at.gives_password(ann, password="three birches in the mud")
        at.is_refused("do not fit together")
    with at.page.expect_response("**/sign-in") as refusal:
        at.gives_password(ann)
    assert refusal.value.status == 429
    at.is_refused("There were several wrong passwords. Wait a minute, then try again.")
    shoot(at.page, "sign-in-wait-429")
    at.clock.advance(minutes=1)
    at.signs_in(ann)


def test_a_wrong_code_a_slip_and_a_used_code_are_told_apart(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.gives_password(ann)
    at.gives_code(ann.phone.wrong_code())
    at.is_refused("That code does not fit.")
    shoot(at.page, "sign-in-code-refused")
    at.gives_code("12345")
    at.is_refused("something was mistyped. It has cost you no try.")
    slip = ann.codes[0][:-1] + ("0" if ann.codes[0][-1] != "0" else "1")
    at.gives_code(slip)
    at.is_refused("something was mistyped. It has cost you no try.")
    used = ann.phone.next_code()
    at.gives_code(used)
    at.sees("Your account")
    at.signs_out()
    at.gives_password(ann)
    at.gives_code(used)
    at.is_refused("That code has already been used. Wait for the next one.")


def test_a_link_to_elsewhere_is_not_followed_after_signing_in(site: Site, ann: Person, somebody: Arriving) -> None:
    at = somebody("/sign-in?next=//elsewhere.example/account")
    at.signs_in(ann)
    assert at.page.url == f"{site.url}/account"


def test_the_field_for_a_code_takes_letters_on_request(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    """A phone's keyboard of figures has no letters."""
    at = somebody()
    at.gives_password(ann)
    code = at.page.get_by_label(EITHER_CODE)
    expect(code).to_have_attribute("inputmode", "numeric")
    expect(code).to_have_attribute("autocomplete", "one-time-code")
    at.follows("Type a recovery code")
    expect(code).to_have_attribute("inputmode", "text")
    shoot(at.page, "sign-in-recovery-code")
    at.gives_code("k7qm")
    at.is_refused("mistyped")
    at.follows("Ask for help")
    at.sees("No phone and no codes")
    shoot(at.page, "help")


def test_a_sign_in_is_given_up_by_the_person_or_by_time(ann: Person, somebody: Arriving) -> None:
    at = somebody()
    at.gives_password(ann)
    at.presses("Sign in as somebody else")
    at.sees("Sign in to Larch & Co")
    at.gives_password(ann)
    at.sees("Type your code")
    at.clock.advance(minutes=15)
    at.gives_code(ann.phone.code())
    at.sees("Sign in to Larch & Co")
    at.is_told("your session has ended")


def test_what_was_typed_can_be_looked_at(ann: Person, somebody: Arriving) -> None:
    at = somebody()
    password = at.page.get_by_label("Password", exact=True)
    at.types("Password", ann.password)
    expect(password).to_have_attribute("type", "password")
    at.presses("Show what is typed in Password")
    expect(password).to_have_attribute("type", "text")
    at.presses("Hide what is typed in Password")
    expect(password).to_have_attribute("type", "password")


def test_a_session_that_nobody_used_for_half_an_hour_has_ended(ann: Person, somebody: Arriving) -> None:
    at = somebody()
    at.signs_in(ann)
    at.clock.advance(minutes=31)
    at.turns_to("History")
    at.sees("Sign in to Larch & Co")
    expect(at.page).to_have_url(re.compile("next=/account/history"))
    at.signs_in(ann, on_the_way_to="History")
