"""The oracle is shown an honest run, and then lies of every kind: each must be found, and named."""

import copy
import random
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

import pytest

from app.domain.events import Act
from app.portal import Portal
from app.services import recovery_codes, sign_in, visitors
from tests.support.deeds import Deed, History, Kind, Outcome
from tests.support.load import Regular, regulars
from tests.support.oracle import Evidence, damage, violations
from tests.support.people import AT_HOME, granted, refusal
from tests.support.tables import Dump, dump


@dataclass
class Told:
    """A small honest run, with what was written down of it: a code, a step, a wrong try, a new set acknowledged."""

    history: History
    before: Dump
    after: Dump
    portal: Portal
    spent: Deed
    stepped: Deed
    wrong: Deed
    regenerated: Deed
    acknowledged: Deed

    def violations(self) -> list[str]:
        return violations(Evidence(self.history, self.before, self.after, self.portal.keys, 10))

    def row(self, table: str, **wanted: Any) -> dict[str, Any]:
        return next(row for row in self.after[table] if all(row[name] == value for name, value in wanted.items()))

    def without(self, table: str, row: dict[str, Any]) -> None:
        self.after[table].remove(row)

    def event(self, act: Act) -> dict[str, Any]:
        return next(row for row in reversed(self.after["event"]) if row["act"] == act)


@pytest.fixture
def told(portal: Portal) -> Told:
    spender, changer, fumbler = regulars(portal, 3)
    before, history = dump(portal), History()
    code = spender.codes[0]
    spent = history.invoke(Kind.SIGN_IN, spender.id, code=code, generation=1)
    spent = history.came_of(spent, Outcome.DONE, session_token=_in(portal, spender, code))
    step = int(portal.clock.now().timestamp()) // 30
    stepped = history.invoke(Kind.SIGN_IN, changer.id, step=step)
    token = _in(portal, changer, changer.app.code(portal.clock.now()))
    stepped = history.came_of(stepped, Outcome.DONE, session_token=token)
    wrong = _fumbled(portal, history, fumbler)
    regenerated, acknowledged = _changed(portal, history, changer, token)
    return Told(history, before, dump(portal), portal, spent, stepped, wrong, regenerated, acknowledged)


def _in(portal: Portal, who: Regular, typed: str) -> str:
    arriving = visitors.with_sign_in(portal, who.sign_ins.pop())
    assert arriving
    assert arriving.sign_in
    done = granted(sign_in.second(portal, arriving.sign_in, typed, browser_token=None, origin=AT_HOME))
    return done.opened.token


def _fumbled(portal: Portal, history: History, who: Regular) -> Deed:
    arriving = visitors.with_sign_in(portal, who.sign_ins[-1])
    assert arriving
    assert arriving.sign_in
    deed = history.invoke(Kind.SIGN_IN, who.id)
    typed = who.app.wrong_code(portal.clock.now())
    refusal(sign_in.second(portal, arriving.sign_in, typed, browser_token=None, origin=AT_HOME))
    return history.came_of(deed, Outcome.WRONG)


def _changed(portal: Portal, history: History, who: Regular, token: str) -> tuple[Deed, Deed]:
    here = visitors.with_session(portal, token)
    assert here
    assert here.session
    deed = history.invoke(Kind.REGENERATE, who.id, generation=1)
    made = granted(recovery_codes.regenerate(portal, here.session, generation=1, proof="", origin=AT_HOME))
    codes = tuple((one.code or "").replace("-", "") for one in made.codes.codes)
    regenerated = history.came_of(deed, Outcome.DONE, new_codes=codes)
    deed = history.invoke(Kind.ACKNOWLEDGE, who.id, generation=2)
    granted(recovery_codes.acknowledge(portal, here.session, generation=2, origin=AT_HOME))
    return regenerated, history.came_of(deed, Outcome.DONE)


Lie = Callable[[Told], None]


def a_spent_code_is_unspent(told: Told) -> None:
    row = next(row for row in told.after["recovery_code"] if row["spent_at"])
    row["spent_at"] = None


def a_spent_code_is_gone(told: Told) -> None:
    told.without("recovery_code", next(row for row in told.after["recovery_code"] if row["spent_at"]))


