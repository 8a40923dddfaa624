"""The log of the organization: a line a sentence, narrowed by who, what and when, and harmless whatever is in it."""

from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest

from app.domain.events import Act
from app.services import tenants
from app.services.tenants import TenantChanges
from app.steps.events import record, record_of_nobody
from app.steps.users import actor_of
from app.web.audit.kinds import KINDS, acts_of
from app.web.event_words import _HISTORY, _LOG
from tests.support.applications import made
from tests.support.clock import TestClock
from tests.support.markup import Page
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.people import AT_HOME, granted
from tests.support.tables import dump

REASON = "Ticket 4711, called back"
ODD = ["<script>alert(1)</script>", "{who}", "{actor.name} {0} {reason!r}", "%s %(who)s", "{{7*7}}", "<b>&amp;</b>"]


def lines(browser: Browser) -> list[str]:
    """The sentences of the log as the page last seen has them, newest first."""
    return [one.text for one in Page(browser.arrive().get_data(as_text=True)).every("p") if one["class"] == "row-title"]


def _suspend(browser: Browser, person: Person, reason: str = REASON) -> None:
    browser.open(f"/members/{person.id}/suspension")
    assert browser.press("Suspend", reason=reason).status_code == 303


def _links(browser: Browser) -> dict[str, str]:
    found = Page(browser.arrive().text).every("a")
    return {one.text: one["href"] for one in found if any(up["class"] == "row-title" for up in one.ancestors())}


def test_a_line_is_a_sentence_whose_names_lead_to_people(
    office: Office, ada: Person, olga: Person, olgas: Browser
) -> None:
    _suspend(olgas, ada)
    olgas.open("/members")
    olgas.follow("Log")
    assert lines(olgas)[0] == f"Olga Owner suspended Ada Example . Reason: {REASON}"
    assert lines(olgas)[1].startswith("Olga Owner signed in with a code from an authenticator")
    assert _links(olgas) == {"Olga Owner": f"/members/{olga.id}", "Ada Example": f"/members/{ada.id}"}
    assert "203.0.113.7" in olgas.told
    assert "Firefox" in olgas.told


def test_whatever_happens_has_words_and_a_kind() -> None:
    for act in Act:
        assert act in _LOG, act
        assert any(act in kind.acts for kind in KINDS), act
    about_nobody = {Act.ORGANIZATION_CHANGED, Act.MEMBERS_EXPORTED, Act.REQUIREMENT_BEGAN, Act.RESTORED}
    about_nobody |= {Act.KEY_ROTATED, Act.KEY_RETIRED, Act.SIGNING_KEY_ROTATED, Act.ORGANIZATION_REMOVED}
    about_nobody |= {act for act in Act if act.startswith("project.")}
    assert set(Act) - set(_HISTORY) == about_nobody
    assert acts_of("nothing") is None


def test_what_an_application_did_to_the_organization_is_said(office: Office, ada: Person, olgas: Browser) -> None:
    suite = made(office.portal, "Suite", installation=True).project
    for changes in (TenantChanges(external_id="a-1"), TenantChanges(logo_url="https://example.org/logo.svg")):
        granted(tenants.change(office.portal, suite, "acme-works", changes, origin=AT_HOME))
    who = office.member(ada)
    with office.portal.writing(by=actor_of(suite)) as tx:
        record_of_nobody(tx, Act.ORGANIZATION_CREATED, office.organization_id)
        reworded = {"slug": ["acme-works", "acme"], "required_from": ["", "2026-05-04"]}
        record_of_nobody(tx, Act.ORGANIZATION_CHANGED, office.organization_id, changes=reworded)
        record_of_nobody(tx, Act.ORGANIZATION_REMOVED, office.organization_id, name=ODD[0], people=1)
        record(tx, Act.USER_EXCHANGED, who)
        record(tx, Act.REACTIVATED, who)
        record(tx, Act.CODES_REGENERATED, who, old=1, count=10)
    began = "first day of the required second factor from “none” to “2026-05-04”"
    olgas.open("/audit")
    assert lines(olgas)[:8] == [
        "Suite had 10 new recovery codes made for Ada Example .",
        "Suite took Ada Example in again.",
        "Suite let Ada Example in from another organization.",
        f"Suite removed the organization {ODD[0]}, with 1 person in it.",
        f"Suite changed the organization: short name from “acme-works” to “acme”, {began}.",
        "Suite created the organization.",
        "Suite changed the organization: what it notes of it.",
        "Suite changed the organization: what it notes of it.",
    ]
    olgas.open("/audit?act=applications")
    assert "Suite let Ada Example in from another organization." in lines(olgas)
    adas = office.signed_in(ada)
    adas.open("/account/history")
    for sentence in (
        "The application Suite let you in from another organization.",
        "The application Suite took you in again, without anything you had before.",
        "The application Suite had 10 new recovery codes made. The old ones stopped working.",
    ):
        assert sentence in adas.told


