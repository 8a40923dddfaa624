"""How fresh somebody has to be who asks for themselves, and by which factor, to be shown or to change something."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.domain.application_sessions import INTERMEDIATE_LIFE
from app.domain.attempts import STEP_UP_TRIES
from app.domain.projects import Permission
from app.domain.refusals import Refused, Why
from app.domain.sessions import FRESH_FOR, Proof
from app.services import project_upkeep
from tests.support.clock import TestClock
from tests.support.issuers import Issuer
from tests.support.people import Person, granted, refusal
from tests.support.screens import CHANGING, SHOWING, THE_REST, Asks, Login, Screen
from tests.support.shops import Shop

TICK = timedelta(microseconds=1)
MISSING, STALE = Why.FACTOR_MISSING, Why.FACTOR_STALE
GUARDED = {**SHOWING, **CHANGING}
each_guarded = pytest.mark.parametrize("ask", GUARDED.values(), ids=GUARDED)
each_showing = pytest.mark.parametrize("ask", SHOWING.values(), ids=SHOWING)
each_changing = pytest.mark.parametrize("ask", CHANGING.values(), ids=CHANGING)


def later(clock: TestClock, by: timedelta) -> None:
    clock.set(clock.now() + by)


def unchanged(screen: Screen, ask: Asks) -> Why:
    """Why it was refused, when nothing of the user is changed and nothing is written down."""
    before, acts = screen.shop.look(screen.user), screen.acts
    why = refusal(ask(screen))
    assert (screen.shop.look(screen.user), screen.acts) == (before, acts)
    return why


def whys(screen: Screen, asks: dict[str, Asks]) -> set[Why]:
    """Likewise of several."""
    return {unchanged(screen, ask) for ask in asks.values()}


# whoever has an authenticator


def test_a_first_factor_opens_nothing_to_who_has_a_second(adas: Screen) -> None:
    assert whys(adas, GUARDED) == {MISSING}
    assert adas.is_fresh() is False


@each_guarded
def test_a_code_that_was_just_typed_in_this_session_opens_it(adas: Screen, ask: Asks) -> None:
    adas.types()
    assert adas.is_fresh() is True
    granted(ask(adas))


@each_guarded
def test_five_minutes_long_and_no_longer(adas: Screen, clock: TestClock, ask: Asks) -> None:
    adas.types()
    later(clock, FRESH_FOR)
    assert unchanged(adas, ask) is STALE
    assert adas.is_fresh() is False
    clock.set(clock.now() - TICK)
    assert adas.is_fresh() is True
    granted(ask(adas))


@each_guarded
def test_another_code_makes_it_fresh_again(adas: Screen, clock: TestClock, ask: Asks) -> None:
    adas.types()
    clock.advance(hours=3)
    assert unchanged(adas, ask) is STALE
    adas.types()
    granted(ask(adas))


def test_a_clock_that_was_put_back_leaves_nobody_fresh_for_as_long(adas: Screen, clock: TestClock) -> None:
    adas.types()
    later(clock, TICK - FRESH_FOR)
    assert adas.is_fresh() is True
    later(clock, -TICK)
    assert adas.is_fresh() is False
    assert refusal(adas.try_rotating()) is STALE


def test_what_is_fresh_is_this_session_and_no_other(adas: Screen, login: Login, ada: Person) -> None:
    other = login.comes(ada)
    other.types()
    assert (adas.is_fresh(), other.is_fresh()) == (False, True)
    assert unchanged(adas, CHANGING["rotate"]) is MISSING
    granted(other.try_rotating())


def test_nor_is_it_fresh_by_what_was_shown_in_the_portal(adas: Screen, ada: Person) -> None:
    ada.sign_in()
    assert unchanged(adas, SHOWING["read"]) is MISSING


def test_nor_by_a_code_that_was_wrong(adas: Screen) -> None:
    assert refusal(adas.try_code(adas.wrong_code())) is Why.WRONG_CODE
    assert unchanged(adas, CHANGING["rotate"]) is MISSING


def test_a_first_factor_shown_again_makes_nothing_fresh(adas: Screen, login: Login, clock: TestClock) -> None:
    adas.types()
    later(clock, FRESH_FOR)
    login.vouches_again(adas, str(adas.user))
    assert unchanged(adas, CHANGING["rotate"]) is STALE


def test_nor_does_it_give_new_tries_at_the_second(adas: Screen, login: Login, clock: TestClock) -> None:
    """Or a session that was left open, and a token of its user's, would be tries without end and without a lock."""
    adas.types()
    later(clock, FRESH_FOR)
    for _ in range(STEP_UP_TRIES - 1):
        assert refusal(adas.try_code(adas.wrong_code())) is Why.WRONG_CODE
    login.vouches_again(adas, str(adas.user))
    assert adas.lives
    assert isinstance(adas.try_code(adas.wrong_code()), Refused)
    assert not adas.lives


