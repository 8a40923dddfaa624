"""When the day has come from which everybody needs a second factor, the log says so once."""

from datetime import datetime, timedelta

import pytest

from app.domain.events import Act, ActorKind, Event
from app.portal import Portal
from app.services import days
from app.storage import events, organizations
from app.storage.events import Search
from tests.support.clock import TestClock
from tests.support.people import People

MICROSECOND = timedelta(microseconds=1)


def begun(portal: Portal, organization_id: int) -> list[Event]:
    with portal.reading() as tx:
        search = Search(acts={Act.REQUIREMENT_BEGAN})
        return events.page_of(tx.db, organization_id, search, before=None, count=100)


def note(portal: Portal) -> int:
    return sum(days.note_requirements(portal))


@pytest.fixture
def harbour(people: People) -> int:
    return people.organization(required=False)


def test_the_day_is_noted_to_the_microsecond_and_once(
    people: People, portal: Portal, clock: TestClock, harbour: int
) -> None:
    day = clock.now() + timedelta(days=3)
    people.require_second_factor(day)
    assert days.next_requirement(portal) == day
    clock.set(day - MICROSECOND)
    assert note(portal) == 0
    clock.set(day)
    assert note(portal) == 1
    assert note(portal) == 0
    assert days.next_requirement(portal) is None
    (event,) = begun(portal, harbour)
    assert (event.actor_kind, event.by, event.about, event.at) == (ActorKind.PORTAL, None, None, day)
    assert event.details == {"since": day.isoformat()}


def test_no_rule_waits_for_it(people: People, portal: Portal, clock: TestClock, harbour: int) -> None:
    people.require_second_factor(clock.now())
    with portal.reading() as tx:
        assert organizations.find(tx.db, harbour).requires_second_factor(tx.now)
    assert begun(portal, harbour) == []


def test_each_day_that_is_set_is_noted_once(people: People, portal: Portal, clock: TestClock, harbour: int) -> None:
    first = clock.now()
    for since in (first, first + timedelta(days=1), None, first + timedelta(days=1), first + timedelta(days=2)):
        people.require_second_factor(since)
        for _ in range(3):
            note(portal)
            clock.advance(hours=17)
    noted = [event.details["since"] for event in begun(portal, harbour)][::-1]
    assert noted == [(first + timedelta(days=n)).isoformat() for n in range(3)]


def test_a_day_put_off_in_time_is_not_noted(people: People, portal: Portal, clock: TestClock, harbour: int) -> None:
    people.require_second_factor(clock.now() + timedelta(days=1))
    note(portal)
    later = clock.now() + timedelta(days=9)
    people.require_second_factor(later)
    clock.advance(days=8)
    assert note(portal) == 0
    clock.set(later)
    assert note(portal) == 1


def test_a_clock_set_back_notes_nothing_again(people: People, portal: Portal, clock: TestClock, harbour: int) -> None:
    people.require_second_factor(clock.now() + timedelta(hours=1))
    clock.advance(hours=2)
    note(portal)
    clock.advance(hours=-2)
    note(portal)
    clock.advance(hours=2)
    note(portal)
    assert len(begun(portal, harbour)) == 1


def test_organizations_have_days_of_their_own(people: People, portal: Portal, clock: TestClock) -> None:
    ours = [people.organization(slug, required=False) for slug in "ab"]
    people.require_second_factor(clock.now())
    ours.append(people.organization("c", required=False))
    assert note(portal) == 2
    assert [len(begun(portal, one)) for one in ours] == [1, 1, 0]


def test_what_is_required_from_the_founding_on_does_not_begin_later(people: People, portal: Portal) -> None:
    founded = people.organization(required=True)
    assert note(portal) == 0
    assert begun(portal, founded) == []


def test_every_moment_of_a_changed_calendar_is_noted(people: People, portal: Portal, harbour: int) -> None:
    """What is kept is the moment: midnight in a zone whose clocks change that day."""
    midnight = datetime.fromisoformat("2026-03-29T00:00:00+01:00")
    people.require_second_factor(midnight)
    note(portal)
    assert datetime.fromisoformat(begun(portal, harbour)[0].details["since"]) == midnight
