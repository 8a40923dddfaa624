"""SQLite on a disk that fills up under load: no act is half done, looking is possible, and room makes it whole."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.reliability.conftest import Run
from tests.support.deeds import Outcome
from tests.support.disks import Disk, LimitedFiles, may_mount, mounted
from tests.support.load import Client
from tests.support.nodes import Node
from tests.support.remote import RemoteBrowser

SEED = 20261124
TRIES = 10
ROOM = "12m"
"""For a database, its log, and half a second of load."""


@pytest.fixture(params=["limit", "disk"] if may_mount() else ["limit"])
def filling_by(request: pytest.FixtureRequest) -> str:
    how: str = request.param
    return how


@pytest.fixture
def mounts() -> Iterator[ExitStack]:
    with ExitStack() as mounts:
        yield mounts


@pytest.fixture
def full(filling_by: str, tmp_path: Path, mounts: ExitStack) -> list[Disk]:
    """Empty where the disk is to be made of a limit, for which there must be a server first."""
    folder = tmp_path / "disk"
    folder.mkdir()
    return [mounts.enter_context(mounted(folder, ROOM))] if filling_by == "disk" else []


@pytest.fixture
def disk(tmp_path: Path, full: list[Disk]) -> Path:
    return tmp_path / "disk"


def test_a_full_disk_refuses_acts_and_lets_people_look(run: Run, node: Node, disk: Path, full: list[Disk]) -> None:
    filling = full[0] if full else LimitedFiles(disk / "sparekey.sqlite3", lambda: node.processes)
    *people, prober, reader = run.people(60, sign_ins=TRIES + 1)
    _empty_the_log(run)
    load = run.load(node.door, people, SEED)
    client = Client(node.door, RemoteBrowser(node.door), run.history)
    client.visitor.get("/sign-in")
    code = prober.codes[0]
    with load.running(4):
        time.sleep(0.4)
        filling.fill()
        time.sleep(1.0)
        probes = [client.spend_code(prober, code, 1) for _ in range(TRIES)]
        looked = client.visitor.twin(session=reader.session).get("/account")
        probed = [node.door.says(path) for path in ("/healthz", "/readyz", "/sign-in")]
    spent_meanwhile = _spent(run, prober.id)
    filling.free()
    after = client.spend_code(prober, code, 1)
    run.say("disk full")
    assert {deed.outcome for deed in probes} == {Outcome.UNKNOWN}  # a 503 with Retry-After: all else is told apart
    assert spent_meanwhile == 0
    assert looked.status == 200
    assert probed == [200, 200, 200]
    assert after.done
    assert run.found() == []


def _empty_the_log(run: Run) -> None:
    """It would else be written over from its beginning for a while, which takes no room."""
    with run.site.portal() as portal, portal.database.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _spent(run: Run, member_id: int) -> int:
    with run.site.portal() as portal, portal.reading() as tx:
        counted = text("SELECT count(*) FROM recovery_code WHERE member_id = :id AND spent_at IS NOT NULL")
        return int(tx.db.execute(counted, {"id": member_id}).scalar_one())
