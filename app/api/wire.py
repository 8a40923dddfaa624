"""What a wire is made of: its operations, how callers say who they are, and the form of its answers and errors."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Request
from pydantic import BaseModel, ConfigDict

from app.domain.events import Origin
from app.domain.projects import Project
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.portal import Portal


class Asked(BaseModel):
    """What a request may carry. Clients send more than is asked for, and that is passed over."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True, str_max_length=4096)


class Given(BaseModel):
    """What an answer carries."""

    model_config = ConfigDict(frozen=True)


class WireError(Exception):
    """An answer that is an error, in the words of the wire: raised when the service has returned, never within it."""

    def __init__(self, status: int, kind: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.message = message
        self.headers = dict(headers or {})


_CAPITALS = {"totp": "TOTP", "totps": "TOTPs", "jwks": "JWKS", "jwt": "JWT"}

Words = Mapping[Why, tuple[int, str, str]]
"""What a wire says of refusals: the status, its word for the kind, and a sentence."""


def refusal(refused: Refused, words: Words, *, of_totp: Words, of_recovery: Words, about: Proof) -> WireError:
    """In words that depend on the kind of code where the refusal does; `about` is the kind where it does not say."""
    of_code = of_recovery if (refused.proof or about) is Proof.RECOVERY_CODE else of_totp
    status, kind, message = {**words, **of_code}[refused.why]
    if refused.why is Why.LOCKED and refused.until:
        message = f"{message} The lock expires at {refused.until:%Y-%m-%dT%H:%M:%SZ}."
    return WireError(status, kind, message)


@dataclass(frozen=True, slots=True)
class Call:
    """An application's request, once it is known whose it is."""

    portal: Portal
    project: Project
    origin: Origin


@dataclass(frozen=True, slots=True)
class Credentials:
    """As a caller sent them; the id of the project where the wire has it sent along.

    Browsers have no secret of a project: they name it, and send of a session what they have, or nothing.
    """

    secret: str
    project_id: str | None


@dataclass(frozen=True, slots=True)
class Visit(Call):
    """A request from a browser, for whoever sits there: `sent` is what it says of a session, not looked at yet."""

    sent: str


@dataclass(frozen=True, slots=True)
class Anyone:
    """Whoever asks for what is open, with the credentials that came along, looked at by nobody yet."""

    portal: Portal
    sent: Credentials | None


@dataclass(frozen=True, slots=True)
class Operation:
    """`path` holds `{names}` of what the handler takes by name, after the call and what was asked.

    `secrets`: takes a key with the permission `factor_secrets`, as its service sees to. `open`: is for anyone, whom the
    handler is given in place of a call. `bare`: takes no credentials beside the name of the project in its path.
    """

    method: str
    path: str
    name: str
    does: Callable[..., Given]
    takes: type[Asked] | None
    gives: type[Given]
    secrets: bool = False
    open: bool = False
    bare: bool = False

    @property
    def rule(self) -> str:
        """As the framework spells the path."""
        return self.path.replace("{", "<").replace("}", ">")

    @property
    def summary(self) -> str:
        words = [_CAPITALS.get(word, word) for word in self.name.split("_")]
        return " ".join([words[0].capitalize(), *words[1:]])


def _nothing(_asked: object) -> WireError | None:
    return None


@dataclass(frozen=True, slots=True)
class Browsers:
    """How a wire is called from browsers: who is meant by the name of a project, and the headers that clients send.

    `with_credentials`: clients tell the browser to send cookies. None is looked at here. `in_path` is what the name of
    the project is called in paths, where it stands there.
    """

    project_of: Callable[[Portal, str], Project | None]
    headers: Sequence[str]
    with_credentials: bool
    in_path: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """`kinds` are the wire's words for what goes wrong before any operation is reached, by status.

    `unfit` is its word for a field that does not fit, by name. `elsewhere` looks at paths that only the service itself
    answers to, and `objection` at requests of a kind that none of the operations understands. Where there are
    `browsers`, these are who calls, from pages of the project's own origins.
    """

    name: str
    title: str
    prefix: str
    operations: Sequence[Operation]
    credentials: Callable[[Request], Credentials | None]
    error: type[Given]
    error_of: Callable[[WireError, str], Given]
    finish: Callable[[Given, str], Given]
    kinds: Mapping[int, str]
    scheme: Mapping[str, Any]
    unfit: Mapping[str, str] = field(default_factory=dict)
    across_organizations: bool = False
    elsewhere: Callable[[str], WireError | None] = _nothing
    objection: Callable[[Request], WireError | None] = _nothing
    browsers: Browsers | None = None
