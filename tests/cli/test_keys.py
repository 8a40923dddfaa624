"""`keys ...`, as the operator types it, and what is said at the start when keys and database do not fit."""

import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.events import Act
from app.domain.keyring import KeyRing
from app.domain.passwords import PasswordHasher
from app.domain.refusals import Why
from app.portal import Portal
from app.services import signing_keys
from app.storage import key_file
from app.storage.database import Database
from app.storage.key_source import RingInFile
from tests.cli.conftest import Outcome, Sparekey
from tests.support.clock import TestClock
from tests.support.people import People, Person, granted, refusal
from tests.support.shops import Shop

UNFIT = 78


@pytest.fixture
def path(instance: Path) -> Path:
    return instance / "keys.json"


@pytest.fixture
def portal(
    sparekey: Sparekey, path: Path, portal: Portal, database: Database, clock: TestClock, hasher: PasswordHasher
) -> Portal:
    """Follows the file that the commands change, as a worker does."""
    return Portal(portal.settings, database, RingInFile(path, database, clock.now()), clock, hasher)


@pytest.fixture
def in_keys(monkeypatch: pytest.MonkeyPatch, keys: KeyRing, path: Path) -> Callable[[str], None]:
    """The ring is handed over in KEYS."""

    def hand_over(ring: str) -> None:
        monkeypatch.setenv("KEYS", ring)

    hand_over(keys.to_json())
    return hand_over


def printed_ring(outcome: Outcome) -> str:
    (line,) = [line for line in outcome.out.splitlines() if line.startswith("{")]
    return line


def rows(outcome: Outcome) -> list[list[str]]:
    return [re.split(r"  +", line) for line in outcome.out.splitlines()]


def without_copies(who: Person) -> None:
    with who.portal.writing() as tx:
        erased = "UPDATE recovery_code SET sealed = NULL, seal_key_id = NULL WHERE member_id = :id"
        tx.db.execute(text(erased), {"id": who.id})


def test_a_key_is_rotated_resealed_and_retired_while_the_portal_serves(
    ada: Person, sparekey: Sparekey, path: Path, clock: TestClock
) -> None:
    rotated = sparekey("keys", "rotate")
    assert (rotated.status, rotated.err) == (0, "")
    assert f"Key 2 is in {path}. Everything new is sealed with it from 2026-05-04 09:31 UTC on." in rotated.out
    assert "Copy the file to every other node before 2026-05-04 09:31 UTC" in rotated.out
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    ada.sign_in(ada.codes[0])
    assert "key 2 waits until 2026-05-04 09:31:00 UTC" in sparekey("check").out
    early = sparekey("keys", "reseal")
    assert early.out == (
        "There is nothing to do: everything is sealed with key 1. "
        "Key 2 waits until 2026-05-04 09:31 UTC: reseal after that.\n"
    )
    clock.advance(minutes=1)
    assert "under older keys: 10 (run `sparekey keys reseal`)" in sparekey("check").out
    refused = sparekey("keys", "retire", "1")
    assert refused.status == 1
    assert "needed by 1 member, for what is sealed with it: 1 authenticator, 0 enrolments, 9 recovery" in refused.err
    assert "Run `sparekey keys reseal` first" in refused.err
    resealed = sparekey("keys", "reseal", "--batch", "1")
    assert (resealed.status, resealed.err) == (0, "")
    assert resealed.out == "10 values of 1 member\nAll that opens is sealed with key 2 now.\n"
    ada.sign_in(ada.codes[1])
    retired = sparekey("keys", "retire", "1")
    assert (retired.status, retired.err) == (0, "")
    assert f"Key 1 is retired, and taken out of {path}" in retired.out
    assert key_file.read(path).keys.keys() == {2}
    ada.sign_in(ada.codes[2])
    ada.sign_in()
    assert sparekey("check").out.count("ok     keys: key 2 is in use") == 1


