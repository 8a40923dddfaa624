"""Browsers of applications, pages and servers at the same moment, at one member's factors and codes."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.domain.projects import ORIGINS_AT_MOST, Project
from app.portal import Portal
from app.services import users
from app.services.attestation import Attested
from app.services.totps import Checked, Created
from tests.concurrency import acts
from tests.concurrency import application_acts as app_acts
from tests.concurrency import browser_acts as at
from tests.concurrency.conftest import Race, in_turn
from tests.concurrency.crowd import Crowd, Racer
from tests.concurrency.test_application_races import CALLERS, FEW, ROUNDS, project, projects
from tests.support import issuers
from tests.support.clock import TestClock
from tests.support.issuers import Issuer
from tests.support.otp import AuthenticatorApp
from tests.support.people import granted
from tests.support.races import told
from tests.support.shops import Shop

pytestmark = pytest.mark.usefixtures("quick_projects")
GONE, REPLACED = "unknown_session", "token_replaced"


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return issuers.elliptic_issuer(ec.SECP256R1(), "ES256")


def opened(portal: Portal, shop: Project, one: Racer) -> str:
    """A browser's session in which a code of the phone was just typed; the next one is of another period."""
    done = app_acts.verify(portal, shop, one.public_id, one.totp(portal))
    assert isinstance(done, Checked)
    assert done.session
    return done.session.token


def by_code(portal: Portal, shop: Project, one: Racer) -> str:
    """Likewise by a recovery code, the last that there is."""
    done = app_acts.recover(portal, shop, one.public_id, one.codes.pop())
    assert isinstance(done, Checked)
    assert done.session
    return done.session.token


def newcomers(portal: Portal, shop: Project, clock: TestClock, issuer: Issuer, count: int) -> list[str]:
    """Sessions of people who were just made, by a first factor."""
    here = Shop(portal, clock, shop, "")
    issuer.is_trusted_by(here, makes_users=True)
    tokens = []
    for number in range(count):
        done = at.sign_in(portal, shop, issuer.vouches(here, f"u-{number}"))
        assert isinstance(done, Attested)
        assert done.session
        tokens.append(done.session.token)
    return tokens


def begun(portal: Portal, shop: Project, token: str) -> str:
    """Starts an enrolment; the code that confirms it."""
    made = at.begin(portal, shop, token)
    assert isinstance(made, Created)
    return AuthenticatorApp.from_uri(made.uri).code(portal.clock.now())


def live_sets(crowd: Crowd) -> int:
    return crowd.count("SELECT count(*) FROM recovery_code_set WHERE voided_at IS NULL")


# one code, two doors


