"""The housekeeper as a process: it begins again when it dies, ends with its parent, and does nothing twice."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text

from app.domain.organizations import DEFAULT_CODE_COUNT
from app.domain.recovery_codes import Visibility
from app.portal import Portal
from app.storage import chores
from app.storage.tables import chore, event, organization, readiness_figure, setup_link
from tests.support.nodes import Node, Nodes
from tests.support.postgres import MortalPostgres
from tests.support.processes import children_of, tell

_PATIENCE_SECONDS = 40.0  # on a machine that runs other tests beside it
_ORGANIZATIONS = 120


def housekeepers_of(node: Node) -> list[int]:
    assert node.served
    return [pid for pid in children_of(node.served.pid) if b"app.housekeeping" in _command(pid)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def is_alive(pid: int) -> bool:
    """Also of one whose parent is gone, and that nobody has waited for."""
    return bool(_command(pid))


def eventually(holds: Callable[[], object], node: Node) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < until, f"it takes too long:\n{node.output}"
        time.sleep(0.05)


def begun_after(node: Node, pid: int) -> int:
    """The process id of the housekeeper that follows that one."""
    eventually(lambda: [one for one in housekeepers_of(node) if one != pid], node)
    return housekeepers_of(node)[0]


def done(portal: Portal) -> dict[str, bool]:
    with portal.reading() as tx:
        return {one.name: one.done_at is not None for one in chores.all_kept(tx.db)}


def make_due(portal: Portal) -> None:
    """Everything is to be done again at once, and nobody has it in hand."""
    with portal.writing() as tx:
        tx.db.execute(text("UPDATE chore SET leased_until = NULL, leased_by = NULL"))
        tx.db.execute(chore.update().values(due_at=tx.now, done_at=None))


def much_to_do(portal: Portal) -> None:
    """Organizations whose day has come and whose readiness is not counted yet, and some rows that are over."""
    with portal.writing() as tx:
        tx.db.execute(
            insert(organization),
            [
                {
                    "public_id": UUID(int=number + 1), "slug": f"o-{number}", "name": "O", "time_zone": "UTC",
                    "second_factor_required_from": tx.now - timedelta(days=1), "code_count": DEFAULT_CODE_COUNT,
                    "code_visibility": Visibility.VIEWABLE, "made_at": tx.now,
                }
                for number in range(_ORGANIZATIONS)
            ],
        )  # fmt: skip
        over = {"made_at": tx.now, "expires_at": tx.now - timedelta(days=9)}
        tx.db.execute(insert(setup_link), [{"id": n, "token_hash": b"%d" % n, **over} for n in range(2, 1002)])


def all_done(portal: Portal) -> bool:
    with portal.reading() as tx:
        counted = len(tx.db.execute(select(readiness_figure.c.organization_id)).all())
        noted = len(tx.db.execute(select(event.c.organization_id)).all())
        left = len(tx.db.execute(select(setup_link.c.id)).all())
    assert counted <= _ORGANIZATIONS
    assert noted <= _ORGANIZATIONS, "written down twice"
    return (counted, noted, left) == (_ORGANIZATIONS, _ORGANIZATIONS, 1)  # of the links, that which is still good


@contextmanager
def nodes_of(site: Nodes, count: int) -> Iterator[list[Node]]:
    made = [site.make(LOG_LEVEL="info") for _ in range(count)]
    for node in made:
        node.begin()
    for node in made:
        node.wait_until_ready()
    yield made


@pytest.mark.both_databases
def test_it_does_its_chores_soon_after_the_start(site: Nodes) -> None:
    with nodes_of(site, 1) as (node,), site.portal() as portal:
        eventually(lambda: done(portal) and all(done(portal).values()), node)
        assert len(housekeepers_of(node)) == 1


@pytest.mark.both_databases
def test_killed_at_any_moment_it_loses_nothing_and_does_nothing_twice(site: Nodes) -> None:
    """The processes of two nodes, killed again and again while there is much to do."""
    chance = Random(4)  # noqa: S311 -- for waiting
    with nodes_of(site, 2) as nodes, site.portal() as portal:
        for node in nodes:
            eventually(partial(housekeepers_of, node), node)
        eventually(lambda: all(done(portal).values()), nodes[0])
        much_to_do(portal)
        killed = 0
        for _ in range(6):
            make_due(portal)
            for node in nodes:
                time.sleep(chance.uniform(0.05, 1.2))
                victims = housekeepers_of(node)
                tell(victims, signal.SIGKILL)
                killed += len(victims)
        assert killed >= 4

        make_due(portal)  # in place of waiting for five minutes, until the leases of the killed run out
        eventually(lambda: all_done(portal), nodes[0])
        make_due(portal)
        eventually(lambda: all(done(portal).values()), nodes[0])
        assert all_done(portal)


@pytest.mark.both_databases
def test_it_begins_again_when_it_dies_and_ends_with_the_server(site: Nodes) -> None:
    with nodes_of(site, 1) as (node,):
        eventually(lambda: housekeepers_of(node), node)
        (first,) = housekeepers_of(node)
        os.kill(first, signal.SIGKILL)
        second = begun_after(node, first)
        begun = time.monotonic()
        node.stop()
        assert time.monotonic() - begun < 6
        assert not is_alive(second)
        assert "event=stopped" in node.output
        assert "Traceback" not in node.output


def test_when_the_parent_is_killed_it_ends_by_itself(site: Nodes) -> None:
    with nodes_of(site, 1) as (node,):
        eventually(lambda: housekeepers_of(node), node)
        everybody = node.processes
        os.kill(everybody[0], signal.SIGKILL)
        eventually(lambda: not any(map(is_alive, everybody[1:])), node)


def test_ctrl_c_at_a_terminal_ends_it_too(site: Nodes) -> None:
    with nodes_of(site, 1) as (node,):
        eventually(lambda: housekeepers_of(node), node)
        (keeper,) = housekeepers_of(node)
        assert node.served
        assert node.served.press_ctrl_c() == 0
        assert not is_alive(keeper)


def test_it_keeps_no_file_of_the_server_open(site: Nodes) -> None:
    """A lock that it had inherited would outlive the server."""
    with nodes_of(site, 1) as (node,):
        eventually(lambda: "housekeeper began" in node.output, node)
        (keeper,) = housekeepers_of(node)
        opened = {str(one.readlink()) for one in Path(f"/proc/{keeper}/fd").iterdir() if one.is_symlink()}
        assert not [path for path in opened if path.endswith(".migrating")]
        assert len([path for path in opened if path.startswith("socket:")]) == 0


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_while_the_database_is_away_it_waits_and_goes_on_afterwards(
    site: Nodes, postgres: MortalPostgres, database_kind: str
) -> None:
    with nodes_of(site, 1) as (node,):
        with site.portal() as portal:
            eventually(lambda: done(portal) and all(done(portal).values()), node)
        (keeper,) = housekeepers_of(node)
        postgres.fall()
        eventually(lambda: "put off" in node.output, node)
        postgres.start()
        with site.portal() as portal:
            make_due(portal)
            eventually(lambda: all(done(portal).values()), node)
        assert housekeepers_of(node) == [keeper]
        assert "Traceback" not in node.output