def test_the_operator_is_named_and_the_exemption_said(office: Office, ada: Person, olgas: Browser) -> None:
    office.pass_for(ada)
    olgas.open("/audit")
    assert "The operator made a pass for Ada Example . Reason: phone lost" in lines(olgas)[0]
    assert "exempt from the rule that nobody pays for both factors" in lines(olgas)[0]


def test_a_wrong_password_of_nobody_names_nobody(office: Office, olgas: Browser) -> None:
    nobody = Person("Nobody", "nobody@example.org", uuid4(), office.clock)
    office.browser().enter_password(nobody)
    olgas.open("/audit?act=passwords")
    assert any("an address that nobody has" in line for line in lines(olgas))
    assert "nobody@example.org" not in olgas.text


@pytest.fixture
def busy(office: Office, ada: Person, bob: Person, olgas: Browser, clock: TestClock) -> Browser:
    """The owner's browser, after one act a day: Monday Ada is suspended, Tuesday Bob locked."""
    _suspend(olgas, ada)
    clock.advance(days=1)
    browser = office.signed_in(office.owner("Otto Owner"))
    browser.open(f"/members/{bob.id}/lock")
    browser.press("Lock", reason=REASON)
    return browser


@pytest.mark.parametrize(
    ("query", "ada_is_there", "bob_is_there"),
    [
        ("", True, True),
        ("person=ada", True, False),
        ("person=BOB%40example", False, True),
        ("person=olga", True, False),
        ("person=nobody", False, False),
        ("person=%25", False, False),
        ("act=administration", True, True),
        ("act=locks", False, True),
        ("act=sign-ins", False, False),
        ("since=2026-05-05", False, True),
        ("until=2026-05-04", True, False),
        ("since=2026-05-04&until=2026-05-05", True, True),
        ("since=2026-05-06", False, False),
        ("since=2026-05-05&until=2026-05-04", False, False),
        ("person=ada&act=locks", False, False),
    ],
)
def test_the_log_can_be_narrowed(busy: Browser, query: str, *, ada_is_there: bool, bob_is_there: bool) -> None:
    assert busy.open(f"/audit?{query}").status_code == 200
    assert any("suspended Ada" in line for line in lines(busy)) is ada_is_there
    assert any("locked Bob" in line for line in lines(busy)) is bob_is_there
    assert lines(busy) or "Nothing fits" in busy.told


def test_the_form_leads_to_such_an_address(busy: Browser) -> None:
    busy.open("/audit")
    busy.press("Show", person="bob", act="locks", since="2026-05-01")
    assert [line.partition(" .")[0] for line in lines(busy)] == ["Otto Owner locked Bob Example"]
    assert 'value="bob"' in busy.text
    assert 'value="2026-05-01"' in busy.text


def test_from_a_member_it_is_about_them_alone(busy: Browser, ada: Person) -> None:
    busy.open(f"/members/{ada.id}")
    busy.open(f"/audit?member={ada.id}")
    assert "What Ada Example did and what was done to them" in busy.told
    assert len(lines(busy)) == 1
    busy.press("Show", act="locks")
    assert lines(busy) == []
    busy.follow("Show everybody")
    assert len(lines(busy)) == 1
    assert "locked Bob" in lines(busy)[0]


