"""Days that pass for organizations."""

from datetime import datetime

from sqlalchemy import Connection, or_, select, update

from app.storage.tables import organization

_required_from, _began_for = organization.c.second_factor_required_from, organization.c.requirement_began_for
_not_noted = or_(_began_for.is_(None), _began_for != _required_from)


def all_zones(db: Connection) -> list[tuple[int, str]]:
    """The id and the time zone of every organization."""
    zones = select(organization.c.id, organization.c.time_zone).where(organization.c.ended_at.is_(None))
    return [(row.id, row.time_zone) for row in db.execute(zones.order_by(organization.c.id))]


def where_requirement_begins(db: Connection, now: datetime) -> list[int]:
    """Organizations whose day has come, and nobody has written that down."""
    return list(db.execute(select(organization.c.id).where(_required_from <= now, _not_noted)).scalars())


def next_requirement(db: Connection, now: datetime) -> datetime | None:
    """The next day that is to come."""
    wanted = select(_required_from).where(_required_from > now).order_by(_required_from).limit(1)
    return db.execute(wanted).scalar_one_or_none()


def begin_requirement(db: Connection, organization_id: int, now: datetime) -> datetime | None:
    """Take it on oneself to write down that the day has come, once for each day set: which moment that was."""
    begun = (
        update(organization)
        .where(organization.c.id == organization_id, _required_from <= now, _not_noted)
        .values(requirement_began_for=_required_from)
    )
    return db.execute(begun.returning(_required_from)).scalar_one_or_none()
