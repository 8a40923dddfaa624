"""Copies of codes while an owner chooses a stricter mode and a sweep is under way: nothing shown late, nothing left.

Every round has an organization of its own, since changes of one organization queue up at its row.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest
from sqlalchemy import select, update

from app.domain.recovery_codes import Visibility
from app.domain.refusals import Refused, Why
from app.portal import Portal, Transaction
from app.services import copies
from app.steps.recovery_codes import make
from app.storage import code_copies, members, recovery_codes
from app.storage.tables import organization, recovery_code_set
from tests.concurrency import acts, admin_acts, copy_acts
from tests.concurrency.conftest import Race
from tests.concurrency.crowd import Crowd, House, Racer
from tests.support.keeping import sealed_copies
from tests.support.races import Round, told

ROUNDS = 12
UNTIL, ONCE = Visibility.UNTIL_ACKNOWLEDGED, Visibility.ONCE
STRICTER = pytest.mark.parametrize("mode", [UNTIL, ONCE])
BROKEN = "SELECT count(*) FROM event WHERE act = 'seal.broken'"
VOID = "SELECT count(*) FROM recovery_code_set WHERE voided_at IS NOT NULL"


@pytest.fixture
def race(race: Race) -> Race:
    """Of the runners of a round one comes late, later and later, so that they meet at every point of their acts."""

    def run(rounds: Sequence[Round]) -> list[list[str]]:
        return race([_one_late(number, parts) for number, parts in enumerate(rounds)])

    return run


def _one_late(number: int, parts: Round) -> Round:
    who, looks = number % len(parts), number // len(parts)
    return [(admin_acts.late, looks, *part) if i == who else part for i, part in enumerate(parts)]


@STRICTER
def test_who_looks_while_it_is_tightened_sees_all_codes_or_none(
    portal: Portal, crowd: Crowd, race: Race, mode: Visibility
) -> None:
    houses = _houses(portal, crowd, coming_in=0)
    outcomes = race([[_choose(house, mode), (copy_acts.show, _member(house).sessions[0])] for house in houses])
    assert told(outcomes).keys() <= {("10 shown", "Changed"), ("Changed", "not_showable")}
    _nobody_is_shown_any_more(portal, houses)
    _everything_is_swept(portal)
    assert crowd.count(BROKEN) == 0


@STRICTER
def test_a_set_made_while_it_is_tightened_is_hidden_and_swept(
    portal: Portal, crowd: Crowd, race: Race, mode: Visibility
) -> None:
    houses = _houses(portal, crowd)
    outcomes = race([[_choose(house, mode), _regenerate(house)] for house in houses])
    assert told(outcomes) == {("Changed", "Shown"): ROUNDS}
    if mode is UNTIL:
        for house in houses:
            acts.acknowledge(portal, _member(house).sessions[0], 2)
    _nobody_is_shown_any_more(portal, houses)
    _everything_is_swept(portal)
    assert crowd.count(VOID) == ROUNDS
    assert crowd.count("SELECT count(*) FROM member WHERE codes_left = 10") == ROUNDS


@STRICTER
def test_an_acknowledgement_while_it_is_tightened_leaves_no_copy(
    portal: Portal, crowd: Crowd, race: Race, mode: Visibility
) -> None:
    houses = _houses(portal, crowd, acknowledged=False)
    outcomes = race([[_choose(house, mode), (acts.acknowledge, _member(house).sessions[0], 1)] for house in houses])
    assert told(outcomes) == {("Acknowledged", "Changed"): ROUNDS}
    _nobody_is_shown_any_more(portal, houses)
    _everything_is_swept(portal)
    assert crowd.count("SELECT count(*) FROM recovery_code_set WHERE acknowledged_at IS NOT NULL") == ROUNDS


@STRICTER
def test_a_code_is_spent_once_while_it_is_tightened(portal: Portal, crowd: Crowd, race: Race, mode: Visibility) -> None:
    houses = _houses(portal, crowd)
    outcomes = race([[_choose(house, mode), *_spend(house)] for house in houses])
    assert told(outcomes) == {("Changed", "SignedIn", "used_code"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM member WHERE codes_left = 9") == ROUNDS
    _everything_is_swept(portal)


def test_a_sweep_hinders_nobody_and_un_spends_nothing(portal: Portal, crowd: Crowd, race: Race) -> None:
    houses = _houses(portal, crowd)
    _tightened(portal, houses, ONCE)
    outcomes = race([[(copy_acts.sweep, 3), *_spend(house)] for house in houses])
    assert told(outcomes) == {("SignedIn", "swept", "used_code"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM member WHERE codes_left = 9") == ROUNDS
    _everything_is_swept(portal)


def test_a_sweep_and_a_new_set_at_once_leave_the_new_one_whole(portal: Portal, crowd: Crowd, race: Race) -> None:
    """The mode is loosened again meanwhile, so that the new set has copies, which are not the sweep's."""
    houses = _houses(portal, crowd)
    _tightened(portal, houses, ONCE)
    with portal.writing() as tx:
        tx.db.execute(update(organization).values(code_visibility=Visibility.VIEWABLE))
    outcomes = race([[(copy_acts.sweep, 3), _regenerate(house)] for house in houses])
    assert told(outcomes) == {("Shown", "swept"): ROUNDS}
    _sweep(portal)
    assert sealed_copies(portal) == 10 * ROUNDS
    assert all(str(copy_acts.show(portal, _member(house).sessions[0])) == "10 shown" for house in houses)


