"""The log of an organization, for those who administer it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.domain.events import Act, Event
from app.domain.organizations import beginning_of
from app.domain.sessions import Session
from app.portal import Portal, Transaction
from app.steps import administration
from app.storage import events, member_lists, members, organizations
from app.storage.events import Search

PEOPLE_AT_MOST = 200
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the log is narrowed to. `person` is any part of a name or address, `member` one person; days are whole days
    of the organization's calendar."""

    person: str = ""
    member: UUID | None = None
    acts: Collection[Act] | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """`older` is the event to go on from; `member` names whom the log is narrowed to, `many` that too many fit."""

    events: list[Event]
    older: UUID | None
    member: str
    many: bool


def page(portal: Portal, session: Session, wanted: Wanted, *, before: UUID | None = None, length: int = 18) -> Page:
    """Newest first. An event that is not there begins from the top. Raises NotAnAdministratorError."""
    with portal.reading() as tx:
        administration.looking(tx, session)
        organization_id = session.organization_id
        start = events.id_of(tx.db, before, organization_id=organization_id) if before else None
        people, name = _people(tx, organization_id, wanted)
        zone = organizations.find(tx.db, organization_id).time_zone
        search = Search(
            people=people,
            acts=wanted.acts,
            since=beginning_of(wanted.since, zone) if wanted.since else None,
            until=beginning_of(wanted.until + _DAY, zone) if wanted.until else None,
        )
        found = events.page_of(tx.db, organization_id, search, before=start, count=length + 1)
        older = found[length - 1].public_id if len(found) > length else None
        return Page(found[:length], older, name, people is not None and len(people) > PEOPLE_AT_MOST)


def _people(tx: Transaction, organization_id: int, wanted: Wanted) -> tuple[list[int] | None, str]:
    if wanted.member:
        found = members.find_in(tx.db, organization_id, wanted.member)
        return ([found.id], found.name) if found else ([], "")
    if not wanted.person.strip():
        return None, ""
    return member_lists.ids_matching(tx.db, organization_id, wanted.person, at_most=PEOPLE_AT_MOST + 1), ""
