"""Users through Streambird's own client: made, looked at, changed, searched for and removed."""

import re
from typing import Any

from streambird.exceptions import (
    StreambirdDuplicateResource,
    StreambirdException,
    StreambirdInvalidRequest,
    StreambirdResourceNotFound,
)

from app.api.streambird import ids
from app.domain.members import Role
from tests.support.applications import Application, StreambirdUser, raised, uuid_in
from tests.support.clock import TestClock
from tests.support.people import People

KSUID = "[0-9A-Za-z]{27}"
NOT_FOUND = (StreambirdResourceNotFound, "user_not_found")


def _seconds(clock: TestClock) -> int:
    return int(clock.now().timestamp())


def _as_made(shop: Application, clock: TestClock, user_id: str, **but: Any) -> dict[str, Any]:
    """Every field of a user of whom nothing is known but what is given."""
    made = _seconds(clock)
    return {
        "id": user_id,
        "user_id": user_id,
        "app_id": ids.spell("app", shop.project.public_id),
        "first_name": "",
        "middle_name": "",
        "last_name": "",
        "active": True,
        "status": "active",
        "is_locked": False,
        "email_id": None,
        "phone_number_id": None,
        "emails": [],
        "phone_numbers": [],
        "wallets": [],
        "totps": [],
        "created_at": made,
        "updated_at": made,
        **but,
    }


def test_a_user_is_made_and_found_as_they_were_made(moon: Any, shop: Application, clock: TestClock) -> None:
    made = moon.users.create(email="Ada@Example.org", first_name="Ada", middle_name="King", last_name="Lovelace")
    assert made.keys() == {"user_id", "status", "email_id", "phone_number_id", "user"}
    assert (made["status"], made["phone_number_id"], made["user"]) == ("active", None, None)
    assert re.fullmatch(f"user_{KSUID}", made["user_id"])
    assert re.fullmatch(f"email_{KSUID}", made["email_id"])
    moment = _seconds(clock)
    address = {"email": "Ada@Example.org", "verified": False, "created_at": moment, "updated_at": moment}
    assert moon.users.get(made["user_id"]) == _as_made(
        shop,
        clock,
        made["user_id"],
        first_name="Ada",
        middle_name="King",
        last_name="Lovelace",
        email_id=made["email_id"],
        emails=[{"id": made["email_id"], **address}],
    )


def test_moments_are_whole_seconds(moon: Any, moon_enrolled: StreambirdUser) -> None:
    user = moon.users.get(moon_enrolled.user_id)
    session = moon_enrolled.shows(session_expires_in=60)["session"]
    things = [user, *user["emails"], *user["totps"], session, session["factors"][0]["method"]]
    moments = [one for thing in things for name, one in thing.items() if name.endswith("_at")]
    assert len(moments) == 12
    assert {type(one) for one in moments} == {int}


def test_a_user_may_come_along_with_the_answer(moon: Any, shop: Application, clock: TestClock) -> None:
    made = shop.asks("POST", "users/create", first_name="Ada", include_user=True).json()
    assert made["user"] == moon.users.get(made["user_id"])
    assert made["user"] == _as_made(shop, clock, made["user_id"], first_name="Ada")
    assert made["email_id"] is None


def test_who_requires_verification_is_pending_until_they_show_up(moon: Any, clock: TestClock) -> None:
    user = StreambirdUser.made(moon, clock, requires_verification=True)
    found = moon.users.get(user.user_id)
    assert (found["status"], found["active"]) == ("pending", False)
    user.confirms()
    found = moon.users.get(user.user_id)
    assert (found["status"], found["active"]) == ("active", True)


def test_a_change_leaves_alone_what_it_does_not_name(moon: Any) -> None:
    made = moon.users.create(first_name="Ada", last_name="Byron")
    changed = moon.users.update(made["user_id"], last_name="Lovelace", emails=["ada@example.org"])
    assert changed.keys() == {"user_id", "emails", "phone_numbers", "user"}
    assert (changed["user_id"], changed["phone_numbers"]) == (made["user_id"], [])
    assert changed["user"] == moon.users.get(made["user_id"])
    assert [changed["user"][part] for part in ("first_name", "middle_name", "last_name")] == ["Ada", "", "Lovelace"]
    assert changed["emails"] == changed["user"]["emails"]
    assert [one["email"] for one in changed["emails"]] == ["ada@example.org"]
    again = moon.users.update(made["user_id"], middle_name="King", emails=["ADA@example.org"])
    assert [one["email"] for one in again["emails"]] == ["ada@example.org"]


