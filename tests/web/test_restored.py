"""After a restored backup was looked after: what people see who come back."""

import pytest

from app.services import restoring
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.offices import Office


@pytest.fixture
def restored(office: Office, ada: Person, ines: Person, clock: TestClock) -> Office:
    """Ada and an admin were there when the backup was taken."""
    assert restoring.finish(office.portal, unmarked=True).members >= 2
    clock.advance(minutes=2)  # the codes of the moment count as used
    return office


def test_who_was_signed_in_signs_in_anew_and_is_told_why(adas: Browser, ada: Person, restored: Office) -> None:
    adas.open("/account")
    assert "sign-in" in (adas.arrive().request.path)
    adas.sign_in(ada)
    assert "The portal was restored from a backup." in adas.told
    adas.press("Make a new set")
    assert len(set(adas.codes)) == 10


def test_a_recovery_code_from_before_is_refused(ada: Person, restored: Office) -> None:
    browser = restored.past_the_password(ada)
    reply = browser.submit("/sign-in/code", code=ada.codes[0])
    assert reply.status_code == 422
    assert not browser.is_in


def test_the_history_and_the_log_say_so(ada: Person, ines: Person, restored: Office) -> None:
    for person, path, words in (
        (ada, "/account/history", "Your recovery codes stopped working because the portal was restored from a backup."),
        (ines, "/audit", "The operator restored the portal from a backup of 2026-"),
    ):
        browser = restored.browser()
        browser.sign_in(person)
        browser.press("Make a new set")
        browser.submit("/account/recovery-codes/acknowledgement", generation="2", saved="y")
        assert browser.open(path).status_code == 200
        assert words in browser.told
