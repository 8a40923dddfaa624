"""Keys: what depends on each, sealing again with the current one, taking old ones out, and a node that lacks one."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.events import OPERATOR, Act
from app.domain.keyring import KeyRing, KeyWaitingError
from app.domain.passwords import PasswordHasher
from app.domain.refusals import Why
from app.portal import Portal
from app.services import keys, recovery_codes
from app.services.keys import Kept, State, WhyKept
from app.storage import key_checks, key_file
from app.storage.database import Database
from app.storage.key_source import RingInFile
from app.storage.keys_in_use import MissingKeyError
from app.storage.sealed_values import Uses
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, People, Person, granted, refusal

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def path(instance: Path) -> Path:
    path = instance / "keys.json"
    key_file.create(path)
    return path


@pytest.fixture
def portal(path: Path, portal: Portal, database: Database, clock: TestClock, hasher: PasswordHasher) -> Portal:
    """One that follows a file, as a worker does."""
    return Portal(portal.settings, database, RingInFile(path, database, clock.now()), clock, hasher)


@pytest.fixture
def outdated(portal: Portal, ada: Person) -> Portal:
    """A node that has not been given the key which everybody else has by now, and seals with."""
    return Portal(portal.settings, portal.database, portal.keys, portal.clock, portal.hasher)


def rotate(portal: Portal, clock: TestClock) -> int:
    """Until the new key is in use."""
    rotated = keys.rotate(portal, A_MINUTE)
    clock.advance(minutes=1)
    return rotated.next.id


def reseal(portal: Portal, *, batch: int = 50) -> tuple[int, list[str]]:
    last, values, broken = 0, 0, list[str]()
    while done := keys.reseal(portal, after=last, batch=batch):
        last, values, broken = done.last, values + done.values, broken + done.broken
    return values, broken


def uses(portal: Portal) -> dict[int, Uses]:
    return {key.id: key.uses for key in keys.standing(portal)}


def erase_copies(who: Person) -> None:
    """As the stricter modes of keeping codes do."""
    with who.portal.writing() as tx:
        erased = "UPDATE recovery_code SET sealed = NULL, seal_key_id = NULL WHERE member_id = :id"
        tx.db.execute(text(erased), {"id": who.id})


def sealed_with(portal: Portal) -> set[int]:
    with portal.reading() as tx:
        asked = """SELECT seal_key_id FROM authenticator UNION SELECT seal_key_id FROM enrolment
            UNION SELECT index_key_id FROM recovery_code WHERE spent_at IS NULL
            UNION SELECT seal_key_id FROM recovery_code WHERE seal_key_id IS NOT NULL"""
        return set(tx.db.execute(text(asked)).scalars())


def test_a_new_key_seals_from_its_moment_on_and_the_old_one_opens_still(
    ada: Person, people: People, portal: Portal, clock: TestClock
) -> None:
    keys.rotate(portal, A_MINUTE)
    people.ready("bea@example.org")
    assert sealed_with(portal) == {1}
    clock.advance(minutes=1)
    people.ready("cyd@example.org")
    assert sealed_with(portal) == {1, 2}
    ada.sign_in()
    ada.sign_in(ada.codes[0])


def test_every_log_has_a_rotation(olive: Person, portal: Portal, clock: TestClock) -> None:
    rotate(portal, clock)
    with portal.reading() as tx:
        asked = "SELECT actor_kind, details FROM event WHERE act = 'keys.rotated' AND member_id IS NULL"
        assert len(tx.db.execute(text(asked)).all()) == 1


def test_a_second_rotation_waits_for_the_first(portal: Portal, clock: TestClock) -> None:
    keys.rotate(portal, A_MINUTE)
    with pytest.raises(KeyWaitingError):
        keys.rotate(portal, A_MINUTE)
    clock.advance(minutes=1)
    assert keys.rotate(portal, A_MINUTE).next.id == 3


def test_a_ring_from_elsewhere_is_handed_back_and_nothing_changes(portal: Portal, path: Path) -> None:
    ring, before = portal.keys, path.read_text()
    given = Portal(portal.settings, portal.database, ring, portal.clock, portal.hasher)
    rotated = keys.rotate(given, A_MINUTE)
    assert not rotated.written
    assert (rotated.ring.current, sorted(rotated.ring.keys)) == (1, [1, 2])
    assert path.read_text() == before
    with portal.reading() as tx:
        assert [key.id for key in key_checks.all_known(tx.db)] == [1]


def test_what_depends_on_each_key_is_counted(ada: Person, people: People, portal: Portal, clock: TestClock) -> None:
    bea = people.ready("bea@example.org")
    bea.given_pass()
    bea.start_enrolment(bea.session)
    ada.sign_in(ada.codes[0])
    erase_copies(bea)
    rotate(portal, clock)
    people.ready("cyd@example.org")
    listed = keys.standing(portal)
    assert [(key.id, key.state, key.since) for key in listed] == [(1, State.OLDER, None), (2, State.CURRENT, None)]
    assert all(key.added_at for key in listed)
    assert uses(portal) == {
        1: Uses(authenticators=2, enrolments=1, sealed_codes=9, indexed_codes=19, only_index=10, passes=1, members=2),
        2: Uses(authenticators=1, sealed_codes=10, indexed_codes=10, members=1),
    }


def test_a_waiting_key_is_listed_with_its_moment(portal: Portal, clock: TestClock) -> None:
    keys.rotate(portal, A_MINUTE)
    assert [(key.state, key.since) for key in keys.standing(portal)] == [
        (State.CURRENT, None),
        (State.NEXT, clock.now() + A_MINUTE),
    ]


@pytest.mark.parametrize("batch", [1, 2, 50])
def test_resealing_leaves_nothing_under_older_keys_and_everything_works(
    people: People, portal: Portal, clock: TestClock, batch: int
) -> None:
    everybody = [people.ready(f"{name}@example.org") for name in ("ada", "bea", "cyd")]
    everybody[0].sign_in(everybody[0].codes[0])
    app = everybody[1].start_enrolment(everybody[1].session)
    assert rotate(portal, clock) == 2
    assert reseal(portal, batch=batch) == (3 + 1 + 29, [])
    assert sealed_with(portal) == {2}
    assert reseal(portal) == (0, [])
    granted(everybody[1].try_confirm(everybody[1].session, app.code(clock.now())))
    for one in everybody:
        one.sign_in()
        one.sign_in(one.codes[1])
        assert refusal(one.try_code(one.begin(), one.codes[1])) is Why.USED_CODE
    shown = granted(recovery_codes.show(portal, everybody[0].sign_in(), proof="", act=Act.CODES_SHOWN, origin=AT_HOME))
    assert [code.code for code in shown.codes.codes] == [None, None, *everybody[0].codes[2:]]


def test_a_spent_code_is_still_told_from_a_wrong_one_after_resealing(
    ada: Person, portal: Portal, clock: TestClock
) -> None:
    ada.sign_in(ada.codes[0])
    rotate(portal, clock)
    reseal(portal)
    assert refusal(ada.try_code(ada.begin(), ada.codes[0])) is Why.USED_CODE


def test_before_its_moment_nothing_is_resealed(ada: Person, portal: Portal) -> None:
    keys.rotate(portal, A_MINUTE)
    assert keys.reseal(portal, after=0, batch=50) is None


def test_what_does_not_open_is_counted_and_left_as_it_is(
    ada: Person, people: People, portal: Portal, clock: TestClock
) -> None:
    people.ready("bea@example.org")
    with portal.writing() as tx:
        broken = {"id": ada.id, "blob": b"\x01 never sealed by anybody, and longer than a nonce"}
        tx.db.execute(text("UPDATE authenticator SET sealed_secret = :blob WHERE member_id = :id"), broken)
        tx.db.execute(text("UPDATE recovery_code SET sealed = :blob WHERE member_id = :id AND number = 3"), broken)
    rotate(portal, clock)
    (done,) = [keys.reseal(portal, after=0, batch=50)]
    assert done
    assert (done.members, done.values, done.broken, done.broken_values) == (2, 9 + 11, ["ada@example.org"], 2)
    with portal.reading() as tx:
        assert list(tx.db.execute(text("SELECT number FROM recovery_code WHERE seal_key_id = 1")).scalars()) == [3]
        kept = tx.db.execute(text("SELECT sealed_secret FROM authenticator WHERE seal_key_id = 1")).scalar_one()
        assert bytes(kept) == broken["blob"]
    ada.sign_in(ada.codes[2])
    ada.sign_in(ada.codes[3])
    assert kept_because(keys.retire(portal, 1)) is WhyKept.SEALED


def kept_because(outcome: Kept | KeyRing | None) -> WhyKept:
    assert isinstance(outcome, Kept)
    return outcome.why


def test_a_key_is_retired_when_nothing_depends_on_it(ada: Person, portal: Portal, path: Path, clock: TestClock) -> None:
    rotate(portal, clock)
    assert kept_because(keys.retire(portal, 1)) is WhyKept.SEALED
    assert kept_because(keys.retire(portal, 2)) is WhyKept.CURRENT
    assert kept_because(keys.retire(portal, 3)) is WhyKept.UNKNOWN
    reseal(portal)
    ring = keys.retire(portal, 1)
    assert ring == key_file.read(path) == portal.keys
    assert ring.keys.keys() == {2}
    assert kept_because(keys.retire(portal, 1)) is WhyKept.UNKNOWN
    ada.sign_in()
    ada.sign_in(ada.codes[0])
    with portal.reading() as tx:
        assert tx.db.execute(text("SELECT count(*) FROM event WHERE act = 'keys.retired'")).scalar_one() == 1


def test_a_waiting_key_is_not_retired(portal: Portal) -> None:
    keys.rotate(portal, A_MINUTE)
    assert kept_because(keys.retire(portal, 2)) is WhyKept.NEXT


def test_the_id_of_a_retired_key_is_never_given_again(ada: Person, portal: Portal, clock: TestClock) -> None:
    rotate(portal, clock)
    reseal(portal)
    keys.retire(portal, 1)
    with portal.writing() as tx:
        retired = "INSERT INTO key_check SELECT 9, sealed, added_at FROM key_check WHERE key_id = 1"
        tx.db.execute(text(retired))
    assert rotate(portal, clock) == 10


def test_interrupted_between_database_and_file_retiring_goes_on(
    ada: Person, portal: Portal, path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rotate(portal, clock)
    reseal(portal)
    with monkeypatch.context() as patch:
        patch.setattr(key_file, "change", _fall)
        with pytest.raises(KeyboardInterrupt):
            keys.retire(portal, 1)
    assert [key.state for key in keys.standing(portal)] == [State.RETIRED, State.CURRENT]
    RingInFile(path, portal.database, clock.now())
    ada.sign_in(ada.codes[0])
    assert isinstance(keys.retire(portal, 1), KeyRing)
    assert key_file.read(path).keys.keys() == {2}


def _fall(*_: object) -> KeyRing:
    raise KeyboardInterrupt


def test_interrupted_between_file_and_database_rotating_is_done_with_the_next_start(
    portal: Portal, path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("app.storage.key_source.admit", _fall)
        with pytest.raises(KeyboardInterrupt):
            keys.rotate(portal, A_MINUTE)
    RingInFile(path, portal.database, clock.now())
    assert [key.state for key in keys.standing(portal)] == [State.CURRENT, State.NEXT]
    with portal.reading() as tx:
        assert [key.id for key in key_checks.all_known(tx.db)] == [1, 2]


def test_codes_without_copies_keep_a_key_until_they_are_voided(
    ada: Person, people: People, portal: Portal, clock: TestClock
) -> None:
    bea, cyd = people.ready("bea@example.org"), people.ready("cyd@example.org")
    erase_copies(ada)
    spelled = bea.given_pass(minutes=1440)
    rotate(portal, clock)
    assert kept_because(keys.why_kept(portal, 1)) is WhyKept.SEALED
    reseal(portal)
    kept = keys.retire(portal, 1)
    assert isinstance(kept, Kept)
    assert (kept.why, kept.uses.only_index, kept.uses.passes, kept.uses.members) == (WhyKept.INDEXED, 10, 1, 2)
    session = ada.session
    voided = keys.void_without_copies(portal, 1, after=0, batch=50)
    assert voided
    assert (voided.sets, voided.passes) == (1, 1)
    assert keys.void_without_copies(portal, 1, after=voided.last, batch=50) is None
    assert isinstance(keys.retire(portal, 1), KeyRing)
    assert ada.acts[-1] is Act.CODES_VOIDED
    assert ada.history[-1].details["because"] == "key_retired"
    assert ada.session == session
    assert (ada.row.codes_left, ada.column("ready")) == (0, False)
    assert refusal(ada.try_code(ada.begin(), ada.codes[0])) is Why.WRONG_CODE
    assert refusal(bea.use_pass(spelled)) is Why.WRONG_PASS
    assert Act.CODES_VOIDED not in bea.acts + cyd.acts
    bea.sign_in(bea.codes[0])
    ada.sign_in()


def test_a_pass_in_use_is_voided_with_its_session(ada: Person, portal: Portal, clock: TestClock) -> None:
    granted(ada.use_pass(ada.given_pass()))
    rotate(portal, clock)
    reseal(portal)
    keys.void_without_copies(portal, 1, after=0, batch=50)
    assert ada.visitor() is None
    assert isinstance(keys.retire(portal, 1), KeyRing)


def test_a_pass_that_has_run_out_keeps_no_key(ada: Person, portal: Portal, clock: TestClock) -> None:
    ada.given_pass(minutes=10)
    rotate(portal, clock)
    reseal(portal)
    assert kept_because(keys.why_kept(portal, 1)) is WhyKept.INDEXED
    clock.advance(minutes=10)
    assert isinstance(keys.retire(portal, 1), KeyRing)


def test_codes_made_anew_free_a_key(ada: Person, portal: Portal, clock: TestClock) -> None:
    erase_copies(ada)
    rotate(portal, clock)
    ada.regenerate()
    reseal(portal)
    assert keys.why_kept(portal, 1) is None


Asking = Callable[[Person, Portal], object]


def by_totp(ada: Person, node: Portal) -> object:
    begun, code = ada.begin(), ada.next_totp()
    ada.portal = node
    return ada.try_code(begun, code)


def by_recovery_code(ada: Person, node: Portal) -> object:
    begun = ada.begin()
    ada.portal = node
    return ada.try_code(begun, ada.codes[0])


def by_pass(ada: Person, node: Portal) -> object:
    spelled = ada.given_pass()
    ada.portal = node
    return ada.use_pass(spelled)


def showing_codes(ada: Person, node: Portal) -> object:
    session = ada.sign_in()
    return recovery_codes.show(node, session, proof="", act=Act.CODES_SHOWN, origin=AT_HOME)


def confirming(ada: Person, node: Portal) -> object:
    session = ada.session
    app = ada.start_enrolment(session, proof=ada.next_totp())
    ada.portal = node
    return ada.try_confirm(session, app.code(ada.clock.now()))


@pytest.mark.parametrize("asking", [by_totp, by_recovery_code, by_pass, showing_codes, confirming])
def test_a_node_without_the_key_says_that_it_cannot_tell_and_counts_nothing(
    ada: Person, portal: Portal, outdated: Portal, clock: TestClock, asking: Asking
) -> None:
    rotate(portal, clock)
    reseal(portal)
    failures = ada.rows_in("second_factor_failure")
    with pytest.raises(MissingKeyError, match="key 2 is in use, but not in the key ring"):
        asking(ada, outdated)
    ada.portal = portal
    assert (ada.row.failures_in_row, ada.rows_in("second_factor_failure")) == (0, failures)
    assert not {Act.CODE_REFUSED, Act.SEAL_BROKEN, Act.PASS_REFUSED, Act.ENROLMENT_CODE_REFUSED} & set(ada.acts)
    ada.sign_in()
    ada.sign_in(ada.codes[0])


def test_what_a_node_without_the_key_can_tell_it_tells(
    ada: Person, people: People, portal: Portal, outdated: Portal, clock: TestClock
) -> None:
    rotate(portal, clock)
    bea = people.ready("bea@example.org")
    ada.portal = outdated
    ada.sign_in()
    ada.sign_in(ada.codes[0])
    assert refusal(ada.try_code(ada.begin(), ada.codes[0])) is Why.USED_CODE
    assert refusal(ada.try_code(ada.begin(), bea.codes[0])) is Why.WRONG_CODE


def test_a_key_that_nobody_ever_had_is_a_broken_seal_and_no_missing_key(ada: Person, portal: Portal) -> None:
    with portal.writing() as tx:
        tx.db.execute(text("UPDATE authenticator SET seal_key_id = 77"))
    assert refusal(ada.try_code(ada.begin(), ada.next_totp())) is Why.WRONG_CODE
    assert Act.SEAL_BROKEN in ada.acts


def test_a_process_that_missed_the_retirement_seals_nothing_any_more(
    ada: Person, portal: Portal, outdated: Portal, clock: TestClock
) -> None:
    rotate(portal, clock)
    reseal(portal)
    session = ada.sign_in()
    keys.retire(portal, 1)
    for act in (
        lambda: recovery_codes.regenerate(outdated, session, generation=1, proof="", origin=AT_HOME),
        lambda: People(outdated, clock).ready("late@example.org"),
    ):
        with pytest.raises(MissingKeyError):
            act()
    ada.portal = outdated
    with pytest.raises(MissingKeyError, match="key 1 was retired"):
        ada.given_pass()
    assert sealed_with(portal) == {2}


def test_retiring_waits_for_who_is_sealing_with_the_key(
    ada: Person, portal: Portal, outdated: Portal, clock: TestClock, database_kind: str
) -> None:
    """An act that began before it, in a process that has not heard of the new key, is seen and keeps the key."""
    rotate(portal, clock)
    reseal(portal)
    outcome: list[Kept | KeyRing] = []
    retiring = threading.Thread(target=lambda: outcome.append(keys.retire(portal, 1)))
    with outdated.writing() as tx:
        index = tx.keys.index("a code", "a context")
        indexed = (
            "UPDATE recovery_code SET code_index = :digest, index_key_id = :key WHERE member_id = :id AND number = 1"
        )
        tx.db.execute(text(indexed), {"digest": index.digest, "key": index.key_id, "id": ada.id})
        retiring.start()
        retiring.join(0.3)
        assert outcome == []
    retiring.join(10)
    assert [kept_because(one) for one in outcome] == [WhyKept.SEALED]


def test_the_operator_is_named_as_who_did_it(ada: Person, portal: Portal, clock: TestClock) -> None:
    erase_copies(ada)
    rotate(portal, clock)
    keys.void_without_copies(portal, 1, after=0, batch=1)
    assert ada.history[-1].actor_kind is OPERATOR.kind
