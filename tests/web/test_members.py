"""The list of members: finding people in it, turning its pages, and acting on several at once."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest

from app.domain.events import Act
from app.domain.members import Status
from tests.support.clock import TestClock
from tests.support.markup import Page
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.tables import dump

REASON = "Ticket 4711, called back"


def listed(browser: Browser) -> list[str]:
    """The names in the list, as the page last seen has them."""
    links = Page(browser.arrive().text).every("a")
    return [link.text for link in links if link.inside("th")]


@pytest.fixture
def crew(office: Office) -> Office:
    """Somebody for each thing that the list can be narrowed to."""
    office.admin("Alma Admin")
    office.person("Nora New", enrolled=False)
    office.person("Paul Pending", acknowledged=False)
    office.locked("Lou Locked")
    office.suspended("Sue Suspended")
    office.invited("Ina Invited")
    office.is_now(office.person("Rem Removed"), Status.REMOVED)
    return office


@pytest.mark.usefixtures("crew")
def test_the_list_holds_everybody_but_the_removed_by_name(olgas: Browser) -> None:
    olgas.open("/account")
    olgas.follow("Members")
    names = ["Alma Admin", "Ina Invited", "Lou Locked", "Nora New", "Olga Owner", "Paul Pending", "Sue Suspended"]
    assert listed(olgas) == names
    for words in ("Owner", "Admin", "Invited", "Suspended", "Locked", "No authenticator", "Codes not acknowledged"):
        assert words in olgas.told


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("search=owner", ["Olga Owner"]),
        ("search=LGA+own", ["Olga Owner"]),
        ("search=paul%40example", ["Paul Pending"]),
        ("search=%25", []),
        ("search=_", []),
        ("role=admin", ["Alma Admin"]),
        ("role=owner", ["Olga Owner"]),
        ("status=invited", ["Ina Invited"]),
        ("status=suspended", ["Sue Suspended"]),
        ("status=removed", ["Rem Removed"]),
        ("factor=locked", ["Lou Locked"]),
        ("factor=unacknowledged", ["Paul Pending"]),
        ("factor=no_authenticator", ["Ina Invited", "Nora New"]),
        ("factor=no_authenticator&status=active", ["Nora New"]),
        ("role=member&search=n&sort=-name&factor=unacknowledged", ["Paul Pending"]),
        ("search=&role=&status=&factor=&status=", None),
        ("else=anything&role=owner", ["Olga Owner"]),
    ],
)
@pytest.mark.usefixtures("crew")
def test_an_address_narrows_the_list(olgas: Browser, query: str, expected: list[str] | None) -> None:
    reply = olgas.open(f"/members?{query}")
    assert reply.status_code == (400 if expected is None else 200)
    assert listed(olgas) == (expected or [])
    assert bool(expected) != ("Nobody fits" in olgas.told) or expected is None


@pytest.mark.usefixtures("crew")
def test_the_form_leads_to_such_an_address_and_shows_what_was_chosen(olgas: Browser) -> None:
    olgas.open("/members")
    olgas.press("Show", search="pending", factor="not_ready", role="member")
    assert listed(olgas) == ["Paul Pending"]
    olgas.press("Show", search="")
    assert {"Nora New", "Paul Pending"} <= set(listed(olgas))
    assert not {"Olga Owner", "Alma Admin"} & set(listed(olgas))
    olgas.follow("Show everybody")
    assert "Olga Owner" in listed(olgas)


@pytest.mark.parametrize(
    "query",
    ["role=king", "status=gone", "factor=x", "sort=password", "role=Owner", "after=1", "before=x", "role=%00"],
)
def test_what_the_list_cannot_be_narrowed_to_is_no_page(olgas: Browser, query: str) -> None:
    assert olgas.open(f"/members?{query}").status_code == 404


def test_next_and_previous_keep_what_the_list_is_narrowed_to(office: Office, olgas: Browser) -> None:
    for number in range(45):
        office.person(f"P{number:02} Example", enrolled=False)
    office.admin("P99 Example")
    olgas.open("/members?search=example&role=member&sort=-name")
    assert "45 found" in olgas.told
    leaves = [listed(olgas)]
    while "Next" in olgas.told:
        olgas.follow("Next")
        leaves.append(listed(olgas))
    assert len(leaves) >= 3
    assert [name for leaf in leaves for name in leaf] == [f"P{number:02} Example" for number in reversed(range(45))]
    for leaf in reversed(leaves[:-1]):
        olgas.follow("Previous")
        assert listed(olgas) == leaf
    assert "Previous" not in olgas.told


@pytest.mark.usefixtures("crew")
def test_somebody_who_is_not_there_begins_the_list_anew(olgas: Browser) -> None:
    olgas.open("/members")
    everybody = listed(olgas)
    for name in ("after", "before"):
        olgas.open(f"/members?{name}={uuid4()}")
        assert listed(olgas) == everybody


def test_it_says_how_many_are_ready(office: Office, ada: Person, olgas: Browser) -> None:
    office.person("Nora New", enrolled=False)
    olgas.open("/members")
    assert "2 of 3 active members" in olgas.told
    olgas.follow("See who is not ready")
    assert listed(olgas) == ["Nora New"]


def test_whoever_has_a_link_to_the_members_ends_there_after_signing_in(office: Office, ines: Person) -> None:
    browser = office.browser()
    assert browser.open("/members?role=owner").status_code == 303
    browser.arrive()
    browser.press("Continue", email=ines.email, password=ines.password)
    assert browser.submit("/sign-in/code", code=ines.code()).location == "/members?role=owner"


def test_only_who_administers_is_led_there(office: Office, adas: Browser, iness: Browser) -> None:
    for browser, shown in ((adas, False), (iness, True)):
        browser.open("/account")
        for path in ("/members", "/organization", "/audit"):
            assert (f'href="{path}"' in browser.text) is shown, path


# acting on several


def _choose(browser: Browser, button: str, *people: Person) -> None:
    browser.open("/members")
    browser.press(button, **{str(person.id): "on" for person in people})


def test_sessions_of_several_are_ended_after_a_page_that_says_whose(
    office: Office, ada: Person, bob: Person, olgas: Browser
) -> None:
    browsers = [office.signed_in(ada), office.signed_in(bob)]
    other = office.signed_in(office.person("Carl Example"))
    before = dump(office.portal)
    _choose(olgas, "End sessions", ada, bob)
    assert "2 people" in olgas.told
    assert ada.name in olgas.told
    assert bob.email in olgas.told
    assert dump(office.portal) == before
    assert olgas.press("End their sessions", reason=REASON).status_code == 303
    assert ada.name in olgas.told
    assert bob.name in olgas.told
    assert [browser.is_in for browser in browsers] == [False, False]
    assert other.is_in
    adas = office.signed_in(ada)
    adas.open("/account/history")
    assert f"Olga Owner ended all your sessions. Reason: {REASON}" in adas.told


def test_several_are_suspended_at_once(office: Office, ada: Person, bob: Person, olgas: Browser) -> None:
    _choose(olgas, "Suspend", ada, bob)
    olgas.press("Suspend them", reason=REASON)
    assert "Ada Example, Bob Example" in olgas.told
    for person in (ada, bob):
        assert office.member(person).status is Status.SUSPENDED
        assert office.browser().enter_password(person).status_code == 422
        assert office.acts(person).count(Act.SUSPENDED) == 1


@pytest.mark.parametrize("button", ["End sessions", "Suspend"])
def test_whoever_selects_nobody_is_told_so(olgas: Browser, button: str) -> None:
    _choose(olgas, button)
    assert "Nobody was chosen" in olgas.told
    assert listed(olgas) == ["Olga Owner"]


def test_whom_one_may_not_act_on_is_left_alone_and_named(
    office: Office, ada: Person, olga: Person, ines: Person, iness: Browser
) -> None:
    alma = office.admin("Alma Admin")
    _choose(iness, "Suspend", ada, olga, ines, alma)
    assert "1 person" in iness.told
    assert "Left alone, since it is not open to you or does not apply: Alma Admin, Ines Admin, Olga Owner" in iness.told
    iness.press("Suspend them", reason=REASON)
    assert office.member(ada).status is Status.SUSPENDED
    for person in (olga, ines, alma):
        assert office.member(person).status is Status.ACTIVE


def test_only_people_whom_one_may_not_act_on_are_as_good_as_nobody(iness: Browser, olga: Person) -> None:
    _choose(iness, "Suspend", olga)
    assert "Nobody was chosen with whom you could do this" in iness.told


def test_whom_it_does_not_apply_to_is_left_alone(office: Office, ada: Person, olgas: Browser) -> None:
    sue = office.suspended()
    _choose(olgas, "Suspend", ada, sue)
    assert f"Left alone, since it is not open to you or does not apply: {sue.name}" in olgas.told
    _choose(olgas, "End sessions", sue)
    assert "Nobody was chosen" in olgas.told


def test_a_reason_is_asked_for_and_the_choice_is_kept(
    office: Office, ada: Person, bob: Person, olga: Person, olgas: Browser, clock: TestClock
) -> None:
    _choose(olgas, "Suspend", ada, bob)
    assert "Confirm it" not in olgas.told
    assert olgas.press("Suspend them").status_code == 422
    assert "Say why" in olgas.told
    clock.advance(minutes=6)
    assert olgas.press("Suspend them", reason=REASON).status_code == 422
    assert olgas.press("Suspend them", proof=olga.wrong_code()).status_code == 422
    assert f'value="{REASON}"' in olgas.text
    assert office.member(ada).status is Status.ACTIVE
    olgas.press("Suspend them", proof=olga.code())
    assert "Ada Example, Bob Example" in olgas.told


@pytest.mark.parametrize("act", ["", "removal", "pass", "suspension%00", "../removal"])
def test_there_is_no_other_act_on_several(olgas: Browser, ada: Person, act: str) -> None:
    assert olgas.open(f"/members/several?{urlencode({str(ada.id): 'on'})}&act={act}").status_code == 404


def test_a_selection_of_a_whole_page_fits_in_an_address(office: Office, olgas: Browser) -> None:
    people = [office.person(f"P{number:03} Example", enrolled=False) for number in range(100)]
    olgas.open("/members?role=member")
    people = people[: len(listed(olgas))]
    assert len(people) >= 10
    olgas.press("Suspend", **{str(person.id): "on" for person in people})
    assert f"{len(people)} people" in olgas.told
    olgas.press("Suspend them", reason=REASON)
    assert {office.member(person).status for person in people} == {Status.SUSPENDED}
