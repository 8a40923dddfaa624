"""The processes that another one has started."""

import contextlib
import os
import signal
import subprocess
from pathlib import Path

_KNOWN = Path("/proc")


def children_of(parent: int) -> list[int]:
    return [pid for pid, its_parent in _pairs() if its_parent == parent]


def tell(pids: list[int], number: signal.Signals) -> None:
    """Whoever is gone already is no matter."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _pairs() -> list[tuple[int, int]]:
    if not (_KNOWN / "self" / "stat").exists():  # not Linux
        listed = subprocess.run(["/bin/ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
        return [(int(pid), int(parent)) for pid, parent in map(str.split, listed.stdout.splitlines())]
    found = []
    for entry in _KNOWN.iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):  # gone since it was listed
                found.append((int(entry.name), int((entry / "stat").read_text().rpartition(")")[2].split()[1])))
    return found
