"""Members, their password, their budget of attempts and the counts that filters need."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, insert, or_, select, update

from app.domain.attempts import LONGEST_LOCK, Lock, LockReason
from app.domain.members import Member, Role, Status
from app.domain.text import email_key, search_text
from app.storage.tables import authenticator, member, recovery_code, recovery_code_set

_TAKEN_OUT: dict[str, Any] = {
    "status": Status.REMOVED,
    "email_key": None,
    "password_hash": None,
    "password_stopped_at": None,
    "enrols_with_pass": True,
    "lock_reason": None,
    "locked_until": None,
    "locked_at": None,
    "failures_in_row": 0,
    "locks_in_row": 0,
}


def add(
    db: Connection,
    *,
    organization_id: int,
    role: Role,
    name: str,
    email: str | None,
    password_hash: str | None,
    now: datetime,
    status: Status = Status.ACTIVE,
) -> Member:
    """Raises IntegrityError where the organization has the address already: hold it, and look for that first."""
    statement = insert(member).values(
        public_id=uuid4(),
        organization_id=organization_id,
        role=role,
        status=status,
        name=name,
        email=email,
        email_key=email_key(email) if email else None,
        email_verified=False,
        password_hash=password_hash,
        password_changed_at=now if password_hash else None,
        search_text=search_text(name, email),
        made_at=now,
    )
    return _member(db.execute(statement.returning(member)).one())


def find(db: Connection, member_id: int) -> Member:
    return _member(db.execute(select(member).where(member.c.id == member_id)).one())


def find_and_hold(db: Connection, member_id: int) -> Member:
    """The member, with the row held until the transaction ends: rules over several rows of one begin here."""
    return _member(db.execute(select(member).where(member.c.id == member_id).with_for_update()).one())


def find_in(db: Connection, organization_id: int, public_id: UUID) -> Member | None:
    wanted = and_(member.c.organization_id == organization_id, member.c.public_id == public_id)
    row = db.execute(select(member).where(wanted)).one_or_none()
    return _member(row) if row else None


def hold_all(db: Connection, member_ids: set[int]) -> dict[int, Member]:
    """Several, held in the order of their ids, so that two who hold the same ones queue up instead of deadlocking."""
    wanted = select(member).where(member.c.id.in_(member_ids)).order_by(member.c.id).with_for_update()
    return {row.id: _member(row) for row in db.execute(wanted)}


def hold_everybody(db: Connection, organization_id: int) -> None:
    """Of the organization, in the order of their ids."""
    everybody = select(member.c.id).where(member.c.organization_id == organization_id).order_by(member.c.id)
    db.execute(everybody.with_for_update()).all()


def find_by_email(db: Connection, organization_id: int, email: str) -> Member | None:
    wanted = and_(member.c.organization_id == organization_id, member.c.email_key == email_key(email))
    row = db.execute(select(member).where(wanted)).one_or_none()
    return _member(row) if row else None


def find_several(db: Connection, member_ids: list[int]) -> list[Member]:
    """In the order of the ids."""
    wanted = select(member).where(member.c.id.in_(member_ids)).order_by(member.c.id)
    return [_member(row) for row in db.execute(wanted)]


def all_with_email(db: Connection, email: str) -> list[Member]:
    """Across organizations, for the operator, who names the organization where there is more than one."""
    return [_member(row) for row in db.execute(select(member).where(member.c.email_key == email_key(email)))]


def owner_exists(db: Connection) -> bool:
    wanted = exists().where(member.c.role == Role.OWNER, member.c.status != Status.REMOVED)
    return bool(db.execute(select(wanted)).scalar_one())


def rename(db: Connection, who: Member, name: str) -> None:
    _change(db, who.id, name=name, search_text=search_text(name, who.email))


def change_email(db: Connection, who: Member, email: str, *, changed_at: datetime | None) -> None:
    """`changed_at` is None where nothing has to wait for it. Nobody has shown yet that the new one is theirs."""
    _change(
        db,
        who.id,
        email=email,
        email_key=email_key(email),
        email_verified=False,
        email_changed_at=changed_at,
        search_text=search_text(who.name, email),
    )


def forget_email(db: Connection, who: Member, *, changed_at: datetime) -> None:
    """Without one, nobody signs in to the portal as this member."""
    _change(
        db,
        who.id,
        email=None,
        email_key=None,
        email_verified=False,
        email_changed_at=changed_at,
        search_text=search_text(who.name),
    )


def change_role(db: Connection, member_id: int, role: Role) -> None:
    _change(db, member_id, role=role)


def change_status(db: Connection, member_id: int, status: Status) -> None:
    _change(db, member_id, status=status)


def remove(db: Connection, member_id: int) -> None:
    """Take the member out: the address is free again, the password is gone, and no lock is left to open."""
    _change(db, member_id, **_TAKEN_OUT)


def remove_everybody(db: Connection, organization_id: int) -> int:
    """Likewise all at once, when nothing of theirs is left. Returns how many there were."""
    everybody = update(member).where(member.c.organization_id == organization_id)
    there = everybody.where(member.c.status != Status.REMOVED)
    nothing = {"authenticator_count": 0, "codes_left": 0, "codes_pending": False, "ready": False}
    generation = member.c.factor_generation + 1
    return db.execute(there.values(**_TAKEN_OUT, **nothing, factor_generation=generation)).rowcount


def take_back(db: Connection, who: Member) -> None:
    """Somebody removed is in again, with the address, which nobody may have by now, and with nothing else."""
    _change(
        db, who.id, status=Status.ACTIVE, email_key=email_key(who.email) if who.email else None, email_verified=False
    )


def find_sole(db: Connection, public_id: UUID) -> Member | None:
    """Wherever they are."""
    row = db.execute(select(member).where(member.c.public_id == public_id)).one_or_none()
    return _member(row) if row else None


def another_owner_is_enrolled(db: Connection, who: Member) -> bool:
    """Whether the organization keeps an owner with an authenticator without this one; it must be held."""
    wanted = exists().where(
        member.c.organization_id == who.organization_id,
        member.c.id != who.id,
        member.c.role == Role.OWNER,
        member.c.status == Status.ACTIVE,
        member.c.authenticator_count > 0,
    )
    return bool(db.execute(select(wanted)).scalar_one())


def set_password(db: Connection, member_id: int, password_hash: str, now: datetime) -> None:
    _change(db, member_id, password_hash=password_hash, password_changed_at=now, password_stopped_at=None)


def rehash_password(db: Connection, member_id: int, *, old: str, new: str) -> None:
    """The same password under newer parameters, unless it was changed meanwhile."""
    db.execute(update(member).where(member.c.id == member_id, member.c.password_hash == old).values(password_hash=new))


def stop_password(db: Connection, member_id: int, now: datetime) -> None:
    _change(db, member_id, password_stopped_at=now)


def take_attempt(db: Connection, member_id: int, now: datetime) -> bool:
    """Take one try from the member's budget, unless it is locked. Holds the row, so that tries queue up."""
    over = or_(member.c.locked_until <= now, member.c.locked_until > now + LONGEST_LOCK)  # as Lock.holds_at has it
    unlocked = or_(member.c.lock_reason.is_(None), and_(_locked_by_attempts(), over))
    taken = db.execute(
        update(member)
        .where(member.c.id == member_id, unlocked)
        .values(failures_in_row=member.c.failures_in_row + 1, lock_reason=None, locked_until=None, locked_at=None)
    )
    return taken.rowcount == 1


