"""The list of members as a file: what is in it, what is not, and what a spreadsheet would make of it."""

import csv
import io

import pytest

from app.domain.events import Act
from app.domain.members import Role, Status
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person, codes_in
from tests.support.offices import Office
from tests.support.tables import dump

HEADINGS = [
    "Name",
    "E-mail",
    "Role",
    "Status",
    "Second factor",
    "Authenticators",
    "Recovery codes left",
    "Recovery codes acknowledged",
    "Last sign-in (UTC)",
    "Member since (UTC)",
]
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "|calc",
    "%0A=1",
    " =1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
]


def _export(browser: Browser, query: str = "") -> list[list[str]]:
    browser.open(f"/members{query}")
    browser.follow("Export this list")
    reply = browser.press("Export as CSV")
    assert reply.status_code == 200
    return _rows(reply.get_data())


def _rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.usefixtures("ines")
def test_a_line_has_what_the_list_has(office: Office, olgas: Browser, clock: TestClock) -> None:
    office.person("Nora New", enrolled=False)
    office.person("Paul Pending", acknowledged=False)
    office.suspended()
    headings, *lines = _export(olgas)
    assert headings == HEADINGS
    now = f"{clock.now():%Y-%m-%d %H:%M}"
    assert lines == [
        ["Ines Admin", "ines@example.org", "admin", "active", "Ready", "1", "10", "yes", "", now],
        ["Nora New", "nora@example.org", "member", "active", "No authenticator", "0", "0", "", "", now],
        ["Olga Owner", "olga@example.org", "owner", "active", "Ready", "1", "10", "yes", now, now],
        ["Paul Pending", "paul@example.org", "member", "active", "Codes not acknowledged", "1", "10", "no", "", now],
        ["Sue Suspended", "sue@example.org", "member", "suspended", "Ready", "1", "10", "yes", "", now],
    ]


def test_it_is_a_file_to_keep_with_a_plain_name(office: Office, olgas: Browser) -> None:
    reply = olgas.submit("/members/export", sort="name")
    assert reply.headers["Content-Disposition"] == ('attachment; filename="sparekey-members-acme-works-2026-05-04.csv"')
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert reply.headers["Cache-Control"] == "no-store"
    assert office.slug == "acme-works"


@pytest.mark.parametrize("name", ["../../etc/passwd", 'a"; filename="b.exe', "日本", "x\r\nSet-Cookie: a=b"])
def test_the_name_of_the_file_is_plain_whatever_the_organization_is_called(olgas: Browser, name: str) -> None:
    olgas.open("/organization")
    olgas.press("Save changes", name=name)
    disposition = olgas.submit("/members/export", sort="name").headers["Content-Disposition"]
    assert disposition.replace("sparekey-members-", "").count("/") == 0
    assert disposition.startswith('attachment; filename="sparekey-members-')
    assert disposition.endswith('-2026-05-04.csv"')
    assert disposition.count('"') == 2
    assert disposition.isascii()


@pytest.mark.parametrize("name", FORMULAS)
def test_no_cell_begins_as_a_formula_does(office: Office, ada: Person, olgas: Browser, name: str) -> None:
    with office.portal.writing() as tx:
        tx.db.exec_driver_sql("UPDATE member SET name = ?, email = ? WHERE role = 'member'", (name, f"{name}@x.org"))
    names = [cell for row in _export(olgas) for cell in row[:2]]
    assert f"'{name}" in names
    assert f"'{name}@x.org" in names
    assert name not in names


@pytest.mark.parametrize("name", ["\t=1", "\r=1", "\n=1", "a\n=1", 'a",=1', "a\r\n=1,2"])
def test_no_cell_breaks_out_of_its_place(office: Office, ada: Person, olgas: Browser, name: str) -> None:
    with office.portal.writing() as tx:
        tx.db.exec_driver_sql("UPDATE member SET name = ? WHERE role = 'member'", (name,))
    headings, *lines = _export(olgas)
    assert len(lines) == 2
    assert {len(line) for line in lines} == {len(headings)}
    cells = {line[0] for line in lines} - {"Olga Owner"}
    assert cells == {name if name.startswith("a") else f"'{name}"}


