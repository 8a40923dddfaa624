"""backup, restore, restore-finish, migrate-database: the database as a whole."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app import config
from app.cli.says import say
from app.config import Settings
from app.opening import key_file_of, open_portal
from app.portal import SystemClock
from app.services import backups, moving, restoring

if TYPE_CHECKING:
    from app.cli.commands import Commands


def add_to(commands: "Commands") -> None:
    backup = commands.add_parser(
        "backup",
        help="copy the SQLite database whole, while the portal runs",
        description="Copy the SQLite database whole, while the portal runs. The keys are not in it: keep them apart.",
    )
    backup.add_argument("file", metavar="FILE", type=Path, help="where to; there must be no such file yet")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser(
        "restore",
        help="put a backup in the place of the SQLite database",
        description="Put a backup in the place of the SQLite database, which is kept. Stop every server first, and run "
        "`sparekey restore-finish` after it.",
    )
    restore.add_argument("file", metavar="FILE", type=Path, help="a backup that `sparekey backup` made")
    restore.set_defaults(run=_restore)
    finish = commands.add_parser(
        "restore-finish",
        help="end whatever a restored database cannot know the end of",
        description="End all recovery codes, sessions, passes and links of everybody in a restored database: some "
        "were used after the backup. People sign in with their authenticators and make new codes.",
    )
    finish.add_argument("--yes", action="store_true", help="also where nothing says that it came out of a backup")
    finish.set_defaults(run=_finish)
    move = commands.add_parser(
        "migrate-database",
        help="copy everything into another database, and compare",
        description="Copy everything into another, empty database and compare. FROM stays as it is. Stop servers.",
    )
    move.add_argument("source", metavar="FROM", type=_database, help="sqlite:////path or postgresql://...")
    move.add_argument("target", metavar="TO", type=_database, help="likewise; an empty one")
    move.set_defaults(run=_move)


def _backup(settings: Settings, parsed: argparse.Namespace) -> int:
    made = backups.take(open_portal(settings, migrate=False), parsed.file)
    say(
        f"{parsed.file} is the database as it was at {_said(made.taken_at)}: {made.size / 1_000_000:.1f} MB, "
        f"{_counted(made.members, 'member')} in {_counted(made.organizations, 'organization')}.",
        _where_keys_are(settings),
    )
    return 0


def _restore(settings: Settings, parsed: argparse.Namespace) -> int:
    done = backups.restore(settings, parsed.file, SystemClock())
    say(f"{parsed.file} is now {done.database}, as it was at {_said(done.taken_at)}.")
    if done.aside:
        say(f"The database before it is kept as {done.aside}.")
    say("Now run `sparekey restore-finish`. Until then it is not served: codes spent since would work again.")
    return 0


def _finish(settings: Settings, parsed: argparse.Namespace) -> int:
    portal = open_portal(settings, migrate=True, restored=True)
    done = restoring.finish(portal, unmarked=parsed.yes)
    say(
        f"The database is as it was at {_said(done.as_of)}, and may be served again.",
        f"Of {_counted(done.members, 'member')}, {_counted(done.code_sets, 'set')} of recovery codes and "
        f"{_counted(done.sessions, 'session')} were ended now; so were all sign-ins and enrolments in progress, known "
        "browsers, passes, password links, invitations and the setup link.",
        "People sign in with password and authenticator, are told why their codes stopped working, and make new ones.",
        "",
        f"Nobody can know what was done after {_said(done.as_of)}. Look at these by hand:",
        "  - people who were removed, suspended or locked since: they are in again;",
        "  - roles that were changed since: they are the old ones;",
        "  - authenticators removed or replaced since (a lost phone): they work again;",
        "  - passwords changed since: the old ones work again; people who were invited since are gone;",
        "  - what owners set since for their organization, such as how recovery codes are kept: before people make new "
        "ones;",
        "  - projects that were removed since, their secrets, permissions and profiles: they are as they were "
        "(`sparekey project list`);",
        "  - what was erased since with `sparekey erase`: erase it again.",
    )
    return 0


def _move(settings: Settings, parsed: argparse.Namespace) -> int:
    done = moving.move(settings, parsed.source, parsed.target)
    say(
        f"{_counted(done.rows, 'row')} in {_counted(done.tables, 'table')} were copied from {done.source} to "
        f"{done.target}, read again there, and found the same.",
        f"{done.source} is as it was.",
        "",
        "Now set DATABASE_URL to the new database, keep the keys as they are "
        f"({'KEYS' if settings.keys else key_file_of(settings)}), run `sparekey check`, and start the portal.",
        "Nothing that happens in the old one from now on will be in the new one: do not serve it again.",
    )
    return 0


def _database(text: str) -> str:
    try:
        return config.database_address(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def _where_keys_are(settings: Settings) -> str:
    where = "the ring in KEYS" if settings.keys else str(key_file_of(settings))
    return f"The keys are not in it, and without them it opens nothing: keep a copy of {where}, apart from the backups."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _said(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
