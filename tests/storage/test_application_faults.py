"""When the database fails at any statement of what an application asks for: nothing is half done, and it asks again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.services import attestation, project_upkeep, signing_keys
from app.storage.database import UnavailableError
from tests.storage.test_faults import everything, failing_to_commit, fails_everywhere
from tests.support import issuers, shops
from tests.support.people import granted
from tests.support.shops import AN_HOUR, FROM_THE_SHOP, Customer, Shop, wish

Flow = Callable[[Shop], Callable[[], object]]


def joan(shop: Shop) -> Customer:
    """Enrolled, a while ago."""
    customer = shop.enrolled(shop.user(external_id="u-1", first_name="Joan").id)
    shop.clock.advance(minutes=1)
    return customer


def making_a_user(shop: Shop) -> Callable[[], object]:
    return lambda: shop.user(external_id="u-1", first_name="Joan", labels=("reader",), trusted_metadata={"a": 1})


def changing_a_user(shop: Shop) -> Callable[[], object]:
    who = shop.user(None, first_name="Joan").id
    return lambda: shop.change(who, last_name="Clarke", email="joan@example.org", external_id="u-1", labels=("a",))


def removing_a_user(shop: Shop) -> Callable[[], object]:
    customer = joan(shop)
    customer.comes_in()
    return lambda: granted(shop.remove(customer.id))


def beginning_a_totp(shop: Shop) -> Callable[[], object]:
    who = shop.user().id
    shop.begin(who)
    return lambda: shop.begin(who)


def confirming_a_totp(shop: Shop) -> Callable[[], object]:
    begun = shop.begin(shop.user(pending=True).id)
    code = begun.code()
    return lambda: granted(begun.try_code(code, life=AN_HOUR, claims={"a": 1}))


def missing_a_confirmation(shop: Shop) -> Callable[[], object]:
    begun = shop.begin(shop.user().id)
    return lambda: begun.try_code(begun.wrong_code())


def checking_a_code(shop: Shop) -> Callable[[], object]:
    customer = joan(shop)
    code = customer.code()
    return lambda: granted(customer.try_code(code, life=AN_HOUR))


def failing_for_the_last_time(shop: Shop) -> Callable[[], object]:
    customer = joan(shop)
    customer.fail(9)
    return lambda: customer.try_code(customer.wrong_code())


def recovering(shop: Shop) -> Callable[[], object]:
    customer = joan(shop)
    return lambda: granted(customer.try_recovery(customer.codes[0], life=AN_HOUR))


def stepping_up(shop: Shop) -> Callable[[], object]:
    customer = joan(shop)
    token = customer.comes_in().token
    shop.clock.advance(minutes=1)
    code = customer.code()
    return lambda: granted(customer.try_code(code, presented=token, life=AN_HOUR, claims={"a": 1}))


def failing_to_step_up_for_the_last_time(shop: Shop) -> Callable[[], object]:
    customer = joan(shop)
    token = customer.comes_in().token
    for _ in range(9):
        customer.try_code(customer.wrong_code(), presented=token)
    return lambda: customer.try_code(customer.wrong_code(), presented=token)


def reading_codes(shop: Shop) -> Callable[[], object]:
    customer = joan(shop)
    return lambda: granted(shop.try_reading(customer.id))


def deleting_a_totp(shop: Shop) -> Callable[[], object]:
    customer = joan(shop)
    customer.comes_in()
    return lambda: granted(shop.delete(customer.totp))


def cancelling_a_totp(shop: Shop) -> Callable[[], object]:
    begun = shop.begin(shop.user().id)
    return lambda: granted(shop.delete(begun.totp))


def using_a_session(shop: Shop) -> Callable[[], object]:
    token = joan(shop).comes_in().token
    shop.clock.advance(minutes=1)
    return lambda: shop.use(token, life=AN_HOUR, claims={"a": 1})


def ending_a_session(shop: Shop) -> Callable[[], object]:
    token = joan(shop).comes_in().token
    return lambda: shop.end(token)


def attesting(shop: Shop) -> Callable[[], object]:
    shop.user(external_id="u-1", pending=True)
    login, now = issuers.ed25519_issuer(), int(shop.clock.now().timestamp())
    profile = login.is_trusted_by(shop).public_id
    claims: dict[str, Any] = {"iss": issuers.URL, "aud": issuers.AUDIENCE, "sub": "u-1", "iat": now, "exp": now + 60}
    token = login.signs_as_is(f"{issuers.part({'alg': 'Ed25519'})}.{issuers.part(claims)}")
    wanted = wish(life=AN_HOUR)
    return lambda: granted(
        attestation.attest(shop.portal, shop.project, profile, token, wish=wanted, origin=FROM_THE_SHOP)
    )


def making_a_project(shop: Shop) -> Callable[[], object]:
    return lambda: shops.opened(shop.portal, shop.clock, "Till")


def rotating_a_secret(shop: Shop) -> Callable[[], object]:
    return lambda: project_upkeep.rotate_secret(shop.portal, shop.project.public_id, overlap=AN_HOUR)


def revoking_a_secret(shop: Shop) -> Callable[[], object]:
    (look,) = project_upkeep.all_of_them(shop.portal)
    return lambda: project_upkeep.revoke_secret(shop.portal, shop.project.public_id, look.secrets[0].public_id)


def removing_a_project(shop: Shop) -> Callable[[], object]:
    issuers.ed25519_issuer().is_trusted_by(shop)
    joan(shop).comes_in()
    return lambda: project_upkeep.remove(shop.portal, shop.project.public_id)


def rotating_a_signing_key(shop: Shop) -> Callable[[], object]:
    signing_keys.rotate(shop.portal, shop.project.public_id, timedelta(0))
    return lambda: signing_keys.rotate(shop.portal, shop.project.public_id, timedelta(0))


FLOWS: list[Flow] = [
    making_a_user, changing_a_user, removing_a_user, beginning_a_totp, confirming_a_totp, missing_a_confirmation,
    checking_a_code, failing_for_the_last_time, recovering, stepping_up, failing_to_step_up_for_the_last_time,
    reading_codes, deleting_a_totp, cancelling_a_totp, using_a_session, ending_a_session, attesting, making_a_project,
    rotating_a_secret, revoking_a_secret, removing_a_project, rotating_a_signing_key,
]  # fmt: skip


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.__name__)
def test_a_fault_at_any_statement_leaves_nothing_half_done(shop: Shop, flow: Flow) -> None:
    assert fails_everywhere(shop.portal, flow(shop)) >= 3


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.__name__)
def test_a_fault_at_the_commit_leaves_nothing_half_done(shop: Shop, flow: Flow) -> None:
    act = flow(shop)
    before = everything(shop.portal)
    with failing_to_commit(shop.portal), pytest.raises(UnavailableError):
        act()
    assert everything(shop.portal) == before
    act()
    assert everything(shop.portal) != before
