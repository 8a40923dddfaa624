"""Bringing people in: inviting one or many, and taking an invitation up, in one visit."""

import pytest

from app.domain.events import Act
from app.domain.members import Role, Status
from tests.support.clock import TestClock
from tests.support.markup import Page
from tests.support.members_web import PASSWORD, Browser, Person
from tests.support.offices import Office
from tests.support.tables import dump

PASTED = """Name, E-mail
Gustav New, gustav@example.org
Hilda New; hilda@example.org; admin
Ilse New <ilse@example.org>
"""


def _invite(browser: Browser, name: str = "Gustav New", email: str = "gustav@example.org", **typed: str) -> str:
    """The path of the link that the page shows."""
    browser.open("/invitations/new")
    assert browser.press("Invite", name=name, email=email, **typed).status_code == 200
    return browser.link


def _opened(office: Office, link: str) -> Browser:
    browser = office.browser()
    browser.open(link)
    browser.arrive()
    return browser


def _paste(browser: Browser, people: str) -> int:
    browser.open("/invitations/many")
    return browser.press("See what each line will do", people=people).status_code


def _judged(browser: Browser) -> list[tuple[str, str]]:
    """Who stands in each line of the preview, and what will happen."""
    cells = [one for one in Page(browser.text).every("td", "th") if one.inside("tbody")]
    lines = [cells[start : start + 4] for start in range(0, len(cells), 4)]
    return [(who.text, happens.text) for _, who, _, happens in lines]


# inviting one


def test_whoever_is_invited_gets_a_link_shown_once(office: Office, olgas: Browser) -> None:
    link = _invite(olgas, role="admin")
    assert "Gustav New is invited" in olgas.told
    assert olgas.reply is not None
    assert olgas.reply.headers["Cache-Control"] == "no-store"
    gustav = office.member_with("gustav@example.org")
    assert (gustav.role, gustav.status) == (Role.ADMIN, Status.INVITED)
    token = link.rpartition("/")[2]
    for path in ("/members", f"/members/{gustav.public_id}", f"/members/{gustav.public_id}/invitation", "/audit"):
        assert token not in olgas.open(path).get_data(as_text=True), path
    assert token not in repr(dump(office.portal))


@pytest.mark.parametrize(
    ("field", "typed"),
    [("name", ""), ("name", "x" * 121), ("name", "\u200b"), ("email", ""), ("email", "gustav"), ("email", "a@b@c")],
)
def test_name_and_address_must_be_such(office: Office, olgas: Browser, field: str, typed: str) -> None:
    olgas.open("/invitations/new")
    before = dump(office.portal)
    form = {"name": "Gustav New", "email": "gustav@example.org", field: typed}
    assert olgas.press("Invite", **form).status_code == 422
    assert dump(office.portal) == before
    assert all(f'value="{kept}"' in olgas.text for name, kept in form.items() if name != field)


def test_who_is_here_or_invited_already_is_not_invited_again(office: Office, ada: Person, olgas: Browser) -> None:
    for email, why in (
        (ada.email.upper(), "belongs to a member already"),
        (office.invited()[0].email, "is invited under this address already"),
    ):
        olgas.open("/invitations/new")
        before = dump(office.portal)
        assert olgas.press("Invite", name="Gustav", email=email).status_code == 422
        assert why in olgas.told
        assert 'value="Gustav"' in olgas.text
        assert dump(office.portal) == before


def test_with_a_stale_session_what_was_typed_waits_for_the_code(
    office: Office, olga: Person, olgas: Browser, clock: TestClock
) -> None:
    clock.advance(minutes=6)
    olgas.open("/invitations/new")
    typed = {"name": "Gustav New", "email": "gustav@example.org", "role": "admin"}
    assert olgas.press("Invite", proof=olga.wrong_code(), **typed).status_code == 422
    assert olgas.press("Invite", proof=olga.code()).status_code == 200
    assert office.member_with("gustav@example.org").role is Role.ADMIN


# inviting many


def test_a_preview_says_of_each_line_what_it_will_do_and_writes_nothing(
    office: Office, ada: Person, olgas: Browser
) -> None:
    before = dump(office.portal)
    lines = f"{PASTED}Ada, {ada.email}\nnobody\nGustav Again, gustav@example.org\nX, x@example.org, king\n"
    assert _paste(olgas, lines) == 200
    judged = _judged(olgas)
    assert [happens == "Invited" for _, happens in judged] == [True, True, True, False, False, False, False]
    for (_, happens), why in zip(judged[3:], ("member already", "no e-mail", "earlier line", "no role"), strict=True):
        assert why in happens
    assert "Invite 3 people" in olgas.told
    assert dump(office.portal) == before