def test_the_list_shows_each_key_and_what_depends_on_it(
    ada: Person, people: People, sparekey: Sparekey, clock: TestClock
) -> None:
    without_copies(people.ready("bea@example.org"))
    sparekey("keys", "rotate", "--in", "5")
    assert rows(sparekey("keys", "list")) == [
        ["key", "state", "added", "authenticators", "enrolments", "codes sealed", "codes indexed", "without copy",
         "passes", "members"],
        ["1", "current", "2026-05-04", "2", "0", "10", "20", "10", "0", "2"],
        ["2", "next, from 2026-05-04 09:35 UTC", "2026-05-04", "0", "0", "0", "0", "0", "0", "0"],
    ]  # fmt: skip
    clock.advance(minutes=5)
    listed = json.loads(sparekey("keys", "list", "--json").out)
    assert [(key["id"], key["state"], key["from"], key["members"]) for key in listed] == [
        (1, "older", None, 2),
        (2, "current", None, 0),
    ]


def test_a_second_rotation_says_for_what_it_has_to_wait(sparekey: Sparekey, path: Path) -> None:
    sparekey("keys", "rotate", "--in", "1440")
    before = path.read_text()
    again = sparekey("keys", "rotate")
    assert (again.status, again.out) == (1, "")
    assert "Key 2 waits until 2026-05-05 09:30 UTC. Only one can wait at a time" in again.err
    assert path.read_text() == before


WRONG_CALLS = [
    "", "rotate --in 0", "rotate --in soon", "rotate --in 9999999999", "reseal --batch 0", "reseal --batch 1001",
    "retire", "retire first", "retire 0", "retire 99999999999999",
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG_CALLS)
def test_a_wrong_call_is_one(sparekey: Sparekey, wrong: str) -> None:
    assert sparekey("keys", *wrong.split()).status == 2


@pytest.mark.parametrize(
    ("key", "sentence"), [("1", "is the current one"), ("2", "is the next one"), ("7", "no key 7")]
)
def test_a_key_in_use_or_unknown_is_not_retired(sparekey: Sparekey, path: Path, key: str, sentence: str) -> None:
    sparekey("keys", "rotate")
    before = path.read_text()
    refused = sparekey("keys", "retire", key, "--void-codes")
    assert (refused.status, refused.out) == (1, "")
    assert sentence in refused.err
    assert path.read_text() == before


def test_codes_that_only_the_key_can_check_are_voided_only_when_that_is_said(
    ada: Person, people: People, sparekey: Sparekey, clock: TestClock
) -> None:
    bea = people.ready("bea@example.org")
    without_copies(ada)
    bea.given_pass(minutes=1440)
    sparekey("keys", "rotate")
    clock.advance(minutes=1)
    too_early = sparekey("keys", "retire", "1", "--void-codes")
    assert too_early.status == 1
    assert "Run `sparekey keys reseal` first" in too_early.err
    sparekey("keys", "reseal")
    refused = sparekey("keys", "retire", "1")
    assert refused.status == 1
    assert "Key 1 is still needed by 2 members, through an index whose code is erased" in refused.err
    assert "no other key can check 10 recovery codes and 1 pass." in refused.err
    assert Act.CODES_VOIDED not in ada.acts
    retired = sparekey("keys", "retire", "1", "--void-codes")
    assert (retired.status, retired.err) == (0, "")
    assert retired.out.startswith("Void now: 1 set of recovery codes and 1 pass.")
    assert ada.acts[-1] is Act.CODES_VOIDED
    bea.sign_in(bea.codes[0])


def test_what_applications_have_under_a_key_holds_it_up_until_it_is_moved_or_voided(
    shop: Shop, sparekey: Sparekey, path: Path, clock: TestClock
) -> None:
    joan, bea = shop.enrolled(shop.user().id), shop.begin(shop.user("bea@example.org").id)
    sparekey("keys", "rotate")
    clock.advance(minutes=1)
    assert "under older keys: 13 (run `sparekey keys reseal`)" in sparekey("check").out
    (older, _) = json.loads(sparekey("keys", "list", "--json").out)
    assert (older["staged_codes"], older["signing_keys"], older["members"]) == (10, 1, 2)
    refused = sparekey("keys", "retire", "1", "--void-codes")
    assert refused.status == 1
    assert "1 authenticator, 1 enrolment, 1 signing key, 10 recovery codes." in refused.err
    resealed = sparekey("keys", "reseal")
    assert (resealed.status, resealed.err) == (0, "")
    assert resealed.out.splitlines()[0] == "13 values of 2 members"
    refused = sparekey("keys", "retire", "1")
    assert refused.status == 1
    assert "no other key can check 10 codes of applications' enrolments." in refused.err
    retired = sparekey("keys", "retire", "1", "--void-codes")
    assert (retired.status, retired.err) == (0, "")
    assert key_file.read(path).keys.keys() == {2}
    assert refusal(bea.try_code(bea.code())) is Why.NOT_ENROLLED
    granted(joan.try_recovery(joan.codes[0]))
    assert signing_keys.signer(shop.portal, shop.project).sign({}, header={})


