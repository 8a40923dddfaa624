"""Sessions of members through Stytch's own client: opened, checked by the client itself, stepped up and ended."""

from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest
import requests
import stytch
from cryptography.hazmat.primitives.asymmetric import ec

from app.domain.projects import Identifies
from app.services import locks
from tests.support.applications import Application, Provider, StytchMember, made, random_like, told
from tests.support.clock import TestClock
from tests.support.people import People, granted

pytestmark = pytest.mark.usefixtures("clients_look_at_our_clock")

NOT_FOUND = (404, "session_not_found")
UNREAD = (400, "unable_to_parse_session_jwt")
RESERVED = dict.fromkeys(("iss", "sub", "aud", "exp", "nbf", "iat", "jti"), "mine")
SESSION, ORGANIZATION = "https://stytch.com/session", "https://stytch.com/organization"


def _as_opened(member: StytchMember, now: datetime, **but: Any) -> dict[str, Any]:
    """Every field of a session as long as sessions are by themselves, but for its id and its factors."""
    return {
        "member_id": member.member_id,
        "organization_id": member.organization_id,
        "organization_slug": "acme-works",
        "roles": [],
        "started_at": now,
        "last_accessed_at": now,
        "expires_at": now + timedelta(minutes=60),
        "custom_claims": {},
        **but,
    }


def _types(session: Any) -> list[str]:
    return [factor.type.value for factor in session.authentication_factors]


def test_a_factor_opens_a_session_of_an_hour_unless_another_length_is_wished_for(
    enrolled_member: StytchMember, clock: TestClock
) -> None:
    enrolled_member.client.organizations.members.update(**enrolled_member.named, roles=["editor"])
    opened = enrolled_member.shows()
    assert opened.member_session
    assert opened.member_session.member_session_id.startswith("session-live-")
    whole = opened.member_session.model_dump(exclude={"member_session_id", "authentication_factors"})
    assert whole == _as_opened(enrolled_member, clock.now(), roles=["editor"])
    [factor] = opened.member_session.authentication_factors
    assert factor.last_authenticated_at == factor.created_at == factor.updated_at == clock.now()
    assert factor.authenticator_app_factor
    assert factor.authenticator_app_factor.totp_id == enrolled_member.totp_id
    for length in (5, 527040):
        wished = enrolled_member.recovers(session_duration_minutes=length)
        assert wished.member_session
        assert wished.member_session.expires_at == clock.now() + timedelta(minutes=length)
    for minutes in (4, 527041, 0, -60, "60", 60.5, True):
        refused = (400, "invalid_session_duration_minutes")
        assert told(enrolled_member.shows, code="123456", session_duration_minutes=minutes) == refused, minutes
        asked: dict[str, Any] = {"session_token": opened.session_token, "session_duration_minutes": minutes}
        assert told(enrolled_member.client.sessions.authenticate, **asked) == refused
        assert told(enrolled_member.client.sessions.exchange, organization_id="acme-works", **asked) == refused


def test_a_session_is_used_and_lives_on_as_long_as_is_wished(enrolled_member: StytchMember, clock: TestClock) -> None:
    client, opened, began = enrolled_member.client, enrolled_member.shows(), clock.now()
    clock.advance(minutes=10)
    used = client.sessions.authenticate(session_token=opened.session_token)
    assert (used.status_code, used.session_token, used.verdict) == (200, opened.session_token, None)
    assert used.member == enrolled_member.looked_at()
    assert used.organization.organization_slug == "acme-works"
    whole = used.member_session.model_dump(exclude={"member_session_id", "authentication_factors"})
    assert whole == _as_opened(enrolled_member, began, last_accessed_at=clock.now())
    longer = client.sessions.authenticate(session_token=opened.session_token, session_duration_minutes=120)
    assert longer.member_session.expires_at == clock.now() + timedelta(minutes=120)
    shorter = client.sessions.authenticate(session_jwt=longer.session_jwt, session_duration_minutes=5)
    assert shorter.member_session.expires_at == clock.now() + timedelta(minutes=5)
    assert shorter.session_token == opened.session_token
    other = enrolled_member.shows().member_session
    first = client.sessions.get(**enrolled_member.named).member_sessions[-1]
    listed = client.sessions.get(organization_id="acme-works", member_id=enrolled_member.member_id)
    assert (listed.status_code, listed.member_sessions) == (200, [other, shorter.member_session, first])
    clock.advance(minutes=5)
    assert told(client.sessions.authenticate, session_token=opened.session_token) == NOT_FOUND
    assert client.sessions.get(**enrolled_member.named).member_sessions == [other, first]


