"""Sessions through Streambird's own client: opened by a factor, verified, listed and deleted; and their tokens."""

import re
from datetime import datetime
from typing import Any

import jwt
import pytest
import requests
from streambird.exceptions import StreambirdInvalidRequest, StreambirdResourceNotFound

from app.domain.signing_keys import SIGNS_AFTER
from app.services import signing_keys
from tests.support.applications import Application, StreambirdUser, raised
from tests.support.clock import TestClock

KSUID = "[0-9A-Za-z]{27}"
SESSION, NAMED = "session", "https://streambird.io/jwt/session"
OVER = (StreambirdResourceNotFound, "session_not_found")
UNFIT = (StreambirdInvalidRequest, "invalid_request")
UNREAD = (StreambirdInvalidRequest, "invalid_session_jwt")


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _as_opened(user: StreambirdUser, now: datetime, **but: Any) -> dict[str, Any]:
    """Every field of a session that is an hour long, but for its id and for where it was opened."""
    moment = _seconds(now)
    factor = {
        "delivery_channel": "totp_authenticator",
        "type": "totp",
        "method": {
            "method_id": user.totp_id,
            "method_type": "totp",
            "totp_id": user.totp_id,
            "last_verified_at": moment,
        },
    }
    return {
        "user_id": user.user_id,
        "started_at": moment,
        "expires_at": moment + 3600,
        "last_active_at": moment,
        "factors": [factor],
        "updated_at": moment,
        "created_at": moment,
        **but,
    }


def _keys(application: Application) -> jwt.PyJWKClient:
    return jwt.PyJWKClient(f"{application.address}v1/auth/jwks/default?api_key={application.project.public_token}")


def _read(shop: Application, token: str) -> dict[str, Any]:
    """As an application does that checks a token by itself."""
    key = _keys(shop).get_signing_key_from_jwt(token)
    issuer = f"api.streambird.io/{shop.project.public_id}"
    return dict(jwt.decode(token, key.key, algorithms=["RS256"], audience=shop.id, issuer=issuer))


def test_a_factor_opens_a_session_where_one_is_wished_for(moon_user: StreambirdUser, clock: TestClock) -> None:
    now = clock.now()
    opened = moon_user.shows(moon_user.phone.code(), session_expires_in=60)
    assert opened.keys() == {"totp_id", "user_id", "session_token", "session_jwt", "session"}
    session = dict(opened["session"])
    assert re.fullmatch(f"sess_{KSUID}", session.pop("id"))
    assert session.pop("device_fingerprint").items() >= {"ip": "127.0.0.1"}.items()
    assert session == _as_opened(moon_user, now)
    assert opened["session_token"]
    assert opened["session_jwt"].count(".") == 2


def test_an_application_may_say_where_its_user_is(moon_enrolled: StreambirdUser) -> None:
    seen = {"ip": "198.51.100.7", "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"}
    opened = moon_enrolled.shows(session_expires_in=60, device_fingerprint=seen)
    assert opened["session"]["device_fingerprint"] == {"ip": "198.51.100.7", "user_agent": "Firefox on Linux"}
    recovered = moon_enrolled.recovers(session_expires_in=60, device_fingerprint={"ip": "2001:db8::1"})
    assert recovered["session"]["device_fingerprint"]["ip"] == "2001:db8::1"


def test_a_session_is_verified_and_lives_on_as_long_as_is_wished(
    moon: Any, moon_enrolled: StreambirdUser, clock: TestClock
) -> None:
    opened = moon_enrolled.shows(session_expires_in=60)
    token, session = opened["session_token"], opened["session"]
    clock.advance(minutes=10)
    now = _seconds(clock.now())
    used = moon.sessions.verify(session_token=token)
    assert used.keys() == {"session", "session_token", "session_jwt"}
    assert used["session_token"] == token
    assert used["session"] == {**session, "last_active_at": now, "updated_at": now}
    longer = moon.sessions.verify(session_jwt=opened["session_jwt"], session_expires_in=120)
    assert longer["session_token"] == token
    assert longer["session"]["expires_at"] == now + 7200
    assert moon.sessions.verify(session_token=token, session_expires_in=5)["session"]["expires_at"] == now + 300
    clock.advance(minutes=5)
    assert raised(moon, moon.sessions.verify, session_token=token) == OVER
    assert raised(moon, moon.sessions.verify, session_jwt=longer["session_jwt"]) == OVER


