"""Somebody who is to connect an application reads what it can ask for, without an account here."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import EVERY_WAY, Person, Walker


@EVERY_WAY
def test_a_developer_reads_what_an_operation_takes_and_gives(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody("/api/docs")
    at.sees("API")
    at.reads("What applications call")
    shoot(at.page, "api-docs")
    at.follows("Operations of Stytch, for consumer applications")
    at.sees("Stytch, for consumer applications")
    expect(at.section("When something is refused")).to_contain_text("error_type")
    shoot(at.page, "api-docs-wire")
    at.follows("Create TOTP")
    at.sees("Create TOTP")
    at.reads("POST /v1/totps")
    at.reads("Takes a project with the permission factor_secrets.")
    taken = at.section("What it takes")
    expect(taken).to_contain_text(re.compile(r"user_id\s+string\s+required"))
    expect(taken).to_contain_text(re.compile(r"expiration_minutes\s+integer or null\s+5 to 1440"))
    opens_the_fields_of_a_user(at)
    shoot(at.page, "api-docs-operation")
    at.follows("Stytch, for consumer applications")
    at.follows("Search users")
    for inside in ("Fields of query", "Fields of operands", "What fits together"):
        at.section("What it takes").get_by_text(inside, exact=True).click()
    expect(at.section("What it takes")).to_contain_text("full_name_fuzzy")
    shoot(at.page, "api-docs-search")


def test_a_developer_reads_what_browsers_ask_for_themselves(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody("/api/docs")
    at.follows("Operations of Dynamic, in browsers")
    at.sees("Dynamic, in browsers")
    at.reads("The token of a session, sent as HTTP bearer authentication")
    expect(at.section("When something is refused")).to_contain_text("code")
    at.follows("Authenticate own TOTP")
    at.reads("POST /api/v0/sdk/{environment_id}/users/mfa/auth/totp")
    at.reads("For browsers, on pages that the operator has admitted for the project.")
    taken = at.section("What it takes")
    taken.get_by_text("Fields of createMfaToken", exact=True).click()
    expect(taken.get_by_text("singleUse")).to_be_visible()
    shoot(at.page, "api-docs-in-browsers")
    at.follows("Dynamic, in browsers")
    at.follows("Get settings")
    at.section("What it gives").get_by_text("Fields of security", exact=True).click()
    expect(at.section("What it gives")).to_contain_text("allowBackupCodes")


def test_whoever_is_signed_in_reads_it_as_well(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Organization")
    at.follows("Projects")
    at.follows("API")
    at.sees("API")
    shoot(at.page, "api-docs-signed-in")
    at.follows("Operations of Streambird and MoonKey")
    shoot(at.page, "api-docs-wire-signed-in")


def opens_the_fields_of_a_user(at: Walker) -> None:
    given = at.section("What it gives")
    expect(given.get_by_text("is_locked")).to_be_hidden()
    given.get_by_text("Fields of user", exact=True).click()
    expect(given.get_by_text("is_locked")).to_be_visible()