def test_another_factor_steps_a_session_up_and_gives_it_another_token(enrolled_member: StytchMember) -> None:
    client, opened = enrolled_member.client, enrolled_member.recovers()
    stepped_up = enrolled_member.shows(session_token=opened.session_token)
    assert opened.member_session
    assert stepped_up.member_session
    assert stepped_up.member_session.member_session_id == opened.member_session.member_session_id
    assert stepped_up.member_session.expires_at == opened.member_session.expires_at
    assert _types(stepped_up.member_session) == ["recovery_codes", "totp"]
    assert stepped_up.session_token not in {"", opened.session_token}
    for early in ({"session_token": opened.session_token}, {"session_jwt": opened.session_jwt}):
        assert told(client.sessions.authenticate, **early) == NOT_FOUND
        assert told(enrolled_member.shows, **early) == NOT_FOUND
    again = enrolled_member.recovers(session_jwt=stepped_up.session_jwt)
    assert _types(again.member_session) == ["recovery_codes", "totp", "recovery_codes"]
    assert len(client.sessions.get(**enrolled_member.named).member_sessions) == 2, "this one, and that of enrolling"


def test_a_session_that_is_not_the_members_costs_no_code(
    enrolled_member: StytchMember, suite: Application, acme: str, clock: TestClock
) -> None:
    bob = StytchMember.enrolled(enrolled_member.client, clock, acme, email_address="bob@example.org")
    bobs, code = bob.shows(), enrolled_member.phone.next_code()
    for presented, refused in [
        ({"session_token": bobs.session_token}, NOT_FOUND),
        ({"session_jwt": bobs.session_jwt}, NOT_FOUND),
        ({"session_token": "of nobody"}, NOT_FOUND),
        ({"session_jwt": "no.jwt.atall"}, UNREAD),
        ({"session_token": "one", "session_jwt": "two"}, (400, "too_many_session_arguments")),
        ({"session_token": "one", "intermediate_session_token": "two"}, (400, "too_many_session_arguments")),
        ({"intermediate_session_token": bobs.session_token}, (404, "intermediate_session_not_found")),
    ]:
        assert told(enrolled_member.shows, code=code, **presented) == refused
        assert told(enrolled_member.recovers, code=enrolled_member.codes[0], **presented) == refused
    assert suite.member(enrolled_member.uuid).failures_in_row == 0
    enrolled_member.shows(code)
    enrolled_member.recovers(enrolled_member.codes[0])


def test_an_application_writes_claims_into_a_session_and_takes_them_away(enrolled_member: StytchMember) -> None:
    sessions = enrolled_member.client.sessions
    opened = enrolled_member.shows(session_custom_claims={**RESERVED, "cart": [1, 2], "tier": "gold", "gone": None})
    assert opened.member_session
    assert opened.member_session.custom_claims == {"cart": [1, 2], "tier": "gold"}
    token = opened.session_token
    changed = sessions.authenticate(session_token=token, session_custom_claims={"tier": None, "seen": True})
    assert changed.member_session.custom_claims == {"cart": [1, 2], "seen": True}
    local = sessions.authenticate_jwt_local(changed.session_jwt)
    assert local == changed.member_session
    too_much = {"session_token": token, "session_custom_claims": {"note": "x" * 4096}}
    assert told(sessions.authenticate, **too_much) == (400, "custom_claims_too_large")
    assert told(enrolled_member.recovers, code=enrolled_member.codes[0], **too_much)[1] == "custom_claims_too_large"
    assert sessions.authenticate(session_token=token).member_session == changed.member_session
    enrolled_member.recovers(enrolled_member.codes[0])


def test_a_client_checks_a_token_by_itself_for_five_minutes(enrolled_member: StytchMember, clock: TestClock) -> None:
    sessions, opened = enrolled_member.client.sessions, enrolled_member.shows(session_custom_claims={"cart": 3})
    token = opened.session_jwt
    assert sessions.authenticate_jwt_local(token) == opened.member_session
    local = sessions.authenticate_jwt(token)
    assert (local.member_session, local.session_jwt, local.request_id) == (opened.member_session, token, "")
    clock.advance(minutes=2)
    assert sessions.authenticate_jwt_local(token, max_token_age_seconds=120) is None
    asked = sessions.authenticate_jwt(token, max_token_age_seconds=120)
    assert asked.request_id.startswith("request-id-live-")
    clock.advance(minutes=2, seconds=59)
    assert sessions.authenticate_jwt_local(token) == opened.member_session
    clock.advance(seconds=1)
    assert sessions.authenticate_jwt_local(token) is None
    again = sessions.authenticate_jwt(token)
    assert again.session_jwt != token
    assert sessions.authenticate_jwt_local(again.session_jwt) == again.member_session
    clock.advance(minutes=55)
    assert told(sessions.authenticate_jwt, session_jwt=again.session_jwt) == NOT_FOUND


