"""A first factor that an identity provider vouches for, and every token that vouches for nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from app.domain.attempts import LockReason
from app.domain.events import Act
from app.domain.members import Role
from app.domain.projects import Identifies, Profile
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.services import attestation, project_upkeep
from app.services.attestation import Attested, UnfitKeyError
from app.storage import members
from tests.support import issuers
from tests.support.issuers import AUDIENCE, URL, Issuer, part, signed_with_text, unsigned
from tests.support.people import People, Person, granted, refusal
from tests.support.shops import AN_HOUR, FROM_THE_SHOP, Customer, Shop, wish

Claims = dict[str, Any]
BORN_AFTER_RSA: dict[str, Callable[[], Issuer]] = {
    "P-256": lambda: issuers.elliptic_issuer(ec.SECP256R1(), "ES256"),
    "P-384": lambda: issuers.elliptic_issuer(ec.SECP384R1(), "ES384"),
    "P-521": lambda: issuers.elliptic_issuer(ec.SECP521R1(), "ES512"),
    "Ed25519": issuers.ed25519_issuer,
}


@pytest.fixture(scope="module")
def login() -> Issuer:
    return issuers.rsa_issuer()


@pytest.fixture(scope="module")
def stranger() -> Issuer:
    return issuers.rsa_issuer()


@pytest.fixture
def profile(shop: Shop, login: Issuer) -> Profile:
    """Whose subject is an external id."""
    return login.is_trusted_by(shop)


@pytest.fixture
def joan(shop: Shop) -> UUID:
    return shop.user(external_id="u-1").id


def claims(shop: Shop, **other: Any) -> Claims:
    """Of a good token; what is None is left out."""
    now = int(shop.clock.now().timestamp())
    said = {"iss": URL, "aud": AUDIENCE, "sub": "u-1", "iat": now, "exp": now + 300, **other}
    return {name: value for name, value in said.items() if value is not None}


def attest(shop: Shop, profile: Profile | UUID, token: str, **wanted: Any) -> Attested | Refused:
    named = profile if isinstance(profile, UUID) else profile.public_id
    return attestation.attest(
        shop.portal, shop.project, named, token, wish=wish(**{"life": AN_HOUR, **wanted}), origin=FROM_THE_SHOP
    )


def is_taken(shop: Shop, profile: Profile, token: str) -> bool:
    outcome = attest(shop, profile, token)
    if isinstance(outcome, Refused):
        assert outcome.why is Why.UNFIT_TOKEN
        return False
    return True


# good tokens


def test_who_is_named_gets_a_session(shop: Shop, login: Issuer, profile: Profile, joan: UUID) -> None:
    done = granted(attest(shop, profile, login.signs(claims(shop)), claims={"plan": "gold"}))
    assert done.user == shop.look(joan)
    assert done.session is not None
    assert (done.session.user, done.session.claims) == (joan, {"plan": "gold"})
    (factor,) = done.session.factors
    assert (factor.proof, factor.first_at) == (Proof.ATTESTATION, shop.clock.now())
    assert shop.use(done.session.token).session == done.session
    last = shop.history_of(joan)[-1]
    assert (last.act, last.project, last.details) == (Act.USER_ATTESTED, "Shop", {"profile": "Login"})


def test_without_a_lifetime_it_opens_none(shop: Shop, login: Issuer, profile: Profile, joan: UUID) -> None:
    done = granted(attest(shop, profile, login.signs(claims(shop)), life=None))
    assert done.session is None
    assert shop.sessions_of(joan) == []


def test_a_pending_user_has_shown_up_by_it(shop: Shop, login: Issuer, profile: Profile) -> None:
    shop.user(external_id="u-1", pending=True)
    assert granted(attest(shop, profile, login.signs(claims(shop)))).user.active


@pytest.mark.parametrize("kind", BORN_AFTER_RSA)
def test_keys_of_other_kinds_sign_as_well(shop: Shop, joan: UUID, kind: str) -> None:
    issuer, other = BORN_AFTER_RSA[kind](), BORN_AFTER_RSA[kind]()
    profile = issuer.is_trusted_by(shop)
    assert is_taken(shop, profile, issuer.signs(claims(shop)))
    assert not is_taken(shop, profile, other.signs(claims(shop)))


@pytest.mark.parametrize(
    ("identifies", "named", "claim"),
    [
        (Identifies.USER_ID, str, "sub"),
        (Identifies.USER_ID, lambda who: f"user-live-{who}", "uid"),
        (Identifies.EMAIL, lambda _who: "JOAN@Example.org", "email"),
        (Identifies.EXTERNAL_ID, lambda _who: "u-1", "https://login.example/id"),
    ],
)
def test_the_claim_is_what_the_profile_says(
    shop: Shop, login: Issuer, joan: UUID, identifies: Identifies, named: Callable[[UUID], str], claim: str
) -> None:
    profile = login.is_trusted_by(shop, claim=claim, identifies=identifies)
    said = {**claims(shop, sub="somebody else"), claim: named(joan)}
    assert granted(attest(shop, profile, login.signs(said))).user.id == joan


GOOD: dict[str, Callable[[int], Claims]] = {
    "one audience of several": lambda _now: {"aud": ["other", AUDIENCE]},
    "a minute late": lambda now: {"exp": now - 59},
    "a minute early": lambda now: {"iat": None, "nbf": now + 60},
    "begins when it was made": lambda now: {"nbf": now - 5, "iat": now + 900},
    "of fractions": lambda now: {"exp": now + 0.5, "iat": now - 0.5},
    "with claims that nobody asks for": lambda _now: {"azp": None, "nonce": "x", "groups": ["a", {"b": 1}]},
}


def test_what_is_within_the_rules_is_taken(shop: Shop, login: Issuer, profile: Profile, joan: UUID) -> None:
    now = int(shop.clock.now().timestamp())
    for what, other in GOOD.items():
        assert is_taken(shop, profile, login.signs(claims(shop, **other(now)))), what


def test_a_header_may_say_more_than_anybody_asks(shop: Shop, login: Issuer, profile: Profile, joan: UUID) -> None:
    """What is not critical is passed over (RFC 7515)."""
    assert is_taken(shop, profile, login.signs(claims(shop), kid="2026-05"))
    assert is_taken(shop, profile, login.signs(claims(shop), tenant="north"))


def test_an_ed25519_key_signs_under_its_old_name_and_its_new_one(shop: Shop, joan: UUID) -> None:
    """RFC 9864 calls `EdDSA` what this key does `Ed25519`."""
    issuer = issuers.ed25519_issuer()
    profile = issuer.is_trusted_by(shop)
    for name in ("EdDSA", "Ed25519"):
        said = f"{part({'alg': name})}.{part(claims(shop))}"
        assert is_taken(shop, profile, issuer.signs_as_is(said)), name


# tokens that vouch for nothing


BAD: dict[str, Callable[[int], Claims]] = {
    "another issuer": lambda _now: {"iss": f"{URL}/"},
    "no issuer": lambda _now: {"iss": None},
    "issuer in a list": lambda _now: {"iss": [URL]},
    "another audience": lambda _now: {"aud": "other"},
    "no audience": lambda _now: {"aud": None},
    "audience within another": lambda _now: {"aud": f"x{AUDIENCE}x"},
    "audience in an object": lambda _now: {"aud": {AUDIENCE: 1}},
    "over": lambda now: {"exp": now - 60},
    "never over": lambda _now: {"exp": None},
    "over in words": lambda now: {"exp": str(now + 300)},
    "over is a yes": lambda _now: {"exp": True},
    "over beyond all time": lambda _now: {"exp": 2**70},
    "over at a number of many digits": lambda _now: {"exp": 10**4000},
    "not yet": lambda now: {"nbf": now + 61},
    "made in time to come": lambda now: {"iat": now + 61},
    "begins never": lambda _now: {"iat": None},
    "begins in words": lambda now: {"nbf": str(now)},
    "begins at a list": lambda now: {"nbf": [now]},
    "made in milliseconds": lambda now: {"nbf": now, "iat": now * 1000},
    "made in words": lambda now: {"nbf": now, "iat": str(now)},
    "there in words": lambda now: {"auth_time": str(now)},
}


def test_what_is_not_good_now_for_us_is_refused(shop: Shop, login: Issuer, profile: Profile, joan: UUID) -> None:
    now, before = int(shop.clock.now().timestamp()), shop.history_of(joan)
    for what, other in BAD.items():
        said = claims(shop, **other(now))
        assert not is_taken(shop, profile, login.signs_as_is(f"{part({'alg': 'RS256'})}.{part(said)}")), what
    assert shop.sessions_of(joan) == []
    assert shop.history_of(joan) == before


def test_a_token_of_another_key_is_refused(
    shop: Shop, login: Issuer, stranger: Issuer, profile: Profile, joan: UUID
) -> None:
    assert not is_taken(shop, profile, stranger.signs(claims(shop)))
    header, said, signature = login.signs(claims(shop)).split(".")
    other = part(claims(shop, sub="u-2"))
    assert not is_taken(shop, profile, f"{header}.{other}.{signature}")
    assert not is_taken(shop, profile, f"{header}.{said}.{signature[:-4]}")
    assert not is_taken(shop, profile, f"{header}.{said}.")


def test_what_a_token_says_of_algorithms_is_not_asked(shop: Shop, login: Issuer, profile: Profile, joan: UUID) -> None:
    for algorithm in ("none", "None", "NONE", "", "HS256", "HS512", "RS384", "PS256", "ES256", "EdDSA"):
        for token in (
            unsigned({"alg": algorithm}, claims(shop)),
            login.signs_as_is(f"{part({'alg': algorithm})}.{part(claims(shop))}"),
            signed_with_text(login.public_key, claims(shop), algorithm=algorithm),
            signed_with_text("", claims(shop), algorithm=algorithm),
        ):
            assert not is_taken(shop, profile, token), algorithm


HEADERS: list[Any] = [
    {}, {"alg": None}, {"alg": ["RS256"]}, {"alg": {"RS256": 1}}, {"alg": 5}, [], ["alg"], "alg", 5, None, True, b"",
    b"\xff", b"{", b"null", {"alg": "RS256", "crit": ["b64"], "b64": False}, {"alg": "RS256", "crit": 5},
    {"alg": "RS256", "crit": []}, {"alg": "RS256", "jwk": {"kty": "oct"}}, {"alg": "RS256", "x5c": 5},
    {"alg": "RS256", "kid": {"a": 1}}, {"alg": "RS256", "zip": "DEF"}, {"alg": "RS256", "b64": False},
    b'{"alg": "RS256", "alg": "RS256"}', b"[" * 2000, {"alg": "RS256", "typ": 7},
]  # fmt: skip


def test_whatever_a_header_is_no_more_comes_of_it_than_a_refusal(
    shop: Shop, login: Issuer, profile: Profile, joan: UUID
) -> None:
    said = part(claims(shop))
    for header in HEADERS:
        attest(shop, profile, login.signs_as_is(f"{part(header)}.{said}"))
        assert not is_taken(shop, profile, f"{part(header)}.{said}."), header


PAYLOADS: list[Any] = [
    [], "sub", 5, None, b"", b"\xff\xfe", b"{", b'{"sub": "u-1", "sub": "u-2"}', b'{"sub": NaN}', b'{"sub": 1e999}',
    b'{"sub": "\\ud800"}', b"[" * 3000,
]  # fmt: skip


def test_whatever_is_said_no_more_comes_of_it_than_a_refusal(
    shop: Shop, login: Issuer, profile: Profile, joan: UUID
) -> None:
    for said in PAYLOADS:
        assert not is_taken(shop, profile, login.signs_as_is(f"{part({'alg': 'RS256'})}.{part(said)}")), said


GARBAGE = [
    "", ".", "..", "...", "a.b.c", "a.b", "é.é.é", "\x00", "\ud800", "x" * 9000, ".".join("x" * 20), "{}",
    '{"payload": ""}',
]  # fmt: skip


def test_what_is_no_token_is_refused(shop: Shop, login: Issuer, profile: Profile, joan: UUID) -> None:
    good = login.signs(claims(shop))
    for token in [*GARBAGE, f" {good}", f"{good}\n", good[:-1], f"{good}=", f"Bearer {good}", good.replace(".", "..")]:
        assert not is_taken(shop, profile, token), token[:80]


def test_a_token_is_at_most_so_long(shop: Shop, login: Issuer, profile: Profile, joan: UUID) -> None:
    assert is_taken(shop, profile, login.signs(claims(shop, more="x" * 5000)))
    assert not is_taken(shop, profile, login.signs(claims(shop, more="x" * 6200)))


# whom it names


def test_who_is_not_there_is_unknown(shop: Shop, login: Issuer, profile: Profile, joan: UUID) -> None:
    for named in ("u-2", "", None, 5, ["u-1"], {"a": 1}, True, "u 1", "x" * 129, "joan@example.org"):
        token = login.signs_as_is(f"{part({'alg': 'RS256'})}.{part(claims(shop, sub=named))}")
        assert refusal(attest(shop, profile, token)) is Why.UNKNOWN_MEMBER, named


@pytest.mark.parametrize("identifies", [Identifies.USER_ID, Identifies.EMAIL])
def test_nor_is_who_is_named_in_another_way(shop: Shop, login: Issuer, joan: UUID, identifies: Identifies) -> None:
    profile = login.is_trusted_by(shop, identifies=identifies)
    for named in ("", "x", "nobody@example.org", str(uuid4()), "-" * 36, "{" * 36, "u-1"):
        assert refusal(attest(shop, profile, login.signs(claims(shop, sub=named)))) is Why.UNKNOWN_MEMBER, named


def test_nobody_of_another_organization_is_named_by_it(shop: Shop, mill: Shop, login: Issuer) -> None:
    miller = mill.user("miller@example.org", external_id="u-1")
    for identifies, named in (
        (Identifies.EXTERNAL_ID, "u-1"),
        (Identifies.USER_ID, str(miller.id)),
        (Identifies.EMAIL, "miller@example.org"),
    ):
        profile = login.is_trusted_by(shop, identifies=identifies)
        assert refusal(attest(shop, profile, login.signs(claims(shop, sub=named)))) is Why.UNKNOWN_MEMBER


def test_who_is_not_in_is_refused(shop: Shop, login: Issuer, profile: Profile, joan: UUID) -> None:
    token = login.signs(claims(shop))
    with shop.portal.writing() as tx:
        tx.db.exec_driver_sql("UPDATE member SET status = 'suspended'")
    assert refusal(attest(shop, profile, token)) is Why.NOT_ACTIVE


def test_a_role_in_the_portal_does_not_matter_and_is_not_opened(shop: Shop, login: Issuer, people: People) -> None:
    """The session is the application's alone."""
    olive = people.newcomer("olive@example.org", role=Role.OWNER)
    profile = login.is_trusted_by(shop, identifies=Identifies.EMAIL)
    done = granted(attest(shop, profile, login.signs(claims(shop, sub=olive.email))))
    assert done.user.role is Role.OWNER
    assert olive.visitor() is None


