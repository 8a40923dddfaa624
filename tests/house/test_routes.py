"""The table of routes is what is served, and what it says of each route is true."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask import Flask

from app.domain.events import NOWHERE, Act, Actor, Origin
from app.portal import Portal, Transaction
from app.web.access import TABLE, WITH_SESSION, Access, Fresh, UnlistedRouteError, Who, compare
from tests.support import routes
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.routes import Visit, cast_of, form_for, just_enough, named, path_of
from tests.support.tables import Dump, dump


@dataclass(frozen=True)
class Reluctant(Portal):
    """A portal that does not write."""

    @contextmanager
    def writing(self, origin: Origin = NOWHERE, *, by: Actor | None = None) -> Iterator[Transaction]:
        raise AssertionError(f"a page that is only looked at writes, for {origin} and {by}")
        yield


def _reluctant(app: Flask, portal: Portal) -> None:
    app.extensions["sparekey"] = Reluctant(portal.settings, portal.database, portal.keys, portal.clock, portal.hasher)


def test_the_table_and_the_url_map_name_the_same_routes(app: Flask) -> None:
    served = {(method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert {(method, rule) for method, rule in served if method != "HEAD"} == set(TABLE)
    assert {rule for method, rule in served if method == "HEAD"} == {rule for rule, _ in named("GET")}


def test_nothing_is_served_that_the_table_does_not_name(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TABLE, ("GET", "/stale"), Access(Who.ANYONE))
    with pytest.raises(UnlistedRouteError, match="stale"):
        compare(app)
    monkeypatch.delitem(TABLE, ("GET", "/stale"))
    monkeypatch.delitem(TABLE, ("GET", "/account"))
    with pytest.raises(UnlistedRouteError, match="/account"):
        compare(app)


@pytest.mark.parametrize("visit", routes.VISITS, ids=lambda visit: visit.__name__)
def test_looking_at_a_page_writes_nothing(app: Flask, office: Office, ada: Person, visit: Visit) -> None:
    browser, cast = visit(office, ada), cast_of(office, ada)
    browser.open("/account/sessions")  # notes that the session is in use, see below
    _reluctant(app, office.portal)
    shown = set()
    for rule, _ in named("GET"):
        for method in ("GET", "HEAD"):
            reply = browser.open(path_of(rule, cast.of(rule)), method=method)
            assert reply.status_code < 500, rule
        shown |= {rule} if reply.status_code == 200 else set()
    assert len(shown) >= 5
    ownership = {rule for rule, access in named("GET") if access.who is Who.OWNER}
    administration = {rule for rule, access in named("GET") if access.who is Who.ADMIN} | ownership
    expected: dict[Visit, set[str]] = {
        routes.as_owner: administration,
        routes.as_admin: administration - ownership - {"/members/<uuid:id>/role"},
    }
    assert shown & administration == expected.get(visit, set())


def test_an_enrolment_is_looked_at_without_writing(app: Flask, office: Office, adas: Browser) -> None:
    adas.open("/account/authenticators/new")
    adas.press("Set up the new authenticator")
    _reluctant(app, office.portal)
    assert "otpauth://" in adas.arrive().get_data(as_text=True)
    assert "otpauth://" in adas.open("/enrolment").get_data(as_text=True)


def test_the_one_exception_is_when_a_session_was_last_used(
    app: Flask, office: Office, adas: Browser, clock: TestClock
) -> None:
    adas.arrive()
    clock.advance(seconds=59)
    seen = _last_seen(office)
    adas.open("/account")
    assert _last_seen(office) == seen
    before = dump(office.portal)
    clock.advance(seconds=2)
    adas.open("/account")
    assert _last_seen(office) != seen
    assert dump(office.portal) == before
    clock.advance(seconds=61)
    _reluctant(app, office.portal)
    with pytest.raises(AssertionError, match="only looked at"):
        adas.open("/account")


def _last_seen(office: Office) -> list[object]:
    with office.portal.reading() as tx:
        return list(tx.db.exec_driver_sql("SELECT last_seen_at FROM session").scalars())


@pytest.mark.parametrize("rule", [rule for rule, access in named("POST") if access.who is not Who.ANYONE])
def test_a_form_for_members_does_nothing_for_others(office: Office, ada: Person, stranger: Browser, rule: str) -> None:
    stranger.open("/sign-in")
    about = cast_of(office, ada).of(rule)
    before = dump(office.portal)
    reply = stranger.post(path_of(rule, about), {"csrf_token": stranger.csrf_token, **form_for(rule, about)})
    assert (reply.status_code, reply.location) == (303, "/sign-in")
    assert dump(office.portal) == before


ASKED = {403, 422}
"""What a form answers that asks who sits there: to what was typed, and where nothing was."""

FRESH = [(rule, access) for rule, access in named("POST") if access.fresh is not Fresh.NO]


@dataclass(frozen=True)
class Sitter:
    """Whoever may just use the route sits at a browser where they signed in more than five minutes ago."""

    person: Person
    browser: Browser
    about: Person
    before: Dump

    def tries(self, rule: str, proof: str = "") -> int:
        fields = {**form_for(rule, self.about), **({"proof": proof} if proof else {})}
        return self.browser.submit(path_of(rule, self.about), **fields).status_code


def _stale(office: Office, ada: Person, clock: TestClock, rule: str, access: Access) -> Sitter:
    if rule == "/account/authenticators/<uuid:id>/removal":
        office.lets_people_go_without()  # else the only authenticator stays
    person, about = just_enough(rule, access, office, ada), cast_of(office, ada).of(rule)
    browser = office.signed_in(person)
    browser.arrive()
    clock.advance(minutes=5, seconds=1)
    return Sitter(person, browser, about, dump(office.portal))


@pytest.mark.parametrize(("rule", "access"), FRESH, ids=[rule for rule, _ in FRESH])
def test_what_wants_a_fresh_session_does_nothing_for_a_stale_one(
    office: Office, ada: Person, clock: TestClock, rule: str, access: Access
) -> None:
    sitter = _stale(office, ada, clock, rule, access)
    assert sitter.tries(rule) in ASKED
    assert dump(office.portal) == sitter.before


@pytest.mark.parametrize(("rule", "access"), FRESH, ids=[rule for rule, _ in FRESH])
def test_a_password_is_no_proof_for_who_has_an_authenticator(
    office: Office, ada: Person, clock: TestClock, rule: str, access: Access
) -> None:
    sitter = _stale(office, ada, clock, rule, access)
    assert sitter.tries(rule, proof=sitter.person.password) == 422
    assert dump(office.portal) == sitter.before


@pytest.mark.parametrize(("rule", "access"), FRESH, ids=[rule for rule, _ in FRESH])
def test_a_code_in_the_same_form_is_enough(
    office: Office, ada: Person, clock: TestClock, rule: str, access: Access
) -> None:
    sitter = _stale(office, ada, clock, rule, access)
    assert sitter.tries(rule, proof=sitter.person.code()) in {200, 303}
    assert "danger" not in sitter.browser.arrive().get_data(as_text=True).partition("<main")[2].partition("<h1")[0]
    done = {event["act"] for event in dump(office.portal)["event"][len(sitter.before["event"]) :]}
    assert done - {Act.STEPPED_UP}, "nothing but the code was taken"


@pytest.mark.parametrize(("rule", "access"), FRESH, ids=[rule for rule, _ in FRESH])
def test_a_recovery_code_is_enough_except_for_showing_the_others(
    office: Office, ada: Person, clock: TestClock, rule: str, access: Access
) -> None:
    sitter = _stale(office, ada, clock, rule, access)
    status = sitter.tries(rule, proof=sitter.person.codes[0])
    if access.fresh is Fresh.BY_TOTP:
        assert status == 422
        assert dump(office.portal)["recovery_code"] == sitter.before["recovery_code"]
    else:
        assert status in {200, 303}


@pytest.mark.parametrize(("rule", "access"), FRESH, ids=[rule for rule, _ in FRESH])
def test_proof_in_one_session_does_not_freshen_another(
    office: Office, ada: Person, clock: TestClock, rule: str, access: Access
) -> None:
    sitter = _stale(office, ada, clock, rule, access)
    office.signed_in(sitter.person)
    before = dump(office.portal)
    assert sitter.tries(rule) in ASKED
    assert dump(office.portal) == before


UNFRESH = [(rule, access) for rule, access in named("POST") if access.fresh is Fresh.NO and access.who in WITH_SESSION]
WITHOUT_PROOF = [(rule, access) for rule, access in UNFRESH if rule != "/account/recovery-codes/proof"]


@pytest.mark.parametrize(("rule", "access"), WITHOUT_PROOF, ids=[rule for rule, _ in WITHOUT_PROOF])
def test_what_wants_none_does_not_ask(office: Office, ada: Person, clock: TestClock, rule: str, access: Access) -> None:
    sitter = _stale(office, ada, clock, rule, access)
    assert sitter.tries(rule) == (200 if rule == "/invitations/many" else 303)


def test_only_looking_ahead_is_for_administrators_without_a_proof() -> None:
    assert {rule for rule, access in UNFRESH if access.who is not Who.MEMBER} == {"/invitations/many"}
