"""The log of an organization: what it is narrowed to, and how its pages are turned."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.domain.events import Act, ActorKind, Event
from app.domain.organizations import beginning_of
from app.domain.text import search_text
from app.services import audit, locks, membership, sessions
from app.services.audit import Wanted
from app.steps.administration import NotAnAdministratorError
from app.steps.events import record, record_of_nobody
from tests.support.clock import A_MONDAY, TestClock
from tests.support.people import AT_HOME, People, Person, granted


def page(by: Person, **wanted: Any) -> audit.Page:
    return audit.page(by.portal, by.session, Wanted(**wanted), length=1000)


def found(by: Person, **wanted: Any) -> list[tuple[Act, str, str]]:
    """Each with its subject and its actor, newest first."""
    return [_told(event) for event in page(by, **wanted).events]


def _told(event: Event) -> tuple[Act, str, str]:
    return event.act, event.about.name if event.about else "", event.by.name if event.by else ""


def subjects(events: Sequence[Event]) -> set[str]:
    return {event.about.name for event in events if event.about}


def test_it_holds_what_everybody_did_newest_first(grace: Person, ada: Person) -> None:
    granted(grace.does(locks.lock, ada))
    events = page(grace).events
    assert _told(events[0]) == (Act.LOCKED_BY_ADMIN, "Ada", "Grace")
    assert subjects(events) == {"Ada", "Grace"}
    assert [event.id for event in events] == sorted((event.id for event in events), reverse=True)


def test_an_event_carries_its_origin(grace: Person, ada: Person) -> None:
    granted(grace.does(locks.lock, ada))
    assert page(grace).events[0].origin == AT_HOME


def test_what_the_operator_did_names_nobody(grace: Person, ada: Person) -> None:
    ada.given_pass()
    event = page(grace).events[0]
    assert _told(event) == (Act.PASS_MADE, "Ada", "")
    assert event.actor_kind is ActorKind.OPERATOR


# narrowing


def test_a_person_is_found_as_subject_and_as_actor(grace: Person, ada: Person, people: People) -> None:
    bob = people.ready("bob@example.org")
    granted(grace.does(locks.lock, ada))
    granted(grace.does(membership.suspend, bob))
    of_grace = found(grace, person="GRACE")
    assert of_grace[:2] == [(Act.SUSPENDED, "Bob", "Grace"), (Act.LOCKED_BY_ADMIN, "Ada", "Grace")]
    assert {about for _, about, by in of_grace if by != "Grace"} == set()
    of_ada = found(grace, person="ada@ex")
    assert of_ada[0] == (Act.LOCKED_BY_ADMIN, "Ada", "Grace")
    assert {about for _, about, _ in of_ada} == {"Ada"}


def test_one_member_is_found_likewise_and_named(grace: Person, ada: Person) -> None:
    granted(grace.does(locks.lock, ada))
    narrowed = page(grace, member=grace.public_id)
    assert narrowed.member == "Grace"
    assert _told(narrowed.events[0]) == (Act.LOCKED_BY_ADMIN, "Ada", "Grace")
    assert {"Ada", "Grace"} == subjects(narrowed.events)
    assert subjects(page(grace, member=ada.public_id).events) == {"Ada"}


def test_nobody_who_fits_means_no_events(grace: Person) -> None:
    assert found(grace, person="nobody") == []
    assert found(grace, member=uuid4()) == []


def test_the_removed_are_found(grace: Person, ada: Person) -> None:
    granted(grace.does(membership.remove, ada))
    assert found(grace, person="ada")[0] == (Act.REMOVED, "Ada", "Grace")


def test_it_is_narrowed_to_acts(grace: Person, ada: Person) -> None:
    granted(grace.does(locks.lock, ada))
    granted(grace.does(locks.open_for, ada))
    granted(grace.does(sessions.end_all_of, ada))
    assert [act for act, _, _ in found(grace, acts={Act.UNLOCKED, Act.LOCKED_BY_ADMIN})] == [
        Act.UNLOCKED,
        Act.LOCKED_BY_ADMIN,
    ]
    assert found(grace, acts=set()) == []


def test_everything_narrows_together(grace: Person, ada: Person) -> None:
    granted(grace.does(locks.lock, ada))
    assert (
        len(found(grace, person="ada", acts={Act.LOCKED_BY_ADMIN}, since=A_MONDAY.date(), until=A_MONDAY.date())) == 1
    )
    assert found(grace, person="ada", acts={Act.LOCKED_BY_ADMIN}, since=date(2026, 5, 5)) == []


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/New_York"])
def test_days_are_whole_days_of_the_organizations_calendar(grace: Person, clock: TestClock, zone: str) -> None:
    in_zone(grace, zone)
    day = date(2026, 5, 10)
    begins, ends = beginning_of(day, zone), beginning_of(date(2026, 5, 11), zone)
    moments = [begins - timedelta(microseconds=1), begins, ends - timedelta(microseconds=1), ends]
    for number, moment in enumerate(moments):
        clock.set(moment)
        note(grace, number)
    clock.set(A_MONDAY)
    assert numbers(grace, since=day, until=day) == [2, 1]
    assert numbers(grace, since=day) == [3, 2, 1]
    assert numbers(grace, until=day) == [2, 1, 0]


def in_zone(person: Person, zone: str) -> None:
    with person.portal.writing() as tx:
        tx.db.execute(text("UPDATE organization SET time_zone = :zone"), {"zone": zone})


def note(person: Person, number: int) -> None:
    with person.portal.writing() as tx:
        record(tx, Act.MEMBERS_EXPORTED, person.row, number=number)


def numbers(by: Person, **wanted: Any) -> list[int]:
    return [event.details["number"] for event in page(by, acts={Act.MEMBERS_EXPORTED}, **wanted).events]


def test_that_too_many_fit_is_said(grace: Person, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "PEOPLE_AT_MOST", 2)
    people.newcomer("one@example.org")
    assert not page(grace, person="example").many
    people.newcomer("two@example.org")
    assert page(grace, person="example").many
    assert not page(grace).many


@pytest.mark.parametrize("person", ["\x00", "\ud800", "%", "_", "\\", "   "])
def test_nothing_that_is_typed_breaks_it(grace: Person, person: str) -> None:
    assert isinstance(page(grace, person=person), audit.Page)


def test_signs_with_a_meaning_to_the_database_mean_themselves(grace: Person, ada: Person) -> None:
    assert found(grace, person="%") == found(grace, person="a_a") == []
    ada.set(name="100%", search_text=search_text("100%"))
    assert {about for _, about, _ in found(grace, person="%")} == {"100%"}


# pages


def test_pages_go_on_where_the_one_before_ended(grace: Person, ada: Person) -> None:
    whole = page(grace).events
    turned, before = [], None
    while True:
        one = audit.page(grace.portal, grace.session, Wanted(), before=before, length=3)
        turned += one.events
        before = one.older
        if before is None:
            break
        assert len(one.events) == 3
    assert turned == whole
    assert len(turned) > 6


def test_where_the_last_page_is_full_there_is_no_other(grace: Person) -> None:
    whole = page(grace).events
    one = audit.page(grace.portal, grace.session, Wanted(), length=len(whole))
    assert (one.events, one.older) == (whole, None)


def test_an_event_that_is_not_there_begins_from_the_top(people: People) -> None:
    eve = people.admin("eve@example.org", slug="other")  # before the others, so that going on from it shows nothing
    grace = people.admin()
    top = audit.page(grace.portal, grace.session, Wanted(), length=3)
    for before in (uuid4(), page(eve).events[-1].public_id):
        assert audit.page(grace.portal, grace.session, Wanted(), before=before, length=3) == top


# who sees what


def test_another_organization_never_shows(grace: Person, people: People) -> None:
    eve = people.admin("eve@example.org", slug="other")
    with eve.portal.writing() as tx:
        record_of_nobody(tx, Act.PASSWORD_REFUSED, eve.organization_id)
    assert subjects(page(grace).events) == {"Grace"}
    assert (Act.PASSWORD_REFUSED, "", "") in found(eve)
    assert (Act.PASSWORD_REFUSED, "", "") not in found(grace)
    assert found(grace, person="eve") == []
    narrowed = page(grace, member=eve.public_id)
    assert (narrowed.events, narrowed.member) == ([], "")


def test_members_see_no_log(ada: Person) -> None:
    with pytest.raises(NotAnAdministratorError):
        page(ada)
