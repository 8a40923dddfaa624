"""Reading a pasted list of people, as it comes out of a spreadsheet, a mail program or a head."""

import pytest

from app.domain.invitations import Flaw, Row, name_from, read_rows
from app.domain.members import Role

ADA = Row(1, "Ada Lovelace", "ada@example.org", Role.MEMBER)


def only(pasted: str) -> Row:
    (row,) = read_rows(pasted)
    return row


def flaws(pasted: str) -> list[Flaw | None]:
    return [row.flaw for row in read_rows(pasted)]


@pytest.mark.parametrize(
    "line",
    [
        "Ada Lovelace, ada@example.org",
        "Ada Lovelace;ada@example.org",
        "Ada Lovelace\tada@example.org",
        "ada@example.org,Ada Lovelace",
        "ada@example.org\tAda Lovelace\tmember",
        "Ada Lovelace;Member;ada@example.org",
        "Ada Lovelace <ada@example.org>",
        "Ada Lovelace <ada@example.org>, member",
        '"Ada Lovelace" <ada@example.org>',
        "  Ada   Lovelace  < ada@example.org > ",
        '"Ada Lovelace","ada@example.org"',
        ",,Ada Lovelace,,ada@example.org,,",
        "Ada\u200b Lovelace,\u00a0ada@example.org",
    ],
)
def test_a_line_is_understood_however_it_is_written(line: str) -> None:
    assert only(line) == ADA


def test_a_comma_stands_in_a_name_between_quotes_or_beside_another_delimiter() -> None:
    assert only('"Lovelace, Ada",ada@example.org').name == "Lovelace, Ada"
    assert only("Lovelace, Ada\tada@example.org").name == "Lovelace, Ada"
    assert only("Lovelace, Ada; ada@example.org").name == "Lovelace, Ada"
    assert only('"Lovelace, Ada" <ada@example.org>').name == "Lovelace, Ada"


@pytest.mark.parametrize("line", ["ada@example.org", "<ada@example.org>", " , ada@example.org", "ada@example.org\t"])
def test_without_a_name_the_address_lends_one(line: str) -> None:
    assert only(line) == Row(1, "ada", "ada@example.org", Role.MEMBER)


def test_a_lent_name_is_never_too_long() -> None:
    assert len(name_from("a" * 200 + "@example.org")) == 120


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("owner", Role.OWNER),
        ("Admin", Role.ADMIN),
        ("ADMINISTRATOR", Role.ADMIN),
        ("member", Role.MEMBER),
        ("", Role.MEMBER),
    ],
)
def test_a_role_may_stand_beside_the_name(word: str, role: Role) -> None:
    assert only(f"Ada,ada@example.org,{word}") == Row(1, "Ada", "ada@example.org", role)


def test_a_role_without_a_name_is_no_name() -> None:
    assert only("ada@example.org,admin") == Row(1, "ada", "ada@example.org", Role.ADMIN)


@pytest.mark.parametrize("word", ["boss", "adm in", "members"])
def test_an_unknown_role_is_a_flaw_and_gives_no_rights(word: str) -> None:
    row = only(f"Ada,ada@example.org,{word}")
    assert (row.flaw, row.role) == (Flaw.UNKNOWN_ROLE, Role.MEMBER)


@pytest.mark.parametrize(
    "headings", ["Name,E-Mail", "name;email;role", "Full name\tE-mail address\tRole", " NAME , , Mail ", "email"]
)
def test_a_line_of_headings_is_passed_over(headings: str) -> None:
    assert read_rows(f"{headings}\nAda Lovelace,ada@example.org") == [Row(2, *_of(ADA))]


def test_headings_are_passed_over_only_before_the_first_row() -> None:
    assert flaws("\nName\nAda,ada@example.org\nName,Role") == [None, Flaw.NO_ADDRESS]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\r\n \t \r\n", "\n,,,\n;;\n"])
def test_lines_end_in_any_way_and_empty_ones_are_passed_over(end: str) -> None:
    rows = read_rows(f"ada@example.org{end}bob@example.org{end}")
    assert [row.email for row in rows] == ["ada@example.org", "bob@example.org"]


def test_rows_are_numbered_as_an_editor_numbers_them() -> None:
    rows = read_rows("Name,Mail\r\n\r\nada@example.org\r\n\r\nbob@example.org")
    assert [row.number for row in rows] == [3, 5]


@pytest.mark.parametrize("again", ["ada@example.org", "ADA@Example.ORG", "\uff21da@example.org"])
def test_the_same_address_a_second_time_is_a_flaw(again: str) -> None:
    assert flaws(f"ada@example.org\n{again}\nbob@example.org") == [None, Flaw.DOUBLED, None]


@pytest.mark.parametrize("line", ["Ada Lovelace", "Ada,member", "Ada <>", "Ada,,ada at example.org"])
def test_a_line_without_an_address_is_a_flaw(line: str) -> None:
    assert only(line).flaw is Flaw.NO_ADDRESS


@pytest.mark.parametrize(
    "email",
    [
        "@",
        "ada@",
        "@example.org",
        "ada @example.org",
        "ada@@example.org",
        "ada@example..org",
        "a" * 250 + "@x.org",
    ],
)
def test_an_address_of_another_shape_is_a_flaw(email: str) -> None:
    assert only(email).flaw is Flaw.UNFIT_ADDRESS


def test_a_name_may_be_as_long_as_its_column() -> None:
    assert flaws(f"{'n' * 120},ada@example.org\n{'n' * 121},bob@example.org") == [None, Flaw.LONG_NAME]


def test_what_csv_cannot_read_is_cut_at_its_commas() -> None:
    """A cell beyond what Python's reader takes, which raises for it."""
    row = only(f"{'n' * 140_000},ada@example.org")
    assert (row.email, row.flaw) == ("ada@example.org", Flaw.LONG_NAME)


@pytest.mark.parametrize("line", ["A\x00d\u202ea,a\u200bda@example.org", "A\x00da <a\x00da@example.org>"])
def test_what_cannot_be_seen_is_no_part_of_a_row(line: str) -> None:
    assert only(line) == Row(1, "Ada", "ada@example.org", Role.MEMBER)


def test_of_two_people_on_a_line_nobody_is_invited_by_mistake() -> None:
    assert only("Ada <ada@example.org>, Bob <bob@example.org>").flaw is Flaw.TWO_ADDRESSES
    assert only("ada@example.org, bob@example.org").flaw is Flaw.TWO_ADDRESSES


def _of(row: Row) -> tuple[str, str, Role]:
    return row.name, row.email, row.role
