"""What is kept of the browsers of a project: their origins, what a session was shown, what waits for a code."""

from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from app.portal import Portal
from app.storage import enrolments, members, project_origins, sessions, staged_codes
from app.storage.staged_codes import NONE_STAGED
from app.storage.tables import project_origin
from tests.support import shops
from tests.support.clock import TestClock
from tests.support.shops import Shop

HOME, AWAY = "https://shop.example.org", "http://localhost:3000"


@pytest.fixture
def till(shop: Shop, portal: Portal, clock: TestClock) -> Shop:
    return shops.opened(portal, clock, "Till")


def all_for(shop: Shop) -> list[str]:
    with shop.portal.reading() as tx:
        return project_origins.all_for(tx.db, shop.project.id)


def add(shop: Shop, origin: str) -> bool:
    with shop.portal.writing() as tx:
        return project_origins.add(tx.db, shop.project.id, origin)


# origins


def test_an_origin_is_kept_once_and_taken_back_once(shop: Shop) -> None:
    assert [add(shop, HOME), add(shop, HOME), add(shop, AWAY)] == [True, False, True]
    assert all_for(shop) == [AWAY, HOME]
    for expected in (True, False):
        with shop.portal.writing() as tx:
            assert project_origins.remove(tx.db, shop.project.id, HOME) is expected
    assert all_for(shop) == [AWAY]


def test_one_origin_may_be_of_several_projects(shop: Shop, till: Shop) -> None:
    assert add(shop, HOME)
    assert add(till, HOME)
    with shop.portal.writing() as tx:
        assert project_origins.has(tx.db, till.project.id, HOME)
        project_origins.remove_all(tx.db, shop.project.id)
    assert (all_for(shop), all_for(till)) == ([], [HOME])


def test_it_is_looked_for_as_it_is_spelled(shop: Shop) -> None:
    add(shop, HOME)
    with shop.portal.reading() as tx:
        assert project_origins.has(tx.db, shop.project.id, HOME)
        for near in (HOME.upper(), HOME + "/", HOME[:-1], "https://shop%", "%", "", "null"):
            assert not project_origins.has(tx.db, shop.project.id, near), near


def test_the_database_itself_keeps_each_once_and_goes_with_the_project(shop: Shop, portal: Portal) -> None:
    add(shop, HOME)
    with pytest.raises(IntegrityError), portal.writing() as tx:
        tx.db.execute(project_origin.insert().values(project_id=shop.project.id, origin=HOME))
    with pytest.raises(IntegrityError), portal.writing() as tx:
        tx.db.execute(project_origin.insert().values(project_id=77, origin=HOME))


# what a session was shown


def test_a_session_keeps_the_generation_that_it_was_shown_last(shop: Shop, portal: Portal) -> None:
    joan = shop.enrolled(shop.user().id)
    here, other = joan.comes_in(), joan.comes_in()

    def handed(session: UUID) -> int | None:
        with portal.reading() as tx:
            found = sessions.find_in_project(tx.db, audience=shop.project.audience, now=tx.now, public_id=session)
            assert found is not None
            return found.handed_generation

    assert (handed(here.id), handed(other.id)) == (None, None)
    for generation in (1, 3, 2):
        with portal.writing() as tx:
            found = sessions.find_in_project(tx.db, audience=shop.project.audience, now=tx.now, public_id=here.id)
            assert found is not None
            sessions.handed(tx.db, found.id, generation)
        assert (handed(here.id), handed(other.id)) == (generation, None)


# enrolments that wait without codes


def test_an_enrolment_without_codes_is_of_its_project_and_has_none(shop: Shop, till: Shop, portal: Portal) -> None:
    begun = shop.begin(shop.user().id)
    with portal.writing() as tx:
        waiting = enrolments.find_for(tx.db, begun.row.id)
        assert waiting is not None
        enrolments.cancel(tx.db, begun.row.id)
        who = members.find(tx.db, begun.row.id)
        again = enrolments.replace(
            tx.db, who, public_id=waiting.public_id, name="Phone", sealed_secret=waiting.sealed_secret,
            session_id=None, sign_in_id=None, replaces_id=None, vouched=True, now=tx.now,
            expires_at=waiting.expires_at,
        )  # fmt: skip
        staged_codes.without_codes(tx.db, who, again, project_id=shop.project.id)
    with portal.reading() as tx:
        assert staged_codes.generation_for(tx.db, again, shop.project.id) == NONE_STAGED
        assert staged_codes.generation_for(tx.db, again, till.project.id) is None
        assert staged_codes.all_for(tx.db, again) == []
        assert set(staged_codes.pending_of(tx.db, shop.project.id, [who.id], tx.now)) == {who.id}
    with portal.writing() as tx:
        enrolments.cancel(tx.db, who.id)
        assert staged_codes.generation_for(tx.db, again, shop.project.id) is None
