"""Taking a person out of all tables. The only place where events are changed: their words go, they stay."""

from uuid import UUID

from sqlalchemy import Connection, delete, func, or_, select, update

from app.domain import erasure
from app.domain.events import Act
from app.domain.members import Member, Status
from app.domain.text import email_key, search_text
from app.storage import members
from app.storage.tables import event, event_origin, member, metadata

OF_MEMBERS = [
    table for table in reversed(metadata.sorted_tables) if any(key.column.table is member for key in table.foreign_keys)
]
"""All that belongs to a member alone, what refers to others of it first."""


def found(db: Connection, named: str) -> list[Member]:
    """By public id, or by address, also those who were removed and whose address is free for others."""
    try:
        wanted = member.c.public_id == UUID(named)
    except ValueError:
        wanted = or_(member.c.email_key == email_key(named), func.lower(member.c.email) == named.lower())
    ids = db.execute(select(member.c.id).where(wanted).order_by(member.c.id)).scalars().all()
    return [members.find(db, one) for one in ids]


def is_erased(who: Member) -> bool:
    return who.status is Status.REMOVED and who.email is None and who.name == erasure.NAME


def erase(db: Connection, who: Member) -> None:
    """The member must be held. What remains is a row without a person, for the log to point at."""
    for table in OF_MEMBERS:
        db.execute(delete(table).where(table.c.member_id == who.id))
    db.execute(delete(event_origin).where(event_origin.c.member_id == who.id))
    _take_words_out(db, who)
    members.remove(db, who.id)
    members.refresh_counts(db, who.id)
    nothing = dict.fromkeys(["email", "email_changed_at", "password_changed_at", "last_sign_in_at"])
    neutral = {"name": erasure.NAME, "search_text": search_text(erasure.NAME), "email_verified": False}
    db.execute(update(member).where(member.c.id == who.id).values(**nothing, **neutral))


def _take_words_out(db: Connection, who: Member) -> None:
    for row in db.execute(select(event.c.id, event.c.act, event.c.details).where(event.c.member_id == who.id)).all():
        kept = erasure.without_words(Act(row.act), row.details)
        if kept != row.details:
            db.execute(update(event).where(event.c.id == row.id).values(details=kept))
