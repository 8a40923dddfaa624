"""The operator's command line, over the same services as the pages."""

import argparse
import os
import signal
import sys

from app import config
from app.cli import databases, keys, organizations, people, projects, running, upkeep
from app.cli.commands import Run
from app.cli.says import fail
from app.config import UnfitSettingsError
from app.domain.operating import NotDoneError
from app.portal import UnavailableError
from app.steps.people import NoSuchMemberError
from app.storage.in_service import InServiceError
from app.storage.key_file import UnfitKeysError
from app.storage.migrations import UnfitDatabaseError

_UNFIT = os.EX_CONFIG
_INTERRUPTED = 128 + signal.SIGINT
_AREAS = (running, people, organizations, projects, keys, databases, upkeep)
"""In the order of `sparekey --help`."""


def main(arguments: list[str] | None = None) -> int:  # noqa: PLR0911 -- a line for each way to end
    """Returns the exit status: 0, 1 where it could not be done, 2 for a wrong call, 78 for unfit settings or keys."""
    parsed = _parser().parse_args(arguments)
    try:
        return _run(parsed)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # whoever read what is printed has heard enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (UnfitSettingsError, UnfitKeysError, UnfitDatabaseError) as problem:
        return fail(_UNFIT, *str(problem).splitlines())
    except UnavailableError as problem:
        return fail(1, f"The database cannot be used: {problem}")
    except OSError as problem:
        return fail(1, f"{problem.filename or 'Something'} cannot be used: {problem.strerror or problem}.")
    except (NoSuchMemberError, NotDoneError, InServiceError) as problem:
        return fail(1, *str(problem).splitlines())


def _run(parsed: argparse.Namespace) -> int:
    if parsed.apart:  # the demo does not even read the settings of the real installation
        status: int = parsed.run(parsed)
        return status
    run: Run = parsed.run
    return run(config.load(), parsed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sparekey",
        description="A portal for the second factor.",
        epilog="Ends with 0 when it was done, 1 when it was not, 2 for a wrong call, 78 where settings, keys or the "
        "database do not fit. Settings come from the environment and from INSTANCE/sparekey.toml, which explains each.",
    )
    parser.set_defaults(apart=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for area in _AREAS:
        area.add_to(commands)
    return parser