@pytest.mark.parametrize("field", ["since", "until"])
@pytest.mark.parametrize(
    "day", ["tomorrow", "2026-02-30", "2026-13-01", "04.05.2026", "0001-01-01", "9999-12-31", "\0"]
)
def test_what_is_no_day_is_said_beside_the_field(busy: Browser, field: str, day: str) -> None:
    assert busy.open(f"/audit?{urlencode({field: day, 'person': 'ada'})}").status_code == 422
    assert "Type a day like 2026-05-04." in busy.told
    assert any("suspended Ada" in line for line in lines(busy)), "the rest still holds"
    assert not any("Bob" in line for line in lines(busy))


@pytest.mark.parametrize("query", ["member=x", "member=1", "before=x", "before=1", "member=%00"])
def test_what_is_no_id_is_no_page(olgas: Browser, query: str) -> None:
    assert olgas.open(f"/audit?{query}").status_code == 404


def test_what_is_no_kind_of_act_is_said(olgas: Browser) -> None:
    assert olgas.open("/audit?act=anything").status_code == 422
    assert olgas.open("/audit?act=locks&act=people").status_code == 400


def test_older_lines_are_a_page_further_and_keep_what_the_log_is_narrowed_to(
    office: Office, ada: Person, olgas: Browser
) -> None:
    for _ in range(60):
        office.pass_for(ada)
    olgas.open("/audit?act=passes")
    newest, turned = lines(olgas), 1
    found = len(newest)
    while "Older" in olgas.told:
        olgas.follow("Older")
        found, turned = found + len(lines(olgas)), turned + 1
        assert all("made a pass" in line for line in lines(olgas))
    assert found == 60
    assert turned > 1
    olgas.follow("Newest")
    assert lines(olgas) == newest


@pytest.mark.parametrize("odd", ODD)
def test_names_and_reasons_are_shown_as_they_are_and_do_nothing(office: Office, olgas: Browser, odd: str) -> None:
    person = office.person(f"Ada {odd}")
    _suspend(olgas, person, f"Because {odd}")
    for path in ("/audit", f"/audit?member={person.id}", f"/members/{person.id}", f"/members/{person.id}/reactivation"):
        olgas.open(path)
        assert f"Ada {odd}" in olgas.text, path
        _assert_harmless(olgas)
    assert office.acts(person) == [Act.SUSPENDED]
    olgas.open("/audit")
    assert lines(olgas)[0] == f"Olga Owner suspended Ada {odd} . Reason: Because {odd}"


@pytest.mark.parametrize("odd", ODD)
def test_whoever_has_such_a_name_acts_as_harmlessly(office: Office, ada: Person, odd: str) -> None:
    browser = office.signed_in(office.owner(odd))
    _suspend(browser, ada, odd)
    office.is_now(ada, office.member(office.person("Zoë")).status)
    adas = office.signed_in(ada)
    for theirs, path in ((browser, "/audit"), (browser, "/organization"), (adas, "/account/history")):
        theirs.open(path)
        assert odd in theirs.text, path
        _assert_harmless(theirs)
    assert f"{odd} suspended your account. Reason: {odd}" in adas.text


@pytest.mark.parametrize("odd", ODD)
def test_an_organization_of_such_a_name_does_no_harm(olgas: Browser, odd: str) -> None:
    olgas.open("/organization")
    olgas.press("Save changes", name=odd)
    for path in ("/organization", "/audit", "/members", "/members/export"):
        olgas.open(path)
        _assert_harmless(olgas)
    assert odd in olgas.open("/audit").get_data(as_text=True) or f"to “{odd}”" in olgas.text


@pytest.mark.parametrize("odd", ODD)
def test_what_is_searched_for_is_shown_as_it_is(olgas: Browser, odd: str) -> None:
    for path in (
        f"/audit?person={quote(odd)}",
        f"/members?search={quote(odd)}",
        f"/members/export?search={quote(odd)}",
    ):
        assert olgas.open(path).status_code == 200
        assert f'value="{odd}"' in olgas.text
        _assert_harmless(olgas)


def _assert_harmless(browser: Browser) -> None:
    assert browser.reply is not None
    page = browser.reply.get_data(as_text=True)
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert ">49<" not in page


def test_the_log_is_not_for_members(office: Office, adas: Browser) -> None:
    before = dump(office.portal)
    for query in ("", "?person=ada", f"?member={uuid4()}"):
        assert adas.open(f"/audit{query}").status_code == 403
    assert dump(office.portal) == before
    assert "/audit" not in adas.open("/account").get_data(as_text=True)
