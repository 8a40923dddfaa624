"""Sessions of an application: opened with a factor, used, stepped up, and ended by whatever ends a session."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.application_sessions import LONGEST, SHORTEST, Named, Wish
from app.domain.attempts import STEP_UP_TRIES
from app.domain.events import Act, Origin
from app.domain.refusals import Refused, Why
from app.domain.sessions import Factor, Proof
from app.portal import Portal
from app.services import (
    account,
    application_sessions,
    attestation,
    locks,
    membership,
    pruning,
    sessions,
    totps,
    visitors,
)
from tests.support import issuers
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, NEW_PASSWORD, Person, granted, refusal
from tests.support.shops import AN_HOUR, FROM_THE_SHOP, Customer, Shop, by_jwt

A_TICK = timedelta(microseconds=1)
GONE = Why.UNKNOWN_SESSION


@pytest.fixture
def joan(shop: Shop) -> Customer:
    return shop.enrolled(shop.user(external_id="u-1", labels=("reader",)).id)


def lives(shop: Shop, presented: str | Named) -> bool:
    return not isinstance(shop.try_use(presented), Refused)


# opening


def test_a_session_is_what_was_wished_for(joan: Customer, clock: TestClock) -> None:
    shown = joan.comes_in(claims={"plan": "gold", "sub": "mallory"})
    now = clock.now()
    assert (shown.user, shown.claims, shown.labels) == (joan.id, {"plan": "gold"}, ("reader",))
    assert (shown.started_at, shown.last_accessed_at, shown.expires_at) == (now, now, now + AN_HOUR)
    assert (shown.address, shown.browser) == (FROM_THE_SHOP.address, FROM_THE_SHOP.browser)
    assert shown.factors == (Factor(Proof.TOTP, joan.totp, now, now),)
    assert len(shown.token) == 43
    assert shown.mark
    assert shown.mark not in shown.token


def test_only_a_hash_of_its_token_is_kept(joan: Customer, portal: Portal) -> None:
    shown = joan.comes_in()
    with portal.reading() as tx:
        asked = (f"SELECT * FROM {table}" for table in ("session", "session_factor", "event"))  # noqa: S608
        rows = [tx.db.exec_driver_sql(one).all() for one in asked]
    assert all(rows)
    assert shown.token not in repr(rows)


def test_where_the_user_is_can_be_told(joan: Customer) -> None:
    at_home = Origin("198.51.100.7", "Firefox on Linux")
    wish = Wish(None, AN_HOUR, {}, at_home)
    done = granted(
        totps.authenticate(
            joan.shop.portal, joan.shop.project, joan.id, joan.next_code(), wish=wish, origin=FROM_THE_SHOP
        )
    )
    assert done.session is not None
    assert (done.session.address, done.session.browser) == ("198.51.100.7", "Firefox on Linux")
    assert joan.shop.history_of(joan.id)[-1].origin == FROM_THE_SHOP


@pytest.mark.parametrize("life", [SHORTEST, AN_HOUR, LONGEST])
def test_it_lives_as_long_as_was_wished_and_no_longer(joan: Customer, clock: TestClock, life: timedelta) -> None:
    token = joan.comes_in(life=life).token
    over = clock.now() + life
    clock.set(over - A_TICK)
    assert lives(joan.shop, token)
    clock.set(over)
    assert refusal(joan.shop.try_use(token)) is GONE
    assert joan.shop.sessions_of(joan.id) == []


def test_a_recovery_code_opens_one_and_stands_for_itself(joan: Customer) -> None:
    first, second = joan.recovers(joan.codes[0]), joan.recovers(joan.codes[1])
    (one,), (other,) = first.factors, second.factors
    assert (one.proof, other.proof) == (Proof.RECOVERY_CODE, Proof.RECOVERY_CODE)
    assert len({one.method, other.method, joan.totp}) == 3


def test_too_many_claims_are_refused_before_a_code_is_spent(joan: Customer) -> None:
    code, much = joan.next_code(), {"a": "x" * 5000}
    assert refusal(joan.try_code(code, life=AN_HOUR, claims=much)) is Why.TOO_MANY_CLAIMS
    assert refusal(joan.try_recovery(joan.codes[0], life=AN_HOUR, claims=much)) is Why.TOO_MANY_CLAIMS
    token = joan.comes_in(code, claims={"a": "x" * 2500}).token
    more: dict[str, Any] = {"presented": token, "claims": {"b": "x" * 2500}}
    assert refusal(joan.try_code(joan.next_code(), **more)) is Why.TOO_MANY_CLAIMS
    assert refusal(joan.shop.try_use(**more)) is Why.TOO_MANY_CLAIMS
    assert joan.row.codes_left == 10
    granted(joan.try_code(joan.code(), presented=token))


# using


def test_use_is_noted_and_its_end_stays_unless_another_is_wished(joan: Customer, clock: TestClock) -> None:
    opened = joan.comes_in()
    clock.advance(minutes=20)
    used = joan.shop.use(opened.token)
    assert used.user == joan.shop.look(joan.id)
    assert used.session == replace(opened, last_accessed_at=clock.now())
    longer = joan.shop.use(opened.token, life=AN_HOUR).session
    assert longer.expires_at == clock.now() + AN_HOUR
    shorter = joan.shop.use(opened.token, life=SHORTEST).session
    assert shorter.expires_at == clock.now() + SHORTEST
    assert (shorter.started_at, shorter.factors) == (opened.started_at, opened.factors)


def test_claims_are_merged_into_those_there_are(joan: Customer) -> None:
    opened = joan.comes_in(claims={"plan": "gold", "seats": 3})
    used = joan.shop.use(opened.token, claims={"plan": None, "cart": [1, {"x": None}], "exp": 1})
    assert used.session.claims == {"seats": 3, "cart": [1, {"x": None}]}
    assert joan.shop.use(opened.token).session.claims == used.session.claims


def test_it_is_told_again_by_a_signed_token_with_the_same_opaque_one(joan: Customer, clock: TestClock) -> None:
    opened = joan.comes_in()
    clock.advance(minutes=1)
    again = joan.shop.use(by_jwt(opened), life=AN_HOUR).session
    assert (again.token, again.mark) == (opened.token, opened.mark)
    assert lives(joan.shop, again.token)


def test_a_list_tells_no_token(joan: Customer, clock: TestClock) -> None:
    first = joan.comes_in(claims={"a": 1})
    second = joan.recovers(joan.codes[0])
    clock.advance(minutes=1)
    listed = joan.shop.sessions_of("u-1")
    assert listed == [replace(one, token="", mark="") for one in (second, first)]


def test_what_was_never_a_token_is_unknown(joan: Customer) -> None:
    shown = joan.comes_in()
    for presented in ("", "x", f"{shown.token}x", shown.mark, str(shown.id), "\ud800", "\x00"):
        assert refusal(joan.shop.try_use(presented)) is GONE
    for named in (Named(shown.id, ""), Named(shown.id, f"{shown.mark}x"), Named(uuid4(), shown.mark)):
        assert refusal(joan.shop.try_use(named)) is GONE
    assert refusal(joan.shop.try_use(None)) is GONE


# stepping up


def test_a_factor_shown_in_a_session_gives_it_another_token(joan: Customer, clock: TestClock) -> None:
    opened = joan.comes_in(claims={"plan": "gold"})
    at_first = clock.now()
    clock.advance(minutes=1)
    stepped = joan.recovers(joan.codes[0], presented=opened.token, claims={"cart": 1})
    assert (stepped.id, stepped.started_at) == (opened.id, opened.started_at)
    assert stepped.claims == {"plan": "gold", "cart": 1}
    assert stepped.token != opened.token
    assert refusal(joan.shop.try_use(opened.token)) is Why.TOKEN_REPLACED
    assert lives(joan.shop, stepped.token)
    assert [(one.proof, one.first_at) for one in stepped.factors] == [
        (Proof.TOTP, at_first),
        (Proof.RECOVERY_CODE, clock.now()),
    ]
    assert len(joan.shop.sessions_of(joan.id)) == 1


def test_a_factor_shown_again_is_listed_once_with_both_times(joan: Customer, clock: TestClock) -> None:
    opened = joan.comes_in()
    clock.advance(minutes=10)
    stepped = joan.comes_in(presented=opened.token)
    assert stepped.factors == (Factor(Proof.TOTP, joan.totp, opened.started_at, clock.now()),)


def test_a_signed_token_of_before_the_step_up_opens_it_no_more(joan: Customer) -> None:
    opened = joan.comes_in()
    used = joan.shop.use(by_jwt(opened)).session
    stepped = joan.comes_in(presented=by_jwt(used))
    assert stepped.id == opened.id
    assert stepped.mark != opened.mark
    assert refusal(joan.shop.try_use(by_jwt(opened))) is GONE
    assert lives(joan.shop, by_jwt(stepped))


def test_a_step_up_makes_it_live_for_as_long_as_is_wished_or_as_before(joan: Customer, clock: TestClock) -> None:
    opened = joan.comes_in()
    clock.advance(minutes=10)
    kept = granted(joan.try_code(joan.next_code(), presented=opened.token)).session
    assert kept is not None
    assert kept.expires_at == opened.expires_at
    longer = joan.comes_in(presented=kept.token, life=2 * AN_HOUR)
    assert longer.expires_at == clock.now() + 2 * AN_HOUR


def test_a_wrong_code_leaves_a_session_as_it_is(joan: Customer) -> None:
    opened = joan.comes_in()
    assert refusal(joan.try_code(joan.wrong_code(), presented=opened.token, claims={"a": 1})) is Why.WRONG_CODE
    assert joan.shop.use(opened.token).session == opened


def test_in_a_session_that_has_proved_a_second_factor_wrong_codes_cost_the_session_alone(joan: Customer) -> None:
    token = joan.comes_in().token
    tried = [joan.try_code(joan.wrong_code(), presented=token) for _ in range(STEP_UP_TRIES - 1)]
    assert [refusal(one) for one in tried] == [Why.WRONG_CODE] * (STEP_UP_TRIES - 1)
    assert (joan.row.failures_in_row, joan.row.lock) == (0, None)
    assert lives(joan.shop, token)
    assert isinstance(
        joan.try_recovery(joan.shop.enrolled(joan.shop.user("bea@example.org").id).codes[0], presented=token), Refused
    )
    assert refusal(joan.shop.try_use(token)) is GONE
    acts = [(one.act, one.details) for one in joan.shop.history_of(joan.id)]
    assert acts[-1] == (Act.SESSION_ENDED, {"reason": "step_up_failures"})
    assert [act for act, _ in acts].count(Act.STEP_UP_FAILED) == STEP_UP_TRIES
    assert joan.row.failures_in_row == 0
    granted(joan.try_code(joan.next_code()))


def test_a_right_code_gives_a_session_all_its_tries_again(joan: Customer) -> None:
    token = joan.comes_in().token
    for _ in range(2):
        for _ in range(STEP_UP_TRIES - 1):
            joan.try_code(joan.wrong_code(), presented=token)
        token = joan.comes_in(presented=token).token
    assert lives(joan.shop, token)


def test_what_is_mistyped_costs_a_session_no_try(joan: Customer) -> None:
    token = joan.comes_in().token
    for typed in ("", "12345", joan.codes[0], "x" * 70) * STEP_UP_TRIES:
        assert refusal(joan.try_code(typed, presented=token)) in {Why.MISTYPED_CODE, Why.OTHER_KIND_OF_CODE}
    assert lives(joan.shop, token)


def test_neither_lock_nor_closed_door_keeps_who_is_in_from_stepping_up(joan: Customer, clock: TestClock) -> None:
    token = joan.comes_in(life=LONGEST).token
    joan.fail(10)
    assert refusal(joan.try_code(joan.next_code())) is Why.LOCKED
    token = joan.comes_in(presented=token, life=LONGEST).token
    for _ in range(5):
        lock = joan.row.lock
        assert lock is not None
        assert lock.until is not None
        clock.set(lock.until)
        joan.fail(10)
    clock.advance(days=8)
    closed = joan.shop.look(joan.id).closed_at
    assert refusal(joan.try_code(joan.code())) is Why.LOCKED
    token = joan.comes_in(presented=token, life=LONGEST).token
    assert closed is not None
    assert joan.shop.look(joan.id).closed_at == closed


def test_in_a_session_of_the_first_factor_alone_wrong_codes_cost_the_member(joan: Customer) -> None:
    login = issuers.ed25519_issuer()
    profile, now = login.is_trusted_by(joan.shop), int(joan.shop.clock.now().timestamp())
    said = {"iss": issuers.URL, "aud": issuers.AUDIENCE, "sub": "u-1", "iat": now, "exp": now + 60}
    header = issuers.part({"alg": "Ed25519"})
    token = login.signs_as_is(f"{header}.{issuers.part(said)}")
    attested = granted(
        attestation.attest(
            joan.shop.portal,
            joan.shop.project,
            profile.public_id,
            token,
            wish=Wish(None, AN_HOUR),
            origin=FROM_THE_SHOP,
        )
    ).session
    assert attested is not None
    tried = [joan.try_code(joan.wrong_code(), presented=attested.token) for _ in range(10)]
    assert refusal(tried[-1]) is Why.LOCKED
    assert refusal(joan.try_code(joan.next_code(), presented=attested.token)) is Why.LOCKED
    assert lives(joan.shop, attested.token)


def test_in_a_session_that_is_not_theirs_no_code_is_spent(joan: Customer, shop: Shop, till: Shop) -> None:
    bea = shop.enrolled(shop.user("bea@example.org").id)
    hers, elsewhere = bea.comes_in(), till.knows_as(joan).comes_in()
    code = joan.next_code()
    for presented in (hers.token, by_jwt(hers), elsewhere.token, by_jwt(elsewhere), "never a token"):
        assert refusal(joan.try_code(code, presented=presented)) is GONE
        assert refusal(joan.try_recovery(joan.codes[0], presented=presented)) is GONE
    assert joan.row.failures_in_row == 0
    granted(joan.try_code(code))
    assert shop.sessions_of(bea.id) == [replace(hers, token="", mark="")]
    assert lives(shop, hers.token)


def test_a_step_up_where_the_clock_is_behind_gives_a_token_that_works(joan: Customer, clock: TestClock) -> None:
    """Of two nodes one is always a little behind the other."""
    opened = joan.comes_in()
    clock.advance(seconds=-1)
    stepped = joan.recovers(joan.codes[0], presented=opened.token)
    assert stepped.token not in {"", opened.token}
    assert lives(joan.shop, stepped.token)
    assert joan.shop.use(by_jwt(stepped)).session.token == stepped.token


# keys


def test_after_the_ring_has_another_key_it_is_told_by_the_old_one(joan: Customer, clock: TestClock) -> None:
    opened, at_the_node = joan.comes_in(), joan.shop
    ring = at_the_node.portal.keys.rotated(clock.now(), clock.now())
    node = replace(at_the_node, portal=replace(at_the_node.portal, ring_from=ring))
    assert node.use(by_jwt(opened)).session.token == opened.token
    stepped = replace(joan, shop=node).comes_in(presented=opened.token)
    assert node.use(by_jwt(stepped)).session.token == stepped.token


def test_where_its_key_is_gone_a_session_lives_without_being_told_its_token(joan: Customer, clock: TestClock) -> None:
    opened, at_the_node = joan.comes_in(), joan.shop
    ring = at_the_node.portal.keys.rotated(clock.now(), clock.now()).at(clock.now()).without(1)
    node = replace(at_the_node, portal=replace(at_the_node.portal, ring_from=ring))
    assert node.use(by_jwt(opened)).session.token == ""
    assert node.use(opened.token).session.token == opened.token


# whose they are


def test_the_session_of_another_project_is_unknown(joan: Customer, shop: Shop, till: Shop, mill: Shop) -> None:
    shown = joan.comes_in()
    for other in (till, mill):
        assert refusal(other.try_use(shown.token)) is GONE
        assert refusal(other.try_use(by_jwt(shown))) is GONE
        for named in (shown.token, by_jwt(shown), shown.id):
            assert refusal(other.end(named)) is GONE
    assert till.sessions_of(joan.id) == []
    assert refusal(application_sessions.all_of(mill.portal, mill.project, joan.id)) is Why.UNKNOWN_MEMBER
    assert lives(shop, shown.token)


def test_portal_and_application_take_nothing_of_each_other(shop: Shop, ada: Person, portal: Portal) -> None:
    shown = shop.knows(ada).comes_in()
    assert visitors.with_session(portal, shown.token) is None
    ada.sign_in()
    assert ada.token is not None
    assert refusal(shop.try_use(ada.token)) is GONE
    assert refusal(shop.end(ada.session.public_id)) is GONE
    assert refusal(shop.try_use(Named(ada.session.public_id, shown.mark))) is GONE
    assert ada.visitor()


# ending


@pytest.mark.parametrize("by", ["token", "jwt", "id"])
def test_an_application_ends_one_by_whatever_it_holds(joan: Customer, by: str) -> None:
    other, shown = joan.comes_in(), joan.comes_in()
    held: dict[str, str | Named | UUID] = {"token": shown.token, "jwt": by_jwt(shown), "id": shown.id}
    assert joan.shop.end(held[by]) is None
    assert refusal(joan.shop.try_use(shown.token)) is GONE
    assert refusal(joan.shop.end(held[by])) is GONE
    assert lives(joan.shop, other.token)
    last = joan.shop.history_of(joan.id)[-1]
    assert (last.act, last.project, last.details) == (Act.SESSION_ENDED, "Shop", {"reason": "by_application"})


def test_what_is_not_there_is_not_ended(joan: Customer, shop: Shop) -> None:
    before = shop.history_of(joan.id)
    for presented in (None, "x", uuid4(), Named(uuid4(), "x")):
        assert refusal(shop.end(presented)) is GONE
    assert shop.history_of(joan.id) == before


def test_all_that_a_member_has_in_the_application_end_at_once(joan: Customer, shop: Shop, till: Shop) -> None:
    bea = shop.enrolled(shop.user("bea@example.org").id)
    mine, hers, elsewhere = [joan.comes_in(), joan.comes_in()], bea.comes_in(), till.knows_as(joan).comes_in()
    assert shop.end_all("u-1") is None
    assert [refusal(shop.try_use(one.token)) for one in mine] == [GONE, GONE]
    assert lives(shop, hers.token)
    assert lives(till, elsewhere.token)
    ended = [(one.act, one.details) for one in shop.history_of(joan.id)[-2:]]
    assert ended == [(Act.SESSION_ENDED, {"reason": "by_application"})] * 2
    before = shop.history_of(joan.id)
    assert shop.end_all(joan.id) is None
    assert shop.history_of(joan.id) == before
    assert refusal(shop.end_all(uuid4())) is Why.UNKNOWN_MEMBER


ENDINGS: dict[str, Callable[[Person, Person], Any]] = {
    "suspension": lambda ada, olive: olive.does(membership.suspend, ada),
    "lock": lambda ada, olive: olive.does(locks.lock, ada),
    "removal": lambda ada, olive: olive.does(membership.remove, ada),
    "all sessions ended": lambda ada, olive: olive.does(sessions.end_all_of, ada),
    "panic": lambda ada, _olive: account.panic(ada.portal, ada.session, AT_HOME),
    "password": lambda ada, _olive: account.change_password(
        ada.portal, ada.session, password=NEW_PASSWORD, proof="", origin=AT_HOME
    ),
    "password link": lambda ada, _olive: ada.gets_new_password(),
    "pass": lambda ada, _olive: ada.use_pass(ada.given_pass()),
    "others ended": lambda ada, _olive: sessions.end_all_others(ada.portal, ada.session, AT_HOME),
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_what_ends_sessions_ends_those_of_applications(
    shop: Shop, till: Shop, ada: Person, olive: Person, ending: Callable[[Person, Person], Any]
) -> None:
    customer = shop.knows(ada)
    shown, elsewhere = customer.comes_in(), till.knows_as(customer).comes_in()
    ada.sign_in()
    assert not isinstance(ending(ada, olive), Refused)
    for one, token in ((shop, shown.token), (till, elsewhere.token)):
        assert refusal(one.try_use(token)) is GONE
    assert refusal(shop.try_use(by_jwt(shown))) is GONE


@pytest.mark.parametrize("status", ["suspended", "invited", "removed"])
def test_who_is_not_in_has_no_session_even_where_a_row_is_left(joan: Customer, portal: Portal, status: str) -> None:
    shown = joan.comes_in()
    with portal.writing() as tx:
        tx.db.exec_driver_sql(f"UPDATE member SET status = '{status}' WHERE id = {joan.row.id}")  # noqa: S608
    assert refusal(joan.shop.try_use(shown.token)) is GONE
    assert refusal(joan.shop.end(shown.token)) is GONE


def test_a_member_sees_it_in_the_portal_and_ends_it_there(shop: Shop, ada: Person, clock: TestClock) -> None:
    shown = shop.knows(ada).comes_in()
    clock.advance(minutes=1)
    ada.sign_in()
    listed = sessions.all_of(ada.portal, ada.session)
    assert [(one.application, one.current) for one in listed] == [("", True), ("Shop", False), ("", False)]
    (mine,) = [one for one in listed if one.application]
    assert (mine.id, mine.opened_by, mine.browser, mine.address) == (
        shown.id, Proof.TOTP, FROM_THE_SHOP.browser, FROM_THE_SHOP.address,
    )  # fmt: skip
    assert sessions.end(ada.portal, ada.session, shown.id, AT_HOME)
    assert refusal(shop.try_use(shown.token)) is GONE
    assert ada.history[-1].details == {"reason": "by_member"}


def test_the_portals_idleness_ends_none_of_an_application(shop: Shop, ada: Person, clock: TestClock) -> None:
    shown = shop.knows(ada).comes_in(life=timedelta(days=2))
    clock.advance(hours=13)
    assert ada.visitor() is None
    ada.sign_in()
    assert [one.application for one in sessions.all_of(ada.portal, ada.session)] == ["", "Shop"]
    assert lives(shop, shown.token)
    assert sessions.end_all_others(ada.portal, ada.session, AT_HOME) == 1


def test_one_that_has_run_out_is_listed_nowhere_and_swept_away(
    shop: Shop, ada: Person, portal: Portal, clock: TestClock
) -> None:
    shop.knows(ada).comes_in(life=SHORTEST)
    clock.advance(minutes=5)
    ada.sign_in()
    assert [one.application for one in sessions.all_of(ada.portal, ada.session)] == ["", ""]
    clock.advance(days=1)
    assert ("sessions", 1) in list(pruning.expired(portal))
    assert (ada.rows_in("session_factor"), ada.rows_in("enrolment")) == (0, 0)
