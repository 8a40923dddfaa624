"""Erasing a person: whatever is known about them goes, and the log stays whole."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.domain.events import OPERATOR, Act
from app.domain.members import Member, Status
from app.domain.operating import NotDoneError
from app.portal import Portal, Transaction, UnavailableError
from app.steps import administration
from app.steps.events import record
from app.steps.passwords import forgive
from app.storage import erasing, members, organizations, wal


@dataclass(frozen=True, slots=True)
class Meant:
    """Who would be erased."""

    public_id: UUID
    name: str
    email: str | None
    status: Status
    organization: str


@dataclass(frozen=True, slots=True)
class Erased:
    """`again` is set where that had been done before; `copies` are older files that still hold the person.

    Not `swept`: somebody read or wrote for so long that traces of what was deleted are left in the file.
    """

    public_id: UUID
    again: bool
    swept: bool
    copies: list[Path]


def look(portal: Portal, named: str, organization: str | None) -> Meant:
    """`named` by address or public id. Raises NotDoneError."""
    with portal.reading() as tx:
        who = _named(tx, named, organization)
        return _meant(tx, who)


def erase(portal: Portal, named: str, organization: str | None) -> Erased:
    """Raises NotDoneError."""
    with portal.writing() as tx:
        seen = _named(tx, named, organization)
        organizations.find_and_hold(tx.db, seen.organization_id)
        who = members.find_and_hold(tx.db, seen.id)
        again = erasing.is_erased(who)
        if not again:
            _require_replaceable(tx, who)
            forgive(tx, who)
            erasing.erase(tx.db, who)
            record(tx, Act.ERASED, who, by=OPERATOR)
    return Erased(who.public_id, again, _swept(portal), _copies(portal))


def _swept(portal: Portal) -> bool:
    """The person is erased already, whatever becomes of this."""
    try:
        portal.database.sweep()
        return wal.emptied(portal.database)
    except UnavailableError:
        return False


def _named(tx: Transaction, named: str, slug: str | None) -> Member:
    found = erasing.found(tx.db, named)
    if slug is not None:
        found = [who for who in found if organizations.find(tx.db, who.organization_id).slug == slug]
    if not found:
        where = f" in the organization {slug}" if slug else ""
        raise NotDoneError(f"Nobody{where} has the address or id {named}.")
    if len(found) > 1:
        raise NotDoneError(
            "\n".join(
                [f"{named} fits {len(found)} people. Name one of them by id in its place:"]
                + [
                    f"  {one.public_id}  {one.name}, {one.status} in {one.organization}"
                    for one in _all_meant(tx, found)
                ]
            )
        )
    return found[0]


def _all_meant(tx: Transaction, found: list[Member]) -> list[Meant]:
    return [_meant(tx, who) for who in found]


def _meant(tx: Transaction, who: Member) -> Meant:
    return Meant(who.public_id, who.name, who.email, who.status, organizations.find(tx.db, who.organization_id).name)


def _require_replaceable(tx: Transaction, who: Member) -> None:
    """The last owner with an authenticator stays as long as there is anybody to look after."""
    if administration.is_last_owner(tx, who) and organizations.member_counts(tx.db)[who.organization_id] > 1:
        raise NotDoneError(
            f"{who.name} is the only owner with an authenticator. Make somebody else an owner first, and let them set "
            "one up."
        )


def _copies(portal: Portal) -> list[Path]:
    path = portal.database.path
    return sorted(path.parent.glob(f"{path.stem}-before-*{path.suffix}")) if path else []
