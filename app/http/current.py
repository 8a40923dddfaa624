"""The request at hand, whichever door it came through: the portal it is for, and where it comes from."""

from typing import cast

from flask import Flask, current_app, request

from app.domain.events import Origin
from app.http.browsers import name_of
from app.portal import Portal

_EXTENSION = "sparekey"
_ADDRESS_AT_MOST = 64


def install(app: Flask, portal: Portal) -> None:
    app.extensions[_EXTENSION] = portal


def portal() -> Portal:
    return cast("Portal", current_app.extensions[_EXTENSION])


def origin() -> Origin:
    return Origin((request.remote_addr or "")[:_ADDRESS_AT_MOST], name_of(request.user_agent.string))
