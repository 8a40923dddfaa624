"""Recovery codes in each mode, as their members and owners see it: what pages show, promise, take back and refuse."""

import re
from itertools import chain

import pytest

from app.domain.events import Act
from app.domain.recovery_codes import Visibility
from app.services import copies
from app.steps.events import record
from app.storage import members, recovery_codes
from tests.support.clock import TestClock
from tests.support.keeping import handed_over, keeps, sealed_copies
from tests.support.markup import Page, form_of
from tests.support.members_web import Browser, Person, codes_in
from tests.support.offices import Office
from tests.support.routes import named, path_of

VIEWABLE, UNTIL, ONCE = Visibility.VIEWABLE, Visibility.UNTIL_ACKNOWLEDGED, Visibility.ONCE
CODES = "/account/recovery-codes"
PRINT, DOWNLOAD = "Print a sheet with the codes, in a new tab", "Download codes as a text file"


@pytest.fixture
def nora(office: Office) -> Person:
    return office.person("Nora New", enrolled=False)


def enrols(office: Office, nora: Person) -> Browser:
    """At the page that shows the codes made with the first authenticator."""
    browser = office.past_the_password(nora)
    browser.press("Set up an authenticator")
    browser.arrive()
    nora.adds(browser.key)
    browser.press("Confirm authenticator", code=nora.code())
    nora.codes = browser.codes
    return browser


def acknowledges(browser: Browser, generation: str = "1") -> None:
    assert browser.submit(f"{CODES}/acknowledgement", generation=generation, saved="y").status_code == 303
    browser.arrive()


def gives_nothing_away(browser: Browser, codes: list[str]) -> None:
    """No page that is only opened, and no answer to a form that holds none of the codes."""
    for rule, _ in named("GET"):
        reply = browser.open(path_of(rule))
        assert codes_in(reply.get_data(as_text=True), codes) == [], rule
        assert codes_in(str(reply.headers), codes) == [], rule
    for path in ("shown", "download", "sheet"):
        assert browser.submit(f"{CODES}/{path}").status_code == 303
        assert codes_in(browser.arrive().text, codes) == []


def chooses(browser: Browser, mode: Visibility) -> str:
    """An owner, on the page of the organization; what they are told then."""
    browser.open("/organization")
    assert browser.press("Save changes", code_visibility=mode).status_code == 303
    return browser.told


# until acknowledged


def test_until_they_are_acknowledged_they_are_shown_like_others(office: Office, nora: Person) -> None:
    keeps(office.portal, UNTIL)
    browser = enrols(office, nora)
    assert "Once you acknowledge, nobody can show you these codes again" in browser.told
    assert "shown here and never again" not in browser.told
    browser.open(CODES)
    assert "They can be shown until you acknowledge them, and not after that." in browser.told
    assert "Last four characters of code" in browser.told
    browser.press("Show codes")
    assert browser.codes == nora.codes
    assert codes_in(browser.submit(f"{CODES}/download").text, nora.codes) == nora.codes
    browser.open(CODES)
    assert codes_in(browser.submit(f"{CODES}/sheet").text, nora.codes) == nora.codes


def test_after_that_no_page_shows_them_and_the_database_has_none(office: Office, nora: Person) -> None:
    keeps(office.portal, UNTIL)
    browser = enrols(office, nora)
    acknowledges(browser)
    assert sealed_copies(office.portal) == 0
    browser.open(CODES)
    assert "These codes cannot be shown again. Your organization keeps copies only until codes are ack" in browser.told
    assert "If you no longer have them, make a new set." in browser.told
    assert "Show codes" not in browser.told
    assert "Last four characters" not in browser.told
    gives_nothing_away(browser, nora.codes)
    assert "cannot be shown again" in browser.told
    assert Act.SEAL_BROKEN not in office.acts(nora)


def test_a_proof_that_was_given_is_told_and_asked_for_no_more(office: Office, nora: Person) -> None:
    keeps(office.portal, UNTIL)
    browser = enrols(office, nora)
    asked = re.search(r"Last four characters of code (\d+)", browser.told)
    assert asked
    browser.press("Check", group=nora.codes[int(asked[1]) - 1][-4:])
    assert "you have your codes at hand" in browser.told
    acknowledges(browser)
    browser.open(CODES)
    assert "Check that you have them" not in browser.told
    assert "Checked 4 May 2026" in browser.told


