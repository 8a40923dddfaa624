"""The official clients for browsers, on a page of another application that is open in a real one."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, Route

from tests.support.raised import RaisedError

Found = TypeVar("Found")

_PATIENCE_SECONDS = 10
_LOOKS_A_SECOND = 50


class Asked(NamedTuple):
    """By the page. `path` is one of the portal's, or else a whole address; without a status, the page saw no answer."""

    method: str
    path: str
    status: int | None


class BrowserClient:
    """One client in a browser of its own. `wishes` are what it is made with, `kind` which one it is.

    What it does unseen is written down: `asked`, what the browser complains of (`complaints`, so about answers that it
    may not show the page), and what the page's scripts failed at (`failures`).
    """

    def __init__(self, context: BrowserContext, page: str, portal: str, kind: str, wishes: dict[str, str]) -> None:
        self.asked: list[Asked] = []
        self.complaints: list[str] = []
        self.failures: list[str] = []
        self._portal = portal
        self._made_with = [kind, wishes]
        context.on("response", self._see_answer)
        context.on("requestfailed", self._see_no_answer)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.failures.append(str(error.error)))
        self._page = page
        self.page = context.new_page()

    def begin(self) -> None:
        """Opens the page and makes the client; again: as when somebody comes back later. Raises RaisedError."""
        self.page.goto(self._page)
        self._told("([kind, wishes]) => made(kind, wishes)", self._made_with)

    def call(self, method: str, *given: Any, **fields: Any) -> Any:
        """`client.call("totps.recover", recovery_code=...)`, `client.call("self.get")`. Raises RaisedError."""
        arguments = [*given, fields] if fields else [*given]
        return self._told("([method, given]) => called(method, given)", [method, arguments])

    def waits_for(self, method: str, path: str) -> Asked:
        """What it asks in its own time."""
        return self._found(lambda: [one for one in self.asked if one[:2] == (method, path)], f"{method} {path}")

    @contextmanager
    def held_back(self, path: str) -> Iterator[Callable[[], None]]:
        """What it asks there meanwhile reaches the portal at the end. Call what is given to wait until it has asked."""
        held: list[Route] = []
        address = f"{self._portal}{path}"

        def wait() -> None:
            self._found(lambda: held, path)

        self.page.route(address, lambda route: held.append(route))  # noqa: PLW0108 -- it must be a function
        yield wait
        for route in held:
            route.continue_()
        self.page.unroute(address)

    @property
    def cookies(self) -> dict[str, str]:
        """Of the page, as its scripts see them."""
        pairs = self.page.evaluate("document.cookie").split("; ")
        return dict(pair.split("=", 1) for pair in pairs if pair)

    def _found(self, look: Callable[[], list[Found]], sought: str) -> Found:
        """The first of what is there as soon as anything is."""
        for _ in range(_PATIENCE_SECONDS * _LOOKS_A_SECOND):
            if found := look():
                return found[0]
            self.page.wait_for_timeout(1000 / _LOOKS_A_SECOND)
        raise AssertionError(f"{sought} was not asked, but {self.asked}")

    def _told(self, script: str, given: Any) -> Any:
        answer = json.loads(self.page.evaluate(script, given))
        if "raised" in answer:
            raise RaisedError(answer["raised"])
        return answer["given"]

    def _see_answer(self, response: Response) -> None:
        self._note(response.request, response.status)

    def _see_no_answer(self, request: Request) -> None:
        self._note(request, None)

    def _note(self, request: Request, status: int | None) -> None:
        if request.resource_type in {"fetch", "xhr"}:
            self.asked.append(Asked(request.method, request.url.removeprefix(self._portal), status))

    def _hear(self, message: ConsoleMessage) -> None:
        # A status is no complaint: it is in `asked`.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)
