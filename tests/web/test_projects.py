"""Projects: owners make them, look after their secrets and remove them; a secret is shown once."""

import re
from uuid import UUID, uuid4

import pytest

from app.domain.events import NOWHERE, Act
from app.domain.members import Role
from app.domain.projects import OVERLAP, SECRETS_AT_MOST, Identifies, Permission, Project, Secret
from app.domain.refusals import Refused
from app.domain.users import NameParts
from app.services import project_calls, project_upkeep, users
from app.services.users import Changes
from app.steps.projects import Look
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.routes import keeper_of
from tests.support.tables import dump

_SECRET = re.compile(r"sk_live_[\w-]+")
FULL = "This project has 5 live secrets, which is as many as there can be."
CHANGED = "This has changed meanwhile, or was so already."


def _make(browser: Browser, name: str = "Shop") -> str:
    """The secret that the reply shows."""
    browser.open("/projects/new")
    assert browser.press("Make the project", name=name).status_code == 200
    return _shown(browser)


def _shown(browser: Browser) -> str:
    found: set[str] = set(_SECRET.findall(browser.text))
    assert len(found) == 1, f"this page shows {len(found)} secrets"
    return found.pop()


def _looks(office: Office) -> list[Look]:
    return project_upkeep.all_of_them(office.portal)


def _project(office: Office) -> Project:
    (found,) = _looks(office)
    return found.project


def _secrets(office: Office) -> list[Secret]:
    (found,) = _looks(office)
    return found.secrets


def _path(office: Office) -> str:
    return f"/projects/{_project(office).public_id}"


def _opens(office: Office, secret: str) -> bool:
    return project_calls.told_by(office.portal, secret) is not None


def _revoke(browser: Browser, secret: str, **typed: str) -> int:
    browser.follow(f"Revoke the secret ending in {secret[-4:]}")
    return browser.press("Revoke secret", **typed).status_code


# making one


def test_an_owner_makes_a_project_and_is_shown_its_secret_once(office: Office, olgas: Browser) -> None:
    olgas.open("/projects")
    assert "There is none yet: no application can ask anything here." in olgas.told
    olgas.follow("New project")
    secret = _make(olgas)
    assert olgas.reply is not None
    assert olgas.reply.headers["Cache-Control"] == "no-store"
    assert "A project for Shop" in olgas.told
    assert "The secret is shown here and nowhere else." in olgas.told
    project = _project(office)
    for text in (project.spelled_id, project.public_token, str(project.environment_id)):
        assert f'data-code="{text}"' in olgas.text
    assert f"sparekey project permit {project.spelled_id} factor_secrets" in olgas.told
    assert (project.organization_id, project.permissions) == (office.organization_id, frozenset())
    assert _opens(office, secret)


def test_afterwards_no_page_shows_the_secret(office: Office, olga: Person, olgas: Browser) -> None:
    secret = _make(olgas)
    pages = ["/projects", _path(office), f"{_path(office)}/removal", "/audit", "/account/history", "/organization"]
    shown = " ".join(olgas.open(path).get_data(as_text=True) for path in pages)
    assert secret not in shown
    assert f"...{secret[-4:]}" in shown
    assert secret not in str(dump(office.portal))
    assert secret.removeprefix("sk_live_") not in str(dump(office.portal))


def test_its_making_stands_in_the_log(office: Office, olgas: Browser) -> None:
    _make(olgas, "Shop & Sons")
    olgas.open("/audit")
    assert "Olga Owner made the project Shop & Sons." in olgas.told
    olgas.open("/audit?act=applications")
    assert "Olga Owner made the project Shop & Sons." in olgas.told


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("", "Type a name."), ("\u200b ", "Type a name."), ("x" * 121, "Use at most 120 characters.")],
)
def test_a_name_that_is_none_makes_nothing(office: Office, olgas: Browser, name: str, sentence: str) -> None:
    before = dump(office.portal)
    olgas.open("/projects/new")
    assert olgas.press("Make the project", name=name).status_code == 422
    assert sentence in olgas.told
    assert dump(office.portal) == before


