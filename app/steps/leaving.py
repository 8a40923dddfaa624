"""Taking a member out of the organization: what they had is gone, and the address is free."""

from app.domain.members import Member
from app.portal import Transaction
from app.steps import administration
from app.steps.passwords import forgive
from app.storage import attempts, authenticators, known_browsers, members, project_users, recovery_codes


def remove(tx: Transaction, who: Member) -> None:
    """For good. The member must be held, and the organization too; ending sessions is for whoever acts."""
    forgive(tx, who)
    members.remove(tx.db, who.id)
    administration.void_ways_in(tx, who)
    authenticators.remove_all(tx.db, who.id)
    recovery_codes.void_live(tx.db, who.id, generation=None, now=tx.now)
    known_browsers.forget_all(tx.db, who.id)
    project_users.forget(tx.db, who.id)
    attempts.open_all_doors(tx.db, who.id)
    members.factors_changed(tx.db, who.id)
    members.refresh_counts(tx.db, who.id)
