"""Several housekeepers at once, as threads and as processes, on both databases: nothing is done twice."""

from datetime import timedelta

from sqlalchemy import text

from app.housekeeping.chores import CHORES
from app.portal import Portal
from app.storage import organizations
from app.storage.tables import chore, session
from tests.concurrency import housekeeping as acts
from tests.concurrency.conftest import Race
from tests.concurrency.crowd import Crowd

RUNNERS = 4


def _total(outcome: list[str]) -> int:
    return sum(map(int, outcome))


def test_every_row_that_is_over_goes_once(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(150, coming_in=1, sessions=3)
    assert racers
    with portal.writing() as tx:
        tx.db.execute(session.update().values(expires_at=tx.now - timedelta(days=2)))
    there = crowd.count("SELECT count(*) FROM session")
    (outcome,) = race([[(acts.prune,)] * RUNNERS])
    last = _total([str(acts.prune(portal))])
    assert _total(outcome) + last == there
    assert crowd.count("SELECT count(*) FROM session") == 0


def test_a_day_gets_one_figure_and_a_requirement_one_event(portal: Portal, crowd: Crowd, race: Race) -> None:
    houses = 30
    for number in range(houses):
        with portal.writing() as tx:
            yesterday = tx.now - timedelta(days=1)  # when the day was still to come
            organizations.add(tx.db, slug=f"h{number}", name="H", required_from=tx.now, now=yesterday)
    there = crowd.count("SELECT count(*) FROM organization")
    counted, noted = race([[(acts.count_today,)] * RUNNERS, [(acts.note_requirements,)] * RUNNERS])
    assert _total(counted) == there == crowd.count("SELECT count(*) FROM readiness_figure")
    begun = "SELECT count(*) FROM event WHERE act = 'organization.requirement_began'"
    assert _total(noted) == crowd.count(begun) > 0
    distinct = "SELECT count(DISTINCT organization_id) FROM event WHERE act = 'organization.requirement_began'"
    assert crowd.count(distinct) == _total(noted)


def test_each_chore_is_done_by_one_of_them(portal: Portal, crowd: Crowd, race: Race) -> None:
    """In every round all chores are due; however many housekeepers go round, each is done once."""
    rounds = 15
    acts.go_round(portal)
    done = []
    for _ in range(rounds):
        with portal.writing() as tx:
            tx.db.execute(chore.update().values(due_at=tx.now))
        (outcome,) = race([[(acts.go_round,)] * RUNNERS])
        done.append(_total(outcome))
    # Who comes when another is through finds it due no more; the clock of a race stands still.
    assert done == [len(CHORES)] * rounds


def test_pruning_is_in_nobodys_way(portal: Portal, crowd: Crowd, race: Race) -> None:
    """Sessions that are over go while their members make new codes, which voids what was made in those."""
    rounds = 60
    racers = crowd.racers(rounds, sessions=3)
    with portal.writing() as tx:
        over = {"expires_at": tx.now - timedelta(days=2)}
        for one in racers:
            tx.db.execute(session.update().where(session.c.id.in_([s.id for s in one.sessions[1:]])).values(over))
            made_in = "UPDATE recovery_code_set SET made_in_session_id = :session WHERE member_id = :member"
            tx.db.execute(text(made_in), {"session": one.sessions[1].id, "member": one.id})
    outcomes = race([[(acts.regenerate, one.sessions[0]), (acts.prune,), (acts.prune,)] for one in racers])
    assert {next(word for word in outcome if not word.isdigit()) for outcome in outcomes} == {"Shown"}
    assert crowd.count("SELECT count(*) FROM recovery_code_set WHERE generation = 2 AND voided_at IS NULL") == rounds