def test_what_was_typed_waits_for_the_code(office: Office, olga: Person, olgas: Browser, clock: TestClock) -> None:
    clock.advance(minutes=6)
    olgas.open("/projects/new")
    for typed in ({"proof": ""}, {"proof": olga.wrong_code()}):
        assert olgas.press("Make the project", **{"name": "Shop", **typed}).status_code == 422
        assert 'value="Shop"' in olgas.text
    assert _looks(office) == []
    assert olgas.press("Make the project", proof=olga.code()).status_code == 200
    secret = _shown(olgas)
    assert _opens(office, secret)
    olgas.follow("I have kept the secret")  # the session has a new token, and goes on with it
    assert olgas.press("Make another secret").status_code == 200


def test_the_tenth_wrong_code_ends_the_session_and_makes_nothing(
    office: Office, olga: Person, olgas: Browser, clock: TestClock
) -> None:
    clock.advance(minutes=6)
    for _ in range(10):
        olgas.submit("/projects", name="Shop", proof=olga.wrong_code())
    assert olgas.reply is not None
    assert (olgas.reply.status_code, olgas.reply.location) == (303, "/sign-in")
    assert "There were too many wrong codes, so you were signed out." in olgas.told
    assert _looks(office) == []


# looking at them


def test_the_list_says_what_each_may_and_when_it_was_used(office: Office, olgas: Browser, clock: TestClock) -> None:
    secret = _make(olgas)
    project_upkeep.permit(office.portal, _project(office).public_id, Permission.FACTOR_SECRETS, given=True)
    _make(olgas, "Kiosk")
    clock.advance(minutes=3)
    assert _opens(office, secret)
    clock.advance(minutes=2)
    olgas.open("/projects")
    assert (
        "Shop Checks codes and looks after people, and hands out, takes in and removes authenticator secrets and "
        "recovery codes 1 live secret Last used 2 minutes ago Made 4 May 2026"
    ) in olgas.told
    assert "Kiosk Checks codes and looks after people 1 live secret Not used yet Made 4 May 2026" in olgas.told


def test_a_project_with_the_permission_needs_no_command(office: Office, olgas: Browser) -> None:
    _make(olgas)
    olgas.open(_path(office))
    assert "sparekey project permit" in olgas.told
    project_upkeep.permit(office.portal, _project(office).public_id, Permission.FACTOR_SECRETS, given=True)
    olgas.open(_path(office))
    assert "sparekey project permit" not in olgas.told


def test_trust_profiles_are_there_to_look_at(office: Office, olgas: Browser) -> None:
    _make(olgas)
    olgas.open(_path(office))
    assert "Identity providers whose signed tokens count for a first factor in this application. None." in olgas.told
    project_upkeep.trust(
        office.portal,
        _project(office).public_id,
        name="Staff login",
        issuer="https://login.example.org/realms/<staff>",
        audience="shop",
        claim="sub",
        identifies=Identifies.EMAIL,
        public_key="",
    )
    olgas.open(_path(office))
    assert "Staff login https://login.example.org/realms/<staff>" in olgas.told
    assert "sparekey project trust" in olgas.told


def test_admitted_pages_are_there_to_look_at(office: Office, olgas: Browser) -> None:
    _make(olgas)
    project = _project(office)
    olgas.open(_path(office))
    nobody = "None: browsers cannot call this project, only servers that have one of its secrets."
    command = f"sparekey project admit {project.spelled_id} https://app.example.org"
    assert nobody in olgas.told
    assert command in olgas.told
    for origin in ("https://shop.example.org:8443", "http://localhost:3000"):
        project_upkeep.admit(office.portal, project.public_id, origin)
    olgas.open(_path(office))
    assert nobody not in olgas.told
    assert "each for the person who sits there. http://localhost:3000 https://shop.example.org:8443 " in olgas.told
    assert command in olgas.told
    project_upkeep.dismiss(office.portal, project.public_id, "http://localhost:3000")
    olgas.open(_path(office))
    assert "http://localhost:3000" not in olgas.told


