"""The wires as one application: every operation of every dialect, and errors in the form of whichever was called."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException, NotFound

from app.api import cross_origin, gate, openapi, reading
from app.api.dynamic.surface import DYNAMIC, DYNAMIC_KEYS
from app.api.limits import Limits
from app.api.streambird.surface import STREAMBIRD
from app.api.stytch.b2b.surface import STYTCH_B2B
from app.api.stytch.browsers.b2b_surface import STYTCH_B2B_BROWSERS
from app.api.stytch.browsers.consumer_surface import STYTCH_BROWSERS
from app.api.stytch.consumer.surface import STYTCH
from app.api.wire import Anyone, Dialect, Operation, WireError
from app.config import Settings
from app.http import current, front, requests
from app.http.headers import always
from app.http.requests import Application
from app.portal import Portal, UnavailableError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_log = structlog.get_logger()

DIALECTS: tuple[Dialect, ...] = (
    STREAMBIRD,
    STYTCH_B2B,
    STYTCH,
    STYTCH_B2B_BROWSERS,
    STYTCH_BROWSERS,
    DYNAMIC,
    DYNAMIC_KEYS,
)
"""Of those that begin alike the longest prefix first, since that decides whose errors are given."""

DESCRIPTION = "/api/openapi.json"
PREFIXES = (*(f"{dialect.prefix}/" for dialect in DIALECTS), DESCRIPTION)

_LARGEST_BODY = 16 * 1024
_POLICY = "default-src 'none'; frame-ancestors 'none'"
_RETRY_SECONDS = "5"
_UNAVAILABLE = (
    "This is not possible right now. If it was about a code, that may be used up: try again with the next one."
)
_MESSAGES = {
    404: "There is no such operation here.",
    405: "This path does not answer to that method.",
    413: "The body is larger than anything that is asked for here.",
    500: "Something went wrong here. If it was about a code, that may be used up: try again with the next one.",
}


def build(portal: Portal) -> Flask:
    app = Application("sparekey-api", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=_LARGEST_BODY, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.merge_slashes = False
    current.install(app, portal)
    requests.install(app)
    app.before_request(_preflight)
    app.after_request(_finish)
    _answer_errors(app)
    limits = Limits()
    for dialect in DIALECTS:
        for operation in dialect.operations:
            name, view = f"{dialect.name}.{operation.name}", _view(dialect, operation, limits)
            app.add_url_rule(operation.rule, name, view, methods=[operation.method])
    app.add_url_rule(DESCRIPTION, "description", _description, methods=["GET"])
    front.install(app, portal.settings, _strange_host(portal.settings))
    return app


def description(settings: Settings) -> dict[str, Any]:
    """All of it as an OpenAPI document. But for the address it changes with the code alone, and is made once."""
    return {**_document(), "servers": [{"url": settings.origin}]}


@cache
def _document() -> dict[str, Any]:
    return openapi.document(DIALECTS)


def _view(dialect: Dialect, operation: Operation, limits: Limits) -> Callable[..., Response]:
    def view(**names: str) -> Response:
        anyone = Anyone(current.portal(), dialect.credentials(request))
        if operation.open:
            cross_origin.open_to_all(request)
        subject = anyone if operation.open else gate.caller(dialect, anyone, limits)
        if problem := dialect.objection(request):
            raise problem
        content = [reading.asked(dialect, operation.takes, request)] if operation.takes else []
        if dialect.browsers:
            names.pop(dialect.browsers.in_path, None)
        given = operation.does(subject, *content, **names)
        return _json(dialect.finish(given, g.request_id), 200)

    return view


def _description() -> Response:
    return _answer(openapi.written(description(current.portal().settings)), 200)


def _preflight() -> Response | None:
    browsers = _called().browsers
    return cross_origin.preflight(browsers, request) if browsers and request.method == "OPTIONS" else None


def _answer_errors(app: Flask) -> None:
    app.register_error_handler(WireError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(UnavailableError, _unavailable)


def _refused(error: WireError) -> Response:
    reply = _json(_called().error_of(error, g.request_id), error.status)
    reply.headers.update(error.headers)
    return reply


def _http(error: HTTPException) -> Response:
    """What the framework says before, or instead of, any operation."""
    status, kinds = error.code or 500, _called().kinds
    if isinstance(error, NotFound) and (problem := _called().elsewhere(request.path)):
        return _refused(problem)
    reply = _refused(WireError(status, kinds.get(status, kinds[400]), _MESSAGES.get(status, "This cannot be read.")))
    if allowed := getattr(error, "valid_methods", None):
        reply.headers["Allow"] = ", ".join(sorted(allowed))
    return reply


def _unavailable(error: UnavailableError) -> Response:
    _log.warning("unavailable", request_id=g.get("request_id"), problem=str(error))
    return _refused(WireError(503, _called().kinds[503], _UNAVAILABLE, {"Retry-After": _RETRY_SECONDS}))


def _called(path: str | None = None) -> Dialect:
    asked = request.path if path is None else path
    return next((dialect for dialect in DIALECTS if f"{asked}/".startswith(f"{dialect.prefix}/")), STYTCH)


def _strange_host(settings: Settings) -> Callable[["WSGIEnvironment", str], Response]:
    def answer(environ: "WSGIEnvironment", sentence: str) -> Response:
        dialect, request_id = _called(environ.get("PATH_INFO", "")), str(uuid4())
        reply = _json(dialect.error_of(WireError(400, dialect.kinds[400], sentence), request_id), 400)
        return _with_headers(reply, settings, request_id)

    return answer


def _json(content: BaseModel, status: int) -> Response:
    return _answer(content.model_dump_json(by_alias=True), status)


def _answer(text: str, status: int) -> Response:
    return Response(text, status, mimetype="application/json")


def _finish(response: Response) -> Response:
    cross_origin.answer(response, _called(), current.portal(), request)
    return _with_headers(response, current.portal().settings, g.get("request_id", ""))


def _with_headers(response: Response, settings: Settings, request_id: str) -> Response:
    response.headers.update(always(settings, _POLICY))
    response.headers["X-Request-ID"] = request_id
    response.headers["Cache-Control"] = "no-store"
    return response
