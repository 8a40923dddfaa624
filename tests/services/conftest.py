"""The people whom these tests are about, and the applications."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.domain import signing_keys
from app.portal import Portal
from tests.support import issuers, shops
from tests.support.clock import TestClock
from tests.support.issuers import Issuer
from tests.support.people import People, Person
from tests.support.screens import Login, Screen
from tests.support.shops import KeysMadeBefore, Shop


@pytest.fixture
def people(portal: Portal, clock: TestClock) -> People:
    return People(portal, clock)


@pytest.fixture
def newcomer(people: People) -> Person:
    """Has a password, and nothing else."""
    return people.newcomer()


@pytest.fixture
def ada(people: People) -> Person:
    """Enrolled, with acknowledged codes, signed in and fresh."""
    return people.ready()


@pytest.fixture
def grace(people: People) -> Person:
    """An admin, likewise."""
    return people.admin()


@pytest.fixture
def olive(people: People) -> Person:
    """An owner, likewise."""
    return people.owner()


@pytest.fixture(scope="session")
def keys_made_before() -> KeysMadeBefore:
    return KeysMadeBefore()


@pytest.fixture
def harbour(people: People, keys_made_before: KeysMadeBefore, monkeypatch: pytest.MonkeyPatch) -> int:
    """The organization of all these people, where applications can be made quickly."""
    monkeypatch.setattr(signing_keys, "make", keys_made_before)
    return people.organization()


@pytest.fixture
def shop(harbour: int, portal: Portal, clock: TestClock) -> Shop:
    """May do everything."""
    return shops.opened(portal, clock)


@pytest.fixture
def till(harbour: int, portal: Portal, clock: TestClock) -> Shop:
    """Another one of the same organization, which may do everything as well."""
    return shops.opened(portal, clock, "Till")


@pytest.fixture
def kiosk(harbour: int, portal: Portal, clock: TestClock) -> Shop:
    """Of the same organization, without any permission."""
    return shops.opened(portal, clock, "Kiosk", permissions=shops.NOTHING)


@pytest.fixture
def whole(harbour: int, portal: Portal, clock: TestClock) -> Shop:
    """Of the whole installation; may do everything."""
    return shops.opened(portal, clock, "Everything", organization=None)


@pytest.fixture
def mill(harbour: int, people: People, portal: Portal, clock: TestClock) -> Shop:
    """Of another organization; may do everything there."""
    people.organization("mill")
    return shops.opened(portal, clock, "Mill Shop", organization="mill")


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return issuers.elliptic_issuer(ec.SECP256R1(), "ES256")


@pytest.fixture
def login(shop: Shop, issuer: Issuer) -> Login:
    """By which people of the shop get in with a first factor."""
    return Login.at(shop, issuer)


@pytest.fixture
def joans(shop: Shop, login: Login) -> Screen:
    """The browser of a user of the shop who just came in, and has no authenticator."""
    shop.user(external_id="u-1")
    return login.sits_down("u-1")


@pytest.fixture
def adas(login: Login, ada: Person) -> Screen:
    """Ada's, who just came into the shop with a first factor, and enrolled in the portal before."""
    return login.comes(ada)
