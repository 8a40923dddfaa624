"""Readiness is counted once a day, on each organization's own calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.members import Status
from app.domain.organizations import beginning_of
from app.domain.readiness_figures import Figure, day_in, next_midnight
from app.portal import Portal
from app.services import figures
from app.steps.administration import NotAnAdministratorError
from app.storage import readiness_figures
from app.storage.tables import organization
from tests.support.clock import A_MONDAY, TestClock
from tests.support.people import People, Person

HOUR = timedelta(hours=1)
LONG_AGO, LATER = date(1990, 1, 1), date(2100, 1, 1)
# Where clocks go forward and back, also at midnight itself, and where no hour is whole.
ZONES = ["UTC", "Europe/Berlin", "America/Havana", "Africa/Cairo", "Asia/Kathmandu", "Pacific/Apia", "America/Santiago"]


def kept(portal: Portal, organization_id: int) -> list[Figure]:
    with portal.reading() as tx:
        return readiness_figures.between(tx.db, organization_id, LONG_AGO, LATER)


def count(portal: Portal) -> int:
    return sum(figures.count_today(portal))


def lies_in(portal: Portal, organization_id: int, zone: str) -> None:
    with portal.writing() as tx:
        tx.db.execute(organization.update().where(organization.c.id == organization_id).values(time_zone=zone))


def test_a_figure_says_who_is_ready_and_what_the_others_lack(people: People, portal: Portal, ada: Person) -> None:
    few = people.ready("bea@example.org")
    for code in few.codes[:8]:
        few.portal, few.token = portal, None
        few.sign_in(code)
    people.with_pending_codes("cyd@example.org")
    people.newcomer("dan@example.org")
    people.with_status(Status.SUSPENDED, "eve@example.org")
    locked = people.ready("fay@example.org")
    locked.fail(10)
    assert count(portal) == 1
    assert kept(portal, ada.organization_id) == [
        Figure(A_MONDAY.date(), active=5, ready=2, no_authenticator=1, unacknowledged=1, few_codes=1)
    ]


def test_a_day_is_counted_once_and_the_first_figure_stays(people: People, portal: Portal, ada: Person) -> None:
    count(portal)
    people.ready("bea@example.org")
    assert count(portal) == 0
    assert [one.active for one in kept(portal, ada.organization_id)] == [1]


def test_a_day_on_which_nobody_counted_is_missing(portal: Portal, ada: Person, clock: TestClock) -> None:
    count(portal)
    clock.advance(days=3)
    count(portal)
    days = [one.day for one in kept(portal, ada.organization_id)]
    assert days == [A_MONDAY.date(), A_MONDAY.date() + timedelta(days=3)]


def test_each_organization_has_its_own_midnight(people: People, portal: Portal, clock: TestClock) -> None:
    here, there = people.organization("here"), people.organization("there")
    lies_in(portal, there, "Pacific/Auckland")  # where it is half past nine in the evening
    count(portal)
    assert figures.next_count(portal) == datetime(2026, 5, 4, 12, tzinfo=UTC)
    clock.set(datetime(2026, 5, 4, 12, tzinfo=UTC) - timedelta(microseconds=1))
    assert count(portal) == 0
    clock.advance(microseconds=1)
    assert count(portal) == 1
    assert [one.day.day for one in kept(portal, there)] == [4, 5]
    assert [one.day.day for one in kept(portal, here)] == [4]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("year", [2011, 2024, 2025, 2026])
def test_over_a_year_every_day_has_one_figure_and_none_two(zone: str, year: int) -> None:
    """Going from midnight to midnight, as the housekeeper does, with all the days on which clocks change."""
    now, seen = beginning_of(date(year, 1, 1), zone), []
    while (day := day_in(zone, now)).year == year:
        seen.append(day)
        after = next_midnight([zone], now)
        assert after
        assert now < after <= now + 26 * HOUR
        assert day_in(zone, after - timedelta(microseconds=1)) == day
        now = after
    days = [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    if (zone, year) == ("Pacific/Apia", 2011):
        days.remove(date(2011, 12, 30))  # a day that never was there
    assert seen == days


@given(moment=st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)), zone=st.sampled_from(ZONES))  # noqa: DTZ001
def test_the_next_midnight_is_when_the_calendar_turns(moment: datetime, zone: str) -> None:
    now = moment.replace(tzinfo=UTC)
    after = next_midnight([zone], now)
    assert after
    assert after > now
    assert after.astimezone(ZoneInfo(zone)).date() > day_in(zone, now)
    assert day_in(zone, after - timedelta(microseconds=1)) == day_in(zone, now)


def test_a_clock_set_back_counts_no_day_twice(portal: Portal, ada: Person, clock: TestClock) -> None:
    count(portal)
    clock.advance(days=1)
    count(portal)
    clock.advance(hours=-36)
    count(portal)
    clock.advance(hours=36)
    assert count(portal) == 0
    assert [one.day.day for one in kept(portal, ada.organization_id)] == [3, 4, 5]


def test_a_zone_further_west_counts_no_day_twice(portal: Portal, ada: Person, clock: TestClock) -> None:
    lies_in(portal, ada.organization_id, "Pacific/Auckland")
    clock.advance(hours=3)
    count(portal)
    lies_in(portal, ada.organization_id, "Pacific/Honolulu")
    for _ in range(48):
        count(portal)
        clock.advance(hours=1)
    days = [one.day.day for one in kept(portal, ada.organization_id)]
    assert days == sorted(set(days))


def test_admins_look_back_for_four_hundred_days_and_never_into_the_future(
    people: People, portal: Portal, clock: TestClock
) -> None:
    olive = people.owner()
    looking = olive.session
    for days in (-401, -400, -1, 0, 1):
        day = A_MONDAY.date() + timedelta(days=days)
        with portal.writing() as tx:
            readiness_figures.add(tx.db, olive.organization_id, Figure(day, 1, 1, 0, 0, 0))
    seen = [(one.day - A_MONDAY.date()).days for one in figures.course(portal, looking)]
    assert seen == [-400, -1, 0]


def test_members_do_not_look(ada: Person, portal: Portal) -> None:
    with pytest.raises(NotAnAdministratorError):
        figures.course(portal, ada.session)


def test_one_organization_never_sees_another(people: People, portal: Portal) -> None:
    olive, other = people.owner(), people.organization("elsewhere")
    with portal.writing() as tx:
        readiness_figures.add(tx.db, other, Figure(A_MONDAY.date(), 7, 7, 0, 0, 0))
    assert figures.course(portal, olive.session) == []


def test_the_newest_of_each_organization_is_known_by_its_slug(people: People, portal: Portal) -> None:
    for slug, days in [("east", (0, 1)), ("west", (0,)), ("new", ())]:
        made = people.organization(slug)
        for day in days:
            with portal.writing() as tx:
                figure = Figure(A_MONDAY.date() + timedelta(days=day), day + 1, 0, 0, 0, 0)
                readiness_figures.add(tx.db, made, figure)
    assert [(slug, one.active) for slug, one in figures.newest(portal)] == [("east", 2), ("west", 1)]
