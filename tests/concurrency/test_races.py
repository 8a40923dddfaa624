"""What single use means when everybody comes at once: exactly one winner, never two, never none."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.domain.events import OPERATOR
from app.portal import Portal
from app.services import enrolment, passes, setup, sign_in
from app.services.enrolment import Showing
from tests.concurrency import acts
from tests.concurrency.conftest import ROUNDS, Race
from tests.concurrency.crowd import Crowd, scanned
from tests.support.otp import AuthenticatorApp
from tests.support.people import AT_HOME, granted
from tests.support.races import told


def test_one_recovery_code_opens_one_session(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, coming_in=2)
    outcomes = race([[(acts.second_factor, begun, one.codes[0]) for begun in one.sign_ins] for one in racers])
    assert told(outcomes) == {("SignedIn", "used_code"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM session") == ROUNDS
    assert crowd.count("SELECT count(*) FROM member WHERE codes_left = 9") == ROUNDS


def test_one_totp_step_opens_one_session(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, coming_in=2)
    outcomes = race([[(acts.second_factor, begun, one.totp(portal)) for begun in one.sign_ins] for one in racers])
    assert told(outcomes) == {("SignedIn", "used_code"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM session") == ROUNDS


def test_one_totp_step_opens_a_session_or_steps_one_up(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, coming_in=1, sessions=1)
    with portal.writing() as tx:
        tx.db.execute(text("UPDATE session SET proved_at = NULL, password_proved_at = NULL"))
    outcomes = race(
        [
            [
                (acts.second_factor, one.sign_ins[0], one.totp(portal)),
                (acts.step_up, one.sessions[0], one.totp(portal)),
            ]
            for one in racers
        ]
    )
    assert told(outcomes).keys() <= {("SignedIn", "used_code"), ("Begun", "used_code")}


def test_ten_recovery_codes_at_once_are_ten_sign_ins(portal: Portal, crowd: Crowd, race: Race) -> None:
    rounds = ROUNDS // 10
    racers = crowd.racers(rounds, coming_in=10)
    outcomes = race(
        [
            [(acts.second_factor, begun, code) for begun, code in zip(one.sign_ins, one.codes, strict=True)]
            for one in racers
        ]
    )
    assert told(outcomes) == {("SignedIn",) * 10: rounds}
    assert crowd.count("SELECT count(*) FROM member WHERE codes_left = 0") == rounds


@pytest.mark.parametrize("left", [1, 3])
def test_no_more_tries_are_looked_at_than_the_budget_has(portal: Portal, crowd: Crowd, race: Race, left: int) -> None:
    """Six wrong codes at once, with so many tries left: so many are counted, the last one locks, the rest meet it."""
    rounds = ROUNDS // 2
    racers = crowd.racers(rounds, coming_in=7)
    with portal.writing() as tx:
        tx.db.execute(text("UPDATE member SET failures_in_row = :spent"), {"spent": 10 - left})
    wrong = [AuthenticatorApp(one.secret, "", "").wrong_code(portal.clock.now()) for one in racers]
    outcomes = race(
        [
            [(acts.second_factor, begun, code) for begun in one.sign_ins[:6]]
            for one, code in zip(racers, wrong, strict=True)
        ]
    )
    assert told(outcomes) == {("locked",) * (7 - left) + ("wrong_code",) * (left - 1): rounds}
    assert crowd.count("SELECT count(*) FROM second_factor_failure") == rounds * left
    assert crowd.count("SELECT count(*) FROM member WHERE lock_reason = 'attempts' AND locks_in_row = 1") == rounds
    for one in racers[:5]:
        late = sign_in.second(portal, one.sign_ins[6], one.totp(portal), browser_token=None, origin=AT_HOME)
        assert late == sign_in.lock_at(portal, one.sign_ins[6])


def test_a_right_code_among_wrong_ones_is_not_lost(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS // 2, coming_in=3)
    wrong = [AuthenticatorApp(one.secret, "", "").wrong_code(portal.clock.now()) for one in racers]
    outcomes = race(
        [
            [
                (acts.second_factor, one.sign_ins[0], one.totp(portal)),
                (acts.second_factor, one.sign_ins[1], code),
                (acts.second_factor, one.sign_ins[2], code),
            ]
            for one, code in zip(racers, wrong, strict=True)
        ]
    )
    assert told(outcomes) == {("SignedIn", "wrong_code", "wrong_code"): ROUNDS // 2}


def test_two_tabs_that_begin_to_enrol_leave_one_secret(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, enrolled=False, coming_in=2)
    outcomes = race([[(acts.start_enrolment, begun) for begun in one.sign_ins] for one in racers])
    assert told(outcomes) == {("Begun", "Begun"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM enrolment") == ROUNDS
    shown = [[isinstance(enrolment.show(portal, begun), Showing) for begun in one.sign_ins] for one in racers]
    assert {sum(pair) for pair in shown} == {1}


def test_a_superseded_secret_is_never_confirmed(portal: Portal, crowd: Crowd, race: Race) -> None:
    """One tab confirms while another begins anew: either it was first, or it is refused."""
    racers = crowd.racers(ROUNDS, sessions=2)
    rounds = []
    for one in racers:
        granted(enrolment.start(portal, one.sessions[0], replace=None, proof="", origin=AT_HOME))
        code = scanned(portal, one.sessions[0]).code(portal.clock.now())
        rounds.append([(acts.confirm, one.sessions[0], code), (acts.start_enrolment, one.sessions[1])])
    results = told(race(rounds))
    confirmed = crowd.count("SELECT count(*) FROM authenticator") - ROUNDS
    assert results.keys() <= {("Begun", "expired"), ("Confirmed", "SessionEndedError"), ("Begun", "Confirmed")}
    assert confirmed == sum(count for result, count in results.items() if "Confirmed" in result)
    assert crowd.count("SELECT count(*) FROM enrolment") == sum(
        count for result, count in results.items() if "Begun" in result and "Confirmed" not in result
    )


def test_two_confirmations_make_one_authenticator(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, sessions=1)
    rounds = []
    for one in racers:
        granted(enrolment.start(portal, one.sessions[0], replace=None, proof="", origin=AT_HOME))
        app = scanned(portal, one.sessions[0])
        codes = [app.code(portal.clock.now(), steps=steps) for steps in (0, 1)]
        rounds.append([(acts.confirm, one.sessions[0], code) for code in codes])
    assert told(race(rounds)) == {("Confirmed", "expired"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM authenticator") == 2 * ROUNDS


def test_two_first_confirmations_make_one_authenticator_and_one_set(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, enrolled=False, coming_in=1)
    rounds = []
    for one in racers:
        granted(enrolment.start(portal, one.sign_ins[0], replace=None, proof="", origin=AT_HOME))
        code = scanned(portal, one.sign_ins[0]).code(portal.clock.now())
        rounds.append([(acts.confirm, one.sign_ins[0], code)] * 2)
    assert told(race(rounds)) == {("Confirmed", "SessionEndedError"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM authenticator") == ROUNDS
    assert crowd.count("SELECT count(*) FROM recovery_code") == 10 * ROUNDS
    assert crowd.count("SELECT count(*) FROM session") == ROUNDS


def test_two_regenerations_of_one_generation_make_one_set(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, sessions=1)
    outcomes = race([[(acts.regenerate, one.sessions[0], 1)] * 2 for one in racers])
    assert told(outcomes) == {("Shown", "outdated"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM recovery_code_set WHERE voided_at IS NULL AND generation = 2") == ROUNDS
    assert crowd.count("SELECT count(*) FROM recovery_code") == 10 * ROUNDS


def test_two_sessions_that_regenerate_make_one_set(portal: Portal, crowd: Crowd, race: Race) -> None:
    """The first one ends the session of the second, as every change of a factor does."""
    racers = crowd.racers(ROUNDS, sessions=2)
    outcomes = race([[(acts.regenerate, session, 1) for session in one.sessions] for one in racers])
    assert told(outcomes) == {("SessionEndedError", "Shown"): ROUNDS}
    assert crowd.count("SELECT max(generation) FROM recovery_code_set") == 2


def test_no_new_set_is_acknowledged_unseen(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, sessions=1)
    outcomes = race([[(acts.acknowledge, one.sessions[0], 1), (acts.regenerate, one.sessions[0], 1)] for one in racers])
    assert told(outcomes).keys() <= {("Acknowledged", "Shown"), ("Shown", "outdated")}
    assert (
        crowd.count("SELECT count(*) FROM recovery_code_set WHERE generation = 2 AND acknowledged_at IS NULL") == ROUNDS
    )
    assert crowd.count("SELECT count(*) FROM member WHERE codes_pending") == ROUNDS


def test_a_recovery_code_and_a_regeneration_leave_no_old_code(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, sessions=1, coming_in=1)
    outcomes = race(
        [[(acts.second_factor, one.sign_ins[0], one.codes[0]), (acts.regenerate, one.sessions[0], 1)] for one in racers]
    )
    assert told(outcomes).keys() <= {("Shown", "SignedIn"), ("SessionEndedError", "Shown")}
    assert crowd.count("SELECT count(*) FROM member WHERE codes_left = 10") == ROUNDS


def test_a_setup_link_makes_one_owner(portal: Portal, crowd: Crowd, race: Race) -> None:
    for _ in range(ROUNDS // 10):
        token = setup.issue_link(portal)
        assert token
        outcomes = race([[(acts.claim_setup, token, f"House {number}") for number in range(3)]])
        assert told(outcomes) == {("Begun", "expired", "expired"): 1}
        assert crowd.count("SELECT count(*) FROM member WHERE role = 'owner'") == 1
        with portal.writing() as tx:
            for table in ("enrolment", "sign_in", "event_origin", "event", "member", "organization"):
                tx.db.execute(text(f"DELETE FROM {table}"))  # noqa: S608


def test_two_servers_that_start_at_once_leave_one_setup_link(portal: Portal, crowd: Crowd, race: Race) -> None:
    outcomes = race([[(acts.issue_setup_link,)] * 2] * ROUNDS)
    assert told(outcomes) == {("str", "str"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM setup_link") == 1


def test_a_password_link_sets_one_password(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, link=True)
    outcomes = race([[(acts.use_link, one.link)] * 2 for one in racers])
    assert told(outcomes) == {("LinkFor", "expired"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM event WHERE act = 'password_link.used'") == ROUNDS


def test_a_password_link_and_a_newer_one_do_not_wait_for_each_other_for_ever(
    portal: Portal, crowd: Crowd, race: Race
) -> None:
    racers = crowd.racers(ROUNDS, link=True)
    outcomes = race([[(acts.use_link, one.link), (acts.make_link, one.email)] for one in racers])
    assert told(outcomes).keys() <= {("LinkFor", "MadeLink"), ("MadeLink", "expired")}


def test_a_password_link_and_a_change_of_the_password_do_not_wait_for_each_other_for_ever(
    portal: Portal, crowd: Crowd, race: Race
) -> None:
    racers = crowd.racers(ROUNDS, link=True, sessions=1)
    crowd.mistype_passwords(racers)
    outcomes = race([[(acts.use_link, one.link), (acts.change_password, one.sessions[0])] for one in racers])
    assert told(outcomes).keys() <= {("LinkFor", "SessionEndedError"), ("PasswordChanged", "expired")}


def test_a_right_password_and_its_unlocking_do_not_wait_for_each_other_for_ever(
    portal: Portal, crowd: Crowd, race: Race
) -> None:
    racers = crowd.racers(ROUNDS)
    crowd.mistype_passwords(racers)
    outcomes = race([[(acts.password, one.organization_id, one.email), (acts.unlock, one.email)] for one in racers])
    assert told(outcomes) == {("PasswordRight", "Unlocked"): ROUNDS}


def test_a_right_password_and_its_change_do_not_wait_for_each_other_for_ever(
    portal: Portal, crowd: Crowd, race: Race
) -> None:
    racers = crowd.racers(ROUNDS, sessions=1)
    crowd.mistype_passwords(racers)
    outcomes = race(
        [[(acts.password, one.organization_id, one.email), (acts.change_password, one.sessions[0])] for one in racers]
    )
    assert told(outcomes).keys() <= {("PasswordChanged", "PasswordRight"), ("PasswordChanged", "wrong_password")}


def test_wrong_passwords_at_once_are_all_counted(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS // 4)
    outcomes = race([[(acts.password, one.organization_id, one.email, "wrong")] * 4 for one in racers])
    assert told(outcomes) == {("wrong_password",) * 4: ROUNDS // 4}
    assert crowd.count("SELECT count(*) FROM password_wait WHERE failures = 4") == 2 * (ROUNDS // 4)


def test_a_pass_used_by_two_browsers_stays_with_one(portal: Portal, crowd: Crowd, race: Race) -> None:
    """The one that was first ends the sign-in of the other, and that one's session is the only one."""
    racers = crowd.racers(ROUNDS, coming_in=2)
    rounds = []
    for one in racers:
        made = passes.make(portal, one.email, organization=None, life=timedelta(hours=1), reason="race", by=OPERATOR)
        rounds.append([(acts.use_pass, begun, made.spelled) for begun in one.sign_ins])
    assert told(race(rounds)) == {("PassUsed", "SessionEndedError"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM session") == ROUNDS


def test_leaving_and_signing_in_are_one_or_the_other(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, coming_in=1)
    outcomes = race(
        [[(acts.leave, one.sign_ins[0]), (acts.second_factor, one.sign_ins[0], one.totp(portal))] for one in racers]
    )
    assert told(outcomes).keys() <= {("NoneType", "SessionEndedError"), ("NoneType", "SignedIn")}


def test_nobody_gets_in_beside_panic(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, coming_in=1, sessions=1)
    outcomes = race(
        [[(acts.panic, one.sessions[0]), (acts.second_factor, one.sign_ins[0], one.totp(portal))] for one in racers]
    )
    assert told(outcomes).keys() <= {
        ("NoneType", "SessionEndedError"),
        ("SessionEndedError", "SignedIn"),
        ("NoneType", "SignedIn"),
    }
    assert crowd.count("SELECT count(*) FROM session") == 0
    assert crowd.count("SELECT count(*) FROM member WHERE lock_reason = 'panic'") == ROUNDS
