"""One line of log for each request, and one for each fault: with the rule, never the path, since links hold tokens."""

import time
import traceback
from types import TracebackType
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

_log = structlog.get_logger()

_ExcInfo = tuple[type, BaseException, TracebackType] | tuple[None, None, None]


class Application(Flask):
    """Flask, but for what it writes down of an exception."""

    def log_exception(self, exc_info: _ExcInfo) -> None:
        _log.error(
            "unforeseen",
            rule=_rule(),
            request_id=g.get("request_id"),
            trace="".join(traceback.format_exception(exc_info[1])),
        )


def install(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = str(uuid4())
    g.begun = time.perf_counter()


def _end(response: Response) -> Response:
    if request.endpoint not in {"assets.asset", "health.alive", "health.ready"}:
        _log.info(
            "request",
            method=request.method,
            rule=_rule(),
            status=response.status_code,
            ms=round((time.perf_counter() - g.begun) * 1000, 1),
            request_id=g.request_id,
        )
    return response


def _rule() -> str | None:
    return request.url_rule.rule if request.url_rule else None
