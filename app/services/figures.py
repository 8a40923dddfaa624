"""How ready an organization was, day by day: counted by the housekeeper, looked at by those who administer it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.domain.readiness_figures import Figure, day_in, next_midnight
from app.domain.sessions import Session
from app.portal import Portal
from app.steps import administration
from app.storage import organizations, passing_days, readiness_figures

LOOK_BACK = timedelta(days=400)


def count_today(portal: Portal) -> Iterator[int]:
    """For each organization whose day has no figure yet. A day on which nobody counts is missing, and not invented."""
    with portal.reading() as tx:
        zones = passing_days.all_zones(tx.db)
    for organization_id, zone in zones:
        with portal.reading() as tx:
            today = day_in(zone, tx.now)
            if readiness_figures.exists(tx.db, organization_id, today):
                continue
            figure = readiness_figures.count(tx.db, organization_id, today, tx.now)
        with portal.writing() as tx:
            added = readiness_figures.add(tx.db, organization_id, figure)
        yield int(added)


def next_count(portal: Portal) -> datetime | None:
    """The next midnight anywhere."""
    with portal.reading() as tx:
        return next_midnight((zone for _, zone in passing_days.all_zones(tx.db)), tx.now)


def course(portal: Portal, session: Session) -> list[Figure]:
    """Oldest first, up to today. Raises NotAnAdministratorError."""
    with portal.reading() as tx:
        administration.looking(tx, session)
        zone = organizations.find(tx.db, session.organization_id).time_zone
        today = day_in(zone, tx.now)
        return readiness_figures.between(tx.db, session.organization_id, today - LOOK_BACK, today)


def newest(portal: Portal) -> list[tuple[str, Figure]]:
    """The latest figure of each organization, by its slug."""
    with portal.reading() as tx:
        return readiness_figures.newest(tx.db)