def test_a_token_says_all_of_its_session(enrolled_member: StytchMember, suite: Application, clock: TestClock) -> None:
    opened, now = enrolled_member.shows(session_custom_claims={"cart": 3}), int(clock.now().timestamp())
    assert opened.member_session
    claims = jwt.decode(opened.session_jwt, options={"verify_signature": False})
    session = claims.pop(SESSION)
    assert claims == {
        "iss": f"stytch.com/{suite.id}",
        "aud": [suite.id],
        "sub": enrolled_member.member_id,
        "iat": now,
        "nbf": now,
        "exp": now + 300,
        "cart": 3,
        ORGANIZATION: {"organization_id": enrolled_member.organization_id, "slug": "acme-works"},
    }
    said_elsewhere = {"custom_claims", "member_id", "organization_id", "organization_slug"}
    told_of = opened.member_session.model_dump(mode="json", exclude_none=True, exclude=said_elsewhere)
    attributes = {"ip_address": "127.0.0.1", "user_agent": "An unknown browser"}
    assert session == {"id": told_of.pop("member_session_id"), "attributes": attributes, **told_of}


def test_the_key_set_is_public_and_the_same_as_users_have(
    enrolled_member: StytchMember, suite: Application, shop: Application
) -> None:
    client, token = enrolled_member.client, enrolled_member.shows().session_jwt
    [key] = client.sessions.get_jwks(project_id=suite.id).keys
    assert key.kid == jwt.get_unverified_header(token)["kid"]
    assert (key.kty, key.use, key.alg, key.key_ops) == ("RSA", "sig", "RS256", ["verify"])
    for part in ("v1/b2b/sessions", "v1/sessions"):
        published = requests.get(f"{suite.address}{part}/jwks/{suite.id}", timeout=10)
        assert [one["kid"] for one in published.json()["keys"]] == [key.kid]
    assert told(client.sessions.get_jwks, project_id=random_like(suite.id)) == (404, "project_not_found")
    others = shop.stytch_b2b().sessions
    with pytest.raises(jwt.PyJWKClientError, match="Unable to find a signing key"):
        others.authenticate_jwt_local(token)
    assert told(others.authenticate, session_jwt=token) == told(others.revoke, session_jwt=token) == UNREAD


@pytest.mark.parametrize("by", ["member_session_id", "session_token", "session_jwt", "member_id"])
def test_a_session_is_revoked_by_whatever_names_it(enrolled_member: StytchMember, by: str) -> None:
    sessions, opened, other = enrolled_member.client.sessions, enrolled_member.shows(), enrolled_member.shows()
    assert opened.member_session
    named = {
        "member_session_id": opened.member_session.member_session_id,
        **opened.model_dump(include={"session_token", "session_jwt", "member_id"}),
    }
    done = sessions.revoke(**{by: named[by]})
    assert done.status_code == 200
    assert done.request_id.startswith("request-id-live-")
    left = sessions.get(**enrolled_member.named).member_sessions
    assert left == [] if by == "member_id" else other.member_session in left
    del named["member_id"]
    for name, value in named.items():
        assert told(sessions.revoke, **{name: value}) == NOT_FOUND
    assert told(sessions.authenticate, session_token=opened.session_token) == NOT_FOUND
    assert told(sessions.authenticate_jwt, session_jwt=opened.session_jwt, max_token_age_seconds=0) == NOT_FOUND
    assert sessions.authenticate_jwt_local(opened.session_jwt), "a signed token lives on for its five minutes"


def test_a_session_must_be_named_once(enrolled_member: StytchMember) -> None:
    sessions, opened = enrolled_member.client.sessions, enrolled_member.shows()
    both = opened.model_dump(include={"session_token", "session_jwt"})
    assert told(sessions.authenticate) == (400, "no_session_arguments")
    assert told(sessions.exchange, organization_id="acme-works") == (400, "no_session_arguments")
    assert told(sessions.authenticate, **both) == (400, "too_many_session_arguments")
    assert told(sessions.exchange, organization_id="acme-works", **both) == (400, "too_many_session_arguments")
    assert told(sessions.revoke) == (400, "no_session_revoke_arguments")
    assert told(sessions.revoke, **both) == (400, "too_many_session_revoke_arguments")
    twice = {"member_id": enrolled_member.member_id, "session_token": opened.session_token}
    assert told(sessions.revoke, **twice) == (400, "too_many_session_revoke_arguments")
    assert told(sessions.revoke, member_session_id="session-live-17") == (400, "invalid_session_id")
    assert told(sessions.revoke, member_id="17") == (400, "invalid_member_id")
    assert told(sessions.revoke, session_jwt="no.jwt.atall") == UNREAD
    assert told(sessions.revoke, session_token="of nobody") == NOT_FOUND
    assert told(sessions.revoke, member_id=random_like(enrolled_member.member_id)) == (404, "member_not_found")
    assert sessions.authenticate(session_token=opened.session_token)


