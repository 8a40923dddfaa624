"""The file with the key ring: made once, readable by its owner alone."""

import os
import stat
from pathlib import Path

from app.domain.keyring import KeyRing, UnreadableKeysError

FILE_NAME = "keys.json"


class UnfitKeysError(Exception):
    """Its text is the plain sentence to show."""


def create(path: Path) -> KeyRing:
    """Make a new ring. Raises UnfitKeysError where the file exists: a ring is never written over."""
    keys = KeyRing.new()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    except FileExistsError:
        raise UnfitKeysError(f"{path} exists already. Keys are never written over: move it away first.") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(keys.to_json())
        file.flush()
        os.fsync(file.fileno())
    return keys


def read(path: Path) -> KeyRing:
    """Raises UnfitKeysError."""
    try:
        status = path.stat()
        text = path.read_text()
    except (OSError, UnicodeDecodeError) as problem:
        raise UnfitKeysError(f"The keys in {path} cannot be read: {problem}.") from None
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UnfitKeysError(f"{path} can be read by others than its owner. Run: chmod 600 {path}")
    if status.st_uid not in {os.getuid(), 0}:
        raise UnfitKeysError(f"{path} belongs to another user than the one that runs Sparekey.")
    return parse(text, str(path))


def parse(text: str, source: str) -> KeyRing:
    """Raises UnfitKeysError."""
    try:
        return KeyRing.from_json(text)
    except UnreadableKeysError as problem:
        raise UnfitKeysError(f"The keys in {source} are no key ring: {problem}.") from None
