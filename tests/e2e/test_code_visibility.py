"""Recovery codes where they are shown once, or until they are acknowledged: kept in time, and not seen again."""

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect
from pypdf import PdfReader

from app.domain.events import Act
from app.domain.recovery_codes import Visibility
from app.steps.events import record
from app.storage import members, recovery_codes
from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import EVERY_WAY, Person, Walker
from tests.support.keeping import keeps, sealed_copies
from tests.support.site import Site
from tests.support.visits import pasted_elsewhere

PRINT = "Print a sheet with the codes, in a new tab"
DOWNLOAD = "Download codes as a text file"
IDENTITY = "Print my name and e-mail address on the sheet"
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without-scripts"])
NEVER_AGAIN = "They are shown here and never again."


@EVERY_WAY
def test_codes_shown_once_are_kept_from_that_page_alone(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting, tmp_path: Path
) -> None:
    keeps(site.portal, Visibility.ONCE)
    at = makes_a_new_set(ann, somebody)
    at.reads(NEVER_AGAIN)
    shoot(at.page, "codes-once-shown")
    codes = at.copies_the_codes_down()
    assert sealed_copies(site.portal, member_id=1) == 0

    with at.page.context.expect_event("page") as tab, at.page.expect_download() as download:
        at.presses(DOWNLOAD)
    del tab
    saved = tmp_path / "codes.txt"
    download.value.save_as(saved)
    listed = re.findall(r"^ ?\d+\. (\S+)$", saved.read_text(encoding="utf-8"), re.MULTILINE)
    assert [code.replace("-", " ") for code in listed] == codes

    sheet = opens_the_sheet(at)
    assert codes_on(sheet, "A4") == codes_on(sheet, "Letter") == codes
    sheet.close()
    at.acknowledges(and_then_sees="Your account")
    at.turns_to("Recovery codes")
    at.reads("These codes were shown once, when they were made. Your organization keeps no copies.")
    at.reads("If you no longer have them, make a new set.")
    expect(at.page.get_by_role("button", name="Show codes")).to_have_count(0)
    shoot(at.page, "codes-once-later")
    at.signs_out()
    at.gives_password(ann)
    at.gives_code(codes[3])
    at.sees("Is your phone gone?")


def test_codes_shown_once_are_copied_and_leaving_them_asks_first(site: Site, ann: Person, somebody: Arriving) -> None:
    keeps(site.portal, Visibility.ONCE)
    at = makes_a_new_set(ann, somebody)
    codes = at.copies_the_codes_down()
    at.presses("Copy codes")
    at.is_told("Copied")
    assert [line.replace("-", " ") for line in pasted_elsewhere(at.page).splitlines()] == codes
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    at.page.once("dialog", stay)
    at.page.get_by_role("link", name="Sparekey").click(no_wait_after=True)
    at.sees("Save your recovery codes")
    assert at.copies_the_codes_down() == codes
    assert asked == ["beforeunload"]


@BOTH
def test_who_left_too_early_makes_another_set(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting, *, javascript: bool
) -> None:
    keeps(site.portal, Visibility.ONCE)
    at = makes_a_new_set(ann, somebody)
    lost = at.copies_the_codes_down()
    at.page.once("dialog", lambda dialog: dialog.accept())
    at.opens("/account")
    at.sees("Save your recovery codes")
    at.reads("If you saved them, acknowledge; if not, make a new set.")
    shoot(at.page, "codes-once-pending")
    at.presses_and_means_it("Regenerate codes")
    at.sees("Save your recovery codes")
    assert not set(lost) & set(at.copies_the_codes_down())
    at.acknowledges(and_then_sees="Your account")


@BOTH
def test_after_a_while_the_sheet_takes_a_code_and_still_has_them_all(
    site: Site, ann: Person, somebody: Arriving, *, javascript: bool
) -> None:
    keeps(site.portal, Visibility.ONCE)
    at = makes_a_new_set(ann, somebody)
    codes = at.copies_the_codes_down()
    at.clock.advance(minutes=6)
    at.ticks(IDENTITY)
    with at.page.expect_popup() as opened:
        at.presses(PRINT)
    tab = opened.value
    expect(tab.get_by_role("heading", level=1)).to_have_text("Print your recovery codes")
    tab.get_by_label(re.compile("^Code from your authenticator")).fill(ann.phone.next_code())
    tab.get_by_role("button", name="Open the sheet").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    assert codes_on(tab, "A4") == codes
    assert f"{ann.name}, {ann.email}" in tab.locator("body").inner_text()


