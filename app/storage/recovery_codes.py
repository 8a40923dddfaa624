"""Recovery codes and the sets they were made in. At most one set of a member is live; only its codes exist."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, and_, delete, func, insert, or_, select, update

from app.domain.keyring import Index, Sealed
from app.domain.members import Member
from app.domain.recovery_codes import CodeSet, Form, SpentCode, Visibility
from app.storage.tables import recovery_code, recovery_code_set

_live = recovery_code_set.c.voided_at.is_(None)


@dataclass(frozen=True, slots=True)
class NewCode:
    number: int
    index: Index
    sealed: Sealed | None


@dataclass(frozen=True, slots=True)
class SealedCode:
    """`sealed` is None once the code is spent or its copy was erased."""

    number: int
    sealed: Sealed | None
    spent_at: datetime | None


@dataclass(frozen=True, slots=True)
class IndexedCode:
    """What is left of a code where no copy is kept: enough to know it again, not to show it."""

    number: int
    index: Index
    spent_at: datetime | None


def add_set(
    db: Connection,
    who: Member,
    codes: list[NewCode],
    *,
    generation: int,
    form: Form,
    visibility: Visibility,
    proof_number: int | None,
    session_id: int | None,
    now: datetime,
    handed_at: datetime | None = None,
) -> None:
    """Raises IntegrityError where the member has a live set: void that one first."""
    made = insert(recovery_code_set).values(
        public_id=uuid4(),
        member_id=who.id,
        organization_id=who.organization_id,
        generation=generation,
        form=form,
        visibility=visibility,
        copies_erased_at=now if visibility is Visibility.ONCE else None,
        made_at=now,
        made_in_session_id=session_id,
        handed_at=handed_at,
        total=len(codes),
        proof_number=proof_number,
    )
    set_id = db.execute(made.returning(recovery_code_set.c.id)).scalar_one()
    db.execute(
        insert(recovery_code),
        [
            {
                "member_id": who.id,
                "organization_id": who.organization_id,
                "set_id": set_id,
                "number": code.number,
                "code_index": code.index.digest,
                "index_key_id": code.index.key_id,
                "sealed": code.sealed.blob if code.sealed else None,
                "seal_key_id": code.sealed.key_id if code.sealed else None,
            }
            for code in codes
        ],
    )


def find_live(db: Connection, member_id: int) -> CodeSet | None:
    row = db.execute(_live_sets().where(recovery_code_set.c.member_id == member_id)).one_or_none()
    return _code_set(row) if row else None


def all_codes(db: Connection, set_id: int) -> list[SealedCode]:
    """In the order of their numbers."""
    code = recovery_code.c
    rows = db.execute(
        select(code.number, code.sealed, code.seal_key_id, code.spent_at)
        .where(code.set_id == set_id)
        .order_by(code.number)
    )
    return [SealedCode(r.number, Sealed(r.seal_key_id, r.sealed) if r.sealed else None, r.spent_at) for r in rows]


def all_indexed(db: Connection, set_id: int) -> list[IndexedCode]:
    """In the order of their numbers."""
    code = recovery_code.c
    rows = db.execute(
        select(code.number, code.code_index, code.index_key_id, code.spent_at)
        .where(code.set_id == set_id)
        .order_by(code.number)
    )
    return [IndexedCode(row.number, Index(row.index_key_id, row.code_index), row.spent_at) for row in rows]


def all_spent(db: Connection, set_id: int) -> list[SpentCode]:
    code = recovery_code.c
    spent = select(code.number, code.spent_at).where(code.set_id == set_id, code.spent_at.is_not(None))
    return [SpentCode(row.number, row.spent_at) for row in db.execute(spent.order_by(code.number))]


def unspent_numbers(db: Connection, set_id: int) -> list[int]:
    code = recovery_code.c
    return list(db.execute(select(code.number).where(code.set_id == set_id, code.spent_at.is_(None))).scalars())


def spend(db: Connection, member_id: int, indexes: list[Index], now: datetime) -> int | None:
    """Spend the code of the live set with one of these indexes, and erase its sealed copy.

    Returns its number, or None where there is no such code or it is spent: the row count is the verdict.
    """
    code = recovery_code.c
    live_set = select(recovery_code_set.c.id).where(recovery_code_set.c.member_id == member_id, _live).scalar_subquery()
    same = or_(*(and_(code.index_key_id == index.key_id, code.code_index == index.digest) for index in indexes))
    unspent = update(recovery_code).where(
        code.member_id == member_id, code.set_id == live_set, same, code.spent_at.is_(None)
    )
    spent = unspent.values(spent_at=now, sealed=None, seal_key_id=None).returning(code.number)
    return db.execute(spent).scalar_one_or_none()


def was_spent(db: Connection, member_id: int, indexes: list[Index]) -> bool:
    code = recovery_code.c
    same = code.code_index.in_([index.digest for index in indexes])
    return (
        db.execute(select(code.id).where(code.member_id == member_id, same, code.spent_at.is_not(None))).first()
        is not None
    )


def index_keys_of(db: Connection, member_id: int) -> set[int]:
    """By which keys the codes of the live set, the spent ones too, can be recognized."""
    keys = select(recovery_code.c.index_key_id).where(recovery_code.c.member_id == member_id).distinct()
    return set(db.execute(keys).scalars())


def void_live(db: Connection, member_id: int, *, generation: int | None, now: datetime) -> bool:
    """End the live set, of that generation only where one is named, and erase its codes. False when there is none."""
    code_set = recovery_code_set.c
    live = update(recovery_code_set).where(code_set.member_id == member_id, _live)
    if generation is not None:
        live = live.where(code_set.generation == generation)
    set_id = db.execute(live.values(voided_at=now).returning(code_set.id)).scalar_one_or_none()
    if set_id is None:
        return False
    db.execute(delete(recovery_code).where(recovery_code.c.set_id == set_id))
    return True


def acknowledge(db: Connection, member_id: int, generation: int, now: datetime) -> bool:
    """False when the live set is of another generation, or was acknowledged already."""
    code_set = recovery_code_set.c
    pending = update(recovery_code_set).where(
        code_set.member_id == member_id, _live, code_set.generation == generation, code_set.acknowledged_at.is_(None)
    )
    return db.execute(pending.values(acknowledged_at=now)).rowcount == 1


def handed(db: Connection, set_id: int, now: datetime) -> None:
    """To an application, for the first time or not."""
    code_set = recovery_code_set.c
    db.execute(
        update(recovery_code_set).where(code_set.id == set_id, code_set.handed_at.is_(None)).values(handed_at=now)
    )


def take_proof_try(db: Connection, set_id: int, *, limit: int) -> bool:
    code_set = recovery_code_set.c
    open_still = update(recovery_code_set).where(
        code_set.id == set_id, code_set.proof_tries < limit, code_set.proved_at.is_(None)
    )
    return db.execute(open_still.values(proof_tries=code_set.proof_tries + 1)).rowcount == 1


def proved(db: Connection, set_id: int, now: datetime) -> None:
    db.execute(update(recovery_code_set).where(recovery_code_set.c.id == set_id).values(proved_at=now))


def ask_for(db: Connection, set_id: int, proof_number: int | None) -> None:
    """Whose last group the proof asks for."""
    db.execute(update(recovery_code_set).where(recovery_code_set.c.id == set_id).values(proof_number=proof_number))


def _live_sets() -> Select[Any]:
    unspent = and_(recovery_code.c.set_id == recovery_code_set.c.id, recovery_code.c.spent_at.is_(None))
    left = select(func.count()).where(unspent).correlate(recovery_code_set).scalar_subquery()
    return select(recovery_code_set, left.label("left_over")).where(_live)


def _code_set(row: Row[Any]) -> CodeSet:
    return CodeSet(
        id=row.id,
        member_id=row.member_id,
        generation=row.generation,
        form=Form(row.form),
        visibility=Visibility(row.visibility),
        made_at=row.made_at,
        made_in_session_id=row.made_in_session_id,
        acknowledged_at=row.acknowledged_at,
        handed_at=row.handed_at,
        copies_erased_at=row.copies_erased_at,
        total=row.total,
        left=row.left_over,
        proof_number=row.proof_number,
        proof_tries=row.proof_tries,
        proved_at=row.proved_at,
    )