def test_one_recovery_code_is_accepted_once_by_browsers_and_pages_together(
    portal: Portal, crowd: Crowd, race: Race
) -> None:
    racers = crowd.racers(FEW, coming_in=CALLERS // 2)
    shop = project(portal)
    rounds = []
    for one in racers:
        screens = [by_code(portal, shop, one) for _ in one.sign_ins]
        pairs = zip(one.sign_ins, screens, strict=True)
        code = one.codes[0]
        rounds.append(
            [
                part
                for page, screen in pairs
                for part in ((acts.second_factor, page, code), (at.recover, shop, screen, code))
            ]
        )
    lost = ("used_code",) * (CALLERS - 1)
    assert told(race(rounds)).keys() <= {("Checked", *lost), ("SignedIn", *lost)}
    left = 10 - CALLERS // 2 - 1
    assert crowd.count("SELECT count(*) FROM member WHERE codes_left = :left", left=left) == FEW


def test_one_totp_code_steps_up_one_of_several_sessions(
    portal: Portal, crowd: Crowd, race: Race, clock: TestClock
) -> None:
    racers = crowd.racers(FEW)
    shop = project(portal)
    screens = {one.id: [by_code(portal, shop, one) for _ in range(4)] for one in racers}
    rounds = [[(at.verify, shop, screen, one.totp(portal)) for screen in screens[one.id]] for one in racers]
    assert told(race(rounds)) == {("Checked", "used_code", "used_code", "used_code"): FEW}
    assert crowd.count("SELECT count(*) FROM session WHERE proved_by = 'totp'") == FEW


def test_a_session_is_used_before_a_factor_is_shown_in_it_or_not_by_that_token(
    portal: Portal, crowd: Crowd, race: Race, clock: TestClock
) -> None:
    """Or the browser would be handed the former token after the new one, and keep that."""
    racers = crowd.racers(ROUNDS)
    shop = project(portal)
    screens = [opened(portal, shop, one) for one in racers]
    clock.advance(minutes=1)
    rounds = [
        [(at.use, shop, screen), (at.verify_what_was_used, shop, screen, one.totp(portal))]
        for one, screen in zip(racers, screens, strict=True)
    ]
    assert told(race(in_turn(rounds))).keys() <= {("InUse", "used"), (REPLACED, "unused")}


# new sets


def test_of_two_sessions_that_make_a_new_set_one_is_left(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS)
    shop = project(portal)
    screens = [(opened(portal, shop, one), by_code(portal, shop, one)) for one in racers]
    rounds = [[(at.rotate, shop, screen) for screen in pair] for pair in screens]
    assert told(race(in_turn(rounds))) == {("LiveCodes", GONE): ROUNDS}
    assert live_sets(crowd) == ROUNDS
    assert crowd.count("SELECT count(*) FROM session") == ROUNDS
    assert crowd.count("SELECT count(*) FROM member WHERE codes_left = 10") == ROUNDS


def test_of_two_requests_of_one_session_the_later_set_is_live(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS)
    shop = project(portal)
    rounds = [[(at.rotate, shop, opened(portal, shop, one))] * 2 for one in racers]
    assert told(race(rounds)) == {("LiveCodes", "LiveCodes"): ROUNDS}
    assert live_sets(crowd) == ROUNDS
    handed = "SELECT count(*) FROM session JOIN member ON member.id = session.member_id"
    assert crowd.count(f"{handed} WHERE handed_generation = code_generation AND code_generation = 3") == ROUNDS


def test_of_a_page_and_a_browser_that_make_a_new_set_one_goes_on(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, sessions=1)
    shop = project(portal)
    rounds = [[(acts.regenerate, one.sessions[0], 1), (at.rotate, shop, opened(portal, shop, one))] for one in racers]
    results = told(race(in_turn(rounds)))
    assert results.keys() <= {("LiveCodes", "SessionEndedError"), ("Shown", GONE)}
    assert live_sets(crowd) == ROUNDS
    assert crowd.count("SELECT count(*) FROM session") == ROUNDS
    assert crowd.count("SELECT count(*) FROM member WHERE code_generation = 2") == ROUNDS


def test_two_who_find_no_set_are_shown_the_same(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(FEW)
    shop = project(portal)
    screens = [opened(portal, shop, one) for one in racers]
    with portal.writing() as tx:
        tx.db.exec_driver_sql("DELETE FROM recovery_code_set")
    outcomes = race([[(at.read, shop, screen)] * 2 for screen in screens])
    assert all(first == second and len(first.split()) == 10 for first, second in outcomes), outcomes
    assert live_sets(crowd) == FEW


# acknowledging


@pytest.mark.parametrize("by", ["another session", "the server"])
def test_what_is_acknowledged_while_a_new_set_is_made_is_not_the_new_one(
    portal: Portal, crowd: Crowd, race: Race, by: str
) -> None:
    racers = crowd.racers(ROUNDS)
    shop = project(portal)
    rounds = []
    for one in racers:
        screen, other = opened(portal, shop, one), by_code(portal, shop, one)
        at.read(portal, shop, screen)
        makes = (at.rotate, shop, other) if by == "another session" else (app_acts.rotate, shop, one.public_id)
        rounds.append([(at.acknowledge, shop, screen), makes])
    results = told(race(in_turn(rounds)))
    late = GONE if by == "another session" else "outdated"
    assert results.keys() <= {("LiveCodes", "User"), ("LiveCodes", late)}
    acknowledged = crowd.count("SELECT count(*) FROM recovery_code_set WHERE acknowledged_at IS NOT NULL")
    assert acknowledged == results["LiveCodes", "User"]
    assert crowd.count("SELECT count(*) FROM member WHERE codes_pending AND code_generation = 2") == ROUNDS


def test_two_acknowledgements_are_one(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(FEW)
    shop = project(portal)
    screens = [opened(portal, shop, one) for one in racers]
    for screen in screens:
        at.read(portal, shop, screen)
    assert told(race([[(at.acknowledge, shop, screen)] * 2 for screen in screens])) == {("User", "User"): FEW}
    assert crowd.count("SELECT count(*) FROM event WHERE act = 'recovery_codes.acknowledged'") == FEW


# authenticators


def test_two_confirmations_make_one_authenticator_and_one_set(
    portal: Portal, crowd: Crowd, race: Race, clock: TestClock, issuer: Issuer
) -> None:
    crowd.racers(0)
    shop = project(portal)
    tokens = newcomers(portal, shop, clock, issuer, 3 * FEW)
    codes = [begun(portal, shop, token) for token in tokens]
    clock.advance(seconds=1)
    confirms, verifies = [
        [(act, shop, token, code) for token, code in zip(tokens, codes, strict=True)] for act in (at.confirm, at.verify)
    ]
    pairs = [
        *zip(confirms[:FEW], confirms[:FEW], strict=True),
        *zip(verifies[FEW : 2 * FEW], verifies[FEW : 2 * FEW], strict=True),
        *zip(confirms[2 * FEW :], verifies[2 * FEW :], strict=True),
    ]
    results = told(race(in_turn(pairs)))
    assert results["User", "enrolled"] >= FEW
    assert results["Checked", REPLACED] >= FEW
    assert results.keys() <= {("User", "enrolled"), ("Checked", REPLACED), ("User", "used_code")}
    assert crowd.count("SELECT count(*) FROM authenticator") == 3 * FEW
    assert live_sets(crowd) == 3 * FEW
    assert crowd.count("SELECT count(*) FROM recovery_code") == 30 * FEW
    assert crowd.count("SELECT count(*) FROM enrolment") == 0


def test_a_code_beside_the_removal_of_what_it_is_of_is_right_or_late(
    portal: Portal, crowd: Crowd, race: Race, clock: TestClock
) -> None:
    racers = crowd.racers(ROUNDS)
    shop = project(portal)
    screens = [opened(portal, shop, one) for one in racers]
    clock.advance(minutes=1)
    rounds = [
        [(at.verify, shop, screen, one.totp(portal)), (at.delete_all, shop, screen)]
        for one, screen in zip(racers, screens, strict=True)
    ]
    results = told(race(in_turn(rounds)))
    assert results.keys() <= {("Checked", REPLACED), ("User", "not_enrolled")}
    assert crowd.count("SELECT count(*) FROM authenticator") == results["Checked", REPLACED]
    assert crowd.count("SELECT count(*) FROM session") == ROUNDS
    without = "SELECT count(*) FROM member WHERE codes_left = 0 AND authenticator_count = 0 AND enrols_with_pass"
    assert crowd.count(without) == results["User", "not_enrolled"] == ROUNDS - live_sets(crowd)


def test_what_is_taken_away_in_two_sessions_is_taken_once(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(FEW)
    shop = project(portal)
    rounds = [
        [(at.delete_all, shop, opened(portal, shop, one)), (at.delete_all, shop, by_code(portal, shop, one))]
        for one in racers
    ]
    assert told(race(in_turn(rounds))) == {("User", GONE): FEW}
    assert crowd.count("SELECT count(*) FROM event WHERE act = 'authenticator.removed'") == FEW


# sessions that end meanwhile


def test_nothing_is_noted_by_a_session_that_ended_before(portal: Portal, crowd: Crowd, race: Race) -> None:
    """It was looked at before the member was held, and then waited for whoever ended it."""
    racers = crowd.racers(ROUNDS)
    shop = project(portal)
    rounds = [[(at.note, shop, opened(portal, shop, one), "a"), (at.end_all, shop, one.public_id)] for one in racers]
    assert told(race(in_turn(rounds))).keys() <= {("NoneType", "User"), ("NoneType", GONE)}
    noted = "SELECT count(*) FROM event noted JOIN event ended ON ended.member_id = noted.member_id"
    late = f"{noted} WHERE noted.act = 'user.changed' AND ended.act = 'session.ended' AND noted.id > ended.id"
    assert crowd.count(late) == 0
    assert crowd.count("SELECT count(*) FROM session") == 0


def test_of_two_notes_of_one_session_neither_is_lost(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(FEW)
    shop = project(portal)
    screens = [opened(portal, shop, one) for one in racers]
    rounds = [[(at.note, shop, screen, key) for key in ("a", "b")] for screen in screens]
    assert told(race(rounds)) == {("User", "User"): FEW}
    for one in racers:
        noted = granted(users.look(portal, shop, one.public_id)).notes.untrusted_metadata
        assert noted == {"a": True, "b": True}


# people and projects


def test_whoever_comes_in_twice_at_once_is_made_once(
    portal: Portal, crowd: Crowd, race: Race, clock: TestClock, issuer: Issuer
) -> None:
    crowd.racers(0)
    shop = project(portal)
    here = Shop(portal, clock, shop, "")
    issuer.is_trusted_by(here, makes_users=True)
    rounds = [[(at.sign_in, shop, issuer.vouches(here, f"u-{number}"))] * 4 for number in range(ROUNDS)]
    assert told(race(rounds)) == {("Attested",) * 4: ROUNDS}
    assert crowd.count("SELECT count(*) FROM member") == ROUNDS
    assert crowd.count("SELECT count(*) FROM project_user") == ROUNDS
    assert crowd.count("SELECT count(*) FROM event WHERE act = 'user.created'") == ROUNDS
    assert crowd.count("SELECT count(*) FROM session") == 4 * ROUNDS


def test_of_two_origins_that_leave_room_for_one_one_is_admitted(portal: Portal, crowd: Crowd, race: Race) -> None:
    ours = projects(portal, crowd, 4)
    for one in ours:
        for number in range(ORIGINS_AT_MOST - 1):
            at.admit(portal, one.public_id, f"http://localhost:{3000 + number}")
    rounds = [[(at.admit, one.public_id, f"https://{name}.example.org") for name in "ab"] for one in ours]
    refused = "NotDoneError: Shop has 20 origins already. Remove one of them first."
    assert told(race(rounds)) == {(refused, "Project"): 4}
    assert crowd.count("SELECT count(*) FROM project_origin") == 4 * ORIGINS_AT_MOST


@pytest.mark.parametrize("limit", [3, 250])
def test_no_more_visits_are_let_through_than_there_may_be(portal: Portal, crowd: Crowd, race: Race, limit: int) -> None:
    ours = projects(portal, crowd, 4)
    outcomes = race([[(at.visit, one, limit, limit // 2 + 10)] * 4 for one in ours])
    let_through = [sum(map(int, outcome)) for outcome in outcomes]
    set_aside_for_nothing = 4 * (max(1, limit // 100) - 1)
    assert all(limit - set_aside_for_nothing <= number <= limit for number in let_through), let_through
    assert crowd.count("SELECT count(*) FROM project_visit") == 4
