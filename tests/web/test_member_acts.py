"""What administrators do to one member: each act says its effect, asks why and who asks, and is told afterwards."""

from dataclasses import dataclass, field

import pytest

from app.domain.attempts import LockReason
from app.domain.events import Act
from app.domain.members import Role, Status
from tests.support.clock import TestClock
from tests.support.markup import Page
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.tables import dump

REASON = "Ticket 4711 & called back <twice>"


@dataclass(frozen=True)
class Tried:
    """An act as somebody does it: a word of its effect, what is typed, and what is said then and in the history."""

    noun: str
    button: str
    effect: str
    told: str
    act: Act
    history: str
    typed: dict[str, str] = field(default_factory=dict)


SHOWN_ONCE = [
    Tried(
        "pass",
        "Make a pass",
        "opens nothing but a new enrolment",
        "A pass for Ada Example",
        Act.PASS_MADE,
        "made a pass",
        {"minutes": "10"},
    ),
    Tried(
        "password-link",
        "Make a password link",
        "sets a new password within 24 hours",
        "A password link for Ada Example",
        Act.PASSWORD_LINK_MADE,
        "made a link to set a new password",
    ),
    Tried(
        "invitation",
        "Make a new invitation",
        "new link",
        "A new invitation for Ina Invited",
        Act.INVITATION_RENEWED,
        "made a new invitation for you",
    ),
]
OTHERS = [
    Tried("unlock", "Unlock", "accepted again", "unlocked", Act.UNLOCKED, "unlocked your second factor"),
    Tried(
        "name",
        "Change name",
        "wherever it is shown",
        "Ada Lovelace",
        Act.NAME_CORRECTED,
        "changed your name",
        {"name": "Ada Lovelace"},
    ),
    Tried(
        "address",
        "Change address",
        "sign in with the new address",
        "new@example.org",
        Act.EMAIL_CHANGED,
        "changed your e-mail address",
        {"email": "new@example.org"},
    ),
    Tried(
        "role",
        "Change role",
        "new role",
        "admin",
        Act.ROLE_CHANGED,
        "changed your role from member to admin",
        {"role": "admin"},
    ),
    Tried(
        "sessions-end",
        "End all sessions",
        "sign-in that is under way",
        "Ada Example",
        Act.ALL_SESSIONS_ENDED,
        "ended all your sessions",
    ),
    Tried(
        "lock",
        "Lock",
        "No code lets anybody in",
        "locked",
        Act.LOCKED_BY_ADMIN,
        "locked your second factor",
    ),
    Tried(
        "suspension",
        "Suspend",
        "cannot sign in",
        "suspended",
        Act.SUSPENDED,
        "suspended your account",
    ),
    Tried(
        "reactivation",
        "Reactivate",
        "can sign in again",
        "can sign in again",
        Act.REACTIVATED,
        "opened your account again",
    ),
    Tried(
        "invitation-revocation",
        "Revoke the invitation",
        "link stops working",
        "invitation of Ina Invited",
        Act.INVITATION_REVOKED,
        "",
    ),
    Tried("removal", "Remove", "For good", "removed", Act.REMOVED, ""),
]
ACTS = [*SHOWN_ONCE, *OTHERS]
LEAVING_A_HISTORY = [one for one in ACTS if one.history and one.noun != "invitation"]


def _whom(office: Office, noun: str) -> Person:
    """Somebody in the state that the act is for."""
    if noun == "unlock":
        return office.locked()
    if noun == "reactivation":
        return office.suspended()
    return office.invited()[0] if noun.startswith("invitation") else office.person("Ada Example")


def _opened(office: Office, browser: Browser, tried: Tried) -> Person:
    """The page of the act, reached from the list as people do."""
    who = _whom(office, tried.noun)
    browser.open("/members")
    browser.follow(who.name)
    path = f"/members/{who.id}/{tried.noun}"
    assert any(link["href"] == path for link in Page(browser.text).every("a")), (
        "the page of the member has no such link"
    )
    browser.open(path)
    return who


def _done(browser: Browser) -> str:
    """What the page says of what was just done."""
    return " ".join(one.text for one in Page(browser.arrive().text).every("p") if "notice-success" in one["class"])


def _by_noun(tried: Tried) -> str:
    return tried.noun


