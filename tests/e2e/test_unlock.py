"""Locked, by too many wrong codes or by the person themselves: found in the list, looked at, unlocked."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Arriving, Shooting
from tests.support.colleagues import is_locked_by_guesses, panics, settled_in
from tests.support.journey import EVERY_WAY, Person
from tests.support.site import Site


@EVERY_WAY
def test_the_locked_are_found_and_unlocked(
    site: Site, ann: Person, ines: Person, somebody: Arriving, shoot: Shooting
) -> None:
    bea, carl, _dora = settled_in(site, ann, "Bea Birch", "Carl Cedar", "Dora Dogwood")
    is_locked_by_guesses(site, bea)
    panics(site, carl)
    at = somebody()
    at.signs_in(ines)
    at.turns_to("Members")
    at.chooses("Second factor", "Locked")
    at.presses("Show")
    at.reads("2 found.")
    expect(at.line_about(bea)).to_contain_text("too many wrong codes")
    expect(at.line_about(carl)).to_contain_text("by “Something is wrong”")
    shoot(at.page, "members-locked")

    at.follows("Bea Birch")
    at.follows("Unlock")
    at.sees("Unlock Bea Birch")
    at.reads("By itself the lock opens on 11 May 2026, 10:")
    shoot(at.page, "act-unlock")
    at.says_why("it was her, with the wrong account in the app")
    at.presses("Unlock")
    at.is_told(re.compile("Bea Birch is unlocked.*Bea Birch reads it in the history, with your reason"))
    expect(at.page.get_by_role("link", name="Unlock", exact=True)).to_have_count(0)

    at.looks_at(carl)
    at.reads("Locked by “Something is wrong”.")
    at.follows("Unlock")
    at.reads("The person chose “Something is wrong” and locked the account. Talk to them before you open it.")
    at.says_why("talked to him, it was his daughter")
    at.presses("Unlock")
    at.is_told("Carl Cedar is unlocked")
    at.turns_to("Members")
    at.chooses("Second factor", "Locked")
    at.presses("Show")
    at.reads("Nobody fits.")

    for person, reason in ((bea, "it was her, with the wrong account in the app"), (carl, "talked to him")):
        member = somebody()
        member.signs_in(person)
        member.turns_to("History")
        member.reads(f"Ines Ilex unlocked your second factor. Reason: {reason}")


def test_an_administrator_locks_somebody_and_ends_what_is_open(
    site: Site, ann: Person, bea: Person, somebody: Arriving, shoot: Shooting
) -> None:
    member = somebody()
    member.signs_in(bea)
    at = somebody()
    at.signs_in(ann)
    at.looks_at(bea)
    at.follows("End all sessions")
    at.sees("End all sessions of Bea Birch")
    at.reads("1 open session ends at once.")
    shoot(at.page, "act-sessions-end")
    at.says_why("left the laptop on the train")
    at.presses("End all sessions")
    at.is_told(re.compile("Bea Birch is signed out.*1 session ended"))
    member.turns_to("History")
    member.sees("Sign in to Larch & Co")
    member.signs_in(bea, on_the_way_to="History")
    member.reads("Ann Larch ended all your sessions. Reason: left the laptop on the train")

    at.follows("Lock")
    at.sees("Lock Bea Birch")
    shoot(at.page, "act-lock")
    at.says_why("the laptop turned up in strange hands")
    at.presses("Lock")
    at.is_told(re.compile("Bea Birch is locked.*1 session ended"))
    at.reads("Locked by an administrator.")
    shoot(at.page, "member-locked-by-admin")
    member.turns_to("Account")
    member.sees("Sign in to Larch & Co")
    member.gives_password(bea)
    member.sees("Codes are refused for now")
    member.reads("An administrator has locked your second factor.")
    member.follows("See whom to ask")
    member.sees("Your account is locked")