def test_a_proof_that_comes_late_is_refused_calmly(office: Office, nora: Person) -> None:
    keeps(office.portal, UNTIL)
    browser = enrols(office, nora)
    acknowledges(browser)
    assert browser.submit(f"{CODES}/proof", generation="1", group=nora.codes[0][-4:]).status_code == 303
    assert "There is nothing to check for these codes any more." in browser.told
    assert office.live_set(nora).proof_tries == 0


def test_seven_days_after_an_application_had_them_they_are_gone(office: Office, nora: Person, clock: TestClock) -> None:
    keeps(office.portal, UNTIL)
    enrols(office, nora)
    handed_over(office.portal, office.member(nora).id, clock.now())
    clock.advance(days=7, seconds=1)
    browser = office.browser()
    browser.sign_in(nora)
    browser.open(CODES)
    assert "handed to an application more than seven days ago" in browser.told
    assert "If you saved them, acknowledge; if not, make a new set." in browser.told
    gives_nothing_away(browser, nora.codes)


# once


def test_the_page_that_shows_them_once_says_so_and_gives_them_to_its_forms(office: Office, nora: Person) -> None:
    keeps(office.portal, ONCE)
    browser = enrols(office, nora)
    assert len(set(nora.codes)) == 10
    assert "They are shown here and never again." in browser.told
    assert "Last four characters" not in browser.told
    assert "data-warn-leaving" in browser.text
    page = Page(browser.text)
    for words in (DOWNLOAD, PRINT):
        assert form_of(page, words).fields["codes"].split() == nora.codes
    assert sealed_copies(office.portal) == 0


def test_where_copies_are_kept_the_forms_hold_no_code(office: Office, nora: Person) -> None:
    keeps(office.portal, UNTIL)
    page = Page(enrols(office, nora).text)
    assert {form_of(page, words).fields["codes"] for words in (DOWNLOAD, PRINT)} == {""}


def test_the_file_and_the_sheet_come_from_the_page(office: Office, nora: Person) -> None:
    keeps(office.portal, ONCE)
    browser = enrols(office, nora)
    shown = browser.reply
    text = browser.press(DOWNLOAD).text
    assert [line[4:] for line in text.splitlines() if re.match(r" ?\d+\. ", line)] == nora.codes
    browser.reply = shown
    sheet = browser.press(PRINT, identity="y")
    assert codes_in(sheet.text, nora.codes) == nora.codes
    assert f"{nora.name}, {nora.email}, Acme Works" in browser.told
    assert office.acts(nora)[-2:] == [Act.CODES_DOWNLOADED, Act.CODES_PRINTED]


def test_nothing_else_shows_them_and_the_next_step_is_named(office: Office, nora: Person) -> None:
    keeps(office.portal, ONCE)
    browser = enrols(office, nora)
    browser.open("/account")
    assert "These codes were shown once, when they were made. Your organization keeps no copies." in browser.told
    assert "If you saved them, acknowledge; if not, make a new set." in browser.told
    assert "Show codes" not in browser.told
    assert "Last four characters" not in browser.told
    gives_nothing_away(browser, nora.codes)
    browser.open(CODES)
    old = nora.codes
    browser.press("Regenerate codes")
    assert len(set(browser.codes) - set(old)) == 10
    gives_nothing_away(browser, browser.codes)
    acknowledges(browser, "2")
    assert "You are ready" not in browser.told  # that was for the first set
    assert browser.open("/account").status_code == 200


def test_acknowledged_once_it_says_what_to_do_without_a_list(office: Office, nora: Person) -> None:
    keeps(office.portal, ONCE)
    browser = enrols(office, nora)
    acknowledges(browser)
    browser.open(CODES)
    assert "If you no longer have them, make a new set." in browser.told
    gives_nothing_away(browser, nora.codes)
    assert sealed_copies(office.portal) == 0


