"""What a key does at Dynamic's wire for users who have lost everything, by the official client and without one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from app.domain.events import Act, ActorKind
from app.domain.members import Role
from app.services import locks, membership
from tests.support.applications import Application, Caller
from tests.support.dynamic import IS_IN, NEEDS_MORE, Shopper, told_by, told_to
from tests.support.node_client import NodeClient, node_client
from tests.support.people import People, granted
from tests.support.site import Site

RESETS = ("resetAllMfaDevices", "resetUserMfa")
FORBIDDEN, NOBODY, NO_DEVICE = (403, "forbidden"), (422, "invalid_user"), (422, "mfa_device_not_found")
LOCKED = (429, "mfa_rate_limited")
WAYS = [("DELETE", ""), ("POST", "/reset")]
UNKNOWN_KEY = (401, "unauthorized")


@pytest.fixture
def client_of(site: Site, tmp_path: Path) -> Iterator[Callable[[Application], NodeClient]]:
    """Dynamic's client for keys, for whichever application."""
    with ExitStack() as running:
        yield lambda application: running.enter_context(node_client(application, tmp_path, "MfaApi"))


def _reset(application: Application, user: object, caller: Caller, way: tuple[str, str] = WAYS[0]) -> tuple[int, str]:
    method, ending = way
    return told_by(caller.open(method, f"/api/v0/users/{user}/mfa{ending}", application.bearer))


def test_a_key_resets_users_by_the_official_client_who_then_begin_anew(
    enrolled_shopper: Shopper,
    client_of: Callable[[Application], NodeClient],
    shop: Application,
    kiosk: Application,
    people: People,
) -> None:
    client, shopper = client_of(shop), enrolled_shopper
    user = str(shopper.id)
    for method in RESETS:
        old = shopper.reads_codes()
        assert client.call(method, userId=user) is None
        assert shopper.get("GET", "/users/mfa")["count"] == 0, "sessions of the application go on"
        assert shopper.is_refused_recovery(old[0]) == NO_DEVICE
        assert told_to(client.call, method, userId=user) == ("Response", *NO_DEVICE[::-1])
        assert shopper.signs_in()["user"]["scope"] == NEEDS_MORE
        assert shopper.enrols()["user"]["scope"] == IS_IN
    removed = [one for one in shopper.person.history if one.act is Act.AUTHENTICATOR_REMOVED]
    assert [(one.actor_kind, one.project) for one in removed] == [(ActorKind.PROJECT, "Shop")] * 2

    of_kiosk, owner = client_of(kiosk), str(people.owner().public_id)
    for method in RESETS:
        assert told_to(of_kiosk.call, method, userId=user) == ("Response", *FORBIDDEN[::-1])
        assert told_to(client.call, method, userId=owner) == ("Response", *FORBIDDEN[::-1])
        assert told_to(client.call, method, userId=str(uuid4())) == ("Response", *NOBODY[::-1])
    assert shopper.get("GET", "/users/mfa")["count"] == 1


def test_which_keys_reset_nobody_here(
    enrolled_shopper: Shopper, shop: Application, kiosk: Application, neighbour: Application, suite: Application
) -> None:
    mine, caller = enrolled_shopper.id, enrolled_shopper.caller
    for way in WAYS:
        assert _reset(kiosk, mine, caller, way) == FORBIDDEN, "without the permission"
        assert _reset(suite, mine, caller, way) == FORBIDDEN, "for the whole installation"
        assert _reset(neighbour, mine, caller, way) == NOBODY
    bearers = ("x", enrolled_shopper.token, shop.project.public_token)
    for header in ({}, shop.basic, *({"Authorization": f"Bearer {one}"} for one in bearers)):
        reply = caller.open("DELETE", f"/api/v0/users/{mine}/mfa", header)
        assert told_by(reply) == UNKNOWN_KEY
    assert enrolled_shopper.get("GET", "/users/mfa")["count"] == 1


def test_whom_no_key_resets(enrolled_shopper: Shopper, shop: Application, people: People) -> None:
    mine, caller, admin = enrolled_shopper.id, enrolled_shopper.caller, people.admin()
    olive = people.newcomer("olive@example.org", role=Role.OWNER)
    for way in WAYS:
        for person in (admin, olive):
            assert _reset(shop, person.public_id, caller, way) == FORBIDDEN
        for odd in (uuid4(), "17", "x", "%00", f"user-live-{mine}"):
            assert _reset(shop, odd, caller, way) == NOBODY, odd
    granted(admin.does(locks.lock, enrolled_shopper.person))
    assert _reset(shop, mine, caller) == LOCKED
    granted(admin.does(locks.open_for, enrolled_shopper.person))
    granted(admin.does(membership.suspend, enrolled_shopper.person))
    assert _reset(shop, mine, caller) == FORBIDDEN
    assert enrolled_shopper.person.row.authenticator_count == 1


def test_one_that_waits_is_taken_away_too(shopper: Shopper, caller: Caller, shop: Application) -> None:
    shopper.signs_in()
    assert _reset(shop, shopper.id, caller) == NO_DEVICE
    shopper.begins()
    assert caller.open("DELETE", f"/api/v0/users/{shopper.id}/mfa", shop.bearer).status_code == 200
    assert shopper.is_refused(shopper.next_code()) == NO_DEVICE


def test_browsers_are_not_let_in_with_a_key(enrolled_shopper: Shopper, caller: Caller, shop: Application) -> None:
    path, origin = f"/api/v0/users/{enrolled_shopper.id}/mfa", {"Origin": "https://shop.example.org"}
    asked = caller.open("OPTIONS", path, {**origin, "Access-Control-Request-Method": "DELETE"})
    given = caller.open("DELETE", path, {**origin, **shop.bearer})
    for reply in (asked, given):
        assert not [name for name, _ in reply.headers if name.startswith("Access-Control-")]
