"""A first year in one go: what happens to an owner and a newcomer, with all that was secret on the way."""

from dataclasses import dataclass, field
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from app.portal import Portal
from app.services import setup
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.offices import pass_for, password_link_for, unlock

ORGANIZATION = "Marker Works"
NAME = "Mara Marker"
EMAIL = "mara@example.org"
PASSWORD = "marked-password-for-the-tour"
NEW_PASSWORD = "marked-password-after-the-link"
WRONG_PASSWORD = "marked-password-that-is-wrong"
NEWCOMER = "Nico Newcomer"
NEWCOMERS_EMAIL = "nico@example.net"
NEWCOMERS_PASSWORD = "marked-password-of-the-newcomer"
REASON = "marked reason of the tour"


@dataclass
class Tour:
    """`replies` in their order, `secrets` by what they are; `person` is how it ends."""

    person: Person
    replies: list[TestResponse] = field(default_factory=list)
    secrets: dict[str, str] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    codes: list[list[str]] = field(default_factory=list)


def take_the_tour(app: Flask, portal: Portal, clock: TestClock) -> Tour:
    token = setup.issue_link(portal)
    assert token
    tour = Tour(Person(NAME, EMAIL, uuid4(), clock, password=PASSWORD))
    tour.secrets |= {"setup token": token, "password": PASSWORD}
    first = Browser(app)
    _set_up(first, tour, token)
    _keep_the_codes(first, tour)
    _come_and_go(first, tour, clock)
    _lose_the_phone(first, tour, clock)
    second = Browser(app, address="198.51.100.7")
    _be_helped(second, tour, portal, clock)
    third = Browser(app, address="192.0.2.7")
    _look_after_a_newcomer(second, third, tour, clock)
    tour.replies = [*first.seen, *second.seen, *third.seen]
    return tour


def _set_up(browser: Browser, tour: Tour, token: str) -> None:
    browser.open(f"/setup/{token}")
    browser.arrive()
    browser.press("Create the organization", organization=ORGANIZATION, name=NAME, email=EMAIL, password=PASSWORD)
    _confirm(browser, tour)


def _confirm(browser: Browser, tour: Tour) -> None:
    browser.arrive()
    tour.keys.append(browser.key)
    tour.person.adds(browser.key)
    tour.secrets[f"key {len(tour.keys)}"] = browser.key
    browser.press("Confirm authenticator", code=_shown(tour))
    if browser.reply is not None and browser.reply.status_code == 200:
        _note_codes(browser, tour)


def _shown(tour: Tour) -> str:
    code = tour.person.code()
    tour.secrets[f"TOTP code {len(tour.secrets)}"] = code
    return code


def _note_codes(browser: Browser, tour: Tour) -> None:
    tour.person.codes = browser.codes
    tour.codes.append(browser.codes)
    tour.secrets |= {f"recovery code {code}": code for code in browser.codes}


def _keep_the_codes(browser: Browser, tour: Tour) -> None:
    browser.submit("/account/recovery-codes/download")
    browser.submit("/account/recovery-codes/sheet", identity="y")
    browser.submit("/account/recovery-codes/proof", generation="1", group="zzzz")
    browser.submit("/account/recovery-codes/acknowledgement", generation="1", saved="y")
    browser.submit("/account/recovery-codes/shown")


def _come_and_go(browser: Browser, tour: Tour, clock: TestClock) -> None:
    for path in ("/account", "/account/sessions", "/account/history", "/account/profile", "/account/recovery-codes"):
        browser.open(path)
    browser.submit("/account/name", name=NAME)
    browser.submit("/sign-out")
    clock.advance(minutes=10)
    browser.enter_password(tour.person, WRONG_PASSWORD)
    tour.secrets["wrong password"] = WRONG_PASSWORD
    browser.enter_password(tour.person)
    browser.submit("/sign-in/code", code=tour.person.wrong_code())
    browser.submit("/sign-in/code", code=_shown(tour))
    clock.advance(minutes=10)
    browser.submit("/account/recovery-codes", generation="1", proof=_shown(tour))
    _note_codes(browser, tour)
    browser.submit("/account/recovery-codes/acknowledgement", generation="2", saved="y")
    browser.submit("/sign-out")


