"""Whether the portal can do its work, in the one word that a load balancer needs."""

from app.portal import Portal
from app.storage.database import UnavailableError
from app.storage.migrations import is_current


def is_ready(portal: Portal) -> bool:
    """Whether the database answers, in the form that this code was written for."""
    try:
        with portal.reading() as tx:
            return is_current(tx.db)
    except UnavailableError:
        return False
