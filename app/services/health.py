"""Whether the portal can do its work, in the one word that a load balancer needs."""

from app.portal import Portal
from app.storage import key_checks
from app.storage.database import UnavailableError
from app.storage.migrations import serves


def is_ready(portal: Portal) -> bool:
    """Whether the database answers, in a form for this code, and no key is missing here that others seal with."""
    try:
        with portal.reading() as tx:
            return serves(tx.db) and not key_checks.missing(tx.db, tx.keys.ring)
    except UnavailableError:
        return False
