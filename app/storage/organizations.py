"""Organizations."""

from datetime import datetime
from secrets import token_hex
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, insert, or_, select, update

from app.domain.attempts import LockReason
from app.domain.members import Role, Status
from app.domain.organizations import DEFAULT_CODE_COUNT, Organization
from app.domain.recovery_codes import Visibility
from app.storage.tables import member, organization, project_tenant

_live = organization.c.ended_at.is_(None)


def add(
    db: Connection, *, slug: str, name: str, required_from: datetime | None, now: datetime, time_zone: str = "UTC"
) -> Organization:
    """Raises IntegrityError where another has the slug."""
    statement = insert(organization).values(
        public_id=uuid4(),
        slug=slug,
        name=name,
        time_zone=time_zone,
        second_factor_required_from=required_from,
        requirement_began_for=required_from if required_from and required_from <= now else None,
        code_count=DEFAULT_CODE_COUNT,
        code_visibility=Visibility.VIEWABLE,
        made_at=now,
    )
    return _organization(db.execute(statement.returning(organization)).one())


def find(db: Connection, organization_id: int) -> Organization:
    return _organization(db.execute(select(organization).where(organization.c.id == organization_id)).one())


def find_and_hold(db: Connection, organization_id: int) -> Organization:
    """Held until the transaction ends: rules over several of its members begin here, before any member is held.

    Without barring those who only refer to it, since every event does.
    """
    wanted = select(organization).where(organization.c.id == organization_id).with_for_update(key_share=True)
    return _organization(db.execute(wanted).one())


def change(
    db: Connection,
    organization_id: int,
    *,
    name: str,
    time_zone: str,
    required_from: datetime | None,
    code_count: int,
    code_visibility: Visibility,
) -> None:
    db.execute(
        update(organization)
        .where(organization.c.id == organization_id)
        .values(
            name=name,
            time_zone=time_zone,
            second_factor_required_from=required_from,
            code_count=code_count,
            code_visibility=code_visibility,
        )
    )


def reword(db: Connection, organization_id: int, *, slug: str, name: str, required_from: datetime | None) -> None:
    """Raises IntegrityError where another has the slug."""
    changed = update(organization).where(organization.c.id == organization_id)
    db.execute(changed.values(slug=slug, name=name, second_factor_required_from=required_from))


def find_by_slug(db: Connection, slug: str) -> Organization | None:
    row = db.execute(select(organization).where(organization.c.slug == slug, _live)).one_or_none()
    return _organization(row) if row else None


def find_by_public_id(db: Connection, public_id: UUID) -> Organization | None:
    row = db.execute(select(organization).where(organization.c.public_id == public_id, _live)).one_or_none()
    return _organization(row) if row else None


def find_several(db: Connection, ids: list[int]) -> list[Organization]:
    """In the order of the ids."""
    wanted = select(organization).where(organization.c.id.in_(ids)).order_by(organization.c.id)
    return [_organization(row) for row in db.execute(wanted)]


def all_of_them(db: Connection) -> list[Organization]:
    """In the order in which they were made."""
    return [_organization(row) for row in db.execute(select(organization).where(_live).order_by(organization.c.id))]


def has_portal_people(db: Connection, organization_id: int) -> bool:
    """Whether anybody in it has to do with the portal: may administer it, sign in to it, or was invited to."""
    return _has(
        db,
        organization_id,
        or_(member.c.role != Role.MEMBER, member.c.password_hash.is_not(None), member.c.status == Status.INVITED),
    )


def has_people_kept_out(db: Connection, organization_id: int) -> bool:
    """Whether anybody in it was suspended, or locked by a person."""
    locked = and_(member.c.lock_reason.is_not(None), member.c.lock_reason != LockReason.ATTEMPTS)
    return _has(db, organization_id, or_(member.c.status == Status.SUSPENDED, locked))


def has_enrolled_people(db: Connection, organization_id: int) -> bool:
    return _has(db, organization_id, member.c.authenticator_count > 0)


def first_two_administered(db: Connection) -> list[Organization]:
    """Like `first_two`, of those alone that somebody looks after in the portal, or that are the only ones there are."""
    looked_after = exists().where(
        member.c.organization_id == organization.c.id, member.c.role != Role.MEMBER, member.c.status != Status.REMOVED
    )
    wanted = select(organization).where(_live, looked_after).order_by(organization.c.id).limit(2)
    return [_organization(row) for row in db.execute(wanted)] or first_two(db)


def member_counts(db: Connection) -> dict[int, int]:
    """How many each has, without those who were removed."""
    present = select(member.c.organization_id, func.count()).where(member.c.status != Status.REMOVED)
    return {row[0]: row[1] for row in db.execute(present.group_by(member.c.organization_id))}


def free_slug(db: Connection, wanted: str, *, project_id: int | None = None) -> str:
    """That one, or one of its kind with something behind that nobody has; nor the project another word for it."""
    numbered = [wanted, *(f"{wanted[:36]}-{number}" for number in range(2, 10))]
    free = (slug for slug in numbered if not _is_taken(db, slug, project_id))
    return next(free, f"{wanted[:31]}-{token_hex(4)}")


def first_two(db: Connection) -> list[Organization]:
    """None, the only one, or enough to know that there are several."""
    wanted = select(organization).where(_live).order_by(organization.c.id).limit(2)
    return [_organization(row) for row in db.execute(wanted)]


def _has(db: Connection, organization_id: int, fits: ColumnElement[bool]) -> bool:
    present = member.c.organization_id == organization_id, member.c.status != Status.REMOVED
    return bool(db.execute(select(exists().where(*present, fits))).scalar_one())


def _is_taken(db: Connection, slug: str, project_id: int | None) -> bool:
    called_so = project_tenant.c.project_id == project_id, project_tenant.c.external_id == slug
    return bool(
        db.execute(select(or_(exists().where(organization.c.slug == slug), exists().where(*called_so)))).scalar_one()
    )


def _organization(row: Row[Any]) -> Organization:
    return Organization(
        id=row.id,
        public_id=row.public_id,
        slug=row.slug,
        name=row.name,
        time_zone=row.time_zone,
        second_factor_required_from=row.second_factor_required_from,
        code_count=row.code_count,
        code_visibility=Visibility(row.code_visibility),
        made_at=row.made_at,
        ended_at=row.ended_at,
    )
