"""What an application's enrolment has beside a person's: whose it is, and the codes handed out with the secret."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select

from app.domain.keyring import Index, Sealed
from app.domain.members import Member
from app.storage.recovery_codes import NewCode
from app.storage.tables import enrolment, project_enrolment, staged_code

NONE_STAGED = 0
"""In place of a generation, of which the first is 1."""


def add(
    db: Connection, who: Member, enrolment_id: int, codes: list[NewCode], *, project_id: int, generation: int
) -> None:
    of_member = {"member_id": who.id, "organization_id": who.organization_id, "enrolment_id": enrolment_id}
    _belongs(db, of_member, project_id, generation)
    db.execute(
        insert(staged_code),
        [
            {
                **of_member,
                "number": code.number,
                "code_index": code.index.digest,
                "index_key_id": code.index.key_id,
                "sealed": code.sealed.blob if code.sealed else None,
                "seal_key_id": code.sealed.key_id if code.sealed else None,
            }
            for code in codes
        ],
    )


def without_codes(db: Connection, who: Member, enrolment_id: int, *, project_id: int) -> None:
    """The application hands none out with the secret."""
    of_member = {"member_id": who.id, "organization_id": who.organization_id, "enrolment_id": enrolment_id}
    _belongs(db, of_member, project_id, NONE_STAGED)


def indexed_with(db: Connection, member_id: int, key_id: int) -> bool:
    """Whether codes are staged for the member that only this key can check."""
    wanted = select(staged_code.c.id).where(staged_code.c.member_id == member_id, staged_code.c.index_key_id == key_id)
    return db.execute(wanted.limit(1)).first() is not None


def generation_for(db: Connection, enrolment_id: int, project_id: int) -> int | None:
    """Of the codes staged with it, or NONE_STAGED; None where the enrolment is not this project's."""
    mine = project_enrolment.c.enrolment_id == enrolment_id, project_enrolment.c.project_id == project_id
    found: int | None = db.execute(select(project_enrolment.c.code_generation).where(*mine)).scalar_one_or_none()
    return found


def pending_of(
    db: Connection, project_id: int, member_ids: Collection[int], now: datetime
) -> dict[int, list[tuple[UUID, datetime]]]:
    """The public ids of enrolments that the project has begun for these members and that are still open; since when."""
    found: dict[int, list[tuple[UUID, datetime]]] = {}
    mine = project_enrolment.c.project_id == project_id, project_enrolment.c.member_id.in_(member_ids)
    wanted = select(enrolment.c.member_id, enrolment.c.public_id, enrolment.c.begun_at).join(project_enrolment)
    for row in db.execute(wanted.where(*mine, enrolment.c.expires_at > now)):
        found.setdefault(row.member_id, []).append((row.public_id, row.begun_at))
    return found


def all_for(db: Connection, enrolment_id: int) -> list[NewCode]:
    """In the order of their numbers."""
    rows = db.execute(
        select(staged_code).where(staged_code.c.enrolment_id == enrolment_id).order_by(staged_code.c.number)
    )
    return [
        NewCode(
            row.number,
            Index(row.index_key_id, row.code_index),
            Sealed(row.seal_key_id, row.sealed) if row.sealed else None,
        )
        for row in rows
    ]


def _belongs(db: Connection, of_member: dict[str, int], project_id: int, generation: int) -> None:
    db.execute(insert(project_enrolment).values(**of_member, project_id=project_id, code_generation=generation))