def test_admitting_and_dismissing_stand_in_the_log(office: Office, olgas: Browser) -> None:
    _make(olgas, "Shop & Sons")
    for act in (project_upkeep.admit, project_upkeep.dismiss):
        act(office.portal, _project(office).public_id, "https://shop.example.org")
    olgas.open("/audit?act=applications")
    for said in ("let browsers call the project Shop & Sons", "let browsers call the project Shop & Sons no more"):
        assert f"The operator {said} from pages of https://shop.example.org." in olgas.told


def test_only_owners_find_the_way_there(office: Office, iness: Browser, adas: Browser, olgas: Browser) -> None:
    for browser, expected in ((iness, 0), (olgas, 1)):
        assert browser.open("/organization").get_data(as_text=True).count('href="/projects"') == expected
    olgas.follow("Projects")
    assert olgas.text.count('href="/organization" aria-current="page"') == 2  # at the side, and in a phone's menu
    for browser in (iness, adas):
        assert browser.open("/projects").status_code == 403
        assert "This is for owners of your organization." in browser.told


def test_an_owner_who_is_none_any_more_makes_nothing(office: Office, olga: Person, olgas: Browser) -> None:
    """Also where the session lives on, as after a change straight in the database."""
    olgas.open("/projects/new")
    office.is_now(olga, Role.ADMIN)
    before = dump(office.portal)
    assert olgas.press("Make the project", name="Shop").status_code == 403
    assert dump(office.portal) == before


def test_a_project_of_the_installation_is_nobodys_here(office: Office, olgas: Browser) -> None:
    made = project_upkeep.create(
        office.portal, name="Everywhere", organization=None, installation=True, permissions=frozenset()
    )
    olgas.open("/projects")
    assert "Everywhere" not in olgas.told
    assert olgas.open(f"/projects/{made.project.public_id}").status_code == 404


# secrets


def test_another_secret_leaves_the_older_one_a_day(office: Office, olgas: Browser, clock: TestClock) -> None:
    old = _make(olgas)
    olgas.open(_path(office))
    assert olgas.press("Make another secret").status_code == 200
    new = _shown(olgas)
    assert "Another secret for Shop" in olgas.told
    assert "The older secrets work on for 24 hours" in olgas.told
    olgas.open(_path(office))
    assert f"...{old[-4:]} Made just now Not used yet Ends 5 May 2026, " in olgas.told
    assert f"...{new[-4:]} Made just now Not used yet Does not end by itself" in olgas.told
    clock.advance(seconds=OVERLAP.total_seconds() - 1)
    assert (_opens(office, old), _opens(office, new)) == (True, True)
    clock.advance(seconds=1)
    assert (_opens(office, old), _opens(office, new)) == (False, True)


def test_a_revoked_secret_opens_nothing_from_that_moment_on(office: Office, olgas: Browser) -> None:
    old = _make(olgas)
    olgas.open(_path(office))
    olgas.press("Make another secret")
    new = _shown(olgas)
    olgas.open(_path(office))
    assert _revoke(olgas, old) == 303
    assert f"The secret that ended in {old[-4:]} opens nothing any more." in olgas.told
    assert (_opens(office, old), _opens(office, new)) == (False, True)
    assert f"...{old[-4:]}" not in olgas.told
    olgas.open("/audit")
    assert f"Olga Owner revoked the secret of the project Shop that ends in {old[-4:]}." in olgas.told


def test_the_last_secret_may_go_as_well_and_another_be_made(office: Office, olgas: Browser) -> None:
    secret = _make(olgas)
    olgas.open(_path(office))
    _revoke(olgas, secret)
    assert "None: the application is refused, whatever it asks for." in olgas.told
    assert olgas.press("Make another secret").status_code == 200
    assert _opens(office, _shown(olgas))


