"""`sparekey check`, as the operator reads it."""

import pytest
from sqlalchemy import Connection

from app.portal import Portal, SystemClock
from app.storage import diagnosis
from tests.cli.conftest import Sparekey


@pytest.fixture(autouse=True)
def _in_earnest(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of this machine, and a server that keeps what it says: that of the tests is in too much haste."""
    monkeypatch.setattr(type(portal.clock), "now", lambda _clock: SystemClock().now())
    monkeypatch.setattr(diagnosis, "unsafe_settings", lambda _db: [])


def test_a_sound_installation_is_found_sound(portal: Portal, sparekey: Sparekey) -> None:
    done = sparekey("check")
    assert (done.status, done.err) == (0, ""), done.out
    assert {line[:5] for line in done.out.splitlines()} == {"ok   "}
    about = [line.split()[1] for line in done.out.splitlines()]
    on_postgresql = [] if portal.settings.on_sqlite else ["durability:", "connections:"]
    assert about == ["settings:", "keys:", "database:", *on_postgresql, "clock:", "proxies:"]


@pytest.mark.only("sqlite")
def test_a_file_that_cannot_be_written_is_found(
    portal: Portal, sparekey: Sparekey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root every file can be written, so it is the connection that may not."""
    write = diagnosis.write_nothing_new

    def forbidden(db: Connection) -> None:
        db.exec_driver_sql("PRAGMA query_only = ON")
        write(db)

    monkeypatch.setattr(diagnosis, "write_nothing_new", forbidden)
    done = sparekey("check")
    assert done.status == 1
    assert "answers, but cannot be written: attempt to write a readonly database" in done.out


@pytest.mark.only("postgresql")
def test_a_server_that_may_forget_what_it_acknowledged_is_found(
    sparekey: Sparekey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "unsafe_settings", lambda _db: ["fsync", "full_page_writes"])
    done = sparekey("check")
    assert done.status == 1
    assert (
        "wrong  durability: PostgreSQL runs with fsync, full_page_writes off: a code that was spent could come back"
        in done.out
    )


@pytest.mark.only("postgresql")
def test_a_server_with_too_few_connections_is_found(sparekey: Sparekey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKERS", "20")
    monkeypatch.setenv("THREADS", "20")
    done = sparekey("check")
    assert done.status == 1
    assert "this node may open 440 of the server's 9" in done.out
    assert "too few for this node" in done.out
