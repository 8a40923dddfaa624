"""What is over is deleted, to the microsecond no sooner than it is, and nobody who asks is told anything else."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.attempts import PASSWORD_WINDOW
from app.domain.invitations import Row
from app.domain.members import Role
from app.domain.sessions import KNOWN_BROWSER_LIFE
from app.domain.tokens import hash_of
from app.portal import Portal
from app.services import enrolment, invitations, members, pruning, setup, sign_in, visitors
from app.storage import known_browsers, passes, project_visits
from app.storage.leftovers import KINDS
from app.storage.tables import enrolment_pass, invitation, password_link, session
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, People, Person, granted

DAY = timedelta(days=1)
YEAR = timedelta(days=365)
MICROSECOND = timedelta(microseconds=1)


def pruned(portal: Portal) -> dict[str, int]:
    """What went, by name."""
    gone: dict[str, int] = {}
    for name, rows in [*pruning.expired(portal), *pruning.old_origins(portal)]:
        gone[name] = gone.get(name, 0) + rows
    return gone


def everything(portal: Portal) -> dict[str, int]:
    return {name: rows for name, rows in pruning.rehearse(portal) if rows}


def goes_at(portal: Portal, clock: TestClock, name: str, moment: datetime) -> None:
    """It is there a microsecond before, and goes at that moment; a rehearsal says so, and deletes nothing."""
    clock.set(moment - MICROSECOND)
    assert name not in everything(portal)
    assert name not in pruned(portal)
    clock.set(moment)
    number = everything(portal)[name]
    assert everything(portal)[name] == number
    assert pruned(portal)[name] == number
    assert name not in pruned(portal)


def waits(portal: Portal) -> int:
    with portal.reading() as tx:
        return int(tx.db.execute(text("SELECT count(*) FROM password_wait")).scalar_one())


def called_from(portal: Portal, place: bytes) -> None:
    """By a browser, in the minute that is now."""
    with portal.writing() as tx:
        began = tx.now.replace(second=0, microsecond=0)
        project_visits.take(tx.db, place, count=1, limit=9, window_began_at=began)


def test_calls_of_browsers_go_more_than_a_day_after_their_minute_began(portal: Portal, clock: TestClock) -> None:
    began = clock.now().replace(second=0, microsecond=0)
    called_from(portal, b"one place")
    clock.advance(minutes=1)
    called_from(portal, b"another")
    goes_at(portal, clock, "calls of browsers", began + DAY + MICROSECOND)
    assert everything(portal) == {}
    goes_at(portal, clock, "calls of browsers", began + timedelta(minutes=1) + DAY + MICROSECOND)


def test_calls_from_a_place_that_is_heard_of_again_stay(portal: Portal, clock: TestClock) -> None:
    called_from(portal, b"one place")
    clock.advance(hours=23)
    called_from(portal, b"one place")
    clock.advance(hours=24)
    assert pruned(portal) == {}


def test_a_session_goes_a_day_after_its_end(ada: Person, portal: Portal, clock: TestClock) -> None:
    goes_at(portal, clock, "sessions", ada.session.expires_at + DAY)
    assert ada.rows_in("session") == 0


def test_what_a_session_leaves_behind_stays_without_it(ada: Person, portal: Portal, clock: TestClock) -> None:
    granted(ada.use_pass(ada.given_pass()))
    clock.set(ada.session.expires_at + DAY)
    pruned(portal)
    assert ada.rows_in("session") == 0
    assert ada.rows_in("enrolment_pass") == 1
    assert ada.code_set.left == 10
    assert ada.authenticators


def test_a_session_waits_for_what_is_being_set_up_in_it(ada: Person, portal: Portal, clock: TestClock) -> None:
    ends = ada.session.expires_at
    clock.set(ends - timedelta(minutes=1))
    with portal.writing() as tx:
        tx.db.execute(session.update().values(last_seen_at=tx.now, proved_at=tx.now))
    ada.start_enrolment(ada.session)
    clock.set(ends + DAY)
    assert "sessions" not in pruned(portal)
    goes_at(portal, clock, "sessions", ends - timedelta(minutes=1) + timedelta(minutes=15) + DAY)
    assert ada.rows_in("enrolment") == 0


def test_a_sign_in_in_progress_goes_a_day_after_its_end(ada: Person, portal: Portal, clock: TestClock) -> None:
    goes_at(portal, clock, "sign-ins in progress", ada.begin().expires_at + DAY)


def test_what_is_being_set_up_goes_a_day_after_its_end(ada: Person, portal: Portal, clock: TestClock) -> None:
    ada.start_enrolment(ada.session)
    with portal.writing() as tx:  # of an application, whose sessions outlive it
        tx.db.execute(session.update().values(expires_at=tx.now + YEAR))
    goes_at(portal, clock, "pending authenticators", clock.now() + timedelta(minutes=15) + DAY)
    assert ada.rows_in("session") == 1


def test_a_setup_link_goes_a_day_after_its_end(portal: Portal, clock: TestClock) -> None:
    assert setup.issue_link(portal)
    goes_at(portal, clock, "setup links", clock.now() + timedelta(hours=24) + DAY)


def test_a_known_browser_goes_a_day_after_it_is_known_no_more(ada: Person, portal: Portal, clock: TestClock) -> None:
    with portal.reading() as tx:
        (known,) = known_browsers.all_for(tx.db, ada.id, tx.now)
    assert known.expires_at == clock.now() + KNOWN_BROWSER_LIFE
    goes_at(portal, clock, "known browsers", known.expires_at + DAY)


def test_a_wrong_code_goes_when_its_window_is_over(ada: Person, portal: Portal, clock: TestClock) -> None:
    failed_at = clock.advance(hours=1)
    ada.fail(1)
    clock.advance(minutes=1)
    ada.sign_in()  # who is told of it then
    goes_at(portal, clock, "wrong codes", failed_at + PASSWORD_WINDOW)


def test_a_wrong_code_stays_until_the_member_is_told(ada: Person, portal: Portal, clock: TestClock) -> None:
    clock.advance(hours=1)
    ada.fail(4)
    clock.advance(days=40)
    assert "wrong codes" not in pruned(portal)
    told = granted(ada.try_code(ada.begin(), ada.next_totp()))
    assert told.failures == 4
    assert pruned(portal)["wrong codes"] == 4


def test_waits_of_a_place_go_when_they_are_forgotten(ada: Person, portal: Portal, clock: TestClock) -> None:
    for _ in range(6):
        ada.try_password("wrong but long enough")
        clock.advance(minutes=1)
    last = clock.now() - timedelta(minutes=1)
    goes_at(portal, clock, "wrong passwords", last + 2 * DAY + MICROSECOND)
    assert waits(portal) == 2  # for whom, and the place alone, which may be a person's by its looks


def test_wrong_passwords_for_somebody_are_remembered_for_a_year(ada: Person, portal: Portal, clock: TestClock) -> None:
    ada.try_password("wrong but long enough")
    goes_at(portal, clock, "wrong passwords", clock.now() + YEAR + MICROSECOND)
    assert waits(portal) == 0


def test_who_is_open_to_known_browsers_only_stays_so(ada: Person, portal: Portal, clock: TestClock) -> None:
    ada.try_password("wrong but long enough")
    with portal.writing() as tx:
        tx.db.execute(text("UPDATE password_wait SET failures = 100"))
    clock.advance(days=3000)
    assert "wrong passwords" not in pruned(portal)


@pytest.mark.parametrize("end", ["spent_at", "voided_at", None])
def test_a_pass_stays_for_a_year_after_its_end(ada: Person, portal: Portal, clock: TestClock, end: str | None) -> None:
    ada.given_pass(minutes=60)
    over = clock.now() + timedelta(minutes=60)
    if end:
        over = clock.now() + timedelta(minutes=7)
        with portal.writing() as tx:
            tx.db.execute(enrolment_pass.update().values({end: over}))
    goes_at(portal, clock, "passes", over + YEAR)


@pytest.mark.parametrize("end", ["used_at", "voided_at", None])
def test_a_password_link_stays_for_a_year_after_its_end(
    ada: Person, portal: Portal, clock: TestClock, end: str | None
) -> None:
    ada.given_password_link()
    over = clock.now() + timedelta(hours=24)
    if end:
        over = clock.now() + timedelta(minutes=7)
        with portal.writing() as tx:
            tx.db.execute(password_link.update().values({end: over}))
    goes_at(portal, clock, "password links", over + YEAR)


@pytest.mark.parametrize("end", ["used_at", "voided_at"])
def test_an_invitation_stays_for_a_year_after_its_end(
    olive: Person, portal: Portal, clock: TestClock, end: str
) -> None:
    invites(olive)
    with portal.writing() as tx:
        tx.db.execute(invitation.update().values({end: tx.now}))
    goes_at(portal, clock, "invitations", clock.now() + YEAR)


def test_an_invitation_that_nobody_answered_stays(olive: Person, portal: Portal, clock: TestClock) -> None:
    invites(olive)
    clock.advance(days=5000)
    assert "invitations" not in pruned(portal)


def test_network_addresses_go_after_as_many_days_as_are_set(ada: Person, portal: Portal, clock: TestClock) -> None:
    events, latest = ada.history, max(event.at for event in ada.history)
    goes_at(portal, clock, pruning.ORIGINS, latest + timedelta(days=365) + MICROSECOND)
    assert [event.act for event in ada.history] == [event.act for event in events]
    assert {event.origin.address for event in ada.history} == {""}


def test_network_addresses_are_kept_for_ever_where_that_is_set(ada: Person, portal: Portal, clock: TestClock) -> None:
    object.__setattr__(portal, "settings", portal.settings.model_copy(update={"keep_origins_days": 0}))
    clock.advance(days=30000)
    assert pruning.ORIGINS not in {**pruned(portal), **everything(portal)}


def test_events_are_never_deleted(ada: Person, portal: Portal, clock: TestClock) -> None:
    acts = ada.acts
    clock.advance(days=30000)
    pruned(portal)
    assert ada.acts == acts


def test_many_go_in_batches(ada: Person, portal: Portal, clock: TestClock) -> None:
    number = 2 * pruning.BATCH + 1
    ends = ada.session.expires_at
    with portal.writing() as tx:
        kept = dict(tx.db.execute(session.select()).mappings().one())
        del kept["id"]
        copies = [
            {**kept, "public_id": ada.public_id.__class__(int=n), "token_hash": b"%d" % n} for n in range(number - 1)
        ]
        tx.db.execute(session.insert(), copies)
    clock.set(ends + DAY)
    assert [rows for name, rows in pruning.expired(portal) if name == "sessions"] == [pruning.BATCH, pruning.BATCH, 1]


@pytest.mark.only("postgresql")
def test_what_somebody_has_in_hand_is_left_for_another_time(
    ada: Person, people: People, portal: Portal, clock: TestClock
) -> None:
    people.ready("bea@example.org")
    clock.set(ada.session.expires_at + DAY)
    gone: list[dict[str, int]] = []
    with portal.writing() as tx:
        tx.db.execute(text("SELECT 1 FROM member WHERE id = :id FOR UPDATE"), {"id": ada.id})
        pruner = threading.Thread(target=lambda: gone.append(pruned(portal)))
        pruner.start()
        pruner.join(timeout=10)
        assert not pruner.is_alive()
    assert gone[0]["sessions"] == 1
    assert pruned(portal) == {"sessions": 1}


def invites(olive: Person) -> Any:
    row = Row(1, "Cyd", "cyd@example.org", Role.MEMBER)
    (made,) = granted(invitations.invite(olive.portal, olive.session, [row], proof="", origin=AT_HOME)).made
    return made


def _use_much(people: People, clock: TestClock) -> tuple[Person, Person, Any]:
    """Somebody to whom everything happened that leaves rows, an owner who looks, and somebody invited."""
    olive, ada = people.owner(), people.ready()
    invited = invites(olive)
    ada.given_pass()
    ada.given_password_link()
    ada.fail(4)
    for _ in range(7):
        ada.try_password("wrong but long enough")
    clock.advance(minutes=20)
    ada.sign_in()
    ada.start_enrolment(ada.session)
    ada.given_pass()
    called_from(ada.portal, b"one place")
    return olive, ada, invited


def test_nobody_who_asks_is_told_anything_else_afterwards(people: People, portal: Portal, clock: TestClock) -> None:
    """Asked before and after, at every moment at which something may be over."""
    olive, ada, invited = _use_much(people, clock)
    begun = ada.begin()
    looking, held, start = olive.session, ada.session, clock.now()

    def answers() -> list[object]:
        asked: list[Callable[[], object]] = [
            *(lambda who=who: members.look(portal, looking, who) for who in (ada.public_id, invited.member)),
            lambda: visitors.with_session(portal, ada.token or ""),
            lambda: visitors.with_session(portal, olive.token or ""),
            lambda: sign_in.lock_at(portal, begun),
            lambda: isinstance(enrolment.show(portal, held), object),
            lambda: ada.authenticators,
            lambda: replace(ada.code_set, made_in_session_id=None),  # an id that nobody has any more
            lambda: _read(portal, lambda db, now: passes.find_live(db, ada.id, now)),
            lambda: _read(
                portal, lambda db, now: known_browsers.find(db, ada.id, hash_of(ada.browser_token or ""), now)
            ),
            lambda: invitations.look(portal, invited.token),
        ]
        return [_said(ask) for ask in asked]

    gone: dict[str, int] = {}
    for later in sorted({*range(0, 60, 7), *range(60, 3000, 241), *(days * 1440 + 3 for days in range(3, 460, 31))}):
        clock.set(start + timedelta(minutes=later))
        answers()  # looking at a session is its last use
        before = answers()
        for name, rows in pruning.expired(portal):
            gone[name] = gone.get(name, 0) + rows
        assert answers() == before, f"after {later} minutes"
    left_out = {"setup links", "invitations"}
    assert set(gone) == {kind.name for kind in KINDS} - left_out


def _read(portal: Portal, ask: Callable[[Any, datetime], object]) -> object:
    with portal.reading() as tx:
        return ask(tx.db, tx.now)


def _said(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except Exception as problem:  # noqa: BLE001 -- that it was refused, and how, is an answer
        return type(problem), str(problem)
