"""An administrator who tries too much: by forged forms, forged ids and forged roles, and after having been one."""

import base64
from typing import Any
from urllib.parse import urlencode

import pytest

from app.domain.events import Act
from app.domain.members import Role, Status
from app.web.access import Who
from tests.support import routes
from tests.support.members_web import Browser, Person, codes_in
from tests.support.offices import Office
from tests.support.routes import REASON, cast_of, form_for, named, path_of
from tests.support.tables import dump

ACTS = [rule for rule, access in named("POST") if access.who is Who.ADMIN and "<uuid:id>" in rule]
TRICKS = [
    {"X-HTTP-Method-Override": "POST"},
    {"X-Original-URL": "/members"},
    {"X-Rewrite-URL": "/members"},
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-Prefix": "/members"},
    {"X-User-Role": "owner"},
    {"Accept": "application/json"},
]


def _on(office: Office, whom: str, ines: Person) -> Person:
    """Somebody whom an admin may not act on."""
    return {
        "an owner": lambda: office.owner("Otto Owner"),
        "another admin": lambda: office.admin("Alma Admin"),
        "oneself": lambda: ines,
        "an invited admin": lambda: office.invited(role=Role.ADMIN)[0],
        "an invited owner": lambda: office.invited(role=Role.OWNER)[0],
    }[whom]()


@pytest.mark.parametrize("whom", ["an owner", "another admin", "oneself", "an invited admin", "an invited owner"])
def test_an_admin_acts_on_nobody_of_that_role_or_above(office: Office, ines: Person, iness: Browser, whom: str) -> None:
    who = _on(office, whom, ines)
    iness.open(f"/members/{who.id}")
    assert "What you can do" not in iness.told
    before = dump(office.portal)
    for rule in ACTS:
        path = path_of(rule, who)
        assert path not in iness.text
        assert iness.open(path).status_code == 403, rule
        assert iness.submit(path, **form_for(rule, who)).status_code == 403, rule
        assert "You cannot act on this person" in iness.told
        iness.open(f"/members/{who.id}")
    assert dump(office.portal) == before


def test_an_owner_acts_on_owners_but_not_on_oneself(office: Office, olga: Person, olgas: Browser) -> None:
    before = dump(office.portal)
    for rule in ACTS:
        assert olgas.submit(path_of(rule, olga), **form_for(rule, olga)).status_code == 403, rule
    assert dump(office.portal) == before
    otto = office.owner("Otto Owner")
    olgas.open(f"/members/{otto.id}/suspension")
    assert olgas.press("Suspend", reason=REASON).status_code == 303
    assert office.member(otto).status is Status.SUSPENDED


# roles


@pytest.mark.parametrize("role", ["owner", "admin", "OWNER", "Role.OWNER", "king", "", " owner", "0", "null"])
def test_an_admin_invites_members_only(office: Office, iness: Browser, role: str) -> None:
    iness.open("/invitations/new")
    assert 'value="owner"' not in iness.text
    before = dump(office.portal)
    assert iness.submit("/invitations", name="Mallory", email="mallory@example.org", role=role).status_code == 422
    assert dump(office.portal) == before


@pytest.mark.parametrize("role", ["owner", "admin", "Administrator", " OWNER "])
def test_nor_by_pasting(office: Office, iness: Browser, role: str) -> None:
    people = f"Mallory, mallory@example.org, {role}\nGustav New, gustav@example.org"
    assert iness.submit("/invitations/many", people=people).status_code == 200
    assert "You cannot give this role" in iness.told
    iness.press("Invite 1 person", people=people)
    assert "You cannot give this role" in iness.told
    assert office.member_with("gustav@example.org").role is Role.MEMBER
    assert not any(row["email"] == "mallory@example.org" for row in dump(office.portal)["member"])


@pytest.mark.parametrize("role", ["owner", "admin", "member", "king", ""])
def test_an_admin_gives_no_role(office: Office, ada: Person, iness: Browser, role: str) -> None:
    before = dump(office.portal)
    assert f"/members/{ada.id}/role" not in iness.open(f"/members/{ada.id}").get_data(as_text=True)
    assert iness.submit(f"/members/{ada.id}/role", reason=REASON, role=role).status_code == 422
    assert dump(office.portal) == before


@pytest.mark.parametrize("role", ["king", "", "OWNER", "Member", "member owner", "\x00owner"])
def test_an_owner_gives_no_role_that_there_is_not(office: Office, ada: Person, olgas: Browser, role: str) -> None:
    before = dump(office.portal)
    assert olgas.submit(f"/members/{ada.id}/role", reason=REASON, role=role).status_code == 422
    assert "Choose one of these roles" in olgas.told
    assert dump(office.portal) == before


