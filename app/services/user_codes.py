"""Recovery codes of a member in the hands of an application: read again, and replaced by new ones."""

from dataclasses import dataclass

from app.domain import recovery_codes as codes
from app.domain.application_sessions import Own
from app.domain.events import Act, Origin
from app.domain.members import Member
from app.domain.organizations import beginning_of
from app.domain.projects import Project
from app.domain.readiness_figures import day_in
from app.domain.recovery_codes import Visibility
from app.domain.refusals import Refused, Why
from app.domain.sessions import Session
from app.domain.users import Totp, User, Whose
from app.portal import Portal, Transaction
from app.steps import own_sessions, users
from app.steps.enrolment import is_over
from app.steps.events import record
from app.steps.recovery_codes import acknowledge_live, hidden_now, make, staged_shown, unsealed
from app.steps.sessions import end_others
from app.storage import enrolments, events, members, organizations, recovery_codes, sessions, staged_codes


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


def read(portal: Portal, project: Project, whose: Whose, *, origin: Origin) -> Codes | Refused:
    """Also those of an authenticator that is still to be confirmed.

    Written down each time; the member's history tells it once a day for each application.
    """
    with portal.writing(origin, by=users.actor_of(project, whose)) as tx:
        who = users.hold_for_secrets(tx, project, whose, showing=True)
        if isinstance(who, Refused):
            return who
        shown = users.view(tx, project, who)
        if not shown.totps:
            return Refused(Why.NOT_ENROLLED)
        found = _live(tx, who) if who.enrolled else _staged(tx, project, who, whose)
        _note_reading(tx, project, who, whose, found)
        return Codes(shown, [(one, found) for one in shown.totps])


def read_live(
    portal: Portal, project: Project, whose: Whose, *, origin: Origin, making: bool = False
) -> LiveCodes | Refused:
    """Likewise, those alone that open something. `making`: a set, where there is an authenticator and none."""
    with portal.writing(origin, by=users.actor_of(project, whose)) as tx:
        who = users.hold_for_secrets(tx, project, whose, showing=True)
        if isinstance(who, Refused):
            return who
        if not who.enrolled:
            return Refused(Why.NOT_ENROLLED)
        if making and recovery_codes.find_live(tx.db, who.id) is None:
            return _replace(tx, project, who, whose)
        found = _live(tx, who)
        _note_reading(tx, project, who, whose, found)
        return LiveCodes(users.view(tx, project, who), found)


def rotate(portal: Portal, project: Project, whose: Whose, *, origin: Origin) -> LiveCodes | Refused:
    """New ones, in place of those that are live.

    Sessions of this application go on, and all others end; or all but the one in which the member asked for it.
    """
    with portal.writing(origin, by=users.actor_of(project, whose)) as tx:
        who = users.hold_for_secrets(tx, project, whose)
        if isinstance(who, Refused):
            return who
        return _replace(tx, project, who, whose) if who.enrolled else Refused(Why.NOT_ENROLLED)


def acknowledge(portal: Portal, project: Project, own: Own, *, origin: Origin) -> User | Refused:
    """The member says that the codes are saved: those that were shown last in this very session, if they are live."""
    with portal.writing(origin, by=users.actor_of(project, own)) as tx:
        who = users.hold_to_change(tx, project, own)
        if isinstance(who, Refused):
            return who
        session = own_sessions.held(tx, project, own)
        live = recovery_codes.find_live(tx.db, who.id)
        if session is None or live is None or session.handed_generation != live.generation:
            return Refused(Why.OUTDATED)
        acknowledge_live(tx, who, live)
        return users.view(tx, project, members.find(tx.db, who.id))


def _replace(tx: Transaction, project: Project, who: Member, whose: Whose) -> LiveCodes:
    session = own_sessions.held(tx, project, whose) if isinstance(whose, Own) else None
    live = recovery_codes.find_live(tx.db, who.id)
    recovery_codes.void_live(tx.db, who.id, generation=None, now=tx.now)
    made = make(tx, who, session_id=session.id if session else None, handed=True)
    members.factors_changed(tx.db, who.id)
    members.refresh_counts(tx.db, who.id)
    end_others(tx, who, keep=session, keep_audience=None if isinstance(whose, Own) else project.audience)
    record(tx, Act.CODES_REGENERATED, who, old=live.generation if live else 0, count=len(made))
    _note_handing(tx, who, session)
    present = users.view(tx, project, members.find(tx.db, who.id))
    return LiveCodes(present, [codes.spell(code) for code in made])


def _live(tx: Transaction, who: Member) -> list[str]:
    live = recovery_codes.find_live(tx.db, who.id)
    if live is None or hidden_now(tx, who, live):
        return []
    recovery_codes.handed(tx.db, live.id, tx.now)
    kept = [unsealed(tx, who, live.generation, code) for code in recovery_codes.all_codes(tx.db, live.id)]
    return [codes.spell(code) for code in kept if code]


def _staged(tx: Transaction, project: Project, who: Member, whose: Whose) -> list[str]:
    enrolment = enrolments.find_for(tx.db, who.id)
    generation = staged_codes.generation_for(tx.db, enrolment.id, project.id) if enrolment else None
    mode = organizations.find(tx.db, who.organization_id).code_visibility
    if enrolment is None or generation is None or is_over(tx, enrolment) or mode is Visibility.ONCE:
        return []
    return staged_shown(tx, who, enrolment, generation) if _were_handed(tx, project, whose, generation) else []


def _were_handed(tx: Transaction, project: Project, whose: Whose, generation: int) -> bool:
    """To this very session, where the member asks: who else has the first factor is not to wait for the second."""
    if not isinstance(whose, Own):
        return True
    session = own_sessions.held(tx, project, whose)
    return session is not None and session.handed_generation == generation


def _note_handing(tx: Transaction, who: Member, session: Session | None) -> None:
    """Which codes the session was shown last: an acknowledgement that names none is of these."""
    live = recovery_codes.find_live(tx.db, who.id)
    if session and live:
        sessions.handed(tx.db, session.id, live.generation)


def _note_reading(tx: Transaction, project: Project, who: Member, whose: Whose, found: list[str]) -> None:
    """Whoever reads their own has it in the history each time, if there was anything to read."""
    if isinstance(whose, Own):
        if found:
            record(tx, Act.CODES_SHOWN, who, generation=who.code_generation)
            _note_handing(tx, who, own_sessions.held(tx, project, whose))
        return
    zone = organizations.find(tx.db, who.organization_id).time_zone
    today = beginning_of(day_in(zone, tx.now), zone)
    told = events.was_done_by_project(tx.db, who.id, project.id, Act.CODES_READ, since=today)
    record(tx, Act.CODES_READ_AGAIN if told else Act.CODES_READ, who)
