"""A live portal with applications that call it. The clock begins now, since clients check tokens by their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import stytch
from flask import Flask
from playwright.sync_api import BrowserContext
from werkzeug.serving import BaseWSGIServer, ThreadedWSGIServer

from app import create_app
from app.config import Settings
from app.domain.keyring import KeyRing
from app.domain.passwords import PasswordHasher
from app.portal import Portal
from tests.support.applications import Application, Caller, Provider, StreambirdUser, StytchMember, StytchUser, made
from tests.support.browser_client import BrowserClient
from tests.support.clock import TestClock
from tests.support.databases import SqliteFiles
from tests.support.dynamic import Shopper, admitted, login_of
from tests.support.overheard import Overheard
from tests.support.people import People
from tests.support.site import Site, serving
from tests.support.stages import Stage, Stages
from tests.support.storefront import Storefront, bundled, storefront
from tests.support.wires import Scene

_FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(_FOLDER):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture
def clock() -> TestClock:
    return TestClock(datetime.now(UTC))


class _PromptServer(ThreadedWSGIServer):
    """Looks up so often whether it is to end that no test waits for that."""

    def serve_forever(self, poll_interval: float = 0.01) -> None:
        super().serve_forever(poll_interval)


@pytest.fixture
def server() -> Iterator[BaseWSGIServer]:
    """Listens before the portal exists, since the portal is told its address."""
    server = _PromptServer("127.0.0.1", 0, Flask("nothing_yet"))
    yield server
    server.server_close()


@pytest.fixture
def changed_settings() -> dict[str, int]:
    """Those that are other than usual: a test says which by giving them as a parameter of this name."""
    return {}


@pytest.fixture
def settings(instance: Path, database_url: str, server: BaseWSGIServer, changed_settings: dict[str, int]) -> Settings:
    usual = Settings(instance=instance, database_url=database_url, port=server.port)
    return usual.model_copy(update=changed_settings)


@pytest.fixture
def app(portal: Portal) -> Flask:
    return create_app(portal)


@pytest.fixture
def site(server: BaseWSGIServer, app: Flask, portal: Portal, clock: TestClock) -> Iterator[Site]:
    with serving(server, app, portal, clock) as site:
        yield site


@pytest.fixture
def people(portal: Portal, clock: TestClock) -> People:
    """Of the organization `harbour`, which is there from the start."""
    people = People(portal, clock)
    people.organization()
    return people


@pytest.fixture
def shop(people: People, portal: Portal) -> Application:
    """May do everything."""
    return made(portal, "Shop", organization="harbour")


@pytest.fixture
def kiosk(people: People, portal: Portal) -> Application:
    """Of the same organization, without any permission."""
    return made(portal, "Kiosk", organization="harbour", permissions=frozenset())


@pytest.fixture
def neighbour(people: People, portal: Portal) -> Application:
    """Of another organization; may do everything there."""
    people.organization("mill")
    return made(portal, "Mill Shop", organization="mill")


@pytest.fixture
def client(site: Site, shop: Application) -> stytch.Client:
    """Stytch's own, for the shop."""
    return shop.stytch()


@pytest.fixture
def user(client: stytch.Client, clock: TestClock) -> StytchUser:
    """Ada, who is about to scan the picture that the shop shows her."""
    return StytchUser.made(client, clock, email="ada@example.org")


@pytest.fixture
def enrolled(user: StytchUser) -> StytchUser:
    """Ada, once the shop has seen a code of her authenticator."""
    user.confirms()
    return user


@pytest.fixture
def suite(portal: Portal) -> Application:
    """Of the whole installation; may do everything in all organizations."""
    return made(portal, "Suite", installation=True)


@pytest.fixture
def b2b(site: Site, suite: Application) -> stytch.B2BClient:
    """Stytch's own for applications whose people belong to organizations, for the suite."""
    return suite.stytch_b2b()


@pytest.fixture
def acme(b2b: stytch.B2BClient) -> str:
    """The id of an organization that the suite has made, which leaves the second factor to its people."""
    return b2b.organizations.create(organization_name="Acme Works").organization.organization_id


