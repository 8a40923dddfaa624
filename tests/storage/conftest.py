"""A member to keep rows for."""

import pytest

from app.portal import Portal
from tests.support.clock import TestClock
from tests.support.people import People, Person


@pytest.fixture
def people(portal: Portal, clock: TestClock) -> People:
    return People(portal, clock)


@pytest.fixture
def ada(people: People) -> Person:
    return people.ready()
