"""Password links."""

import pytest

from app.domain.events import Act, ActorKind
from app.domain.refusals import Why
from app.portal import Portal
from app.services import password_link
from app.steps.people import NoSuchMemberError
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, NEW_PASSWORD, People, Person, granted, refusal


def use(person: Person, token: str, password: str = NEW_PASSWORD) -> object:
    return password_link.use(person.portal, token, password, AT_HOME)


def test_a_link_sets_the_password_and_works_once(ada: Person, portal: Portal) -> None:
    token = ada.given_password_link()
    granted(use(ada, token))
    assert refusal(use(ada, token, "three other words of mine")) is Why.EXPIRED
    assert password_link.look(portal, token) is None
    ada.password = NEW_PASSWORD
    ada.sign_in()


def test_a_link_lives_for_a_day(ada: Person, portal: Portal, clock: TestClock) -> None:
    token = ada.given_password_link()
    clock.advance(hours=24, seconds=-1)
    assert password_link.look(portal, token)
    clock.advance(seconds=1)
    assert password_link.look(portal, token) is None
    assert refusal(use(ada, token)) is Why.EXPIRED


def test_a_new_link_voids_the_one_before(ada: Person) -> None:
    old, new = ada.given_password_link(), ada.given_password_link()
    assert refusal(use(ada, old)) is Why.EXPIRED
    granted(use(ada, new))


def test_a_link_says_whose_it_is(ada: Person, portal: Portal) -> None:
    whose = password_link.look(portal, ada.given_password_link())
    assert whose
    assert (whose.email, whose.organization, whose.slug) == (ada.email, "Harbour", "harbour")


def test_a_link_signs_nobody_in_and_ends_every_session(ada: Person) -> None:
    granted(use(ada, ada.given_password_link()))
    assert ada.visitor() is None


def test_a_link_never_touches_the_second_factor(ada: Person) -> None:
    before = ada.row
    granted(use(ada, ada.given_password_link()))
    after = ada.row
    assert (after.authenticator_count, after.codes_left, after.codes_pending) == (
        before.authenticator_count,
        before.codes_left,
        before.codes_pending,
    )
    ada.password = NEW_PASSWORD
    ada.sign_in(ada.codes[0])


def test_a_link_opens_no_lock(ada: Person) -> None:
    ada.fail(10)
    granted(use(ada, ada.given_password_link()))
    assert ada.row.lock


def test_an_unfit_password_leaves_the_link_open(ada: Person) -> None:
    token = ada.given_password_link()
    assert refusal(use(ada, token, "password1234")) is Why.UNFIT_PASSWORD
    assert refusal(use(ada, token, f"{ada.email}")) is Why.UNFIT_PASSWORD
    granted(use(ada, token))


@pytest.mark.parametrize("token", ["", "made-up", "\ud800", "x" * 10_000])
def test_a_made_up_token_opens_nothing(ada: Person, portal: Portal, token: str) -> None:
    ada.given_password_link()
    assert password_link.look(portal, token) is None
    assert refusal(use(ada, token)) is Why.EXPIRED


def test_making_and_using_are_in_the_history(ada: Person) -> None:
    granted(use(ada, ada.given_password_link()))
    made, used = ada.history[-2:]
    assert (made.act, made.actor_kind) == (Act.PASSWORD_LINK_MADE, ActorKind.OPERATOR)
    assert (used.act, used.actor_kind) == (Act.PASSWORD_LINK_USED, ActorKind.MEMBER)


def test_a_link_is_made_for_an_active_member_only(people: People, ada: Person) -> None:
    ada.set(status="suspended")
    with pytest.raises(NoSuchMemberError):
        ada.given_password_link()
