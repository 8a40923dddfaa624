"""Getting what was written onto the disk, so that power that goes cannot take it away again."""

import os
from pathlib import Path


def synchronize(path: Path) -> None:
    """A file, or the names in a folder: on the disk when this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
