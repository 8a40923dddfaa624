"""What every command of the command line is made of."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from app.config import Settings
from app.domain.text import NAME_AT_MOST, clean_email, clean_name

if TYPE_CHECKING:
    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 -- its only name

Run = Callable[[Settings, argparse.Namespace], int]
"""Returns the exit status."""


def reason(text: str) -> str:
    cleaned = " ".join(text.split())
    if not 0 < len(cleaned) <= 300 or not cleaned.isprintable():  # noqa: PLR2004 -- as long as its column
        raise argparse.ArgumentTypeError("a reason is 1 to 300 printable characters")
    return cleaned


def name_of(text: str) -> str:
    cleaned = clean_name(text)
    if not 0 < len(cleaned) <= NAME_AT_MOST:
        raise argparse.ArgumentTypeError(f"a name is 1 to {NAME_AT_MOST} printable characters")
    return cleaned


def email_of(text: str) -> str:
    if (address := clean_email(text)) is None:
        raise argparse.ArgumentTypeError(f"{text} has not the shape of an e-mail address")
    return address
