"""Signing in at Dynamic's wire, by tokens of the application's own login: who is let in, as whom, and who is not."""

import json
from uuid import uuid4

import jwt
import pytest
import stytch
from cryptography.hazmat.primitives.asymmetric import ec

from app.api.dynamic.sessions import SESSION_LIFE
from app.domain.events import Act, ActorKind
from app.domain.members import Role
from app.domain.projects import Identifies
from app.services import locks, membership, project_upkeep
from tests.support.applications import ISSUER, Application, Caller, Provider, known_to_be_theirs, uuid_in
from tests.support.clock import TestClock
from tests.support.dynamic import IS_IN, NEEDS_MORE, PAGE, Shopper, login_of, told_by
from tests.support.issuers import part, signed_with_text
from tests.support.people import People, granted
from tests.support.tables import dump

UNFIT = (422, "invalid_external_auth")
NOBODY = (422, "invalid_user")
NOT_FROM_HERE = (403, "forbidden")
OVER = UNKNOWN_ENVIRONMENT = (401, "unauthorized")
LOCKED = (429, "mfa_rate_limited")
HEAD_OF_NONE = {"alg": "none", "typ": "JWT"}


def test_whom_the_token_names_is_made_a_user_and_is_that_user_the_next_time(
    shopper: Shopper, clock: TestClock, shop: Application
) -> None:
    given = shopper.signs_in("auth0|17", given_name="Ada", family_name="Lovelace", email="ada@example.org")
    environment, user = str(shop.project.environment_id), given["user"]
    external = user["lastVerifiedCredentialId"]
    assert user == {
        "id": user["id"],
        "projectEnvironmentId": environment,
        "verifiedCredentials": [
            {
                "id": external,
                "format": "externalUser",
                "signInEnabled": True,
                "public_identifier": "auth0|17",
                "email": None,
            }
        ],
        "lastVerifiedCredentialId": external,
        "sessionId": user["sessionId"],
        "scope": NEEDS_MORE,
        "email": None,
        "firstName": "Ada",
        "lastName": "Lovelace",
        "metadata": {},
        "mfaBackupCodeAcknowledgement": None,
        "missingFields": [],
    }
    assert given["jwt"] == given["minifiedJwt"]
    assert given["expiresAt"] == int((clock.now() + SESSION_LIFE).timestamp())
    assert shopper.get("GET", "/users") == user

    member = shop.member(shopper.id)
    assert (member.name, member.email, member.role, member.password_hash) == ("Ada Lovelace", None, Role.MEMBER, None)
    history = [(one.act, one.actor_kind, one.project) for one in shopper.person.history]
    assert history == [(act, ActorKind.PROJECT, "Shop") for act in (Act.USER_CREATED, Act.USER_ATTESTED)]
    again = shopper.elsewhere().signs_in("auth0|17", name="Somebody Else")["user"]
    assert again == {**user, "sessionId": again["sessionId"]}
    assert again["sessionId"] != user["sessionId"]
    assert shopper.get("GET", "/users") == user, "each sign-in opens a session of its own"


def test_a_user_whom_the_application_made_before_is_found_by_the_same_id(
    client: stytch.Client, shopper: Shopper
) -> None:
    made_before = client.users.create(email="ada@example.org", external_id="17", untrusted_metadata={"theme": "dark"})
    user = shopper.signs_in("17")["user"]
    assert shopper.id == uuid_in(made_before.user_id)
    assert (user["email"], user["metadata"]) == ("ada@example.org", {"theme": "dark"})


def test_only_an_address_that_is_known_to_be_theirs_is_among_the_credentials(
    client: stytch.Client, shopper: Shopper, shop: Application
) -> None:
    client.users.create(email="ada@example.org", external_id="17")
    assert [one["format"] for one in shopper.signs_in()["user"]["verifiedCredentials"]] == ["externalUser"]
    known_to_be_theirs(shop.portal, "ada@example.org")
    _, email = shopper.get("GET", "/users")["verifiedCredentials"]
    assert (email["format"], email["email"], email["signInEnabled"]) == ("email", "ada@example.org", False)