def a_spent_step_is_unspent(told: Told) -> None:
    told.row("authenticator", member_id=told.stepped.member_id)["last_step"] -= 1


def a_code_is_accepted_twice(told: Told) -> None:
    _again(told, told.spent)


def a_step_is_accepted_twice(told: Told) -> None:
    _again(told, told.stepped)


def _again(told: Told, deed: Deed) -> None:
    second = told.history.invoke(deed.kind, deed.member_id, code=deed.code, step=deed.step, generation=deed.generation)
    told.history.came_of(second, Outcome.DONE)


def a_session_is_gone(told: Told) -> None:
    told.without("session", told.row("session", member_id=told.spent.member_id, opened_by="recovery_code"))


def a_session_came_from_nowhere(told: Told) -> None:
    session = told.row("session", member_id=told.spent.member_id, opened_by="recovery_code")
    told.after["session"].append({**session, "id": 9_999_999, "token_hash": b"another"})


def a_code_was_spent_for_nothing(told: Told) -> None:
    told.without("event", told.event(Act.SIGNED_IN))
    told.after["event"] = [
        row for row in told.after["event"] if row["act"] != Act.SIGNED_IN or row["member_id"] != told.spent.member_id
    ]


def a_sign_in_cost_no_code(told: Told) -> None:
    told.without("event", told.event(Act.CODE_SPENT))


def a_spent_code_still_has_its_copy(told: Told) -> None:
    row = next(row for row in told.after["recovery_code"] if row["spent_at"])
    row["sealed"], row["seal_key_id"] = b"copy", 1


def a_new_set_is_lost(told: Told) -> None:
    told.without("recovery_code_set", _new_set(told))


def a_new_set_is_not_the_one_that_was_shown(told: Told) -> None:
    codes = [row for row in told.after["recovery_code"] if row["set_id"] == _new_set(told)["id"]]
    codes[0]["code_index"] = b"of another code"


def an_acknowledgement_is_lost(told: Told) -> None:
    _new_set(told)["acknowledged_at"] = None


def _new_set(told: Told) -> dict[str, Any]:
    return told.row("recovery_code_set", member_id=told.acknowledged.member_id, generation=2)


def an_old_set_lives_on(told: Told) -> None:
    told.row("recovery_code_set", member_id=told.acknowledged.member_id, generation=1)["voided_at"] = None


def there_were_more_tries_than_the_budget_has(told: Told) -> None:
    one = told.event(Act.CODE_REFUSED)
    told.after["event"] += [{**one, "id": one["id"] + number} for number in range(1000, 1010)]


def a_wrong_try_was_not_counted(told: Told) -> None:
    told.without("second_factor_failure", told.row("second_factor_failure", member_id=told.wrong.member_id))


def a_wrong_try_is_not_in_the_log(told: Told) -> None:
    told.without("event", told.event(Act.CODE_REFUSED))


def a_try_was_looked_at_during_a_lock(told: Told) -> None:
    one = told.event(Act.CODE_REFUSED)
    lock = {**one, "id": one["id"] + 1000, "act": Act.LOCKED.value, "details": {"until": "2999-01-01T00:00:00+00:00"}}
    told.after["event"] += [lock, {**one, "id": one["id"] + 1001}]


def a_seal_is_broken(told: Told) -> None:
    row = next(row for row in told.after["recovery_code"] if row["sealed"])
    row["sealed"] = row["sealed"][:-1] + bytes([row["sealed"][-1] ^ 1])


def a_secret_was_moved_to_another_member(told: Told) -> None:
    first, second, *_ = told.after["authenticator"]
    first["sealed_secret"], second["sealed_secret"] = second["sealed_secret"], first["sealed_secret"]


def a_count_is_wrong(told: Told) -> None:
    told.row("member", id=told.spent.member_id)["codes_left"] += 1


def a_set_is_half_there(told: Told) -> None:
    told.without("recovery_code", next(row for row in told.after["recovery_code"] if not row["spent_at"]))


def an_event_is_missing(told: Told) -> None:
    told.without("event", told.event(Act.CODES_ACKNOWLEDGED))


def an_event_tells_of_what_nobody_did(told: Told) -> None:
    one = told.event(Act.CODES_REGENERATED)
    told.after["event"].append({**one, "id": one["id"] + 1000})


