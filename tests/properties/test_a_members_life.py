"""Whatever a member, a guesser and the operator do in whatever order, the portal and a simple model agree about it."""

import itertools
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from app.config import Settings
from app.domain.attempts import LockReason
from app.domain.events import OPERATOR, Act
from app.domain.keyring import KeyRing
from app.domain.passwords import PasswordHasher
from app.domain.recovery_codes import new_code, spell
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.portal import Portal
from app.services import account, authenticators, enrolment, locks, passes, recovery_codes, sign_in
from app.steps.sessions import SessionEndedError
from app.storage.database import Database
from tests.properties.life import MINUTE, App, Enrolment, Life, Pass, Session
from tests.support.clock import TestClock
from tests.support.databases import SqliteFiles
from tests.support.people import AT_HOME, People, Person

BROWSERS = st.sampled_from(["desk", "desk", "other"])
STEPS = st.sampled_from([0, 0, 0, 0, 1, -1, 2, -2])
KINDS = st.sampled_from(["totp", "totp", "recovery", "recovery", "wrong", "mistyped", "old"])
PAUSES: list[dict[str, float]] = [
    *({"seconds": 30.0} for _ in range(12)),
    *({"minutes": 4.0} for _ in range(3)),
    *({"minutes": 6.0} for _ in range(3)),
    {"minutes": 16},
    {"hours": 1},
    {"hours": 13},
    {"days": 8},
    {"days": 31},
]


class _World:
    """One portal for all lives: each of them is a member of its own."""

    def __init__(self, folder: Path) -> None:
        self.clock = TestClock()
        database = Database(SqliteFiles(folder).copied_to(folder / "instance"))
        hasher = PasswordHasher(time_cost=1, memory_cost=8)
        instance = folder / "instance"
        self.portal = Portal(Settings(instance=instance, address_limit=0), database, KeyRing.new(), self.clock, hasher)
        self.people = People(self.portal, self.clock)
        self.numbers = itertools.count()