@pytest.mark.parametrize("rule", [rule for rule in ACTS if rule != "/members/<uuid:id>/role"])
def test_what_a_form_does_not_have_is_not_changed(office: Office, olgas: Browser, ada: Person, rule: str) -> None:
    who = cast_of(office, ada).of(rule)
    email = "else@example.org" if rule.endswith("address") else who.email
    extra = {"role": "owner", "is_admin": "1", "organization_id": "2", "status": "active", "password_hash": "x"}
    olgas.submit(path_of(rule, who), **{"email": email, **form_for(rule, who), **extra})
    row = next(row for row in dump(office.portal)["member"] if row["public_id"] == who.id)
    assert (row["role"], row["organization_id"], row["email"]) == ("member", office.organization_id, email)
    assert row["password_hash"] != "x"


# after having been one


@pytest.mark.parametrize(
    ("noun", "button"), [("role", "Change role"), ("suspension", "Suspend"), ("removal", "Remove")]
)
def test_whoever_was_an_admin_does_nothing_with_the_pages_still_open(
    office: Office, ines: Person, iness: Browser, noun: str, button: str
) -> None:
    ada, olgas = office.person("Ada Example"), office.signed_in(office.owner())
    iness.open(f"/members/{ada.id}/removal")
    olgas.open(f"/members/{ines.id}/{noun}")
    olgas.press(button, reason=REASON, **({"role": "member"} if noun == "role" else {}))
    before = dump(office.portal)
    assert iness.press("Remove", reason=REASON).location == "/sign-in"
    assert not iness.is_in
    assert dump(office.portal) == before


def test_the_role_of_this_very_moment_counts(office: Office, ada: Person, ines: Person, iness: Browser) -> None:
    """Also where a session lives on, as after a change straight in the database."""
    iness.open(f"/members/{ada.id}/removal")
    office.is_now(ines, Role.MEMBER)
    before = dump(office.portal)
    assert iness.press("Remove", reason=REASON).status_code == 403
    for path in ("/members", "/audit", "/organization", f"/members/{ada.id}"):
        assert iness.open(path).status_code == 403
    assert dump(office.portal) == before
    office.is_now(ines, Role.ADMIN)
    office.is_now(ada, Role.OWNER)
    assert iness.submit(f"/members/{ada.id}/removal", reason=REASON).status_code == 403
    assert office.member(ada).status is Status.ACTIVE


# several at once


def _forge(browser: Browser, act: str, *names: str, **fields: str) -> int:
    return browser.submit(
        f"/members/several/{act}", **{**dict.fromkeys(names, "on"), "reason": REASON, **fields}
    ).status_code


@pytest.mark.parametrize("act", ["suspension", "sessions-end"])
def test_a_forged_selection_reaches_only_whom_one_may_act_on(
    office: Office, ada: Person, olga: Person, ines: Person, iness: Browser, act: str
) -> None:
    others = office.next_door().person("Nele Next")
    alma = office.admin("Alma Admin")
    browsers = [office.signed_in(person) for person in (olga, alma)]
    everybody = [str(person.id) for person in (ada, olga, ines, alma, others)]
    assert _forge(iness, act, *everybody, "1", "all", "*", "' OR 1=1", "on", "None") == 303
    done = Act.SUSPENDED if act == "suspension" else Act.ALL_SESSIONS_ENDED
    events = [row for row in dump(office.portal)["event"] if row["act"] == done]
    assert [row["member_id"] for row in events] == [office.member(ada).id]
    assert all(browser.is_in for browser in [*browsers, iness])
    assert "Nele" not in iness.text
    iness.open("/members")
    assert "Nele" not in iness.text


def test_one_person_chosen_under_two_spellings_is_one(office: Office, ada: Person, olgas: Browser) -> None:
    spellings = [str(ada.id), str(ada.id).upper(), ada.id.hex, f"{{{ada.id}}}", f"urn:uuid:{ada.id}"]
    assert _forge(olgas, "sessions-end", *spellings) == 303
    assert office.acts(ada).count(Act.ALL_SESSIONS_ENDED) == 1


def test_nobody_is_chosen_by_the_address_of_a_form(office: Office, ada: Person, bob: Person, olgas: Browser) -> None:
    before = dump(office.portal)
    path = f"/members/several/suspension?{urlencode({str(ada.id): 'on', 'reason': REASON})}"
    assert olgas.submit(path, reason=REASON).status_code == 303
    assert office.acts(ada) == []
    assert olgas.submit(f"/members/{ada.id}/suspension?reason=because").status_code == 422
    assert dump(office.portal) == before
    assert olgas.submit(path, **{str(bob.id): "on"}, reason=REASON).status_code == 303
    assert (office.member(ada).status, office.member(bob).status) == (Status.ACTIVE, Status.SUSPENDED)


# tricks with requests


@pytest.mark.parametrize("spelled", [str.upper, lambda one: one.replace("-", ""), lambda one: f"{{{one}}}"])
def test_an_id_in_another_spelling_is_no_way_around(office: Office, olga: Person, iness: Browser, spelled: Any) -> None:
    before = dump(office.portal)
    path = f"/members/{spelled(str(olga.id))}/removal"
    assert iness.open(path).status_code in {403, 404}
    assert iness.submit(path, reason=REASON).status_code in {403, 404}
    assert dump(office.portal) == before


