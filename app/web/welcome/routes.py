from flask import Blueprint, flash, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.refusals import Refused
from app.services import sign_in
from app.services.visitors import Must, Visitor
from app.web import current
from app.web.destinations import see_other
from app.web.forms import StartForm
from app.web.words import sentence_of

pages = Blueprint("welcome", __name__)


@pages.get("/")
def front() -> Response:
    return see_other(url_for("account.overview" if current.member() else "sign_in.password"))


@pages.get("/welcome")
def welcome() -> str | Response:
    visitor = current.visitor()
    if visitor.sign_in and visitor.wants_code:
        return see_other(url_for("sign_in.code"))
    step = _step(visitor)
    required_from = visitor.organization.second_factor_required_from
    return render_template(
        "welcome/welcome.html",
        shell=current.shell(),
        step=step,
        required_from=required_from,
        may_postpone=bool(visitor.sign_in) and not visitor.organization.requires_second_factor(visitor.now),
        needs_pass=visitor.enrols_with_pass and visitor.must is not Must.ENROL,
        form=StartForm() if step == "authenticator" else None,
        continue_url=_continue_url(visitor, step),
    )


@pages.post("/welcome/postpone")
def postpone() -> Response:
    postponed = sign_in.postpone(
        current.portal(), current.sign_in(), browser_token=current.browser_token(), origin=current.origin()
    )
    if isinstance(postponed, Refused):
        flash(sentence_of(postponed, current.now()), "warning")
        return see_other(url_for("welcome.welcome"))
    current.hold_opened(postponed.opened)
    return see_other(postponed.opened.session.next_path or url_for("account.overview"))


def _step(visitor: Visitor) -> str:
    if visitor.must is Must.ACKNOWLEDGE:
        return "codes"
    return "authenticator" if visitor.must is Must.ENROL or not visitor.enrolled else "done"


def _continue_url(visitor: Visitor, step: str) -> str:
    if step == "codes":
        return url_for("recovery_codes.state")
    next_path = visitor.session.next_path if visitor.session else None
    return next_path or url_for("account.overview")
