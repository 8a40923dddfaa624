"""keys: looking after the key ring."""

import argparse
from typing import TYPE_CHECKING

from app.cli.says import say
from app.config import Settings
from app.opening import create_keys

if TYPE_CHECKING:
    from app.cli.commands import Commands


def add_to(commands: "Commands") -> None:
    acts = commands.add_parser("keys", help="look after the key ring").add_subparsers(required=True, metavar="ACT")
    acts.add_parser("init", help="make a key ring where there is none").set_defaults(run=_init)


def _init(settings: Settings, _parsed: argparse.Namespace) -> int:
    path = create_keys(settings)
    say(
        f"A new key ring is in {path}, readable by you alone.",
        "Keep a copy apart from the database and its backups: without it no code can be checked any more.",
    )
    return 0
