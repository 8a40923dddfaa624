from flask import Blueprint

from app.services import health
from app.web import current

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def alive() -> tuple[str, int]:
    """The process answers."""
    return "ok\n", 200


@pages.get("/readyz")
def ready() -> tuple[str, int]:
    """The database answers as well, in the form this code was written for."""
    return ("ok\n", 200) if health.is_ready(current.portal()) else ("not ready\n", 503)
