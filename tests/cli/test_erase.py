"""`sparekey erase`: nothing of the person is left, and nothing of the log is missing."""

import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyotp
import pytest
from sqlalchemy import inspect, text

from app.domain.events import Act, Event, Origin
from app.domain.invitations import Row
from app.domain.members import Role, Status
from app.domain.refusals import Refused, Why
from app.portal import Portal
from app.services import account, authenticators, invitations, locks, membership, password_link, users
from app.web.event_words import history_sentence
from tests.cli.conftest import Sparekey, whole_log
from tests.support import shops
from tests.support.clock import TestClock
from tests.support.dumps import dump_as_text
from tests.support.people import AT_HOME, NEW_PASSWORD, People, Person, granted, refusal
from tests.support.shops import Shop

MARKED = Origin("203.0.113.77", "Markerbrowser on Markeros")
MARKS = [
    "xyzadam",
    "xyzmarker",
    "Xyzmarker",
    "203.0.113.77",
    "Markerbrowser",
    "Markerphone",
    "Markertablet",
    "Markerreason",
    "Markername",
]
EMAIL = "xyzadam@xyzmarker.example"


@pytest.fixture
def olive(people: People) -> Person:
    return people.owner()


@pytest.fixture
def marked(people: People, olive: Person) -> Person:
    """A person with a whole life, every word of which can be found again."""
    who = people.newcomer(EMAIL)
    who.origin = MARKED
    who.enrol(name="Markerphone")
    who.acknowledge()
    session, phone = who.session, who.authenticators[0].public_id
    granted(authenticators.rename(who.portal, session, phone, name="Markertablet", origin=MARKED))
    account.rename(who.portal, who.session, name="Xyzmarker Markername", origin=MARKED)
    who.sign_in(who.codes[0])
    who.regenerate(proof=who.next_totp())
    who.fail(2)
    who.given_password_link()
    for act in (locks.lock, locks.open_for, password_link.make_for):
        who.clock.advance(minutes=5)
        proof = olive.next_totp()
        olive.does(act, who, proof=proof, reason="Markerreason xyzadam")
    who.gets_new_password()
    return who


def skeleton(log: list[Event]) -> list[tuple[Any, ...]]:
    """What must survive of each event."""
    return [
        (one.id, one.public_id, one.at, one.act, one.actor_kind, one.about and one.about.public_id,
         one.by and one.by.public_id)
        for one in log
    ]  # fmt: skip


def traces(portal: Portal, tmp_path: Any) -> list[str]:
    """Which marks are anywhere: in the files of SQLite as they lie there, in all rows that PostgreSQL gives out."""
    if portal.database.path:
        portal.database.close()
        files = portal.database.path.parent.glob(f"{portal.database.path.name}*")
        content = b"".join(file.read_bytes() for file in files)
    else:
        content = dump_as_text(portal.settings.database).encode()
    return [mark for mark in MARKS if mark.encode() in content]


def test_no_trace_is_left_and_the_log_is_whole(
    marked: Person, portal: Portal, sparekey: Sparekey, tmp_path: Any
) -> None:
    assert set(traces(portal, tmp_path)) == set(MARKS)
    before = whole_log(portal, marked.organization_id)
    done = sparekey("erase", EMAIL, "--yes")
    assert (done.status, done.err) == (0, "")
    assert "Xyzmarker Markername is erased" in done.out
    assert traces(portal, tmp_path) == []
    erased, *after = whole_log(portal, marked.organization_id)
    assert (erased.act, erased.actor_kind) == (Act.ERASED, "operator")
    assert skeleton(after) == skeleton(before)
    assert {one.about.name for one in after if one.about and one.about.public_id == marked.public_id} == {
        "Erased person"
    }


def test_every_line_of_the_history_can_still_be_read(marked: Person, portal: Portal, sparekey: Sparekey) -> None:
    assert sparekey("erase", EMAIL, "--yes").status == 0
    said = [history_sentence(event) for event in marked.history]
    assert "You renamed the authenticator erased to erased." in said
    assert any(line.endswith("Reason: erased") for line in said)
    assert not any(mark in line for line in said for mark in MARKS)