def test_another_factor_steps_a_session_up(moon: Any, moon_enrolled: StreambirdUser) -> None:
    opened = moon_enrolled.recovers(session_expires_in=60)
    [factor] = opened["session"]["factors"]
    assert (factor["type"], factor["delivery_channel"]) == ("totp", "totp_recovery_code")
    assert re.fullmatch(f"code_{KSUID}", factor["method"]["method_id"])
    assert factor["method"]["totp_id"] is None
    stepped_up = moon_enrolled.shows(session_token=opened["session_token"])
    channels = [one["delivery_channel"] for one in stepped_up["session"]["factors"]]
    assert channels == ["totp_recovery_code", "totp_authenticator"]
    assert stepped_up["session"]["id"] == opened["session"]["id"]
    assert stepped_up["session_token"] != opened["session_token"]
    for early in ("session_token", "session_jwt"):
        assert raised(moon, moon.sessions.verify, **{early: opened[early]}) == OVER
    again = moon_enrolled.recovers(session_jwt=stepped_up["session_jwt"], session_expires_in=120)
    assert len(again["session"]["factors"]) == 3


def test_sessions_are_listed_and_deleted_by_whatever_names_them(moon: Any, moon_enrolled: StreambirdUser) -> None:
    first, second, third = (moon_enrolled.shows(session_expires_in=60) for _ in range(3))
    listed = moon.sessions.list(moon_enrolled.user_id)
    assert listed == {"sessions": [third["session"], second["session"], first["session"]]}
    said = {"message": "The session is deleted."}
    assert moon.sessions.delete(session_id=first["session"]["id"]) == said
    assert moon.sessions.delete(session_token=second["session_token"]) == said
    assert moon.sessions.delete(session_jwt=third["session_jwt"]) == said
    assert moon.sessions.list(moon_enrolled.user_id) == {"sessions": []}
    assert raised(moon, moon.sessions.delete, session_id=first["session"]["id"]) == OVER
    assert raised(moon, moon.sessions.delete, session_token=second["session_token"]) == OVER
    assert raised(moon, moon.sessions.verify, session_jwt=third["session_jwt"]) == OVER


def test_a_session_must_be_named_once_and_rightly(moon: Any, moon_enrolled: StreambirdUser) -> None:
    opened = moon_enrolled.shows(session_expires_in=60)
    both = {"session_token": opened["session_token"], "session_jwt": opened["session_jwt"]}
    for call in (moon.sessions.verify, moon.sessions.delete):
        assert raised(moon, call) == UNFIT
        assert raised(moon, call, **both) == UNFIT
        assert raised(moon, call, session_jwt="no.jwt.atall") == UNREAD
        assert raised(moon, call, session_token="of nobody") == OVER
    assert raised(moon, moon.sessions.delete, session_id="sess_nobody") == OVER
    assert raised(moon, moon_enrolled.shows, **both) == UNFIT
    code = moon_enrolled.phone.next_code()
    assert raised(moon, moon_enrolled.shows, code=code, session_token="of nobody") == OVER
    moon_enrolled.shows(code)


def test_a_session_lives_for_five_minutes_to_a_year(moon: Any, moon_enrolled: StreambirdUser, clock: TestClock) -> None:
    code = moon_enrolled.phone.next_code()
    token = moon_enrolled.recovers(session_expires_in=60)["session_token"]
    for minutes in (4, 525601, -5, "60", 60.5):
        assert raised(moon, moon_enrolled.shows, code=code, session_expires_in=minutes) == UNFIT, minutes
        assert raised(moon, moon.sessions.verify, session_token=token, session_expires_in=minutes) == UNFIT
    longest = moon_enrolled.shows(code, session_expires_in=525600)
    assert longest["session"]["expires_at"] == _seconds(clock.now()) + 525600 * 60
    shortest = moon_enrolled.recovers(session_expires_in=5)
    assert shortest["session"]["expires_at"] == _seconds(clock.now()) + 300


# signed tokens


