"""The file with the key ring: made once, replaced whole or not at all, readable by its owner alone."""

import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.domain.keyring import KeyRing, UnreadableKeysError
from app.storage.disk import synchronize

FILE_NAME = "keys.json"

State = tuple[int, int, int, int]
"""By which a file that was replaced, written to or given other permissions is told from the one seen before."""


class UnfitKeysError(Exception):
    """Its text is the plain sentence to show."""


@dataclass(frozen=True, slots=True)
class Found:
    ring: KeyRing
    state: State


def create(path: Path) -> KeyRing:
    """Make a new ring. Raises UnfitKeysError where the file exists: a ring is never written over."""
    keys = KeyRing.new()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone_in(path.parent):
        if path.exists():
            raise UnfitKeysError(f"{path} exists already. Keys are never written over: move it away first.")
        _write_beside(path, keys, owner=path.parent.stat()).replace(path)
        synchronize(path.parent)
    return keys


def change(path: Path, changed: Callable[[KeyRing], KeyRing]) -> KeyRing:
    """Put a changed ring in place of the one that is there. Raises UnfitKeysError, and what `changed` raises.

    Whoever reads meanwhile, or after a fall at any point, finds the old file or the new one, whole.
    """
    path = path.resolve()  # replacing a link would leave the file that it leads to as it was
    with _alone_in(path.parent):
        before = read(path)
        ring = changed(before)
        if ring != before:
            written = _write_beside(path, ring, owner=path.stat())
            written.replace(path)
            synchronize(path.parent)
    return ring


def read(path: Path) -> KeyRing:
    """Raises UnfitKeysError."""
    return find(path).ring


def find(path: Path) -> Found:
    """Raises UnfitKeysError."""
    try:
        with path.open() as file:
            status = os.fstat(file.fileno())
            text = file.read()
    except FileNotFoundError:
        raise UnfitKeysError(f"There is no key file at {path}: put your copy of the keys there first.") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise UnfitKeysError(f"The keys in {path} cannot be read: {problem}.") from None
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UnfitKeysError(f"{path} can be read by others than its owner. Run: chmod 600 {path}")
    if status.st_uid not in {os.getuid(), 0}:
        raise UnfitKeysError(f"{path} belongs to another user than the one that runs Sparekey.")
    return Found(parse(text, str(path)), _state(status))


def state_of(path: Path) -> State | None:
    """None where there is no file to see."""
    try:
        return _state(path.stat())
    except OSError:
        return None


def parse(text: str, source: str) -> KeyRing:
    """Raises UnfitKeysError."""
    try:
        return KeyRing.from_json(text)
    except UnreadableKeysError as problem:
        raise UnfitKeysError(f"The keys in {source} are no key ring: {problem}.") from None


def _state(status: os.stat_result) -> State:
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Of all who change the file, one at a time; nobody's change is lost to somebody else's."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write_beside(path: Path, ring: KeyRing, *, owner: os.stat_result) -> Path:
    """Always under the same name, so that what a fall left behind is gone with the next change."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(descriptor, "w") as file:
        if os.geteuid() == 0:
            os.fchown(descriptor, owner.st_uid, owner.st_gid)  # done by root, it is the file of who serves all the same
        file.write(ring.to_json())
        file.flush()
        os.fsync(descriptor)
    return beside
