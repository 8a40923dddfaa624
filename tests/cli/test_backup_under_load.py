"""Backups while people spend codes as fast as they can: each ends soon, is whole, and agrees with itself."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.refusals import Refused
from app.portal import Portal
from app.storage.database import Database
from tests.cli.conftest import Copies, Sparekey
from tests.support.people import People, Person

pytestmark = pytest.mark.only("sqlite")

WRITERS = 4
BACKUPS = 12
_DISAGREEING = """
SELECT count(*) FROM member WHERE
    codes_left != (SELECT count(*) FROM recovery_code JOIN recovery_code_set ON recovery_code_set.id = set_id
                   WHERE recovery_code.member_id = member.id AND voided_at IS NULL AND spent_at IS NULL)
    OR authenticator_count != (SELECT count(*) FROM authenticator WHERE authenticator.member_id = member.id)
    OR ready != (codes_left > 0 AND authenticator_count > 0 AND NOT codes_pending)
"""
_SPENT_WITHOUT_EVENT = """
SELECT (SELECT count(*) FROM recovery_code WHERE spent_at IS NOT NULL)
     - (SELECT count(*) FROM event WHERE act = 'recovery_codes.spent')
"""


@contextmanager
def spending(crowd: list[Person]) -> Iterator[list[int]]:
    """Each writer has a connection of its own, as each process has; how many codes were spent is counted."""
    spent, over = [0], threading.Event()

    def spend(mine: list[Person]) -> None:
        for number in range(10):
            for person in mine:
                if over.is_set():
                    return
                outcome = person.try_code(person.begin(), person.codes[number])
                assert not isinstance(outcome, Refused), outcome
                spent[0] += 1

    writers = [threading.Thread(target=spend, args=(crowd[number::WRITERS],)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        yield spent
    finally:
        over.set()
        for writer in writers:
            writer.join()


@pytest.fixture
def crowd(people: People, portal: Portal) -> Iterator[list[Person]]:
    crowd = [people.ready(f"person{number}@example.org") for number in range(24)]
    databases = [Database(portal.settings.database) for _ in range(WRITERS)]
    for number, person in enumerate(crowd):
        person.portal = replace(portal, database=databases[number % WRITERS])
    yield crowd
    for database in databases:
        database.close()


def test_each_backup_is_whole_and_agrees_with_itself(crowd: list[Person], sparekey: Sparekey, tmp_path: Path) -> None:
    taken: list[tuple[Path, int, int]] = []
    with spending(crowd) as spent:
        while len(taken) < BACKUPS:
            before = spent[0]
            file = tmp_path / f"backup-{len(taken)}"
            done = sparekey("backup", file)
            assert (done.status, done.err) == (0, "")
            taken.append((file, before, spent[0]))
    assert spent[0] > BACKUPS, "nobody spent anything meanwhile"
    for file, before, after in taken:
        copy = Database(f"sqlite:///{file}")
        with copy.reading() as db:
            assert db.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
            assert db.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert db.execute(text(_DISAGREEING)).scalar_one() == 0
            assert db.execute(text(_SPENT_WITHOUT_EVENT)).scalar_one() == 0
            there = db.execute(text("SELECT count(*) FROM recovery_code WHERE spent_at IS NOT NULL")).scalar_one()
            # Nothing is missing that was done when it began; whoever had just committed may not have been counted yet.
            assert before <= there <= after + WRITERS
        copy.close()


def test_one_taken_under_load_restores_whole(
    crowd: list[Person], copies: Copies, portal: Portal, sparekey: Sparekey
) -> None:
    with spending(crowd) as spent:
        while not spent[0]:
            time.sleep(0.01)
        file = copies.back_up()
    for person in crowd:
        person.portal.database.close()
        person.portal = portal
    copies.restore(file)
    copies.finish()
    crowd[0].clock.advance(minutes=5)
    for person in crowd:
        assert isinstance(person.try_code(person.begin(), person.codes[0]), Refused)
        person.sign_in()
