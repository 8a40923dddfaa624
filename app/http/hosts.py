"""The names by which we are reached. Any other never reaches a page: it could end up in what people trust."""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from werkzeug.wrappers import Response

from app.config import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_log = structlog.get_logger()

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_HOST = re.compile(r"(\[(?P<number>[0-9a-f:.]+)\]|(?P<name>[a-z0-9.-]+))(:[0-9]{1,5})?")
_PROBES = ("/healthz", "/readyz")


class KnownHosts:
    """Answers requests under a strange name itself; load balancers may ask by whatever they like."""

    def __init__(
        self,
        inside: "WSGIApplication",
        settings: Settings,
        refusal: Callable[["WSGIEnvironment", str], Response],
    ) -> None:
        self._inside = inside
        self._origin = settings.origin
        self._ours = _names_of(settings)
        self._refusal = refusal

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") in _PROBES:
            environ["HTTP_HOST"] = urlsplit(self._origin).netloc
        elif _name_in(environ.get("HTTP_HOST", "")) not in self._ours:
            return self._refused(environ)(environ, start_response)
        return self._inside(environ, start_response)

    def _refused(self, environ: "WSGIEnvironment") -> Response:
        reply = self._refusal(environ, f"This portal is reached at {self._origin}.")
        _log.info("strange host", status=400, request_id=reply.headers["X-Request-ID"])
        return reply


def _names_of(settings: Settings) -> set[str]:
    ours = urlsplit(settings.origin).hostname or ""
    here = _LOOPBACK if ours in _LOOPBACK or ours.startswith("127.") else {ours}
    return here | set(settings.further_hosts)


def _name_in(host: str) -> str | None:
    """The name or number in a Host header, without its port; None where it is not of that form."""
    matched = _HOST.fullmatch(host.lower())
    return (matched["number"] or matched["name"]) if matched else None
