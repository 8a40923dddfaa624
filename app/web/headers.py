"""What every reply carries, error pages and redirects included."""

from flask import Flask, Response, g, request

from app.config import Settings
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
_NOT_USED = ["accelerometer", "camera", "clipboard-read", "geolocation", "gyroscope", "microphone", "payment", "usb"]
_ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Under no-referrer a form's own POST would carry `Origin: null`, and every form would be refused.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NOT_USED),
}


_HTTPS_FOR_TWO_YEARS = "max-age=63072000; includeSubDomains"


def install(app: Flask) -> None:
    app.after_request(_finish)


def always(settings: Settings) -> dict[str, str]:
    """The headers of every reply, whoever makes it."""
    return {**_ALWAYS, "Strict-Transport-Security": _HTTPS_FOR_TWO_YEARS} if settings.secure else _ALWAYS


def _finish(response: Response) -> Response:
    response.headers.update(always(current.portal().settings))
    if "request_id" in g:
        response.headers["X-Request-ID"] = g.request_id
    if request.endpoint != "assets.asset" or response.status_code not in {200, 304}:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return apply(current.held(), response)
