"""An application below its wires: what it asks of the services, in a line, and what its users have on their phones."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID, uuid4

from app.domain import signing_keys
from app.domain.application_sessions import Named, Presented, Wish
from app.domain.events import Event, Origin
from app.domain.members import Member
from app.domain.projects import Permission, Project
from app.domain.refusals import Refused
from app.domain.signing_keys import NewKey
from app.domain.tenants import Tenant, TenantRef
from app.domain.users import Condition, Search, User, UserRef
from app.portal import Portal
from app.services import (
    application_sessions,
    exchanges,
    project_upkeep,
    taking_over,
    tenants,
    totps,
    user_codes,
    users,
)
from app.services.application_sessions import InUse
from app.services.exchanges import Exchanged
from app.services.taking_over import TakenOver
from app.services.tenants import TenantChanges
from app.services.totps import Checked, Created
from app.services.user_codes import Codes, LiveCodes
from app.services.users import Changes, Found
from app.steps.application_sessions import Shown
from app.storage import events, members
from app.storage.tables import member
from tests.support.clock import A_MONDAY, TestClock
from tests.support.otp import AuthenticatorApp
from tests.support.people import Person, granted

EVERYTHING = frozenset(Permission)
NOTHING: frozenset[Permission] = frozenset()
FROM_THE_SHOP = Origin("203.0.113.50", "Shop/1.0")
A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)


class KeysMadeBefore:
    """Stands in for making keys that sign tokens, which takes longer than all the rest of a test."""

    def __init__(self, count: int = 4) -> None:
        self._made = cycle([signing_keys.make(A_MONDAY) for _ in range(count)])

    def __call__(self, _now: datetime) -> NewKey:
        """One of those there are, under a name of its own."""
        made, kid = next(self._made), f"jwk-live-{uuid4()}"
        return NewKey(kid, made.private, {**made.public, "kid": kid})


@dataclass
class Shop:
    """A project with its secret."""

    portal: Portal
    clock: TestClock
    project: Project
    secret: str

    # organizations

    def within(self, named: TenantRef) -> "Shop":
        """As it acts on the people of one of the organizations."""
        return replace(self, project=granted(tenants.reach(self.portal, self.project, named)).project)

    def try_tenant(self, name: str = "Lighthouse", **noted: Any) -> Tenant | Refused:
        made = tenants.create(self.portal, self.project, TenantChanges(name, **noted), origin=FROM_THE_SHOP)
        return made if isinstance(made, Refused) else made.tenant

    def tenant(self, name: str = "Lighthouse", **noted: Any) -> Tenant:
        return granted(self.try_tenant(name, **noted))

    def look_at(self, named: TenantRef) -> Tenant:
        return granted(tenants.reach(self.portal, self.project, named)).tenant

    def try_rewording(self, named: TenantRef, **changes: Any) -> Tenant | Refused:
        done = tenants.change(self.portal, self.project, named, TenantChanges(**changes), origin=FROM_THE_SHOP)
        return done if isinstance(done, Refused) else done.tenant

    def reword(self, named: TenantRef, **changes: Any) -> Tenant:
        return granted(self.try_rewording(named, **changes))

    def take_out(self, named: TenantRef) -> UUID | Refused:
        return tenants.remove(self.portal, self.project, named, origin=FROM_THE_SHOP)

    # users

    def try_user(
        self, email: str | None = "joan@example.org", *, pending: bool = False, **noted: Any
    ) -> User | Refused:
        return users.create(
            self.portal, self.project, email=email, notes=Changes(**noted), pending=pending, origin=FROM_THE_SHOP
        )

    def user(self, email: str | None = "joan@example.org", *, pending: bool = False, **noted: Any) -> User:
        return granted(self.try_user(email, pending=pending, **noted))

    def look(self, named: UserRef) -> User:
        return granted(users.look(self.portal, self.project, named))

    def try_change(self, named: UserRef, **changes: Any) -> User | Refused:
        return users.change(self.portal, self.project, named, Changes(**changes), origin=FROM_THE_SHOP)

    def change(self, named: UserRef, **changes: Any) -> User:
        return granted(self.try_change(named, **changes))

    def remove(self, named: UserRef) -> UUID | Refused:
        return users.remove(self.portal, self.project, named, origin=FROM_THE_SHOP)

    def search(
        self, *conditions: Condition, any_of: bool = False, after: UUID | None = None, limit: int = 100
    ) -> Found:
        wanted = Search(conditions, any_of)
        return users.search(self.portal, [self.project], wanted, after=after, limit=limit)

    def take_back(self, user: UUID) -> User | Refused:
        return users.take_back(self.portal, self.project, user, origin=FROM_THE_SHOP)

    def verified(self, *named: UUID) -> None:
        """As if they had shown that the address is theirs, which nothing lets them do yet."""
        with self.portal.writing() as tx:
            tx.db.execute(member.update().where(member.c.public_id.in_(named)).values(email_verified=True))

    # TOTP and recovery codes

    def try_begin(self, named: UserRef, *, life: timedelta = A_DAY) -> Created | Refused:
        return totps.create(self.portal, self.project, named, life=life, origin=FROM_THE_SHOP)

    def begin(self, named: UserRef, *, life: timedelta = A_DAY) -> "Customer":
        """The user has scanned the QR, and holds the codes."""
        made = granted(self.try_begin(named, life=life))
        return Customer(self, made.user.id, made.totp, AuthenticatorApp.from_uri(made.uri), made.codes)

    def enrolled(self, named: UserRef) -> "Customer":
        customer = self.begin(named)
        granted(customer.try_code(customer.code()))
        return customer

    def enrols(self, person: Person) -> "Customer":
        """Somebody with a password in the portal, who has nothing else yet."""
        customer = self.enrolled(person.public_id)
        person.apps, person.codes = [customer.app], [*customer.codes]
        return customer

    def knows(self, person: Person) -> "Customer":
        """Somebody who has enrolled in the portal."""
        return Customer(self, person.public_id, person.authenticators[0].public_id, person.app, person.codes)

    def knows_as(self, customer: "Customer") -> "Customer":
        """A user who has enrolled in another shop of the organization."""
        return replace(customer, shop=self)

    def try_code(self, named: UserRef, code: str, **wanted: Any) -> Checked | Refused:
        return totps.authenticate(self.portal, self.project, named, code, wish=wish(**wanted), origin=FROM_THE_SHOP)

    def try_recovery(self, named: UserRef, code: str, **wanted: Any) -> Checked | Refused:
        return totps.recover(self.portal, self.project, named, code, wish=wish(**wanted), origin=FROM_THE_SHOP)

    def try_reading(self, named: UserRef) -> Codes | Refused:
        return user_codes.read(self.portal, self.project, named, origin=FROM_THE_SHOP)

    def try_reading_live(self, named: UserRef) -> LiveCodes | Refused:
        return user_codes.read_live(self.portal, self.project, named, origin=FROM_THE_SHOP)

    def rotate(self, named: UserRef) -> LiveCodes | Refused:
        return user_codes.rotate(self.portal, self.project, named, origin=FROM_THE_SHOP)

    def migrate(self, named: UserRef, secret: str, *given: str) -> TakenOver | Refused:
        return taking_over.migrate(self.portal, self.project, named, secret=secret, given=given, origin=FROM_THE_SHOP)

    def delete(self, totp: UUID) -> User | Refused:
        return totps.delete(self.portal, self.project, totp, origin=FROM_THE_SHOP)

    def delete_all(self, named: UserRef) -> User | Refused:
        return totps.delete_all(self.portal, self.project, named, origin=FROM_THE_SHOP)

    # sessions

    def try_use(self, presented: Presented, **wanted: Any) -> InUse | Refused:
        wanted_of_it = wish(presented=presented, **wanted)
        return application_sessions.use(self.portal, self.project, wanted_of_it, origin=FROM_THE_SHOP)

    def use(self, presented: Presented, **wanted: Any) -> InUse:
        return granted(self.try_use(presented, **wanted))

    def sessions_of(self, named: UserRef) -> list[Shown]:
        return granted(application_sessions.all_of(self.portal, self.project, named))

    def end(self, presented: Presented | UUID) -> Refused | None:
        return application_sessions.end(self.portal, self.project, presented, origin=FROM_THE_SHOP)

    def end_all(self, named: UserRef) -> Refused | None:
        return application_sessions.end_all(self.portal, self.project, named, origin=FROM_THE_SHOP)

    def try_exchange(self, presented: Presented, into: TenantRef, **wanted: Any) -> Exchanged | Refused:
        of_it = wish(**{"life": AN_HOUR, **wanted})
        return exchanges.exchange(self.portal, self.project, presented, into, wish=of_it, origin=FROM_THE_SHOP)

    def exchange(self, presented: Presented, into: TenantRef, **wanted: Any) -> Exchanged:
        return granted(self.try_exchange(presented, into, **wanted))

    def try_exchange_halfway(self, token: str, into: TenantRef) -> Exchanged | Refused:
        of_it = wish(life=AN_HOUR)
        return exchanges.exchange_halfway(self.portal, self.project, token, into, wish=of_it, origin=FROM_THE_SHOP)

    # what lies in the database

    def row_of(self, named: UUID) -> Member:
        assert self.project.organization_id is not None
        with self.portal.reading() as tx:
            found = members.find_in(tx.db, self.project.organization_id, named)
        assert found is not None
        return found

    def history_of(self, named: UUID) -> list[Event]:
        """All of the log, oldest first, also what the page of the history leaves out."""
        who = self.row_of(named)
        with self.portal.reading() as tx:
            return events.page_for(tx.db, who.id, before=None, count=1000)[::-1]


@dataclass
class Customer:
    """A user of a shop, who has begun to enrol there or has done so."""

    shop: Shop
    id: UUID
    totp: UUID
    app: AuthenticatorApp
    codes: list[str] = field(default_factory=list)

    @property
    def row(self) -> Member:
        return self.shop.row_of(self.id)

    def code(self, *, steps: int = 0) -> str:
        """What the phone shows now."""
        return self.app.code(self.shop.clock.now(), steps=steps)

    def next_code(self) -> str:
        self.shop.clock.advance(seconds=30)
        return self.code()

    def wrong_code(self) -> str:
        return self.app.wrong_code(self.shop.clock.now())

    def try_code(self, code: str, **wanted: Any) -> Checked | Refused:
        return self.shop.try_code(self.id, code, **wanted)

    def try_recovery(self, code: str, **wanted: Any) -> Checked | Refused:
        return self.shop.try_recovery(self.id, code, **wanted)

    def comes_in(self, code: str | None = None, *, life: timedelta = AN_HOUR, **wanted: Any) -> Shown:
        """With the next code of the phone, unless another is named; the session that came of it."""
        session = granted(self.try_code(code or self.next_code(), life=life, **wanted)).session
        assert session is not None
        return session

    def recovers(self, code: str, *, life: timedelta = AN_HOUR, **wanted: Any) -> Shown:
        session = granted(self.try_recovery(code, life=life, **wanted)).session
        assert session is not None
        return session

    def fail(self, times: int) -> list[Checked | Refused]:
        """Wrong codes in a row."""
        return [self.try_code(self.wrong_code()) for _ in range(times)]


def wish(
    presented: Presented = None,
    life: timedelta | None = None,
    claims: dict[str, Any] | None = None,
    intermediate: str | None = None,
) -> Wish:
    return Wish(presented, life, claims or {}, intermediate=intermediate)


def by_jwt(shown: Shown) -> Named:
    """As a signed token names the session."""
    return Named(shown.id, shown.mark)


def opened(
    portal: Portal,
    clock: TestClock,
    name: str = "Shop",
    *,
    organization: str | None = "harbour",
    permissions: frozenset[Permission] = EVERYTHING,
) -> Shop:
    """For one organization; for the whole installation where none is named."""
    made = project_upkeep.create(
        portal, name=name, organization=organization, installation=organization is None, permissions=permissions
    )
    return Shop(portal, clock, made.project, made.secret)
