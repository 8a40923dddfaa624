from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from app.services import audit
from app.services.audit import Wanted
from app.web import current
from app.web.audit.forms import AuditForm
from app.web.audit.kinds import acts_of
from app.web.destinations import uuid_from
from app.web.history_lines import log_lines_of

pages = Blueprint("audit", __name__)


@pages.get("/audit")
def listing() -> tuple[str, int]:
    form = AuditForm(request.args)
    fits = form.validate()
    before = request.args.get("before", "")
    if (form.member.data and not uuid_from(form.member.data)) or (before and not uuid_from(before)):
        abort(404)
    page = audit.page(current.portal(), current.session(), _wanted(form), before=uuid_from(before))
    kept: dict[str, Any] = {name: value for name in form.data if (value := request.args.get(name))}
    text = render_template(
        "audit/list.html",
        form=form,
        lines=log_lines_of(page.events),
        member=page.member,
        many=page.many,
        at_most=audit.PEOPLE_AT_MOST,
        narrowed=bool(kept),
        everybody=url_for("audit.listing", **{name: value for name, value in kept.items() if name != "member"}),
        older=url_for("audit.listing", **kept, before=page.older) if page.older else None,
        newest=url_for("audit.listing", **kept) if before else None,
    )
    return text, 200 if fits else 422


def _wanted(form: AuditForm) -> Wanted:
    """What of the form can be used; what cannot has its error beside it."""
    return Wanted(
        person=form.person.data,
        member=uuid_from(form.member.data),
        acts=acts_of(form.act.data),
        since=None if form.since.errors else form.since.data,
        until=None if form.until.errors else form.until.data,
    )
