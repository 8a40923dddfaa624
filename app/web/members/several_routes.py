"""Acts on several members at once, chosen in the list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.members import Status
from app.domain.refusals import Refused, Why
from app.services import members, membership, sessions
from app.steps.administration import SeveralDone
from app.web import current
from app.web.destinations import see_other, uuid_from
from app.web.forms import ReasonForm
from app.web.member_words import plural
from app.web.members.forms import ListForm
from app.web.step_up import signed_out
from app.web.words import sentence_of

_Page = Response | tuple[str, int]
_NOBODY = "Tick the boxes of those you mean. Nobody was chosen with whom you could do this."


@dataclass(frozen=True, slots=True)
class SeveralAct:
    """`noun` is the last part of its address; the words are filled with whom it is about."""

    noun: str
    title: str
    button: str
    done: str
    effect: list[str]
    service: Callable[..., SeveralDone | Refused]
    fits: frozenset[Status]

    @property
    def endpoint(self) -> str:
        return f"several_{self.noun.replace('-', '_')}"


ACTS = [
    SeveralAct(
        noun="sessions-end",
        title="End the sessions of {}",
        button="End their sessions",
        done="The sessions of {} are ended.",
        effect=[
            "All their sessions end at once, and sign-ins that are under way.",
            "Signing in again takes password and code, as always.",
        ],
        service=sessions.end_all_of_several,
        fits=frozenset({Status.ACTIVE}),
    ),
    SeveralAct(
        noun="suspension",
        title="Suspend {}",
        button="Suspend them",
        done="Suspended: {}.",
        effect=[
            "They cannot sign in: the right password gets the answer of a wrong one.",
            "Their sessions end at once; open passes and password links stop working.",
            "Passwords, authenticators and recovery codes stay as they are.",
        ],
        service=membership.suspend_several,
        fits=frozenset({Status.ACTIVE}),
    ),
]


def add_several(pages: Blueprint) -> None:
    pages.add_url_rule("/members/several", "several", _ask, methods=["GET"])
    for act in ACTS:
        pages.add_url_rule(f"/members/several/{act.noun}", act.endpoint, _view(act), methods=["POST"])


def _view(act: SeveralAct) -> Callable[[], _Page]:
    def do() -> _Page:
        return _do(act)

    return do


def _ask() -> _Page:
    act = next((one for one in ACTS if one.noun == request.args.get("act")), None) or abort(404)
    return _page(act, _chosen(request.args), ReasonForm(formdata=None), 200)


def _do(act: SeveralAct) -> _Page:
    form, chosen = ReasonForm(), _chosen(request.form)
    if not form.validate():
        return _page(act, chosen, form, 422)
    outcome = act.service(
        current.portal(), current.session(), chosen, reason=form.reason.data, proof=form.typed, origin=current.origin()
    )
    if isinstance(outcome, Refused):
        if outcome.why is Why.SESSION_ENDED:
            return signed_out(outcome)
        form.refuse_proof(sentence_of(outcome, current.now()))
        return _page(act, chosen, form, 422)
    current.hold_session(outcome.token)
    _tell(act, outcome)
    return see_other(url_for("members.listing", **_kept()))


def _page(act: SeveralAct, chosen: list[UUID], form: ReasonForm, status: int) -> _Page:
    found = members.chosen(current.portal(), current.session(), chosen)
    fit = [one.line for one in found if one.open and one.line.status in act.fits]
    if not fit:
        flash(_NOBODY, "warning")
        return see_other(url_for("members.listing", **_kept()))
    page = render_template(
        "members/several.html",
        act=act,
        title=act.title.format(plural(len(fit), "person", "people")),
        action_url=url_for(f"members.{act.endpoint}"),
        chosen=fit,
        left_alone=[one.line.name for one in found if one.line not in fit],
        kept=_kept(),
        form=form,
    )
    return page, status


def _tell(act: SeveralAct, done: SeveralDone) -> None:
    if done.names:
        ended = f" {plural(done.sessions_ended, 'session')} ended." if done.sessions_ended else ""
        flash(f"{act.done.format(', '.join(done.names))}{ended} The log notes it, with your reason.", "success")
    if not done.names and not done.left_alone:
        flash(_NOBODY, "warning")
    if done.left_alone:
        flash(f"Left alone, since it is not open to you or does not apply: {', '.join(done.left_alone)}.", "warning")


def _kept() -> dict[str, Any]:
    """What the list was narrowed to, so that the way back leads to the same one."""
    form = ListForm(request.values)
    return form.kept if form.validate() else {}


def _chosen(names: Iterable[str]) -> list[UUID]:
    """Those whose box is ticked: each box is a field of its own, named by the id."""
    return [one for name in names if (one := uuid_from(name))]
