"""Fixtures: an office with people in it. A folder of tests that wants them imports them into its conftest."""

from dataclasses import replace

import pytest
from flask import Flask

from app import create_app
from app.config import Settings
from app.portal import Portal
from tests.support.client import PageCheckingClient
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.offices import Office

SECURE_URL = "https://keys.example.org"


@pytest.fixture(scope="session")
def _built() -> list[Flask]:
    return []


@pytest.fixture
def app(portal: Portal, _built: list[Flask]) -> Flask:
    """One application for all tests, since templates compile slowly; each test hands it a portal of its own."""
    if not _built:
        _built.append(create_app(portal))
        _built[0].test_client_class = PageCheckingClient
    app = _built[0]
    app.testing = True
    app.extensions["sparekey"] = portal
    return app


@pytest.fixture
def secure_app(portal: Portal) -> Flask:
    """As it is behind a proxy with TLS."""
    kept = portal.settings
    settings = Settings(instance=kept.instance, database_url=kept.database_url, public_url=SECURE_URL, proxies=1)
    app = create_app(replace(portal, settings=settings))
    app.testing = True
    app.test_client_class = PageCheckingClient
    return app


@pytest.fixture
def office(app: Flask, portal: Portal, clock: TestClock) -> Office:
    return Office(app, portal, clock)


@pytest.fixture
def ada(office: Office) -> Person:
    """A member with an authenticator and acknowledged codes."""
    return office.person("Ada Example")


@pytest.fixture
def bob(office: Office) -> Person:
    return office.person("Bob Example")


@pytest.fixture
def olga(office: Office) -> Person:
    """The owner."""
    return office.owner()


@pytest.fixture
def olgas(office: Office, olga: Person) -> Browser:
    """The browser in which the owner is signed in, just now."""
    return office.signed_in(olga)


@pytest.fixture
def ines(office: Office) -> Person:
    """An admin."""
    return office.admin()


@pytest.fixture
def iness(office: Office, ines: Person) -> Browser:
    """The browser in which the admin is signed in, just now."""
    return office.signed_in(ines)


@pytest.fixture
def neighbours(office: Office) -> Office:
    """Another organization in the same portal, with nobody in it yet."""
    return office.next_door()


@pytest.fixture
def stranger(office: Office) -> Browser:
    """The browser of nobody in particular."""
    return office.browser()


@pytest.fixture
def adas(office: Office, ada: Person) -> Browser:
    """The browser in which Ada is signed in, just now."""
    return office.signed_in(ada)
