"""A shop is to check the codes of the people here: an owner makes a project for it, and looks after its secrets."""

import re
from typing import Any

import pytest
import stytch
from playwright.sync_api import Locator, expect
from stytch.core.response_base import StytchError

from tests.e2e.conftest import Arriving, Shooting
from tests.support import applications
from tests.support.journey import EVERY_WAY, PROOF, Person, Walker
from tests.support.site import Site


@EVERY_WAY
def test_an_owner_lets_a_shop_in_changes_its_secret_and_shuts_it_out(
    site: Site, ann: Person, bea: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Organization")
    at.follows("Projects")
    at.sees("Projects")
    at.reads("There is none yet: no application can ask anything here.")
    shoot(at.page, "projects-none")
    first, project = makes_a_project(at, ann, shoot)
    old = asks_as(site, project, first)
    assert [one.emails[0].email for one in old.users.search().results] == [ann.email, bea.email]

    at.follows("I have kept the secret")
    at.sees("Shop")
    expect(secret_ending(at, first)).to_contain_text("Last used just now")
    expect(secret_ending(at, first)).to_contain_text("Does not end by itself")
    shoot(at.page, "project")
    second = makes_another_secret(at, shoot)
    new = asks_as(site, project, second)
    for either in (old, new):
        assert either.users.search().results_metadata.total == 2

    at.follows("I have kept the secret")
    expect(secret_ending(at, first)).to_contain_text("Ends 10 May 2026, 09:")
    site.clock.advance(minutes=6)  # by now the owner's code is no longer fresh
    revokes(at, ann, first, shoot)
    with pytest.raises(StytchError) as refused:
        old.users.search()
    assert refused.value.details.status_code == 401
    assert new.users.search().results_metadata.total == 2

    removes_the_project(at, shoot)
    with pytest.raises(StytchError) as refused:
        new.users.search()
    assert refused.value.details.status_code == 401
    at.turns_to("Members")
    expect(at.line_about(bea)).to_be_visible()
    at.turns_to("Log")
    at.reads("Ann Larch made the project Shop.")
    at.reads("Ann Larch removed the project Shop.")


def test_a_member_sees_where_the_shop_has_let_them_in_and_ends_it(
    site: Site, ann: Person, bea: Person, somebody: Arriving, shoot: Shooting
) -> None:
    shop = applications.made(site.portal, "Shop")
    client = shop.stytch()
    found = next(one for one in client.users.search().results if one.emails[0].email == bea.email)
    there = client.totps.authenticate(
        user_id=found.user_id, totp_code=bea.phone.next_code(), session_duration_minutes=60
    )
    at = somebody()
    at.signs_in(bea)
    at.turns_to("Sessions")
    in_the_shop = at.section("Signed in").get_by_role("listitem").filter(has_text="In the application Shop")
    expect(in_the_shop).to_contain_text("Opened with authenticator")
    shoot(at.page, "sessions-application")
    in_the_shop.get_by_role("button", name=re.compile("^End session: Shop")).click()
    at.is_told("The session has ended.")
    expect(in_the_shop).to_have_count(0)
    with pytest.raises(StytchError) as refused:
        client.sessions.authenticate(session_token=there.session_token)
    assert refused.value.details.error_type == "session_not_found"
    at.turns_to("History")
    at.reads("You confirmed who you are to the application Shop, with a code from your authenticator.")
    shoot(at.page, "history-application")


def test_somebody_whom_the_shop_made_is_a_member_like_others(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    applications.made(site.portal, "Shop").stytch().users.create(
        external_id="customer-17", name={"first_name": "Uma", "last_name": "User"}
    )
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Members")
    line = at.page.get_by_role("row").filter(has_text="Uma User")
    expect(line).to_contain_text("no address")
    expect(line).to_contain_text("No authenticator")
    shoot(at.page, "members-of-an-application")
    at.follows("Uma User")
    at.reads("No address")
    at.reads("Shop created Uma User.")
    shoot(at.page, "member-of-an-application")
    at.follows("Make a password link")
    at.reads("There is no address yet, and nobody signs in to this portal without one.")
    shoot(at.page, "act-password-link-without-address")
    at.turns_to("Organization")
    at.follows("Projects")
    at.reads("Checks codes and looks after people, and hands out, takes in and removes authenticator secrets")
    shoot(at.page, "projects")


def makes_a_project(at: Walker, owner: Person, shoot: Shooting) -> tuple[str, str]:
    """What is handed to whoever runs the application: a secret, and the project's id."""
    at.follows("New project")
    at.sees("New project")
    at.presses("Make the project")
    at.is_refused("Type a name.")
    shoot(at.page, "project-new")
    at.types("Name", "Shop")
    at.clock.advance(minutes=6)
    at.presses("Make the project")
    at.is_refused("Type a code to confirm that it is you.")
    at.types(PROOF, owner.phone.next_code())
    at.presses("Make the project")
    at.sees("A project for Shop")
    at.reads("The secret is shown here and nowhere else.")
    shoot(at.page, "project-made")
    project = re.search(r"project-live-[0-9a-f-]{36}", at.section("Ids").inner_text())
    assert project
    return takes_the_secret(at), project[0]


def makes_another_secret(at: Walker, shoot: Shooting) -> str:
    at.presses("Make another secret")
    at.sees("Another secret for Shop")
    at.reads("The older secrets work on for 24 hours")
    shoot(at.page, "project-secret-made")
    return takes_the_secret(at)


def revokes(at: Walker, owner: Person, secret: str, shoot: Shooting) -> None:
    at.opens(at.page.url)  # and sees that it wants a code by now
    secret_ending(at, secret).get_by_role("link", name="Revoke").click()
    at.sees(f"Revoke the secret ending in {secret[-4:]}")
    shoot(at.page, "project-revoking")
    at.types(PROOF, owner.phone.wrong_code())
    at.presses("Revoke secret")
    at.is_refused("That code does not fit.")
    shoot(at.page, "project-revoking-refused")
    at.types(PROOF, owner.phone.next_code())
    at.presses("Revoke secret")
    at.is_told(f"The secret that ended in {secret[-4:]} opens nothing any more.")
    expect(secret_ending(at, secret)).to_have_count(0)
    shoot(at.page, "project-revoked")


def removes_the_project(at: Walker, shoot: Shooting) -> None:
    at.follows("Remove this project")
    at.sees("Remove Shop")
    at.reads("The people stay in this organization, with their authenticators and recovery codes.")
    shoot(at.page, "project-removal")
    at.presses("Remove project")
    at.is_told("Shop is removed: its secrets open nothing any more.")
    at.sees("Projects")
    at.reads("There is none yet")


def takes_the_secret(at: Walker) -> str:
    """By the button where there are scripts, which must give what stands there."""
    shown = at.section("Secret").get_by_text(re.compile("^sk_live_")).inner_text()
    if at.section("Secret").get_by_role("button", name="Copy secret").is_visible():
        assert at.copies("Secret") == shown
    return shown


def secret_ending(at: Walker, secret: str) -> Locator:
    return at.section("Secrets").get_by_role("listitem").filter(has_text=f"...{secret[-4:]}")


def asks_as(site: Site, project: str, secret: str) -> Any:
    """The official client, pointed here."""
    return stytch.Client(project, secret, environment=f"{site.url}/")
