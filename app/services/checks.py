"""What the operator wants to know before trusting an installation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.portal import Portal
from app.storage import diagnosis

_TOLERATED = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Finding:
    about: str
    good: bool
    sentence: str


def check(portal: Portal) -> list[Finding]:
    """Everything that can be looked at from here. A portal that opened has keys that fit its database."""
    return [
        Finding("settings", good=True, sentence=f"the portal is reached at {portal.settings.origin}"),
        Finding(
            "keys", good=True, sentence=f"key {portal.keys.current} is in use; all keys in the database fit the ring"
        ),
        _database(portal),
        _clock(portal),
        _proxies(portal),
    ]


def _database(portal: Portal) -> Finding:
    with portal.reading() as tx:
        kind, broken = diagnosis.kind_of(tx.db), diagnosis.integrity_problem(tx.db)
    if broken:
        return Finding("database", good=False, sentence=f"{kind} reports damage: {broken}")
    return Finding("database", good=True, sentence=f"{kind} answers and is whole")


def _clock(portal: Portal) -> Finding:
    """TOTP stands and falls with the clock; a server can only compare its own with those it can see."""
    with portal.reading() as tx:
        here, there, newest = tx.now, diagnosis.clock_of(tx.db), diagnosis.newest_event(tx.db)
    apart = abs(here - there) if there else timedelta(0)
    if apart > _TOLERATED:
        return Finding(
            "clock", good=False, sentence=f"this machine and the database are {apart.total_seconds():.0f} s apart"
        )
    if newest and newest - here > _TOLERATED:
        return Finding(
            "clock", good=False, sentence=f"it is {_said(here)} here, but the log has an event of {_said(newest)}"
        )
    return Finding("clock", good=True, sentence=f"it is {_said(here)} here; compare with a clock you trust")


def _proxies(portal: Portal) -> Finding:
    settings = portal.settings
    if settings.secure and settings.proxies == 0:
        return Finding(
            "proxies",
            good=False,
            sentence="PUBLIC_URL is https, but PROXIES is 0: every visitor seems to come from the proxy in front",
        )
    if not settings.secure and settings.proxies:
        return Finding(
            "proxies",
            good=False,
            sentence=f"PROXIES is {settings.proxies}, but nobody is in front: visitors could claim any address",
        )
    believed = f"the last {settings.proxies} of X-Forwarded-For" if settings.proxies else "the connection itself"
    return Finding("proxies", good=True, sentence=f"a visitor's address is read from {believed}")


def _said(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S} UTC"
