"""Nodes that start at the same moment on one empty database: it is migrated once, and all of them go on."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from app.config import CHECKOUT
from app.domain.keyring import KeyRing
from app.storage.database import Database

NODES = 4
_START = """
import json, sys, time
from alembic import command
from app import config
from app.opening import open_portal

migrations, real = [], command.upgrade
def upgrade(*of):
    migrations.append(1)
    real(*of)
command.upgrade = upgrade
settings = config.load()
time.sleep(max(0, float(sys.argv[1]) - time.time()))
portal = open_portal(settings, migrate=True)
print(json.dumps({"migrated": len(migrations), "key": portal.keys.current}))
"""


@pytest.mark.only("postgresql")
def test_one_of_them_migrates(request: pytest.FixtureRequest, tmp_path: Path, database_kind: str) -> None:
    with request.getfixturevalue("postgres_databases").empty() as url:
        environment = {**os.environ, "DATABASE_URL": url, "KEYS": KeyRing.new().to_json(), "INSTANCE": str(tmp_path)}
        at = str(time.time() + 4)
        nodes = [
            subprocess.Popen(
                [sys.executable, "-c", _START, at], env=environment, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
            )
            for _ in range(NODES)
        ]
        said = [json.loads(node.communicate(timeout=60)[0]) for node in nodes]
        assert [node.returncode for node in nodes] == [0] * NODES
        assert sorted(one["migrated"] for one in said) == [0] * (NODES - 1) + [1]
        database = Database(url)
        with database.reading() as db:
            assert "member" in inspect(db).get_table_names()
            assert db.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
            assert db.execute(text("SELECT count(*) FROM key_check")).scalar_one() == 1
        database.close()


@pytest.mark.only("postgresql")
def test_a_node_with_older_code_does_not_start_on_what_a_newer_one_has_migrated(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    with database.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "KEYS": KeyRing.new().to_json(),
        "INSTANCE": str(tmp_path),
    }
    serve = [sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main(['serve']))"]
    done = subprocess.run(serve, env=environment, cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 78
    assert "was written by a newer version of Sparekey" in done.stderr
