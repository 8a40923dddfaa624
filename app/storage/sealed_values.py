"""All that is sealed or indexed with a key, whoever's it is: counted by key, walked by member, sealed again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, func, or_, select, union, update

from app.domain.keyring import Index, Sealed
from app.storage.tables import (
    authenticator,
    enrolment,
    enrolment_pass,
    recovery_code,
    recovery_code_set,
    signing_key,
    staged_code,
)

_code = recovery_code.c
_unspent = _code.spent_at.is_(None)
_only_index = and_(_unspent, _code.sealed.is_(None))
_SECRETS = (authenticator, enrolment)

Use = tuple[ColumnElement[int], ColumnElement[int], ColumnElement[bool]]
"""The column that names a key, the one that names the member, and which rows count."""


@dataclass(frozen=True, slots=True)
class Uses:
    """What depends on a key. `only_index` of the `indexed_codes` have no sealed copy from which to index them again.

    `staged_codes` are those that an application was given with a secret: they are confirmed within a day, or gone.
    """

    authenticators: int = 0
    enrolments: int = 0
    sealed_codes: int = 0
    indexed_codes: int = 0
    only_index: int = 0
    passes: int = 0
    staged_codes: int = 0
    signing_keys: int = 0
    members: int = 0

    @property
    def resealable(self) -> int:
        """Values that resealing moves to another key, if they open."""
        codes = max(self.sealed_codes, self.indexed_codes - self.only_index)
        return self.authenticators + self.enrolments + self.signing_keys + codes


@dataclass(frozen=True, slots=True)
class SealedSecret:
    """Of an authenticator, or of an enrolment where `pending`."""

    id: int
    member_id: int
    public_id: UUID
    sealed: Sealed
    pending: bool


@dataclass(frozen=True, slots=True)
class SealedCode:
    id: int
    member_id: int
    generation: int
    number: int
    sealed: Sealed


def uses_of(db: Connection, key_id: int, now: datetime) -> Uses:
    counts = {
        name: db.execute(select(func.count()).where(key == key_id, counted)).scalar_one()
        for name, (key, _, counted) in _uses(now).items()
    }
    signing = select(func.count()).where(signing_key.c.seal_key_id == key_id)
    return Uses(**counts, signing_keys=db.execute(signing).scalar_one(), members=_members(db, key_id, now))


def _uses(now: datetime) -> dict[str, Use]:
    live_pass = enrolment_pass.c
    live = and_(live_pass.spent_at.is_(None), live_pass.voided_at.is_(None), live_pass.expires_at > now)
    return {
        "authenticators": (authenticator.c.seal_key_id, authenticator.c.member_id, authenticator.c.id.is_not(None)),
        "enrolments": (enrolment.c.seal_key_id, enrolment.c.member_id, enrolment.c.id.is_not(None)),
        "sealed_codes": (_code.seal_key_id, _code.member_id, _code.sealed.is_not(None)),
        "indexed_codes": (_code.index_key_id, _code.member_id, _unspent),
        "only_index": (_code.index_key_id, _code.member_id, _only_index),
        "passes": (live_pass.index_key_id, live_pass.member_id, live),
        "staged_codes": (staged_code.c.index_key_id, staged_code.c.member_id, staged_code.c.id.is_not(None)),
    }


def _members(db: Connection, key_id: int, now: datetime) -> int:
    each = [select(member).where(key == key_id, counted) for key, member, counted in _uses(now).values()]
    return int(db.execute(select(func.count()).select_from(union(*each).subquery())).scalar_one())


def members_to_reseal(db: Connection, current: int, *, after: int, at_most: int) -> list[int]:
    """The next members after that id with a value under another key than the current one."""
    codes = and_(_unspent, _code.sealed.is_not(None), or_(_code.seal_key_id != current, _code.index_key_id != current))
    return _next_of(
        db,
        [(table.c.member_id, table.c.seal_key_id != current) for table in _SECRETS] + [(_code.member_id, codes)],
        after=after,
        at_most=at_most,
    )


def members_without_copies(db: Connection, key_id: int, *, after: int, at_most: int, now: datetime) -> list[int]:
    """The next members after that id with a code or a pass that is known by its index under this key alone."""
    by_index = [_uses(now)[name] for name in ("only_index", "passes", "staged_codes")]
    return _next_of(
        db, [(member, and_(key == key_id, counted)) for key, member, counted in by_index], after=after, at_most=at_most
    )


def _next_of(
    db: Connection, sources: Sequence[tuple[ColumnElement[int], ColumnElement[bool]]], *, after: int, at_most: int
) -> list[int]:
    """Each source by itself, since each has an index that begins with the member: so a walk reads every row once."""
    found: set[int] = set()
    for member, wanted in sources:
        some = select(member).where(member > after, wanted).distinct().order_by(member).limit(at_most)
        found.update(db.execute(some).scalars())
    return sorted(found)[:at_most]


def has_code_without_copy(db: Connection, member_id: int, key_id: int) -> bool:
    wanted = select(_code.id).where(_code.member_id == member_id, _code.index_key_id == key_id, _only_index)
    return db.execute(wanted.limit(1)).first() is not None


def secrets_to_reseal(db: Connection, member_ids: Collection[int], current: int) -> list[SealedSecret]:
    """Of members that are held."""
    found = []
    for table in _SECRETS:
        wanted = select(table).where(table.c.member_id.in_(member_ids), table.c.seal_key_id != current)
        found += [
            SealedSecret(
                row.id, row.member_id, row.public_id, Sealed(row.seal_key_id, row.sealed_secret), table is enrolment
            )
            for row in db.execute(wanted.order_by(table.c.id))
        ]
    return found


def codes_to_reseal(db: Connection, member_ids: Collection[int], current: int) -> list[SealedCode]:
    """Of members that are held."""
    wanted = (
        select(_code.id, _code.member_id, recovery_code_set.c.generation, _code.number, _code.sealed, _code.seal_key_id)
        .select_from(recovery_code.join(recovery_code_set))
        .where(_code.member_id.in_(member_ids), _unspent, _code.sealed.is_not(None))
        .where(or_(_code.seal_key_id != current, _code.index_key_id != current))
        .order_by(_code.id)
    )
    return [
        SealedCode(row.id, row.member_id, row.generation, row.number, Sealed(row.seal_key_id, row.sealed))
        for row in db.execute(wanted)
    ]


def replace_secrets(db: Connection, resealed: Sequence[tuple[SealedSecret, Sealed]]) -> int:
    """Each only where it still is what was opened; returns how many were."""
    return sum(
        _replace_secrets(db, table, [pair for pair in resealed if pair[0].pending is (table is enrolment)])
        for table in _SECRETS
    )


def _replace_secrets(db: Connection, table: Table, resealed: Sequence[tuple[SealedSecret, Sealed]]) -> int:
    if not resealed:
        return 0
    as_opened = update(table).where(
        table.c.id == bindparam("row"),
        table.c.seal_key_id == bindparam("old_key"),
        table.c.sealed_secret == bindparam("old"),
    )
    values = as_opened.values(sealed_secret=bindparam("new"), seal_key_id=bindparam("new_key"))
    rows = [
        {"row": old.id, "old_key": old.sealed.key_id, "old": old.sealed.blob, "new": new.blob, "new_key": new.key_id}
        for old, new in resealed
    ]
    return db.execute(values, rows).rowcount


def replace_codes(db: Connection, resealed: Sequence[tuple[SealedCode, Sealed, Index]]) -> int:
    """Each only while it is unspent and its copy is what was opened; returns how many were."""
    if not resealed:
        return 0
    as_opened = update(recovery_code).where(_code.id == bindparam("row"), _unspent, _code.sealed == bindparam("old"))
    values = as_opened.values(
        sealed=bindparam("new"),
        seal_key_id=bindparam("new_key"),
        code_index=bindparam("digest"),
        index_key_id=bindparam("index_key"),
    )
    rows = [
        {
            "row": old.id,
            "old": old.sealed.blob,
            "new": new.blob,
            "new_key": new.key_id,
            "digest": index.digest,
            "index_key": index.key_id,
        }
        for old, new, index in resealed
    ]
    return db.execute(values, rows).rowcount
