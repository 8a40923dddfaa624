"""The first person opens the setup link and becomes ready; and what happens when the way there is not straight."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import EVERY_WAY, Walker, a_newcomer
from tests.support.otp import AuthenticatorApp, secret_from_key
from tests.support.site import Site


@EVERY_WAY
def test_the_first_person_goes_from_the_setup_link_to_ready(
    site: Site, somebody: Arriving, shoot: Shooting, portray: Shooting
) -> None:
    ann = a_newcomer()
    at = somebody(site.setup_link())
    at.sees("Set up Sparekey")
    expect(at.page).to_have_url(re.compile(r"/setup$"))  # the token has left the address
    shoot(at.page, "setup")
    at.types("Name of your organization", ann.organization)
    at.types("Your name", ann.name)
    at.types("Your e-mail address", ann.email)
    at.types("Password", ann.password)
    at.presses("Create the organization")

    at.sees("Set up an authenticator")
    at.reads("Valid here until 09:45 UTC.")
    shoot(at.page, "enrolment")
    portray(at.page, "enrolment")
    phone = at.scans_the_picture()
    assert (phone.app.issuer, phone.app.account) == (ann.organization, ann.email)
    assert (phone.app.algorithm, phone.app.digits, phone.app.period) == ("SHA1", 6, 30)
    at.has("Name of this authenticator", "Phone")
    at.confirms(phone)

    at.sees("Save your recovery codes")
    assert len(set(at.copies_the_codes_down())) == 10
    shoot(at.page, "recovery-codes-new")
    portray(at.page, "recovery-codes")
    at.acknowledges(and_then_sees="You are ready")
    shoot(at.page, "welcome-done")
    at.follows("Go to your account")
    at.sees("Your account")
    at.is_ready("1 authenticator", "10 recovery codes")
    shoot(at.page, "account-first-day")


def test_who_cannot_scan_types_the_key(site: Site, somebody: Arriving) -> None:
    at = somebody(site.setup_link())
    set_up(at)
    phone = at.scans_the_picture()
    key = at.page.get_by_role("group", name="Cannot scan it? Type this key into the app.")
    assert re.fullmatch(r"[A-Z2-7]{4}( [A-Z2-7]{4}){7}", key.inner_text())
    assert secret_from_key(key.inner_text()) == phone.app.secret
    link = at.page.get_by_role("link", name="Open in authenticator app")
    assert AuthenticatorApp.from_uri(str(link.get_attribute("href"))) == phone.app


def test_a_tab_that_was_closed_too_early_loses_nothing(site: Site, somebody: Arriving, shoot: Shooting) -> None:
    ann = a_newcomer()
    at = somebody(site.setup_link())
    set_up(at)
    phone = at.scans_the_picture()
    at.opens("/enrolment")  # a phone drops tabs
    assert at.scans_the_picture().app == phone.app

    at.presses("Stop and come back later")
    at.sees("Set up your second factor")
    at.reads("If you close this page, nothing is lost.")
    shoot(at.page, "welcome-authenticator")

    later = somebody()
    later.gives_password(ann)
    later.sees("Set up your second factor")
    later.presses("Set up an authenticator")
    later.confirms(later.scans_the_picture())
    later.sees("Save your recovery codes")

    later.opens("/account")  # instead of saving them
    later.sees("Save your recovery codes")
    later.reads("It is the one step left.")
    shoot(later.page, "recovery-codes-pending")
    later.opens("/welcome")
    later.follows("Save your recovery codes")
    later.presses("Show codes")
    later.copies_the_codes_down()
    later.acknowledges(and_then_sees="You are ready")


def test_what_is_missing_is_asked_for_at_its_field(site: Site, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody(site.setup_link())
    at.types("Your name", "Ann Larch")
    at.types("Your e-mail address", "ann at larch")
    at.types("Password", "larch")
    at.presses("Create the organization")
    at.is_refused("Name your organization.")
    at.is_refused("That is not an e-mail address.")
    at.has("Your name", "Ann Larch")
    shoot(at.page, "setup-refused")
    at.types("Name of your organization", "Larch & Co")
    at.types("Your e-mail address", "ann@larch.example")
    at.types("Password", "larch")
    at.presses("Create the organization")
    at.is_refused("12")
    at.has("Name of your organization", "Larch & Co")


def test_a_setup_link_works_once_and_for_a_day(site: Site, somebody: Arriving, shoot: Shooting) -> None:
    late = site.setup_link()
    site.clock.advance(hours=24)
    at = somebody(late)
    at.sees("This setup link no longer works")
    shoot(at.page, "setup-expired")

    link = site.setup_link()
    first, second = somebody(link), somebody(link)
    set_up(first)
    second.types("Name of your organization", "Birch & Co")
    second.types("Your name", "Bea Birch")
    second.types("Your e-mail address", "bea@birch.example")
    second.types("Password", "four larches in the sun")
    second.presses("Create the organization")
    second.sees("This setup link no longer works")


def set_up(at: Walker) -> None:
    ann = a_newcomer()
    at.types("Name of your organization", ann.organization)
    at.types("Your name", ann.name)
    at.types("Your e-mail address", ann.email)
    at.types("Password", ann.password)
    at.presses("Create the organization")
    at.sees("Set up an authenticator")
