"""One line of log for each request, and one for each fault: with the rule, never the path, since links hold tokens."""

import time
from types import TracebackType
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

from app.http import current
from app.logs import trace_of

_log = structlog.get_logger()

_ExcInfo = tuple[type, BaseException, TracebackType] | tuple[None, None, None]


class Application(Flask):
    """Flask, but for what it writes down of an exception."""

    def log_exception(self, exc_info: _ExcInfo) -> None:
        _log.error(
            "unforeseen",
            rule=_rule(),
            request_id=g.get("request_id"),
            trace=trace_of(exc_info[1]) if exc_info[1] else None,
        )


def install(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_forget)


def _begin() -> None:
    g.request_id = str(uuid4())
    g.begun = time.perf_counter()
    # For the lines that others write meanwhile, who know nothing of requests.
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    if request.endpoint not in {"assets.asset", "health.alive", "health.ready"}:
        seconds, rule = time.perf_counter() - g.begun, _rule()
        _log.info(
            "request",
            method=request.method,
            rule=rule,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            request_id=g.request_id,
        )
        observer = current.portal().observer
        observer.answered(method=request.method, rule=rule, status=response.status_code, seconds=seconds)
    return response


def _forget(_problem: BaseException | None) -> None:
    structlog.contextvars.unbind_contextvars("request_id")


def _rule() -> str | None:
    return request.url_rule.rule if request.url_rule else None
