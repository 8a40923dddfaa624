"""Nodes: `sparekey serve` as a process of its own, that can be killed in every way, and started again where it was."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP, SIGTERM
from urllib.parse import urlsplit

from app.config import Settings
from app.domain.keyring import KeyRing
from app.domain.passwords import PasswordHasher
from app.portal import Portal, SystemClock
from app.storage.database import Database
from tests.support.processes import children_of, tell
from tests.support.remote import Door
from tests.support.served import COMMAND, Served, free_port, running

_SECONDS_TO_START = 60.0  # on a machine that runs other tests beside it
_SECONDS_TO_STOP = 20.0
_LOOK_AGAIN_SECONDS = 0.02

Run = Callable[[list[str], int, dict[str, str], Path | None], Served]


@dataclass
class Node:
    """One server with two workers. All of them on one database have the same keys."""

    instance: Path
    database_url: str
    keys: KeyRing
    run: Run
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    served: Served | None = None

    @property
    def door(self) -> Door:
        url = self.more.get("PUBLIC_URL", "")
        return Door(self.port, host=urlsplit(url).netloc, secure=url.startswith("https:"))

    @property
    def environment(self) -> dict[str, str]:
        """Its settings."""
        return {
            "INSTANCE": str(self.instance),
            "DATABASE_URL": self.database_url,
            "KEYS": self.keys.to_json(),
            "PORT": str(self.port),
            "WORKERS": "2",
            "ADDRESS_LIMIT": "0",  # all come from one address, whose limit is no part of these tests
            "LOG_LEVEL": "error",
            **self.more,
        }

    def begin(self) -> None:
        """Returns at once."""
        self.served = self.run([str(COMMAND), "serve"], self.port, self.environment, None)

    def start(self) -> None:
        self.begin()
        self.wait_until_ready()

    def wait_until_ready(self) -> float:
        """Returns how many seconds that took."""
        begun = time.monotonic()
        while self.door.says("/readyz") != 200:
            assert time.monotonic() < begun + _SECONDS_TO_START, f"the node does not answer:\n{self.output}"
            assert self.is_running, f"the node ended:\n{self.output}"
            time.sleep(_LOOK_AGAIN_SECONDS)
        return time.monotonic() - begun

    @property
    def is_running(self) -> bool:
        return self.served is not None and self.served.is_running

    @property
    def output(self) -> str:
        return self.served.output if self.served else ""

    @property
    def processes(self) -> list[int]:
        """The parent first."""
        assert self.served
        return [self.served.pid, *children_of(self.served.pid)]

    def kill_workers(self) -> int:
        """All of them, and whatever else the parent has started. Returns how many there were."""
        _parent, *others = self.processes
        tell(others, SIGKILL)
        return len(others)

    def kill(self) -> int:
        """Parent and children. Returns how many there were."""
        processes = self.processes
        tell(processes, SIGKILL)
        self._wait()
        return len(processes)

    def stop(self) -> None:
        """As an operator does."""
        assert self.served
        tell([self.served.pid], SIGTERM)
        self._wait()

    def freeze(self) -> None:
        tell(self.processes, SIGSTOP)

    def thaw(self) -> None:
        tell(self.processes, SIGCONT)

    def _wait(self) -> None:
        assert self.served
        self.served.wait(seconds=_SECONDS_TO_STOP)


class Nodes:
    """Makes nodes on one database, and the portal with which a test looks into it."""

    def __init__(self, folder: Path, database_url: str, keys: KeyRing, run: Run) -> None:
        self._folder = folder
        self._run = run
        self.database_url = database_url
        self.keys = keys
        self.made: list[Node] = []

    def make(self, **more: str) -> Node:
        """Another one, not started; `more` are settings of its own."""
        instance = self._folder / f"node-{len(self.made) + 1}"
        instance.mkdir(mode=0o700)
        self.made.append(Node(instance, self.database_url, self.keys, self._run, more))
        return self.made[-1]

    @contextmanager
    def portal(self) -> Iterator[Portal]:
        """What seeds the database and looks at it afterwards, from the test's own process."""
        settings = Settings(instance=self._folder, database_url=self.database_url)
        database = Database(self.database_url)
        hasher = PasswordHasher(time_cost=1, memory_cost=8, at_once=8)
        try:
            yield Portal(settings, database, self.keys, SystemClock(), hasher)
        finally:
            database.close()


@contextmanager
def nodes(folder: Path, database_url: str, keys: KeyRing) -> Iterator[Nodes]:
    """Whatever still runs at the end is killed."""
    with running() as run:
        made = Nodes(folder, database_url, keys, run)
        try:
            yield made
        finally:
            for node in made.made:
                if node.is_running:
                    node.thaw()
                    node.kill()
