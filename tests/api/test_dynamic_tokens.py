"""Access tokens of Dynamic's wire: checked by applications with another library, and what stands for a session here."""

from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from app.domain.signing_keys import SIGNS_AFTER
from app.portal import Portal
from app.services import project_upkeep, sessions, signing_keys
from tests.support.applications import Application, Caller, made, uuid_in
from tests.support.clock import TestClock
from tests.support.dynamic import IS_IN, NEEDS_MORE, PAGE, Shopper, admit, login_of
from tests.support.people import People, granted

pytestmark = pytest.mark.usefixtures("clients_look_at_our_clock")

NOBODY = OVER = (401, "unauthorized")
WRONG = (422, "mfa_invalid_code")
KEY_SETS = ["/.well-known/jwks", "/.well-known/jwks.json"]


def _verified(token: str, shopper: Shopper, *, audience: str = PAGE, key_set: str = KEY_SETS[0]) -> dict[str, Any]:
    """By PyJWT, as an application does: with the key set that anybody may read. Raises PyJWTError."""
    published = Shopper(shopper.caller, shopper.application, shopper.login).get("GET", key_set)
    header, keys = jwt.get_unverified_header(token), jwt.PyJWKSet.from_dict(published)
    environment, host = shopper.application.project.environment_id, shopper.application.address.strip("/")
    issuer = f"{host.partition('://')[2]}/{environment}"
    return dict(jwt.decode(token, keys[header["kid"]], algorithms=["RS256"], audience=audience, issuer=issuer))


def _unread(token: str) -> dict[str, Any]:
    """Whoever signed it, and whenever."""
    return dict(jwt.decode(token, options={"verify_signature": False}))


def _is_good(token: str, shopper: Shopper) -> bool:
    """Whether it stands for a session here."""
    bearer = {"Authorization": f"Bearer {token}"}
    return Shopper(shopper.caller, shopper.application, shopper.login).ask("GET", "/users", bearer).status_code == 200


def test_applications_check_a_token_by_themselves_for_five_minutes(
    shopper: Shopper, shop: Application, clock: TestClock
) -> None:
    given = shopper.signs_in()
    token, user, now = given["minifiedJwt"], given["user"], int(clock.now().timestamp())
    environment = str(shop.project.environment_id)
    for key_set in KEY_SETS:
        assert _verified(token, shopper, key_set=key_set) == {
            "kid": jwt.get_unverified_header(token)["kid"],
            "iss": f"127.0.0.1:{shop.portal.settings.port}/{environment}",
            "aud": PAGE,
            "sub": user["id"],
            "sid": user["sessionId"],
            "environment_id": environment,
            "last_verified_credential_id": user["lastVerifiedCredentialId"],
            "scope": NEEDS_MORE,
            "iat": now,
            "nbf": now,
            "exp": now + 300,
        }
    clock.advance(minutes=4, seconds=59)
    assert _verified(token, shopper)
    clock.advance(seconds=1)
    with pytest.raises(jwt.ExpiredSignatureError):
        _verified(token, shopper)
    admit(shop, "https://till.example.org")
    at_the_till = shopper.get("POST", "/refresh", {"Origin": "https://till.example.org"})["minifiedJwt"]
    assert _verified(at_the_till, shopper, audience="https://till.example.org")
    with pytest.raises(jwt.InvalidAudienceError):
        _verified(at_the_till, shopper)


def test_here_a_token_is_good_for_as_long_as_its_session(shopper: Shopper, clock: TestClock) -> None:
    given = shopper.signs_in()
    first, ends = given["minifiedJwt"], given["expiresAt"]
    clock.advance(hours=11, minutes=59)
    refreshed = shopper.get("POST", "/refresh")
    assert refreshed["expiresAt"] == ends, "no session lives longer for it"
    assert refreshed["user"] == given["user"]
    assert refreshed["minifiedJwt"] != first
    assert _is_good(first, shopper)
    assert _is_good(shopper.token, shopper)
    assert _unread(shopper.token)["exp"] == int(clock.now().timestamp()) + 300
    clock.advance(seconds=59)
    assert _is_good(first, shopper)
    clock.advance(seconds=1)
    assert not _is_good(first, shopper)
    assert shopper.told("POST", "/refresh") == OVER


