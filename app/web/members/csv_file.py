"""The list of members as a file for spreadsheets."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from app.domain.lists import Line
from app.web.member_words import FACTORS

_HEADINGS = [
    "Name", "E-mail", "Role", "Status", "Second factor", "Authenticators", "Recovery codes left",
    "Recovery codes acknowledged", "Last sign-in (UTC)", "Member since (UTC)",
]  # fmt: skip
_BEGINS_A_FORMULA = tuple("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20")  # the wide ones count as well
_MARK = "\ufeff"  # without it, spreadsheets of one maker take UTF-8 for something else


def written(lines: Iterable[Line], now: datetime) -> str:
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(_HEADINGS)
    writer.writerows([harmless(cell) for cell in _cells(line, now)] for line in lines)
    return _MARK + file.getvalue()


def harmless(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula, and run."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_BEGINS_A_FORMULA) else cell


def _cells(line: Line, now: datetime) -> list[str]:
    has_codes = line.authenticator_count > 0
    return [
        line.name,
        line.email or "",
        line.role.value,
        line.status.value,
        FACTORS[line.factor(now)],
        str(line.authenticator_count),
        str(line.codes_left),
        ("no" if line.codes_pending else "yes") if has_codes else "",
        _moment(line.last_sign_in_at),
        _moment(line.made_at),
    ]


def _moment(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d %H:%M}" if when else ""
