"""By what the members of applications' sessions were shown."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select

from app.domain.members import Member
from app.domain.sessions import Factor, Proof
from app.storage.tables import session_factor
from app.storage.upserts import upsert


def add(db: Connection, who: Member, session_id: int, proof: Proof, method: UUID, now: datetime) -> None:
    """One that was shown before is only shown again."""
    shown = upsert(db, session_factor).values(
        member_id=who.id,
        organization_id=who.organization_id,
        session_id=session_id,
        proof=proof,
        method=method,
        first_at=now,
        last_at=now,
    )
    db.execute(shown.on_conflict_do_update(index_elements=["session_id", "proof", "method"], set_={"last_at": now}))


def all_for(db: Connection, session_ids: Collection[int]) -> dict[int, list[Factor]]:
    """In the order in which they were first shown."""
    found: dict[int, list[Factor]] = {session_id: [] for session_id in session_ids}
    shown = select(session_factor).where(session_factor.c.session_id.in_(session_ids)).order_by(session_factor.c.id)
    for row in db.execute(shown):
        found[row.session_id].append(Factor(Proof(row.proof), row.method, row.first_at, row.last_at))
    return found
