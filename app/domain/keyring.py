"""Keys: sealing what must be read again, indexing what must only be found.

Every sealed or indexed value is stored with the id of its key, so that keys can be added and retired while running.
Each use has a sub-key of its own (HKDF-SHA-256), so that a value made for one use says nothing in another.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_NONCE_BYTES = 12
_FORMAT = b"\x01"
_ID = re.compile("[1-9][0-9]{0,9}")
_LARGEST_ID = 2**31 - 1
_FORM = 'it is not of the form {"current": 1, "keys": {"1": "<base64>"}}'
_NEXT_FORM = 'its next key is not of the form {"id": 2, "from": "2026-11-21T10:00:00Z"}'


class BrokenSealError(Exception):
    """A sealed value does not open: its key is gone, or it was altered or moved to another row."""


class UnreadableKeysError(ValueError):
    """The text is not a key ring; says why without showing any of it."""


class KeyWaitingError(Exception):
    """A key was added that is not in use yet; one at a time."""


@dataclass(frozen=True, slots=True)
class Sealed:
    key_id: int
    blob: bytes


@dataclass(frozen=True, slots=True)
class Index:
    key_id: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class NextKey:
    """A key that opens from the start, but seals only from that moment on: by then every process has to have it."""

    id: int
    since: datetime


@dataclass(frozen=True)
class KeyRing:
    """`keys` maps an id to 32 bytes; new values are made with `current`, old ones read with whichever key they name."""

    current: int
    keys: dict[int, bytes] = field(repr=False)
    next: NextKey | None = None

    @classmethod
    def new(cls) -> "KeyRing":
        return cls(1, {1: secrets.token_bytes(KEY_BYTES)})

    @classmethod
    def from_json(cls, text: str) -> "KeyRing":
        """Read strictly: what is misread here looks like broken seals later. Raises UnreadableKeysError."""
        try:
            content = json.loads(text, object_pairs_hook=_without_doubles)
        except UnreadableKeysError:
            raise
        except (ValueError, RecursionError):
            raise UnreadableKeysError(f"{_FORM}; perhaps a part of it is missing") from None
        if not isinstance(content, dict) or not {"current", "keys"} <= content.keys() <= {"current", "keys", "next"}:
            raise UnreadableKeysError(_FORM)
        keys, current = _keys_in(content["keys"]), content["current"]
        if type(current) is not int:
            raise UnreadableKeysError("its current key is not named by a whole number")
        if current not in keys:
            raise UnreadableKeysError("its current key is not among its keys")
        return cls(current, keys, _next_in(content["next"], current, keys) if "next" in content else None)

    def to_json(self, *, indent: int | None = 2) -> str:
        content: dict[str, Any] = {
            "current": self.current,
            "keys": {str(key_id): base64.b64encode(key).decode() for key_id, key in self.keys.items()},
        }
        if self.next:
            since = self.next.since.astimezone(UTC).isoformat().replace("+00:00", "Z")
            content["next"] = {"id": self.next.id, "from": since}
        return json.dumps(content, indent=indent) + "\n"

    def at(self, now: datetime) -> "KeyRing":
        """The ring as it is in force then."""
        return self._in_force if self.next and self.next.since <= now else self

    def rotated(self, now: datetime, since: datetime, *, after: int = 0) -> "KeyRing":
        """With a new key that seals from `since` on, its id above `after` and all others. Raises KeyWaitingError."""
        present = self.at(now)
        if present.next:
            raise KeyWaitingError
        key_id = max(after, *present.keys) + 1
        return KeyRing(
            present.current, {**present.keys, key_id: secrets.token_bytes(KEY_BYTES)}, NextKey(key_id, since)
        )

    def without(self, key_id: int) -> "KeyRing":
        """One of the older keys less. Raises ValueError for the current and for the next one."""
        if key_id == self.current or (self.next and key_id == self.next.id):
            raise ValueError(f"key {key_id} is in use")
        return KeyRing(self.current, {kept: key for kept, key in self.keys.items() if kept != key_id}, self.next)

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
    def _in_force(self) -> "KeyRing":
        return KeyRing(self.next.id, self.keys) if self.next else self

    @cached_property
    def _ciphers(self) -> dict[int, AESGCM]:
        return {key_id: AESGCM(self._derived(key_id, "seal")) for key_id in self.keys}

    @cached_property
    def _index_keys(self) -> dict[int, bytes]:
        return {key_id: self._derived(key_id, "index") for key_id in self.keys}

    def _derived(self, key_id: int, use: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"sparekey/{use}".encode()).derive(self.keys[key_id])


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON lets the last of two with the same name win, which would drop a key without a word."""
    content = dict(pairs)
    if len(content) < len(pairs):
        raise UnreadableKeysError("it says something twice")
    return content


def _keys_in(content: object) -> dict[int, bytes]:
    if not isinstance(content, dict) or not content:
        raise UnreadableKeysError(_FORM)
    if not all(_ID.fullmatch(key_id) and int(key_id) <= _LARGEST_ID for key_id in content):
        raise UnreadableKeysError("the ids of keys are whole numbers from 1 on")
    keys = {int(key_id): _key_in(key_id, key) for key_id, key in content.items()}
    if len(set(keys.values())) < len(keys):
        raise UnreadableKeysError("two of its keys are the same")
    return keys


def _key_in(key_id: str, content: object) -> bytes:
    try:
        key = base64.b64decode(content, validate=True) if isinstance(content, str) else b""
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise UnreadableKeysError(f"key {key_id} is not {KEY_BYTES} bytes in base64")
    return key


def _next_in(content: object, current: int, keys: dict[int, bytes]) -> NextKey:
    if not isinstance(content, dict) or content.keys() != {"id", "from"}:
        raise UnreadableKeysError(_NEXT_FORM)
    key_id, since = content["id"], content["from"]
    if type(key_id) is not int or not isinstance(since, str):
        raise UnreadableKeysError(_NEXT_FORM)
    if key_id not in keys:
        raise UnreadableKeysError("its next key is not among its keys")
    if key_id == current:
        raise UnreadableKeysError("its next key is the current one already")
    try:
        moment = datetime.fromisoformat(since)
        in_utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UnreadableKeysError(_NEXT_FORM) from None
    if moment.tzinfo is None:
        raise UnreadableKeysError("the time of its next key has no zone: write it like 2026-11-21T10:00:00Z")
    return NextKey(key_id, in_utc)
