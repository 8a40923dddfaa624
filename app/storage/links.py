"""Links that work once: those that set a password, and invitations. Only the hash of a link's token is kept."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Table, and_, insert, select, update

from app.domain.events import Actor
from app.domain.members import Member
from app.domain.passes import Link
from app.storage.tables import invitation, password_link


class Links:
    """The links of one kind; both kinds are kept alike. At most one of a member is open."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._open = and_(table.c.used_at.is_(None), table.c.voided_at.is_(None))

    def replace(
        self,
        db: Connection,
        who: Member,
        *,
        token_hash: bytes,
        made_by: Actor,
        reason: str,
        now: datetime,
        expires_at: datetime,
    ) -> None:
        """Make one, and void those before."""
        self.void_all(db, who.id, now)
        db.execute(
            insert(self._table).values(
                public_id=uuid4(),
                member_id=who.id,
                organization_id=who.organization_id,
                token_hash=token_hash,
                made_by=made_by.kind,
                made_by_member_id=made_by.member_id,
                reason=reason,
                made_at=now,
                expires_at=expires_at,
            )
        )

    def find_by_token(self, db: Connection, token_hash: bytes, now: datetime) -> Link | None:
        return self._one(db, self._table.c.token_hash == token_hash, self._open, self._table.c.expires_at > now)

    def find_open(self, db: Connection, member_id: int) -> Link | None:
        """The member's, whether or not its time is over."""
        return self._one(db, self._table.c.member_id == member_id, self._open)

    def use(self, db: Connection, link_id: int, now: datetime) -> bool:
        unused = update(self._table).where(self._table.c.id == link_id, self._open)
        return db.execute(unused.values(used_at=now)).rowcount == 1

    def void_all(self, db: Connection, member_id: int, now: datetime) -> bool:
        """Whether there was one to void."""
        unused = update(self._table).where(self._table.c.member_id == member_id, self._open)
        return db.execute(unused.values(voided_at=now)).rowcount > 0

    def _one(self, db: Connection, *wanted: Any) -> Link | None:
        row = db.execute(select(self._table).where(*wanted)).one_or_none()
        return _link(row) if row else None


password_links = Links(password_link)
invitations = Links(invitation)


def _link(row: Row[Any]) -> Link:
    return Link(row.id, row.member_id, row.made_at, row.expires_at)
