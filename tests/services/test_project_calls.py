"""What is looked at when an application calls: its secret, and whether there is room for another request."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from app.api.limits import Limits
from app.domain.projects import LIMIT_WINDOW
from app.portal import Portal
from app.services import project_calls, project_upkeep
from tests.support.clock import TestClock
from tests.support.shops import Shop

MICROSECOND = timedelta(microseconds=1)


def with_limit(portal: Portal, requests: int) -> Portal:
    return replace(portal, settings=portal.settings.model_copy(update={"project_limit": requests}))


def take(shop: Shop, count: int = 1, *, limit: int) -> bool:
    return project_calls.take(with_limit(shop.portal, limit), shop.project, count=count) is None


def asks(worker: Limits, node: Portal, shop: Shop) -> datetime | None:
    return worker.wait(node, shop.project)


def last_use(shop: Shop) -> object:
    return next(one for one in project_upkeep.all_of_them(shop.portal) if one.project == shop.project).last_used_at


def test_a_live_secret_tells_its_project(shop: Shop, kiosk: Shop, mill: Shop, portal: Portal) -> None:
    for one in (shop, kiosk, mill):
        assert project_calls.told_by(portal, one.secret) == one.project


@pytest.mark.parametrize("wrong", ["", "sk_live_", "sk_live_x", "\ud800", "\x00"])
def test_anything_else_tells_none(shop: Shop, portal: Portal, wrong: str) -> None:
    assert project_calls.told_by(portal, wrong) is None


def test_nor_does_a_secret_with_a_letter_more_or_less(shop: Shop, portal: Portal) -> None:
    near = [shop.secret[:-1], f"{shop.secret}a", shop.secret.upper(), f" {shop.secret}", shop.project.public_token]
    assert [project_calls.told_by(portal, one) for one in near] == [None] * len(near)


def test_an_expired_secret_tells_none(shop: Shop, portal: Portal, clock: TestClock) -> None:
    project_upkeep.rotate_secret(portal, shop.project.public_id, overlap=timedelta(hours=1))
    clock.advance(hours=1, microseconds=-1)
    assert project_calls.told_by(portal, shop.secret)
    clock.advance(microseconds=1)
    assert project_calls.told_by(portal, shop.secret) is None


def test_a_project_is_found_by_its_id_for_as_long_as_it_lives(shop: Shop, portal: Portal) -> None:
    assert project_calls.with_id(portal, shop.project.public_id) == shop.project
    assert project_calls.with_id(portal, uuid4()) is None
    project_upkeep.remove(portal, shop.project.public_id)
    assert project_calls.with_id(portal, shop.project.public_id) is None


def test_a_public_token_names_a_live_project_and_opens_nothing(shop: Shop, portal: Portal) -> None:
    token = shop.project.public_token
    assert project_calls.with_public_token(portal, token) == shop.project
    assert project_calls.with_public_token(portal, token[:-1]) is None
    assert project_calls.with_public_token(portal, shop.secret) is None
    assert project_calls.with_public_token(portal, f"{token}\0") is None
    assert project_calls.told_by(portal, token) is None
    project_upkeep.remove(portal, shop.project.public_id)
    assert project_calls.with_public_token(portal, token) is None


def test_the_last_use_is_noted_at_most_once_a_minute(shop: Shop, portal: Portal, clock: TestClock) -> None:
    assert last_use(shop) is None
    project_calls.told_by(portal, shop.secret)
    first = clock.now()
    assert last_use(shop) == first
    clock.advance(seconds=60)
    project_calls.told_by(portal, shop.secret)
    assert last_use(shop) == first
    clock.advance(microseconds=1)
    project_calls.told_by(portal, shop.secret)
    assert last_use(shop) == clock.now()


def test_a_use_that_seems_to_come_is_put_right(shop: Shop, portal: Portal, clock: TestClock) -> None:
    """After the clock was put back."""
    project_calls.told_by(portal, shop.secret)
    clock.advance(hours=-1)
    project_calls.told_by(portal, shop.secret)
    assert last_use(shop) == clock.now()


def test_the_use_of_one_project_is_not_anothers(shop: Shop, kiosk: Shop, portal: Portal) -> None:
    project_calls.told_by(portal, shop.secret)
    assert last_use(kiosk) is None


def test_a_wrong_secret_writes_nothing(shop: Shop, portal: Portal) -> None:
    project_calls.told_by(portal, f"{shop.secret}x")
    assert last_use(shop) is None


def test_so_many_requests_are_taken_in_a_minute_and_no_more(shop: Shop, clock: TestClock) -> None:
    assert [take(shop, limit=3) for _ in range(5)] == [True, True, True, False, False]
    clock.advance(seconds=29, microseconds=999_999)
    assert not take(shop, limit=3)


def test_who_is_refused_hears_when_the_next_minute_begins(shop: Shop, portal: Portal, clock: TestClock) -> None:
    clock.advance(seconds=17, microseconds=5)
    assert take(shop, 3, limit=3)
    until = project_calls.take(with_limit(portal, 3), shop.project, count=1)
    assert until is not None
    assert until == clock.now().replace(second=0, microsecond=0) + LIMIT_WINDOW
    clock.set(until - MICROSECOND)
    assert not take(shop, limit=3)
    clock.set(until)
    assert take(shop, limit=3)


def test_what_does_not_fit_as_a_whole_is_not_taken_in_part(shop: Shop) -> None:
    assert take(shop, 2, limit=3)
    assert not take(shop, 2, limit=3)
    assert take(shop, 1, limit=3)


def test_each_project_has_requests_of_its_own(shop: Shop, kiosk: Shop) -> None:
    assert take(shop, 3, limit=3)
    assert not take(shop, limit=3)
    assert take(kiosk, 3, limit=3)


def test_a_node_whose_clock_is_behind_takes_none_of_an_earlier_minute(shop: Shop, clock: TestClock) -> None:
    """In turn with one that is ahead, it would begin the count anew and anew."""
    clock.advance(minutes=1)
    assert take(shop, 1, limit=3)
    clock.advance(seconds=-1)
    assert not take(shop, limit=3)
    clock.advance(seconds=1)
    assert [take(shop, limit=3) for _ in range(3)] == [True, True, False]


def test_when_the_clock_is_put_back_by_far_nobody_waits_until_it_has_caught_up(shop: Shop, clock: TestClock) -> None:
    assert take(shop, 3, limit=3)
    clock.advance(hours=-1)
    assert take(shop, 3, limit=3)
    assert not take(shop, limit=3)


@pytest.mark.parametrize("limit", [1, 7, 250])
def test_two_workers_let_no_more_through_than_there_may_be(
    shop: Shop, portal: Portal, clock: TestClock, limit: int
) -> None:
    """What one has set aside and does not use is lost to the other, so it may be a few less."""
    node, workers = with_limit(portal, limit), (Limits(), Limits())
    let_through = sum(asks(workers[i % 2], node, shop) is None for i in range(limit + 10))
    assert limit - max(1, limit // 100) <= let_through <= limit
    assert all(asks(one, node, shop) == clock.now() + LIMIT_WINDOW for one in workers)
    clock.advance(minutes=1)
    assert all(asks(one, node, shop) is None for one in (workers if limit > 1 else workers[:1]))


def test_a_worker_asks_the_database_once_for_many_requests(
    shop: Shop, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    real = project_calls.take

    def counted(*of: object, **more: object) -> object:
        nonlocal asked
        asked += 1
        return real(*of, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(project_calls, "take", counted)
    node, worker = with_limit(portal, 1000), Limits()
    assert [asks(worker, node, shop) for _ in range(25)] == [None] * 25
    assert asked == 3


def test_without_a_limit_nobody_waits(shop: Shop, portal: Portal) -> None:
    node, worker = with_limit(portal, 0), Limits()
    assert [asks(worker, node, shop) for _ in range(20)] == [None] * 20


# browsers


def visit(shop: Shop, count: int = 1, *, limit: int, place: str = "198.51.100.0/24") -> bool:
    node = replace(shop.portal, settings=shop.portal.settings.model_copy(update={"visitor_limit": limit}))
    return project_calls.take_visits(node, shop.project, place=place, count=count) is None


def test_an_environment_names_a_live_project_and_opens_nothing(shop: Shop, portal: Portal) -> None:
    environment = str(shop.project.environment_id)
    for spelled in (environment, environment.upper()):
        assert project_calls.with_environment(portal, spelled) == shop.project
    for wrong in (
        "",
        "x",
        f"{environment}0",
        environment.replace("-", ""),
        f"{{{environment}}}",
        str(uuid4()),
        str(shop.project.public_id),
        "\ud800",
        "\x00",
    ):
        assert project_calls.with_environment(portal, wrong) is None
    assert project_calls.told_by(portal, environment) is None
    project_upkeep.remove(portal, shop.project.public_id)
    assert project_calls.with_environment(portal, environment) is None


def test_pages_are_at_home_where_they_were_admitted_and_nowhere_else(shop: Shop, till: Shop, portal: Portal) -> None:
    project_upkeep.admit(portal, shop.project.public_id, "https://shop.example.org")
    assert project_calls.is_at_home(portal, shop.project, "https://shop.example.org")
    assert not project_calls.is_at_home(portal, till.project, "https://shop.example.org")
    for near in (
        "", "null", "https://shop.example.org/", "https://shop.example.org:443", "http://shop.example.org",
        "https://SHOP.example.org", "https://shop.example.org.", "https://shop.example.or", "https://x.shop.example.org",
        "https://shop_example.org", "https://shop%example.org", "*",
    ):  # fmt: skip
        assert not project_calls.is_at_home(portal, shop.project, near), near
    project_upkeep.dismiss(portal, shop.project.public_id, "https://shop.example.org")
    assert not project_calls.is_at_home(portal, shop.project, "https://shop.example.org")


def test_each_place_and_each_project_has_visits_of_its_own(shop: Shop, till: Shop) -> None:
    assert [visit(shop, limit=2) for _ in range(3)] == [True, True, False]
    assert visit(shop, limit=2, place="203.0.113.0/24")
    assert visit(till, limit=2)
    assert not visit(shop, limit=2)


def test_visits_are_none_of_the_requests_that_servers_have(shop: Shop) -> None:
    assert take(shop, 3, limit=3)
    assert visit(shop, 3, limit=3)
    assert not take(shop, limit=3)
    assert not visit(shop, limit=3)


def test_whoever_visits_too_often_hears_when_the_next_minute_begins(
    shop: Shop, portal: Portal, clock: TestClock
) -> None:
    clock.advance(seconds=17)
    node = replace(portal, settings=portal.settings.model_copy(update={"visitor_limit": 1}))
    assert visit(shop, limit=1)
    until = project_calls.take_visits(node, shop.project, place="198.51.100.0/24", count=1)
    assert until == clock.now().replace(second=0, microsecond=0) + LIMIT_WINDOW
    clock.set(until)
    assert visit(shop, limit=1)


def test_where_browsers_are_cannot_be_read_from_what_is_kept(shop: Shop, portal: Portal) -> None:
    visit(shop, limit=9)
    visit(shop, limit=9, place="203.0.113.0/24")
    with portal.reading() as tx:
        keys = [bytes(row[0]) for row in tx.db.exec_driver_sql("SELECT key FROM project_visit")]
    assert len(keys) == 2
    assert {len(key) for key in keys} == {32}
    assert not any(part in key for key in keys for part in (b"198.51", b"203.0", shop.project.public_id.bytes))