def test_many_are_invited_and_each_gets_a_link(office: Office, ada: Person, olgas: Browser) -> None:
    _paste(olgas, f"{PASTED}Ada, {ada.email}")
    assert olgas.press("Invite 3 people").status_code == 200
    assert len(set(olgas.links)) == 3
    assert "3 people are invited" in olgas.told
    assert "belongs to a member already" in olgas.told
    assert [office.member_with(f"{name}@example.org").role for name in ("gustav", "hilda", "ilse")] == [
        Role.MEMBER,
        Role.ADMIN,
        Role.MEMBER,
    ]
    assert all(_opened(office, link).text.count("Join Acme Works") for link in olgas.links)


def test_it_is_looked_at_anew_when_it_is_done(office: Office, olgas: Browser, iness: Browser) -> None:
    _paste(olgas, PASTED)
    _invite(iness)
    assert olgas.press("Invite 3 people").status_code == 200
    assert len(olgas.links) == 2
    assert "is invited under this address already" in olgas.told


def test_where_nobody_is_left_to_invite_the_preview_says_so(office: Office, ada: Person, olgas: Browser) -> None:
    assert _paste(olgas, f"Ada, {ada.email}") == 200
    assert "Nobody to invite" in olgas.told
    before = dump(office.portal)
    assert olgas.submit("/invitations/many/confirmation", people=f"Ada, {ada.email}").status_code == 422
    assert "Nobody was invited" in olgas.told
    assert dump(office.portal) == before


@pytest.mark.parametrize("path", ["/invitations/many", "/invitations/many/confirmation"])
def test_more_than_two_hundred_lines_are_too_many_at_once(office: Office, olgas: Browser, path: str) -> None:
    lines = [f"P{number} Example, p{number}@example.org" for number in range(201)]
    olgas.arrive()
    before = dump(office.portal)
    assert olgas.submit(path, people="\n".join(lines)).status_code == 422
    assert "more than 200 people" in olgas.told
    assert lines[-1] in olgas.text
    assert dump(office.portal) == before
    assert olgas.submit(path, people="\n".join(lines[:200])).status_code == 200


@pytest.mark.parametrize("path", ["/invitations/many", "/invitations/many/confirmation"])
def test_nothing_pasted_is_nothing_to_do(olgas: Browser, path: str) -> None:
    assert olgas.submit(path, people="").status_code == 422
    assert "Paste at least one line" in olgas.told


def test_a_code_in_the_preview_is_enough_and_the_lines_survive_a_wrong_one(
    office: Office, olga: Person, olgas: Browser, clock: TestClock
) -> None:
    clock.advance(minutes=6)
    _paste(olgas, PASTED)
    before = dump(office.portal)
    assert olgas.press("Invite 3 people").status_code == 422
    assert dump(office.portal) == before
    assert olgas.press("Invite 3 people", proof=olga.wrong_code()).status_code == 422
    assert len(_judged(olgas)) == 3
    assert olgas.press("Invite 3 people", proof=olga.code()).status_code == 200
    assert len(olgas.links) == 3


# taking it up


def _accept(office: Office, link: str, person: Person) -> Browser:
    """In one visit: the password, the authenticator, the codes."""
    browser = _opened(office, link)
    browser.press("Go on to the authenticator", password=PASSWORD)
    browser.arrive()
    person.adds(browser.key)
    assert browser.press("Confirm authenticator", code=person.code()).status_code == 200
    person.codes = browser.codes
    browser.press("Acknowledge", saved="y")
    return browser


def test_an_invitation_is_taken_up_in_one_visit(office: Office, olgas: Browser, clock: TestClock) -> None:
    link = _invite(olgas)
    who = office.member_with("gustav@example.org")
    gustav = Person("Gustav New", "gustav@example.org", who.public_id, clock)
    browser = _opened(office, link)
    assert "Join Acme Works" in browser.told
    assert 'value="Gustav New"' in browser.text
    browser = _accept(office, link, gustav)
    assert browser.open("/account").status_code == 200
    assert len(gustav.codes) == 10
    browser.open("/account/history")
    assert "Olga Owner invited you" in browser.told
    office.signed_in(gustav)
    assert office.member(gustav).status is Status.ACTIVE
    olgas.open("/members?factor=ready&search=gustav")
    assert "Gustav New" in olgas.told


def test_somebody_who_comes_by_invitation_does_not_come_unseen(office: Office, clock: TestClock) -> None:
    """The link vouches for the enrolment, so it is not marked as one by password alone."""
    ina, link = office.invited()
    _accept(office, link, ina)
    added = next(row for row in dump(office.portal)["event"] if row["act"] == Act.AUTHENTICATOR_ADDED)
    assert not added["details"].get("unknown_browser")


def test_people_may_say_themselves_what_they_are_called(office: Office, olgas: Browser) -> None:
    ina, link = office.invited()
    browser = _opened(office, link)
    browser.press("Go on to the authenticator", name="Ina <b>Other</b>", password=PASSWORD)
    assert office.member(ina).name == "Ina <b>Other</b>"
    olgas.open("/members")
    assert "Ina <b>Other</b>" in olgas.text