def test_nothing_of_theirs_works_any_more(marked: Person, portal: Portal, sparekey: Sparekey) -> None:
    marked.sign_in()
    assert sparekey("erase", EMAIL, "--yes").status == 0
    assert marked.visitor() is None
    row = marked.row
    assert (row.status, row.name, row.email, row.password_hash) == (Status.REMOVED, "Erased person", None, None)
    assert (row.authenticator_count, row.codes_left, row.last_sign_in_at) == (0, 0, None)
    with portal.reading() as tx:
        tables = [
            table
            for table in inspect(tx.db).get_table_names()
            if table != "event" and "member_id" in {column["name"] for column in inspect(tx.db).get_columns(table)}
        ]
    assert len(tables) > 8
    assert {table: marked.rows_in(table) for table in tables} == dict.fromkeys(tables, 0)


def test_what_applications_noted_of_them_goes_as_well_and_their_external_id_is_free(
    shop: Shop, portal: Portal, sparekey: Sparekey, tmp_path: Any
) -> None:
    noted: dict[str, Any] = {
        "external_id": "xyzadam-1", "first_name": "Xyzmarker", "last_name": "Markername",
        "trusted_metadata": {"phone": "Markerphone"}, "untrusted_metadata": {"tablet": "Markertablet"},
        "labels": ("Markerreason",),
    }  # fmt: skip
    user = shop.user(EMAIL, **noted)
    customer = shop.enrolled(user.id)
    customer.comes_in(claims={"note": "Markerbrowser on 203.0.113.77"})
    granted(shop.try_reading(user.id))
    granted(shop.delete(customer.totp))
    shop.begin(user.id)
    assert set(traces(portal, tmp_path)) == set(MARKS)
    assert sparekey("erase", EMAIL, "--yes").status == 0
    assert traces(portal, tmp_path) == []
    row = shop.row_of(user.id)
    with portal.reading() as tx:
        for table in ("project_user", "project_enrolment", "staged_code", "session_factor", "session", "enrolment"):
            counted = text(f"SELECT count(*) FROM {table} WHERE member_id = :id")  # noqa: S608
            assert tx.db.execute(counted, {"id": row.id}).scalar_one() == 0, table
    assert isinstance(users.look(portal, shop.project, user.id), Refused)
    assert shop.user(external_id="xyzadam-1").id != user.id
    assert [one.project for one in shop.history_of(user.id)][:1] == ["Shop"]


def test_what_was_brought_along_goes_and_so_do_the_notes_of_an_installations_application(
    shop: Shop, portal: Portal, clock: TestClock, sparekey: Sparekey, tmp_path: Any
) -> None:
    """In every organization but theirs the same external id stays somebody else's."""
    suite = shops.opened(portal, clock, "Suite", organization=None)
    inside = replace(suite, project=suite.project.within(shop.project.organization_id or 0))
    user = inside.user(EMAIL, external_id="xyzadam-1", first_name="Markername", breakglass=True)
    codes = ["xyzmarker-code-1", "xyzmarker-code-2"]
    granted(inside.migrate(user.id, pyotp.random_base32(), *codes))
    granted(inside.try_recovery(user.id, codes[0].upper(), life=shops.AN_HOUR))
    assert {"xyzadam", "Markername"} <= set(traces(portal, tmp_path))
    assert sparekey("erase", EMAIL, "--yes").status == 0
    assert traces(portal, tmp_path) == []
    row = inside.row_of(user.id)
    assert (row.authenticator_count, row.codes_left, row.codes_pending) == (0, 0, False)
    with portal.reading() as tx:
        for table in ("project_user", "authenticator", "recovery_code_set", "recovery_code", "session"):
            assert tx.db.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0, table  # noqa: S608
    acts = [one.act for one in inside.history_of(user.id)]
    assert acts[:3] == [Act.USER_CREATED, Act.AUTHENTICATOR_TAKEN_OVER, Act.CODES_TAKEN_OVER]
    assert refusal(users.take_back(portal, inside.project, user.id, origin=AT_HOME)) is Why.UNKNOWN_MEMBER
    assert inside.user(external_id="xyzadam-1").id != user.id


