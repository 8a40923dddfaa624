"""A member to keep rows for, and an application."""

import pytest

from app.domain import signing_keys
from app.portal import Portal
from tests.support import shops
from tests.support.clock import TestClock
from tests.support.people import People, Person
from tests.support.shops import KeysMadeBefore, Shop


@pytest.fixture
def people(portal: Portal, clock: TestClock) -> People:
    return People(portal, clock)


@pytest.fixture
def ada(people: People) -> Person:
    return people.ready()


@pytest.fixture(scope="session")
def keys_made_before() -> KeysMadeBefore:
    return KeysMadeBefore(2)


@pytest.fixture
def shop(
    people: People,
    portal: Portal,
    clock: TestClock,
    keys_made_before: KeysMadeBefore,
    monkeypatch: pytest.MonkeyPatch,
) -> Shop:
    """May do everything; its signing key was made before."""
    monkeypatch.setattr(signing_keys, "make", keys_made_before)
    people.organization()
    return shops.opened(portal, clock)
