from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.refusals import Refused, Why
from app.services import password_link
from app.web import current
from app.web.cookies import Cookie, read
from app.web.destinations import see_other
from app.web.errors import gone_page
from app.web.password_link.forms import NewPasswordForm

pages = Blueprint("password_link", __name__)


@pages.get("/password/forgotten")
def forgotten() -> str:
    return render_template("password_link/forgotten.html")


@pages.get("/password/<token>")
def open_link(token: str) -> Response:
    """Take the token out of the address, which stays in histories, and into a cookie."""
    current.hold_link(Cookie.PASSWORD_LINK, token)
    return see_other(url_for("password_link.show"))


@pages.get("/password")
def show() -> str | tuple[str, int]:
    return _page(NewPasswordForm())


@pages.post("/password")
def set_password() -> str | tuple[str, int]:
    form = NewPasswordForm()
    if not form.validate():
        return _refused(form)
    used = password_link.use(current.portal(), _token(), form.password.data, current.origin())
    if isinstance(used, Refused):
        if used.why is Why.EXPIRED:
            return gone_page("password_link/gone.html")
        form.refuse(form.password, used.sentence)
        return _refused(form)
    current.leave()
    current.drop(Cookie.PASSWORD_LINK)
    return render_template("password_link/done.html", sign_in_url=url_for("sign_in.password_of", slug=used.slug))


def _page(form: NewPasswordForm) -> str | tuple[str, int]:
    whose = password_link.look(current.portal(), _token())
    if whose is None:
        return gone_page("password_link/gone.html")
    return render_template("password_link/set.html", form=form, email=whose.email or "")


def _refused(form: NewPasswordForm) -> tuple[str, int]:
    page = _page(form)
    return (page, 422) if isinstance(page, str) else page


def _token() -> str:
    return read(Cookie.PASSWORD_LINK) or ""
