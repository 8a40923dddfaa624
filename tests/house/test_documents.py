"""README says what is here and how it is set; nothing in the repository names a machine it was written on."""

import re
import subprocess
from pathlib import Path

import pytest

from app.config import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
# Put together here, so that this file names none of them either.
MACHINES = [rf"(?<![\w.])/{folder}/\w" for folder in ("home", "root", "Users", "work")]
REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("golang", "org"))
]
REGISTRIES += [f"--{option}" for option in ("index-url", "extra-index-url", "find-links")]
TEXT = {".py", ".md", ".toml", ".html", ".css", ".js", ".svg", ".mako", ".txt", ".yml", ".yaml", ".cfg", ".ini", ""}


def _folders(root: str) -> list[str]:
    return [
        f"{root}/{path.name}"
        for path in sorted((ROOT / root).iterdir())
        if path.is_dir() and not path.name.startswith((".", "__")) and any(path.rglob("*.py"))
    ]


def _files() -> list[Path]:
    """What is in the repository or would be with the next commit."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("folder", [*_folders("app"), *_folders("tests")])
def test_the_map_names_every_folder(folder: str) -> None:
    name = folder.rpartition("/")[2]
    assert re.search(rf"(?<![\w]){re.escape(name)}/", README), f"README's map does not name {folder}"


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_documented(setting: str) -> None:
    assert re.search(rf"^\| `{setting.upper()}` \|", README, re.MULTILINE)
    assert Settings.model_fields[setting].description


def test_no_setting_is_documented_that_is_not_there() -> None:
    table = README.partition("### Settings")[2].partition("\n#")[0]
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE))
    assert documented == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize(
    "setting", [name for name, field in Settings.model_fields.items() if isinstance(field.default, int)]
)
def test_the_documented_default_is_the_default(setting: str) -> None:
    row = re.search(rf"^\| `{setting.upper()}` \| `([^`]*)` \|", README, re.MULTILINE)
    assert row
    assert row[1] == str(Settings.model_fields[setting].default)


def test_every_link_in_readme_leads_somewhere() -> None:
    linked = re.findall(r"\]\((?!https?:|#|<)([^)#\s]+)", README)
    assert linked
    assert [path for path in linked if not (ROOT / path).exists()] == []


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    files = [path for path in _files() if path.suffix in TEXT]
    assert len(files) > 100
    found = {
        f"{path.relative_to(ROOT)}: {word}"
        for path in files
        for text in [path.read_text(errors="replace")]
        for word in (*MACHINES, *map(re.escape, REGISTRIES))
        if re.search(word, text)
    }
    assert found == set()


@pytest.mark.parametrize("name", ["instance", ".venv", "sparekey.sqlite3", "keys.json"])
def test_nothing_of_an_installation_is_in_the_repository(name: str) -> None:
    kept = [path.relative_to(ROOT) for path in _files() if name in path.relative_to(ROOT).parts]
    assert [str(path) for path in kept if path != Path("instance/README.md")] == []
