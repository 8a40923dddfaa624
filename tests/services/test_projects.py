"""Projects of an organization in its owners' hands."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

import pytest

from app.domain.events import Act
from app.domain.projects import OVERLAP, SECRETS_AT_MOST
from app.domain.refusals import Refused, Why
from app.portal import Portal
from app.services import project_calls, projects
from app.services.projects import Done, Made
from app.steps.administration import NotAnAdministratorError
from app.steps.projects import Look
from app.steps.sessions import SessionEndedError
from app.storage import events
from tests.support import shops
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, People, Person, granted, refusal
from tests.support.shops import AN_HOUR, Shop

Asked = Callable[..., Made | Done | Refused]
Outcome = TypeVar("Outcome", Made, Done)


def creates(owner: Person, beside: Look | None = None, *, proof: str = "") -> Made | Refused:
    return held(owner, projects.create(owner.portal, owner.session, name="Till", proof=proof, origin=AT_HOME))


def rotates(owner: Person, look: Look, *, proof: str = "") -> Made | Refused:
    project = look.project.public_id
    return held(owner, projects.rotate_secret(owner.portal, owner.session, project, proof=proof, origin=AT_HOME))


def revokes(owner: Person, look: Look, number: int = 0, *, proof: str = "") -> Done | Refused:
    project, secret = look.project.public_id, look.secrets[number].public_id
    done = projects.revoke_secret(owner.portal, owner.session, project, secret, proof=proof, origin=AT_HOME)
    return held(owner, done)


def removes(owner: Person, look: Look, *, proof: str = "") -> Done | Refused:
    project = look.project.public_id
    return held(owner, projects.remove(owner.portal, owner.session, project, proof=proof, origin=AT_HOME))


def held(owner: Person, outcome: Outcome | Refused) -> Outcome | Refused:
    """With the token that the owner's browser holds from now on."""
    if not isinstance(outcome, Refused):
        owner.token = outcome.token or owner.token
    return outcome


def seen_by(owner: Person) -> list[Look]:
    return projects.listing(owner.portal, owner.session)


def look_at(owner: Person, shop: Shop) -> Look:
    found = projects.look(owner.portal, owner.session, shop.project.public_id)
    assert found is not None
    return found


def works(portal: Portal, secret: str) -> bool:
    return project_calls.told_by(portal, secret) is not None


def log_of(portal: Portal, organization_id: int) -> list[tuple[Act, str | None, dict[str, Any]]]:
    """What it has of no member, oldest first."""
    with portal.reading() as tx:
        found = events.page_of(tx.db, organization_id, events.Search(), before=None, count=100)
    return [(one.act, one.by.name if one.by else None, one.details) for one in reversed(found) if one.about is None]


ACTS: dict[str, Asked] = {"create": creates, "rotate": rotates, "revoke": revokes, "remove": removes}
each_act = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
each_act_on_one = pytest.mark.parametrize("act", [rotates, revokes, removes], ids=["rotate", "revoke", "remove"])


def test_an_owner_makes_one_without_permissions(olive: Person, portal: Portal) -> None:
    made = granted(creates(olive))
    assert (made.project.name, made.project.organization_id) == ("Till", olive.organization_id)
    assert made.project.permissions == frozenset()
    assert project_calls.told_by(portal, made.secret) == made.project
    (look,) = seen_by(olive)
    assert (look.project, look.organization, look.last_used_at) == (made.project, "Harbour", olive.clock.now())
    assert [(one.hint, one.expires_at) for one in look.secrets] == [(made.secret[-4:], None)]
    assert log_of(portal, olive.organization_id) == [
        (Act.PROJECT_CREATED, "Olive", {"project": "Till", "permissions": []})
    ]


def test_the_secret_is_not_in_the_database(olive: Person, portal: Portal) -> None:
    secret = granted(creates(olive)).secret
    with portal.reading() as tx:
        rows = tx.db.exec_driver_sql("SELECT * FROM project_secret").all()
    assert len(rows) == 1
    assert secret not in repr(rows)
    assert secret.removeprefix("sk_live_") not in repr(rows)


