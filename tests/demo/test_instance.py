"""The demo's instance is apart from the real one, whatever the environment and the folders look like."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from app.config import Settings, UnfitSettingsError
from app.demo import history, instance
from app.demo.instance import UnfitDemoError, make_anew, reserved
from tests.support.served import free_port

REAL = {
    "DATABASE_URL": "postgresql://sparekey@db.example.org/sparekey",
    "keys": '{"current": 1}',
    "KEYS_FILE": "elsewhere.json",
    "Public_Url": "https://keys.example.org",
    "HOST": "0.0.0.0",  # noqa: S104 -- which must not reach the demo
    "PORT": "8000",
    "PROXIES": "1",
    "WORKERS": "no number",
}


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    """As it was, after each test."""
    with patch.dict(os.environ):
        yield


@pytest.fixture(autouse=True)
def _nobody_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty history, which takes no time."""
    monkeypatch.setattr(history, "make", lambda *_: [])


@pytest.fixture
def folder(instance: Path) -> Path:
    return instance / "demo"


def _contents(folder: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def _made(folder: Path) -> Settings:
    with reserved(folder, free_port()) as settings:
        make_anew(settings)
        return settings


def test_no_setting_of_the_real_installation_reaches_it(folder: Path) -> None:
    os.environ.update(REAL, INSTANCE=str(folder.parent))
    port = free_port()
    with reserved(folder, port) as settings:
        left = {name: value for name, value in os.environ.items() if name.lower() in Settings.model_fields}
        assert left == {"INSTANCE": str(folder), "HOST": "127.0.0.1", "PORT": str(port)}
        assert settings == Settings(instance=folder, port=port)
        assert settings.database == f"sqlite:///{folder / 'sparekey.sqlite3'}"
        assert settings.origin == f"http://127.0.0.1:{port}"


def test_the_real_instance_stays_as_it_is(folder: Path) -> None:
    for name in ("sparekey.sqlite3", "keys.json", "README.md"):
        (folder.parent / name).write_text(f"the real {name}")
    (folder.parent / "sparekey.toml").write_text('database_url = "sqlite:////nowhere/real.sqlite3"\nnonsense = 1\n')
    before = _contents(folder.parent)
    _made(folder)
    after = {path: content for path, content in _contents(folder.parent).items() if not path.is_relative_to(folder)}
    assert after == before
    assert (folder / "sparekey.sqlite3").exists()


def test_nobody_else_can_read_it(folder: Path) -> None:
    _made(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir() if path.suffix} == {
        "keys.json": 0o600,
        "sparekey.sqlite3": 0o600,
    }


def test_each_start_makes_it_anew_and_keeps_its_settings(folder: Path) -> None:
    _made(folder)
    keys = (folder / "keys.json").read_bytes()
    (folder / "sparekey.toml").write_text("threads = 2\n")
    (folder / "sparekey.sqlite3-wal").write_text("of the one before")
    assert _made(folder).threads == 2
    assert (folder / "keys.json").read_bytes() != keys
    assert not (folder / "sparekey.sqlite3-wal").exists()


@pytest.mark.parametrize(
    "line",
    [
        'database_url = "postgresql://sparekey@db.example.org/sparekey"',
        'database_url = "sqlite:///real.sqlite3"',
        'keys_file = "real.json"',
        'public_url = "https://keys.example.org"',
    ],
)
def test_a_settings_file_that_names_what_is_not_the_demos_is_refused(folder: Path, line: str) -> None:
    _made(folder)
    (folder / "sparekey.toml").write_text(f"{line}\n")
    before = _contents(folder)
    with pytest.raises(UnfitSettingsError, match=line.partition(" ")[0].upper()):
        _made(folder)
    assert _contents(folder) == before


def test_a_link_in_its_place_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    folder.symlink_to(tmp_path / "real")
    with pytest.raises(UnfitDemoError, match="not a folder"):
        _made(folder)
    assert _contents(tmp_path / "real") == {}


def test_a_file_in_its_place_is_left_alone(folder: Path) -> None:
    folder.write_text("something else")
    with pytest.raises(UnfitDemoError, match="not a folder"):
        _made(folder)
    assert folder.read_text() == "something else"


def test_a_link_in_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    _made(folder)
    (tmp_path / "real.sqlite3").write_text("real")
    (folder / "sparekey.sqlite3").unlink()
    (folder / "sparekey.sqlite3").symlink_to(tmp_path / "real.sqlite3")
    with pytest.raises(UnfitDemoError, match="links"):
        _made(folder)
    assert (tmp_path / "real.sqlite3").read_text() == "real"


def test_a_real_instance_in_its_place_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "sparekey.sqlite3").write_text("real")
    with pytest.raises(UnfitDemoError, match="no demo made"):
        _made(folder)
    assert _contents(folder) == {folder / "sparekey.sqlite3": b"real"}


def test_a_busy_port_leaves_the_demo_before_alone(folder: Path) -> None:
    _made(folder)
    before = _contents(folder)
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        port = somebody.getsockname()[1]
        with pytest.raises(UnfitDemoError, match=f"Port {port} cannot be used"), reserved(folder, port):
            pass
    assert _contents(folder) == before


def test_a_running_demo_is_left_alone_on_another_port_too(folder: Path) -> None:
    with reserved(folder, free_port()) as settings:
        make_anew(settings)
        before = _contents(folder)
        with pytest.raises(UnfitDemoError, match="runs already"):
            _made(folder)
        assert _contents(folder) == before


def test_it_is_made_on_disk_where_there_is_no_folder_in_memory(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "_IN_MEMORY", tmp_path / "none")
    _made(folder)
    assert (folder / "sparekey.sqlite3").exists()
