"""Where a member is signed in, and which browsers are known."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.events import Act, Origin
from app.domain.members import Status
from app.domain.refusals import Refused, Why
from app.domain.sessions import PORTAL, Proof, Session
from app.domain.tokens import hash_of
from app.portal import Portal, Transaction
from app.steps import administration, step_up
from app.steps.administration import Acting, Deed, Done, SeveralDone
from app.steps.events import record
from app.steps.sessions import end_others, hold
from app.storage import known_browsers, projects, sessions


@dataclass(frozen=True, slots=True)
class SessionView:
    """`application` is what it is called that the session is of; empty for one of the portal."""

    id: UUID
    browser: str
    address: str
    started_at: datetime
    last_seen_at: datetime
    opened_by: Proof
    current: bool
    application: str = ""


@dataclass(frozen=True, slots=True)
class BrowserView:
    id: UUID
    browser: str
    last_seen_at: datetime
    expires_at: datetime
    current: bool


def all_of(portal: Portal, session: Session) -> list[SessionView]:
    with portal.reading() as tx:
        seen_after = tx.now - tx.settings.session_idle
        alive = sessions.all_for(tx.db, session.member_id, seen_after=seen_after, now=tx.now)
        applications = projects.names_by_audience(tx.db, {one.audience for one in alive} - {PORTAL})
        return [
            SessionView(
                id=one.public_id,
                browser=one.browser,
                address=one.address,
                started_at=one.opened_at,
                last_seen_at=one.last_seen_at,
                opened_by=one.opened_by,
                current=one.id == session.id,
                application=applications.get(one.audience, ""),
            )
            for one in alive
        ]


def known_browsers_of(portal: Portal, session: Session, browser_token: str | None) -> list[BrowserView]:
    with portal.reading() as tx:
        here = known_browsers.find(tx.db, session.member_id, hash_of(browser_token or ""), tx.now)
        return [
            BrowserView(one.public_id, one.browser, one.last_seen_at, one.expires_at, current=one == here)
            for one in known_browsers.all_for(tx.db, session.member_id, tx.now)
        ]


def end(portal: Portal, session: Session, other: UUID, origin: Origin) -> bool:
    """False when there is no such session any more. Raises SessionEndedError."""
    with portal.writing(origin) as tx:
        who, _ = hold(tx, session)
        ended = sessions.end_by_public_id(tx.db, who.id, other)
        if ended:
            record(tx, Act.SESSION_ENDED, who, reason="by_member")
        return ended


def end_all_others(portal: Portal, session: Session, origin: Origin) -> int:
    """How many there were. Raises SessionEndedError."""
    with portal.writing(origin) as tx:
        who, held = hold(tx, session)
        ended = end_others(tx, who, keep=held)
        record(tx, Act.OTHER_SESSIONS_ENDED, who, count=ended)
        return ended


def forget_browser(portal: Portal, session: Session, browser: UUID, origin: Origin) -> bool:
    """False when it was not known any more. Raises SessionEndedError."""
    with portal.writing(origin) as tx:
        who, _ = hold(tx, session)
        forgotten = known_browsers.forget(tx.db, who.id, browser)
        if forgotten:
            record(tx, Act.BROWSER_FORGOTTEN, who)
        return forgotten


def end_all_of(
    portal: Portal, session: Session, member: UUID, *, reason: str, proof: str, origin: Origin
) -> Done[None] | Refused:
    """An administrator ends all that a member has, and sign-ins in progress.

    Raises SessionEndedError and NotAnAdministratorError.
    """
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        return administration.act(tx, session, member, typed, _END, reason=reason)


def end_all_of_several(
    portal: Portal, session: Session, chosen: list[UUID], *, reason: str, proof: str, origin: Origin
) -> SeveralDone | Refused:
    """Likewise of several members; whom the administrator may not act on is left alone, and named."""
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        acting = administration.hold_several(tx, session, chosen)
        people = [who for who in acting.people if who.status is Status.ACTIVE]
        others = [who.name for who in [*acting.others, *acting.people] if who not in people]
        if not people:
            return SeveralDone([], others, 0, None)
        fresh = administration.prove(tx, acting, typed)
        if isinstance(fresh, Refused):
            return fresh
        ended = 0
        for who in people:
            ended += end_others(tx, who, keep=None)
            record(tx, Act.ALL_SESSIONS_ENDED, who, by=acting.by, reason=reason)
        return SeveralDone([who.name for who in people], others, ended, fresh.token)


def _not_here(_tx: Transaction, acting: Acting) -> Refused | None:
    return None if acting.who.status is Status.ACTIVE else Refused(Why.OUTDATED)


_END = Deed(lambda _tx, _acting: None, Act.ALL_SESSIONS_ENDED, _not_here)
"""That sessions end is part of every act unless it says otherwise; this one is nothing else."""