def clear_failures(db: Connection, member_id: int) -> None:
    _change(db, member_id, failures_in_row=0, locks_in_row=0)


def lock_by_attempts(db: Connection, member_id: int, until: datetime, now: datetime) -> None:
    _change(
        db,
        member_id,
        lock_reason=LockReason.ATTEMPTS,
        locked_until=until,
        locked_at=now,
        failures_in_row=0,
        locks_in_row=member.c.locks_in_row + 1,
    )


def lock(db: Connection, member_id: int, reason: LockReason, now: datetime) -> None:
    _change(db, member_id, lock_reason=reason, locked_until=None, locked_at=now)


def unlock(db: Connection, member_id: int) -> None:
    _change(db, member_id, lock_reason=None, locked_until=None, locked_at=None, failures_in_row=0, locks_in_row=0)


def signed_in(db: Connection, member_id: int, now: datetime) -> None:
    _change(db, member_id, last_sign_in_at=now)


def next_code_generation(db: Connection, member_id: int) -> int:
    counted = update(member).where(member.c.id == member_id).values(code_generation=member.c.code_generation + 1)
    generation: int = db.execute(counted.returning(member.c.code_generation)).scalar_one()
    return generation


def factors_changed(db: Connection, member_id: int) -> None:
    """Begin a new generation of factors: what is bound to the old one, such as a remembered browser, counts no more."""
    _change(db, member_id, factor_generation=member.c.factor_generation + 1)


def lost_the_last(db: Connection, member_id: int) -> None:
    """The last authenticator went through an application: only a pass lets the member set one up in the portal."""
    _change(db, member_id, enrols_with_pass=True)


def confirmed_one(db: Connection, member_id: int) -> None:
    _change(db, member_id, enrols_with_pass=False)


def refresh_counts(db: Connection, *member_ids: int) -> None:
    """Bring the columns that lists filter by in line with the members' authenticators and live codes."""
    live = and_(recovery_code_set.c.member_id == member.c.id, recovery_code_set.c.voided_at.is_(None))
    of_member = authenticator.c.member_id == member.c.id
    authenticators = select(func.count()).where(of_member).correlate(member).scalar_subquery()
    left = (
        select(func.count())
        .select_from(recovery_code.join(recovery_code_set))
        .where(live, recovery_code.c.spent_at.is_(None))
        .correlate(member)
        .scalar_subquery()
    )
    pending = exists().where(live, recovery_code_set.c.acknowledged_at.is_(None)).correlate(member)
    db.execute(
        update(member)
        .where(member.c.id.in_(member_ids))
        .values(
            authenticator_count=authenticators,
            codes_left=left,
            codes_pending=pending,
            ready=and_(authenticators > 0, left > 0, ~pending),
        )
    )


def _change(db: Connection, member_id: int, **values: Any) -> None:
    db.execute(update(member).where(member.c.id == member_id).values(**values))


def _locked_by_attempts() -> ColumnElement[bool]:
    return member.c.lock_reason == LockReason.ATTEMPTS


def _member(row: Row[Any]) -> Member:
    return Member(
        id=row.id,
        public_id=row.public_id,
        organization_id=row.organization_id,
        role=Role(row.role),
        status=Status(row.status),
        name=row.name,
        email=row.email,
        email_verified=row.email_verified,
        password_hash=row.password_hash,
        password_changed_at=row.password_changed_at,
        password_stopped_at=row.password_stopped_at,
        lock=Lock(LockReason(row.lock_reason), row.locked_until, row.locked_at) if row.lock_reason else None,
        failures_in_row=row.failures_in_row,
        locks_in_row=row.locks_in_row,
        authenticator_count=row.authenticator_count,
        codes_left=row.codes_left,
        codes_pending=row.codes_pending,
        code_generation=row.code_generation,
        enrols_with_pass=row.enrols_with_pass,
        last_sign_in_at=row.last_sign_in_at,
        email_changed_at=row.email_changed_at,
        made_at=row.made_at,
    )