def test_where_nothing_is_required_users_are_in_until_they_have_an_authenticator(
    shopper: Shopper, people: People
) -> None:
    people.require_second_factor(None)
    assert shopper.get("GET", "/settings")["security"]["mfa"]["required"] is False
    user = shopper.signs_in()["user"]
    assert (user["scope"], user["mfaBackupCodeAcknowledgement"]) == (IS_IN, None)
    assert shopper.enrols()["user"]["scope"] == IS_IN
    other = shopper.elsewhere()
    user = other.signs_in()["user"]
    assert (user["scope"], user["mfaBackupCodeAcknowledgement"]) == (NEEDS_MORE, "pending")
    assert other.shows()["user"]["scope"] == IS_IN


def test_where_a_second_factor_is_required_nobody_is_in_before_it_was_shown(shopper: Shopper) -> None:
    assert shopper.get("GET", "/settings")["security"]["mfa"]["required"] is True
    assert shopper.signs_in()["user"]["scope"] == NEEDS_MORE
    shopper.begins()
    assert shopper.get("GET", "/users")["scope"] == NEEDS_MORE
    assert shopper.shows()["user"]["scope"] == IS_IN
    shopper.codes = shopper.reads_codes()
    other = shopper.elsewhere()
    assert other.signs_in()["user"]["scope"] == NEEDS_MORE
    assert other.recovers()["user"]["scope"] == IS_IN
    assert shopper.get("POST", "/refresh")["user"]["scope"] == IS_IN


def _unfit(login: Provider) -> dict[str, str]:
    """Whatever is no token that the shop's login signed for the shop, to be used now."""
    now, good, claims = int(login.clock.now().timestamp()), login.token("17"), login.claims("17")
    head, body, signature = good.split(".")
    theirs = Provider(ec.generate_private_key(ec.SECP256R1()), "ES256", login.clock)
    return {
        "of another issuer": login.token("17", iss="https://login.elsewhere.example"),
        "of an issuer that begins alike": login.token("17", iss=f"{ISSUER}/"),
        "of no issuer": login.token("17", iss=None),
        "for somebody else": login.token("17", aud="another shop"),
        "for several others": login.token("17", aud=["another shop", "a third one"]),
        "for nobody": login.token("17", aud=None),
        "over": login.token("17", iat=now - 600, exp=now - 61),
        "without an end": login.token("17", exp=None),
        "without a beginning": login.token("17", iat=None),
        "of the future": login.token("17", nbf=now + 120),
        "signed by another key": theirs.token("17"),
        "unsigned": f"{part(HEAD_OF_NONE)}.{part(claims)}.",
        "unsigned by name, with a signature": f"{part(HEAD_OF_NONE)}.{body}.{signature}",
        "signed with the public key as if it were a secret": signed_with_text(login.public_key.decode(), claims),
        "about somebody else than was signed": f"{head}.{part({**claims, 'sub': '18'})}.{signature}",
        "cut short": good[:-4],
        "without its signature": f"{head}.{body}.",
        "of two parts": f"{head}.{body}",
        "of no claims": f"{head}.{part([])}.{signature}",
        "empty": "",
        "no token at all": "17",
        "beyond ASCII": f"\N{LATIN SMALL LETTER E WITH ACUTE}{good[1:]}",
    }


def test_what_the_login_did_not_sign_for_the_shop_to_use_now_lets_nobody_in(
    shopper: Shopper, shop_login: Provider, shop: Application
) -> None:
    before = dump(shop.portal)
    for why, token in _unfit(shop_login).items():
        assert shopper.is_not_let_in(token) == UNFIT, why
    assert {**dump(shop.portal), "project_visit": []} == {**before, "project_visit": []}
    shopper.signs_in()