def test_where_they_acted_on_others_the_act_stays_and_the_address_goes(
    people: People, olive: Person, portal: Portal, sparekey: Sparekey
) -> None:
    ada, grace = people.ready(), people.admin(EMAIL)
    grace.origin = MARKED
    grace.does(locks.lock, ada, reason="lost the phone")
    olive.does(locks.open_for, ada, reason="found it", proof=olive.next_totp())
    assert sparekey("erase", EMAIL, "--yes").status == 0
    locked, opened = ada.history[-2:]
    assert (locked.act, locked.by and locked.by.name) == (Act.LOCKED_BY_ADMIN, "Erased person")
    assert (locked.details["reason"], locked.origin) == ("lost the phone", Origin("", ""))
    assert opened.origin == AT_HOME


def test_others_stay_as_they_are(people: People, marked: Person, portal: Portal, sparekey: Sparekey) -> None:
    ada = people.ready()
    history, sets = ada.history, ada.rows_in("recovery_code")
    assert sparekey("erase", EMAIL, "--yes").status == 0
    assert (ada.history, ada.rows_in("recovery_code")) == (history, sets)
    ada.sign_in()


def test_the_address_is_free_for_somebody_else(people: People, marked: Person, sparekey: Sparekey) -> None:
    assert sparekey("erase", EMAIL, "--yes").status == 0
    assert people.ready(EMAIL).id != marked.id


def test_without_yes_it_says_who_is_meant_and_does_nothing(marked: Person, sparekey: Sparekey) -> None:
    said = sparekey("erase", EMAIL)
    assert (said.status, said.out) == (1, "")
    assert f"This would erase Xyzmarker Markername ({EMAIL}), active in Harbour, for good." in said.err
    assert "--yes" in said.err
    assert marked.row.email == EMAIL


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.INVITED, Status.ACTIVE])
def test_whatever_their_status(status: Status, people: People, sparekey: Sparekey) -> None:
    who = people.with_status(status, EMAIL)
    assert sparekey("erase", EMAIL, "--yes").status == 0
    assert who.row.name == "Erased person"


def test_who_was_removed_is_found_by_address_and_by_id(
    people: People, olive: Person, portal: Portal, sparekey: Sparekey
) -> None:
    removed = [people.newcomer(EMAIL), people.newcomer("other@xyzmarker.example")]
    for who in removed:
        olive.does(membership.remove, who, reason="left", proof=olive.next_totp())
    assert sparekey("erase", EMAIL.upper(), "--yes").status == 0
    assert sparekey("erase", str(removed[1].public_id), "--yes").status == 0
    assert [who.row.name for who in removed] == ["Erased person"] * 2


def test_where_several_fit_it_wants_an_id(people: People, olive: Person, sparekey: Sparekey) -> None:
    before = people.newcomer(EMAIL)
    olive.does(membership.remove, before, reason="left")
    now = people.newcomer(EMAIL)
    refused = sparekey("erase", EMAIL, "--yes")
    assert refused.status == 1
    assert f"{EMAIL} fits 2 people." in refused.err
    listed = re.findall(r"([0-9a-f-]{36})  Xyzadam, (\w+) in Harbour", refused.err)
    assert listed == [(str(before.public_id), "removed"), (str(now.public_id), "active")]
    assert sparekey("erase", listed[0][0], "--yes").status == 0
    assert (before.row.name, now.row.name) == ("Erased person", "Xyzadam")


def test_of_two_organizations_one_is_named(people: People, sparekey: Sparekey) -> None:
    here, there = people.newcomer(EMAIL), people.newcomer(EMAIL, slug="lighthouse")
    assert sparekey("erase", EMAIL, "--yes").status == 1
    assert sparekey("erase", EMAIL, "--organization", "lighthouse", "--yes").status == 0
    assert (here.row.name, there.row.name) == ("Xyzadam", "Erased person")


