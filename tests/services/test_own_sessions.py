"""Whose session it is that somebody asks by: nobody else is reached through it, and without one nothing is."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from app.domain.application_sessions import REPLACED_FOR, Named, Own
from app.domain.attempts import LockReason
from app.domain.members import Role, Status
from app.domain.refusals import Refused, Why
from app.portal import Portal
from app.services import account, application_sessions, locks, membership, project_upkeep, sessions
from app.storage import members
from tests.support.clock import TestClock
from tests.support.issuers import Issuer
from tests.support.people import AT_HOME, People, Person, granted, refusal
from tests.support.screens import ALL, CHANGING, CHECKING, LOOKING, SHOWING, THE_REST, Asks, Login, Screen
from tests.support.shops import Shop, by_jwt
from tests.support.tables import dump

GONE, REPLACED = Why.UNKNOWN_SESSION, Why.TOKEN_REPLACED
GUARDED: dict[str, Asks] = {**SHOWING, **CHANGING}


@pytest.fixture
def fresh(adas: Screen) -> Screen:
    """Ada's browser, in which she has just typed a code, and was shown her codes."""
    adas.types()
    adas.reads()
    return adas


def refused(screen: Screen, asks: dict[str, Asks] = ALL) -> set[Why]:
    """Why everything is that may be asked, when nothing at all is written."""
    before = dump(screen.shop.portal)
    whys = {name: refusal(ask(screen)) for name, ask in asks.items()}
    assert dump(screen.shop.portal) == before
    return set(whys.values())


def set_status(screen: Screen, status: Status) -> None:
    """As no act does it: each of them ends the sessions too."""
    with screen.shop.portal.writing() as tx:
        members.change_status(tx.db, screen.row.id, status)


# none


def test_without_a_session_nothing_is_asked(fresh: Screen) -> None:
    assert refused(fresh.with_token(None)) == {Why.NO_SESSION}


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "x" * 5000, "é"])
def test_nor_by_what_is_no_token(fresh: Screen, token: str) -> None:
    assert refused(fresh.with_token(token)) == {GONE}


def test_nor_by_a_session_that_has_ended(fresh: Screen, shop: Shop) -> None:
    assert shop.end(fresh.token) is None
    assert refused(fresh) == {GONE}


def test_nor_by_one_that_has_run_out(fresh: Screen, clock: TestClock) -> None:
    clock.set(fresh.session.expires_at)
    assert refused(fresh) == {GONE}


def test_nor_by_the_token_of_before_a_factor_was_shown(adas: Screen) -> None:
    early = adas.with_token(adas.token)
    adas.types()
    assert refused(early, SHOWING) == {REPLACED}
    assert refused(early) == {REPLACED, GONE}, "asking for all of it takes more than a minute of theirs"
    assert refused(early) == {GONE}


def test_for_a_minute_it_is_known_that_the_session_goes_on(adas: Screen, shop: Shop, clock: TestClock) -> None:
    """And not longer, nor any token before, nor once the session is over, nor to another application."""
    first = adas.with_token(adas.token)
    adas.types()
    second = adas.with_token(adas.token)
    adas.types()
    assert (refused(first, LOOKING), refused(second, LOOKING)) == ({GONE}, {REPLACED})
    clock.advance(seconds=REPLACED_FOR.total_seconds() - 1)
    assert refused(second, LOOKING) == {REPLACED}
    clock.advance(seconds=1)
    assert refused(second, LOOKING) == {GONE}
    adas.types()
    assert refused(second, LOOKING) == {GONE}
    third = adas.with_token(adas.token)
    adas.types()
    assert refused(third, LOOKING) == {REPLACED}
    assert shop.end(adas.token) is None
    assert refused(third, LOOKING) == {GONE}


def test_nor_longer_where_the_clock_was_put_back(adas: Screen, clock: TestClock) -> None:
    early = adas.with_token(adas.token)
    adas.types()
    clock.advance(minutes=-60)
    assert refused(early, LOOKING) == {GONE}


def test_another_application_is_not_told_so(adas: Screen, till: Shop) -> None:
    early = adas.with_token(adas.token)
    adas.types()
    assert refused(replace(early, shop=till), LOOKING) == {GONE}


def test_nor_by_a_signed_token_of_before(fresh: Screen, shop: Shop) -> None:
    shown = shop.use(fresh.token).session
    signed = Own(by_jwt(shown))
    assert granted(application_sessions.is_fresh(shop.portal, shop.project, signed)) is True
    fresh.types()
    assert application_sessions.is_fresh(shop.portal, shop.project, signed) == Refused(GONE)
    for other in (Named(shown.id, ""), Named(uuid4(), shown.mark), Named(shown.id, shown.mark.swapcase() + "x")):
        assert application_sessions.is_fresh(shop.portal, shop.project, Own(other)) == Refused(GONE)


# somebody else's


