"""Somebody knows the password and guesses codes: they are stopped, and the person whose account it is learns of it."""

from datetime import UTC, datetime

from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import Person, Walker
from tests.support.site import Site


def test_ten_wrong_codes_stop_every_code_and_the_owner_sees_it(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    owner = somebody()
    owner.signs_in(ann)
    on_her_phone = somebody()
    on_her_phone.gives_password(ann)
    site.clock.set(datetime(2026, 5, 7, 9, 40, tzinfo=UTC))

    guesser = somebody()
    guesser.gives_password(ann)
    guesses(guesser, ann, times=9)
    guesser.is_refused("That code does not fit.")
    with guesser.page.expect_response("**/sign-in/code") as refusal:
        guesses(guesser, ann, times=1)
    assert refusal.value.status == 429
    guesser.sees("Codes are refused for now")
    guesser.reads("the right one too, until 7 May 2026, 10:40 UTC")
    guesser.reads("Nobody has come in.")
    shoot(guesser.page, "locked")

    on_her_phone.gives_code(ann.phone.next_code())
    on_her_phone.sees("Codes are refused for now")
    on_her_phone.opens("/sign-in/code")
    on_her_phone.sees("Codes are refused for now")

    owner.turns_to("Account")
    owner.is_ready("1 authenticator", "10 recovery codes")
    owner.reads("Too many wrong codes: every code is refused for a while.")
    shoot(owner.page, "account-after-guesses")
    owner.turns_to("History")
    owner.reads("Three wrong codes in a row followed your password. If it was not you, change your password.")
    owner.turns_to("Recovery codes")  # stepping up is not closed by it
    owner.section("See your codes").get_by_label("Code from your authenticator").fill(ann.phone.next_code())
    owner.presses("Show codes")
    owner.copies_the_codes_down()

    assert "was locked (attempts)" in site.run_cli("unlock", ann.email)
    on_her_phone.follows("Try a code again")
    on_her_phone.gives_code(ann.phone.next_code())
    on_her_phone.sees("Your account")
    on_her_phone.reads("The operator unlocked your second factor.")
    on_her_phone.is_told("Since your last sign-in, wrong codes followed your password 10 times.")
    shoot(on_her_phone.page, "account-warned")


def test_a_lock_passes_by_itself(ann: Person, somebody: Arriving) -> None:
    at = somebody()
    at.gives_password(ann)
    guesses(at, ann, times=10)
    at.sees("Codes are refused for now")
    at.clock.advance(minutes=59)
    at.opens("/")
    at.gives_password(ann)
    at.sees("Codes are refused for now")
    at.clock.advance(minutes=1)
    at.follows("Try a code again")
    at.gives_code(ann.phone.next_code())
    at.sees("Your account")


def test_ten_wrong_codes_in_an_open_session_end_it(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.signs_in(ann)
    at.clock.advance(minutes=6)
    at.turns_to("Recovery codes")
    for _ in range(10):
        code = at.section("See your codes").get_by_label("Code from your authenticator")
        code.fill(ann.phone.wrong_code())
        at.presses("Show codes")
    at.sees("Sign in to Larch & Co")
    at.is_told("There were too many wrong codes, so you were signed out.")
    shoot(at.page, "signed-out-after-guesses")


def test_a_password_that_thirty_wrong_codes_followed_opens_nothing_more(
    site: Site, ann: Person, somebody: Arriving, shoot: Shooting
) -> None:
    at = somebody()
    for _ in range(2):
        at.gives_password(ann)
        guesses(at, ann, times=10)
        at.sees("Codes are refused for now")
        site.run_cli("unlock", ann.email)
        at.presses("Sign in as somebody else")
    at.gives_password(ann)
    guesses(at, ann, times=10)
    at.sees("Sign in to Larch & Co")
    at.is_told("This password has been stopped")
    shoot(at.page, "password-stopped")
    at.gives_password(ann)
    at.is_refused("This password has been stopped")


def guesses(at: Walker, person: Person, *, times: int) -> None:
    for _ in range(times):
        at.gives_code(person.phone.wrong_code())
