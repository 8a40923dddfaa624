"""Recovery codes in the hands of their members, as applications let them: shown, made, acknowledged."""

from datetime import timedelta

import pytest

from app.domain.events import Act
from app.domain.recovery_codes import HANDED_KEPT_FOR, Visibility
from app.domain.refusals import Why
from app.domain.sessions import Proof
from app.portal import Portal
from app.services import copies, recovery_codes
from app.storage import members
from app.storage import recovery_codes as kept_codes
from tests.support.clock import TestClock
from tests.support.keeping import keeps, sealed_copies
from tests.support.people import AT_HOME, People, Person, granted, refusal
from tests.support.screens import Login, Screen
from tests.support.shops import Shop

VIEWABLE, UNTIL, ONCE = Visibility.VIEWABLE, Visibility.UNTIL_ACKNOWLEDGED, Visibility.ONCE
TICK = timedelta(microseconds=1)
each_mode = pytest.mark.parametrize("mode", list(Visibility))


@pytest.fixture
def fresh(adas: Screen) -> Screen:
    """Ada's browser, in which she has just typed a code."""
    adas.types()
    return adas


def enrolled(login: Login, *, with_codes: bool = True) -> Screen:
    """In the browser itself, just now."""
    login.shop.user(external_id="u-1")
    screen = login.sits_down()
    screen.enrols(with_codes=with_codes)
    return screen


def pending(screen: Screen) -> bool:
    return screen.row.codes_pending


def voided(screen: Screen) -> None:
    """As a restored backup does it, or a key that was retired."""
    with screen.shop.portal.writing() as tx:
        kept_codes.void_live(tx.db, screen.row.id, generation=None, now=tx.now)
        members.refresh_counts(tx.db, screen.row.id)


# shown


def test_the_unspent_ones_are_shown_of_each_authenticator_alike(login: Login, ada: Person) -> None:
    ada.enrol(ada.session)
    there = login.comes(ada)
    there.types()
    first, second = granted(there.try_reading()).totps
    assert (first[0].id, second[0].id) == tuple(one.public_id for one in ada.authenticators)
    assert first[1] == second[1] == ada.codes == there.reads()
    there.recovers(ada.codes[3])
    there.types()
    assert there.reads() == [code for code in ada.codes if code != ada.codes[3]]


def test_reading_spends_nothing_and_acknowledges_nothing(login: Login) -> None:
    there = enrolled(login)
    for _ in range(2):
        assert there.reads() == there.codes
    assert (there.row.codes_left, pending(there)) == (10, True)


@each_mode
def test_each_mode_shows_what_it_keeps_until_it_is_acknowledged(login: Login, portal: Portal, mode: Visibility) -> None:
    keeps(portal, mode)
    there = enrolled(login)
    shown = [] if mode is ONCE else there.codes
    assert there.reads() == shown
    assert [codes for _, codes in granted(there.try_reading()).totps] == [shown]


@each_mode
def test_a_new_set_is_whole_in_the_reply_that_makes_it(fresh: Screen, portal: Portal, mode: Visibility) -> None:
    keeps(portal, mode)
    old = fresh.codes
    made = fresh.rotates()
    assert len(set(made)) == 10
    assert not set(made) & set(old)
    assert fresh.reads() == ([] if mode is ONCE else made)
    assert sealed_copies(portal, fresh.row.id) == (0 if mode is ONCE else 10)
    assert (fresh.row.codes_left, pending(fresh)) == (10, True)
    assert refusal(fresh.try_recovery(old[0])) is Why.WRONG_CODE
    fresh.recovers(made[0])


@each_mode
def test_without_codes_handed_out_the_set_is_kept_as_the_mode_has_it(
    login: Login, portal: Portal, mode: Visibility
) -> None:
    keeps(portal, mode)
    there = enrolled(login, with_codes=False)
    assert sealed_copies(portal, there.row.id) == (0 if mode is ONCE else 10)
    assert len(there.reads()) == (0 if mode is ONCE else 10)


def test_what_was_shown_is_kept_for_seven_days_more(
    login: Login, people: People, portal: Portal, clock: TestClock
) -> None:
    keeps(portal, UNTIL)
    ada = people.with_pending_codes()
    clock.advance(days=30)
    there = login.comes(ada)
    there.types()
    assert there.reads() == ada.codes
    over = clock.now() + HANDED_KEPT_FOR
    clock.set(over)
    later = login.comes(ada)
    later.types(later.code())
    assert later.reads() == ada.codes
    clock.set(over + TICK)
    assert later.reads() == []
    while copies.sweep(portal):
        pass
    assert sealed_copies(portal, ada.id) == 0


