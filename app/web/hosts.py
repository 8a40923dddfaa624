"""The names by which we are reached. Any other never reaches a page: it could end up in what people trust."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response

from app.config import Settings
from app.web.headers import ALWAYS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
_PROBES = ("/healthz", "/readyz")


class KnownHosts:
    """Answers requests under a strange name itself; load balancers may ask by whatever they like."""

    def __init__(self, inside: "WSGIApplication", settings: Settings) -> None:
        self._inside = inside
        self._origin = settings.origin
        self._ours = _hosts_of(settings)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") in _PROBES:
            environ["HTTP_HOST"] = urlsplit(self._origin).netloc
        elif not _is_one_of(self._ours, environ.get("HTTP_HOST", "")):
            refusal = Response(f"This portal is reached at {self._origin}.\n", 400, headers={**ALWAYS})
            return refusal(environ, start_response)
        return self._inside(environ, start_response)


def _hosts_of(settings: Settings) -> list[str]:
    host = urlsplit(settings.origin).hostname or ""
    ours = f"[{host}]" if ":" in host else host
    return _LOOPBACK if ours in _LOOPBACK or ours.startswith("127.") else [ours]


def _is_one_of(ours: list[str], host: str) -> bool:
    try:
        return host_is_trusted(host, ours)
    except ValueError:
        return False
