"""Organizations."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select, update

from app.domain.organizations import DEFAULT_CODE_COUNT, Organization
from app.domain.recovery_codes import Visibility
from app.storage.tables import organization


def add(db: Connection, *, slug: str, name: str, required_from: datetime | None, now: datetime) -> Organization:
    statement = insert(organization).values(
        public_id=uuid4(),
        slug=slug,
        name=name,
        time_zone="UTC",
        second_factor_required_from=required_from,
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
    db: Connection, organization_id: int, *, name: str, time_zone: str, required_from: datetime | None, code_count: int
) -> None:
    db.execute(
        update(organization)
        .where(organization.c.id == organization_id)
        .values(name=name, time_zone=time_zone, second_factor_required_from=required_from, code_count=code_count)
    )


def find_by_slug(db: Connection, slug: str) -> Organization | None:
    row = db.execute(select(organization).where(organization.c.slug == slug)).one_or_none()
    return _organization(row) if row else None


def first_two(db: Connection) -> list[Organization]:
    """None, the only one, or enough to know that there are several."""
    return [_organization(row) for row in db.execute(select(organization).order_by(organization.c.id).limit(2))]


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
    )