def test_a_rotation_leaves_the_old_secret_a_day(olive: Person, shop: Shop, portal: Portal, clock: TestClock) -> None:
    made = granted(rotates(olive, look_at(olive, shop)))
    over = clock.now() + OVERLAP
    assert [one.expires_at for one in look_at(olive, shop).secrets] == [over, None]
    assert works(portal, shop.secret)
    assert works(portal, made.secret)
    clock.set(over - timedelta(microseconds=1))
    assert works(portal, shop.secret)
    clock.set(over)
    assert not works(portal, shop.secret)
    assert works(portal, made.secret)
    assert log_of(portal, olive.organization_id)[-1] == (Act.PROJECT_SECRET_MADE, "Olive", {"project": "Shop"})


def test_a_second_rotation_gives_the_first_secret_no_more_time(olive: Person, shop: Shop, clock: TestClock) -> None:
    rotates(olive, look_at(olive, shop))
    over = clock.now() + OVERLAP
    clock.advance(minutes=4)
    rotates(olive, look_at(olive, shop))
    assert [one.expires_at for one in look_at(olive, shop).secrets] == [over, clock.now() + OVERLAP, None]


def test_five_secrets_live_at_once_and_no_more(olive: Person, shop: Shop, portal: Portal, clock: TestClock) -> None:
    for _ in range(SECRETS_AT_MOST - 1):
        granted(rotates(olive, look_at(olive, shop)))
    before = log_of(portal, olive.organization_id)
    assert refusal(rotates(olive, look_at(olive, shop))) is Why.TOO_MANY
    assert log_of(portal, olive.organization_id) == before
    assert len(look_at(olive, shop).secrets) == SECRETS_AT_MOST
    granted(revokes(olive, look_at(olive, shop), 1))
    granted(rotates(olive, look_at(olive, shop)))
    clock.advance(hours=24)
    olive.sign_in()
    assert len(look_at(olive, shop).secrets) == 1


def test_a_revoked_secret_opens_nothing_at_once(olive: Person, shop: Shop, portal: Portal) -> None:
    made = granted(rotates(olive, look_at(olive, shop)))
    before = look_at(olive, shop)
    granted(revokes(olive, before))
    assert not works(portal, shop.secret)
    assert works(portal, made.secret)
    assert refusal(revokes(olive, before)) is Why.OUTDATED
    told = Act.PROJECT_SECRET_REVOKED, "Olive", {"project": "Shop", "hint": shop.secret[-4:]}
    assert log_of(portal, olive.organization_id).count(told) == 1


def test_the_last_secret_can_be_revoked_as_well(olive: Person, shop: Shop, portal: Portal) -> None:
    granted(revokes(olive, look_at(olive, shop)))
    assert not works(portal, shop.secret)
    assert look_at(olive, shop).secrets == []
    assert works(portal, granted(rotates(olive, look_at(olive, shop))).secret)


def test_a_removed_project_takes_its_secrets_and_sessions_along(
    olive: Person, ada: Person, shop: Shop, kiosk: Shop, portal: Portal
) -> None:
    mine, other = shop.knows(ada).comes_in(), kiosk.knows(ada).comes_in()
    shop.knows(ada).comes_in()
    olive.sign_in()
    done = granted(removes(olive, look_at(olive, shop)))
    assert done.sessions_ended == 2
    assert not works(portal, shop.secret)
    assert [look.project for look in seen_by(olive)] == [kiosk.project]
    assert projects.look(portal, olive.session, shop.project.public_id) is None
    assert refusal(shop.try_use(mine.token)) is Why.UNKNOWN_SESSION
    assert kiosk.use(other.token)
    assert log_of(portal, olive.organization_id)[-1] == (Act.PROJECT_REMOVED, "Olive", {"project": "Shop"})


def test_what_a_removed_project_did_is_still_told_with_its_name(olive: Person, shop: Shop) -> None:
    joan = shop.user()
    granted(removes(olive, look_at(olive, shop)))
    (created,) = shop.history_of(joan.id)
    assert (created.act, created.actor_kind, created.project) == (Act.USER_CREATED, "project", "Shop")


@each_act_on_one
def test_what_was_removed_is_not_there_for_the_next(olive: Person, shop: Shop, act: Asked) -> None:
    before = look_at(olive, shop)
    granted(removes(olive, before))
    assert refusal(act(olive, before)) is Why.OUTDATED


