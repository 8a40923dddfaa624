"""New recovery codes for old: asked for when it has been a while, made once, and the old ones are worth nothing."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import EVERY_WAY, Person
from tests.support.site import Site

PROOF = "Code from your authenticator, or a recovery code"


@EVERY_WAY
def test_a_new_set_is_made_with_a_code_in_the_same_form_and_the_old_one_stops(
    ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    at.signs_in(ann)
    at.clock.advance(minutes=6)
    at.turns_to("Recovery codes")
    at.reads("10 of 10 codes left")
    at.reads("More than five minutes have passed since your last code.")
    shoot(at.page, "recovery-codes")
    make = at.section("Make a new set")
    make.get_by_label(PROOF).fill(ann.phone.wrong_code())
    at.presses_and_means_it("Regenerate codes")
    at.is_refused("That code does not fit.")
    shoot(at.page, "recovery-codes-refused")
    make.get_by_label(PROOF).fill(ann.phone.next_code())
    at.presses_and_means_it("Regenerate codes")
    at.sees("Save your recovery codes")
    codes = at.copies_the_codes_down()
    assert not {code.replace(" ", "-") for code in codes} & set(ann.codes)
    at.reads("Set 2")
    at.acknowledges(and_then_sees="Your account")
    at.signs_out()

    at.gives_password(ann)
    at.gives_code(ann.codes[0])
    at.is_refused("That recovery code does not fit. Check that it is from your newest list")
    at.gives_code(codes[0])
    at.sees("Is your phone gone?")


def test_while_the_session_is_fresh_no_code_is_asked_for(ann: Person, somebody: Arriving) -> None:
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Recovery codes")
    expect(at.page.get_by_role("group", name="Confirm it")).to_have_count(0)
    at.presses_and_means_it("Regenerate codes")
    at.sees("Save your recovery codes")


def test_a_second_click_a_reload_and_a_stale_tab_change_nothing(site: Site, ann: Person, somebody: Arriving) -> None:
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Recovery codes")
    with at.page.context.expect_page() as opened:
        at.page.evaluate("window.open(location.href)")
    stale = opened.value
    expect(stale.get_by_role("button", name="Regenerate codes")).to_be_visible()

    asked = []
    at.page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    at.presses("Regenerate codes")
    at.page.get_by_role("dialog").get_by_role("button", name="Regenerate codes").dblclick()
    at.sees("Save your recovery codes")
    codes = at.copies_the_codes_down()
    assert asked == [f"{site.url}/account/recovery-codes"]

    at.page.once("dialog", lambda dialog: dialog.accept())  # the warning about leaving
    at.page.reload()
    at.is_told("This has changed meanwhile. Nothing was done")
    at.reads(re.compile("Set *2"))

    stale.get_by_role("button", name="Regenerate codes").click()
    stale.get_by_role("dialog").get_by_role("button", name="Regenerate codes").click()
    expect(stale.get_by_role("status").filter(has_text="Nothing was done")).to_be_visible()
    at.presses("Show codes")
    assert at.copies_the_codes_down() == codes


def test_the_dialog_can_be_left_without_harm(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Recovery codes")
    dialog = at.page.get_by_role("dialog", name="Regenerate codes?")
    at.presses("Regenerate codes")
    expect(dialog.get_by_role("button", name="Go back")).to_be_focused()
    shoot(at.page, "confirm-dialog")
    dialog.get_by_role("button", name="Go back").click()
    expect(dialog).to_have_count(0)
    at.presses("Regenerate codes")
    at.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    at.page.reload()
    at.reads(re.compile("Set *1"))
    at.reads("10 of 10 codes left")
