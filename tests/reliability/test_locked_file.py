"""Another process holds SQLite's write lock: a request waits for a while, then says so, and nothing was counted."""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from app.domain import recovery_codes as codes
from app.web.cookies import Cookie
from tests.reliability.conftest import Run
from tests.support.nodes import Node
from tests.support.people import PASSWORD
from tests.support.remote import RemoteBrowser
from tests.support.tables import Dump, dump

BUSY_SECONDS = 5.0
AT_MOST_SECONDS = 25.0
"""Two waits of five seconds, for the turn within the process and for the other process, and one for a free thread."""
MORE_THAN_THREADS = 12
HOUSEKEEPING = {"chore", "readiness_figure"}
"""Tables that only the housekeeper writes, which goes round as soon as the lock is let go."""
HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another(path: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        try:
            yield other
        finally:
            other.communicate()


def test_a_lock_that_is_let_go_in_time_is_only_a_wait(run: Run, node: Node, disk: Path) -> None:
    (who,) = run.people(1)
    browser = _arriving(node, who.sign_ins[0])
    with ThreadPoolExecutor(1) as pool, held_by_another(disk / "sparekey.sqlite3"):
        coming = pool.submit(browser.post, "/sign-in/code", code=codes.spell(who.codes[0]))
        time.sleep(1.0)
        assert not coming.done()
    assert coming.result().status == 303
    assert browser.holds(Cookie.SESSION)


def test_a_lock_that_is_held_too_long_is_a_503_and_costs_no_try(run: Run, node: Node, disk: Path) -> None:
    (who,) = run.people(1)
    arriving = _arriving(node, who.sign_ins[0])
    with held_by_another(disk / "sparekey.sqlite3"), ThreadPoolExecutor(MORE_THAN_THREADS) as pool:
        asked = [pool.submit(_timed, arriving, "/sign-in/code", code=_wrong(who.codes[0])) for _ in range(9)]
        asked += [pool.submit(_timed, arriving, "/sign-in", email=who.email, password=PASSWORD) for _ in range(2)]
        assert arriving.get("/sign-in").status == 200  # looking needs no lock
        answers = [one.result() for one in asked]
    assert {(status, told) for status, told, _ in answers} == {(503, True)}
    assert min(seconds for _, _, seconds in answers) > BUSY_SECONDS - 1
    assert max(seconds for _, _, seconds in answers) < AT_MOST_SECONDS
    with run.site.portal() as portal:
        assert _by_requests(dump(portal)) == _by_requests(run.before)  # no try, no event, no wait: nothing at all
    assert arriving.post("/sign-in/code", code=codes.spell(who.codes[0])).status == 303


def _arriving(node: Node, token: str) -> RemoteBrowser:
    visitor = RemoteBrowser(node.door)
    assert visitor.get("/sign-in").status == 200
    return visitor.twin(sign_in=token)


def _by_requests(rows: Dump) -> Dump:
    """What the requests of people could have changed."""
    return {table: kept for table, kept in rows.items() if table not in HOUSEKEEPING}


def _wrong(code: str) -> str:
    """Another code whose check symbol is right: a try, and not a slip of the finger."""
    return codes.spell(next(made for made in iter(codes.new_code, "") if made != code))


def _timed(browser: RemoteBrowser, path: str, **fields: str) -> tuple[int, bool, float]:
    begun = time.monotonic()
    reply = browser.twin(sign_in=browser.holds(Cookie.SIGN_IN) or "").post(path, **fields)
    return reply.status, reply.has_retry_after, time.monotonic() - begun
