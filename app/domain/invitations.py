"""Reading a pasted list of people: a line each, as it comes out of a spreadsheet, a mail program or a head."""

import csv
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.members import Role
from app.domain.text import NAME_AT_MOST, clean_email, clean_name, email_key

ROWS_AT_MOST = 200
_HEADINGS = {
    "name",
    "full name",
    "first name",
    "last name",
    "given name",
    "surname",
    "family name",
    "e-mail",
    "email",
    "mail",
    "e-mail address",
    "email address",
    "address",
    "role",
}
_ROLES = {"owner": Role.OWNER, "admin": Role.ADMIN, "administrator": Role.ADMIN, "member": Role.MEMBER}
_NAMED = re.compile("(?P<name>[^<>]*)<(?P<email>[^<>]*)>")


class Flaw(StrEnum):
    """Why a row is left out."""

    NO_ADDRESS = "no_address"
    UNFIT_ADDRESS = "unfit_address"
    TWO_ADDRESSES = "two_addresses"
    LONG_NAME = "long_name"
    UNKNOWN_ROLE = "unknown_role"
    DOUBLED = "doubled"
    ROLE_TOO_HIGH = "role_too_high"
    MEMBER_ALREADY = "member_already"
    INVITED_ALREADY = "invited_already"


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it was understood; `number` counts from 1 as an editor does."""

    number: int
    name: str
    email: str
    role: Role
    flaw: Flaw | None = None


def read_rows(pasted: str) -> list[Row]:
    """The lines that name somebody. Empty lines and a line of headings are passed over, doubled addresses marked."""
    rows: list[Row] = []
    seen: set[str] = set()
    for number, line in enumerate(pasted.splitlines(), start=1):
        cells = _cells(line)
        if not any(cells) or (not rows and {cell.casefold() for cell in cells if cell} <= _HEADINGS):
            continue
        row = _row(number, cells)
        if row.flaw is None and email_key(row.email) in seen:
            row = replace(row, flaw=Flaw.DOUBLED)
        if row.flaw is None:
            seen.add(email_key(row.email))
        rows.append(row)
    return rows


def name_from(email: str) -> str:
    """What to call somebody of whom only the address is known, until they say it themselves."""
    return email.partition("@")[0][:NAME_AT_MOST]


def _cells(line: str) -> list[str]:
    return [clean_name(part) for cell in _split(line) for part in _name_and_address(cell)]


def _name_and_address(cell: str) -> list[str]:
    named = _NAMED.fullmatch(cell.strip())
    return [named["name"].strip(' "'), named["email"]] if named else [cell]


def _split(line: str) -> list[str]:
    """By the sign that leaves an address standing alone; a comma may also be part of a name."""
    if _NAMED.fullmatch(line.strip()):  # as mail programs write it
        return [line]
    splits = [_parted(line, sign) for sign in "\t;," if sign in line] or [[line]]
    return next((cells for cells in splits if any(_is_address(cell) for cell in cells)), splits[0])


def _parted(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:
        return line.split(sign)


def _is_address(cell: str) -> bool:
    return any("@" in part and clean_email(part) is not None for part in _name_and_address(cell))


def _row(number: int, cells: list[str]) -> Row:
    """Names come before the address, or else right after it; a role comes last, and never alone before the address."""
    place = next((place for place, cell in enumerate(cells) if "@" in cell), len(cells))
    email = cells[place] if place < len(cells) else ""
    names = [cell for cell in cells[:place] if cell]
    rest = [cell for cell in cells[place + 1 :] if cell]
    if len(names) > 1 and names[-1].casefold() in _ROLES:
        rest.append(names.pop())
    if not names and rest and rest[0].casefold() not in _ROLES:
        names.append(rest.pop(0))
    role = Role.MEMBER if not rest else _ROLES.get(" ".join(rest).casefold())
    row = Row(number, " ".join(names) or name_from(email), email, role or Role.MEMBER)
    if any("@" in cell for cell in names + rest):
        return replace(row, flaw=Flaw.TWO_ADDRESSES)
    return replace(row, flaw=_flaw(row, role))


def _flaw(row: Row, role: Role | None) -> Flaw | None:
    if not row.email:
        return Flaw.NO_ADDRESS
    if clean_email(row.email) is None:
        return Flaw.UNFIT_ADDRESS
    if len(row.name) > NAME_AT_MOST:
        return Flaw.LONG_NAME
    return Flaw.UNKNOWN_ROLE if role is None else None
