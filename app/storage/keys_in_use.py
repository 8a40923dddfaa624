"""The keys within a transaction: what the ring can, and what the database says of the key it is done with."""

from collections.abc import Iterable

from sqlalchemy import Connection

from app.domain.keyring import Index, KeyRing, Sealed
from app.storage import key_checks
from app.storage.database import UnavailableError


class MissingKeyError(UnavailableError):
    """A key is in use that this process does not have, or this process uses one that is retired.

    Nothing is wrong with what was typed or stored: the transaction ends, and the same works where the key is.
    """


class KeysInUse:
    def __init__(self, ring: KeyRing, db: Connection) -> None:
        self.ring = ring
        self._db = db
        self._held = False

    def seal(self, plaintext: bytes, context: str) -> Sealed:
        """Raises MissingKeyError."""
        self._hold_current()
        return self.ring.seal(plaintext, context)

    def open(self, sealed: Sealed, context: str) -> bytes:
        """Raises BrokenSealError, and MissingKeyError where it is the key that is not here."""
        self.require([sealed.key_id])
        return self.ring.open(sealed, context)

    def index(self, value: str, context: str) -> Index:
        """Raises MissingKeyError."""
        self._hold_current()
        return self.ring.index(value, context)

    def indexes(self, value: str, context: str) -> list[Index]:
        """The digest under every live key. Where nothing is found by them, `require` the keys of what there is."""
        return self.ring.indexes(value, context)

    def digest(self, value: str, context: str) -> bytes:
        return self.ring.digest(value, context)

    def require(self, key_ids: Iterable[int]) -> None:
        """That all of them are in the ring, but for those that nobody has. Raises MissingKeyError."""
        for key_id in sorted(set(key_ids) - self.ring.keys.keys()):
            known = key_checks.find(self._db, key_id)
            if known and not known.retired:
                raise MissingKeyError(
                    f"key {key_id} is in use, but not in the key ring of this process: give it the newest copy"
                )

    def _hold_current(self) -> None:
        """See `key_checks`. A key without a row was never admitted, and cannot be retired either."""
        if self._held:
            return
        known = key_checks.hold(self._db, self.ring.current)
        if known and known.retired:
            raise MissingKeyError(
                f"key {self.ring.current} was retired, but this process still seals with it: give it the newest copy "
                "of the key ring"
            )
        self._held = True
