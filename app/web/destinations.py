"""Where a request may send a browser, and what it may name."""

from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.web.access import WITH_SESSION, access_to

_AT_MOST = 512


def see_other(path: str) -> Response:
    return redirect(path, 303)


def safe_next(wanted: str | None) -> str | None:
    """The path, if it leads to a page of ours that members see; anything else is dropped."""
    rule = _rule_of(wanted)
    return wanted if rule and access_to("GET", rule).who in WITH_SESSION else None


def own_path(wanted: str | None) -> str | None:
    """The path, if it is a page of ours."""
    return wanted if _rule_of(wanted) else None


def uuid_from(text: str | None) -> UUID | None:
    """What was meant to be an id, if it is one."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _rule_of(wanted: str | None) -> str | None:
    if not wanted or len(wanted) > _AT_MOST or not wanted.isascii() or not wanted.isprintable() or "\\" in wanted:
        return None
    if not wanted.startswith("/") or wanted.startswith("//"):
        return None
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return None
    try:
        rule, _ = adapter.match(urlsplit(wanted).path, method="GET", return_rule=True)
    except (HTTPException, ValueError):
        return None
    return rule.rule
