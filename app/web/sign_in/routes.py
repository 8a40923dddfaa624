from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.organizations import Organization
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.services import passes, sign_in, visitors
from app.services.sign_in import SignedIn
from app.web import current
from app.web.cookies import Cookie, read
from app.web.destinations import safe_next, see_other
from app.web.errors import wait_headers
from app.web.sign_in.forms import CodeForm, OrganizationForm, PassForm, PasswordForm
from app.web.step_up import signed_out
from app.web.words import sentence_of

pages = Blueprint("sign_in", __name__)

_Page = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class LockView:
    reason: str
    until: datetime | None


@pages.get("/sign-in")
def password() -> _Page:
    if current.member():
        return see_other(url_for("account.overview"))
    return _first_page(*visitors.only_organization(current.portal()))


@pages.post("/sign-in")
def submit_password() -> _Page:
    only, several = visitors.only_organization(current.portal())
    return _submit_password(only, url_for("sign_in.submit_password")) if only else _first_page(only, several)


@pages.get("/o/<slug>/sign-in")
def password_of(slug: str) -> _Page:
    if current.member():
        return see_other(url_for("account.overview"))
    return _password_page(
        _organization(slug),
        _password_form(),
        url_for("sign_in.submit_password_of", slug=slug),
    )


@pages.post("/o/<slug>/sign-in")
def submit_password_of(slug: str) -> _Page:
    return _submit_password(_organization(slug), url_for("sign_in.submit_password_of", slug=slug))


@pages.get("/sign-in/code")
def code() -> _Page:
    if not current.visitor().wants_code:
        return see_other(url_for("welcome.welcome"))
    return _code_page(CodeForm(), sign_in.lock_at(current.portal(), current.sign_in()))


@pages.post("/sign-in/code")
def submit_code() -> _Page:
    form = CodeForm()
    if not form.validate():
        return _code_page(form, None), 422
    signed_in = sign_in.second(
        current.portal(),
        current.sign_in(),
        form.code.data,
        browser_token=current.browser_token(),
        origin=current.origin(),
    )
    return _refused_code(form, signed_in) if isinstance(signed_in, Refused) else _signed_in(signed_in)


@pages.get("/sign-in/help")
def help_page() -> str:
    visitor = current.visitor()
    return render_template("sign_in/help.html", organization=visitor.organization.name, locked=visitor.locked_by_person)


@pages.get("/sign-in/pass")
def use_pass() -> str:
    return render_template("sign_in/pass.html", form=PassForm())


@pages.post("/sign-in/pass")
def submit_pass() -> _Page:
    form = PassForm()
    if not form.validate():
        return render_template("sign_in/pass.html", form=form), 422
    used = passes.use(
        current.portal(), current.sign_in(), form.code.data, holder_token=read(Cookie.PASS), origin=current.origin()
    )
    if isinstance(used, Refused):
        form.refuse(form.code, sentence_of(used, current.now()))
        return render_template("sign_in/pass.html", form=form), 422
    current.hold_session(used.opened.token)
    current.hold(Cookie.PASS, used.holder_token)
    return see_other(url_for("welcome.welcome"))


@pages.post("/sign-in/leave")
def leave() -> Response:
    sign_in.leave(current.portal(), current.sign_in())
    current.leave()
    return see_other(url_for("sign_in.password"))


@pages.post("/sign-out")
def sign_out() -> Response:
    sign_in.sign_out(current.portal(), current.session(), current.origin())
    current.leave()
    flash("You are signed out.", "success")
    response = see_other(url_for("sign_in.password"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _organization(slug: str) -> Organization:
    return visitors.organization_named(current.portal(), slug) or abort(404)


def _first_page(only: Organization | None, several: bool) -> _Page:  # noqa: FBT001
    if only:
        return _password_page(only, _password_form(), url_for("sign_in.submit_password"))
    return _which_organization() if several else (render_template("setup/waiting.html"), 503)


def _which_organization() -> _Page:
    form = OrganizationForm(request.args)
    slug = (form.organization.data or "").strip().lower()
    if slug and visitors.organization_named(current.portal(), slug):
        return see_other(url_for("sign_in.password_of", slug=slug, next=request.args.get("next")))
    if slug:
        form.organization.errors = ["There is no organization with this short name."]
    return render_template("sign_in/organization.html", form=form), 404 if slug else 200


def _password_form() -> PasswordForm:
    return PasswordForm(formdata=None, next=request.args.get("next"))


def _password_page(organization: Organization, form: PasswordForm, action_url: str) -> str:
    return render_template("sign_in/password.html", form=form, organization=organization.name, action_url=action_url)


def _submit_password(organization: Organization, action_url: str) -> _Page:
    form = PasswordForm()
    if not form.validate():
        return _password_page(organization, form, action_url), 422
    right = sign_in.password(
        current.portal(),
        organization.id,
        email=form.email.data,
        password=form.password.data,
        next_path=safe_next(form.next.data),
        browser_token=current.browser_token(),
        origin=current.origin(),
    )
    if not isinstance(right, Refused):
        current.hold_sign_in(right.begun.token)
        return see_other(url_for("sign_in.code" if right.to_code else "welcome.welcome"))
    form.refuse(form.password, sentence_of(right, current.now()))
    page = _password_page(organization, form, action_url)
    return (page, 429, wait_headers(right.until, current.now())) if right.until else (page, 422)


def _code_page(form: CodeForm, locked: Refused | None) -> str:
    return render_template(
        "sign_in/code.html", form=form, text="text" in request.args, locked=_lock_view(locked) if locked else None
    )


def _lock_view(locked: Refused) -> LockView:
    return LockView(locked.lock.value if locked.lock else "door", locked.until)


def _refused_code(form: CodeForm, refused: Refused) -> _Page:
    if refused.why is Why.LOCKED:
        headers = wait_headers(refused.until, current.now()) if refused.until else {}
        return _code_page(form, refused), 429, headers
    if refused.why is Why.PASSWORD_STOPPED:
        return signed_out(refused)
    if refused.why is Why.NOT_OPEN:
        return see_other(url_for("welcome.welcome"))
    form.refuse(form.code, sentence_of(refused, current.now()))
    if refused.proof is Proof.TOTP:
        form.code.data = ""  # the next one is another; a recovery code is rather mended than typed anew
    return _code_page(form, None), 422


def _signed_in(signed_in: SignedIn) -> Response:
    opened = signed_in.opened
    current.hold_opened(opened)
    if signed_in.failures:
        flash(
            f"Since your last sign-in, wrong codes followed your password {signed_in.failures} times. "
            "If it was not you, change your password now.",
            "warning",
        )
    if signed_in.proof is Proof.RECOVERY_CODE:
        return see_other(url_for("account.lost_phone"))
    return see_other(opened.session.next_path or url_for("account.overview"))
