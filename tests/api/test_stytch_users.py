"""Users through Stytch's own client: made, looked at, changed and removed, with every field of what comes back."""

from typing import Any

import pytest
import stytch
from stytch.consumer.models.users import Name

from app.domain.members import Role, Status
from app.storage import members
from tests.support.applications import Application, StytchUser, told, uuid_in
from tests.support.clock import TestClock
from tests.support.people import People

NOT_FOUND = (404, "user_not_found")


def _as_made(clock: TestClock, **but: Any) -> dict[str, Any]:
    """Every field of a user of whom nothing is known but what is given."""
    return {
        "emails": [],
        "phone_numbers": [],
        "webauthn_registrations": [],
        "providers": [],
        "totps": [],
        "crypto_wallets": [],
        "biometric_registrations": [],
        "roles": [],
        "status": "active",
        "is_locked": False,
        "name": {"first_name": "", "middle_name": "", "last_name": ""},
        "created_at": clock.now(),
        "password": None,
        "trusted_metadata": {},
        "untrusted_metadata": {},
        "external_id": None,
        "lock_created_at": None,
        "lock_expires_at": None,
        **but,
    }


def test_a_user_is_made_and_found_as_they_were_made(client: stytch.Client, clock: TestClock) -> None:
    made = client.users.create(
        email="Ada@Example.org",
        name={"first_name": "Ada", "middle_name": "King", "last_name": "Lovelace"},
        trusted_metadata={"plan": {"name": "gold"}},
        untrusted_metadata={"theme": "dark"},
        external_id="customer|17",
        roles=["editor", "reader"],
    )
    assert (made.status_code, made.status, made.phone_id) == (200, "active", "")
    assert made.request_id.startswith("request-id-live-")
    assert made.user_id.startswith("user-live-")
    assert made.email_id.startswith("email-live-")
    everything = _as_made(
        clock,
        user_id=made.user_id,
        emails=[{"email_id": made.email_id, "email": "Ada@Example.org", "verified": False}],
        name={"first_name": "Ada", "middle_name": "King", "last_name": "Lovelace"},
        trusted_metadata={"plan": {"name": "gold"}},
        untrusted_metadata={"theme": "dark"},
        external_id="customer|17",
        roles=["editor", "reader"],
    )
    assert made.user.model_dump() == everything
    found = client.users.get(user_id=made.user_id)
    assert found.model_dump(exclude={"status_code", "request_id"}) == everything
    assert client.users.get(user_id="customer|17").user_id == made.user_id
    assert found.request_id != made.request_id


def test_nothing_at_all_makes_a_user_too(client: stytch.Client, clock: TestClock) -> None:
    made = client.users.create()
    assert made.email_id == ""
    assert made.user.model_dump() == _as_made(clock, user_id=made.user_id)


def test_who_was_made_as_pending_becomes_active_by_showing_up(client: stytch.Client, clock: TestClock) -> None:
    user = StytchUser.made(client, clock, create_user_as_pending=True)
    assert client.users.get(user_id=user.user_id).status == "pending"
    user.confirms()
    assert client.users.get(user_id=user.user_id).status == "active"


@pytest.mark.filterwarnings("ignore:The `dict` method is deprecated")
def test_names_may_come_as_the_client_types_them(client: stytch.Client) -> None:
    made = client.users.create(name=Name(first_name="Ada"))
    changed = client.users.update(user_id=made.user_id, name=Name(last_name="Lovelace"))
    assert changed.user.name == Name(first_name="Ada", middle_name="", last_name="Lovelace")


