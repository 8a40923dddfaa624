"""What the code itself must keep to: where transactions begin and end, where the time comes from, and its measure."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRANSACTIONS = {"commit", "rollback", "flush", "begin", "begin_nested", "begin_twophase", "savepoint"}
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "fromtimestamp", "utcfromtimestamp"}
CLOCKS |= {"monotonic", "perf_counter"}
FLUSHES_A_FILE = {"sys.stdout.flush", "file.flush"}
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "base", "manager", "managers", "misc"}
LONGEST_FILE = {"app": 320, "tests": 700}  # a state machine reads best in one piece
LONGEST_FUNCTION = 45
TABLES = {"app/storage/tables.py"}  # a list of columns, longer with each table


def _modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def _calls(tree: ast.AST) -> Iterator[tuple[str, str, int]]:
    """Each call of a method, as what it is called on, its name, and its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield ast.unparse(node.func.value), node.func.attr, node.lineno


def test_transactions_begin_and_end_in_one_module() -> None:
    found = {
        f"{path}:{line} {on}.{name}"
        for path, tree in _modules("app")
        for on, name, line in _calls(tree)
        if name in TRANSACTIONS and not path.startswith("app/storage/migrations/")
    }
    elsewhere = {where for where in found if not where.startswith("app/storage/database.py")}
    assert len(found) >= 2
    assert {where for where in elsewhere if where.split()[1] not in FLUSHES_A_FILE} == set()


def test_no_statement_ends_a_transaction_by_itself() -> None:
    words = ("COMMIT", "ROLLBACK", "BEGIN", "SAVEPOINT")
    found = {
        f"{path}:{node.lineno}"
        for path, tree in _modules("app")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip().startswith(words)
    }
    assert {where.partition(":")[0] for where in found} <= {"app/storage/database.py"}


def test_the_time_is_read_in_one_place() -> None:
    found = {
        f"{path} {on}.{name}"
        for path, tree in _modules("app")
        for on, name, _ in _calls(tree)
        if name in CLOCKS and on.split(".")[0] in {"datetime", "date", "time"}
    }
    measured = {  # how long something took, for the log, and how long a process lived
        "app/http/requests.py time.perf_counter",
        "app/housekeeping/rounds.py time.perf_counter",
        "app/housekeeping/beside.py time.monotonic",
    }
    assert found - measured == {"app/portal.py datetime.now"}


def test_nobody_takes_the_reading_of_a_clock_under_another_name() -> None:
    names = {
        f"{path}: {alias.name}"
        for path, tree in _modules("app")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        for alias in node.names
    }
    assert names == set()


def test_every_moment_has_a_zone() -> None:
    """`datetime(...)` names its zone, and what reads or makes one without does not occur."""
    naive = set()
    for path, tree in _modules("app"):
        for node in ast.walk(tree):
            makes_one = isinstance(node, ast.Call) and ast.unparse(node.func) in {"datetime", "datetime.datetime"}
            if isinstance(node, ast.Call) and makes_one and not any(word.arg == "tzinfo" for word in node.keywords):
                naive.add(f"{path}:{node.lineno}")
        naive |= {
            f"{path}:{line}"
            for on, name, line in _calls(tree)
            if name in {"utcnow", "utcfromtimestamp"} and on.endswith("datetime")
        }
    assert naive == set()


def test_no_module_is_named_for_nothing() -> None:
    paths = [path for folder in ("app", "tests") for path in (ROOT / folder).rglob("*") if path.suffix in {"", ".py"}]
    assert len(paths) > 100
    ours = [path for path in paths if "node_modules" not in path.parts]
    assert [str(path) for path in ours if path.stem in NAMES_THAT_SAY_NOTHING] == []


@pytest.mark.parametrize("folder", ["app", "tests"])
def test_no_file_is_long(folder: str) -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines())
        for path in (ROOT / folder).rglob("*.py")
        if "migrations/versions" not in path.as_posix()
    }
    assert lengths
    assert {
        path: length for path, length in lengths.items() if length > LONGEST_FILE[folder] and path not in TABLES
    } == {}


def test_no_function_is_long() -> None:
    long = {
        f"{path}: {node.name} ({(node.end_lineno or 0) - node.lineno + 1})"
        for path, tree in _modules("app", "tests/web", "tests/house", "tests/support")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
        and "migrations/versions" not in path
    }
    assert long == set()


def test_no_branch_of_the_code_is_only_for_tests() -> None:
    telling = {"TESTING", "testing", "PYTEST_CURRENT_TEST"}
    found = {
        f"{path}:{node.lineno}"
        for path, tree in _modules("app")
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and node.value in telling)
        or (isinstance(node, ast.Attribute) and node.attr in telling)
    }
    assert found == set()
