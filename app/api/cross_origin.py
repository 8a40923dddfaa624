"""Pages of other origins (CORS, https://fetch.spec.whatwg.org/): whose browsers may send what, and read the answers.

Before the first request a browser asks whether it may send one at all. That question comes without credentials and
names no project, so it is answered by heart, alike to everybody: nothing is looked up for it, and nothing told by it.
The request that follows says for which project it is, and there the page's origin has to be one of the project's:
otherwise nothing is done, and no page reads so much as the refusal. Cookies of ours are neither sent nor looked at.
"""

from contextlib import suppress

from flask import Request, Response, g

from app.api.wire import Browsers, Dialect
from app.domain.projects import ORIGIN_AT_MOST, Project
from app.portal import Portal, UnavailableError
from app.services import project_calls

_METHODS = "GET, POST, PUT, DELETE"
_ASKS_AGAIN_AFTER_SECONDS = "7200"
_READABLE = "Retry-After, X-Request-ID"


def admits(portal: Portal, project: Project, request: Request) -> bool:
    """Whether the page may call for this project. What comes from no page of another origin says no origin."""
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    admitted = len(origin) <= ORIGIN_AT_MOST and project_calls.is_at_home(portal, project, origin)
    g.admitted_origin = origin if admitted else None
    return admitted


def open_to_all(request: Request) -> None:
    """What is for anyone may be read by anyone's pages."""
    g.admitted_origin = request.headers.get("Origin")


def preflight(browsers: Browsers, request: Request) -> Response:
    response = Response(status=204)
    del response.headers["Content-Type"]
    response.headers["Access-Control-Allow-Methods"] = _METHODS
    response.headers["Access-Control-Allow-Headers"] = ", ".join(browsers.headers)
    response.headers["Access-Control-Max-Age"] = _ASKS_AGAIN_AFTER_SECONDS
    return _allowed(response, browsers, request.headers.get("Origin"))


def answer(response: Response, dialect: Dialect, portal: Portal, request: Request) -> None:
    """Let the page read the answer, if it is one of the project's; refusals too, whatever they were about."""
    browsers = dialect.browsers
    if browsers is None or "Access-Control-Allow-Methods" in response.headers:
        return
    response.headers["Vary"] = "Origin"
    if "Origin" not in request.headers:
        return
    if "admitted_origin" not in g:
        with suppress(UnavailableError):
            _look(dialect, browsers, portal, request)
    if origin := g.get("admitted_origin"):
        _allowed(response, browsers, origin)
        response.headers["Access-Control-Expose-Headers"] = _READABLE


def _look(dialect: Dialect, browsers: Browsers, portal: Portal, request: Request) -> None:
    """For what was refused before anybody had looked for whom it is."""
    sent = dialect.credentials(request)
    project = browsers.project_of(portal, sent.project_id) if sent and sent.project_id else None
    if project:
        admits(portal, project, request)


def _allowed(response: Response, browsers: Browsers, origin: str | None) -> Response:
    response.headers["Vary"] = "Origin"
    if origin is not None:
        response.headers["Access-Control-Allow-Origin"] = origin
        if browsers.with_credentials:
            response.headers["Access-Control-Allow-Credentials"] = "true"
    return response