def test_an_ordinary_name_is_left_as_it_is(office: Office, olgas: Browser) -> None:
    for name in ("Ada-Marie O'Neill", "Bob, Builder", 'Carl "C" Example', "Dörte Müßig", "Zoë = Zed"):
        office.person(name)
    assert {"Ada-Marie O'Neill", "Bob, Builder", 'Carl "C" Example', "Dörte Müßig", "Zoë = Zed"} <= {
        line[0] for line in _export(olgas)
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?role=owner", ["Olga Owner"]),
        ("?status=suspended", ["Sue Suspended"]),
        ("?status=removed", ["Rem Removed"]),
        ("?factor=no_authenticator", ["Nora New"]),
        ("?search=nora", ["Nora New"]),
        ("?sort=-name", ["Sue Suspended", "Olga Owner", "Nora New"]),
    ],
)
def test_it_holds_what_the_list_is_narrowed_to(office: Office, olgas: Browser, query: str, expected: list[str]) -> None:
    office.person("Nora New", enrolled=False)
    office.suspended()
    office.is_now(office.person("Rem Removed"), Status.REMOVED)
    assert [line[0] for line in _export(olgas, query)[1:]] == expected


def test_a_list_of_nobody_is_not_offered(olgas: Browser) -> None:
    assert "Export this list" not in olgas.open("/members?search=nobody").get_data(as_text=True)
    assert "Export this list" in olgas.open("/members").get_data(as_text=True)


def test_it_is_not_cut_at_a_page(office: Office, olgas: Browser) -> None:
    for number in range(60):
        office.person(f"P{number:02} Example", enrolled=False)
    assert len(_export(olgas)) == 62


def test_it_holds_no_secret(office: Office, ada: Person, olga: Person, olgas: Browser) -> None:
    reply = olgas.submit("/members/export", sort="name")
    text = reply.get_data(as_text=True)
    assert codes_in(text, [*ada.codes, *olga.codes]) == []
    rows = dump(office.portal)
    for secret in (row["password_hash"] for row in rows["member"]):
        assert secret not in text
    for person in (ada, olga):
        assert person.app
        assert person.app.secret.hex() not in text


def test_that_somebody_took_it_is_in_the_log(office: Office, ines: Person, iness: Browser) -> None:
    _export(iness)
    event = dump(office.portal)["event"][-1]
    assert event["act"] == Act.MEMBERS_EXPORTED
    iness.open("/audit")
    assert "Ines Admin exported the list of members" in iness.told
    iness.open("/account/history")
    assert iness.reply is not None
    assert iness.reply.status_code == 200
    assert office.member(ines).role is Role.ADMIN


def test_it_takes_a_fresh_proof_and_keeps_what_the_list_was_narrowed_to(
    office: Office, ines: Person, iness: Browser, clock: TestClock
) -> None:
    office.person("Nora New", enrolled=False)
    clock.advance(minutes=6)
    iness.open("/members?factor=no_authenticator")
    iness.follow("Export this list")
    before = dump(office.portal)
    for proof in ("", ines.password):
        assert iness.press("Export as CSV", proof=proof).status_code == 422
        assert dump(office.portal) == before
    assert iness.press("Export as CSV", proof=ines.wrong_code()).status_code == 422
    reply = iness.press("Export as CSV", proof=ines.code())
    assert reply.mimetype == "text/csv"
    assert [line[0] for line in _rows(reply.get_data())[1:]] == ["Nora New"]


@pytest.mark.parametrize("field", ["role", "status", "factor", "sort"])
def test_what_a_list_cannot_be_narrowed_to_is_no_export(office: Office, olgas: Browser, field: str) -> None:
    olgas.arrive()
    before = dump(office.portal)
    assert olgas.submit("/members/export", **{"sort": "name", field: "anything"}).status_code == 404
    assert olgas.open(f"/members/export?{field}=anything").status_code == 404
    assert dump(office.portal) == before
