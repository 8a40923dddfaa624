"""`sparekey backup`: whole, marked, without keys, for its owner alone, and never over another file."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.keyring import KeyRing
from app.portal import Portal
from app.services import signing_keys
from app.storage import backups
from tests.cli.conftest import Sparekey
from tests.support.people import People, Person
from tests.support.shops import Shop

on_sqlite = pytest.mark.only("sqlite")
on_postgresql = pytest.mark.only("postgresql")


def rows(file: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as db:
        return db.execute(statement).fetchall()


@on_sqlite
def test_it_prints_what_is_in_it_and_that_the_keys_are_not(people: People, sparekey: Sparekey, tmp_path: Path) -> None:
    people.ready()
    people.ready("bea@example.org", slug="lighthouse")
    file = tmp_path / "monday.sqlite3"
    done = sparekey("backup", file)
    assert (done.status, done.err) == (0, "")
    assert f"{file} is the database as it was at 2026-05-04 09:30 UTC: " in done.out
    assert f"{file.stat().st_size / 1_000_000:.1f} MB, 2 members in 2 organizations." in done.out
    assert "The keys are not in it" in done.out
    assert "keys.json, apart from the backups" in done.out


@on_sqlite
def test_it_is_whole_marked_and_for_its_owner_alone(ada: Person, sparekey: Sparekey, tmp_path: Path) -> None:
    file = tmp_path / "monday.sqlite3"
    assert sparekey("backup", file).status == 0
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]
    assert rows(file, "PRAGMA foreign_key_check") == []
    assert rows(file, "SELECT email FROM member") == [(ada.email,)]
    assert rows(file, "SELECT taken_at FROM backup_mark") == [(int(ada.clock.now().timestamp()) * 1_000_000,)]
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["monday.sqlite3"]


@on_sqlite
def test_the_live_database_gets_no_mark(ada: Person, portal: Portal, sparekey: Sparekey, tmp_path: Path) -> None:
    assert sparekey("backup", tmp_path / "monday.sqlite3").status == 0
    with portal.reading() as tx:
        assert tx.db.execute(text("SELECT count(*) FROM backup_mark")).scalar_one() == 0


@on_sqlite
def test_no_key_is_in_it(ada: Person, keys: KeyRing, sparekey: Sparekey, tmp_path: Path) -> None:
    file = tmp_path / "monday.sqlite3"
    assert sparekey("backup", file).status == 0
    content = file.read_bytes()
    assert all(key not in content and key.hex().encode() not in content for key in keys.keys.values())


@on_sqlite
def test_no_secret_of_an_application_is_in_it(shop: Shop, sparekey: Sparekey, tmp_path: Path) -> None:
    joan = shop.enrolled(shop.user(external_id="in clear").id)
    bea = shop.begin(shop.user("bea@example.org").id)
    shown = joan.comes_in()
    private = signing_keys.signer(shop.portal, shop.project).private.as_der(private=True)
    file = tmp_path / "monday.sqlite3"
    assert sparekey("backup", file).status == 0
    content = file.read_bytes()
    assert b"in clear" in content
    codes = [code.replace("-", form).encode() for code in [*joan.codes, *bea.codes] for form in ("-", "", " ")]
    secrets = [shop.secret.encode(), shop.secret.removeprefix("sk_live_").encode(), shown.token.encode()]
    for secret in [*secrets, *codes, joan.app.secret, bea.app.secret, private[400:432]]:
        assert secret not in content


@on_sqlite
def test_what_was_deleted_does_not_linger_in_it(
    ada: Person, portal: Portal, sparekey: Sparekey, tmp_path: Path
) -> None:
    with portal.writing() as tx:
        tx.db.execute(text("UPDATE member SET name = 'Marker of old'"))
    with portal.writing() as tx:
        tx.db.execute(text("UPDATE member SET name = 'Ada'"))
    file = tmp_path / "monday.sqlite3"
    assert sparekey("backup", file).status == 0
    assert b"Marker of old" not in file.read_bytes()


@on_sqlite
def test_no_file_is_written_over(ada: Person, sparekey: Sparekey, tmp_path: Path) -> None:
    file = tmp_path / "monday.sqlite3"
    file.write_text("precious")
    refused = sparekey("backup", file)
    assert refused.status == 1
    assert refused.err == (f"sparekey: {file} exists already, and a backup replaces nothing: choose another name.\n")
    assert file.read_text() == "precious"


@on_sqlite
def test_no_link_is_followed_to_another_file(ada: Person, sparekey: Sparekey, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    assert sparekey("backup", tmp_path / "link").status == 1
    assert not (tmp_path / "elsewhere").exists()


@on_sqlite
def test_a_name_that_was_taken_meanwhile_is_left_alone(
    ada: Person, sparekey: Sparekey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "monday.sqlite3"
    real = backups.damage_in

    def meanwhile(copy: Path) -> str | None:
        file.write_text("precious")
        return real(copy)

    monkeypatch.setattr(backups, "damage_in", meanwhile)
    assert sparekey("backup", file).status == 1
    assert file.read_text() == "precious"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["monday.sqlite3"]


@on_sqlite
def test_a_folder_that_is_not_there_is_said(ada: Person, sparekey: Sparekey, tmp_path: Path) -> None:
    refused = sparekey("backup", tmp_path / "nowhere" / "monday.sqlite3")
    assert (refused.status, refused.err) == (
        1,
        f"sparekey: There is no folder {tmp_path / 'nowhere'}: make it first.\n",
    )


@on_sqlite
def test_a_full_disk_is_said_and_leaves_nothing_behind(
    people: People, sparekey: Sparekey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.ready()

    def full(_database: Path, _copy: Path) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(backups, "copy_out", full)
    refused = sparekey("backup", tmp_path / "monday.sqlite3")
    assert refused.status == 1
    assert "could not be written" in refused.err
    assert "database or disk is full." in refused.err
    assert [one for one in tmp_path.iterdir() if one.is_file()] == []


@on_sqlite
def test_of_a_damaged_database_no_backup_is_made(
    ada: Person, portal: Portal, sparekey: Sparekey, tmp_path: Path
) -> None:
    assert portal.database.path
    portal.database.close()
    with closing(sqlite3.connect(portal.database.path)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute("UPDATE member SET organization_id = 77")
        db.commit()
    refused = sparekey("backup", tmp_path / "monday.sqlite3")
    assert refused.status == 1
    assert "points nowhere" in refused.err
    assert not (tmp_path / "monday.sqlite3").exists()


@on_sqlite
def test_what_a_kill_has_left_is_cleared_away_by_the_next_one(ada: Person, sparekey: Sparekey, tmp_path: Path) -> None:
    (tmp_path / "monday.sqlite3.unfinished").write_text("half of it")
    (tmp_path / "monday.sqlite3.unfinished-journal").write_text("half of it")
    assert sparekey("backup", tmp_path / "monday.sqlite3").status == 0
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["monday.sqlite3"]


@on_sqlite
def test_two_who_make_the_same_backup_do_not_mix(ada: Person, sparekey: Sparekey, tmp_path: Path) -> None:
    with backups.unfinished(tmp_path / "monday.sqlite3"):
        refused = sparekey("backup", tmp_path / "monday.sqlite3")
    assert refused.status == 1
    assert "is being written by another command" in refused.err
    assert sparekey("backup", tmp_path / "monday.sqlite3").status == 0


@on_sqlite
def test_where_links_are_unknown_it_gets_its_name_all_the_same(
    ada: Person, sparekey: Sparekey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_self: Path, _target: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", unknown)
    assert sparekey("backup", tmp_path / "monday.sqlite3").status == 0
    assert rows(tmp_path / "monday.sqlite3", "SELECT email FROM member") == [(ada.email,)]


@on_postgresql
def test_on_postgresql_it_names_the_other_way(ada: Person, sparekey: Sparekey, tmp_path: Path) -> None:
    refused = sparekey("backup", tmp_path / "monday.dump")
    assert refused.status == 1
    assert 'pg_dump --format=custom --file=FILE "$DATABASE_URL"' in refused.err
    assert not (tmp_path / "monday.dump").exists()


def test_without_a_file_the_call_is_wrong(sparekey: Sparekey) -> None:
    assert sparekey("backup").status == 2
