"""Taking an organization out, with all its people at once. Its row stays for its log, which nothing is taken out of."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, update

from app.storage import members
from app.storage.erasing import OF_MEMBERS
from app.storage.tables import organization, project_tenant, readiness_figure


def end(db: Connection, organization_id: int, public_id: UUID, now: datetime) -> int:
    """It must be held, and everybody in it. Its short name is free for another. Returns how many people were in it."""
    for table in (*OF_MEMBERS, readiness_figure, project_tenant):
        db.execute(delete(table).where(table.c.organization_id == organization_id))
    people = members.remove_everybody(db, organization_id)
    ended = update(organization).where(organization.c.id == organization_id)
    unfit = f"-{public_id.hex}"  # a short name of nobody else: none that is given out begins like this
    db.execute(ended.values(ended_at=now, slug=unfit, second_factor_required_from=None))
    return people
