"""A first factor on a wire that names no profile: whichever fits, by issuer and subject, and who is made by it."""

from typing import Any

import pytest

from app.domain.attempts import LockReason
from app.domain.events import Act
from app.domain.members import Role, Status
from app.domain.projects import Identifies
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.portal import Portal
from app.services import attestation, membership, organizations, project_upkeep
from app.storage import members
from tests.support import issuers
from tests.support.issuers import URL, Issuer
from tests.support.people import People, Person, granted, refusal
from tests.support.screens import AT_THE_TABLE, HALF_A_DAY, Login, Screen
from tests.support.shops import AN_HOUR, Shop, wish
from tests.support.tables import dump

OTHER_URL = "https://other.example"


@pytest.fixture(scope="module")
def other_issuer() -> Issuer:
    return issuers.ed25519_issuer()


def sign_in(shop: Shop, token: str, **wanted: Any) -> attestation.Attested | Refused:
    wished = wish(**{"life": HALF_A_DAY, **wanted})
    return attestation.sign_in(shop.portal, shop.project, token, wish=wished, origin=AT_THE_TABLE)


def why(shop: Shop, token: str) -> Why:
    """Why it was refused, when nothing at all was written."""
    before = dump(shop.portal)
    refused = refusal(sign_in(shop, token))
    assert dump(shop.portal) == before
    return refused


# by whichever profile


def test_whoever_is_named_gets_a_session_without_a_second_factor(login: Login, shop: Shop) -> None:
    joan = shop.user(external_id="u-1")
    done = granted(login.try_sign_in("u-1"))
    assert done.user == shop.look(joan.id)
    assert done.session
    assert [one.proof for one in done.session.factors] == [Proof.ATTESTATION]
    assert (done.session.address, done.session.browser) == (AT_THE_TABLE.address, AT_THE_TABLE.browser)
    last = shop.history_of(joan.id)[-1]
    assert (last.act, last.project, last.details) == (Act.USER_ATTESTED, "Shop", {"profile": "Login"})


def test_of_several_profiles_it_is_the_one_that_fits(shop: Shop, issuer: Issuer, other_issuer: Issuer) -> None:
    joan, bea = shop.user(external_id="u-1"), shop.user("bea@example.org", external_id="u-2")
    issuer.is_trusted_by(shop)
    other_issuer.is_trusted_by(shop, url=OTHER_URL)
    assert granted(sign_in(shop, issuer.vouches(shop, "u-1"))).user.id == joan.id
    assert granted(sign_in(shop, other_issuer.vouches(shop, "u-2", iss=OTHER_URL))).user.id == bea.id
    for token in (
        issuer.vouches(shop, "u-1", iss=OTHER_URL),
        other_issuer.vouches(shop, "u-1"),
        issuer.vouches(shop, "u-1", aud="other"),
        issuer.vouches(shop, "u-1", exp=1),
    ):
        assert why(shop, token) is Why.UNFIT_TOKEN


def test_each_names_people_in_its_own_way(shop: Shop, issuer: Issuer, other_issuer: Issuer) -> None:
    joan = shop.user(external_id="u-1")
    issuer.is_trusted_by(shop, claim="customer")
    other_issuer.is_trusted_by(shop, url=OTHER_URL, identifies=Identifies.USER_ID)
    assert granted(sign_in(shop, issuer.vouches(shop, "nobody", customer="u-1"))).user.id == joan.id
    assert granted(sign_in(shop, other_issuer.vouches(shop, f"user-live-{joan.id}", iss=OTHER_URL))).user.id == joan.id
    assert why(shop, other_issuer.vouches(shop, "u-1", iss=OTHER_URL)) is Why.UNKNOWN_MEMBER


def test_of_two_that_one_issuer_signs_for_it_is_the_one_whose_claim_is_there(shop: Shop, issuer: Issuer) -> None:
    """Whichever was there first."""
    joan = shop.user(external_id="u-1")
    issuer.is_trusted_by(shop, claim="uid", identifies=Identifies.USER_ID)
    issuer.is_trusted_by(shop)
    assert granted(sign_in(shop, issuer.vouches(shop, "u-1"))).user.id == joan.id
    assert granted(sign_in(shop, issuer.vouches(shop, "u-2", uid=str(joan.id)))).user.id == joan.id
    assert why(shop, issuer.vouches(shop, "")) is Why.UNKNOWN_MEMBER


