"""Opening what too many attempts, an administrator or the panic button closed."""

from dataclasses import dataclass

from app.domain.attempts import LockReason
from app.domain.events import Act, Actor
from app.portal import Portal
from app.steps import passwords, people
from app.steps.events import record
from app.storage import attempts, members


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What there was to open. A stopped password stays stopped: it takes a new one."""

    name: str
    lock: LockReason | None
    doors: int
    password_stopped: bool


def unlock(portal: Portal, email: str, *, organization: str | None, reason: str, by: Actor) -> Unlocked:
    """Whatever the reason, and at every door. Raises NoSuchMemberError."""
    with portal.writing() as tx:
        who = members.find_and_hold(tx.db, people.named(tx, email, organization).id)
        lock = who.lock.reason if who.lock and who.lock.holds_at(tx.now) else None
        members.unlock(tx.db, who.id)
        doors = attempts.open_all_doors(tx.db, who.id)
        passwords.forgive(tx, who)
        record(tx, Act.UNLOCKED, who, by=by, reason=reason, lock=lock, doors=doors)
        return Unlocked(who.name, lock, doors, who.password_stopped_at is not None)
