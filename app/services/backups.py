"""Taking a backup of a SQLite installation, and putting one in its place."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.config import Settings
from app.domain.keyring import KeyRing
from app.domain.operating import NotDoneError
from app.opening import ring_of
from app.portal import Clock, Portal
from app.storage import backups, in_service, key_checks, migrations, restores
from app.storage.backups import Backup
from app.storage.database import Database, UnavailableError
from app.storage.key_file import UnfitKeysError
from app.storage.migrations import UnfitDatabaseError

_BY_PG_DUMP = (
    "The database is PostgreSQL's, which backs itself up. While the portal runs: "
    'umask 077; pg_dump --format=custom --file=FILE "$DATABASE_URL"'
)
_BY_PG_RESTORE = (
    "The database is PostgreSQL's, which is restored by its own tools. Stop every server, empty the database, then: "
    'pg_restore --no-owner --single-transaction --dbname="$DATABASE_URL" FILE, and `sparekey restore-finish --yes`'
)


@dataclass(frozen=True, slots=True)
class Restored:
    """`aside` is where the database before it is kept now; None where there was none."""

    taken_at: datetime
    database: Path
    aside: Path | None


def take(portal: Portal, file: Path) -> Backup:
    """Raises NotDoneError."""
    if portal.database.path is None:
        raise NotDoneError(f"{_BY_PG_DUMP}. README says how such a backup is restored.")
    return backups.take(portal.database.path, file, portal.clock.now())


def restore(settings: Settings, file: Path, clock: Clock) -> Restored:
    """Put the backup in the place of the database, once it is found whole and fit. Nothing is changed before that.

    Raises NotDoneError, InServiceError, UnfitKeysError and UnfitDatabaseError.
    """
    place = Database(settings.database)
    if place.path is None:
        raise NotDoneError(f"{_BY_PG_RESTORE}.")
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.path.exists() and file.exists() and file.samefile(place.path):
        raise NotDoneError(f"{file} is the database itself.")
    ring = ring_of(settings)
    with in_service.taken_out(place), backups.unfinished(place.path) as staging:
        restores.stage(file, staging)
        taken_at = _made_fit(file, staging, ring, clock.now())
        aside = restores.put_in_place(staging, place.path, clock.now())
    return Restored(taken_at, place.path, aside)


def _made_fit(file: Path, staging: Path, ring: KeyRing, now: datetime) -> datetime:
    """As this version wants it, with a mark, and under keys that are there. Raises what restore does."""
    copy = Database(f"sqlite:///{staging}")
    try:
        with backups.faults_said(f"There is damage in {file}"):
            if damage := backups.damage_in(staging):
                raise NotDoneError(f"There is damage in {file}: {damage}. Take another backup.")
        with copy.reading() as db:
            if not restores.is_ours(db):
                raise NotDoneError(f"{file} is no database of Sparekey's.")
        migrations.upgrade(copy, now, keep_copy=False)
        with copy.writing() as db:
            key_checks.require_fit(db, ring)
            return restores.mark(db, now)
    except UnfitKeysError as problem:
        raise NotDoneError(
            f"The key ring does not fit {file}. {problem} A backup from before a key was retired needs the copy of the "
            "key ring from that time."
        ) from None
    except UnfitDatabaseError as problem:
        raise NotDoneError(f"{file} cannot be taken. {problem}") from None
    except UnavailableError as problem:
        raise NotDoneError(f"{file} cannot be read as a database: {problem}.") from None
    finally:
        copy.close()
        staging.with_suffix(".migrating").unlink(missing_ok=True)
