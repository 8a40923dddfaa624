"""Going from one organization into another: who is known there, and what is still to be shown."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.application_sessions import INTERMEDIATE_LIFE
from app.domain.attempts import LockReason
from app.domain.events import Act
from app.domain.members import Role, Status
from app.domain.refusals import Refused, Why
from app.domain.sessions import Factor, Proof
from app.domain.users import User
from app.services import project_upkeep
from app.services.exchanges import Exchanged, Halfway
from app.storage import members
from tests.support.clock import TestClock
from tests.support.people import People, Person, granted, refusal
from tests.support.shops import AN_HOUR, Customer, Shop, by_jwt

A_TICK = timedelta(microseconds=1)
GONE = Why.UNKNOWN_SESSION


@dataclass
class Traveller:
    """Joan, who is enrolled in the harbour and is a user of the lighthouse, by an address that is verified in both."""

    whole: Shop
    here: Customer
    there: Shop
    other: User

    def goes(self, presented: str | None = None, **wanted: Any) -> Exchanged:
        return self.whole.exchange(presented or self.here.comes_in().token, "lighthouse", **wanted)

    def tries(self) -> Why:
        return refusal(self.whole.try_exchange(self.here.comes_in().token, "lighthouse"))

    def halfway(self) -> Halfway:
        exchanged = self.goes()
        assert exchanged.session is None
        assert exchanged.halfway is not None
        return exchanged.halfway

    def column(self, named: UUID, **columns: Any) -> None:
        with self.whole.portal.writing() as tx:
            found = members.find_sole(tx.db, named)
            assert found is not None
            members._change(tx.db, found.id, **columns)


@pytest.fixture
def joan(whole: Shop) -> Traveller:
    whole.tenant()
    here, there = whole.within("harbour"), whole.within("lighthouse")
    customer, other = here.enrolled(here.user().id), there.user(labels=("reader",), pending=True)
    whole.verified(customer.id, other.id)
    return Traveller(whole, customer, there, other)


# arriving


def test_where_nothing_is_missing_there_is_a_session_in_the_other_organization(
    joan: Traveller, clock: TestClock
) -> None:
    came_by = joan.here.comes_in()
    exchanged = joan.goes(came_by.token, claims={"plan": "gold"}, life=2 * AN_HOUR)
    shown, now = exchanged.session, clock.now()
    assert shown is not None
    assert (exchanged.project, exchanged.tenant) == (joan.there.project, joan.whole.look_at("lighthouse"))
    assert (exchanged.user, exchanged.user.active, exchanged.halfway) == (joan.there.look(joan.other.id), True, None)
    assert (shown.user, shown.labels, shown.claims) == (joan.other.id, ("reader",), {"plan": "gold"})
    assert (shown.started_at, shown.expires_at) == (now, now + 2 * AN_HOUR)
    assert shown.factors == (Factor(Proof.ATTESTATION, came_by.id, now, now),)
    assert joan.whole.use(came_by.token).session.claims == {}
    assert joan.whole.use(by_jwt(shown)).user.id == joan.other.id
    assert [one.act for one in joan.there.history_of(joan.other.id)] == [Act.USER_CREATED, Act.USER_EXCHANGED]
    assert joan.there.try_use(came_by.token) == joan.whole.try_use(came_by.token)


def test_what_was_shown_in_one_organization_is_no_second_factor_in_another(joan: Traveller, clock: TestClock) -> None:
    there = joan.there.enrolled(joan.other.id)
    halfway = joan.halfway()
    assert halfway.expires_at == clock.now() + INTERMEDIATE_LIFE
    assert refusal(joan.whole.try_use(halfway.token)) is GONE
    assert joan.there.sessions_of(joan.other.id) == []
    arrived = there.comes_in(intermediate=halfway.token)
    assert arrived.factors == (Factor(Proof.TOTP, there.totp, clock.now(), clock.now()),)
    again = there.try_code(there.next_code(), intermediate=halfway.token)
    assert refusal(again) is Why.UNKNOWN_INTERMEDIATE
    back = joan.whole.exchange(arrived.token, "harbour")
    assert (back.session, back.user.id) == (None, joan.here.id)
    assert back.halfway is not None
    joan.here.recovers(joan.here.codes[0], intermediate=back.halfway.token)


@pytest.mark.parametrize("by", ["policy", "wish"])
def test_who_has_none_where_one_is_asked_for_sets_one_up_on_the_way(joan: Traveller, by: str) -> None:
    if by == "policy":
        joan.whole.reword("lighthouse", requires_second_factor=True)
    else:
        joan.there.change(joan.other.id, wants_second_factor=True)
    halfway = joan.halfway()
    there = joan.there.begin(joan.other.id)
    shown = there.comes_in(there.code(), intermediate=halfway.token)
    assert (shown.user, [one.proof for one in shown.factors]) == (joan.other.id, [Proof.TOTP])
    assert joan.there.look(joan.other.id).active


@pytest.mark.parametrize("verified", ["neither", "here", "there"])
def test_an_address_that_is_not_verified_on_both_sides_lets_nobody_in(joan: Traveller, verified: str) -> None:
    joan.column(joan.here.id, email_verified=verified == "here")
    joan.column(joan.other.id, email_verified=verified == "there")
    exchanged = joan.goes()
    assert (exchanged.session, exchanged.halfway) == (None, None)
    assert exchanged.user == joan.there.look(joan.other.id)
    assert not exchanged.user.active
    assert joan.there.sessions_of(joan.other.id) == []
    assert [one.act for one in joan.there.history_of(joan.other.id)] == [Act.USER_CREATED]


def test_nor_is_anybody_told_how_it_is_with_whose_address_that_is(joan: Traveller) -> None:
    joan.column(joan.other.id, email_verified=False, status=Status.SUSPENDED)
    exchanged = joan.goes()
    assert (exchanged.session, exchanged.halfway) == (None, None)


def test_into_the_same_organization_the_session_goes_on(joan: Traveller, clock: TestClock) -> None:
    came_by = joan.here.comes_in(claims={"plan": "gold"})
    clock.advance(minutes=10)
    stays = joan.whole.exchange(came_by.token, "harbour", claims={"cart": 1}, life=2 * AN_HOUR)
    assert stays.session is not None
    assert (stays.session.id, stays.session.token, stays.session.factors) == (
        came_by.id, came_by.token, came_by.factors,
    )  # fmt: skip
    assert (stays.session.claims, stays.session.expires_at) == (
        {"plan": "gold", "cart": 1}, clock.now() + 2 * AN_HOUR,
    )  # fmt: skip
    much = {"cart": "x" * 5000}
    assert refusal(joan.whole.try_exchange(came_by.token, "harbour", claims=much)) is Why.TOO_MANY_CLAIMS
    assert refusal(joan.whole.try_exchange(came_by.token, "lighthouse", claims=much)) is Why.TOO_MANY_CLAIMS
    assert len(joan.here.shop.sessions_of(joan.here.id)) == 1


# a sign-in in progress


def test_who_has_not_arrived_yet_may_go_on_to_a_third(joan: Traveller) -> None:
    joan.whole.tenant("Mill")
    mill = joan.whole.within("mill")
    miller = mill.user()
    joan.whole.verified(miller.id)
    joan.there.change(joan.other.id, wants_second_factor=True)
    token = joan.halfway().token
    arrived = granted(joan.whole.try_exchange_halfway(token, "mill"))
    assert arrived.session is not None
    assert (arrived.user.id, arrived.halfway) == (miller.id, None)
    for used in (token, arrived.session.token, "x", "\ud800"):
        assert refusal(joan.whole.try_exchange_halfway(used, "lighthouse")) is Why.UNKNOWN_INTERMEDIATE


def test_going_on_again_and_again_lasts_no_longer(joan: Traveller, clock: TestClock) -> None:
    """Also to where one is not known, which uses nothing up."""
    joan.whole.tenant("Mill")
    joan.whole.within("mill").user()
    joan.there.change(joan.other.id, wants_second_factor=True)
    first = joan.halfway()
    clock.advance(minutes=4)
    unknown = granted(joan.whole.try_exchange_halfway(first.token, "mill"))
    assert (unknown.session, unknown.halfway) == (None, None)
    assert refusal(joan.whole.try_exchange_halfway(first.token, "nowhere")) is Why.UNKNOWN_ORGANIZATION
    second = granted(joan.whole.try_exchange_halfway(first.token, "lighthouse")).halfway
    assert second is not None
    assert second.token != first.token
    assert second.expires_at == first.expires_at
    clock.set(first.expires_at)
    assert refusal(joan.whole.try_exchange_halfway(second.token, "lighthouse")) is Why.UNKNOWN_INTERMEDIATE


def test_a_sign_in_in_progress_is_its_members_and_its_projects_for_ten_minutes(
    joan: Traveller, shop: Shop, clock: TestClock
) -> None:
    there = joan.there.enrolled(joan.other.id)
    token, code = joan.halfway().token, there.next_code()
    for wrong in ("", "x", f"{token}x", joan.here.comes_in().token, "\ud800"):
        assert refusal(there.try_code(code, intermediate=wrong)) is Why.UNKNOWN_INTERMEDIATE
        assert refusal(there.try_recovery(there.codes[0], intermediate=wrong)) is Why.UNKNOWN_INTERMEDIATE
    mine, at_the_shop = joan.here.next_code(), shop.knows_as(joan.here)
    assert refusal(joan.here.try_code(mine, intermediate=token)) is Why.UNKNOWN_INTERMEDIATE
    assert refusal(at_the_shop.try_code(mine, intermediate=token)) is Why.UNKNOWN_INTERMEDIATE
    granted(joan.here.try_code(mine))
    assert (there.row.failures_in_row, there.row.codes_left) == (0, 10)
    clock.set(clock.now() + INTERMEDIATE_LIFE)
    assert refusal(there.try_code(there.code(), intermediate=token)) is Why.UNKNOWN_INTERMEDIATE
    token = joan.halfway().token
    clock.set(clock.now() + INTERMEDIATE_LIFE - A_TICK)
    assert refusal(there.try_code(there.wrong_code(), intermediate=token)) is Why.WRONG_CODE
    there.recovers(there.codes[0], intermediate=token)


# who does not get there


def test_who_is_not_there_or_has_no_address_is_unknown(joan: Traveller, whole: Shop) -> None:
    whole.tenant("Mill")
    token = joan.here.comes_in().token
    assert refusal(whole.try_exchange(token, "mill")) is Why.UNKNOWN_MEMBER
    assert refusal(whole.try_exchange(token, "nowhere")) is Why.UNKNOWN_ORGANIZATION
    assert refusal(whole.try_exchange(token, uuid4())) is Why.UNKNOWN_ORGANIZATION
    for presented in (None, "", "x", f"{token}x", "\ud800"):
        assert refusal(whole.try_exchange(presented, "lighthouse")) is GONE
    joan.there.remove(joan.other.id)
    assert joan.tries() is Why.UNKNOWN_MEMBER
    nobody = joan.here.shop.enrolled(joan.here.shop.user(None).id)
    assert refusal(whole.try_exchange(nobody.comes_in().token, "lighthouse")) is Why.UNKNOWN_MEMBER


def test_who_is_suspended_or_locked_by_a_person_there_has_no_way_in(joan: Traveller) -> None:
    joan.column(joan.other.id, status=Status.SUSPENDED)
    assert joan.tries() is Why.NOT_ACTIVE
    joan.column(joan.other.id, status=Status.ACTIVE, lock_reason=LockReason.ADMIN)
    refused = joan.whole.try_exchange(joan.here.comes_in().token, "lighthouse")
    assert refused == Refused(Why.LOCKED, lock=LockReason.ADMIN)
    joan.column(joan.other.id, lock_reason=None)
    assert joan.goes().session
    token = joan.here.comes_in().token
    joan.column(joan.here.id, status=Status.SUSPENDED)
    assert refusal(joan.whole.try_exchange(token, "lighthouse")) is GONE
    joan.there.enrolled(joan.other.id)
    assert joan.there.row_of(joan.other.id).failures_in_row == 0


def test_a_lock_by_attempts_there_holds_at_the_second_factor(joan: Traveller) -> None:
    there = joan.there.enrolled(joan.other.id)
    there.fail(10)
    token = joan.halfway().token
    assert refusal(there.try_code(there.next_code(), intermediate=token)) is Why.LOCKED


def test_only_a_project_that_reaches_both_takes_anybody_from_one_to_the_other(
    joan: Traveller, shop: Shop, whole: Shop
) -> None:
    at_the_shop = shop.knows_as(joan.here)
    token = at_the_shop.comes_in().token
    assert refusal(shop.try_exchange(token, "lighthouse")) is Why.UNKNOWN_ORGANIZATION
    assert refusal(whole.try_exchange(token, "lighthouse")) is GONE
    assert refusal(shop.try_exchange(joan.here.comes_in().token, "harbour")) is GONE
    assert shop.exchange(token, "harbour").session is not None
    token = joan.here.comes_in().token
    project_upkeep.remove(whole.portal, whole.project.public_id)
    assert refusal(whole.try_exchange(token, "lighthouse")) is GONE


def test_people_of_the_portal_go_by_the_same_rule(whole: Shop, people: People, joan: Traveller) -> None:
    ada: Person = people.ready("joan@example.org", slug="mill", role=Role.OWNER)
    whole.verified(ada.public_id)
    exchanged = whole.exchange(joan.here.comes_in().token, "mill")
    assert exchanged.session is None
    assert exchanged.halfway is not None
    at_the_mill = whole.within("mill").knows(ada)
    session = at_the_mill.comes_in(intermediate=exchanged.halfway.token)
    assert (session.user, ada.visitor() is not None) == (ada.public_id, True)
