"""What an application has noted of organizations. One that has no row is one that it has noted nothing of."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from app.domain.tenants import TenantNotes
from app.storage.tables import project_tenant
from app.storage.upserts import upsert


def notes_of(db: Connection, project_id: int, organization_ids: Collection[int]) -> dict[int, TenantNotes]:
    mine = project_tenant.c.project_id == project_id, project_tenant.c.organization_id.in_(organization_ids)
    return {
        row.organization_id: TenantNotes(row.external_id, row.logo_url, row.trusted_metadata)
        for row in db.execute(select(project_tenant).where(*mine))
    }


def organization_with(db: Connection, project_id: int, external_id: str) -> int | None:
    named = project_tenant.c.project_id == project_id, project_tenant.c.external_id == external_id
    found: int | None = db.execute(select(project_tenant.c.organization_id).where(*named)).scalar_one_or_none()
    return found


def note(db: Connection, project_id: int, organization_id: int, notes: TenantNotes) -> None:
    """In place of what was noted before. Raises IntegrityError where the external id is another organization's."""
    values = {
        "external_id": notes.external_id,
        "logo_url": notes.logo_url,
        "trusted_metadata": dict(notes.trusted_metadata),
    }
    first = upsert(db, project_tenant).values(project_id=project_id, organization_id=organization_id, **values)
    db.execute(first.on_conflict_do_update(index_elements=["project_id", "organization_id"], set_=values))
