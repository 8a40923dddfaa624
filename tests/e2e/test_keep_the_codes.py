"""Keeping recovery codes: copied, in a file, on paper; and not lost by leaving too early."""

import io
import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Error, Page, expect
from pypdf import PdfReader

from app.domain.recovery_codes import Form
from app.storage.tables import recovery_code_set
from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import Person, Walker
from tests.support.site import Site
from tests.support.visits import pasted_elsewhere

IDENTITY = "Print my name and e-mail address on the sheet"
PRINT = "Print a sheet with the codes, in a new tab"
DOWNLOAD = "Download codes as a text file"
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without-scripts"])


def test_the_codes_are_copied_one_a_line(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = sees_the_codes(ann, somebody)
    shoot(at.page, "recovery-codes-shown")
    at.presses("Copy codes")
    expect(at.page.get_by_role("button", name="Copied", exact=True)).to_be_visible()
    at.is_told("Copied")
    assert pasted_elsewhere(at.page).splitlines() == ann.codes


@BOTH
def test_the_file_is_named_after_organization_and_day(
    ann: Person, somebody: Arriving, tmp_path: Path, *, javascript: bool
) -> None:
    at = sees_the_codes(ann, somebody)
    with at.page.context.expect_event("page") as tab, at.page.expect_download() as download:
        at.presses(DOWNLOAD)
    del tab
    assert download.value.suggested_filename == "sparekey-codes-larch-co-2026-05-07.txt"
    saved = tmp_path / "codes.txt"
    download.value.save_as(saved)
    text = saved.read_text(encoding="utf-8")
    assert "Recovery codes for Larch & Co" in text
    assert re.findall(r"^ ?(\d+)\. (\S+)$", text, re.MULTILINE) == [
        (str(number), code) for number, code in enumerate(ann.codes, start=1)
    ]
    at.turns_to("History")
    at.reads("You downloaded your recovery codes.")


@BOTH
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_sheet_fits_one_page_and_names_nobody_unasked(
    ann: Person, somebody: Arriving, shoot: Shooting, paper: str, *, javascript: bool
) -> None:
    at = sees_the_codes(ann, somebody)
    sheet = opens_the_sheet(at)
    if paper == "A4":
        shoot(sheet, "sheet")
    printed = only_page_of(sheet, paper)
    assert re.findall(r"\b[0-9a-z]{4}(?: [0-9a-z]{4}){3}\b", printed) == [code.replace("-", " ") for code in ann.codes]
    assert "7 May 2026" not in printed  # made on another day
    assert "4 May 2026" in printed
    assert ann.name not in printed
    assert ann.email not in printed
    at.ticks(IDENTITY)
    with_names = only_page_of(opens_the_sheet(at), paper)
    assert f"{ann.name}, {ann.email}, {ann.organization}" in " ".join(with_names.split())
    assert with_names.count("Print") == 0  # what is for the screen stays there


def test_with_scripts_the_sheet_has_a_button_to_print_it(ann: Person, somebody: Arriving) -> None:
    sheet = opens_the_sheet(sees_the_codes(ann, somebody))
    sheet.evaluate("window.print = () => document.body.append('sent to the printer')")
    sheet.get_by_role("button", name="Print this sheet").click()
    expect(sheet.get_by_text("sent to the printer")).to_be_visible()


@pytest.mark.parametrize(("what", "button"), [("Download", DOWNLOAD), ("Print", PRINT)])
def test_after_a_while_a_code_is_asked_for_in_the_new_tab(
    ann: Person, somebody: Arriving, shoot: Shooting, what: str, button: str
) -> None:
    at = sees_the_codes(ann, somebody)
    at.clock.advance(minutes=6)
    with at.page.expect_popup() as opened:
        at.presses(button)
    tab = opened.value
    expect(tab.get_by_role("heading", level=1)).to_have_text(f"{what} your recovery codes")
    shoot(tab, f"recovery-codes-{what.lower()}-confirm")
    tab.get_by_label("Code from your authenticator").fill(ann.phone.next_code())
    if what == "Download":
        with tab.expect_download() as download:
            tab.get_by_role("button", name="Download codes").click()
        assert download.value.suggested_filename.endswith(".txt")
    else:
        tab.get_by_role("button", name="Open the sheet").click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def test_leaving_codes_that_are_not_saved_asks_first(ann: Person, somebody: Arriving) -> None:
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Recovery codes")
    at.presses_and_means_it("Regenerate codes")
    at.sees("Save your recovery codes")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    at.page.once("dialog", stay)
    at.page.get_by_role("link", name="Sparekey").click(no_wait_after=True)
    at.sees("Save your recovery codes")
    at.copies_the_codes_down()
    assert asked == ["beforeunload"]
    at.acknowledges(and_then_sees="Your account")  # and is asked nothing now


def test_the_box_is_ticked_before_anything_is_acknowledged(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Recovery codes")
    at.presses_and_means_it("Regenerate codes")
    at.presses("Acknowledge")
    at.is_refused("Tick the box once you have saved the codes.")
    shoot(at.page, "recovery-codes-pending-refused")
    at.acknowledges(and_then_sees="Your account")


def test_who_has_the_codes_at_hand_can_show_it_without_spending_one(
    ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Recovery codes")
    asked_for = at.page.get_by_label(re.compile(r"Last four characters of code \d+"))
    number = re.findall(r"code (\d+)", at.section("Check that you have them optional").inner_text())[0]
    asked_for.fill("zzzz")
    at.presses("Check")
    at.is_refused("That does not fit. Look at the code with this number again; no code was used up.")
    shoot(at.page, "recovery-codes-check-refused")
    asked_for.fill(ann.codes[int(number) - 1][-4:].upper())
    at.presses("Check")
    at.is_told("That fits: you have your codes at hand.")
    at.reads(f"you had code {number} at hand")
    at.reads("10 of 10 codes left")


def test_after_signing_out_the_back_button_brings_no_codes_back(ann: Person, somebody: Arriving) -> None:
    at = sees_the_codes(ann, somebody)
    at.follows("Put the codes away")
    at.sees("Recovery codes")
    at.signs_out()
    for _ in range(4):
        with suppress(Error):  # "the form must be sent again", says the browser where the codes were
            at.page.go_back()
        text = at.page.locator("body").inner_text()
        assert not any(code.replace("-", " ") in text for code in ann.codes)


def test_codes_of_another_system_are_said_to_be_so_and_new_ones_are_a_step_away(
    ann: Person, somebody: Arriving, site: Site, shoot: Shooting
) -> None:
    with site.portal.writing() as tx:
        tx.db.execute(recovery_code_set.update().values(form=Form.FOREIGN))
    at = sees_the_codes(ann, somebody)
    at.reads("These codes come from another system.")
    at.follows("Make a new set")
    at.sees("Recovery codes")
    shoot(at.page, "recovery-codes-of-another-system")
    at.presses_and_means_it("Regenerate codes")
    at.reads("These are your new codes.")
    at.does_not_read("These codes come from another system.")


def sees_the_codes(person: Person, somebody: Arriving) -> Walker:
    at = somebody()
    at.signs_in(person)
    at.turns_to("Recovery codes")
    at.presses("Show codes")
    at.sees("Your recovery codes")
    at.reads("10 of 10 are left.")
    return at


def opens_the_sheet(at: Walker) -> Page:
    with at.page.expect_popup() as opened:
        at.presses(PRINT)
    sheet = opened.value
    expect(sheet.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    return sheet


def only_page_of(sheet: Page, paper: str) -> str:
    """The text of what the printer puts out, which must be one page."""
    pages = PdfReader(io.BytesIO(sheet.pdf(format=paper))).pages
    assert len(pages) == 1
    return pages[0].extract_text()
