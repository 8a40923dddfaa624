"""What people do in front of a browser, in the words that they see there. Nothing here looks into the markup."""

import re
from dataclasses import dataclass, field
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from app.domain.events import Origin
from app.domain.recovery_codes import CodeSet
from app.domain.refusals import Refused
from app.domain.sessions import Session, SignIn
from app.services import enrolment, recovery_codes, setup, sign_in, visitors
from app.services.setup import Founding
from tests.support.clock import TestClock
from tests.support.otp import AuthenticatorApp
from tests.support.qr import read_qr
from tests.support.site import Site
from tests.support.visits import DESK, PHONE, pasted_elsewhere

EVERY_WAY = pytest.mark.parametrize(
    ("javascript", "screen"),
    [(True, DESK), (True, PHONE), (False, DESK), (False, PHONE)],
    ids=["desk", "phone", "desk-without-scripts", "phone-without-scripts"],
)
"""The main journeys are walked on both screens, with scripts and without."""

ACKNOWLEDGEMENT: Final = "I have saved these codes where I will find them without my phone"
EITHER_CODE: Final = "Authenticator code or recovery code"
PROOF: Final = "Code from your authenticator, or a recovery code"
AT_HOME: Final = Origin("192.0.2.7", "Firefox on Android")
_PERIOD: Final = 30
_HANDED_OVER: Final = re.compile(r"^(http\S+|[0-9a-z]{4}(\s[0-9a-z]{4}){3})$")


