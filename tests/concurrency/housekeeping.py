"""What housekeepers and the people whose rows they are about do at the same moment."""

from app.domain.sessions import Session
from app.housekeeping.chores import CHORES
from app.housekeeping.rounds import DONE, Housekeeper
from app.portal import Portal
from app.services import days, figures, pruning, recovery_codes
from tests.support.people import AT_HOME
from tests.support.races import Saying


def prune(portal: Portal) -> object:
    return Saying(sum(rows for _, rows in pruning.expired(portal)))


def count_today(portal: Portal) -> object:
    return Saying(sum(figures.count_today(portal)))


def note_requirements(portal: Portal) -> object:
    return Saying(sum(days.note_requirements(portal)))


def go_round(portal: Portal) -> object:
    """Says how many chores it has done."""
    told: list[str] = []
    Housekeeper(portal, CHORES, told=lambda _chore, outcome: told.append(outcome)).go_round()
    assert set(told) <= {DONE}, told
    return Saying(len(told))


def regenerate(portal: Portal, session: Session) -> object:
    """Makes a new set, which ends the member's other sessions and voids the set that was made in one of them."""
    return recovery_codes.regenerate(portal, session, generation=1, proof="", origin=AT_HOME)