def test_a_secret_revoked_already_is_said_to_be(office: Office, olga: Person, olgas: Browser) -> None:
    secret = _make(olgas)
    olgas.open(_path(office))
    olgas.follow(asking := f"Revoke the secret ending in {secret[-4:]}")
    late = office.signed_in(olga)
    late.open(_path(office))
    other = office.signed_in(olga)
    other.open(_path(office))
    _revoke(other, secret)
    before = dump(office.portal)
    assert olgas.press("Revoke secret").status_code == 303
    assert late.follow(asking).location == _path(office)
    for browser in (olgas, late):
        assert CHANGED in browser.told
        assert "None: the application is refused, whatever it asks for." in browser.told
    assert dump(office.portal) == before


def test_what_revoking_does_is_said_before(office: Office, olgas: Browser) -> None:
    """Whether the application is cut off depends on what else it has, and for how long."""
    first = _make(olgas)
    assert _asked_of(office, olgas, first) == (
        "Made just now . Not used yet.",
        "It is the only one: the application is refused, whatever it asks for, until it has another.",
    )
    olgas.open(_path(office))
    olgas.press("Make another secret")
    second = _shown(olgas)
    assert _asked_of(office, olgas, first) == (
        "Made just now . Not used yet. Ends 5 May 2026, 09:30 UTC .",
        "1 other secret of this project works on.",
    )
    assert _asked_of(office, olgas, second) == (
        "Made just now . Not used yet.",
        "All others end by 5 May 2026, 09:30 UTC: without a new one the application is refused from then on.",
    )


def _asked_of(office: Office, browser: Browser, secret: str) -> tuple[str, str]:
    """What is said of a secret before it is revoked, and of what it does."""
    which = next(one.public_id for one in _secrets(office) if one.hint == secret[-4:])
    browser.open(f"{_path(office)}/secrets/{which}/revocation")
    _, _, told = browser.told.partition(f"Shop Revoke the secret ending in {secret[-4:]} ")
    facts, _, effect = told.partition(" What it does It opens nothing from that moment on: an application that still")
    return facts, effect.removeprefix(" uses it is refused. ").partition(" Revoke secret Back to Shop")[0]


def test_five_live_secrets_are_as_many_as_there_can_be(office: Office, olgas: Browser) -> None:
    secrets = [_make(olgas)]
    for _ in range(SECRETS_AT_MOST - 1):
        olgas.open(_path(office))
        olgas.press("Make another secret")
        secrets.append(_shown(olgas))
    olgas.open(_path(office))
    assert FULL in olgas.told
    assert "authenticators, which" not in olgas.told
    before = dump(office.portal)
    assert olgas.submit(f"{_path(office)}/secrets").status_code == 422
    assert FULL in olgas.told.partition("Please look at this again")[2]
    assert dump(office.portal) == before
    _revoke(olgas, secrets[2])
    assert olgas.press("Make another secret").status_code == 200


def test_a_stale_session_types_its_code_where_it_acts(
    office: Office, olga: Person, olgas: Browser, clock: TestClock
) -> None:
    secret = _make(olgas)
    clock.advance(minutes=6)
    olgas.open(_path(office))
    before = dump(office.portal)
    assert _revoke(olgas, secret, proof="") == 422
    assert "Type a code to confirm that it is you." in olgas.told
    assert dump(office.portal) == before
    assert olgas.press("Revoke secret", proof=olga.code()).status_code == 303
    assert not _opens(office, secret)


# removal


def _user(office: Office) -> UUID:
    made = users.create(
        office.portal,
        _project(office),
        email="uma@example.org",
        notes=Changes(first_name="Uma", last_name="User"),
        pending=False,
        origin=NOWHERE,
    )
    assert not isinstance(made, Refused)
    assert made.notes.name == NameParts("Uma", "", "User")
    return made.id


