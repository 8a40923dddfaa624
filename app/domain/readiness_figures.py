"""How ready an organization was, day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.organizations import beginning_of

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figure:
    """Of the members who were active that day, how many were ready and what the others lacked."""

    day: date
    active: int
    ready: int
    no_authenticator: int
    unacknowledged: int
    few_codes: int


def day_in(time_zone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(time_zone)).date()


def next_midnight(time_zones: Iterable[str], now: datetime) -> datetime | None:
    """The first one to come in any of these zones."""
    return min((beginning_of(day_in(zone, now) + _DAY, zone) for zone in set(time_zones)), default=None)
