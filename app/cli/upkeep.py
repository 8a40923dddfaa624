"""prune: by hand what the housekeeper does by itself."""

import argparse
from itertools import chain
from typing import TYPE_CHECKING

from app.cli.says import say
from app.config import Settings
from app.opening import open_portal
from app.services import pruning

if TYPE_CHECKING:
    from app.cli.commands import Commands


def add_to(commands: "Commands") -> None:
    prune = commands.add_parser("prune", help="delete what is over: ended sessions, old links, old network addresses")
    prune.add_argument("--dry-run", action="store_true", help="only say what would be deleted")
    prune.set_defaults(run=_prune)


def _prune(settings: Settings, parsed: argparse.Namespace) -> int:
    portal = open_portal(settings, migrate=False)
    if parsed.dry_run:
        _tell("would be deleted", dict(pruning.rehearse(portal)))
        return 0
    deleted = dict.fromkeys(pruning.NAMES, 0)
    for name, rows in chain(pruning.expired(portal), pruning.old_origins(portal)):
        deleted[name] += rows
    _tell("deleted", deleted)
    return 0


def _tell(what: str, numbers: dict[str, int]) -> None:
    width = max(len(str(number)) for number in numbers.values())
    say(*(f"{number:>{width}}  {name}" for name, number in numbers.items()))
    say(f"{sum(numbers.values())} rows {what}. Events are kept for ever.")