@pytest.mark.parametrize("path", ["download", "sheet"])
@pytest.mark.parametrize(
    "change",
    ["one_left_out", "one_other", "mistyped", "one_more", "twice", "words", "endless", "nul", "older_set"],
)
def test_what_is_not_the_whole_set_is_written_nowhere(office: Office, nora: Person, path: str, change: str) -> None:
    keeps(office.portal, ONCE)
    browser = enrols(office, nora)
    bob = office.person("Bob Example")
    mine = nora.codes
    given = {
        "one_left_out": mine[1:],
        "one_other": [*mine[1:], bob.codes[0]],
        "mistyped": [*mine[1:], mine[0][:-1] + "?"],
        "one_more": [*mine, bob.codes[0]],
        "twice": mine + mine,
        "words": ["<script>alert(1)</script>"],
        "endless": mine * 250,
        "nul": [*mine[1:], "\x00"],
        "older_set": mine,
    }[change]
    generation = "0" if change == "older_set" else "1"
    before = office.acts(nora)
    reply = browser.submit(f"{CODES}/{path}", codes=" ".join(given), generation=generation)
    assert (reply.status_code, reply.location) == (303, CODES)
    assert codes_in(browser.arrive().text, [*mine, *bob.codes]) == []
    assert "<script>alert" not in browser.text
    assert office.acts(nora) == before
    assert office.member(nora).failures_in_row == 0


def test_who_is_not_fresh_is_asked_and_the_codes_wait_in_that_page(
    office: Office, nora: Person, clock: TestClock
) -> None:
    keeps(office.portal, ONCE)
    browser = enrols(office, nora)
    shown = browser.reply
    for words, button in ((DOWNLOAD, "Download codes"), (PRINT, "Open the sheet")):
        clock.advance(minutes=6)
        browser.reply = shown
        fields = form_of(Page(browser.text), words).fields
        given = {name: fields[name] for name in ("codes", "generation")}
        browser.open(CODES)  # for a token of the session as it is now
        assert browser.submit(f"{CODES}/{'download' if words is DOWNLOAD else 'sheet'}", **given).status_code == 403
        assert browser.press(button, proof=nora.wrong_code()).status_code == 422
        assert codes_in(browser.press(button, proof=nora.code()).text, nora.codes) == nora.codes


def test_without_a_session_nothing_comes_back(office: Office, nora: Person, stranger: Browser) -> None:
    keeps(office.portal, ONCE)
    enrols(office, nora)
    for browser in (stranger, office.past_the_password(nora)):
        reply = browser.submit(f"{CODES}/download", codes=" ".join(nora.codes), generation="1")
        assert reply.status_code == 303
        assert codes_in(browser.arrive().text, nora.codes) == []


def test_a_set_that_is_viewable_is_not_read_from_the_form(office: Office, ada: Person, adas: Browser) -> None:
    reply = adas.submit(f"{CODES}/download", codes=" ".join(ada.codes), generation="1")
    assert reply.status_code == 303
    assert codes_in(adas.arrive().text, ada.codes) == []


# what an owner decides


def test_the_page_says_what_each_mode_is_and_what_choosing_it_does(office: Office, ada: Person, olgas: Browser) -> None:
    office.person("Paul Pending", acknowledged=False)
    olgas.open("/organization")
    assert "2 people have codes whose copies will be erased." in olgas.told  # Ada and Olga
    assert "3 people have codes whose copies will be erased." in olgas.told
    assert form_of(Page(olgas.text), "Save changes").fields["code_visibility"] == "viewable"


@pytest.mark.parametrize("mode", [UNTIL, ONCE])
def test_after_a_stricter_choice_nothing_is_shown_and_nothing_is_left(
    office: Office, ada: Person, adas: Browser, olgas: Browser, mode: Visibility
) -> None:
    adas.open(CODES)
    assert "the copies that may no longer be kept are erased" in chooses(olgas, mode)
    assert sealed_copies(office.portal) == 0
    assert adas.press("Show codes").status_code == 303
    assert ("keeps no copies" if mode is ONCE else "only until codes are acknowledged") in adas.told
    gives_nothing_away(adas, ada.codes)
    office.browser().sign_in(ada, recovery_code=ada.codes[0])


def test_codes_on_a_page_from_before_are_not_shown_by_its_forms(
    ada: Person, adas: Browser, olgas: Browser, clock: TestClock
) -> None:
    adas.submit(f"{CODES}/shown")
    clock.advance(seconds=1)
    chooses(olgas, ONCE)
    assert adas.press(DOWNLOAD).status_code == 303
    assert "Your organization keeps no copies now." in adas.told
    assert codes_in(adas.text, ada.codes) == []