# profiles


def test_a_profile_is_of_its_project_alone(shop: Shop, till: Shop, login: Issuer, profile: Profile, joan: UUID) -> None:
    till.change(joan, external_id="u-1")
    token = login.signs(claims(shop))
    assert refusal(attest(till, profile, token)) is Why.UNKNOWN_PROFILE
    assert refusal(attest(shop, uuid4(), token)) is Why.UNKNOWN_PROFILE
    project_upkeep.distrust(shop.portal, shop.project.public_id, profile.public_id)
    assert refusal(attest(shop, profile, token)) is Why.UNKNOWN_PROFILE


# in a session that is there


def test_it_adds_a_factor_to_a_session(shop: Shop, login: Issuer, profile: Profile) -> None:
    joan = shop.enrolled(shop.user(external_id="u-1").id)
    opened = joan.comes_in()
    shop.clock.advance(minutes=1)
    stepped = granted(attest(shop, profile, login.signs(claims(shop)), presented=opened.token, life=None)).session
    assert stepped is not None
    assert (stepped.id, stepped.expires_at) == (opened.id, opened.expires_at)
    assert [one.proof for one in stepped.factors] == [Proof.TOTP, Proof.ATTESTATION]
    assert refusal(shop.try_use(opened.token)) is Why.TOKEN_REPLACED
    assert shop.use(stepped.token)