def test_a_change_leaves_alone_what_it_does_not_name(client: stytch.Client, clock: TestClock) -> None:
    made = client.users.create(
        email="ada@example.org",
        name={"first_name": "Ada"},
        trusted_metadata={"plan": "gold", "since": 1843},
        untrusted_metadata={"theme": "dark"},
        external_id="17",
        roles=["reader"],
    )
    changed = client.users.update(
        user_id="17",
        name={"last_name": "Lovelace"},
        attributes={"ip_address": "192.0.2.1"},
        trusted_metadata={"plan": None, "until": 1852},
        roles=["editor"],
    )
    assert changed.status_code == 200
    assert (changed.user_id, changed.phone_numbers, changed.crypto_wallets) == (made.user_id, [], [])
    assert changed.emails == changed.user.emails == made.user.emails
    assert changed.user.model_dump() == _as_made(
        clock,
        user_id=made.user_id,
        emails=[{"email_id": made.email_id, "email": "ada@example.org", "verified": False}],
        name={"first_name": "Ada", "middle_name": "", "last_name": "Lovelace"},
        trusted_metadata={"since": 1843, "until": 1852},
        untrusted_metadata={"theme": "dark"},
        external_id="17",
        roles=["editor"],
    )
    assert client.users.get(user_id=made.user_id).name == changed.user.name


def test_an_external_id_is_changed_and_taken_away(client: stytch.Client) -> None:
    made = client.users.create(external_id="first")
    assert client.users.update(user_id="first", external_id="second").user.external_id == "second"
    assert told(client.users.get, user_id="first") == NOT_FOUND
    without = client.users.delete_external_id(user_id="second")
    assert (without.user_id, without.user.user_id, without.user.external_id) == (made.user_id, made.user_id, None)
    assert told(client.users.get, user_id="second") == NOT_FOUND
    assert client.users.create(external_id="second").user.external_id == "second"


def test_an_address_is_taken_away_and_free_again(client: stytch.Client) -> None:
    made = client.users.create(email="ada@example.org", name={"first_name": "Ada"})
    without = client.users.delete_email(email_id=made.email_id)
    assert (without.user_id, without.user.user_id, without.user.emails) == (made.user_id, made.user_id, [])
    assert without.user.name == made.user.name
    assert told(client.users.delete_email, email_id=made.email_id) == (404, "email_not_found")
    assert client.users.create(email="ada@example.org").user_id != made.user_id


def test_whoever_is_removed_is_gone_and_leaves_nothing_taken(client: stytch.Client, clock: TestClock) -> None:
    user = StytchUser.made(client, clock, email="ada@example.org", external_id="17")
    session = user.shows(user.phone.code(), session_duration_minutes=60)
    gone = client.users.delete(user_id="17")
    assert (gone.status_code, gone.user_id) == (200, user.user_id)
    for named in (user.user_id, "17"):
        assert told(client.users.get, user_id=named) == NOT_FOUND
        assert told(client.users.update, user_id=named, roles=["reader"]) == NOT_FOUND
        assert told(client.users.delete, user_id=named) == NOT_FOUND
        assert told(client.users.delete_external_id, user_id=named) == NOT_FOUND
        assert told(client.totps.create, user_id=named) == NOT_FOUND
        assert told(client.totps.authenticate, user_id=named, totp_code=user.phone.next_code()) == NOT_FOUND
        assert told(client.totps.recover, user_id=named, recovery_code=user.codes[0]) == NOT_FOUND
        assert told(client.totps.recovery_codes, user_id=named) == NOT_FOUND
        assert told(client.sessions.get, user_id=named) == NOT_FOUND
    assert told(client.users.delete_totp, totp_id=user.totp_id) == (404, "totp_not_found")
    assert told(client.sessions.authenticate, session_token=session.session_token) == (404, "session_not_found")
    assert client.users.search().results_metadata.total == 0
    again = client.users.create(email="ada@example.org", external_id="17")
    assert again.user_id != user.user_id
    assert (again.user.totps, again.user.trusted_metadata) == ([], {})


