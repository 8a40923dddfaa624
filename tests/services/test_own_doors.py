"""Ways in which somebody might come by more, for themselves, than a session of theirs opens."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from app.domain.application_sessions import Own, Wish
from app.domain.operating import NotDoneError
from app.domain.projects import Identifies
from app.domain.refusals import Refused, Why
from app.portal import Portal
from app.services import attestation, own_authenticators, project_upkeep, totps, user_codes
from app.services.totps import Created
from app.steps import application_sessions
from app.steps.application_sessions import Shown
from app.storage import members, sessions
from tests.support import issuers
from tests.support.issuers import Issuer
from tests.support.otp import AuthenticatorApp
from tests.support.people import granted, refusal
from tests.support.shops import A_DAY, FROM_THE_SHOP, Shop

A_LONG_TIME = timedelta(days=30)


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return issuers.ed25519_issuer()


def signed_in(
    shop: Shop, issuer: Issuer, profile: UUID, external_id: str, presented: str | None = None, /, **said: int | None
) -> Shown:
    """A session that somebody has just opened with a first factor, or shown one in; by a token that has just been made.

    `said` is what the token says more, in seconds from now; None is what it does not say.
    """
    now = int(shop.clock.now().timestamp())
    told = {"iat": 0, "exp": 60, **said}
    moments = {name: now + seconds for name, seconds in told.items() if seconds is not None}
    claims = {"iss": issuers.URL, "aud": issuers.AUDIENCE, "sub": external_id, **moments}
    wish = Wish(presented, None if presented else A_LONG_TIME)
    attested = attestation.attest(
        shop.portal, shop.project, profile, issuer.signs(claims), wish=wish, origin=FROM_THE_SHOP
    )
    session = granted(attested).session
    assert session is not None
    return session


def tries_to_enrol(shop: Shop, own: Own) -> Created | Refused:
    return totps.create(shop.portal, shop.project, own, life=A_DAY, origin=FROM_THE_SHOP)


def comes_to(whole: Shop, session: Shown, into: str) -> Own:
    """By whatever going there gives."""
    exchanged = whole.exchange(session.token, into)
    if exchanged.halfway is not None:
        return Own(None, exchanged.halfway.token)
    assert exchanged.session is not None
    return Own(exchanged.session.token)


def test_codes_that_wait_with_an_authenticator_are_for_the_session_that_began_it(shop: Shop, issuer: Issuer) -> None:
    """Or somebody with the password looks at them meanwhile, and has a second factor once it is confirmed."""
    ann, profile = shop.user("ann@example.org", external_id="ann"), issuer.is_trusted_by(shop).public_id
    mine, other = signed_in(shop, issuer, profile, "ann"), signed_in(shop, issuer, profile, "ann")
    begun = granted(tries_to_enrol(shop, Own(mine.token)))
    assert codes_for(shop, Own(mine.token)) == begun.codes == granted(shop.try_reading(ann.id)).totps[0][1]
    assert codes_for(shop, Own(other.token)) == []


def codes_for(shop: Shop, own: Own) -> list[str]:
    (_, codes), *_ = granted(user_codes.read(shop.portal, shop.project, own, origin=FROM_THE_SHOP)).totps
    return codes


@pytest.mark.parametrize(
    "said",
    [
        {"iat": -301},
        {"auth_time": -301},
        {"iat": -301, "auth_time": 0},
        {"iat": -(10**9)},
        {"iat": None, "nbf": -301},
        {"iat": -301, "nbf": 0},
    ],
    ids=str,
)
def test_a_token_is_no_newer_than_it_says(shop: Shop, issuer: Issuer, said: dict[str, int | None]) -> None:
    """Or one that is good for a day, and was got hold of, would be a first factor of this moment all day."""
    shop.user("ann@example.org", external_id="ann")
    profile = issuer.is_trusted_by(shop).public_id
    session = signed_in(shop, issuer, profile, "ann", **said)
    assert refusal(tries_to_enrol(shop, Own(session.token))) is Why.FACTOR_STALE
    session = signed_in(shop, issuer, profile, "ann", session.token)
    granted(tries_to_enrol(shop, Own(session.token)))
    session = signed_in(shop, issuer, profile, "ann", session.token, **said)
    granted(tries_to_enrol(shop, Own(session.token)))


@pytest.mark.parametrize("said", [{"iat": 59, "exp": 300}, {"auth_time": 59}, {"auth_time": 10**9}])
def test_nor_is_it_of_a_moment_to_come(shop: Shop, issuer: Issuer, said: dict[str, int]) -> None:
    shop.user("ann@example.org", external_id="ann")
    session = signed_in(shop, issuer, issuer.is_trusted_by(shop).public_id, "ann", **said)
    shop.clock.advance(minutes=5)
    assert refusal(tries_to_enrol(shop, Own(session.token))) is Why.FACTOR_STALE


@pytest.mark.parametrize("required", [True, False])
def test_going_into_another_organization_makes_no_first_factor_newer(
    whole: Shop, issuer: Issuer, *, required: bool
) -> None:
    """Or an old session that somebody got hold of would enrol them in every organization that its owner is in."""
    whole.tenant(requires_second_factor=required)
    here, there = whole.within("harbour"), whole.within("lighthouse")
    here.verified(here.user("ann@example.org", external_id="ann").id, there.user("ann@example.org").id)
    session = signed_in(here, issuer, issuer.is_trusted_by(whole).public_id, "ann")
    granted(tries_to_enrol(there, comes_to(whole, session, "lighthouse")))
    whole.clock.advance(minutes=6)
    assert refusal(tries_to_enrol(there, comes_to(whole, session, "lighthouse"))) is Why.FACTOR_STALE


def test_nor_does_going_where_one_is_already(whole: Shop, issuer: Issuer) -> None:
    here = whole.within("harbour")
    here.user("ann@example.org", external_id="ann")
    session = signed_in(here, issuer, issuer.is_trusted_by(whole).public_id, "ann")
    whole.clock.advance(minutes=6)
    assert refusal(tries_to_enrol(here, comes_to(whole, session, "harbour"))) is Why.FACTOR_STALE


def test_a_session_that_ends_between_two_looks_at_it_is_over(shop: Shop, issuer: Issuer) -> None:
    shop.user("ann@example.org", external_id="ann")
    shown = signed_in(shop, issuer, issuer.is_trusted_by(shop).public_id, "ann")
    audience = shop.project.audience
    with shop.portal.reading() as tx:
        found = sessions.find_in_project(tx.db, audience=audience, now=tx.now, public_id=shown.id)
        assert found is not None
        shop.end(shown.id)
        assert application_sessions.mark_of(tx, found) in {"", shown.mark}


@pytest.mark.only("postgresql")
def test_a_session_that_ends_while_it_waits_for_its_member_does_nothing(shop: Shop, issuer: Issuer) -> None:
    ann = shop.user("ann@example.org", external_id="ann")
    profile = issuer.is_trusted_by(shop).public_id
    mine, other = signed_in(shop, issuer, profile, "ann"), signed_in(shop, issuer, profile, "ann")
    own, begun = Own(mine.token), granted(tries_to_enrol(shop, Own(mine.token)))
    code = AuthenticatorApp.from_uri(begun.uri).code(shop.clock.now())
    with ThreadPoolExecutor(1) as beside:
        with shop.portal.writing() as tx:
            members.find_and_hold(tx.db, shop.row_of(ann.id).id)
            waits = beside.submit(
                own_authenticators.confirm, shop.portal, shop.project, own, code, origin=FROM_THE_SHOP
            )
            while not _somebody_waits(shop.portal):
                assert not waits.done()
            sessions.end_by_public_id(tx.db, shop.row_of(ann.id).id, mine.id)
        assert refusal(waits.result()) is Why.UNKNOWN_SESSION
    assert [one.id for one in shop.sessions_of(ann.id)] == [other.id]


def _somebody_waits(portal: Portal) -> bool:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with portal.reading() as tx:
        return bool(tx.db.execute(text(waiting)).scalar_one())


def test_users_are_made_in_the_one_organization_of_a_project(whole: Shop, issuer: Issuer) -> None:
    """Or whoever has a token of it would be a user in any organization that their browser names."""
    with pytest.raises(NotDoneError, match="Everything is for all organizations"):
        project_upkeep.trust(
            whole.portal, whole.project.public_id, name="Login", issuer=issuers.URL, audience=issuers.AUDIENCE,
            claim="sub", identifies=Identifies.EXTERNAL_ID, public_key=issuer.public_key, makes_users=True,
        )  # fmt: skip
