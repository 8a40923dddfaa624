"""Whoever is of another organization is nobody: its application learns no more by a user's ids than by made-up ones."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import stytch
from cryptography.hazmat.primitives.asymmetric import ec

from app.api.stytch.consumer.surface import STYTCH
from tests.support.applications import Application, Provider, StytchUser, looked_at, refusal, wrong_recovery_code
from tests.support.clock import TestClock


@dataclass
class Known:
    """What somebody knows of a user, or makes up."""

    user_id: str
    external_id: str
    email_id: str
    totp_id: str
    session_id: str
    session_token: str
    session_jwt: str
    profile_id: str
    token: str
    code: str
    recovery_code: str


def _made_up(token: str) -> Known:
    return Known(
        user_id=f"user-live-{uuid4()}",
        external_id="nobody",
        email_id=f"email-live-{uuid4()}",
        totp_id=f"totp-live-{uuid4()}",
        session_id=f"session-live-{uuid4()}",
        session_token="of-nobody",
        session_jwt="of.no.body",
        profile_id=f"trusted-token-profile-live-{uuid4()}",
        token=token,
        code="123456",
        recovery_code=wrong_recovery_code(),
    )


CALLS: list[tuple[str, Callable[[stytch.Client, Known], Any]]] = [
    ("get_user", lambda client, of: client.users.get(user_id=of.user_id)),
    ("get_user", lambda client, of: client.users.get(user_id=of.external_id)),
    ("update_user", lambda client, of: client.users.update(user_id=of.user_id, roles=["theirs"])),
    ("update_user", lambda client, of: client.users.update(user_id=of.external_id, roles=["theirs"])),
    ("delete_user", lambda client, of: client.users.delete(user_id=of.user_id)),
    ("delete_user", lambda client, of: client.users.delete(user_id=of.external_id)),
    ("delete_external_id", lambda client, of: client.users.delete_external_id(user_id=of.user_id)),
    ("delete_email", lambda client, of: client.users.delete_email(email_id=of.email_id)),
    ("delete_totp", lambda client, of: client.users.delete_totp(totp_id=of.totp_id)),
    ("create_totp", lambda client, of: client.totps.create(user_id=of.user_id)),
    ("create_totp", lambda client, of: client.totps.create(user_id=of.external_id)),
    ("authenticate_totp", lambda client, of: client.totps.authenticate(user_id=of.user_id, totp_code=of.code)),
    (
        "authenticate_totp",
        lambda client, of: client.totps.authenticate(
            user_id=of.user_id, totp_code=of.code, session_token=of.session_token
        ),
    ),
    ("get_recovery_codes", lambda client, of: client.totps.recovery_codes(user_id=of.user_id)),
    (
        "recover_totp",
        lambda client, of: client.totps.recover(user_id=of.user_id, recovery_code=of.recovery_code),
    ),
    ("get_sessions", lambda client, of: client.sessions.get(user_id=of.user_id)),
    ("get_sessions", lambda client, of: client.sessions.get(user_id=of.external_id)),
    ("authenticate_session", lambda client, of: client.sessions.authenticate(session_token=of.session_token)),
    ("authenticate_session", lambda client, of: client.sessions.authenticate(session_jwt=of.session_jwt)),
    ("revoke_session", lambda client, of: client.sessions.revoke(session_id=of.session_id)),
    ("revoke_session", lambda client, of: client.sessions.revoke(session_token=of.session_token)),
    ("revoke_session", lambda client, of: client.sessions.revoke(session_jwt=of.session_jwt)),
    ("attest_session", lambda client, of: client.sessions.attest(profile_id=of.profile_id, token=of.token)),
]


def test_every_call_that_names_somebody_or_something_is_tried() -> None:
    for_nobody = {"create_user", "search_users"}
    assert {name for name, _ in CALLS} == {one.name for one in STYTCH.operations if not one.open} - for_nobody


def test_ids_of_another_organization_tell_no_more_than_made_up_ones(
    client: stytch.Client, shop: Application, neighbour: Application, clock: TestClock
) -> None:
    ada = StytchUser.made(client, clock, email="ada@example.org", external_id="17")
    opened = ada.shows(ada.phone.code(), session_duration_minutes=60)
    assert opened.session
    provider = Provider(ec.generate_private_key(ec.SECP256R1()), "ES256", clock).trusted_by(shop)
    known = Known(
        user_id=ada.user_id,
        external_id="17",
        email_id=opened.user.emails[0].email_id,
        totp_id=ada.totp_id,
        session_id=opened.session.session_id,
        session_token=opened.session_token,
        session_jwt=opened.session_jwt,
        profile_id=provider.profile_id,
        token=provider.token("17"),
        code=ada.phone.next_code(),
        recovery_code=ada.codes[0],
    )
    before = looked_at(client, ada.user_id)
    theirs, made_up = neighbour.stytch(), _made_up(known.token)
    for name, call in CALLS:
        assert _refused(call, theirs, known) == _refused(call, theirs, made_up), name
    assert looked_at(client, ada.user_id) == before
    assert shop.member(ada.uuid).failures_in_row == 0
    assert client.sessions.authenticate(session_token=known.session_token).session.session_id == known.session_id
    ada.shows(known.code)
    ada.recovers(known.recovery_code)


def test_two_organizations_may_have_the_same_people_under_the_same_names(
    client: stytch.Client, neighbour: Application, clock: TestClock
) -> None:
    theirs = neighbour.stytch()
    here = StytchUser.made(client, clock, email="ada@example.org", external_id="17")
    there = StytchUser.made(theirs, clock, email="ada@example.org", external_id="17")
    here.confirms()
    there.confirms()
    assert client.users.get(user_id="17").user_id == here.user_id != there.user_id
    assert theirs.users.get(user_id="17").user_id == there.user_id
    assert client.totps.recovery_codes(user_id="17").totps[0].recovery_codes == here.codes
    client.users.delete(user_id="17")
    assert theirs.users.get(user_id="17").totps[0].totp_id == there.totp_id


def _refused(call: Callable[[stytch.Client, Known], Any], client: stytch.Client, known: Known) -> dict[str, Any]:
    body = refusal(lambda: call(client, known)).original_json
    assert body
    return {name: value for name, value in body.items() if name != "request_id"}
