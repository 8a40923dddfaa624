"""`sparekey migrate-database`: the same people, codes and log in another database, and the old one as it was."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, inspect, select, text

from app.domain.keyring import KeyRing
from app.portal import Portal
from app.services import project_calls, project_upkeep, signing_keys
from app.storage import copying, in_service, migrations
from app.storage.database import Database
from app.storage.tables import member, metadata
from tests.cli.conftest import Sparekey
from tests.support import issuers
from tests.support.clock import A_MONDAY
from tests.support.people import People, Person, granted, refusal
from tests.support.shops import Shop

APPLICATIONS = {
    "project", "project_secret", "project_profile", "project_use", "project_user", "project_enrolment", "staged_code",
    "session_factor", "signing_key",
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'sparekey.sqlite3'}"
        return
    with request.getfixturevalue("postgres_databases").empty() as url:
        yield url


def content(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    database = Database(url)
    try:
        with database.reading() as db:
            return {
                table.name: [tuple(row) for row in db.execute(select(table).order_by(*table.primary_key))]
                for table in metadata.sorted_tables
            }
    finally:
        database.close()


def tables_in(url: str) -> list[str]:
    database = Database(url)
    try:
        with database.reading() as db:
            return inspect(db).get_table_names()
    finally:
        database.close()


def moved(portal: Portal, url: str) -> Portal:
    settings = portal.settings.model_copy(update={"database_url": url})
    return replace(portal, settings=settings, database=Database(url))


@pytest.fixture
def busy(people: People) -> Person:
    """Somebody among others, with something in nearly every table."""
    ada = people.ready()
    people.ready("zoë@example.org", slug="lighthouse").fail(10)
    ada.given_pass()
    ada.given_password_link()
    ada.start_enrolment(ada.session)
    ada.sign_in(ada.codes[0])
    ada.begin()
    return ada


def test_everything_is_there_and_people_go_on(busy: Person, portal: Portal, target: str, sparekey: Sparekey) -> None:
    source = portal.settings.database
    before = content(source)
    assert sum(1 for rows in before.values() if rows) > 12
    done = sparekey("migrate-database", source, target)
    assert (done.status, done.err) == (0, "")
    assert f"{sum(map(len, before.values()))} rows in {len(before)} tables were copied" in done.out
    assert "Now set DATABASE_URL to the new database, keep the keys as they are" in done.out
    assert content(target) == before == content(source)
    busy.portal = moved(portal, target)
    assert busy.visitor()
    assert refusal(busy.try_code(busy.begin(), busy.codes[0]))
    busy.sign_in(busy.codes[1])
    busy.sign_in()
    busy.portal.database.close()


def test_applications_come_along_with_all_they_have(
    shop: Shop, portal: Portal, target: str, sparekey: Sparekey
) -> None:
    """Enrolled, in a session, and about to enrol: each goes on where the new database is."""
    joan = shop.enrolled(shop.user(external_id="u-1", trusted_metadata={"é": [1, 2.5, None, {"x": True}]}).id)
    bea = shop.begin(shop.user("bea@example.org", labels=("reader",)).id)
    shown = joan.comes_in(claims={"plan": "gold"})
    trusted = issuers.ed25519_issuer().is_trusted_by(shop)
    project_calls.told_by(portal, shop.secret)
    assert project_calls.take(portal, shop.project, count=1) is None
    token = signing_keys.signer(portal, shop.project).sign({}, header={})
    before = content(portal.settings.database)
    assert {table for table, rows in before.items() if not rows} & APPLICATIONS == set()
    assert sparekey("migrate-database", portal.settings.database, target).status == 0
    assert content(target) == before
    shop.portal = there = moved(portal, target)
    assert project_calls.told_by(there, shop.secret) == shop.project
    assert shop.use(shown.token).session.claims == {"plan": "gold"}
    assert signing_keys.read(there, shop.project, token)
    assert signing_keys.signer(there, shop.project).sign({}, header={})
    assert project_upkeep.all_of_them(there)[0].profiles == [trusted]
    granted(joan.try_recovery(joan.codes[0]))
    granted(bea.try_code(bea.code()))
    assert shop.look("u-1").notes.trusted_metadata == {"é": [1, 2.5, None, {"x": True}]}
    there.database.close()


def test_no_id_is_given_out_twice_in_the_new_one(
    people: People, portal: Portal, target: str, sparekey: Sparekey
) -> None:
    people.ready()
    gone = people.newcomer("bea@example.org")
    with portal.writing() as tx:
        tx.db.execute(text("DELETE FROM member WHERE id = :id"), {"id": gone.id})
    assert sparekey("migrate-database", portal.settings.database, target).status == 0
    people.portal = moved(portal, target)
    assert people.newcomer("cyd@example.org").id > gone.id
    people.portal.database.close()


def test_the_new_one_is_as_the_migrations_make_one(
    busy: Person, portal: Portal, target: str, sparekey: Sparekey
) -> None:
    assert sparekey("migrate-database", portal.settings.database, target).status == 0
    database = Database(target)
    migrations.require_current(database)
    if database.path:
        assert database.path.stat().st_mode & 0o777 == 0o600
        with database.reading() as db:
            assert db.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    database.close()


def test_a_database_with_something_in_it_is_refused(
    busy: Person, portal: Portal, target: str, sparekey: Sparekey, tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    database = Database(target)
    with database.writing() as db:
        db.execute(text("CREATE TABLE song (name TEXT)"))
    database.close()
    refused = sparekey("migrate-database", portal.settings.database, target)
    assert refused.status == 1
    assert refused.err == "sparekey: The new database is not empty. Name one that has nothing in it.\n"
    assert tables_in(target) == ["song"]


def test_it_is_not_moved_onto_itself(busy: Person, portal: Portal, sparekey: Sparekey) -> None:
    before = content(portal.settings.database)
    refused = sparekey("migrate-database", portal.settings.database, portal.settings.database)
    assert refused.status == 1
    assert "is not empty" in refused.err
    assert content(portal.settings.database) == before


def test_a_copy_that_is_not_the_same_is_not_kept(
    busy: Person, portal: Portal, target: str, sparekey: Sparekey, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, looked_at = copying._likeness, []

    def altered(db: Connection, table: Table) -> copying.Likeness:
        looked_at.append(table.name)
        if looked_at.count("member") == 2 and table is member:  # there, and then here
            db.execute(text("UPDATE member SET name = 'Eve'"))
        return real(db, table)

    monkeypatch.setattr(copying, "_likeness", altered)
    refused = sparekey("migrate-database", portal.settings.database, target)
    assert refused.status == 1
    assert "The table member did not come over as it is; nothing was kept of the copy." in refused.err
    assert tables_in(target) == []


@pytest.mark.only("sqlite")  # PostgreSQL keeps nothing that is too long for its column
def test_a_row_that_does_not_fit_is_said_without_being_shown(
    busy: Person, portal: Portal, request: pytest.FixtureRequest, sparekey: Sparekey
) -> None:
    busy.set(name="Marker" * 100)
    with request.getfixturevalue("postgres_databases").empty() as url:
        refused = sparekey("migrate-database", portal.settings.database, url)
        assert refused.status == 1
        assert "A row of the table member does not fit into the new database" in refused.err
        assert "Marker" not in refused.err
        assert tables_in(url) == []


@pytest.mark.only("sqlite")
def test_while_a_server_runs_it_is_refused(busy: Person, portal: Portal, target: str, sparekey: Sparekey) -> None:
    with in_service.serving(portal.database):
        refused = sparekey("migrate-database", portal.settings.database, target)
    assert refused.status == 1
    assert "is in use by a running server" in refused.err


def test_a_database_fresh_out_of_a_backup_is_refused(
    busy: Person, portal: Portal, target: str, sparekey: Sparekey
) -> None:
    with portal.writing() as tx:
        tx.db.execute(metadata.tables["backup_mark"].insert().values(taken_at=A_MONDAY))
    refused = sparekey("migrate-database", portal.settings.database, target)
    assert refused.status == 78
    assert "restore-finish" in refused.err


def test_an_older_database_is_refused(busy: Person, portal: Portal, target: str, sparekey: Sparekey) -> None:
    with portal.writing() as tx:
        tx.db.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    refused = sparekey("migrate-database", portal.settings.database, target)
    assert refused.status == 78
    assert "`sparekey serve` makes it so" in refused.err


def test_under_other_keys_it_is_refused(busy: Person, portal: Portal, target: str, sparekey: Sparekey) -> None:
    assert sparekey("unlock", busy.email).status == 0  # by which the database knows its keys
    (portal.settings.instance / "keys.json").write_text(KeyRing.new().to_json())
    refused = sparekey("migrate-database", portal.settings.database, target)
    assert refused.status == 78
    assert "Key 1 of the key ring is not the one" in refused.err
    if target.startswith("postgresql"):
        assert tables_in(target) == []


def test_a_source_that_is_not_there_is_said_and_not_made(
    portal: Portal, target: str, sparekey: Sparekey, tmp_path: Path
) -> None:
    refused = sparekey("migrate-database", f"sqlite:///{tmp_path / 'nowhere.sqlite3'}", target)
    assert refused.status == 78
    assert not (tmp_path / "nowhere.sqlite3").exists()


def test_passwords_of_databases_are_not_printed(
    busy: Person, portal: Portal, request: pytest.FixtureRequest, sparekey: Sparekey
) -> None:
    with request.getfixturevalue("postgres_databases").empty() as url:
        with_password = url.replace("postgres@", "postgres:Marker-password@") + "&sslpassword=Marker-too"
        done = sparekey("migrate-database", portal.settings.database, with_password)
        assert (done.status, done.err) == (0, "")
        assert "Marker" not in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("sqlite:////somewhere",),
        ("mysql://there/here", "sqlite:////somewhere"),
        ("sqlite:////a", "postgresql://h:x/a"),
    ],
)
def test_a_wrong_call_is_one(arguments: tuple[str, ...], sparekey: Sparekey) -> None:
    assert sparekey("migrate-database", *arguments).status == 2


@pytest.mark.parametrize(
    "change", ["UPDATE event SET details = '{}'", "DELETE FROM event WHERE id = 1", "UPDATE event SET at = at"]
)
def test_alike_is_the_same_and_nothing_else(change: str, busy: Person, portal: Portal) -> None:
    with portal.reading() as tx:
        before = copying._likeness(tx.db, metadata.tables["event"])
    with portal.writing() as tx:
        tx.db.execute(text(change))
    with portal.reading() as tx:
        after = copying._likeness(tx.db, metadata.tables["event"])
    assert (after == before) == ("at = at" in change)
