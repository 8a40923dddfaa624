"""What every test can ask for. Where rules are kept, `database` and all that stands on it come on both databases."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.config import Settings
from app.domain.keyring import KeyRing
from app.domain.passwords import PasswordHasher
from app.portal import Portal
from app.storage.database import Database
from tests.support import browser
from tests.support.client import PageCheckingClient
from tests.support.clock import TestClock
from tests.support.databases import PostgresDatabases, SqliteFiles, with_shared_statements
from tests.support.postgres import running_postgres

_TESTS = Path(__file__).parent
_ON_BOTH_DATABASES = {"cli", "concurrency", "services", "storage"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "only(kind): what holds on one of the databases, and is not run on the other")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [item for item in items if _fits(item)]


def _fits(item: pytest.Item) -> bool:
    only, spec = item.get_closest_marker("only"), getattr(item, "callspec", None)
    return only is None or spec is None or spec.params.get("database_kind", only.args[0]) in only.args


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    folder = metafunc.definition.path.relative_to(_TESTS).parts[0]
    if "database_kind" in metafunc.fixturenames and folder in _ON_BOTH_DATABASES:
        metafunc.parametrize("database_kind", ["sqlite", "postgresql"])


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[PostgresDatabases]:
    with running_postgres() as postgres:
        yield PostgresDatabases(postgres)


@pytest.fixture
def database_kind() -> str:
    """What a test runs on that is not run on both."""
    return "sqlite"


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database_kind: str, instance: Path) -> Iterator[str]:
    if database_kind == "sqlite":
        files: SqliteFiles = request.getfixturevalue("sqlite_files")
        yield files.copied_to(instance)
        return
    databases: PostgresDatabases = request.getfixturevalue("postgres_databases")
    with databases.copied() as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = with_shared_statements(Database(database_url))
    yield database
    database.close()


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture(scope="session")
def keys() -> KeyRing:
    return KeyRing.new()


@pytest.fixture(scope="session")
def hasher() -> PasswordHasher:
    """As cheap as argon2 can be: what it costs in earnest is no test's business."""
    return PasswordHasher(time_cost=1, memory_cost=8, at_once=8)


@pytest.fixture
def settings(instance: Path, database_url: str) -> Settings:
    return Settings(instance=instance, database_url=database_url)


@pytest.fixture
def portal(settings: Settings, database: Database, keys: KeyRing, clock: TestClock, hasher: PasswordHasher) -> Portal:
    return Portal(settings, database, keys, clock, hasher)


@pytest.fixture
def app(portal: Portal) -> Flask:
    app = create_app(portal)
    app.testing = True
    app.test_client_class = PageCheckingClient
    return app


@pytest.fixture
def client(app: Flask) -> PageCheckingClient:
    client = app.test_client()
    assert isinstance(client, PageCheckingClient)
    return client


@pytest.fixture(scope="session")
def base_url() -> None:
    """Every test has a site of its own. (Playwright's own fixture of this name is built in a way pytest warns of.)"""


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    home = str(tmp_path_factory.mktemp("browser"))  # Chromium leaves crash settings and caches in whatever home it has
    return {
        **browser_type_launch_args,
        "executable_path": browser.find(),
        "args": browser.ARGUMENTS,
        "env": {**os.environ, "HOME": home, "XDG_CACHE_HOME": home, "XDG_CONFIG_HOME": home},
    }
