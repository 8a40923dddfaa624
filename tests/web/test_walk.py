"""Every route, tried by people on their way in and by every role: what is not named here stays shut for them."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.web.access import TABLE, WITH_SESSION
from tests.support import routes
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.routes import Cast, Visit, cast_of, form_for, named, path_of
from tests.support.tables import dump

REACHED = 299

ANYONE = {
    "GET /",
    "GET /api/docs",
    "GET /api/docs/<wire>",
    "GET /api/docs/<wire>/<operation>",
    "GET /assets/<digest>/<path:name>",
    "GET /healthz",
    "GET /invitations/<token>",
    "GET /invitations/acceptance",
    "GET /locked",
    "GET /o/<slug>/sign-in",
    "GET /password",
    "GET /password/<token>",
    "GET /password/forgotten",
    "GET /readyz",
    "GET /setup",
    "GET /setup/<token>",
    "GET /sign-in",
    "POST /appearance",
    "POST /invitations/acceptance",
    "POST /o/<slug>/sign-in",
    "POST /password",
    "POST /setup",
    "POST /sign-in",
}
ARRIVING = {
    "GET /sign-in/code",
    "GET /sign-in/help",
    "GET /sign-in/pass",
    "GET /welcome",
    "GET /enrolment",
    "POST /sign-in/code",
    "POST /sign-in/leave",
    "POST /sign-in/pass",
    "POST /welcome/postpone",
    "POST /enrolment",
    "POST /enrolment/cancellation",
    "POST /enrolment/confirmation",
}
WAYS_OUT = {"GET /welcome", "GET /account/panic", "POST /account/panic", "POST /sign-out"}
ENROLLING = {"GET /enrolment", "POST /enrolment", "POST /enrolment/cancellation", "POST /enrolment/confirmation"}
CODES = {
    "GET /account/recovery-codes",
    "POST /account/recovery-codes",
    "POST /account/recovery-codes/acknowledgement",
    "POST /account/recovery-codes/download",
    "POST /account/recovery-codes/proof",
    "POST /account/recovery-codes/sheet",
    "POST /account/recovery-codes/shown",
}
LOOKING = {
    "GET /audit",
    "GET /invitations/many",
    "GET /invitations/new",
    "GET /members",
    "GET /members/<uuid:id>",
    "GET /members/export",
    "GET /members/several",
    "GET /organization",
    "POST /invitations/many",
}
ACTS = {
    "address",
    "invitation",
    "invitation-revocation",
    "lock",
    "name",
    "pass",
    "password-link",
    "reactivation",
    "removal",
    "role",
    "sessions-end",
    "suspension",
    "unlock",
}
ACTING = {
    *(f"{method} /members/<uuid:id>/{act}" for method in ("GET", "POST") for act in ACTS),
    "POST /invitations",
    "POST /invitations/many/confirmation",
    "POST /members/export",
    "POST /members/several/sessions-end",
    "POST /members/several/suspension",
}
ADMIN = LOOKING | ACTING
OWNER = {
    "GET /projects",
    "GET /projects/<uuid:id>",
    "GET /projects/<uuid:id>/removal",
    "GET /projects/<uuid:id>/secrets/<uuid:secret>/revocation",
    "GET /projects/new",
    "POST /organization",
    "POST /projects",
    "POST /projects/<uuid:id>/removal",
    "POST /projects/<uuid:id>/secrets",
    "POST /projects/<uuid:id>/secrets/<uuid:secret>/revocation",
}
ALL = {f"{method} {rule}" for method, rule in TABLE}
ONLY_ARRIVING = {
    "GET /sign-in/code",
    "GET /sign-in/help",
    "GET /sign-in/pass",
    "POST /sign-in/code",
    "POST /sign-in/leave",
    "POST /sign-in/pass",
    "POST /welcome/postpone",
}

OPEN: dict[Visit, set[str]] = {
    routes.nobody: ANYONE,
    routes.past_the_password: ANYONE | ARRIVING,
    routes.past_the_password_without_authenticator: ANYONE | ARRIVING,
    routes.signed_in: ALL - ONLY_ARRIVING - ADMIN - OWNER,
    routes.as_admin: ALL - ONLY_ARRIVING - OWNER,
    routes.as_owner: ALL - ONLY_ARRIVING,
    routes.yet_to_acknowledge: ANYONE | WAYS_OUT | CODES,
    routes.yet_to_enrol: ANYONE | WAYS_OUT | ENROLLING,
    routes.with_a_pass: ANYONE | WAYS_OUT | ENROLLING,
}


@pytest.fixture
def only_the_gate(app: Flask) -> Iterator[None]:
    """Whoever gets past the gate is told so, and nothing happens."""
    kept = dict(app.view_functions)
    yield
    app.view_functions.update(kept)


def _shut(app: Flask) -> None:
    app.view_functions.update({name: lambda **_: ("", REACHED) for name in app.view_functions})


@pytest.mark.usefixtures("only_the_gate")
@pytest.mark.parametrize("visit", OPEN, ids=lambda visit: visit.__name__)
def test_the_gate_lets_pass_to_these_routes_and_no_others(
    app: Flask, office: Office, ada: Person, visit: Visit
) -> None:
    browser = visit(office, ada)
    browser.open("/password/forgotten")
    _shut(app)
    reached = {
        f"{method} {rule}"
        for method, rule in TABLE
        if browser.open_or_post(method, path_of(rule)).status_code == REACHED
    }
    assert reached == OPEN[visit]


@pytest.mark.usefixtures("only_the_gate")
def test_head_is_no_way_around_the_gate(app: Flask, office: Office, ada: Person) -> None:
    browser = office.past_the_password(ada)
    _shut(app)
    reached = {rule for rule, _ in named("GET") if browser.open(path_of(rule), method="HEAD").status_code == REACHED}
    assert {f"GET {rule}" for rule in reached} == {name for name in ANYONE | ARRIVING if name.startswith("GET")}


def _tried(browser: Browser, cast: Cast) -> dict[str, TestResponse]:
    """What every route answers that wants a session, to its form filled in."""
    answers = {}
    for (method, rule), access in TABLE.items():
        if access.who in WITH_SESSION:
            about = cast.of(rule)
            answers[f"{method} {rule}"] = browser.open_or_post(method, path_of(rule, about), form_for(rule, about))
    return answers


@pytest.mark.parametrize(
    "visit",
    [routes.nobody, routes.past_the_password, routes.past_the_password_without_authenticator],
    ids=lambda visit: visit.__name__,
)
def test_without_a_session_nothing_is_shown_and_nothing_changes(office: Office, ada: Person, visit: Visit) -> None:
    browser, cast = visit(office, ada), cast_of(office, ada)
    browser.open("/password/forgotten")
    before = dump(office.portal)
    assert {reply.status_code for reply in _tried(browser, cast).values()} == {303}
    assert dump(office.portal) == before


@pytest.mark.parametrize("visit", [routes.yet_to_acknowledge, routes.yet_to_enrol, routes.with_a_pass])
def test_a_duty_comes_before_everything_else(office: Office, ada: Person, visit: Visit) -> None:
    browser, cast = visit(office, ada), cast_of(office, ada)
    browser.open("/password/forgotten")
    before = dump(office.portal)
    duty = "/account/recovery-codes" if visit is routes.yet_to_acknowledge else "/welcome"
    for method, rule in TABLE:
        if f"{method} {rule}" not in OPEN[visit] | ONLY_ARRIVING:
            about = cast.of(rule)
            reply = browser.open_or_post(method, path_of(rule, about), form_for(rule, about))
            assert (reply.status_code, reply.location) == (303, duty), f"{method} {rule}"
    assert dump(office.portal) == before


def test_with_an_authenticator_a_sign_in_in_progress_may_not_enrol(office: Office, ada: Person) -> None:
    browser = office.past_the_password(ada)
    browser.arrive()
    before = dump(office.portal)
    for method, rule in [("POST", "/enrolment"), ("GET", "/enrolment"), ("POST", "/enrolment/confirmation")]:
        reply = browser.open_or_post(method, rule, {"code": ada.shown_code(), "name": "Mine"})
        assert reply.status_code == 303, f"{method} {rule}"
    assert "otpauth" not in browser.arrive().text
    assert dump(office.portal) == before


def test_whoever_is_in_is_not_asked_for_a_code_again(adas: Browser) -> None:
    for name in ONLY_ARRIVING:
        method, rule = name.split()
        reply = adas.open_or_post(method, rule)
        assert (reply.status_code, reply.location) == (303, "/account"), name