def test_an_application_reads_a_token_by_itself(
    moon: Any, moon_user: StreambirdUser, shop: Application, clock: TestClock
) -> None:
    now = _seconds(clock.now())
    opened = moon_user.shows(moon_user.phone.code(), session_expires_in=60)
    claims = _read(shop, opened["session_jwt"])
    assert claims == {
        "iss": f"api.streambird.io/{shop.project.public_id}",
        "aud": [shop.id],
        "sub": moon_user.user_id,
        "jti": opened["session"]["id"],
        "iat": now,
        "nbf": now,
        "exp": now + 300,
        SESSION: opened["session"],
        NAMED: opened["session"],
    }
    used = moon.sessions.verify(session_jwt=opened["session_jwt"])
    assert _read(shop, used["session_jwt"])[SESSION] == used["session"]


@pytest.mark.usefixtures("clients_look_at_our_clock")
def test_a_token_is_good_for_five_minutes_and_exchanged_for_as_long_as_its_session_lives(
    moon: Any, moon_enrolled: StreambirdUser, shop: Application, clock: TestClock
) -> None:
    token = moon_enrolled.shows(session_expires_in=60)["session_jwt"]
    clock.advance(minutes=4, seconds=59)
    assert _read(shop, token)["sub"] == moon_enrolled.user_id
    clock.advance(seconds=1)
    with pytest.raises(jwt.ExpiredSignatureError):
        _read(shop, token)
    rotated = signing_keys.rotate(shop.portal, shop.project.public_id, SIGNS_AFTER)
    clock.advance(minutes=10)
    renewed = moon.sessions.verify(session_jwt=token)["session_jwt"]
    assert jwt.get_unverified_header(renewed)["kid"] == rotated.kid
    assert _read(shop, renewed)["sub"] == moon_enrolled.user_id


def test_the_key_set_of_a_project_is_public(
    moon_enrolled: StreambirdUser, shop: Application, kiosk: Application
) -> None:
    path, token = f"{shop.address}v1/auth/jwks/default", moon_enrolled.shows(session_expires_in=60)["session_jwt"]
    replies = [
        requests.get(path, params={"api_key": shop.project.public_token}, timeout=10),
        requests.get(path, params={"api_key": shop.secret}, timeout=10),
        requests.get(path, headers=shop.bearer, timeout=10),
    ]
    assert [reply.status_code for reply in replies] == [200, 200, 200]
    assert replies[0].json() == replies[1].json() == replies[2].json()
    [key] = replies[0].json()["keys"]
    assert key.keys() == {"kty", "use", "key_ops", "alg", "kid", "x5c", "x5t#S256", "n", "e"}
    assert jwt.get_unverified_header(token)["kid"] == key["kid"]
    [same] = shop.stytch().sessions.get_jwks(project_id=shop.id).keys
    assert (same.kid, same.n, same.x5tS256) == (key["kid"], key["n"], key["x5t#S256"])
    theirs = requests.get(path, params={"api_key": kiosk.project.public_token}, timeout=10).json()["keys"]
    assert key["kid"] not in [one["kid"] for one in theirs]
    for params in ({}, {"api_key": "pk_live_1"}, {"api_key": shop.id}):
        reply = requests.get(path, params=params, timeout=10)
        assert (reply.status_code, reply.json()["error_type"]) == (401, "unauthorized")


def test_a_token_of_another_application_or_of_the_other_wire_is_none(
    moon: Any, moon_enrolled: StreambirdUser, shop: Application, kiosk: Application
) -> None:
    opened = moon_enrolled.shows(session_expires_in=60)
    other, stytch = kiosk.streambird(), shop.stytch()
    assert raised(other, other.sessions.verify, session_jwt=opened["session_jwt"]) == UNREAD
    assert raised(other, other.sessions.delete, session_token=opened["session_token"]) == OVER
    assert raised(other, other.sessions.delete, session_id=opened["session"]["id"]) == OVER
    with pytest.raises(jwt.PyJWKClientError, match="Unable to find a signing key"):
        _read(kiosk, opened["session_jwt"])
    same = stytch.sessions.authenticate(session_token=opened["session_token"])
    assert raised(moon, moon.sessions.verify, session_jwt=same.session_jwt) == UNREAD
    assert moon.sessions.verify(session_token=same.session_token)["session"]["id"] == opened["session"]["id"]