def test_a_looser_choice_brings_nothing_back(office: Office, ada: Person, adas: Browser, olgas: Browser) -> None:
    chooses(olgas, ONCE)
    olgas.open("/organization")
    assert olgas.told.count("It counts for new sets: what was erased stays erased.") == 2
    assert "The changes are saved." in chooses(olgas, VIEWABLE)
    gives_nothing_away(adas, ada.codes)
    adas.open(CODES)
    adas.press("Regenerate codes")
    new = adas.codes
    acknowledges(adas, "2")
    assert codes_in(adas.submit(f"{CODES}/shown").text, new) == new


def test_what_a_busy_database_leaves_is_said_and_swept_later(
    office: Office, ada: Person, adas: Browser, olgas: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "_BATCHES_AT_ONCE", 0)
    assert "their copies are being erased" in chooses(olgas, ONCE)
    assert sealed_copies(office.portal) == 20
    gives_nothing_away(adas, ada.codes)
    assert copies.sweep(office.portal) == 2
    assert sealed_copies(office.portal) == 0


def test_the_log_names_the_modes_as_the_page_does(olgas: Browser) -> None:
    chooses(olgas, UNTIL)
    olgas.open("/audit")
    assert "how recovery codes are kept from “can be shown again” to “shown until acknowledged”" in olgas.told


def test_an_admin_reads_how_codes_are_kept(office: Office, iness: Browser) -> None:
    for mode, words in ((VIEWABLE, "can be shown again"), (UNTIL, "shown until acknowledged"), (ONCE, "shown once")):
        keeps(office.portal, mode)
        iness.open("/organization")
        assert f"Recovery codes {words}" in iness.told


# codes that ended without a new set


def voided(office: Office, person: Person, because: str) -> None:
    """As restoring a backup, or retiring a key, does it."""
    with office.portal.writing() as tx:
        who = members.find_and_hold(tx.db, office.member(person).id)
        recovery_codes.void_live(tx.db, who.id, generation=None, now=tx.now)
        members.refresh_counts(tx.db, who.id)
        record(tx, Act.CODES_VOIDED, who, because=because)


@pytest.mark.parametrize(
    ("because", "words"),
    [("restored", "was restored from a backup"), ("key_retired", "The key that your recovery codes were kept with")],
)
@pytest.mark.parametrize("mode", list(Visibility))
def test_the_first_page_after_signing_in_says_what_happened_and_what_to_do(
    office: Office, ada: Person, because: str, words: str, mode: Visibility
) -> None:
    keeps(office.portal, mode)
    voided(office, ada, because)
    browser = office.browser()
    browser.sign_in(ada)
    assert words in browser.told
    assert "Make new recovery codes" in browser.told
    for path in ("/account", "/account/sessions", "/members", "/account/lost-phone", "/account/authenticators/new"):
        assert browser.open(path).location == CODES
    browser.arrive()
    browser.press("Make a new set")
    new = browser.codes
    assert len(set(new)) == 10
    assert browser.open("/account").location == CODES
    acknowledges(browser, "2")
    assert browser.open("/account").status_code == 200
    office.browser().sign_in(ada, recovery_code=new[0])


def test_a_stale_session_types_its_code_with_it(office: Office, ada: Person, adas: Browser, clock: TestClock) -> None:
    voided(office, ada, "restored")
    clock.advance(minutes=6)
    adas.open("/account")
    assert adas.arrive().status_code == 200
    assert adas.press("Make a new set").status_code == 422
    assert "was restored from a backup" in adas.told
    assert adas.press("Make a new set", proof=ada.wrong_code()).status_code == 422
    assert adas.press("Make a new set", proof=ada.code()).status_code == 200
    assert len(adas.codes) == 10


def test_every_form_of_that_page_is_sent_twice_without_harm(office: Office, ada: Person, adas: Browser) -> None:
    voided(office, ada, "restored")
    assert adas.submit(CODES, generation="0").status_code == 200
    assert adas.submit(CODES, generation="0").status_code == 303
    assert office.live_set(ada).generation == 2


def test_other_forms_find_no_set_and_say_so(office: Office, ada: Person, adas: Browser) -> None:
    voided(office, ada, "restored")
    sent = [("shown", {}), ("download", {}), ("download", {"codes": " ".join(ada.codes), "generation": "1"})]
    more = [("sheet", {}), ("proof", {"group": "0000"}), ("acknowledgement", {"saved": "y", "generation": "1"})]
    for path, fields in chain(sent, more):
        assert adas.submit(f"{CODES}/{path}", **fields).status_code == 303
        assert codes_in(adas.arrive().text, ada.codes) == []
    assert "Make new recovery codes" in adas.told
