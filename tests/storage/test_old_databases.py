"""What earlier versions wrote is brought to the newest form, and the same people go on signing in."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from app.config import Settings
from app.domain.events import Act
from app.domain.keyring import KeyRing
from app.domain.passwords import PasswordHasher
from app.domain.refusals import Why
from app.domain.sessions import Proof
from app.portal import Portal
from app.services import days, recovery_codes
from app.storage import migrations, project_origins, project_profiles, project_users, projects, sessions
from app.storage.database import Database
from app.storage.tables import project_user
from tests.support import dumps
from tests.support.clock import TestClock
from tests.support.databases import PostgresDatabases
from tests.support.oracle import damage
from tests.support.otp import AuthenticatorApp, secret_from_key
from tests.support.people import AT_HOME, Person, granted, refusal

OLD = Path(__file__).parent / "old"
ROOT = Path(__file__).resolve().parents[2]

# Kills itself at the statement, or commit, of that number, until there is none of that number and it gets through.
MIGRATE_AND_BE_KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from sqlalchemy import event
from app.storage import migrations
from app.storage.database import Database
from app.storage.tables import project_user

def migrate(fatal):
    database, asked = Database(sys.argv[1]), 0
    def fall(*_):
        nonlocal asked
        asked += 1
        if asked == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
    event.listen(database.engine, "before_cursor_execute", fall)
    event.listen(database.engine, "commit", fall)
    migrations.upgrade(database, datetime.now(UTC))

kills = 0
while True:
    child = os.fork()
    if child == 0:
        migrate(3 * kills + 1)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if status == 0:
        break
    assert os.WTERMSIG(status) == signal.SIGKILL, status
    kills += 1
print(kills)
"""

NOTED_BY_0004 = """
INSERT INTO project_user (member_id, organization_id, project_id, external_id, first_name, middle_name, last_name,
    labels, trusted_metadata, untrusted_metadata, pending)
VALUES (:member, 1, 1, :external, '', '', '', '[]', '{}', '{}', false)
"""


@dataclass
class Old:
    """A database as it was written then, and what its people know."""

    url: str
    told: dict[str, Any]

    @property
    def keys(self) -> KeyRing:
        return KeyRing.from_json(json.dumps(self.told["keys"]))

    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.told["made_at"])


@pytest.fixture(params=["0001", "0002", "0003", "0004", "0005"])
def form(request: pytest.FixtureRequest) -> str:
    form: str = request.param
    return form


@pytest.fixture
def old(request: pytest.FixtureRequest, form: str, database_kind: str, tmp_path: Path) -> Iterator[Old]:
    told = json.loads((OLD / f"{form}.json").read_text())[database_kind]
    written = (OLD / f"{form}.{database_kind}.sql").read_text()
    if database_kind == "sqlite":
        path = tmp_path / "sparekey.sqlite3"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(written)
        yield Old(f"sqlite:///{path}", told)
        return
    databases: PostgresDatabases = request.getfixturevalue("postgres_databases")
    with databases.empty() as url:
        with psycopg.connect(url) as connection:
            connection.execute(written.encode())
        yield Old(url, told)


@pytest.fixture
def database(old: Old) -> Iterator[Database]:
    database = Database(old.url)
    yield database
    database.close()


@pytest.fixture
def people(old: Old, database: Database, instance: Path, hasher: PasswordHasher) -> dict[str, Person]:
    """A day later, at the newest form."""
    clock = TestClock(old.made_at())
    clock.advance(days=1)
    migrations.upgrade(database, clock.now())
    settings = Settings(instance=instance, database_url=old.url)
    portal = Portal(settings, database, old.keys, clock, hasher)
    return {name.partition("@")[0]: _person(portal, clock, name, knows) for name, knows in old.told["people"].items()}


def _person(portal: Portal, clock: TestClock, email: str, knows: dict[str, Any]) -> Person:
    with portal.reading() as tx:
        row = tx.db.execute(text("SELECT id, organization_id FROM member WHERE email = :email"), {"email": email}).one()
    apps = [AuthenticatorApp(secret_from_key(knows["secret"]), "", "")] if knows["secret"] else []
    return Person(portal, clock, row[0], row[1], email, knows["password"], apps=apps, codes=knows["codes"])


def test_the_file_is_of_that_form(database: Database, form: str) -> None:
    with database.reading() as db:
        assert db.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == form


def test_after_migrating_the_tables_are_those_of_today(people: dict[str, Person], database: Database) -> None:
    with database.reading() as db:
        config = migrations.config_for(db)
        config.attributes["batch"] = False
        command.check(config)
    assert damage(people["ada"].portal) == []


def test_what_was_required_then_is_not_noted_as_beginning_today(people: dict[str, Person]) -> None:
    assert sum(days.note_requirements(people["ada"].portal)) == 0


@pytest.mark.only("postgresql")
def test_a_dump_from_then_is_restored_where_a_newer_form_was(
    old: Old, postgres_databases: PostgresDatabases, tmp_path: Path
) -> None:
    """The way back after an upgrade, as README has it."""
    dumps.dump(old.url, tmp_path / "then.dump")
    with postgres_databases.copied() as url:
        dumps.restore(tmp_path / "then.dump", url)
        database = Database(url)
        assert _rows(database)["member"] == 5
        migrations.upgrade(database, old.made_at())
        assert _rows(database)["member"] == 5
        database.close()


