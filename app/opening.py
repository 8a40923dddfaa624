"""Opening the portal: settings, keys and database must fit together, or it does not start."""

from pathlib import Path

from app.config import Settings
from app.domain.keyring import KeyRing
from app.domain.passwords import PasswordHasher
from app.portal import Clock, Portal, SystemClock
from app.storage import backup_marks, key_checks, key_file, migrations
from app.storage.database import Database
from app.storage.key_file import UnfitKeysError
from app.storage.key_source import RingInFile
from app.storage.migrations import UnfitDatabaseError


def open_portal(settings: Settings, *, migrate: bool, clock: Clock | None = None, restored: bool = False) -> Portal:
    """Raises UnfitKeysError, UnfitDatabaseError and UnavailableError, each with a plain sentence.

    Only what looks after one opens a database that was `restored` from a backup and not looked after yet.
    """
    clock = clock or SystemClock()
    if settings.on_sqlite and not restored:
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = Database(settings.database, connections=settings.threads + 2)
    try:
        if restored:
            _require_there(database)
        else:
            require_looked_after(database)
        return _over(database, settings, clock, migrate=migrate)
    except BaseException:
        database.close()
        raise


def _over(database: Database, settings: Settings, clock: Clock, *, migrate: bool) -> Portal:
    if migrate:
        migrations.upgrade(database, clock.now())
    else:
        migrations.require_current(database)
    ring = _ring(settings, database, clock)
    hasher = PasswordHasher(at_once=max(1, settings.cores // settings.workers))
    return Portal(settings, database, ring, clock, hasher)


def is_new(settings: Settings) -> bool:
    """Whether there is nothing of ours in the database yet."""
    database = Database(settings.database)
    try:
        return (database.path is not None and not database.path.exists()) or not migrations.is_begun(database)
    finally:
        database.close()


def _require_there(database: Database) -> None:
    if database.path and not database.path.exists():
        raise UnfitDatabaseError(f"There is no database at {database.path}.")


def require_looked_after(database: Database) -> None:
    """That it is not fresh out of a backup. Raises UnfitDatabaseError."""
    if database.path and not database.path.exists():
        return
    with database.reading() as db:
        taken_at = backup_marks.find(db)
    if taken_at:
        raise UnfitDatabaseError(
            f"This database came out of a backup of {taken_at:%Y-%m-%d %H:%M} UTC. Codes spent since then would work "
            "again: run `sparekey restore-finish` before serving it."
        )


def ring_of(settings: Settings) -> KeyRing:
    """The key ring that the settings name, which is made nowhere here. Raises UnfitKeysError."""
    return key_file.parse(settings.keys, "KEYS") if settings.keys else key_file.read(key_file_of(settings))


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


def _ring(settings: Settings, database: Database, clock: Clock) -> KeyRing | RingInFile:
    """Fit for the database, which knows all of its keys from then on."""
    if settings.keys:
        ring = key_file.parse(settings.keys, "KEYS")
        key_checks.admit(database, ring, clock.now())
        return ring
    path = key_file_of(settings)
    if not path.exists():
        _make_first(settings, database, path)
    return RingInFile(path, database, clock.now())


def _make_first(settings: Settings, database: Database, path: Path) -> None:
    with database.reading() as db:
        if key_checks.all_known(db):
            raise UnfitKeysError(
                f"The key file {path} is missing, but the database holds what was sealed with it. "
                "Put the file back: without it no authenticator and no recovery code can be checked."
            )
    if settings.keys_file or not settings.on_sqlite:
        raise UnfitKeysError(
            f"There is no key file at {path}. Make one with `sparekey keys init`, keep a copy of it apart from the "
            "database, and name it in KEYS_FILE; or hand over the key ring itself in KEYS."
        )
    key_file.create(path)


def _is_in_use(database: Database) -> bool:
    if not migrations.is_begun(database):
        return False
    with database.reading() as db:
        return bool(key_checks.all_known(db))
