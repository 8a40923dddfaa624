"""When the database fails at any statement of looking after a restored one, or of erasing: the next try ends it."""

from collections.abc import Callable

import pytest

from app.domain.events import Act
from app.portal import Portal
from app.services import erasing, owners, restoring
from app.services import organizations as several_organizations
from app.storage import backup_marks
from app.storage.database import UnavailableError
from tests.storage.test_faults import everything, failing_at, failing_to_commit, fails_everywhere
from tests.support.people import People, Person

MOST_STATEMENTS = 200


@pytest.fixture
def crowd(people: People, monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    monkeypatch.setattr(restoring, "_AT_ONCE", 2)
    return [people.ready(f"person{number}@example.org") for number in range(5)]


def test_a_fault_at_any_statement_of_looking_after_leaves_each_member_done_or_untouched(
    crowd: list[Person], portal: Portal
) -> None:
    with portal.writing() as tx:
        backup_marks.put(tx.db, tx.now)
    for statement in range(1, MOST_STATEMENTS):
        with failing_at(portal, statement):
            try:
                restoring.finish(portal, unmarked=False)
            except UnavailableError:
                pass
            else:
                break
        for one in crowd:
            done = one.rows_in("recovery_code") == 0
            assert one.acts.count(Act.CODES_VOIDED) == done
            assert (one.row.codes_left, one.rows_in("session")) == ((0, 0) if done else (10, 1))
        with portal.reading() as tx:
            assert backup_marks.find(tx.db)
    else:
        raise AssertionError("it has more statements than anybody expected")
    assert all(one.acts.count(Act.CODES_VOIDED) == 1 for one in crowd)
    with portal.reading() as tx:
        assert backup_marks.find(tx.db) is None


def erasing_somebody(portal: Portal) -> Callable[[], object]:
    return lambda: erasing.erase(portal, "person0@example.org", None)


def making_an_owner(portal: Portal) -> Callable[[], object]:
    return lambda: owners.create(portal, name="Nora", email="nora@example.org", organization=None, founding=None)


def adding_an_organization(portal: Portal) -> Callable[[], object]:
    return lambda: several_organizations.add(portal, name="Lighthouse", slug="lighthouse", time_zone="UTC")


ACTS = [erasing_somebody, making_an_owner, adding_an_organization]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_a_fault_at_any_statement_leaves_nothing_half_done(
    act: Callable[[Portal], Callable[[], object]],
    crowd: list[Person],
    portal: Portal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(portal.database, "sweep", lambda: None)  # which comes after the act, and changes nothing
    assert fails_everywhere(portal, act(portal)) > 3


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_a_fault_at_the_commit_leaves_nothing_half_done(
    act: Callable[[Portal], Callable[[], object]], crowd: list[Person], portal: Portal
) -> None:
    before = everything(portal)
    with failing_to_commit(portal), pytest.raises(UnavailableError):
        act(portal)()
    assert everything(portal) == before
    act(portal)()
