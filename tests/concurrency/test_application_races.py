"""Applications and pages at the same moment: a code is accepted once, whichever door it came through."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from app.domain.projects import SECRETS_AT_MOST, Project
from app.portal import Portal
from app.services import project_upkeep, totps
from app.services.totps import Checked
from app.services.users import Changes
from tests.concurrency import acts
from tests.concurrency import application_acts as app_acts
from tests.concurrency.conftest import Race, in_turn
from tests.concurrency.crowd import Crowd, Racer
from tests.support import shops
from tests.support.clock import TestClock
from tests.support.otp import AuthenticatorApp
from tests.support.people import granted
from tests.support.races import Round, told

ROUNDS = 40
FEW = 12
CALLERS = 8


pytestmark = pytest.mark.usefixtures("quick_projects")


def project(portal: Portal, organization: str = "crowd") -> Project:
    """Of the organization that the crowd is of; it may do everything."""
    return project_upkeep.create(
        portal, name="Shop", organization=organization, installation=False, permissions=shops.EVERYTHING
    ).project


def projects(portal: Portal, crowd: Crowd, count: int) -> list[Project]:
    """One for each round."""
    crowd.racers(0)
    return [project(portal) for _ in range(count)]


def begun(portal: Portal, shop: Project, one: Racer) -> list[str]:
    """Starts an enrolment; afterwards the racer has its secret, and the codes are what comes back."""
    made = totps.create(portal, shop, one.public_id, life=shops.AN_HOUR, origin=app_acts.FROM_THE_SHOP)
    one.secret = AuthenticatorApp.from_uri(granted(made).uri).secret
    return granted(made).codes


def authenticator_of(portal: Portal, one: Racer) -> UUID:
    with portal.reading() as tx:
        mine = text("SELECT public_id FROM authenticator WHERE member_id = :id")
        return UUID(str(tx.db.execute(mine, {"id": one.id}).scalar_one()))


def wrong_code(portal: Portal, one: Racer) -> str:
    return AuthenticatorApp(one.secret, "", "").wrong_code(portal.clock.now())


# one code, two doors


def test_one_totp_code_is_accepted_once_by_both_doors_together(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(FEW, coming_in=CALLERS // 2)
    shop = project(portal)
    outcomes = race([_through_both_doors(shop, one, app_acts.verify, one.totp(portal)) for one in racers])
    lost = ("used_code",) * (CALLERS - 1)
    assert told(outcomes).keys() <= {("Checked", *lost), ("SignedIn", *lost)}
    assert crowd.count("SELECT count(*) FROM session") == FEW


def test_one_recovery_code_is_accepted_once_by_both_doors_together(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(FEW, coming_in=CALLERS // 2)
    shop = project(portal)
    outcomes = race([_through_both_doors(shop, one, app_acts.recover, one.codes[0]) for one in racers])
    lost = ("used_code",) * (CALLERS - 1)
    assert told(outcomes).keys() <= {("Checked", *lost), ("SignedIn", *lost)}
    assert crowd.count("SELECT count(*) FROM session") == FEW
    assert crowd.count("SELECT count(*) FROM member WHERE codes_left = 9") == FEW
    assert crowd.count("SELECT count(*) FROM event WHERE act = 'recovery_codes.spent'") == FEW


def _through_both_doors(shop: Project, one: Racer, act: Any, code: str) -> Round:
    on_pages = [(acts.second_factor, sign_in, code) for sign_in in one.sign_ins]
    return [part for page in on_pages for part in (page, (act, shop, one.public_id, code))]


def test_forty_wrong_codes_at_once_are_ten_tries(portal: Portal, crowd: Crowd, race: Race) -> None:
    """Nine are told to be wrong, the tenth makes the lock, and thirty meet it."""
    racers = crowd.racers(4)
    shop = project(portal)
    rounds = [[(app_acts.fail, shop, one.public_id, wrong_code(portal, one), 5)] * CALLERS for one in racers]
    assert [sum(map(int, outcome)) for outcome in race(rounds)] == [9] * 4
    assert crowd.count("SELECT count(*) FROM second_factor_failure") == 40
    assert crowd.count("SELECT count(*) FROM member WHERE lock_reason = 'attempts' AND locks_in_row = 1") == 4


def test_wrong_codes_through_both_doors_share_one_budget(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(FEW, coming_in=CALLERS // 2)
    shop = project(portal)
    with portal.writing() as tx:
        tx.db.execute(text("UPDATE member SET failures_in_row = 7"))
    outcomes = race([_through_both_doors(shop, one, app_acts.verify, wrong_code(portal, one)) for one in racers])
    assert told(outcomes) == {("locked",) * (CALLERS - 2) + ("wrong_code",) * 2: FEW}
    assert crowd.count("SELECT count(*) FROM second_factor_failure") == 3 * FEW


# enrolling


def test_two_creates_at_once_leave_one_secret_with_its_own_codes(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, enrolled=False)
    shop = project(portal)
    outcomes = race([[(app_acts.begin, shop, one.public_id)] * 2 for one in racers])
    for table, rows in (("enrolment", 1), ("project_enrolment", 1), ("staged_code", 10)):
        assert crowd.count(f"SELECT count(*) FROM {table}") == rows * ROUNDS  # noqa: S608
    for one, pair in zip(racers[:FEW], outcomes, strict=False):
        kept = [codes for uri, *codes in map(str.split, pair) if _confirms(portal, shop, one, uri)]
        assert len(kept) == 1
        (other,) = [codes for _, *codes in map(str.split, pair) if codes != kept[0]]
        assert not isinstance(app_acts.recover(portal, shop, one.public_id, other[0]), Checked)
        assert isinstance(app_acts.recover(portal, shop, one.public_id, kept[0][0]), Checked)


def _confirms(portal: Portal, shop: Project, one: Racer, uri: str) -> bool:
    code = AuthenticatorApp.from_uri(uri).code(portal.clock.now())
    return isinstance(app_acts.verify(portal, shop, one.public_id, code), Checked)


def test_a_confirmation_and_another_create_are_one_or_the_other(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, enrolled=False)
    shop = project(portal)
    for one in racers:
        begun(portal, shop, one)
    rounds = [
        [(app_acts.verify, shop, one.public_id, one.totp(portal)), (app_acts.begin_again, shop, one.public_id)]
        for one in racers
    ]
    results = told(race(in_turn(rounds)))
    assert results.keys() <= {("Checked", "enrolled"), ("Created", "wrong_code")}
    confirmed = results["Checked", "enrolled"]
    assert crowd.count("SELECT count(*) FROM authenticator") == confirmed
    assert crowd.count("SELECT count(*) FROM recovery_code") == 10 * confirmed
    assert crowd.count("SELECT count(*) FROM enrolment") == ROUNDS - confirmed
    assert crowd.count("SELECT count(*) FROM staged_code") == 10 * (ROUNDS - confirmed)


def test_two_confirmations_make_one_authenticator_and_one_set(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS, enrolled=False)
    shop = project(portal)
    for one in racers:
        begun(portal, shop, one)
    rounds = [[(app_acts.verify, shop, one.public_id, one.totp(portal))] * 2 for one in racers]
    assert told(race(rounds)) == {("Checked", "used_code"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM authenticator") == ROUNDS
    assert crowd.count("SELECT count(*) FROM recovery_code") == 10 * ROUNDS
    assert crowd.count("SELECT count(*) FROM staged_code") == 0


def test_of_a_page_and_an_application_that_begin_one_secret_waits(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(FEW, enrolled=False, coming_in=1)
    shop = project(portal)
    rounds = [[(acts.start_enrolment, one.sign_ins[0]), (app_acts.begin_again, shop, one.public_id)] for one in racers]
    assert told(race(in_turn(rounds))) == {("Begun", "Created"): FEW}
    assert crowd.count("SELECT count(*) FROM enrolment") == FEW
    of_the_shop = crowd.count("SELECT count(*) FROM project_enrolment")
    assert crowd.count("SELECT count(*) FROM staged_code") == 10 * of_the_shop


def test_a_code_beside_its_authenticators_removal_is_right_or_late(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(ROUNDS)
    shop = project(portal)
    rounds = [
        [
            (app_acts.verify, shop, one.public_id, one.totp(portal)),
            (app_acts.delete, shop, authenticator_of(portal, one)),
        ]
        for one in racers
    ]
    results = told(race(in_turn(rounds)))
    assert results.keys() <= {("Checked", "User"), ("User", "not_enrolled")}
    assert crowd.count("SELECT count(*) FROM authenticator") == 0
    assert crowd.count("SELECT count(*) FROM recovery_code_set WHERE voided_at IS NULL") == 0
    assert crowd.count("SELECT count(*) FROM member WHERE codes_left = 0 AND authenticator_count = 0") == ROUNDS
    assert crowd.count("SELECT count(*) FROM session") == results["Checked", "User"]


# users


def test_of_two_users_with_one_address_or_external_id_one_is_made(portal: Portal, crowd: Crowd, race: Race) -> None:
    crowd.racers(0)
    shop = project(portal)
    by_address = race([[(app_acts.create, shop, f"{n}@example.org", None)] * 2 for n in range(ROUNDS)])
    assert told(by_address) == {("User", "address_taken"): ROUNDS}
    by_id = race([[(app_acts.create, shop, None, f"u-{number}")] * 2 for number in range(ROUNDS)])
    assert told(by_id) == {("User", "external_id_taken"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM member") == 2 * ROUNDS


def test_of_two_users_who_are_given_one_external_id_one_has_it(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(2 * FEW, enrolled=False)
    shop = project(portal)
    rounds = [
        [(app_acts.change, shop, one.public_id, Changes(external_id=f"u-{number}")) for one in pair]
        for number, pair in enumerate(zip(racers[::2], racers[1::2], strict=True))
    ]
    assert told(race(in_turn(rounds))) == {("User", "external_id_taken"): FEW}
    assert crowd.count("SELECT count(*) FROM project_user WHERE external_id IS NOT NULL") == FEW


def test_of_two_changes_of_one_user_neither_is_lost(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(FEW, enrolled=False)
    shop = project(portal)
    changes = Changes(trusted_metadata={"a": 1}), Changes(trusted_metadata={"b": 2}, labels=("reader",))
    rounds = [[(app_acts.change, shop, one.public_id, change) for change in changes] for one in racers]
    assert told(race(rounds)) == {("User", "User"): FEW}
    with portal.reading() as tx:
        kept = tx.db.execute(text("SELECT trusted_metadata, labels FROM project_user")).all()
    assert len(kept) == FEW
    assert all('"a"' in one and '"b"' in one and "reader" in one for one in map(_spelled, kept))


def _spelled(row: Any) -> str:
    """SQLite gives JSON out as text, PostgreSQL as what it says."""
    return repr(tuple(row)).replace("'", '"')


def test_one_who_is_removed_while_a_code_is_checked_has_nothing_open(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(FEW)
    shop = project(portal)
    rounds = [
        [(app_acts.verify, shop, one.public_id, one.totp(portal)), (app_acts.remove, shop, one.public_id)]
        for one in racers
    ]
    assert told(race(in_turn(rounds))).keys() <= {("Checked", "UUID"), ("UUID", "unknown_member")}
    assert crowd.count("SELECT count(*) FROM session") == 0
    assert crowd.count("SELECT count(*) FROM member WHERE status = 'removed'") == FEW


# sessions


def test_of_two_callers_who_step_up_one_session_one_has_it(
    portal: Portal, crowd: Crowd, race: Race, clock: TestClock
) -> None:
    """The other one's code is not spent for nothing."""
    racers = crowd.racers(ROUNDS)
    shop = project(portal)
    opened = [app_acts.recover(portal, shop, one.public_id, one.codes[0]) for one in racers]
    tokens = [one.session.token for one in opened if isinstance(one, Checked) and one.session]
    clock.advance(minutes=1)
    rounds = [
        [
            (app_acts.verify, shop, one.public_id, one.totp(portal), token),
            (app_acts.recover, shop, one.public_id, one.codes[1], token),
        ]
        for one, token in zip(racers, tokens, strict=True)
    ]
    assert told(race(in_turn(rounds))) == {("Checked", "token_replaced"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM session") == ROUNDS
    assert crowd.count("SELECT count(*) FROM session_factor") == 2 * ROUNDS
    spent = crowd.count("SELECT count(*) FROM member WHERE codes_left = 8")
    stepped = crowd.count("SELECT count(*) FROM session WHERE proved_by = 'totp'")
    assert spent + stepped == ROUNDS


# projects


def test_of_two_rotations_that_leave_room_for_one_one_is_made(portal: Portal, crowd: Crowd, race: Race) -> None:
    ours = projects(portal, crowd, FEW)
    for one in ours:
        for _ in range(SECRETS_AT_MOST - 2):
            app_acts.rotate_secret(portal, one.public_id)
    outcomes = race([[(app_acts.rotate_secret, one.public_id)] * 2 for one in ours])
    refused = "NotDoneError: Shop has 5 live secrets already. Revoke one of them first."
    assert told(outcomes) == {("MadeSecret", refused): FEW}
    assert crowd.count("SELECT count(*) FROM project_secret") == SECRETS_AT_MOST * FEW
    assert crowd.count("SELECT count(*) FROM project_secret WHERE expires_at IS NULL") == FEW


def test_a_secret_is_revoked_by_one_of_two(portal: Portal, crowd: Crowd, race: Race) -> None:
    projects(portal, crowd, FEW)
    every = [(look.project.public_id, look.secrets[0].public_id) for look in project_upkeep.all_of_them(portal)]
    outcomes = race([[(app_acts.revoke_secret, *one)] * 2 for one in every])
    done = [sorted(one.partition(":")[0] for one in outcome) for outcome in outcomes]
    assert done == [["NotDoneError", "Project"]] * FEW
    assert crowd.count("SELECT count(*) FROM event WHERE act = 'project.secret_revoked'") == FEW


def test_who_is_checked_while_the_project_is_removed_has_no_session_in_it(
    portal: Portal, crowd: Crowd, race: Race
) -> None:
    racers = crowd.racers(ROUNDS)
    ours = [project(portal) for _ in racers]
    for shop, one in zip(ours, racers, strict=True):
        assert isinstance(app_acts.recover(portal, shop, one.public_id, one.codes[0]), Checked)
    rounds = [
        [(app_acts.verify, shop, one.public_id, one.totp(portal)), (app_acts.remove_project, shop.public_id)]
        for shop, one in zip(ours, racers, strict=True)
    ]
    assert told(race(in_turn(rounds))).keys() <= {("Checked", "tuple"), ("tuple", "unknown_member")}
    assert crowd.count("SELECT count(*) FROM session") == 0


@pytest.mark.parametrize("limit", [3, 250])
def test_no_more_requests_are_let_through_than_there_may_be(
    portal: Portal, crowd: Crowd, race: Race, limit: int
) -> None:
    ours = projects(portal, crowd, 4)
    outcomes = race([[(app_acts.call, one, limit, limit // 2 + 10)] * 4 for one in ours])
    let_through = [sum(map(int, outcome)) for outcome in outcomes]
    set_aside_for_nothing = 4 * (max(1, limit // 100) - 1)
    assert all(limit - set_aside_for_nothing <= number <= limit for number in let_through), let_through