@pytest.fixture
def member(b2b: stytch.B2BClient, clock: TestClock, acme: str) -> StytchMember:
    """Ada, who is about to scan the picture that the suite shows her."""
    return StytchMember.made(b2b, clock, acme)


@pytest.fixture
def enrolled_member(member: StytchMember) -> StytchMember:
    """Ada, once the suite has seen a code of her authenticator."""
    member.shows(member.phone.code())
    return member


@pytest.fixture
def moon(site: Site, shop: Application) -> Any:
    """Streambird's, for the shop."""
    return shop.streambird()


@pytest.fixture
def moon_user(moon: Any, clock: TestClock) -> StreambirdUser:
    """Ada, who is about to scan the picture that the shop shows her."""
    return StreambirdUser.made(moon, clock, email="ada@example.org")


@pytest.fixture
def moon_enrolled(moon_user: StreambirdUser) -> StreambirdUser:
    """Ada, once the shop has seen a code of her authenticator."""
    moon_user.confirms()
    return moon_user


@pytest.fixture
def shop_login(shop: Application, clock: TestClock) -> Provider:
    """The shop's own, whose word makes users of people."""
    return login_of(shop, clock)


@pytest.fixture
def shopper(caller: Caller, shop: Application, shop_login: Provider) -> Shopper:
    """At a page of the shop, where nobody is signed in yet."""
    return Shopper(caller, shop, shop_login)


@pytest.fixture
def enrolled_shopper(shopper: Shopper) -> Shopper:
    """Signed in just now, with an authenticator; has yet to be shown the codes."""
    shopper.signs_in()
    shopper.enrols()
    return shopper


@pytest.fixture(scope="session")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The official clients for browsers, as scripts."""
    return bundled(tmp_path_factory.mktemp("bundles"))


@pytest.fixture
def another_storefront(
    site: Site, bundles: Path, new_context: Callable[[], BrowserContext]
) -> Iterator[Callable[[], Storefront]]:
    """Each has an origin of its own."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(storefront(bundles, new_context))


@pytest.fixture
def front(another_storefront: Callable[[], Storefront]) -> Storefront:
    """The page of an application that people visit with their browsers. No project knows of its origin yet."""
    return another_storefront()


@pytest.fixture
def overheard(site: Site, server: BaseWSGIServer) -> Overheard:
    """All that the site is asked over HTTP, and answers."""
    overheard = Overheard()
    overheard.listens_in(server)
    return overheard


@pytest.fixture
def shop_page(front: Storefront, shop: Application) -> BrowserClient:
    """Dynamic's client on a page of the shop that browsers may call from, where nobody is signed in yet."""
    return admitted(front, shop).dynamic(shop)


@pytest.fixture
def caller(app: Flask) -> Caller:
    return Caller(app)


@pytest.fixture(scope="session")
def stages(sqlite_files: SqliteFiles, keys: KeyRing, hasher: PasswordHasher) -> Stages:
    return Stages(sqlite_files, keys, hasher)


@pytest.fixture(scope="session")
def stage(stages: Stages, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return stages.kept_in(tmp_path_factory.mktemp("stage"))


@pytest.fixture
def scene(stage: Stage, caller: Caller, portal: Portal, clock: TestClock) -> Scene:
    """A shop and a suite with people, for walks through all operations. Ask for it before whatever is to be added."""
    return stage.copied_to(caller, portal, clock)


@pytest.fixture
def clients_look_at_our_clock(clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they check tokens with goes by the test's time, so that tokens and copies of the key set can end in it."""

    class Time(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock.now().astimezone(tz)

    def seconds() -> float:
        return clock.now().timestamp()

    monkeypatch.setattr("jwt.api_jwt.datetime", Time)
    for module in ("jwt.api_jwk", "jwt.jwk_set_cache", "jwt.jwks_client", "stytch.shared.jwt_helpers"):
        monkeypatch.setattr(f"{module}.time", SimpleNamespace(time=seconds, monotonic=seconds))