def test_an_address_is_given_and_changed_but_not_to_somebody_elses_nor_of_who_signs_in_with_it(
    moon: Any, people: People
) -> None:
    moon.users.create(email="ada@example.org")
    bob = moon.users.create(email="bob@example.org")
    carl = moon.users.create()
    duplicate, kept = (StreambirdDuplicateResource, "duplicate_email"), (StreambirdInvalidRequest, "email_in_use")
    assert raised(moon, moon.users.update, user_id=carl["user_id"], emails=["Ada@example.org"]) == duplicate
    joan = ids.spell("user", people.newcomer("joan@example.org").public_id)
    assert raised(moon, moon.users.update, user_id=joan, emails=["joanna@example.org"]) == kept
    assert moon.users.update(bob["user_id"], emails=["bobby@example.org"])["emails"][0]["email"] == "bobby@example.org"
    assert moon.users.delete_email(bob["email_id"]) == {
        "user_id": bob["user_id"],
        "message": "The e-mail address is deleted.",
    }
    assert raised(moon, moon.users.delete_email, email_id=bob["email_id"]) == (
        StreambirdResourceNotFound,
        "email_not_found",
    )
    renamed = moon.users.update(bob["user_id"], emails=["robert@example.org"])
    assert renamed["emails"][0]["email"] == "robert@example.org"
    assert moon.users.update(carl["user_id"], emails=["bob@example.org"])["emails"][0]["email"] == "bob@example.org"


def test_whoever_is_removed_is_gone(moon: Any, clock: TestClock) -> None:
    user = StreambirdUser.made(moon, clock, email="ada@example.org")
    session = user.shows(user.phone.code(), session_expires_in=60)
    assert moon.users.delete(user.user_id) == {"user_id": user.user_id, "message": "The user is deleted."}
    named = {"user_id": user.user_id}
    assert raised(moon, moon.users.get, **named) == NOT_FOUND
    assert raised(moon, moon.users.update, **named, first_name="Ada") == NOT_FOUND
    assert raised(moon, moon.users.delete, **named) == NOT_FOUND
    assert raised(moon, moon.totps.create, **named) == NOT_FOUND
    assert raised(moon, moon.totps.recovery_codes, **named) == NOT_FOUND
    assert raised(moon, moon.sessions.list, **named) == NOT_FOUND
    assert raised(moon, user.shows) == NOT_FOUND
    assert raised(moon, user.recovers) == NOT_FOUND
    over = (StreambirdResourceNotFound, "session_not_found")
    assert raised(moon, moon.sessions.verify, session_token=session["session_token"]) == over
    assert moon.users.create(email="ada@example.org")["user_id"] != user.user_id


def test_who_cannot_be_made_or_changed_is_told_why(moon: Any) -> None:
    unfit = (StreambirdInvalidRequest, "invalid_request")
    made = moon.users.create(email="ada@example.org", first_name="x" * 60)
    assert raised(moon, moon.users.create, email="ada@example.org") == (
        StreambirdDuplicateResource,
        "duplicate_email",
    )
    unfit_users: list[dict[str, Any]] = [
        {"email": "no address"},
        {"phone_number": "+15550100"},
        {"first_name": "x" * 121},
        {"first_name": "x" * 60, "last_name": "y" * 60},
        {"requires_verification": "yes"},
    ]
    for asked in unfit_users:
        assert raised(moon, moon.users.create, **asked) == unfit, asked
    unfit_changes: list[dict[str, Any]] = [
        {"emails": ["no address"]},
        {"emails": ["a@example.org", "b@example.org"]},
        {"phone_numbers": ["+15550100"]},
        {"last_name": "y" * 60},
    ]
    for asked in unfit_changes:
        assert raised(moon, moon.users.update, user_id=made["user_id"], **asked) == unfit, asked
    assert moon.users.get(made["user_id"])["first_name"] == "x" * 60


def test_an_id_with_a_slip_in_it_is_nobodys(moon: Any) -> None:
    user_id = moon.users.create()["user_id"]
    kind, _, symbols = user_id.partition("_")
    other = "1" if symbols[-1] == "0" else "0"
    for wrong in (f"{kind}_{symbols[:-1]}{other}", f"email_{symbols}", symbols, user_id + "0", user_id[:-1], "x"):
        assert raised(moon, moon.users.get, user_id=wrong) == NOT_FOUND, wrong
    assert moon.users.get(user_id)["id"] == user_id


def test_a_user_is_the_same_in_both_dialects(moon: Any, shop: Application) -> None:
    stytch = shop.stytch()
    made = stytch.users.create(email="ada@example.org", name={"first_name": "Ada", "last_name": "Lovelace"})
    user_id = ids.spell("user", uuid_in(made.user_id))
    found = moon.users.get(user_id)
    assert (found["first_name"], found["last_name"], found["emails"][0]["email"]) == (
        "Ada",
        "Lovelace",
        "ada@example.org",
    )
    moon.users.update(user_id, first_name="Augusta")
    name = stytch.users.get(user_id=made.user_id).name
    assert name
    assert name.first_name == "Augusta"


