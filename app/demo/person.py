"""What one person of the demo knows and holds, and does at a browser: through the same services as the pages."""

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from app.demo.people import Part
from app.demo.timeline import LedClock
from app.domain import totp
from app.domain.events import Act, Origin
from app.domain.refusals import Refused, Why
from app.domain.sessions import Session, SignIn
from app.portal import Portal
from app.services import authenticators, enrolment, invitations, passes, password_link, recovery_codes, sign_in
from app.steps.recovery_codes import ShownCodes
from app.steps.sessions import Opened

Outcome = TypeVar("Outcome")
_STAYS_AT_THE_DESK = timedelta(minutes=3)
_NOT_INVITED_YET = UUID(int=0)
_TAKES_DOWN = (None, Act.CODES_DOWNLOADED, Act.CODES_PRINTED)


class UnexpectedRefusalError(Exception):
    """The history asked for something that the rules do not allow: a mistake in the history."""


def granted(outcome: Outcome | Refused) -> Outcome:
    if isinstance(outcome, Refused):
        raise UnexpectedRefusalError(str(outcome))
    return outcome


@dataclass
class Device:
    """An authenticator app; `key` and `uri` are what its QR said."""

    name: str
    key: str
    uri: str
    last_step: int = 0

    @property
    def secret(self) -> bytes:
        return base64.b32decode(self.key)


@dataclass
class World:
    """What all of them share."""

    portal: Portal
    clock: LedClock
    random: Random
    organization_id: int = 0

    def wait(self, least: int, most: int) -> None:
        """People take a while; between these seconds."""
        self.clock.wait(self.random.randint(least, most))


