"""One figure of readiness for each organization and day. A day on which nobody counted is missing, and stays so."""

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from app.domain.lists import Factor, Wanted
from app.domain.members import Status
from app.domain.readiness_figures import Figure
from app.storage import member_lists
from app.storage.tables import organization, readiness_figure
from app.storage.upserts import upsert

_EVERYBODY = 1_000_000_000


def count(db: Connection, organization_id: int, day: date, now: datetime) -> Figure:
    """As the list of members counts them."""

    def counted(factor: Factor | None) -> int:
        wanted = Wanted(status=Status.ACTIVE, factor=factor)
        return member_lists.count(db, organization_id, wanted, now=now, at_most=_EVERYBODY).number

    return Figure(
        day=day,
        active=counted(None),
        ready=counted(Factor.READY),
        no_authenticator=counted(Factor.NO_AUTHENTICATOR),
        unacknowledged=counted(Factor.UNACKNOWLEDGED),
        few_codes=counted(Factor.FEW_CODES),
    )


def add(db: Connection, organization_id: int, figure: Figure) -> bool:
    """False where the day has one already: the first stays."""
    statement = upsert(db, readiness_figure).values(organization_id=organization_id, **asdict(figure))
    added = statement.on_conflict_do_nothing(index_elements=["organization_id", "day"])
    return db.execute(added.returning(readiness_figure.c.day)).one_or_none() is not None


def exists(db: Connection, organization_id: int, day: date) -> bool:
    wanted = select(readiness_figure.c.day).where(
        readiness_figure.c.organization_id == organization_id, readiness_figure.c.day == day
    )
    return db.execute(wanted).one_or_none() is not None


def between(db: Connection, organization_id: int, first: date, last: date) -> list[Figure]:
    """Oldest first."""
    figures = readiness_figure.c
    columns = figures.day, figures.active, figures.ready, figures.no_authenticator, figures.unacknowledged
    wanted = select(*columns, figures.few_codes).where(
        figures.organization_id == organization_id, figures.day >= first, figures.day <= last
    )
    return [Figure(*row) for row in db.execute(wanted.order_by(figures.day))]


def newest(db: Connection) -> list[tuple[str, Figure]]:
    """The latest of each organization that is there, with its slug."""
    figures = readiness_figure.c
    latest = select(figures.organization_id, func.max(figures.day).label("day")).group_by(figures.organization_id)
    last = latest.subquery()
    columns = figures.day, figures.active, figures.ready, figures.no_authenticator, figures.unacknowledged
    wanted = (
        select(organization.c.slug, *columns, figures.few_codes)
        .join(readiness_figure, figures.organization_id == organization.c.id)
        .join(last, (last.c.organization_id == figures.organization_id) & (last.c.day == figures.day))
        .where(organization.c.ended_at.is_(None))  # one may be counted in the moment in which it is removed
    )
    return [(slug, Figure(*rest)) for slug, *rest in db.execute(wanted.order_by(organization.c.slug))]
