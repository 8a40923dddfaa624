"""How a recovery code is made, spelled and read."""

import re

import pytest

from app.domain.recovery_codes import (
    ALPHABET,
    FOREIGN_AT_MOST,
    Form,
    last_group,
    new_code,
    new_codes,
    read,
    read_all_foreign,
    read_foreign,
    read_group,
    spell,
)
from tests.support.people import NO_DIGITS


def test_a_code_is_four_groups_of_crockfords_base32() -> None:
    assert re.fullmatch(r"([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}", spell(new_code()))


def test_no_letter_is_easily_taken_for_another() -> None:
    assert len(ALPHABET) == 32
    assert not set("ilou") & set(ALPHABET)


def test_codes_made_together_differ() -> None:
    assert len(set(new_codes(20))) == 20


def test_fifteen_symbols_are_random() -> None:
    """Each place has seen each symbol after so many codes, or chance was beaten by one in ten thousand millions."""
    codes = [new_code() for _ in range(1200)]
    assert all({code[place] for code in codes} == set(ALPHABET) for place in range(16))


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("0000000000000000", True),  # alpha^i times zero, sixteen times
        ("1000000000000000", False),
        ("0000000000000001", False),
    ],
)
def test_the_check_symbol_is_a_sum_over_gf_32(code: str, right: bool) -> None:  # noqa: FBT001
    assert (read(code) is not None) is right


def test_the_check_symbol_is_what_the_definition_says() -> None:
    """Computed here with logarithms, so that the product is not measured with itself."""
    powers = [1]
    while len(powers) < 31:
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 32 else doubled)
    logarithms = {value: exponent for exponent, value in enumerate(powers)}
    for code in new_codes(50):
        total = 0
        for place, symbol in enumerate(code):
            if value := ALPHABET.index(symbol):
                total ^= powers[(logarithms[value] + place) % 31]
        assert total == 0


def test_typing_is_forgiven() -> None:
    code = next(code for code in iter(new_code, "") if {"0", "1"} <= set(code))
    for typed in (
        spell(code),
        spell(code).upper(),
        f"  {code}\n",
        code.replace("0", "o").replace("1", "l"),
        code.replace("0", "O").replace("1", "I"),
        code.replace("1", "i").replace("0", "o"),
        " ".join(code),
        "-".join(code),
    ):
        assert read(typed) == code


@pytest.mark.parametrize("typed", ["", "k7qm-3xvd", "k" * 17, "u" * 16, *NO_DIGITS, "\ud800", "x" * 100_000])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read(typed) is None


def test_no_letter_of_another_script_becomes_one_of_ours() -> None:
    """The Kelvin sign is lower-cased to k, and the long s is upper-cased to S."""
    code = next(code for code in iter(new_code, "") if {"k", "s"} <= set(code))
    assert read(code.replace("k", "\u212a")) is None
    assert read(code.replace("s", "\u017f")) is None


def test_more_than_64_characters_are_no_code() -> None:
    code = new_code()
    assert read(code + " " * 48) == code
    assert read(code + " " * 49) is None


def test_the_last_group_is_read_like_a_whole_code() -> None:
    assert read_group(" P2-TO ", Form.SPAREKEY) == "p2t0"
    assert read_group(" P2-TO ", Form.FOREIGN) == "p2to"
    assert last_group("k7qm3xvd9hrap2te") == "p2te"


@pytest.mark.parametrize("typed", ["ABCD-1234", "abcd 1234", "!bcd_1234"])
def test_an_imported_code_is_taken_at_its_word(typed: str) -> None:
    assert read_foreign(typed) == typed.lower().replace("-", "").replace(" ", "")


@pytest.mark.parametrize("typed", ["", "short", "x" * 65, "caf\u00e91234567", "\ud800abcdefgh"])
def test_what_cannot_be_an_imported_code_is_none(typed: str) -> None:
    assert read_foreign(typed) is None


def test_an_imported_set_is_read_whole_or_not_at_all() -> None:
    right = ["ABCD-1234", "efgh 5678", "!bcd_1234"]
    assert read_all_foreign(right) == ["abcd1234", "efgh5678", "!bcd_1234"]
    assert read_all_foreign([]) == []
    for unfit in ("", "short", "x" * 65, "caf\u00e91234567"):
        assert read_all_foreign([*right, unfit]) is None
    for same in ("abcd1234", "ABCD 1234", "ab-cd-12-34"):
        assert read_all_foreign([*right, same]) is None


def test_of_an_imported_set_no_more_are_taken_than_there_may_be() -> None:
    most = [f"code-{number:04}" for number in range(FOREIGN_AT_MOST)]
    assert read_all_foreign(most) == [text.replace("-", "") for text in most]
    assert read_all_foreign([*most, "one-more"]) is None
