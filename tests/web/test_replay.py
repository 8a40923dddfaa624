"""A code counts once, however it is spelled, wherever and whenever it comes again."""

from collections.abc import Callable

import pytest

from app.domain.events import Act
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.offices import Office

SPELLINGS: dict[str, Callable[[str], str]] = {
    "a space": lambda code: f"{code[:3]} {code[3:]}",
    "spaces around": lambda code: f" {code} ",
    "a dash": lambda code: f"{code[:3]}-{code[3:]}",
    "a line feed": lambda code: f"{code}\n",
    "full width": lambda code: code.translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
    "superscript": lambda code: code.translate(dict(zip(map(ord, "0123456789"), "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))),
    "circled": lambda code: code.translate(dict(zip(map(ord, "0123456789"), "⓪①②③④⑤⑥⑦⑧⑨", strict=True))),
    "Arabic": lambda code: code.translate({ord("0") + n: 0x0660 + n for n in range(10)}),
    "mathematical": lambda code: code.translate({ord("0") + n: 0x1D7CE + n for n in range(10)}),
}
CODE_SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it was": lambda code: code,
    "capitals": str.upper,
    "no dashes": lambda code: code.replace("-", ""),
    "spaces": lambda code: code.replace("-", " "),
    "o for 0": lambda code: code.replace("0", "o"),
    "l for 1": lambda code: code.replace("1", "l"),
    "i for 1": lambda code: code.replace("1", "I"),
}


def _refused(office: Office, person: Person, code: str) -> Browser:
    """A new browser in which the code was tried in vain."""
    browser = office.past_the_password(person)
    assert browser.submit("/sign-in/code", code=code).status_code == 422
    assert not browser.is_in
    return browser


def test_a_totp_code_opens_one_session_and_no_second(office: Office, ada: Person) -> None:
    office.signed_in(ada)
    again = _refused(office, ada, ada.shown_code())
    assert "already been used" in again.text
    assert office.acts(ada).count(Act.CODE_REPLAYED) == 1


def test_with_a_step_all_earlier_ones_are_spent(office: Office, ada: Person, clock: TestClock) -> None:
    earlier = ada.code()
    office.signed_in(ada)
    for code in (earlier, ada.shown_code(-1), ada.shown_code()):
        _refused(office, ada, code)
    clock.advance(seconds=30)
    office.signed_in(ada)


def test_a_code_used_early_stays_used_for_as_long_as_it_fits(office: Office, ada: Person, clock: TestClock) -> None:
    early = ada.shown_code(steps=1)
    browser = office.past_the_password(ada)
    assert browser.submit("/sign-in/code", code=early).status_code == 303
    for wait in (0, 31, 30):
        clock.advance(seconds=wait)
        _refused(office, ada, early)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_used_totp_code_is_refused_in_every_spelling(office: Office, ada: Person, spelling: str) -> None:
    office.signed_in(ada)
    _refused(office, ada, SPELLINGS[spelling](ada.shown_code()))


@pytest.mark.parametrize("spelling", list(SPELLINGS)[4:])
def test_digits_of_other_scripts_are_no_code_even_unused(office: Office, ada: Person, spelling: str) -> None:
    _refused(office, ada, SPELLINGS[spelling](ada.shown_code()))
    assert office.member(ada).failures_in_row == 0


@pytest.mark.parametrize("spelling", list(SPELLINGS)[:3])
def test_an_unused_totp_code_may_hold_spaces_and_dashes(office: Office, ada: Person, spelling: str) -> None:
    browser = office.past_the_password(ada)
    assert browser.submit("/sign-in/code", code=SPELLINGS[spelling](ada.shown_code())).status_code == 303


@pytest.mark.parametrize("spelling", CODE_SPELLINGS)
def test_a_recovery_code_opens_one_session_in_any_spelling(office: Office, ada: Person, spelling: str) -> None:
    spelled = CODE_SPELLINGS[spelling](ada.codes[3])
    office.browser().sign_in(ada, recovery_code=spelled)
    _refused(office, ada, ada.codes[3])
    _refused(office, ada, spelled)
    assert office.acts(ada).count(Act.CODE_SPENT) == 1


def test_the_code_that_confirmed_an_authenticator_signs_nobody_in(office: Office) -> None:
    nora = office.person("Nora New", enrolled=False)
    browser = office.past_the_password(nora)
    browser.press("Set up an authenticator")
    browser.arrive()
    nora.adds(browser.key)
    code = nora.shown_code()
    browser.press("Confirm authenticator", code=code)
    assert browser.is_in
    _refused(office, nora, code)


def test_a_code_that_signed_in_here_steps_up_nowhere(office: Office, ada: Person, clock: TestClock) -> None:
    stale = office.signed_in(ada)
    clock.advance(minutes=6)
    office.signed_in(ada)
    reply = stale.submit("/account/recovery-codes", generation="1", proof=ada.shown_code())
    assert reply.status_code == 422
    assert "Wait for the next one" in stale.text


def test_a_code_that_stepped_up_signs_nobody_in(office: Office, ada: Person, clock: TestClock) -> None:
    stale = office.signed_in(ada)
    clock.advance(minutes=6)
    assert stale.submit("/account/recovery-codes", generation="1", proof=ada.code()).status_code == 200
    _refused(office, ada, ada.shown_code())


def test_a_recovery_code_survives_a_request_that_is_refused_for_its_form(office: Office, ada: Person) -> None:
    browser = office.past_the_password(ada)
    assert browser.post("/sign-in/code", {"code": ada.codes[0]}).status_code == 400
    assert browser.post("/sign-in/code", {"code": ada.codes[0], "csrf_token": "forged"}).status_code == 400
    assert office.live_set(ada).left == 10
    browser.open("/sign-in/code")
    assert browser.submit("/sign-in/code", code=ada.codes[0]).status_code == 303


def test_a_recovery_code_survives_a_lock(office: Office, ada: Person) -> None:
    adas = office.signed_in(ada)
    adas.open("/account/panic")
    adas.press("End all sessions and lock my account")
    browser = office.past_the_password(ada)
    assert browser.submit("/sign-in/code", code=ada.codes[0]).status_code == 429
    assert office.live_set(ada).left == 10


def test_a_new_set_ends_the_old_one(office: Office, ada: Person, adas: Browser) -> None:
    adas.open("/account/recovery-codes")
    adas.press("Regenerate codes")
    new = adas.codes
    assert len(new) == 10
    for old in ada.codes[:9]:
        _refused(office, ada, old)
    assert not set(new) & set(ada.codes)
    office.browser().sign_in(ada, recovery_code=new[0])


def test_a_pending_secret_signs_nobody_in(office: Office, ada: Person, adas: Browser) -> None:
    adas.open("/account/authenticators/new")
    adas.press("Set up the new authenticator")
    adas.arrive()
    pending = Person("", "", ada.id, ada.clock)
    pending.adds(adas.key)
    _refused(office, ada, pending.shown_code())


def test_a_removed_authenticator_signs_nobody_in(office: Office, ada: Person, adas: Browser) -> None:
    adas.open("/account/authenticators/new")
    adas.press("Set up the new authenticator")
    adas.arrive()
    tablet = Person("", "", ada.id, ada.clock)
    tablet.adds(adas.key)
    assert adas.press("Confirm authenticator", code=tablet.code(), name="Tablet").status_code == 303
    adas.open(f"/account/authenticators/{ada.authenticator}")
    assert adas.press("Remove authenticator").status_code == 303
    _refused(office, ada, ada.code())
    ada.app = tablet.app
    office.signed_in(ada)


def test_without_the_last_authenticator_codes_open_nothing(office: Office, ada: Person, adas: Browser) -> None:
    office.lets_people_go_without()
    adas.open(f"/account/authenticators/{ada.authenticator}")
    assert adas.press("Remove authenticator").status_code == 303
    for code in (ada.code(), ada.codes[0]):
        browser = office.past_the_password(ada)
        assert browser.submit("/sign-in/code", code=code).location == "/welcome"
        assert not browser.is_in