def test_what_members_say_of_themselves_takes_the_second_factor_but_no_fresh_one(
    adas: Screen, joans: Screen, clock: TestClock
) -> None:
    assert whys(adas, {"change": THE_REST["change"]}) == {MISSING}
    assert whys(adas.halfway(), {"change": THE_REST["change"]}) == {MISSING}
    adas.types()
    for screen in (adas, joans):
        later(clock, 2 * FRESH_FOR)
        assert granted(screen.try_change(first_name="Ada")).notes.name.first == "Ada"


def test_no_permission_of_the_application_is_asked_for(kiosk: Shop, issuer: Issuer, ada: Person) -> None:
    there = Login.at(kiosk, issuer).comes(ada)
    assert unchanged(there, CHANGING["rotate"]) is MISSING
    there.types()
    assert there.reads() == ada.codes
    assert there.rotates() != ada.codes
    assert granted(there.try_delete_all()).totps == ()


# by a recovery code


@each_changing
def test_a_recovery_code_lets_whoever_has_it_change_things(adas: Screen, ask: Asks) -> None:
    adas.recovers()
    assert adas.is_fresh() is True
    granted(ask(adas))


def test_and_tells_them_none_of_the_others(adas: Screen) -> None:
    adas.recovers()
    assert whys(adas, SHOWING) == {MISSING}


def test_not_even_once_an_authenticator_is_shown_too(adas: Screen, clock: TestClock) -> None:
    """Perhaps the code was found, and a new authenticator set up with it."""
    adas.recovers()
    adas.types()
    assert whys(adas, SHOWING) == {MISSING}
    later(clock, timedelta(hours=1))
    adas.types()
    assert whys(adas, SHOWING) == {MISSING}


def test_a_session_that_a_recovery_code_opened_is_told_none_either(adas: Screen, shop: Shop, ada: Person) -> None:
    """As the application's server opens it."""
    opened = shop.knows(ada).recovers(adas.codes.pop())
    there = adas.with_token(opened.token)
    assert there.session.opened_by is Proof.RECOVERY_CODE
    assert whys(there, SHOWING) == {MISSING}
    there.types()
    assert whys(there, SHOWING) == {MISSING}
    granted(there.try_rotating())


@each_showing
def test_after_an_authenticator_a_recovery_code_hides_them_only_for_a_while(adas: Screen, ask: Asks) -> None:
    """What came first was the authenticator; what was shown last has to be one."""
    adas.types()
    adas.recovers()
    assert unchanged(adas, ask) is MISSING
    adas.types()
    granted(ask(adas))


@each_showing
def test_a_set_made_in_the_session_is_shown_there_whatever_the_proof(adas: Screen, clock: TestClock, ask: Asks) -> None:
    adas.recovers()
    made = adas.rotates()
    granted(ask(adas))
    later(clock, FRESH_FOR)
    assert unchanged(adas, ask) is STALE
    adas.recovers()
    assert adas.reads() == [code for code in made if code in adas.codes]
    granted(adas.try_acknowledging())
    granted(ask(adas))


def test_but_in_no_other_session(adas: Screen, login: Login, ada: Person) -> None:
    adas.recovers()
    adas.rotates()
    other = login.comes(ada)
    other.codes = adas.codes
    other.recovers()
    assert unchanged(other, SHOWING["read live"]) is MISSING


# whoever has none


def test_the_first_one_takes_a_first_factor_of_within_five_minutes(joans: Screen, clock: TestClock) -> None:
    assert joans.is_fresh() is True
    later(clock, FRESH_FOR)
    assert joans.is_fresh() is False
    assert unchanged(joans, Screen.try_begin) is STALE
    later(clock, -TICK)
    granted(joans.try_begin())


def test_the_first_factor_is_shown_again_for_it(joans: Screen, login: Login, clock: TestClock) -> None:
    clock.advance(hours=1)
    assert unchanged(joans, Screen.try_begin) is STALE
    login.vouches_again(joans)
    assert joans.is_fresh() is True
    granted(joans.try_begin())


def test_a_clock_that_was_put_back_is_no_first_factor(joans: Screen, clock: TestClock) -> None:
    later(clock, -FRESH_FOR)
    assert unchanged(joans, Screen.try_begin) is STALE


def test_of_two_tokens_the_later_one_counts(shop: Shop, issuer: Issuer, joans: Screen, clock: TestClock) -> None:
    """They are of two profiles, and so two factors."""
    second = issuer.is_trusted_by(shop, url="https://other.example")
    clock.advance(minutes=4)
    token = issuer.vouches(shop, "u-1", iss=second.issuer)
    done = granted(Login(shop, issuer).try_token(token, life=None, presented=joans.token))
    assert done.session
    assert len(done.session.factors) == 2
    joans.token = done.session.token
    clock.advance(minutes=4)
    granted(joans.try_begin())
    clock.advance(minutes=1)
    assert refusal(joans.try_begin()) is STALE


def test_what_there_is_nothing_of_is_said_to_who_is_fresh(joans: Screen, clock: TestClock) -> None:
    for ask in (*SHOWING.values(), CHANGING["rotate"]):
        assert unchanged(joans, ask) is Why.NOT_ENROLLED
    for ask in (CHANGING["delete"], CHANGING["delete all"]):
        assert unchanged(joans, ask) is Why.UNKNOWN_AUTHENTICATOR
    later(clock, FRESH_FOR)
    for ask in GUARDED.values():
        assert unchanged(joans, ask) is STALE


