"""Reading what people type, whatever they type."""

from hypothesis import example, given
from hypothesis import strategies as st

from app.domain import totp
from app.domain.passwords import objection
from app.domain.recovery_codes import (
    ALPHABET,
    LENGTH,
    TYPED_AT_MOST,
    Form,
    _check_value,
    new_code,
    read,
    read_foreign,
    read_group,
    spell,
)
from app.domain.text import clean_email, clean_name, email_key, search_text, slug_of

ANY_TEXT = st.text(max_size=80) | st.text(
    alphabet=st.characters(categories=["Nd", "Nl", "No", "Cs", "Cf", "Zs"]), max_size=20
)
SYMBOLS = st.lists(st.integers(0, 31), min_size=LENGTH - 1, max_size=LENGTH - 1)
CODES = SYMBOLS.map(lambda symbols: "".join(ALPHABET[value] for value in [*symbols, _check_value(symbols)]))

SPELLINGS = {"0": "0oO", "1": "1iIlL"}


@st.composite
def sloppily_typed(draw: st.DrawFn) -> tuple[str, str]:
    """A code, and one of the ways to type it that must be forgiven."""
    code = draw(CODES)
    typed = [draw(st.sampled_from(SPELLINGS.get(symbol, symbol + symbol.upper()))) for symbol in code]
    between = st.text(alphabet=" -", max_size=2)
    text = "".join(draw(between) + symbol for symbol in typed) + draw(between)
    return code, text


@given(sloppily_typed())
def test_case_spaces_dashes_and_lookalikes_are_forgiven(sloppy: tuple[str, str]) -> None:
    code, typed = sloppy
    assert read(typed) == code


@given(CODES)
def test_reading_is_idempotent_and_undoes_spelling(code: str) -> None:
    assert read(code) == read(read(code) or "") == read(spell(code)) == code


@given(ANY_TEXT)
@example("\u212a" * 16)
@example("\ud800")
@example("0" * 17)
def test_any_text_is_a_canonical_code_or_none(typed: str) -> None:
    code = read(typed)
    assert code is None or (len(code) == LENGTH and set(code) <= set(ALPHABET) and len(typed) <= TYPED_AT_MOST)


@given(ANY_TEXT)
def test_any_text_is_an_imported_code_or_none(typed: str) -> None:
    code = read_foreign(typed)
    assert code is None or (8 <= len(code) <= 64 and code.isascii() and read_foreign(code) == code)


@given(ANY_TEXT)
def test_any_text_is_six_ascii_digits_or_no_totp_code(typed: str) -> None:
    digits = totp.read(typed)
    assert digits is None or (len(digits) == 6 and set(digits) <= set("0123456789"))


@given(ANY_TEXT, st.sampled_from(Form))
def test_a_group_is_read_twice_as_once(typed: str, form: Form) -> None:
    assert read_group(read_group(typed, form), form) == read_group(typed, form)


@given(st.integers(0, 999_999), st.text(alphabet=" -", max_size=3))
def test_six_digits_are_never_a_recovery_code(number: int, between: str) -> None:
    typed = between.join(f"{number:06}")
    assert totp.read(typed) == f"{number:06}"
    assert read(typed) is None


def test_every_single_wrong_symbol_shows() -> None:
    """All of them, for several codes: 16 places and 31 other symbols."""
    for code in [new_code() for _ in range(8)]:
        for place in range(LENGTH):
            for symbol in ALPHABET.replace(code[place], ""):
                assert read(code[:place] + symbol + code[place + 1 :]) is None


def test_every_swap_of_neighbours_shows() -> None:
    for code in [new_code() for _ in range(100)]:
        for place in range(LENGTH - 1):
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert (read(swapped) is None) is (swapped != code)


@given(CODES, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_a_single_wrong_symbol_of_any_code_shows(code: str, place: int, symbol: str) -> None:
    wrong = code[:place] + symbol + code[place + 1 :]
    assert (read(wrong) == wrong) is (wrong == code)


@given(CODES, st.integers(0, LENGTH - 2))
def test_a_swap_of_neighbours_of_any_code_shows(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (read(swapped) == swapped) is (swapped == code)


@given(CODES, st.integers(0, LENGTH - 1))
def test_a_lost_or_doubled_symbol_shows(code: str, place: int) -> None:
    assert read(code[:place] + code[place + 1 :]) is None
    assert read(code[:place] + code[place] + code[place:]) is None


@given(ANY_TEXT)
def test_a_clean_name_is_clean(text: str) -> None:
    clean = clean_name(text)
    assert clean_name(clean) == clean
    assert clean == clean.strip()
    clean.encode()


@given(ANY_TEXT)
@example("\u0345\u0300")
@example("\u1e9e@x")
def test_the_key_of_an_address_is_idempotent(text: str) -> None:
    assert email_key(email_key(text)) == email_key(text)


@given(st.emails())
def test_a_real_address_is_an_address_and_found_in_any_case(address: str) -> None:
    if len(address) <= 250:
        assert clean_email(address) == address
    assert email_key(address.upper()) == email_key(address.lower())


@given(ANY_TEXT)
def test_any_text_is_an_address_that_can_be_kept_or_none(text: str) -> None:
    address = clean_email(text)
    if address is not None:
        address.encode()
        assert len(address) <= 254
        assert len(email_key(address)) <= 320


@given(ANY_TEXT)
def test_any_name_has_a_short_name_for_urls(text: str) -> None:
    slug = slug_of(text)
    assert 0 < len(slug) <= 40
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug_of(slug) == slug


@given(ANY_TEXT, ANY_TEXT)
def test_search_text_fits_its_column(name: str, address: str) -> None:
    assert len(search_text(name, address)) <= 512


@given(ANY_TEXT, ANY_TEXT)
def test_any_password_is_objected_to_in_a_sentence_or_not(password: str, about: str) -> None:
    sentence = objection(password, [about])
    assert sentence is None or sentence.endswith(".")
