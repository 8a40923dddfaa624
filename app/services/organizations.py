"""Further organizations on one installation, in the operator's hands."""

from sqlalchemy.exc import IntegrityError

from app.domain.events import OPERATOR, Act
from app.domain.operating import NotDoneError
from app.domain.organizations import Organization
from app.portal import Portal
from app.steps import organization_endings
from app.steps.events import record_of_nobody
from app.steps.organization_endings import Ended
from app.storage import organizations, projects


def add(portal: Portal, *, name: str, slug: str, time_zone: str) -> Organization:
    """With everybody needing a second factor from the start. Raises NotDoneError."""
    taken = NotDoneError(f"Another organization has the short name {slug}: choose one with --slug.")
    try:
        with portal.writing() as tx:
            if not organizations.first_two(tx.db):
                raise NotDoneError(
                    "The first organization is made by the setup link that `sparekey serve` prints, or by "
                    "`sparekey create-owner --organization-name NAME`."
                )
            if organizations.find_by_slug(tx.db, slug):
                raise taken
            made = organizations.add(tx.db, slug=slug, name=name, required_from=tx.now, now=tx.now, time_zone=time_zone)
            record_of_nobody(tx, Act.ORGANIZATION_CREATED, made.id, by=OPERATOR)
            return made
    except IntegrityError:  # somebody else has just taken it
        raise taken from None


def find(portal: Portal, slug: str) -> tuple[Organization, int, int]:
    """With how many members and projects it has. Raises NotDoneError."""
    with portal.reading() as tx:
        found = organizations.find_by_slug(tx.db, slug)
        if found is None:
            raise _unknown(slug)
        people = organizations.member_counts(tx.db).get(found.id, 0)
        return found, people, len(projects.all_live(tx.db, of=found.id))


def remove(portal: Portal, slug: str) -> Ended:
    """For good, with its people and projects; other organizations are left alone. Raises NotDoneError."""
    with portal.writing() as tx:
        found = organizations.find_by_slug(tx.db, slug)
        held = organizations.find_and_hold(tx.db, found.id) if found else None
        if held is None or held.ended_at:
            raise _unknown(slug)
        return organization_endings.end(tx, held, by=OPERATOR)


def all_with_counts(portal: Portal) -> list[tuple[Organization, int]]:
    """Each with the number of its members, in the order in which they were made."""
    with portal.reading() as tx:
        counts = organizations.member_counts(tx.db)
        return [(one, counts.get(one.id, 0)) for one in organizations.all_of_them(tx.db)]


def _unknown(slug: str) -> NotDoneError:
    return NotDoneError(f"There is no organization {slug}. `sparekey organization list` shows those there are.")
