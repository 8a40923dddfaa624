"""The file with the keys."""

import stat
from pathlib import Path

import pytest

from app.storage import key_file
from app.storage.key_file import UnfitKeysError


@pytest.fixture
def path(instance: Path) -> Path:
    return instance / "keys.json"


def test_a_new_file_is_for_its_owner_alone_and_reads_back(path: Path) -> None:
    keys = key_file.create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert key_file.read(path) == keys


def test_folders_on_the_way_are_made(instance: Path) -> None:
    key_file.create(instance / "deep" / "down" / "keys.json")


def test_a_file_is_never_written_over(path: Path) -> None:
    key_file.create(path)
    before = path.read_text()
    with pytest.raises(UnfitKeysError, match="exists already"):
        key_file.create(path)
    assert path.read_text() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o666])
def test_a_file_that_others_can_open_is_refused_with_what_to_do(path: Path, mode: int) -> None:
    key_file.create(path)
    path.chmod(mode)
    with pytest.raises(UnfitKeysError, match="chmod 600"):
        key_file.read(path)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_of_its_owner_alone_is_read(path: Path, mode: int) -> None:
    keys = key_file.create(path)
    path.chmod(mode)
    assert key_file.read(path) == keys


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"no keys", b"null"])
def test_a_file_without_keys_is_refused_by_its_name(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(UnfitKeysError, match=r"keys\.json"):
        key_file.read(path)


def test_a_file_that_is_not_there_or_a_folder_is_refused(instance: Path, path: Path) -> None:
    for what in (path, instance):
        with pytest.raises(UnfitKeysError, match="cannot be read"):
            key_file.read(what)