@dataclass
class Person:
    """`away` says that the sign-in is not open to them, or that they leave it alone."""

    world: World
    part: Part
    origin: Origin
    id: UUID = _NOT_INVITED_YET
    email: str = ""
    password: str = field(default_factory=lambda: secrets.token_urlsafe(15))
    link: str = ""
    devices: list[Device] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    browser_tokens: dict[Origin, str | None] = field(default_factory=dict)
    session: Session | None = None
    away: bool = True

    def __post_init__(self) -> None:
        self.email = self.part.email

    # arriving

    def takes_up_invitation(self) -> SignIn:
        """Sets the password; the enrolment is begun, and can be left at that."""
        begun = invitations.accept(
            self.world.portal, self.link, name=self.part.name, password=self.password, origin=self.origin
        )
        self.away = False
        return granted(begun).sign_in

    def arrives(self, device: str = "Phone") -> None:
        self.confirms(self.takes_up_invitation(), device)
        self.saves_codes()

    # coming and going

    def leaves(self) -> None:
        self.away = True

    def comes_back(self) -> None:
        self.away = False

    def types_password(self, origin: Origin | None = None) -> SignIn:
        outcome = sign_in.password(
            self.world.portal,
            self.world.organization_id,
            email=self.email,
            password=self.password,
            next_path=None,
            browser_token=self.browser_tokens.get(self.origin),
            origin=origin or self.origin,
        )
        self.world.wait(6, 25)
        return granted(outcome).begun.sign_in

    def mistypes_password(self, origin: Origin | None = None) -> None:
        sign_in.password(
            self.world.portal,
            self.world.organization_id,
            email=self.email,
            password=secrets.token_urlsafe(9),
            next_path=None,
            browser_token=None,
            origin=origin or self.origin,
        )
        self.world.wait(5, 20)

    def mistypes_code(self, times: int = 1, origin: Origin | None = None) -> None:
        """Or somebody else does, who knows the password and sits elsewhere."""
        begun = self.types_password(origin)
        for _ in range(times):
            outcome = sign_in.second(
                self.world.portal, begun, self._wrong_code(), browser_token=None, origin=origin or self.origin
            )
            self.world.wait(8, 30)
            if isinstance(outcome, Refused) and outcome.why is Why.PASSWORD_STOPPED:
                return

    def signs_in(self, *, with_code: bool = False) -> Session:
        begun = self.types_password()
        typed = self.codes.pop(min(self.codes)) if with_code else self.shown()
        done = granted(
            sign_in.second(
                self.world.portal, begun, typed, browser_token=self.browser_tokens.get(self.origin), origin=self.origin
            )
        )
        self.world.wait(10, 40)
        return self._holds(done.opened)

    def postpones(self) -> Session:
        """Signs in by password alone, as long as the organization lets them."""
        begun = self.types_password()
        done = granted(
            sign_in.postpone(
                self.world.portal, begun, browser_token=self.browser_tokens.get(self.origin), origin=self.origin
            )
        )
        self.session = done.opened.session
        return self.session

    def signs_out(self) -> None:
        if self.session:
            self.world.wait(60, 400)
            sign_in.sign_out(self.world.portal, self.session, self.origin)
            self.session = None

    def at_the_desk(self) -> Session:
        """A session that is fresh: the one of a moment ago, or a new one."""
        here = self.session
        if here and here.proved_at and self.world.clock.now() - here.opened_at < _STAYS_AT_THE_DESK:
            return here
        return self.signs_in()

    # authenticators

    def enrols(self, holder: Session | SignIn, name: str, *, replaces: str = "") -> None:
        old = self._authenticator(replaces) if replaces else None
        granted(enrolment.start(self.world.portal, holder, replace=old, proof="", origin=self.origin))
        self.devices = [device for device in self.devices if device.name != replaces]
        self.confirms(holder, name)

    def confirms(self, holder: Session | SignIn, name: str) -> None:
        """Scans what the enrolment that was begun shows, and types the code."""
        device = self.scans(holder, name)
        self.world.wait(15, 70)
        confirmed = granted(
            enrolment.confirm(
                self.world.portal,
                holder,
                code=self.shown(device),
                name=name,
                browser_token=self.browser_tokens.get(self.origin),
                origin=self.origin,
            )
        )
        self.devices.append(device)
        if confirmed.opened:
            self._holds(confirmed.opened)
        if confirmed.shown:
            self._notes(confirmed.shown)

    def scans(self, holder: Session | SignIn, name: str) -> Device:
        showing = granted(enrolment.show(self.world.portal, holder))
        return Device(name, showing.key, showing.uri)

    def types_wrong_enrolment_code(self, holder: SignIn) -> None:
        self.world.wait(15, 70)
        enrolment.confirm(
            self.world.portal,
            holder,
            code=self._wrong_code([self.scans(holder, "")]),
            name="",
            browser_token=None,
            origin=self.origin,
        )

    def removes_authenticator(self) -> None:
        """The first one; with the last go the codes."""
        device = self.devices[0]
        session = self.at_the_desk()
        granted(
            authenticators.remove(
                self.world.portal, session, self._authenticator(device.name), proof="", origin=self.origin
            )
        )
        self.devices.remove(device)
        self.codes = self.codes if self.devices else {}

    def shown(self, device: Device | None = None) -> str:
        """What the app shows, once it shows something that was not typed yet."""
        device = device or self.devices[0]
        while (step := totp.step_at(self.world.clock.now())) <= device.last_step:
            self.world.wait(10, 20)
        device.last_step = step
        return totp.code_at(device.secret, step)

    # recovery codes

    def saves_codes(self) -> None:
        assert self.session is not None  # noqa: S101 -- whoever has new codes is signed in
        portal, session = self.world.portal, self.session
        if act := self.world.random.choice(_TAKES_DOWN):
            recovery_codes.show(portal, session, proof="", act=act, origin=self.origin)
        self.world.wait(20, 90)
        live = recovery_codes.state(portal, session).code_set
        assert live is not None  # noqa: S101 -- likewise
        granted(recovery_codes.acknowledge(portal, session, generation=live.generation, origin=self.origin))

    def makes_new_codes(self) -> None:
        session = self.at_the_desk()
        live = recovery_codes.state(self.world.portal, session).code_set
        made = recovery_codes.regenerate(
            self.world.portal, session, generation=live.generation if live else 0, proof="", origin=self.origin
        )
        self._notes(granted(made).codes)

    # ways back

    def uses_pass(self, spelled: str, device: str) -> None:
        used = granted(
            passes.use(self.world.portal, self.types_password(), spelled, holder_token=None, origin=self.origin)
        )
        self.session, self.devices, self.codes = used.opened.session, [], {}
        self.world.wait(10, 40)
        self.enrols(self.session, device)
        self.saves_codes()

    def uses_link(self, token: str) -> None:
        self.password = secrets.token_urlsafe(15)
        granted(password_link.use(self.world.portal, token, self.password, self.origin))
        self.session = None

    # as administrator

    def does(self, act: Callable[..., Outcome | Refused], who: "Person", reason: str, **more: Any) -> Outcome:
        """An act of administration on somebody, for which they all have the same form."""
        session = self.at_the_desk()
        outcome = act(self.world.portal, session, who.id, reason=reason, proof="", origin=self.origin, **more)
        who.session = None  # most acts end it, and nobody is at the desk just then
        self.world.wait(20, 60)
        return granted(outcome)

    def _holds(self, opened: Opened) -> Session:
        self.browser_tokens[self.origin], self.session = opened.browser_token, opened.session
        return opened.session

    def _notes(self, shown: ShownCodes) -> None:
        self.codes = {one.number: one.code for one in shown.codes if one.code}

    def _authenticator(self, name: str) -> UUID:
        assert self.session is not None  # noqa: S101 -- only who is signed in looks after them
        found = authenticators.all_of(self.world.portal, self.session)
        return next(one.id for one in found if one.name == name)

    def _wrong_code(self, devices: list[Device] | None = None) -> str:
        step = totp.step_at(self.world.clock.now())
        near = range(step - totp.CLOCK_REACH, step + totp.CLOCK_REACH + 1)
        shown = {totp.code_at(one.secret, at) for one in devices or self.devices for at in near}
        return next(code for code in iter(self._six_digits, "") if code not in shown)

    def _six_digits(self) -> str:
        return f"{self.world.random.randrange(10**6):06}"