def test_once_a_factor_was_shown_no_earlier_token_is_good(enrolled_shopper: Shopper, clock: TestClock) -> None:
    """Whoever got hold of an early one must not come by what was proved later."""
    shopper = enrolled_shopper.elsewhere()
    before = shopper.signs_in()["minifiedJwt"]
    assert _unread(before)["scope"] == NEEDS_MORE
    assert shopper.is_refused(shopper.wrong_code()) == WRONG
    assert _is_good(before, shopper), "nothing was shown yet"
    shopper.shows()
    assert _unread(shopper.token)["scope"] == IS_IN
    assert _unread(shopper.token)["sid"] == _unread(before)["sid"]
    assert not _is_good(before, shopper)
    stale = shopper.elsewhere()
    stale.token = before
    assert [stale.told(method, path) for method, path in _OF_ONESELF] == [OVER] * len(_OF_ONESELF)
    by_totp = shopper.token
    clock.advance(seconds=1)
    shopper.recovers(enrolled_shopper.reads_codes()[0])
    assert not _is_good(by_totp, shopper)
    assert _is_good(shopper.token, shopper)


_OF_ONESELF = [
    ("GET", "/users"),
    ("POST", "/refresh"),
    ("POST", "/revoke"),
    ("GET", "/users/mfa"),
    ("GET", "/users/mfa/methods"),
    ("GET", "/users/mfa/recovery"),
    ("POST", "/users/mfa/recovery"),
    ("GET", "/users/mfa/register/totp"),
    ("GET", "/users/mfa/00000000-0000-4000-8000-000000000000"),
    ("DELETE", "/users/mfa/00000000-0000-4000-8000-000000000000"),
]


def test_without_a_token_there_is_nobody_to_ask_for(shopper: Shopper) -> None:
    assert [shopper.told(method, path) for method, path in _OF_ONESELF] == [NOBODY] * len(_OF_ONESELF)
    for header in ("", "Bearer", "Bearer ", "Basic dTpw", "Token x", "Bearer x y"):
        reply = shopper.ask("GET", "/users", {"Authorization": header})
        assert reply.status_code == 401, header


def test_what_else_is_signed_for_the_project_is_no_token_here(
    enrolled_shopper: Shopper, caller: Caller, shop: Application
) -> None:
    """Neither tokens that say that a factor was shown, nor those of sessions at Stytch's wire."""
    given = enrolled_shopper.shows(
        createMfaToken={"singleUse": False}, requestedScopes=["credential:unlink", "wallet:export"]
    )
    proof, elevated = given["mfaToken"], given["elevatedAccessToken"]
    for token, scope, single in ((proof, "", False), (elevated, "credential:unlink wallet:export", False)):
        claims = _verified(token, enrolled_shopper)
        assert (claims["scope"], claims["singleUse"], claims["sub"]) == (scope, single, str(enrolled_shopper.id))
        assert not _is_good(token, enrolled_shopper)
    assert _unread(enrolled_shopper.shows(createMfaToken={"singleUse": True})["mfaToken"])["singleUse"] is True

    user = {"user_id": f"user-live-{enrolled_shopper.id}", "session_duration_minutes": 60}
    at_stytch = caller.open(
        "POST", "/v1/totps/authenticate", shop.basic, json={**user, "totp_code": enrolled_shopper.next_code()}
    ).json
    assert at_stytch
    for theirs in (at_stytch["session_jwt"], at_stytch["session_token"], shop.secret, shop.project.public_token):
        assert not _is_good(theirs, enrolled_shopper)
    assert _is_good(enrolled_shopper.token, enrolled_shopper)
    for ours in ({"session_jwt": enrolled_shopper.token}, {"session_token": enrolled_shopper.token}):
        reply = caller.open("POST", "/v1/sessions/authenticate", shop.basic, json=ours)
        assert reply.status_code in {400, 404}, reply.text


def test_the_application_cannot_write_itself_a_token_through_the_claims_of_a_session(
    enrolled_shopper: Shopper, caller: Caller, shop: Application
) -> None:
    """At Stytch's wire it writes claims of its own into what is signed by the same key, under whatever names."""
    mine = {"sid": enrolled_shopper.user["sessionId"], "environment_id": str(shop.project.environment_id)}
    user = {"user_id": f"user-live-{enrolled_shopper.id}", "session_duration_minutes": 60}
    code = enrolled_shopper.next_code()
    forged = caller.open(
        "POST", "/v1/totps/authenticate", shop.basic, json={**user, "totp_code": code, "session_custom_claims": mine}
    ).json
    assert forged
    assert _unread(forged["session_jwt"])["sid"] == mine["sid"]
    assert not _is_good(forged["session_jwt"], enrolled_shopper)


