"""Giving a member a new password, and the rows of wrong ones."""

from datetime import UTC, datetime, timedelta

from app.domain.addresses import prefix_of
from app.domain.attempts import FORGOTTEN_AFTER, KNOWN_BROWSERS_ONLY_AFTER, password_wait
from app.domain.happenings import Happening
from app.domain.members import Member
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.domain.text import email_key
from app.portal import Transaction
from app.storage import members, password_waits
from app.storage.links import password_links

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Waits:
    """The rows of wrong passwords one sign-in counts in: for whom, for whom from where, and from where alone."""

    def __init__(self, tx: Transaction, organization_id: int, email: str) -> None:
        prefix = prefix_of(tx.origin.address)
        self._tx = tx
        self._whom = _whom(tx, organization_id, email)
        self._pair = tx.keys.digest(f"{organization_id}|{email_key(email)}|{prefix}", "password-wait")
        self._place = tx.keys.digest(prefix, "password-wait") if tx.settings.address_limit else None
        self._waiting = [key for key in (self._pair, self._place) if key]
        self._failures: dict[bytes, int] = {}

    def refusal(self, *, known_browser: bool, taken: int = 0) -> Refused | None:
        """Why no password is looked at now; `taken` of the failures counted are the sign-in's own."""
        refused = self._refusal(known_browser=known_browser, taken=taken)
        if refused:
            self._tx.note(Happening(Proof.PASSWORD, refused.why))
        return refused

    def take(self, *, known_browser: bool) -> Refused | None:
        """Count one failure before deciding, so that tries at the same moment queue up; then say if it may go on."""
        self._count(self._whom, forget_before=_NEVER)
        for key in self._waiting:
            self._count(key, forget_before=self._tx.now - FORGOTTEN_AFTER)
        return self.refusal(known_browser=known_browser, taken=1)

    def failed(self) -> None:
        """Leave the count as it is, and begin the waits that it leads to."""
        self._tx.note(Happening(Proof.PASSWORD, Why.WRONG_PASSWORD))
        self._wait(self._pair, password_wait(self._failures[self._pair]))
        if self._place:
            self._wait(self._place, password_wait(self._failures[self._place], self._tx.settings.address_limit))

    def succeeded(self) -> None:
        self._tx.note(Happening(Proof.PASSWORD, "right"))
        password_waits.clear(self._tx.db, [self._whom, self._pair])
        if self._place:
            password_waits.give_back(self._tx.db, self._place)

    def _refusal(self, *, known_browser: bool, taken: int) -> Refused | None:
        if until := password_waits.longest_wait(self._tx.db, self._waiting, self._tx.now):
            return Refused(Why.WAIT, until=until)
        before = password_waits.count(self._tx.db, self._whom) - taken
        if before >= KNOWN_BROWSERS_ONLY_AFTER and not known_browser:
            return Refused(Why.UNKNOWN_BROWSER)
        return None

    def _count(self, key: bytes, *, forget_before: datetime) -> None:
        self._failures[key] = password_waits.add_failure(
            self._tx.db, key, forget_before=forget_before, now=self._tx.now
        )

    def _wait(self, key: bytes, length: timedelta) -> None:
        if length > timedelta(0):
            password_waits.wait(self._tx.db, key, self._tx.now + length)


def set_password(tx: Transaction, who: Member, password_hash: str) -> None:
    """A new password opens again what too many tries at the old one had closed, and voids the links to set one."""
    members.set_password(tx.db, who.id, password_hash, tx.now)
    password_links.void_all(tx.db, who.id, tx.now)
    forgive(tx, who)


def forgive(tx: Transaction, who: Member) -> None:
    """Forget the row of wrong passwords for the member, wherever they came from."""
    if who.email:
        password_waits.clear(tx.db, [_whom(tx, who.organization_id, who.email)])


def failures_for(tx: Transaction, who: Member) -> int:
    """How many wrong passwords in a row there were for the member, wherever they came from."""
    return password_waits.count(tx.db, _whom(tx, who.organization_id, who.email)) if who.email else 0


def _whom(tx: Transaction, organization_id: int, email: str) -> bytes:
    return tx.keys.digest(f"{organization_id}|{email_key(email)}", "password-wait")