def test_what_is_noted_of_a_user_each_application_notes_for_itself(client: stytch.Client, kiosk: Application) -> None:
    made = client.users.create(
        email="ada@example.org",
        name={"first_name": "Ada", "last_name": "Lovelace"},
        external_id="17",
        roles=["reader"],
        trusted_metadata={"plan": "gold"},
    )
    other = kiosk.stytch()
    assert told(other.users.get, user_id="17") == NOT_FOUND
    seen = other.users.get(user_id=made.user_id)
    assert (seen.emails, seen.external_id, seen.roles, seen.trusted_metadata) == (made.user.emails, None, [], {})
    assert seen.name == Name(first_name="Ada Lovelace", middle_name="", last_name="")
    other.users.update(user_id=made.user_id, external_id="17", trusted_metadata={"plan": "none"})
    assert client.users.get(user_id="17").trusted_metadata == {"plan": "gold"}


def test_the_portal_knows_the_users_of_an_application(client: stytch.Client, shop: Application) -> None:
    made = client.users.create(email="ada@example.org", name={"first_name": "Ada", "last_name": "Lovelace"})
    member = shop.member(uuid_in(made.user_id))
    assert (member.name, member.email, member.email_verified) == ("Ada Lovelace", "ada@example.org", False)
    assert (member.role, member.status, member.password_hash) == (Role.MEMBER, Status.ACTIVE, None)
    client.users.update(user_id=made.user_id, name={"first_name": "Augusta"})
    assert shop.member(member.public_id).name == "Augusta Lovelace"


def test_whoever_has_a_password_in_the_portal_is_shown_with_it(client: stytch.Client, people: People) -> None:
    bob = people.newcomer("bob@example.org")
    user_id = f"user-live-{bob.public_id}"
    found = client.users.get(user_id=user_id)
    assert found.password
    assert found.password.password_id.startswith("password-live-")
    assert found.password.requires_reset is False
    assert found.name == Name(first_name="Bob", middle_name="", last_name="")
    email_id = found.emails[0].email_id
    assert told(client.users.delete_email, email_id=email_id) == (400, "cannot_delete_email")
    with people.portal.writing() as tx:
        members.stop_password(tx.db, bob.id, tx.now)
    stopped = client.users.get(user_id=user_id).password
    assert stopped
    assert stopped.requires_reset is True


def test_who_is_suspended_or_invited_is_pending(client: stytch.Client, people: People) -> None:
    for status in (Status.SUSPENDED, Status.INVITED):
        person = people.with_status(status, f"{status}@example.org")
        assert client.users.get(user_id=f"user-live-{person.public_id}").status == "pending"


def test_who_cannot_be_made_is_told_why(client: stytch.Client) -> None:
    client.users.create(email="ada@example.org", external_id="17")
    unfit: list[tuple[dict[str, Any], str]] = [
        ({"email": "no address"}, "invalid_email"),
        ({"email": ""}, "invalid_email"),
        ({"email": "ADA@example.org"}, "duplicate_email"),
        ({"external_id": "17"}, "duplicate_user_external_id"),
        ({"external_id": "with space"}, "bad_request"),
        ({"external_id": "x" * 129}, "bad_request"),
        ({"name": {"first_name": "x" * 121}}, "bad_request"),
        ({"name": {"first_name": "x" * 60, "last_name": "y" * 60}}, "bad_request"),
        ({"phone_number": "+15550100"}, "invalid_create_user_request"),
        ({"roles": ["x"] * 51}, "bad_request"),
        ({"roles": ["x" * 129]}, "bad_request"),
        ({"roles": [17]}, "bad_request"),
        ({"trusted_metadata": {"note": "x" * 4096}}, "metadata_too_large"),
        ({"untrusted_metadata": {"note": "x" * 4096}}, "metadata_too_large"),
        ({"trusted_metadata": {str(number): number for number in range(21)}}, "metadata_too_large"),
        ({"trusted_metadata": ["gold"]}, "metadata_invalid_format"),
        ({"untrusted_metadata": "gold"}, "metadata_invalid_format"),
    ]
    assert [told(client.users.create, **asked) for asked, _ in unfit] == [(400, kind) for _, kind in unfit]
    assert client.users.search().results_metadata.total == 1


