"""Every error as a page of the same look, with a way back and a number to ask about."""

import math
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import structlog
from flask import Flask, g, render_template, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from app.config import Settings
from app.domain.passwords import TooBusyError
from app.portal import UnavailableError
from app.steps.administration import NotAnAdministratorError
from app.steps.sessions import SessionEndedError
from app.web import current
from app.web.destinations import see_other
from app.web.headers import of_pages

_log = structlog.get_logger()
_RETRY_SECONDS = "5"

# The answer can get lost after the code was spent: people must know, or they think that their codes are wrong.
_MAYBE_SPENT = "If you had typed a code, it may be used up all the same: go on with the next one."

_PAGES = {
    400: ("This request could not be read", "Something in it was not as it should be. Nothing was changed."),
    403: ("Not from here", "This request was refused, and nothing was changed."),
    404: ("There is no such page", "The address may be mistyped, or what was here is gone."),
    405: ("That does not work here", "The page exists, but not for this kind of request. Nothing was changed."),
    410: ("This is over", "What was here could be used for a while, and that while is over."),
    415: ("This is not a form", "Only forms are read here. Nothing was changed."),
    413: ("That was too much", "More was sent than any form here needs. Nothing was changed."),
    429: ("Too many tries", "Wait a little and try again."),
    500: ("Something went wrong here", f"It is not your fault. {_MAYBE_SPENT}"),
    503: ("Not right now", f"The portal is busy or being looked after. Wait a moment and try again. {_MAYBE_SPENT}"),
}
_STALE = "This page had grown old"
_STALE_WHY = (
    "It was open since before you signed in, signed out or showed a code elsewhere. Nothing was changed. "
    "Open the page again and repeat what you did."
)


def install(app: Flask) -> None:
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SessionEndedError, _ended)
    app.register_error_handler(NotAnAdministratorError, _no_administrator)
    app.register_error_handler(UnavailableError, _unavailable)
    app.register_error_handler(TooBusyError, _unavailable)
    app.register_error_handler(InternalServerError, _unforeseen)


def strange_host(settings: Settings) -> Callable[[object, str], Response]:
    """In plain words: whatever the page looked like, it would be under a name that is not ours."""
    shared = {**of_pages(settings), "Cache-Control": "no-store", "Vary": "Cookie"}

    def answer(_environ: object, sentence: str) -> Response:
        return Response(f"{sentence}\n", 400, headers={**shared, "X-Request-ID": str(uuid4())})

    return answer


def wait_headers(until: datetime, now: datetime) -> dict[str, str]:
    """For a 429 that says how long."""
    return {"Retry-After": str(max(1, math.ceil((until - now).total_seconds())))}


def gone_page(template: str) -> tuple[str, int]:
    return render_template(template), 410


def _http(error: HTTPException) -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    status = error.code or 500
    if status < 400:  # noqa: PLR2004 -- a redirect of the router's
        return error.get_response()
    title, sentence = _PAGES.get(status, _PAGES[400])
    described = error.description if status in {400, 403} and error.description != type(error).description else None
    try:
        return _page(status, title, described or sentence), status
    except UnavailableError as problem:
        return _unavailable(problem)


def _stale(_error: CSRFError) -> tuple[str, int]:
    return _page(400, _STALE, _STALE_WHY), 400


def _ended(_error: SessionEndedError) -> Response:
    # No cookie is dropped: of two requests at once, the other may just have been given a new one.
    return see_other(url_for("sign_in.password"))


def _no_administrator(_error: NotAnAdministratorError) -> tuple[str, int]:
    """The role was taken away since the gate looked."""
    return _page(403, _PAGES[403][0], "Your role does not open this any more. Nothing was changed."), 403


def _unavailable(error: Exception) -> tuple[str, int, dict[str, str]]:
    current.ask_nobody()
    _log.warning("unavailable", request_id=g.get("request_id"), problem=str(error))
    return _page(503, *_PAGES[503]), 503, {"Retry-After": _RETRY_SECONDS}


def _unforeseen(_error: InternalServerError) -> tuple[str, int]:
    current.ask_nobody()
    return _page(500, *_PAGES[500]), 500


def _page(status: int, title: str, sentence: str) -> str:
    way_back = (url_for("welcome.front"), "Go to the first page") if status != 503 else None  # noqa: PLR2004
    return render_template(
        "errors/error.html", status=status, title=title, sentence=sentence, way_back=way_back, request_id=g.request_id
    )