def test_a_token_of_another_environment_is_none_here(
    enrolled_shopper: Shopper, caller: Caller, shop: Application, neighbour: Application, clock: TestClock
) -> None:
    second = made(shop.portal, "Second Shop", organization="harbour")
    for other in (second, neighbour):
        there = Shopper(caller, other, login_of(other, clock))
        assert not _is_good(enrolled_shopper.token, there)
        there.signs_in()
        assert _is_good(there.token, there)
        assert not _is_good(there.token, enrolled_shopper)
        with pytest.raises(KeyError):
            _verified(there.token, enrolled_shopper)


def test_what_somebody_else_signed_or_changed_is_no_token(enrolled_shopper: Shopper) -> None:
    token = enrolled_shopper.token
    claims, header = _unread(token), jwt.get_unverified_header(token)
    ours = {name: header[name] for name in ("kid", "mark")}
    theirs = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    encoded, _, signature = token.rpartition(".")
    forged = [
        jwt.encode(claims, theirs, algorithm="RS256", headers=ours),
        jwt.encode(claims, theirs, algorithm="RS256"),
        jwt.encode(claims, "x" * 64, algorithm="HS256", headers=ours),
        jwt.encode(claims, "", algorithm="none", headers=ours),
        f"{encoded}.{signature[::-1]}",
        f"{encoded}.",
        encoded,
        f"{token}.{signature}",
        "..",
        "x",
        "x" * 20000,
    ]
    for one in forged:
        assert not _is_good(one, enrolled_shopper), one
    assert _is_good(token, enrolled_shopper)


def test_who_signs_out_has_a_token_that_is_good_for_nothing(enrolled_shopper: Shopper) -> None:
    other = enrolled_shopper.elsewhere()
    other.signs_in()
    assert enrolled_shopper.get("POST", "/revoke") == {}
    assert [enrolled_shopper.told(method, path) for method, path in _OF_ONESELF] == [OVER] * len(_OF_ONESELF)
    assert _is_good(other.token, other), "another session of the same user goes on"


def test_a_session_that_ended_elsewhere_has_no_token(
    enrolled_shopper: Shopper, caller: Caller, shop: Application, people: People
) -> None:
    listed = caller.open("GET", f"/v1/sessions?user_id=user-live-{enrolled_shopper.id}", shop.basic).json
    assert listed
    assert [uuid_in(one["session_id"]) for one in listed["sessions"]] == [_session(enrolled_shopper)]
    key_ends = {"session_id": listed["sessions"][0]["session_id"]}
    assert caller.open("POST", "/v1/sessions/revoke", shop.basic, json=key_ends).status_code == 200
    assert enrolled_shopper.told("GET", "/users") == OVER
    enrolled_shopper.signs_in()
    granted(people.admin().does(sessions.end_all_of, enrolled_shopper.person))
    assert enrolled_shopper.told("GET", "/users") == OVER
    enrolled_shopper.signs_in()
    project_upkeep.remove(shop.portal, shop.project.public_id)
    assert enrolled_shopper.told("GET", "/users") == NOBODY


def _session(shopper: Shopper) -> Any:
    return uuid_in(shopper.user["sessionId"])


def test_old_and_new_tokens_are_good_while_keys_change(
    shopper: Shopper, shop: Application, portal: Portal, clock: TestClock
) -> None:
    first = shopper.signs_in()["minifiedJwt"]
    rotated = signing_keys.rotate(portal, shop.project.public_id, SIGNS_AFTER)
    assert shopper.get("GET", KEY_SETS[0])["keys"][0]["kid"] == rotated.kid
    clock.advance(minutes=9)
    old = shopper.get("POST", "/refresh")["minifiedJwt"]
    clock.advance(minutes=1)
    new = shopper.get("POST", "/refresh")["minifiedJwt"]
    kids = [jwt.get_unverified_header(token)["kid"] for token in (first, old, new)]
    assert kids == [kids[0], kids[0], rotated.kid]
    assert _verified(old, shopper)
    assert _verified(new, shopper)
    clock.advance(hours=2)
    signing_keys.rotate(portal, shop.project.public_id, timedelta(0))
    assert _is_good(first, shopper)
    assert _is_good(new, shopper)
