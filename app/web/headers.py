"""What every reply of a page carries, error pages and redirects included."""

from flask import Flask, Response, g, request

from app.config import Settings
from app.http.headers import always
from app.web import current
from app.web.cookies import apply

_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
    ]
)


def install(app: Flask) -> None:
    app.after_request(_finish)


def of_pages(settings: Settings) -> dict[str, str]:
    return always(settings, _POLICY)


def _finish(response: Response) -> Response:
    response.headers.update(of_pages(current.portal().settings))
    if "request_id" in g:
        response.headers["X-Request-ID"] = g.request_id
    if request.endpoint != "assets.asset" or response.status_code not in {200, 304}:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return apply(current.held(), response)