def test_whoever_has_an_authenticator_gets_no_other(adas: Screen) -> None:
    assert unchanged(adas, Screen.try_begin) is MISSING
    adas.types()
    assert unchanged(adas, Screen.try_begin) is Why.ENROLLED


# a sign-in in progress


def test_a_sign_in_in_progress_opens_nothing_to_who_has_an_authenticator(adas: Screen) -> None:
    begun = adas.halfway()
    assert whys(begun, GUARDED) == {MISSING}
    assert begun.is_fresh() is False
    assert unchanged(begun, Screen.try_begin) is MISSING


def test_it_opens_enrolment_to_who_has_none_for_five_minutes(joans: Screen, clock: TestClock) -> None:
    begun = joans.halfway()
    assert begun.is_fresh() is True
    later(clock, FRESH_FOR)
    assert unchanged(begun, Screen.try_begin) is STALE
    later(clock, -TICK)
    assert begun.begins().codes
    begun.types(begun.code())
    assert begun.session.proved_by is Proof.TOTP
    assert begun.is_fresh() is True


def test_it_is_over_with_its_time(joans: Screen, clock: TestClock) -> None:
    begun = joans.halfway()
    later(clock, INTERMEDIATE_LIFE)
    assert unchanged(begun, Screen.try_begin) is Why.UNKNOWN_INTERMEDIATE
    assert begun.is_fresh() == Refused(Why.UNKNOWN_INTERMEDIATE)


# whoever lost the last one


def lost_to_the_application(screen: Screen) -> None:
    granted(screen.shop.delete_all(screen.user))


def test_an_application_that_is_trusted_begins_anew_by_the_first_factor(
    adas: Screen, clock: TestClock, ada: Person
) -> None:
    lost_to_the_application(adas)
    assert ada.row.enrols_with_pass
    later(clock, FRESH_FOR - TICK)
    assert adas.is_fresh() is True
    later(clock, TICK)
    assert unchanged(adas, Screen.try_begin) is STALE
    later(clock, -TICK)
    adas.enrols()
    assert not ada.row.enrols_with_pass


def test_in_any_other_the_first_factor_alone_does_not_do(kiosk: Shop, issuer: Issuer, shop: Shop, ada: Person) -> None:
    login = Login.at(kiosk, issuer)
    login.comes(ada)
    granted(shop.delete_all(ada.public_id))
    anew = login.sits_down(str(ada.public_id))
    assert anew.is_fresh() is False
    assert unchanged(anew, Screen.try_begin) is MISSING
    assert unchanged(anew.halfway(), Screen.try_begin) is MISSING


def test_nor_in_one_from_which_the_permission_was_taken_since(adas: Screen, shop: Shop) -> None:
    lost_to_the_application(adas)
    project_upkeep.permit(shop.portal, shop.project.public_id, Permission.FACTOR_SECRETS, given=False)
    assert shop.project.may(Permission.FACTOR_SECRETS)
    assert adas.is_fresh() is False
    assert unchanged(adas, Screen.try_begin) is MISSING
    assert unchanged(adas.halfway(), Screen.try_begin) is MISSING


@pytest.mark.parametrize("shows", [Screen.types, Screen.recovers], ids=["authenticator", "recovery code"])
def test_who_took_it_away_sets_up_another_in_that_session_for_five_minutes(
    kiosk: Shop, issuer: Issuer, ada: Person, clock: TestClock, shows: Callable[[Screen], object]
) -> None:
    login = Login.at(kiosk, issuer)
    there = login.comes(ada)
    shows(there)
    granted(there.try_delete_all())
    assert ada.row.enrols_with_pass
    other = login.sits_down(str(ada.public_id))
    assert unchanged(other, Screen.try_begin) is MISSING
    later(clock, FRESH_FOR)
    assert unchanged(there, Screen.try_begin) is MISSING
    later(clock, -TICK)
    assert there.is_fresh() is True
    assert there.enrols().session
    assert not ada.row.enrols_with_pass
    assert not other.lives


def test_where_only_a_second_factor_was_shown_it_is_the_one_that_counts(
    shop: Shop, adas: Screen, ada: Person, clock: TestClock
) -> None:
    """An application's server opened the session by a code; the factor went with the authenticator."""
    there = adas.with_token(shop.knows(ada).comes_in().token)
    lost_to_the_application(there)
    granted(there.try_begin())
    later(clock, FRESH_FOR)
    assert refusal(there.try_begin()) is MISSING


def test_who_never_had_one_needs_no_permission_of_the_application(
    kiosk: Shop, issuer: Issuer, clock: TestClock
) -> None:
    kiosk.user(external_id="u-1")
    there = Login.at(kiosk, issuer).sits_down()
    there.enrols()
    clock.advance(minutes=1)
    assert there.reads() == there.codes