# made where there are none


def test_where_there_is_none_a_set_is_made_by_who_asks_for_it(fresh: Screen, ada: Person) -> None:
    old = fresh.row.code_generation
    voided(fresh)
    assert fresh.reads() == []
    assert Act.CODES_REGENERATED not in ada.acts
    made = fresh.reads(making=True)
    assert len(set(made)) == 10
    assert fresh.reads(making=True) == fresh.reads() == made
    assert (fresh.row.code_generation, fresh.row.codes_left, pending(fresh)) == (old + 1, 10, True)
    (event,) = [one for one in ada.history if one.act is Act.CODES_REGENERATED]
    assert event.details == {"old": 0, "count": 10}
    fresh.recovers(made[0])


def test_it_is_made_for_nobody_who_is_not_fresh_and_for_nobody_without_an_authenticator(
    adas: Screen, joans: Screen
) -> None:
    voided(adas)
    assert refusal(adas.try_reading_live(making=True)) is Why.FACTOR_MISSING
    assert refusal(adas.halfway().try_reading_live(making=True)) is Why.FACTOR_MISSING
    assert refusal(joans.try_reading_live(making=True)) is Why.NOT_ENROLLED
    assert (adas.row.codes_left, joans.row.codes_left) == (0, 0)


@pytest.mark.parametrize("mode", [UNTIL, ONCE])
def test_where_there_is_one_that_cannot_be_shown_none_is_made(login: Login, portal: Portal, mode: Visibility) -> None:
    """Or whoever looks would void what lies in a drawer."""
    keeps(portal, mode)
    there = enrolled(login)
    there.reads()
    if mode is UNTIL:
        granted(there.try_acknowledging())
    generation = there.row.code_generation
    assert there.reads(making=True) == []
    assert there.row.code_generation == generation
    there.recovers()


def test_a_set_of_which_all_are_spent_is_still_one(fresh: Screen) -> None:
    while fresh.codes:
        fresh.recovers()
    fresh.types()
    assert fresh.reads(making=True) == []
    assert fresh.row.codes_left == 0
    assert len(fresh.rotates()) == 10


# which sessions go on


@pytest.mark.parametrize("makes", ["rotate", "read live, making"])
def test_a_new_set_ends_all_other_sessions_and_keeps_this_one(
    login: Login, ada: Person, till: Shop, makes: str
) -> None:
    there, other = login.comes(ada), login.comes(ada)
    elsewhere = till.knows(ada).comes_in()
    ada.sign_in()
    begun = there.halfway()
    if makes == "rotate":
        there.types()
        there.rotates()
    else:
        voided(there)
        there.types()
        assert there.reads(making=True)
    assert (there.lives, other.lives, ada.visitor()) == (True, False, None)
    assert refusal(till.try_use(elsewhere.token)) is Why.UNKNOWN_SESSION
    assert refusal(begun.try_look()) is Why.UNKNOWN_INTERMEDIATE


def test_reading_and_acknowledging_end_none(fresh: Screen, login: Login, ada: Person) -> None:
    other = login.comes(ada)
    fresh.reads()
    granted(fresh.try_acknowledging())
    assert other.lives


# acknowledged


def test_what_was_shown_in_this_session_is_acknowledged_by_it(login: Login) -> None:
    there = enrolled(login, with_codes=False)
    assert pending(there)
    there.reads()
    user = granted(there.try_acknowledging())
    assert (user.codes_left, user.codes_pending) == (10, False)
    assert user == there.shop.look(there.user)
    assert there.acts[-1] is Act.CODES_ACKNOWLEDGED


@pytest.mark.parametrize("shows", [Screen.try_reading, Screen.try_reading_live, Screen.try_rotating])
def test_every_way_of_showing_them_counts(fresh: Screen, ada: Person, shows: object) -> None:
    assert callable(shows)
    ada.sign_in()
    ada.regenerate()
    anew = fresh.with_token(fresh.shop.knows(ada).comes_in().token)
    assert refusal(anew.try_acknowledging()) is Why.OUTDATED
    granted(shows(anew))
    granted(anew.try_acknowledging())
    assert not pending(anew)


