"""Many members at once, made in one transaction: a race takes a fresh one for each round."""

import secrets
from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy import text

from app.domain import totp
from app.domain.authenticators import secret_context
from app.domain.events import OPERATOR
from app.domain.members import Member, Role
from app.domain.passes import PASSWORD_LINK_LIFE
from app.domain.sessions import Proof, Scope, Session, SignIn
from app.domain.tokens import hash_of, new_token
from app.portal import Portal, Transaction
from app.steps import recovery_codes
from app.steps.passwords import Waits
from app.steps.sessions import begin_sign_in, open_session
from app.storage import authenticators, members, organizations, password_links, sign_ins
from tests.support.people import AT_HOME

PASSWORD = "seven unrelated pelicans dancing"


@dataclass
class Racer:
    """A member, with what the runners hold: a sign-in and a session for each."""

    id: int
    email: str
    organization_id: int
    secret: bytes
    codes: list[str] = field(default_factory=list)
    sign_ins: list[SignIn] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    link: str = ""

    def totp(self, portal: Portal, *, steps: int = 0) -> str:
        return totp.code_at(self.secret, totp.step_at(portal.clock.now()) + steps)


class Crowd:
    def __init__(self, portal: Portal) -> None:
        self._portal = portal

    def racers(
        self, count: int, *, enrolled: bool = True, coming_in: int = 0, sessions: int = 0, link: bool = False
    ) -> list[Racer]:
        password_hash = self._portal.hasher.hash(PASSWORD)
        with self._portal.writing() as tx:
            organization = organizations.add(tx.db, slug="crowd", name="Crowd", required_from=tx.now, now=tx.now)
            people = [self._member(tx, organization.id, password_hash) for _ in range(count)]
            racers = [Racer(who.id, who.email or "", organization.id, secrets.token_bytes(20)) for who in people]
            for who, racer in zip(people, racers, strict=True):
                racer.sessions = [self._session(tx, who) for _ in range(sessions)]
                racer.sign_ins = [begin_sign_in(tx, who, next_path=None).sign_in for _ in range(coming_in)]
                if enrolled:
                    self._enrol(tx, who, racer)
                if link:
                    self._link(tx, who, racer)
        return racers

    def _member(self, tx: Transaction, organization_id: int, password_hash: str) -> Member:
        return members.add(
            tx.db,
            organization_id=organization_id,
            role=Role.MEMBER,
            name="Racer",
            email=f"{uuid4().hex}@example.org",
            password_hash=password_hash,
            now=tx.now,
        )

    def _session(self, tx: Transaction, who: Member) -> Session:
        begun = begin_sign_in(tx, who, next_path=None).sign_in
        sign_ins.claim(tx.db, begun.id)
        return open_session(tx, who, begun, Proof.TOTP, scope=Scope.ORDINARY).session

    def _link(self, tx: Transaction, who: Member, racer: Racer) -> None:
        racer.link = new_token()
        expires_at = tx.now + PASSWORD_LINK_LIFE
        password_links.replace(
            tx.db,
            who,
            token_hash=hash_of(racer.link),
            made_by=OPERATOR,
            reason="race",
            now=tx.now,
            expires_at=expires_at,
        )

    def _enrol(self, tx: Transaction, who: Member, racer: Racer) -> None:
        public_id = uuid4()
        sealed = tx.keys.seal(racer.secret, secret_context(who.public_id, public_id))
        authenticators.add(tx.db, who, public_id=public_id, name="Phone", sealed_secret=sealed, last_step=0, now=tx.now)
        racer.codes = recovery_codes.make(tx, who, session_id=racer.sessions[0].id if racer.sessions else None)
        members.refresh_counts(tx.db, who.id)

    def mistype_passwords(self, racers: list[Racer]) -> None:
        """Each once, so that there is a row of wrong passwords to wait for and to forget."""
        with self._portal.writing(AT_HOME) as tx:
            for one in racers:
                Waits(tx, one.organization_id, one.email).take(known_browser=False)

    def count(self, query: str, **values: object) -> int:
        with self._portal.reading() as tx:
            number: int = tx.db.execute(text(query), values).scalar_one()
            return number
