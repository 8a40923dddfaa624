"""What the operator wants to know before trusting an installation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.portal import Portal, UnavailableError
from app.storage import backup_marks, diagnosis, sealed_values

_TOLERATED = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Finding:
    about: str
    good: bool
    sentence: str


def check(portal: Portal) -> list[Finding]:
    """Everything that can be looked at from here. A portal that opened has keys that fit its database."""
    found = [
        Finding("settings", good=True, sentence=f"the portal is reached at {portal.settings.origin}"),
        _keys(portal),
        _database(portal),
        _durability(portal),
        _connections(portal),
        _clock(portal),
        _proxies(portal),
    ]
    return [finding for finding in found if finding]


def _keys(portal: Portal) -> Finding:
    with portal.reading() as tx:
        ring = tx.keys.ring
        older = [key_id for key_id in ring.keys if key_id != ring.current]
        left = sum(sealed_values.uses_of(tx.db, key_id, tx.now).resealable for key_id in older)
    said = [f"key {ring.current} is in use", "all keys in the database fit the ring"]
    if ring.next:
        said.append(f"key {ring.next.id} waits until {_said(ring.next.since)}, and should be on every node by then")
    if left:
        said.append(f"under older keys: {left} (run `sparekey keys reseal`)")
    return Finding("keys", good=True, sentence="; ".join(said))


def _database(portal: Portal) -> Finding:
    with portal.reading() as tx:
        kind, broken = diagnosis.kind_of(tx.db), diagnosis.integrity_problem(tx.db)
        taken_at = backup_marks.find(tx.db)
    if broken:
        return Finding("database", good=False, sentence=f"{kind} reports damage: {broken}")
    if unwritable := _unwritable(portal):
        return Finding("database", good=False, sentence=f"{kind} answers, but cannot be written: {unwritable}")
    if taken_at:
        sentence = f"it came out of a backup of {_said(taken_at)}: run `sparekey restore-finish` before serving it"
        return Finding("database", good=False, sentence=sentence)
    return Finding("database", good=True, sentence=f"{kind} answers and is whole")


def _unwritable(portal: Portal) -> str | None:
    """Found out by writing what is there already."""
    try:
        with portal.writing() as tx:
            diagnosis.write_nothing_new(tx.db)
    except UnavailableError as problem:
        return str(problem)
    return None


def _durability(portal: Portal) -> Finding | None:
    """A code that was spent must stay so when the power goes."""
    if portal.settings.on_sqlite:
        return None
    with portal.reading() as tx:
        unsafe = diagnosis.unsafe_settings(tx.db)
    if unsafe:
        sentence = f"PostgreSQL runs with {', '.join(unsafe)} off: a code that was spent could come back after a crash"
        return Finding("durability", good=False, sentence=sentence)
    return Finding("durability", good=True, sentence="PostgreSQL says that something is kept once it is")


def _connections(portal: Portal) -> Finding | None:
    settings = portal.settings
    with portal.reading() as tx:
        server = diagnosis.connections(tx.db)
    if server is None:
        return None
    wanted = settings.workers * (settings.threads + 2)
    sentence = (
        f"this node may open {wanted} of the server's {server.most}, of which {server.now} are open now, "
        f"{server.ours} by Sparekey"
    )
    good = wanted + max(0, server.now - server.ours) <= server.most
    return Finding("connections", good=good, sentence=sentence if good else f"{sentence}: too few for this node")


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