def test_whoever_stops_half_way_signs_in_and_goes_on(office: Office) -> None:
    ina, link = office.invited()
    _opened(office, link).press("Go on to the authenticator", password=PASSWORD)
    browser = office.past_the_password(ina)
    assert "Set up" in browser.told


def test_until_then_nobody_signs_in(office: Office) -> None:
    ina, link = office.invited()
    _opened(office, link)
    for password in (PASSWORD, "", "None", "\x00"):
        assert office.browser().enter_password(ina, password).status_code == 422
    assert not office.browser().is_in


@pytest.mark.parametrize("password", ["short", "", "password1234", "acme works 2026", "ina@example.org", "a" * 257])
def test_an_unfit_password_takes_nothing_up(office: Office, password: str) -> None:
    ina, link = office.invited()
    browser = _opened(office, link)
    before = dump(office.portal)
    assert browser.press("Go on to the authenticator", name="Ina Other", password=password).status_code == 422
    assert 'value="Ina Other"' in browser.text
    assert not password or f'value="{password}"' not in browser.text or password == ina.email
    assert dump(office.portal) == before
    assert browser.press("Go on to the authenticator", password=PASSWORD).status_code == 303
    assert office.member(ina).status is Status.ACTIVE


def _used(office: Office, link: str, _olgas: Browser, _ina: Person) -> None:
    assert _opened(office, link).press("Go on to the authenticator", password=PASSWORD).status_code == 303


def _revoked(_office: Office, _link: str, olgas: Browser, ina: Person) -> None:
    olgas.open(f"/members/{ina.id}/invitation-revocation")
    assert olgas.press("Revoke the invitation", reason="Never came").status_code == 303


def _renewed(_office: Office, _link: str, olgas: Browser, ina: Person) -> None:
    olgas.open(f"/members/{ina.id}/invitation")
    assert olgas.press("Make a new invitation", reason="Lost the mail").status_code == 200


def _removed(_office: Office, _link: str, olgas: Browser, ina: Person) -> None:
    olgas.open(f"/members/{ina.id}/removal")
    assert olgas.press("Remove", reason="Never came").status_code == 303


def _run_out(office: Office, *_: object) -> None:
    office.clock.advance(hours=24)


@pytest.mark.parametrize("over", [_used, _revoked, _renewed, _removed, _run_out])
def test_a_link_whose_time_is_over_says_so(office: Office, olgas: Browser, over: object) -> None:
    ina, link = office.invited()
    held = _opened(office, link)
    assert callable(over)
    over(office, link, olgas, ina)
    gone = _opened(office, link)
    assert gone.reply is not None
    assert gone.reply.status_code == 410
    assert "This invitation no longer works" in gone.told
    assert ina.email not in gone.text
    before = dump(office.portal)
    assert held.press("Go on to the authenticator", password=PASSWORD).status_code == 410
    assert dump(office.portal) == before


@pytest.mark.parametrize("token", ["x", "no-such-token", "a" * 500, "%00", "acceptance%20", "\u202e"])
def test_no_other_link_is_one(office: Office, token: str) -> None:
    ina, _ = office.invited()
    browser = _opened(office, f"/invitations/{token}")
    assert browser.reply is not None
    assert browser.reply.status_code == 410
    assert ina.email not in browser.text


def test_a_password_link_is_no_invitation_and_an_invitation_no_password_link(office: Office, ada: Person) -> None:
    _, link = office.invited()
    for path in (link.replace("/invitations/", "/password/"), f"/invitations/{office.password_link_for(ada)}"):
        browser = _opened(office, path)
        assert browser.reply is not None
        assert browser.reply.status_code == 410


def test_the_token_is_in_a_cookie_and_in_no_page(office: Office) -> None:
    ina, link = office.invited()
    token = link.rpartition("/")[2]
    browser = office.browser()
    assert browser.open(link).location == "/invitations/acceptance"
    assert browser.cookie("invitation") == token
    browser.arrive()
    browser.press("Go on to the authenticator", password="short")
    browser.press("Go on to the authenticator", password=PASSWORD)
    browser.arrive()
    assert [reply.request.path for reply in browser.seen if token in reply.get_data(as_text=True)] == []
    assert browser.cookie("invitation") is None
    assert office.member(ina).status is Status.ACTIVE


def test_whoever_is_signed_in_can_take_one_up_for_another_account(office: Office, adas: Browser) -> None:
    ina, link = office.invited()
    adas.open(link)
    adas.arrive()
    adas.press("Go on to the authenticator", password=PASSWORD)
    assert not adas.is_in, "the session of the one may not go on beside the sign-in of the other"
    assert office.member(ina).status is Status.ACTIVE