def test_a_signing_key_alone_is_resealed_and_said(shop: Shop, sparekey: Sparekey, clock: TestClock) -> None:
    sparekey("keys", "rotate")
    clock.advance(minutes=1)
    resealed = sparekey("keys", "reseal")
    assert (resealed.status, resealed.err) == (0, "")
    assert resealed.out == "All that opens is sealed with key 2 now.\n"
    assert sparekey("keys", "reseal").out.startswith("There is nothing to do")
    assert sparekey("keys", "retire", "1").status == 0


def test_a_signing_key_that_does_not_open_is_named_with_a_way_out(
    shop: Shop, sparekey: Sparekey, clock: TestClock
) -> None:
    with shop.portal.writing() as tx:
        tx.db.execute(text("UPDATE signing_key SET sealed_private = :blob"), {"blob": b"\x01" + bytes(60)})
    sparekey("keys", "rotate")
    clock.advance(minutes=1)
    resealed = sparekey("keys", "reseal")
    assert resealed.status == 1
    assert "1 value could not be opened" in resealed.err
    assert "a project's signing key" in resealed.err
    assert sparekey("keys", "retire", "1").status == 1
    for _ in range(2):
        assert sparekey("project", "rotate-signing-key", shop.project.spelled_id, "--in", "0").status == 0
    assert sparekey("keys", "reseal").status == 0
    assert sparekey("keys", "retire", "1").status == 0


def test_what_does_not_open_is_named_with_a_way_out(
    ada: Person, people: People, sparekey: Sparekey, clock: TestClock
) -> None:
    people.ready("bea@example.org")
    with ada.portal.writing() as tx:
        broken = "UPDATE authenticator SET sealed_secret = :blob WHERE member_id = :id"
        tx.db.execute(text(broken), {"id": ada.id, "blob": b"\x01" + bytes(60)})
    sparekey("keys", "rotate")
    clock.advance(minutes=1)
    resealed = sparekey("keys", "reseal")
    assert resealed.status == 1
    assert resealed.out.splitlines()[0] == "21 values of 2 members; 1 could not be opened"
    assert (
        "1 value could not be opened, and nothing of that was touched. Whose they are: ada@example.org" in resealed.err
    )
    assert sparekey("keys", "reseal").status == 1


def test_a_ring_from_keys_is_printed_and_nothing_is_written(
    ada: Person, sparekey: Sparekey, path: Path, clock: TestClock, in_keys: Callable[[str], None]
) -> None:
    before = path.read_text()
    unsaid = sparekey("keys", "rotate")
    assert (unsaid.status, unsaid.out) == (2, "")
    assert "Say with --in how many minutes" in unsaid.err
    rotated = sparekey("keys", "rotate", "--in", "1440")
    assert "nothing has changed yet" in rotated.out
    assert "2026-05-05 09:30 UTC" in rotated.out
    assert path.read_text() == before
    assert len(rows(sparekey("keys", "list"))) == 2
    in_keys(printed_ring(rotated))
    assert [row[0] for row in rows(sparekey("keys", "list"))] == ["key", "1", "2"]
    clock.advance(days=1)
    assert sparekey("keys", "reseal").status == 0
    retired = sparekey("keys", "retire", "1")
    assert retired.status == 0
    assert KeyRing.from_json(printed_ring(retired)).keys.keys() == {2}
    assert "ok     keys: key 2 is in use" in sparekey("check").out
    in_keys(printed_ring(retired))
    assert "key 2 is in use" in sparekey("check").out
    assert path.read_text() == before


def test_a_first_ring_is_made_once(sparekey: Sparekey, path: Path, database: Database) -> None:
    refused = sparekey("keys", "init")
    assert (refused.status, "exists already" in refused.err) == (UNFIT, True)
    path.unlink()
    made = sparekey("keys", "init")
    assert (made.status, str(path) in made.out) == (0, True)
    assert sparekey("keys", "list").status == 0
    path.unlink()
    assert "sealed with other keys" in sparekey("keys", "init").err


