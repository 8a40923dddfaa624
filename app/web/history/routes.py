from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for

from app.services import history
from app.web import current
from app.web.destinations import uuid_from
from app.web.history_lines import lines_of

pages = Blueprint("history", __name__)


@pages.get("/account/history")
def listing() -> str:
    before = _before()
    page = history.page(current.portal(), current.session(), before=before)
    return render_template(
        "history/list.html",
        lines=lines_of(page.events),
        older=url_for("history.listing", before=page.older) if page.older else None,
        newest=url_for("history.listing") if before else None,
    )


def _before() -> UUID | None:
    text = request.args.get("before")
    return (uuid_from(text) or abort(404)) if text else None