def test_clocks_may_differ_by_a_minute(shopper: Shopper, shop_login: Provider, clock: TestClock) -> None:
    now = int(clock.now().timestamp())
    for times in ({"iat": now - 600, "exp": now - 58}, {"iat": now + 58, "exp": now + 100}, {"nbf": now + 58}):
        assert shopper.get("POST", "/externalAuth/signin", jwt=shop_login.token("17", **times))


def test_a_token_may_fit_any_of_several_logins(
    shopper: Shopper, shop: Application, clock: TestClock, people: People
) -> None:
    staff = login_of(shop, clock, Identifies.USER_ID)
    ada = people.newcomer()
    user = shopper.get("POST", "/externalAuth/signin", jwt=staff.token(str(ada.public_id)))["user"]
    assert (user["id"], user["email"]) == (str(ada.public_id), "ada@example.org")
    assert shopper.signs_in("17")["user"]["id"] != user["id"]
    project_upkeep.distrust(shop.portal, shop.project.public_id, staff.profile)
    assert shopper.is_not_let_in(staff.token(str(ada.public_id))) == UNFIT
    shopper.signs_in("17")


def test_nobody_is_let_in_by_an_address(caller: Caller, shop: Application, clock: TestClock, people: People) -> None:
    ada = people.newcomer()
    known_to_be_theirs(shop.portal, ada.email)
    by_address = login_of(shop, clock, Identifies.EMAIL, makes_users=False)
    shopper = Shopper(caller, shop, by_address)
    clock.advance(days=8)
    assert shopper.is_not_let_in(by_address.token(ada.email, email_verified=True)) == UNFIT
    by_id = login_of(shop, clock)
    assert shopper.is_not_let_in(by_id.token(ada.email, email=ada.email)) == NOBODY
    user = shopper.get("POST", "/externalAuth/signin", jwt=by_id.token(str(ada.public_id), email=ada.email))["user"]
    assert user["id"] != str(ada.public_id), "what names users by ids of ours is another kind of login"


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OWNER])
def test_nobody_with_a_role_in_the_portal_signs_in_here(
    role: Role, caller: Caller, shop: Application, clock: TestClock, people: People
) -> None:
    olive = people.newcomer(role=role)
    login = login_of(shop, clock, Identifies.USER_ID)
    shopper = Shopper(caller, shop, login)
    told = told_by(shopper.ask("POST", "/externalAuth/signin", jwt=login.token(str(olive.public_id))))
    assert told == NOT_FROM_HERE
    assert (olive.acts, olive.rows_in("session")) == ([], 0)


def test_nobody_is_made_unless_the_login_was_trusted_to(caller: Caller, shop: Application, clock: TestClock) -> None:
    by_external_id = login_of(shop, clock, makes_users=False)
    shopper = Shopper(caller, shop, by_external_id)
    assert shopper.is_not_let_in(by_external_id.token("17")) == NOBODY
    by_user_id = login_of(shop, clock, Identifies.USER_ID, makes_users=True)
    assert shopper.is_not_let_in(by_user_id.token(str(uuid4()))) == NOBODY
    assert shopper.is_not_let_in(by_user_id.token("17")) == NOBODY


def test_what_can_be_nobodys_id_makes_nobody(shopper: Shopper, shop_login: Provider) -> None:
    an_id_of_ours = "user-live-00000000-0000-4000-8000-000000000000"
    for subject in ("", " ", "a b", "17\n", "\xe9", "x" * 129, an_id_of_ours, 17, ["17"], None, True):
        claims = {**shop_login.claims("17"), "sub": subject}
        token = jwt.api_jws.encode(json.dumps(claims).encode(), shop_login.key, algorithm="ES256")
        assert shopper.is_not_let_in(token) == NOBODY, subject


