"""What Streambird's own client raises when it may not call, calls too often or by strange ids, or what is not there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests
import streambird
from streambird.exceptions import (
    StreambirdException,
    StreambirdInternalError,
    StreambirdResourceNotFound,
    StreambirdServiceUnavailable,
    StreambirdTooManyRequests,
    StreambirdUnauthorized,
)

from app.api.streambird import ids
from app.api.streambird.errors import _OF_RECOVERY, _OF_TOTP, _REFUSALS, KINDS
from app.api.streambird.surface import STREAMBIRD
from app.portal import UnavailableError
from tests.support.applications import Application, StreambirdUser, made, raised, wrong_recovery_code
from tests.support.clock import TestClock
from tests.support.people import People
from tests.support.site import Site

STRANGERS = (StreambirdUnauthorized, "unauthorized")


def test_without_a_live_secret_nobody_is_answered(site: Site, shop: Application) -> None:
    for secret in ("sk_live_wrong", shop.id, shop.project.public_token):
        client = streambird.Client(secret, None, api_instance_url=f"{shop.address}v1")
        assert raised(client, client.users.create) == STRANGERS
        assert raised(client, client.users.get, user_id="nobody") == STRANGERS
    for headers in ({}, {"Authorization": "Bearer"}, shop.basic, {"Authorization": f"bearer  {shop.secret}x"}):
        reply = requests.get(f"{shop.address}v1/auth/users/nobody", headers=headers, timeout=10)
        assert (reply.status_code, reply.json()["error_type"]) == (401, "unauthorized"), headers
        assert reply.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_project_of_the_whole_installation_has_no_users_of_its_own(site: Site, people: People) -> None:
    client = made(people.portal, "Everywhere", installation=True).streambird()
    refused = (StreambirdException, "forbidden")
    assert raised(client, client.users.create) == refused
    assert raised(client, client.sessions.list, user_id="nobody") == refused


@pytest.mark.parametrize("changed_settings", [{"project_limit": 2}])
def test_an_application_has_so_many_requests_a_minute_on_all_wires(
    moon: Any, shop: Application, clock: TestClock
) -> None:
    clock.set(clock.now().replace(second=0, microsecond=0) + timedelta(minutes=1))
    user_id = moon.users.create()["user_id"]
    shop.stytch().users.search()
    assert raised(moon, moon.users.get, user_id=user_id) == (StreambirdTooManyRequests, "too_many_requests")
    keys = f"{shop.address}v1/auth/jwks/default?api_key={shop.project.public_token}"
    assert requests.get(keys, timeout=10).status_code == 200
    clock.advance(minutes=1)
    assert moon.users.get(user_id)["id"] == user_id


def _not_there(moon: Any) -> Iterator[Callable[[], Any]]:
    """Calls of the client for which nothing is here: of other factors, and of ways in by other means."""
    yield lambda: moon.otps.verify(otp="123456", method_id="x")
    yield lambda: moon.otps.email.send(email="ada@example.org")
    yield lambda: moon.otps.email.login_or_create(email="ada@example.org")
    yield lambda: moon.otps.sms.send(phone_number="+15550100")
    yield lambda: moon.magic_links.verify(token="x")
    yield lambda: moon.oauth.verify(token="x")
    yield lambda: moon.wallets.begin_registration(wallet_type="ethereum", public_address="x")
    yield lambda: moon.users.delete_phone_number("x")
    yield lambda: moon.users.delete_wallet("x")


def test_what_is_not_here_is_told_as_that(moon: Any) -> None:
    for call in _not_there(moon):
        assert raised(moon, call) == (StreambirdResourceNotFound, "not_found")


def test_a_path_answers_to_its_methods_alone(site: Site, shop: Application) -> None:
    reply = shop.asks("PUT", "totps/create")
    assert (reply.status_code, reply.json()["error_type"]) == (405, "method_not_allowed")
    assert reply.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (ZeroDivisionError(), (StreambirdInternalError, "internal_error")),
        (UnavailableError("busy"), (StreambirdServiceUnavailable, "service_unavailable")),
    ],
)
def test_a_fault_of_ours_is_told_as_one(
    moon: Any, monkeypatch: pytest.MonkeyPatch, fault: Exception, said: tuple[type, str]
) -> None:
    def fails(*_given: object, **_named: object) -> None:
        raise fault

    monkeypatch.setattr("app.services.users.users.view", fails)
    assert raised(moon, moon.users.create) == said


def test_every_error_of_the_wire_is_provoked_in_these_tests() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_streambird_*.py"))
    of_refusals = {kind for table in (_REFUSALS, _OF_TOTP, _OF_RECOVERY) for _, kind, _ in table.values()}
    assert {kind for kind in of_refusals | set(KINDS.values()) if f'"{kind}"' not in tests} == set()


# of another organization


@dataclass
class Known:
    """What somebody knows of a user, or makes up."""

    user_id: str
    email_id: str
    totp_id: str
    session_id: str
    session_token: str
    session_jwt: str
    code: str
    recovery_code: str


def _made_up() -> Known:
    return Known(
        user_id=ids.spell("user", uuid4()),
        email_id=ids.spell("email", uuid4()),
        totp_id=ids.spell("totp", uuid4()),
        session_id=ids.spell("sess", uuid4()),
        session_token="of-nobody",
        session_jwt="of.no.body",
        code="123456",
        recovery_code=wrong_recovery_code(),
    )


CALLS: list[tuple[str, Callable[[Known], tuple[str, str, dict[str, str]]]]] = [
    ("get_user", lambda of: ("GET", f"users/{of.user_id}", {})),
    ("update_user", lambda of: ("PUT", f"users/{of.user_id}/update", {"first_name": "Theirs"})),
    ("delete_user", lambda of: ("DELETE", f"users/{of.user_id}/delete", {})),
    ("delete_email", lambda of: ("DELETE", f"users/emails/{of.email_id}/delete", {})),
    ("delete_totp", lambda of: ("DELETE", f"users/totps/{of.totp_id}/delete", {})),
    ("create_totp", lambda of: ("POST", "totps/create", {"user_id": of.user_id})),
    ("verify_totp", lambda of: ("POST", "totps/verify", {"user_id": of.user_id, "totp": of.code})),
    ("get_recovery_codes", lambda of: ("POST", "totps/recovery_codes", {"user_id": of.user_id})),
    ("recover_totp", lambda of: ("POST", "totps/recovery", {"user_id": of.user_id, "recovery_code": of.recovery_code})),
    ("verify_session", lambda of: ("POST", "sessions/verify", {"session_token": of.session_token})),
    ("verify_session", lambda of: ("POST", "sessions/verify", {"session_jwt": of.session_jwt})),
    ("list_sessions", lambda of: ("GET", f"sessions/list?user_id={of.user_id}", {})),
    ("delete_session", lambda of: ("DELETE", "sessions/delete", {"session_id": of.session_id})),
    ("delete_session", lambda of: ("DELETE", "sessions/delete", {"session_token": of.session_token})),
    ("delete_session", lambda of: ("DELETE", "sessions/delete", {"session_jwt": of.session_jwt})),
]


def test_ids_of_another_organization_tell_no_more_than_made_up_ones(
    moon: Any, moon_user: StreambirdUser, shop: Application, neighbour: Application
) -> None:
    opened = moon_user.shows(moon_user.phone.code(), session_expires_in=60)
    before = moon.users.get(moon_user.user_id)
    known = Known(
        user_id=moon_user.user_id,
        email_id=before["email_id"],
        totp_id=moon_user.totp_id,
        session_id=opened["session"]["id"],
        session_token=opened["session_token"],
        session_jwt=opened["session_jwt"],
        code=moon_user.phone.next_code(),
        recovery_code=moon_user.codes[0],
    )
    made_up = _made_up()
    for name, call in CALLS:
        assert _refused(neighbour, *call(known)) == _refused(neighbour, *call(made_up)), name
    assert {name for name, _ in CALLS} == {one.name for one in STREAMBIRD.operations if not one.open} - {
        "create_user",
        "search_users",
    }
    assert shop.member(moon_user.uuid).failures_in_row == 0
    assert moon.users.get(moon_user.user_id) == before
    assert moon.sessions.list(moon_user.user_id) == {"sessions": [opened["session"]]}
    moon_user.shows(known.code)
    moon_user.recovers(known.recovery_code)
    assert neighbour.asks("POST", "users/search").json()["users"] == []


def _refused(neighbour: Application, method: str, path: str, body: dict[str, str]) -> dict[str, Any]:
    reply = neighbour.asks(method, path, **body)
    assert reply.status_code >= 400
    return {name: value for name, value in reply.json().items() if name != "request_id"}
