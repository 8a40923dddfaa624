"""`sparekey restore`: the backup in place, the database before it put aside, or nothing changed and a sentence why."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.keyring import KeyRing
from app.portal import Portal
from app.storage import in_service, migrations
from app.storage.database import Database
from tests.cli.conftest import Copies, Outcome, Sparekey
from tests.support.people import People, Person

pytestmark = pytest.mark.only("sqlite")


@pytest.fixture
def file(ada: Person, copies: Copies) -> Path:
    """A backup that has Ada, taken before Bea came."""
    return copies.back_up("monday.sqlite3")


@pytest.fixture
def there(file: Path, people: People, portal: Portal) -> Path:
    """The database, in which Bea is, too; closed."""
    people.ready("bea@example.org")
    portal.database.close()
    assert portal.database.path
    return portal.database.path


def emails(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as db:
        return [row[0] for row in db.execute("SELECT email FROM member ORDER BY id")]


def changed(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def refused(done: Outcome, there: Path, *words: str, status: int = 1) -> None:
    """Nothing was changed, and it was said why."""
    assert (done.status, done.out) == (status, "")
    assert all(word in done.err for word in words), done.err
    assert emails(there) == ["ada@example.org", "bea@example.org"]
    assert list(there.parent.glob("*before-restore*")) == []
    assert list(there.parent.glob("*unfinished*")) == []


def test_the_backup_is_in_place_and_what_was_there_is_kept(file: Path, there: Path, sparekey: Sparekey) -> None:
    done = sparekey("restore", file)
    assert (done.status, done.err) == (0, "")
    assert f"{file} is now {there}, as it was at 2026-05-04 09:30 UTC." in done.out
    assert "Now run `sparekey restore-finish`." in done.out
    assert emails(there) == ["ada@example.org"]
    (aside,) = there.parent.glob("sparekey-before-restore-*.sqlite3")
    assert f"is kept as {aside}" in done.out
    assert emails(aside) == ["ada@example.org", "bea@example.org"]
    assert there.stat().st_mode & 0o777 == 0o600
    assert emails(file) == ["ada@example.org"]


def test_what_only_the_log_beside_the_old_one_held_is_kept_with_it(file: Path, there: Path, sparekey: Sparekey) -> None:
    left = sqlite3.connect(there)
    left.execute("PRAGMA journal_mode=WAL")
    left.execute("PRAGMA wal_autocheckpoint=0")
    left.execute("UPDATE member SET email = 'cyd@example.org' WHERE email LIKE 'bea%'")
    left.commit()
    log = there.with_name(f"{there.name}-wal").read_bytes()
    assert log
    content = there.read_bytes()
    left.close()
    there.write_bytes(content)  # as after a kill: the newest is in the log alone
    there.with_name(f"{there.name}-wal").write_bytes(log)
    assert sparekey("restore", file).status == 0
    (aside,) = there.parent.glob("sparekey-before-restore-*.sqlite3")
    assert emails(aside) == ["ada@example.org", "cyd@example.org"]
    assert emails(there) == ["ada@example.org"]


@pytest.mark.parametrize("content", [b"no database any more", b"nor a database " * 1000])
def test_a_database_too_damaged_to_open_is_put_aside_with_its_log(
    content: bytes, file: Path, there: Path, sparekey: Sparekey
) -> None:
    there.write_bytes(content)
    there.with_name(f"{there.name}-wal").write_bytes(b"nor a log")
    assert sparekey("restore", file).status == 0
    (aside,) = there.parent.glob("sparekey-before-restore-*.sqlite3")
    assert aside.read_bytes() == content
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"nor a log"
    assert emails(there) == ["ada@example.org"]


def test_done_by_root_it_is_the_file_of_who_had_the_old_one(file: Path, there: Path, sparekey: Sparekey) -> None:
    if os.geteuid() == 0:
        os.chown(there, 12345, 12345)
    owner = there.stat().st_uid, there.stat().st_gid
    assert sparekey("restore", file).status == 0
    assert (there.stat().st_uid, there.stat().st_gid) == owner


def test_where_there_was_no_database_none_is_put_aside(file: Path, there: Path, sparekey: Sparekey) -> None:
    there.unlink()
    done = sparekey("restore", file)
    assert done.status == 0
    assert "is kept as" not in done.out
    assert emails(there) == ["ada@example.org"]


def test_while_a_server_runs_it_is_refused(file: Path, there: Path, sparekey: Sparekey) -> None:
    database = Database(f"sqlite:///{there}")
    with in_service.serving(database):
        refused(sparekey("restore", file), there, "is in use by a running server. Stop it first.")
    assert sparekey("restore", file).status == 0


def test_while_another_command_uses_it_it_is_refused(file: Path, there: Path, sparekey: Sparekey) -> None:
    with closing(sqlite3.connect(there, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        done = sparekey("restore", file)
        other.execute("ROLLBACK")
    refused(done, there, "is being used by another command")


@pytest.mark.parametrize("content", [b"", b"just some text", b"SQLite format 3\x00" + bytes(4080)])
def test_what_is_no_database_is_refused(content: bytes, there: Path, sparekey: Sparekey, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(content)
    refused(sparekey("restore", tmp_path / "other"), there, f"{tmp_path / 'other'}")


def test_a_database_of_something_else_is_refused(there: Path, sparekey: Sparekey, tmp_path: Path) -> None:
    changed(tmp_path / "other", "CREATE TABLE song (name TEXT)")
    refused(sparekey("restore", tmp_path / "other"), there, "is no database of Sparekey's.")


def test_a_file_that_is_not_there_is_refused(there: Path, sparekey: Sparekey, tmp_path: Path) -> None:
    refused(sparekey("restore", tmp_path / "nowhere"), there, "There is no file")


def test_the_database_itself_is_no_backup(there: Path, sparekey: Sparekey) -> None:
    refused(sparekey("restore", there), there, "is the database itself")


def test_a_backup_of_a_newer_version_is_refused(file: Path, there: Path, sparekey: Sparekey) -> None:
    changed(file, "UPDATE alembic_version SET version_num = '9999'")
    refused(sparekey("restore", file), there, "was written by a newer version of Sparekey")


def test_a_truncated_backup_is_refused(file: Path, there: Path, sparekey: Sparekey) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    refused(sparekey("restore", file), there, str(file))


def test_a_backup_with_overwritten_pages_is_refused(file: Path, there: Path, sparekey: Sparekey) -> None:
    content = bytearray(file.read_bytes())
    for page in range(4, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 100] = b"\xff" * 100
    file.write_bytes(content)
    refused(sparekey("restore", file), there, str(file))


def test_a_backup_under_other_keys_is_refused(file: Path, there: Path, portal: Portal, sparekey: Sparekey) -> None:
    (portal.settings.instance / "keys.json").write_text(KeyRing.new().to_json())
    refused(sparekey("restore", file), there, "The key ring does not fit", "Key 1 of the key ring is not the one")


def test_without_keys_it_is_refused(file: Path, there: Path, portal: Portal, sparekey: Sparekey) -> None:
    (portal.settings.instance / "keys.json").unlink()
    refused(sparekey("restore", file), there, "keys.json", status=78)


def test_a_copy_made_without_us_gets_a_mark_all_the_same(file: Path, there: Path, sparekey: Sparekey) -> None:
    changed(file, "DELETE FROM backup_mark")
    assert "as it was at 2026-05-04 09:30 UTC" in sparekey("restore", file).out
    assert sparekey("unlock", "ada@example.org").status == 78


@pytest.mark.parametrize("command", [["unlock", "ada@example.org"], ["serve"], ["backup", "again"], ["keys", "list"]])
def test_until_it_was_looked_after_it_opens_for_nothing_else(
    command: list[str], file: Path, there: Path, sparekey: Sparekey
) -> None:
    assert sparekey("restore", file).status == 0
    done = sparekey(*command)
    assert done.status == 78
    assert "This database came out of a backup of 2026-05-04 09:30 UTC." in done.err
    assert "run `sparekey restore-finish` before serving it" in done.err


def test_a_backup_that_was_copied_into_place_by_hand_is_caught(file: Path, there: Path, sparekey: Sparekey) -> None:
    there.write_bytes(file.read_bytes())
    assert sparekey("unlock", "ada@example.org").status == 78
    looked = sparekey("check")
    assert looked.status == 1
    assert (
        "wrong  database: it came out of a backup of 2026-05-04 09:30:00 UTC: run `sparekey restore-finish`"
        in looked.out
    )
    assert sparekey("restore-finish").status == 0
    assert sparekey("unlock", "ada@example.org").status == 0


def test_an_older_backup_is_brought_to_the_newest_form(
    file: Path, there: Path, sparekey: Sparekey, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgraded: list[str] = []
    real = migrations.upgrade

    def upgrade(database: Database, now: object, *, keep_copy: bool = True) -> None:
        upgraded.append(str(database.path))
        assert not keep_copy
        real(database, now, keep_copy=keep_copy)  # type: ignore[arg-type]

    monkeypatch.setattr(migrations, "upgrade", upgrade)
    assert sparekey("restore", file).status == 0
    assert upgraded == [f"{there}.unfinished"]
    assert [one.name for one in there.parent.iterdir() if "migrat" in one.name] == []


def test_a_second_restore_puts_the_first_aside(file: Path, there: Path, portal: Portal, sparekey: Sparekey) -> None:
    assert sparekey("restore", file).status == 0
    again = sparekey("restore", file)
    assert again.status == 1
    assert "wait a second" in again.err
    portal.clock.advance(seconds=1)  # type: ignore[attr-defined]
    assert sparekey("restore", file).status == 0
    assert len(list(there.parent.glob("sparekey-before-restore-*.sqlite3"))) == 2


def test_without_a_file_the_call_is_wrong(sparekey: Sparekey) -> None:
    assert sparekey("restore").status == 2


def test_nothing_lies_beside_the_database_afterwards(
    file: Path, there: Path, portal: Portal, sparekey: Sparekey
) -> None:
    assert sparekey("restore", file).status == 0
    with portal.reading() as tx:
        assert tx.db.execute(text("SELECT count(*) FROM member")).scalar_one() == 1
    assert list(there.parent.glob("*unfinished*")) == []
