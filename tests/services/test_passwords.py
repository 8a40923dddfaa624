"""The first half of signing in: the password, its waits and its end."""

import pytest

from app.domain.events import OPERATOR, Act, Origin
from app.domain.members import Status
from app.domain.passwords import PasswordHasher
from app.domain.refusals import Refused, Why
from app.portal import Portal
from app.services import account, locks, password_link, visitors
from app.steps.sessions import SessionEndedError
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, NEW_PASSWORD, People, Person, granted, refusal

WRONG = "not the password of anybody"


def stranger(people: People, email: str) -> Person:
    """Somebody at the form whom the portal does not know."""
    return Person(people.portal, people.clock, 0, people.organization(), email)


def test_the_right_password_begins_a_sign_in(newcomer: Person) -> None:
    begun = granted(newcomer.try_password())
    assert not begun.to_code


def test_the_address_is_found_however_it_is_written(newcomer: Person) -> None:
    newcomer.email = "\uff21DA@Example.ORG"
    newcomer.begin()


def test_the_password_is_the_same_in_any_unicode_form(people: People) -> None:
    person = people.newcomer()
    person.gets_new_password("café crème für Ångström ﬁn")
    person.password = "cafe\u0301 cre\u0300me fu\u0308r A\u030angstro\u0308m fin"
    person.begin()


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.INVITED, Status.REMOVED])
def test_who_may_not_sign_in_is_answered_like_a_stranger(people: People, status: Status) -> None:
    known, unknown = people.with_status(status, "ada@example.org"), stranger(people, "eve@example.org")
    wrong = people.newcomer("bob@example.org")
    for person, place in ((known, "192.0.2.1"), (unknown, "198.51.100.1"), (wrong, "203.0.113.1")):
        person.origin = Origin(place, "")
    for _ in range(8):
        answers = [known.try_password(), unknown.try_password(), wrong.try_password(WRONG)]
        assert answers[0] == answers[1] == answers[2]
        assert isinstance(answers[0], Refused)


def test_the_right_password_of_a_suspended_member_is_wrong(people: People) -> None:
    person = people.with_status(Status.SUSPENDED, "ada@example.org")
    assert refusal(person.try_password()) is Why.WRONG_PASSWORD


def test_a_member_without_a_password_is_answered_like_a_stranger(newcomer: Person) -> None:
    newcomer.set(password_hash=None)
    assert refusal(newcomer.try_password()) is Why.WRONG_PASSWORD


def test_a_member_of_another_organization_is_a_stranger(people: People, newcomer: Person) -> None:
    newcomer.organization_id = people.organization("elsewhere")
    assert refusal(newcomer.try_password()) is Why.WRONG_PASSWORD


def test_a_suspension_ends_what_was_begun(newcomer: Person, portal: Portal) -> None:
    begun = granted(newcomer.try_password()).begun
    newcomer.set(status="suspended")
    assert visitors.with_sign_in(portal, begun.token) is None
    with pytest.raises(SessionEndedError):
        newcomer.try_code(begun.sign_in, "123456")


def wait_after(person: Person, failures: int) -> float:
    """Seconds to wait after so many wrong ones, each typed as soon as it may be."""
    for _ in range(failures):
        assert refusal(person.try_password(WRONG)) is Why.WRONG_PASSWORD
        outcome = person.try_password()
        assert isinstance(outcome, Refused), "the right password was accepted, which clears the row"
        assert outcome.until
        seconds = (outcome.until - person.clock.now()).total_seconds()
        person.clock.set(outcome.until)
    return seconds


def test_the_first_four_wrong_passwords_cost_no_wait(newcomer: Person) -> None:
    for _ in range(4):
        assert refusal(newcomer.try_password(WRONG)) is Why.WRONG_PASSWORD
    newcomer.begin()


def test_waits_grow_from_the_fifth_on(newcomer: Person) -> None:
    for _ in range(4):
        newcomer.try_password(WRONG)
    assert [wait_after(newcomer, 1) for _ in range(5)] == [1, 2, 4, 8, 16]


def test_no_wait_is_longer_than_a_quarter_of_an_hour(newcomer: Person) -> None:
    for _ in range(4):
        newcomer.try_password(WRONG)
    assert wait_after(newcomer, 20) == 15 * 60


def test_the_right_password_waits_too(newcomer: Person, clock: TestClock) -> None:
    for _ in range(5):
        newcomer.try_password(WRONG)
    assert refusal(newcomer.try_password()) is Why.WAIT
    clock.advance(seconds=1)
    newcomer.begin()


def test_the_wait_is_of_one_place_only(newcomer: Person) -> None:
    for _ in range(5):
        newcomer.try_password(WRONG)
    newcomer.elsewhere().begin()


def test_a_right_password_forgets_the_wrong_ones(newcomer: Person) -> None:
    for _ in range(3):
        for _ in range(4):
            newcomer.try_password(WRONG)
        newcomer.begin()


def test_one_place_has_twenty_wrong_ones_for_all_together(people: People, clock: TestClock) -> None:
    for number in range(20):
        assert refusal(stranger(people, f"guess{number}@example.org").try_password(WRONG)) is Why.WRONG_PASSWORD
    person = people.newcomer()
    assert refusal(person.try_password()) is Why.WAIT
    clock.advance(seconds=1)
    person.begin()


def test_the_neighbours_of_an_address_share_its_count(people: People) -> None:
    for number in range(20):
        person = stranger(people, f"guess{number}@example.org")
        person.origin = Origin(f"192.0.2.{number}", "")
        person.try_password(WRONG)
    neighbour = people.newcomer()
    assert neighbour.origin.address.startswith("192.0.2.")
    assert refusal(neighbour.try_password()) is Why.WAIT


