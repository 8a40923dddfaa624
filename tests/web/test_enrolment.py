"""Setting up an authenticator: one secret at a time, shown to who began it, and nowhere after it is confirmed."""

import base64
import re
from dataclasses import replace

import pytest

from app.domain.events import Act
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.routes import named, path_of


def _begun(browser: Browser, person: Person) -> Person:
    """The person with the app that was told the new key."""
    browser.open("/account/authenticators/new")
    browser.press("Set up the new authenticator")
    browser.arrive()
    tablet = replace(person)
    tablet.adds(browser.key)
    return tablet


def test_the_same_key_is_shown_until_it_is_confirmed(ada: Person, adas: Browser, clock: TestClock) -> None:
    _begun(adas, ada)
    key = adas.key
    clock.advance(minutes=4)
    adas.open("/enrolment")
    assert adas.key == key
    adas.submit("/enrolment/confirmation", code="000000", name="Tablet")
    assert adas.key == key


def test_picture_link_and_key_say_the_same(ada: Person, adas: Browser) -> None:
    _begun(adas, ada)
    uri = re.search(r'href="(otpauth://totp/[^"]+)"', adas.text)
    assert uri
    assert f"secret={adas.key}" in uri[1]
    assert "Acme%20Works:ada%40example.org" in uri[1]
    assert len(base64.b32decode(adas.key)) == 20


def test_a_code_makes_an_authenticator_of_it(office: Office, ada: Person, adas: Browser) -> None:
    tablet = _begun(adas, ada)
    assert adas.press("Confirm authenticator", code=tablet.code(), name="Tablet").location == "/account"
    assert "Tablet is set up" in adas.told
    assert office.member(ada).authenticator_count == 2
    office.clock.advance(seconds=30)
    office.signed_in(tablet)


def test_a_second_beginning_ends_the_first(ada: Person, adas: Browser) -> None:
    first = _begun(adas, ada)
    second = _begun(adas, ada)
    assert first.app != second.app
    assert adas.submit("/enrolment/confirmation", code=first.code(), name="x").status_code == 422
    assert adas.submit("/enrolment/confirmation", code=second.code(), name="x").status_code == 303


def test_what_one_session_began_another_neither_sees_nor_confirms(office: Office, ada: Person, adas: Browser) -> None:
    tablet = _begun(adas, ada)
    other = office.signed_in(ada)
    assert other.open("/enrolment").status_code == 410
    assert "otpauth" not in other.text
    assert other.submit("/enrolment/confirmation", code=tablet.code(), name="x").status_code == 410
    assert office.member(ada).authenticator_count == 1
    _begun(other, ada)
    assert adas.submit("/enrolment/confirmation", code=tablet.code(), name="x").status_code == 410


def test_signing_out_drops_what_was_begun(office: Office, ada: Person, adas: Browser) -> None:
    tablet = _begun(adas, ada)
    adas.submit("/sign-out")
    adas.sign_in(ada)
    assert adas.submit("/enrolment/confirmation", code=tablet.code(), name="x").status_code == 410


def test_after_fifteen_minutes_it_is_over(office: Office, ada: Person, adas: Browser, clock: TestClock) -> None:
    tablet = _begun(adas, ada)
    clock.advance(minutes=15)
    assert adas.submit("/enrolment/confirmation", code=tablet.code(), name="x").status_code == 410
    assert "Nothing has changed" in adas.told


def test_stopping_drops_it(ada: Person, adas: Browser) -> None:
    tablet = _begun(adas, ada)
    assert adas.press("Stop and come back later").location == "/account"
    assert adas.submit("/enrolment/confirmation", code=tablet.code(), name="x").status_code == 410


def test_a_password_alone_begins_nothing_where_there_is_an_authenticator(
    office: Office, ada: Person, adas: Browser, clock: TestClock
) -> None:
    clock.advance(minutes=6)
    adas.open("/account/authenticators/new")
    assert adas.press("Set up the new authenticator", proof=ada.password).status_code == 422
    assert office.acts(ada)[-1] is not Act.AUTHENTICATOR_ADDED
    assert adas.open("/enrolment").status_code == 410


@pytest.mark.parametrize("steps", [-10, -5, -2, 2, 5, 10])
def test_a_wrong_clock_is_measured_while_enrolling(ada: Person, adas: Browser, steps: int) -> None:
    tablet = _begun(adas, ada)
    reply = adas.submit("/enrolment/confirmation", code=tablet.shown_code(steps), name="Tablet")
    assert reply.status_code == 422
    assert f"{'ahead of' if steps > 0 else 'behind'} this server" in adas.told
    assert f"about {abs(steps) * 30} seconds" in adas.told or f"about {abs(steps) * 30 // 60} minutes" in adas.told


