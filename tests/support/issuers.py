"""Identity providers of the tests' own: they sign tokens with another library than the one that reads them."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.domain.projects import Identifies, Profile
from app.services import project_upkeep
from tests.support.shops import Shop

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
URL = "https://login.example"
AUDIENCE = "shop.example"


@dataclass
class Issuer:
    private: PrivateKey
    algorithm: str

    @property
    def public_key(self) -> str:
        return self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def signs(self, claims: dict[str, Any], **header: Any) -> str:
        return jwt.encode(claims, self.private, self.algorithm, headers=header or None)

    def signs_as_is(self, said: str) -> str:
        """Header and claims of any kind, also such as no library would sign; by RSA or Ed25519."""
        data = said.encode()
        if isinstance(self.private, rsa.RSAPrivateKey):
            return f"{said}.{part(self.private.sign(data, PKCS1v15(), SHA256()))}"
        assert isinstance(self.private, ed25519.Ed25519PrivateKey)
        return f"{said}.{part(self.private.sign(data))}"

    def is_trusted_by(
        self,
        shop: Shop,
        *,
        claim: str = "sub",
        identifies: Identifies = Identifies.EXTERNAL_ID,
        url: str = URL,
        makes_users: bool = False,
    ) -> Profile:
        return project_upkeep.trust(
            shop.portal, shop.project.public_id, name="Login", issuer=url, audience=AUDIENCE, claim=claim,
            identifies=identifies, public_key=self.public_key, makes_users=makes_users,
        )  # fmt: skip

    def vouches(self, shop: Shop, subject: str, **other: Any) -> str:
        """A good token of whoever is named; what is None is left out."""
        now = int(shop.clock.now().timestamp())
        said = {"iss": URL, "aud": AUDIENCE, "sub": subject, "iat": now, "exp": now + 300, **other}
        return self.signs({name: value for name, value in said.items() if value is not None})


def rsa_issuer(bits: int = 2048) -> Issuer:
    return Issuer(rsa.generate_private_key(public_exponent=65537, key_size=bits), "RS256")


def elliptic_issuer(curve: ec.EllipticCurve, algorithm: str) -> Issuer:
    return Issuer(ec.generate_private_key(curve), algorithm)


def ed25519_issuer() -> Issuer:
    return Issuer(ed25519.Ed25519PrivateKey.generate(), "EdDSA")


def part(content: Any) -> str:
    """Of a token: bytes as they are, anything else as JSON."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unsigned(header: Any, claims: Any) -> str:
    return f"{part(header)}.{part(claims)}."


def signed_with_text(secret: str, claims: Any, *, algorithm: str = "HS256") -> str:
    """As if the text, such as a public key, were a secret that both sides know."""
    said = f"{part({'alg': algorithm, 'typ': 'JWT'})}.{part(claims)}"
    return f"{said}.{part(hmac.new(secret.encode(), said.encode(), hashlib.sha256).digest())}"
