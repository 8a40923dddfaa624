"""Who calls: every operation passes here first, and without a live secret nobody passes."""

from app.api.limits import Limits
from app.api.wire import Anyone, Call, Dialect, WireError
from app.domain.projects import Project, read_id
from app.http import current
from app.services import project_calls


def caller(dialect: Dialect, anyone: Anyone, limits: Limits) -> Call:
    """Raises WireError."""
    portal, project = anyone.portal, _known(anyone)
    if project is None:
        asks_for = {"WWW-Authenticate": f'{dialect.scheme["scheme"].title()} realm="Sparekey"'}
        raise WireError(401, dialect.kinds[401], "These are not the credentials of a project here.", asks_for)
    if project.organization_id is None and not dialect.across_organizations:
        raise WireError(
            403, dialect.kinds[403], "This project is for the whole installation; here it takes one of an organization."
        )
    if until := limits.wait(portal, project):
        seconds = max(1, int((until - portal.clock.now()).total_seconds()))
        raise WireError(429, dialect.kinds[429], "Too many requests in this minute.", {"Retry-After": str(seconds)})
    return Call(portal, project, current.origin())


def _known(anyone: Anyone) -> Project | None:
    sent = anyone.sent
    project = project_calls.told_by(anyone.portal, sent.secret) if sent else None
    if project is None or sent is None or sent.project_id is None:
        return project
    return project if read_id(sent.project_id) == project.public_id else None
