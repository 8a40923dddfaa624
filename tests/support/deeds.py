"""The history of a run: what clients were about to do, and what they were told came of it.

Each deed is written down before it is sent, and its outcome after the answer. A deed without an outcome is one whose
answer was lost; it may have been done or not, but not by halves.
"""

import itertools
import threading
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    SIGN_IN = "sign in with a second factor"
    PASSWORD = "type the password"
    REGENERATE = "regenerate the codes"
    ACKNOWLEDGE = "acknowledge the codes"
    SHOW = "show the codes"


class Outcome(StrEnum):
    DONE = "acknowledged"
    WRONG = "refused as wrong"
    REFUSED = "refused"
    UNSENT = "never sent"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Deed:
    """`generation` is of the set that the code is from, or that is regenerated or acknowledged; `code` is canonical."""

    number: int
    kind: Kind
    member_id: int
    outcome: Outcome = Outcome.UNKNOWN
    code: str | None = None
    step: int | None = None
    generation: int = 0
    session_token: str | None = None
    new_codes: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        return self.outcome is Outcome.DONE

    @property
    def maybe(self) -> bool:
        return self.outcome in {Outcome.DONE, Outcome.UNKNOWN}


@dataclass
class History:
    """Append-only; clients in several threads write to it."""

    faults: list[str] = field(default_factory=list)
    _entries: list[Deed] = field(default_factory=list)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def invoke(self, kind: Kind, member_id: int, **facts: Any) -> Deed:
        """Written down before it is sent."""
        return self._append(Deed(next(self._numbers), kind, member_id, **facts))

    def came_of(self, deed: Deed, outcome: Outcome, **facts: Any) -> Deed:
        return self._append(replace(deed, outcome=outcome, **facts))

    def fault(self, sentence: str) -> None:
        """An answer that nobody may ever get, such as a 500."""
        with self._turn:
            self.faults.append(sentence)

    @property
    def deeds(self) -> list[Deed]:
        """In the order in which they were begun, each with the last that is known of it."""
        with self._turn:
            return sorted({entry.number: entry for entry in self._entries}.values(), key=lambda deed: deed.number)

    def figures(self) -> Counter[str]:
        return Counter(deed.outcome.value for deed in self.deeds)

    def _append(self, deed: Deed) -> Deed:
        with self._turn:
            self._entries.append(deed)
        return deed
