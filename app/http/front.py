"""What stands before an application: names by which it is reached, and proxies that speak for those behind them."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from app.config import Settings
from app.http.hosts import KnownHosts

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def install(app: Flask, settings: Settings, refusal: Callable[["WSGIEnvironment", str], Response]) -> None:
    """`refusal` answers a request under a strange name, with the sentence that says which one is ours."""
    app.wsgi_app = KnownHosts(app.wsgi_app, settings, refusal)  # type: ignore[method-assign]
    if hops := settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]


class ByPath:
    """Two applications under one name: the second has whatever lies under its prefixes, the first all else."""

    def __init__(self, first: "WSGIApplication", second: "WSGIApplication", prefixes: tuple[str, ...]) -> None:
        self._first = first
        self._second = second
        self._prefixes = prefixes

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        is_theirs = f"{environ.get('PATH_INFO', '')}/".startswith(self._prefixes)
        return (self._second if is_theirs else self._first)(environ, start_response)
