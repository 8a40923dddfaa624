"""Opening the portal: settings, keys and database must fit together, or it does not start."""

from pathlib import Path

from app.config import Settings
from app.domain.keyring import BrokenSealError, KeyRing
from app.domain.passwords import PasswordHasher
from app.portal import Clock, Portal, SystemClock
from app.storage import key_checks, key_file, migrations
from app.storage.database import Database
from app.storage.key_file import UnfitKeysError

_CANARY = b"Whoever reads this has the right key."


def open_portal(settings: Settings, *, migrate: bool, clock: Clock | None = None) -> Portal:
    """Raises UnfitKeysError, UnfitDatabaseError and UnavailableError, each with a plain sentence."""
    clock = clock or SystemClock()
    if settings.on_sqlite:
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = Database(settings.database, connections=settings.threads + 2)
    try:
        return _over(database, settings, clock, migrate=migrate)
    except BaseException:
        database.close()
        raise


def _over(database: Database, settings: Settings, clock: Clock, *, migrate: bool) -> Portal:
    if migrate:
        migrations.upgrade(database, clock.now())
    else:
        migrations.require_current(database)
    keys = _keys(settings, database)
    _verify(database, keys, clock)
    hasher = PasswordHasher(at_once=max(1, settings.cores // settings.workers))
    return Portal(settings, database, keys, clock, hasher)


def create_keys(settings: Settings) -> Path:
    """Make a key ring where there is none, and nothing sealed with an older one. Raises UnfitKeysError."""
    database = Database(settings.database)
    if (database.path is None or database.path.exists()) and _is_in_use(database):
        raise UnfitKeysError("The database holds what was sealed with other keys. A new ring could open none of it.")
    path = key_file_of(settings)
    key_file.create(path)
    return path


def key_file_of(settings: Settings) -> Path:
    return settings.keys_file or settings.instance / key_file.FILE_NAME


def _keys(settings: Settings, database: Database) -> KeyRing:
    path = key_file_of(settings)
    if settings.keys:
        return key_file.parse(settings.keys, "KEYS")
    if path.exists():
        return key_file.read(path)
    if settings.keys_file or not settings.on_sqlite:
        raise UnfitKeysError(
            f"There is no key file at {path}. Make one with `sparekey keys init`, keep a copy of it apart from the "
            "database, and name it in KEYS_FILE; or hand over the key ring itself in KEYS."
        )
    with database.reading() as db:
        if key_checks.all_kept(db):
            raise UnfitKeysError(
                f"The key file {path} is missing, but the database holds what was sealed with it. "
                "Put the file back: without it no authenticator and no recovery code can be checked."
            )
    return key_file.create(path)


def _is_in_use(database: Database) -> bool:
    if not migrations.is_begun(database):
        return False
    with database.reading() as db:
        return bool(key_checks.all_kept(db))


def _verify(database: Database, keys: KeyRing, clock: Clock) -> None:
    """Every key the database knows must be there and be the right one; a key it does not know yet is added."""
    with database.reading() as db:
        kept = key_checks.all_kept(db)
    for sealed in kept:
        if sealed.key_id not in keys.keys:
            raise UnfitKeysError(f"Key {sealed.key_id} is missing from the key ring, and the database still needs it.")
        try:
            keys.open(sealed, _context(sealed.key_id))
        except BrokenSealError:
            raise UnfitKeysError(
                f"Key {sealed.key_id} of the key ring is not the one the database was sealed with."
            ) from None
    for key_id in sorted(set(keys.keys) - {sealed.key_id for sealed in kept}):
        with database.writing() as db:
            key_checks.add(db, KeyRing(key_id, keys.keys).seal(_CANARY, _context(key_id)), clock.now())


def _context(key_id: int) -> str:
    return f"key-check|{key_id}"
