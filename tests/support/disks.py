"""Disks that fill up: by a limit on the size of files, which anybody may set, and really, where one may mount one."""

import errno
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

_ADMINISTRATION = 21
"""The number of the capability to mount, in the kernel's list."""

_SPARE_BYTES = 64 * 1024
_PIECE = b"\0" * 4096


class Disk(Protocol):
    def fill(self) -> None: ...
    def free(self) -> None: ...


class LimitedFiles:
    """No file of these processes grows much beyond the size that the log of the database has now.

    What a write gets is "file too large" where a full disk says "no space left"; SQLite has other words for it, and the
    same to do. The limit is the soft one, so that it can be lifted while they run.
    """

    def __init__(self, database: Path, processes: Callable[[], list[int]]) -> None:
        self._log = database.with_name(f"{database.name}-wal")
        self._processes = processes

    def fill(self) -> None:
        self._limit(self._log.stat().st_size + _SPARE_BYTES)

    def free(self) -> None:
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        for pid in self._processes():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


class SmallDisk:
    """A file system of its own, with so little room that it is soon full."""

    def __init__(self, folder: Path) -> None:
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        with self._ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(_PIECE)
            except OSError as problem:
                assert problem.errno == errno.ENOSPC  # noqa: PT017 -- any other would be a fault of the test

    def free(self) -> None:
        self._ballast.unlink()


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[SmallDisk]:
    """Only where `may_mount` says so."""
    subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["/bin/umount", "--lazy", str(folder)], check=True)


def may_mount() -> bool:
    status = Path("/proc/self/status")
    if os.geteuid() != 0 or not status.exists():
        return False
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return bool(int(lines["CapEff"], 16) >> _ADMINISTRATION & 1)
