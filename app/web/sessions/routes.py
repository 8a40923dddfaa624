from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, render_template, url_for
from werkzeug.wrappers import Response

from app.services import sessions
from app.web import current
from app.web.destinations import see_other
from app.web.words import opened_with

pages = Blueprint("sessions", __name__)


@dataclass(frozen=True, slots=True)
class SessionLine:
    id: UUID
    browser: str
    address: str
    started_at: datetime
    last_seen_at: datetime
    opened_with: str
    current: bool
    application: str


@pages.get("/account/sessions")
def listing() -> str:
    portal, session = current.portal(), current.session()
    return render_template(
        "sessions/list.html",
        sessions=[
            SessionLine(
                id=one.id,
                browser=one.browser,
                address=one.address,
                started_at=one.started_at,
                last_seen_at=one.last_seen_at,
                opened_with=opened_with(one.opened_by),
                current=one.current,
                application=one.application,
            )
            for one in sessions.all_of(portal, session)
        ],
        browsers=sessions.known_browsers_of(portal, session, current.browser_token()),
    )


@pages.post("/account/sessions/<uuid:id>/end")
def end(id: UUID) -> Response:  # noqa: A002 -- the name of the variable in the route
    ended = sessions.end(current.portal(), current.session(), id, current.origin())
    if id == current.session().public_id:
        current.leave()
        return see_other(url_for("sign_in.password"))
    flash("The session has ended." if ended else "That session had already ended.", "success")
    return see_other(url_for("sessions.listing"))


@pages.post("/account/sessions/end-others")
def end_others() -> Response:
    ended = sessions.end_all_others(current.portal(), current.session(), current.origin())
    flash("One other session has ended." if ended == 1 else f"{ended} other sessions have ended.", "success")
    return see_other(url_for("sessions.listing"))


@pages.post("/account/known-browsers/<uuid:id>/removal")
def forget_browser(id: UUID) -> Response:  # noqa: A002
    forgotten = sessions.forget_browser(current.portal(), current.session(), id, current.origin())
    flash("The browser is forgotten." if forgotten else "That browser was not known any more.", "success")
    return see_other(url_for("sessions.listing"))
