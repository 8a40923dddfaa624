"""Where there is nothing, or not any more: a page of the same look, and a way back."""

import pytest

from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import Person


def test_an_address_that_leads_nowhere_says_so_outside_and_inside(
    ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody("/nowhere")
    at.sees("There is no such page")
    at.reads("Error 404.")
    shoot(at.page, "error-404")
    at.follows("Go to the first page")
    at.signs_in(ann)
    at.opens("/account/nowhere")
    at.sees("There is no such page")
    shoot(at.page, "error-404-inside")
    at.follows("Go to the first page")
    at.sees("Your account")


def test_a_page_from_before_signing_out_and_in_changes_nothing(
    ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Name and password")
    at.types("Your name", "Ann Birch")
    with at.page.context.expect_page() as opened:
        at.page.evaluate("window.open('/account')")
    tab = opened.value
    tab.get_by_role("button", name="Sign out").click()
    tab.get_by_label("E-mail address").fill(ann.email)
    tab.get_by_label("Password", exact=True).fill(ann.password)
    tab.get_by_role("button", name="Continue").click()
    tab.get_by_label("Authenticator code or recovery code").fill(ann.phone.next_code())
    tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.get_by_role("heading", name="Your account", level=1).wait_for()

    at.presses("Save name")
    at.sees("This page had grown old")
    at.reads("Nothing was changed.")
    shoot(at.page, "error-stale")
    at.opens("/account/profile")
    at.has("Your name", "Ann Larch")


@pytest.mark.parametrize("path", ["/", "/sign-in", "/account"])
def test_before_anybody_set_it_up_the_portal_says_how_to(somebody: Arriving, shoot: Shooting, path: str) -> None:
    at = somebody(path)
    at.sees("Not set up yet")
    at.reads("Whoever started Sparekey finds a setup link in the terminal")
    if path == "/":
        shoot(at.page, "not-set-up")
