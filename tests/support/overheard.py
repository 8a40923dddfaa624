"""What browsers and the portal say to each other beside what clients tell: headers, and questions for leave."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import EnvironHeaders, Headers
from werkzeug.serving import BaseWSGIServer


@dataclass(frozen=True)
class Heard:
    method: str
    path: str
    sent: Headers
    status: int
    answered: Headers


@dataclass
class Overheard:
    """Stands before the application of a server, from the moment when it listens in."""

    heard: list[Heard] = field(default_factory=list)

    def listens_in(self, server: BaseWSGIServer) -> None:
        behind = server.app

        def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
                method, path, sent = environ["REQUEST_METHOD"], environ["PATH_INFO"], Headers(EnvironHeaders(environ))
                self.heard.append(Heard(method, path, sent, int(status[:3]), Headers(headers)))
                return start_response(status, headers, *more)

            return behind(environ, start)

        server.app = application

    @property
    def preflights(self) -> list[Heard]:
        return [one for one in self.heard if one.method == "OPTIONS"]

    @property
    def cookies(self) -> list[Heard]:
        """Whatever was said with cookies in it, by either side."""
        return [one for one in self.heard if "Cookie" in one.sent or "Set-Cookie" in one.answered]
