"""Sessions through Stytch's own client: opened by a factor, used, stepped up, listed and ended."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import stytch
from stytch.consumer.models.sessions import Session

from app.services import locks
from tests.support.applications import Application, StytchUser, looked_at, told
from tests.support.clock import TestClock
from tests.support.people import People, granted

NOT_FOUND = (404, "session_not_found")
RESERVED = dict.fromkeys(("iss", "sub", "aud", "exp", "nbf", "iat", "jti"), "mine")


def _as_opened(user: StytchUser, now: datetime, **but: Any) -> dict[str, Any]:
    """Every field of a session that is an hour long, but for its id and its factors."""
    return {
        "user_id": user.user_id,
        "roles": [],
        "started_at": now,
        "last_accessed_at": now,
        "expires_at": now + timedelta(minutes=60),
        "attributes": {"ip_address": "127.0.0.1", "user_agent": "An unknown browser"},
        "custom_claims": {},
        **but,
    }


def _factors(session: Session | None) -> list[dict[str, Any]]:
    """What they say at all."""
    assert session
    return [factor.model_dump(mode="json", exclude_none=True) for factor in session.authentication_factors]


def test_a_factor_opens_a_session_where_one_is_wished_for(client: stytch.Client, user: StytchUser) -> None:
    client.users.update(user_id=user.user_id, roles=["editor"])
    now = user.phone.clock.now()
    opened = user.shows(user.phone.code(), session_duration_minutes=60)
    assert opened.session
    assert opened.session.session_id.startswith("session-live-")
    assert opened.session_token
    session = opened.session.model_dump(exclude={"session_id", "authentication_factors"})
    assert session == _as_opened(user, now, roles=["editor"])
    [factor] = opened.session.authentication_factors
    assert factor.last_authenticated_at == factor.created_at == factor.updated_at == now
    [said] = _factors(opened.session)
    assert (said["type"], said["delivery_method"]) == ("totp", "authenticator_app")
    assert said["authenticator_app_factor"] == {"totp_id": user.totp_id}


def test_a_recovery_code_opens_one_too(enrolled: StytchUser) -> None:
    opened = enrolled.recovers(session_duration_minutes=60)
    [factor] = _factors(opened.session)
    assert (factor["type"], factor["delivery_method"]) == ("recovery_codes", "recovery_code")
    assert factor["recovery_code_factor"]["totp_recovery_code_id"].startswith("totp-recovery-code-live-")
    other = enrolled.recovers(session_duration_minutes=60)
    assert _factors(other.session)[0]["recovery_code_factor"] != factor["recovery_code_factor"]


def test_a_session_is_used_and_lives_on_as_long_as_is_wished(enrolled: StytchUser, clock: TestClock) -> None:
    client, opened = enrolled.client, enrolled.shows(session_duration_minutes=60)
    assert opened.session
    began = clock.now()
    clock.advance(minutes=10)
    used = client.sessions.authenticate(session_token=opened.session_token)
    assert used.status_code == 200
    assert used.request_id.startswith("request-id-live-")
    assert (used.session_token, used.verdict) == (opened.session_token, None)
    assert used.user.model_dump() == looked_at(client, enrolled.user_id)
    assert used.session.session_id == opened.session.session_id
    assert used.session.authentication_factors == opened.session.authentication_factors
    as_used = _as_opened(enrolled, began, last_accessed_at=clock.now())
    assert used.session.model_dump(exclude={"session_id", "authentication_factors"}) == as_used
    longer = client.sessions.authenticate(session_token=opened.session_token, session_duration_minutes=120)
    assert longer.session.expires_at == clock.now() + timedelta(minutes=120)
    shorter = client.sessions.authenticate(session_jwt=longer.session_jwt, session_duration_minutes=5)
    assert shorter.session.expires_at == clock.now() + timedelta(minutes=5)
    assert shorter.session_token == opened.session_token
    clock.advance(minutes=5)
    assert told(client.sessions.authenticate, session_token=opened.session_token) == NOT_FOUND
    assert told(client.sessions.authenticate, session_jwt=shorter.session_jwt) == NOT_FOUND
    assert client.sessions.get(user_id=enrolled.user_id).sessions == []


def test_sessions_are_listed_the_newest_first(client: stytch.Client, clock: TestClock) -> None:
    user = StytchUser.made(client, clock, external_id="17")
    assert client.sessions.get(user_id="17").sessions == []
    opened = [
        user.shows(user.phone.code(), session_duration_minutes=60, session_custom_claims={"cart": 3}).session,
        user.shows(session_duration_minutes=60).session,
        user.recovers(session_duration_minutes=60).session,
    ]
    listed = client.sessions.get(user_id=user.user_id)
    assert listed.status_code == 200
    assert listed.sessions == opened[::-1]
    assert client.sessions.get(user_id="17").sessions == listed.sessions


def test_another_factor_steps_a_session_up_and_gives_it_another_token(enrolled: StytchUser, clock: TestClock) -> None:
    client, began, opened = enrolled.client, clock.now(), enrolled.recovers(session_duration_minutes=60)
    assert opened.session
    ends = opened.session.expires_at
    stepped_up = enrolled.shows(session_token=opened.session_token)
    assert stepped_up.session
    assert (stepped_up.session.session_id, stepped_up.session.expires_at) == (opened.session.session_id, ends)
    assert [factor["type"] for factor in _factors(stepped_up.session)] == ["recovery_codes", "totp"]
    stepped_up_at = clock.now()
    assert stepped_up.session.last_accessed_at == stepped_up_at
    assert stepped_up.session_token not in {"", opened.session_token}
    for early in ({"session_token": opened.session_token}, {"session_jwt": opened.session_jwt}):
        assert told(client.sessions.authenticate, **early) == NOT_FOUND
        assert told(enrolled.shows, **early) == NOT_FOUND

    again = enrolled.shows(session_jwt=stepped_up.session_jwt, session_duration_minutes=120)
    assert again.session
    assert again.session.session_id == opened.session.session_id
    assert again.session.expires_at == clock.now() + timedelta(minutes=120)
    [code, totp] = again.session.authentication_factors
    assert code.last_authenticated_at == began
    assert totp.created_at == stepped_up_at
    assert totp.last_authenticated_at == totp.updated_at == clock.now()
    recovered = enrolled.recovers(session_token=again.session_token)
    assert [factor["type"] for factor in _factors(recovered.session)] == ["recovery_codes", "totp", "recovery_codes"]
    assert len(client.sessions.get(user_id=enrolled.user_id).sessions) == 1


def test_a_session_that_is_not_the_users_costs_no_code(
    enrolled: StytchUser, client: stytch.Client, clock: TestClock, shop: Application
) -> None:
    other = StytchUser.made(client, clock)
    theirs = other.shows(other.phone.code(), session_duration_minutes=60)
    code = enrolled.phone.next_code()
    for presented, refused in [
        ({"session_token": theirs.session_token}, NOT_FOUND),
        ({"session_jwt": theirs.session_jwt}, NOT_FOUND),
        ({"session_token": "of nobody"}, NOT_FOUND),
        ({"session_jwt": "no.jwt.atall"}, (400, "unable_to_parse_session_jwt")),
        ({"session_token": "one", "session_jwt": "two"}, (400, "too_many_session_arguments")),
    ]:
        assert told(enrolled.shows, code=code, **presented) == refused
        assert told(enrolled.recovers, code=enrolled.codes[0], **presented) == refused
    assert shop.member(enrolled.uuid).failures_in_row == 0
    enrolled.shows(code)
    enrolled.recovers(enrolled.codes[0])


def test_a_session_lives_for_five_minutes_to_a_year_and_a_day(enrolled: StytchUser, clock: TestClock) -> None:
    client, code = enrolled.client, enrolled.phone.next_code()
    token = enrolled.recovers(session_duration_minutes=60).session_token
    for minutes in (4, 527041, 0, -60, "60", 60.5, True):
        refused = (400, "invalid_session_duration_minutes")
        assert told(enrolled.shows, code=code, session_duration_minutes=minutes) == refused, minutes
        assert told(enrolled.recovers, code=enrolled.codes[0], session_duration_minutes=minutes) == refused
        asked: dict[str, Any] = {"session_token": token, "session_duration_minutes": minutes}
        assert told(client.sessions.authenticate, **asked) == refused
        asked = {"profile_id": "x", "token": "x", "session_duration_minutes": minutes}
        assert told(client.sessions.attest, **asked) == refused
    shortest = enrolled.shows(code, session_duration_minutes=5)
    longest = enrolled.recovers(session_duration_minutes=527040)
    assert [one.session.expires_at for one in (shortest, longest) if one.session] == [
        clock.now() + timedelta(minutes=5),
        clock.now() + timedelta(minutes=527040),
    ]


# claims of the application's own


def test_an_application_writes_claims_into_a_session_and_takes_them_away(enrolled: StytchUser) -> None:
    client = enrolled.client
    opened = enrolled.shows(
        session_duration_minutes=60, session_custom_claims={"cart": {"items": [1, 2]}, "tier": "gold", "gone": None}
    )
    assert opened.session
    assert opened.session.custom_claims == {"cart": {"items": [1, 2]}, "tier": "gold"}
    token = opened.session_token
    changed = client.sessions.authenticate(session_token=token, session_custom_claims={"tier": None, "seen": True})
    assert changed.session.custom_claims == {"cart": {"items": [1, 2]}, "seen": True}
    assert client.sessions.authenticate(session_token=token).session.custom_claims == changed.session.custom_claims
    stepped_up = enrolled.shows(session_token=token, session_custom_claims={"cart": None})
    assert stepped_up.session
    assert stepped_up.session.custom_claims == {"seen": True}


def test_reserved_claims_are_passed_over(enrolled: StytchUser) -> None:
    opened = enrolled.shows(session_duration_minutes=60, session_custom_claims={**RESERVED, "tier": "gold"})
    assert opened.session
    assert opened.session.custom_claims == {"tier": "gold"}
    used = enrolled.client.sessions.authenticate(
        session_token=opened.session_token, session_custom_claims={**RESERVED, "sub": None}
    )
    assert used.session.custom_claims == {"tier": "gold"}
    assert used.session.user_id == enrolled.user_id


def test_claims_have_four_kilobytes(enrolled: StytchUser) -> None:
    client, exactly = enrolled.client, {"note": "x" * (4096 - len('{"note": ""}'))}
    opened = enrolled.shows(session_duration_minutes=60, session_custom_claims=exactly)
    assert opened.session
    assert opened.session.custom_claims == exactly
    assert client.sessions.authenticate(session_jwt=opened.session_jwt).session.custom_claims == exactly
    refused, token, code = (400, "custom_claims_too_large"), opened.session_token, enrolled.phone.next_code()
    more: dict[str, Any] = {"session_token": token, "session_custom_claims": {"more": 1}}
    assert told(client.sessions.authenticate, **more) == refused
    assert told(enrolled.shows, code=code, **more) == refused
    assert told(enrolled.recovers, code=enrolled.codes[0], **more) == refused
    assert client.sessions.authenticate(session_token=token).session.custom_claims == exactly
    enrolled.shows(code, session_token=token)


def test_a_session_is_not_opened_without_the_claims_that_it_was_to_have(enrolled: StytchUser) -> None:
    code, too_much = enrolled.phone.next_code(), {"note": "x" * 4096}
    wishes: dict[str, Any] = {"session_duration_minutes": 60, "session_custom_claims": too_much}
    refused = (400, "custom_claims_too_large")
    assert told(enrolled.shows, code=code, **wishes) == refused
    assert told(enrolled.recovers, code=enrolled.codes[0], **wishes) == refused
    assert enrolled.client.sessions.get(user_id=enrolled.user_id).sessions == []
    enrolled.shows(code)
    enrolled.recovers(enrolled.codes[0])


def test_claims_that_are_none_are_refused(enrolled: StytchUser) -> None:
    token = enrolled.shows(session_duration_minutes=60).session_token
    for claims in (["a"], "a", 17):
        asked: dict[str, Any] = {"session_token": token, "session_custom_claims": claims}
        assert told(enrolled.client.sessions.authenticate, **asked) == (400, "bad_request")


# ending


@pytest.mark.parametrize("by", ["session_id", "session_token", "session_jwt"])
def test_a_session_is_revoked_by_whatever_names_it(enrolled: StytchUser, by: str) -> None:
    client, opened = enrolled.client, enrolled.shows(session_duration_minutes=60)
    other = enrolled.shows(session_duration_minutes=60)
    assert opened.session
    named = {"session_id": opened.session.session_id, **opened.model_dump(include={"session_token", "session_jwt"})}
    done = client.sessions.revoke(**{by: named[by]})
    assert done.status_code == 200
    assert done.request_id.startswith("request-id-live-")
    assert client.sessions.get(user_id=enrolled.user_id).sessions == [other.session]
    for name, value in named.items():
        assert told(client.sessions.revoke, **{name: value}) == NOT_FOUND
    for name in ("session_token", "session_jwt"):
        assert told(client.sessions.authenticate, **{name: named[name]}) == NOT_FOUND


def test_a_session_must_be_named_once(enrolled: StytchUser) -> None:
    client, opened = enrolled.client, enrolled.shows(session_duration_minutes=60)
    assert opened.session
    both = {"session_token": opened.session_token, "session_jwt": opened.session_jwt}
    assert told(client.sessions.authenticate) == (400, "no_session_arguments")
    assert told(client.sessions.authenticate, session_duration_minutes=60) == (400, "no_session_arguments")
    assert told(client.sessions.authenticate, **both) == (400, "too_many_session_arguments")
    assert told(client.sessions.revoke) == (400, "no_session_revoke_arguments")
    assert told(client.sessions.revoke, **both) == (400, "too_many_session_revoke_arguments")
    twice = {"session_id": opened.session.session_id, "session_token": opened.session_token}
    assert told(client.sessions.revoke, **twice) == (400, "too_many_session_revoke_arguments")
    assert told(client.sessions.revoke, session_id="session-live-17") == (400, "invalid_session_id")
    assert told(client.sessions.revoke, session_jwt="no.jwt.atall") == (400, "unable_to_parse_session_jwt")
    assert told(client.sessions.revoke, session_token="of nobody") == NOT_FOUND
    other_id = enrolled.user_id.replace("user", "session")
    assert told(client.sessions.revoke, session_id=other_id) == NOT_FOUND
    assert client.sessions.authenticate(session_token=opened.session_token)


def test_nobody_is_authorized_here(enrolled: StytchUser) -> None:
    token = enrolled.shows(session_duration_minutes=60).session_token
    asked = {"session_token": token, "authorization_check": {"resource_id": "documents", "action": "read"}}
    refused = (403, "consumer_session_authorization_error")
    assert told(enrolled.client.sessions.authenticate, **asked) == refused


def test_a_session_is_of_one_application_alone(enrolled: StytchUser, kiosk: Application) -> None:
    opened = enrolled.shows(session_duration_minutes=60)
    assert opened.session
    other = kiosk.stytch()
    assert other.sessions.get(user_id=enrolled.user_id).sessions == []
    assert told(other.sessions.authenticate, session_token=opened.session_token) == NOT_FOUND
    assert told(other.sessions.revoke, session_token=opened.session_token) == NOT_FOUND
    assert told(other.sessions.revoke, session_id=opened.session.session_id) == NOT_FOUND
    unread = (400, "unable_to_parse_session_jwt")
    assert told(other.sessions.authenticate, session_jwt=opened.session_jwt) == unread
    assert told(other.sessions.revoke, session_jwt=opened.session_jwt) == unread
    assert enrolled.client.sessions.get(user_id=enrolled.user_id).sessions == [opened.session]


def test_the_portals_own_sessions_are_no_applications_business(client: stytch.Client, people: People) -> None:
    bob = people.ready("bob@example.org")
    assert client.sessions.get(user_id=f"user-live-{bob.public_id}").sessions == []
    assert told(client.sessions.authenticate, session_token=bob.token) == NOT_FOUND
    assert told(client.sessions.revoke, session_token=bob.token) == NOT_FOUND
    named = f"session-live-{bob.session.public_id}"
    assert told(client.sessions.revoke, session_id=named) == NOT_FOUND
    assert bob.visitor()


def test_a_lock_by_an_admin_ends_sessions_and_one_by_attempts_does_not(enrolled: StytchUser, people: People) -> None:
    client, token = enrolled.client, enrolled.shows(session_duration_minutes=600).session_token
    enrolled.fails(10)
    assert client.sessions.authenticate(session_token=token).user.is_locked is True
    bob, grace = people.ready("bob@example.org"), people.admin()
    user_id = f"user-live-{bob.public_id}"
    opened = client.totps.authenticate(user_id=user_id, totp_code=bob.next_totp(), session_duration_minutes=60)
    granted(grace.does(locks.lock, bob, proof=grace.next_totp()))
    assert told(client.sessions.authenticate, session_token=opened.session_token) == NOT_FOUND
    assert told(client.sessions.authenticate, session_jwt=opened.session_jwt) == NOT_FOUND
    assert client.sessions.get(user_id=user_id).sessions == []
