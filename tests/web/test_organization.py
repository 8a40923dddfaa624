"""The organization: how ready it is, and what its owners decide for everybody."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.events import Act
from app.domain.organizations import Organization
from app.domain.readiness_figures import Figure
from app.storage import organizations, readiness_figures
from tests.support.clock import TestClock
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.tables import dump


def _now(office: Office) -> Organization:
    with office.portal.reading() as tx:
        return organizations.find(tx.db, office.organization_id)


def _save(browser: Browser, **typed: str) -> int:
    browser.open("/organization")
    return browser.press("Save changes", **typed).status_code


def test_an_owner_changes_name_zone_date_and_number(office: Office, olgas: Browser) -> None:
    typed = {"name": "Acme & Sons", "time_zone": "europe/berlin", "required_from": "2026-06-01", "code_count": "12"}
    assert _save(olgas, **typed) == 303
    assert "The changes are saved." in olgas.told
    found = _now(office)
    assert (found.name, found.time_zone, found.code_count) == ("Acme & Sons", "Europe/Berlin", 12)
    assert found.second_factor_required_from == datetime(2026, 5, 31, 22, 0, tzinfo=UTC)
    assert all(f'value="{value}"' in olgas.text for value in ("Acme & Sons", "Europe/Berlin", "2026-06-01", "12"))
    olgas.open("/audit")
    assert "Olga Owner changed the organization: name from “Acme Works” to “Acme & Sons”, time zone" in olgas.told
    assert olgas.open("/account/history").status_code == 200


def test_what_holds_afterwards_holds_for_everybody(office: Office, ada: Person, olgas: Browser) -> None:
    nora = office.person("Nora New", enrolled=False)
    _save(olgas, required_from="", code_count="8")
    browser = office.past_the_password(nora)
    assert browser.submit("/welcome/postpone").status_code == 303
    assert browser.is_in
    adas = office.signed_in(ada)
    adas.open("/account/recovery-codes")
    adas.submit("/account/recovery-codes", generation="1")
    assert len(adas.codes) == 8


def test_nothing_different_is_nothing_changed(office: Office, olgas: Browser) -> None:
    before = dump(office.portal)
    assert _save(olgas) == 303
    assert "nothing was changed" in olgas.told
    assert dump(office.portal) == before


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Type a name."),
        ("name", "\u200b ", "Type a name."),
        ("name", "x" * 121, "at most 120 characters"),
        ("time_zone", "", "There is no time zone of this name"),
        ("time_zone", "Mars/Olympus", "There is no time zone of this name"),
        ("time_zone", "Europe/Berln", "Did you mean Europe/Berlin?"),
        ("time_zone", "CET", "There is no time zone of this name"),
        ("time_zone", "../../etc/passwd", "There is no time zone of this name"),
        ("required_from", "tomorrow", "Type a day like 2026-"),
        ("required_from", "2026-02-30", "Type a day like 2026-"),
        ("required_from", "01.06.2026", "Type a day like 2026-"),
        ("required_from", "0001-01-01", "Type a day like 2026-"),
        ("required_from", "9999-12-31", "Type a day like 2026-"),
        ("code_count", "", "from 8 to 20"),
        ("code_count", "7", "from 8 to 20"),
        ("code_count", "21", "from 8 to 20"),
        ("code_count", "8.5", "from 8 to 20"),
        ("code_count", "-9", "from 8 to 20"),
        ("code_count", "\uff19", "from 8 to 20"),
        ("code_count", "1" * 5000, "from 8 to 20"),
        ("code_count", "00102", "from 8 to 20"),
        ("code_count", "0010" + "9" * 5000, "from 8 to 20"),
        ("code_visibility", "", "Choose how recovery codes are kept"),
        ("code_visibility", "for ever", "Choose how recovery codes are kept"),
        ("code_visibility", "\x00", "Choose how recovery codes are kept"),
    ],
)
def test_each_mistake_has_its_sentence_and_the_rest_survives(
    office: Office, olgas: Browser, field: str, typed: str, sentence: str
) -> None:
    right = {"name": "Acme & Sons", "time_zone": "Asia/Tokyo", "required_from": "2026-06-01", "code_count": "9"}
    right["code_visibility"] = "once"
    before = dump(office.portal)
    assert _save(olgas, **{**right, field: typed}) == 422
    assert sentence in olgas.told
    for name, value in right.items():
        assert name == field or f'value="{value}"' in olgas.text
    assert dump(office.portal) == before
    assert olgas.press("Save changes", **{field: right[field]}).status_code == 303
    assert _now(office).name == "Acme & Sons"


def test_with_a_stale_session_what_was_typed_waits_for_the_code(
    office: Office, olga: Person, olgas: Browser, clock: TestClock
) -> None:
    clock.advance(minutes=6)
    before = dump(office.portal)
    assert _save(olgas, name="Acme & Sons") == 422
    assert dump(office.portal) == before
    assert olgas.press("Save changes", proof=olga.wrong_code()).status_code == 422
    assert 'value="Acme & Sons"' in olgas.text
    assert olgas.press("Save changes", proof=olga.code()).status_code == 303
    assert _now(office).name == "Acme & Sons"


def test_of_two_owners_at_once_the_second_is_told(office: Office, olgas: Browser) -> None:
    ottos = office.signed_in(office.owner("Otto Owner"))
    for browser in (olgas, ottos):
        browser.open("/organization")
    olgas.press("Save changes", name="Olga's Works")
    assert ottos.press("Save changes", code_count="20").location == "/organization"
    assert "Somebody else has changed the organization meanwhile" in ottos.told
    assert "Olga's Works" in ottos.text
    assert (_now(office).name, _now(office).code_count) == ("Olga's Works", 10)
    assert ottos.press("Save changes", code_count="20").status_code == 303
    assert _now(office).code_count == 20


@pytest.mark.parametrize(
    "seen",
    [
        "",
        "null",
        "[]",
        "{}",
        '["Acme Works"]',
        '["Acme Works", "UTC", "x", 10]',
        '["Acme Works", "UTC", 5, 10]',
        "[" * 9000,
        '["Acme Works", "UTC", "2026-05-04", 1e999]',
        '["Acme Works", "UTC", "2026-05-04", "10"]',
        '[["Acme Works"], {}, "2026-05-04", 10]',
        '["Acme Works", "UTC", "2026-05-04", 10, "for ever"]',
        '["Acme Works", "UTC", "2026-05-04", 10, ["viewable"]]',
        '["Acme Works", "UTC", "2026-05-04", 10, "once"]',
        '["Acme Works", "UTC", "2026-05-04", 10, "viewable", 1]',
    ],
    ids=range(15),
)
def test_what_somebody_tampered_with_counts_as_old(office: Office, olgas: Browser, seen: str) -> None:
    before = dump(office.portal)
    assert _save(olgas, name="Acme & Sons", seen=seen) == 303
    assert "Somebody else has changed the organization meanwhile" in olgas.told
    assert dump(office.portal) == before


def test_an_admin_sees_and_cannot_change(office: Office, ines: Person, iness: Browser) -> None:
    iness.open("/organization")
    assert "Owners change this" in iness.told
    assert "Save changes" not in iness.told
    assert "<input" not in iness.text.partition("<main")[2].partition("</main")[0]
    before = dump(office.portal)
    form = {"name": "Ines's Works", "time_zone": "UTC", "required_from": "", "code_count": "8"}
    form["code_visibility"] = "once"
    seen = json.dumps(["Acme Works", "UTC", "2026-05-04", 10, "viewable"])
    assert iness.submit("/organization", **form, seen=seen, proof=ines.code()).status_code == 403
    assert dump(office.portal) == before


def test_an_owner_who_was_made_less_meanwhile_cannot_change_it(office: Office, olga: Person, olgas: Browser) -> None:
    otto = office.owner("Otto Owner")
    ottos = office.signed_in(otto)
    ottos.open("/organization")
    olgas.open(f"/members/{otto.id}/role")
    olgas.press("Change role", role="admin", reason="Too many owners")
    before = dump(office.portal)
    assert ottos.press("Save changes", name="Otto's Works").location == "/sign-in"
    assert dump(office.portal) == before
    assert office.acts(otto)[-1] is Act.ROLE_CHANGED


def test_it_says_how_ready_people_are_and_who_the_owners_are(office: Office, ada: Person, iness: Browser) -> None:
    office.owner("Otto Owner")
    office.owner()
    office.person("Nora New", enrolled=False)
    office.person("Paul Pending", acknowledged=False)
    office.suspended()
    iness.open("/organization")
    assert "4 of 6 active members" in iness.told
    assert "Olga Owner, Otto Owner" in iness.told
    assert f"/o/{office.slug}/sign-in" in iness.text


def test_it_says_since_when_a_second_factor_is_required(office: Office, iness: Browser) -> None:
    for wait, words in ((None, "not required"), (timedelta(days=30), "required from 3 June 2026")):
        office.requires_a_second_factor_in(wait)
        iness.open("/organization")
        assert words in iness.told
    office.requires_a_second_factor_in(timedelta())
    iness.open("/organization")
    assert "required since 4 May 2026" in iness.told


def _count(office: Office, figures: dict[int, tuple[int, int]]) -> None:
    """So many days before today: active, and ready."""
    today = office.clock.now().date()
    for days, (active, ready) in figures.items():
        with office.portal.writing() as tx:
            figure = Figure(today - timedelta(days=days), active, ready, active - ready, 0, 0)
            readiness_figures.add(tx.db, office.organization_id, figure)


def test_before_anything_is_counted_the_page_says_when_it_will_be(olgas: Browser) -> None:
    olgas.open("/organization")
    assert "counted once a day, beginning today" in olgas.told
    assert 'class="chart"' not in olgas.text


def test_after_one_day_the_page_says_since_when(office: Office, olgas: Browser) -> None:
    _count(office, {0: (3, 1)})
    olgas.open("/organization")
    assert "Counted once a day since 4 May 2026." in olgas.told
    assert 'class="chart"' not in olgas.text


def test_from_two_days_on_there_is_a_chart_that_reads_aloud(office: Office, olgas: Browser) -> None:
    _count(office, {1: (3, 1), 0: (4, 4)})
    olgas.open("/organization")
    assert "On 3 May 2026 1 of 3 active members was ready, on 4 May 2026 4 of 4." in " ".join(olgas.told.split())
    assert 'viewBox="0 0 2 4"' in olgas.text
    assert '<div class="chart" aria-hidden="true">' in olgas.text
    assert '<th scope="row">4 May 2026</th><td>4</td><td>4</td><td>0</td>' in olgas.text
    assert "left blank" not in olgas.told


@pytest.mark.parametrize("days", [3, 400])
def test_missing_days_are_said_to_be_missing(office: Office, olgas: Browser, days: int) -> None:
    _count(office, {day: (60, 60 - day % 60) for day in range(days) if day != 1})
    reply = olgas.open("/organization")
    assert "Days on which the portal did not run are left blank." in olgas.told
    assert len(reply.get_data()) < 15_000


def test_who_only_administers_sees_the_chart_too(office: Office, iness: Browser) -> None:
    _count(office, {1: (3, 1), 0: (4, 4)})
    iness.open("/organization")
    assert 'viewBox="0 0 2 4"' in iness.text
