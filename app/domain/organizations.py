"""Organizations: a tenant with a short name, a time zone and a few things of policy."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from app.domain.recovery_codes import Visibility

DEFAULT_CODE_COUNT = 10
FEWEST_CODES = 8
MOST_CODES = 20
EARLIEST_DAY = date(2000, 1, 1)
LATEST_DAY = date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Organization:
    """`ended_at`: removed with all its people, and here only for the log."""

    id: int
    public_id: UUID
    slug: str
    name: str
    time_zone: str
    second_factor_required_from: datetime | None
    code_count: int
    code_visibility: Visibility
    made_at: datetime
    ended_at: datetime | None = None

    def requires_second_factor(self, now: datetime) -> bool:
        return self.second_factor_required_from is not None and self.second_factor_required_from <= now

    @property
    def required_from_day(self) -> date | None:
        """The day as its people read it off a calendar."""
        since = self.second_factor_required_from
        return since.astimezone(ZoneInfo(self.time_zone)).date() if since else None


@dataclass(frozen=True, slots=True)
class Policy:
    """What owners may change of an organization."""

    name: str
    time_zone: str
    required_from: date | None
    code_count: int
    code_visibility: Visibility


def policy_of(organization: Organization) -> Policy:
    return Policy(
        organization.name,
        organization.time_zone,
        organization.required_from_day,
        organization.code_count,
        organization.code_visibility,
    )


def beginning_of(day: date, time_zone: str) -> datetime:
    """That day's midnight in the zone: "from a date" means from then on."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


@cache
def time_zones() -> list[str]:
    """Names of the zones of the world, UTC first; without the legacy ones that stand for no place."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return ["UTC", *sorted(places)]


def time_zone_named(typed: str) -> str | None:
    """The zone that was meant: in any case, with spaces for underscores, or by its city alone where only one has it."""
    wanted = typed.strip().replace(" ", "_").casefold()
    zones = time_zones()
    whole = [name for name in zones if name.casefold() == wanted]
    cities = [name for name in zones if name.rpartition("/")[2].casefold() == wanted]
    found = whole or cities
    return found[0] if len(found) == 1 else None