@EVERY_WAY
def test_codes_are_shown_until_they_are_acknowledged(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    keeps(site.portal, Visibility.UNTIL_ACKNOWLEDGED)
    at = makes_a_new_set(ann, somebody)
    codes = at.copies_the_codes_down()
    at.reads("Once you acknowledge, nobody can show you these codes again.")
    shoot(at.page, "codes-until-shown")
    at.page.once("dialog", lambda dialog: dialog.accept())
    at.opens("/account/recovery-codes")
    at.reads("They can be shown until you acknowledge them, and not after that.")
    shoot(at.page, "codes-until-pending")
    at.presses("Show codes")
    assert at.copies_the_codes_down() == codes
    at.acknowledges(and_then_sees="Your account")
    assert sealed_copies(site.portal) == 0
    at.turns_to("Recovery codes")
    at.reads("These codes cannot be shown again. Your organization keeps copies only until codes are acknowledged.")
    shoot(at.page, "codes-until-later")
    at.presses_and_means_it("Regenerate codes")
    at.sees("Save your recovery codes")
    assert not set(codes) & set(at.copies_the_codes_down())


@EVERY_WAY
def test_an_owner_chooses_a_stricter_mode_and_the_copies_go(
    site: Site, ann: Person, bea: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    at.signs_in(ann)
    at.opens("/organization")
    expect(at.page.get_by_label("Can be shown again")).to_be_checked()
    at.reads("2 people have codes whose copies will be erased. The codes go on working.")
    at.ticks("Shown once")
    shoot(at.page, "organization-codes-once")
    at.presses("Save changes")
    at.is_told("The changes are saved, and the copies that may no longer be kept are erased.")
    assert sealed_copies(site.portal) == 0
    expect(at.page.get_by_label("Shown once")).to_be_checked()
    at.opens("/audit")
    at.reads("how recovery codes are kept from “can be shown again” to “shown once”")

    hers = somebody()
    hers.signs_in(bea)
    hers.turns_to("Recovery codes")
    hers.reads("These codes cannot be shown any more. Your organization keeps no copies now.")
    shoot(hers.page, "codes-not-kept")
    hers.signs_out()
    hers.gives_password(bea)
    hers.gives_code(bea.codes[0])
    hers.sees("Is your phone gone?")


@BOTH
def test_who_lost_all_codes_to_a_restored_backup_is_told_at_the_sign_in(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting, *, javascript: bool
) -> None:
    with site.portal.writing() as tx:
        who = members.find_and_hold(tx.db, 1)
        recovery_codes.void_live(tx.db, who.id, generation=None, now=tx.now)
        members.refresh_counts(tx.db, who.id)
        record(tx, Act.CODES_VOIDED, who, because="restored")
    at = somebody()
    at.signs_in(ann, on_the_way_to="Make new recovery codes")
    at.reads("The portal was restored from a backup.")
    shoot(at.page, "codes-missing")
    at.presses("Make a new set")
    at.sees("Save your recovery codes")
    at.copies_the_codes_down()
    at.acknowledges(and_then_sees="Your account")


def makes_a_new_set(person: Person, somebody: Arriving) -> Walker:
    at = somebody()
    at.signs_in(person)
    at.turns_to("Recovery codes")
    at.presses_and_means_it("Regenerate codes")
    at.sees("Save your recovery codes")
    return at


def opens_the_sheet(at: Walker) -> Page:
    with at.page.expect_popup() as opened:
        at.presses(PRINT)
    sheet = opened.value
    expect(sheet.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    return sheet


def codes_on(sheet: Page, paper: str) -> list[str]:
    """Those on what the printer puts out, which must be one page."""
    pages = PdfReader(io.BytesIO(sheet.pdf(format=paper))).pages
    assert len(pages) == 1
    return re.findall(r"\b[0-9a-z]{4}(?: [0-9a-z]{4}){3}\b", pages[0].extract_text())