def test_what_cannot_be_changed_stays_as_it_was(client: stytch.Client) -> None:
    client.users.create(external_id="17")
    made = client.users.create(external_id="18", trusted_metadata={"plan": "gold"}, name={"first_name": "x" * 60})
    unfit: list[tuple[dict[str, Any], str]] = [
        ({"external_id": "17"}, "duplicate_user_external_id"),
        ({"trusted_metadata": {"note": "x" * 4080}}, "metadata_too_large"),
        ({"untrusted_metadata": ["gold"]}, "metadata_invalid_format"),
        ({"name": {"last_name": "y" * 60}}, "bad_request"),
        ({"roles": ["x" * 129]}, "bad_request"),
    ]
    answers = [told(client.users.update, user_id="18", **asked) for asked, _ in unfit]
    assert answers == [(400, kind) for _, kind in unfit]
    assert client.users.get(user_id="18").model_dump(exclude={"status_code", "request_id"}) == made.user.model_dump()


def test_metadata_may_be_as_large_as_is_said(client: stytch.Client) -> None:
    exactly = {"note": "x" * (4096 - len('{"note": ""}'))}
    made = client.users.create(trusted_metadata=exactly, untrusted_metadata={str(key): key for key in range(20)})
    assert made.user.trusted_metadata == exactly
    assert len(made.user.untrusted_metadata or {}) == 20


def test_what_is_no_id_of_a_user_is_told_as_that(client: stytch.Client) -> None:
    for named in ("user-live-17", "user-test-x", "with space", "x" * 129, "\N{LATIN SMALL LETTER E WITH ACUTE}"):
        _is_no_id(client, named)


def _is_no_id(client: stytch.Client, named: str) -> None:
    invalid = (400, "invalid_user_id")
    assert told(client.users.get, user_id=named) == invalid
    assert told(client.users.update, user_id=named, roles=[]) == invalid
    assert told(client.users.delete, user_id=named) == invalid
    assert told(client.users.delete_external_id, user_id=named) == invalid
    assert told(client.totps.create, user_id=named) == invalid
    assert told(client.totps.authenticate, user_id=named, totp_code="123456") == invalid
    assert told(client.sessions.get, user_id=named) == invalid


def test_ids_of_the_test_environment_name_the_same_users(client: stytch.Client) -> None:
    made = client.users.create()
    assert client.users.get(user_id=made.user_id.replace("-live-", "-test-")).user_id == made.user_id


def test_an_application_may_name_its_users_as_it_likes(client: stytch.Client) -> None:
    for external_id in ("search", "A.b_c-d|e", "17", "user-17"):
        made = client.users.create(external_id=external_id)
        assert client.users.get(user_id=external_id).user_id == made.user_id
        assert client.users.delete_external_id(user_id=external_id).user_id == made.user_id


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OWNER])
def test_whoever_has_a_role_in_the_portal_is_changed_there_alone(
    client: stytch.Client, people: People, role: Role
) -> None:
    boss = people.ready("grace@example.org", role=role)
    user_id = f"user-live-{boss.public_id}"
    refused = (403, "unauthorized_action")
    found = client.users.get(user_id=user_id)
    assert told(client.users.update, user_id=user_id, trusted_metadata={"plan": "gold"}) == refused
    assert told(client.users.delete, user_id=user_id) == refused
    assert told(client.users.delete_external_id, user_id=user_id) == refused
    assert told(client.users.delete_email, email_id=found.emails[0].email_id) == refused
    assert told(client.totps.create, user_id=user_id) == refused
    assert told(client.totps.recovery_codes, user_id=user_id) == refused
    assert told(client.users.delete_totp, totp_id=found.totps[0].totp_id) == refused
    assert client.totps.authenticate(user_id=user_id, totp_code=boss.next_totp()).user_id == user_id
    assert client.totps.recover(user_id=user_id, recovery_code=boss.codes[0]).user_id == user_id
