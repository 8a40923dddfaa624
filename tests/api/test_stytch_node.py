"""Stytch's own client for Node, driven through a user's whole life, and what it raises when something is refused."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support import node_client as support
from tests.support.applications import App, Application, mistyped, wrong_recovery_code
from tests.support.clock import TestClock
from tests.support.node_client import NodeClient, node_client, refusal_of
from tests.support.otp import AuthenticatorApp
from tests.support.qr import read_qr
from tests.support.raised import raised_by
from tests.support.site import Site
from tests.support.wires import Login

TRIES = 10

Client = Callable[[Application], NodeClient]


@pytest.fixture
def client_of(site: Site, tmp_path: Path) -> Iterator[Client]:
    """The official client, for whichever application."""
    with ExitStack() as running:
        yield lambda application: running.enter_context(node_client(application, tmp_path))


@pytest.fixture
def node(client_of: Client, shop: Application) -> NodeClient:
    return client_of(shop)


@dataclass
class Ada:
    """A user of the shop, with an authenticator app that she has not confirmed yet."""

    node: NodeClient
    clock: TestClock
    user_id: str
    totp_id: str
    phone: App
    codes: list[str]

    def shows(self, code: str, **session: Any) -> Any:
        return self.node.call("totps.authenticate", user_id=self.user_id, totp_code=code, **session)

    def recovers(self, code: str, **session: Any) -> Any:
        return self.node.call("totps.recover", user_id=self.user_id, recovery_code=code, **session)


@pytest.fixture
def ada(node: NodeClient, clock: TestClock) -> Ada:
    user = node.call("users.create", email="ada@example.org")
    totp = node.call("totps.create", user_id=user["user_id"])
    phone = App(totp["secret"], clock)
    return Ada(node, clock, user["user_id"], totp["totp_id"], phone, totp["recovery_codes"])


@pytest.fixture
def enrolled(ada: Ada) -> Ada:
    """She has confirmed it, and the next code is one that she has not shown yet."""
    ada.shows(ada.phone.code())
    ada.phone.next_code()
    return ada


# a life


def test_a_user_is_made_found_changed_and_removed(node: NodeClient) -> None:
    made = node.call(
        "users.create",
        email="ada@example.org",
        name={"first_name": "Ada", "last_name": "Lovelace"},
        external_id="shop|1",
        trusted_metadata={"plan": "gold"},
        roles=["reader"],
    )
    user_id = made["user_id"]
    assert made["status"] == "active"
    assert made["user"]["emails"] == [{"email_id": made["email_id"], "email": "ada@example.org", "verified": False}]
    assert node.call("users.get", user_id=user_id)["name"]["last_name"] == "Lovelace"
    assert node.call("users.get", user_id="shop|1")["user_id"] == user_id

    changed = node.call(
        "users.update", user_id=user_id, name={"last_name": "King"}, trusted_metadata={"plan": None, "since": 1843}
    )
    assert changed["user"]["name"] == {"first_name": "Ada", "middle_name": "", "last_name": "King"}
    assert changed["user"]["trusted_metadata"] == {"since": 1843}
    assert changed["user"]["roles"] == ["reader"]

    without = node.call("users.deleteExternalId", user_id=user_id)
    assert without["user"]["external_id"] is None
    assert node.call("users.deleteEmail", email_id=made["email_id"])["user"]["emails"] == []

    gone = node.call("users.delete", user_id=user_id)
    assert (gone["user_id"], gone["status_code"]) == (user_id, 200)
    assert refusal_of(lambda: node.call("users.get", user_id=user_id)) == (404, "user_not_found")


def test_users_are_found_page_by_page(node: NodeClient) -> None:
    ids = {node.call("users.create", email=f"user{number}@example.org")["user_id"] for number in range(5)}
    query = {"operator": "AND", "operands": [{"filter_name": "email_address_fuzzy", "filter_value": "user"}]}
    found = node.call("users.search", query=query, limit=2)
    assert found["results_metadata"]["total"] == 5
    assert len(found["results"]) == 2
    pages = node.call("users.searchAll", query=query, limit=2)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {user["user_id"] for page in pages for user in page} == ids
    one = {"operator": "OR", "operands": [{"filter_name": "email_address", "filter_value": ["user3@example.org"]}]}
    assert [user["emails"][0]["email"] for user in node.call("users.search", query=one)["results"]] == [
        "user3@example.org"
    ]


def test_somebody_enrols_by_the_picture_and_comes_in(node: NodeClient, clock: TestClock) -> None:
    user_id = node.call("users.create", email="ada@example.org")["user_id"]
    totp = node.call("totps.create", user_id=user_id, expiration_minutes=30)
    assert totp["user"]["totps"] == [{"totp_id": totp["totp_id"], "verified": False}]
    assert len(totp["recovery_codes"]) == 10
    begins, _, picture = totp["qr_code"].partition(",")
    assert begins == "data:image/png;base64"
    phone = AuthenticatorApp.from_uri(read_qr(base64.b64decode(picture)))
    assert phone.account == "ada@example.org"

    done = node.call("totps.authenticate", user_id=user_id, totp_code=phone.code(clock.now()))
    assert done["totp_id"] == totp["totp_id"]
    assert done["user"]["totps"] == [{"totp_id": totp["totp_id"], "verified": True}]
    assert (done["session"], done["session_token"], done["session_jwt"]) == (None, "", "")


def test_codes_are_read_spent_and_void_with_their_totp(enrolled: Ada) -> None:
    read = enrolled.node.call("totps.recoveryCodes", user_id=enrolled.user_id)
    assert read["totps"] == [{"totp_id": enrolled.totp_id, "verified": True, "recovery_codes": enrolled.codes}]
    done = enrolled.recovers(enrolled.codes[0], session_duration_minutes=60)
    (factor,) = done["session"]["authentication_factors"]
    assert (factor["type"], factor["delivery_method"]) == ("recovery_codes", "recovery_code")
    left = enrolled.node.call("totps.recoveryCodes", user_id=enrolled.user_id)["totps"][0]["recovery_codes"]
    assert left == enrolled.codes[1:]
    gone = enrolled.node.call("users.deleteTOTP", totp_id=enrolled.totp_id)
    assert (gone["user_id"], gone["user"]["totps"]) == (enrolled.user_id, [])
    kind = refusal_of(lambda: enrolled.recovers(enrolled.codes[1]))
    assert kind == (400, "no_active_recovery_code_backed_factor")


# sessions


def test_a_session_is_used_listed_and_revoked(enrolled: Ada) -> None:
    node = enrolled.node
    opened = enrolled.shows(
        enrolled.phone.code(), session_duration_minutes=60, session_custom_claims={"basket": [1, 2]}
    )
    session_id, token = opened["session"]["session_id"], opened["session_token"]
    assert opened["session"]["custom_claims"] == {"basket": [1, 2]}
    assert [one["session_id"] for one in node.call("sessions.get", user_id=enrolled.user_id)["sessions"]] == [
        session_id
    ]

    used = node.call("sessions.authenticate", session_token=token, session_duration_minutes=120)
    assert used["user"]["user_id"] == enrolled.user_id
    assert _moment(used["session"]["expires_at"]) - enrolled.clock.now() == timedelta(minutes=120)
    by_jwt = node.call("sessions.authenticate", session_jwt=opened["session_jwt"])
    assert by_jwt["session"]["session_id"] == session_id

    assert node.call("sessions.revoke", session_id=session_id)["status_code"] == 200
    assert refusal_of(lambda: node.call("sessions.authenticate", session_token=token)) == (404, "session_not_found")
    assert node.call("sessions.get", user_id=enrolled.user_id)["sessions"] == []


@pytest.mark.parametrize("by", ["session_token", "session_jwt"])
def test_a_session_is_revoked_by_what_the_application_holds_of_it(enrolled: Ada, by: str) -> None:
    opened = enrolled.shows(enrolled.phone.code(), session_duration_minutes=60)
    enrolled.node.call("sessions.revoke", **{by: opened[by]})
    assert enrolled.node.call("sessions.get", user_id=enrolled.user_id)["sessions"] == []


def test_the_client_verifies_a_session_by_itself(enrolled: Ada) -> None:
    opened = enrolled.shows(
        enrolled.phone.code(), session_duration_minutes=60, session_custom_claims={"basket": "full"}
    )
    seen = enrolled.node.call(
        "sessions.authenticateJwtLocal", session_jwt=opened["session_jwt"], current_date=_now(enrolled)
    )
    assert seen["session_id"] == opened["session"]["session_id"]
    assert seen["user_id"] == enrolled.user_id
    assert seen["custom_claims"] == {"basket": "full"}
    ends_otherwise = _moment(opened["session"]["expires_at"]) - _moment(seen["expires_at"])
    assert abs(ends_otherwise) < timedelta(milliseconds=1)
    (factor,) = seen["authentication_factors"]
    assert factor["authenticator_app_factor"] == {"totp_id": enrolled.totp_id}


def test_a_signed_session_is_good_for_five_minutes_and_then_asked_for(enrolled: Ada) -> None:
    node = enrolled.node
    jwt = enrolled.shows(enrolled.phone.code(), session_duration_minutes=60)["session_jwt"]
    local = node.call("sessions.authenticateJwt", session_jwt=jwt, current_date=_now(enrolled))
    assert local["session_jwt"] == jwt
    assert "request_id" not in local
    enrolled.clock.advance(minutes=5)
    over = raised_by(lambda: node.call("sessions.authenticateJwtLocal", session_jwt=jwt, current_date=_now(enrolled)))
    assert (over.kind, over.code) == ("ClientError", "jwt_invalid")
    asked = node.call("sessions.authenticateJwt", session_jwt=jwt, current_date=_now(enrolled))
    assert asked["request_id"]
    assert asked["session_jwt"] != jwt
    assert node.call("sessions.authenticateJwtLocal", session_jwt=asked["session_jwt"], current_date=_now(enrolled))


def test_a_signed_session_that_somebody_changed_is_none(enrolled: Ada) -> None:
    jwt = enrolled.shows(enrolled.phone.code(), session_duration_minutes=60)["session_jwt"]
    header, claims, signature = jwt.split(".")
    changed = json.loads(base64.urlsafe_b64decode(claims + "=="))
    changed["sub"] = "user-live-00000000-0000-0000-0000-000000000000"
    forged = base64.urlsafe_b64encode(json.dumps(changed).encode()).decode().rstrip("=")
    raised = raised_by(
        lambda: enrolled.node.call(
            "sessions.authenticateJwtLocal",
            session_jwt=f"{header}.{forged}.{signature}",
            current_date=_now(enrolled),
        )
    )
    assert "signature verification failed" in str(raised)
    kind = refusal_of(lambda: enrolled.node.call("sessions.authenticate", session_jwt=f"{header}.{forged}.{signature}"))
    assert kind == (400, "unable_to_parse_session_jwt")


def test_the_keys_are_public(client_of: Client, shop: Application) -> None:
    node = client_of(replace(shop, secret="sk_live_of_nobody"))
    (key,) = node.call("sessions.getJWKS", project_id=shop.id)["keys"]
    assert (key["kty"], key["alg"], key["use"], key["key_ops"]) == ("RSA", "RS256", "sig", ["verify"])
    assert key["x5t#S256"] == key["x5tS256"]
    assert not {"d", "p", "q"} & key.keys()


def test_a_token_of_the_application_opens_a_session_that_a_code_completes(ada: Ada, shop: Application) -> None:
    login, stranger = Login.trusted_by(shop), Login.trusted_by(shop)
    opened = ada.node.call(
        "sessions.attest",
        profile_id=login.profile_id,
        token=login.token(ada.user_id, ada.clock),
        session_duration_minutes=60,
    )
    assert [one["type"] for one in opened["session"]["authentication_factors"]] == ["trusted_auth_token"]
    completed = ada.shows(ada.phone.code(), session_token=opened["session_token"])
    assert completed["session"]["session_id"] == opened["session"]["session_id"]
    assert {one["type"] for one in completed["session"]["authentication_factors"]} == {"trusted_auth_token", "totp"}
    strange = stranger.token(ada.user_id, ada.clock)
    kind = refusal_of(lambda: ada.node.call("sessions.attest", profile_id=login.profile_id, token=strange))
    assert kind == (401, "invalid_trusted_auth_token")


# refusals, by their type


def test_a_wrong_code_is_told_by_its_type(enrolled: Ada) -> None:
    assert refusal_of(lambda: enrolled.shows(enrolled.phone.wrong_code())) == (401, "unable_to_authenticate_totp")
    assert refusal_of(lambda: enrolled.recovers(wrong_recovery_code())) == (401, "unable_to_authenticate_recovery_code")


def test_a_mistyped_code_is_told_by_its_type_and_costs_nothing(enrolled: Ada) -> None:
    code = enrolled.codes[0]
    for _ in range(TRIES + 1):
        assert refusal_of(lambda: enrolled.recovers(mistyped(code))) == (400, "invalid_recovery_code")
        assert refusal_of(lambda: enrolled.shows("12345")) == (400, "invalid_totp_code")
    assert enrolled.recovers(code)["status_code"] == 200


def test_a_code_in_the_place_of_the_other_kind_is_told_by_its_type(enrolled: Ada) -> None:
    assert refusal_of(lambda: enrolled.shows(enrolled.codes[0])) == (400, "recovery_code_used_as_totp_code")
    assert refusal_of(lambda: enrolled.recovers(enrolled.phone.code())) == (400, "totp_code_used_as_recovery_code")


def test_a_spent_code_is_refused(enrolled: Ada) -> None:
    enrolled.recovers(enrolled.codes[0])
    kind = refusal_of(lambda: enrolled.recovers(enrolled.codes[0].upper().replace("-", " ")))
    assert kind == (401, "unable_to_authenticate_recovery_code")


def test_a_code_is_not_taken_again(enrolled: Ada) -> None:
    code = enrolled.phone.code()
    enrolled.shows(code)
    assert refusal_of(lambda: enrolled.shows(code)) == (401, "totp_code_already_authenticated")


def test_a_totp_that_was_not_confirmed_in_time_is_expired(ada: Ada) -> None:
    ada.clock.advance(minutes=1440)
    assert refusal_of(lambda: ada.shows(ada.phone.code())) == (401, "expired_totp")


def test_whoever_is_locked_is_told_so_with_the_times(enrolled: Ada) -> None:
    for _ in range(TRIES):
        refusal_of(lambda: enrolled.shows(enrolled.phone.wrong_code()))
    assert refusal_of(lambda: enrolled.shows(enrolled.phone.code())) == (429, "user_lock_limit_reached")
    assert refusal_of(lambda: enrolled.recovers(enrolled.codes[0])) == (429, "user_lock_limit_reached")
    user = enrolled.node.call("users.get", user_id=enrolled.user_id)
    assert user["is_locked"] is True
    assert _moment(user["lock_created_at"]) == enrolled.clock.now()
    assert _moment(user["lock_expires_at"]) == enrolled.clock.now() + timedelta(minutes=60)
    enrolled.clock.advance(minutes=60)
    assert enrolled.shows(enrolled.phone.code())["user"]["is_locked"] is False


def test_a_second_totp_is_refused(enrolled: Ada) -> None:
    kind = refusal_of(lambda: enrolled.node.call("totps.create", user_id=enrolled.user_id))
    assert kind == (400, "active_totp_exists")


def test_without_the_permission_nobody_receives_secrets(client_of: Client, kiosk: Application, enrolled: Ada) -> None:
    node = client_of(kiosk)
    refused = (403, "unauthorized_action")
    assert refusal_of(lambda: node.call("totps.create", user_id=enrolled.user_id)) == refused
    assert refusal_of(lambda: node.call("totps.recoveryCodes", user_id=enrolled.user_id)) == refused
    assert refusal_of(lambda: node.call("users.deleteTOTP", totp_id=enrolled.totp_id)) == refused
    checked = node.call("totps.authenticate", user_id=enrolled.user_id, totp_code=enrolled.phone.code())
    assert checked["totp_id"] == enrolled.totp_id


def test_a_wrong_secret_is_told_by_its_type(client_of: Client, shop: Application, neighbour: Application) -> None:
    for wrong in (replace(shop, secret="sk_live_of_nobody"), replace(shop, secret=neighbour.secret)):
        kind = refusal_of(lambda: client_of(wrong).call("users.search"))  # noqa: B023 -- called at once
        assert kind == (401, "unauthorized_credentials")


def test_what_is_not_here_is_told_in_the_same_form(node: NodeClient) -> None:
    assert refusal_of(lambda: node.call("users.get", user_id="user-live-x")) == (400, "invalid_user_id")
    assert refusal_of(lambda: node.call("users.deletePassword", password_id="x")) == (404, "route_not_found")
    assert refusal_of(lambda: node.call("users.create", email="ada")) == (400, "invalid_email")


# the client itself


def test_its_warning_about_the_address_is_no_error(node: NodeClient, shop: Application) -> None:
    assert node.call("users.search")["results"] == []
    assert f"""Using a custom 'env' value ("{shop.address}")""" in node.warned
    assert "Error" not in node.warned


def test_without_its_packages_a_run_fails_with_the_sentence_that_helps(
    monkeypatch: pytest.MonkeyPatch, site: Site, shop: Application, tmp_path: Path
) -> None:
    monkeypatch.setattr(support, "FOLDER", tmp_path)
    with pytest.raises(pytest.fail.Exception, match="run `make clients`"), node_client(shop, tmp_path):
        pass


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _now(of: Ada) -> str:
    """What time it is for the test, for a client that would ask this machine."""
    return of.clock.now().isoformat()