@pytest.mark.parametrize("steps", [-11, 11, 20])
def test_a_clock_that_is_too_wrong_is_only_a_wrong_code(ada: Person, adas: Browser, steps: int) -> None:
    tablet = _begun(adas, ada)
    assert adas.submit("/enrolment/confirmation", code=tablet.shown_code(steps), name="x").status_code == 422
    assert "this server" not in adas.told


@pytest.mark.parametrize("steps", [-10, -5, -2, 2, 5, 10])
def test_at_sign_in_nobody_is_told_of_a_code_still_to_come(office: Office, ada: Person, steps: int) -> None:
    browser = office.past_the_password(ada)
    browser.submit("/sign-in/code", code=ada.shown_code(steps))
    other_time = browser.told
    browser.submit("/sign-in/code", code=ada.wrong_code())
    assert browser.told == other_time
    assert "clock" not in browser.told


def test_after_confirmation_the_secret_is_nowhere(office: Office, ada: Person, adas: Browser) -> None:
    tablet = _begun(adas, ada)
    key = adas.key
    adas.press("Confirm authenticator", code=tablet.code(), name="Tablet")
    assert tablet.app is not None
    spellings = {key, tablet.app.secret.hex(), base64.b64encode(tablet.app.secret).decode()}
    pages = [adas.open(path_of(rule, ada)) for rule, _ in named("GET")]
    pages += [adas.submit(f"/account/recovery-codes/{path}") for path in ("shown", "download", "sheet")]
    for page in pages:
        text = re.sub(r"<[^>]*>|\s", "", page.get_data(as_text=True))
        assert not [spelling for spelling in spellings if spelling.lower() in text.lower()]
        assert "otpauth" not in text


def test_five_authenticators_are_all_there_can_be(office: Office, ada: Person, adas: Browser) -> None:
    for number in range(4):
        tablet = _begun(adas, ada)
        assert adas.press("Confirm authenticator", code=tablet.code(), name=f"Tablet {number}").status_code == 303
    adas.open("/account/authenticators/new")
    assert "No room for another authenticator" in adas.told
    adas.submit("/enrolment", replace="")
    assert "five" in adas.told
    assert adas.open("/enrolment").status_code == 410
    assert office.member(ada).authenticator_count == 5


def test_somebody_elses_authenticator_is_not_there(office: Office, ada: Person, adas: Browser, bob: Person) -> None:
    path = f"/account/authenticators/{bob.authenticator}"
    assert adas.open(path).status_code == 404
    assert adas.submit(f"{path}/name", name="Mine").status_code == 404
    assert adas.submit(f"{path}/removal").status_code == 303
    adas.submit("/enrolment", replace=str(bob.authenticator))
    assert adas.open("/enrolment").status_code == 410
    assert office.member(bob).authenticator_count == 1


def test_the_last_one_stays_where_one_is_required(office: Office, ada: Person, adas: Browser) -> None:
    path = f"/account/authenticators/{ada.authenticator}"
    adas.open(path)
    assert "cannot be removed" in adas.told
    adas.submit(f"{path}/removal")
    assert "your only authenticator" in adas.told
    assert office.member(ada).authenticator_count == 1


@pytest.mark.parametrize("act", ["confirm", "replace", "remove", "regenerate", "password"])
def test_a_change_of_a_factor_ends_the_other_sessions_and_renews_this_one(
    office: Office, ada: Person, adas: Browser, act: str
) -> None:
    office.lets_people_go_without()
    other, arriving = office.signed_in(ada), office.past_the_password(ada)
    before = adas.cookie("session")
    if act in {"confirm", "replace"}:
        adas.open(f"/account/authenticators/new{f'?replace={ada.authenticator}' if act == 'replace' else ''}")
        adas.press("Set up the new authenticator")
        adas.arrive()
        tablet = replace(ada)
        tablet.adds(adas.key)
        adas.press("Confirm authenticator", code=tablet.code(), name="Tablet")
    elif act == "remove":
        adas.submit(f"/account/authenticators/{ada.authenticator}/removal")
    elif act == "regenerate":
        adas.submit("/account/recovery-codes", generation="1")
    else:
        adas.submit("/account/password", password="quiet gravel under seven bridges")
    assert adas.is_in
    assert not other.is_in
    assert arriving.open("/sign-in/code").location == "/sign-in"
    assert act not in {"confirm", "replace"} or adas.cookie("session") != before