def test_in_place_of_a_session_that_goes_on_under_another_token_none_is_opened(
    shop: Shop, login: Issuer, profile: Profile
) -> None:
    joan = shop.enrolled(shop.user(external_id="u-1").id)
    opened = joan.comes_in()
    joan.comes_in(presented=opened.token)
    refused = attest(shop, profile, login.signs(claims(shop)), presented=opened.token)
    assert refusal(refused) is Why.TOKEN_REPLACED
    assert len(shop.sessions_of(joan.id)) == 1


def test_a_second_factor_is_added_to_its_session(shop: Shop, login: Issuer, profile: Profile) -> None:
    joan: Customer = shop.enrolled(shop.user(external_id="u-1").id)
    opened = granted(attest(shop, profile, login.signs(claims(shop)))).session
    assert opened is not None
    stepped = joan.comes_in(presented=opened.token)
    assert [one.proof for one in stepped.factors] == [Proof.ATTESTATION, Proof.TOTP]


def test_it_adds_none_to_the_session_of_somebody_else(shop: Shop, login: Issuer, profile: Profile, joan: UUID) -> None:
    bea = shop.enrolled(shop.user("bea@example.org").id)
    opened = bea.comes_in()
    refused = attest(shop, profile, login.signs(claims(shop)), presented=opened.token)
    assert refusal(refused) is Why.UNKNOWN_SESSION
    assert [one.proof for one in shop.use(opened.token).session.factors] == [Proof.TOTP]