def test_a_lock_by_an_admin_ends_sessions_and_one_by_attempts_does_not(
    b2b: stytch.B2BClient, people: People, clock: TestClock
) -> None:
    ada = StytchMember.enrolled(b2b, clock, "harbour")
    token = ada.shows(session_duration_minutes=600).session_token
    ada.fails(10)
    assert told(ada.shows) == told(ada.recovers) == (429, "user_lock_limit_reached")
    assert b2b.sessions.authenticate(session_token=token).member.is_locked is True
    bob, grace = people.ready("bob@example.org"), people.admin()
    named: dict[str, Any] = {"organization_id": "harbour", "member_id": f"member-live-{bob.public_id}"}
    opened = b2b.totps.authenticate(**named, code=bob.next_totp())
    granted(grace.does(locks.lock, bob, proof=grace.next_totp()))
    assert told(b2b.sessions.authenticate, session_token=opened.session_token) == NOT_FOUND
    assert b2b.sessions.get(**named).member_sessions == []
    named_by_token = {"session_token": bob.token}
    assert told(b2b.sessions.authenticate, **named_by_token) == NOT_FOUND, "the portal's own are nobody's business"


# vouched for by the application


def test_whoever_was_let_in_by_the_application_gets_a_session(
    b2b: stytch.B2BClient, suite: Application, acme: str, clock: TestClock
) -> None:
    provider = Provider(ec.generate_private_key(ec.SECP256R1()), "ES256", clock).trusted_by(suite)
    ada = StytchMember.enrolled(b2b, clock, acme, external_id="17")
    said: dict[str, Any] = {"profile_id": provider.profile_id, "organization_id": "acme-works"}
    attested = b2b.sessions.attest(**said, token=provider.token("17"), session_custom_claims={"cart": 3})
    assert (attested.status_code, attested.member_id, attested.member) == (200, ada.member_id, ada.looked_at())
    assert attested.organization.organization_id == acme
    assert attested.member_session
    whole = attested.member_session.model_dump(exclude={"member_session_id", "authentication_factors"})
    assert whole == _as_opened(ada, clock.now(), custom_claims={"cart": 3})
    assert _types(attested.member_session) == ["trusted_auth_token"]
    done = ada.shows(session_token=attested.session_token)
    assert _types(done.member_session) == ["trusted_auth_token", "totp"]
    assert b2b.sessions.authenticate_jwt_local(done.session_jwt) == done.member_session

    token = provider.token("17")
    nowhere = {"profile_id": provider.profile_id, "token": token}
    assert told(b2b.sessions.attest, **nowhere) == (400, "token_missing_organization_id_claim")
    assert told(b2b.sessions.attest, **said, token=provider.token("nobody")) == (404, "member_not_found")
    assert told(b2b.sessions.attest, **said, token=token[:-8]) == (401, "invalid_trusted_auth_token")
    assert told(b2b.sessions.attest, **said, token=provider.token("17", exp=1)) == (401, "invalid_trusted_auth_token")
    unknown = {**said, "profile_id": random_like(provider.profile_id)}
    assert told(b2b.sessions.attest, **unknown, token=token) == (404, "trusted_token_profile_not_found")
    elsewhere = {**said, "organization_id": "elsewhere"}
    assert told(b2b.sessions.attest, **elsewhere, token=token) == (404, "organization_not_found")


def test_an_application_of_one_organization_need_not_say_which(
    b2b: stytch.B2BClient, shop: Application, clock: TestClock
) -> None:
    own = shop.stytch_b2b()
    provider = Provider(ec.generate_private_key(ec.SECP256R1()), "ES256", clock)
    provider.trusted_by(shop, identifies=Identifies.EMAIL, claim="email")
    ada = StytchMember.made(own, clock, "harbour")
    vouched: dict[str, Any] = {
        "profile_id": provider.profile_id,
        "token": provider.token("17", email="ada@example.org"),
    }
    attested = own.sessions.attest(**vouched)
    assert (attested.member_id, attested.organization.organization_slug) == (ada.member_id, "harbour")
    other = made(shop.portal, "Second Suite", installation=True).stytch_b2b()
    asked = {**vouched, "organization_id": "harbour"}
    assert told(other.sessions.attest, **asked) == (404, "trusted_token_profile_not_found")
