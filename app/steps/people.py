"""Finding the member that the operator means."""

from app.domain.members import Member, Status
from app.portal import Transaction
from app.storage import members, organizations


class NoSuchMemberError(Exception):
    """Its text is the plain sentence to show."""


def named(tx: Transaction, email: str, organization_slug: str | None) -> Member:
    """The active member with this address. Raises NoSuchMemberError, also where several organizations have it."""
    found = [who for who in members.all_with_email(tx.db, email) if who.status is Status.ACTIVE]
    slugs = {who.id: organizations.find(tx.db, who.organization_id).slug for who in found}
    if organization_slug is not None:
        found = [who for who in found if slugs[who.id] == organization_slug]
    if not found:
        where = f" in the organization {organization_slug}" if organization_slug else ""
        raise NoSuchMemberError(f"No active member has the address {email}{where}.")
    if len(found) > 1:
        choices = ", ".join(sorted(slugs.values()))
        raise NoSuchMemberError(f"{email} is in several organizations: say which with --organization ({choices}).")
    return found[0]
