"""Keys: what depends on each of them, adding one, sealing everything again with it, taking an older one out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.authenticators import secret_context
from app.domain.events import OPERATOR, Act
from app.domain.keyring import BrokenSealError, Index, KeyRing, NextKey, Sealed
from app.domain.members import Member
from app.portal import Portal, Transaction
from app.steps.events import record
from app.steps.recovery_codes import code_context, seal_context
from app.storage import enrolments, key_checks, members, passes, recovery_codes, sealed_values, sessions, staged_codes
from app.storage.key_source import RingInFile
from app.storage.sealed_values import SealedCode, SealedSecret, Uses


class State(StrEnum):
    CURRENT = "current"
    NEXT = "next"
    OLDER = "older"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Key:
    """`since` is when a next key becomes the current one. A retired key is in the ring still, and no longer needed."""

    id: int
    state: State
    since: datetime | None
    added_at: datetime | None
    uses: Uses


@dataclass(frozen=True, slots=True)
class Rotated:
    """`written` is False where the ring came from KEYS: then it is for the operator to put this one there."""

    ring: KeyRing
    next: NextKey
    written: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """`last` is the member to go on after; `broken` are those with values that do not open, and stay as they are."""

    last: int
    members: int
    values: int
    broken: list[str]
    broken_values: int


class WhyKept(StrEnum):
    """Why a key cannot be taken out."""

    UNKNOWN = "unknown"
    CURRENT = "current"
    NEXT = "next"
    SEALED = "sealed"
    INDEXED = "indexed"


@dataclass(frozen=True, slots=True)
class Kept:
    why: WhyKept
    uses: Uses


@dataclass(frozen=True, slots=True)
class Voided:
    last: int
    sets: int
    passes: int


def standing(portal: Portal) -> list[Key]:
    """In the order of their ids."""
    with portal.reading() as tx:
        ring = tx.keys.ring
        uses = {key_id: sealed_values.uses_of(tx.db, key_id, tx.now) for key_id in ring.keys}
        known = {key.id: key for key in key_checks.all_known(tx.db)}
    return [
        Key(
            key_id,
            _state(ring, key_id, retired=key_id in known and known[key_id].retired),
            ring.next.since if ring.next and ring.next.id == key_id else None,
            known[key_id].added_at if key_id in known else None,
            uses[key_id],
        )
        for key_id in sorted(ring.keys)
    ]


def _state(ring: KeyRing, key_id: int, *, retired: bool) -> State:
    if key_id == ring.current:
        return State.CURRENT
    if ring.next and key_id == ring.next.id:
        return State.NEXT
    return State.RETIRED if retired else State.OLDER


def rotate(portal: Portal, after: timedelta) -> Rotated:
    """Add a key that seals after that time. Raises KeyWaitingError, and UnfitKeysError from the file.

    The file comes first and the database learns of the key from it, with the event: the other way round, a fall
    between the two would leave a database that asks for a key which nobody has.
    """
    with portal.reading() as tx:
        now, highest = tx.now, max(key.id for key in key_checks.all_known(tx.db))
    since = (now + after).replace(microsecond=0)

    def rotated(ring: KeyRing) -> KeyRing:
        return ring.rotated(now, since, after=highest)

    source = portal.ring_from
    in_file = isinstance(source, RingInFile)
    ring = source.change(rotated, now) if isinstance(source, RingInFile) else rotated(source)
    assert ring.next is not None  # noqa: S101 -- it was just made so
    return Rotated(ring, ring.next, written=in_file)


def reseal(portal: Portal, *, after: int, batch: int) -> Batch | None:
    """What the next members after that id have under older keys; None when there are no more."""
    with portal.writing() as tx:
        chosen = sealed_values.members_to_reseal(tx.db, tx.keys.ring.current, after=after, at_most=batch)
        if not chosen:
            return None
        held = members.hold_all(tx.db, set(chosen))
        broken: list[Member] = []
        moved = _reseal_secrets(tx, held, broken) + _reseal_codes(tx, held, broken)
    return Batch(chosen[-1], len(held), moved, sorted({_said(who) for who in broken}), len(broken))


def _reseal_secrets(tx: Transaction, held: dict[int, Member], broken: list[Member]) -> int:
    resealed: list[tuple[SealedSecret, Sealed]] = []
    for old in sealed_values.secrets_to_reseal(tx.db, held.keys(), tx.keys.ring.current):
        who = held[old.member_id]
        context = secret_context(who.public_id, old.public_id)
        try:
            resealed.append((old, tx.keys.seal(tx.keys.open(old.sealed, context), context)))
        except BrokenSealError:
            broken.append(who)
    return sealed_values.replace_secrets(tx.db, resealed)


def _reseal_codes(tx: Transaction, held: dict[int, Member], broken: list[Member]) -> int:
    resealed: list[tuple[SealedCode, Sealed, Index]] = []
    for old in sealed_values.codes_to_reseal(tx.db, held.keys(), tx.keys.ring.current):
        who = held[old.member_id]
        context = seal_context(who, old.generation, old.number)
        try:
            code = tx.keys.open(old.sealed, context)
        except BrokenSealError:
            broken.append(who)
            continue
        resealed.append((old, tx.keys.seal(code, context), tx.keys.index(code.decode(), code_context(who))))
    return sealed_values.replace_codes(tx.db, resealed)


def _said(who: Member) -> str:
    return who.email or str(who.public_id)


def why_kept(portal: Portal, key_id: int) -> Kept | None:
    """Why this key cannot be taken out as things are; None where nothing is in the way."""
    with portal.reading() as tx:
        return _why_kept(tx, key_id)


def _why_kept(tx: Transaction, key_id: int) -> Kept | None:
    ring = tx.keys.ring
    uses = sealed_values.uses_of(tx.db, key_id, tx.now)
    known = key_checks.find(tx.db, key_id)
    if known is None or (known.retired and key_id not in ring.keys):
        return Kept(WhyKept.UNKNOWN, uses)
    if key_id == ring.current:
        return Kept(WhyKept.CURRENT, uses)
    if ring.next and key_id == ring.next.id:
        return Kept(WhyKept.NEXT, uses)
    if uses.resealable:
        return Kept(WhyKept.SEALED, uses)
    return Kept(WhyKept.INDEXED, uses) if uses.members else None


def void_without_copies(portal: Portal, key_id: int, *, after: int, batch: int) -> Voided | None:
    """Void the sets and passes of the next members after that id that only this key can check; None: no more."""
    with portal.writing() as tx:
        chosen = sealed_values.members_without_copies(tx.db, key_id, after=after, at_most=batch, now=tx.now)
        if not chosen:
            return None
        held = members.hold_all(tx.db, set(chosen))
        sets = sum(_void_codes(tx, who, key_id) for who in held.values())
        voided = sum(_void_pass(tx, who, key_id) for who in held.values())
        for who in held.values():
            if staged_codes.indexed_with(tx.db, who.id, key_id):
                enrolments.cancel(tx.db, who.id)  # an application's, which begins another
    return Voided(chosen[-1], sets, voided)


def _void_codes(tx: Transaction, who: Member, key_id: int) -> bool:
    if not sealed_values.has_code_without_copy(tx.db, who.id, key_id):
        return False
    recovery_codes.void_live(tx.db, who.id, generation=None, now=tx.now)
    members.refresh_counts(tx.db, who.id)
    record(tx, Act.CODES_VOIDED, who, by=OPERATOR, because="key_retired")
    return True


def _void_pass(tx: Transaction, who: Member, key_id: int) -> bool:
    live = passes.find_live(tx.db, who.id, tx.now)
    if live is None or passes.index_key_of(tx.db, live.id) != key_id:
        return False
    if live.session_id:
        sessions.end(tx.db, live.session_id)  # it could do nothing any more: only a pass confirms there
    passes.void_live(tx.db, who.id, tx.now)
    return True


def retire(portal: Portal, key_id: int) -> Kept | KeyRing:
    """Take the key out, if nothing depends on it; the ring without it comes back. Raises UnfitKeysError.

    The database comes first: from then on nobody seals with it, and the ring may have it or not. So a fall in between
    leaves a key that is in the file for nothing, and the same command again takes it out.
    """
    with portal.writing() as tx:
        key_checks.hold(tx.db, key_id, to_retire=True)
        if kept := _why_kept(tx, key_id):
            return kept
        if key_checks.retire(tx.db, key_id):
            key_checks.note(tx.db, Act.KEY_RETIRED, key_id, tx.now)
        now = tx.now
    source = portal.ring_from
    if isinstance(source, RingInFile):
        return source.change(lambda ring: ring.at(now).without(key_id), now)
    return source.at(now).without(key_id)
