"""Single use is a statement: each answers once with yes, and from then on with no."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from app.domain.attempts import LockReason
from app.domain.events import OPERATOR
from app.domain.keyring import Sealed
from app.domain.tokens import hash_of
from app.portal import Portal
from app.storage import (
    authenticators,
    enrolments,
    members,
    passes,
    project_secrets,
    recovery_codes,
    sessions,
    setup_links,
    sign_ins,
    signing_keys,
)
from app.storage.links import invitations, password_links
from tests.support import shops
from tests.support.people import People, Person
from tests.support.shops import Shop

Guard = Callable[[Connection], object]


def answers(portal: Portal, guard: Guard, *, times: int = 3) -> list[object]:
    """What the guard says when it is asked again and again, each time in a transaction of its own."""
    said = []
    for _ in range(times):
        with portal.writing() as tx:
            said.append(guard(tx.db))
    return said


def test_a_step_is_spent_once_and_all_earlier_ones_with_it(ada: Person, portal: Portal) -> None:
    mine, now = ada.authenticators[0], ada.clock.now()
    step = mine.last_step + 5

    def spend(step: int) -> Guard:
        return lambda db: authenticators.spend_step(db, mine.id, step, now)

    assert answers(portal, spend(step)) == [True, False, False]
    assert answers(portal, spend(step - 1)) == [False] * 3
    assert answers(portal, spend(step + 1)) == [True, False, False]


def test_a_recovery_code_is_spent_once(ada: Person, portal: Portal) -> None:
    context = f"recovery-code|{ada.row.public_id}"
    indexes = portal.keys.indexes(ada.codes[6].replace("-", ""), context)
    spend: Guard = lambda db: recovery_codes.spend(db, ada.id, indexes, ada.clock.now())  # noqa: E731
    assert answers(portal, spend) == [7, None, None]


def test_a_set_is_voided_once(ada: Person, portal: Portal) -> None:
    void: Guard = lambda db: recovery_codes.void_live(db, ada.id, generation=1, now=ada.clock.now())  # noqa: E731
    assert answers(portal, void) == [True, False, False]


def test_a_set_of_another_generation_is_not_voided(ada: Person, portal: Portal) -> None:
    void: Guard = lambda db: recovery_codes.void_live(db, ada.id, generation=2, now=ada.clock.now())  # noqa: E731
    assert answers(portal, void) == [False] * 3
    assert ada.row.codes_left == 10


def test_a_set_is_acknowledged_once(ada: Person, portal: Portal) -> None:
    ada.regenerate()
    acknowledge: Guard = lambda db: recovery_codes.acknowledge(db, ada.id, 2, ada.clock.now())  # noqa: E731
    assert answers(portal, acknowledge) == [True, False, False]


def test_a_proof_has_as_many_tries_as_the_limit(ada: Person, portal: Portal) -> None:
    set_id = ada.code_set.id
    assert answers(portal, lambda db: recovery_codes.take_proof_try(db, set_id, limit=2)) == [True, True, False]


def test_a_try_is_taken_until_there_is_a_lock(ada: Person, portal: Portal) -> None:
    def take(db: Connection) -> bool:
        return members.take_attempt(db, ada.id, ada.clock.now())

    assert answers(portal, take) == [True] * 3
    with portal.writing() as tx:
        members.lock_by_attempts(tx.db, ada.id, tx.now + timedelta(hours=1), tx.now)
    assert answers(portal, take) == [False] * 3


@pytest.mark.parametrize("reason", list(LockReason))
def test_a_locked_member_has_no_tries(ada: Person, portal: Portal, reason: LockReason) -> None:
    now = ada.clock.now()
    with portal.writing() as tx:
        if reason is LockReason.ATTEMPTS:
            members.lock_by_attempts(tx.db, ada.id, now + timedelta(hours=1), now)
        else:
            members.lock(tx.db, ada.id, reason, now)

    def take(at: datetime) -> Guard:
        return lambda db: members.take_attempt(db, ada.id, at)

    assert answers(portal, take(now), times=1) == [False]
    later = now + timedelta(hours=1)
    assert answers(portal, take(later), times=1) == [reason is LockReason.ATTEMPTS]


def test_a_sign_in_is_claimed_once(ada: Person, portal: Portal) -> None:
    begun = ada.begin()
    assert answers(portal, lambda db: sign_ins.claim(db, begun.id)) == [True, False, False]


def test_an_enrolment_is_claimed_once_and_has_its_tries(ada: Person, portal: Portal) -> None:
    ada.start_enrolment(ada.session)
    with portal.reading() as tx:
        begun = enrolments.find_for(tx.db, ada.id)
    assert begun
    now = ada.clock.now()
    assert answers(portal, lambda db: enrolments.take_try(db, begun.id, limit=2, now=now)) == [True, True, False]
    late = now + timedelta(minutes=15)
    assert answers(portal, lambda db: enrolments.take_try(db, begun.id, limit=9, now=late)) == [False] * 3
    assert answers(portal, lambda db: enrolments.claim(db, begun.id)) == [True, False, False]


def test_a_setup_link_is_claimed_once(portal: Portal) -> None:
    token = hash_of("token")
    with portal.writing() as tx:
        setup_links.replace(tx.db, token_hash=token, now=tx.now, expires_at=tx.now + timedelta(hours=1))
    now = portal.clock.now()
    assert answers(portal, lambda db: setup_links.claim(db, token, now)) == [True, False, False]


def test_a_password_link_is_used_once(ada: Person, portal: Portal) -> None:
    token = hash_of(ada.given_password_link())
    now = portal.clock.now()
    with portal.reading() as tx:
        link = password_links.find_by_token(tx.db, token, now)
    assert link
    assert answers(portal, lambda db: password_links.use(db, link.id, now)) == [True, False, False]


def test_an_invitation_is_used_once_and_voided_once(ada: Person, portal: Portal) -> None:
    def make(token: bytes) -> int:
        with portal.writing() as tx:
            invitations.replace(
                tx.db, ada.row, token_hash=token, made_by=OPERATOR, reason="", now=tx.now,
                expires_at=tx.now + timedelta(hours=1),
            )  # fmt: skip
            link = invitations.find_by_token(tx.db, token, tx.now)
        assert link
        return link.id

    now, first = portal.clock.now(), make(b"first")
    assert answers(portal, lambda db: invitations.use(db, first, now)) == [True, False, False]
    second = make(b"second")
    assert answers(portal, lambda db: invitations.void_all(db, ada.id, now)) == [True, False, False]
    assert answers(portal, lambda db: invitations.use(db, second, now)) == [False] * 3


def test_a_link_is_found_until_its_moment(ada: Person, portal: Portal) -> None:
    token = hash_of(ada.given_password_link())
    ends = portal.clock.now() + timedelta(hours=24)
    with portal.reading() as tx:
        assert password_links.find_by_token(tx.db, token, ends - timedelta(microseconds=1))
        assert password_links.find_by_token(tx.db, token, ends) is None
        assert password_links.find_open(tx.db, ada.id)


def test_a_new_link_leaves_those_of_others_alone(people: People, ada: Person, portal: Portal) -> None:
    token = hash_of(ada.given_password_link())
    people.ready("bob@example.org").given_password_link()
    with portal.reading() as tx:
        assert password_links.find_by_token(tx.db, token, tx.now)


def test_a_pass_is_spent_once_and_has_its_tries(ada: Person, portal: Portal) -> None:
    ada.given_pass()
    now = portal.clock.now()
    with portal.reading() as tx:
        live = passes.find_live(tx.db, ada.id, now)
    assert live
    assert answers(portal, lambda db: passes.take_try(db, live.id, limit=2)) == [True, True, False]
    assert answers(portal, lambda db: passes.spend(db, live.id, now)) == [True, False, False]


def test_a_pass_is_held_by_one_browser(ada: Person, portal: Portal) -> None:
    ada.given_pass()
    session = ada.session.id
    with portal.reading() as tx:
        live = passes.find_live(tx.db, ada.id, tx.now)
    assert live

    def hold(who: bytes) -> Guard:
        return lambda db: passes.hold(db, live.id, holder_hash=who, session_id=session)

    assert answers(portal, hold(b"one"), times=2) == [True, True]
    assert answers(portal, hold(b"other"), times=2) == [False, False]


def test_step_up_has_as_many_tries_as_the_limit(ada: Person, portal: Portal) -> None:
    session = ada.session.id
    assert answers(portal, lambda db: sessions.take_step_up_try(db, session, limit=2)) == [1, 2, None]


def test_a_projects_requests_are_taken_until_there_are_no_more(shop: Shop, portal: Portal) -> None:
    now, project = portal.clock.now(), shop.project.id
    earlier, later = now - timedelta(minutes=1), now + timedelta(minutes=1)

    def take(count: int, began: datetime) -> Guard:
        return lambda db: project_secrets.take_requests(db, project, count=count, limit=3, window_began_at=began)

    assert answers(portal, take(1, now), times=4) == [True, True, True, False]
    assert answers(portal, take(1, earlier), times=1) == [False]
    assert answers(portal, take(2, later)) == [True, False, False]
    assert answers(portal, take(1, later), times=2) == [True, False]
    assert answers(portal, take(1, now), times=1) == [False]


def test_a_secret_is_revoked_once_and_only_as_its_own_projects(shop: Shop, portal: Portal) -> None:
    till = shops.opened(portal, shop.clock, "Till")
    now = portal.clock.now()
    with portal.reading() as tx:
        (mine,), (theirs,) = (project_secrets.all_live(tx.db, one.project.id, now) for one in (shop, till))
    revoke: Guard = lambda db: project_secrets.revoke(db, shop.project.id, mine.public_id, now)  # noqa: E731
    of_another: Guard = lambda db: project_secrets.revoke(db, shop.project.id, theirs.public_id, now)  # noqa: E731
    assert answers(portal, of_another) == [None] * 3
    assert answers(portal, revoke) == [mine, None, None]


def test_a_secret_that_has_run_out_is_not_revoked(shop: Shop, portal: Portal) -> None:
    now, project = portal.clock.now(), shop.project.id
    with portal.writing() as tx:
        (mine,) = project_secrets.all_live(tx.db, project, now)
        project_secrets.let_expire(tx.db, project, at=now + timedelta(hours=1), now=now)
    late = now + timedelta(hours=1)
    assert answers(portal, lambda db: project_secrets.revoke(db, project, mine.public_id, late)) == [None] * 3


def test_a_sealed_signing_key_is_replaced_only_while_it_is_what_was_opened(shop: Shop, portal: Portal) -> None:
    with portal.reading() as tx:
        (key,) = signing_keys.all_for(tx.db, shop.project.id)
    sealed = Sealed(1, b"sealed anew")
    assert answers(portal, lambda db: signing_keys.replace_sealed(db, key, sealed)) == [True, False, False]


DOUBLES = [
    "UPDATE project_user SET member_id = (SELECT min(member_id) FROM project_user)",
    "UPDATE project_user SET external_id = 'u-1'",
    "UPDATE project_secret SET secret_hash = (SELECT secret_hash FROM project_secret ORDER BY id LIMIT 1)",
    "UPDATE staged_code SET number = 1",
    "UPDATE session_factor SET method = (SELECT method FROM session_factor ORDER BY id LIMIT 1)",
]


@pytest.mark.parametrize("statement", DOUBLES)
def test_nor_does_it_keep_doubles_of_what_applications_have(shop: Shop, portal: Portal, statement: str) -> None:
    joan = shop.enrolled(shop.user(external_id="u-1").id)
    token = joan.recovers(joan.codes[0]).token
    joan.recovers(joan.codes[1], presented=token)
    shop.begin(shop.user("bea@example.org", external_id="u-2").id)
    shops.opened(portal, shop.clock, "Till")
    with pytest.raises(IntegrityError), portal.writing() as tx:
        tx.db.execute(text(statement))


ANOTHER_LIVE_SET = (
    "INSERT INTO recovery_code_set (public_id, member_id, organization_id, generation, form, made_at, total) "
    "SELECT {other}, member_id, organization_id, 2, form, made_at, total FROM recovery_code_set"
)


@pytest.mark.parametrize(
    "statement",
    [
        ANOTHER_LIVE_SET,
        "UPDATE recovery_code SET code_index = (SELECT code_index FROM recovery_code WHERE number = 1)",
        "UPDATE recovery_code SET number = 1",
    ],
)
def test_the_database_itself_forbids_doubles(ada: Person, portal: Portal, statement: str) -> None:
    other = "'00000000000000000000000000000001'" if portal.database.on_sqlite else "gen_random_uuid()"
    with pytest.raises(IntegrityError), portal.writing() as tx:
        tx.db.execute(text(statement.format(other=other)))


def test_no_more_than_one_enrolment_and_one_live_pass_fit_a_member(ada: Person, portal: Portal) -> None:
    ada.start_enrolment(ada.session)
    ada.given_pass()
    ada.start_enrolment(ada.session)
    ada.given_pass()
    with portal.reading() as tx:
        assert tx.db.execute(text("SELECT count(*) FROM enrolment")).scalar_one() == 1
        live = "SELECT count(*) FROM enrolment_pass WHERE spent_at IS NULL AND voided_at IS NULL"
        assert tx.db.execute(text(live)).scalar_one() == 1