def test_a_sweep_and_an_acknowledgement_erase_once(portal: Portal, crowd: Crowd, race: Race) -> None:
    houses = _houses(portal, crowd, acknowledged=False)
    _tightened(portal, houses, ONCE)
    outcomes = race([[(copy_acts.sweep, 3), (acts.acknowledge, _member(house).sessions[0], 1)] for house in houses])
    assert told(outcomes) == {("Acknowledged", "swept"): ROUNDS}
    _everything_is_swept(portal)
    assert crowd.count("SELECT count(*) FROM recovery_code_set WHERE acknowledged_at IS NOT NULL") == ROUNDS


def test_sweeps_and_a_change_over_the_same_sets_wait_for_each_other(
    portal: Portal, crowd: Crowd, race: Race, database_kind: str
) -> None:
    """The sets are older the younger their members are, so that two who took them as they come would deadlock."""
    houses = crowd.houses(ROUNDS, owners=1, members=12)
    for house in houses:
        _given_codes(portal, house.members[::-1], acknowledged=True)
    with portal.writing() as tx:  # made under the looser mode by whoever was quicker than the change
        tx.db.execute(update(organization).values(code_visibility=UNTIL))
    rounds = [
        [_choose(house, ONCE), (copy_acts.sweep, 200), (copy_acts.sweep, 7), _regenerate(house)] for house in houses
    ]
    outcomes = race(rounds)
    assert told(outcomes) == {("Changed", "Shown", "swept", "swept"): ROUNDS}
    _everything_is_swept(portal)


def test_of_two_sweeps_each_does_what_is_left(portal: Portal, crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, owners=1, members=4)
    for house in houses:
        _given_codes(portal, house.members, acknowledged=True)
    _tightened(portal, houses, ONCE)
    outcomes = race([[(copy_acts.sweep, 5)] * 3 for _ in houses])
    assert told(outcomes) == {("swept", "swept", "swept"): ROUNDS}
    _everything_is_swept(portal)


@pytest.mark.only("postgresql")
def test_a_sweep_waits_for_whoever_holds_the_member(portal: Portal, crowd: Crowd) -> None:
    """Who is being shown the codes, and was let through before the change, is shown all of them."""
    [house] = crowd.houses(1, owners=1, members=1)
    _given_codes(portal, house.members, acknowledged=True)
    _tightened(portal, [house], ONCE)
    with ThreadPoolExecutor(1) as pool:
        with portal.writing() as tx:
            members.find_and_hold(tx.db, _member(house).id)
            sweeping = pool.submit(copies.sweep, portal)
            assert not wait([sweeping], timeout=0.5).done
            assert sealed_copies(portal) == 10
        assert sweeping.result() == 1
    assert sealed_copies(portal) == 0


