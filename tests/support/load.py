"""Load: members who sign in, spend codes and change them over real HTTP, at random, and write down what comes of it."""

import queue
import random
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from app.domain import recovery_codes as codes
from app.domain.authenticators import secret_context
from app.domain.members import Role
from app.domain.sessions import PORTAL, Proof, Scope
from app.domain.tokens import hash_of, new_token
from app.portal import Portal, Transaction
from app.steps import recovery_codes
from app.steps.sessions import begin_sign_in
from app.storage import authenticators, members, organizations, sessions
from app.storage import recovery_codes as kept_codes
from app.web.cookies import Cookie
from tests.support.deeds import Deed, History, Kind, Outcome
from tests.support.otp import AuthenticatorApp
from tests.support.people import AT_HOME, PASSWORD
from tests.support.remote import Door, NoAnswerError, NobodyThereError, RemoteBrowser, Reply

_SHOWN = re.compile(r'data-code="([^"]+)"')
_LONG_AGO = timedelta(minutes=10)  # longer than a proof stays fresh, shorter than a session may be idle
_LOOK_AGAIN_SECONDS = 0.05
_CODES = "/account/recovery-codes"

Judgement = tuple[Outcome, dict[str, Any]]
"""What an answer means, and what it tells."""


@dataclass
class Regular:
    """A member, with what their browsers hold: sign-ins in progress, and a session, whose proof is fresh no more."""

    id: int
    public_id: UUID
    email: str
    app: AuthenticatorApp
    codes: list[str]
    sign_ins: list[str]
    session: str
    generation: int = 1


def regulars(
    portal: Portal, count: int, *, sign_ins: int = 6, role: Role = Role.MEMBER, fresh: bool = False
) -> list[Regular]:
    """Their codes are acknowledged. The password is hashed as cheaply as can be, and hashed anew at its first use."""
    password_hash = portal.hasher.hash(PASSWORD)
    with portal.writing(AT_HOME) as tx:
        found = organizations.find_by_slug(tx.db, "load")
        organization = found or organizations.add(tx.db, slug="load", name="Load", required_from=tx.now, now=tx.now)
        since = tx.now if fresh else tx.now - _LONG_AGO
        return [_regular(tx, organization.id, password_hash, sign_ins, role, since) for _ in range(count)]


def _regular(
    tx: Transaction, organization_id: int, password_hash: str, sign_ins: int, role: Role, since: datetime
) -> Regular:
    who = members.add(
        tx.db,
        organization_id=organization_id,
        role=role,
        name="Regular",
        email=f"{uuid4().hex}@example.org",
        password_hash=password_hash,
        now=tx.now,
    )
    secret, public_id, session = secrets.token_bytes(20), uuid4(), new_token()
    sealed = tx.keys.seal(secret, secret_context(who.public_id, public_id))
    authenticators.add(tx.db, who, public_id=public_id, name="Phone", sealed_secret=sealed, last_step=0, now=tx.now)
    sessions.add(
        tx.db,
        who,
        token_hash=hash_of(session),
        audience=PORTAL,
        scope=Scope.ORDINARY,
        opened_by=Proof.TOTP,
        next_path=None,
        origin=tx.origin,
        now=since,
        expires_at=tx.now + timedelta(hours=12),
        password_proved_at=since,
    )
    made = recovery_codes.make(tx, who, session_id=None)
    kept_codes.acknowledge(tx.db, who.id, 1, tx.now)
    members.refresh_counts(tx.db, who.id)
    begun = [begin_sign_in(tx, who, next_path=None).token for _ in range(sign_ins)]
    return Regular(who.id, who.public_id, who.email or "", AuthenticatorApp(secret, "", ""), made, begun, session)


