"""An authenticator app of the tests' own, written from RFC 6238, so that the product is not measured with itself."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True)
class AuthenticatorApp:
    secret: bytes
    issuer: str
    account: str
    algorithm: str = "SHA1"
    digits: int = 6
    period: int = 30

    @classmethod
    def from_uri(cls, uri: str) -> "AuthenticatorApp":
        """Reads what the QR picture says, as strictly as the strictest app would."""
        parts = urlsplit(uri)
        assert (parts.scheme, parts.netloc) == ("otpauth", "totp"), f"no app would know {uri!r}"
        issuer, colon, account = unquote(parts.path.lstrip("/")).partition(":")
        given = {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()}
        assert colon, "the label must be Issuer:account"
        assert given["issuer"] == issuer, "issuer and label must agree"
        return cls(
            secret=secret_from_key(given["secret"]),
            issuer=issuer,
            account=account.strip(),
            algorithm=given.get("algorithm", "SHA1"),
            digits=int(given.get("digits", "6")),
            period=int(given.get("period", "30")),
        )

    def code(self, at: datetime, *, steps: int = 0) -> str:
        """The code shown at that moment; `steps` periods earlier or later if given."""
        counter = int(at.timestamp()) // self.period + steps
        digest = hmac.new(self.secret, counter.to_bytes(8, "big"), self._hash).digest()
        offset = digest[-1] & 0xF
        number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
        return str(number % 10**self.digits).zfill(self.digits)

    def wrong_code(self, at: datetime) -> str:
        """A code that is right nowhere near that moment."""
        near = {self.code(at, steps=steps) for steps in range(-20, 21)}
        return next(code for code in (f"{number:0{self.digits}}" for number in range(100)) if code not in near)

    @property
    def _hash(self) -> str:
        name = self.algorithm.lower()
        assert name in hashlib.algorithms_guaranteed, f"no app would know {self.algorithm!r}"
        return name


def secret_from_key(key: str) -> bytes:
    """What a person types in who cannot scan: base32, in any case and grouping."""
    bare = "".join(key.split()).replace("-", "").upper()
    return base64.b32decode(bare + "=" * (-len(bare) % 8))
