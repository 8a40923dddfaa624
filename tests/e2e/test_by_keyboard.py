"""Nobody needs a mouse: everything is reached with Tab, pressed with Enter, and seen where the focus is."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Arriving
from tests.support.journey import ACKNOWLEDGEMENT, EITHER_CODE, Person, a_newcomer
from tests.support.site import Site

_OUTLINE = "element => { const look = getComputedStyle(element); return [look.outlineStyle, look.outlineWidth] }"


def test_signing_in_takes_keys_alone(ann: Person, somebody: Arriving) -> None:
    at = somebody()
    keys = at.page.keyboard
    expect(at.page.get_by_label("E-mail address")).to_be_focused()
    keys.type(ann.email)
    tab_to(at.page.get_by_label("Password", exact=True))
    keys.type("not the password")
    keys.press("Enter")

    expect(at.page.get_by_role("alert")).to_be_focused()
    tab_to(at.page.get_by_role("link", name=re.compile("do not fit together")))
    keys.press("Enter")
    expect(at.page.get_by_label("Password", exact=True)).to_be_focused()
    keys.type(ann.password)
    keys.press("Enter")

    expect(at.page.get_by_label(EITHER_CODE)).to_be_focused()
    keys.type(ann.phone.next_code())
    keys.press("Enter")
    at.sees("Your account")
    keys.press("Tab")
    expect(at.page.get_by_role("link", name="Skip to content")).to_be_focused()
    keys.press("Enter")
    expect(at.main).to_be_focused()
    tab_to(at.page.get_by_role("link", name="Add an authenticator"))


def test_enrolling_takes_keys_alone(site: Site, somebody: Arriving) -> None:
    ann = a_newcomer()
    at = somebody(site.setup_link())
    keys = at.page.keyboard
    typed = {
        "Name of your organization": ann.organization,
        "Your name": ann.name,
        "Your e-mail address": ann.email,
        "Password": ann.password,
    }
    for label, text in typed.items():
        tab_to(at.page.get_by_label(label, exact=True))
        keys.type(text)
    tab_to(at.page.get_by_role("button", name="Create the organization"))
    keys.press("Enter")

    at.sees("Set up an authenticator")
    tab_to(at.page.get_by_text("No such app yet?"))
    keys.press("Enter")
    expect(at.page.get_by_text("Many password managers")).to_be_visible()
    tab_to(at.page.get_by_label("Code from the app"))
    keys.type(at.scans_the_picture().next_code())
    tab_to(at.page.get_by_role("button", name="Confirm authenticator"))
    keys.press("Enter")

    at.sees("Save your recovery codes")
    tab_to(at.page.get_by_role("button", name="Copy codes"))
    tab_to(at.page.get_by_label(ACKNOWLEDGEMENT))
    keys.press("Space")
    tab_to(at.page.get_by_role("button", name="Acknowledge"))
    keys.press("Enter")
    at.sees("You are ready")


def test_helping_somebody_takes_keys_alone(ann: Person, bea: Person, somebody: Arriving) -> None:
    at = somebody()
    at.signs_in(ann)
    keys = at.page.keyboard
    tab_to(at.page.get_by_role("link", name="Members", exact=True))
    keys.press("Enter")
    at.sees("Members")
    tab_to(at.page.get_by_label("Name or e-mail"))
    keys.type("bir")
    keys.press("Enter")
    at.reads("1 found.")
    tab_to(at.page.get_by_label("Select all on this page"))
    keys.press("Space")
    expect(at.page.get_by_label("Select Bea Birch")).to_be_checked()
    tab_to(at.page.get_by_role("link", name="Bea Birch", exact=True))
    keys.press("Enter")
    at.sees("Bea Birch")
    tab_to(at.page.get_by_role("link", name="Make a pass", exact=True))
    keys.press("Enter")

    at.sees("Make a pass for Bea Birch")
    tab_to(at.page.get_by_label("Good for"))
    keys.press("ArrowUp")
    tab_to(at.page.get_by_role("button", name="Make a pass"))
    keys.press("Enter")
    expect(at.page.get_by_role("alert")).to_be_focused()
    tab_to(at.page.get_by_role("link", name="Say why. The member reads it too."))
    keys.press("Enter")
    expect(at.page.get_by_label("Reason")).to_be_focused()
    keys.type("phone and codes are gone")
    keys.press("Enter")
    at.sees("A pass for Bea Birch")
    at.reads("Good until 9 May 2026, 09:4")  # ten minutes, the choice above an hour
    tab_to(at.page.get_by_role("button", name="Copy pass"))
    keys.press("Enter")
    at.is_told("Copied")
    tab_to(at.page.get_by_role("link", name="I have handed it over"))


def tab_to(wanted: Locator) -> None:
    """Press Tab until it has the focus, and see at each stop where the focus is."""
    page: Page = wanted.page
    expect(wanted).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.locator(":focus")
        if stop.count() == 0:
            continue  # the browser's own bar
        style, width = stop.evaluate(_OUTLINE)
        assert style == "solid", f"{stop.inner_text()!r} does not show that it has the focus"
        assert float(width.removesuffix("px")) >= 2
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{wanted} cannot be reached with Tab")
