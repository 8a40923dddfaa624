"""The demo's instance: a folder, a database, keys and settings of its own, made anew at each start.

Nothing of the real installation reaches it, and it reaches nothing of the real one: what the environment says of that
one is taken out first, and nothing is written outside of the demo's folder.
"""

import fcntl
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app import config
from app.config import CHECKOUT, FILE_NAME, Settings, UnfitSettingsError
from app.demo import history
from app.demo.history import SignInData
from app.demo.timeline import LedClock
from app.domain.passwords import PasswordHasher
from app.opening import open_portal
from app.portal import Clock, SystemClock

FOLDER = CHECKOUT / "instance" / "demo"
HOST = "127.0.0.1"
PORT = 8001

_MARK = "made-by-sparekey-demo"
_MADE = ("keys.json", "sparekey.sqlite3")
_LEFT_OVER = (*_MADE, "sparekey.sqlite3-wal", "sparekey.sqlite3-shm")
_NOT_THE_DEMOS = ("database_url", "keys", "keys_file", "public_url")
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of our own is made in it
_BEFORE_EVERYTHING = timedelta(days=200)


class UnfitDemoError(Exception):
    """Why there is no demo now, in a plain sentence; whatever was there is as it was."""


@contextmanager
def reserved(folder: Path = FOLDER, port: int = PORT) -> Iterator[Settings]:
    """The settings to make and serve the demo with, and nobody else does meanwhile.

    Changes the environment, since the workers read it too. Raises UnfitDemoError and UnfitSettingsError.
    """
    _require_ours(folder)
    _part_from_the_real_one(folder, port)
    settings = _settings()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder):
        _require_free(port)
        yield settings


def make_anew(settings: Settings) -> list[SignInData]:
    """In place of the demo that was there; the sign-in data of an owner, an administrator and a member come back."""
    with tempfile.TemporaryDirectory(prefix="sparekey-demo-", dir=_fast_place()) as place:
        people = _make(Path(place), SystemClock())
        _move(Path(place), settings.instance)
    return people


def _require_ours(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UnfitDemoError(f"{folder} is not a folder. The demo needs one of its own there: move this away first.")
    there = list(folder.iterdir()) if folder.exists() else []
    if any(path.is_symlink() for path in there):
        raise UnfitDemoError(f"{folder} holds links to other places, and the demo writes nowhere but there.")
    if {path.name for path in there} - {FILE_NAME} and not (folder / _MARK).exists():
        raise UnfitDemoError(f"{folder} holds something that no demo made. Move it away first.")


def _part_from_the_real_one(folder: Path, port: int) -> None:
    for name in [name for name in os.environ if name.lower() in Settings.model_fields]:
        del os.environ[name]
    os.environ.update(INSTANCE=str(folder), HOST=HOST, PORT=str(port))


def _settings() -> Settings:
    settings = config.load()
    named = [name for name in _NOT_THE_DEMOS if getattr(settings, name)]
    if named:
        raise UnfitSettingsError(
            [f"{name.upper()} is none of the demo's: take it out of {settings.instance / FILE_NAME}." for name in named]
        )
    return settings


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """The mark is locked for as long as the demo runs: by whatever port, two cannot share a folder."""
    with (folder / _MARK).open("a") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UnfitDemoError("A demo runs already, and stays as it is. End it first to begin anew.") from None
        yield


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that just ended do not count
        try:
            probe.bind((HOST, port))
        except OSError as problem:
            raise UnfitDemoError(
                f"Port {port} cannot be used ({problem.strerror}). To use another one: sparekey demo --port {port + 10}"
            ) from None


def _fast_place() -> Path | None:
    """Memory where there is some: each of some thousand commits waits for the disk, longer than it takes otherwise."""
    return _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK | os.X_OK) else None


def _make(place: Path, clock: Clock) -> list[SignInData]:
    end = clock.now()
    led = LedClock(end - _BEFORE_EVERYTHING)
    portal = open_portal(Settings(instance=place, address_limit=0), migrate=True, clock=led)
    try:
        cheap = PasswordHasher(time_cost=1, memory_cost=8)  # each is hashed in earnest at the next sign-in
        return history.make(replace(portal, hasher=cheap), led, end)
    finally:
        portal.database.close()


def _move(made: Path, folder: Path) -> None:
    for name in _LEFT_OVER:
        (folder / name).unlink(missing_ok=True)
    for name in _MADE:
        shutil.move(made / name, folder / name)
        (folder / name).chmod(0o600)
