"""Organizations as an application sees them: finding the one that is named, of those that it may reach."""

from collections.abc import Sequence

from app.domain.organizations import Organization
from app.domain.projects import Project
from app.domain.refusals import Refused, Why
from app.domain.tenants import Tenant, TenantNotes, TenantRef
from app.portal import Transaction
from app.storage import organizations, project_tenants, projects


def find(tx: Transaction, project: Project, named: TenantRef) -> Organization | Refused:
    """A project of one organization reaches that one, one of the installation reaches all.

    What the project itself calls an organization comes before short names, which others give away.
    """
    found = _named(tx, project, named)
    return found if found and reaches(project, found) else Refused(Why.UNKNOWN_ORGANIZATION)


def reaches(project: Project, organization: Organization) -> bool:
    return organization.ended_at is None and project.organization_id in {None, organization.id}


def hold(tx: Transaction, project: Project, named: TenantRef) -> Organization | Refused:
    """Likewise, held until the transaction ends."""
    seen = find(tx, project, named)
    if isinstance(seen, Refused):
        return seen
    held = organizations.find_and_hold(tx.db, seen.id)
    gone = held.ended_at is not None or projects.find_and_share(tx.db, project.public_id) is None
    return Refused(Why.UNKNOWN_ORGANIZATION) if gone else held


def view(tx: Transaction, project: Project, organization: Organization) -> Tenant:
    return views(tx, project, [organization])[0]


def views(tx: Transaction, project: Project, several: Sequence[Organization]) -> list[Tenant]:
    notes = project_tenants.notes_of(tx.db, project.id, [one.id for one in several])
    return [Tenant(one, notes.get(one.id, TenantNotes()), one.requires_second_factor(tx.now)) for one in several]


def _named(tx: Transaction, project: Project, named: TenantRef) -> Organization | None:
    if not isinstance(named, str):
        return organizations.find_by_public_id(tx.db, named)
    organization_id = project_tenants.organization_with(tx.db, project.id, named)
    return organizations.find(tx.db, organization_id) if organization_id else organizations.find_by_slug(tx.db, named)