@pytest.mark.parametrize("named", ["nobody@example.org", "7e57ed00-0000-4000-8000-000000000000", "not even an address"])
def test_somebody_who_is_not_there_is_said(named: str, people: People, sparekey: Sparekey) -> None:
    people.ready()
    refused = sparekey("erase", named, "--yes")
    assert (refused.status, refused.err) == (1, f"sparekey: Nobody has the address or id {named}.\n")


def test_the_only_owner_stays_while_there_is_anybody_to_look_after(people: People, sparekey: Sparekey) -> None:
    olive = people.owner()
    ada = people.ready()
    refused = sparekey("erase", olive.email, "--yes")
    assert refused.status == 1
    assert "Olive is the only owner with an authenticator." in refused.err
    assert olive.visitor()
    assert sparekey("erase", ada.email, "--yes").status == 0
    assert sparekey("erase", olive.email, "--yes").status == 0


def test_again_it_only_sweeps(marked: Person, sparekey: Sparekey) -> None:
    public_id = str(marked.public_id)
    assert sparekey("erase", EMAIL, "--yes").status == 0
    acts = marked.acts
    assert "was erased before" in sparekey("erase", public_id, "--yes").out
    assert marked.acts == acts


def test_an_invitation_goes_with_whom_it_was_for(olive: Person, portal: Portal, sparekey: Sparekey) -> None:
    row = Row(1, "Xyzmarker", EMAIL, Role.MEMBER)
    (invited,) = granted(invitations.invite(portal, olive.session, [row], proof="", origin=AT_HOME)).made
    assert sparekey("erase", EMAIL, "--yes").status == 0
    assert invitations.look(portal, invited.token) is None


@pytest.mark.only("sqlite")
def test_copies_that_still_hold_the_person_are_named(marked: Person, portal: Portal, sparekey: Sparekey) -> None:
    kept = portal.settings.instance / "sparekey-before-restore-20260101T000000Z.sqlite3"
    kept.write_bytes(b"")
    done = sparekey("erase", EMAIL, "--yes")
    assert "Backups and copies made before still hold the person" in done.out
    assert f"a copy: {kept}" in done.out


@pytest.mark.only("sqlite")
def test_traces_that_cannot_be_swept_out_now_are_said_and_swept_by_the_next(
    marked: Person, portal: Portal, sparekey: Sparekey, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    public_id = str(marked.public_id)

    monkeypatch.setattr("app.storage.wal._PAUSE_SECONDS", 0.0)
    reader = sqlite3.connect(str(portal.database.path), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM member").fetchone()
    done = sparekey("erase", EMAIL, "--yes")
    reader.close()
    assert done.status == 1
    assert "Xyzmarker Markername is erased" in done.out
    assert f"Sweep them out later: sparekey erase {public_id} --yes" in done.err
    assert marked.row.name == "Erased person"
    assert sparekey("erase", public_id, "--yes").status == 0
    assert traces(portal, tmp_path) == []


def test_gets_a_new_password_is_no_longer_possible(marked: Person, sparekey: Sparekey) -> None:
    token = marked.given_password_link()
    assert sparekey("erase", EMAIL, "--yes").status == 0
    use: Callable[..., Any] = password_link.use
    assert use(marked.portal, token, NEW_PASSWORD, AT_HOME)
    assert marked.row.password_hash is None


def test_without_a_name_the_call_is_wrong(sparekey: Sparekey) -> None:
    assert sparekey("erase").status == 2


def test_the_portal_sees_no_row_of_events_missing(marked: Person, portal: Portal, sparekey: Sparekey) -> None:
    def count() -> int:
        with portal.reading() as tx:
            return int(tx.db.execute(text("SELECT count(*) FROM event")).scalar_one())

    before = count()
    assert sparekey("erase", EMAIL, "--yes").status == 0
    assert count() == before + 1
