"""How the list of members fares as an organization grows: `python -m tests.measures.list_of_members`.

Not a test: it prints what each kind of page takes with 1,000 and with 100,000 members, side by side on both databases,
each as the median of several turns taken in alternation.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert

from app.config import Settings
from app.domain.keyring import KeyRing
from app.domain.lists import Factor, Sort, Wanted
from app.domain.members import Role, Status
from app.domain.passwords import PasswordHasher
from app.domain.sessions import Proof, Scope, Session
from app.domain.text import email_key, search_text
from app.portal import Portal
from app.services import members
from app.steps.sessions import begin_sign_in, open_session
from app.storage import members as kept
from app.storage import migrations, organizations
from app.storage.database import Database
from app.storage.tables import member
from tests.support.clock import TestClock
from tests.support.postgres import running_postgres

SIZES = [1_000, 100_000]
_TURNS = 15
_FIRST = ["Ada", "Bo", "Chen", "Dina", "Emre", "Fatou", "Goran", "Hana", "Ines", "Jonas", "Kofi", "Leila", "Mateo"]
_LAST = ["Lind", "Okafor", "Wei", "Haddad", "Yilmaz", "Diallo", "Petrovic", "Sato", "Moreau", "Berg", "Mensah"]
_AT_ONCE = 5_000
_Page = Callable[[Portal, Session], object]


def _filled(url: str, size: int) -> tuple[Portal, Session]:
    """A portal with so many members, and the session of its owner."""
    clock, database = TestClock(), Database(url)
    migrations.upgrade(database, clock.now())
    settings = Settings(instance=Path(tempfile.mkdtemp()), database_url=url)
    portal = Portal(settings, database, KeyRing.new(), clock, PasswordHasher(time_cost=1, memory_cost=8))
    with portal.writing() as tx:
        there = organizations.add(tx.db, slug="large", name="Large", required_from=tx.now, now=tx.now)
        owner = kept.add(
            tx.db, organization_id=there.id, role=Role.OWNER, name="Olive", email="olive@example.org",
            password_hash=None, now=tx.now,
        )  # fmt: skip
        begun = begin_sign_in(tx, owner, next_path=None).sign_in
        session = open_session(tx, owner, begun, Proof.TOTP, scope=Scope.ORDINARY).session
        chance = random.Random(size)  # noqa: S311 -- the same crowd each time
        for start in range(0, size, _AT_ONCE):
            numbers = range(start, min(start + _AT_ONCE, size))
            tx.db.execute(insert(member), [_row(number, there.id, chance, clock) for number in numbers])
    if not database.on_sqlite:
        with portal.writing() as tx:
            tx.db.exec_driver_sql("ANALYZE")
    return portal, session


def _row(number: int, organization_id: int, chance: random.Random, clock: TestClock) -> dict[str, object]:
    name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)} {number}"
    email = f"{name.replace(' ', '.').lower()}@example.org"
    enrolled = chance.random() < 0.9
    left = chance.choice([10, 10, 10, 9, 8, 5, 2, 0]) if enrolled else 0
    pending = enrolled and chance.random() < 0.05
    return {
        "public_id": UUID(int=chance.getrandbits(128)),
        "organization_id": organization_id,
        "role": Role.ADMIN if chance.random() < 0.01 else Role.MEMBER,
        "status": chance.choices([Status.ACTIVE, Status.SUSPENDED, Status.INVITED, Status.REMOVED], [90, 2, 3, 5])[0],
        "name": name,
        "email": email,
        "email_key": email_key(email),
        "email_verified": False,
        "authenticator_count": 1 if enrolled else 0,
        "codes_left": left,
        "codes_pending": pending,
        "ready": enrolled and left > 0 and not pending,
        "lock_reason": "admin" if chance.random() < 0.005 else None,
        "search_text": search_text(name, email),
        "made_at": clock.now(),
        "last_sign_in_at": clock.now() - timedelta(minutes=chance.randrange(200_000)) if enrolled else None,
    }


def _deep(portal: Portal, session: Session) -> object:
    """The twentieth page."""
    page = members.page(portal, session, Wanted())
    for _ in range(19):
        page = members.page(portal, session, Wanted(), after=page.after)
    return page


def _pages() -> dict[str, _Page]:
    def page(**wanted: object) -> _Page:
        return lambda portal, session: members.page(portal, session, Wanted(**wanted))  # type: ignore[arg-type]

    return {
        "first page": page(),
        **{f"sorted by {sort}": page(sort=sort) for sort in Sort if sort is not Sort.NAME},
        "searched, common": page(search="lind"),
        "searched, rare": page(search=".777@"),
        "searched, nobody": page(search="no such person"),
        "searched, in two words": page(search="ada wei"),
        **{f"only {factor}": page(factor=factor) for factor in Factor},
        "only few codes, by last sign-in": page(factor=Factor.FEW_CODES, sort=Sort.SEEN_LAST),
        "only suspended": page(status=Status.SUSPENDED),
        "only admins": page(role=Role.ADMIN),
        "twenty pages on, all of them": _deep,
    }


def _measure(portals: list[tuple[Portal, Session]]) -> None:
    for name, page in _pages().items():
        taken: list[list[float]] = [[] for _ in portals]
        for _ in range(_TURNS):
            for place, (portal, session) in enumerate(portals):
                begun = time.perf_counter()
                page(portal, session)
                taken[place].append(time.perf_counter() - begun)
        small, large = (statistics.median(one) * 1000 for one in taken)
        sys.stdout.write(f"  {name:34}{small:8.1f} ms{large:9.1f} ms   x{large / small:.1f}\n")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_postgres() as postgres:
        for kind in ("SQLite", "PostgreSQL"):
            urls = [
                f"sqlite:///{folder}/{size}.sqlite3" if kind == "SQLite" else postgres.url(postgres.create())
                for size in SIZES
            ]
            portals = [_filled(url, size) for url, size in zip(urls, SIZES, strict=True)]
            sys.stdout.write(f"{kind}, with {SIZES[0]:,} and with {SIZES[1]:,} members\n")
            _measure(portals)
            for portal, _ in portals:
                portal.database.close()


if __name__ == "__main__":
    main()
