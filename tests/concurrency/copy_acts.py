"""What the runners of a race do about the copies of recovery codes, in a module of its own as in `acts`."""

from dataclasses import replace

from app.domain.events import Act
from app.domain.organizations import policy_of
from app.domain.recovery_codes import Visibility
from app.domain.refusals import Refused
from app.domain.sessions import Session
from app.portal import Portal
from app.services import copies, organization, recovery_codes
from app.storage import organizations
from tests.support.people import AT_HOME
from tests.support.races import Saying


def choose(portal: Portal, session: Session, mode: Visibility) -> object:
    """An owner chooses the mode, over the policy as it is at that moment."""
    with portal.reading() as tx:
        seen = policy_of(organizations.find(tx.db, session.organization_id))
    wanted = replace(seen, code_visibility=mode)
    return organization.change(portal, session, seen=seen, wanted=wanted, proof="", origin=AT_HOME)


def show(portal: Portal, session: Session) -> object:
    """How many codes were shown: all of them or none."""
    done = recovery_codes.show(portal, session, proof="", act=Act.CODES_SHOWN, origin=AT_HOME)
    if isinstance(done, Refused):
        return done
    return Saying(f"{sum(1 for one in done.codes.codes if one.code)} shown")


def sweep(portal: Portal, batch: int) -> object:
    copies.sweep(portal, batch)
    return Saying("swept")
