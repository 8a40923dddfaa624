"""Keys that sign session tokens: which one signs, which are published, and what is told of each."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key

from app.domain import signing_keys as rules
from app.domain.signing_keys import PUBLISHED_FOR, NewKey, SigningKey, published_at, signing_at

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def key(number: int, signs_from: datetime) -> SigningKey:
    return SigningKey(number, f"key-{number}", None, {}, made_at=NOON, signs_from=signs_from)


@pytest.fixture(scope="module")
def made() -> NewKey:
    return rules.make(NOON)


def number_in(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")


def test_nothing_signs_where_there_is_no_key() -> None:
    assert signing_at([], NOON) is None
    assert published_at([], NOON) == []


def test_a_key_signs_from_its_moment_on() -> None:
    waiting = key(1, NOON)
    assert signing_at([waiting], NOON - TICK) is None
    assert signing_at([waiting], NOON) == waiting


def test_of_those_that_have_begun_the_latest_signs() -> None:
    first, second, third = key(1, NOON), key(2, NOON + timedelta(hours=1)), key(3, NOON + timedelta(hours=2))
    keys = [third, first, second]
    assert signing_at(keys, NOON + timedelta(minutes=59)) == first
    assert signing_at(keys, NOON + timedelta(minutes=60)) == second
    assert signing_at(keys, NOON + timedelta(days=900)) == third


def test_what_was_made_first_may_begin_last() -> None:
    early, late = key(2, NOON), key(1, NOON + timedelta(days=1))
    assert signing_at([late, early], NOON + timedelta(days=2)) == late
    assert published_at([early, late], NOON) == [late, early]


def test_of_two_of_one_moment_the_one_with_the_higher_id_signs() -> None:
    assert signing_at([key(2, NOON), key(1, NOON)], NOON) == key(2, NOON)
    assert published_at([key(1, NOON), key(2, NOON)], NOON) == [key(2, NOON), key(1, NOON)]


def test_a_key_is_published_before_it_signs_and_thirty_days_after_its_successor_has_begun() -> None:
    old, new = key(1, NOON), key(2, NOON + timedelta(minutes=10))
    over = new.signs_from + PUBLISHED_FOR
    assert timedelta(days=30) == PUBLISHED_FOR
    assert published_at([old, new], NOON - timedelta(days=1)) == [new, old]
    assert published_at([old, new], over - TICK) == [new, old]
    assert published_at([old, new], over) == [new]
    assert published_at([old, new], over + timedelta(days=3650)) == [new]


def test_each_key_goes_by_the_one_that_came_next() -> None:
    keys = [key(number, NOON + number * timedelta(days=20)) for number in range(4)]
    assert [one.id for one in published_at(keys, NOON + timedelta(days=60))] == [3, 2, 1]


def test_the_public_half_says_what_clients_want_to_see(made: NewKey) -> None:
    public = made.public
    assert (public["kty"], public["use"], public["alg"], public["key_ops"]) == ("RSA", "sig", "RS256", ["verify"])
    assert public["kid"] == made.kid
    assert len(made.kid) <= 64
    assert number_in(public["e"]) == 65537
    assert number_in(public["n"]).bit_length() == 2048


def test_the_certificate_is_of_that_very_key_and_signed_by_it(made: NewKey) -> None:
    (spelled,) = made.public["x5c"]
    der = base64.b64decode(spelled, validate=True)
    certificate = x509.load_der_x509_certificate(der)
    certified = certificate.public_key()
    assert isinstance(certified, RSAPublicKey)
    assert certified.public_numbers().n == number_in(made.public["n"])
    assert certified.public_numbers().e == number_in(made.public["e"])
    certified.verify(certificate.signature, certificate.tbs_certificate_bytes, PKCS1v15(), SHA256())
    thumbprint = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()
    assert made.public["x5t#S256"] == thumbprint
    assert (certificate.not_valid_before_utc, certificate.not_valid_after_utc) == (NOON, NOON + timedelta(days=3650))


def test_the_private_half_is_of_the_public_one_and_not_in_it(made: NewKey) -> None:
    private = load_der_private_key(made.private, None)
    assert isinstance(private, RSAPrivateKey)
    assert private.public_key().public_numbers().n == number_in(made.public["n"])
    assert set(made.public) == {"kty", "use", "key_ops", "alg", "kid", "x5c", "x5t#S256", "n", "e"}


def test_no_two_keys_are_one(made: NewKey) -> None:
    other = rules.make(NOON)
    assert other.kid != made.kid
    assert other.public["n"] != made.public["n"]