@dataclass
class Client:
    """Does what one member does, and writes it down. `visitor` has been at the portal before: it can send forms."""

    door: Door
    visitor: RemoteBrowser
    history: History
    dice: random.Random = field(default_factory=random.Random)
    stop: threading.Event = field(default_factory=threading.Event)

    def spend_code(self, who: Regular, code: str, generation: int) -> Deed:
        deed = self.history.invoke(Kind.SIGN_IN, who.id, code=code, generation=generation)
        return self.sign_in(who, deed, codes.spell(code))

    def spend_step(self, who: Regular, *, ahead: int) -> Deed:
        now = datetime.now(UTC)
        deed = self.history.invoke(Kind.SIGN_IN, who.id, step=int(now.timestamp()) // who.app.period + ahead)
        return self.sign_in(who, deed, who.app.code(now, steps=ahead))

    def guess(self, who: Regular) -> Deed:
        deed = self.history.invoke(Kind.SIGN_IN, who.id)
        return self.sign_in(who, deed, who.app.wrong_code(datetime.now(UTC)), keep=True)

    def sign_in(self, who: Regular, deed: Deed, typed: str, *, keep: bool = False) -> Deed:
        """With the next sign-in in progress, which a wrong code does not use up."""
        browser = self.visitor.twin(sign_in=who.sign_ins[-1] if keep else who.sign_ins.pop())

        def judge(reply: Reply) -> Judgement:
            token = browser.holds(Cookie.SESSION)
            if reply.status == 303 and token:
                return Outcome.DONE, {"session_token": token}
            return (Outcome.WRONG if reply.status == 422 else Outcome.REFUSED), {}

        return self.ask(deed, lambda: browser.post("/sign-in/code", code=typed), judge)

    def type_password(self, who: Regular) -> Deed:
        """The sign-in that it begins is the next one to be used."""
        browser = self.visitor.twin()

        def judge(reply: Reply) -> Judgement:
            token = browser.holds(Cookie.SIGN_IN)
            if reply.status == 303 and token:
                who.sign_ins.append(token)
                return Outcome.DONE, {}
            return Outcome.REFUSED, {}

        deed = self.history.invoke(Kind.PASSWORD, who.id)
        return self.ask(deed, lambda: browser.post("/sign-in", email=who.email, password=PASSWORD), judge)

    def regenerate(self, who: Regular, session: str, *, proof: str | None = None) -> tuple[Deed, RemoteBrowser]:
        """`proof` is one of the member's codes, where the session is not fresh."""
        browser = self.visitor.twin(session=session)
        deed = self.history.invoke(Kind.REGENERATE, who.id, generation=who.generation, code=proof)
        fields = {"proof": codes.spell(proof)} if proof else {}

        def judge(reply: Reply) -> Judgement:
            if reply.status != 200:
                return Outcome.REFUSED, {}
            who.codes = [codes.read(code) or "" for code in _SHOWN.findall(reply.text)]
            who.sign_ins.clear()  # they ended with the old set
            return Outcome.DONE, {"new_codes": tuple(who.codes)}

        deed = self.ask(deed, lambda: browser.post(_CODES, generation=who.generation, **fields), judge)
        who.generation += deed.done
        return deed, browser

    def acknowledge(self, who: Regular, browser: RemoteBrowser) -> Deed:
        deed = self.history.invoke(Kind.ACKNOWLEDGE, who.id, generation=who.generation)

        def judge(reply: Reply) -> Judgement:
            there = reply.status == 303 and reply.leads_to.rpartition("/account")[2] in {"", "/lost-phone"}
            return (Outcome.DONE if there else Outcome.REFUSED), {}

        form = {"generation": who.generation, "saved": "y"}
        return self.ask(deed, lambda: browser.post(f"{_CODES}/acknowledgement", **form), judge)

    def show(self, who: Regular, session: str) -> Deed:
        browser = self.visitor.twin(session=session)
        deed = self.history.invoke(Kind.SHOW, who.id, generation=who.generation)

        def judge(reply: Reply) -> Judgement:
            return (Outcome.DONE if reply.status == 200 else Outcome.REFUSED), {}

        return self.ask(deed, lambda: browser.post(f"{_CODES}/shown"), judge)

    def ask(self, deed: Deed, send: Callable[[], Reply], judge: Callable[[Reply], Judgement]) -> Deed:
        """A 503 says that it may have been done all the same."""
        try:
            reply = send()
        except NobodyThereError:
            return self.history.came_of(deed, Outcome.UNSENT)
        except NoAnswerError:
            return deed
        if reply.status == 503 and reply.has_retry_after:
            return deed
        if reply.status >= 500:
            self.history.fault(f"{deed.kind}: answered with {reply.status}, {reply.headers}")
            return deed
        outcome, facts = judge(reply)
        return self.history.came_of(deed, outcome, **facts)

    def wait_for_answer(self) -> bool:
        """Until the portal answers again; False where it is time to stop."""
        while not self.stop.is_set():
            if self.door.says("/readyz") == 200:
                return True
            self.stop.wait(_LOOK_AGAIN_SECONDS)
        return False


def spending(client: Client, who: Regular) -> None:
    """Their codes one after the other, now and then one that was used. What is unknown they try again."""
    used: list[str] = []
    while who.sign_ins and who.codes and not client.stop.is_set():
        again = bool(used) and client.dice.random() < 0.2
        code = client.dice.choice(used) if again else who.codes.pop()
        deed = client.spend_code(who, code, who.generation)
        used.append(code)
        while deed.outcome in {Outcome.UNKNOWN, Outcome.UNSENT} and who.sign_ins:
            if not client.wait_for_answer():
                return
            deed = client.spend_code(who, code, who.generation)


def changing(client: Client, who: Regular) -> None:
    """In by TOTP, a look at the codes, a new set, and in by the password and one of those."""
    signed_in = client.spend_step(who, ahead=0)
    if not signed_in.session_token:
        return
    client.show(who, signed_in.session_token)
    made, browser = client.regenerate(who, signed_in.session_token)
    if made.done and client.acknowledge(who, browser).done and client.type_password(who).done:
        client.spend_code(who, who.codes.pop(), who.generation)


def stepping_up(client: Client, who: Regular) -> None:
    """A new set from a session that is not fresh: a code of the old set is spent in the same act."""
    made, browser = client.regenerate(who, who.session, proof=who.codes.pop())
    if made.done:
        client.acknowledge(who, browser)


def fumbling(client: Client, who: Regular) -> None:
    """Wrong codes, then the right one, the next one, and one that was used."""
    for _ in range(client.dice.randint(1, 4)):
        client.guess(who)
    for ahead in (0, 1, 0):
        if who.sign_ins:
            client.spend_step(who, ahead=ahead)


_LIVES = (spending, spending, spending, changing, stepping_up, stepping_up, fumbling, fumbling)


@dataclass
class Load:
    """Clients in threads, each with one member at a time, until there are none left or they are told to stop."""

    door: Door
    history: History
    seed: int
    members: "queue.SimpleQueue[Regular]" = field(default_factory=queue.SimpleQueue)

    @contextmanager
    def running(self, clients: int) -> Iterator[None]:
        """The portal must answer at the start, and be there at the end."""
        visitor, stop = RemoteBrowser(self.door), threading.Event()
        assert visitor.get("/sign-in").status == 200
        working = [
            Client(self.door, visitor, self.history, random.Random(f"{self.seed} {number}"), stop)  # noqa: S311
            for number in range(clients)
        ]
        with ThreadPoolExecutor(clients) as pool:
            done = [pool.submit(self._work, client) for client in working]
            try:
                yield
            finally:
                stop.set()
        for one in done:
            one.result()

    def _work(self, client: Client) -> None:
        while client.wait_for_answer():
            try:
                who = self.members.get_nowait()
            except queue.Empty:
                return
            client.dice.choice(_LIVES)(client, who)
