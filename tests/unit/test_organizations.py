"""Days of an organization's calendar, in its zone."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app.domain.organizations import EARLIEST_DAY, LATEST_DAY, Organization, beginning_of, policy_of, time_zones
from app.domain.recovery_codes import Visibility

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)


def organization(since: datetime | None, zone: str = "UTC") -> Organization:
    return Organization(1, UUID(int=1), "harbour", "Harbour Works", zone, since, 10, Visibility.VIEWABLE, MADE_AT)


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        ("UTC", date(2026, 5, 4), datetime(2026, 5, 4, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 1, 1), datetime(2025, 12, 31, 23, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 7, 1), datetime(2026, 6, 30, 22, tzinfo=UTC)),
        ("America/New_York", date(2026, 5, 4), datetime(2026, 5, 4, 4, tzinfo=UTC)),
        ("Asia/Kathmandu", date(2026, 5, 4), datetime(2026, 5, 3, 18, 15, tzinfo=UTC)),
        # Clocks go from 23:59:59 to 01:00 in Santiago: that day has no midnight, and begins in the same moment.
        ("America/Santiago", date(2026, 9, 6), datetime(2026, 9, 6, 4, tzinfo=UTC)),
        # In Beirut midnight is skipped in spring; in Havana it comes twice in autumn, and the first one counts.
        ("Asia/Beirut", date(2026, 3, 29), datetime(2026, 3, 28, 22, tzinfo=UTC)),
        ("America/Havana", date(2026, 11, 1), datetime(2026, 11, 1, 4, tzinfo=UTC)),
    ],
)
def test_a_day_begins_at_its_midnight_in_the_zone(zone: str, day: date, begins: datetime) -> None:
    assert beginning_of(day, zone) == begins


@pytest.mark.parametrize(
    "day", [EARLIEST_DAY, date(2026, 3, 29), date(2026, 9, 6), date(2026, 11, 1), LATEST_DAY], ids=str
)
def test_in_every_zone_a_day_is_read_again_as_it_was_set(day: date) -> None:
    read_again = {organization(beginning_of(day, zone), zone).required_from_day for zone in time_zones()}
    assert read_again == {day}


def test_the_day_is_that_of_the_calendar_on_the_wall() -> None:
    late = datetime(2026, 5, 4, 20, tzinfo=UTC)
    assert organization(late, "Asia/Tokyo").required_from_day == date(2026, 5, 5)
    assert organization(late, "America/Lima").required_from_day == date(2026, 5, 4)
    assert organization(None).required_from_day is None


def test_it_is_required_from_that_moment_on() -> None:
    since = datetime(2026, 5, 4, tzinfo=UTC)
    assert organization(since).requires_second_factor(since)
    assert not organization(since).requires_second_factor(since.replace(year=2025))
    assert not organization(None).requires_second_factor(since)


def test_the_policy_is_what_owners_may_change() -> None:
    policy = policy_of(organization(datetime(2026, 5, 3, 22, tzinfo=UTC), "Europe/Berlin"))
    assert (policy.name, policy.time_zone, policy.required_from, policy.code_count) == (
        "Harbour Works", "Europe/Berlin", date(2026, 5, 4), 10,
    )  # fmt: skip


def test_zones_are_places_after_utc() -> None:
    names = time_zones()
    assert names[0] == "UTC"
    assert names[1:] == sorted(set(names[1:]))
    assert {"Europe/Berlin", "America/Argentina/Buenos_Aires"} <= set(names)
    assert not {"Etc/GMT+5", "EST", "Zulu", "localtime"} & set(names)
