"""What browsers must not come by on the wires that are theirs."""

import base64
from datetime import datetime
from typing import Any

import pytest
import stytch
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.services import project_upkeep
from app.storage.tables import session
from tests.support.applications import Application, Caller, StytchMember, StytchUser, known_to_be_theirs
from tests.support.clock import TestClock
from tests.support.tables import dump
from tests.support.wires import Login

PAGE = "https://app.example.org"
ADA = "ada@example.org"


def visitor(application: Application, session_token: str | None = None) -> dict[str, str]:
    """The header by which Stytch's client for browsers says for whom it calls."""
    public = application.project.public_token
    sent = f"{public}:{session_token or public}"
    return {"Authorization": f"Basic {base64.b64encode(sent.encode()).decode()}"}


def signed_in(caller: Caller, suite: Application, clock: TestClock, member: StytchMember) -> str:
    """The token of a session with a first factor alone."""
    login = Login.trusted_by(suite)
    form = {"organization_id": member.organization_id, "profile_id": login.profile_id}
    token = login.token(member.member_id, clock)
    project_upkeep.admit(suite.portal, suite.project.public_id, PAGE)
    reply = caller.open("POST", "/sdk/v1/b2b/sessions/attest", visitor(suite), json={**form, "token": token})
    assert reply.status_code == 200, reply.text
    return str(reply.get_json()["data"]["session_token"])


def environment(application: Application, path: str) -> str:
    return f"/api/v0/sdk/{application.project.environment_id}/{path}"


def kind_of(reply: TestResponse) -> tuple[int, Any]:
    return reply.status_code, (reply.get_json() or {}).get("error_type")


def test_a_key_that_may_see_no_codes_does_not_see_them_as_a_browser(
    caller: Caller, kiosk: Application, clock: TestClock, enrolled: StytchUser
) -> None:
    """It has the tokens of its users' sessions; letting browsers in is for the operator, and lets it act for them."""
    form = {"user_id": enrolled.user_id, "totp_code": enrolled.phone.next_code(), "session_duration_minutes": 60}
    opened = caller.open("POST", "/v1/totps/authenticate", kiosk.basic, json=form).get_json()
    mine = visitor(kiosk, opened["session_token"])
    assert caller.open("POST", "/v1/totps/recovery_codes", kiosk.basic, json=form).status_code == 403
    assert kind_of(caller.open("POST", "/sdk/v1/totps/recovery_codes", mine)) == (403, "unauthorized_action")
    project_upkeep.admit(kiosk.portal, kiosk.project.public_id, PAGE)
    assert caller.open("POST", "/sdk/v1/totps/recovery_codes", mine).status_code == 200


def test_of_somebody_elsewhere_with_the_same_address_nothing_is_told(
    caller: Caller, suite: Application, clock: TestClock, b2b: stytch.B2BClient, member: StytchMember
) -> None:
    """Until the address is known to be theirs on both sides, as if nobody were there."""
    token = signed_in(caller, suite, clock, member)
    zenith = b2b.organizations.create(organization_name="Zenith").organization.organization_id
    asked = {"organization_id": zenith, "session_duration_minutes": 60}

    def goes() -> TestResponse:
        return caller.open("POST", "/sdk/v1/b2b/sessions/exchange", visitor(suite, token), json=asked)

    assert kind_of(goes()) == (404, "member_not_found")
    b2b.organizations.members.create(organization_id=zenith, email_address=ADA, name="Another Ada")
    assert kind_of(goes()) == (404, "member_not_found")
    known_to_be_theirs(suite.portal, ADA)
    assert goes().get_json()["data"]["member"]["name"] == "Another Ada"


def bearer(caller: Caller, shop: Application, clock: TestClock, user: StytchUser) -> dict[str, str]:
    """The header by which Dynamic's client says who sits there, who has just signed in with a first factor."""
    token = Login.trusted_by(shop).token(str(user.uuid), clock)
    project_upkeep.admit(shop.portal, shop.project.public_id, PAGE)
    signed = caller.open("POST", environment(shop, "externalAuth/signin"), json={"jwt": token})
    return {"Authorization": f"Bearer {signed.get_json()['minifiedJwt']}"}


def test_what_a_proof_is_for_is_nothing_that_lets_anybody_in(
    caller: Caller, shop: Application, clock: TestClock, user: StytchUser
) -> None:
    """It is signed with the key that access tokens are signed with, by the name that the client gives it."""
    mine = bearer(caller, shop, clock, user)

    def shows(*scopes: str) -> TestResponse:
        form = {"code": user.phone.code(), "requestedScopes": scopes}
        return caller.open("POST", environment(shop, "users/mfa/auth/totp"), mine, json=form)

    for scope in ("user:basic", "requiresAdditionalAuth", "admin", "credential:link admin", ""):
        assert shows("credential:link", scope).status_code == 400
    assert shows("credential:link", "wallet:sign").get_json()["elevatedAccessToken"]


@pytest.mark.parametrize(("method", "path"), [("GET", "nothing"), ("POST", "users/mfa"), ("POST", "")])
def test_pages_read_that_there_is_no_such_thing(caller: Caller, shop: Application, method: str, path: str) -> None:
    project_upkeep.admit(shop.portal, shop.project.public_id, PAGE)

    def reads(page: str) -> str | None:
        reply = caller.open(method, environment(shop, path), {"Origin": page})
        assert reply.status_code in {404, 405}
        return reply.headers.get("Access-Control-Allow-Origin")

    assert (reads(PAGE), reads("https://elsewhere.example")) == (PAGE, None)


@pytest.mark.parametrize("changed_settings", [{"visitor_limit": 0}])
@pytest.mark.parametrize("path", ["users", "users/mfa", "users/mfa/methods", "settings", ".well-known/jwks"])
def test_who_looks_leaves_no_trace(
    caller: Caller, shop: Application, clock: TestClock, enrolled: StytchUser, path: str
) -> None:
    mine = bearer(caller, shop, clock, enrolled)
    before = dump(shop.portal), last_uses(shop)
    clock.advance(minutes=1)
    assert caller.open("GET", environment(shop, path), mine).status_code == 200
    assert (dump(shop.portal), last_uses(shop)) == before


def last_uses(application: Application) -> list[datetime]:
    with application.portal.reading() as tx:
        return list(tx.db.execute(select(session.c.last_seen_at)).scalars())
