"""The second form of the database: made of the first one with everything in it, and what it keeps."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Connection, inspect, text

from app.portal import Portal
from app.storage import members, migrations
from app.storage.database import Database
from tests.support.clock import A_MONDAY
from tests.support.databases import PostgresDatabases
from tests.support.people import People, Person

ROWS = {
    "organization": (
        "INSERT INTO organization (id, public_id, slug, name, time_zone, code_count, code_visibility, made_at) "
        "VALUES (7, {id}, 'harbour', 'Harbour', 'UTC', 10, 'viewable', {now})"
    ),
    "member": (
        "INSERT INTO member (id, public_id, organization_id, role, status, name, email, email_key, email_verified, "
        "search_text, made_at) VALUES (5, {id}, 7, 'owner', 'active', 'Olive', 'Olive@example.org', "
        "'olive@example.org', {false}, 'olive olive@example.org', {now})"
    ),
    "door": (
        "INSERT INTO door (member_id, organization_id, door, failures_in_row, closed_at) "
        "VALUES (5, 7, 'portal', 50, {now})"
    ),
    "password_link": (
        "INSERT INTO password_link (public_id, member_id, organization_id, token_hash, made_by, reason, made_at, "
        "expires_at) VALUES ({id}, 5, 7, {bytes}, 'operator', 'forgotten', {now}, {now})"
    ),
    "event": (
        "INSERT INTO event (public_id, organization_id, member_id, actor_kind, act, at, details) "
        "VALUES ({id}, 7, 5, 'operator', 'pass.made', {now}, '{{}}')"
    ),
}


@pytest.fixture
def older(request: pytest.FixtureRequest, database_kind: str, tmp_path: Path) -> Iterator[Database]:
    """A database in its first form, with a row in every table that the second one touches."""
    if database_kind == "sqlite":
        yield from _older(f"sqlite:///{tmp_path / 'older.sqlite3'}")
        return
    databases: PostgresDatabases = request.getfixturevalue("postgres_databases")
    with databases.empty() as url:
        yield from _older(url)


def _older(url: str) -> Iterator[Database]:
    database = Database(url)
    with database.migrating() as db:
        command.upgrade(migrations.config_for(db), "0001")
    with database.writing() as db:
        for statement in ROWS.values():
            db.execute(text(_spelled(statement, on_sqlite=database.on_sqlite)))
    yield database
    database.close()


def _spelled(statement: str, *, on_sqlite: bool) -> str:
    if on_sqlite:
        micros = int(A_MONDAY.timestamp()) * 1_000_000
        return statement.format(id=f"'{uuid4().hex}'", now=micros, bytes="x'0102'", false="0")
    return statement.format(id=f"'{uuid4()}'", now=f"'{A_MONDAY.isoformat()}'", bytes="'\\x0102'", false="false")


def contents(db: Connection) -> dict[str, list[dict[str, object]]]:
    return {table: [dict(row._mapping) for row in db.execute(text(f"SELECT * FROM {table}"))] for table in ROWS}  # noqa: S608


def test_every_row_of_the_first_form_is_kept(older: Database) -> None:
    with older.reading() as db:
        before = contents(db)
        assert "invitation" not in inspect(db).get_table_names()
    migrations.upgrade(older, A_MONDAY)
    with older.reading() as db:
        after = contents(db)
        assert [[row | was for row, was in zip(after[table], before[table], strict=True)] for table in ROWS] == [
            after[table] for table in ROWS
        ]
        assert migrations.serves(db)
    assert all(len(rows) == 1 for rows in before.values())


def test_it_is_then_what_a_new_database_is(older: Database) -> None:
    migrations.upgrade(older, A_MONDAY)
    with older.reading() as db:
        config = migrations.config_for(db)
        config.attributes["batch"] = False
        command.check(config)


def test_the_people_of_the_first_form_are_read_in_the_second(older: Database) -> None:
    migrations.upgrade(older, A_MONDAY)
    with older.reading() as db:
        olive = members.find(db, 5)
        found = members.find_by_email(db, 7, "OLIVE@example.org")
    assert olive == found
    assert (olive.name, olive.made_at, olive.email_changed_at) == ("Olive", A_MONDAY, None)


# holding several


def test_several_are_held_at_once_by_their_ids(people: People, ada: Person, portal: Portal) -> None:
    bob = people.newcomer("bob@example.org")
    with portal.writing() as tx:
        held = members.hold_all(tx.db, {bob.id, ada.id})
    assert held == {ada.id: ada.row, bob.id: bob.row}
    assert list(held) == sorted(held)


def test_oneself_twice_is_one_and_nobody_is_none(ada: Person, portal: Portal) -> None:
    with portal.writing() as tx:
        assert members.hold_all(tx.db, {ada.id, 9999}) == {ada.id: ada.row}
        assert members.hold_all(tx.db, set()) == {}


def test_a_member_is_found_in_their_own_organization_only(people: People, ada: Person, portal: Portal) -> None:
    other = people.organization("other")
    with portal.reading() as tx:
        assert members.find_in(tx.db, ada.organization_id, ada.public_id) == ada.row
        assert members.find_in(tx.db, other, ada.public_id) is None
        assert members.find_in(tx.db, ada.organization_id, uuid4()) is None