def somebody_got_a_500(told: Told) -> None:
    told.history.fault("answered with 500")


LIES: dict[Lie, str] = {
    a_spent_code_is_unspent: "acknowledged_spends_are_kept",
    a_spent_code_is_gone: "acknowledged_spends_are_kept",
    a_spent_step_is_unspent: "acknowledged_spends_are_kept",
    a_code_is_accepted_twice: "nothing_is_accepted_twice",
    a_step_is_accepted_twice: "nothing_is_accepted_twice",
    a_session_is_gone: "each_sign_in_has_its_session",
    a_session_came_from_nowhere: "each_session_has_its_sign_in",
    a_code_was_spent_for_nothing: "each_spend_led_somewhere",
    a_sign_in_cost_no_code: "each_spend_led_somewhere",
    a_spent_code_still_has_its_copy: "spent_codes_and_events_agree",
    a_new_set_is_lost: "acknowledged_sets_are_kept",
    a_new_set_is_not_the_one_that_was_shown: "acknowledged_sets_are_kept",
    an_acknowledgement_is_lost: "acknowledged_sets_are_kept",
    an_old_set_lives_on: "one_live_set_each",
    there_were_more_tries_than_the_budget_has: "no_more_failures_than_the_budget",
    a_try_was_looked_at_during_a_lock: "no_more_failures_than_the_budget",
    a_wrong_try_was_not_counted: "every_wrong_try_is_counted",
    a_wrong_try_is_not_in_the_log: "every_wrong_try_is_counted",
    a_seal_is_broken: "every_seal_opens",
    a_secret_was_moved_to_another_member: "every_seal_opens",
    a_count_is_wrong: "counts_in_the_members_row_are_right",
    a_set_is_half_there: "counts_in_the_members_row_are_right",
    an_event_is_missing: "one_event_for_each_deed",
    an_event_tells_of_what_nobody_did: "one_event_for_each_deed",
    somebody_got_a_500: "no_answer_that_nobody_may_get",
}


def test_of_an_honest_run_the_oracle_has_nothing_to_say(told: Told) -> None:
    assert told.violations() == []
    assert len(told.history.deeds) == 5


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.__name__)
def test_each_lie_is_found_and_named(told: Told, lie: Lie) -> None:
    lie(told)
    found = told.violations()
    assert LIES[lie] in {sentence.partition(":")[0] for sentence in found}, found


def test_of_what_is_unknown_both_outcomes_are_taken(told: Told) -> None:
    """The same deed, its answer lost: done, as above; and not done, as it was before."""
    for entries in (told.history, replace(told.history)):
        entries._entries[:] = [replace(deed, outcome=Outcome.UNKNOWN) for deed in entries._entries]
    assert told.violations() == []
    told.after = copy.deepcopy(told.before)
    assert told.violations() == []


def test_of_what_is_unknown_a_half_is_not_taken(told: Told) -> None:
    told.history._entries[:] = [replace(deed, outcome=Outcome.UNKNOWN) for deed in told.history._entries]
    a_sign_in_cost_no_code(told)
    assert told.violations()


def test_what_was_never_sent_may_not_be_done(told: Told) -> None:
    told.history.came_of(told.regenerated, Outcome.UNSENT)
    assert told.violations()


def test_the_history_keeps_every_deed_of_clients_in_threads() -> None:
    history = History()

    def work() -> None:
        for _ in range(200):
            history.came_of(history.invoke(Kind.SHOW, 1), random.choice([Outcome.DONE, Outcome.REFUSED]))  # noqa: S311

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(history.deeds) == 800
    assert Outcome.UNKNOWN not in {deed.outcome for deed in history.deeds}


@pytest.mark.both_databases
def test_a_whole_database_has_no_damage(portal: Portal) -> None:
    regulars(portal, 2)
    assert damage(portal) == []


def test_a_row_that_points_nowhere_is_damage(portal: Portal) -> None:
    regulars(portal, 1)
    assert portal.database.path
    with closing(sqlite3.connect(portal.database.path)) as other, other:  # which looks after no foreign keys
        other.execute("DELETE FROM member")
    assert damage(portal)
