"""Administrators at the same moment: as if one had come after the other, and never a house without an owner.

Every round has an organization of its own, since acts on roles queue up at its row.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, product
from typing import Any, TypeVar
from uuid import uuid4

import pytest

from app.domain import recovery_codes as codes
from app.domain.events import OPERATOR
from app.domain.organizations import policy_of
from app.domain.sessions import Session, SignIn
from app.portal import Portal
from app.services import enrolment, passes
from app.steps.ways_back import pass_context
from app.storage import members, organizations
from app.storage import passes as kept_passes
from app.storage.links import invitations, password_links
from tests.concurrency import acts, admin_acts
from tests.concurrency.conftest import Race
from tests.concurrency.crowd import Crowd, House, Racer, scanned
from tests.support.people import AT_HOME, granted
from tests.support.races import Round, told

ROUNDS = 12

Act = Callable[..., object]
Option = TypeVar("Option")
Taken = TypeVar("Taken")

OWNERS = "FROM member WHERE role = 'owner' AND status = 'active' AND authenticator_count > 0"
WITHOUT_OWNER = f"SELECT count(*) FROM organization WHERE id NOT IN (SELECT organization_id {OWNERS})"  # noqa: S608
INVITATIONS = "SELECT count(*) FROM invitation WHERE used_at IS NULL AND voided_at IS NULL"
PASSES = "SELECT count(*) FROM enrolment_pass WHERE spent_at IS NULL AND voided_at IS NULL"
LINKS = "SELECT count(*) FROM password_link WHERE used_at IS NULL AND voided_at IS NULL"
LEFT_TO_THE_REMOVED = "(email_key IS NOT NULL OR password_hash IS NOT NULL OR authenticator_count + codes_left > 0)"
SHUT_OUT = "role = 'member' AND (status IN ('suspended', 'removed') OR lock_reason = 'admin')"


@pytest.fixture
def race(race: Race) -> Race:
    """Of the runners of a round one comes late, later and later, so that they meet at every point of their acts."""

    def run(rounds: Sequence[Round]) -> list[list[str]]:
        return race([_one_late(number, parts) for number, parts in enumerate(rounds)])

    return run


def _one_late(number: int, parts: Round) -> Round:
    who, looks = number % len(parts), number // len(parts)
    return [(admin_acts.late, looks, *part) if i == who else part for i, part in enumerate(parts)]


# the last owner


def test_of_two_owners_who_turn_on_each_other_one_stays(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, owners=2)
    turning = [
        (admin_acts.demote, admin_acts.demote),
        (admin_acts.remove, admin_acts.remove),
        (admin_acts.suspend, admin_acts.suspend),
        (admin_acts.remove, admin_acts.demote),
    ]
    outcomes = race(
        [[_on(one, ann, ben), _on(other, ben, ann)] for (one, other), (ann, ben) in _in_turn(turning, _owners(houses))]
    )
    assert told(outcomes) == {("Done", "SessionEndedError"): ROUNDS}
    assert crowd.count(f"SELECT count(*) {OWNERS}") == ROUNDS
    assert crowd.count(WITHOUT_OWNER) == 0


def test_two_others_do_not_take_the_last_two_owners_with_an_authenticator(crowd: Crowd, race: Race) -> None:
    """Four different members, so that nothing but the organization keeps the two apart."""
    houses = crowd.houses(ROUNDS, owners=2, newcomers=2)
    taking = [(admin_acts.demote, admin_acts.demote), (admin_acts.remove, admin_acts.suspend)]
    outcomes = race(
        [
            [_on(one, h.newcomers[0], h.owners[0]), _on(other, h.newcomers[1], h.owners[1])]
            for (one, other), h in _in_turn(taking, houses)
        ]
    )
    assert told(outcomes) == {("Done", "last_owner"): ROUNDS}
    assert crowd.count(f"SELECT count(*) {OWNERS}") == ROUNDS
    assert crowd.count(WITHOUT_OWNER) == 0


def test_two_lists_of_chosen_do_not_take_the_last_two_owners_with_an_authenticator(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, owners=2, newcomers=2)
    outcomes = race(
        [
            [
                (admin_acts.suspend_several, clerk.sessions[0], [owner.public_id])
                for clerk, owner in zip(house.newcomers, house.owners, strict=True)
            ]
            for house in houses
        ]
    )
    assert told(outcomes) == {("0 of 1", "1 of 1"): ROUNDS}
    assert crowd.count(WITHOUT_OWNER) == 0


def test_of_three_owners_two_take_the_third_once(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, owners=3)
    outcomes = race(
        [[_on(admin_acts.demote, ann, eve), _on(admin_acts.demote, ben, eve)] for ann, ben, eve in _owners(houses)]
    )
    assert told(outcomes) == {("Done", "outdated"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM event WHERE act = 'member.role_changed'") == ROUNDS
    assert crowd.count(f"SELECT count(*) {OWNERS}") == 2 * ROUNDS


def test_of_three_owners_in_a_ring_one_stays(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, owners=3)
    outcomes = race(
        [
            [_on(admin_acts.demote, ann, ben), _on(admin_acts.demote, ben, eve), _on(admin_acts.demote, eve, ann)]
            for ann, ben, eve in _owners(houses)
        ]
    )
    assert told(outcomes) == {("Done", "Done", "SessionEndedError"): ROUNDS}
    assert crowd.count(f"SELECT count(*) {OWNERS}") == ROUNDS
    assert crowd.count(WITHOUT_OWNER) == 0


# acting on each other, and on the same people


def test_two_owners_who_end_each_others_sessions_do_not_wait_for_ever(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, owners=2)
    outcomes = race(
        [
            [_on(admin_acts.end_sessions, ann, ben), _on(admin_acts.end_sessions, ben, ann)]
            for ann, ben in _owners(houses)
        ]
    )
    assert told(outcomes) == {("Done", "SessionEndedError"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM session") == ROUNDS


def test_two_owners_who_rename_each_other_do_not_wait_for_ever(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, owners=2)
    outcomes = race(
        [[_on(admin_acts.rename, ann, ben), _on(admin_acts.rename, ben, ann)] for ann, ben in _owners(houses)]
    )
    assert told(outcomes) == {("Done", "Done"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM member WHERE name = 'Renamed'") == 2 * ROUNDS


def test_two_owners_whose_lists_name_each_other_do_not_wait_for_ever(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, owners=2, members=1)
    outcomes = race(
        [
            [
                (admin_acts.end_sessions_of_several, ann.sessions[0], [ben.public_id, house.members[0].public_id]),
                (admin_acts.end_sessions_of_several, ben.sessions[0], [house.members[0].public_id, ann.public_id]),
            ]
            for house in houses
            for ann, ben in [house.owners]
        ]
    )
    assert told(outcomes) == {("2 of 2", "SessionEndedError"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM session") == ROUNDS


def test_two_overlapping_lists_suspend_everybody_once(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=2, members=4)
    rounds = []
    for house in houses:
        ann, ben = house.admins
        first, second, third, fourth = [who.public_id for who in house.members]
        rounds.append(
            [
                (admin_acts.suspend_several, ann.sessions[0], [first, second, third]),
                (admin_acts.suspend_several, ben.sessions[0], [fourth, third, second]),
            ]
        )
    assert told(race(rounds)) == {("1 of 3", "3 of 3"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM member WHERE status = 'suspended'") == 4 * ROUNDS
    assert crowd.count("SELECT count(*) FROM event WHERE act = 'member.suspended'") == 4 * ROUNDS
    assert crowd.count("SELECT count(DISTINCT member_id) FROM event WHERE act = 'member.suspended'") == 4 * ROUNDS


def test_a_list_and_acts_on_those_in_it_do_not_wait_for_each_other_for_ever(crowd: Crowd, race: Race) -> None:
    """The list comes from the one with the highest id, and each of the others acts on somebody with a lower one."""
    houses = crowd.houses(ROUNDS, admins=2, members=2)
    rounds = []
    for house in houses:
        (ann, ben), (low, high) = house.admins, house.members
        rounds.append(
            [
                (admin_acts.end_sessions_of_several, ben.sessions[0], [high.public_id, low.public_id]),
                _on(admin_acts.make_pass, ann, low),
                _on(admin_acts.suspend, ann, high),
            ]
        )
    assert told(race(rounds)).keys() <= {("2 of 2", "Done", "MadePass"), ("1 of 2", "Done", "MadePass")}
    assert crowd.count("SELECT count(*) FROM session") == 2 * ROUNDS


# ways back in


def test_of_two_passes_printed_at_once_one_works(portal: Portal, crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=2, members=1, coming_in=1)
    outcomes = race(
        [[_on(admin_acts.print_pass, admin, house.members[0]) for admin in house.admins] for house in houses]
    )
    assert crowd.count(PASSES) == ROUNDS
    assert crowd.count("SELECT count(*) FROM event WHERE act = 'pass.made'") == 2 * ROUNDS
    for house, printed in zip(houses, outcomes, strict=True):
        who = house.members[0]
        (live,) = [spelled for spelled in printed if _is_live(portal, who, spelled)]
        assert isinstance(acts.use_pass(portal, who.sign_ins[0], live), passes.PassUsed)


def test_one_admin_pays_for_one_factor_only(crowd: Crowd, race: Race) -> None:
    """From two sessions of theirs at once: a pass, and a password link."""
    houses = crowd.houses(ROUNDS, admins=1, members=1, sessions=2)
    outcomes = race(
        [
            [
                (admin_acts.make_pass, admin.sessions[0], member.public_id),
                (admin_acts.make_link, admin.sessions[1], member.public_id),
            ]
            for admin, member in _admins(houses)
        ]
    )
    results = told(outcomes)
    assert results.keys() <= {("MadePass", "paid_before"), ("MadeLink", "paid_before")}
    assert crowd.count(PASSES) == results["MadePass", "paid_before"]
    assert crowd.count(LINKS) == results["MadeLink", "paid_before"]


def test_two_admins_pay_for_one_factor_each(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=2, members=1)
    outcomes = race(
        [
            [_on(admin_acts.make_pass, h.admins[0], h.members[0]), _on(admin_acts.make_link, h.admins[1], h.members[0])]
            for h in houses
        ]
    )
    assert told(outcomes) == {("MadeLink", "MadePass"): ROUNDS}
    assert (crowd.count(PASSES), crowd.count(LINKS)) == (ROUNDS, ROUNDS)


@pytest.mark.parametrize("same", [True, False], ids=["one_admin", "two_admins"])
def test_no_pass_lives_beside_a_new_address(crowd: Crowd, race: Race, *, same: bool) -> None:
    houses = crowd.houses(ROUNDS, admins=2, members=1, sessions=2)
    outcomes = race(
        [
            [
                (admin_acts.make_pass, house.admins[0].sessions[0], house.members[0].public_id),
                (
                    admin_acts.change_email,
                    house.admins[0 if same else 1].sessions[1],
                    house.members[0].public_id,
                    f"{uuid4().hex}@example.org",
                ),
            ]
            for house in houses
        ]
    )
    results = told(outcomes)
    assert results.keys() <= {("Done", "address_new"), ("MadePass", "paid_before") if same else ("Done", "MadePass")}
    changed = crowd.count("SELECT count(*) FROM member WHERE email_changed_at IS NOT NULL")
    assert changed == sum(number for result, number in results.items() if "Done" in result)
    assert crowd.count(PASSES) == ROUNDS - changed


# shutting somebody out who is coming in


SHUTTING_OUT = [admin_acts.suspend, admin_acts.remove, admin_acts.lock]
FOR_GOOD_OR_A_WHILE = [admin_acts.suspend, admin_acts.remove]


def test_nobody_who_is_shut_out_comes_in_by_a_second_factor(portal: Portal, crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=1, members=1, coming_in=1)
    outcomes = race(
        [
            [_on(act, admin, member), (acts.second_factor, member.sign_ins[0], member.totp(portal))]
            for act, (admin, member) in _in_turn(SHUTTING_OUT, _admins(houses))
        ]
    )
    assert told(outcomes).keys() <= {("Done", "SignedIn"), ("Done", "SessionEndedError")}
    _are_shut_out(crowd)


def test_nobody_who_is_shut_out_begins_to_come_in_by_a_password(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=1, members=1)
    crowd.mistype_passwords([house.members[0] for house in houses])
    outcomes = race(
        [
            [_on(act, admin, member), (acts.password, member.organization_id, member.email)]
            for act, (admin, member) in _in_turn(FOR_GOOD_OR_A_WHILE, _admins(houses))
        ]
    )
    assert told(outcomes).keys() <= {("Done", "PasswordRight"), ("Done", "wrong_password")}
    _are_shut_out(crowd)


def test_wrong_passwords_and_shutting_out_do_not_wait_for_each_other_for_ever(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=1, members=1)
    crowd.mistype_passwords([house.members[0] for house in houses])
    outcomes = race(
        [
            [_on(act, admin, member), (acts.password, member.organization_id, member.email, "wrong")]
            for act, (admin, member) in _in_turn(FOR_GOOD_OR_A_WHILE, _admins(houses))
        ]
    )
    assert told(outcomes) == {("Done", "wrong_password"): ROUNDS}
    _are_shut_out(crowd)


def test_nobody_who_is_shut_out_comes_in_by_confirming_an_authenticator(
    portal: Portal, crowd: Crowd, race: Race
) -> None:
    houses = crowd.houses(ROUNDS, admins=1, members=1, enrolled=False, coming_in=1)
    outcomes = race(
        [
            [_on(act, admin, member), _scanning(portal, member.sign_ins[0])]
            for act, (admin, member) in _in_turn(SHUTTING_OUT, _admins(houses))
        ]
    )
    assert told(outcomes).keys() <= {("Confirmed", "Done"), ("Done", "SessionEndedError")}
    _are_shut_out(crowd)


def test_nobody_who_is_shut_out_goes_on_to_another_authenticator(portal: Portal, crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=1, members=1)
    outcomes = race(
        [
            [_on(act, admin, member), _scanning(portal, member.sessions[0])]
            for act, (admin, member) in _in_turn(SHUTTING_OUT, _admins(houses))
        ]
    )
    assert told(outcomes).keys() <= {("Confirmed", "Done"), ("Done", "SessionEndedError")}
    _are_shut_out(crowd)


def test_nobody_who_is_shut_out_comes_in_by_a_pass(portal: Portal, crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=1, members=1, coming_in=1)
    outcomes = race(
        [
            [_on(act, admin, member), (acts.use_pass, member.sign_ins[0], _given_pass(portal, member))]
            for act, (admin, member) in _in_turn(SHUTTING_OUT, _admins(houses))
        ]
    )
    assert told(outcomes).keys() <= {("Done", "PassUsed"), ("Done", "SessionEndedError")}
    _are_shut_out(crowd)
    assert crowd.count(f"{PASSES} AND member_id NOT IN (SELECT id FROM member WHERE status = 'active')") == 0  # noqa: S608


def test_spending_a_pass_opens_nothing_that_was_shut_beside_it(portal: Portal, crowd: Crowd, race: Race) -> None:
    """Confirming by a pass lifts every lock there was before, but not the one that comes at the same moment."""
    houses = crowd.houses(ROUNDS, admins=1, members=1, coming_in=1)
    rounds = []
    for act, (admin, member) in _in_turn(SHUTTING_OUT, _admins(houses)):
        used = granted(
            passes.use(portal, member.sign_ins[0], _given_pass(portal, member), holder_token=None, origin=AT_HOME)
        )
        rounds.append([_on(act, admin, member), _scanning(portal, used.opened.session)])
    assert told(race(rounds)).keys() <= {("Confirmed", "Done"), ("Done", "SessionEndedError")}
    _are_shut_out(crowd)


def test_no_password_is_set_once_its_member_is_shut_out(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=1, members=1, link=password_links)
    outcomes = race(
        [
            [_on(act, admin, member), (acts.use_link, member.link)]
            for act, (admin, member) in _in_turn(FOR_GOOD_OR_A_WHILE, _admins(houses))
        ]
    )
    assert told(outcomes).keys() <= {("Done", "LinkFor"), ("Done", "expired")}
    _are_shut_out(crowd)
    assert crowd.count(LINKS) == 0
    assert crowd.count("SELECT count(*) FROM member WHERE status = 'removed' AND password_hash IS NOT NULL") == 0


def test_leaving_and_being_removed_do_not_wait_for_each_other_for_ever(
    portal: Portal, crowd: Crowd, race: Race
) -> None:
    """Both end the sign-in and the enrolment that it began, and the removal ends the enrolment first."""
    houses = crowd.houses(3 * ROUNDS, admins=1, members=1, enrolled=False, coming_in=1)
    for _, member in _admins(houses):
        granted(enrolment.start(portal, member.sign_ins[0], replace=None, proof="", origin=AT_HOME))
    outcomes = race(
        [[_on(admin_acts.remove, admin, member), (acts.leave, member.sign_ins[0])] for admin, member in _admins(houses)]
    )
    assert told(outcomes) == {("Done", "NoneType"): 3 * ROUNDS}
    assert crowd.count("SELECT count(*) FROM enrolment") == 0


def test_who_is_removed_stays_removed_beside_a_reactivation(portal: Portal, crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=2, members=1)
    for house in houses:
        _does(portal, _on(admin_acts.suspend, house.admins[0], house.members[0]))
    outcomes = race(
        [
            [_on(admin_acts.remove, h.admins[0], h.members[0]), _on(admin_acts.reactivate, h.admins[1], h.members[0])]
            for h in houses
        ]
    )
    assert told(outcomes).keys() <= {("Done", "Done"), ("Done", "outdated")}
    assert crowd.count("SELECT count(*) FROM member WHERE status = 'removed'") == ROUNDS


def test_two_admins_lock_once(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=2, members=1)
    outcomes = race([[_on(admin_acts.lock, admin, house.members[0]) for admin in house.admins] for house in houses])
    assert told(outcomes) == {("Done", "outdated"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM event WHERE act = 'member.locked'") == ROUNDS


# rights that change while they are used

AFTER_THE_CHANGE = """
    SELECT count(*) FROM event AS late
    JOIN event AS change ON change.act IN ('member.role_changed', 'member.suspended', 'member.removed')
        AND change.member_id IN (late.member_id, late.actor_member_id) AND change.id < late.id
    WHERE late.act IN ('pass.made', 'member.locked', 'member.name_changed', 'member.email_changed')