def test_who_was_shown_none_acknowledges_none(login: Login, people: People) -> None:
    """Not even what was made, and shown elsewhere."""
    ada = people.with_pending_codes()
    there, other = login.comes(ada), login.comes(ada)
    there.types()
    assert refusal(there.try_acknowledging()) is Why.OUTDATED
    other.types()
    other.reads()
    assert refusal(there.try_acknowledging()) is Why.OUTDATED
    assert pending(there)
    granted(other.try_acknowledging())
    assert refusal(there.try_acknowledging()) is Why.OUTDATED


def test_nor_do_they_where_there_was_nothing_to_show(login: Login, portal: Portal) -> None:
    keeps(portal, ONCE)
    there = enrolled(login, with_codes=False)
    assert there.reads() == []
    assert refusal(there.try_acknowledging()) is Why.OUTDATED
    assert pending(there)
    there.rotates()
    granted(there.try_acknowledging())
    assert not pending(there)


def test_codes_that_were_handed_out_with_the_secret_were_shown(login: Login) -> None:
    there = enrolled(login)
    granted(there.try_acknowledging())
    assert not pending(there)


def test_but_none_are_acknowledged_before_they_are_live(joans: Screen) -> None:
    joans.begins()
    granted(joans.try_reading())
    assert refusal(joans.try_acknowledging()) is Why.OUTDATED
    joans.types(joans.code())
    granted(joans.try_acknowledging())
    assert not pending(joans)


def test_a_set_made_elsewhere_since_is_another_one(fresh: Screen, ada: Person, portal: Portal) -> None:
    """A server may make one without ending the session; what was saved is not what is live."""
    fresh.reads()
    granted(fresh.shop.rotate(ada.public_id))
    assert fresh.lives
    assert refusal(fresh.try_acknowledging()) is Why.OUTDATED
    assert pending(fresh)
    fresh.reads()
    granted(fresh.try_acknowledging())
    voided(fresh)
    assert refusal(fresh.try_acknowledging()) is Why.OUTDATED


def test_a_second_time_changes_nothing(fresh: Screen, ada: Person) -> None:
    fresh.rotates()
    first = granted(fresh.try_acknowledging())
    acts = ada.acts
    assert granted(fresh.try_acknowledging()) == first
    assert ada.acts == acts
    assert acts.count(Act.CODES_ACKNOWLEDGED) == 2  # in the portal, and here


def test_it_takes_no_freshness(fresh: Screen, clock: TestClock) -> None:
    fresh.rotates()
    clock.advance(hours=6)
    granted(fresh.try_acknowledging())
    assert not pending(fresh)


def test_it_goes_on_with_the_session_when_a_factor_is_shown_again(fresh: Screen) -> None:
    fresh.rotates()
    fresh.types()
    granted(fresh.try_acknowledging())


@each_mode
def test_copies_end_with_it_where_the_mode_says_so(login: Login, portal: Portal, mode: Visibility) -> None:
    keeps(portal, mode)
    there = enrolled(login)
    made = there.rotates()
    granted(there.try_acknowledging())
    assert sealed_copies(portal, there.row.id) == (10 if mode is VIEWABLE else 0)
    assert there.reads() == (made if mode is VIEWABLE else [])
    granted(there.try_acknowledging())
    there.recovers(made[0])


def test_a_stricter_mode_chosen_meanwhile_holds(fresh: Screen, portal: Portal) -> None:
    made = fresh.rotates()
    keeps(portal, UNTIL)
    assert fresh.reads() == made
    granted(fresh.try_acknowledging())
    assert sealed_copies(portal, fresh.row.id) == 0
    assert fresh.reads() == []


def test_the_portal_leads_to_them_no_more_once_they_are_acknowledged_here(
    login: Login, people: People, clock: TestClock
) -> None:
    ada = people.with_pending_codes()
    there = login.comes(ada)
    there.types()
    there.reads()
    granted(there.try_acknowledging())
    session = ada.sign_in()
    assert not ada.code_set.pending
    shown = granted(recovery_codes.show(ada.portal, session, proof="", act=Act.CODES_SHOWN, origin=AT_HOME))
    assert [one.code for one in shown.codes.codes] == ada.codes


def test_a_set_made_in_a_browser_is_not_shown_in_the_portal_to_who_came_by_a_code(fresh: Screen, ada: Person) -> None:
    made = fresh.rotates()
    session = ada.sign_in(made[0])
    assert session.opened_by is Proof.RECOVERY_CODE
    refused = recovery_codes.show(ada.portal, session, proof="", act=Act.CODES_SHOWN, origin=AT_HOME)
    assert refusal(refused) is Why.NOT_SHOWABLE
