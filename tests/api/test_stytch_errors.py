"""What Stytch's own client is told when it may not call, calls too often, or calls what is not there."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import stytch

from app.api.stytch.consumer import refusals
from app.api.stytch.consumer.surface import STYTCH
from app.api.stytch.errors import KINDS, OF_RECOVERY, OF_TOTP, REFUSALS
from app.portal import UnavailableError
from app.services import project_upkeep
from tests.support.applications import Application, StytchUser, made, refusal, told
from tests.support.clock import TestClock
from tests.support.people import People
from tests.support.site import Site

STRANGERS = (401, "unauthorized_credentials")
NO_ROUTE = (404, "route_not_found")
TOO_MANY = (429, "too_many_requests")
USER, PART = "user-live-00000000-0000-4000-8000-000000000000", "x"


def test_without_a_live_secret_nobody_is_answered(site: Site, shop: Application, kiosk: Application) -> None:
    for project_id, secret in [
        (shop.id, "sk_live_wrong"),
        (shop.id, kiosk.secret),
        (kiosk.id, shop.secret),
        ("project-live-00000000-0000-4000-8000-000000000000", shop.secret),
        ("project", shop.secret),
        (shop.project.public_token, shop.secret),
        (shop.id, shop.project.public_token),
    ]:
        client = stytch.Client(project_id, secret, environment=shop.address)
        assert told(client.users.search) == STRANGERS
        assert told(client.totps.create, user_id=USER) == STRANGERS
        assert told(client.users.get, user_id="no id") == STRANGERS
    assert stytch.Client(str(shop.project.public_id), shop.secret, environment=shop.address).users.search()


def test_secrets_change_with_an_overlap_and_end_at_once(
    client: stytch.Client, shop: Application, clock: TestClock
) -> None:
    portal, project = shop.portal, shop.project.public_id
    second = project_upkeep.rotate_secret(portal, project, overlap=timedelta(hours=1))
    renewed = Application(portal, shop.project, second.secret).stytch()
    clock.advance(minutes=59)
    assert client.users.search()
    assert renewed.users.search()
    clock.advance(minutes=1)
    assert told(client.users.search) == STRANGERS
    [left] = next(one for one in project_upkeep.all_of_them(portal) if one.project.public_id == project).secrets
    assert renewed.users.search()
    project_upkeep.revoke_secret(portal, project, left.public_id)
    assert told(renewed.users.search) == STRANGERS


def test_a_project_that_was_removed_is_unknown_and_its_sessions_are_over(
    enrolled: StytchUser, shop: Application, kiosk: Application
) -> None:
    enrolled.shows(session_duration_minutes=60)
    assert project_upkeep.remove(shop.portal, shop.project.public_id)[1] == 1
    assert told(enrolled.client.users.search) == STRANGERS
    assert told(kiosk.stytch().sessions.get_jwks, project_id=shop.id) == (404, "project_not_found")
    assert kiosk.stytch().users.get(user_id=enrolled.user_id).user_id == enrolled.user_id


def test_a_project_of_the_whole_installation_has_no_users_of_its_own(site: Site, people: People) -> None:
    client = made(people.portal, "Everywhere", installation=True).stytch()
    refused = (403, "unauthorized_action")
    assert told(client.users.search) == refused
    assert told(client.users.create) == refused
    assert told(client.totps.authenticate, user_id=USER, totp_code="123456") == refused
    assert told(client.sessions.get, user_id=USER) == refused


@pytest.mark.parametrize("changed_settings", [{"project_limit": 3}])
def test_an_application_has_so_many_requests_a_minute(
    client: stytch.Client, shop: Application, kiosk: Application, clock: TestClock
) -> None:
    clock.set(clock.now().replace(second=15, microsecond=0) + timedelta(minutes=1))
    for _ in range(2):
        client.users.search()
    assert told(client.users.get, user_id=USER) == (404, "user_not_found")
    assert told(client.users.search) == told(client.users.get, user_id=USER) == TOO_MANY
    assert kiosk.stytch().users.search()
    assert client.sessions.get_jwks(project_id=shop.id).keys
    assert told(stytch.Client(shop.id, "wrong", environment=shop.address).users.search) == STRANGERS
    reply = requests.post(f"{shop.address}v1/users/search", json={}, headers=shop.basic, timeout=10)
    assert (reply.status_code, reply.headers["Retry-After"]) == (429, "45")
    clock.advance(seconds=44)
    assert told(client.users.search) == TOO_MANY
    clock.advance(seconds=1)
    assert client.users.search()


def test_a_clock_that_was_put_back_shuts_no_application_out(client: stytch.Client, clock: TestClock) -> None:
    client.users.search()
    clock.advance(hours=-1)
    assert client.users.search()


def _not_there(client: stytch.Client) -> Iterator[Callable[[], Any]]:
    """Calls of the client for which nothing is here: of other factors, and of ways in by other means."""
    yield lambda: client.otps.sms.send(phone_number="+15550100")
    yield lambda: client.otps.email.login_or_create(email="ada@example.org")
    yield lambda: client.otps.whatsapp.send(phone_number="+15550100")
    yield lambda: client.otps.authenticate(method_id=PART, code="123456")
    yield lambda: client.magic_links.email.send(email="ada@example.org")
    yield lambda: client.magic_links.authenticate(token=PART)
    yield lambda: client.magic_links.create(user_id=USER)
    yield lambda: client.passwords.create(email="ada@example.org", password="seven unrelated pelicans")
    yield lambda: client.passwords.authenticate(email="ada@example.org", password="seven unrelated pelicans")
    yield lambda: client.passwords.email.reset_start(email="ada@example.org")
    yield lambda: client.passwords.sessions.reset(password="seven unrelated pelicans", session_token=PART)
    yield lambda: client.webauthn.register_start(user_id=USER, domain="example.org")
    yield lambda: client.crypto_wallets.authenticate_start(crypto_wallet_type="ethereum", crypto_wallet_address=PART)
    yield lambda: client.oauth.attach(provider="google", user_id=USER)
    yield lambda: client.oauth.authenticate(token=PART)
    yield lambda: client.impersonation.authenticate(impersonation_token=PART)
    yield lambda: client.m2m.clients.get(client_id=PART)
    yield lambda: client.m2m.clients.secrets.rotate_start(client_id=PART)
    yield lambda: client.connected_app.clients.get(client_id=PART)
    yield client.project.metrics
    yield client.rbac.policy
    yield client.debug.whoami
    yield lambda: client.sessions.migrate(session_token=PART)
    yield lambda: client.sessions.exchange_access_token(access_token=PART)
    yield lambda: client.users.exchange_primary_factor(user_id=USER, email_address="ada@example.org")
    yield lambda: client.users.connected_apps(user_id=USER)
    yield lambda: client.users.revoke(user_id=USER, connected_app_id=PART)
    yield lambda: client.users.delete_phone_number(phone_id=PART)
    yield lambda: client.users.delete_webauthn_registration(webauthn_registration_id=PART)
    yield lambda: client.users.delete_biometric_registration(biometric_registration_id=PART)
    yield lambda: client.users.delete_crypto_wallet(crypto_wallet_id=PART)
    yield lambda: client.users.delete_password(password_id=PART)
    yield lambda: client.users.delete_oauth_registration(oauth_user_registration_id=PART)


def test_what_is_not_here_is_told_as_that(client: stytch.Client) -> None:
    for call in _not_there(client):
        assert told(call) == NO_ROUTE


def test_a_fault_of_ours_is_told_as_one(client: stytch.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("app.services.users.users.view", fails)
    refused = refusal(client.users.create, email="ada@example.org")
    assert (refused.status_code, refused.error_type) == (500, "internal_server_error")
    monkeypatch.undo()
    assert client.users.search().results_metadata.total == 0


def test_a_database_that_others_are_writing_to_is_told_as_such(
    client: stytch.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waits(*_given: object, **_named: object) -> None:
        raise UnavailableError("others have been writing for too long")

    monkeypatch.setattr("app.services.users.users.view", waits)
    refused = refusal(client.users.create, email="ada@example.org")
    assert (refused.status_code, refused.error_type) == (503, "server_unavailable")


def test_a_path_answers_to_its_methods_alone(client: stytch.Client) -> None:
    reply = client.sync_client.delete(client.api_base.url_for("/v1/totps", {}))
    assert (reply.response.status_code, reply.json["error_type"]) == (405, "method_not_allowed")
    assert reply.response.headers["Allow"] == "POST"


def test_every_error_of_the_wire_is_provoked_in_these_tests() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_stytch_*.py"))
    of_users = (refusals._WORDS, refusals._OF_TOTP, refusals._OF_RECOVERY)
    of_refusals = {kind for table in (REFUSALS, OF_TOTP, OF_RECOVERY, *of_users) for _, kind, _ in table.values()}
    known = of_refusals | set(KINDS.values()) | set(STYTCH.unfit.values())
    assert {kind for kind in known if f'"{kind}"' not in tests} == set()
