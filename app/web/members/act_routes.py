"""The pages of the acts, and their forms: all of one kind."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.refusals import Refused, Why
from app.services import members
from app.services.members import Profile
from app.steps.administration import Done
from app.steps.ways_back import MadeLink, MadePass
from app.web import current
from app.web.destinations import see_other
from app.web.member_words import plural
from app.web.members.acts import GROUPS, ActPage
from app.web.members.forms import AddressForm, NameForm, RoleForm
from app.web.step_up import signed_out
from app.web.words import sentence_of

_Page = str | Response | tuple[str, int]
_View = Callable[[UUID], _Page]
_STATE_IS_OTHER = "This has changed meanwhile, or was so already. Nothing was done; look at what is here now."


def add_acts(pages: Blueprint) -> None:
    for _, acts in GROUPS:
        for act in acts:
            rule = f"/members/<uuid:id>/{act.noun}"
            ask, do = _views(act)
            pages.add_url_rule(rule, act.endpoint, ask, methods=["GET"])
            pages.add_url_rule(rule, f"do_{act.endpoint}", do, methods=["POST"])


def _views(act: ActPage) -> tuple[_View, _View]:
    """Not partial functions, which have no name: Flask-WTF looks a view up by that."""

    def ask(id: UUID) -> _Page:  # noqa: A002 -- the name of the variable in the route
        return _ask(act, id)

    def do(id: UUID) -> _Page:  # noqa: A002
        return _do(act, id)

    return ask, do


def _ask(act: ActPage, member: UUID) -> _Page:
    profile = _profile(member)
    if not act.offered(profile):
        flash(_STATE_IS_OTHER, "warning")
        return see_other(url_for("members.look", id=member))
    return _page(act, profile, _form(act, profile))


def _do(act: ActPage, member: UUID) -> _Page:
    profile = _profile(member)
    form = _form(act, profile, filled=True)
    if not form.validate():
        return _page(act, profile, form), 422
    outcome = act.do(current.portal(), current.session(), member, form, current.origin())
    if isinstance(outcome, Refused):
        return _refused(act, profile, form, outcome)
    current.hold_session(outcome.token)
    if act.template:
        return render_template(act.template, profile=profile, **_shown_once(outcome))
    flash(_told(act, profile, form, outcome), "success")
    return see_other(url_for("members.look", id=member))


def _told(act: ActPage, profile: Profile, form: Any, done: Done[Any]) -> str:
    what = act.done.format_map({"name": done.name, **act.given(form)})
    ended = f" {plural(done.sessions_ended, 'session')} ended." if done.sessions_ended else ""
    # Who is only invited, suspended or removed opens no history.
    reader = f"{done.name} reads it in the history" if profile.line.status in act.read_by else "The log notes it"
    return f"{what}{ended} {reader}, with your reason."


def _profile(member: UUID) -> Profile:
    profile = members.look(current.portal(), current.session(), member) or abort(404)
    if not profile.mine:
        abort(403, sentence_of(Refused(Why.NOT_YOURS), current.now()))
    return profile


def _form(act: ActPage, profile: Profile, *, filled: bool = False) -> Any:
    form = act.form() if filled else act.form(formdata=None)
    if isinstance(form, RoleForm):
        form.offer(profile.grantable)
    if isinstance(form, NameForm) and not filled:
        form.name.data = profile.line.name
    if isinstance(form, AddressForm) and not filled:
        form.email.data = profile.line.email
    return form


def _page(act: ActPage, profile: Profile, form: Any) -> str:
    objection = act.objection(profile)
    return render_template(
        "members/act.html",
        act=act,
        title=act.title.format(profile.line.name),
        profile=profile,
        effect=act.effect(profile),
        objection=sentence_of(objection, current.now()) if objection else "",
        form=form,
    )


def _refused(act: ActPage, profile: Profile, form: Any, refused: Refused) -> _Page:
    sentence = sentence_of(refused, current.now())
    if refused.why is Why.SESSION_ENDED:
        return signed_out(refused)
    if refused.why is Why.UNKNOWN_MEMBER:
        abort(404)
    if refused.why is Why.NOT_YOURS:
        abort(403, sentence)
    if refused.why is Why.OUTDATED:
        flash(_STATE_IS_OTHER, "warning")
        return see_other(url_for("members.look", id=profile.line.public_id))
    if refused.why is Why.ADDRESS_TAKEN:
        form.refuse(form.email, sentence)
    elif refused.why in {Why.LAST_OWNER, Why.PAID_BEFORE, Why.ADDRESS_NEW, Why.NOT_GRANTABLE}:
        form.form_errors.append(sentence)
    else:
        form.refuse_proof(sentence)
    return _page(act, profile, form), 422


def _shown_once(done: Done[Any]) -> dict[str, Any]:
    """What was made, with the address at which it is used."""
    if isinstance(done.made, MadePass):
        path = url_for("sign_in.use_pass")
    elif isinstance(done.made, MadeLink):
        path = url_for("password_link.open_link", token=done.made.token)
    else:
        path = url_for("invitations.open_link", token=done.made.token)
    return {"made": done.made, "address": f"{current.portal().settings.origin}{path}"}