def test_however_often_it_is_shown_it_is_one_factor_of_a_profile(
    shop: Shop, login: Issuer, profile: Profile, joan: UUID
) -> None:
    other = login.is_trusted_by(shop)
    session = granted(attest(shop, profile, login.signs(claims(shop, jti="1")))).session
    for by, jti, factors in ((profile, "1", 1), (profile, "2", 1), (other, "3", 2), (profile, "4", 2)):
        shop.clock.advance(seconds=1)
        assert session is not None
        token = login.signs(claims(shop, jti=jti))
        session = granted(attest(shop, by, token, presented=session.token)).session
        assert session is not None
        assert len(session.factors) == factors


def test_an_address_that_the_provider_has_not_verified_names_nobody(shop: Shop, login: Issuer, joan: UUID) -> None:
    profile = login.is_trusted_by(shop, claim="email", identifies=Identifies.EMAIL)
    said = {"email": "joan@example.org", "email_verified": False}
    assert refusal(attest(shop, profile, login.signs(claims(shop, **said)))) is Why.UNKNOWN_MEMBER
    for verified in (True, None):
        said["email_verified"] = verified
        assert granted(attest(shop, profile, login.signs(claims(shop, **said)))).user.id == joan


def test_a_lock_by_attempts_leaves_the_first_factor_open(
    shop: Shop, login: Issuer, profile: Profile, ada: Person
) -> None:
    shop.change(ada.public_id, external_id="u-1")
    ada.fail(10)
    assert granted(attest(shop, profile, login.signs(claims(shop)))).user.lock


