"""Recovery codes: how they are made, spelled, read and kept in sets.

A code is 16 symbols of Crockford's base32. Fifteen are random (75 bits); the last is a check symbol chosen so that,
over GF(32), the sum of alpha^i times symbol i is zero. Multiplying by distinct powers of a generator makes every single
wrong symbol and every swap of neighbours show, so that a slip of the finger is told apart from a wrong code.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 16
GROUP = 4
TYPED_AT_MOST = 64

FOREIGN_AT_MOST = 20
"""Codes of another system that are taken over for one member."""

LOW = 3
"""A set with this many codes left, or fewer, is worth a warning."""

PROOF_TRIES = 5

HANDED_KEPT_FOR = timedelta(days=7)
"""So long after they were handed to an application copies may still be needed, where acknowledging erases them."""

_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_FORGIVEN = str.maketrans({"o": "0", "i": "1", "l": "1", " ": None, "-": None})
_SHAPE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_FOREIGN_SHAPE = re.compile(r"[!-~]{8,64}")
_DEGREE_FIVE = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


class Form(StrEnum):
    """Who made the codes of a set: we did, or another system did and they were imported."""

    SPAREKEY = "sparekey"
    FOREIGN = "foreign"


class Visibility(StrEnum):
    """Whether the codes of a set can be shown again, which takes a sealed copy of each. The loosest comes first."""

    VIEWABLE = "viewable"
    UNTIL_ACKNOWLEDGED = "until_acknowledged"
    ONCE = "once"

    @property
    def looser(self) -> list["Visibility"]:
        """Those that keep copies longer than this one."""
        return _BY_STRICTNESS[: _BY_STRICTNESS.index(self)]


_BY_STRICTNESS = list(Visibility)


class Hidden(StrEnum):
    """Why the codes of a set cannot be shown, whoever asks."""

    ONCE = "once"
    NOT_KEPT = "not_kept"
    ACKNOWLEDGED = "acknowledged"
    HANDED_OVER = "handed_over"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Kept:
    """Live sets of which there are copies, as many as are worth counting, and how many of these are acknowledged."""

    sets: int
    acknowledged: int


@dataclass(frozen=True, slots=True)
class SpentCode:
    number: int
    spent_at: datetime


@dataclass(frozen=True, slots=True)
class CodeSet:
    """The codes made together for one member; `number` of a code counts from 1.

    `visibility` is the mode they were made under, or a stricter one that their organization has chosen since.
    """

    id: int
    member_id: int
    generation: int
    form: Form
    visibility: Visibility
    made_at: datetime
    made_in_session_id: int | None
    acknowledged_at: datetime | None
    handed_at: datetime | None
    copies_erased_at: datetime | None
    total: int
    left: int
    proof_number: int | None
    proof_tries: int
    proved_at: datetime | None

    @property
    def pending(self) -> bool:
        return self.acknowledged_at is None

    @property
    def low(self) -> bool:
        return self.left <= LOW

    @property
    def never_kept(self) -> bool:
        """Shown in the reply that made them, and in no other: there was no copy at any time."""
        return self.visibility is Visibility.ONCE and self.copies_erased_at == self.made_at


def stricter(one: Visibility, other: Visibility) -> Visibility:
    return other if one in other.looser else one


def why_hidden(code_set: CodeSet, policy: Visibility, now: datetime) -> Hidden | None:
    """None where the copies may be shown now, to whoever else is entitled to see them.

    Looks at the organization's present mode beside the set's own, and at what has passed by now, so that nothing waits
    for whoever erases the copies. What was erased stays so, however loose the mode becomes.
    """
    mode = stricter(code_set.visibility, policy)
    if mode is Visibility.ONCE:
        return Hidden.ONCE if code_set.never_kept else Hidden.NOT_KEPT
    if mode is Visibility.UNTIL_ACKNOWLEDGED:
        if not code_set.pending:
            return Hidden.ACKNOWLEDGED
        if code_set.handed_at is not None and now - code_set.handed_at > HANDED_KEPT_FOR:
            return Hidden.HANDED_OVER
    return Hidden.ERASED if code_set.copies_erased_at is not None else None


def new_codes(count: int) -> list[str]:
    """`count` different codes in canonical form."""
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(new_code())
    return list(codes)


def new_code() -> str:
    symbols = [secrets.randbelow(32) for _ in range(LENGTH - 1)]
    return "".join(ALPHABET[value] for value in [*symbols, _check_value(symbols)])


def spell(code: str) -> str:
    """The code as people see it: groups of four with dashes."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def last_group(code: str) -> str:
    return code[-GROUP:]


def read(typed: str) -> str | None:
    """What was typed in canonical form, or None when it cannot be a code of ours and so was mistyped."""
    code = _forgive(typed)
    if len(typed) > TYPED_AT_MOST or not _SHAPE.fullmatch(code):
        return None
    return code if _checksum(code) == 0 else None


def read_foreign(typed: str) -> str | None:
    """An imported code carries no check symbol: anything of its shape is taken at its word."""
    code = _foreign(typed)
    return code if len(typed) <= TYPED_AT_MOST and _FOREIGN_SHAPE.fullmatch(code) else None


def read_all_foreign(texts: Sequence[str]) -> list[str] | None:
    """A set that another system has made, in canonical form; None where it is not one that can be taken over."""
    read_codes = [code for text in texts if (code := read_foreign(text))]
    fits = len(read_codes) == len(texts) == len(set(read_codes)) and len(texts) <= FOREIGN_AT_MOST
    return read_codes if fits else None


def read_group(typed: str, form: Form) -> str:
    """The last group of a code, forgiven like a whole one."""
    return _forgive(typed) if form is Form.SPAREKEY else _foreign(typed)


def _forgive(typed: str) -> str:
    return _ascii_lower(typed.strip()).translate(_FORGIVEN)


def _foreign(typed: str) -> str:
    return _ascii_lower(typed).replace(" ", "").replace("-", "")


def _ascii_lower(text: str) -> str:
    # str.lower() maps letters from outside ASCII into it (the Kelvin sign becomes k); a code is ASCII or no code.
    return "".join(character.lower() if character.isascii() else character for character in text)


def _check_value(symbols: list[int]) -> int:
    total = 0
    for position, value in enumerate(symbols):
        total ^= _times(_power(position), value)
    inverse = _power(31 - (LENGTH - 1))  # alpha has order 31
    return _times(inverse, total)


def _checksum(code: str) -> int:
    total = 0
    for position, symbol in enumerate(code):
        total ^= _times(_power(position), _VALUE[symbol])
    return total


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0b100000:
            left ^= _DEGREE_FIVE
        right >>= 1
    return product


def _power(exponent: int) -> int:
    value = 1
    for _ in range(exponent):
        value = _times(value, 2)
    return value
