"""What administrators do in a race. The session of the one who acts comes first, then the member it is done to."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.domain.invitations import Row
from app.domain.members import Role
from app.domain.organizations import Policy
from app.domain.refusals import Refused
from app.domain.sessions import Session
from app.portal import Portal
from app.services import invitations, locks, membership, organization, passes, password_link, sessions
from app.steps.administration import Done
from app.storage import organizations
from tests.concurrency.crowd import PASSWORD
from tests.support.people import AT_HOME
from tests.support.races import Saying

_HOUR = timedelta(hours=1)


def _asked() -> dict[str, Any]:
    return {"reason": "race", "proof": "", "origin": AT_HOME}


def late(portal: Portal, looks: int, act: Callable[..., object], *arguments: Any) -> object:
    """The same act, after having looked at the database so many times first."""
    for _ in range(looks):
        with portal.reading() as tx:
            organizations.first_two(tx.db)
    return act(portal, *arguments)


def demote(portal: Portal, session: Session, member: UUID) -> object:
    return membership.change_role(portal, session, member, role=Role.ADMIN, **_asked())


def make_member(portal: Portal, session: Session, member: UUID) -> object:
    return membership.change_role(portal, session, member, role=Role.MEMBER, **_asked())


def promote(portal: Portal, session: Session, member: UUID) -> object:
    return membership.change_role(portal, session, member, role=Role.ADMIN, **_asked())


def rename(portal: Portal, session: Session, member: UUID) -> object:
    return membership.rename(portal, session, member, name="Renamed", **_asked())


def change_email(portal: Portal, session: Session, member: UUID, email: str) -> object:
    return membership.change_email(portal, session, member, email=email, **_asked())


def suspend(portal: Portal, session: Session, member: UUID) -> object:
    return membership.suspend(portal, session, member, **_asked())


def suspend_several(portal: Portal, session: Session, chosen: list[UUID]) -> object:
    done = membership.suspend_several(portal, session, chosen, **_asked())
    return done if isinstance(done, Refused) else Saying(f"{len(done.names)} of {len(chosen)}")


def reactivate(portal: Portal, session: Session, member: UUID) -> object:
    return membership.reactivate(portal, session, member, **_asked())


def remove(portal: Portal, session: Session, member: UUID) -> object:
    return membership.remove(portal, session, member, **_asked())


def lock(portal: Portal, session: Session, member: UUID) -> object:
    return locks.lock(portal, session, member, **_asked())


def end_sessions(portal: Portal, session: Session, member: UUID) -> object:
    return sessions.end_all_of(portal, session, member, **_asked())


def end_sessions_of_several(portal: Portal, session: Session, chosen: list[UUID]) -> object:
    done = sessions.end_all_of_several(portal, session, chosen, **_asked())
    return done if isinstance(done, Refused) else Saying(f"{len(done.names)} of {len(chosen)}")


def make_pass(portal: Portal, session: Session, member: UUID) -> object:
    return _made(passes.make_for(portal, session, member, life=_HOUR, **_asked()))


def print_pass(portal: Portal, session: Session, member: UUID) -> object:
    """Says what the administrator reads on the page."""
    done = passes.make_for(portal, session, member, life=_HOUR, **_asked())
    return done if isinstance(done, Refused) else Saying(done.made.spelled)


def make_link(portal: Portal, session: Session, member: UUID) -> object:
    return _made(password_link.make_for(portal, session, member, **_asked()))


def invite(portal: Portal, session: Session, email: str) -> object:
    done = invitations.invite(portal, session, [Row(1, "Racer", email, Role.MEMBER)], proof="", origin=AT_HOME)
    return done if isinstance(done, Refused) else Saying(f"{len(done.made)} invited")


def renew(portal: Portal, session: Session, member: UUID) -> object:
    return _made(invitations.renew(portal, session, member, **_asked()))


def revoke(portal: Portal, session: Session, member: UUID) -> object:
    return invitations.revoke(portal, session, member, **_asked())


def accept(portal: Portal, token: str) -> object:
    return invitations.accept(portal, token, name="Newcomer", password=PASSWORD, origin=AT_HOME)


def change_organization(portal: Portal, session: Session, seen: Policy, wanted: Policy) -> object:
    return organization.change(portal, session, seen=seen, wanted=wanted, proof="", origin=AT_HOME)


def _made(done: Done[Any] | Refused) -> object:
    return done if isinstance(done, Refused) else done.made
