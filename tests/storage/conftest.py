"""A member to keep rows for."""

import pytest

from app.portal import Portal
from tests.support.clock import TestClock
from tests.support.people import People, Person


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "only(kind): what holds on one of the databases, and is not run on the other")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [item for item in items if _fits(item)]


def _fits(item: pytest.Item) -> bool:
    only, spec = item.get_closest_marker("only"), getattr(item, "callspec", None)
    return only is None or spec is None or spec.params.get("database_kind", only.args[0]) in only.args


@pytest.fixture
def people(portal: Portal, clock: TestClock) -> People:
    return People(portal, clock)


@pytest.fixture
def ada(people: People) -> Person:
    return people.ready()
