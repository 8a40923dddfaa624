"""The folder in which the processes of one server count, for monitoring."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from app.config import Settings

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The name by which prometheus-client knows it; it looks for it once, when it is imported."""

_PREFIX = "sparekey-counting-"
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of our own is made in it
_ROOM = 1 << 20  # for each file; what a worker counts takes a third of it
_KINDS = ("counter", "histogram")


def place(settings: Settings) -> AbstractContextManager[None]:
    """For as long as a server runs that gives figures out. It begins at nought with each."""
    return _made() if settings.metrics_port else nullcontext()


def take_room() -> bool:
    """For this process. False where there is none, or nobody wants figures: then nothing must be counted.

    Room that is only promised would be missing later, when a page of memory is written to, and end the process.
    """
    folder = os.environ.get(FOLDER)
    if not folder:
        return False
    try:
        for kind in _KINDS:
            own = Path(folder) / f"{kind}_{os.getpid()}.db"
            new = own.with_suffix(".new")
            with new.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, _ROOM)
            if not own.exists():  # a process id comes back in time, and with it what was counted under it
                new.rename(own)  # at once whole, since somebody may be reading
    except OSError:
        for left in Path(folder).glob(f"*_{os.getpid()}.new"):
            left.unlink(missing_ok=True)
        return False
    return True


@contextmanager
def _made() -> Iterator[None]:
    parent = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())
    _remove_left_over(parent)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_SH)
        os.environ[FOLDER] = str(folder)
        yield
    finally:
        del os.environ[FOLDER]
        os.close(held)
        shutil.rmtree(folder, ignore_errors=True)


def _remove_left_over(parent: Path) -> None:
    """Of servers that were killed: nobody holds those folders any more."""
    for folder in parent.glob(f"{_PREFIX}*"):
        try:
            held = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
        except OSError:
            continue
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(held).st_uid == os.geteuid():
                shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            pass
        finally:
            os.close(held)
