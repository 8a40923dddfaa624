from flask import Blueprint, Response

from app.services import health
from app.web import current

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
def ready() -> Response:
    """The database answers as well, in the form this code was written for."""
    if health.is_ready(current.portal()):
        return Response("ok\n", mimetype="text/plain")
    return Response("not ready\n", 503, mimetype="text/plain")
