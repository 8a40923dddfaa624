"""Organizations in the operator's hands: one that is removed leaves nothing but its log, and no other is touched."""

import pytest

from app.domain.events import Act
from app.domain.members import Status
from app.domain.operating import NotDoneError
from app.domain.refusals import Why
from app.portal import Portal
from app.services import organizations, visitors
from app.steps.organization_endings import Ended
from app.storage import events, sessions
from tests.support.people import People, Person, refusal
from tests.support.shops import Shop


def test_one_that_is_removed_takes_people_and_projects_with_it(
    whole: Shop, mill: Shop, shop: Shop, people: People, portal: Portal, ada: Person
) -> None:
    owner, miller = people.owner(slug="mill"), mill.enrolled(mill.user().id)
    shown, mine = miller.comes_in(), shop.knows(ada).comes_in()
    found, people_there, projects_there = organizations.find(portal, "mill")
    assert (found.slug, people_there, projects_there) == ("mill", 2, 1)
    assert organizations.remove(portal, "mill") == Ended(people=2, projects=1)
    assert (owner.row.status, owner.row.password_hash, owner.visitor()) == (Status.REMOVED, None, None)
    assert [owner.rows_in(table) for table in ("authenticator", "recovery_code_set", "known_browser")] == [0, 0, 0]
    assert visitors.organization_named(portal, "mill") is None
    assert refusal(mill.try_use(shown.token)) is Why.UNKNOWN_SESSION
    assert refusal(mill.try_user("new@example.org")) is Why.UNKNOWN_MEMBER
    with portal.reading() as tx:
        told = events.page_of(tx.db, found.id, events.Search(), before=None, count=1000)
        assert sessions.find_in_project(tx.db, audience=mill.project.audience, now=tx.now, public_id=shown.id) is None
    assert (told[0].act, told[0].actor_kind, told[0].details) == (
        Act.ORGANIZATION_REMOVED, "operator", {"name": "Mill", "people": 2},
    )  # fmt: skip
    assert {one.act for one in told} >= {Act.AUTHENTICATOR_ADDED, Act.PROJECT_REMOVED}
    assert (ada.visitor() is not None, shop.use(mine.token).user.id) == (True, ada.public_id)
    assert refusal(owner.try_password()) is Why.WRONG_PASSWORD
    assert [one.slug for one, _ in organizations.all_with_counts(portal)] == ["harbour"]
    assert whole.look_at("harbour").organization.slug == "harbour"


def test_its_short_name_is_free_and_it_is_removed_once(people: People, portal: Portal) -> None:
    people.ready()
    first = organizations.add(portal, name="Mill", slug="mill", time_zone="UTC")
    for _ in range(2):
        assert organizations.remove(portal, "mill") == Ended(people=0, projects=0)
        with pytest.raises(NotDoneError, match="There is no organization mill"):
            organizations.remove(portal, "mill")
        with pytest.raises(NotDoneError, match="There is no organization mill"):
            organizations.find(portal, "mill")
        again = organizations.add(portal, name="Mill", slug="mill", time_zone="UTC")
    assert again.public_id != first.public_id
