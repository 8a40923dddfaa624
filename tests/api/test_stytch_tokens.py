"""Signed session tokens: checked by Stytch's own client without asking, asked for again when over, nobody else's."""

import base64
import hashlib
from datetime import timedelta
from typing import Any

import jwt
import pytest
import requests
import stytch
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from app.domain.signing_keys import SIGNS_AFTER
from app.portal import Portal
from app.services import signing_keys
from tests.support.applications import Application, StytchUser, made, told
from tests.support.clock import TestClock
from tests.support.people import People

pytestmark = pytest.mark.usefixtures("clients_look_at_our_clock")

UNREAD = (400, "unable_to_parse_session_jwt")
SESSION = "https://stytch.com/session"
NO_ID = "project-live-00000000-0000-4000-8000-000000000000"


def _signed(user: StytchUser, **wishes: Any) -> str:
    return user.shows(session_duration_minutes=60, **wishes).session_jwt


def _header(token: str) -> dict[str, Any]:
    return dict(jwt.get_unverified_header(token))


def _claims(token: str) -> dict[str, Any]:
    """Whoever signed it, and whenever."""
    return dict(jwt.decode(token, options={"verify_signature": False}))


def test_a_token_says_all_of_its_session(enrolled: StytchUser, shop: Application, clock: TestClock) -> None:
    enrolled.client.users.update(user_id=enrolled.user_id, roles=["editor"])
    opened = enrolled.recovers(session_duration_minutes=60, session_custom_claims={"cart": 3})
    assert opened.session
    header, claims, now = _header(opened.session_jwt), _claims(opened.session_jwt), int(clock.now().timestamp())
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    session = claims.pop(SESSION)
    assert claims == {
        "iss": f"stytch.com/{shop.id}",
        "aud": [shop.id],
        "sub": enrolled.user_id,
        "iat": now,
        "nbf": now,
        "exp": now + 300,
        "cart": 3,
    }
    told_of = opened.session.model_dump(mode="json", exclude_none=True, exclude={"custom_claims", "user_id"})
    assert session == {"id": told_of.pop("session_id"), **told_of}


def test_a_client_checks_it_by_itself_for_five_minutes(enrolled: StytchUser, clock: TestClock) -> None:
    sessions = enrolled.client.sessions
    opened = enrolled.shows(session_duration_minutes=60, session_custom_claims={"cart": 3})
    assert sessions.authenticate_jwt_local(opened.session_jwt) == opened.session
    local = sessions.authenticate_jwt(opened.session_jwt)
    assert (local.session, local.session_jwt, local.request_id) == (opened.session, opened.session_jwt, "")
    clock.advance(minutes=2)
    assert sessions.authenticate_jwt_local(opened.session_jwt, max_token_age_seconds=121) == opened.session
    assert sessions.authenticate_jwt_local(opened.session_jwt, max_token_age_seconds=120) is None
    clock.advance(minutes=2, seconds=59)
    assert sessions.authenticate_jwt_local(opened.session_jwt) == opened.session
    clock.advance(seconds=1)
    assert sessions.authenticate_jwt_local(opened.session_jwt) is None
    assert sessions.authenticate_jwt_local(opened.session_jwt, leeway=2) == opened.session


def test_who_comes_with_an_old_one_is_given_a_new_one(enrolled: StytchUser, clock: TestClock) -> None:
    sessions, old = enrolled.client.sessions, _signed(enrolled)
    clock.advance(minutes=50)
    asked = sessions.authenticate_jwt(old, session_custom_claims={"cart": 3})
    assert asked.status_code == 200
    assert asked.request_id.startswith("request-id-live-")
    assert asked.session.custom_claims == {"cart": 3}
    assert asked.session.last_accessed_at == clock.now()
    assert asked.session_jwt != old
    assert sessions.authenticate_jwt_local(asked.session_jwt) == asked.session
    clock.advance(minutes=10)
    assert told(sessions.authenticate_jwt, session_jwt=asked.session_jwt) == (404, "session_not_found")


def test_a_young_one_is_asked_for_where_the_client_wants_it_younger(enrolled: StytchUser, clock: TestClock) -> None:
    sessions, token = enrolled.client.sessions, _signed(enrolled)
    assert sessions.authenticate_jwt(token, max_token_age_seconds=60).session_jwt == token
    clock.advance(minutes=1)
    assert sessions.authenticate_jwt(token, max_token_age_seconds=60).session_jwt != token


def test_a_revoked_session_gives_no_new_token(enrolled: StytchUser, clock: TestClock) -> None:
    sessions, token = enrolled.client.sessions, _signed(enrolled)
    sessions.revoke(session_jwt=token)
    assert sessions.authenticate_jwt_local(token), "a signed token lives on for its five minutes"
    clock.advance(minutes=5)
    assert told(sessions.authenticate_jwt, session_jwt=token) == (404, "session_not_found")


