"""`sparekey keys reseal`, killed again and again while codes are spent: running it again goes on where it was."""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.refusals import Refused, Why
from app.domain.sessions import SignIn
from app.portal import Portal, SystemClock
from app.services import sign_in
from app.storage import key_file
from app.storage.database import Database
from app.storage.key_source import RingInFile
from tests.concurrency.crowd import Crowd, Racer
from tests.concurrency.key_acts import all_open, reseal_the_rest, under_key
from tests.support.clock import TestClock
from tests.support.people import AT_HOME

MEMBERS = 60
KILLS = 8
_SPAREKEY = "import sys; from app.cli import main; sys.exit(main())"


@pytest.fixture
def clock() -> TestClock:
    """The commands are processes of their own, which have the time of this machine."""
    return TestClock(SystemClock().now())


@pytest.fixture
def path(instance: Path) -> Path:
    path = instance / "keys.json"
    key_file.create(path)
    return path


@pytest.fixture
def portal(path: Path, portal: Portal, database: Database, clock: TestClock) -> Portal:
    ring = RingInFile(path, database, clock.now())
    return Portal(portal.settings, database, ring, clock, portal.hasher)


def started(portal: Portal, *arguments: str) -> subprocess.Popen[str]:
    settings = portal.settings
    environment = {**os.environ, "INSTANCE": str(settings.instance), "DATABASE_URL": settings.database_url}
    return subprocess.Popen(
        [sys.executable, "-c", _SPAREKEY, "keys", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def killed_while_resealing(portal: Portal, after: float) -> None:
    process = started(portal, "reseal", "--batch", "1")
    assert process.stdout
    assert process.stdout.readline(), "it ended before it was killed"
    time.sleep(after)
    process.kill()
    process.communicate()


def spend(portal: Portal, begun: SignIn, code: str) -> Why | None:
    outcome = sign_in.second(portal, begun, code, browser_token=None, origin=AT_HOME)
    return outcome.why if isinstance(outcome, Refused) else None


@contextmanager
def spending(portal: Portal, racers: list[Racer]) -> Iterator[list[Why | None]]:
    """Two codes of each, while the block runs; what came of each."""
    outcomes: list[Why | None] = []
    turns = [(one, number) for number in (0, 1) for one in racers]
    over = threading.Event()

    def go_on() -> None:
        for one, number in turns:
            outcomes.append(spend(portal, one.sign_ins[number], one.codes[number]))
            over.wait(0.05)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield outcomes
    finally:
        over.set()
        thread.join()


def test_killed_at_any_moment_it_loses_nothing(portal: Portal, crowd: Crowd, path: Path, clock: TestClock) -> None:
    chance = random.Random(4)  # noqa: S311 -- moments to be killed at
    racers = crowd.racers(MEMBERS, coming_in=4)
    key_file.change(path, lambda ring: ring.rotated(clock.now(), clock.now() - timedelta(seconds=1)))
    left = [under_key(portal, 1)]
    with spending(portal, racers) as outcomes:
        for _ in range(KILLS):
            killed_while_resealing(portal, chance.uniform(0, 0.08))
            left.append(under_key(portal, 1))
    assert outcomes == [None] * 2 * MEMBERS
    assert left[-1] > 0, "it was done before it was killed for the last time"
    assert left == sorted(left, reverse=True)
    all_open(portal, racers)
    process = started(portal, "reseal")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out.endswith("All that opens is sealed with key 2 now.\n")
    assert under_key(portal, 1) == 0
    all_open(portal, racers)
    for one in racers:
        assert spend(portal, one.sign_ins[2], one.codes[0]) is Why.USED_CODE
        assert spend(portal, one.sign_ins[2], one.codes[2]) is None
        assert spend(portal, one.sign_ins[3], one.codes[2]) is Why.USED_CODE
    retired = started(portal, "retire", "1")
    retired.communicate(timeout=60)
    assert retired.returncode == 0
    assert spend(portal, racers[0].sign_ins[3], racers[0].codes[9]) is None


def test_retiring_is_done_whenever_it_was_killed(portal: Portal, crowd: Crowd, path: Path, clock: TestClock) -> None:
    chance = random.Random(5)  # noqa: S311 -- likewise
    racers = crowd.racers(3, coming_in=1)
    for key_id in range(1, 4):
        key_file.change(path, lambda ring: ring.rotated(clock.now(), clock.now() - timedelta(seconds=1)))
        reseal_the_rest(portal)
        retiring = started(portal, "retire", str(key_id))
        time.sleep(chance.uniform(0.7, 1.3))
        retiring.kill()
        retiring.communicate()
        started(portal, "retire", str(key_id)).communicate(timeout=60)
        assert key_file.read(path).keys.keys() == {key_id + 1}
        all_open(portal, racers)
    for one in racers:
        assert spend(portal, one.sign_ins[0], one.codes[0]) is None
