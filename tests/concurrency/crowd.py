"""Many members at once, made in one transaction: a race takes a fresh one, or a fresh house of them, for each round."""

import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from app.domain import totp
from app.domain.authenticators import secret_context
from app.domain.events import OPERATOR
from app.domain.members import Member, Role, Status
from app.domain.passes import INVITATION_LIFE
from app.domain.sessions import Proof, Scope, Session, SignIn
from app.domain.tokens import hash_of, new_token
from app.portal import Portal, Transaction
from app.services import enrolment
from app.steps import recovery_codes
from app.steps.passwords import Waits
from app.steps.sessions import begin_sign_in, open_session
from app.storage import authenticators, members, organizations
from app.storage.links import Links, invitations, password_links
from tests.support.otp import AuthenticatorApp
from tests.support.people import AT_HOME, granted

PASSWORD = "seven unrelated pelicans dancing"


@dataclass
class Racer:
    """A member, with what the runners hold: a sign-in and a session for each. `link` is one, or an invitation."""

    id: int
    public_id: UUID
    email: str
    organization_id: int
    secret: bytes
    codes: list[str] = field(default_factory=list)
    sign_ins: list[SignIn] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    link: str = ""

    def totp(self, portal: Portal, *, steps: int = 0) -> str:
        return totp.code_at(self.secret, totp.step_at(portal.clock.now()) + steps)


@dataclass
class House:
    """An organization of its own. The newcomers are owners, too, but have no authenticator."""

    id: int
    owners: list[Racer] = field(default_factory=list)
    newcomers: list[Racer] = field(default_factory=list)
    admins: list[Racer] = field(default_factory=list)
    members: list[Racer] = field(default_factory=list)


class Crowd:
    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._password_hash = portal.hasher.hash(PASSWORD)

    def racers(
        self, count: int, *, enrolled: bool = True, coming_in: int = 0, sessions: int = 0, link: bool = False
    ) -> list[Racer]:
        with self._portal.writing() as tx:
            crowd = organizations.add(tx.db, slug="crowd", name="Crowd", required_from=tx.now, now=tx.now)
            return [
                self._racer(
                    tx,
                    crowd.id,
                    enrolled=enrolled,
                    codes=enrolled,
                    sessions=sessions,
                    coming_in=coming_in,
                    link=password_links if link else None,
                )
                for _ in range(count)
            ]

    def houses(
        self,
        count: int,
        *,
        owners: int = 0,
        newcomers: int = 0,
        admins: int = 0,
        members: int = 0,
        sessions: int = 1,
        coming_in: int = 0,
        enrolled: bool = True,
        link: Links | None = None,
    ) -> list[House]:
        """Everybody has so many sessions; the rest is of the members, who are no more than invited with such a link."""
        houses = []
        with self._portal.writing() as tx:
            for _ in range(count):
                slug = f"house-{uuid4().hex[:12]}"
                id_ = organizations.add(tx.db, slug=slug, name="House", required_from=None, now=tx.now).id
                helps: dict[str, Any] = {"sessions": sessions}
                helped: dict[str, Any] = {"enrolled": enrolled, "coming_in": coming_in, "link": link}
                if link is not invitations:
                    helped["sessions"] = sessions
                houses.append(
                    House(
                        id_,
                        [self._racer(tx, id_, Role.OWNER, **helps) for _ in range(owners)],
                        [self._racer(tx, id_, Role.OWNER, enrolled=False, **helps) for _ in range(newcomers)],
                        [self._racer(tx, id_, Role.ADMIN, **helps) for _ in range(admins)],
                        [self._racer(tx, id_, **helped) for _ in range(members)],
                    )
                )
        return houses

    def _racer(
        self,
        tx: Transaction,
        organization_id: int,
        role: Role = Role.MEMBER,
        *,
        enrolled: bool = True,
        codes: bool = False,
        sessions: int = 0,
        coming_in: int = 0,
        link: Links | None = None,
    ) -> Racer:
        invited = link is invitations
        who = members.add(
            tx.db,
            organization_id=organization_id,
            role=role,
            name="Racer",
            email=f"{uuid4().hex}@example.org",
            password_hash=None if invited else self._password_hash,
            status=Status.INVITED if invited else Status.ACTIVE,
            now=tx.now,
        )
        racer = Racer(who.id, who.public_id, who.email or "", organization_id, secrets.token_bytes(20))
        racer.sessions = [self._session(tx, who) for _ in range(sessions)]
        racer.sign_ins = [begin_sign_in(tx, who, next_path=None).sign_in for _ in range(coming_in)]
        if enrolled and not invited:
            self._enrol(tx, who, racer, codes=codes)
        if link:
            self._link(tx, who, racer, link)
        return racer

    def _session(self, tx: Transaction, who: Member) -> Session:
        begun = SignIn(0, uuid4(), who.id, who.organization_id, tx.now, tx.now, next_path=None, browser="", address="")
        return open_session(tx, who, begun, Proof.TOTP, scope=Scope.ORDINARY).session

    def _link(self, tx: Transaction, who: Member, racer: Racer, kind: Links) -> None:
        racer.link = new_token()
        expires_at = tx.now + INVITATION_LIFE
        kind.replace(
            tx.db,
            who,
            token_hash=hash_of(racer.link),
            made_by=OPERATOR,
            reason="race",
            now=tx.now,
            expires_at=expires_at,
        )

    def _enrol(self, tx: Transaction, who: Member, racer: Racer, *, codes: bool) -> None:
        public_id = uuid4()
        sealed = tx.keys.seal(racer.secret, secret_context(who.public_id, public_id))
        authenticators.add(tx.db, who, public_id=public_id, name="Phone", sealed_secret=sealed, last_step=0, now=tx.now)
        if codes:
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


def scanned(portal: Portal, holder: Session | SignIn) -> AuthenticatorApp:
    """The app that has the QR of the enrolment which this one began."""
    return AuthenticatorApp.from_uri(granted(enrolment.show(portal, holder)).uri)
