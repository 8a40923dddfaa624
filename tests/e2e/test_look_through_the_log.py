"""What happened, to whom, and who did it: the log, narrowed until it answers."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Arriving, Shooting
from tests.support.colleagues import is_locked_by_guesses, settled_in
from tests.support.journey import Person, Walker
from tests.support.site import Site

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without-scripts"])


@BOTH
def test_the_log_is_narrowed_by_person_kind_and_day(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    bea, carl = settled_in(site, ann, "Bea Birch", "Carl Cedar")  # 7 May; it is the 9th now
    is_locked_by_guesses(site, bea)
    site.clock.advance(days=1)
    at = somebody()
    at.signs_in(ann)
    at.looks_at(carl)
    at.follows("Change name")
    at.sees("Change the name of Carl Cedar")
    at.has("Name", "Carl Cedar")
    shoot(at.page, "act-name")
    at.types("Name", "Karl Cedar")
    at.says_why("spelled with a K")
    at.presses("Change name")
    at.is_told("The name is Karl Cedar now.")

    at.turns_to("Log")
    at.sees("Log")
    expect(lines(at).first).to_contain_text("Ann Larch changed the name of Karl Cedar. Reason: spelled with a K")
    shoot(at.page, "log")

    at.types("Name or e-mail", "birch")
    at.presses("Show")
    at.reads("Bea Birch was locked after too many wrong codes.")
    at.does_not_read("Karl Cedar")
    at.chooses("What", "Locks")
    at.presses("Show")
    at.has("Name or e-mail", "birch")
    expect(lines(at)).to_have_count(1)
    expect(lines(at)).to_contain_text(re.compile(r"Warning:\s*Bea Birch was locked"))
    shoot(at.page, "log-narrowed")

    at.types("Name or e-mail", "")
    at.chooses("What", "Who is here: invitations, roles, names")
    at.types("From", "2026-05-07")
    at.types("To", "2026-05-07")
    at.presses("Show")
    at.reads("Ann Larch invited Bea Birch as member.")
    at.reads("Karl Cedar took up the invitation.")
    at.does_not_read("spelled with a K")
    at.types("To", "2026-05-10")
    at.presses("Show")
    at.reads("spelled with a K")
    at.types("From", "2026-05-08")
    at.types("To", "2026-05-09")
    at.presses("Show")
    at.reads("Nothing fits.")
    shoot(at.page, "log-nothing")
    at.follows("Show everything")
    at.reads("Bea Birch was locked after too many wrong codes.")


def test_the_log_about_one_person_is_a_link_away_and_goes_back_page_by_page(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    bea, _carl = settled_in(site, ann, "Bea Birch", "Carl Cedar")
    for _ in range(2):
        is_locked_by_guesses(site, bea)
        site.run_cli("unlock", bea.email, "--reason", "asked by telephone")
    at = somebody()
    at.signs_in(ann)
    at.looks_at(bea)
    at.follows("All in the log about Bea Birch")
    at.sees("Log")
    at.reads("What Bea Birch did and what was done to them, newest first.")
    at.reads("The operator unlocked Bea Birch. Reason: asked by telephone")
    at.does_not_read("Ann Larch invited Bea Birch as member.")
    shoot(at.page, "log-about-one")
    at.follows("Older")
    at.reads("Ann Larch invited Bea Birch as member.")
    at.does_not_read("Carl Cedar")
    at.follows("Newest")
    at.follows("Show everybody")
    at.reads("What has happened in Larch & Co, newest first.")
    lines(at).get_by_role("link", name="Bea Birch").first.click()
    at.sees("Bea Birch")


def test_a_day_that_is_none_is_said_at_its_field(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Log")
    at.types("From", "1826-05-06")
    at.presses("Show")
    at.is_refused("Type a day like 2026-05-04.")
    at.reads("Ann Larch signed in")
    shoot(at.page, "log-refused")
    at.types("From", "2026-05-06")
    at.presses("Show")
    expect(at.page.get_by_role("alert")).to_have_count(0)
    at.does_not_read("Ann Larch created the organization.")


def lines(at: Walker) -> Locator:
    """The lines of the log, newest first."""
    return at.main.get_by_role("listitem")
