"""When the database fails at any statement of what is done to keys: nothing is half done, and the next try succeeds."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.passwords import PasswordHasher
from app.portal import Portal
from app.services import keys
from app.services.keys import Batch, Voided
from app.storage import key_file
from app.storage.database import Database, UnavailableError
from app.storage.key_source import RingInFile
from tests.storage.test_faults import MOST_STATEMENTS, everything, failing_at, failing_to_commit, fails_everywhere
from tests.support.clock import TestClock
from tests.support.people import People, Person


@pytest.fixture
def path(instance: Path) -> Path:
    path = instance / "keys.json"
    key_file.create(path)
    return path


@pytest.fixture
def portal(path: Path, portal: Portal, database: Database, clock: TestClock, hasher: PasswordHasher) -> Portal:
    return Portal(portal.settings, database, RingInFile(path, database, clock.now()), clock, hasher)


@pytest.fixture
def crew(people: People, portal: Portal, clock: TestClock) -> list[Person]:
    """Of three, the first enrols, the second has no copies of the codes, the third has a pass; then a key was added."""
    crew = [people.ready(f"{name}@example.org") for name in ("ada", "bea", "cyd")]
    crew[0].start_enrolment(crew[0].session)
    with portal.writing() as tx:
        erased = "UPDATE recovery_code SET sealed = NULL, seal_key_id = NULL WHERE member_id = :id"
        tx.db.execute(text(erased), {"id": crew[1].id})
    crew[2].given_pass(minutes=1440)
    keys.rotate(portal, timedelta(minutes=1))
    clock.advance(minutes=1)
    return crew


def reseal(portal: Portal) -> Batch | None:
    return keys.reseal(portal, after=0, batch=50)


def void(portal: Portal) -> Voided | None:
    return keys.void_without_copies(portal, 1, after=0, batch=50)


def test_a_fault_at_any_statement_of_resealing_changes_nothing(crew: list[Person], portal: Portal) -> None:
    assert fails_everywhere(portal, lambda: reseal(portal)) > 6
    assert reseal(portal) is None
    crew[0].sign_in(crew[0].codes[0])


def test_a_fault_at_any_statement_of_voiding_changes_nothing(crew: list[Person], portal: Portal) -> None:
    reseal(portal)
    assert fails_everywhere(portal, lambda: void(portal)) > 6
    assert void(portal) is None
    crew[1].sign_in()


def test_a_fault_at_any_statement_of_retiring_keeps_the_key_or_is_after_it(
    crew: list[Person], portal: Portal, path: Path
) -> None:
    reseal(portal)
    void(portal)
    before = everything(portal)
    for statement in range(1, MOST_STATEMENTS):
        with failing_at(portal, statement), suppress(UnavailableError):
            keys.retire(portal, 1)
        RingInFile(path, portal.database, portal.clock.now())
        if everything(portal) != before:
            break
        assert key_file.read(path).keys.keys() == {1, 2}
        crew[0].sign_in()
        before = everything(portal)
    assert statement > 6
    keys.retire(portal, 1)  # where it is in the file still
    assert key_file.read(path).keys.keys() == {2}
    crew[0].sign_in(crew[0].codes[0])


def test_a_fault_at_any_statement_of_rotating_leaves_a_ring_that_fits(
    crew: list[Person], portal: Portal, path: Path
) -> None:
    before = path.read_text()
    for statement in range(1, MOST_STATEMENTS):
        assert portal.keys.current == 2
        with failing_at(portal, statement), suppress(UnavailableError):
            keys.rotate(portal, timedelta(minutes=1))
        RingInFile(path, portal.database, portal.clock.now())
        crew[0].sign_in()
        if path.read_text() != before:
            break
    assert statement > 1
    assert [key.id for key in keys.standing(portal)] == [1, 2, 3]


@pytest.mark.parametrize("act", [reseal, void])
def test_a_fault_at_the_commit_changes_nothing(
    crew: list[Person], portal: Portal, act: Callable[[Portal], object]
) -> None:
    before = everything(portal)
    with failing_to_commit(portal), pytest.raises(UnavailableError):
        act(portal)
    assert everything(portal) == before
    assert act(portal)
