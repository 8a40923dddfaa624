"""The administration, tried by those whose role does not open it, and by those of the organization next door."""

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from app.web.access import TABLE, Who
from tests.support import routes
from tests.support.members_web import Browser, Person, filled
from tests.support.offices import Office
from tests.support.routes import REASON, Fields, Visit, cast_of, form_for, path_of
from tests.support.tables import dump

CHANGING = re.compile(r'(name="csrf_token" value=")[^"]+|(request-id"[^>]*>)[^<]+')
ABOUT_SOMEBODY = sorted((method, rule) for method, rule in TABLE if "<uuid:id>" in rule)
NEXT_DOOR = [routes.as_admin_next_door, routes.as_owner_next_door]


def _of(*roles: Who) -> list[tuple[str, str]]:
    return sorted(name for name, access in TABLE.items() if access.who in roles)


@pytest.mark.parametrize(
    ("visit", "shut"),
    [(routes.signed_in, _of(Who.ADMIN, Who.OWNER)), (routes.as_admin, _of(Who.OWNER))],
    ids=["a member", "an admin"],
)
def test_what_a_role_does_not_open_is_refused_and_changes_nothing(
    office: Office, ada: Person, visit: Visit, shut: list[tuple[str, str]]
) -> None:
    browser, cast = visit(office, ada), cast_of(office, ada)
    browser.arrive()
    before = dump(office.portal)
    for method, rule in shut:
        about = cast.of(rule)
        reply = browser.open_or_post(method, path_of(rule, about), form_for(rule, about))
        assert reply.status_code == 403, f"{method} {rule}"
        assert ("owners of" if shut == _of(Who.OWNER) else "your organization") in browser.told
        assert about.email not in browser.text
    assert dump(office.portal) == before


def _theirs(office: Office, ada: Person) -> Iterator[tuple[str, str, UUID, Fields]]:
    """Every route about somebody or something of the organization, with the id of one, and the form that fits it."""
    office.signed_in(ada)
    cast, rows = cast_of(office, ada), dump(office.portal)
    things = {
        "/account/authenticators": ada.authenticator,
        "/account/sessions": rows["session"][0]["public_id"],
        "/account/known-browsers": rows["known_browser"][0]["public_id"],
        "/projects": cast.keeper.project,
    }
    for method, rule in ABOUT_SOMEBODY:
        about = cast.of(rule)
        thing = next((one for area, one in things.items() if rule.startswith(area)), about.id)
        yield method, rule.replace("<uuid:secret>", str(cast.keeper.secret)), thing, form_for(rule, about)


def _answer(browser: Browser, method: str, path: str, form: Fields, named: UUID) -> tuple[object, ...]:
    """All that comes back, and what the browser is shown then, but for what is other with each reply."""
    reply = browser.open_or_post(method, path, form)
    first = (reply.status_code, reply.location, _headers(reply))
    return *first, CHANGING.sub(r"\1\2", browser.arrive().get_data(as_text=True)).replace(str(named), "ID")


def _headers(reply: TestResponse) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in reply.headers if name not in {"X-Request-ID", "Set-Cookie"})


@pytest.mark.parametrize("visit", NEXT_DOOR, ids=lambda visit: visit.__name__)
def test_next_door_nobody_learns_that_somebody_is_there(office: Office, ada: Person, visit: Visit) -> None:
    routes_with_ids = list(_theirs(office, ada))
    browser = visit(office, ada)
    browser.arrive()
    before = dump(office.portal)
    for method, rule, thing, form in routes_with_ids:
        unknown = uuid4()
        answers = [_answer(browser, method, filled(rule, id=one), form, one) for one in (thing, unknown)]
        assert answers[0] == answers[1], f"{method} {rule}"
        no_owner = visit is routes.as_admin_next_door and rule.startswith("/projects")
        assert rule.startswith("/account") or answers[0][0] == (403 if no_owner else 404), f"{method} {rule}"
    assert dump(office.portal) == before


@pytest.mark.parametrize("visit", NEXT_DOOR, ids=lambda visit: visit.__name__)
def test_nor_by_an_id_in_a_question_or_a_field(office: Office, ada: Person, visit: Visit) -> None:
    office.signed_in(ada)
    event = dump(office.portal)["event"][0]["public_id"]
    browser = visit(office, ada)
    browser.arrive()
    before = dump(office.portal)
    for path, thing in {
        "/members?after={}": ada.id,
        "/members?before={}": ada.id,
        "/members/several?act=suspension&{}=on": ada.id,
        "/audit?member={}": ada.id,
        "/audit?before={}": event,
        "/account/history?before={}": event,
        "/account/authenticators/new?replace={}": ada.authenticator,
    }.items():
        answers = [_answer(browser, "GET", path.format(one), {}, one) for one in (thing, uuid4())]
        assert answers[0] == answers[1], path
        assert ada.name not in str(answers)
    for act in ("suspension", "sessions-end"):
        form = {"reason": REASON}
        answers = [
            _answer(browser, "POST", f"/members/several/{act}", {**form, str(one): "on"}, one)
            for one in (ada.id, uuid4())
        ]
        assert answers[0] == answers[1], act
    assert dump(office.portal) == before


def test_next_door_they_see_nobody_of_ours(office: Office, ada: Person, neighbours: Office) -> None:
    owner = neighbours.signed_in(neighbours.owner("Nele Next"))
    for path in ("/members", "/members?search=ada", "/organization", "/audit", "/audit?person=ada"):
        owner.open(path)
        assert ada.name not in owner.text, path
        assert ada.email not in owner.text, path
        assert "Acme" not in owner.text, path
    assert ada.email not in owner.submit("/members/export", sort="name").get_data(as_text=True)


def test_an_address_may_be_used_in_both(office: Office, ada: Person, neighbours: Office) -> None:
    owner = neighbours.signed_in(neighbours.owner())
    owner.open("/invitations/new")
    owner.press("Invite", name="Another Ada", email=ada.email)
    assert "Another Ada is invited" in owner.told
    assert office.member(ada).name == "Ada Example"


def test_what_is_changed_next_door_is_changed_there_alone(office: Office, ada: Person, neighbours: Office) -> None:
    owner = neighbours.signed_in(neighbours.owner())
    ours = _rows_of(office)
    owner.open("/organization")
    owner.press("Save changes", name="Next But One", code_count="12")
    assert "The changes are saved." in owner.told
    assert _rows_of(office) == ours


def _rows_of(office: Office) -> list[dict[str, object]]:
    return [row for row in dump(office.portal)["organization"] if row["id"] == office.organization_id]
