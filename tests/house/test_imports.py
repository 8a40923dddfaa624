"""Who may import whom, and what the command line does without."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB = ("flask", "flask_login", "flask_wtf", "flask_bootstrap", "wtforms", "jinja2", "werkzeug")


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_every_import_contract_is_kept() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("module", ["app.cli", "app.opening", "app.services.sign_in", "app"])
def test_the_core_and_the_command_line_load_without_a_web_framework(module: str) -> None:
    loaded = _python(f"import sys, {module}; print(*sys.modules)").split()
    assert module in loaded
    assert not set(WEB) & set(loaded)
    assert "granian" not in loaded


def test_only_storage_imports_its_tables() -> None:
    importing = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "app.storage.tables"
    }
    assert importing
    assert all(path.startswith("app/storage/") for path in importing)
