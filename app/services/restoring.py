"""Looking after a database that came out of a backup, before anybody is let in again.

What was used up or taken back since the backup would work again: spent codes and steps of authenticators, ended
sessions, used and revoked links. Nobody knows which, so all of it ends. The mark goes last: killed at any point, it is
begun again, and does nothing twice.
"""

from dataclasses import dataclass
from datetime import datetime

from app.domain import totp
from app.domain.events import OPERATOR, Act
from app.domain.operating import NotDoneError
from app.portal import Portal
from app.steps.events import record, record_of_nobody
from app.storage import backup_marks, diagnosis, endings, in_service, members, organizations, setup_links

_AT_ONCE = 200  # members whose rows are held together


@dataclass(frozen=True, slots=True)
class Finished:
    """`as_of` is when the backup was taken, or the time of its newest event where nobody wrote that down."""

    as_of: datetime
    members: int
    code_sets: int
    sessions: int


def finish(portal: Portal, *, unmarked: bool) -> Finished:
    """`unmarked` takes a database without the mark of a backup for restored as well.

    Raises NotDoneError, and InServiceError where it is served already.
    """
    with in_service.taken_out(portal.database):
        return _finish(portal, unmarked=unmarked)


def _finish(portal: Portal, *, unmarked: bool) -> Finished:
    as_of = _begin(portal, unmarked=unmarked)
    looked_at = code_sets = sessions = last = 0
    while True:
        with portal.writing() as tx:
            held = members.hold_all(tx.db, set(endings.next_ids(tx.db, beyond=last, count=_AT_ONCE)))
            if not held:
                break
            for member_id in (voided := endings.void_code_sets(tx.db, held, tx.now)):
                record(tx, Act.CODES_VOIDED, held[member_id], by=OPERATOR, because="restored")
            ended = endings.end_ways_in(tx.db, held, tx.now)
            endings.spend_steps(tx.db, held, totp.step_at(tx.now) + totp.WINDOW)
            members.refresh_counts(tx.db, *held)
        last = max(held)
        looked_at, code_sets, sessions = looked_at + len(held), code_sets + len(voided), sessions + ended
    _end(portal, as_of)
    return Finished(as_of, looked_at, code_sets, sessions)


def _begin(portal: Portal, *, unmarked: bool) -> datetime:
    with portal.writing() as tx:
        as_of = backup_marks.find(tx.db)
        if as_of is None and not unmarked:
            raise NotDoneError(
                "This database does not say that it came out of a backup. restore-finish ends every session and all "
                "recovery codes of everybody: where that is meant, such as after pg_restore, stop every server and "
                "run it again with --yes."
            )
        in_service.require_nobody_else(tx.db)
        if as_of is None:  # so that nobody serves it until this is done, whatever happens meanwhile
            as_of = diagnosis.newest_event(tx.db) or tx.now
            backup_marks.put(tx.db, as_of)
        setup_links.void(tx.db)
        return as_of


def _end(portal: Portal, as_of: datetime) -> None:
    with portal.writing() as tx:
        if backup_marks.clear(tx.db):  # the one who does is the one who writes it down
            for organization in organizations.all_of_them(tx.db):
                record_of_nobody(tx, Act.RESTORED, organization.id, by=OPERATOR, as_of=f"{as_of:%Y-%m-%d %H:%M} UTC")
