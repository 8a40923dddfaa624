"""Keys: sealing what must be read again, indexing what must only be found.

Every sealed or indexed value is stored with the id of its key, so that keys can be added and retired while running.
Each use has a sub-key of its own (HKDF-SHA-256), so that a value made for one use says nothing in another.
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_NONCE_BYTES = 12
_FORMAT = b"\x01"


class BrokenSealError(Exception):
    """A sealed value does not open: its key is gone, or it was altered or moved to another row."""


class UnreadableKeysError(ValueError):
    """The text is not a key ring."""


@dataclass(frozen=True, slots=True)
class Sealed:
    key_id: int
    blob: bytes


@dataclass(frozen=True, slots=True)
class Index:
    key_id: int
    digest: bytes


@dataclass(frozen=True)
class KeyRing:
    """`keys` maps an id to 32 bytes; new values are made with `current`, old ones read with whichever key they name."""

    current: int
    keys: dict[int, bytes] = field(repr=False)

    @classmethod
    def new(cls) -> "KeyRing":
        return cls(1, {1: secrets.token_bytes(KEY_BYTES)})

    @classmethod
    def from_json(cls, text: str) -> "KeyRing":
        try:
            content = json.loads(text)
            keys = {int(key_id): base64.b64decode(key, validate=True) for key_id, key in content["keys"].items()}
            current = int(content["current"])
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as problem:
            raise UnreadableKeysError('it is not of the form {"current": 1, "keys": {"1": "<base64>"}}') from problem
        if not all(0 < key_id < 2**31 for key_id in keys):
            raise UnreadableKeysError("the ids of keys are whole numbers from 1 on")
        if current not in keys:
            raise UnreadableKeysError(f"its current key {current} is not among its keys")
        if any(len(key) != KEY_BYTES for key in keys.values()):
            raise UnreadableKeysError(f"a key is not {KEY_BYTES} bytes long")
        return cls(current, keys)

    def to_json(self) -> str:
        keys = {str(key_id): base64.b64encode(key).decode() for key_id, key in self.keys.items()}
        return json.dumps({"current": self.current, "keys": keys}, indent=2) + "\n"

    def seal(self, plaintext: bytes, context: str) -> Sealed:
        """Encrypt with AES-256-GCM; the value opens only under the same `context` (table, member, row)."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        cipher = self._ciphers[self.current]
        return Sealed(
            self.current, _FORMAT + nonce + cipher.encrypt(nonce, plaintext, self._bound(self.current, context))
        )

    def open(self, sealed: Sealed, context: str) -> bytes:
        """Raises BrokenSealError."""
        cipher = self._ciphers.get(sealed.key_id)
        if cipher is None or sealed.blob[:1] != _FORMAT:
            raise BrokenSealError(f"no key {sealed.key_id} in the ring, or a format from another time")
        nonce, body = sealed.blob[1 : 1 + _NONCE_BYTES], sealed.blob[1 + _NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, body, self._bound(sealed.key_id, context))
        except (InvalidTag, ValueError) as problem:
            raise BrokenSealError("the value was altered, or belongs to another row") from problem

    def index(self, value: str, context: str) -> Index:
        """A keyed digest (HMAC-SHA-256) by which a value is found without being kept."""
        return self._index_under(self.current, value, context)

    def indexes(self, value: str, context: str) -> list[Index]:
        """The digest under every live key, for looking up what an older key indexed."""
        return [self._index_under(key_id, value, context) for key_id in self.keys]

    def digest(self, value: str, context: str) -> bytes:
        """A keyed digest for counters that may be forgotten when keys change, such as waits by address."""
        return self.index(value, context).digest

    def secrets_for(self, use: str) -> list[bytes]:
        """A sub-key for a use outside the ring (signing cookies), the current one first."""
        others = [key_id for key_id in self.keys if key_id != self.current]
        return [self._derived(key_id, use) for key_id in [self.current, *sorted(others, reverse=True)]]

    def _index_under(self, key_id: int, value: str, context: str) -> Index:
        message = context.encode() + b"\x00" + value.encode()
        return Index(key_id, hmac.new(self._index_keys[key_id], message, hashlib.sha256).digest())

    @staticmethod
    def _bound(key_id: int, context: str) -> bytes:
        return _FORMAT + key_id.to_bytes(4) + context.encode()

    @cached_property
    def _ciphers(self) -> dict[int, AESGCM]:
        return {key_id: AESGCM(self._derived(key_id, "seal")) for key_id in self.keys}

    @cached_property
    def _index_keys(self) -> dict[int, bytes]:
        return {key_id: self._derived(key_id, "index") for key_id in self.keys}

    def _derived(self, key_id: int, use: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"sparekey/{use}".encode()).derive(self.keys[key_id])
