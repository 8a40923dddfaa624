"""Sealing everything again while people use what is being sealed: nothing is lost, nothing is spent twice."""

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.domain.keyring import KeyRing, NextKey
from app.portal import Portal
from app.services import enrolment, keys
from app.storage import key_checks
from tests.concurrency import acts
from tests.concurrency.conftest import Race
from tests.concurrency.crowd import Crowd, scanned
from tests.concurrency.key_acts import (
    all_open,
    make_pass,
    pass_at,
    regenerate_at,
    remove,
    reseal,
    reseal_the_rest,
    retire,
    under_key,
)
from tests.support.clock import A_MONDAY, TestClock
from tests.support.people import AT_HOME, granted
from tests.support.races import told

ROUNDS = 60
LATER = A_MONDAY + timedelta(hours=1)


@pytest.fixture
def keys_in_turn() -> KeyRing:
    return KeyRing(1, {1: secrets.token_bytes(32), 2: secrets.token_bytes(32)}, NextKey(2, LATER))


@pytest.fixture
def portal(keys_in_turn: KeyRing, portal: Portal, clock: TestClock) -> Portal:
    """Seals with the first key; an hour later, with the second."""
    key_checks.admit(portal.database, keys_in_turn, clock.now())
    return Portal(portal.settings, portal.database, keys_in_turn, portal.clock, portal.hasher)


@pytest.fixture
def rotated(clock: TestClock) -> Callable[[], None]:
    """Sessions and sign-ins of the crowd do not live that long, so they are made when it is nearly time."""
    clock.set(LATER - timedelta(seconds=1))
    return lambda: clock.set(LATER)


def test_a_code_is_spent_once_while_it_is_sealed_again(
    portal: Portal, crowd: Crowd, race: Race, rotated: Callable[[], None]
) -> None:
    racers = crowd.racers(ROUNDS, coming_in=3)
    rotated()
    outcomes = race(
        [
            [
                (reseal, one.id),
                (acts.second_factor, one.sign_ins[0], one.codes[0]),
                (acts.second_factor, one.sign_ins[1], one.codes[0]),
                (acts.second_factor, one.sign_ins[2], one.codes[1]),
            ]
            for one in racers
        ]
    )
    assert told(outcomes) == {("SignedIn", "SignedIn", "resealed", "used_code"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM recovery_code WHERE spent_at IS NOT NULL AND sealed IS NOT NULL") == 0
    assert crowd.count("SELECT count(*) FROM member WHERE codes_left = 8") == ROUNDS
    reseal_the_rest(portal)
    assert under_key(portal, 1) == 0
    all_open(portal, racers)


def test_two_who_reseal_the_same_members_do_it_once(
    portal: Portal, crowd: Crowd, race: Race, rotated: Callable[[], None]
) -> None:
    racers = crowd.racers(ROUNDS)
    rotated()
    outcomes = race([[(reseal, one.id), (reseal, one.id - 1), (reseal, max(1, one.id - 2))] for one in racers])
    assert told(outcomes) == {("resealed",) * 3: ROUNDS}
    reseal_the_rest(portal)
    assert under_key(portal, 1) == 0
    all_open(portal, racers)


def test_new_codes_are_whole_whether_they_come_before_resealing_or_after(
    portal: Portal, crowd: Crowd, race: Race, rotated: Callable[[], None]
) -> None:
    racers = crowd.racers(ROUNDS, sessions=1)
    rotated()
    outcomes = race(
        [[(reseal, one.id), (acts.regenerate, one.sessions[0], 1), (make_pass, one.email)] for one in racers]
    )
    assert told(outcomes) == {("MadePass", "Shown", "resealed"): ROUNDS}
    reseal_the_rest(portal)
    assert under_key(portal, 1) == 0
    all_open(portal, racers)


def test_an_enrolment_is_confirmed_while_it_is_sealed_again(
    portal: Portal, crowd: Crowd, race: Race, rotated: Callable[[], None]
) -> None:
    racers = crowd.racers(ROUNDS, sessions=1)
    for one in racers:
        granted(enrolment.start(portal, one.sessions[0], replace=None, proof="", origin=AT_HOME))
    rotated()
    codes = [scanned(portal, one.sessions[0]).code(portal.clock.now()) for one in racers]
    outcomes = race(
        [[(reseal, one.id), (acts.confirm, one.sessions[0], code)] for one, code in zip(racers, codes, strict=True)]
    )
    assert told(outcomes) == {("Confirmed", "resealed"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM authenticator") == 2 * ROUNDS
    reseal_the_rest(portal)
    assert under_key(portal, 1) == 0
    all_open(portal, racers)


def test_an_enrolment_is_begun_while_everything_is_sealed_again(
    portal: Portal, crowd: Crowd, race: Race, rotated: Callable[[], None]
) -> None:
    racers = crowd.racers(ROUNDS, sessions=1, coming_in=1)
    rotated()
    outcomes = race(
        [
            [
                (reseal, one.id),
                (acts.start_enrolment, one.sessions[0]),
                (acts.second_factor, one.sign_ins[0], one.totp(portal)),
            ]
            for one in racers
        ]
    )
    assert told(outcomes) == {("Begun", "SignedIn", "resealed"): ROUNDS}
    reseal_the_rest(portal)
    assert under_key(portal, 1) == 0
    all_open(portal, racers)


def test_an_authenticator_that_is_removed_does_not_come_back(
    portal: Portal, crowd: Crowd, race: Race, rotated: Callable[[], None]
) -> None:
    racers = crowd.racers(ROUNDS, sessions=1)
    with portal.writing() as tx:
        tx.db.execute(text("UPDATE organization SET second_factor_required_from = NULL"))
    rotated()
    outcomes = race([[(reseal, one.id), (remove, one)] for one in racers])
    assert {result for _, result in map(sorted, outcomes)} == {"resealed"}
    assert crowd.count("SELECT count(*) FROM authenticator") == 0
    assert crowd.count("SELECT count(*) FROM recovery_code") == 0
    assert keys.reseal(portal, after=0, batch=50) is None


def test_nothing_is_sealed_with_a_key_after_it_is_retired(
    portal: Portal, keys_in_turn: KeyRing, crowd: Crowd, race: Race, rotated: Callable[[], None]
) -> None:
    """The others are nodes that know of no second key: either they came first, and keep the key, or are stopped."""
    outdated = Portal(
        portal.settings, portal.database, KeyRing(1, {1: keys_in_turn.keys[1]}), portal.clock, portal.hasher
    )
    racers = crowd.racers(ROUNDS // 2, sessions=1)
    rotated()
    reseal_the_rest(portal)
    ring = outdated.keys.to_json()
    for one in racers:
        (outcome,) = race([[(retire, 1), (regenerate_at, ring, one), (pass_at, ring, one)]])
        assert outcome[0] in {"retired", "sealed", "indexed"}
        assert {*outcome[1:]} <= {"Shown", "MadePass", "MissingKeyError"}
        if outcome[0] == "retired":
            assert set(outcome[1:]) == {"MissingKeyError"}
        assert outcome[0] != "retired" or under_key(portal, 1) == 0
        _bring_back(portal, keys_in_turn)
        reseal_the_rest(portal)
        with portal.writing() as tx:
            tx.db.execute(text("UPDATE enrolment_pass SET voided_at = made_at"))


def _bring_back(portal: Portal, ring: KeyRing) -> None:
    with portal.writing() as tx:
        tx.db.execute(text("DELETE FROM key_check WHERE key_id = 1"))
    key_checks.admit(portal.database, ring, portal.clock.now())
