from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.refusals import Refused, Why
from app.services import setup
from app.services.setup import Founding
from app.web import current
from app.web.cookies import Cookie, read
from app.web.destinations import see_other
from app.web.errors import gone_page
from app.web.setup.forms import SetupForm

pages = Blueprint("setup", __name__)


@pages.get("/setup/<token>")
def open_link(token: str) -> Response:
    """Take the token out of the address, which stays in histories, and into a cookie."""
    current.hold_link(Cookie.SETUP, token)
    return see_other(url_for("setup.show"))


@pages.get("/setup")
def show() -> str | tuple[str, int]:
    if not setup.is_open(current.portal(), _token()):
        return gone_page("setup/expired.html")
    return render_template("setup/setup.html", form=SetupForm())


@pages.post("/setup")
def claim() -> str | tuple[str, int] | Response:
    form = SetupForm()
    if not form.validate():
        return render_template("setup/setup.html", form=form), 422
    founding = Founding(form.organization.data, form.name.data, form.email.data, form.password.data)
    begun = setup.claim(current.portal(), _token(), founding, current.origin())
    if isinstance(begun, Refused):
        if begun.why is Why.EXPIRED:
            return gone_page("setup/expired.html")
        form.refuse(form.password, begun.sentence)
        return render_template("setup/setup.html", form=form), 422
    current.hold_sign_in(begun.token)
    current.drop(Cookie.SETUP)
    return see_other(url_for("enrolment.show"))


def _token() -> str:
    return read(Cookie.SETUP) or ""
