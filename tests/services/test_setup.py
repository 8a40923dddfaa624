"""First start."""

from app.domain.events import Act
from app.domain.members import Role
from app.domain.refusals import Why
from app.portal import Portal
from app.services import setup, sign_in
from app.services.setup import Founding
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, PASSWORD, People, granted, refusal

FOUNDING = Founding("Harbour Works", "Olive Owner", "olive@example.org", PASSWORD)


def issued(portal: Portal) -> str:
    token = setup.issue_link(portal)
    assert token
    return token


def test_the_link_makes_the_organization_and_its_first_owner(people: People) -> None:
    owner, _ = people.founded()
    assert owner.row.role is Role.OWNER
    assert owner.acts == [Act.ORGANIZATION_CREATED, Act.OWNER_CREATED]


def test_the_link_goes_on_into_enrolment(people: People) -> None:
    owner, begun = people.founded()
    app = owner.scan(begun.sign_in)
    granted(owner.try_confirm(begun.sign_in, app.code(owner.clock.now())))
    assert owner.row.enrolled
    assert len(owner.codes) == 10


def test_a_new_organization_requires_a_second_factor(people: People, portal: Portal) -> None:
    _, begun = people.founded()
    done = sign_in.postpone(portal, begun.sign_in, browser_token=None, origin=AT_HOME)
    assert refusal(done) is Why.NOT_OPEN


def test_the_link_works_once(portal: Portal) -> None:
    token = issued(portal)
    granted(setup.claim(portal, token, FOUNDING, AT_HOME))
    assert refusal(setup.claim(portal, token, FOUNDING, AT_HOME)) is Why.EXPIRED
    assert not setup.is_open(portal, token)


def test_the_link_lives_for_a_day(portal: Portal, clock: TestClock) -> None:
    token = issued(portal)
    clock.advance(hours=24, seconds=-1)
    assert setup.is_open(portal, token)
    clock.advance(seconds=1)
    assert not setup.is_open(portal, token)
    assert refusal(setup.claim(portal, token, FOUNDING, AT_HOME)) is Why.EXPIRED


def test_each_start_replaces_the_link(portal: Portal) -> None:
    old, new = issued(portal), issued(portal)
    assert refusal(setup.claim(portal, old, FOUNDING, AT_HOME)) is Why.EXPIRED
    granted(setup.claim(portal, new, FOUNDING, AT_HOME))


def test_there_is_no_link_once_an_owner_exists(people: People, portal: Portal) -> None:
    people.founder()
    assert setup.issue_link(portal) is None


def test_an_unfit_password_leaves_the_link_open(portal: Portal) -> None:
    token = issued(portal)
    unfit = Founding("Harbour Works", "Olive Owner", "olive@example.org", "password1234")
    assert refusal(setup.claim(portal, token, unfit, AT_HOME)) is Why.UNFIT_PASSWORD
    assert setup.is_open(portal, token)


def test_a_made_up_token_opens_nothing(portal: Portal) -> None:
    issued(portal)
    assert refusal(setup.claim(portal, "made-up", FOUNDING, AT_HOME)) is Why.EXPIRED
    assert not setup.is_open(portal, "\ud800")


def test_names_of_the_widest_letters_are_kept(portal: Portal) -> None:
    """Letters that grow under NFKC are no reason to fail: 120 of these become 2160."""
    widest = Founding("\ufdfa" * 120, "\ufdfa" * 120, "olive@example.org", PASSWORD)
    granted(setup.claim(portal, issued(portal), widest, AT_HOME))
