from flask import Blueprint, abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.authenticators import AT_MOST
from app.domain.recovery_codes import LOW
from app.domain.refusals import Refused, Why
from app.services import authenticators, enrolment
from app.services.enrolment import Confirmed, Showing
from app.services.visitors import Must
from app.web import current, qr
from app.web.code_pages import shown_codes_page
from app.web.destinations import see_other, uuid_from
from app.web.enrolment.forms import ConfirmForm
from app.web.forms import StartForm
from app.web.step_up import signed_out
from app.web.words import clock_sentence, sentence_of

pages = Blueprint("enrolment", __name__)

_Page = str | Response | tuple[str, int]


@pages.get("/account/authenticators/new")
def begin() -> _Page:
    replace = uuid_from(request.args.get("replace"))
    return _start_page(StartForm(formdata=None, replace=str(replace) if replace else ""))


@pages.post("/enrolment")
def start() -> _Page:
    form = StartForm()
    replace = uuid_from(form.replace.data)
    if form.replace.data and replace is None:
        abort(400, "This form names no authenticator.")
    begun = enrolment.start(
        current.portal(), current.holder(), replace=replace, proof=form.typed, origin=current.origin()
    )
    if not isinstance(begun, Refused):
        current.hold_session(begun.token)
        return see_other(url_for("enrolment.show"))
    if begun.why is Why.SESSION_ENDED:
        return signed_out(begun)
    if current.member() and current.visitor().must is Must.NOTHING:
        form.refuse_proof(sentence_of(begun, current.now()))
        return _start_page(form), 422
    flash(sentence_of(begun, current.now()), "warning")
    return see_other(url_for("welcome.welcome"))


@pages.get("/enrolment")
def show() -> _Page:
    showing = enrolment.show(current.portal(), current.holder())
    if isinstance(showing, Refused):
        return _expired_page(showing)
    return _show_page(showing, ConfirmForm(formdata=None, name=showing.name))


@pages.post("/enrolment/confirmation")
def confirm() -> _Page:
    form = ConfirmForm()
    showing = enrolment.show(current.portal(), current.holder())
    if isinstance(showing, Refused):
        return _expired_page(showing)
    if not form.validate():
        return _show_page(showing, form), 422
    confirmed = enrolment.confirm(
        current.portal(),
        current.holder(),
        code=form.code.data,
        name=form.name.data,
        browser_token=current.browser_token(),
        origin=current.origin(),
    )
    if isinstance(confirmed, Refused):
        return _not_confirmed(showing, form, confirmed)
    return _confirmed(confirmed)


@pages.post("/enrolment/cancellation")
def cancel() -> Response:
    enrolment.cancel(current.portal(), current.holder(), current.origin())
    member = current.member()
    return see_other(url_for("account.overview" if member and not member.must else "welcome.welcome"))


def _start_page(form: StartForm) -> str:
    mine = authenticators.all_of(current.portal(), current.session())
    replacing = next((one.name for one in mine if str(one.id) == form.replace.data), None)
    return render_template("enrolment/start.html", form=form, replacing=replacing, full=len(mine) >= AT_MOST)


def _show_page(showing: Showing, form: ConfirmForm, clock_hint: str = "") -> str:
    return render_template(
        "enrolment/show.html",
        shell=current.shell(),
        qr=qr.svg(showing.uri),
        key=showing.key,
        uri=showing.uri,
        account=showing.account,
        valid_until=showing.valid_until,
        replacing=showing.replacing,
        first=showing.first,
        form=form,
        clock_hint=clock_hint,
    )


def _expired_page(expired: Refused) -> _Page:
    visitor = current.visitor()
    if visitor.sign_in and visitor.wants_code:
        return see_other(url_for("sign_in.code"))
    form = StartForm(formdata=None, replace=str(expired.about or ""))
    return render_template("enrolment/expired.html", shell=current.shell(), form=form), 410


def _not_confirmed(showing: Showing, form: ConfirmForm, refused: Refused) -> _Page:
    if refused.why is Why.TOO_MANY:
        flash(sentence_of(refused, current.now()), "warning")
        return see_other(url_for("account.overview"))
    if refused.why is Why.EXPIRED:
        return _expired_page(refused)
    if refused.why is Why.MISTYPED_CODE:
        form.refuse(form.code, "A code from the app has six digits. It has cost you no try.")
        return _show_page(showing, form), 422
    if refused.why is Why.CLOCK_OFF:
        form.refuse(form.code, "That code belongs to another time. See the note below.")
        return _show_page(showing, form, clock_sentence(refused.steps_off)), 422
    form.refuse(
        form.code, "That code does not fit. Check that it is the entry you just added, and type the newest one."
    )
    return _show_page(showing, form), 422


def _confirmed(confirmed: Confirmed) -> _Page:
    if confirmed.opened:
        current.hold_opened(confirmed.opened)
    else:
        current.hold_session(confirmed.token)
    if confirmed.shown:
        return shown_codes_page(confirmed.shown, why="made")
    others = " Your other sessions have ended." if confirmed.others_ended else ""
    done = f"{confirmed.name} is set up" + (f" and replaces {confirmed.replaced}." if confirmed.replaced else ".")
    flash(done + others, "success")
    return see_other(url_for("recovery_codes.state" if confirmed.codes_left <= LOW else "account.overview"))