def test_somebody_of_another_organization_is_nobody_here(
    caller: Caller, shop: Application, neighbour: Application, clock: TestClock, people: People
) -> None:
    miller = people.newcomer("miller@example.org", slug="mill")
    login = login_of(shop, clock, Identifies.USER_ID)
    assert Shopper(caller, shop, login).is_not_let_in(login.token(str(miller.public_id))) == NOBODY
    theirs = login_of(neighbour, clock)
    made_there = Shopper(caller, neighbour, theirs)
    assert made_there.is_not_let_in(login.token("17")) == UNFIT
    assert made_there.signs_in("17")


def test_whoever_is_suspended_stays_out_and_whoever_is_removed_begins_anew(
    shopper: Shopper, caller: Caller, shop: Application, people: People
) -> None:
    shopper.signs_in()
    first, admin = shopper.id, people.admin()
    granted(admin.does(membership.suspend, shopper.person))
    assert shopper.told("GET", "/users") == OVER
    assert shopper.is_not_let_in(shopper.login.token("17")) == NOT_FROM_HERE
    granted(admin.does(membership.reactivate, shopper.person))
    assert shopper.told("GET", "/users") == OVER, "what ended stays so"
    shopper.signs_in()
    assert shopper.id == first
    assert caller.open("DELETE", f"/v1/users/user-live-{first}", shop.basic).status_code == 200
    assert shopper.told("GET", "/users") == OVER
    shopper.signs_in()
    assert shopper.id != first


def test_a_lock_by_an_administrator_closes_the_door_and_one_by_wrong_codes_does_not(
    enrolled_shopper: Shopper, people: People
) -> None:
    admin, other = people.admin(), enrolled_shopper.elsewhere()
    other.signs_in()
    assert [other.is_refused(other.wrong_code()) for _ in range(10)][-1] == LOCKED
    assert other.signs_in()["user"]["scope"] == NEEDS_MORE
    assert other.is_refused(other.next_code()) == LOCKED
    granted(admin.does(locks.lock, enrolled_shopper.person))
    assert other.is_not_let_in(other.login.token("17")) == LOCKED
    assert enrolled_shopper.told("GET", "/users") == OVER
    granted(admin.does(locks.open_for, enrolled_shopper.person))
    other.signs_in()
    other.shows()


def test_an_environment_is_of_one_organization_and_known_by_its_own_name(
    shopper: Shopper, caller: Caller, shop: Application, suite: Application
) -> None:
    token = shopper.login.token("17")
    names = ["00000000-0000-4000-8000-000000000000", str(shop.project.public_id), shop.project.public_token, "17"]
    for name in names:
        reply = caller.open("POST", f"/api/v0/sdk/{name}/externalAuth/signin", json={"jwt": token})
        assert told_by(reply) == UNKNOWN_ENVIRONMENT, name
    theirs = caller.open("GET", f"/api/v0/sdk/{suite.project.environment_id}/settings")
    assert told_by(theirs) == NOT_FROM_HERE
    project_upkeep.remove(shop.portal, shop.project.public_id)
    assert told_by(shopper.ask("GET", "/settings")) == UNKNOWN_ENVIRONMENT


def test_pages_that_were_admitted_may_ask_and_no_others(shopper: Shopper, shop_login: Provider) -> None:
    asked = shopper.ask("GET", "/settings", {"Origin": PAGE})
    assert asked.headers["Access-Control-Allow-Origin"] == PAGE
    assert "Access-Control-Allow-Credentials" not in asked.headers
    refused = shopper.ask("GET", "/users", {"Origin": PAGE})
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, PAGE)
    for origin in ("https://elsewhere.example", f"{PAGE}.elsewhere.example", "http://shop.example.org", "null", ""):
        reply = shopper.ask("POST", "/externalAuth/signin", {"Origin": origin}, jwt=shop_login.token("17"))
        assert told_by(reply) == NOT_FROM_HERE, origin
        assert "Access-Control-Allow-Origin" not in reply.headers
        leave = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        assert shopper.ask("OPTIONS", "/externalAuth/signin", leave).status_code == 204, (
            "asking for leave tells nothing"
        )
