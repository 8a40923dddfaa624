"""Projects in the operator's hands: all of them, with what only the operator gives."""

from datetime import timedelta
from uuid import UUID

from app.domain import signing_keys
from app.domain.events import OPERATOR, Act
from app.domain.operating import NotDoneError
from app.domain.projects import ORIGINS_AT_MOST, SECRETS_AT_MOST, Identifies, Permission, Profile, Project
from app.domain.refusals import Refused
from app.portal import Portal, Transaction
from app.steps import projects as steps
from app.steps.projects import Look, MadeSecret
from app.storage import organizations, project_origins, project_profiles, projects

PROFILES_AT_MOST = 5


def create(
    portal: Portal, *, name: str, organization: str | None, installation: bool, permissions: frozenset[Permission]
) -> MadeSecret:
    """In the only organization, unless one is named or it is for the whole installation. Raises NotDoneError."""
    first_key = signing_keys.make(portal.clock.now())
    with portal.writing() as tx:
        organization_id = None if installation else _organization(tx, organization)
        return steps.create(
            tx,
            name=name,
            organization_id=organization_id,
            permissions=permissions,
            by=OPERATOR,
            first_key=first_key,
        )


def all_of_them(portal: Portal) -> list[Look]:
    with portal.reading() as tx:
        return [steps.look(tx, one) for one in projects.all_live(tx.db)]


def rotate_secret(portal: Portal, project: UUID, *, overlap: timedelta) -> MadeSecret:
    """The older ones work on for as long as `overlap`. Raises NotDoneError."""
    with portal.writing() as tx:
        found = _hold(tx, project)
        made = steps.rotate_secret(tx, found, overlap=overlap, by=OPERATOR)
        if isinstance(made, Refused):
            raise NotDoneError(f"{found.name} has {SECRETS_AT_MOST} live secrets already. Revoke one of them first.")
        return made


def revoke_secret(portal: Portal, project: UUID, secret: UUID) -> Project:
    """Raises NotDoneError."""
    with portal.writing() as tx:
        found = _hold(tx, project)
        if not steps.revoke_secret(tx, found, secret, OPERATOR):
            raise NotDoneError(f"{found.name} has no live secret {secret}.")
        return found


def permit(portal: Portal, project: UUID, permission: Permission, *, given: bool) -> Project:
    """Give a permission or take it away. Raises NotDoneError."""
    with portal.writing() as tx:
        found = _hold(tx, project)
        projects.permit(tx.db, found.id, factor_secrets=given)
        act = Act.PROJECT_PERMITTED if given else Act.PROJECT_FORBIDDEN
        steps.note(tx, act, found, OPERATOR, permission=permission)
        return found


def trust(
    portal: Portal,
    project: UUID,
    *,
    name: str,
    issuer: str,
    audience: str,
    claim: str,
    identifies: Identifies,
    public_key: str,
    makes_users: bool = False,
) -> Profile:
    """Take tokens of that issuer for a first factor. Raises NotDoneError."""
    with portal.writing() as tx:
        found = _hold(tx, project)
        if len(project_profiles.all_for(tx.db, found.id)) >= PROFILES_AT_MOST:
            raise NotDoneError(f"{found.name} has {PROFILES_AT_MOST} profiles already. Remove one of them first.")
        if makes_users and found.organization_id is None:  # browsers name one, and would come into any of them
            raise NotDoneError(f"{found.name} is for all organizations, and no token says in which to make a user.")
        steps.note(tx, Act.PROJECT_PROFILE_ADDED, found, OPERATOR, profile=name)
        return project_profiles.add(
            tx.db,
            found.id,
            name=name,
            issuer=issuer,
            audience=audience,
            claim=claim,
            identifies=identifies,
            public_key=public_key,
            makes_users=makes_users,
            now=tx.now,
        )


def distrust(portal: Portal, project: UUID, profile: UUID) -> Project:
    """Raises NotDoneError."""
    with portal.writing() as tx:
        found = _hold(tx, project)
        known = project_profiles.find(tx.db, found.id, profile)
        if known is None:
            raise NotDoneError(f"{found.name} has no profile {profile}.")
        project_profiles.remove(tx.db, found.id, profile)
        steps.note(tx, Act.PROJECT_PROFILE_REMOVED, found, OPERATOR, profile=known.name)
        return found


def admit(portal: Portal, project: UUID, web_origin: str) -> Project:
    """Let browsers call from pages of that origin. Raises NotDoneError."""
    with portal.writing() as tx:
        found = _hold(tx, project)
        known = project_origins.all_for(tx.db, found.id)
        if web_origin not in known and len(known) >= ORIGINS_AT_MOST:
            raise NotDoneError(f"{found.name} has {ORIGINS_AT_MOST} origins already. Remove one of them first.")
        if project_origins.add(tx.db, found.id, web_origin):
            steps.note(tx, Act.PROJECT_ORIGIN_ADDED, found, OPERATOR, origin=web_origin)
        return found


def dismiss(portal: Portal, project: UUID, web_origin: str) -> Project:
    """Raises NotDoneError."""
    with portal.writing() as tx:
        found = _hold(tx, project)
        if not project_origins.remove(tx.db, found.id, web_origin):
            raise NotDoneError(f"{found.name} has no origin {web_origin}.")
        steps.note(tx, Act.PROJECT_ORIGIN_REMOVED, found, OPERATOR, origin=web_origin)
        return found


def remove(portal: Portal, project: UUID) -> tuple[Project, int]:
    """Its secrets, profiles and sessions end with it; how many sessions. Raises NotDoneError."""
    with portal.writing() as tx:
        found = _hold(tx, project)
        return found, steps.end(tx, found, OPERATOR)


def _hold(tx: Transaction, project: UUID) -> Project:
    found = projects.find_and_hold(tx.db, project)
    if found is None:
        raise NotDoneError(f"There is no project {project}. `sparekey project list` shows those there are.")
    return found


def _organization(tx: Transaction, slug: str | None) -> int:
    if slug is not None:
        found = organizations.find_by_slug(tx.db, slug)
        if found is None:
            raise NotDoneError(f"There is no organization {slug}. `sparekey organization list` shows those there are.")
        return found.id
    several = organizations.first_two(tx.db)
    if not several:
        raise NotDoneError("There is no organization yet: open the setup link, or use `sparekey create-owner`.")
    if len(several) > 1:
        raise NotDoneError("There are several organizations: say which with --organization, or --installation for all.")
    return several[0].id
