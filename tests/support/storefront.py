"""Another application in the browser: its page is on another site than the portal, so the browser asks for leave."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext
from werkzeug.serving import make_server

from tests.support.applications import Application
from tests.support.browser_client import BrowserClient
from tests.support.node_client import FOLDER, NODE, require

_PAGE = """<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,">
<script src="/scripts/{name}.js"></script>"""


class Storefront:
    """Each client is made on a page that a new browser opens, pointed at the application's portal as README says.

    `clients` are all that were to be made, also one that failed at its start.
    """

    def __init__(self, origin: str, new_context: Callable[[], BrowserContext]) -> None:
        self.origin = origin
        self._new_context = new_context
        self._browsers = ExitStack()
        self.clients: list[BrowserClient] = []

    def stytch(self, application: Application) -> BrowserClient:
        return self._client("stytch", "StytchClient", application, public_token=application.project.public_token)

    def stytch_b2b(self, application: Application) -> BrowserClient:
        return self._client("stytch", "StytchB2BClient", application, public_token=application.project.public_token)

    def dynamic(self, application: Application) -> BrowserClient:
        """Calls the functions of its module, and gives what the client has under a name: `call("token")`."""
        environment = str(application.project.environment_id)
        return self._client("dynamic", "DynamicClient", application, environment_id=environment)

    def dynamic_core(self, application: Application, token: str) -> BrowserClient:
        """What Dynamic's client is built on, as applications use it that keep the token themselves."""
        return self._client("dynamic", "SDKApi", application, token=token)

    def close(self) -> None:
        """The test fails when scripts of a page failed at something that nobody was told."""
        self._browsers.close()
        failures = [failure for client in self.clients for failure in client.failures]
        assert not failures, "\n".join(failures)

    def _client(self, script: str, kind: str, application: Application, **wishes: str) -> BrowserClient:
        context = self._new_context()
        self._browsers.callback(context.close)
        portal = application.address.rstrip("/")
        client = BrowserClient(context, f"{self.origin}/{script}", portal, kind, {"address": portal, **wishes})
        self.clients.append(client)
        client.begin()
        return client


def bundled(folder: Path) -> Path:
    """The clients, as scripts in the folder."""
    for package in ("esbuild", "@stytch/vanilla-js", "@dynamic-labs-sdk/client"):
        require(package)
    subprocess.run([NODE, FOLDER / "bundle.mjs", folder], check=True)
    return folder


@contextmanager
def storefront(bundles: Path, new_context: Callable[[], BrowserContext]) -> Iterator[Storefront]:
    pages = Flask("storefront", static_folder=bundles, static_url_path="/scripts")
    pages.add_url_rule("/<name>", view_func=_PAGE.format, endpoint="page")
    server = make_server("127.0.0.1", 0, pages, threaded=True)
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01), name="storefront")
    thread.start()
    try:
        with closing(Storefront(f"http://localhost:{server.port}", new_context)) as front:
            yield front
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
