"""Sparekey: a portal for the second factor. Here its parts meet."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.portal import Portal


def create_app(portal: "Portal") -> "Flask":
    """The web application over an open portal; imports Flask only now, so that the command line does without."""
    from app.web.application import build  # noqa: PLC0415 -- see above

    return build(portal)
