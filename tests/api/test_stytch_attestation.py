"""A first factor that the application vouches for by a signed token, for a session, through Stytch's own client."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
import stytch
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from app.domain.events import Act
from app.domain.projects import Identifies
from app.services import account, project_upkeep
from app.storage import events
from tests.support.applications import AUDIENCE, Application, PrivateKey, Provider, StytchUser, looked_at, told
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, People

UNFIT = (401, "invalid_trusted_auth_token")


@pytest.fixture
def provider(shop: Application, clock: TestClock) -> Provider:
    return Provider(ec.generate_private_key(ec.SECP256R1()), "ES256", clock).trusted_by(shop)


@pytest.fixture
def ada(client: stytch.Client, clock: TestClock) -> StytchUser:
    """Called 17 by the shop."""
    user = StytchUser.made(client, clock, email="ada@example.org", external_id="17")
    user.confirms()
    return user


def test_whoever_was_let_in_by_the_application_gets_a_session(ada: StytchUser, provider: Provider) -> None:
    now, client = ada.phone.clock.now(), ada.client
    attested = client.sessions.attest(
        profile_id=provider.profile_id,
        token=provider.token("17"),
        session_duration_minutes=60,
        session_custom_claims={"cart": 3},
    )
    assert (attested.status_code, attested.user_id, attested.user_device) == (200, ada.user_id, None)
    assert attested.request_id.startswith("request-id-live-")
    assert attested.user.model_dump() == looked_at(client, ada.user_id)
    assert attested.session
    assert attested.session.custom_claims == {"cart": 3}
    assert (attested.session.started_at, attested.session.expires_at) == (now, now + timedelta(minutes=60))
    [factor] = attested.session.authentication_factors
    assert (factor.type.value, factor.delivery_method.value) == ("trusted_auth_token", "trusted_token_exchange")
    assert factor.trusted_auth_token_factor
    assert factor.trusted_auth_token_factor.token_id.startswith("trusted-auth-token-live-")
    assert client.sessions.authenticate(session_token=attested.session_token).session == attested.session
    assert client.sessions.authenticate(session_jwt=attested.session_jwt).session == attested.session


def test_the_second_factor_joins_the_first(ada: StytchUser, provider: Provider) -> None:
    attested = ada.client.sessions.attest(
        profile_id=provider.profile_id, token=provider.token("17"), session_duration_minutes=60
    )
    done = ada.shows(session_token=attested.session_token)
    assert done.session
    assert [one.type.value for one in done.session.authentication_factors] == ["trusted_auth_token", "totp"]
    again = ada.client.sessions.attest(
        profile_id=provider.profile_id, token=provider.token("17", jti="second"), session_token=done.session_token
    )
    assert again.session
    assert again.session.session_id == done.session.session_id
    vouched, totp = again.session.authentication_factors
    assert (vouched.last_authenticated_at, vouched.created_at) == (ada.phone.clock.now(), done.session.started_at)
    assert totp == done.session.authentication_factors[1]


def test_without_a_wish_for_a_session_there_is_none(ada: StytchUser, provider: Provider) -> None:
    attested = ada.client.sessions.attest(profile_id=provider.profile_id, token=provider.token("17"))
    assert (attested.session, attested.session_token, attested.session_jwt) == (None, "", "")
    assert attested.user_id == ada.user_id


def test_it_stands_in_the_users_history_and_counts_for_no_second_factor(
    ada: StytchUser, provider: Provider, people: People, shop: Application
) -> None:
    ada.fails(9)
    ada.client.sessions.attest(profile_id=provider.profile_id, token=provider.token("17"))
    member = shop.member(ada.uuid)
    assert member.failures_in_row == 9
    with shop.portal.reading() as tx:
        newest = events.page_for(tx.db, member.id, before=None, count=1)[0]
    assert (newest.act, newest.project, newest.details) == (Act.USER_ATTESTED, "Shop", {"profile": "Login"})


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated via RFC 9864")
@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (rsa.generate_private_key(public_exponent=65537, key_size=2048), "RS256"),
        (ec.generate_private_key(ec.SECP256R1()), "ES256"),
        (ec.generate_private_key(ec.SECP384R1()), "ES384"),
        (ec.generate_private_key(ec.SECP521R1()), "ES512"),
        (ed25519.Ed25519PrivateKey.generate(), "EdDSA"),
    ],
    ids=["RS256", "ES256", "ES384", "ES512", "EdDSA"],
)
def test_a_token_is_checked_with_whatever_kind_of_key_the_profile_has(
    ada: StytchUser, shop: Application, key: PrivateKey, algorithm: str
) -> None:
    provider = Provider(key, algorithm, ada.phone.clock).trusted_by(shop)
    asked: dict[str, Any] = {"profile_id": provider.profile_id, "token": provider.token("17")}
    assert ada.client.sessions.attest(**asked).user_id == ada.user_id
    head, _, signature = asked["token"].rpartition(".")
    assert told(ada.client.sessions.attest, **{**asked, "token": f"{head}.{signature[::-1]}"}) == UNFIT


@pytest.mark.parametrize(
    ("identifies", "subject"),
    [(Identifies.EXTERNAL_ID, "17"), (Identifies.USER_ID, ""), (Identifies.EMAIL, "ADA@example.org")],
)
def test_a_profile_says_whom_a_claim_names(
    ada: StytchUser, shop: Application, provider: Provider, identifies: Identifies, subject: str
) -> None:
    client, other = ada.client, Provider(provider.key, "ES256", provider.clock)
    other.trusted_by(shop, identifies=identifies, claim="who")

    def attested(named: Any) -> str:
        token = other.token("somebody else", who=named)
        return client.sessions.attest(profile_id=other.profile_id, token=token).user_id

    assert attested(subject or ada.user_id) == ada.user_id
    for nobody in ("nobody", "", "nobody@example.org", ada.user_id[:-1] + "z", 17, ["17"], None):
        assert told(attested, named=nobody) == (404, "user_not_found"), nobody


def test_a_token_that_does_not_fit_the_profile_opens_nothing(ada: StytchUser, provider: Provider) -> None:
    client, now = ada.client, int(provider.clock.now().timestamp())
    unfit: list[dict[str, Any]] = [
        {"iss": "https://elsewhere.example.org"},
        {"iss": None},
        {"aud": "elsewhere"},
        {"aud": None},
        {"aud": ["elsewhere", 17]},
        {"exp": now - 60},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": 2**53},
        {"iat": now + 61},
        {"iat": None},
        {"nbf": now + 61},
    ]
    for claims in unfit:
        asked = {"profile_id": provider.profile_id, "token": provider.token("17", **claims)}
        assert told(client.sessions.attest, **asked, session_duration_minutes=60) == UNFIT, claims
    assert client.sessions.get(user_id=ada.user_id).sessions == []
    fitting: list[dict[str, Any]] = [
        {"aud": ["elsewhere", AUDIENCE]},
        {"exp": now - 59, "iat": now - 120},
        {"iat": now + 60},
        {"iat": None, "nbf": now},
        {"padding": "x" * 5000},
    ]
    for claims in fitting:
        token = provider.token("17", **claims)
        assert client.sessions.attest(profile_id=provider.profile_id, token=token).user_id == ada.user_id, claims


def test_what_a_provider_adds_to_the_header_is_passed_over_as_the_standard_has_it(
    ada: StytchUser, provider: Provider
) -> None:
    """Those whose keys have certificates send them along; others add headers of their own (RFC 7515, 4.2 and 4.3)."""
    for headers in ({"kid": "1", "cat": "cl_17"}, {"x5t": "x" * 27, "x5c": ["x" * 1500]}):
        token = jwt.encode(provider.claims("17"), provider.key, algorithm="ES256", headers=headers)
        assert ada.client.sessions.attest(profile_id=provider.profile_id, token=token).user_id == ada.user_id, headers
    critical = jwt.encode(provider.claims("17"), provider.key, algorithm="ES256", headers={"cat": 1, "crit": ["cat"]})
    assert told(ada.client.sessions.attest, profile_id=provider.profile_id, token=critical) == UNFIT


def test_however_often_an_application_vouches_its_session_can_be_presented(ada: StytchUser, provider: Provider) -> None:
    sessions = ada.client.sessions
    opened = sessions.attest(profile_id=provider.profile_id, token=provider.token("17"), session_duration_minutes=60)
    for number in range(40):
        asked: dict[str, Any] = {"profile_id": provider.profile_id, "token": provider.token("17", jti=str(number))}
        opened = sessions.attest(**asked, session_token=opened.session_token)
    assert sessions.authenticate(session_jwt=opened.session_jwt).session == opened.session


def test_a_token_that_the_provider_has_not_signed_opens_nothing(ada: StytchUser, provider: Provider) -> None:
    claims, public = provider.claims("17"), provider.public_key
    head = ".".join(_encoded(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
    confused = f"{head}.{_encoded(hmac.digest(public, head.encode(), hashlib.sha256))}"
    stranger = ec.generate_private_key(ec.SECP256R1())
    forged = [
        confused,
        jwt.encode(claims, stranger, algorithm="ES256"),
        jwt.encode(claims, stranger, algorithm="ES256", headers={"jwk": {"kty": "EC"}}),
        jwt.encode(claims, "", algorithm="none"),
        provider.token("17") + ".x",
        provider.token("17").rpartition(".")[0],
        "\N{LATIN SMALL LETTER E WITH ACUTE}",
        "..",
        "",
    ]
    for token in forged:
        assert told(ada.client.sessions.attest, profile_id=provider.profile_id, token=token) == UNFIT, token
    asked = {"profile_id": provider.profile_id, "token": "x" * 8193}
    assert told(ada.client.sessions.attest, **asked) == (400, "bad_request")


def test_a_profile_is_of_one_application_until_it_is_taken_away(
    ada: StytchUser, provider: Provider, kiosk: Application, shop: Application
) -> None:
    unknown = (404, "trusted_token_profile_not_found")
    asked = {"profile_id": provider.profile_id, "token": provider.token("17")}
    assert told(kiosk.stytch().sessions.attest, **asked) == unknown
    for profile_id in ("trusted-token-profile-live-17", ada.user_id, "x"):
        assert told(ada.client.sessions.attest, **{**asked, "profile_id": profile_id}) == unknown
    project_upkeep.distrust(shop.portal, shop.project.public_id, provider.profile)
    assert told(ada.client.sessions.attest, **asked) == unknown


def test_a_session_of_somebody_else_is_not_joined(ada: StytchUser, provider: Provider) -> None:
    client, clock = ada.client, ada.phone.clock
    other = StytchUser.made(client, clock)
    theirs = other.shows(other.phone.code(), session_duration_minutes=60)
    asked = {"profile_id": provider.profile_id, "token": provider.token("17")}
    for presented in ({"session_token": theirs.session_token}, {"session_jwt": theirs.session_jwt}):
        assert told(client.sessions.attest, **asked, **presented) == (404, "session_not_found")
    too_much: dict[str, Any] = {"session_duration_minutes": 60, "session_custom_claims": {"note": "x" * 4096}}
    assert told(client.sessions.attest, **asked, **too_much) == (400, "custom_claims_too_large")
    assert client.sessions.get(user_id=other.user_id).sessions == [theirs.session]


def test_whoever_has_no_way_in_is_not_let_in(client: stytch.Client, shop: Application, people: People) -> None:
    provider = Provider(ec.generate_private_key(ec.SECP256R1()), "ES256", people.clock)
    provider.trusted_by(shop, identifies=Identifies.EMAIL)
    bob = people.newcomer("bob@example.org")
    asked: dict[str, Any] = {"profile_id": provider.profile_id, "token": provider.token("bob@example.org")}
    assert client.sessions.attest(**asked).user_id == f"user-live-{bob.public_id}"
    account.panic(people.portal, people.ready("carl@example.org").session, AT_HOME)
    of_carl = {**asked, "token": provider.token("carl@example.org")}
    assert told(client.sessions.attest, **of_carl) == (429, "user_lock_limit_reached")
    bob.set(status="suspended")
    assert told(client.sessions.attest, **asked) == (400, "action_available_only_for_active_members")


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
