"""First start: a link that makes the organization and its owner, once."""

import pytest
from flask import Flask

from app.portal import Portal
from app.services import setup
from tests.support.clock import TestClock
from tests.support.members_web import PASSWORD, Browser
from tests.support.offices import Office
from tests.support.tables import dump

FORM = {"organization": "Acme Works", "name": "Ada Example", "email": "ada@example.org", "password": PASSWORD}


@pytest.fixture
def first(app: Flask) -> Browser:
    return Browser(app)


def _followed(browser: Browser, portal: Portal) -> None:
    browser.open(f"/setup/{setup.issue_link(portal)}")
    browser.arrive()


def test_the_token_leaves_the_address_at_once(first: Browser, portal: Portal) -> None:
    token = setup.issue_link(portal)
    assert token
    reply = first.open(f"/setup/{token}")
    assert (reply.status_code, reply.location) == (303, "/setup")
    first.arrive()
    assert token not in first.text


def test_an_owner_is_made_and_enrols_next(first: Browser, portal: Portal) -> None:
    _followed(first, portal)
    assert first.press("Create the organization", **FORM).location == "/enrolment"
    assert "Acme Works:ada@example.org" in first.told
    made = dump(portal)
    assert [(row["role"], row["name"]) for row in made["member"]] == [("owner", "Ada Example")]
    assert made["organization"][0]["second_factor_required_from"] is not None
    assert first.cookie("setup") is None


def test_without_the_link_nothing_is_made(first: Browser, portal: Portal) -> None:
    setup.issue_link(portal)
    before = dump(portal)
    for cookie in ("", "guessed", "x" * 43):
        first.set_cookie("setup", cookie)
        assert first.open("/setup").status_code == 410
        assert first.submit("/setup", **FORM).status_code == 410
    assert dump(portal) == before


def test_the_link_works_once(app: Flask, portal: Portal) -> None:
    first, second = Browser(app), Browser(app)
    token = setup.issue_link(portal)
    for browser in (first, second):
        browser.open(f"/setup/{token}")
        browser.arrive()
    assert first.press("Create the organization", **FORM).status_code == 303
    assert second.press("Create the organization", **FORM).status_code == 410
    assert len(dump(portal)["member"]) == 1
    assert setup.issue_link(portal) is None


def test_the_link_lasts_a_day(first: Browser, portal: Portal, clock: TestClock) -> None:
    _followed(first, portal)
    clock.advance(hours=24)
    assert first.press("Create the organization", **FORM).status_code == 410


def test_a_newer_link_voids_the_older(first: Browser, portal: Portal) -> None:
    _followed(first, portal)
    setup.issue_link(portal)
    assert first.press("Create the organization", **FORM).status_code == 410


@pytest.mark.parametrize("field", FORM)
def test_what_is_missing_is_asked_for_and_the_rest_is_kept(first: Browser, portal: Portal, field: str) -> None:
    _followed(first, portal)
    assert first.press("Create the organization", **{**FORM, field: ""}).status_code == 422
    kept = {name: value for name, value in FORM.items() if name not in {field, "password"}}
    assert all(f'value="{value}"' in first.text for value in kept.values())
    assert PASSWORD not in first.text
    assert dump(portal)["member"] == []


@pytest.mark.parametrize("email", ["ada", "ada@", "@example.org", "a b@example.org", "a@b@c", "ada@example..org"])
def test_an_address_must_look_like_one(first: Browser, portal: Portal, email: str) -> None:
    _followed(first, portal)
    assert first.press("Create the organization", **{**FORM, "email": email}).status_code == 422


def test_a_password_made_of_the_form_is_refused(first: Browser, portal: Portal) -> None:
    _followed(first, portal)
    assert first.press("Create the organization", **{**FORM, "password": FORM["email"]}).status_code == 422


def test_there_is_no_way_in_before(first: Browser) -> None:
    assert first.open("/sign-in").status_code == 503
    assert first.submit("/sign-in", email="admin", password="admin").status_code == 503


def test_closing_the_tab_during_setup_loses_nothing(app: Flask, first: Browser, portal: Portal) -> None:
    _followed(first, portal)
    first.press("Create the organization", **FORM)
    again = Browser(app)
    again.open("/sign-in")
    assert again.press("Continue", email=FORM["email"], password=PASSWORD).location == "/welcome"
    assert again.press("Set up an authenticator").location == "/enrolment"


def test_two_organizations_have_doors_of_their_own(app: Flask, portal: Portal, office: Office) -> None:
    beta = Office(app, portal, office.clock, name="Beta")
    ada = beta.person("Ada Example")
    browser = Browser(app)
    assert "organization" in browser.open("/sign-in").get_data(as_text=True)
    assert browser.open("/sign-in?organization=beta").location == "/o/beta/sign-in"
    assert browser.open("/o/none/sign-in").status_code == 404
    browser.open("/o/acme-works/sign-in")
    assert browser.press("Continue", email=ada.email, password=ada.password).status_code == 422
    browser.open("/o/beta/sign-in")
    assert browser.press("Continue", email=ada.email, password=ada.password).location == "/sign-in/code"
