"""The file with the keys."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.keyring import KeyRing
from app.storage import key_file
from app.storage.key_file import UnfitKeysError

SOMEBODY = 12345
NOW = datetime(2026, 5, 4, tzinfo=UTC)


@pytest.fixture
def path(instance: Path) -> Path:
    return instance / "keys.json"


def test_made_by_root_it_is_the_file_of_whose_folder_it_is_in(instance: Path, path: Path) -> None:
    if os.geteuid() == 0:
        os.chown(instance, SOMEBODY, SOMEBODY)
    key_file.create(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (instance.stat().st_uid, instance.stat().st_gid)


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
        with pytest.raises(UnfitKeysError, match=r"cannot be read|There is no key file at"):
            key_file.read(what)


def rotated(ring: KeyRing) -> KeyRing:
    """As if the one before had been in use for long."""
    present = ring.at(NOW)
    return present.rotated(NOW, NOW)


def test_a_changed_ring_takes_the_place_of_the_old_one(path: Path) -> None:
    before = key_file.create(path)
    after = key_file.change(path, rotated)
    assert after.keys.keys() == {1, 2}
    assert key_file.read(path) == after
    assert after.keys[1] == before.keys[1]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir() if "key" in one.name] == ["keys.json"]


def test_a_change_that_comes_to_nothing_leaves_the_file_alone(path: Path) -> None:
    key_file.create(path)
    before = key_file.state_of(path)

    def refuse(_ring: KeyRing) -> KeyRing:
        raise LookupError

    with pytest.raises(LookupError):
        key_file.change(path, refuse)
    key_file.change(path, lambda ring: ring)
    assert key_file.state_of(path) == before


def test_changes_at_once_are_all_made(path: Path) -> None:
    key_file.create(path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: key_file.change(path, rotated), range(24)))
    assert key_file.read(path).keys.keys() == set(range(1, 26))


def test_a_link_to_the_file_stays_one(path: Path, tmp_path: Path) -> None:
    key_file.create(path)
    link = tmp_path / "elsewhere.json"
    link.symlink_to(path)
    key_file.change(link, rotated)
    assert link.is_symlink()
    assert key_file.read(path).keys.keys() == {1, 2}


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give files away")
def test_root_leaves_the_file_to_who_serves(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key_file.create(path)
    os.chown(path, 12345, 12345)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    key_file.change(path, rotated)
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12345)


def test_a_file_of_somebody_else_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key_file.create(path)
    monkeypatch.setattr(os, "fstat", _owned_by(path.stat().st_uid + 1))
    with pytest.raises(UnfitKeysError, match="belongs to another user"):
        key_file.read(path)


def _owned_by(uid: int) -> Callable[[int], os.stat_result]:
    stat_of = os.fstat

    def fstat(descriptor: int) -> os.stat_result:
        found = list(stat_of(descriptor))
        found[stat.ST_UID] = uid
        return os.stat_result([*found, *[0.0] * 3, *[0] * 3])

    return fstat


@pytest.mark.parametrize("step", ["unlink", "open", "fchown", "write", "fsync", "replace", "fsync of the folder"])
def test_a_fall_at_any_step_leaves_the_old_ring_or_the_new_one(
    path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key_file.create(path)
    _fall_at(step, monkeypatch)
    with pytest.raises(OSError, match="fell"):
        key_file.change(path, rotated)
    monkeypatch.undo()
    assert key_file.read(path).keys.keys() in ({1}, {1, 2})
    assert key_file.read(path).keys[1] == before.keys[1]
    after = key_file.change(path, rotated)
    assert key_file.read(path) == after
    assert [one.name for one in path.parent.iterdir() if "key" in one.name] == ["keys.json"]


def _fall_at(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, fsync, times = os.open, os.fsync, iter([1, 2])

    def fall(*_: object, **__: object) -> None:
        raise OSError("fell")

    falls: dict[str, tuple[object, str, Callable[..., object]]] = {
        "unlink": (Path, "unlink", fall),
        "replace": (Path, "replace", fall),
        "open": (os, "open", lambda where, how, *of: fall() if how & os.O_EXCL else opened(where, how, *of)),
        "fchown": (os, "fchown", fall),
        "write": (KeyRing, "to_json", fall),
        "fsync": (os, "fsync", fall),
        "fsync of the folder": (os, "fsync", lambda descriptor: fall() if next(times) == 2 else fsync(descriptor)),
    }
    on, name, instead = falls[step]
    monkeypatch.setattr(on, name, instead)
    if step == "fchown":
        monkeypatch.setattr(os, "getgid", lambda: -1)


_CHANGES_FOR_EVER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.storage import key_file
now = datetime(2026, 5, 4, tzinfo=UTC)
print("changing", flush=True)
while True:
    for change in (lambda ring: ring.at(now).rotated(now, now), lambda ring: ring.at(now).without(min(ring.keys))):
        key_file.change(Path(sys.argv[1]), change)
"""


def test_killed_while_it_changes_the_file_is_whole(path: Path) -> None:
    key_file.create(path)
    for killed_after in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", _CHANGES_FOR_EVER, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        process.stdout.readline()
        until = time.monotonic() + 0.02 + killed_after * 0.0037
        while time.monotonic() < until:
            key_file.read(path)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert 1 <= len(key_file.read(path).keys) <= killed_after + 2
    key_file.change(path, rotated)
    assert [one.name for one in path.parent.iterdir() if "key" in one.name] == ["keys.json"]


def test_two_who_make_the_first_ring_at_once_agree_on_one(path: Path) -> None:
    def make(_: int) -> KeyRing | None:
        try:
            return key_file.create(path)
        except UnfitKeysError:
            return None

    with ThreadPoolExecutor(8) as pool:
        made = [ring for ring in pool.map(make, range(8)) if ring]
    assert made == [key_file.read(path)]


def test_whatever_happens_to_the_file_shows_in_its_state(path: Path) -> None:
    assert key_file.state_of(path) is None
    key_file.create(path)
    first = key_file.state_of(path)
    assert key_file.state_of(path) == first
    time.sleep(0.01)
    path.chmod(0o640)
    assert key_file.state_of(path) != first