@each_act_on_one
def test_a_project_of_another_organization_is_as_unknown_as_none(
    people: People, olive: Person, mill: Shop, portal: Portal, act: Asked
) -> None:
    miller = people.owner("miller@example.org", slug="mill")
    theirs = look_at(miller, mill)
    assert projects.look(portal, olive.session, mill.project.public_id) is None
    assert projects.look(portal, olive.session, uuid4()) is None
    assert seen_by(olive) == []
    assert refusal(act(olive, theirs)) is Why.OUTDATED
    assert works(portal, mill.secret)


def test_a_project_of_the_installation_is_not_an_owners(
    olive: Person, harbour: int, portal: Portal, clock: TestClock
) -> None:
    whole = shops.opened(portal, clock, organization=None)
    assert seen_by(olive) == []
    assert projects.look(portal, olive.session, whole.project.public_id) is None
    removed = projects.remove(portal, olive.session, whole.project.public_id, proof="", origin=AT_HOME)
    assert refusal(removed) is Why.OUTDATED
    assert works(portal, whole.secret)


@each_act
def test_admins_and_members_look_after_none(
    olive: Person, grace: Person, ada: Person, shop: Shop, portal: Portal, act: Asked
) -> None:
    before = look_at(olive, shop)
    for person in (grace, ada):
        with pytest.raises(NotAnAdministratorError):
            act(person, before)
        with pytest.raises(NotAnAdministratorError):
            projects.listing(portal, person.session)
        with pytest.raises(NotAnAdministratorError):
            projects.look(portal, person.session, shop.project.public_id)
    assert seen_by(olive) == [before]


@each_act
def test_an_owner_who_is_not_fresh_shows_again_who_it_is(
    olive: Person, shop: Shop, clock: TestClock, act: Asked
) -> None:
    before = look_at(olive, shop)
    clock.advance(minutes=5)
    old_token = olive.token
    assert refusal(act(olive, before)) is Why.NEEDS_PROOF
    assert seen_by(olive) == [before]
    assert refusal(act(olive, before, proof=olive.wrong_totp())) is Why.WRONG_CODE
    granted(act(olive, before, proof=olive.totp()))
    assert olive.token != old_token
    assert olive.visitor()


def test_no_code_is_spent_for_what_cannot_be_done(olive: Person, shop: Shop, clock: TestClock) -> None:
    before = look_at(olive, shop)
    granted(revokes(olive, before))
    clock.advance(minutes=5)
    code = olive.next_totp()
    assert refusal(revokes(olive, before, proof=code)) is Why.OUTDATED
    for _ in range(SECRETS_AT_MOST):
        granted(rotates(olive, look_at(olive, shop), proof=code))
        code = ""
    clock.advance(minutes=5)
    code = olive.next_totp()
    assert refusal(rotates(olive, look_at(olive, shop), proof=code)) is Why.TOO_MANY
    granted(removes(olive, look_at(olive, shop), proof=code))


def test_an_ended_session_does_nothing(olive: Person, people: People, shop: Shop, portal: Portal) -> None:
    people.owner("second@example.org")
    session, project = olive.session, shop.project.public_id
    olive.set(status="suspended")
    with pytest.raises(SessionEndedError):
        projects.create(portal, session, name="Till", proof="", origin=AT_HOME)
    with pytest.raises(SessionEndedError):
        projects.remove(portal, session, project, proof="", origin=AT_HOME)
    assert works(portal, shop.secret)


def test_a_project_takes_no_notice_of_who_made_it(olive: Person, people: People, portal: Portal) -> None:
    """It goes on when its owner is gone."""
    made = granted(creates(olive))
    second = people.owner("second@example.org")
    olive.set(status="removed")
    assert works(portal, made.secret)
    assert [look.project for look in seen_by(second)] == [made.project]


def test_sessions_that_were_opened_for_a_while_are_counted_when_they_end(
    olive: Person, ada: Person, shop: Shop
) -> None:
    shop.knows(ada).comes_in(life=AN_HOUR)
    shop.clock.advance(minutes=4)
    assert granted(removes(olive, look_at(olive, shop))).sessions_ended == 1
