"""A member's own account."""

import pytest

from app.domain.attempts import LockReason
from app.domain.events import OPERATOR, Act
from app.domain.refusals import Refused, Why
from app.portal import Portal
from app.services import account, enrolment, locks, password_link, sign_in
from app.steps.people import NoSuchMemberError
from app.steps.sessions import SessionEndedError
from tests.support.people import AT_HOME, NEW_PASSWORD, PASSWORD, People, Person, granted, refusal


def change(person: Person, password: str = NEW_PASSWORD, proof: str = "") -> account.PasswordChanged | Refused:
    return account.change_password(person.portal, person.session, password=password, proof=proof, origin=AT_HOME)


def test_readiness_of_a_ready_member(ada: Person, portal: Portal) -> None:
    ready = account.readiness_of(portal, ada.session)
    assert (ready.ready, ready.authenticators, ready.codes_left, ready.codes_total) == (True, 1, 10, 10)


def test_readiness_of_who_has_not_saved_the_codes(people: People, portal: Portal) -> None:
    person = people.with_pending_codes()
    assert not account.readiness_of(portal, person.session).ready


def test_a_name_can_be_changed(ada: Person, portal: Portal) -> None:
    account.rename(portal, ada.session, name="Ada Lovelace", origin=AT_HOME)
    assert ada.row.name == "Ada Lovelace"
    assert ada.acts[-1] is Act.NAME_CHANGED


def test_a_name_of_the_widest_letters_is_kept(ada: Person, portal: Portal) -> None:
    account.rename(portal, ada.session, name="\ufdfa" * 120, origin=AT_HOME)
    assert ada.row.name == "\ufdfa" * 120


def test_the_same_name_is_no_event(ada: Person, portal: Portal) -> None:
    before = ada.acts
    account.rename(portal, ada.session, name=ada.row.name, origin=AT_HOME)
    assert ada.acts == before


def test_a_new_password_is_the_one_that_counts(ada: Person) -> None:
    granted(change(ada))
    assert refusal(ada.try_password(PASSWORD)) is Why.WRONG_PASSWORD
    ada.password = NEW_PASSWORD
    ada.sign_in()


def test_a_new_password_ends_every_other_session(ada: Person) -> None:
    other = ada.elsewhere()
    other.sign_in()
    begun = other.begin()
    assert granted(change(ada)).others_ended == 1
    assert other.visitor() is None
    assert ada.visitor()
    with pytest.raises(SessionEndedError):
        other.try_code(begun, other.next_totp())


def test_a_new_password_voids_the_links_that_set_one(ada: Person, portal: Portal) -> None:
    token = ada.given_password_link()
    granted(change(ada))
    assert password_link.look(portal, token) is None


@pytest.mark.parametrize("unfit", ["short", "password1234", "x" * 257, "", "seven\x00unrelated pelicans"])
def test_an_unfit_password_is_refused_with_a_sentence(ada: Person, unfit: str) -> None:
    outcome = change(ada, unfit)
    assert refusal(outcome) is Why.UNFIT_PASSWORD
    assert isinstance(outcome, Refused)
    assert outcome.sentence.endswith(".")
    ada.begin()


def test_panic_ends_every_session_and_locks(ada: Person, portal: Portal) -> None:
    other = ada.elsewhere()
    other.sign_in()
    begun = ada.begin()
    account.panic(portal, ada.session, AT_HOME)
    assert ada.visitor() is None
    assert other.visitor() is None
    with pytest.raises(SessionEndedError):
        ada.try_code(begun, ada.next_totp())
    assert ada.try_code(ada.begin(), ada.next_totp()) == Refused(Why.LOCKED, lock=LockReason.PANIC)


def test_no_waiting_opens_what_panic_locked(ada: Person, portal: Portal) -> None:
    account.panic(portal, ada.session, AT_HOME)
    ada.clock.advance(days=1000)
    begun = ada.begin()
    assert refusal(ada.try_code(begun, ada.codes[0])) is Why.LOCKED
    ada.fail(12, begun)
    assert ada.row.lock
    assert ada.row.lock.reason is LockReason.PANIC


@pytest.mark.parametrize("reason", list(LockReason))
def test_the_operator_opens_a_lock_of_any_reason(ada: Person, portal: Portal, reason: LockReason) -> None:
    ada.set(lock_reason=reason.value)
    assert locks.unlock(portal, ada.email, organization=None, reason="asked", by=OPERATOR).lock is reason
    ada.sign_in()


def test_unlocking_who_is_not_locked_says_so(ada: Person, portal: Portal) -> None:
    opened = locks.unlock(portal, ada.email, organization=None, reason="asked", by=OPERATOR)
    assert (opened.name, opened.lock, opened.doors, opened.password_stopped) == ("Ada", None, 0, False)
    assert ada.acts[-1] is Act.UNLOCKED


def test_nobody_is_unlocked_for_an_unknown_address(ada: Person, portal: Portal) -> None:
    with pytest.raises(NoSuchMemberError):
        locks.unlock(portal, "nobody@example.org", organization=None, reason="asked", by=OPERATOR)


def test_after_panic_the_password_alone_enrols_nothing(people: People, portal: Portal) -> None:
    """Who knows the password must not get in by a first authenticator of their own."""
    person = people.newcomer(required=False)
    person.postpone()
    account.panic(portal, person.session, AT_HOME)
    with pytest.raises(SessionEndedError):
        enrolment.start(portal, person.begin(), replace=None, proof="", origin=AT_HOME)


def test_after_panic_the_password_alone_opens_no_session(people: People, portal: Portal) -> None:
    person = people.newcomer(required=False)
    person.postpone()
    account.panic(portal, person.session, AT_HOME)
    with pytest.raises(SessionEndedError):
        sign_in.postpone(portal, person.begin(), browser_token=None, origin=AT_HOME)
