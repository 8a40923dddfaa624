"""Sparekey: a portal for the second factor. Here its parts meet."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.portal import Portal


def create_app(portal: "Portal") -> "Flask":
    """Pages and APIs over an open portal; imports Flask only now, so that the command line does without."""
    from app.api import application as api  # noqa: PLC0415 -- see above
    from app.http.front import ByPath  # noqa: PLC0415
    from app.web import application as web  # noqa: PLC0415

    pages, apis = web.build(portal, api.description(portal.settings)), api.build(portal)
    pages.wsgi_app = ByPath(pages.wsgi_app, apis.wsgi_app, api.PREFIXES)  # type: ignore[method-assign]
    return pages
