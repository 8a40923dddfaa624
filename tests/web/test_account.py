"""A member's own account: how ready it is, the name, the password, and the history of it all."""

import re

import pytest

from app.domain.events import Act
from tests.support.clock import TestClock
from tests.support.members_web import NEW_PASSWORD, PASSWORD, Browser, Person
from tests.support.offices import Office


def test_the_account_says_how_ready_it_is(adas: Browser) -> None:
    adas.open("/account")
    assert "1 authenticator, 10 recovery codes left, saved 4 May 2026" in adas.told
    assert "Add a second authenticator" in adas.told


def test_an_account_without_an_authenticator_is_not_ready(office: Office) -> None:
    browser = office.postponed(office.person("Nora New", enrolled=False))
    browser.open("/account")
    assert "Not ready yet" in browser.told
    assert "Set up an authenticator" in browser.told


def test_a_new_name_is_shown_at_once(office: Office, ada: Person, adas: Browser) -> None:
    adas.open("/account/profile")
    adas.press("Save name", name="Ada Lovelace")
    assert "Your name is saved" in adas.told
    assert "Ada Lovelace" in adas.told
    assert office.acts(ada)[-1] is Act.NAME_CHANGED


def test_a_new_password_counts_from_now_on(office: Office, ada: Person, adas: Browser) -> None:
    adas.open("/account/profile")
    assert adas.press("Change password", password=NEW_PASSWORD).status_code == 303
    assert office.browser().enter_password(ada, PASSWORD).status_code == 422
    ada.password = NEW_PASSWORD
    office.signed_in(ada)


def test_a_password_is_changed_with_a_code_by_whoever_forgot_the_old_one(
    ada: Person, adas: Browser, clock: TestClock
) -> None:
    clock.advance(minutes=6)
    adas.open("/account/profile")
    assert adas.press("Change password", password=NEW_PASSWORD, proof=ada.wrong_code()).status_code == 422
    assert adas.press("Change password", password=NEW_PASSWORD, proof=ada.code()).status_code == 303


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "Choose a password"),
        ("short", "at least 12 characters"),
        ("x" * 257, "at most 256 characters"),
        ("password1234", "easy to guess"),
        ("aaaaaaaaaaaaaaaa", "easy to guess"),
        ("ada@example.org", "easy to guess"),
        ("bell\awithin the words", "control characters"),
    ],
)
def test_an_unfit_password_is_refused_with_a_reason(adas: Browser, password: str, words: str) -> None:
    assert adas.submit("/account/password", password=password).status_code == 422
    assert words in adas.told


@pytest.mark.parametrize("password", ["x" * 11, " " * 12])
def test_a_password_refused_is_not_shown_again(adas: Browser, password: str) -> None:
    adas.submit("/account/password", password=password)
    assert f'value="{password}"' not in adas.text


@pytest.mark.parametrize("path", ["/account/name", "/account/password"])
def test_two_forms_on_a_page_keep_their_errors_apart(adas: Browser, path: str) -> None:
    adas.submit(path, name="", password="")
    errors = re.findall(r'id="([\w-]+)-error"', adas.text)
    assert errors == (["name"] if path == "/account/name" else ["password-password"])


def test_the_history_is_told_in_sentences_newest_first(office: Office, ada: Person, adas: Browser) -> None:
    adas.submit("/account/recovery-codes/shown")
    adas.open("/account/history")
    assert adas.told.index("You looked at your recovery codes") < adas.told.index("You signed in with a code")
    assert "203.0.113.7" in adas.told


def test_the_history_goes_on_page_by_page(office: Office, ada: Person, adas: Browser) -> None:
    for number in range(60):
        adas.submit("/account/name", name=f"Ada {number}")
    seen, path, pages = 0, "/account/history", 0
    while path:
        page = adas.open(path).get_data(as_text=True)
        seen += page.count('class="row-item')
        older = re.search(r'href="(/account/history\?before=[^"]+)"', page)
        path, pages = (older[1] if older else ""), pages + 1
    assert (seen, pages) == (len(office.acts(ada)), 3)


def test_the_history_of_somebody_else_is_not_read_from(office: Office, ada: Person, adas: Browser, bob: Person) -> None:
    office.signed_in(bob, address="198.51.100.77")
    with office.portal.reading() as tx:
        bobs = tx.db.exec_driver_sql("SELECT public_id FROM event ORDER BY id DESC LIMIT 1").scalar_one()
    adas.open(f"/account/history?before={bobs}")
    assert "198.51.100.77" not in adas.told
    assert adas.open("/account/history?before=nonsense").status_code == 404


def test_nobody_but_the_member_is_on_the_members_pages(office: Office, ada: Person, adas: Browser, bob: Person) -> None:
    for path in ("/account", "/account/profile", "/account/sessions", "/account/history", "/account/recovery-codes"):
        adas.open(path)
        assert bob.name not in adas.text
        assert bob.email not in adas.text