def test_what_came_from_a_place_is_forgotten_after_a_day(newcomer: Person, clock: TestClock) -> None:
    for _ in range(4):
        newcomer.try_password(WRONG)
    clock.advance(days=1, seconds=1)
    newcomer.try_password(WRONG)
    newcomer.begin()


def guessed_a_hundred_times(person: Person) -> None:
    """From so many places that no wait stops it."""
    for number in range(100):
        person.origin = Origin(f"10.{number}.0.1", "")
        assert refusal(person.try_password(WRONG)) is Why.WRONG_PASSWORD
    person.origin = Origin("10.200.0.1", "")


def test_after_a_hundred_wrong_ones_only_known_browsers_get_in(ada: Person) -> None:
    attacker = ada.elsewhere()
    guessed_a_hundred_times(attacker)
    assert refusal(attacker.try_password()) is Why.UNKNOWN_BROWSER
    ada.sign_in()


def test_a_hundred_over_any_time_count(ada: Person, clock: TestClock) -> None:
    attacker = ada.elsewhere()
    guessed_a_hundred_times(attacker)
    clock.advance(days=60)
    assert refusal(attacker.try_password()) is Why.UNKNOWN_BROWSER


def test_a_stranger_is_answered_like_a_member_after_a_hundred(people: People) -> None:
    nobody = stranger(people, "nobody@example.org")
    guessed_a_hundred_times(nobody)
    assert refusal(nobody.try_password()) is Why.UNKNOWN_BROWSER


def test_a_new_password_opens_again_for_every_browser(ada: Person) -> None:
    attacker = ada.elsewhere()
    guessed_a_hundred_times(attacker)
    ada.gets_new_password()
    attacker.password = ada.password
    attacker.begin()


def test_unlocking_opens_again_for_every_browser(ada: Person, portal: Portal) -> None:
    attacker = ada.elsewhere()
    guessed_a_hundred_times(attacker)
    locks.unlock(portal, ada.email, organization=None, reason="asked", by=OPERATOR)
    attacker.begin()


def test_another_member_of_the_same_browser_is_not_known(people: People, ada: Person) -> None:
    bob = people.ready("bob@example.org")
    there = bob.elsewhere()
    guessed_a_hundred_times(there)
    there.browser_token = ada.browser_token
    assert refusal(there.try_password()) is Why.UNKNOWN_BROWSER


def fail_in_all(person: Person, times: int) -> None:
    """So many failures, a right code after every two, so that nothing locks meanwhile."""
    person.clock.advance(minutes=1)
    for number in range(times):
        person.fail(1)
        if number % 2 and number + 1 < times:
            person.clock.advance(minutes=1)
            person.sign_in()


def test_thirty_failures_stop_the_password_whatever_succeeded_between(ada: Person) -> None:
    fail_in_all(ada, 29)
    begun = ada.begin()
    assert refusal(ada.try_code(begun, ada.wrong_totp())) is Why.PASSWORD_STOPPED
    assert refusal(ada.try_password()) is Why.PASSWORD_STOPPED
    assert ada.acts[-1] is Act.PASSWORD_STOPPED
    with pytest.raises(SessionEndedError):
        ada.try_code(begun, ada.next_totp())


def test_failures_of_more_than_thirty_days_ago_do_not_stop_the_password(ada: Person, clock: TestClock) -> None:
    fail_in_all(ada, 20)
    clock.advance(days=30)
    fail_in_all(ada, 28)
    ada.sign_in()


def test_a_password_link_opens_what_was_stopped(ada: Person) -> None:
    fail_in_all(ada, 30)
    ada.gets_new_password()
    ada.sign_in()
    ada.fail(1)
    assert ada.row.password_stopped_at is None


def test_a_stopped_password_is_told_to_nobody_who_does_not_know_it(ada: Person) -> None:
    fail_in_all(ada, 30)
    assert refusal(ada.try_password(WRONG)) is Why.WRONG_PASSWORD


def test_a_session_that_proved_a_second_factor_sets_a_new_password_where_the_old_one_was_stopped(
    ada: Person, portal: Portal
) -> None:
    attacker = ada.elsewhere()
    fail_in_all(attacker, 28)
    ada.sign_in()
    attacker.fail(2)
    assert ada.row.password_stopped_at
    proof = ada.next_totp()
    changed = account.change_password(portal, ada.session, password=NEW_PASSWORD, proof=proof, origin=AT_HOME)
    ada.token, ada.password = granted(changed).token or ada.token, NEW_PASSWORD
    ada.sign_in()


def test_a_wrong_password_is_in_the_history(newcomer: Person) -> None:
    newcomer.try_password(WRONG)
    assert newcomer.acts == [Act.PASSWORD_REFUSED]


def test_an_outdated_hash_is_renewed_by_the_right_password(newcomer: Person) -> None:
    older = PasswordHasher(time_cost=2, memory_cost=16).hash(newcomer.password)
    newcomer.set(password_hash=older)
    newcomer.begin()
    assert newcomer.row.password_hash != older
    newcomer.begin()


def test_a_link_sets_a_password_and_signs_nobody_in(ada: Person, portal: Portal) -> None:
    token = ada.given_password_link()
    granted(password_link.use(portal, token, NEW_PASSWORD, ada.origin))
    assert ada.visitor() is None
    assert refusal(ada.try_password()) is Why.WRONG_PASSWORD
