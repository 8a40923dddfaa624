"""Ids as this wire spells them: what they are of, and 27 symbols of base62, as KSUIDs are.

A KSUID is four bytes and sixteen more. The sixteen are the UUID; the four are a checksum of it, so that a mistyped id
is none, and every UUID has one spelling.
"""

import zlib
from uuid import UUID

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LENGTH = 27
_BYTES = 20
_VALUE = {symbol: value for value, symbol in enumerate(_ALPHABET)}


def spell(kind: str, uuid: UUID) -> str:
    number = int.from_bytes(zlib.crc32(uuid.bytes).to_bytes(4) + uuid.bytes)
    symbols = []
    for _ in range(_LENGTH):
        number, value = divmod(number, len(_ALPHABET))
        symbols.append(_ALPHABET[value])
    return f"{kind}_{''.join(reversed(symbols))}"


def read(kind: str, text: str) -> UUID | None:
    """None where it is no id of that kind."""
    beginning, _, symbols = text.rpartition("_")
    if beginning != kind or len(symbols) != _LENGTH or not set(symbols) <= _VALUE.keys():
        return None
    number = 0
    for symbol in symbols:
        number = number * len(_ALPHABET) + _VALUE[symbol]
    if number.bit_length() > _BYTES * 8:
        return None
    uuid = UUID(bytes=number.to_bytes(_BYTES)[4:])
    return uuid if spell(kind, uuid) == text else None
