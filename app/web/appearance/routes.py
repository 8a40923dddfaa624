from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from app.web import current
from app.web.appearance.themes import THEMES
from app.web.cookies import Cookie
from app.web.destinations import own_path, see_other

pages = Blueprint("appearance", __name__)


@pages.post("/appearance")
def choose() -> Response:
    theme = request.form.get("theme", "")
    if theme not in THEMES:
        abort(400, "There is no such appearance.")
    current.hold(Cookie.THEME, theme)
    return see_other(own_path(request.form.get("back")) or "/")