@dataclass
class Phone:
    """A telephone with an authenticator app that knows what was scanned, and nothing else."""

    app: AuthenticatorApp
    clock: TestClock

    def code(self) -> str:
        """What it shows now."""
        return self.app.code(self.clock.now())

    def next_code(self) -> str:
        """Waits until it shows another code."""
        self.clock.advance(seconds=_PERIOD)
        return self.code()

    def code_of_a_clock_that_is_ahead(self, *, minutes: int) -> str:
        return self.app.code(self.clock.now(), steps=minutes * 60 // _PERIOD)

    def wrong_code(self) -> str:
        return self.app.wrong_code(self.clock.now())


@dataclass
class Person:
    name: str
    email: str
    password: str
    organization: str
    codes: list[str] = field(default_factory=list)
    _phones: list[Phone] = field(default_factory=list)

    @property
    def phone(self) -> Phone:
        return self._phones[-1]

    def gets(self, phone: Phone) -> None:
        self._phones.append(phone)


def a_newcomer() -> Person:
    return Person("Ann Larch", "ann@larch.example", "three birches in the mist", "Larch & Co")


def settled(site: Site) -> Person:
    """The owner of the site, who set it up a while ago: with a phone, and with acknowledged codes."""
    person = a_newcomer()
    token = site.setup_link().rpartition("/")[2]
    founding = Founding(person.organization, person.name, person.email, person.password)
    begun = setup.claim(site.portal, token, founding, AT_HOME)
    assert not isinstance(begun, Refused)
    enrols(site, person, arriving(site, begun.token))
    site.clock.advance(days=3)
    return person


def enrols(site: Site, person: Person, begun: SignIn, *, acknowledges: bool = True) -> None:
    """With a phone of their own, at home; and leaves."""
    portal = site.portal
    showing = enrolment.show(portal, begun)
    assert not isinstance(showing, Refused)
    person.gets(Phone(AuthenticatorApp.from_uri(showing.uri), site.clock))
    confirmed = enrolment.confirm(
        portal, begun, code=person.phone.code(), name="Phone", browser_token=None, origin=AT_HOME
    )
    assert not isinstance(confirmed, Refused)
    assert confirmed.shown
    assert confirmed.opened
    person.codes = [shown.code for shown in confirmed.shown.codes if shown.code]
    session, code_set = confirmed.opened.session, confirmed.shown.state.code_set
    assert isinstance(code_set, CodeSet)
    if acknowledges:
        recovery_codes.acknowledge(portal, session, generation=code_set.generation, origin=AT_HOME)
    sign_in.sign_out(portal, session, AT_HOME)


def has_used_up(site: Site, person: Person, *, count: int) -> None:
    """Earlier, on other days: that many sign-ins with a recovery code."""
    for _ in range(count):
        sign_in.sign_out(site.portal, signed_in_at_home(site, person, person.codes.pop()), AT_HOME)
        site.clock.advance(days=1)


def signed_in_at_home(site: Site, person: Person, code: str) -> Session:
    signed_in = sign_in.second(site.portal, past_the_password(site, person), code, browser_token=None, origin=AT_HOME)
    assert not isinstance(signed_in, Refused)
    return signed_in.opened.session


def past_the_password(site: Site, person: Person) -> SignIn:
    organization, _several = visitors.only_organization(site.portal)
    assert organization
    right = sign_in.password(
        site.portal,
        organization.id,
        email=person.email,
        password=person.password,
        next_path=None,
        browser_token=None,
        origin=AT_HOME,
    )
    assert not isinstance(right, Refused)
    return arriving(site, right.begun.token)


class Walker:
    """Somebody at a browser: what they open, type and press, and what they must then see."""

    def __init__(self, page: Page, site: Site, *, javascript: bool) -> None:
        self.page = page
        self.clock = site.clock
        self._javascript = javascript

    # Single acts

    def opens(self, path: str) -> None:
        self.page.goto(path)

    def types(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def ticks(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()

    def chooses(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def presses(self, words: str, *, among: str | None = None) -> None:
        """`among` names the section of the page, where several have such a button."""
        self._button(words, among).click()

    def presses_and_means_it(self, words: str, *, among: str | None = None) -> None:
        """For what cannot be taken back: a dialog asks once more, where there are scripts."""
        self._button(words, among).click()
        if self._javascript:
            dialog = self.page.get_by_role("dialog", name=f"{words}?")
            dialog.get_by_role("button", name=words, exact=True).click()
            expect(dialog).to_have_count(0)

    def follows(self, words: str) -> None:
        self.page.get_by_role("link", name=words, exact=True).click()

    def turns_to(self, place: str) -> None:
        """By the navigation; on a phone what is about oneself is behind a button."""
        menu = self.page.get_by_role("button", name="Menu", exact=True)
        link = self.page.get_by_role("navigation").get_by_role("link", name=place, exact=True)
        if menu.is_visible() and not link.is_visible():
            menu.click()
        link.click()

    # What is seen

    def sees(self, title: str | re.Pattern[str]) -> None:
        """The heading of the page at which they should be now."""
        expect(self.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()

    def reads(self, words: str | re.Pattern[str]) -> None:
        expect(self.main).to_contain_text(words)

    def does_not_read(self, words: str | re.Pattern[str]) -> None:
        expect(self.main).not_to_contain_text(words)

    def is_told(self, words: str | re.Pattern[str]) -> None:
        """What a screen reader says by itself: how something went."""
        expect(self.main.get_by_role("status").filter(has_text=words)).to_have_count(1)

    def is_refused(self, words: str | re.Pattern[str]) -> None:
        """The summary of what was wrong, and the same sentence at the field."""
        expect(self.page.get_by_role("alert")).to_contain_text(words)

    def has(self, label: str, text: str) -> None:
        """What stands in a field."""
        expect(self.page.get_by_label(label, exact=True)).to_have_value(text)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def section(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name, exact=True)

    # The steps of many journeys

    def gives_password(self, person: Person, password: str | None = None) -> None:
        self.types("E-mail address", person.email)
        self.types("Password", password or person.password)
        self.presses("Continue")

    def gives_code(self, code: str) -> None:
        self.types(EITHER_CODE, code)
        self.presses("Sign in")

    def signs_in(self, person: Person, *, on_the_way_to: str = "Your account") -> None:
        self.gives_password(person)
        self.sees("Type your code")
        self.gives_code(person.phone.next_code())
        self.sees(on_the_way_to)

    def adds_an_authenticator(self, *, name: str) -> Phone:
        """From the account, shortly after a code was typed."""
        self.turns_to("Account")
        self.follows("Add an authenticator")
        self.presses("Set up the new authenticator")
        phone = self.scans_the_picture()
        self.confirms(phone, name=name)
        self.is_told(f"{name} is set up.")
        return phone

    def signs_out(self) -> None:
        menu = self.page.get_by_role("button", name="Menu", exact=True)
        if menu.is_visible():
            menu.click()
        self.presses("Sign out")
        self.is_told("You are signed out.")

    def scans_the_picture(self) -> Phone:
        """With a new phone, whose camera sees no more than the screen."""
        picture = self.page.get_by_role("img", name=re.compile("QR code"))
        return Phone(AuthenticatorApp.from_uri(read_qr(picture.screenshot())), self.clock)

    def confirms(self, phone: Phone, *, name: str | None = None) -> None:
        if name:
            self.types("Name of this authenticator", name)
        self.types("Code from the app", phone.next_code())
        self.presses("Confirm authenticator")

    def copies_the_codes_down(self) -> list[str]:
        """As they stand on the page: `k7qm 3xvd 9hra p2te`."""
        rows = self.section("Recovery codes").get_by_role("listitem")
        expect(rows).to_have_count(10)
        numbered = [row.split(maxsplit=1) for row in rows.all_inner_texts()]
        assert [number for number, _ in numbered] == [str(number) for number in range(1, 11)]
        codes = [code for _, code in numbered]
        assert all(re.fullmatch(r"[0-9a-z]{4}( [0-9a-z]{4}){3}", code) for code in codes), codes
        return codes

    def acknowledges(self, *, and_then_sees: str) -> None:
        self.ticks(ACKNOWLEDGEMENT)
        self.presses("Acknowledge")
        self.is_told("Your recovery codes are acknowledged.")
        self.sees(and_then_sees)

    def is_ready(self, authenticators: str, left: str) -> None:
        """As the account says it."""
        ready = self.section("Ready")
        expect(ready).to_contain_text(f"{authenticators}, {left} left, saved")

    # Looking after members

    def finds(self, words: str) -> None:
        """In the list of members, by any part of a name or an address."""
        self.turns_to("Members")
        self.types("Name or e-mail", words)
        self.presses("Show")

    def looks_at(self, person: Person) -> None:
        self.finds(person.email)
        self.follows(person.name)
        self.sees(re.compile(f"^{re.escape(person.name)}"))  # role and status stand beside it

    def line_about(self, person: Person) -> Locator:
        """In a table of people."""
        return self.page.get_by_role("row").filter(has_text=person.email)

    def says_why(self, reason: str, *, code: str = "") -> None:
        """And shows again who they are, where that is asked for."""
        self.types("Reason", reason)
        if code:
            self.types(PROOF, code)

    def copies(self, section: str) -> str:
        """A link or a pass that is shown once: with the button, and without scripts by hand."""
        if not self._javascript:
            return self.section(section).get_by_text(_HANDED_OVER).inner_text()
        self.section(section).get_by_role("button", name=re.compile("^Copy")).click()
        self.is_told("Copied")
        return pasted_elsewhere(self.page)

    def takes_up_the_invitation(self, person: Person) -> None:
        """From the link to being ready."""
        self.types("Password", person.password)
        self.presses("Go on to the authenticator")
        self.sees("Set up an authenticator")
        person.gets(self.scans_the_picture())
        self.confirms(person.phone)
        self.sees("Save your recovery codes")
        person.codes = self.copies_the_codes_down()
        self.acknowledges(and_then_sees="You are ready")

    def _button(self, words: str, among: str | None) -> Locator:
        inside = self.section(among) if among else self.page
        return inside.get_by_role("button", name=words, exact=True)


def arriving(site: Site, token: str) -> SignIn:
    visitor = visitors.with_sign_in(site.portal, token)
    assert visitor
    assert visitor.sign_in
    return visitor.sign_in


def in_capitals_with_spaces(code: str) -> str:
    """How people read a code out to themselves."""
    return code.replace("-", " ").upper()