"""


WITHIN_REACH = [admin_acts.make_pass, admin_acts.lock]


def test_who_is_no_admin_any_more_does_nothing_more(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(2 * ROUNDS, owners=1, admins=1, members=1)
    changes = [admin_acts.make_member, admin_acts.suspend, admin_acts.remove]
    outcomes = race(
        [
            [_on(change, h.owners[0], h.admins[0]), _on(act, h.admins[0], h.members[0])]
            for (change, act), h in _in_turn(list(product(changes, WITHIN_REACH)), houses)
        ]
    )
    assert told(outcomes).keys() <= {("Done", "MadePass"), ("Done", "Done"), ("Done", "SessionEndedError")}
    assert crowd.count(AFTER_THE_CHANGE) == 0


def test_who_becomes_an_admin_is_out_of_reach_of_admins(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, owners=1, admins=1, members=1)
    outcomes = race(
        [
            [_on(admin_acts.promote, h.owners[0], h.members[0]), _on(act, h.admins[0], h.members[0])]
            for act, h in _in_turn(WITHIN_REACH, houses)
        ]
    )
    assert told(outcomes).keys() <= {("Done", "MadePass"), ("Done", "Done"), ("Done", "not_yours")}
    assert crowd.count(AFTER_THE_CHANGE) == 0


# invitations and addresses


def test_an_invitation_lets_one_in(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, members=1, link=invitations)
    outcomes = race([[(admin_acts.accept, house.members[0].link)] * 2 for house in houses])
    assert told(outcomes) == {("Begun", "expired"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM sign_in") == ROUNDS
    assert crowd.count("SELECT count(*) FROM event WHERE act = 'invitation.accepted'") == ROUNDS


def test_an_invitation_is_taken_up_or_changed_first(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=1, members=1, link=invitations)
    changes = [admin_acts.revoke, admin_acts.renew, admin_acts.remove, admin_acts.suspend]
    outcomes = race(
        [
            [_on(act, admin, member), (admin_acts.accept, member.link)]
            for act, (admin, member) in _in_turn(changes, _admins(houses))
        ]
    )
    results = told(outcomes)
    taken_up = results["Begun", "outdated"]
    assert results.keys() <= {("Done", "expired"), ("Invitation", "expired"), ("Begun", "outdated"), ("Begun", "Done")}
    assert crowd.count(INVITATIONS) == results["Invitation", "expired"]
    assert crowd.count("SELECT count(*) FROM member WHERE role = 'member' AND status = 'active'") == taken_up
    assert crowd.count("SELECT count(*) FROM sign_in") == taken_up
    assert crowd.count("SELECT count(*) FROM enrolment") == taken_up


def test_an_invitation_does_not_outlive_the_address_it_was_for(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=1, members=1, link=invitations)
    outcomes = race(
        [
            [
                (admin_acts.change_email, admin.sessions[0], member.public_id, f"{uuid4().hex}@example.org"),
                (admin_acts.accept, member.link),
            ]
            for admin, member in _admins(houses)
        ]
    )
    results = told(outcomes)
    assert results.keys() <= {("Done", "expired"), ("Begun", "Done")}
    assert crowd.count("SELECT count(*) FROM member WHERE status = 'invited'") == results["Done", "expired"]
    assert crowd.count("SELECT count(*) FROM member WHERE email_changed_at IS NOT NULL") == results["Begun", "Done"]
    assert crowd.count(INVITATIONS) == 0


def test_two_renewals_leave_one_invitation(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=2, members=1, link=invitations)
    outcomes = race([[_on(admin_acts.renew, admin, house.members[0]) for admin in house.admins] for house in houses])
    assert told(outcomes) == {("Invitation", "Invitation"): ROUNDS}
    assert crowd.count(INVITATIONS) == ROUNDS


def test_an_address_invited_twice_at_once_is_one_member(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=2)
    outcomes = race(
        [[(admin_acts.invite, admin.sessions[0], "new@example.org") for admin in house.admins] for house in houses]
    )
    assert told(outcomes) == {("0 invited", "1 invited"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM member WHERE email_key = 'new@example.org'") == ROUNDS
    assert crowd.count(INVITATIONS) == ROUNDS


def test_an_address_is_given_to_one_member(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=2, members=2)
    outcomes = race(
        [
            [
                (admin_acts.change_email, admin.sessions[0], member.public_id, "new@example.org")
                for admin, member in zip(house.admins, house.members, strict=True)
            ]
            for house in houses
        ]
    )
    assert told(outcomes) == {("Done", "address_taken"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM member WHERE email_key = 'new@example.org'") == ROUNDS


def test_an_address_is_invited_or_given_to_a_member(crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, admins=2, members=1)
    outcomes = race(
        [
            [
                (admin_acts.invite, house.admins[0].sessions[0], "new@example.org"),
                (
                    admin_acts.change_email,
                    house.admins[1].sessions[0],
                    house.members[0].public_id,
                    "new@example.org",
                ),
            ]
            for house in houses
        ]
    )
    assert told(outcomes).keys() <= {("1 invited", "address_taken"), ("0 invited", "Done")}
    assert crowd.count("SELECT count(*) FROM member WHERE email_key = 'new@example.org'") == ROUNDS


# the organization


def test_two_owners_change_what_they_saw_once(portal: Portal, crowd: Crowd, race: Race) -> None:
    houses = crowd.houses(ROUNDS, owners=2)
    rounds = []
    for house in houses:
        with portal.reading() as tx:
            seen = policy_of(organizations.find(tx.db, house.id))
        wanted = [replace(seen, name="Renamed"), replace(seen, code_count=12)]
        rounds.append(
            [
                (admin_acts.change_organization, owner.sessions[0], seen, one)
                for owner, one in zip(house.owners, wanted, strict=True)
            ]
        )
    assert told(race(rounds)) == {("Changed", "outdated"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM organization WHERE name = 'Renamed' AND code_count = 12") == 0
    assert crowd.count("SELECT count(*) FROM event WHERE act = 'organization.changed'") == ROUNDS


def _on(act: Act, acting: Racer, who: Racer) -> tuple[Any, ...]:
    return act, acting.sessions[0], who.public_id


def _in_turn(options: Sequence[Option], rounds: Sequence[Taken]) -> list[tuple[Option, Taken]]:
    """Each option for two rounds, in which one and then the other of two runners comes late."""
    twice = [one for one in options for _ in range(2)]
    return list(zip(cycle(twice), rounds, strict=False))


def _does(portal: Portal, part: tuple[Any, ...]) -> None:
    """Before the race."""
    act, *arguments = part
    granted(act(portal, *arguments))


def _owners(houses: list[House]) -> list[list[Racer]]:
    return [house.owners for house in houses]


def _admins(houses: list[House]) -> list[tuple[Racer, Racer]]:
    """The admin and the member of each."""
    return [(house.admins[0], house.members[0]) for house in houses]


def _given_pass(portal: Portal, who: Racer) -> str:
    life = timedelta(hours=1)
    return passes.make(portal, who.email, organization=None, life=life, reason="race", by=OPERATOR).spelled


def _is_live(portal: Portal, who: Racer, spelled: str) -> bool:
    code = codes.read(spelled)
    assert code
    with portal.reading() as tx:
        live = kept_passes.find_live(tx.db, who.id, tx.now)
        indexes = tx.keys.indexes(code, pass_context(members.find(tx.db, who.id)))
        return live is not None and kept_passes.matches(tx.db, live.id, indexes)


def _scanning(portal: Portal, holder: Session | SignIn) -> tuple[Any, ...]:
    """They have begun to enrol, and are about to confirm."""
    granted(enrolment.start(portal, holder, replace=None, proof="", origin=AT_HOME))
    return acts.confirm, holder, scanned(portal, holder).code(portal.clock.now())


def _are_shut_out(crowd: Crowd) -> None:
    """All members are, with nothing open and nobody on the way in; who was removed has nothing left to come in by."""
    assert crowd.count(f"SELECT count(*) FROM member WHERE {SHUT_OUT}") == ROUNDS  # noqa: S608
    assert crowd.count(f"SELECT count(*) FROM member WHERE status = 'removed' AND {LEFT_TO_THE_REMOVED}") == 0  # noqa: S608
    for table in ("session", "sign_in"):
        whose = f"SELECT count(*) FROM {table} JOIN member ON member.id = {table}.member_id"  # noqa: S608
        assert crowd.count(f"{whose} WHERE role = 'member'") == 0
