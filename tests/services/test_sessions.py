"""Sessions and known browsers: how they end, and what is shown of them."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from app.domain.events import Act
from app.portal import Portal
from app.services import account, sessions, sign_in
from app.steps.sessions import SessionEndedError
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, ELSEWHERE, People, Person


def last_seen(portal: Portal) -> object:
    with portal.reading() as tx:
        return tx.db.execute(text("SELECT last_seen_at FROM session")).scalar_one()


def test_an_idle_session_ends_after_half_an_hour(ada: Person, clock: TestClock) -> None:
    clock.advance(minutes=30, seconds=-1)
    assert ada.visitor()
    clock.advance(minutes=30)
    assert ada.visitor() is None


def test_a_session_ends_after_twelve_hours_however_busy(ada: Person, clock: TestClock) -> None:
    for _ in range(12 * 3 - 1):
        clock.advance(minutes=20)
        assert ada.visitor()
    clock.advance(minutes=20)
    assert ada.visitor() is None


def test_an_idle_session_does_nothing(ada: Person, portal: Portal, clock: TestClock) -> None:
    session = ada.session
    clock.advance(hours=12)
    with pytest.raises(SessionEndedError):
        account.rename(portal, session, name="Ada", origin=AT_HOME)


def test_the_last_use_is_noted_at_most_once_a_minute(ada: Person, portal: Portal, clock: TestClock) -> None:
    before = last_seen(portal)
    clock.advance(seconds=60)
    ada.visitor()
    assert last_seen(portal) == before
    clock.advance(seconds=1)
    ada.visitor()
    assert last_seen(portal) != before


def test_sessions_are_listed_with_this_one_marked(ada: Person, portal: Portal, clock: TestClock) -> None:
    other = ada.elsewhere()
    other.sign_in()
    listed = sessions.all_of(portal, ada.session)
    assert [(one.browser, one.address, one.current) for one in listed] == [
        (ELSEWHERE.browser, ELSEWHERE.address, False),
        (AT_HOME.browser, AT_HOME.address, True),
    ]
    clock.advance(minutes=31)
    assert [one.current for one in sessions.all_of(portal, other.sign_in())] == [True]


def test_one_other_session_can_be_ended(ada: Person, portal: Portal) -> None:
    other = ada.elsewhere()
    other.sign_in()
    assert sessions.end(portal, ada.session, other.session.public_id, AT_HOME)
    assert other.visitor() is None
    assert ada.acts[-1] is Act.SESSION_ENDED


def test_ending_what_has_ended_is_no_event(ada: Person, portal: Portal) -> None:
    before = ada.acts
    assert not sessions.end(portal, ada.session, uuid4(), AT_HOME)
    assert ada.acts == before


def test_nobody_ends_the_session_of_another_member(people: People, ada: Person, portal: Portal) -> None:
    bob = people.ready("bob@example.org")
    assert not sessions.end(portal, ada.session, bob.session.public_id, AT_HOME)
    assert bob.visitor()


def test_all_others_can_be_ended_with_those_coming_in(ada: Person, portal: Portal) -> None:
    other = ada.elsewhere()
    other.sign_in()
    begun = other.begin()
    assert sessions.end_all_others(portal, ada.session, AT_HOME) == 1
    assert ada.visitor()
    assert other.visitor() is None
    with pytest.raises(SessionEndedError):
        other.try_code(begun, other.next_totp())


def test_an_ended_session_is_not_mistaken_for_a_later_one(people: People, ada: Person, portal: Portal) -> None:
    """A request that was on its way when its session ended must not act by the session of somebody else."""
    bob = people.ready("bob@example.org")
    session = ada.sign_in()
    sign_in.sign_out(portal, session, AT_HOME)
    bob.elsewhere().sign_in()
    with pytest.raises(SessionEndedError):
        account.rename(portal, session, name="Not I", origin=AT_HOME)


def test_an_ended_sign_in_is_not_mistaken_for_a_later_one(people: People, ada: Person, portal: Portal) -> None:
    bob = people.ready("bob@example.org")
    begun = ada.begin()
    sign_in.leave(portal, begun)
    bob.begin()
    with pytest.raises(SessionEndedError):
        ada.try_code(begun, ada.next_totp())


def test_a_suspended_member_is_out_at_once(ada: Person, portal: Portal) -> None:
    session = ada.session
    ada.set(status="suspended")
    assert ada.visitor() is None
    with pytest.raises(SessionEndedError):
        account.rename(portal, session, name="Ada", origin=AT_HOME)


def test_a_browser_is_known_after_a_complete_sign_in_only(people: People, portal: Portal) -> None:
    person = people.newcomer()
    begun = person.begin()
    assert person.browser_token is None
    person.enrol(begun)
    known = sessions.known_browsers_of(portal, person.session, person.browser_token)
    assert [(one.browser, one.current) for one in known] == [(AT_HOME.browser, True)]


def test_the_same_browser_is_known_once(ada: Person, portal: Portal) -> None:
    ada.sign_in()
    ada.sign_in()
    assert len(sessions.known_browsers_of(portal, ada.session, ada.browser_token)) == 1


def test_one_browser_may_be_known_to_two_members(people: People, ada: Person, portal: Portal) -> None:
    bob = people.newcomer("bob@example.org")
    bob.browser_token = ada.browser_token
    bob.enrol()
    assert bob.browser_token == ada.browser_token
    assert len(sessions.known_browsers_of(portal, bob.session, bob.browser_token)) == 1


def test_a_browser_is_forgotten_after_ninety_days(ada: Person, portal: Portal, clock: TestClock) -> None:
    token = ada.browser_token
    other = ada.elsewhere()
    clock.advance(days=90, seconds=-31)
    session = other.sign_in()
    assert len(sessions.known_browsers_of(portal, session, token)) == 2
    clock.advance(seconds=1)
    assert [one.current for one in sessions.known_browsers_of(portal, session, token)] == [False]


def test_a_browser_can_be_forgotten(ada: Person, portal: Portal) -> None:
    known = sessions.known_browsers_of(portal, ada.session, ada.browser_token)[0].id
    assert sessions.forget_browser(portal, ada.session, known, AT_HOME)
    assert sessions.known_browsers_of(portal, ada.session, ada.browser_token) == []
    assert not sessions.forget_browser(portal, ada.session, known, AT_HOME)
    assert ada.acts.count(Act.BROWSER_FORGOTTEN) == 1


def test_nobody_forgets_the_browser_of_another_member(people: People, ada: Person, portal: Portal) -> None:
    bob = people.ready("bob@example.org")
    known = sessions.known_browsers_of(portal, bob.session, bob.browser_token)[0].id
    assert not sessions.forget_browser(portal, ada.session, known, AT_HOME)
