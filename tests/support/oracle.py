"""The oracle: holds the history of a run against the database, and says what does not fit.

Whatever was acknowledged is there, once; what is unknown is there or not, and never by halves; what nobody did is not
there. Each rule yields a sentence for everything that breaks it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.domain.authenticators import secret_context
from app.domain.events import Act
from app.domain.keyring import BrokenSealError, KeyRing, Sealed
from app.domain.tokens import hash_of
from app.portal import Portal
from tests.support.deeds import Deed, History, Kind, Outcome
from tests.support.tables import Dump

_Row = dict[str, Any]

_EVENT_OF = {
    Kind.SIGN_IN: Act.SIGNED_IN,
    Kind.PASSWORD: Act.PASSWORD_ACCEPTED,
    Kind.REGENERATE: Act.CODES_REGENERATED,
    Kind.ACKNOWLEDGE: Act.CODES_ACKNOWLEDGED,
    Kind.SHOW: Act.CODES_SHOWN,
}
_FAILURES = {Act.CODE_REFUSED, Act.CODE_REPLAYED}
_BY_CODE, _BY_TOTP = "recovery_code", "totp"


@dataclass(frozen=True)
class Evidence:
    """`before` is the database as the run began: only what is new since then is held against the history."""

    history: History
    before: Dump
    after: Dump
    keys: KeyRing
    budget: int

    @cached_property
    def deeds(self) -> list[Deed]:
        return self.history.deeds

    @cached_property
    def member_ids(self) -> list[int]:
        return [row["id"] for row in self.after["member"]]

    @cached_property
    def public_ids(self) -> dict[int, UUID]:
        return {row["id"]: row["public_id"] for row in self.after["member"]}

    def rows(self, table: str, member_id: int) -> list[_Row]:
        return self._by_member.get((table, member_id), [])

    def new_rows(self, table: str, member_id: int) -> list[_Row]:
        known = self._ids_before[table]
        return [row for row in self.rows(table, member_id) if row["id"] not in known]

    def events(self, member_id: int, *acts: Act) -> list[_Row]:
        """New ones of these acts, oldest first; of all acts where none is named."""
        return [row for row in self.new_rows("event", member_id) if not acts or row["act"] in acts]

    def by(self, member_id: int, *kinds: Kind) -> list[Deed]:
        """The member's deeds, of these kinds."""
        return [deed for deed in self._deeds_by_member.get(member_id, []) if deed.kind in kinds]

    def live_set(self, member_id: int) -> _Row | None:
        return next((row for row in self.rows("recovery_code_set", member_id) if row["voided_at"] is None), None)

    @cached_property
    def _by_member(self) -> dict[tuple[str, int], list[_Row]]:
        found: dict[tuple[str, int], list[_Row]] = {}
        for table, rows in self.after.items():
            for row in rows:
                if row.get("member_id") is not None:
                    found.setdefault((table, row["member_id"]), []).append(row)
        return found

    @cached_property
    def _deeds_by_member(self) -> dict[int, list[Deed]]:
        found: dict[int, list[Deed]] = {}
        for deed in self.deeds:
            found.setdefault(deed.member_id, []).append(deed)
        return found

    @cached_property
    def _ids_before(self) -> dict[str, set[int]]:
        return {table: {row["id"] for row in rows if "id" in row} for table, rows in self.before.items()}


def violations(evidence: Evidence) -> list[str]:
    return [f"{rule.__name__.strip('_')}: {sentence}" for rule in _RULES for sentence in rule(evidence)]


def _acknowledged_spends_are_kept(seen: Evidence) -> Iterator[str]:
    """I1."""
    for deed in seen.deeds:
        if not deed.done:
            continue
        if deed.code and not _is_spent(seen, deed):
            yield f"code {deed.code} of member {deed.member_id} was accepted and is not spent"
        if deed.step is not None:
            kept = [row["last_step"] for row in seen.rows("authenticator", deed.member_id)]
            if not any(step >= deed.step for step in kept):
                yield f"step {deed.step} of member {deed.member_id} was accepted and is not spent: {kept}"


