"""Commands that are killed at any of their steps: what is there is whole, and running them again does the rest."""

import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlalchemy import event, inspect, text
from sqlalchemy.engine import Engine

from app import cli
from app.domain.events import Act
from app.portal import Portal
from app.services import restoring
from app.storage import backup_marks
from app.storage.database import Database
from tests.cli.conftest import Copies, Sparekey
from tests.support.people import People, Person

PEOPLE = 5
MOST_STEPS = 2000
_STEPS = ("open", "os.link", "os.rename", "os.remove", "os.truncate", "fcntl.flock", "sqlite3.connect")


def killed_at(step: int, portal: Portal, *arguments: object) -> bool:
    """Whether it came so far: steps are statements, files that are opened, names that are given and taken away."""
    portal.database.close()  # the child must not hold our connections
    child = os.fork()
    if child == 0:
        _run_until(step, [str(argument) for argument in arguments])
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0, status
    return os.WIFSIGNALED(status)


def _run_until(step: int, arguments: list[str]) -> NoReturn:
    left = step

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def audited(name: str, of: tuple[Any, ...]) -> None:
        if name in _STEPS and (name != "open" or "sparekey" in str(of[0])):
            count()

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    sys.addaudithook(audited)
    try:
        os._exit(cli.main(arguments))
    except BaseException:  # noqa: BLE001 -- a child of the test run must not go on as another test run
        os._exit(99)


@pytest.fixture
def crowd(people: People, sparekey: Sparekey) -> list[Person]:
    crowd = [people.ready(f"person{number}@example.org") for number in range(PEOPLE)]
    assert sparekey("unlock", crowd[0].email).status == 0  # by which the database knows its keys
    return crowd


def emails(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {row[0] for row in db.execute("SELECT email FROM member")}


def steps(every: int = 1) -> Iterator[int]:
    return iter(range(1, MOST_STEPS, every))


@pytest.mark.only("sqlite")
def test_a_backup_that_is_killed_is_not_there_or_whole(
    crowd: list[Person], portal: Portal, sparekey: Sparekey, tmp_path: Path
) -> None:
    everybody = {one.email for one in crowd}
    for step in steps(every=2):
        file = tmp_path / f"backup-{step}"
        killed = killed_at(step, portal, "backup", file)
        if not file.exists():
            assert killed
            assert sparekey("backup", file).status == 0
        assert emails(file) == everybody
        if not killed:
            break
        file.with_name(f"{file.name}.unfinished").unlink(missing_ok=True)
    assert step > 10


@pytest.mark.only("sqlite")
def test_a_restore_that_is_killed_leaves_the_old_one_or_the_new_one(
    crowd: list[Person], people: People, copies: Copies, sparekey: Sparekey, portal: Portal
) -> None:
    file = copies.back_up()
    people.ready("late@example.org")
    portal.database.close()
    there = portal.database.path
    assert there
    content, before = there.read_bytes(), {one.email for one in crowd}
    seen = []
    for step in steps():
        people.clock.advance(seconds=1)  # the name of what is put aside has seconds in it
        there.write_bytes(content)
        killed = killed_at(step, portal, "restore", file)
        seen.append(len(emails(there)))
        assert emails(there) in (before, before | {"late@example.org"})
        people.clock.advance(seconds=1)
        done = sparekey("restore", file)
        assert (done.status, done.err) == (0, "")
        assert emails(there) == before
        assert list(there.parent.glob("*unfinished*")) == []
        if not killed:
            break
    assert seen == sorted(seen, reverse=True)
    assert set(seen) == {PEOPLE, PEOPLE + 1}


def test_looking_after_a_restored_database_goes_on_where_it_was_killed(
    crowd: list[Person], copies: Copies, portal: Portal, sparekey: Sparekey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "_AT_ONCE", 2)
    copies.restore(copies.back_up())
    unmarked = [] if portal.settings.on_sqlite else ["--yes"]
    begun, left = not unmarked, []
    for step in steps(every=4):
        killed = killed_at(step, portal, "restore-finish", *unmarked)
        with portal.reading() as tx:
            marked = backup_marks.find(tx.db) is not None
        for one in crowd:
            done = one.rows_in("recovery_code") == 0
            assert one.acts.count(Act.CODES_VOIDED) == done
            assert (one.row.codes_left, one.rows_in("session"), one.rows_in("known_browser")) == (
                (0, 0, 0) if done else (10, 1, 1)
            )
        left.append(sum(one.rows_in("recovery_code") > 0 for one in crowd))
        begun = begun or marked
        if begun and killed:
            assert marked, "it could be served, half looked after"
        if not killed:
            break
    assert not marked
    assert left == sorted(left, reverse=True)
    assert {PEOPLE, 0} < set(left), "it was never killed in the middle"
    with portal.reading() as tx:
        restored = text("SELECT count(*) FROM event WHERE act = 'organization.restored'")
        assert tx.db.execute(restored).scalar_one() == 1
    assert sparekey("unlock", crowd[0].email).status == 0


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_moving_that_is_killed_leaves_nothing_half_there(
    kind: str, crowd: list[Person], portal: Portal, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if kind == "sqlite":
        _kill_while_moving(portal, f"sqlite:///{tmp_path / 'moved.sqlite3'}")
        return
    with request.getfixturevalue("postgres_databases").empty() as target:
        _kill_while_moving(portal, target)


def _kill_while_moving(portal: Portal, target: str) -> None:
    kills = 0
    for step in steps(every=13):
        killed = killed_at(step, portal, "migrate-database", portal.settings.database, target)
        there = Database(target)
        with there.reading() as db:
            tables = inspect(db).get_table_names()
            if tables:  # then it is all there
                assert db.execute(text("SELECT count(*) FROM member")).scalar_one() == PEOPLE
                assert db.execute(text("SELECT count(*) FROM recovery_code")).scalar_one() == PEOPLE * 10
        there.close()
        if tables:
            break
        assert killed
        kills += 1
    assert tables
    assert kills > 5


@pytest.mark.only("sqlite")
def test_an_erasure_that_is_killed_is_done_or_was_not_begun(
    crowd: list[Person], portal: Portal, sparekey: Sparekey
) -> None:
    who, before = crowd[0], crowd[0].acts
    public_id = str(who.public_id)
    for step in steps(every=2):
        killed = killed_at(step, portal, "erase", public_id, "--yes")
        erased = who.row.email is None
        assert who.acts == [*before, Act.ERASED] if erased else before
        assert who.rows_in("recovery_code") == (0 if erased else 10)
        if not killed:
            break
    assert erased