def test_migrating_loses_no_row(old: Old, database: Database) -> None:
    before = _rows(database)
    migrations.upgrade(database, old.made_at())
    after = _rows(database)
    assert before["member"] == 5
    assert {table: after[table] for table in before} == before


def _rows(database: Database) -> dict[str, int]:
    with database.reading() as db:
        return {
            table: db.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
            for table in inspect(db).get_table_names()
        }


def test_who_was_ready_signs_in_by_totp_and_sees_the_same_codes(people: dict[str, Person]) -> None:
    ada = people["ada"]
    session = ada.sign_in()
    shown = granted(recovery_codes.show(ada.portal, session, proof="", act=Act.CODES_SHOWN, origin=AT_HOME))
    assert [one.code for one in shown.codes.codes if one.code] == ada.codes
    assert sum(one.spent_at is not None for one in shown.codes.codes) == 2
    ada.regenerate()
    assert ada.code_set.left == 10


def test_unspent_codes_open_once_and_spent_ones_do_not(people: dict[str, Person], old: Old) -> None:
    ada = people["ada"]
    for code in old.told["people"][ada.email]["spent"]:
        assert refusal(ada.try_code(ada.begin(), code)) is Why.USED_CODE
    for code in ada.codes:
        ada.elsewhere().sign_in(code)
    assert refusal(ada.try_code(ada.begin(), ada.codes[-1])) is Why.USED_CODE


def test_codes_that_were_pending_still_are_and_can_be_acknowledged(people: dict[str, Person]) -> None:
    bob = people["bob"]
    bob.sign_in()
    assert bob.code_set.pending
    bob.acknowledge()
    assert not bob.code_set.pending


def test_who_had_only_a_password_enrols(people: dict[str, Person]) -> None:
    cleo = people["cleo"]
    cleo.enrol()
    cleo.acknowledge()
    cleo.sign_in()


def test_a_lock_that_has_run_out_is_over_and_the_code_works(people: dict[str, Person]) -> None:
    people["dan"].sign_in()
    people["dan"].elsewhere().sign_in(people["dan"].codes[0])


def test_an_owner_is_one_still(people: dict[str, Person]) -> None:
    olive = people["olive"]
    olive.sign_in()
    assert olive.row.role == "owner"
    assert olive.history


@pytest.mark.parametrize("form", ["0004"])
def test_what_a_shop_noted_of_people_is_kept_and_older_code_goes_on_noting(
    people: dict[str, Person], database: Database
) -> None:
    """On SQLite the table was made anew, and must give out no id a second time still."""
    ada, bob, cleo, dan, olive = (people[name] for name in ("ada", "bob", "cleo", "dan", "olive"))
    with database.reading() as db:
        noted = db.execute(select(project_user).order_by(project_user.c.id)).all()
    assert [(one.id, one.member_id, one.external_id, one.first_name) for one in noted] == [
        (1, ada.id, "customer-1", "Ada"),
        (2, bob.id, "customer-2", "Bob"),
        (3, cleo.id, None, "Cleo"),
    ]
    assert (noted[0].labels, noted[0].trusted_metadata, noted[1].untrusted_metadata) == (
        ["reader"],
        {"plan": "gold"},
        {"theme": "dark"},
    )
    assert not any(one.breakglass or one.wants_second_factor for one in noted)
    with database.writing() as db:
        db.execute(project_user.delete().where(project_user.c.member_id == cleo.id))
        db.execute(text(NOTED_BY_0004), {"member": dan.id, "external": "customer-4"})
    with database.reading() as db:
        (row,) = db.execute(select(project_user).where(project_user.c.member_id == dan.id)).all()
    assert (row.id, row.breakglass, row.wants_second_factor) == (4, False, False)
    with pytest.raises(IntegrityError), database.writing() as db:
        db.execute(text(NOTED_BY_0004), {"member": olive.id, "external": "customer-1"})


@pytest.mark.parametrize("form", ["0005"])
def test_a_session_in_a_shop_goes_on_and_a_profile_makes_nobody(people: dict[str, Person], database: Database) -> None:
    ada = people["ada"]
    with ada.portal.reading() as tx:
        (project,) = projects.all_live(tx.db)
        (profile,) = project_profiles.all_for(tx.db, project.id)
        (session,) = sessions.all_in_project(tx.db, ada.id, audience=project.audience, now=tx.now)
        noted = project_users.notes_of(tx.db, project.id, [ada.id])[ada.id]
        assert project_origins.all_for(tx.db, project.id) == []
    assert not profile.makes_users
    assert (session.proved_by, session.handed_generation) == (Proof.TOTP, None)
    assert (noted.external_id, noted.preferred) == ("customer-1", None)


def test_killing_a_migration_at_any_statement_leaves_a_database_that_migrates(
    old: Old, request: pytest.FixtureRequest
) -> None:
    """Each child begins where the one before it was killed."""
    done = subprocess.run(
        [sys.executable, "-c", MIGRATE_AND_BE_KILLED, old.url],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 5
    people: dict[str, Person] = request.getfixturevalue("people")
    assert damage(people["ada"].portal) == []
    people["ada"].sign_in()
    granted(people["dan"].try_password())
