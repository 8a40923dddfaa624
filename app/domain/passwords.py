"""Passwords: what may be one, and how one is kept (argon2id)."""

import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import argon2
from zxcvbn import zxcvbn

SHORTEST = 12
LONGEST = 256
_LOOKED_AT = 24  # the estimator takes seconds for long runs of digits that could stand for letters
_EASY_GUESSES = 1e8
_EASY = "This password is easy to guess: it is common, repeats itself, or is made of your own name. Choose another."
_PATIENCE_SECONDS = 10.0


class TooBusyError(Exception):
    """More passwords wait to be checked than this machine can check in time."""


def normalized(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def objection(password: str, about: Sequence[str] = ()) -> str | None:
    """Why this cannot be a password, in a sentence; None when it can. `about` holds words known of its owner."""
    text = normalized(password)
    if len(text) < SHORTEST:
        return f"Use at least {SHORTEST} characters. A few unrelated words do well."
    if len(text) > LONGEST:
        return f"Use at most {LONGEST} characters."
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in text):
        return "Leave out control characters."
    if text.casefold() in {normalized(word).casefold() for word in about}:
        return _EASY
    if (
        zxcvbn(
            text[:_LOOKED_AT], user_inputs=[part for word in about for part in (word, "".join(word.split())) if part]
        )["guesses"]
        < _EASY_GUESSES
    ):
        return (
            "This password is easy to guess: it is common, repeats itself, or is made of your own name. Choose another."
        )
    return None


class PasswordHasher:
    """argon2id with a bound on how many run at once: each takes `memory_cost` KiB and a core to itself."""

    def __init__(self, *, time_cost: int = 3, memory_cost: int = 65536, parallelism: int = 1, at_once: int = 2) -> None:
        self._argon2 = argon2.PasswordHasher(time_cost=time_cost, memory_cost=memory_cost, parallelism=parallelism)
        self._turns = threading.BoundedSemaphore(at_once)
        self._nobodys = self._argon2.hash(b"a hash of the same cost for people who do not exist")

    def hash(self, password: str) -> str:
        """Raises TooBusyError."""
        with self._turn():
            return self._argon2.hash(normalized(password).encode("utf-8", "surrogatepass"))

    def verify(self, kept: str | None, password: str) -> bool:
        """Whether the password is the kept one. Nothing kept takes the same time and is false. Raises TooBusyError."""
        with self._turn():
            try:
                self._argon2.verify(kept or self._nobodys, normalized(password).encode("utf-8", "surrogatepass"))
            except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
                return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        return self._argon2.check_needs_rehash(kept)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=_PATIENCE_SECONDS):
            raise TooBusyError
        try:
            yield
        finally:
            self._turns.release()
