"""Somebody new: the owner hands over a link, and whoever opens it leaves the page ready."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Arriving, Shooting
from tests.support.colleagues import a_colleague, invited
from tests.support.journey import EVERY_WAY, Person, Walker
from tests.support.site import Site

GONE = "This invitation no longer works"


@EVERY_WAY
def test_one_visit_leads_from_the_link_to_ready(site: Site, ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    bea = a_colleague("Bea Birch")
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Members")
    at.sees("Members")
    at.reads("1 in all")
    at.follows("Invite somebody")
    at.sees("Invite somebody")
    shoot(at.page, "invite")
    invites(at, bea)
    at.sees("Bea Birch is invited")
    at.reads("The link is shown here and nowhere else.")
    at.reads("It works once, until 8 May 2026, 09:30 UTC.")
    shoot(at.page, "invited")
    link = at.copies("Bea Birch")
    at.follows("Back to the members")
    expect(at.line_about(bea)).to_contain_text("Invited")
    expect(at.line_about(bea)).to_contain_text("No authenticator")

    guest = somebody(link)
    guest.sees("Join Larch & Co")
    expect(guest.page).to_have_url(re.compile(r"/invitations/acceptance$"))  # the token has left the address
    guest.reads("You are invited as a member.")
    guest.reads(bea.email)
    guest.has("Your name", "Bea Birch")
    shoot(guest.page, "invitation")
    guest.takes_up_the_invitation(bea)
    assert (bea.phone.app.issuer, bea.phone.app.account) == ("Larch & Co", bea.email)
    guest.follows("Go to your account")
    guest.is_ready("1 authenticator", "10 recovery codes")
    guest.reads("You took up the invitation and set your password.")
    guest.turns_to("History")
    guest.reads("Ann Larch invited you.")

    at.finds("birch")
    at.reads("1 found.")
    expect(at.line_about(bea)).to_contain_text("Ready")
    expect(at.line_about(bea)).not_to_contain_text("Invited")
    at.reads("2 of 2 active members could lose the phone today and still come back in.")

    somebody_else = somebody(link)
    somebody_else.sees(GONE)
    shoot(somebody_else.page, "invitation-gone")
    guest.signs_out()
    guest.signs_in(bea)


def test_a_link_that_went_astray_is_made_anew_and_one_too_many_is_revoked(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    bea = a_colleague("Bea Birch")
    [astray] = invited(site, ann, bea)
    site.clock.advance(hours=25)
    somebody(astray).sees(GONE)
    at = somebody()
    at.signs_in(ann)
    at.looks_at(bea)
    at.reads("The link has run out.")
    at.follows("Make a new invitation")
    at.sees("Invite Bea Birch again")
    shoot(at.page, "act-invitation")
    at.says_why("went to the wrong address")
    at.presses("Make a new invitation")
    at.sees("A new invitation for Bea Birch")
    shoot(at.page, "invitation-renewed")
    second = at.copies(f"Send this to {bea.email}")
    on_time = somebody(second)
    on_time.sees("Join Larch & Co")

    at.follows("I have sent it")
    at.reads("The link works until 9 May 2026")
    shoot(at.page, "member-invited")
    at.follows("Make a new invitation")
    at.says_why("asked once more")
    at.presses("Make a new invitation")
    third = at.copies(f"Send this to {bea.email}")
    somebody(second).sees(GONE)
    guest = somebody(third)
    guest.types("Password", bea.password)

    at.follows("I have sent it")
    at.follows("Revoke the invitation")
    at.sees("Revoke the invitation of Bea Birch")
    shoot(at.page, "act-invitation-revocation")
    at.says_why("comes next year instead")
    at.presses("Revoke the invitation")
    at.is_told("The invitation of Bea Birch works no more.")
    at.reads("the invitation was revoked or never taken up.")
    guest.presses("Go on to the authenticator")
    guest.sees(GONE)
    at.turns_to("Log")
    at.reads("Ann Larch revoked the invitation of Bea Birch. Reason: comes next year instead")


def test_who_is_there_already_or_has_no_address_is_not_invited(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    at.signs_in(ann)
    at.opens("/invitations/new")
    at.types("Name", "Bea Birch")
    at.types("E-mail address", "bea at larch")
    at.presses("Invite")
    at.is_refused("That is not an e-mail address.")
    at.has("Name", "Bea Birch")
    at.clock.advance(minutes=6)
    at.types("E-mail address", ann.email.upper())
    at.presses("Invite")
    at.is_refused("This address belongs to a member already.")  # before a code is asked for
    shoot(at.page, "invite-refused")
    at.types("E-mail address", "bea@larch.example")
    at.presses("Invite")
    at.is_refused("Type a code to confirm that it is you.")
    at.has("Name", "Bea Birch")
    at.finds("birch")
    at.reads("Nobody fits.")


def test_a_weak_password_is_refused_and_the_link_still_works(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    bea = a_colleague("Bea Birch")
    [link] = invited(site, ann, bea)
    guest = somebody(link)
    guest.types("Your name", "Bea Birch-Elm")
    guest.types("Password", "birch")
    guest.presses("Go on to the authenticator")
    guest.is_refused("12")
    guest.has("Your name", "Bea Birch-Elm")
    shoot(guest.page, "invitation-refused")
    guest.takes_up_the_invitation(bea)
    at = somebody()
    at.signs_in(ann)
    at.finds("birch-elm")
    expect(at.line_about(bea)).to_contain_text("Bea Birch-Elm")


def invites(at: Walker, person: Person) -> None:
    at.types("Name", person.name)
    at.types("E-mail address", person.email)
    at.chooses("Role", "Member")
    at.presses("Invite")