def test_a_session_of_another_project_is_none_here(fresh: Screen, till: Shop, kiosk: Shop) -> None:
    for other in (till, kiosk):
        assert refused(replace(fresh, shop=other)) == {GONE}


def test_nor_is_one_of_the_portal(fresh: Screen, ada: Person) -> None:
    ada.sign_in()
    assert refused(fresh.with_token(ada.token)) == {GONE}


def test_nor_one_of_a_project_that_is_gone(fresh: Screen, shop: Shop) -> None:
    """With which all its sessions ended."""
    project_upkeep.remove(shop.portal, shop.project.public_id)
    assert refused(fresh) == {GONE}


def test_within_another_organization_its_member_is_nobody(
    whole: Shop, issuer: Issuer, people: People, ada: Person
) -> None:
    """An application of the whole installation has one kind of session for all of them."""
    people.organization("mill")
    there = whole.within("harbour")
    here = Screen(there, ada.public_id, there.knows(ada).comes_in().token, app=ada.app, codes=ada.codes)
    granted(here.try_look())
    outside = replace(here, shop=whole.within("mill"))
    assert refused(outside, {**GUARDED, **CHECKING, **THE_REST}) == {Why.UNKNOWN_MEMBER}


def test_whom_the_request_means_must_be_the_one_who_asks(fresh: Screen, login: Login, people: People) -> None:
    bea = people.ready("bea@example.org")
    login.comes(bea).types()
    for meant in (bea.public_id, uuid4()):
        assert refused(replace(fresh, meant=meant)) == {Why.UNKNOWN_MEMBER}


def test_who_means_themselves_asks_as_ever(fresh: Screen) -> None:
    fresh.meant = fresh.user
    granted(fresh.try_look())
    granted(fresh.try_reading())
    granted(fresh.try_acknowledging())
    granted(fresh.try_change(first_name="Ada"))
    granted(fresh.try_prefer(fresh.totp or uuid4()))
    fresh.rotates()
    granted(fresh.try_recovery(fresh.codes[0]))
    fresh.types()
    granted(fresh.try_delete_all())
    fresh.enrols()


def test_nobody_elses_authenticator_is_there(fresh: Screen, people: People, shop: Shop) -> None:
    bea = people.ready("bea@example.org")
    theirs = bea.authenticators[0].public_id
    waiting = shop.begin(shop.user().id).totp
    for totp in (theirs, waiting, uuid4()):
        there, named = replace(fresh, totp=totp), {"delete": CHANGING["delete"], "prefer": THE_REST["prefer"]}
        assert refused(there, named) == {Why.UNKNOWN_AUTHENTICATOR}
    assert bea.row.authenticator_count == 1


def test_nor_is_somebody_elses_code_right(fresh: Screen, people: People, clock: TestClock) -> None:
    bea = people.ready("bea@example.org")
    assert refusal(fresh.try_recovery(bea.codes[0])) is Why.WRONG_CODE
    assert refusal(fresh.try_code(bea.next_totp())) is Why.WRONG_CODE
    assert bea.row.codes_left == 10


# a sign-in in progress


def test_a_sign_in_in_progress_that_nobody_has_opens_nothing(fresh: Screen, till: Shop) -> None:
    for intermediate in ("x", "\ud800", fresh.token, replace(fresh, shop=till).halfway().intermediate):
        there = replace(fresh, token=None, intermediate=intermediate)
        assert refused(there) == {Why.UNKNOWN_INTERMEDIATE}


def test_it_counts_before_a_session_that_is_sent_along(fresh: Screen, login: Login, people: People) -> None:
    bea = login.comes(people.ready("bea@example.org"))
    begun = replace(bea.halfway(), token=fresh.token)
    assert granted(begun.try_look()).id == bea.user
    assert refused(begun, GUARDED) == {Why.FACTOR_MISSING}


@pytest.mark.parametrize("shows", [Screen.types, Screen.recovers], ids=["authenticator", "recovery code"])
def test_it_becomes_a_session_once(adas: Screen, shop: Shop, shows: Callable[[Screen], Any]) -> None:
    begun = adas.halfway()
    again = replace(begun)
    done = shows(begun)
    assert done.session.user == adas.user
    assert begun.is_fresh() is True
    assert refused(again) == {Why.UNKNOWN_INTERMEDIATE}


def test_a_wrong_code_leaves_it_and_counts(adas: Screen) -> None:
    begun = adas.halfway()
    assert refusal(begun.try_code(begun.wrong_code())) is Why.WRONG_CODE
    assert adas.row.failures_in_row == 1
    begun.types()
    assert adas.row.failures_in_row == 0


def test_it_acknowledges_nothing(adas: Screen) -> None:
    assert refused(adas.halfway(), {"acknowledge": THE_REST["acknowledge"]}) == {Why.OUTDATED}


# people of the portal