def _tighten(tx: Transaction, house: House) -> None:
    code_copies.tighten(tx.db, house.id, ONCE)


def _align(tx: Transaction, house: House) -> None:
    code_copies.align(tx.db, [one.set_id for one in code_copies.all_due(tx.db, tx.now, count=10)])


def _erase(tx: Transaction, house: House) -> None:
    code_copies.erase_due(tx.db, [one.set_id for one in code_copies.all_due(tx.db, tx.now, count=10)], tx.now)


@pytest.mark.only("postgresql")
@pytest.mark.parametrize(
    ("act", "own", "policy"),
    [(_tighten, "viewable", "viewable"), (_align, "viewable", "once"), (_erase, "once", "once")],
)
def test_sets_are_taken_in_the_order_of_their_members(
    portal: Portal, crowd: Crowd, act: Callable[[Transaction, House], None], own: str, policy: str
) -> None:
    """Whoever waits for the set of the first member must not hold that of the second yet, which is the older one."""
    [house] = crowd.houses(1, members=2)
    first, second = house.members
    _given_codes(portal, [second, first], acknowledged=True)
    with portal.writing() as tx:
        tx.db.execute(update(recovery_code_set).values(visibility=own))
        tx.db.execute(update(organization).values(code_visibility=policy))

    def act_in_a_transaction() -> None:
        with portal.writing() as tx:
            act(tx, house)

    with ThreadPoolExecutor(1) as pool:
        with portal.writing() as holding:
            assert _could_hold_set_of(holding, first)
            acting = pool.submit(act_in_a_transaction)
            assert not wait([acting], timeout=0.5).done
            with portal.writing() as tx:
                assert _could_hold_set_of(tx, second)
        acting.result()


def _could_hold_set_of(tx: Transaction, one: Racer) -> bool:
    mine = select(recovery_code_set.c.id).where(recovery_code_set.c.member_id == one.id)
    return tx.db.execute(mine.with_for_update(skip_locked=True)).first() is not None


def _houses(portal: Portal, crowd: Crowd, *, acknowledged: bool = True, coming_in: int = 2) -> list[House]:
    """Each with an owner, who has no codes, and a member who has ten, all of them kept."""
    houses = crowd.houses(ROUNDS, owners=1, members=1, coming_in=coming_in)
    _given_codes(portal, [_member(house) for house in houses], acknowledged=acknowledged)
    return houses


def _given_codes(portal: Portal, racers: Sequence[Racer], *, acknowledged: bool) -> None:
    with portal.writing() as tx:
        for one in racers:
            who = members.find_and_hold(tx.db, one.id)
            one.codes = make(tx, who, session_id=None)
            if acknowledged:
                recovery_codes.acknowledge(tx.db, who.id, 1, tx.now)
            members.refresh_counts(tx.db, who.id)


def _tightened(portal: Portal, houses: Sequence[House], mode: Visibility) -> None:
    for house in houses:
        act, *arguments = _choose(house, mode)
        assert not isinstance(act(portal, *arguments), Refused)


def _member(house: House) -> Racer:
    return house.members[0]


def _choose(house: House, mode: Visibility) -> tuple[Any, ...]:
    return copy_acts.choose, house.owners[0].sessions[0], mode


def _regenerate(house: House) -> tuple[Any, ...]:
    return acts.regenerate, _member(house).sessions[0], 1


def _spend(house: House) -> list[tuple[Any, ...]]:
    """The same code twice."""
    one = _member(house)
    return [(acts.second_factor, begun, one.codes[0]) for begun in one.sign_ins]


def _nobody_is_shown_any_more(portal: Portal, houses: Sequence[House]) -> None:
    for house in houses:
        late = copy_acts.show(portal, _member(house).sessions[0])
        assert late == Refused(Why.NOT_SHOWABLE)


def _sweep(portal: Portal) -> None:
    assert any(copies.sweep(portal) == 0 for _ in range(50)), "the sweep finds no end"


def _everything_is_swept(portal: Portal) -> None:
    _sweep(portal)
    assert sealed_copies(portal) == 0
