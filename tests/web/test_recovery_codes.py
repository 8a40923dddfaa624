"""Recovery codes: shown in replies to a POST alone, saved, acknowledged, proved, shown again and made anew."""

import re

import pytest

from app.domain.events import Act
from app.domain.recovery_codes import last_group
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person, codes_in
from tests.support.offices import Office
from tests.support.routes import named, path_of


@pytest.fixture
def nora(office: Office) -> Person:
    return office.person("Nora New", enrolled=False)


@pytest.fixture
def noras(office: Office, nora: Person) -> Browser:
    """At the page that shows the codes made with the first authenticator."""
    browser = office.past_the_password(nora)
    browser.press("Set up an authenticator")
    browser.arrive()
    nora.adds(browser.key)
    browser.press("Confirm authenticator", code=nora.code())
    nora.codes = browser.codes
    return browser


def test_ten_codes_are_shown_with_the_confirmation(noras: Browser, nora: Person) -> None:
    assert len(set(nora.codes)) == 10
    assert all(re.fullmatch(r"([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}", code) for code in nora.codes)
    assert noras.is_in


def test_until_they_are_acknowledged_everything_leads_to_them(noras: Browser) -> None:
    for path in ("/account", "/account/sessions", "/account/authenticators/new", "/account/lost-phone"):
        assert noras.open(path).location == "/account/recovery-codes"
    assert "You have not said yet" in noras.told


def test_acknowledging_takes_the_tick_and_a_post(office: Office, noras: Browser, nora: Person) -> None:
    assert noras.open("/account/recovery-codes/acknowledgement").status_code == 405
    assert noras.submit("/account/recovery-codes/acknowledgement", generation="1").status_code == 422
    assert "Tick the box" in noras.told
    assert office.live_set(nora).pending
    noras.press("Acknowledge", saved="y")
    assert "You are ready" in noras.told
    assert not office.live_set(nora).pending
    assert noras.open("/account").status_code == 200


@pytest.mark.parametrize("generation", ["0", "2", "-1", "", "1.0", "\u0661", "9" * 30, "x"])
def test_acknowledging_another_set_changes_nothing(
    office: Office, noras: Browser, nora: Person, generation: str
) -> None:
    reply = noras.submit("/account/recovery-codes/acknowledgement", generation=generation, saved="y")
    assert reply.location == "/account/recovery-codes"
    assert "nothing was acknowledged" in noras.told
    assert office.live_set(nora).pending


def test_an_old_tab_cannot_acknowledge_a_newer_set(office: Office, noras: Browser, nora: Person) -> None:
    assert noras.submit("/account/recovery-codes", generation="1").status_code == 200
    assert noras.submit("/account/recovery-codes/acknowledgement", generation="1", saved="y").status_code == 303
    assert office.live_set(nora).pending
    assert noras.submit("/account/recovery-codes/acknowledgement", generation="2", saved="y").status_code == 303
    assert not office.live_set(nora).pending


def test_making_a_set_twice_with_one_form_makes_one(office: Office, ada: Person, adas: Browser) -> None:
    assert adas.submit("/account/recovery-codes", generation="1").status_code == 200
    reply = adas.submit("/account/recovery-codes", generation="1")
    assert (reply.status_code, reply.location) == (303, "/account/recovery-codes")
    assert "Nothing was done" in adas.told
    assert office.live_set(ada).generation == 2


def test_no_page_that_is_only_opened_shows_a_code(office: Office, noras: Browser, nora: Person) -> None:
    bob = office.signed_in(office.person("Bob Example"))
    noras.submit("/account/recovery-codes/acknowledgement", generation="1", saved="y")
    for browser in (noras, bob):
        for rule, _ in named("GET"):
            reply = browser.open(path_of(rule))
            assert codes_in(reply.get_data(as_text=True), nora.codes) == [], rule
            assert codes_in(str(reply.headers), nora.codes) == [], rule


@pytest.mark.parametrize("path", ["shown", "download", "sheet"])
def test_codes_come_in_the_reply_to_a_post_and_are_noted(office: Office, ada: Person, adas: Browser, path: str) -> None:
    before = len(office.acts(ada))
    reply = adas.submit(f"/account/recovery-codes/{path}")
    assert codes_in(reply.get_data(as_text=True), ada.codes) == ada.codes
    noted = {"shown": Act.CODES_SHOWN, "download": Act.CODES_DOWNLOADED, "sheet": Act.CODES_PRINTED}
    assert office.acts(ada)[before:] == [noted[path]]
    assert adas.open(f"/account/recovery-codes/{path}").status_code in {404, 405}


def test_whoever_has_the_password_alone_sees_no_code(office: Office, ada: Person) -> None:
    for person in (ada, office.person("Nora New", enrolled=False)):
        browser = office.past_the_password(person)
        for path in ("shown", "download", "sheet"):
            browser.arrive()
            reply = browser.submit(f"/account/recovery-codes/{path}", proof=ada.codes[0])
            assert reply.status_code == 303
        assert office.live_set(ada).left == 10


