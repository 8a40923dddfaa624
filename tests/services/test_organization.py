"""What owners decide for everybody in the organization."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.domain.events import Act, Event
from app.domain.lists import Counted
from app.domain.members import Role, Status
from app.domain.organizations import Organization, Policy, policy_of
from app.domain.refusals import Refused, Why
from app.services import organization
from app.services.organization import Changed
from app.steps.administration import NotAnAdministratorError
from app.steps.sessions import SessionEndedError
from app.storage import events, organizations
from app.storage.events import Search
from tests.support.clock import A_MONDAY, TestClock
from tests.support.people import AT_HOME, People, Person, granted, refusal

MIDNIGHT = datetime(2026, 6, 1, tzinfo=UTC)


def now_of(person: Person) -> Organization:
    with person.portal.reading() as tx:
        return organizations.find(tx.db, person.organization_id)


def change(by: Person, *, seen: Policy | None = None, proof: str = "", **fields: Any) -> Changed | Refused:
    seen = seen or policy_of(now_of(by))
    wanted = replace(seen, **fields)
    return organization.change(by.portal, by.session, seen=seen, wanted=wanted, proof=proof, origin=AT_HOME)


def changes(person: Person) -> list[Event]:
    with person.portal.reading() as tx:
        search = Search(acts={Act.ORGANIZATION_CHANGED})
        return events.page_of(tx.db, person.organization_id, search, before=None, count=10)


def test_an_owner_changes_name_zone_and_number_of_codes(olive: Person) -> None:
    done = granted(change(olive, name="Harbour Works", time_zone="Europe/Berlin", code_count=12))
    assert done == Changed(["name", "time_zone", "code_count"], None)
    found = now_of(olive)
    assert (found.name, found.time_zone, found.code_count) == ("Harbour Works", "Europe/Berlin", 12)


def test_the_log_says_what_was_and_what_is(olive: Person) -> None:
    granted(change(olive, name="Harbour Works", required_from=None))
    (event,) = changes(olive)
    assert event.details == {"changes": {"name": ["Harbour", "Harbour Works"], "required_from": ["2026-05-04", ""]}}
    assert event.by
    assert (event.by.name, event.about, event.origin) == ("Olive", None, AT_HOME)


def test_where_nothing_is_changed_nothing_is_written(olive: Person) -> None:
    before = now_of(olive)
    assert granted(change(olive)) == Changed([], None)
    assert now_of(olive) == before
    assert changes(olive) == []


def test_the_next_set_has_the_new_number_of_codes(olive: Person, people: People) -> None:
    granted(change(olive, code_count=8))
    assert people.ready("bob@example.org").row.codes_left == 8


def test_another_organization_stays_as_it_is(olive: Person, people: People) -> None:
    eve = people.owner("eve@example.org", slug="other")
    before = now_of(eve)
    granted(change(olive, name="Harbour Works"))
    assert now_of(eve) == before
    assert changes(eve) == []


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER])
def test_only_owners_change_it(people: People, role: Role) -> None:
    with pytest.raises(NotAnAdministratorError):
        change(people.ready(role=role), name="Mine now")


def test_a_session_that_has_ended_changes_nothing(olive: Person) -> None:
    session, seen = olive.session, policy_of(now_of(olive))
    olive.set(status="suspended")
    with pytest.raises(SessionEndedError):
        organization.change(olive.portal, session, seen=seen, wanted=seen, proof="", origin=AT_HOME)


def test_a_change_is_fresh(olive: Person, clock: TestClock) -> None:
    clock.advance(minutes=5)
    assert refusal(change(olive, name="Harbour Works")) is Why.NEEDS_PROOF
    assert now_of(olive).name == "Harbour"
    assert granted(change(olive, name="Harbour Works", proof=olive.totp())).token


def test_what_another_owner_changed_meanwhile_is_not_undone(olive: Person, people: People, clock: TestClock) -> None:
    seen = policy_of(now_of(olive))
    granted(change(people.owner("second@example.org"), code_count=12))
    clock.advance(minutes=5)
    assert refusal(change(olive, seen=seen, name="Harbour Works", proof=olive.codes[0])) is Why.OUTDATED
    assert (now_of(olive).name, now_of(olive).code_count) == ("Harbour", 12)
    assert olive.row.codes_left == 10


# from a date


@pytest.fixture
def relaxed(people: People, olive: Person) -> Person:
    """An owner of an organization that requires no second factor."""
    people.require_second_factor(None)
    return olive


@pytest.mark.parametrize(("zone", "hours"), [("UTC", 0), ("Europe/Berlin", -2), ("America/New_York", 4)])
def test_it_is_required_from_midnight_in_the_zone(relaxed: Person, zone: str, hours: int) -> None:
    granted(change(relaxed, time_zone=zone, required_from=date(2026, 6, 1)))
    assert now_of(relaxed).second_factor_required_from == MIDNIGHT + timedelta(hours=hours)
    assert now_of(relaxed).required_from_day == date(2026, 6, 1)


def test_a_date_to_come_moves_with_the_zone(relaxed: Person) -> None:
    granted(change(relaxed, required_from=date(2026, 6, 1)))
    granted(change(relaxed, time_zone="Europe/Berlin"))
    assert now_of(relaxed).second_factor_required_from == MIDNIGHT - timedelta(hours=2)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Honolulu"])
def test_what_is_in_force_stays_so_wherever_midnight_moves_to(olive: Person, zone: str) -> None:
    granted(change(olive, time_zone=zone))
    assert now_of(olive).second_factor_required_from == A_MONDAY
    assert now_of(olive).requires_second_factor(A_MONDAY)


def test_the_date_of_today_is_in_force_at_once(relaxed: Person, people: People) -> None:
    bob = people.newcomer("bob@example.org")
    people.require_second_factor(None)
    granted(change(relaxed, required_from=A_MONDAY.date()))
    with pytest.raises(AssertionError, match="not_open"):
        bob.postpone()


def test_an_owner_may_let_it_go_and_put_it_off(olive: Person) -> None:
    granted(change(olive, required_from=date(2026, 6, 1)))
    assert not now_of(olive).requires_second_factor(A_MONDAY)
    granted(change(olive, required_from=None))
    assert now_of(olive).second_factor_required_from is None


# how ready its people are


def test_readiness_counts_the_active_and_what_they_lack(people: People, olive: Person) -> None:
    people.ready("ready@example.org")
    people.with_pending_codes("pending@example.org")
    people.newcomer("bare@example.org")
    people.with_status(Status.SUSPENDED, "sue@example.org")
    people.with_status(Status.INVITED, "ivy@example.org")
    people.ready("eve@example.org", slug="other")
    seen = organization.overview(olive.portal, olive.session).readiness
    counted = [seen.active, seen.ready, seen.no_authenticator, seen.unacknowledged]
    assert counted == [Counted(number, more=False) for number in (4, 2, 1, 1)]


def test_the_owners_are_named(people: People, olive: Person, grace: Person) -> None:
    people.owner("anna@example.org")
    people.owner("gone@example.org").set(status="suspended")
    people.owner("eve@example.org", slug="other")
    shown = organization.overview(grace.portal, grace.session)
    assert shown.owners == ["Anna", "Olive"]
    assert shown.policy == policy_of(now_of(grace))


def test_members_do_not_see_it(ada: Person) -> None:
    with pytest.raises(NotAnAdministratorError):
        organization.overview(ada.portal, ada.session)
