from flask import Blueprint, flash, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.members import Role
from app.domain.refusals import Refused, Why
from app.services import copies, figures, organization
from app.services.organization import Changed
from app.web import current
from app.web.code_words import MODES
from app.web.destinations import see_other
from app.web.member_words import counted
from app.web.organization.chart import chart_of, written
from app.web.organization.forms import PolicyForm
from app.web.organization.modes import choices
from app.web.step_up import signed_out
from app.web.words import sentence_of

pages = Blueprint("organization", __name__)
pages.add_app_template_filter(written)

_OUTDATED = "Somebody else has changed the organization meanwhile. Nothing of yours was saved; see what is here now."


@pages.get("/organization")
def overview() -> str:
    return _page(None)


@pages.post("/organization")
def change() -> tuple[str, int] | Response:
    form = PolicyForm()
    if not form.validate():
        return _page(form), 422
    seen = form.seen_policy
    changed = (
        organization.change(
            current.portal(),
            current.session(),
            seen=seen,
            wanted=form.wanted,
            proof=form.typed,
            origin=current.origin(),
        )
        if seen
        else Refused(Why.OUTDATED)
    )
    if isinstance(changed, Refused):
        return _refused(form, changed)
    current.hold_session(changed.token)
    flash(_said(changed), "success")
    return see_other(url_for("organization.overview"))


def _said(changed: Changed) -> str:
    if not changed.fields:
        return "Nothing was different, so nothing was changed."
    if not changed.tightened:
        return "The changes are saved."
    if copies.sweep_at_once(current.portal()):
        return "The changes are saved, and the copies that may no longer be kept are erased."
    return "The changes are saved. The codes concerned are shown to nobody any more; their copies are being erased."


def _page(form: PolicyForm | None) -> str:
    seen = organization.overview(current.portal(), current.session())
    owner = current.visitor().role is Role.OWNER
    origin = current.portal().settings.origin
    course = figures.course(current.portal(), current.session())
    return render_template(
        "organization/overview.html",
        chart=chart_of(course),
        counted_since=course[0].day if course else None,
        policy=seen.policy,
        modes=choices(seen.policy.code_visibility, seen.kept),
        mode=MODES[seen.policy.code_visibility],
        readiness=seen.readiness,
        ready=counted(seen.readiness.ready),
        active=counted(seen.readiness.active),
        owners=seen.owners,
        form=(form or PolicyForm.over(seen.policy)) if owner else None,
        required_from=seen.organization.second_factor_required_from,
        required_now=seen.organization.requires_second_factor(current.now()),
        sign_in_address=f"{origin}{url_for('sign_in.password_of', slug=seen.organization.slug)}",
    )


def _refused(form: PolicyForm, refused: Refused) -> tuple[str, int] | Response:
    if refused.why is Why.SESSION_ENDED:
        return signed_out(refused)
    if refused.why is Why.OUTDATED:
        flash(_OUTDATED, "warning")
        return see_other(url_for("organization.overview"))
    form.refuse_proof(sentence_of(refused, current.now()))
    return _page(form), 422
