"""The people whom these tests are about."""

import pytest

from app.portal import Portal
from tests.support.clock import TestClock
from tests.support.people import People, Person


@pytest.fixture
def people(portal: Portal, clock: TestClock) -> People:
    return People(portal, clock)


@pytest.fixture
def newcomer(people: People) -> Person:
    """Has a password, and nothing else."""
    return people.newcomer()


@pytest.fixture
def ada(people: People) -> Person:
    """Enrolled, with acknowledged codes, signed in and fresh."""
    return people.ready()


@pytest.fixture
def grace(people: People) -> Person:
    """An admin, likewise."""
    return people.admin()


@pytest.fixture
def olive(people: People) -> Person:
    """An owner, likewise."""
    return people.owner()