@pytest.fixture(params=[Role.ADMIN, Role.OWNER])
def boss(request: pytest.FixtureRequest, shop: Shop, people: People) -> Screen:
    """The browser of somebody with a role, whose session the application's server has opened."""
    person = people.ready("boss@example.org", role=request.param)
    customer = shop.knows(person)
    token = customer.comes_in().token
    return Screen(shop, person.public_id, token, app=person.app, totp=customer.totp, codes=person.codes)


def test_who_has_a_role_in_the_portal_is_neither_shown_nor_changed_anything(boss: Screen) -> None:
    others = {name: ask for name, ask in THE_REST.items() if name != "confirm"}
    assert refused(boss, {**GUARDED, **others}) == {Why.PORTAL_ROLE}
    assert refused(boss, {"confirm": THE_REST["confirm"]}) == {Why.ENROLLED}


def test_their_codes_are_checked_and_they_are_looked_at(boss: Screen) -> None:
    assert granted(boss.try_look()).id == boss.user
    assert granted(boss.where())
    boss.types()
    granted(boss.try_recovery(boss.codes[0]))
    assert boss.row.codes_left == 9


def test_who_became_one_since_confirms_nothing(joans: Screen, portal: Portal) -> None:
    joans.begins()
    with portal.writing() as tx:
        members.change_role(tx.db, joans.row.id, Role.ADMIN)
    assert refusal(joans.try_confirm(joans.code())) is Why.PORTAL_ROLE
    assert refusal(joans.try_code(joans.code())) is Why.PORTAL_ROLE
    assert joans.row.authenticator_count == 0


# people who are not in


OUT: dict[str, Callable[[Person, Person], object]] = {
    "suspended": lambda olive, ada: olive.does(membership.suspend, ada),
    "removed": lambda olive, ada: olive.does(membership.remove, ada),
    "locked": lambda olive, ada: olive.does(locks.lock, ada),
    "sessions ended": lambda olive, ada: olive.does(sessions.end_all_of, ada),
    "panicked": lambda _olive, ada: account.panic(ada.portal, ada.session, AT_HOME),
}


@pytest.mark.parametrize("happens", OUT.values(), ids=OUT)
def test_what_shuts_somebody_out_ends_their_sessions_here(
    fresh: Screen, ada: Person, olive: Person, happens: Callable[[Person, Person], object]
) -> None:
    begun = fresh.halfway()
    ada.sign_in()
    outcome = happens(olive, ada)
    assert not isinstance(outcome, Refused)
    assert refused(fresh) == {GONE}
    assert refused(begun) == {Why.UNKNOWN_INTERMEDIATE}


def test_who_is_suspended_gets_nothing_by_a_session_that_was_left(fresh: Screen) -> None:
    set_status(fresh, Status.SUSPENDED)
    more = {name: THE_REST[name] for name in ("create", "confirm")}
    assert refused(fresh, {**GUARDED, **CHECKING, **more}) == {Why.NOT_ACTIVE}
    assert refused(fresh, {"look": LOOKING["look"]}) == {GONE}


def test_who_is_removed_is_nobody_by_a_session_that_was_left(fresh: Screen) -> None:
    set_status(fresh, Status.REMOVED)
    assert refused(fresh, {**GUARDED, **CHECKING, **THE_REST}) == {Why.UNKNOWN_MEMBER}
    assert refused(fresh, {"look": LOOKING["look"]}) == {GONE}


@pytest.mark.parametrize("reason", [LockReason.ADMIN, LockReason.PANIC])
def test_nothing_is_shown_or_changed_while_a_person_has_locked_it(
    fresh: Screen, portal: Portal, reason: LockReason
) -> None:
    with portal.writing() as tx:
        members.lock(tx.db, fresh.row.id, reason, tx.now)
    assert refused(fresh, GUARDED) == {Why.LOCKED}
    assert fresh.try_rotating() == Refused(Why.LOCKED, lock=reason)


# what is told of whoever asks


def test_everybody_sees_themselves_as_the_application_does(fresh: Screen, shop: Shop, joans: Screen) -> None:
    for screen in (fresh, joans):
        assert granted(screen.try_look()) == shop.look(screen.user)


def test_what_is_told_of_the_codes_follows_them(joans: Screen) -> None:
    def told() -> tuple[int, bool]:
        user = granted(joans.try_look())
        return user.codes_left, user.codes_pending

    assert told() == (0, False)
    joans.enrols()
    assert told() == (10, True)
    joans.recovers()
    assert told() == (9, True)
    joans.types()
    joans.reads()
    granted(joans.try_acknowledging())
    assert told() == (9, False)
    joans.rotates()
    assert told() == (10, True)


def test_where_somebody_is_is_their_organization(whole: Shop, people: People, ada: Person) -> None:
    people.organization("mill")
    mona = people.ready("mona@example.org", slug="mill")
    for person, slug in ((ada, "harbour"), (mona, "mill")):
        there = whole.within(slug)
        token = there.knows(person).comes_in().token
        found = application_sessions.where(whole.portal, whole.project, Own(token))
        assert found == whole.look_at(slug).organization.public_id
