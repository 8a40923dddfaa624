"""The chores, and how often each is due."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.portal import Portal
from app.services import copies, days, figures, pruning
from app.storage import wal


def _no_sooner(_portal: Portal) -> datetime | None:
    return None


@dataclass(frozen=True, slots=True)
class Chore:
    """`steps` does it: each step is a short transaction that may be repeated, and tells how many rows it was about.

    `sooner` is when it is due before `every` is over.
    """

    name: str
    every: timedelta
    steps: Callable[[Portal], Iterator[int]]
    sooner: Callable[[Portal], datetime | None] = _no_sooner


def _erase_copies(portal: Portal) -> Iterator[int]:
    while done := copies.sweep(portal):
        yield done


def _prune(portal: Portal) -> Iterator[int]:
    for _, removed in pruning.expired(portal):
        yield removed


def _prune_origins(portal: Portal) -> Iterator[int]:
    for _, removed in pruning.old_origins(portal):
        yield removed


def _empty_wal(portal: Portal) -> Iterator[int]:
    wal.empty(portal.database)
    yield 0


CHORES = (
    Chore("days", timedelta(minutes=10), days.note_requirements, days.next_requirement),
    Chore("copies", timedelta(minutes=10), _erase_copies),
    Chore("figures", timedelta(hours=1), figures.count_today, figures.next_count),
    Chore("prune", timedelta(hours=1), _prune),
    Chore("origins", timedelta(days=1), _prune_origins),
)
ON_SQLITE = (Chore("wal", timedelta(minutes=10), _empty_wal),)