def test_whoever_has_a_role_in_the_portal_is_changed_there_alone(moon: Any, people: People) -> None:
    grace = people.admin()
    user_id, refused = ids.spell("user", grace.public_id), (StreambirdException, "forbidden")
    found = moon.users.get(user_id)
    assert raised(moon, moon.users.update, user_id=user_id, first_name="Gracie") == refused
    assert raised(moon, moon.users.delete, user_id=user_id) == refused
    assert raised(moon, moon.users.delete_email, email_id=found["email_id"]) == refused
    assert raised(moon, moon.totps.create, user_id=user_id) == refused
    assert raised(moon, moon.totps.recovery_codes, user_id=user_id) == refused
    assert moon.totps.verify(totp=grace.next_totp(), user_id=user_id)["user_id"] == user_id
    assert grace.row.role is Role.ADMIN
    bob = people.newcomer("bob@example.org")
    email_id = ids.spell("email", bob.public_id)
    assert raised(moon, moon.users.delete_email, email_id=email_id) == (StreambirdInvalidRequest, "email_in_use")


# searching, for which the client has no method


def test_users_are_searched_for(moon: Any, shop: Application, clock: TestClock) -> None:
    made = []
    for number in range(5):
        made.append(moon.users.create(email=f"user{number}@example.org")["user_id"])
        clock.advance(minutes=1)
    began = _seconds(clock) - 300

    def found(operator: str = "AND", *fields: dict[str, Any]) -> list[int]:
        reply = shop.asks("POST", "users/search", filters={"operator": operator, "fields": list(fields)})
        content = reply.json()
        assert reply.status_code == 200, content
        assert (content["has_more"], content["total"]) == (False, len(content["users"]))
        return [made.index(one["id"]) for one in content["users"]]

    second = {"field": "email", "value": "USER1@example.org"}
    third = {"field": "id", "operator": "eq", "value": made[2]}
    assert found() == [0, 1, 2, 3, 4]
    assert found("AND", second) == [1]
    assert found("or", second, third) == [1, 2]
    assert found("and", second, third) == []
    assert found("AND", {"field": "user_id", "value": "user_nobody"}) == []
    assert found("AND", {"field": "created_at", "operator": "gt", "value": began + 120}) == [3, 4]
    assert found("AND", {"field": "created_at", "operator": "lt", "value": began + 60}) == [0]
    assert found("AND", {"field": "created_at", "operator": "between", "value": [began + 30, began + 150]}) == [1, 2]


def test_a_search_goes_on_page_by_page(moon: Any, shop: Application) -> None:
    made = [moon.users.create()["user_id"] for _ in range(5)]
    first = shop.asks("POST", "users/search", limit=2).json()
    assert first.keys() == {"users", "has_more", "total"}
    assert ([one["id"] for one in first["users"]], first["has_more"], first["total"]) == (made[:2], True, 5)
    assert first["users"][0] == moon.users.get(made[0])
    last = shop.asks("POST", "users/search", limit=3, starting_after=made[1]).json()
    assert ([one["id"] for one in last["users"]], last["has_more"]) == (made[2:], False)


def test_what_cannot_be_searched_for_is_told(moon: Any, shop: Application) -> None:
    def refused(**asked: Any) -> tuple[int, str]:
        reply = shop.asks("POST", "users/search", **asked)
        return reply.status_code, reply.json()["error_type"]

    unfit: list[dict[str, Any]] = [
        {"field": "shoe_size", "value": "41"},
        {"field": "email", "value": 17},
        {"field": "email", "operator": "gt", "value": "a"},
        {"field": "id"},
        {"field": "created_at", "operator": "eq", "value": 17},
        {"field": "created_at", "operator": "gt", "value": "yesterday"},
        {"field": "created_at", "operator": "gt", "value": -1},
        {"field": "created_at", "operator": "gt", "value": 2**60},
        {"field": "created_at", "operator": "gt", "value": True},
        {"field": "created_at", "operator": "between", "value": [1]},
        {"field": "created_at", "operator": "between", "value": 1},
    ]
    for one in unfit:
        assert refused(filters={"fields": [one]}) == (400, "invalid_request"), one
    assert refused(limit=0) == refused(limit=1001) == (400, "invalid_request")
    assert refused(filters={"operator": "NOT"}) == (400, "invalid_request")
    assert refused(starting_after="user_nobody") == (404, "user_not_found")
