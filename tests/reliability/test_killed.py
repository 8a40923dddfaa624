"""kill -9 under load, at random moments: nothing acknowledged is lost, and nothing is done twice or by halves."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from signal import SIGKILL

import pytest

from tests.reliability.conftest import Run
from tests.support.deeds import Outcome
from tests.support.nodes import Node, Nodes
from tests.support.processes import tell

ROUNDS = 20
CLIENTS = 6
SEED = 20261121
PATIENCE_SECONDS = 30.0

ROOT = Path(__file__).resolve().parents[2]
# A worker as the server makes them, that only begins when its parent is gone.
ORPHAN = """
import multiprocessing, os, signal, sys, time

def begin():
    os.dup2(2, 1)
    while os.getppid() == parent:
        time.sleep(0.01)
    from app.serve import application
    application()
    time.sleep(60)

parent = os.getpid()
worker = multiprocessing.get_context("fork").Process(target=begin)
worker.start()
print(worker.pid, flush=True)
os.kill(parent, signal.SIGKILL)
"""


@pytest.mark.both_databases
def test_killing_all_workers_or_the_whole_server_loses_and_doubles_nothing(run: Run, node: Node) -> None:
    """In turns: of the workers alone, which the parent replaces; then of the parent as well, which is started again."""
    moments, killed, waits = random.Random(SEED), 0, []  # noqa: S311
    people = run.people(20 * ROUNDS)
    load = run.load(node.door, people, SEED)
    with load.running(CLIENTS):
        for number in range(ROUNDS):
            _wait_until_something_is_done(run)
            time.sleep(moments.uniform(0.3, 0.9))
            if number % 2 == 0:
                killed += node.kill_workers()
            else:
                killed += node.kill()
                node.begin()
            waits.append(node.wait_until_ready())
        _wait_until_something_is_done(run)
    run.say("kill -9", rounds=ROUNDS, processes_killed=killed, longest_until_ready=f"{max(waits):.1f} s")
    assert run.found() == []
    assert run.history.figures()[Outcome.DONE] > 2 * ROUNDS
    assert load.members.qsize() > 0, "there was nobody left to make load"


def test_a_worker_whose_parent_died_before_it_began_ends_as_well(site: Nodes) -> None:
    """Whoever was left would hold the port, and the next start could not have it."""
    environment = {**os.environ, **site.make().environment, "PYTHONPATH": str(ROOT)}
    begun = subprocess.run(
        [sys.executable, "-c", ORPHAN], env=environment, stdout=subprocess.PIPE, timeout=PATIENCE_SECONDS, check=False
    )
    assert begun.returncode == -SIGKILL
    deadline, worker = time.monotonic() + PATIENCE_SECONDS, int(begun.stdout)
    while _is_alive(worker):
        if time.monotonic() > deadline:
            tell([worker], SIGKILL)
            raise AssertionError("the worker goes on alone")
        time.sleep(0.05)


def _is_alive(pid: int) -> bool:
    """A zombie that nobody asks after is not."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def _wait_until_something_is_done(run: Run) -> None:
    """A server that was just started answers slowly at first, and killing an idle one would show nothing."""
    before, deadline = run.history.figures()[Outcome.DONE], time.monotonic() + PATIENCE_SECONDS
    while run.history.figures()[Outcome.DONE] == before:
        assert time.monotonic() < deadline, "nothing is acknowledged any more"
        time.sleep(0.02)
