"""An organization, its people and what its operator does for them."""

import re
from datetime import timedelta
from typing import Any

from flask import Flask

from app.domain import totp
from app.domain.attempts import LockReason
from app.domain.authenticators import secret_context
from app.domain.events import OPERATOR, Act
from app.domain.members import Member, Role, Status
from app.domain.passes import INVITATION_LIFE, SHORTEST
from app.domain.recovery_codes import CodeSet, spell
from app.domain.text import slug_of
from app.domain.tokens import hash_of, new_token
from app.portal import Portal, Transaction
from app.services import locks, passes, password_link
from app.services.locks import Unlocked
from app.steps.recovery_codes import make
from app.storage import authenticators, events, members, organizations, recovery_codes
from app.storage.links import invitations
from app.storage.tables import member, organization
from tests.support.clock import TestClock
from tests.support.members_web import PASSWORD, Browser, Person
from tests.support.otp import AuthenticatorApp


class Office:
    """An organization, its people and their browsers; who is there at the beginning is made without pages."""

    def __init__(self, app: Flask, portal: Portal, clock: TestClock, *, name: str = "Acme Works") -> None:
        self.portal, self.clock = portal, clock
        self._app = app
        with portal.writing() as tx:
            made = organizations.add(tx.db, slug=slug_of(name), name=name, required_from=tx.now, now=tx.now)
        self.organization_id, self.slug = made.id, made.slug

    def next_door(self) -> "Office":
        """Another organization in the same portal, with nobody in it yet."""
        return Office(self._app, self.portal, self.clock, name="Next Door")

    def requires_a_second_factor_in(self, wait: timedelta | None) -> None:
        """None: not at all."""
        with self.portal.writing() as tx:
            required_from = None if wait is None else tx.now + wait
            ours = organization.update().where(organization.c.id == self.organization_id)
            tx.db.execute(ours.values(second_factor_required_from=required_from))

    def lets_people_go_without(self) -> None:
        self.requires_a_second_factor_in(None)

    def acts(self, person: Person) -> list[Act]:
        """What the log has of a person, oldest first."""
        with self.portal.reading() as tx:
            found = events.page_for(tx.db, self.member(person).id, before=None, count=1000)
        return [one.act for one in reversed(found)]

    def live_set(self, person: Person) -> CodeSet:
        with self.portal.reading() as tx:
            found = recovery_codes.find_live(tx.db, self.member(person).id)
        assert found
        return found

    def past_the_password(self, person: Person) -> Browser:
        """A browser that holds a sign-in in progress."""
        browser = self.browser()
        assert browser.enter_password(person).status_code == 303
        return browser

    def with_pass(self, person: Person) -> Browser:
        """A browser that holds a session which can only enrol."""
        browser = self.past_the_password(person)
        assert browser.submit("/sign-in/pass", code=self.pass_for(person)).status_code == 303
        return browser

    def postponed(self, person: Person) -> Browser:
        """Signed in by password alone, while the organization does not require more yet."""
        self.requires_a_second_factor_in(timedelta(minutes=10))
        browser = self.past_the_password(person)
        assert browser.submit("/welcome/postpone").status_code == 303
        return browser

    def due_to_enrol(self, person: Person) -> Browser:
        """Signed in by password alone, and then the second factor came to be required."""
        browser = self.postponed(person)
        self.clock.advance(minutes=11)
        return browser

    def browser(self, **kwargs: Any) -> Browser:
        return Browser(self._app, **kwargs)

    def signed_in(self, person: Person, **kwargs: Any) -> Browser:
        browser = self.browser(**kwargs)
        browser.sign_in(person)
        return browser

    def person(
        self, name: str = "Ada Example", *, role: Role = Role.MEMBER, enrolled: bool = True, acknowledged: bool = True
    ) -> Person:
        email = f"{re.sub(r'[^a-z0-9]', '', name.split(maxsplit=1)[0].lower())}@example.org"
        password_hash = self.portal.hasher.hash(PASSWORD)
        with self.portal.writing() as tx:
            who = members.add(
                tx.db,
                organization_id=self.organization_id,
                role=role,
                name=name,
                email=email,
                password_hash=password_hash,
                now=tx.now,
            )
            person = Person(name, email, who.public_id, self.clock, slug=self.slug)
            if enrolled:
                self._enrol(tx, who, person, acknowledged=acknowledged)
        return person

    def owner(self, name: str = "Olga Owner") -> Person:
        return self.person(name, role=Role.OWNER)

    def admin(self, name: str = "Ines Admin") -> Person:
        return self.person(name, role=Role.ADMIN)

    def invited(self, name: str = "Ina Invited", *, role: Role = Role.MEMBER) -> tuple[Person, str]:
        """Somebody who has yet to take up the invitation, and the path of its link."""
        person = self.person(name, role=role, enrolled=False)
        token = new_token()
        with self.portal.writing() as tx:
            who = self._row(tx, person)
            tx.db.execute(member.update().where(member.c.id == who.id).values(status="invited", password_hash=None))
            until = tx.now + INVITATION_LIFE
            invitations.replace(
                tx.db, who, token_hash=hash_of(token), made_by=OPERATOR, reason="", now=tx.now, expires_at=until
            )
        return person, f"/invitations/{token}"

    def suspended(self, name: str = "Sue Suspended") -> Person:
        person = self.person(name)
        self.is_now(person, Status.SUSPENDED)
        return person

    def locked(self, name: str = "Lou Locked", *, by: LockReason = LockReason.ADMIN) -> Person:
        person = self.person(name)
        with self.portal.writing() as tx:
            members.lock(tx.db, self._row(tx, person).id, by, tx.now)
        return person

    def is_now(self, person: Person, what: Status | Role) -> None:
        """As if somebody had seen to it elsewhere; sessions stay as they are, which no act leaves them."""
        with self.portal.writing() as tx:
            who = self._row(tx, person)
            if isinstance(what, Status):
                members.change_status(tx.db, who.id, what)
            else:
                members.change_role(tx.db, who.id, what)

    def _row(self, tx: Transaction, person: Person) -> Member:
        found = members.find_in(tx.db, self.organization_id, person.id)
        assert found, f"{person.name} is not of {self.slug}"
        return found

    def member(self, person: Person) -> Member:
        """As the database has them now."""
        with self.portal.reading() as tx:
            return self._row(tx, person)

    def member_with(self, email: str) -> Member:
        with self.portal.reading() as tx:
            found = members.find_by_email(tx.db, self.organization_id, email)
        assert found, f"nobody has {email}"
        return found

    def pass_for(self, person: Person) -> str:
        return pass_for(self.portal, person)

    def password_link_for(self, person: Person) -> str:
        return password_link_for(self.portal, person)

    def unlock(self, person: Person) -> Unlocked:
        return unlock(self.portal, person)

    def _enrol(self, tx: Transaction, who: Member, person: Person, *, acknowledged: bool) -> None:
        secret = totp.new_secret()
        authenticators.add(
            tx.db,
            who,
            public_id=person.authenticator,
            name="Phone",
            sealed_secret=tx.keys.seal(secret, secret_context(who.public_id, person.authenticator)),
            last_step=0,
            now=tx.now,
        )
        person.app = AuthenticatorApp(secret, "Acme Works", person.email)
        person.codes = [spell(code) for code in make(tx, who, session_id=None)]
        if acknowledged:
            recovery_codes.acknowledge(tx.db, who.id, 1, tx.now)
        members.refresh_counts(tx.db, who.id)


def unlock(portal: Portal, person: Person) -> Unlocked:
    """As the operator does at the command line."""
    return locks.unlock(portal, person.email, organization=None, reason="seen in person", by=OPERATOR)


def pass_for(portal: Portal, person: Person) -> str:
    """As the operator makes one at the command line."""
    made = passes.make(portal, person.email, organization=None, life=6 * SHORTEST, reason="phone lost", by=OPERATOR)
    return made.spelled


def password_link_for(portal: Portal, person: Person) -> str:
    """The token of a link as the operator makes one at the command line."""
    return password_link.make(portal, person.email, organization=None, reason="forgotten", by=OPERATOR).token
