"""Browsers of applications below the wires: what whoever sits there asks for themselves, by the session in hand."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from app.domain.application_sessions import Own, Wish
from app.domain.events import Act, Origin
from app.domain.members import Member
from app.domain.refusals import Refused
from app.domain.sessions import Session
from app.domain.users import User
from app.services import application_sessions, attestation, own_authenticators, totps, user_codes, users
from app.services.attestation import Attested
from app.services.totps import Checked, Created
from app.services.user_codes import Codes, LiveCodes
from app.services.users import Changes
from app.steps.application_sessions import begin_sign_in, find
from app.storage import members
from tests.support.issuers import Issuer
from tests.support.otp import AuthenticatorApp
from tests.support.people import Person, granted
from tests.support.shops import A_DAY, AN_HOUR, Customer, Shop, wish

AT_THE_TABLE = Origin("198.51.100.7", "Firefox on Linux")
HALF_A_DAY = timedelta(hours=12)


@dataclass
class Screen:
    """One browser of one user. What comes of an act that changes the session's token is kept for the next.

    `meant` is whom its requests say that they are about, where they say so.
    """

    shop: Shop
    user: UUID
    token: str | None = None
    intermediate: str | None = None
    meant: UUID | None = None
    app: AuthenticatorApp | None = None
    totp: UUID | None = None
    codes: list[str] = field(default_factory=list)

    # whoever sits there

    @property
    def own(self) -> Own:
        return Own(None if self.intermediate else self.token, self.intermediate, self.meant)

    @property
    def session(self) -> Session:
        with self.shop.portal.reading() as tx:
            found = find(tx, self.shop.project, self.token)
        assert isinstance(found, Session), "this browser holds no live session"
        return found

    @property
    def lives(self) -> bool:
        with self.shop.portal.reading() as tx:
            return isinstance(find(tx, self.shop.project, self.token), Session)

    @property
    def row(self) -> Member:
        return self.shop.row_of(self.user)

    @property
    def acts(self) -> list[Act]:
        return [one.act for one in self.shop.history_of(self.user)]

    def code(self, *, steps: int = 0) -> str:
        assert self.app, "nothing was scanned yet"
        return self.app.code(self.shop.clock.now(), steps=steps)

    def next_code(self) -> str:
        self.shop.clock.advance(seconds=30)
        return self.code()

    def wrong_code(self) -> str:
        assert self.app
        return self.app.wrong_code(self.shop.clock.now())

    def with_token(self, token: str | None) -> "Screen":
        """What the same user has at a browser with another session, or with none."""
        return replace(self, token=token, intermediate=None, codes=[*self.codes])

    def halfway(self) -> "Screen":
        """What they have at a browser where a sign-in is in progress."""
        with self.shop.portal.writing() as tx:
            begun = begin_sign_in(tx, self.shop.project, members.find(tx.db, self.row.id))
        return replace(self, token=None, intermediate=begun.token, codes=[*self.codes])

    # authenticators

    def try_begin(self, *, with_codes: bool = True, life: timedelta = A_DAY) -> Created | Refused:
        return totps.create(
            self.shop.portal, self.shop.project, self.own, life=life, with_codes=with_codes, origin=AT_THE_TABLE
        )

    def begins(self, *, with_codes: bool = True) -> Created:
        """They scan the QR."""
        made = granted(self.try_begin(with_codes=with_codes))
        self.app, self.totp, self.codes = AuthenticatorApp.from_uri(made.uri), made.totp, made.codes
        return made

    def enrols(self, *, with_codes: bool = True) -> Checked:
        self.begins(with_codes=with_codes)
        return self.types(self.code())

    def try_code(self, code: str) -> Checked | Refused:
        portal, project, wanted = self.shop.portal, self.shop.project, self._wish()
        return self._came_of(totps.authenticate(portal, project, self.own, code, wish=wanted, origin=AT_THE_TABLE))

    def types(self, code: str | None = None) -> Checked:
        """The next code of the phone, unless another is named."""
        return granted(self.try_code(code or self.next_code()))

    def try_recovery(self, code: str) -> Checked | Refused:
        portal, project, wanted = self.shop.portal, self.shop.project, self._wish()
        return self._came_of(totps.recover(portal, project, self.own, code, wish=wanted, origin=AT_THE_TABLE))

    def recovers(self, code: str | None = None) -> Checked:
        """With one of the codes left, unless another is named."""
        return granted(self.try_recovery(code or self.codes.pop()))

    def try_confirm(self, code: str) -> User | Refused:
        return own_authenticators.confirm(self.shop.portal, self.shop.project, self.own, code, origin=AT_THE_TABLE)

    def try_prefer(self, totp: UUID) -> User | Refused:
        return own_authenticators.prefer(self.shop.portal, self.shop.project, self.own, totp, origin=AT_THE_TABLE)

    def try_delete(self, totp: UUID) -> User | Refused:
        return totps.delete(self.shop.portal, self.shop.project, totp, own=self.own, origin=AT_THE_TABLE)

    def try_delete_all(self) -> User | Refused:
        return totps.delete_all(self.shop.portal, self.shop.project, self.own, origin=AT_THE_TABLE)

    # recovery codes

    def try_reading(self) -> Codes | Refused:
        return user_codes.read(self.shop.portal, self.shop.project, self.own, origin=AT_THE_TABLE)

    def try_reading_live(self, *, making: bool = False) -> LiveCodes | Refused:
        return user_codes.read_live(self.shop.portal, self.shop.project, self.own, making=making, origin=AT_THE_TABLE)

    def reads(self, *, making: bool = False) -> list[str]:
        return granted(self.try_reading_live(making=making)).codes

    def try_rotating(self) -> LiveCodes | Refused:
        return user_codes.rotate(self.shop.portal, self.shop.project, self.own, origin=AT_THE_TABLE)

    def rotates(self) -> list[str]:
        self.codes = granted(self.try_rotating()).codes
        return [*self.codes]

    def try_acknowledging(self) -> User | Refused:
        return user_codes.acknowledge(self.shop.portal, self.shop.project, self.own, origin=AT_THE_TABLE)

    # the rest

    def try_change(self, **changes: Any) -> User | Refused:
        return users.change(self.shop.portal, self.shop.project, self.own, Changes(**changes), origin=AT_THE_TABLE)

    def try_look(self) -> User | Refused:
        return users.look_at_own(self.shop.portal, self.shop.project, self.own)

    def is_fresh(self) -> bool | Refused:
        return application_sessions.is_fresh(self.shop.portal, self.shop.project, self.own)

    def where(self) -> UUID | Refused:
        return application_sessions.where(self.shop.portal, self.shop.project, self.own)

    def _wish(self) -> Wish:
        """Of the session in hand nothing but a factor; where a sign-in in progress is completed, a session."""
        if self.intermediate:
            return wish(life=AN_HOUR, intermediate=self.intermediate)
        return wish(presented=self.token)

    def _came_of(self, outcome: Checked | Refused) -> Checked | Refused:
        if not isinstance(outcome, Refused) and outcome.session:
            self.token, self.intermediate = outcome.session.token, None
        return outcome


@dataclass
class Login:
    """The shop's own, whose tokens it takes for a first factor; the subject is an external id."""

    shop: Shop
    issuer: Issuer

    @classmethod
    def at(cls, shop: Shop, issuer: Issuer, *, makes_users: bool = False) -> "Login":
        issuer.is_trusted_by(shop, makes_users=makes_users)
        return cls(shop, issuer)

    def try_sign_in(self, subject: str = "u-1", *, life: timedelta = HALF_A_DAY, **other: Any) -> Attested | Refused:
        return self.try_token(self.issuer.vouches(self.shop, subject, **other), life=life)

    def try_token(
        self, token: str, *, life: timedelta | None = HALF_A_DAY, presented: str | None = None
    ) -> Attested | Refused:
        return attestation.sign_in(
            self.shop.portal, self.shop.project, token, wish=wish(presented, life), origin=AT_THE_TABLE
        )

    def sits_down(self, subject: str = "u-1") -> Screen:
        """At a browser that held nothing."""
        done = granted(self.try_sign_in(subject))
        assert done.session
        return Screen(self.shop, done.user.id, done.session.token)

    def vouches_again(self, screen: Screen, subject: str = "u-1") -> None:
        """In the same session."""
        token = self.issuer.vouches(self.shop, subject)
        done = granted(self.try_token(token, life=None, presented=screen.token))
        assert done.session
        screen.token = done.session.token

    def comes(self, who: Person | Customer) -> Screen:
        """Somebody who has an authenticator already, known here by what they are called there."""
        user = who.public_id if isinstance(who, Person) else who.id
        known_as = self.shop.look(user).notes.external_id or str(user)
        self.shop.change(user, external_id=known_as)
        screen = self.sits_down(known_as)
        screen.app, screen.codes = who.app, [*who.codes]
        screen.totp = self.shop.look(user).totps[0].id
        return screen


