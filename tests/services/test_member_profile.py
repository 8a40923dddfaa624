"""What an administrator sees of a member before acting on them."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from app.domain.attempts import KNOWN_BROWSERS_ONLY_AFTER
from app.domain.events import Act
from app.domain.members import Role, Status
from app.portal import Portal
from app.services import members, passes
from app.services.members import Profile
from app.steps.passwords import Waits
from app.storage import attempts
from tests.support.clock import A_MONDAY, TestClock
from tests.support.people import AT_HOME, ELSEWHERE, People, Person, granted


def look(by: Person, who: Person) -> Profile:
    found = members.look(by.portal, by.session, who.public_id)
    assert found
    return found


def at(clock: TestClock, moment: datetime, by: Person) -> None:
    """That moment, with who looks signed in again."""
    clock.set(moment - timedelta(seconds=30))
    by.sign_in()


def test_it_says_who_it_is_and_what_they_have(grace: Person, ada: Person) -> None:
    seen = look(grace, ada)
    assert (seen.line.name, seen.line.email, seen.line.role) == ("Ada", "ada@example.org", Role.MEMBER)
    assert [one.name for one in seen.authenticators] == ["Phone"]
    assert (seen.readiness.ready, seen.readiness.codes_left, seen.codes_made_at) == (True, 10, A_MONDAY)
    assert (seen.open_sessions, seen.failures, seen.passes, seen.invitation) == (1, 0, [], None)
    assert (seen.any_door_closed, seen.only_known_browsers, seen.password_stopped_at) == (False, False, None)


def test_codes_left_and_wrong_codes_are_counted_for_thirty_days(grace: Person, ada: Person, clock: TestClock) -> None:
    ada.sign_in(ada.codes[0])
    ada.fail(3)
    seen = look(grace, ada)
    assert (seen.readiness.codes_left, seen.failures) == (9, 3)
    at(clock, clock.now() + timedelta(days=30), grace)
    assert look(grace, ada).failures == 0


def test_only_living_sessions_are_counted(grace: Person, ada: Person, clock: TestClock) -> None:
    clock.advance(minutes=10)
    ada.elsewhere().sign_in()
    at(clock, A_MONDAY + timedelta(minutes=30, seconds=-1), grace)
    assert look(grace, ada).open_sessions == 2
    clock.advance(seconds=1)
    assert look(grace, ada).open_sessions == 1


def test_the_last_five_sign_ins_are_shown_with_their_origin(grace: Person, ada: Person) -> None:
    ada.elsewhere().sign_in()
    ada.fail(1)
    seen = look(grace, ada)
    assert [(one.act, one.origin) for one in seen.sign_ins] == [(Act.SIGNED_IN, ELSEWHERE), (Act.SIGNED_IN, AT_HOME)]
    for _ in range(5):
        ada.sign_in()
    assert [one.origin for one in look(grace, ada).sign_ins] == [AT_HOME] * 5


def test_the_last_eight_acts_are_shown_newest_first(grace: Person, ada: Person) -> None:
    ada.regenerate()
    ada.acknowledge()
    ada.sign_in()
    assert look(grace, ada).recent == ada.history[:-9:-1]


def test_passes_of_a_year_are_shown_with_their_makers(grace: Person, ada: Person, clock: TestClock) -> None:
    granted(ada.use_pass(ada.given_pass()))
    ada.enrol(ada.session)
    at(clock, A_MONDAY + timedelta(days=1), grace)
    granted(grace.does(passes.make_for, ada, life=timedelta(hours=1)))
    made = look(grace, ada).passes
    assert [(one.maker, one.by_operator, one.spent_at) for one in made] == [
        ("Grace", False, None),
        ("", True, A_MONDAY),
    ]
    at(clock, A_MONDAY + timedelta(days=365, seconds=-1), grace)
    assert len(look(grace, ada).passes) == 2
    clock.advance(seconds=1)
    assert [one.maker for one in look(grace, ada).passes] == ["Grace"]


def test_a_first_enrolment_from_an_unknown_browser_is_marked_for_thirty_days(
    people: People, grace: Person, clock: TestClock
) -> None:
    bob = people.ready("bob@example.org")
    assert look(grace, bob).added_unseen_at == A_MONDAY
    at(clock, A_MONDAY + timedelta(days=30, seconds=-1), grace)
    assert look(grace, bob).added_unseen_at == A_MONDAY
    clock.advance(seconds=1)
    assert look(grace, bob).added_unseen_at is None


def test_adding_another_authenticator_does_not_clear_the_mark_and_a_pass_does(grace: Person, people: People) -> None:
    bob = people.ready("bob@example.org")
    bob.enrol(bob.session)
    assert look(grace, bob).added_unseen_at == A_MONDAY
    granted(bob.use_pass(bob.given_pass()))
    bob.enrol(bob.session)
    assert look(grace, bob).added_unseen_at is None


def test_a_hundred_wrong_passwords_are_told(grace: Person, ada: Person, portal: Portal) -> None:
    def fail(times: int) -> None:
        for _ in range(times):
            with portal.writing(AT_HOME) as tx:
                Waits(tx, ada.organization_id, ada.email).take(known_browser=True)

    fail(KNOWN_BROWSERS_ONLY_AFTER - 1)
    assert not look(grace, ada).only_known_browsers
    fail(1)
    assert look(grace, ada).only_known_browsers


def test_any_closed_door_is_told(grace: Person, ada: Person, portal: Portal) -> None:
    with portal.writing() as tx:
        attempts.count_at_door(tx.db, ada.row, "project")
        attempts.close_door(tx.db, ada.id, "project", tx.now)
    seen = look(grace, ada)
    assert seen.any_door_closed
    assert not seen.line.door_closed


@pytest.mark.parametrize(
    ("own", "other", "mine", "grantable"),
    [
        (Role.OWNER, Role.OWNER, True, [Role.MEMBER, Role.ADMIN]),
        (Role.OWNER, Role.MEMBER, True, [Role.ADMIN, Role.OWNER]),
        (Role.ADMIN, Role.MEMBER, True, []),
        (Role.ADMIN, Role.ADMIN, False, []),
        (Role.ADMIN, Role.OWNER, False, []),
    ],
)
def test_it_says_what_is_open_to_who_looks(
    people: People,
    own: Role,
    other: Role,
    mine: bool,  # noqa: FBT001
    grantable: list[Role],
) -> None:
    by, who = people.ready("looks@example.org", role=own), people.ready("seen@example.org", role=other)
    seen = look(by, who)
    assert (seen.mine, seen.oneself, seen.grantable) == (mine, False, grantable)


def test_one_sees_oneself_and_can_do_nothing(olive: Person) -> None:
    seen = look(olive, olive)
    assert (seen.mine, seen.oneself, seen.grantable) == (False, True, [])


def test_the_last_owner_is_marked(people: People, olive: Person, grace: Person) -> None:
    assert look(grace, olive).last_owner
    assert not look(olive, grace).last_owner
    people.owner("second@example.org")
    assert not look(grace, olive).last_owner


def test_the_removed_can_be_looked_at(grace: Person, ada: Person) -> None:
    ada.set(status="removed")
    assert look(grace, ada).line.status is Status.REMOVED


def test_nobody_of_another_organization_is_seen(people: People, grace: Person) -> None:
    eve = people.ready("eve@example.org", slug="other")
    assert members.look(grace.portal, grace.session, eve.public_id) is None
    assert members.look(grace.portal, grace.session, uuid4()) is None
