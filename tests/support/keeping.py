"""How an organization keeps recovery codes, and what of them lies in the database."""

from datetime import datetime

from sqlalchemy import text, update

from app.domain.recovery_codes import Visibility
from app.portal import Portal
from app.storage.tables import organization, recovery_code_set


def keeps(portal: Portal, mode: Visibility, *, organization_id: int | None = None) -> None:
    """As if it had been so from the beginning, for sets to come; in every organization unless one is named."""
    with portal.writing() as tx:
        chosen = update(organization).values(code_visibility=mode)
        tx.db.execute(chosen if organization_id is None else chosen.where(organization.c.id == organization_id))


def handed_over(portal: Portal, member_id: int, at: datetime) -> None:
    """As an application's wire does it."""
    with portal.writing() as tx:
        mine = update(recovery_code_set).where(recovery_code_set.c.member_id == member_id)
        tx.db.execute(mine.values(handed_at=at))


def sealed_copies(portal: Portal, member_id: int | None = None) -> int:
    """How many there are, of that member or of everybody."""
    mine = "" if member_id is None else " AND member_id = :member_id"
    query = text(f"SELECT count(*) FROM recovery_code WHERE sealed IS NOT NULL{mine}")  # noqa: S608
    with portal.reading() as tx:
        return int(tx.db.execute(query, {} if member_id is None else {"member_id": member_id}).scalar_one())
