"""A member's life in plain sets and counters: what must be true after each act, said once more without a database."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.refusals import Why
from app.domain.sessions import Proof
from tests.support.otp import AuthenticatorApp

MINUTE = timedelta(minutes=1)
LOCK_AFTER, HARD_STOP, STOP_PASSWORD_AFTER = 10, 50, 30


@dataclass
class App:
    """An authenticator, and the newest step that was spent with it."""

    app: AuthenticatorApp
    last_step: int


@dataclass
class CodeSet:
    generation: int
    unspent: set[int]
    pending: bool = True
    made_by: int = 0
    proof_tries: int = 0
    proved: bool = False


@dataclass
class Session:
    """`number` tells it from those that the same browser held before."""

    number: int
    opened_by: Proof
    opened: datetime
    seen: datetime
    proved_by: Proof | None
    proved: datetime | None
    password_proved: datetime
    by_pass: bool = False
    failures: int = 0


@dataclass
class Enrolment:
    app: AuthenticatorApp
    session: int | None
    sign_in: int | None
    expires: datetime
    replaces: App | None = None
    tries: int = 0


@dataclass
class Pass:
    expires: datetime
    tries: int = 0
    holder: str | None = None
    session: int | None = None


@dataclass
class Life:
    """The whole of what is known about one member."""

    password_changed: datetime
    apps: list[App] = field(default_factory=list)
    codes: CodeSet | None = None
    generations: int = 0
    failures: int = 0
    locks: int = 0
    locked_until: datetime | None = None
    panicked: bool = False
    at_door: int = 0
    door_closed: bool = False
    failed: list[datetime] = field(default_factory=list)
    stopped: bool = False
    sessions: dict[str, Session] = field(default_factory=dict)
    sign_ins: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    enrolment: Enrolment | None = None
    given_pass: Pass | None = None
    numbers: int = 0

    # what is the case

    @property
    def enrolled(self) -> bool:
        return bool(self.apps)

    @property
    def left(self) -> int:
        return len(self.codes.unspent) if self.codes else 0

    @property
    def pending(self) -> bool:
        return self.codes is not None and self.codes.pending

    def locked(self, now: datetime) -> bool:
        return self.panicked or self.door_closed or (self.locked_until is not None and now < self.locked_until)

    def alive(self, browser: str, now: datetime) -> bool:
        """Whether the browser's session lives; looking notes its use."""
        session = self.sessions.get(browser)
        if session is None or now - session.seen >= 30 * MINUTE or now - session.opened >= 720 * MINUTE:
            return False
        if now - session.seen > MINUTE:
            session.seen = now
        return True

    def coming_in(self, browser: str, now: datetime) -> bool:
        begun = self.sign_ins.get(browser)
        return begun is not None and now < begun[1] and not self.stopped

    def fresh(self, session: Session, now: datetime) -> bool:
        proved = session.proved if self.enrolled else session.password_proved
        return proved is not None and now - proved < 5 * MINUTE

    # what happens

    def next_number(self) -> int:
        self.numbers += 1
        return self.numbers

    def fail(self, why: Why, now: datetime) -> Why:
        """A wrong second factor after a right password."""
        self.failed.append(now)
        self.failures += 1
        self.at_door += 1
        self.locked_until = None
        said = why
        if self.failures == LOCK_AFTER:
            self.failures = 0
            self.locked_until = now + min(60 * MINUTE * 2**self.locks, timedelta(days=7))
            self.locks += 1
            said = Why.LOCKED
        if self.at_door >= HARD_STOP:
            self.door_closed = True
            said = Why.LOCKED
        since = max(self.password_changed, now - timedelta(days=30))
        if sum(failed > since for failed in self.failed) >= STOP_PASSWORD_AFTER and not self.stopped:
            self.stopped = True
            self.sign_ins.clear()
            said = Why.PASSWORD_STOPPED
        return said

    def succeed(self) -> None:
        self.failures = self.locks = self.at_door = 0
        self.locked_until = None

    def open(self, browser: str, by: Proof, now: datetime) -> Session:
        proved = None if by is Proof.PASSWORD else now
        _number, until = self.sign_ins.pop(browser, (0, now + 15 * MINUTE))
        typed = until - 15 * MINUTE  # the password
        session = Session(
            self.next_number(), by, now, now, by if proved else None, proved, typed, by_pass=by is Proof.PASS
        )
        self.sessions[browser] = session
        return session

    def end_others(self, keep: Session | None) -> None:
        self.sign_ins.clear()
        self.sessions = {browser: one for browser, one in self.sessions.items() if one is keep}
        if self.enrolment and (keep is None or self.enrolment.session != keep.number):
            self.enrolment = None

    def new_set(self, session: Session) -> None:
        self.generations += 1
        self.codes = CodeSet(self.generations, set(range(10)), made_by=session.number)

    def add(self, app: AuthenticatorApp, step: int) -> None:
        self.apps.append(App(app, step))

    def set_password(self, now: datetime) -> None:
        self.password_changed = now
        self.stopped = False

    def unlock(self) -> None:
        self.succeed()
        self.panicked = self.door_closed = False
