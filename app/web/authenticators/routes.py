from uuid import UUID

from flask import Blueprint, abort, flash, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.refusals import Refused, Why
from app.services import authenticators
from app.web import current
from app.web.authenticators.forms import NameForm, RemoveForm
from app.web.destinations import see_other
from app.web.step_up import signed_out
from app.web.words import sentence_of

pages = Blueprint("authenticators", __name__)


@pages.get("/account/authenticators/<uuid:id>")
def manage(id: UUID) -> str:  # noqa: A002 -- the name of the variable in the route
    return _page(id)


@pages.post("/account/authenticators/<uuid:id>/name")
def rename(id: UUID) -> tuple[str, int] | Response:  # noqa: A002
    form = NameForm()
    if not form.validate():
        return _page(id, name_form=form), 422
    if authenticators.rename(current.portal(), current.session(), id, name=form.name.data, origin=current.origin()):
        abort(404)
    flash("The name is saved.", "success")
    return see_other(url_for("account.overview"))


@pages.post("/account/authenticators/<uuid:id>/removal")
def remove(id: UUID) -> tuple[str, int] | Response:  # noqa: A002
    form = RemoveForm()
    removed = authenticators.remove(current.portal(), current.session(), id, proof=form.typed, origin=current.origin())
    if isinstance(removed, Refused):
        return _not_removed(id, form, removed)
    current.hold_session(removed.token)
    flash(f"{removed.name} is removed. Its codes no longer work.", "success")
    return see_other(url_for("account.overview"))


def _page(authenticator: UUID, *, name_form: NameForm | None = None, remove_form: RemoveForm | None = None) -> str:
    managed = authenticators.look(current.portal(), current.session(), authenticator) or abort(404)
    return render_template(
        "authenticators/manage.html",
        authenticator=managed.authenticator,
        may_remove=managed.may_remove,
        name_form=name_form or NameForm(formdata=None, name=managed.authenticator.name),
        remove_form=remove_form or RemoveForm(formdata=None),
    )


def _not_removed(authenticator: UUID, form: RemoveForm, refused: Refused) -> tuple[str, int] | Response:
    sentence = sentence_of(refused, current.now())
    if refused.why is Why.SESSION_ENDED:
        return signed_out(refused)
    if refused.why in {Why.OUTDATED, Why.LAST_ONE, Why.LAST_OWNER}:
        flash(sentence, "warning")
        return see_other(url_for("account.overview"))
    form.refuse_proof(sentence)
    return _page(authenticator, remove_form=form), 422
