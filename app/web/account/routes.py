from flask import Blueprint, flash, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.authenticators import AT_MOST
from app.domain.refusals import Refused, Why
from app.services import account, authenticators, history, recovery_codes
from app.web import current
from app.web.account.forms import NameForm, PanicForm, PasswordForm
from app.web.code_pages import view_of
from app.web.destinations import see_other
from app.web.forms import RegenerateForm, StartForm
from app.web.history_lines import lines_of
from app.web.step_up import signed_out
from app.web.words import sentence_of

pages = Blueprint("account", __name__)

_RECENT = 5


@pages.get("/account")
def overview() -> str:
    portal, session = current.portal(), current.session()
    mine = authenticators.all_of(portal, session)
    return render_template(
        "account/overview.html",
        readiness=account.readiness_of(portal, session),
        authenticators=mine,
        code_set=view_of(recovery_codes.state(portal, session)),
        may_add=len(mine) < AT_MOST,
        recent=lines_of(history.page(portal, session, length=_RECENT).events),
    )


@pages.get("/account/lost-phone")
def lost_phone() -> str | Response:
    """Where a sign-in with a recovery code ends: what is left, and the way to a new phone."""
    if not current.visitor().came_by_code:
        return see_other(url_for("account.overview"))
    portal, session = current.portal(), current.session()
    code_set = view_of(recovery_codes.state(portal, session))
    return render_template(
        "account/lost_phone.html",
        left=code_set.left if code_set else 0,
        total=code_set.total if code_set else 0,
        foreign=code_set is not None and code_set.foreign,
        authenticators=authenticators.all_of(portal, session),
        start_form=StartForm(formdata=None),
        regenerate_form=RegenerateForm(formdata=None, generation=code_set.generation) if code_set else None,
        continue_url=session.next_path or url_for("account.overview"),
    )


@pages.get("/account/profile")
def profile() -> str:
    return _profile_page()


@pages.post("/account/name")
def rename() -> tuple[str, int] | Response:
    form = NameForm()
    if not form.validate():
        return _profile_page(name_form=form), 422
    account.rename(current.portal(), current.session(), name=form.name.data, origin=current.origin())
    flash("Your name is saved.", "success")
    return see_other(url_for("account.profile"))


@pages.post("/account/password")
def change_password() -> tuple[str, int] | Response:
    form = PasswordForm()
    if not form.validate():
        return _profile_page(password_form=form), 422
    changed = account.change_password(
        current.portal(), current.session(), password=form.password.data, proof=form.typed, origin=current.origin()
    )
    if isinstance(changed, Refused):
        return _not_changed(form, changed)
    current.hold_session(changed.token)
    others = " Your other sessions have ended." if changed.others_ended else ""
    flash(f"Your password is changed.{others}", "success")
    return see_other(url_for("account.profile"))


@pages.get("/account/panic")
def panic_page() -> str:
    return render_template("account/panic.html", form=PanicForm())


@pages.post("/account/panic")
def panic() -> Response:
    account.panic(current.portal(), current.session(), current.origin())
    current.leave()
    return see_other(url_for("account.panicked"))


@pages.get("/locked")
def panicked() -> str:
    return render_template("account/panicked.html")


def _profile_page(*, name_form: NameForm | None = None, password_form: PasswordForm | None = None) -> str:
    visitor = current.visitor()
    return render_template(
        "account/profile.html",
        name_form=name_form or NameForm(formdata=None, name=visitor.name),
        password_form=password_form or PasswordForm(formdata=None),
        email=visitor.email or "",
    )


def _not_changed(form: PasswordForm, refused: Refused) -> tuple[str, int] | Response:
    sentence = sentence_of(refused, current.now())
    if refused.why is Why.SESSION_ENDED:
        return signed_out(refused)
    if refused.why is Why.UNFIT_PASSWORD:
        form.refuse(form.password, sentence)
    else:
        form.refuse_proof(sentence)
    return _profile_page(password_form=form), 422