@pytest.mark.parametrize("fields", [["reason", "reason"], ["role", "role"], ["csrf_token", "csrf_token"]])
def test_a_field_sent_twice_is_refused(office: Office, ada: Person, olgas: Browser, fields: list[str]) -> None:
    olgas.arrive()
    before = dump(office.portal)
    token = ("csrf_token", olgas.csrf_token)
    body = urlencode([token, ("reason", REASON), ("role", "admin"), *((name, "member") for name in fields)])
    kind = "application/x-www-form-urlencoded"
    assert olgas.post(f"/members/{ada.id}/role", body, content_type=kind).status_code == 400
    assert dump(office.portal) == before


@pytest.mark.parametrize(
    "path", ["/members/", "/%2fmembers", "/MEMBERS", "/members;x", "/account/../members", "/members%2f"]
)
def test_no_spelling_of_an_address_is_a_way_around(office: Office, adas: Browser, olga: Person, path: str) -> None:
    reply = adas.open(path)
    assert reply.status_code in {403, 404}
    assert olga.email not in adas.text


@pytest.mark.parametrize("headers", TRICKS, ids=lambda headers: next(iter(headers)))
def test_no_header_is_a_way_around(office: Office, adas: Browser, olga: Person, headers: dict[str, str]) -> None:
    for path in ("/members", f"/members/{olga.id}", "/audit"):
        assert adas.open(path, headers=headers).status_code == 403
    adas.open("/account", headers=headers)
    assert olga.email not in adas.text
    before = dump(office.portal)
    assert adas.open("/members/export", headers=headers, method="GET").status_code == 403
    assert adas.submit("/members/export", headers, sort="name", _method="GET").status_code == 403
    assert dump(office.portal) == before


# what nobody sees of another


def _secrets_of(office: Office, person: Person) -> list[str]:
    assert person.app
    row = next(row for row in dump(office.portal)["member"] if row["public_id"] == person.id)
    return [base64.b32encode(person.app.secret).decode().rstrip("="), person.app.secret.hex(), row["password_hash"]]


def test_nobody_sees_codes_or_secrets_of_another_on_any_page(office: Office, ada: Person, olga: Person) -> None:
    adas = office.signed_in(ada)
    adas.submit("/account/recovery-codes/shown")
    assert codes_in(adas.text, ada.codes) == ada.codes
    office.person("Bob Example")
    cast = cast_of(office, ada)
    people = [ada, cast.active, cast.locked, cast.suspended]
    codes = [code for person in people for code in person.codes]
    secrets = [secret for person in people for secret in _secrets_of(office, person)]
    tokens = [value for value in adas.cookies.values() if len(value) > 12]
    browser, pages = office.signed_in(olga), 0
    for method in ("GET", "POST"):
        for rule, access in named(method):
            if access.who in {Who.ADMIN, Who.OWNER}:
                who = ada if rule == "/members/<uuid:id>" else cast.of(rule)
                text = _reply(browser, method, path_of(rule, who), form_for(rule, who))
                pages += 1
                assert codes_in(text, codes) == [], rule
                assert [one for one in [*secrets, *tokens] if one in text] == [], rule
    assert pages > 40


def _reply(browser: Browser, method: str, path: str, form: dict[str, str]) -> str:
    if method == "GET":
        return browser.open(path).get_data(as_text=True)
    return browser.submit(path, **form).get_data(as_text=True) + browser.arrive().get_data(as_text=True)


def test_nobody_looks_at_codes_of_another_by_forging(office: Office, ada: Person, olgas: Browser) -> None:
    """There is nothing for it, and the pages of one's own codes take no notice of whose they were asked for."""
    for path in (
        f"/members/{ada.id}/recovery-codes",
        f"/members/{ada.id}/authenticators",
        f"/account/recovery-codes/{ada.id}",
    ):
        assert olgas.open(path).status_code == 404
    for what in ("shown", "download", "sheet"):
        extra = {"id": str(ada.id), "member": str(ada.id), "member_id": str(office.member(ada).id), "generation": "1"}
        olgas.submit(f"/account/recovery-codes/{what}?{urlencode({'member': str(ada.id)})}", **extra)
        assert codes_in(olgas.text, ada.codes) == []


@pytest.mark.parametrize("visit", [routes.as_admin, routes.as_owner])
def test_what_an_administrator_makes_for_somebody_does_not_open_their_own_account_to_them(
    office: Office, ada: Person, visit: routes.Visit
) -> None:
    """A pass alone opens nothing: it takes the password, and the link for that somebody else has to make."""
    browser = visit(office, ada)
    browser.open(f"/members/{ada.id}/pass")
    browser.press("Make a pass", reason=REASON)
    (spelled,) = browser.codes
    stranger = office.browser()
    stranger.open("/sign-in/pass")
    assert stranger.submit("/sign-in/pass", code=spelled).location == "/sign-in"
    assert browser.submit(f"/members/{ada.id}/password-link", reason=REASON).status_code == 422
    assert browser.submit(f"/members/{ada.id}/address", reason=REASON, email="m@example.org").status_code == 422
    assert office.member(ada).email == ada.email
