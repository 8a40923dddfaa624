"""What browsers must not come by on the wires that are theirs."""

import base64
from typing import Any

import stytch
from werkzeug.test import TestResponse

from tests.support.applications import Application, Caller, StytchMember, known_to_be_theirs
from tests.support.clock import TestClock
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
    reply = caller.open("POST", "/sdk/v1/b2b/sessions/attest", visitor(suite), json={**form, "token": token})
    assert reply.status_code == 200, reply.text
    return str(reply.get_json()["data"]["session_token"])


def kind_of(reply: TestResponse) -> tuple[int, Any]:
    return reply.status_code, (reply.get_json() or {}).get("error_type")


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
