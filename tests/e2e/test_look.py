"""Light or dark, as the system has it or as the person chooses."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import Person, Walker

LIGHT, DARK = "rgb(243, 242, 236)", "rgb(20, 24, 23)"


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without-scripts"])
def test_the_choice_outdoes_the_system_and_can_be_given_back(
    ann: Person, somebody: Arriving, *, javascript: bool
) -> None:
    at = somebody("/password/forgotten")
    assert ground_of(at.page) == LIGHT
    chooses(at, "Dark")
    at.sees("Forgot your password?")  # the choice leads nowhere else
    assert ground_of(at.page) == DARK
    at.opens("/")
    assert ground_of(at.page) == DARK
    chooses(at, "Light")
    at.page.emulate_media(color_scheme="dark")
    assert ground_of(at.page) == LIGHT
    chooses(at, "System")
    assert ground_of(at.page) == DARK
    at.page.emulate_media(color_scheme="light")
    assert ground_of(at.page) == LIGHT


def test_the_account_in_the_dark(ann: Person, somebody: Arriving, shoot: Shooting, portray: Shooting) -> None:
    at = somebody(dark=True)
    at.signs_in(ann)
    assert ground_of(at.page) == DARK
    portray(at.page, "account-dark")
    at.page.emulate_media(forced_colors="active")
    shoot(at.page, "account-forced-colors")


def chooses(at: Walker, theme: str) -> None:
    """And has the page that came of it before them."""
    at.presses(theme)
    expect(at.page.get_by_role("button", name=theme)).to_have_attribute("aria-pressed", "true")


def ground_of(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
