"""Who calls: every operation passes here first; without a live secret only browsers do, for whoever sits there."""

from datetime import datetime

from flask import request

from app.api import cross_origin
from app.api.limits import Limits
from app.api.wire import Anyone, Browsers, Call, Dialect, Visit, WireError
from app.domain.addresses import prefix_of
from app.domain.projects import Project, read_id
from app.http import current
from app.portal import Portal
from app.services import project_calls


def caller(dialect: Dialect, anyone: Anyone, limits: Limits) -> Call:
    """Raises WireError."""
    if dialect.browsers:
        return _visitor(dialect, dialect.browsers, anyone, limits)
    portal, project = anyone.portal, _known(anyone)
    if project is None:
        asks_for = {"WWW-Authenticate": f'{dialect.scheme["scheme"].title()} realm="Sparekey"'}
        raise WireError(401, dialect.kinds[401], "These are not the credentials of a project here.", asks_for)
    _look_at(dialect, project)
    _wait(dialect, portal, limits.wait(portal, project))
    return Call(portal, project, current.origin())


def _visitor(dialect: Dialect, browsers: Browsers, anyone: Anyone, limits: Limits) -> Visit:
    portal, sent, origin = anyone.portal, anyone.sent, current.origin()
    project = browsers.project_of(portal, sent.project_id) if sent and sent.project_id else None
    if project is None or sent is None:
        raise WireError(401, dialect.kinds[401], "There is no such project here.")
    if not _is_let_in(portal, project):
        raise WireError(403, dialect.kinds[403], "Browsers may not call this project from pages of this origin.")
    _look_at(dialect, project)
    _wait(dialect, portal, limits.wait_at(portal, project, prefix_of(origin.address)))
    return Visit(portal, project, origin, sent.secret)


def _is_let_in(portal: Portal, project: Project) -> bool:
    """From its pages; or from no page, where it has any. Whoever has none has no business here.

    With the tokens of its users' sessions it could otherwise do for them what takes a permission.
    """
    if "Origin" in request.headers:
        return cross_origin.admits(portal, project, request)
    return project_calls.lets_browsers_in(portal, project)


def _look_at(dialect: Dialect, project: Project) -> None:
    if project.organization_id is None and not dialect.across_organizations:
        raise WireError(
            403, dialect.kinds[403], "This project is for the whole installation; here it takes one of an organization."
        )


def _wait(dialect: Dialect, portal: Portal, until: datetime | None) -> None:
    if until:
        seconds = max(1, int((until - portal.clock.now()).total_seconds()))
        raise WireError(429, dialect.kinds[429], "Too many requests in this minute.", {"Retry-After": str(seconds)})


def _known(anyone: Anyone) -> Project | None:
    sent = anyone.sent
    project = project_calls.told_by(anyone.portal, sent.secret) if sent else None
    if project is None or sent is None or sent.project_id is None:
        return project
    return project if read_id(sent.project_id) == project.public_id else None
