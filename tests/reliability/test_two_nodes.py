"""Two nodes on one PostgreSQL, behind a proxy that holds nobody to a node: together they are as strict as one."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from app.domain import recovery_codes as codes
from app.domain.events import OPERATOR, Act
from app.domain.keyring import KeyRing
from app.domain.members import Role
from app.services import passes
from app.storage import migrations
from app.storage.database import Database
from app.web.cookies import Cookie
from tests.reliability.conftest import Run
from tests.support.clock import A_MONDAY
from tests.support.load import Regular, regulars
from tests.support.nodes import Node, Nodes, nodes
from tests.support.postgres import MortalPostgres
from tests.support.remote import Door, RemoteBrowser, Reply
from tests.support.round_robin import round_robin

SEED = 20261123
RUNNERS = 12
ROUNDS = 10
BEHIND_A_PROXY = {"PUBLIC_URL": "https://keys.example.org", "PROXIES": "1"}

Send = Callable[[], Reply]


@pytest.fixture
def database_kind() -> str:
    return "postgresql"


@pytest.fixture(scope="module")
def site(_mortal: MortalPostgres, tmp_path_factory: pytest.TempPathFactory, keys: KeyRing) -> Iterator[Nodes]:
    """One for all tests of this file, since two nodes take a while to start."""
    url = _mortal.url(_mortal.create())
    database = Database(url)
    migrations.upgrade(database, A_MONDAY)
    database.close()
    with nodes(tmp_path_factory.mktemp("two"), url, keys) as made:
        yield made


@pytest.fixture(scope="module")
def both(site: Nodes) -> list[Node]:
    with site.portal() as portal:
        regulars(portal, 1)  # so that there is an organization to come to
    made = [site.make(**BEHIND_A_PROXY) for _ in range(2)]
    for node in made:
        node.begin()
    for node in made:
        node.wait_until_ready()
    return made


@pytest.fixture(scope="module")
def front(both: list[Node]) -> Iterator[Door]:
    """Of the proxy."""
    with round_robin([node.port for node in both]) as proxy:
        yield replace(both[0].door, port=proxy.port)


@pytest.fixture
def visitor(front: Door) -> RemoteBrowser:
    """Who can send forms, and is nobody yet."""
    browser = RemoteBrowser(front)
    assert browser.get("/sign-in").status == 200
    return browser


def raced(sends: Sequence[Send]) -> list[Reply]:
    """All at the same moment."""
    barrier = threading.Barrier(len(sends))

    def run(send: Send) -> Reply:
        barrier.wait(30)
        return send()

    with ThreadPoolExecutor(len(sends)) as pool:
        return list(pool.map(run, sends))


def events_of(site: Nodes, who: Regular, act: Act) -> int:
    with site.portal() as portal, portal.reading() as tx:
        counted = text("SELECT count(*) FROM event WHERE member_id = :id AND act = :act")
        return int(tx.db.execute(counted, {"id": who.id, "act": act}).scalar_one())


def test_the_proxy_takes_the_nodes_in_turns(both: list[Node], front: Door) -> None:
    both[1].stop()
    assert [front.says("/healthz") for _ in range(6)] == [200] * 6
    both[0].stop()
    assert front.says("/healthz") == 0
    for node in both:
        node.begin()
    for node in both:
        node.wait_until_ready()
    assert [front.says("/healthz") for _ in range(6)] == [200] * 6


def test_of_one_code_at_once_on_both_nodes_one_browser_comes_in(run: Run, visitor: RemoteBrowser) -> None:
    """By a recovery code and by TOTP in turns."""
    people = run.people(ROUNDS, sign_ins=RUNNERS)
    for number, who in enumerate(people):
        typed = codes.spell(who.codes[0]) if number % 2 else who.app.code(datetime.now(UTC))
        browsers = [visitor.twin(sign_in=token) for token in who.sign_ins]
        raced([_typing(browser, typed) for browser in browsers])
        came_in = [browser for browser in browsers if browser.holds(Cookie.SESSION)]
        assert len(came_in) == 1
        assert came_in[0].get("/account").status == 200
        assert events_of(run.site, who, Act.SIGNED_IN) == 1


def _typing(browser: RemoteBrowser, typed: str) -> Send:
    return lambda: browser.post("/sign-in/code", code=typed)


def test_of_one_pass_at_once_on_both_nodes_one_browser_holds_it(run: Run, visitor: RemoteBrowser) -> None:
    for who in run.people(ROUNDS // 2, sign_ins=RUNNERS):
        with run.site.portal() as portal:
            life = timedelta(hours=1)
            spelled = passes.make(portal, who.email, organization=None, life=life, reason="lost", by=OPERATOR).spelled
        browsers = [visitor.twin(sign_in=token) for token in who.sign_ins]
        raced([_using(browser, spelled) for browser in browsers])
        assert sum(browser.holds(Cookie.PASS) is not None for browser in browsers) == 1
        assert events_of(run.site, who, Act.PASS_USED) == 1


def _using(browser: RemoteBrowser, spelled: str) -> Send:
    return lambda: browser.post("/sign-in/pass", code=spelled)


def test_a_set_is_replaced_and_acknowledged_once_whatever_node_is_asked(site: Nodes, visitor: RemoteBrowser) -> None:
    with site.portal() as portal:
        people = regulars(portal, ROUNDS // 2, fresh=True)
    for who in people:
        tabs = [visitor.twin(session=who.session) for _ in range(RUNNERS)]
        made = Counter(reply.status for reply in raced([_regenerating(tab) for tab in tabs]))
        assert made == {200: 1, 303: RUNNERS - 1}
        tabs = [visitor.twin(session=who.session) for _ in range(RUNNERS)]
        raced([_acknowledging(tab) for tab in tabs])
        assert events_of(site, who, Act.CODES_REGENERATED) == 1
        assert events_of(site, who, Act.CODES_ACKNOWLEDGED) == 1


def _regenerating(tab: RemoteBrowser) -> Send:
    return lambda: tab.post("/account/recovery-codes", generation=1)


def _acknowledging(tab: RemoteBrowser) -> Send:
    return lambda: tab.post("/account/recovery-codes/acknowledgement", generation=2, saved="y")


def test_forty_wrong_codes_at_once_on_both_nodes_are_ten_tries(run: Run, visitor: RemoteBrowser) -> None:
    (who,) = run.people(1, sign_ins=1)
    now = datetime.now(UTC)
    replies = raced([_typing(visitor.twin(sign_in=who.sign_ins[0]), who.app.wrong_code(now)) for _ in range(40)])
    assert Counter(reply.status for reply in replies) == {422: 9, 429: 31}
    assert events_of(run.site, who, Act.CODE_REFUSED) == 10
    right = visitor.twin(sign_in=who.sign_ins[0]).post("/sign-in/code", code=codes.spell(who.codes[0]))
    assert right.status == 429


@pytest.mark.parametrize("act", ["lock", "suspension", "sessions-end"])
def test_what_an_admin_does_on_one_node_holds_on_the_other_at_once(
    site: Nodes, both: list[Node], visitor: RemoteBrowser, act: str
) -> None:
    here, there = (node.door for node in both)
    with site.portal() as portal:
        (admin,) = regulars(portal, 1, role=Role.ADMIN, fresh=True)
        (who,) = regulars(portal, 1)
    at_work = visitor.twin(session=who.session).through(there)
    assert at_work.get("/account").status == 200
    # The very next request, whatever node it comes to: nothing is remembered between two of them.
    done = visitor.twin(session=admin.session).through(here).post(f"/members/{who.public_id}/{act}", reason="Ticket 1")
    assert done.status == 303
    after = at_work.get("/account")
    assert (after.status, "/sign-in" in after.leads_to) == (303, True)
    coming = visitor.twin(sign_in=who.sign_ins[0]).through(there)
    coming.post("/sign-in/code", code=codes.spell(who.codes[0]))
    assert coming.holds(Cookie.SESSION) is None


def test_a_session_ended_on_one_node_is_over_on_the_other(run: Run, both: list[Node], visitor: RemoteBrowser) -> None:
    here, there = (node.door for node in both)
    (who,) = run.people(1)
    mine = visitor.twin(session=who.session).through(there)
    assert mine.get("/account").status == 200
    assert visitor.twin(session=who.session).through(here).post("/sign-out").status == 303
    assert mine.get("/account").status == 303


def test_a_rolling_restart_under_load_loses_nothing(run: Run, both: list[Node], front: Door) -> None:
    load = run.load(front, run.people(150), SEED)
    with load.running(6):
        for node in both:
            time.sleep(0.5)
            node.stop()
            time.sleep(0.5)
            node.start()
        time.sleep(0.5)
    figures = run.history.figures()
    run.say("rolling restart")
    assert run.found() == []
    assert figures["acknowledged"] > 50
    assert figures["never sent"] == 0


def test_two_nodes_that_start_at_once_on_an_empty_database_migrate_it_once(
    site_of_nothing: Nodes,
) -> None:
    both = [site_of_nothing.make() for _ in range(2)]
    for node in both:
        node.begin()
    for node in both:
        node.wait_until_ready()
    with site_of_nothing.portal() as portal, portal.reading() as tx:
        assert migrations.serves(tx.db)
        assert tx.db.execute(text("SELECT count(*) FROM key_check")).scalar_one() == 1
    assert all("Traceback" not in node.output for node in both)
