"""Names, addresses and short names for URLs."""

import pytest

from app.domain.text import clean_email, clean_name, email_key, search_text, slug_of


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Ada\tLovelace\n", "Ada Lovelace"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("admin\u202egnp.exe", "admingnp.exe"),
        ("A\u200bd\u00ada", "Ada"),
        ("A\x00d\ud800a\ue000", "Ada"),
        ("\u3000 \u2028", ""),
        ("\u5c71\u7530 \u592a\u90ce", "\u5c71\u7530 \u592a\u90ce"),
    ],
)
def test_a_name_is_what_can_be_seen_of_it(typed: str, clean: str) -> None:
    assert clean_name(typed) == clean


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.org",
        "ada+tag@mail.example.org",
        "o'neil@localhost",
        "\u00fcser@b\u00fccher.example",
        " ada@example.org ",
    ],
)
def test_an_address_is_taken_as_it_was_written(address: str) -> None:
    assert clean_email(address) == address.strip()


@pytest.mark.parametrize(
    "typed",
    ["", "ada", "@example.org", "ada@", "a b@example.org", "ada@@example.org", "ada@.org", "ada@example..org",
     "ada@example.org.", "a\x00@example.org", "a\u202e@example.org", "\ud800@example.org", "x" * 250 + "@x.org"],
)  # fmt: skip
def test_what_has_not_the_shape_of_one_is_none(typed: str) -> None:
    assert clean_email(typed) is None


def test_addresses_that_look_alike_have_one_key() -> None:
    assert email_key("\uff21DA@Example.ORG") == email_key("ada@example.org")
    assert email_key("STRASSE@example.org") == email_key("stra\u00dfe@example.org")
    assert email_key("ada@example.org") != email_key("ad@aexample.org")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Harbour Works", "harbour-works"),
        ("  Söhne & Töchter GmbH ", "sohne-tochter-gmbh"),
        ("--", "organization"),
        ("\u5c71\u7530", "organization"),
        ("A" * 60, "a" * 40),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_a_short_name_is_ascii_letters_digits_and_hyphens(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_search_text_ignores_case_and_what_is_not_there() -> None:
    assert search_text("Ada LOVELACE", None, "ADA@example.org") == "ada lovelace ada@example.org"


def test_search_text_fits_its_column() -> None:
    assert len(search_text("\ufdfa" * 120, "x" * 254)) <= 512
