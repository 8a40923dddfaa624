"""What is counted for monitoring: that something happened and how it came out, without who, whose and where."""

from dataclasses import dataclass

from app.domain.events import Act
from app.domain.sessions import Proof


@dataclass(frozen=True, slots=True)
class Happening:
    """An act that the log has, or a look at something typed; `what` is None where it was not even looked at."""

    what: Act | Proof | None
    outcome: str = ""
