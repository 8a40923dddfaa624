"""A small company comes in at once: pasted from wherever it was written down, looked at, and only then invited."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Arriving, Shooting
from tests.support.colleagues import a_colleague
from tests.support.journey import EVERY_WAY, PROOF, Person, Walker
from tests.support.site import Site

PASTED = """Name, E-mail
Bea Birch, bea@larch.example
Carl Cedar; carl@larch.example; admin
"Dogwood, Dora" <dora@larch.example>
emil@larch.example

Fritz Fir
Gil Gorse, gil at larch@
Bea B., BEA@larch.example
Ann L., ann@larch.example
Hal Holly, hal@larch.example, boss
"""
FLAWS = {
    "Fritz Fir": "There is no e-mail address in this line.",
    "Gil Gorse": "This is not an e-mail address.",
    "Bea B.": "The address stands in an earlier line already.",
    "Ann L.": "This address belongs to a member already.",
    "Hal Holly": "The last part is no role",
}
FIT = ["Bea Birch", "Carl Cedar", "Dogwood, Dora", "emil"]


@EVERY_WAY
def test_a_pasted_list_is_looked_at_before_anybody_is_invited(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting, *, javascript: bool
) -> None:
    elsewhere = somebody()
    elsewhere.signs_in(ann)
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Members")
    at.follows("Invite many")
    at.sees("Invite many")
    shoot(at.page, "invite-many")
    at.types("People", PASTED)
    at.presses("See what each line will do")

    at.sees("Invite 4 people?")
    at.reads("Nothing has been done yet. 5 lines will be left out.")
    shoot(at.page, "invite-many-preview")
    for name in FIT:
        expect(line(at, name)).to_contain_text("Invited")
    expect(line(at, "Carl Cedar")).to_contain_text("Admin")
    for name, flaw in FLAWS.items():
        expect(line(at, name)).to_contain_text(f"Left out. {flaw}")
    elsewhere.turns_to("Members")
    elsewhere.reads("1 in all")

    at.clock.advance(minutes=6)  # it was read with care
    at.presses("Invite 4 people")
    at.is_refused("Type a code to confirm that it is you.")
    at.types(PROOF, ann.phone.next_code())
    at.presses("Invite 4 people")
    at.sees("4 people are invited")
    shoot(at.page, "invited-many")
    for name, flaw in FLAWS.items():
        if name != "Ann L.":
            at.reads(flaw)
    links = {name: at.section(name).get_by_text(re.compile(r"^http\S+$")).inner_text() for name in FIT}
    assert len(set(links.values())) == 4
    if javascript:
        assert at.copies("All of them").split("\n")[:4] == [
            f"{name} <{address}>: {links[name]}"
            for name, address in zip(FIT, re.findall(r"(?:bea|carl|dora|emil)@larch\.example", PASTED), strict=True)
        ]
    elsewhere.turns_to("Members")
    elsewhere.reads("5 in all")

    for name, address in (("Carl Cedar", "carl@larch.example"), ("emil", "emil@larch.example")):
        guest = somebody(links[name])
        guest.takes_up_the_invitation(a_colleague(name, email=address))
    elsewhere.turns_to("Members")
    elsewhere.reads("3 of 3 active members")
    elsewhere.chooses("Status", "Invited")
    elsewhere.presses("Show")
    elsewhere.reads("2 found.")


def test_lines_of_which_none_can_be_used_are_named_and_nothing_is_offered(
    ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    at.signs_in(ann)
    at.opens("/invitations/many")
    at.presses("See what each line will do")
    at.is_refused("Paste at least one line.")
    at.types("People", "\n".join(f"somebody{number}@larch.example" for number in range(201)))
    at.presses("See what each line will do")
    at.is_refused("That is more than 200 people. Paste them in several parts.")
    shoot(at.page, "invite-many-refused")
    at.types("People", "Ann L., ann@larch.example\nnobody at all")
    at.presses("See what each line will do")
    at.sees("Nobody to invite")
    expect(at.main.get_by_role("button")).to_have_count(0)
    shoot(at.page, "invite-many-nobody")
    at.follows("Paste another list")
    at.sees("Invite many")


def line(at: Walker, name: str) -> Locator:
    """What the preview says of the line with that name."""
    return at.page.get_by_role("row").filter(has=at.page.get_by_role("rowheader", name=re.compile(re.escape(name))))
