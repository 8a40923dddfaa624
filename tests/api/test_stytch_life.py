"""Users' whole lives through Stytch's own client, one call at a time and many at once."""

import asyncio

import pytest
import stytch
from cryptography.hazmat.primitives.asymmetric import ec
from stytch.consumer.models.totps import TOTP
from stytch.core.response_base import StytchError

from tests.support import coroutines
from tests.support.applications import App, Application, Provider, StytchUser, told
from tests.support.clock import TestClock

QUIET_ABOUT_ITSELF = pytest.mark.filterwarnings("ignore:The 'auth' parameter is deprecated")


def test_somebody_enrols_comes_in_loses_the_phone_and_comes_back(client: stytch.Client, clock: TestClock) -> None:
    ada = StytchUser.made(client, clock, email="ada@example.org", name={"first_name": "Ada"}, external_id="17")
    ada.confirms()
    opened = ada.shows(session_duration_minutes=60)
    assert opened.session
    assert client.sessions.authenticate(session_token=opened.session_token).session.user_id == ada.user_id
    client.sessions.revoke(session_token=opened.session_token)

    clock.advance(days=400)
    back = ada.recovers(session_duration_minutes=30)
    assert back.session
    assert [factor.type.value for factor in back.session.authentication_factors] == ["recovery_codes"]
    client.users.delete_totp(totp_id=back.totp_id)
    begun = client.totps.create(user_id="17")
    phone = App(begun.secret, clock)
    done = client.totps.authenticate(user_id="17", totp_code=phone.code(), session_token=back.session_token)
    assert done.session
    assert done.session.session_id == back.session.session_id
    assert done.totp_id == begun.totp_id != ada.totp_id
    assert told(ada.shows) == (401, "unable_to_authenticate_totp")
    assert told(ada.recovers) == (401, "unable_to_authenticate_recovery_code")
    client.totps.recover(user_id="17", recovery_code=begun.recovery_codes[9])
    codes = client.totps.recovery_codes(user_id="17").totps
    assert codes == [TOTP(totp_id=begun.totp_id, verified=True, recovery_codes=begun.recovery_codes[:9])]
    client.users.delete(user_id="17")
    assert told(client.users.get, user_id=ada.user_id) == (404, "user_not_found")


def test_a_client_checks_a_session_by_the_clock_on_the_wall(client: stytch.Client, user: StytchUser) -> None:
    opened = user.shows(user.phone.code(), session_duration_minutes=60, session_custom_claims={"cart": 3})
    local = client.sessions.authenticate_jwt_local(opened.session_jwt)
    assert local == opened.session
    asked = client.sessions.authenticate_jwt(opened.session_jwt)
    assert (asked.session, asked.session_jwt) == (opened.session, opened.session_jwt)


@QUIET_ABOUT_ITSELF
@pytest.mark.usefixtures("clients_look_at_our_clock")
def test_somebody_lives_a_whole_life_without_anybody_waiting(
    client: stytch.Client, shop: Application, clock: TestClock
) -> None:
    provider = Provider(ec.generate_private_key(ec.SECP256R1()), "ES256", clock).trusted_by(shop)
    coroutines.run(_life(client, shop, clock, provider))


async def _life(client: stytch.Client, shop: Application, clock: TestClock, provider: Provider) -> None:
    async with client:
        user_id = await _comes_to_be(client)
        phone, codes, jwt = await _enrols(client, user_id, clock)
        await _comes_and_goes(client, user_id, jwt, provider)
        jwks = await client.sessions.get_jwks_async(project_id=shop.id)
        assert len(jwks.keys) == 1
        recovered = await client.totps.recover_async(user_id=user_id, recovery_code=codes[0])
        left = await client.totps.recovery_codes_async(user_id=user_id)
        assert left.totps[0].recovery_codes == codes[1:]
        with pytest.raises(StytchError, match="totp_code_already_authenticated"):
            await client.totps.authenticate_async(user_id=user_id, totp_code=phone.code())
        without = await client.users.delete_totp_async(totp_id=recovered.totp_id)
        assert without.user.totps == []
        assert (await client.users.delete_external_id_async(user_id="17")).user.external_id is None
        email_id = without.user.emails[0].email_id
        assert (await client.users.delete_email_async(email_id=email_id)).user.emails == []
        assert (await client.users.delete_async(user_id=user_id)).user_id == user_id
        assert (await client.users.search_async()).results == []


async def _comes_to_be(client: stytch.Client) -> str:
    made = await client.users.create_async(email="ada@example.org", external_id="17")
    assert (await client.users.get_async(user_id="17")).user_id == made.user_id
    changed = await client.users.update_async(user_id="17", roles=["editor"])
    assert changed.user.roles == ["editor"]
    pages = [page.results async for page in client.users.search_all_async(limit=1)]
    assert pages == [[changed.user]]
    return made.user_id


async def _enrols(client: stytch.Client, user_id: str, clock: TestClock) -> tuple[App, list[str], str]:
    begun = await client.totps.create_async(user_id=user_id)
    phone = App(begun.secret, clock)
    code = phone.code()
    tries = await asyncio.gather(
        *(
            client.totps.authenticate_async(user_id=user_id, totp_code=code, session_duration_minutes=60)
            for _ in range(5)
        ),
        return_exceptions=True,
    )
    [done] = [one for one in tries if not isinstance(one, BaseException)]
    refused = {one.details.error_type for one in tries if isinstance(one, StytchError)}
    assert refused == {"totp_code_already_authenticated"}
    return phone, begun.recovery_codes, done.session_jwt


async def _comes_and_goes(client: stytch.Client, user_id: str, jwt: str, provider: Provider) -> None:
    sessions = client.sessions
    attested = await sessions.attest_async(
        profile_id=provider.profile_id, token=provider.token("17"), session_duration_minutes=60
    )
    assert attested.session
    used = await sessions.authenticate_async(session_token=attested.session_token)
    local = await sessions.authenticate_jwt_local_async(jwt)
    assert local
    assert (await sessions.authenticate_jwt_async(jwt)).session == local
    listed = await sessions.get_async(user_id=user_id)
    assert [one.session_id for one in listed.sessions] == [used.session.session_id, local.session_id]
    await sessions.revoke_async(session_id=local.session_id)
    with pytest.raises(StytchError, match="session_not_found"):
        await sessions.authenticate_jwt_async(jwt, max_token_age_seconds=0)