def gone(path: Path) -> None:
    path.unlink()


def of_another_database(path: Path) -> None:
    _write(path, KeyRing.new().to_json())


def truncated(path: Path) -> None:
    _write(path, path.read_text()[:-30])


def empty(path: Path) -> None:
    _write(path, "")


def one_key_less(path: Path) -> None:
    ring = key_file.read(path)
    _write(path, KeyRing(2, {2: ring.keys[2]}).to_json())


def older_copy(path: Path) -> None:
    ring = key_file.read(path)
    _write(path, KeyRing(1, {1: ring.keys[1]}).to_json())


def readable_by_the_group(path: Path) -> None:
    path.chmod(0o640)


def readable_by_all(path: Path) -> None:
    path.chmod(0o604)


def next_without_zone(path: Path) -> None:
    content = json.loads(path.read_text())
    _write(path, json.dumps({**content, "next": {"id": 2, "from": "2026-11-21T10:00:00"}}))


def next_of_no_key(path: Path) -> None:
    content = json.loads(path.read_text())
    _write(path, json.dumps({**content, "next": {"id": 3, "from": "2026-11-21T10:00:00Z"}}))


def bytes_that_are_no_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _write(path: Path, content: str) -> None:
    path.write_text(content)


TROUBLE: list[tuple[Callable[[Path], None], str]] = [
    (gone, r"key file .* is missing|There is no key file"),
    (
        of_another_database,
        "Key 1 of the key ring is not the one the database was sealed with. Is it .* another database",
    ),
    (truncated, "are no key ring: .*perhaps a part of it is missing"),
    (empty, "are no key ring"),
    (one_key_less, "Key 1 is missing from the key ring here, and the database knows it"),
    (older_copy, "Key 2 is missing from the key ring.*Use the newest copy"),
    (readable_by_the_group, "can be read by others than its owner. Run: chmod 600"),
    (readable_by_all, "can be read by others than its owner. Run: chmod 600"),
    (next_without_zone, "the time of its next key has no zone"),
    (next_of_no_key, "its next key is not among its keys"),
    (bytes_that_are_no_text, "cannot be read"),
    (a_folder, "cannot be read"),
]


@pytest.mark.parametrize(("trouble", "sentence"), TROUBLE, ids=[trouble.__name__ for trouble, _ in TROUBLE])
@pytest.mark.parametrize("command", [("check",), ("keys", "list"), ("pass", "ada@example.org")], ids=" ".join)
def test_with_keys_that_do_not_fit_no_command_starts(
    ada: Person,
    sparekey: Sparekey,
    path: Path,
    trouble: Callable[[Path], None],
    sentence: str,
    command: tuple[str, ...],
) -> None:
    assert sparekey("keys", "rotate").status == 0
    shown = path.read_text()
    trouble(path)
    refused = sparekey(*command)
    assert (refused.status, refused.out) == (UNFIT, "")
    assert re.fullmatch(rf"sparekey: .*({sentence}).*\n", refused.err)
    assert not any(key in refused.err for key in json.loads(shown)["keys"].values())
    assert "Traceback" not in refused.err


def test_a_key_file_of_somebody_else_stops_the_start(
    ada: Person, sparekey: Sparekey, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.getuid() == 0:
        os.chown(path, 12345, -1)
    else:
        monkeypatch.setattr(os, "getuid", lambda: path.stat().st_uid + 1)
    refused = sparekey("check")
    assert refused.status == UNFIT
    assert "belongs to another user than the one that runs Sparekey" in refused.err


def test_a_retired_key_does_not_come_back_with_an_old_copy(
    ada: Person, sparekey: Sparekey, path: Path, clock: TestClock
) -> None:
    sparekey("keys", "rotate")
    middle = path.read_text()
    clock.advance(minutes=1)
    sparekey("keys", "reseal")
    sparekey("keys", "retire", "1")
    newest = key_file.read(path)
    _write(path, middle)
    listed = sparekey("keys", "list")
    assert "retired, to be taken out" in listed.out
    assert sparekey("keys", "retire", "1").status == 0
    assert key_file.read(path) == newest
    _write(path, KeyRing(1, KeyRing.from_json(middle).keys).to_json())
    refused = sparekey("check")
    assert refused.status == UNFIT
    assert "Key 1 was retired. This key ring is an older one: use the newest copy." in refused.err
