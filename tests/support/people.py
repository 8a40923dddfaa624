"""People of the portal: what each of them knows and holds, and what each can do, in a line."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import text

from app.domain.authenticators import Authenticator
from app.domain.events import OPERATOR, Act, Event, Origin
from app.domain.members import Member, Role, Status
from app.domain.recovery_codes import CodeSet
from app.domain.refusals import Refused, Why
from app.domain.sessions import Session, SignIn
from app.portal import Portal
from app.services import enrolment, passes, password_link, recovery_codes, setup, sign_in, visitors
from app.services.enrolment import Confirmed
from app.services.passes import PassUsed
from app.services.setup import Founding
from app.services.sign_in import PasswordRight, SignedIn
from app.services.visitors import Visitor
from app.steps.sessions import Begun, Opened
from app.storage import authenticators, events, members, organizations
from app.storage import recovery_codes as kept_codes
from app.storage.tables import organization
from tests.support.clock import TestClock
from tests.support.otp import AuthenticatorApp

PASSWORD = "seven unrelated pelicans dancing"
NEW_PASSWORD = "nine quiet lanterns by the harbour"
# Full-width, superscript, circled and Arabic: digits to str.isdigit() or to \d, and in no code.
NO_DIGITS = [
    "\uff11\uff12\uff13\uff14\uff15\uff16",
    "\u00b2\u00b2\u00b2\u00b2\u00b2\u00b2",
    "\u2460\u2461\u2462\u2463\u2464\u2465",
    "\u0661\u0662\u0663\u0664\u0665\u0666",
]
AT_HOME = Origin("192.0.2.10", "Firefox on Linux")
ELSEWHERE = Origin("198.51.100.20", "Chrome on Windows")

Outcome = TypeVar("Outcome")


class _Act(Protocol):
    """What came of an act at a session that may have been stepped up for it."""

    @property
    def token(self) -> str | None: ...


ActDone = TypeVar("ActDone", bound=_Act)


def granted(outcome: Outcome | Refused) -> Outcome:
    assert not isinstance(outcome, Refused), f"refused: {outcome}"
    return outcome


def refusal(outcome: object) -> Why:
    assert isinstance(outcome, Refused), f"not refused: {outcome}"
    return outcome.why


@dataclass
class Person:
    """One member with one browser; `copy` gives the same member another browser."""

    portal: Portal
    clock: TestClock
    id: int
    organization_id: int
    email: str
    password: str = PASSWORD
    origin: Origin = AT_HOME
    apps: list[AuthenticatorApp] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    token: str | None = None
    browser_token: str | None = None

    def elsewhere(self) -> "Person":
        """The same member at a browser that holds nothing yet."""
        return replace(self, origin=ELSEWHERE, token=None, browser_token=None, apps=[*self.apps], codes=[*self.codes])

    # what they hold

    @property
    def app(self) -> AuthenticatorApp:
        return self.apps[0]

    @property
    def session(self) -> Session:
        """The session of this browser, as it stands in the database."""
        visitor = self.visitor()
        assert visitor is not None, "this browser holds no live session"
        assert visitor.session is not None
        return visitor.session

    def visitor(self) -> Visitor | None:
        return visitors.with_session(self.portal, self.token) if self.token else None

    @property
    def row(self) -> Member:
        with self.portal.reading() as tx:
            return members.find(tx.db, self.id)

    @property
    def public_id(self) -> UUID:
        return self.row.public_id

    @property
    def code_set(self) -> CodeSet:
        with self.portal.reading() as tx:
            found = kept_codes.find_live(tx.db, self.id)
        assert found is not None, "there is no live set"
        return found

    @property
    def authenticators(self) -> list[Authenticator]:
        with self.portal.reading() as tx:
            return authenticators.all_for(tx.db, self.id)

    @property
    def history(self) -> list[Event]:
        """Oldest first."""
        with self.portal.reading() as tx:
            return events.page_for(tx.db, self.id, before=None, count=1000)[::-1]

    @property
    def acts(self) -> list[Act]:
        return [event.act for event in self.history]

    # what they type

    def totp(self, *, steps: int = 0) -> str:
        """What their first app shows now."""
        return self.app.code(self.clock.now(), steps=steps)

    def next_totp(self) -> str:
        """They wait until the app shows another code."""
        self.clock.advance(seconds=30)
        return self.totp()

    def wrong_totp(self) -> str:
        return self.app.wrong_code(self.clock.now())

    # what they do

    def try_password(self, password: str | None = None) -> PasswordRight | Refused:
        return sign_in.password(
            self.portal,
            self.organization_id,
            email=self.email,
            password=self.password if password is None else password,
            next_path=None,
            browser_token=self.browser_token,
            origin=self.origin,
        )

    def begin(self) -> SignIn:
        """They type the right password."""
        return granted(self.try_password()).begun.sign_in

    def try_code(self, begun: SignIn, typed: str) -> SignedIn | Refused:
        outcome = sign_in.second(self.portal, begun, typed, browser_token=self.browser_token, origin=self.origin)
        if not isinstance(outcome, Refused):
            self._hold(outcome.opened)
        return outcome

    def sign_in(self, typed: str | None = None) -> Session:
        """Password and second factor, the next TOTP code unless something else is typed."""
        begun = self.begin()
        granted(self.try_code(begun, self.next_totp() if typed is None else typed))
        return self.session

    def postpone(self) -> Session:
        """They sign in without a second factor."""
        done = granted(
            sign_in.postpone(self.portal, self.begin(), browser_token=self.browser_token, origin=self.origin)
        )
        self._hold(done.opened)
        return self.session

    def fail(self, times: int, begun: SignIn | None = None) -> list[object]:
        """They type wrong codes in a row; what came of each."""
        begun = begun or self.begin()
        return [self.try_code(begun, self.wrong_totp()) for _ in range(times)]

    def start_enrolment(
        self, holder: Session | SignIn, *, replacing: UUID | None = None, proof: str = ""
    ) -> AuthenticatorApp:
        """They begin to enrol and scan the QR."""
        begun = granted(enrolment.start(self.portal, holder, replace=replacing, proof=proof, origin=self.origin))
        self.token = begun.token or self.token
        return self.scan(holder)

    def scan(self, holder: Session | SignIn) -> AuthenticatorApp:
        return AuthenticatorApp.from_uri(granted(enrolment.show(self.portal, holder)).uri)

    def try_confirm(self, holder: Session | SignIn, code: str, *, name: str = "") -> Confirmed | Refused:
        outcome = enrolment.confirm(
            self.portal, holder, code=code, name=name, browser_token=self.browser_token, origin=self.origin
        )
        if isinstance(outcome, Refused):
            return outcome
        if outcome.opened:
            self._hold(outcome.opened)
        self.token = outcome.token or self.token
        if outcome.shown:
            self.codes = [shown.code for shown in outcome.shown.codes if shown.code]
        return outcome

    def enrol(
        self, holder: Session | SignIn | None = None, *, replacing: UUID | None = None, name: str = ""
    ) -> Confirmed:
        """The whole of it; from the password on unless there is a holder already."""
        holder = holder or self.begin()
        app = self.start_enrolment(holder, replacing=replacing)
        confirmed = granted(self.try_confirm(holder, app.code(self.clock.now()), name=name))
        self.apps.append(app)
        return confirmed

    def acknowledge(self) -> None:
        done = granted(
            recovery_codes.acknowledge(
                self.portal, self.session, generation=self.code_set.generation, origin=self.origin
            )
        )
        self.token = done.token or self.token

    def regenerate(self, *, proof: str = "") -> list[str]:
        done = granted(
            recovery_codes.regenerate(
                self.portal, self.session, generation=self.code_set.generation, proof=proof, origin=self.origin
            )
        )
        self.token = done.token or self.token
        self.codes = [shown.code for shown in done.codes.codes if shown.code]
        return self.codes

    def use_pass(self, spelled: str, *, holder_token: str | None = None) -> PassUsed | Refused:
        outcome = passes.use(self.portal, self.begin(), spelled, holder_token=holder_token, origin=self.origin)
        if not isinstance(outcome, Refused):
            self._hold(outcome.opened)
        return outcome

    def does(
        self,
        act: Callable[..., ActDone | Refused],
        who: "Person",
        *,
        proof: str = "",
        reason: str = "on the phone",
        **more: Any,
    ) -> ActDone | Refused:
        """As an administrator, from the session of this browser."""
        outcome = act(self.portal, self.session, who.public_id, reason=reason, proof=proof, origin=self.origin, **more)
        if not isinstance(outcome, Refused):
            self.token = outcome.token or self.token
        return outcome

    # what the operator does for them

    def given_pass(self, *, minutes: int = 60) -> str:
        life = timedelta(minutes=minutes)
        return passes.make(
            self.portal, self.email, organization=None, life=life, reason="lost both", by=OPERATOR
        ).spelled

    def given_password_link(self) -> str:
        return password_link.make(self.portal, self.email, organization=None, reason="forgotten", by=OPERATOR).token

    def gets_new_password(self, password: str = NEW_PASSWORD) -> None:
        granted(password_link.use(self.portal, self.given_password_link(), password, self.origin))
        self.password = password

    def set(self, **columns: Any) -> None:
        """Write what no act of this issue writes yet, such as a status."""
        assigned = ", ".join(f"{name} = :{name}" for name in columns)
        with self.portal.writing() as tx:
            tx.db.execute(text(f"UPDATE member SET {assigned} WHERE id = :id"), {"id": self.id, **columns})  # noqa: S608

    def column(self, name: str) -> Any:
        """What stands in a column of their row that only lists read."""
        with self.portal.reading() as tx:
            return tx.db.execute(text(f"SELECT {name} FROM member WHERE id = :id"), {"id": self.id}).scalar_one()  # noqa: S608

    def rows_in(self, table: str) -> int:
        """How many rows of theirs there are."""
        with self.portal.reading() as tx:
            counted = text(f"SELECT count(*) FROM {table} WHERE member_id = :id")  # noqa: S608
            return int(tx.db.execute(counted, {"id": self.id}).scalar_one())

    def done_by_others(self) -> list[tuple[Act, str, str]]:
        """What others did to them: the act, by whom and why; oldest first."""
        return [
            (one.act, one.by.name if one.by else one.actor_kind, one.details.get("reason", ""))
            for one in self.history
            if one.by_another
        ]

    def _hold(self, opened: Opened) -> None:
        self.token = opened.token
        self.browser_token = opened.browser_token or self.browser_token


@dataclass
class People:
    """Makes people, in the first organization unless another is named."""

    portal: Portal
    clock: TestClock

    def founder(self) -> Person:
        """The first owner, right after the setup form."""
        return self.founded()[0]

    def founded(self) -> tuple[Person, Begun]:
        token = setup.issue_link(self.portal)
        assert token
        founding = Founding("Harbour Works", "Olive Owner", "olive@example.org", PASSWORD)
        begun = granted(setup.claim(self.portal, token, founding, AT_HOME))
        who = begun.sign_in
        return Person(self.portal, self.clock, who.member_id, who.organization_id, founding.email), begun

    def organization(self, slug: str = "harbour", *, required: bool = True) -> int:
        with self.portal.writing() as tx:
            found = organizations.find_by_slug(tx.db, slug)
            since = tx.now if required else None
            return (found or organizations.add(tx.db, slug=slug, name=slug.title(), required_from=since, now=tx.now)).id

    def require_second_factor(self, since: datetime | None) -> None:
        """From then on in every organization; None: not at all."""
        with self.portal.writing() as tx:
            tx.db.execute(organization.update().values(second_factor_required_from=since))

    def newcomer(
        self, email: str = "ada@example.org", *, required: bool = True, slug: str = "harbour", role: Role = Role.MEMBER
    ) -> Person:
        """Somebody with a password and nothing else."""
        organization_id = self.organization(slug, required=required)
        password_hash = self.portal.hasher.hash(PASSWORD)
        with self.portal.writing() as tx:
            who = members.add(
                tx.db,
                organization_id=organization_id,
                role=role,
                name=email.partition("@")[0].title(),
                email=email,
                password_hash=password_hash,
                now=tx.now,
            )
        return Person(self.portal, self.clock, who.id, organization_id, email)

    def with_pending_codes(self, email: str = "ada@example.org", **of: Any) -> Person:
        """Enrolled and signed in, their codes not acknowledged yet."""
        person = self.newcomer(email, **of)
        person.enrol()
        return person

    def ready(self, email: str = "ada@example.org", **of: Any) -> Person:
        """Enrolled, codes acknowledged, signed in and fresh."""
        person = self.with_pending_codes(email, **of)
        person.acknowledge()
        return person

    def admin(self, email: str = "grace@example.org", **of: Any) -> Person:
        """Ready, signed in and fresh, as everybody is who looks after others."""
        return self.ready(email, role=Role.ADMIN, **of)

    def owner(self, email: str = "olive@example.org", **of: Any) -> Person:
        return self.ready(email, role=Role.OWNER, **of)

    def with_status(self, status: Status, email: str) -> Person:
        person = self.newcomer(email)
        person.set(status=status.value)
        return person
