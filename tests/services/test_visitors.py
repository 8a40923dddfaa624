"""Who a request comes from, and what they must do first."""

import pytest
from sqlalchemy import text

from app.portal import Portal
from app.services import visitors
from app.services.visitors import Must
from tests.support.clock import TestClock
from tests.support.people import People, Person, granted


def must(person: Person) -> Must:
    visitor = person.visitor()
    assert visitor
    return visitor.must


def test_who_is_ready_must_do_nothing(ada: Person) -> None:
    assert must(ada) is Must.NOTHING


def test_who_has_not_saved_the_codes_must_acknowledge(people: People) -> None:
    person = people.with_pending_codes()
    assert must(person) is Must.ACKNOWLEDGE
    person.acknowledge()
    assert must(person) is Must.NOTHING


def test_a_new_set_must_be_acknowledged_in_every_session(ada: Person) -> None:
    ada.regenerate()
    other = ada.elsewhere()
    other.sign_in()
    assert must(ada) is must(other) is Must.ACKNOWLEDGE


def test_who_postponed_need_not_enrol_until_it_is_required(people: People) -> None:
    person = people.newcomer(required=False)
    person.postpone()
    assert must(person) is Must.NOTHING


def test_who_has_none_must_enrol_once_it_is_required(people: People, portal: Portal) -> None:
    person = people.newcomer(required=False)
    person.postpone()
    people.organization("strict")
    strict = "(SELECT second_factor_required_from FROM organization WHERE slug = 'strict')"
    with portal.writing() as tx:
        tx.db.execute(text(f"UPDATE organization SET second_factor_required_from = {strict}"))  # noqa: S608
    assert must(person) is Must.ENROL


@pytest.mark.parametrize("token", ["", "made-up", "\ud800", "x" * 10_000])
def test_a_made_up_token_is_nobody(ada: Person, portal: Portal, token: str) -> None:
    assert visitors.with_session(portal, token) is None
    assert visitors.with_sign_in(portal, token) is None


def test_a_sign_in_in_progress_is_no_session(ada: Person, portal: Portal) -> None:
    begun = granted(ada.try_password()).begun
    visitor = visitors.with_sign_in(portal, begun.token)
    assert visitor
    assert visitor.session is None
    assert visitor.sign_in == begun.sign_in
    assert not visitor.fresh
    assert not visitor.fresh_by_totp


def test_a_stopped_password_closes_what_was_begun(ada: Person, portal: Portal, clock: TestClock) -> None:
    begun = granted(ada.try_password()).begun
    ada.set(password_stopped_at=0) if portal.database.on_sqlite else ada.set(password_stopped_at=clock.now())
    assert visitors.with_sign_in(portal, begun.token) is None


def test_freshness_passes(ada: Person, clock: TestClock) -> None:
    visitor = ada.visitor()
    assert visitor
    assert visitor.fresh
    assert visitor.fresh_by_totp
    clock.advance(minutes=5)
    visitor = ada.visitor()
    assert visitor
    assert not visitor.fresh
    assert not visitor.fresh_by_totp


def test_organizations_are_found_by_their_short_name(people: People, portal: Portal) -> None:
    assert visitors.only_organization(portal) == (None, False)
    people.organization("here")
    only, several = visitors.only_organization(portal)
    assert only == visitors.organization_named(portal, "here")
    assert only
    assert not several
    people.organization("there")
    assert visitors.only_organization(portal) == (None, True)
    assert visitors.organization_named(portal, "nowhere") is None