def test_the_page_before_the_removal_says_what_it_does(office: Office, olgas: Browser) -> None:
    _make(olgas)
    olgas.open(_path(office))
    olgas.follow("Remove this project")
    assert "Remove Shop" in olgas.told
    assert "Its secret opens nothing from this moment on" in olgas.told
    assert "Sessions of its users end." in olgas.told
    assert "The people stay in this organization" in olgas.told
    olgas.open(_path(office))
    olgas.press("Make another secret")
    olgas.open(f"{_path(office)}/removal")
    assert "Its 2 secrets open nothing from this moment on" in olgas.told


def test_a_removed_project_opens_nothing_and_its_people_stay(office: Office, olgas: Browser) -> None:
    secret = _make(olgas)
    user, path = _user(office), _path(office)
    olgas.open(f"{path}/removal")
    assert olgas.press("Remove project").status_code == 303
    assert "Shop is removed: its secrets open nothing any more." in olgas.told
    assert "There is none yet" in olgas.told
    assert not _opens(office, secret)
    for gone in (path, f"{path}/removal"):
        assert olgas.open(gone).status_code == 404
    assert olgas.open(f"/members/{user}").status_code == 200
    assert "Uma User" in olgas.told
    olgas.open("/audit")
    assert "Olga Owner removed the project Shop." in olgas.told
    assert "Shop created Uma User" in olgas.told


@pytest.mark.parametrize("what", ["removal", "secrets", "secrets/{}/revocation"])
def test_what_another_removed_meanwhile_is_gone(office: Office, olga: Person, olgas: Browser, what: str) -> None:
    _make(olgas)
    path = f"{_path(office)}/{what.format(_secrets(office)[0].public_id)}"
    other = office.signed_in(olga)
    other.open(f"{_path(office)}/removal")
    other.press("Remove project")
    before = dump(office.portal)
    assert olgas.submit(path).status_code == 404
    assert dump(office.portal) == before


@pytest.mark.parametrize("what", ["removal", "secrets", "secrets/{}/revocation"])
def test_what_goes_in_that_very_moment_leads_back_to_the_list(
    office: Office, olgas: Browser, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the act."""
    _make(olgas)
    found = _looks(office)[0]
    path = f"{_path(office)}/{what.format(found.secrets[0].public_id)}"
    olgas.open(_path(office))
    project_upkeep.remove(office.portal, found.project.public_id)
    monkeypatch.setattr("app.web.projects.routes._found", lambda _id: found)
    assert olgas.submit(path).location == "/projects"
    assert CHANGED in olgas.told


# next door


@pytest.mark.parametrize(
    "path",
    [
        "/projects/{theirs}/secrets/{secret}/revocation",
        "/projects/{ours}/secrets/{secret}/revocation",
        "/projects/{theirs}/secrets",
        "/projects/{theirs}/removal",
    ],
)
def test_an_owner_next_door_reaches_neither_project_nor_secret(office: Office, neighbours: Office, path: str) -> None:
    theirs = keeper_of(office, office.person("Ada Example"))
    nele = neighbours.owner("Nele Next")
    ours = keeper_of(neighbours, nele)
    neles = neighbours.signed_in(nele)
    neles.arrive()
    before = dump(office.portal)
    answers = []
    for secret in (theirs.secret, uuid4()):
        reply = neles.submit(path.format(ours=ours.project, theirs=theirs.project, secret=secret))
        answers.append((reply.status_code, reply.location))
    assert answers[0] == answers[1]
    assert answers[0][0] in {303, 404}
    assert dump(office.portal) == before


def test_every_act_of_an_owner_stands_in_the_log_by_its_name(office: Office, olga: Person, olgas: Browser) -> None:
    secret = _make(olgas)
    path = _path(office)
    olgas.open(path)
    olgas.press("Make another secret")
    olgas.open(path)
    _revoke(olgas, secret)
    olgas.open(f"{path}/removal")
    olgas.press("Remove project")
    acts = [row["act"] for row in dump(office.portal)["event"] if row["act"].startswith("project")]
    assert acts == [
        Act.PROJECT_CREATED,
        Act.PROJECT_SECRET_MADE,
        Act.PROJECT_SECRET_REVOKED,
        Act.PROJECT_REMOVED,
    ]