@pytest.mark.parametrize("tried", ACTS, ids=_by_noun)
def test_the_page_of_an_act_says_what_it_will_do_and_asks_why(office: Office, olgas: Browser, tried: Tried) -> None:
    _opened(office, olgas, tried)
    before = dump(office.portal)
    assert tried.effect in olgas.told
    assert "Confirm it" not in olgas.told
    assert olgas.press(tried.button, **tried.typed).status_code == 422
    assert "Say why" in olgas.told
    assert dump(office.portal) == before


@pytest.mark.parametrize("tried", ACTS, ids=_by_noun)
def test_after_an_act_it_is_said_what_was_done(office: Office, olgas: Browser, tried: Tried) -> None:
    who = _opened(office, olgas, tried)
    reply = olgas.press(tried.button, reason=REASON, **tried.typed)
    assert (reply.status_code, reply.location) == ((200, None) if tried in SHOWN_ONCE else (303, f"/members/{who.id}"))
    assert tried.told in (olgas.told if tried in SHOWN_ONCE else _done(olgas))
    assert office.acts(who)[-1] is tried.act
    olgas.open(f"/members/{who.id}")
    assert REASON in olgas.text
    assert REASON not in (olgas.reply.get_data(as_text=True) if olgas.reply else REASON)


@pytest.mark.parametrize("tried", LEAVING_A_HISTORY, ids=_by_noun)
def test_the_member_reads_who_did_it_and_why(office: Office, olgas: Browser, tried: Tried) -> None:
    who = _opened(office, olgas, tried)
    olgas.press(tried.button, reason=REASON, **tried.typed)
    who.email = tried.typed.get("email", who.email)
    _may_come_in_again(office, who)
    theirs = office.signed_in(who)
    theirs.open("/account/history")
    assert f"Olga Owner {tried.history}" in theirs.told
    assert f"Reason: {REASON}" in theirs.text
    assert "203.0.113.99" not in theirs.text


def _may_come_in_again(office: Office, who: Person) -> None:
    office.is_now(who, Status.ACTIVE)
    office.unlock(who)


@pytest.mark.parametrize("tried", ACTS, ids=_by_noun)
def test_with_a_stale_session_a_code_goes_in_the_same_form(
    office: Office, olga: Person, olgas: Browser, clock: TestClock, tried: Tried
) -> None:
    clock.advance(minutes=6)
    who = _opened(office, olgas, tried)
    before = dump(office.portal)
    assert "Confirm it" in olgas.told
    assert olgas.press(tried.button, reason=REASON, **tried.typed).status_code == 422
    assert dump(office.portal) == before
    assert olgas.press(tried.button, proof=olga.wrong_code()).status_code == 422
    assert "That code does not fit" in olgas.told
    assert office.acts(who) == [one for one in office.acts(who) if one is not tried.act]
    for typed in (REASON, *tried.typed.values()):
        assert f'value="{typed}"' in olgas.text, "what was typed is gone"
    olgas.press(tried.button, proof=olga.code())
    assert tried.told in (olgas.told if tried in SHOWN_ONCE else _done(olgas))
    assert office.acts(who)[-1] is tried.act


@pytest.mark.parametrize("typed", [" ", "\u200b", "x" * 301])
def test_a_reason_must_be_one(office: Office, ada: Person, olgas: Browser, typed: str) -> None:
    olgas.open(f"/members/{ada.id}/lock")
    assert olgas.press("Lock", reason=typed).status_code == 422
    assert office.member(ada).lock is None


NOT_NOW = [
    ("unlock", "ada"),
    ("reactivation", "ada"),
    ("invitation", "ada"),
    ("invitation-revocation", "ada"),
    ("suspension", "suspended"),
    ("lock", "suspended"),
    ("sessions-end", "suspended"),
    ("lock", "locked"),
    ("lock", "invited"),
    ("pass", "invited"),
    ("pass", "suspended"),
    ("password-link", "invited"),
    ("suspension", "invited"),
    ("removal", "removed"),
    ("name", "removed"),
    ("role", "removed"),
    ("address", "removed"),
    ("sessions-end", "removed"),
    ("pass", "removed"),
]


def _in_state(office: Office, state: str) -> Person:
    if state == "locked":
        return office.locked()
    if state == "suspended":
        return office.suspended()
    if state == "invited":
        return office.invited()[0]
    who = office.person("Ada Example")
    if state == "removed":
        office.is_now(who, Status.REMOVED)
    return who


