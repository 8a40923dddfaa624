"""`sparekey project ...`: everything an operator does about applications."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.events import Act
from app.domain.projects import Identifies, Permission, Project
from app.portal import Portal
from app.services import project_calls, project_upkeep, signing_keys
from app.storage import events
from tests.cli.conftest import Outcome, Sparekey
from tests.support import issuers
from tests.support.clock import TestClock
from tests.support.people import People
from tests.support.shops import Shop

pytestmark = pytest.mark.usefixtures("quick_projects")
SECRETS = "factor_secrets"


@pytest.fixture
def harbour(people: People) -> int:
    return people.organization()


def done(outcome: Outcome) -> str:
    """What it said, where it was done."""
    assert (outcome.status, outcome.err) == (0, "")
    return outcome.out


def printed(outcome: Outcome) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(done(outcome))
    return content


def only(sparekey: Sparekey) -> dict[str, Any]:
    (one,) = json.loads(done(sparekey("project", "list", "--json")))
    assert isinstance(one, dict)
    return one


def told_by(portal: Portal, secret: str) -> Project | None:
    return project_calls.told_by(portal, secret)


def log_of(portal: Portal, organization_id: int) -> list[tuple[Act, str, dict[str, Any]]]:
    """Oldest first."""
    with portal.reading() as tx:
        found = events.page_of(tx.db, organization_id, events.Search(), before=None, count=100)
    return [(one.act, one.actor_kind, one.details) for one in reversed(found)]


# create


def test_it_prints_once_what_an_application_has_to_know(harbour: int, portal: Portal, sparekey: Sparekey) -> None:
    made = printed(sparekey("project", "create", "--name", "  Web   Shop "))
    assert made.keys() == {"project_id", "secret", "public_token", "environment_id"}
    project = told_by(portal, made["secret"])
    assert project is not None
    assert made["project_id"] == project.spelled_id == f"project-live-{project.public_id}"
    assert (made["public_token"], UUID(made["environment_id"])) == (project.public_token, project.environment_id)
    assert (project.name, project.organization_id, project.permissions) == ("Web Shop", harbour, frozenset())
    listed = sparekey("project", "list"), sparekey("project", "list", "--json")
    assert not any(made["secret"] in done(one) for one in listed)
    assert log_of(portal, harbour) == [(Act.PROJECT_CREATED, "operator", {"project": "Web Shop", "permissions": []})]


def test_a_permission_is_given_with_it(harbour: int, portal: Portal, sparekey: Sparekey) -> None:
    made = printed(sparekey("project", "create", "--name", "Shop", "--permission", SECRETS, "--permission", SECRETS))
    project = told_by(portal, made["secret"])
    assert project is not None
    assert project.may(Permission.FACTOR_SECRETS)


def test_of_several_organizations_one_is_named_or_all_are_meant(
    harbour: int, people: People, portal: Portal, sparekey: Sparekey
) -> None:
    mill = people.organization("mill")
    refused = sparekey("project", "create", "--name", "Shop")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == (
        "sparekey: There are several organizations: say which with --organization, or --installation for all.\n"
    )
    ours = printed(sparekey("project", "create", "--name", "Shop", "--organization", "mill"))
    everywhere = printed(sparekey("project", "create", "--name", "All", "--installation"))
    of = [told_by(portal, made["secret"]) for made in (ours, everywhere)]
    assert [one and one.organization_id for one in of] == [mill, None]
    assert done(sparekey("project", "list")).count("All  all organizations  no permissions") == 1
    listed = json.loads(done(sparekey("project", "list", "--json")))
    assert [(one["name"], one["organization"]) for one in listed] == [("Shop", "Mill"), ("All", None)]


def test_an_organization_that_is_not_there_is_said(harbour: int, sparekey: Sparekey) -> None:
    refused = sparekey("project", "create", "--name", "Shop", "--organization", "nowhere")
    assert (refused.status, refused.out) == (1, "")
    assert "There is no organization nowhere. `sparekey organization list` shows those there are." in refused.err


def test_before_anybody_has_founded_there_is_none(sparekey: Sparekey) -> None:
    refused = sparekey("project", "create", "--name", "Shop")
    assert (refused.status, refused.out) == (1, "")
    assert "There is no organization yet" in refused.err
    assert done(sparekey("project", "list")) == ""


# list


def test_the_list_tells_all_but_the_secrets(shop: Shop, sparekey: Sparekey, tmp_path: Path) -> None:
    assert told_by(shop.portal, shop.secret)
    profile = trust(sparekey, shop, tmp_path)
    done(sparekey("project", "rotate-secret", shop.project.spelled_id))
    lines = done(sparekey("project", "list")).splitlines()
    assert lines[0] == f"{shop.project.spelled_id}  Shop  Harbour  factor_secrets"
    old, new = lines[1:3]
    made = "made 2026-05-04 09:30 UTC"
    uuid = "[0-9a-f-]{36}"
    assert re.fullmatch(
        rf"  secret {uuid}  \.\.\.{re.escape(shop.secret[-4:])}  {made}, used 2026-05-04 09:30 UTC, "
        r"ends 2026-05-05 09:30 UTC", old,
    )  # fmt: skip
    assert re.fullmatch(rf"  secret {uuid}  \.\.\.[\w-]{{4}}  {made}, never used", new)
    assert lines[3:] == [f"  profile {profile}  Login  {issuers.URL}"]


def test_for_programs_it_is_json(shop: Shop, sparekey: Sparekey, tmp_path: Path) -> None:
    profile = trust(sparekey, shop, tmp_path)
    one = only(sparekey)
    (secret,) = one.pop("secrets")
    assert one == {
        "project_id": shop.project.spelled_id, "public_token": shop.project.public_token,
        "environment_id": str(shop.project.environment_id), "name": "Shop", "organization": "Harbour",
        "permissions": [SECRETS],
        "origins": [],
        "profiles": [{"profile_id": profile, "name": "Login", "issuer": issuers.URL, "makes_users": False}],
    }  # fmt: skip
    assert UUID(secret.pop("id"))
    assert secret == {
        "ends_in": shop.secret[-4:], "made_at": "2026-05-04T09:30:00+00:00", "expires_at": None, "last_used_at": None,
    }  # fmt: skip


# secrets


def test_a_rotation_prints_the_new_secret_and_leaves_the_old_one_a_day(
    shop: Shop, portal: Portal, sparekey: Sparekey, clock: TestClock
) -> None:
    made = printed(sparekey("project", "rotate-secret", shop.project.spelled_id))
    assert made["project_id"] == shop.project.spelled_id
    assert made["secret"] != shop.secret
    clock.advance(hours=24, microseconds=-1)
    assert told_by(portal, shop.secret)
    clock.advance(microseconds=1)
    assert told_by(portal, shop.secret) is None
    assert told_by(portal, made["secret"])


@pytest.mark.parametrize("hours", [0, 720])
def test_or_for_as_long_as_is_said(
    shop: Shop, portal: Portal, sparekey: Sparekey, clock: TestClock, hours: int
) -> None:
    printed(sparekey("project", "rotate-secret", shop.project.public_id, "--overlap-hours", hours))
    assert (told_by(portal, shop.secret) is None) is (hours == 0)
    clock.advance(hours=hours)
    assert told_by(portal, shop.secret) is None


def test_a_sixth_secret_waits_until_one_is_revoked(shop: Shop, portal: Portal, sparekey: Sparekey) -> None:
    project = shop.project.spelled_id
    for _ in range(4):
        printed(sparekey("project", "rotate-secret", project))
    refused = sparekey("project", "rotate-secret", project)
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == "sparekey: Shop has 5 live secrets already. Revoke one of them first.\n"
    first = only(sparekey)["secrets"][0]["id"]
    said = done(sparekey("project", "revoke-secret", project, first))
    assert said == "The secret opens nothing of Shop any more.\n"
    assert told_by(portal, shop.secret) is None
    printed(sparekey("project", "rotate-secret", project))
    again = sparekey("project", "revoke-secret", project, first)
    assert (again.status, again.err) == (1, f"sparekey: Shop has no live secret {first}.\n")


# permissions


def test_a_permission_is_given_and_taken_away(shop: Shop, portal: Portal, sparekey: Sparekey) -> None:
    project = shop.project.spelled_id
    assert done(sparekey("project", "forbid", project, SECRETS)) == "Shop has factor_secrets no more.\n"
    assert only(sparekey)["permissions"] == []
    found = told_by(portal, shop.secret)
    assert found is not None
    assert not found.may(Permission.FACTOR_SECRETS)
    assert done(sparekey("project", "permit", project, SECRETS)) == "Shop has factor_secrets from now on.\n"
    assert only(sparekey)["permissions"] == [SECRETS]


# profiles


def trust(sparekey: Sparekey, shop: Shop, folder: Path, *more: object) -> str:
    file = folder / "login.pem"
    file.write_text(issuers.ed25519_issuer().public_key)
    named = ("--name", "Login", "--issuer", issuers.URL, "--audience", issuers.AUDIENCE, "--public-key", file)
    made = printed(sparekey("project", "trust", shop.project.spelled_id, *named, *more))
    assert made.keys() == {"profile_id"}
    return str(made["profile_id"])


def test_a_profile_is_made_of_what_was_said(shop: Shop, portal: Portal, sparekey: Sparekey, tmp_path: Path) -> None:
    first = trust(sparekey, shop, tmp_path)
    second = trust(sparekey, shop, tmp_path, "--claim", "email", "--identifies", "email")
    (look,) = project_upkeep.all_of_them(portal)
    assert [f"trusted-token-profile-live-{one.public_id}" for one in look.profiles] == [first, second]
    assert [(one.claim, one.identifies) for one in look.profiles] == [
        ("sub", Identifies.USER_ID),
        ("email", Identifies.EMAIL),
    ]
    assert {(one.name, one.issuer, one.audience) for one in look.profiles} == {("Login", issuers.URL, issuers.AUDIENCE)}
    assert look.profiles[1].public_key == (tmp_path / "login.pem").read_text()


@pytest.mark.parametrize("identifies", ["user_id", "email"])
def test_users_are_made_by_external_ids_alone(
    shop: Shop, portal: Portal, sparekey: Sparekey, tmp_path: Path, identifies: str
) -> None:
    file = tmp_path / "login.pem"
    file.write_text(issuers.ed25519_issuer().public_key)
    named = ("--name", "Login", "--issuer", issuers.URL, "--audience", issuers.AUDIENCE, "--public-key", file)
    wanted = ("--identifies", identifies, "--makes-users")
    refused = sparekey("project", "trust", shop.project.spelled_id, *named, *wanted)
    assert (refused.status, refused.err) == (
        1,
        "sparekey: Users are made by an external id alone: add --identifies external_id.\n",
    )
    assert project_upkeep.all_of_them(portal)[0].profiles == []


def test_a_profile_is_taken_back_by_its_id_however_it_is_spelled(
    shop: Shop, portal: Portal, sparekey: Sparekey, tmp_path: Path
) -> None:
    first, second = trust(sparekey, shop, tmp_path), trust(sparekey, shop, tmp_path)
    for profile in (first, second.removeprefix("trusted-token-profile-live-")):
        said = done(sparekey("project", "distrust", shop.project.spelled_id, profile))
        assert said == "Shop takes no more tokens of this profile.\n"
    assert only(sparekey)["profiles"] == []
    again = sparekey("project", "distrust", shop.project.spelled_id, first)
    assert (again.status, again.out) == (1, "")
    assert "Shop has no profile" in again.err


@pytest.mark.parametrize("content", [b"", b"not a key", b"\xff\xfe", b"-----BEGIN PUBLIC KEY-----\nAAAA\n", None])
def test_what_is_no_public_key_is_said_and_nothing_is_kept(
    shop: Shop, sparekey: Sparekey, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "login.pem"
    if content is not None:
        file.write_bytes(content)
    named = ("--name", "Login", "--issuer", "x", "--audience", "y", "--public-key", file)
    refused = sparekey("project", "trust", shop.project.spelled_id, *named)
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith(f"sparekey: {file} cannot be used: ")
    assert only(sparekey)["profiles"] == []


def test_a_profile_makes_users_where_it_is_said(shop: Shop, portal: Portal, sparekey: Sparekey, tmp_path: Path) -> None:
    trust(sparekey, shop, tmp_path, "--identifies", "external_id")
    trust(sparekey, shop, tmp_path, "--identifies", "external_id", "--makes-users")
    (look,) = project_upkeep.all_of_them(portal)
    assert [one.makes_users for one in look.profiles] == [False, True]
    assert "--makes-users" in done(sparekey("project", "trust", "--help"))


# pages whose browsers may call


HOME, AWAY = "https://shop.example.org", "http://localhost:3000"


def test_pages_are_admitted_and_dismissed(shop: Shop, portal: Portal, sparekey: Sparekey) -> None:
    project = shop.project.spelled_id
    said = done(sparekey("project", "admit", project, HOME))
    assert said == f"Browsers may call Shop from pages of {HOME}.\n"
    assert done(sparekey("project", "admit", shop.project.public_id, AWAY)).endswith(f" {AWAY}.\n")
    assert only(sparekey)["origins"] == [AWAY, HOME]
    assert done(sparekey("project", "list")).splitlines()[2:] == [f"  origin {AWAY}", f"  origin {HOME}"]
    assert project_calls.is_at_home(portal, shop.project, HOME)
    said = done(sparekey("project", "dismiss", project, HOME))
    assert said == f"Browsers call Shop from pages of {HOME} no more.\n"
    assert only(sparekey)["origins"] == [AWAY]
    again = sparekey("project", "dismiss", project, HOME)
    assert (again.status, again.out, again.err) == (1, "", f"sparekey: Shop has no origin {HOME}.\n")


def test_an_origin_is_kept_as_browsers_spell_it(shop: Shop, sparekey: Sparekey) -> None:
    project = shop.project.spelled_id
    for spelled in ("HTTPS://Shop.Example.org:443/", f"{HOME}/", HOME):
        assert done(sparekey("project", "admit", project, spelled)).endswith(f" {HOME}.\n")
    assert only(sparekey)["origins"] == [HOME]
    done(sparekey("project", "dismiss", project, "https://SHOP.example.org"))
    assert only(sparekey)["origins"] == []


@pytest.mark.parametrize(
    "text", ["shop.example.org", "http://shop.example.org", f"{HOME}/path", "https://bücher.example", "null", ""]
)
def test_what_is_no_origin_is_said_with_how_one_is_written(shop: Shop, sparekey: Sparekey, text: str) -> None:
    refused = sparekey("project", "admit", shop.project.spelled_id, text)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.endswith(
        f"argument ORIGIN: {text} is no origin: write https://, a name and perhaps a port; "
        "http:// only for localhost or 127.x.x.x\n"
    )
    assert only(sparekey)["origins"] == []


def test_a_21st_origin_waits_until_one_is_dismissed(shop: Shop, portal: Portal, sparekey: Sparekey) -> None:
    for number in range(20):
        project_upkeep.admit(portal, shop.project.public_id, f"http://localhost:{3000 + number}")
    refused = sparekey("project", "admit", shop.project.spelled_id, HOME)
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == "sparekey: Shop has 20 origins already. Remove one of them first.\n"
    done(sparekey("project", "dismiss", shop.project.spelled_id, AWAY))
    done(sparekey("project", "admit", shop.project.spelled_id, HOME))


# signing keys


def test_a_new_signing_key_is_published_at_once_and_signs_in_ten_minutes(
    shop: Shop, portal: Portal, sparekey: Sparekey, clock: TestClock
) -> None:
    project = shop.project.spelled_id
    said = done(sparekey("project", "rotate-signing-key", project))
    new, old = signing_keys.standing(portal, shop.project)
    assert said == f"{new.kid} is published now, and signs session tokens from 2026-05-04 09:40 UTC on.\n"
    assert (new.published, new.signs, old.published, old.signs) == (True, False, True, True)
    refused = sparekey("project", "rotate-signing-key", project, "--in", "0")
    assert (refused.status, refused.out) == (1, "")
    assert "A signing key is waiting for its time already" in refused.err
    clock.advance(minutes=10)
    assert "from 2026-05-04 09:40 UTC on" in done(sparekey("project", "rotate-signing-key", project, "--in", "0"))
    assert [one.signs for one in signing_keys.standing(portal, shop.project)] == [True, False, False]


# remove


def test_a_removed_project_is_gone_with_its_sessions(shop: Shop, portal: Portal, sparekey: Sparekey) -> None:
    joan = shop.enrolled(shop.user().id)
    joan.comes_in()
    said = done(sparekey("project", "remove", shop.project.spelled_id))
    assert said == "Shop is gone, and 1 session of its users ended.\n"
    assert done(sparekey("project", "list", "--json")) == "[]\n"
    assert told_by(portal, shop.secret) is None
    again = sparekey("project", "remove", shop.project.spelled_id)
    assert (again.status, again.out) == (1, "")


# wrong calls


NOWHERE = str(uuid4())
NOT_DONE = [
    f"rotate-secret {NOWHERE}", f"revoke-secret {NOWHERE} {NOWHERE}", f"permit {NOWHERE} {SECRETS}",
    f"forbid project-live-{NOWHERE} {SECRETS}", f"distrust {NOWHERE} {NOWHERE}", f"remove project-live-{NOWHERE}",
    f"rotate-signing-key {NOWHERE}", f"admit {NOWHERE} https://shop.example.org",
    f"dismiss project-live-{NOWHERE} http://localhost:3000",
]  # fmt: skip


def test_of_a_project_that_is_not_there_is_said_how_to_see_what_is(shop: Shop, sparekey: Sparekey) -> None:
    for call in NOT_DONE:
        refused = sparekey("project", *call.split())
        assert (refused.status, refused.out) == (1, ""), call
        assert refused.err == (
            f"sparekey: There is no project {NOWHERE}. `sparekey project list` shows those there are.\n"
        )


WRONG_CALLS = [
    "", "create", "create --name", "create --name=", "create --name \u200b", "create --name x --permission all",
    "create --name x --organization y --installation", f"create --name {'x' * 121}", "create x", "list x",
    "rotate-secret", "rotate-secret x", "rotate-secret project-live-x", f"rotate-secret {NOWHERE} --overlap-hours 721",
    f"rotate-secret {NOWHERE} --overlap-hours -1", f"rotate-secret {NOWHERE} --overlap-hours soon",
    f"rotate-secret {NOWHERE} --overlap-hours 99999999999999", f"rotate-secret {NOWHERE} --overlap-hours 1.5",
    f"rotate-secret {NOWHERE} --overlap-hours 0000000000721",
    f"rotate-secret {NOWHERE} --overlap-hours 00000000099999999999999999",
    f"revoke-secret {NOWHERE}", f"revoke-secret {NOWHERE} x", f"permit {NOWHERE}", f"permit {NOWHERE} all",
    f"forbid {NOWHERE} owner", f"trust {NOWHERE}", f"distrust {NOWHERE} x", f"distrust {NOWHERE}", "remove", "remove x",
    f"trust {NOWHERE} --name x --issuer y --audience z --public-key f --identifies phone",
    f"trust {NOWHERE} --name x --issuer y --audience z --public-key f --claim {'x' * 65}",
    f"trust {NOWHERE} --name x --issuer {'y' * 513} --audience z --public-key f",
    f"trust {NOWHERE} --name x --issuer= --audience z --public-key f",
    f"trust {NOWHERE} --name x --issuer y --audience \u0007 --public-key f",
    f"rotate-signing-key {NOWHERE} --in 43201", f"rotate-signing-key {NOWHERE} --in -1", "rotate-signing-key",
    f"rotate-signing-key {NOWHERE} --in 0000000000043201", f"rotate-signing-key {NOWHERE} --in 00000000099999999999999",
    "promote", "admit", f"admit {NOWHERE}", f"dismiss {NOWHERE}", "admit x https://shop.example.org",
    f"admit {NOWHERE} shop.example.org", f"admit {NOWHERE} http://shop.example.org", f"admit {NOWHERE} *",
    f"dismiss {NOWHERE} https://shop.example.org/path", f"trust {NOWHERE} --makes-users",
]  # fmt: skip


def test_a_wrong_call_is_one(sparekey: Sparekey) -> None:
    said = {wrong: sparekey("project", *wrong.split(" ") if wrong else []) for wrong in WRONG_CALLS}
    assert {wrong: one.status for wrong, one in said.items() if one.status != 2} == {}
    assert all(one.out == "" and one.err.startswith("usage: sparekey ") for one in said.values())


def test_what_helps_is_there(sparekey: Sparekey) -> None:
    said = done(sparekey("project", "--help"))
    acts = (
        "create",
        "list",
        "rotate-secret",
        "revoke-secret",
        "permit",
        "forbid",
        "trust",
        "distrust",
        "admit",
        "dismiss",
    )
    assert all(re.search(rf"^    {act}\b", said, re.MULTILINE) for act in (*acts, "remove", "rotate-signing-key"))


def test_the_overlap_is_a_bound_of_thirty_days(shop: Shop, sparekey: Sparekey, clock: TestClock) -> None:
    printed(sparekey("project", "rotate-secret", shop.project.spelled_id, "--overlap-hours", "0720"))
    expires = only(sparekey)["secrets"][0]["expires_at"]
    assert expires == (clock.now() + timedelta(days=30)).isoformat()
