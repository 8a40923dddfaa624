"""Real servers on real databases, to be killed, stopped, frozen and filled up, and an oracle that looks at the rest."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.domain.keyring import KeyRing
from app.portal import Portal
from app.storage import migrations
from app.storage.database import Database
from tests.support.clock import A_MONDAY
from tests.support.deeds import History
from tests.support.load import Load, Regular, regulars
from tests.support.nodes import Node, Nodes, nodes
from tests.support.oracle import Evidence, damage, violations
from tests.support.postgres import MortalPostgres, mortal_postgres
from tests.support.remote import Door
from tests.support.tables import Dump, dump

_FOLDER = Path(__file__).parent
_BUDGET = 10
_ON_BOTH = "both_databases"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{_ON_BOTH}: run on SQLite and on a PostgreSQL of its own")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(_FOLDER):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker(_ON_BOTH):
        metafunc.parametrize("database_kind", ["sqlite", "postgresql"])


@pytest.fixture(scope="session")
def _mortal() -> Iterator[MortalPostgres]:
    with mortal_postgres() as postgres:
        yield postgres


@pytest.fixture
def postgres(_mortal: MortalPostgres) -> Iterator[MortalPostgres]:
    """Up at the end whatever a test did to it."""
    yield _mortal
    _mortal.recover()


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Where a SQLite file lies."""
    return tmp_path


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, database_kind: str, disk: Path) -> Iterator[str]:
    """Of a database in which there is nothing yet."""
    if database_kind == "sqlite":
        yield f"sqlite:///{disk / 'sparekey.sqlite3'}"
        return
    postgres: MortalPostgres = request.getfixturevalue("postgres")
    name = postgres.create()
    yield postgres.url(name)
    postgres.recover()
    postgres.drop(name)


@pytest.fixture
def database_url(empty_url: str) -> str:
    """Of a database of the newest form."""
    database = Database(empty_url)
    migrations.upgrade(database, A_MONDAY)
    database.close()
    return empty_url


@pytest.fixture
def site(tmp_path: Path, database_url: str, keys: KeyRing) -> Iterator[Nodes]:
    with nodes(tmp_path, database_url, keys) as made:
        yield made


@pytest.fixture
def site_of_nothing(tmp_path: Path, empty_url: str, keys: KeyRing) -> Iterator[Nodes]:
    with nodes(tmp_path, empty_url, keys) as made:
        yield made


@pytest.fixture
def node(site: Nodes) -> Node:
    """The one server of most tests, started."""
    node = site.make()
    node.start()
    return node


@dataclass
class Run:
    """Members who use the portal, and what is to be held against the database afterwards."""

    site: Nodes
    history: History = field(default_factory=History)
    before: Dump = field(default_factory=dict)

    def people(self, count: int, *, sign_ins: int = 6) -> list[Regular]:
        with self.site.portal() as portal:
            made = regulars(portal, count, sign_ins=sign_ins)
            self.before = dump(portal)
        return made

    def load(self, door: Door, people: list[Regular], seed: int) -> Load:
        load = Load(door, self.history, seed)
        for one in people:
            load.members.put(one)
        return load

    def found(self) -> list[str]:
        """What the oracle has to say."""
        with self.site.portal() as portal:
            return [*damage(portal), *violations(self._evidence(portal))]

    def say(self, what: str, **figures: object) -> None:
        """A line of figures, which `pytest -s` or `-rP` shows."""
        counted = {**self.history.figures(), **figures}
        sys.stdout.write(f"\n{what}: {', '.join(f'{number} {name}' for name, number in counted.items())}\n")

    def _evidence(self, portal: Portal) -> Evidence:
        return Evidence(self.history, self.before, dump(portal), self.site.keys, _BUDGET)


@pytest.fixture
def run(site: Nodes) -> Run:
    return Run(site)
