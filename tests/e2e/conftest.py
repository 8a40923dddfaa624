"""Journeys: a live site, and the browsers of the people who visit it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page
from werkzeug.serving import BaseWSGIServer, make_server

from app.config import Settings
from app.domain.members import Role
from app.portal import Portal
from tests.support.clock import TestClock
from tests.support.colleagues import settled_in
from tests.support.journey import Person, Walker, settled
from tests.support.served import Served, started
from tests.support.site import Site, serving
from tests.support.visits import DESK, Visit, shoot_all

_FOLDER = Path(__file__).parent
_PICTURES = _FOLDER / "screenshots"
_FOR_THE_README = _FOLDER.parents[1] / "static" / "img" / "readme"
_WANTED = "SPAREKEY_PICTURES"


class Visiting(Protocol):
    def __call__(self, path: str = "/", *, screen: dict[str, Any] = ..., dark: bool = ...) -> Page: ...


class Arriving(Protocol):
    def __call__(self, path: str = "/", *, dark: bool = ...) -> Walker: ...


class Shooting(Protocol):
    def __call__(self, page: Page, name: str) -> None: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(_FOLDER):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture
def server() -> Iterator[BaseWSGIServer]:
    """Listens before the portal exists, since the portal is told its address."""
    server = make_server("127.0.0.1", 0, Flask("nothing_yet"), threaded=True)
    yield server
    server.server_close()


@pytest.fixture
def settings(instance: Path, database_url: str, server: BaseWSGIServer) -> Settings:
    return Settings(instance=instance, database_url=database_url, port=server.port)


@pytest.fixture
def site(server: BaseWSGIServer, app: Flask, portal: Portal, clock: TestClock) -> Iterator[Site]:
    with serving(server, app, portal, clock) as site:
        yield site


@pytest.fixture
def javascript() -> bool:
    """On unless a journey is walked both ways: `@pytest.mark.parametrize("javascript", [True, False])`."""
    return True


@pytest.fixture
def screen() -> dict[str, Any]:
    """A desk's, unless a journey is walked on both."""
    return DESK


@pytest.fixture
def visit(site: Site, new_context: Callable[..., BrowserContext], *, javascript: bool) -> Iterator[Visiting]:
    """Opens a browser of its own at each call. The test fails when one of them had something to complain about."""
    visits = []

    def open_browser(path: str = "/", *, screen: dict[str, Any] = DESK, dark: bool = False) -> Page:
        context = new_context(
            **screen,
            base_url=site.url,
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="UTC",
        )
        visit = Visit(context, site.url)
        visits.append(visit)
        visit.page.goto(path)
        return visit.page

    yield open_browser
    problems = [problem for visit in visits for problem in visit.end()]
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(visit: Visiting) -> Page:
    """A desk's browser at the front door."""
    return visit()


@pytest.fixture
def somebody(visit: Visiting, site: Site, screen: dict[str, Any], *, javascript: bool) -> Arriving:
    """Sits down at a browser that nobody has used before."""

    def arrive(path: str = "/", *, dark: bool = False) -> Walker:
        return Walker(visit(path, screen=screen, dark=dark), site, javascript=javascript)

    return arrive


@pytest.fixture
def ann(site: Site) -> Person:
    """The owner, who has an authenticator on her phone and has saved her codes."""
    return settled(site)


@pytest.fixture
def ines(site: Site, ann: Person) -> Person:
    """An admin, likewise."""
    return settled_in(site, ann, "Ines Ilex", role=Role.ADMIN)[0]


@pytest.fixture
def bea(site: Site, ann: Person) -> Person:
    """A member, likewise."""
    return settled_in(site, ann, "Bea Birch")[0]


@pytest.fixture
def shoot(screen: dict[str, Any], *, javascript: bool) -> Shooting:
    """`shoot(page, "sign-in")`: checks the page with axe and leaves its pictures in `screenshots/`.

    Where a journey is walked in every way, one way is enough: it looks at each page on both screens by itself.
    """
    _PICTURES.mkdir(exist_ok=True)

    def check_and_shoot(page: Page, name: str) -> None:
        if javascript and screen is DESK:
            shoot_all(page, _PICTURES, name)

    return check_and_shoot


@pytest.fixture
def portray(screen: dict[str, Any], *, javascript: bool) -> Shooting:
    """`portray(page, "enrolment")`: a picture for README, made anew by `make screenshots` alone."""

    def take(page: Page, name: str) -> None:
        if os.environ.get(_WANTED) and javascript and screen is DESK:
            _FOR_THE_README.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=_FOR_THE_README / f"{name}.png", animations="disabled")

    return take


@pytest.fixture
def serve(instance: Path) -> Iterator[Callable[[], Served]]:
    """Starts `sparekey serve` in an instance folder that is empty at first; call it again for a second start."""
    with started(instance) as start:
        yield start