Asks = Callable[[Screen], object]

SHOWING: dict[str, Asks] = {
    "read": lambda one: one.try_reading(),
    "read live": lambda one: one.try_reading_live(),
    "read live, or make": lambda one: one.try_reading_live(making=True),
}
"""Of the codes that are there already."""

CHANGING: dict[str, Asks] = {
    "rotate": lambda one: one.try_rotating(),
    "delete": lambda one: one.try_delete(one.totp or uuid4()),
    "delete all": lambda one: one.try_delete_all(),
}

LOOKING: dict[str, Asks] = {
    "look": lambda one: one.try_look(),
    "is it fresh": lambda one: one.is_fresh(),
    "where": lambda one: one.where(),
}

CHECKING: dict[str, Asks] = {
    "code": lambda one: one.try_code(one.next_code()),
    "recovery code": lambda one: one.try_recovery(one.codes[0]),
}

THE_REST: dict[str, Asks] = {
    "create": lambda one: one.try_begin(),
    "confirm": lambda one: one.try_confirm(one.next_code()),
    "prefer": lambda one: one.try_prefer(one.totp or uuid4()),
    "acknowledge": lambda one: one.try_acknowledging(),
    "change": lambda one: one.try_change(first_name="Mallory"),
}

ALL = {**SHOWING, **CHANGING, **LOOKING, **CHECKING, **THE_REST}
"""Whatever can be asked from a browser for whoever sits there."""