def test_the_key_set_is_public_and_whole(client: stytch.Client, shop: Application, enrolled: StytchUser) -> None:
    published = client.sessions.get_jwks(project_id=shop.id)
    assert published.status_code == 200
    assert published.request_id.startswith("request-id-live-")
    [key] = published.keys
    assert (key.kty, key.use, key.key_ops, key.alg) == ("RSA", "sig", ["verify"], "RS256")
    assert key.kid == _header(_signed(enrolled))["kid"]
    assert key.kid.startswith("jwk-live-")
    public = jwt.PyJWK(key.model_dump()).key
    assert isinstance(public, rsa.RSAPublicKey)
    assert public.key_size == 2048
    certificate = base64.b64decode(key.x5c[0], validate=True)
    assert x509.load_der_x509_certificate(certificate).public_key() == public
    thumbprint = base64.urlsafe_b64encode(hashlib.sha256(certificate).digest()).rstrip(b"=").decode()
    assert key.x5tS256 == thumbprint

    without_credentials = requests.get(f"{shop.address}v1/sessions/jwks/{shop.id}", timeout=10)
    assert without_credentials.status_code == 200
    assert [one["x5t#S256"] for one in without_credentials.json()["keys"]] == [thumbprint]
    for project_id in (NO_ID, "project-live-17", "x"):
        assert told(client.sessions.get_jwks, project_id=project_id) == (404, "project_not_found")


def test_old_and_new_tokens_are_good_while_keys_change(
    enrolled: StytchUser, shop: Application, portal: Portal, clock: TestClock
) -> None:
    """Whoever took the key set right before the change has to do without the new one for five minutes."""
    busy, first = shop.stytch().sessions, _signed(enrolled)
    assert busy.authenticate_jwt_local(first)
    rotated = signing_keys.rotate(portal, shop.project.public_id, SIGNS_AFTER)
    assert [key.kid for key in busy.get_jwks(project_id=shop.id).keys] == [rotated.kid, _header(first)["kid"]]

    clock.advance(minutes=9)
    old = _signed(enrolled)
    clock.advance(minutes=1)
    new = _signed(enrolled)
    assert [_header(token)["kid"] for token in (old, new)] == [_header(first)["kid"], rotated.kid]
    for sessions in (busy, shop.stytch().sessions):
        assert sessions.authenticate_jwt_local(old)
        assert sessions.authenticate_jwt_local(new)
    clock.advance(minutes=5)
    assert busy.authenticate_jwt_local(old) is None
    assert _header(busy.authenticate_jwt(old).session_jwt)["kid"] == rotated.kid


def test_whoever_was_away_for_long_comes_back_with_a_token_of_a_key_that_is_gone(
    enrolled: StytchUser, shop: Application, portal: Portal, clock: TestClock
) -> None:
    sessions = enrolled.client.sessions
    old = enrolled.shows(session_duration_minutes=527040).session_jwt
    rotated = signing_keys.rotate(portal, shop.project.public_id, timedelta(0))
    clock.advance(days=31)
    assert [key.kid for key in sessions.get_jwks(project_id=shop.id).keys] == [rotated.kid]
    asked = sessions.authenticate(session_jwt=old)
    assert sessions.authenticate_jwt_local(asked.session_jwt) == asked.session


def test_a_token_of_another_application_is_none_here(
    enrolled: StytchUser, kiosk: Application, neighbour: Application, people: People, clock: TestClock
) -> None:
    token = _signed(enrolled)
    for other in (kiosk, neighbour, made(people.portal, "Second Shop", organization="harbour")):
        sessions = other.stytch().sessions
        with pytest.raises(jwt.PyJWKClientError, match="Unable to find a signing key"):
            sessions.authenticate_jwt_local(token)
        assert told(sessions.authenticate, session_jwt=token) == UNREAD
        assert told(sessions.revoke, session_jwt=token) == UNREAD
        theirs, ours = (one.get_jwks(project_id=other.id).keys for one in (sessions, enrolled.client.sessions))
        assert [key.kid for key in theirs] == [key.kid for key in ours] != [_header(token)["kid"]]
    assert enrolled.client.sessions.authenticate(session_jwt=token)


def test_what_somebody_else_signed_or_changed_is_no_token(enrolled: StytchUser, client: stytch.Client) -> None:
    token = _signed(enrolled)
    claims, ours = _claims(token), {name: _header(token)[name] for name in ("kid", "mark")}
    theirs = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    encoded, _, signature = token.rpartition(".")
    forged = [
        jwt.encode(claims, theirs, algorithm="RS256", headers=ours),
        jwt.encode(claims, theirs, algorithm="RS256", headers={**ours, "kid": "jwk-live-theirs"}),
        jwt.encode(claims, theirs, algorithm="RS256"),
        jwt.encode(claims, "x" * 64, algorithm="HS256", headers=ours),
        jwt.encode(claims, "", algorithm="none", headers=ours),
        f"{encoded}.{signature[::-1]}",
        f"{encoded}.",
        encoded,
        f"{token}.{signature}",
        "\N{LATIN SMALL LETTER E WITH ACUTE}" + token[1:],
        "..",
    ]
    for one in forged:
        assert told(client.sessions.authenticate, session_jwt=one) == UNREAD, one
        assert told(client.sessions.revoke, session_jwt=one) == UNREAD, one
    assert client.sessions.authenticate(session_jwt=token)