class MembersLife(RuleBasedStateMachine):
    world: _World

    def __init__(self) -> None:
        super().__init__()
        self.portal, self.clock = self.world.portal, self.world.clock
        self.clock.advance(minutes=1)
        desk = self.world.people.newcomer(f"member{next(self.world.numbers)}@example.org", required=False)
        self.who: dict[str, Person] = {"desk": desk, "other": desk.elsewhere()}
        self.life = Life(password_changed=self.now)
        self.begun: dict[str, Any] = {}
        self.codes: list[str] = []
        self.old_codes: list[str] = [spell(new_code())]
        self.spelled = spell(new_code())

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def step(self) -> int:
        return int(self.now.timestamp()) // 30

    @initialize(bare=st.sampled_from([False, False, False, True]))
    def begins(self, bare: bool) -> None:  # noqa: FBT001
        """Most lives begin enrolled, so that they have the time to get further."""
        if bare:
            return
        self.types_the_right_password("desk")
        self.begins_to_enrol("desk", "none", 0, replaces=False)
        self.confirms("desk", 0)

    # what is typed, and what the model makes of it

    def typed(self, kind: str, number: int, steps: int) -> tuple[str, Callable[[], Why | Proof]]:
        """The text, and what spending it must come to."""
        if kind == "mistyped":
            return "k7qm-3xvd", lambda: Why.MISTYPED_CODE
        if kind == "totp" and self.life.apps:
            app = self.life.apps[number % len(self.life.apps)]
            return app.app.code(self.now, steps=steps), lambda: self._spend_step(app, steps)
        if kind == "recovery" and self.life.codes:
            index = number % 10
            return self.codes[index], lambda: self._spend_code(index)
        if kind == "old":
            return self.old_codes[number % len(self.old_codes)], lambda: Why.WRONG_CODE
        return self._wrong(), lambda: Why.WRONG_CODE

    def _wrong(self) -> str:
        near = {app.app.code(self.now, steps=steps) for app in self.life.apps for steps in range(-12, 13)}
        if self.life.enrolment:
            near |= {self.life.enrolment.app.code(self.now, steps=steps) for steps in range(-12, 13)}
        return next(code for code in (f"{number:06}" for number in range(1000)) if code not in near)

    def _spend_step(self, app: App, steps: int) -> Why | Proof:
        if abs(steps) > 1:
            return Why.WRONG_CODE
        if self.step + steps <= app.last_step:
            return Why.USED_CODE
        app.last_step = self.step + steps
        return Proof.TOTP

    def _spend_code(self, index: int) -> Why | Proof:
        assert self.life.codes
        if index not in self.life.codes.unspent:
            return Why.USED_CODE
        self.life.codes.unspent.remove(index)
        return Proof.RECOVERY_CODE

    def required(
        self, session: Session, browser: str, typed: tuple[str, Callable[[], Why | Proof]], *, by_totp: bool = False
    ) -> Why | None:
        """What the model says of freshness: None where the act may go on."""
        text_typed, spend = typed
        if self.life.fresh(session, self.now) and not (by_totp and session.proved_by is not Proof.TOTP):
            return None
        if not text_typed:
            return Why.NEEDS_PROOF
        if not self.life.enrolled:
            return self._by_password(session, browser, text_typed)
        if text_typed in {"k7qm-3xvd", self.who[browser].password}:
            return Why.MISTYPED_CODE
        if by_totp and "-" in text_typed:
            return Why.NEEDS_TOTP
        return self._by_code(session, browser, spend())

    def _by_code(self, session: Session, browser: str, result: Why | Proof) -> Why | None:
        if isinstance(result, Why):
            return self._step_up_failed(session, browser, result)
        session.proved_by, session.proved, session.failures = result, self.now, 0
        self.life.failures = self.life.locks = self.life.at_door = 0
        return None

    def _by_password(self, session: Session, browser: str, typed: str) -> Why | None:
        if typed == self.who[browser].password:
            session.password_proved, session.failures = self.now, 0
            return None
        return self._step_up_failed(session, browser, Why.NOT_YOUR_PASSWORD)

    def _step_up_failed(self, session: Session, browser: str, why: Why) -> Why:
        session.failures += 1
        if session.failures < 10:
            return why
        self._session_ended(browser)
        return Why.SESSION_ENDED

    def proof(self, kind: str, number: int) -> tuple[str, Callable[[], Why | Proof]]:
        if kind == "none":
            return "", lambda: Why.NEEDS_PROOF
        if kind == "password":
            return self.who["desk"].password, lambda: Why.MISTYPED_CODE
        return self.typed(kind, number, 0)

    def held(self, browser: str) -> Any:
        """The session of the browser, where portal and model agree that there is one."""
        visitor, alive = self.who[browser].visitor(), self.life.alive(browser, self.now)
        assert (visitor is not None) is alive
        return visitor.session if visitor else None

    def agree(self, outcome: object, expected: Why | None) -> bool:
        """Both refuse for the same reason, or neither does; whether the act was done."""
        said = outcome.why if isinstance(outcome, Refused) else None
        assert said is expected, f"the portal says {said}, the model {expected}"
        return expected is None

    def keep(self, browser: str, token: str | None) -> None:
        self.who[browser].token = token or self.who[browser].token

    # coming in

    @rule(browser=BROWSERS)
    def types_the_right_password(self, browser: str) -> None:
        outcome = self.who[browser].try_password()
        if not self.agree(outcome, Why.PASSWORD_STOPPED if self.life.stopped else None):
            return
        assert not isinstance(outcome, Refused)
        assert outcome.to_code is (self.life.enrolled or self.life.panicked)
        self.begun[browser] = outcome.begun.sign_in
        self.life.sign_ins[browser] = (self.life.next_number(), self.now + 15 * MINUTE)

    @rule(browser=BROWSERS)
    def types_a_wrong_password(self, browser: str) -> None:
        outcome = self.who[browser].try_password("not the password of anybody")
        assert isinstance(outcome, Refused)
        assert outcome.why in {Why.WRONG_PASSWORD, Why.WAIT}
        if outcome.until:
            self.clock.set(outcome.until)
        else:
            self.clock.advance(minutes=16)

    @rule(
        browser=BROWSERS,
        kind=st.sampled_from(["totp", "totp", "recovery"]),
        number=st.integers(0, 9),
        wrong=st.sampled_from([0, 0, 1, 3, 9, 10]),
    )
    def signs_in(self, browser: str, kind: str, number: int, wrong: int) -> None:
        """Password and code in one go, perhaps with wrong codes before the right one."""
        self.clock.advance(seconds=30)
        self.types_the_right_password(browser)
        for _ in range(wrong):
            self._types_a_code(browser, "wrong", 0, 0)
        self._types_a_code(browser, kind, number, 0)

    @precondition(lambda self: self.life.enrolled and not self.life.panicked and not self.life.stopped)
    @rule(browser=BROWSERS)
    def is_helped_with_a_pass(self, browser: str) -> None:
        """The whole of it in one go, as it mostly happens."""
        self.types_the_right_password(browser)
        self.is_given_a_pass()
        self.uses_the_pass(browser, right=True)
        self.begins_to_enrol(browser, "none", 0, replaces=False)
        self.confirms(browser, 0)

    @precondition(lambda self: self.life.sign_ins)
    @rule(browser=BROWSERS, kind=KINDS, number=st.integers(0, 9), steps=STEPS, times=st.sampled_from([1, 1, 1, 4, 10]))
    def types_a_code(self, browser: str, kind: str, number: int, steps: int, times: int) -> None:
        for _ in range(times):
            self._types_a_code(browser, kind, number, steps)

    def _types_a_code(self, browser: str, kind: str, number: int, steps: int) -> None:
        if browser not in self.begun:
            return
        text_typed, spend = self.typed(kind, number, steps)
        person, life = self.who[browser], self.life
        if not life.coming_in(browser, self.now):
            with pytest.raises(SessionEndedError):
                person.try_code(self.begun[browser], text_typed)
            return
        expected = self._second_factor(text_typed, spend)
        if self.agree(person.try_code(self.begun[browser], text_typed), expected):
            life.open(browser, Proof.RECOVERY_CODE if "-" in text_typed else Proof.TOTP, self.now)
            if life.enrolment and life.enrolment.sign_in:
                life.enrolment = None

    def _second_factor(self, text_typed: str, spend: Callable[[], Why | Proof]) -> Why | None:
        if not self.life.enrolled:
            return Why.NOT_OPEN
        if self.life.locked(self.now):
            return Why.LOCKED
        if text_typed == "k7qm-3xvd":
            return Why.MISTYPED_CODE
        result = spend()
        if isinstance(result, Why):
            return self.life.fail(result, self.now)
        self.life.succeed()
        return None

    @precondition(lambda self: self.begun and not self.life.panicked)
    @rule(browser=BROWSERS)
    def postpones(self, browser: str) -> None:
        if not self.life.coming_in(browser, self.now):
            return
        person = self.who[browser]
        outcome = sign_in.postpone(self.portal, self.begun[browser], browser_token=person.browser_token, origin=AT_HOME)
        if self.agree(outcome, Why.NOT_OPEN if self.life.enrolled else None):
            assert not isinstance(outcome, Refused)
            person._hold(outcome.opened)
            number = self.life.sign_ins[browser][0]
            self.life.open(browser, Proof.PASSWORD, self.now)
            if self.life.enrolment and self.life.enrolment.sign_in == number:
                self.life.enrolment = None

    # enrolling

    @precondition(lambda self: not self.life.panicked)
    @rule(
        browser=BROWSERS,
        kind=st.sampled_from(["none", "password", "totp", "recovery", "wrong"]),
        number=st.integers(0, 9),
        replaces=st.booleans(),
    )
    def begins_to_enrol(self, browser: str, kind: str, number: int, replaces: bool) -> None:  # noqa: FBT001
        session = self.held(browser)
        if session is None:
            self._begins_by_sign_in(browser)
            return
        mine, proof = self.life.sessions[browser], self.proof(kind, number)
        replaced = self.life.apps[number % len(self.life.apps)] if replaces and self.life.apps else None
        index = self.life.apps.index(replaced) if replaced else 0
        public_id = self.who[browser].authenticators[index].public_id if replaced else None
        outcome = enrolment.start(self.portal, session, replace=public_id, proof=proof[0], origin=AT_HOME)
        if self.agree(outcome, self._may_begin(mine, browser, proof, replaced)):
            assert not isinstance(outcome, Refused)
            self.keep(browser, outcome.token)
            app = self.who[browser].scan(session)
            self.life.enrolment = Enrolment(app, mine.number, None, self.now + 15 * MINUTE, replaced)

    def _begins_by_sign_in(self, browser: str) -> None:
        if not self.life.coming_in(browser, self.now):
            return
        begun = self.begun[browser]
        outcome = enrolment.start(self.portal, begun, replace=None, proof="", origin=AT_HOME)
        if self.agree(outcome, Why.NOT_OPEN if self.life.enrolled else None):
            app = self.who[browser].scan(begun)
            number = self.life.sign_ins[browser][0]
            self.life.enrolment = Enrolment(app, None, number, self.now + 15 * MINUTE)

    def _may_begin(
        self, session: Session, browser: str, proof: tuple[str, Callable[[], Why | Proof]], replaced: App | None
    ) -> Why | None:
        if session.by_pass:
            held = self.life.given_pass and self.life.given_pass.session == session.number
            return None if held else Why.NOT_OPEN
        if refused := self.required(session, browser, proof):
            return refused
        return Why.TOO_MANY if len(self.life.apps) >= 5 and not replaced else None

    @precondition(lambda self: self.life.enrolment)
    @rule(browser=BROWSERS, steps=st.sampled_from([0, 0, 0, 1, -1, 5, -10, 30]))
    def confirms(self, browser: str, steps: int) -> None:
        pending, session = self.life.enrolment, self.held(browser)
        assert pending
        mine = self.life.sessions[browser] if session else None
        holder = session or (self.begun[browser] if self.life.coming_in(browser, self.now) else None)
        if holder is None:
            return
        number = self.life.sign_ins[browser][0] if not mine else None
        code = pending.app.code(self.now, steps=steps)
        expected = self._may_confirm(pending, mine, number, steps)
        outcome = self.who[browser].try_confirm(holder, code)
        if not self.agree(outcome, expected):
            return
        self._confirmed(browser, mine, pending, steps)

    def _may_confirm(self, pending: Enrolment, mine: Session | None, number: int | None, steps: int) -> Why | None:
        holds = pending.session == (mine.number if mine else None) and pending.sign_in == number
        if not holds or pending.expires <= self.now or pending.tries >= 10:
            return Why.EXPIRED
        pending.tries += 1
        if abs(steps) > 1:
            if pending.tries >= 10:
                return Why.EXPIRED
            return Why.CLOCK_OFF if abs(steps) <= 10 else Why.WRONG_CODE
        self.life.enrolment = None
        if mine and mine.by_pass:
            held = self.life.given_pass and self.life.given_pass.session == mine.number
            return None if held else Why.EXPIRED
        return Why.TOO_MANY if len(self.life.apps) >= 5 and not pending.replaces else None

    def _confirmed(self, browser: str, mine: Session | None, pending: Enrolment, steps: int) -> None:
        life = self.life
        if mine and mine.by_pass:
            life.apps, life.codes, life.given_pass = [], None, None
            life.unlock()
        elif pending.replaces:
            life.apps.remove(pending.replaces)
        life.add(pending.app, self.step + steps)
        session = mine or life.open(browser, Proof.TOTP, self.now)
        session.proved_by, session.proved = Proof.TOTP, self.now
        if life.codes is None:
            self._made(browser, session)
        life.end_others(session)

    def _made(self, browser: str, session: Session) -> None:
        self.old_codes += self.codes[:1]
        self.codes = list(self.who[browser].codes)
        self.life.new_set(session)

    @precondition(lambda self: self.life.sessions)
    @rule(browser=BROWSERS, kind=st.sampled_from(["none", "totp", "recovery", "wrong"]), number=st.integers(0, 9))
    def removes_an_authenticator(self, browser: str, kind: str, number: int) -> None:
        session = self.held(browser)
        if session is None or not self.life.apps:
            return
        mine, proof, index = self.life.sessions[browser], self.proof(kind, number), number % len(self.life.apps)
        wanted = self.who[browser].authenticators[index].public_id
        if mine.by_pass:
            with pytest.raises(SessionEndedError):
                authenticators.remove(self.portal, session, wanted, proof="", origin=AT_HOME)
            return
        outcome = authenticators.remove(self.portal, session, wanted, proof=proof[0], origin=AT_HOME)
        if self.agree(outcome, self.required(mine, browser, proof)):
            assert not isinstance(outcome, Refused)
            self.keep(browser, outcome.token)
            gone = self.life.apps.pop(index)
            if self.life.enrolment and self.life.enrolment.replaces is gone:
                self.life.enrolment = None
            self.life.codes = self.life.codes if self.life.apps else None
            self.life.end_others(mine)

    # codes

    @precondition(lambda self: self.life.sessions)
    @rule(browser=BROWSERS, older=st.booleans(), kind=st.sampled_from(["none", "totp", "recovery", "wrong"]))
    def regenerates(self, browser: str, older: bool, kind: str) -> None:  # noqa: FBT001
        session = self.held(browser)
        if session is None:
            return
        mine, proof, live = self.life.sessions[browser], self.proof(kind, 3), self.life.codes
        generation = (live.generation if live else 0) - older
        outcome = recovery_codes.regenerate(self.portal, session, generation=generation, proof=proof[0], origin=AT_HOME)
        if not self.agree(outcome, self._may_regenerate(mine, browser, proof, older=older)):
            return
        assert not isinstance(outcome, Refused)
        self.keep(browser, outcome.token)
        self.who[browser].codes = [shown.code for shown in outcome.codes.codes if shown.code]
        self._made(browser, mine)
        self.life.end_others(mine)

    def _may_regenerate(
        self, mine: Session, browser: str, proof: tuple[str, Callable[[], Why | Proof]], *, older: bool
    ) -> Why | None:
        if older:
            return Why.OUTDATED
        if not self.life.enrolled or not self._meets(mine):
            return Why.NOT_OPEN
        return self.required(mine, browser, proof)

    def _meets(self, mine: Session) -> bool:
        """A session that a pass opened meets the set made in it, and no older one."""
        return not mine.by_pass or (self.life.codes is not None and self.life.codes.made_by == mine.number)

    @precondition(lambda self: self.life.sessions)
    @rule(browser=BROWSERS, older=st.booleans())
    def acknowledges(self, browser: str, older: bool) -> None:  # noqa: FBT001
        session, live = self.held(browser), self.life.codes
        if session is None:
            return
        mine = self.life.sessions[browser]
        generation = (live.generation if live else 1) - older
        expected = Why.OUTDATED if live is None or older else (None if self._meets(mine) else Why.NOT_OPEN)
        outcome = recovery_codes.acknowledge(self.portal, session, generation=generation, origin=AT_HOME)
        if self.agree(outcome, expected):
            assert not isinstance(outcome, Refused)
            assert live
            self.keep(browser, outcome.token)
            live.pending = mine.by_pass = False

    @precondition(lambda self: self.life.sessions)
    @rule(browser=BROWSERS, right=st.booleans())
    def proves(self, browser: str, right: bool) -> None:  # noqa: FBT001
        session, live = self.held(browser), self.life.codes
        if session is None or live is None:
            return
        asked = self.who[browser].code_set.proof_number
        assert (asked is None) is (not live.unspent)
        assert asked is None or asked - 1 in live.unspent
        group = self.codes[asked - 1][-4:] if asked and right else "uuuu"
        open_still = asked is not None and live.proof_tries < 5 and not live.proved
        expected: Why | None = None if open_still else Why.EXPIRED
        if not self._meets(self.life.sessions[browser]):
            expected = Why.NOT_OPEN
        elif open_still:
            live.proof_tries += 1
            live.proved = right
            expected = None if right else (Why.WRONG_CODE if live.proof_tries < 5 else Why.EXPIRED)
        outcome = recovery_codes.prove(self.portal, session, generation=live.generation, group=group, origin=AT_HOME)
        self.agree(outcome, expected)

    @precondition(lambda self: self.life.sessions)
    @rule(browser=BROWSERS, kind=st.sampled_from(["none", "totp", "recovery", "wrong"]), number=st.integers(0, 9))
    def looks_at_the_codes(self, browser: str, kind: str, number: int) -> None:
        session, live = self.held(browser), self.life.codes
        if session is None:
            return
        mine, proof = self.life.sessions[browser], self.proof(kind, number)
        outcome = recovery_codes.show(self.portal, session, proof=proof[0], act=Act.CODES_SHOWN, origin=AT_HOME)
        if self.agree(outcome, self._may_look(mine, browser, proof)):
            assert not isinstance(outcome, Refused)
            assert live
            self.keep(browser, outcome.token)
            shown = {one.number - 1: one.code for one in outcome.codes.codes if one.code}
            assert shown == {index: self.codes[index] for index in live.unspent}

    def _may_look(self, mine: Session, browser: str, proof: tuple[str, Callable[[], Why | Proof]]) -> Why | None:
        live = self.life.codes
        if live is None:
            return Why.OUTDATED
        made_here = live.made_by == mine.number
        if not made_here and (mine.by_pass or mine.opened_by is Proof.RECOVERY_CODE):
            return Why.NOT_SHOWABLE
        return self.required(mine, browser, proof, by_totp=not (made_here and live.pending))

    # being helped, and leaving

    @precondition(lambda self: self.life.enrolled and self.life.sign_ins)
    @rule()
    def is_given_a_pass(self) -> None:
        """It voids the one before, with the session that one opened."""
        old = self.life.given_pass
        self.spelled = self.who["desk"].given_pass()
        self.life.given_pass = Pass(self.now + 60 * MINUTE)
        for browser, session in list(self.life.sessions.items()):
            if old and old.session == session.number:
                self._session_ended(browser)

    @precondition(lambda self: self.life.given_pass and self.life.sign_ins)
    @rule(browser=BROWSERS, right=st.booleans())
    def uses_the_pass(self, browser: str, right: bool) -> None:  # noqa: FBT001
        if not self.life.coming_in(browser, self.now):
            return
        person = self.who[browser]
        spelled = self.spelled if right else self.old_codes[0]
        expected = self._may_use_pass(browser, right=right)
        outcome = passes.use(
            self.portal, self.begun[browser], spelled, holder_token=f"browser {browser}", origin=AT_HOME
        )
        if self.agree(outcome, expected):
            assert not isinstance(outcome, Refused)
            assert self.life.given_pass
            person._hold(outcome.opened)
            self.life.end_others(None)
            session = self.life.open(browser, Proof.PASS, self.now)
            self.life.given_pass.holder, self.life.given_pass.session = browser, session.number
            self.life.given_pass.tries = 0

    def _may_use_pass(self, browser: str, *, right: bool) -> Why | None:
        live = self.life.given_pass
        if self.life.panicked:
            return Why.LOCKED
        if live is None or live.expires <= self.now or live.tries >= 10:
            return Why.WRONG_PASS
        live.tries += 1
        if not right:
            return Why.WRONG_PASS
        return Why.PASS_ELSEWHERE if live.holder not in {None, browser} else None

    @precondition(lambda self: self.life.stopped or self.life.locks)
    @rule()
    def is_given_a_password_link_and_uses_it(self) -> None:
        number = next(self.world.numbers)
        new = f"quiet lanterns by harbour {number}"
        self.who["desk"].gets_new_password(new)
        for person in self.who.values():
            person.password = new
        self.life.set_password(self.now)
        self.life.end_others(None)

    @precondition(lambda self: self.life.sessions)
    @rule(browser=BROWSERS, kind=st.sampled_from(["none", "totp", "recovery", "password", "wrong"]))
    def changes_the_password(self, browser: str, kind: str) -> None:
        session = self.held(browser)
        if session is None or self.life.sessions[browser].by_pass:
            return
        mine, proof = self.life.sessions[browser], self.proof(kind, 5)
        new = f"quiet lanterns by harbour {next(self.world.numbers)}"
        outcome = account.change_password(self.portal, session, password=new, proof=proof[0], origin=AT_HOME)
        if self.agree(outcome, self.required(mine, browser, proof)):
            assert not isinstance(outcome, Refused)
            self.keep(browser, outcome.token)
            for person in self.who.values():
                person.password = new
            self.life.set_password(self.now)
            self.life.end_others(mine)

    @precondition(lambda self: self.life.locked(self.now) or self.life.failures)
    @rule()
    def is_unlocked(self) -> None:
        was = self.life.locked(self.now)
        opened = locks.unlock(self.portal, self.who["desk"].email, organization=None, reason="asked", by=OPERATOR)
        assert (opened.lock is not None or opened.doors > 0) is was
        self.life.unlock()

    @precondition(lambda self: self.life.enrolled and self.life.sessions)
    @rule(browser=BROWSERS)
    def panics(self, browser: str) -> None:
        session = self.held(browser)
        if session is None:
            return
        account.panic(self.portal, session, AT_HOME)
        self.life.panicked, self.life.locked_until = True, None
        self.life.end_others(None)

    @precondition(lambda self: self.life.sessions)
    @rule(browser=BROWSERS)
    def signs_out(self, browser: str) -> None:
        session = self.held(browser)
        if session is None:
            return
        sign_in.sign_out(self.portal, session, AT_HOME)
        self._session_ended(browser)

    def _session_ended(self, browser: str) -> None:
        gone = self.life.sessions.pop(browser)
        if self.life.enrolment and self.life.enrolment.session == gone.number:
            self.life.enrolment = None

    @rule(pause=st.sampled_from(PAUSES))
    def time_passes(self, pause: dict[str, float]) -> None:
        self.clock.advance(**pause)

    # what must be true after each

    @invariant()
    def the_rows_say_the_same(self) -> None:
        row, life = self.who["desk"].row, self.life
        assert row.authenticator_count == len(self.who["desk"].authenticators) == len(life.apps)
        assert (row.codes_left, row.codes_pending) == (life.left, life.pending)
        assert (row.failures_in_row, row.locks_in_row) == (life.failures, life.locks)
        assert (row.password_stopped_at is not None) is life.stopped
        assert [one.last_step for one in self.who["desk"].authenticators] == [app.last_step for app in life.apps]
        locked = row.lock is not None and row.lock.holds_at(self.now)
        assert locked is (life.locked(self.now) and not (life.door_closed and not self._locked_itself()))
        if life.panicked:
            assert row.lock
            assert row.lock.reason is LockReason.PANIC

    def _locked_itself(self) -> bool:
        until = self.life.locked_until
        return self.life.panicked or (until is not None and self.now < until)

    @invariant()
    def nobody_is_ready_who_could_be_locked_out(self) -> None:
        with self.portal.reading() as tx:
            ready = tx.db.execute(
                text("SELECT ready FROM member WHERE id = :id"), {"id": self.who["desk"].id}
            ).scalar_one()
        assert bool(ready) is (self.life.enrolled and self.life.left > 0 and not self.life.pending)

    @invariant()
    def nobody_has_codes_without_an_authenticator(self) -> None:
        assert self.life.enrolled or self.life.codes is None


def test_a_members_life() -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "instance").mkdir()
        world = _World(Path(folder))

        class OneLife(MembersLife):
            pass

        OneLife.world = world
        try:
            run_state_machine_as_test(
                OneLife,
                settings=settings(
                    max_examples=120,
                    stateful_step_count=50,
                    deadline=None,
                    database=None,
                    suppress_health_check=list(HealthCheck),
                    phases=[Phase.generate],  # shrinking takes minutes, and what was done is readable without
                ),
            )
        finally:
            world.portal.database.close()