def test_never_by_an_address(shop: Shop, issuer: Issuer) -> None:
    """Whoever can have an address written into a token elsewhere would be anybody here."""
    shop.user("joan@example.org", external_id="u-1")
    issuer.is_trusted_by(shop, identifies=Identifies.EMAIL)
    token = issuer.vouches(shop, "joan@example.org", email_verified=True)
    assert why(shop, token) is Why.UNFIT_TOKEN
    issuer.is_trusted_by(shop)
    assert why(shop, token) is Why.UNKNOWN_MEMBER
    assert granted(sign_in(shop, issuer.vouches(shop, "u-1"))).user.email == "joan@example.org"


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OWNER])
@pytest.mark.parametrize("identifies", [Identifies.USER_ID, Identifies.EXTERNAL_ID])
def test_never_for_who_has_a_role_in_the_portal(
    shop: Shop, issuer: Issuer, people: People, role: Role, identifies: Identifies
) -> None:
    """However they are named: the server may have given them an external id while they had no role."""
    boss = people.newcomer("boss@example.org")
    shop.change(boss.public_id, external_id="boss")
    boss.set(role=role.value)
    issuer.is_trusted_by(shop, identifies=identifies, makes_users=True)
    named = str(boss.public_id) if identifies is Identifies.USER_ID else "boss"
    assert why(shop, issuer.vouches(shop, named)) is Why.PORTAL_ROLE


def test_a_profile_of_another_project_or_one_that_is_gone_is_none(shop: Shop, till: Shop, issuer: Issuer) -> None:
    shop.user(external_id="u-1")
    profile = issuer.is_trusted_by(till)
    token = issuer.vouches(shop, "u-1")
    assert why(shop, token) is Why.UNFIT_TOKEN
    assert why(till, token) is Why.UNKNOWN_MEMBER
    project_upkeep.distrust(till.portal, till.project.public_id, profile.public_id)
    assert why(till, token) is Why.UNFIT_TOKEN


@pytest.mark.parametrize("token", ["", ".", "a.b.c", "\x00", "\ud800", "é.é.é", "x" * 9000, "{}"])
def test_what_is_no_token_is_refused(login: Login, token: str) -> None:
    assert why(login.shop, token) is Why.UNFIT_TOKEN


def test_nobody_is_named_by_what_is_no_external_id(login: Login, shop: Shop) -> None:
    shop.user(external_id="u-1")
    for named in ("", "u 1", "x" * 129, "joan@example.org", "user-live-1", None, 5, ["u-1"], True):
        assert why(shop, login.issuer.vouches(shop, named)) is Why.UNKNOWN_MEMBER  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", [LockReason.ADMIN, LockReason.PANIC])
def test_a_lock_by_a_person_closes_it(joans: Screen, login: Login, portal: Portal, reason: LockReason) -> None:
    with portal.writing() as tx:
        members.lock(tx.db, joans.row.id, reason, tx.now)
    assert login.try_sign_in() == Refused(Why.LOCKED, lock=reason)


def test_a_lock_by_attempts_does_not(adas: Screen, login: Login, ada: Person) -> None:
    ada.fail(10)
    assert login.sits_down(str(adas.user)).lives


def test_the_same_token_in_a_session_at_hand_leaves_it_one_factor(joans: Screen, login: Login) -> None:
    before = joans.session.id
    joans.shop.clock.advance(seconds=1)
    login.vouches_again(joans)
    assert joans.session.id == before
    assert len(joans.shop.use(joans.token).session.factors) == 1


def test_a_session_of_somebody_else_is_not_gone_on_with(joans: Screen, login: Login, shop: Shop) -> None:
    shop.user("bea@example.org", external_id="u-2")
    token = login.issuer.vouches(shop, "u-2")
    assert refusal(login.try_token(token, presented=joans.token)) is Why.UNKNOWN_SESSION
    assert joans.lives


# who is made by it


@pytest.fixture
def generous(shop: Shop, issuer: Issuer) -> Login:
    """Whoever is named by an external id that nobody has becomes a user."""
    return Login.at(shop, issuer, makes_users=True)


def test_whoever_nobody_knows_becomes_a_user_once(generous: Login, shop: Shop, portal: Portal) -> None:
    first = granted(generous.try_sign_in("auth0|abc"))
    user = first.user
    assert (user.notes.external_id, user.email, user.role, user.totps) == ("auth0|abc", None, Role.MEMBER, ())
    assert not user.has_password
    assert [one.act for one in shop.history_of(user.id)] == [Act.USER_CREATED, Act.USER_ATTESTED]
    assert {(one.actor_kind, one.project) for one in shop.history_of(user.id)} == {("project", "Shop")}
    assert granted(generous.try_sign_in("auth0|abc")).user.id == user.id
    assert granted(generous.try_sign_in("auth0|abd")).user.id != user.id
    assert shop.search().total == 2


