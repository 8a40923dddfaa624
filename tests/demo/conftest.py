"""A demo of the tests' own, made once: in another folder than the one of the checkout, where somebody may have one."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from app.config import Settings
from app.demo import instance as demo_instance
from app.demo.history import SignInData
from app.domain.events import Origin
from app.domain.sessions import Session
from app.opening import open_portal
from app.portal import Portal
from app.services import sign_in, visitors
from app.services.sign_in import SignedIn
from tests.support.otp import AuthenticatorApp
from tests.support.people import granted
from tests.support.served import free_port

_FOLDER = Path(__file__).parent
AT_HOME = Origin("127.0.0.1", "Firefox on Linux")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(_FOLDER):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@dataclass(frozen=True)
class Made:
    settings: Settings
    portal: Portal
    people: list[SignInData]

    def signs_in(self, who: SignInData, code: str | None = None) -> SignedIn:
        """As somebody does who has read what was printed."""
        organization, _ = visitors.only_organization(self.portal)
        assert organization
        begun = granted(
            sign_in.password(
                self.portal, organization.id, email=who.email, password=who.password,
                next_path=None, browser_token=None, origin=AT_HOME,
            )
        ).begun.sign_in  # fmt: skip
        shown = AuthenticatorApp.from_uri(who.uri).code(self.portal.clock.now())
        return granted(sign_in.second(self.portal, begun, code or shown, browser_token=None, origin=AT_HOME))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("instance") / "demo"
    with patch.dict(os.environ), demo_instance.reserved(folder, free_port()) as settings:
        people = demo_instance.make_anew(settings)
        portal = open_portal(settings, migrate=False)
        yield Made(settings, portal, people)
        portal.database.close()


@pytest.fixture(scope="session")
def owners(made: Made) -> Session:
    """A session of the owner."""
    return made.signs_in(made.people[0]).opened.session