@pytest.mark.parametrize(("noun", "state"), NOT_NOW)
def test_an_act_that_does_not_apply_is_not_offered_and_does_nothing(
    office: Office, olgas: Browser, noun: str, state: str
) -> None:
    who = _in_state(office, state)
    typed = next(one.typed for one in ACTS if one.noun == noun)
    path = f"/members/{who.id}/{noun}"
    before = dump(office.portal)
    assert f'href="{path}"' not in olgas.open(f"/members/{who.id}").get_data(as_text=True)
    assert olgas.open(path).location == f"/members/{who.id}"
    assert "This has changed meanwhile, or was so already" in olgas.told
    assert olgas.submit(path, reason=REASON, **typed).location == f"/members/{who.id}"
    assert "Nothing was done" in olgas.told
    assert dump(office.portal) == before


@pytest.mark.parametrize(
    ("noun", "typed"), [("name", {"name": "Ada Example"}), ("address", {"email": "ada@example.org"})]
)
def test_what_is_so_already_is_not_done_again(
    office: Office, ada: Person, olgas: Browser, noun: str, typed: dict[str, str]
) -> None:
    before = dump(office.portal)
    olgas.submit(f"/members/{ada.id}/{noun}", reason=REASON, **typed)
    assert "or was so already" in olgas.told
    assert dump(office.portal) == before


def test_an_address_that_somebody_has_is_refused_at_the_field(
    office: Office, ada: Person, bob: Person, olgas: Browser
) -> None:
    olgas.open(f"/members/{ada.id}/address")
    assert olgas.press("Change address", email=bob.email.upper(), reason=REASON).status_code == 422
    assert "Somebody else in your organization has this address" in olgas.told
    assert f'value="{REASON}"' in olgas.text
    assert office.member(ada).email == ada.email


@pytest.mark.parametrize("typed", ["", "no address", "a@b@c", "ada @example.org", "x" * 250 + "@example.org"])
def test_an_address_must_be_one(office: Office, ada: Person, olgas: Browser, typed: str) -> None:
    olgas.open(f"/members/{ada.id}/address")
    assert olgas.press("Change address", email=typed, reason=REASON).status_code == 422
    assert office.member(ada).email == ada.email


def test_ten_wrong_codes_end_the_session_and_do_nothing(
    office: Office, ada: Person, olga: Person, olgas: Browser, clock: TestClock
) -> None:
    clock.advance(minutes=6)
    olgas.open(f"/members/{ada.id}/removal")
    for _ in range(9):
        assert olgas.press("Remove", reason=REASON, proof=olga.wrong_code()).status_code == 422
    assert olgas.press("Remove", proof=olga.wrong_code()).location == "/sign-in"
    assert "you were signed out" in olgas.told
    assert not olgas.is_in
    assert office.member(ada).status is Status.ACTIVE


def test_the_last_owner_stays(office: Office, olga: Person, olgas: Browser) -> None:
    otto = office.person("Otto Owner", role=Role.OWNER, enrolled=False)
    ottos = office.postponed(otto)
    office.lets_people_go_without()
    before = dump(office.portal)
    ottos.open(f"/members/{olga.id}")
    assert ottos.told.count("This is the last owner with an authenticator") == 3
    for noun, button, typed in (
        ("role", "Change role", {"role": "member"}),
        ("suspension", "", {}),
        ("removal", "", {}),
    ):
        ottos.open(f"/members/{olga.id}/{noun}")
        assert "This is the last owner with an authenticator" in ottos.told
        assert not button or f">{button}<" not in ottos.text
        proof = {"proof": otto.password} if "proof" in ottos.text else {}
        assert ottos.submit(f"/members/{olga.id}/{noun}", reason=REASON, **typed, **proof).status_code == 422
        assert "This is the last owner with an authenticator" in ottos.told
    assert dump(office.portal) == before
    assert olgas.is_in


def test_somebody_whose_panic_locked_the_account_is_to_be_talked_to(office: Office, olgas: Browser) -> None:
    lou = office.locked(by=LockReason.PANIC)
    olgas.open(f"/members/{lou.id}/unlock")
    assert "Talk to them before you open it" in olgas.told
