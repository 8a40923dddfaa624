"""Recovery codes of a member in the hands of an application: read again, and replaced by new ones."""

from dataclasses import dataclass

from app.domain import recovery_codes as codes
from app.domain.events import Act, Origin
from app.domain.members import Member
from app.domain.organizations import beginning_of
from app.domain.projects import Project
from app.domain.readiness_figures import day_in
from app.domain.recovery_codes import Visibility
from app.domain.refusals import Refused, Why
from app.domain.users import Totp, User, UserRef
from app.portal import Portal, Transaction
from app.steps import users
from app.steps.enrolment import is_over
from app.steps.events import record
from app.steps.recovery_codes import hidden_now, make, staged_shown, unsealed
from app.steps.sessions import end_others
from app.storage import enrolments, events, members, organizations, recovery_codes, staged_codes


@dataclass(frozen=True, slots=True)
class Codes:
    """Of each authenticator the unspent codes that may be shown: the member's one set, so of all of them the same."""

    user: User
    totps: list[tuple[Totp, list[str]]]


@dataclass(frozen=True, slots=True)
class LiveCodes:
    """Those of the set that is live, spelled out."""

    user: User
    codes: list[str]


def read(portal: Portal, project: Project, named: UserRef, *, origin: Origin) -> Codes | Refused:
    """Also those of an authenticator that is still to be confirmed.

    Written down each time; the member's history tells it once a day for each application.
    """
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_for_secrets(tx, project, named)
        if isinstance(who, Refused):
            return who
        shown = users.view(tx, project, who)
        if not shown.totps:
            return Refused(Why.NOT_ENROLLED)
        found = _live(tx, who) if who.enrolled else _staged(tx, project, who)
        _note_reading(tx, project, who)
        return Codes(shown, [(one, found) for one in shown.totps])


def read_live(portal: Portal, project: Project, named: UserRef, *, origin: Origin) -> LiveCodes | Refused:
    """Likewise, those alone that open something."""
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_for_secrets(tx, project, named)
        if isinstance(who, Refused):
            return who
        if not who.enrolled:
            return Refused(Why.NOT_ENROLLED)
        _note_reading(tx, project, who)
        return LiveCodes(users.view(tx, project, who), _live(tx, who))


def rotate(portal: Portal, project: Project, named: UserRef, *, origin: Origin) -> LiveCodes | Refused:
    """New ones, in place of those that are live. Sessions of this application go on, and all others end."""
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_for_secrets(tx, project, named)
        if isinstance(who, Refused):
            return who
        if not who.enrolled:
            return Refused(Why.NOT_ENROLLED)
        live = recovery_codes.find_live(tx.db, who.id)
        recovery_codes.void_live(tx.db, who.id, generation=None, now=tx.now)
        made = make(tx, who, session_id=None, handed=True)
        members.factors_changed(tx.db, who.id)
        members.refresh_counts(tx.db, who.id)
        end_others(tx, who, keep_audience=project.audience)
        record(tx, Act.CODES_REGENERATED, who, old=live.generation if live else 0, count=len(made))
        present = users.view(tx, project, members.find(tx.db, who.id))
        return LiveCodes(present, [codes.spell(code) for code in made])


def _live(tx: Transaction, who: Member) -> list[str]:
    live = recovery_codes.find_live(tx.db, who.id)
    if live is None or hidden_now(tx, who, live):
        return []
    recovery_codes.handed(tx.db, live.id, tx.now)
    kept = [unsealed(tx, who, live.generation, code) for code in recovery_codes.all_codes(tx.db, live.id)]
    return [codes.spell(code) for code in kept if code]


def _staged(tx: Transaction, project: Project, who: Member) -> list[str]:
    enrolment = enrolments.find_for(tx.db, who.id)
    generation = staged_codes.generation_for(tx.db, enrolment.id, project.id) if enrolment else None
    mode = organizations.find(tx.db, who.organization_id).code_visibility
    if enrolment is None or generation is None or is_over(tx, enrolment) or mode is Visibility.ONCE:
        return []
    return staged_shown(tx, who, enrolment, generation)


def _note_reading(tx: Transaction, project: Project, who: Member) -> None:
    zone = organizations.find(tx.db, who.organization_id).time_zone
    today = beginning_of(day_in(zone, tx.now), zone)
    told = events.was_done_by_project(tx.db, who.id, project.id, Act.CODES_READ, since=today)
    record(tx, Act.CODES_READ_AGAIN if told else Act.CODES_READ, who)
