"""Keys that sign session tokens (RS256), so that applications can check them without asking.

Each project has its own: there are clients that look at the signature and at nothing else, so what was signed for one
application must fit the key set of no other. A new key is published before it signs, and published still long after it
has stopped, so that nobody's copy of the key set is too old for the tokens they get. A key's public half is kept for
good: sessions outlive the tokens, and who comes with an old token gets a new one.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from app.domain.keyring import Sealed
from app.domain.tokens import encoded

PUBLISHED_FOR = timedelta(days=30)
"""So long after the next one has begun to sign."""

SIGNS_AFTER = timedelta(minutes=10)
"""A new key is in every cached copy of the set by then."""

_BITS = 2048
_EXPONENT = 65537
_CERTIFIED_FOR = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class NewKey:
    """`private` is PKCS#8 in DER, `public` a JSON Web Key (RFC 7517)."""

    kid: str
    private: bytes
    public: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SigningKey:
    """`sealed_private` is None once nothing is signed with it any more."""

    id: int
    kid: str
    sealed_private: Sealed | None
    public: dict[str, Any]
    made_at: datetime
    signs_from: datetime


def make(now: datetime) -> NewKey:
    """Takes a tenth of a second and more."""
    private = rsa.generate_private_key(public_exponent=_EXPONENT, key_size=_BITS)
    kid = f"jwk-live-{uuid4()}"
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return NewKey(kid, der, _public(private, kid, now))


def signing_at(keys: Sequence[SigningKey], now: datetime) -> SigningKey | None:
    """The one that began last, of those that have begun."""
    return max((key for key in keys if key.signs_from <= now), key=lambda key: (key.signs_from, key.id), default=None)


def published_at(keys: Sequence[SigningKey], now: datetime) -> list[SigningKey]:
    """Newest first."""
    newest_first = sorted(keys, key=lambda key: (key.signs_from, key.id), reverse=True)
    successors: list[SigningKey | None] = [None, *newest_first]
    return [
        key
        for key, after in zip(newest_first, successors, strict=False)
        if after is None or now < after.signs_from + PUBLISHED_FOR
    ]


def context_of(kid: str) -> str:
    return f"signing-key|{kid}"


def _public(private: RSAPrivateKey, kid: str, now: datetime) -> dict[str, Any]:
    """With the certificate that some clients want to see in a set; nobody has to trust it."""
    public: RSAPublicKey = private.public_key()
    certificate = _certified(private, kid, now)
    thumbprint = encoded(hashlib.sha256(certificate).digest())
    numbers = public.public_numbers()
    return {
        "kty": "RSA",
        "use": "sig",
        "key_ops": ["verify"],
        "alg": "RS256",
        "kid": kid,
        "x5c": [base64.b64encode(certificate).decode()],
        "x5t#S256": thumbprint,
        "n": encoded(_bytes_of(numbers.n)),
        "e": encoded(_bytes_of(numbers.e)),
    }


def _certified(private: RSAPrivateKey, kid: str, now: datetime) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, kid)])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + _CERTIFIED_FOR)
        .sign(private, SHA256())
        .public_bytes(Encoding.DER)
    )


def _bytes_of(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8)