def _is_spent(seen: Evidence, deed: Deed) -> bool:
    index = _index_of(seen, deed)
    rows = [row for row in seen.rows("recovery_code", deed.member_id) if row["code_index"] in index]
    if rows:
        return all(row["spent_at"] is not None for row in rows)
    sets = [row for row in seen.rows("recovery_code_set", deed.member_id) if row["generation"] == deed.generation]
    return bool(sets) and all(row["voided_at"] is not None for row in sets)


def _index_of(seen: Evidence, deed: Deed) -> set[bytes]:
    public_id = seen.public_ids[deed.member_id]
    return {index.digest for index in seen.keys.indexes(deed.code or "", f"recovery-code|{public_id}")}


def _nothing_is_accepted_twice(seen: Evidence) -> Iterator[str]:
    """I2."""
    codes = Counter((deed.member_id, deed.code) for deed in seen.deeds if deed.done and deed.code)
    steps = Counter((deed.member_id, deed.step) for deed in seen.deeds if deed.done and deed.step is not None)
    for (member_id, what), times in (codes + steps).items():
        if times > 1:
            yield f"{what} of member {member_id} was accepted {times} times"


def _each_sign_in_has_its_session(seen: Evidence) -> Iterator[str]:
    """I3."""
    for deed in seen.deeds:
        if deed.kind is Kind.SIGN_IN and deed.done and deed.session_token and not _is_open(seen, deed):
            yield f"member {deed.member_id} signed in, nothing ended the session, and it is not there"


def _is_open(seen: Evidence, deed: Deed) -> bool:
    token_hash = hash_of(deed.session_token or "")
    if any(row["token_hash"] == token_hash for row in seen.rows("session", deed.member_id)):
        return True
    # A new set ends all other sessions, and a code that is shown for it gives the own one a new token.
    later = seen.by(deed.member_id, Kind.REGENERATE, Kind.SHOW)
    return any(one.maybe for one in later if one.number > deed.number)


def _each_session_has_its_sign_in(seen: Evidence) -> Iterator[str]:
    """I3, the other way round: no session without a spend, and one a spend."""
    for member_id in seen.member_ids:
        signed_in = Counter((row["at"], row["details"]["proof"]) for row in seen.events(member_id, Act.SIGNED_IN))
        opened = Counter((row["opened_at"], row["opened_by"]) for row in seen.new_rows("session", member_id))
        for (at, proof), number in opened.items():
            if number > signed_in[at, proof]:
                yield f"member {member_id}: {number} sessions by {proof} of {at}, and {signed_in[at, proof]} sign-ins"


def _each_spend_led_somewhere(seen: Evidence) -> Iterator[str]:
    """I3 and I8: a code is spent together with what it was spent for, or not at all."""
    for member_id in seen.member_ids:
        used = seen.events(member_id, Act.SIGNED_IN, Act.STEPPED_UP)
        for_codes = Counter(row["at"] for row in used if row["details"]["proof"] == _BY_CODE)
        spent = Counter(row["at"] for row in seen.events(member_id, Act.CODE_SPENT))
        if for_codes != spent:
            yield f"member {member_id} spent codes at {sorted(spent)} and came in with them at {sorted(for_codes)}"
        steps = max(
            (row["last_used_at"] for row in seen.rows("authenticator", member_id) if row["last_used_at"]), default=None
        )
        by_totp = [row["at"] for row in used if row["details"]["proof"] == _BY_TOTP]
        if by_totp and (steps is None or steps < max(by_totp)):
            yield f"member {member_id} came in by TOTP at {max(by_totp)}, and the authenticator was last used {steps}"


