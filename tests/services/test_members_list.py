"""The list of members: searching, narrowing, sorting and turning its pages."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.events import Act
from app.domain.lists import Counted, Factor, Sort, Wanted
from app.domain.members import Role, Status
from app.domain.refusals import Refused, Why
from app.domain.text import email_key, search_text
from app.portal import Portal
from app.services import members
from app.services.members import Page
from app.steps.administration import NotAnAdministratorError
from app.storage import events, member_lists
from app.storage.tables import door, member
from tests.support.clock import A_MONDAY, TestClock
from tests.support.people import AT_HOME, People, Person, granted, refusal


def add(by: Person, *rows: dict[str, Any]) -> list[int]:
    """Members as bare rows; whatever a row does not say is that of a ready member."""
    with by.portal.writing() as tx:
        added = [tx.db.execute(member.insert().values(_row(by, row)).returning(member.c.id)) for row in rows]
        return [one.scalar_one() for one in added]


def _row(by: Person, given: dict[str, Any]) -> dict[str, Any]:
    name, email = given.get("name", "Nameless"), given.get("email", f"{uuid4().hex}@example.net")
    return {
        "public_id": uuid4(),
        "organization_id": by.organization_id,
        "role": Role.MEMBER,
        "status": Status.ACTIVE,
        "name": name,
        "email": email,
        "email_key": email_key(email),
        "email_verified": True,
        "search_text": search_text(name, email),
        "authenticator_count": 1,
        "codes_left": 10,
        "ready": True,
        "made_at": A_MONDAY,
        **given,
    }


def page(by: Person, wanted: Wanted = Wanted(), **more: Any) -> Page:  # noqa: B008 -- it is frozen
    return members.page(by.portal, by.session, wanted, **more)


def names(by: Person, **wanted: Any) -> list[str]:
    found = page(by, Wanted(**wanted), length=100)
    assert found.found == Counted(len(found.lines), more=False)
    return [line.name for line in found.lines]


# searching


@pytest.fixture
def crew(grace: Person) -> Person:
    """An admin among people whose names are worth looking for."""
    add(
        grace,
        {"name": "Ada Lovelace", "email": "countess@analytical.example"},
        {"name": "Adam Smith", "email": "smith@wealth.example"},
        {"name": "100% Cotton", "email": "under_score@example.net"},
        {"name": "Back\\slash", "email": "underscore@example.net"},
        {"name": "Stra\u00dfe Zo\u00eb", "email": "zoe@example.net"},
    )
    return grace


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ada", ["Ada Lovelace", "Adam Smith"]),
        ("LOVE", ["Ada Lovelace"]),
        ("lace", ["Ada Lovelace"]),
        ("countess@", ["Ada Lovelace"]),
        ("lovelace ada", ["Ada Lovelace"]),
        ("  smith\tADAM ", ["Adam Smith"]),
        ("ada wealth", ["Adam Smith"]),
        ("ada nobody", []),
        ("%", ["100% Cotton"]),
        ("0% c", ["100% Cotton"]),
        ("under_score", ["100% Cotton"]),
        ("_", ["100% Cotton"]),
        ("k\\s", ["Back\\slash"]),
        ("/", []),
        ("\uff21\uff44\uff41\uff4d", ["Adam Smith"]),
        ("STRASSE", ["Stra\u00dfe Zo\u00eb"]),
        ("zoe\u0308", ["Stra\u00dfe Zo\u00eb"]),
        ("*", []),
        ("'", []),
    ],
)
def test_any_part_of_name_or_address_is_found_by_all_its_words(crew: Person, search: str, found: list[str]) -> None:
    assert names(crew, search=search) == found


@pytest.mark.parametrize("search", ["\x00", "\ud800", "ada\x00", "x" * 5000, "a " * 5000, "\u202e"])
def test_nothing_that_is_typed_breaks_the_search(crew: Person, search: str) -> None:
    assert isinstance(page(crew, Wanted(search)), Page)


def test_what_cannot_be_seen_is_not_searched_for(crew: Person) -> None:
    assert names(crew, search="love\u200blace\x00") == ["Ada Lovelace"]


# narrowing


@pytest.fixture
def kinds(grace: Person) -> Person:
    """An admin among one of every kind."""
    hour = timedelta(hours=1)
    ids = add(
        grace,
        {"name": "Bare", "authenticator_count": 0, "codes_left": 0, "ready": False},
        {"name": "Pending", "codes_pending": True, "codes_left": 2, "ready": False},
        {"name": "Few", "codes_left": 3},
        {"name": "None Left", "codes_left": 0, "ready": False},
        {"name": "Four", "codes_left": 4},
        {"name": "Locked", "lock_reason": "admin"},
        {"name": "Locked For An Hour", "lock_reason": "attempts", "locked_until": A_MONDAY + hour},
        {"name": "Shut Out"},
        {"name": "Shut Out Elsewhere"},
        {"name": "Suspended", "status": Status.SUSPENDED},
        {"name": "Invited", "status": Status.INVITED, "authenticator_count": 0, "codes_left": 0, "ready": False},
        {"name": "Removed", "status": Status.REMOVED, "email_key": None},
        {"name": "Owner", "role": Role.OWNER},
    )
    with grace.portal.writing() as tx:
        for index, where, closed in [(7, "portal", A_MONDAY), (8, "project", A_MONDAY), (4, "portal", None)]:
            tx.db.execute(
                door.insert().values(
                    member_id=ids[index],
                    organization_id=grace.organization_id,
                    door=where,
                    failures_in_row=50,
                    closed_at=closed,
                )
            )
    return grace


@pytest.mark.parametrize(
    ("factor", "found"),
    [
        (Factor.NO_AUTHENTICATOR, {"Bare", "Invited"}),
        (Factor.UNACKNOWLEDGED, {"Pending"}),
        (Factor.FEW_CODES, {"Few", "None Left"}),
        (Factor.LOCKED, {"Locked", "Locked For An Hour", "Shut Out"}),
        (Factor.NOT_READY, {"Bare", "Pending", "None Left", "Invited", "Locked", "Locked For An Hour", "Shut Out"}),
    ],
)
def test_a_list_is_narrowed_by_the_second_factor(kinds: Person, factor: Factor, found: set[str]) -> None:
    assert set(names(kinds, factor=factor)) == found


def test_ready_is_who_could_lose_the_phone_today_and_everybody_else_is_not(kinds: Person) -> None:
    ready, others = names(kinds, factor=Factor.READY), names(kinds, factor=Factor.NOT_READY)
    assert {"Grace", "Few"} <= set(ready)
    assert {"Locked", "Shut Out", "None Left"} <= set(others)
    assert sorted([*ready, *others]) == sorted(names(kinds))


def test_how_many_are_ready_is_said_of_the_active(kinds: Person) -> None:
    everybody = page(kinds)
    others = names(kinds, factor=Factor.NOT_READY, status=Status.ACTIVE)
    assert everybody.ready.number == everybody.everybody.number - len(others)


def test_a_lock_that_has_expired_is_none(kinds: Person, clock: TestClock) -> None:
    clock.advance(hours=1)
    kinds.sign_in()
    assert names(kinds, factor=Factor.LOCKED) == ["Locked", "Shut Out"]


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (Status.SUSPENDED, ["Suspended"]),
        (Status.INVITED, ["Invited"]),
        (Status.REMOVED, ["Removed"]),
    ],
)
def test_a_list_is_narrowed_by_status(kinds: Person, status: Status, found: list[str]) -> None:
    assert names(kinds, status=status) == found
    assert not set(found) & set(names(kinds, status=Status.ACTIVE))


def test_the_removed_are_shown_only_when_asked_for(kinds: Person) -> None:
    assert "Removed" not in names(kinds)
    assert names(kinds, search="removed") == []
    assert names(kinds, search="removed", status=Status.REMOVED) == ["Removed"]


def test_a_list_is_narrowed_by_role(kinds: Person) -> None:
    assert names(kinds, role=Role.OWNER) == ["Owner"]
    assert names(kinds, role=Role.ADMIN) == ["Grace"]


def test_everything_narrows_together(kinds: Person) -> None:
    assert names(kinds, search="locked", factor=Factor.LOCKED, role=Role.MEMBER, status=Status.ACTIVE) == [
        "Locked",
        "Locked For An Hour",
    ]
    assert names(kinds, search="locked", factor=Factor.LOCKED, role=Role.OWNER) == []


def test_a_line_says_the_same_as_its_filter(kinds: Person) -> None:
    shown = {line.name: line.factor(A_MONDAY) for line in page(kinds, length=100).lines}
    for factor in (Factor.NO_AUTHENTICATOR, Factor.UNACKNOWLEDGED, Factor.FEW_CODES, Factor.LOCKED):
        assert {name for name, said in shown.items() if said is factor} == set(names(kinds, factor=factor))


# turning pages


def some_members(by: Person, count: int = 60) -> None:
    """With names that many share, and half of them never signed in or at the same moment."""
    dice = random.Random(count)  # noqa: S311
    moments: list[datetime | None] = [None, None, *(A_MONDAY - timedelta(days=days) for days in range(3))]
    for _ in range(count):
        name = dice.choice(["Ada", "Bob", "b\u00f6b", "Zo\u00eb", "\u5c71\u7530", "Ann Lee", "Ann-Lee", "annlee"])
        add(by, {"name": name, "search_text": search_text(name), "last_sign_in_at": dice.choice(moments)})


def forwards(by: Person, wanted: Wanted, length: int) -> list[Page]:
    pages = [page(by, wanted, length=length)]
    while after := pages[-1].after:
        pages.append(page(by, wanted, after=after, length=length))
        assert len(pages) < 100, "the pages go round in circles"
    return pages


def ids(pages: Sequence[Page]) -> list[UUID]:
    return [line.public_id for one in pages for line in one.lines]


@pytest.mark.parametrize(("count", "length"), [(9, 1), (40, 7)])
@pytest.mark.parametrize("sort", list(Sort))
def test_every_member_comes_once_forwards_and_backwards(grace: Person, sort: Sort, count: int, length: int) -> None:
    some_members(grace, count)
    wanted = Wanted(sort=sort)
    whole = ids([page(grace, wanted, length=100)])
    assert len(set(whole)) == count + 1
    there = forwards(grace, wanted, length)
    assert ids(there) == whole
    assert there[0].before is None
    back = [there[-1]]
    while before := back[-1].before:
        back.append(page(grace, wanted, before=before, length=length))
        assert len(back) < 100, "the pages go round in circles"
    assert ids(back[::-1]) == whole
    assert all(one.after for one in back[1:])


@pytest.mark.parametrize("factor", [None, Factor.READY])
def test_a_narrowed_list_is_turned_likewise(grace: Person, factor: Factor | None) -> None:
    some_members(grace)
    wanted = Wanted("b", role=Role.MEMBER, factor=factor, sort=Sort.SEEN_LAST)
    pages = forwards(grace, wanted, 4)
    assert ids(pages) == ids([page(grace, wanted, length=100)])
    assert len(pages) > 2


def test_names_are_in_order_and_backwards(grace: Person) -> None:
    add(grace, *({"name": name} for name in ["delta", "alpha", "charlie", "bravo"]))
    assert names(grace) == ["alpha", "bravo", "charlie", "delta", "Grace"]
    assert names(grace, sort=Sort.NAME_BACKWARDS) == ["Grace", "delta", "charlie", "bravo", "alpha"]


def test_who_never_signed_in_counts_as_longest_ago(grace: Person) -> None:
    day = timedelta(days=1)
    add(
        grace,
        {"name": "Never"},
        {"name": "Long ago", "last_sign_in_at": A_MONDAY - 9 * day},
        {"name": "Lately", "last_sign_in_at": A_MONDAY - day},
        {"name": "Never either"},
    )
    order = ["Never", "Never either", "Long ago", "Lately", "Grace"]
    assert names(grace, sort=Sort.SEEN_LONG_AGO) == order
    assert names(grace, sort=Sort.SEEN_LAST) == order[::-1]


def test_the_newest_come_first(grace: Person) -> None:
    add(grace, {"name": "Second"}, {"name": "Third"})
    assert names(grace, sort=Sort.NEWEST) == ["Third", "Second", "Grace"]


def test_somebody_who_is_not_there_begins_from_the_top(grace: Person, people: People) -> None:
    some_members(grace, 5)
    eve = people.ready("eve@example.org", slug="other")
    top = page(grace, length=3)
    assert page(grace, length=3, after=uuid4()) == page(grace, length=3, before=eve.public_id) == top
    assert top.before is None


def test_a_page_goes_on_from_somebody_who_no_longer_fits(grace: Person, people: People) -> None:
    add(grace, *({"name": name} for name in ["alpha", "charlie", "delta"]))
    bravo = people.newcomer("bravo@example.org")
    bravo.set(status="removed")
    found = page(grace, after=bravo.public_id)
    assert [line.name for line in found.lines] == ["charlie", "delta", "Grace"]


# who sees what


def test_another_organization_never_shows(grace: Person, people: People) -> None:
    eve = people.admin("eve@example.org", slug="other")
    assert names(grace) == ["Grace"]
    assert names(grace, search="eve") == []
    assert names(eve) == ["Eve"]
    found = page(grace)
    assert found.everybody == found.ready == Counted(1, more=False)


def test_members_see_no_list(ada: Person) -> None:
    with pytest.raises(NotAnAdministratorError):
        page(ada)


def test_the_counts_beside_a_list_are_of_the_active(kinds: Person) -> None:
    found = page(kinds, Wanted(search="few"))
    assert found.found == Counted(1, more=False)
    assert found.everybody == Counted(11, more=False)
    assert found.ready == Counted(5, more=False)  # three of the others are locked


@pytest.mark.parametrize(("at_most", "number", "more"), [(2, 2, True), (3, 3, False), (4, 3, False)])
def test_counting_ends_where_it_tells_no_more(
    grace: Person,
    portal: Portal,
    at_most: int,
    number: int,
    more: bool,  # noqa: FBT001
) -> None:
    add(grace, {}, {})
    with portal.reading() as tx:
        counted = member_lists.count(tx.db, grace.organization_id, Wanted(), now=tx.now, at_most=at_most)
    assert counted == Counted(number, more)


# taking it along


def export(by: Person, wanted: Wanted = Wanted(), proof: str = "") -> members.Exported | Refused:  # noqa: B008
    return members.export(by.portal, by.session, wanted, proof=proof, origin=AT_HOME)


def test_an_export_holds_the_whole_list_as_it_is_narrowed(
    grace: Person, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(member_lists, "_AT_ONCE", 4)
    some_members(grace, 15)
    people.ready("eve@example.org", slug="other")
    wanted = Wanted(role=Role.MEMBER, sort=Sort.SEEN_LONG_AGO)
    exported = granted(export(grace, wanted))
    assert [line.public_id for line in exported.lines] == ids([page(grace, wanted, length=100)])
    assert len(exported.lines) == 15


def test_an_export_is_fresh_and_in_the_log(grace: Person, ada: Person, clock: TestClock) -> None:
    clock.advance(minutes=5)
    assert refusal(export(grace)) is Why.NEEDS_PROOF
    assert granted(export(grace, proof=grace.totp())).token
    with pytest.raises(NotAnAdministratorError):
        export(ada)
    with grace.portal.reading() as tx:
        search = events.Search(acts={Act.MEMBERS_EXPORTED})
        (event,) = events.page_of(tx.db, grace.organization_id, search, before=None, count=9)
    assert event.by
    assert event.by.name == "Grace"
