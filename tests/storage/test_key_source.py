"""A running process follows the file with the keys, and is never brought down by it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.events import Act
from app.domain.keyring import KeyRing
from app.domain.passwords import PasswordHasher
from app.portal import Portal
from app.storage import events, key_checks, key_file
from app.storage.database import Database, UnavailableError
from app.storage.events import Search
from app.storage.key_file import UnfitKeysError
from app.storage.key_source import RingInFile
from tests.support.clock import TestClock
from tests.support.people import People

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def path(instance: Path) -> Path:
    path = instance / "keys.json"
    key_file.create(path)
    return path


@pytest.fixture
def source(path: Path, database: Database, clock: TestClock) -> RingInFile:
    return RingInFile(path, database, clock.now())


@pytest.fixture
def warnings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []

    class Log:
        def warning(self, event: str, **of: Any) -> None:
            said.append(f"{event}: {of['problem']}")

        def info(self, event: str, **of: Any) -> None:
            pass

    monkeypatch.setattr("app.storage.key_source._log", Log())
    return said


def rotate(path: Path, clock: TestClock, since: timedelta = A_MINUTE) -> KeyRing:
    """As another process does."""
    return key_file.change(path, lambda ring: ring.rotated(clock.now(), clock.now() + since))


def written(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o600)


def test_a_key_that_is_added_is_there_with_the_next_transaction(
    path: Path, source: RingInFile, clock: TestClock
) -> None:
    first = source.ring(clock.now())
    rotated = rotate(path, clock)
    assert first != source.ring(clock.now()) == rotated


def test_the_file_is_read_again_only_when_it_is_another_one(
    path: Path, source: RingInFile, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rings = {id(source.ring(clock.now())) for _ in range(3)}
    monkeypatch.setattr(key_file, "find", lambda _path: pytest.fail("the file was read"))
    rings.add(id(source.ring(clock.now())))
    assert len(rings) == 1


def test_the_database_learns_of_a_new_key_and_every_log_has_it(
    path: Path, source: RingInFile, portal: Portal, clock: TestClock
) -> None:
    people = People(portal, clock)
    organizations = [people.organization("harbour"), people.organization("lighthouse")]
    rotate(path, clock)
    source.ring(clock.now())
    with portal.reading() as tx:
        assert [key.id for key in key_checks.all_known(tx.db)] == [1, 2]
    for organization in organizations:
        assert noted(portal, organization) == [(Act.KEY_ROTATED, {"key": 2})]


def noted(portal: Portal, organization: int) -> list[tuple[Act, dict[str, Any]]]:
    with portal.reading() as tx:
        found = events.page_of(tx.db, organization, Search(), before=None, count=50)
        return [(one.act, one.details) for one in found if one.act in {Act.KEY_ROTATED, Act.KEY_RETIRED}]


def truncated(path: Path) -> None:
    written(path, path.read_text()[:-20])


def without_a_key(path: Path) -> None:
    written(path, KeyRing(2, {2: bytes(32)}).to_json())


def with_another_key(path: Path) -> None:
    written(path, KeyRing.new().to_json())


BROKEN: list[Callable[[Path], None]] = [
    Path.unlink,
    truncated,
    without_a_key,
    with_another_key,
    lambda path: written(path, ""),
    lambda path: path.chmod(0o644),
]


@pytest.mark.parametrize("break_it", BROKEN)
def test_a_file_that_breaks_leaves_the_last_good_ring_and_one_warning(
    path: Path, source: RingInFile, clock: TestClock, warnings: list[str], break_it: Callable[[Path], None]
) -> None:
    good, text = source.ring(clock.now()), path.read_text()
    break_it(path)
    for _ in range(5):
        assert source.ring(clock.now()) == good
        clock.advance(minutes=1)
    assert len(warnings) == 1
    assert text not in warnings[0]
    path.unlink(missing_ok=True)
    written(path, text)
    rotated = rotate(path, clock)
    assert source.ring(clock.now()) == rotated


def test_another_key_under_the_id_of_a_new_one_is_not_taken_up(
    path: Path, source: RingInFile, database: Database, clock: TestClock, warnings: list[str]
) -> None:
    """Two nodes that were rotated one by one have two second keys; the one that the database met first counts."""
    old = key_file.read(path)
    rotated = rotate(path, clock)
    assert source.ring(clock.now()) == rotated
    written(path, old.rotated(clock.now(), clock.now() + A_MINUTE).to_json())
    assert source.ring(clock.now()) == rotated
    assert "not the one the database was sealed with" in warnings[0]


def test_what_did_not_fit_is_tried_again_later(
    path: Path, database: Database, source: RingInFile, clock: TestClock, warnings: list[str], portal: Portal
) -> None:
    """A node whose copy of the file came before the key was retired takes it up once it is."""
    rotate(path, clock, timedelta(0))
    newest = source.ring(clock.now())
    written(path, newest.at(clock.now()).without(1).to_json())
    assert source.ring(clock.now()) == newest
    with portal.writing() as tx:
        key_checks.retire(tx.db, 1)
    clock.advance(seconds=10)
    assert source.ring(clock.now()).keys.keys() == {2}
    assert len(warnings) == 1


def test_while_the_database_is_away_the_last_ring_stays_without_a_warning(
    path: Path, source: RingInFile, clock: TestClock, warnings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rotated = rotate(path, clock)

    def away(*_: object) -> None:
        raise UnavailableError("away")

    with monkeypatch.context() as patch:
        patch.setattr("app.storage.key_source.admit", away)
        assert source.ring(clock.now()).keys.keys() == {1}
    clock.advance(seconds=10)
    assert source.ring(clock.now()) == rotated
    assert warnings == []


def test_a_change_that_does_not_fit_the_database_is_taken_back(
    path: Path, source: RingInFile, clock: TestClock
) -> None:
    before = path.read_text()
    with pytest.raises(UnfitKeysError, match="missing"):
        source.change(lambda _ring: KeyRing(2, {2: bytes(32)}), clock.now())
    assert path.read_text() == before


def test_a_retired_key_may_be_in_the_ring_or_not_but_not_in_use(
    path: Path, database: Database, portal: Portal, clock: TestClock
) -> None:
    RingInFile(path, database, clock.now())
    old = path.read_text()
    rotate(path, clock, timedelta(0))
    source = RingInFile(path, database, clock.now())
    with portal.writing() as tx:
        assert key_checks.retire(tx.db, 1)
        assert not key_checks.retire(tx.db, 1)
    RingInFile(path, database, clock.now())
    source.change(lambda ring: ring.at(clock.now()).without(1), clock.now())
    RingInFile(path, database, clock.now())
    written(path, old)
    with pytest.raises(UnfitKeysError, match="Key 1 was retired"):
        RingInFile(path, database, clock.now())


def test_a_portal_hands_each_transaction_the_ring_of_its_moment(
    path: Path, source: RingInFile, portal: Portal, database: Database, clock: TestClock, hasher: PasswordHasher
) -> None:
    following = Portal(portal.settings, database, source, clock, hasher)
    rotate(path, clock)
    with following.reading() as tx:
        assert (tx.keys.ring.current, sorted(tx.keys.ring.keys)) == (1, [1, 2])
    clock.advance(minutes=1)
    with following.writing() as tx:
        assert tx.keys.ring.current == following.keys.current == 2