def test_a_form_that_lost_its_freshness_asks_and_loses_nothing(
    office: Office, ada: Person, adas: Browser, clock: TestClock
) -> None:
    for path, button in (("download", "Download codes"), ("sheet", "Open the sheet")):
        clock.advance(minutes=6)
        adas.open("/account/recovery-codes")
        assert adas.submit(f"/account/recovery-codes/{path}").status_code in {403, 422}
        assert codes_in(adas.text, ada.codes) == []
        reply = adas.press(button, proof=ada.code())
        assert codes_in(reply.get_data(as_text=True), ada.codes) == ada.codes


def test_a_spent_code_is_named_by_number_and_never_shown_again(office: Office, ada: Person) -> None:
    office.browser().sign_in(ada, recovery_code=ada.codes[4])
    browser = office.signed_in(ada)
    browser.open("/account/recovery-codes")
    assert "9 of 10 codes left" in browser.told
    assert "Code 5, just now" in browser.told
    browser.press("Show codes")
    assert browser.codes == [code for code in ada.codes if code != ada.codes[4]]
    assert "used 4 May 2026" in browser.told
    download = browser.submit("/account/recovery-codes/download").get_data(as_text=True)
    assert " 5. used" in download
    assert codes_in(download, [ada.codes[4]]) == []


def test_a_download_is_a_file_of_plain_text(adas: Browser, ada: Person) -> None:
    reply = adas.submit("/account/recovery-codes/download")
    name = "sparekey-codes-acme-works-2026-05-04.txt"
    assert reply.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    text = reply.get_data(as_text=True)
    assert text.startswith("Recovery codes for Acme Works\r\n")
    assert [line[4:] for line in text.splitlines() if re.match(r" ?\d+\. ", line)] == ada.codes
    assert ada.name not in text


def test_a_sheet_names_its_member_only_where_that_is_wanted(adas: Browser, ada: Person) -> None:
    adas.submit("/account/recovery-codes/sheet")
    assert ada.email not in adas.told
    assert ada.name not in adas.told
    adas.submit("/account/recovery-codes/sheet", identity="y")
    assert f"{ada.name}, {ada.email}, Acme Works" in adas.told


def test_the_proof_spends_nothing_and_is_noted(office: Office, noras: Browser, nora: Person) -> None:
    asked = re.search(r"Last four characters of code (\d+)", noras.told)
    assert asked
    group = last_group(nora.codes[int(asked[1]) - 1])
    noras.press("Check", group=f" {group.upper()} ")
    assert "you have your codes at hand" in noras.told
    assert office.live_set(nora).left == 10
    assert Act.CODES_PROVED in office.acts(nora)


def test_the_proof_has_five_tries(office: Office, noras: Browser, nora: Person) -> None:
    statuses = [
        noras.submit("/account/recovery-codes/proof", generation="1", group="????").status_code for _ in range(6)
    ]
    assert statuses == [422] * 4 + [303] * 2
    assert office.live_set(nora).proved_at is None
    assert noras.is_in
    assert office.member(nora).failures_in_row == 0


def test_the_proof_of_another_generation_is_refused(office: Office, noras: Browser, nora: Person) -> None:
    assert noras.submit("/account/recovery-codes/proof", generation="2", group="0000").status_code == 303
    assert office.live_set(nora).proof_tries == 0


@pytest.mark.parametrize(("spent", "words"), [(7, "Only 3 codes are left"), (9, "One code is left"), (10, "your last")])
def test_few_codes_are_warned_of_where_the_last_was_spent(office: Office, ada: Person, spent: int, words: str) -> None:
    for code in ada.codes[:spent]:
        browser = office.browser()
        browser.sign_in(ada, recovery_code=code)
    assert browser.reply is not None
    assert browser.reply.location == "/account/lost-phone"
    assert words in browser.told
    browser.press("Regenerate codes")
    assert len(browser.codes) == 10


def test_six_codes_left_are_no_warning(office: Office, ada: Person) -> None:
    for code in ada.codes[:4]:
        browser = office.browser()
        browser.sign_in(ada, recovery_code=code)
    assert "6 of 10 are left" in browser.told
    assert "Only 6" not in browser.told


def test_a_lost_phone_ends_with_a_new_one_in_its_place(office: Office, ada: Person) -> None:
    browser = office.browser()
    browser.sign_in(ada, recovery_code=ada.codes[0])
    browser.arrive()
    browser.press("Replace Phone")
    browser.arrive()
    old = ada.app
    ada.adds(browser.key)
    assert browser.press("Confirm authenticator", code=ada.code()).location == "/account"
    assert "replaces Phone" in browser.told
    assert office.member(ada).authenticator_count == 1
    office.clock.advance(seconds=30)
    assert old is not None
    refused = office.past_the_password(ada)
    assert refused.submit("/sign-in/code", code=old.code(office.clock.now())).status_code == 422
    office.signed_in(ada)