def _spent_codes_and_events_agree(seen: Evidence) -> Iterator[str]:
    """I8."""
    spent_before = {row["id"] for row in seen.before["recovery_code"] if row["spent_at"]}
    for member_id in seen.member_ids:
        told = Counter((row["at"], row["details"]["number"]) for row in seen.events(member_id, Act.CODE_SPENT))
        for row in seen.rows("recovery_code", member_id):
            spent = row["spent_at"], row["number"]
            if row["spent_at"] and row["id"] not in spent_before and told[spent] != 1:
                yield f"code {row['number']} of member {member_id} is spent without its event"
            if (row["spent_at"] is None) != (row["sealed"] is not None):
                yield f"code {row['number']} of member {member_id} is half spent: at {row['spent_at']}"


def _acknowledged_sets_are_kept(seen: Evidence) -> Iterator[str]:
    """I4."""
    for deed in seen.deeds:
        if not deed.done or deed.kind not in {Kind.REGENERATE, Kind.ACKNOWLEDGE}:
            continue
        wanted = deed.generation + (deed.kind is Kind.REGENERATE)
        kept = [row for row in seen.rows("recovery_code_set", deed.member_id) if row["generation"] == wanted]
        if len(kept) != 1:
            yield f"set {wanted} of member {deed.member_id} was acknowledged, and {len(kept)} are there"
        elif deed.kind is Kind.ACKNOWLEDGE and kept[0]["acknowledged_at"] is None:
            yield f"set {wanted} of member {deed.member_id} was acknowledged, and is pending"
        elif deed.kind is Kind.REGENERATE:
            yield from _is_what_was_shown(seen, deed, kept[0])


def _is_what_was_shown(seen: Evidence, deed: Deed, kept: _Row) -> Iterator[str]:
    if kept["voided_at"] is not None:
        return
    rows = [row for row in seen.rows("recovery_code", deed.member_id) if row["set_id"] == kept["id"]]
    index_key = {row["code_index"] for row in rows}
    public_id = seen.public_ids[deed.member_id]
    shown = {index.digest for code in deed.new_codes for index in seen.keys.indexes(code, f"recovery-code|{public_id}")}
    if not index_key <= shown or len(rows) != len(deed.new_codes):
        yield f"set {kept['generation']} of member {deed.member_id} is not the one that was shown"


def _no_more_failures_than_the_budget(seen: Evidence) -> Iterator[str]:
    """I5."""
    for member_id in seen.member_ids:
        failures, locked_until = 0, ""
        for row in seen.events(member_id):
            if row["act"] in _FAILURES:
                failures += 1
                if failures > seen.budget:
                    yield f"member {member_id} had {failures} wrong tries in a row, of {seen.budget}"
                if row["at"].isoformat() < locked_until:
                    yield f"a try of member {member_id} was looked at during the lock until {locked_until}"
            elif row["act"] in {Act.SIGNED_IN, Act.STEPPED_UP, Act.LOCKED, Act.UNLOCKED}:
                failures = 0
                locked_until = row["details"].get("until", "") if row["act"] == Act.LOCKED else ""


def _every_wrong_try_is_counted(seen: Evidence) -> Iterator[str]:
    """I5 and I9: what was answered with "wrong" stands in the log and in the count, and nothing else does."""
    for member_id in seen.member_ids:
        tried = seen.by(member_id, Kind.SIGN_IN)
        wrong = sum(deed.outcome is Outcome.WRONG for deed in tried)
        unknown = sum(deed.outcome is Outcome.UNKNOWN for deed in tried)
        told = len(seen.events(member_id, *_FAILURES))
        counted = len(seen.new_rows("second_factor_failure", member_id))
        if not wrong <= told <= wrong + unknown:
            yield f"member {member_id} was told of {wrong} wrong tries (and {unknown} unknown), and the log of {told}"
        if told != counted:
            yield f"member {member_id} has {counted} counted failures and {told} in the log"


