"""What is counted for monitoring. It names nobody: no member, no address, no path but the rule of a route."""

import os
from collections.abc import Sequence

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

from app.counting import FOLDER
from app.domain.attempts import LockReason
from app.domain.events import Act
from app.domain.happenings import Happening
from app.domain.refusals import Why
from app.domain.sessions import Proof

_METHODS = {"GET", "POST", "HEAD"}
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_RIGHT = "right"
_SIGN_INS = {
    Act.SIGNED_IN_WITHOUT_SECOND_FACTOR: "password_alone",
    Act.PASS_USED: "pass",
    Act.PASSWORD_REFUSED: "wrong_password",
    Act.CODE_REFUSED: "wrong_code",
    Act.CODE_REPLAYED: "used_code",
}
_LOCKS = {
    Act.LOCKED: LockReason.ATTEMPTS.value,
    Act.LOCKED_BY_ADMIN: LockReason.ADMIN.value,
    Act.PANICKED: LockReason.PANIC.value,
    Act.DOOR_CLOSED: "door_closed",
    Act.PASSWORD_STOPPED: "password_stopped",
}
_PASSES = {Act.PASS_USED: _RIGHT, Act.PASS_REFUSED: "wrong"}
_PASSWORDS = (_RIGHT, Why.WRONG_PASSWORD, Why.WAIT, Why.UNKNOWN_BROWSER, Why.NOT_YOUR_PASSWORD)


class Counters:
    """The observer of a portal."""

    def __init__(self) -> None:
        self._acts = _counter("acts", "What the log has written down, by act.", "act")
        self._sign_ins = _counter("sign_ins", "Sign-ins, by what they came to.", "outcome")
        self._passwords = _counter("passwords", "Passwords typed, by what came of it.", "outcome")
        self._factors = _counter(
            "factor_checks", "Codes and passes typed, by kind and what came of it.", "kind", "outcome"
        )
        self._locks = _counter("locks", "What was locked, by reason.", "reason")
        self._requests = _counter("requests", "Requests, by route, method and status.", "route", "method", "status")
        self._seconds = Histogram(
            "sparekey_request_seconds", "How long requests took.", ["route", "method"], buckets=_SECONDS, registry=None
        )
        self._begin_at_nought()

    def happened(self, happenings: Sequence[Happening]) -> None:
        for one in happenings:
            if isinstance(one.what, Act):
                self._count_act(one.what, one.outcome)
            elif one.what is Proof.PASSWORD:
                self._passwords.labels(one.outcome).inc()
            else:
                self._factors.labels(one.what or "none", one.outcome).inc()

    def answered(self, *, method: str, rule: str | None, status: int, seconds: float) -> None:
        known = method if method in _METHODS else "other"  # anybody can send any word as one
        self._requests.labels(rule or "none", known, str(status)).inc()
        self._seconds.labels(rule or "none", known).observe(seconds)

    def _count_act(self, act: Act, proof: str) -> None:
        self._acts.labels(act).inc()
        if act is Act.SIGNED_IN:
            self._sign_ins.labels(proof).inc()
        elif act in _SIGN_INS:
            self._sign_ins.labels(_SIGN_INS[act]).inc()
        if act in _LOCKS:
            self._locks.labels(_LOCKS[act]).inc()
        if act in _PASSES:
            self._factors.labels(Proof.PASS, _PASSES[act]).inc()

    def _begin_at_nought(self) -> None:
        """So that a first one is an increase, which is what alerts look for."""
        for act in Act:
            self._acts.labels(act)
        for outcome in (Proof.TOTP, Proof.RECOVERY_CODE, *_SIGN_INS.values()):
            self._sign_ins.labels(outcome)
        for outcome in _PASSWORDS:
            self._passwords.labels(outcome)
        for kind in (Proof.TOTP, Proof.RECOVERY_CODE):
            for outcome in (_RIGHT, Why.WRONG_CODE, Why.USED_CODE):
                self._factors.labels(kind, outcome)
        for reason in _LOCKS.values():
            self._locks.labels(reason)


class ChoreCounter:
    """What the housekeeper tells of its chores."""

    def __init__(self) -> None:
        self._chores = _counter("chores", "Chores of the housekeeper, by what came of them.", "chore", "outcome")

    def __call__(self, chore: str, outcome: str) -> None:
        self._chores.labels(chore, outcome).inc()


def counted() -> CollectorRegistry:
    """What all processes of this server have counted, those too that are no more."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=os.environ[FOLDER])  # type: ignore[no-untyped-call]
    return registry


def _counter(name: str, words: str, *labels: str) -> Counter:
    return Counter(f"sparekey_{name}", words, labels, registry=None)