def test_they_enrol_right_away(generous: Login) -> None:
    there = generous.sits_down("auth0|abc")
    there.enrols()
    assert there.reads() == there.codes


def test_whoever_is_there_stays_who_they_are(generous: Login, shop: Shop) -> None:
    joan = shop.user(external_id="u-1", first_name="Joan")
    assert granted(generous.try_sign_in("u-1")).user.id == joan.id
    assert [one.act for one in shop.history_of(joan.id)].count(Act.USER_CREATED) == 1


@pytest.mark.parametrize("named", ["", "u 1", "x" * 129, "joan@example.org", "user-live-1", "member-test-2"])
def test_nobody_is_made_of_what_is_no_external_id(generous: Login, shop: Shop, named: str) -> None:
    assert why(shop, generous.issuer.vouches(shop, named)) is Why.UNKNOWN_MEMBER


@pytest.mark.parametrize("identifies", [Identifies.USER_ID, Identifies.EMAIL])
def test_nobody_is_made_by_an_id_of_ours_or_an_address(shop: Shop, issuer: Issuer, identifies: Identifies) -> None:
    profile = issuer.is_trusted_by(shop, identifies=identifies, makes_users=True)
    for named in ("user-live-6f1c2a0e-3d4b-4c5d-8e9f-0a1b2c3d4e5f", "new@example.org", "u-1"):
        token, before = issuer.vouches(shop, named), dump(shop.portal)
        wished = wish(life=AN_HOUR)
        by_name = attestation.attest(
            shop.portal, shop.project, profile.public_id, token, wish=wished, origin=AT_THE_TABLE
        )
        assert refusal(by_name) is Why.UNKNOWN_MEMBER
        assert refusal(sign_in(shop, token)) in {Why.UNKNOWN_MEMBER, Why.UNFIT_TOKEN}
        assert dump(shop.portal) == before


def test_on_a_wire_that_names_the_profile_it_makes_users_too(shop: Shop, issuer: Issuer) -> None:
    profile = issuer.is_trusted_by(shop, makes_users=True)
    token = issuer.vouches(shop, "u-9")
    made = granted(
        attestation.attest(
            shop.portal, shop.project, profile.public_id, token, wish=wish(life=AN_HOUR), origin=AT_THE_TABLE
        )
    )
    assert made.user.notes.external_id == "u-9"


def test_whoever_is_suspended_is_not_made_anew(generous: Login, shop: Shop, olive: Person, people: People) -> None:
    ada = people.newcomer()
    shop.change(ada.public_id, external_id="u-1")
    granted(olive.does(membership.suspend, ada))
    assert why(shop, generous.issuer.vouches(shop, "u-1")) is Why.NOT_ACTIVE
    assert shop.look("u-1").status is Status.SUSPENDED


def test_whoever_was_removed_comes_back_as_somebody_new(generous: Login, shop: Shop) -> None:
    """With nothing of what they had: their external id was free for others."""
    old = generous.sits_down("u-1")
    old.enrols()
    granted(shop.remove(old.user))
    assert not old.lives
    anew = generous.sits_down("u-1")
    assert anew.user != old.user
    assert granted(anew.try_look()).totps == ()
    assert shop.row_of(old.user).status is Status.REMOVED


def test_each_project_has_its_own(generous: Login, till: Shop, issuer: Issuer) -> None:
    here = generous.sits_down("u-1")
    there = Login.at(till, issuer, makes_users=True).sits_down("u-1")
    assert here.user != there.user


def test_nobody_is_made_where_the_project_is_gone_or_the_organization(mill: Shop, shop: Shop, issuer: Issuer) -> None:
    for there in (mill, shop):
        assert Login.at(there, issuer, makes_users=True).sits_down("u-1").lives
    organizations.remove(mill.portal, "mill")
    assert why(mill, issuer.vouches(mill, "u-2")) is Why.UNFIT_TOKEN
    project_upkeep.remove(shop.portal, shop.project.public_id)
    assert why(shop, issuer.vouches(shop, "u-2")) is Why.UNFIT_TOKEN


def test_a_profile_makes_users_only_where_it_was_said(login: Login, shop: Shop) -> None:
    assert why(shop, login.issuer.vouches(shop, "u-1")) is Why.UNKNOWN_MEMBER
    (look,) = project_upkeep.all_of_them(shop.portal)
    assert [(one.issuer, one.makes_users) for one in look.profiles] == [(URL, False)]