def _lose_the_phone(browser: Browser, tour: Tour, clock: TestClock) -> None:
    clock.advance(minutes=10)
    browser.sign_in(tour.person, recovery_code=tour.person.codes[0])
    browser.arrive()
    browser.press("Replace Phone")
    _confirm(browser, tour)
    browser.open("/account/panic")
    browser.press("End all sessions and lock my account")
    browser.arrive()


def _be_helped(browser: Browser, tour: Tour, portal: Portal, clock: TestClock) -> None:
    clock.advance(minutes=10)
    unlock(portal, tour.person)
    link, spelled = password_link_for(portal, tour.person), pass_for(portal, tour.person)
    tour.secrets |= {"password link": link, "pass": spelled, "new password": NEW_PASSWORD}
    browser.open(f"/password/{link}")
    browser.arrive()
    browser.press("Set this password", password=NEW_PASSWORD)
    tour.person.password = NEW_PASSWORD
    browser.enter_password(tour.person)
    browser.submit("/sign-in/pass", code=spelled)
    browser.arrive()
    browser.press("Set up an authenticator")
    _confirm(browser, tour)
    browser.submit("/account/recovery-codes/acknowledgement", generation="3", saved="y")
    for path in ("/account", "/account/sessions", "/account/history", "/account/profile", "/account/recovery-codes"):
        browser.open(path)


def _look_after_a_newcomer(owner: Browser, theirs: Browser, tour: Tour, clock: TestClock) -> None:
    clock.advance(minutes=10)
    owner.open("/invitations/new")
    owner.press("Invite", name=NEWCOMER, email=NEWCOMERS_EMAIL, proof=_shown(tour))
    tour.secrets |= {"invitation": owner.link.rpartition("/")[2], "password of the newcomer": NEWCOMERS_PASSWORD}
    nico = Person(NEWCOMER, NEWCOMERS_EMAIL, uuid4(), clock, password=NEWCOMERS_PASSWORD)
    _come_by_invitation(theirs, tour, nico, owner.link)
    owner.open("/members")
    owner.follow(NEWCOMER)
    assert owner.reply is not None
    path = owner.reply.request.path
    for act, typed in {
        "pass": {"minutes": "60"},
        "lock": {},
        "unlock": {},
        "suspension": {},
        "reactivation": {},
    }.items():
        owner.open(f"{path}/{act}")
        owner.submit(f"{path}/{act}", reason=REASON, **typed)
        tour.secrets |= {f"pass {code}": code for code in owner.codes}
    theirs.enter_password(nico)
    theirs.submit("/sign-in/code", code=nico.codes[0])
    theirs.open("/account/history")
    theirs.open("/members")
    owner.submit("/members/export", search=NEWCOMER, sort="name")
    for page in ("/audit", f"/audit?person={NEWCOMERS_EMAIL}", "/organization", f"/members?search={NEWCOMERS_EMAIL}"):
        owner.open(page)


def _come_by_invitation(browser: Browser, tour: Tour, nico: Person, link: str) -> None:
    browser.open(link)
    browser.arrive()
    browser.press("Go on to the authenticator", password=NEWCOMERS_PASSWORD)
    browser.arrive()
    nico.adds(browser.key)
    tour.secrets |= {"key of the newcomer": browser.key, "TOTP code of the newcomer": nico.shown_code()}
    browser.press("Confirm authenticator", code=nico.code())
    nico.codes = browser.codes
    tour.secrets |= {f"recovery code {code}": code for code in nico.codes}
    browser.press("Acknowledge", saved="y")
