"""What is looked at when an application calls: whose secret it is, and whether there is room for another request."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from app.domain.projects import LIMIT_WINDOW, USED_AGAIN_AFTER, Project
from app.domain.tokens import hash_of
from app.portal import Portal, UnavailableError
from app.storage import project_origins, project_secrets, project_visits, projects


def told_by(portal: Portal, secret: str) -> Project | None:
    """The project with this secret, if it is a live one; notes its use, at most once a minute."""
    with portal.reading() as tx:
        found = project_secrets.find_by_hash(tx.db, hash_of(secret), tx.now)
        now = tx.now
    if found is None:
        return None
    project, kept = found
    if kept.last_used_at is None or abs(now - kept.last_used_at) > USED_AGAIN_AFTER:
        # Where nothing can be written, such as on a full disk, what is there can be asked for all the same.
        with suppress(UnavailableError), portal.writing() as tx:
            project_secrets.used(tx.db, kept.id, tx.now)
    return project


def with_public_token(portal: Portal, token: str) -> Project | None:
    """For what is public of a project: the token names it and opens nothing."""
    if not token.isprintable():  # PostgreSQL takes no text with a zero byte in it, not even to look for it
        return None
    with portal.reading() as tx:
        return projects.find_by_public_token(tx.db, token)


def with_environment(portal: Portal, environment: str) -> Project | None:
    """Likewise by the id of its environment, spelled as it is told; None also where that is no id."""
    try:
        environment_id = UUID(environment)
    except ValueError:
        return None
    if str(environment_id) != environment.lower():
        return None
    with portal.reading() as tx:
        return projects.find_by_environment(tx.db, environment_id)


def is_at_home(portal: Portal, project: Project, web_origin: str) -> bool:
    """Whether pages from there may call in the project's name."""
    if not web_origin.isprintable():  # as above
        return False
    with portal.reading() as tx:
        return project_origins.has(tx.db, project.id, web_origin)


def lets_browsers_in(portal: Portal, project: Project) -> bool:
    """Whether there are any such pages, which only the operator admits."""
    with portal.reading() as tx:
        return bool(project_origins.all_for(tx.db, project.id))


def take_visits(portal: Portal, project: Project, *, place: str, count: int) -> datetime | None:
    """As `take`, for one place from which browsers call."""
    with portal.writing() as tx:
        began = tx.now.replace(second=0, microsecond=0)
        key = tx.keys.digest(f"{project.public_id}|{place}", "project-visit")
        limit = tx.settings.visitor_limit
        taken = project_visits.take(tx.db, key, count=count, limit=limit, window_began_at=began)
        return None if taken else began + LIMIT_WINDOW


def take(portal: Portal, project: Project, *, count: int) -> datetime | None:
    """Set so many of this minute's requests aside; until when to wait where the project has had all there are."""
    with portal.writing() as tx:
        began = tx.now.replace(second=0, microsecond=0)
        limit = tx.settings.project_limit
        taken = project_secrets.take_requests(tx.db, project.id, count=count, limit=limit, window_began_at=began)
        return None if taken else began + LIMIT_WINDOW


def with_id(portal: Portal, public_id: UUID) -> Project | None:
    with portal.reading() as tx:
        return projects.find(tx.db, public_id)
