from collections.abc import Callable

from flask import Blueprint, Response, flash, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.domain.events import Act
from app.domain.refusals import Refused, Why
from app.services import recovery_codes
from app.services.recovery_codes import Acknowledged, Shown
from app.steps.recovery_codes import State
from app.web import current
from app.web.code_pages import (
    AcknowledgeForm,
    DownloadForm,
    ProveForm,
    SheetForm,
    shown_codes_page,
    state_page,
    view_of,
)
from app.web.destinations import see_other
from app.web.forms import ProofForm, RegenerateForm
from app.web.recovery_codes.sheet import download_of, sheet_of
from app.web.step_up import signed_out
from app.web.words import sentence_of

pages = Blueprint("recovery_codes", __name__)

_Page = str | AnyResponse | tuple[str, int]


@pages.get("/account/recovery-codes")
def state() -> str:
    return state_page(_state())


@pages.post("/account/recovery-codes/shown")
def show() -> _Page:
    form = ProofForm(by_totp=_state().shown_by_totp)
    shown = _show(form, Act.CODES_SHOWN)
    if isinstance(shown, Refused):
        return _refused(form, shown, lambda: state_page(_state(), show_form=form))
    current.hold_session(shown.token)
    return shown_codes_page(shown.codes, why="shown")


@pages.post("/account/recovery-codes")
def regenerate() -> _Page:
    form = RegenerateForm()
    made = recovery_codes.regenerate(
        current.portal(),
        current.session(),
        generation=_generation(form.generation.data),
        proof=form.typed,
        origin=current.origin(),
    )
    if isinstance(made, Refused):
        return _refused(form, made, lambda: state_page(_state(), regenerate_form=form))
    current.hold_session(made.token)
    return shown_codes_page(made.codes, why="regenerated")


@pages.post("/account/recovery-codes/download")
def download() -> _Page:
    form = DownloadForm(by_totp=_state().shown_by_totp)
    shown = _show_or_repeat(form, Act.CODES_DOWNLOADED)
    if isinstance(shown, Refused):
        return _refused(form, shown, lambda: _confirm_page(form, "download"))
    current.hold_session(shown.token)
    text = download_of(shown.codes, current.portal().settings.origin)
    name = f"sparekey-codes-{current.visitor().organization.slug}-{current.now():%Y-%m-%d}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype="text/plain", headers=headers)


@pages.post("/account/recovery-codes/sheet")
def sheet() -> _Page:
    form = SheetForm(by_totp=_state().shown_by_totp)
    shown = _show_or_repeat(form, Act.CODES_PRINTED)
    if isinstance(shown, Refused):
        return _refused(form, shown, lambda: _confirm_page(form, "sheet"))
    current.hold_session(shown.token)
    return sheet_of(shown.codes, current.portal().settings.origin, with_identity=form.identity.data)


@pages.post("/account/recovery-codes/acknowledgement")
def acknowledge() -> _Page:
    form = AcknowledgeForm()
    if not form.validate():
        return state_page(_state(), acknowledge_form=form), 422
    acknowledged = recovery_codes.acknowledge(
        current.portal(), current.session(), generation=_generation(form.generation.data), origin=current.origin()
    )
    if isinstance(acknowledged, Refused):
        return _outdated("These are not the newest codes any more, so nothing was acknowledged. Save the newest ones.")
    current.hold_session(acknowledged.token)
    flash("Your recovery codes are acknowledged.", "success")
    return see_other(url_for(_after(acknowledged)))


@pages.post("/account/recovery-codes/proof")
def prove() -> _Page:
    form = ProveForm()
    if not form.validate():
        return state_page(_state(), prove_form=form), 422
    proved = recovery_codes.prove(
        current.portal(),
        current.session(),
        generation=_generation(form.generation.data),
        group=form.group.data,
        origin=current.origin(),
    )
    if not isinstance(proved, Refused):
        flash("That fits: you have your codes at hand.", "success")
        return see_other(url_for("recovery_codes.state"))
    if proved.why is Why.WRONG_CODE:
        form.refuse(form.group, "That does not fit. Look at the code with this number again; no code was used up.")
        return state_page(_state(), prove_form=form), 422
    return _outdated(
        "There is nothing to check for these codes any more. If you are not sure that you have them, make a new set."
    )


def _after(acknowledged: Acknowledged) -> str:
    """On to what was begun: becoming ready for the first time, or coming back after a lost phone."""
    if acknowledged.first or acknowledged.token:
        return "welcome.welcome"
    return "account.lost_phone" if current.visitor().came_by_code else "account.overview"


def _state() -> State:
    return recovery_codes.state(current.portal(), current.session())


def _show(form: ProofForm, act: Act) -> Shown | Refused:
    return recovery_codes.show(current.portal(), current.session(), proof=form.typed, act=act, origin=current.origin())


def _show_or_repeat(form: DownloadForm, act: Act) -> Shown | Refused:
    if not form.codes.data:
        return _show(form, act)
    if form.given is None:
        return Refused(Why.NOT_SHOWABLE)
    return recovery_codes.repeat(
        current.portal(),
        current.session(),
        generation=_generation(form.generation.data),
        given=form.given,
        proof=form.typed,
        act=act,
        origin=current.origin(),
    )


def _refused(form: ProofForm, refused: Refused, page: Callable[[], str]) -> _Page:
    sentence = sentence_of(refused, current.now())
    if refused.why is Why.SESSION_ENDED:
        return signed_out(refused)
    if refused.why is Why.NOT_SHOWABLE:
        code_set = view_of(_state())
        return _outdated((code_set and code_set.why_not_show) or sentence)
    if refused.why in {Why.OUTDATED, Why.NOT_OPEN}:
        return _outdated(sentence)
    if refused.why is Why.NEEDS_PROOF and "proof" not in request.form:
        return page(), 403  # nothing was typed yet: the page asks for it, and finds no fault
    form.refuse_proof(sentence)
    return page(), 422


def _outdated(sentence: str) -> AnyResponse:
    flash(sentence, "warning")
    return see_other(url_for("recovery_codes.state"))


def _confirm_page(form: ProofForm, what: str) -> str:
    return render_template(
        "recovery_codes/confirm.html", form=form, what=what, action_url=url_for(f"recovery_codes.{what}")
    )


def _generation(text: str | None) -> int:
    """-1, which no set has, for what is no number."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1  # noqa: PLR2004
