"""`pass`, `password-link` and `unlock`, as the operator types them."""

import re

import pytest

from app.domain.events import Act
from app.domain.refusals import Refused
from app.services import password_link
from tests.cli.conftest import Sparekey
from tests.support.people import AT_HOME, NEW_PASSWORD, People, Person, granted


def test_a_pass_that_is_printed_opens_the_way_to_a_new_phone(ada: Person, sparekey: Sparekey) -> None:
    made = sparekey("pass", ada.email, "--reason", "lost both")
    assert (made.status, made.err) == (0, "")
    (spelled,) = re.findall(r"^    (\S+)$", made.out, re.MULTILINE)
    granted(ada.use_pass(spelled))
    assert (Act.PASS_MADE, "operator", "lost both") in ada.done_by_others()


def test_a_password_link_that_is_printed_sets_a_password(ada: Person, sparekey: Sparekey) -> None:
    made = sparekey("password-link", ada.email)
    (token,) = re.findall(r"/password/(\S+)$", made.out, re.MULTILINE)
    granted(password_link.use(ada.portal, token, NEW_PASSWORD, AT_HOME))
    ada.password = NEW_PASSWORD
    ada.sign_in()


def test_unlocking_opens_what_wrong_codes_locked(ada: Person, sparekey: Sparekey) -> None:
    ada.fail(10)
    assert isinstance(ada.try_code(ada.begin(), ada.next_totp()), Refused)
    opened = sparekey("unlock", ada.email)
    assert (opened.status, opened.out) == (0, "Ada was locked (attempts); the second factor is open now.\n")
    ada.sign_in()


@pytest.mark.parametrize("command", ["pass", "password-link", "unlock"])
def test_a_member_who_is_not_there_is_said_in_a_sentence(command: str, ada: Person, sparekey: Sparekey) -> None:
    refused = sparekey(command, "nobody@example.org")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == "sparekey: No active member has the address nobody@example.org.\n"


@pytest.mark.parametrize("command", ["pass", "password-link", "unlock"])
def test_an_address_in_two_organizations_wants_to_know_which(
    command: str, ada: Person, people: People, sparekey: Sparekey
) -> None:
    people.ready(ada.email, slug="lighthouse")
    refused = sparekey(command, ada.email)
    assert refused.status == 1
    assert "--organization (harbour, lighthouse)" in refused.err
    assert sparekey(command, ada.email, "--organization", "lighthouse").status == 0


@pytest.mark.parametrize("command", ["pass", "password-link", "unlock"])
def test_without_an_address_the_call_is_wrong(command: str, sparekey: Sparekey) -> None:
    wrong = sparekey(command)
    assert wrong.status == 2
    assert "EMAIL" in wrong.err


@pytest.mark.parametrize("minutes", ["9", "1441", "an hour", "-10"])
def test_a_pass_lives_ten_minutes_to_a_day(minutes: str, ada: Person, sparekey: Sparekey) -> None:
    assert sparekey("pass", ada.email, "--minutes", minutes).status == 2
    assert sparekey("pass", ada.email, "--minutes", "10").status == 0


def test_a_reason_is_words(ada: Person, sparekey: Sparekey) -> None:
    assert sparekey("unlock", ada.email, "--reason", "  ").status == 2
    assert sparekey("unlock", ada.email, "--reason", "x" * 301).status == 2