@pytest.mark.parametrize("reason", [LockReason.ADMIN, LockReason.PANIC])
def test_a_lock_by_a_person_closes_it_as_well(
    shop: Shop, login: Issuer, profile: Profile, ada: Person, reason: LockReason
) -> None:
    shop.change(ada.public_id, external_id="u-1")
    with shop.portal.writing() as tx:
        members.lock(tx.db, ada.id, reason, tx.now)
    assert attest(shop, profile, login.signs(claims(shop))) == Refused(Why.LOCKED, lock=reason)


# keys that fit


def pem(key: Any) -> str:
    public: bytes = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return public.decode()


def private_pem(issuer: Issuer) -> str:
    return issuer.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def test_a_key_that_is_none_or_unfit_is_refused_in_words(login: Issuer) -> None:
    unfit: list[tuple[str, str]] = [
        ("", "it is not a public key in PEM"),
        ("x", "it is not a public key in PEM"),
        ("é", "it is not a public key in PEM"),
        (login.public_key[:-40], "it is not a public key in PEM"),
        (private_pem(login), "it is not a public key in PEM"),
        (issuers.rsa_issuer(1024).public_key, "an RSA key has 2048 bits at least, and this one 1024"),
        (pem(ec.generate_private_key(ec.SECP256K1())), "it is neither RSA"),
        (pem(ed448.Ed448PrivateKey.generate()), "it is neither RSA"),
    ]
    for text, said in unfit:
        with pytest.raises(UnfitKeyError, match=said):
            attestation.public_key_in(text)
    assert attestation.public_key_in(login.public_key) == login.public_key


def test_of_what_stands_beside_a_public_key_nothing_is_kept(login: Issuer) -> None:
    assert attestation.public_key_in(f"our login\n{login.public_key}{private_pem(login)}") == login.public_key


def test_a_token_lives_a_minute_longer(shop: Shop, login: Issuer, profile: Profile, joan: UUID) -> None:
    token = login.signs(claims(shop))
    shop.clock.advance(minutes=5, seconds=59)
    assert is_taken(shop, profile, token)
    shop.clock.set(shop.clock.now() + timedelta(seconds=1))
    assert not is_taken(shop, profile, token)