def _one_live_set_each(seen: Evidence) -> Iterator[str]:
    """I6."""
    live = Counter(row["member_id"] for row in seen.after["recovery_code_set"] if row["voided_at"] is None)
    for member_id, number in live.items():
        if number > 1:
            yield f"member {member_id} has {number} live sets"


def _every_seal_opens(seen: Evidence) -> Iterator[str]:
    """I7."""
    generations = {row["id"]: row["generation"] for row in seen.after["recovery_code_set"]}
    for row in seen.after["recovery_code"]:
        if row["sealed"] is not None:
            public_id = seen.public_ids[row["member_id"]]
            context = f"recovery-code|{public_id}|{generations.get(row['set_id'])}|{row['number']}"
            if not _opens(seen.keys, Sealed(row["seal_key_id"], row["sealed"]), context):
                yield f"code {row['number']} of member {row['member_id']} does not open"
    for row in seen.after["authenticator"]:
        context = secret_context(seen.public_ids[row["member_id"]], row["public_id"])
        if not _opens(seen.keys, Sealed(row["seal_key_id"], row["sealed_secret"]), context):
            yield f"the authenticator of member {row['member_id']} does not open"


def _opens(keys: KeyRing, sealed: Sealed, context: str) -> bool:
    try:
        return bool(keys.open(sealed, context))
    except BrokenSealError:
        return False


def _counts_in_the_members_row_are_right(seen: Evidence) -> Iterator[str]:
    """I8."""
    for row in seen.after["member"]:
        live = seen.live_set(row["id"])
        codes = [code for code in seen.rows("recovery_code", row["id"]) if live and code["set_id"] == live["id"]]
        left = sum(code["spent_at"] is None for code in codes)
        pending = live is not None and live["acknowledged_at"] is None
        if (row["codes_left"], row["codes_pending"]) != (left, pending):
            yield f"member {row['id']} has {left} codes (pending: {pending}); {row['codes_left']} says the row"
        if live and live["total"] != len(codes):
            yield f"set {live['generation']} of member {row['id']} has {len(codes)} of {live['total']} codes"


def _one_event_for_each_deed(seen: Evidence) -> Iterator[str]:
    """I9."""
    for member_id in seen.member_ids:
        for kind, act in _EVENT_OF.items():
            deeds = seen.by(member_id, kind)
            done, unknown = sum(deed.done for deed in deeds), sum(deed.outcome is Outcome.UNKNOWN for deed in deeds)
            told = len(seen.events(member_id, act))
            if not done <= told <= done + unknown:
                yield f"member {member_id}: {done} times {kind} (and {unknown} unknown), {told} times {act} in the log"


def _no_answer_that_nobody_may_get(seen: Evidence) -> Iterator[str]:
    yield from seen.history.faults


_RULES: tuple[Callable[[Evidence], Iterator[str]], ...] = (
    _acknowledged_spends_are_kept,
    _nothing_is_accepted_twice,
    _each_sign_in_has_its_session,
    _each_session_has_its_sign_in,
    _each_spend_led_somewhere,
    _spent_codes_and_events_agree,
    _acknowledged_sets_are_kept,
    _no_more_failures_than_the_budget,
    _every_wrong_try_is_counted,
    _one_live_set_each,
    _every_seal_opens,
    _counts_in_the_members_row_are_right,
    _one_event_for_each_deed,
    _no_answer_that_nobody_may_get,
)


def damage(portal: Portal) -> list[str]:
    """I10: what the database finds wrong with itself. PostgreSQL reads every row, checksums its pages while it does,
    and builds every index anew, which it cannot where a unique one was broken."""
    with portal.database.engine.connect() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        if portal.database.on_sqlite:
            said = connection.execute(text("PRAGMA integrity_check")).scalars().all()
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            return [line for line in said if line != "ok"] + [f"points nowhere: {row}" for row in broken]
        connection.execute(text("REINDEX SCHEMA public"))
        return []
