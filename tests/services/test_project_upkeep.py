"""Projects in the operator's hands."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.domain.events import Act
from app.domain.operating import NotDoneError
from app.domain.projects import ORIGINS_AT_MOST, SECRETS_AT_MOST, Identifies, Permission, Profile
from app.portal import Portal
from app.services import project_calls, project_upkeep, signing_keys
from app.services.project_upkeep import PROFILES_AT_MOST
from app.steps.projects import Look, MadeSecret
from app.storage import events
from tests.support.clock import TestClock
from tests.support.people import People, Person
from tests.support.shops import EVERYTHING, NOTHING, Shop

AN_HOUR = timedelta(hours=1)


def create(portal: Portal, organization: str | None = None, *, installation: bool = False) -> MadeSecret:
    return project_upkeep.create(
        portal, name="Shop", organization=organization, installation=installation, permissions=NOTHING
    )


def only(portal: Portal) -> Look:
    (look,) = project_upkeep.all_of_them(portal)
    return look


def trust(shop: Shop, name: str = "Login") -> Profile:
    return project_upkeep.trust(
        shop.portal, shop.project.public_id, name=name, issuer="https://login.example", audience="shop", claim="sub",
        identifies=Identifies.EXTERNAL_ID, public_key="a public key",
    )  # fmt: skip


def log_of(portal: Portal, organization_id: int) -> list[tuple[Act, str, dict[str, Any]]]:
    """Oldest first."""
    with portal.reading() as tx:
        found = events.page_of(tx.db, organization_id, events.Search(), before=None, count=100)
    return [(one.act, one.actor_kind, one.details) for one in reversed(found)]


def test_where_there_is_no_organization_there_is_no_project(portal: Portal) -> None:
    with pytest.raises(NotDoneError, match="There is no organization yet"):
        create(portal)
    assert project_upkeep.all_of_them(portal) == []


def test_the_only_organization_need_not_be_named(harbour: int, portal: Portal) -> None:
    made = create(portal)
    assert made.project.organization_id == harbour
    assert only(portal).organization == "Harbour"
    assert project_calls.told_by(portal, made.secret) == made.project


def test_of_several_organizations_one_is_named(harbour: int, people: People, portal: Portal) -> None:
    mill = people.organization("mill")
    with pytest.raises(NotDoneError, match="say which with --organization"):
        create(portal)
    assert create(portal, "mill").project.organization_id == mill
    with pytest.raises(NotDoneError, match="There is no organization nowhere"):
        create(portal, "nowhere")


def test_one_of_the_installation_is_noted_in_every_log(harbour: int, people: People, portal: Portal) -> None:
    mill = people.organization("mill")
    made = create(portal, installation=True)
    assert made.project.organization_id is None
    assert only(portal).organization == ""
    told = Act.PROJECT_CREATED, "operator", {"project": "Shop", "permissions": []}
    assert log_of(portal, harbour) == log_of(portal, mill) == [told]


def test_each_project_has_a_signing_key_of_its_own_from_the_start(harbour: int, portal: Portal) -> None:
    first, second = create(portal), create(portal)
    (key,), (other,) = (signing_keys.standing(portal, made.project) for made in (first, second))
    assert (key.signs, key.published, key.signs_from) == (True, True, first.project.made_at)
    assert other.signs
    assert key.kid != other.kid


def test_what_it_is_permitted_stands_in_the_log_from_the_start(harbour: int, portal: Portal) -> None:
    made = project_upkeep.create(portal, name="Shop", organization=None, installation=False, permissions=EVERYTHING)
    assert made.project.may(Permission.FACTOR_SECRETS)
    told = {"project": "Shop", "permissions": ["factor_secrets"]}
    assert log_of(portal, harbour) == [(Act.PROJECT_CREATED, "operator", told)]


def test_a_permission_is_given_and_taken_from_the_next_call_on(kiosk: Shop, portal: Portal, harbour: int) -> None:
    project = kiosk.project.public_id
    for given, act in ((True, Act.PROJECT_PERMITTED), (False, Act.PROJECT_FORBIDDEN)):
        project_upkeep.permit(portal, project, Permission.FACTOR_SECRETS, given=given)
        found = project_calls.told_by(portal, kiosk.secret)
        assert found is not None
        assert found.may(Permission.FACTOR_SECRETS) is given
        told = act, "operator", {"project": "Kiosk", "permission": "factor_secrets"}
        assert log_of(portal, harbour)[-1] == told


@pytest.mark.parametrize("overlap", [timedelta(0), AN_HOUR])
def test_a_rotation_leaves_the_old_secret_as_long_as_is_said(
    shop: Shop, portal: Portal, clock: TestClock, overlap: timedelta
) -> None:
    made = project_upkeep.rotate_secret(portal, shop.project.public_id, overlap=overlap)
    assert (project_calls.told_by(portal, shop.secret) is None) is (overlap == timedelta(0))
    clock.set(clock.now() + overlap)
    assert project_calls.told_by(portal, shop.secret) is None
    assert project_calls.told_by(portal, made.secret) == shop.project


def test_a_shorter_overlap_shortens_the_one_before_and_a_longer_does_not(
    shop: Shop, portal: Portal, clock: TestClock
) -> None:
    now = clock.now()
    for hours in (2, 1, 3):
        project_upkeep.rotate_secret(portal, shop.project.public_id, overlap=hours * AN_HOUR)
    assert [one.expires_at for one in only(portal).secrets] == [now + AN_HOUR, now + AN_HOUR, now + 3 * AN_HOUR, None]


def test_the_sixth_live_secret_is_refused_in_words(shop: Shop, portal: Portal, clock: TestClock) -> None:
    project = shop.project.public_id
    for _ in range(SECRETS_AT_MOST - 1):
        project_upkeep.rotate_secret(portal, project, overlap=AN_HOUR)
    with pytest.raises(NotDoneError, match="Shop has 5 live secrets already"):
        project_upkeep.rotate_secret(portal, project, overlap=AN_HOUR)
    clock.advance(hours=1)
    project_upkeep.rotate_secret(portal, project, overlap=AN_HOUR)


def test_a_secret_is_revoked_once(shop: Shop, portal: Portal, harbour: int) -> None:
    secret = only(portal).secrets[0].public_id
    project_upkeep.revoke_secret(portal, shop.project.public_id, secret)
    assert project_calls.told_by(portal, shop.secret) is None
    with pytest.raises(NotDoneError, match=f"Shop has no live secret {secret}"):
        project_upkeep.revoke_secret(portal, shop.project.public_id, secret)
    told = Act.PROJECT_SECRET_REVOKED, "operator", {"project": "Shop", "hint": shop.secret[-4:]}
    assert log_of(portal, harbour).count(told) == 1


def test_the_secret_of_another_project_is_not_revoked(shop: Shop, kiosk: Shop, portal: Portal) -> None:
    theirs = project_upkeep.all_of_them(portal)[1].secrets[0].public_id
    with pytest.raises(NotDoneError):
        project_upkeep.revoke_secret(portal, shop.project.public_id, theirs)
    assert project_calls.told_by(portal, kiosk.secret) == kiosk.project


def test_a_profile_is_kept_and_taken_back(shop: Shop, kiosk: Shop, portal: Portal, harbour: int) -> None:
    profile = trust(shop)
    assert project_upkeep.all_of_them(portal)[0].profiles == [profile]
    with pytest.raises(NotDoneError, match=f"Kiosk has no profile {profile.public_id}"):
        project_upkeep.distrust(portal, kiosk.project.public_id, profile.public_id)
    project_upkeep.distrust(portal, shop.project.public_id, profile.public_id)
    assert project_upkeep.all_of_them(portal)[0].profiles == []
    with pytest.raises(NotDoneError):
        project_upkeep.distrust(portal, shop.project.public_id, profile.public_id)
    told = {"project": "Shop", "profile": "Login"}
    assert log_of(portal, harbour)[-2:] == [
        (Act.PROJECT_PROFILE_ADDED, "operator", told),
        (Act.PROJECT_PROFILE_REMOVED, "operator", told),
    ]


def test_a_sixth_profile_is_refused_in_words(shop: Shop, portal: Portal) -> None:
    for number in range(PROFILES_AT_MOST):
        trust(shop, f"Login {number}")
    with pytest.raises(NotDoneError, match="Shop has 5 profiles already"):
        trust(shop)
    assert len(only(portal).profiles) == PROFILES_AT_MOST


def test_a_profile_makes_users_only_where_it_was_said(shop: Shop, portal: Portal) -> None:
    for makes_users in (False, True):
        made = project_upkeep.trust(
            portal, shop.project.public_id, name="Login", issuer="https://login.example", audience="shop", claim="sub",
            identifies=Identifies.EXTERNAL_ID, public_key="a public key", makes_users=makes_users,
        )  # fmt: skip
        assert made.makes_users is makes_users
    assert [one.makes_users for one in only(portal).profiles] == [False, True]


def test_pages_are_admitted_once_and_dismissed_once(shop: Shop, kiosk: Shop, portal: Portal, harbour: int) -> None:
    project, home = shop.project.public_id, "https://shop.example.org"
    for _ in range(2):
        assert project_upkeep.admit(portal, project, home) == shop.project
    project_upkeep.admit(portal, project, "http://localhost:3000")
    looks = project_upkeep.all_of_them(portal)
    assert [one.origins for one in looks] == [["http://localhost:3000", home], []]
    with pytest.raises(NotDoneError, match=f"Kiosk has no origin {home}"):
        project_upkeep.dismiss(portal, kiosk.project.public_id, home)
    assert project_upkeep.dismiss(portal, project, home) == shop.project
    with pytest.raises(NotDoneError, match=f"Shop has no origin {home}"):
        project_upkeep.dismiss(portal, project, home)
    told = [(act, details) for act, _, details in log_of(portal, harbour) if "origin" in details]
    assert told == [
        (Act.PROJECT_ORIGIN_ADDED, {"project": "Shop", "origin": home}),
        (Act.PROJECT_ORIGIN_ADDED, {"project": "Shop", "origin": "http://localhost:3000"}),
        (Act.PROJECT_ORIGIN_REMOVED, {"project": "Shop", "origin": home}),
    ]


def test_a_21st_origin_is_refused_in_words_and_one_that_is_there_is_not(shop: Shop, portal: Portal) -> None:
    project = shop.project.public_id
    for number in range(ORIGINS_AT_MOST):
        project_upkeep.admit(portal, project, f"http://localhost:{3000 + number}")
    with pytest.raises(NotDoneError, match="Shop has 20 origins already"):
        project_upkeep.admit(portal, project, "http://localhost:2000")
    project_upkeep.admit(portal, project, "http://localhost:3000")
    project_upkeep.dismiss(portal, project, "http://localhost:3000")
    project_upkeep.admit(portal, project, "http://localhost:2000")
    assert len(only(portal).origins) == ORIGINS_AT_MOST


def test_with_a_project_go_its_origins(shop: Shop, portal: Portal) -> None:
    project_upkeep.admit(portal, shop.project.public_id, "https://shop.example.org")
    project_upkeep.remove(portal, shop.project.public_id)
    with portal.reading() as tx:
        assert tx.db.exec_driver_sql("SELECT count(*) FROM project_origin").scalar_one() == 0
    assert not project_calls.is_at_home(portal, shop.project, "https://shop.example.org")


def test_removing_says_how_many_sessions_ended(shop: Shop, ada: Person, portal: Portal) -> None:
    shop.knows(ada).comes_in()
    trust(shop)
    project, ended = project_upkeep.remove(portal, shop.project.public_id)
    assert (project, ended) == (shop.project, 1)
    assert project_upkeep.all_of_them(portal) == []
    assert project_calls.told_by(portal, shop.secret) is None
    assert project_calls.with_id(portal, shop.project.public_id) is None


def test_of_what_is_not_there_is_said_how_to_see_what_is(shop: Shop, portal: Portal) -> None:
    nowhere = uuid4()
    for act in (
        lambda: project_upkeep.remove(portal, nowhere),
        lambda: project_upkeep.rotate_secret(portal, nowhere, overlap=AN_HOUR),
        lambda: project_upkeep.revoke_secret(portal, nowhere, uuid4()),
        lambda: project_upkeep.permit(portal, nowhere, Permission.FACTOR_SECRETS, given=True),
        lambda: project_upkeep.distrust(portal, nowhere, uuid4()),
        lambda: project_upkeep.admit(portal, nowhere, "https://shop.example.org"),
        lambda: project_upkeep.dismiss(portal, nowhere, "https://shop.example.org"),
    ):
        with pytest.raises(NotDoneError, match=rf"There is no project {nowhere}\. `sparekey project list` shows"):
            act()
