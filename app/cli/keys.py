"""keys: looking after the key ring."""

import argparse
import json
import time
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.cli.says import fail, say
from app.config import Settings
from app.domain.keyring import KeyRing, KeyWaitingError
from app.opening import create_keys, key_file_of, open_portal
from app.portal import Portal
from app.services import keys, signing_keys
from app.services.keys import Batch, Kept, Key, Rotated, State, WhyKept

if TYPE_CHECKING:
    from app.cli.commands import Commands

_A_YEAR = 365 * 24 * 60
_AT_ONCE = 50
_MOST_AT_ONCE = 1000
_BREATH_SECONDS = 0.01  # between batches, in which whoever waits to write gets the turn
_NAMED_AT_MOST = 20
_DIGITS_AT_MOST = 12
_COLUMNS = ("key", "state", "added", "authenticators", "enrolments", "codes sealed", "codes indexed", "without copy",
            "passes", "members")  # fmt: skip


def add_to(commands: "Commands") -> None:
    acts = commands.add_parser("keys", help="look after the key ring").add_subparsers(required=True, metavar="ACT")
    acts.add_parser("init", help="make a key ring where there is none").set_defaults(run=_init)
    listing = acts.add_parser(
        "list",
        help="show each key, and what depends on it",
        description="Show each key, and how many values depend on it: authenticators, enrolments and recovery codes "
        "sealed with it, codes that are found by it, those of them without a sealed copy (which no other key can ever "
        "check), open passes, and the members these belong to.",
    )
    listing.add_argument("--json", action="store_true", help="for programs")
    listing.set_defaults(run=_list)
    rotate = acts.add_parser("rotate", help="add a key, which everything new is sealed with from a moment on")
    rotate.add_argument(
        "--in", dest="minutes", type=_minutes, help="how many minutes until then, so that every node has it (1)"
    )
    rotate.set_defaults(run=_rotate)
    reseal = acts.add_parser("reseal", help="seal with the current key what is sealed with older ones")
    reseal.add_argument("--batch", type=_batch, default=_AT_ONCE, help=f"how many members at once ({_AT_ONCE})")
    reseal.set_defaults(run=_reseal)
    retire = acts.add_parser("retire", help="take a key out that nothing depends on")
    retire.add_argument("key", type=_key_id, metavar="ID", help="see `sparekey keys list`")
    retire.add_argument(
        "--void-codes", action="store_true", help="make codes and passes void that nothing but this key can check"
    )
    retire.set_defaults(run=_retire)


def _init(settings: Settings, _parsed: argparse.Namespace) -> int:
    path = create_keys(settings)
    say(
        f"A new key ring is in {path}, readable by you alone.",
        "Keep a copy apart from the database and its backups: without it no code can be checked any more.",
    )
    return 0


def _list(settings: Settings, parsed: argparse.Namespace) -> int:
    found = keys.standing(open_portal(settings, migrate=False))
    if parsed.json:
        say(json.dumps([_as_json(key) for key in found], indent=2))
        return 0
    rows = [_COLUMNS, *(_row(key) for key in found)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_COLUMNS))]
    say(*("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows))
    return 0


def _row(key: Key) -> tuple[str, ...]:
    uses = key.uses
    counts = (uses.authenticators, uses.enrolments, uses.sealed_codes, uses.indexed_codes, uses.only_index, uses.passes,
              uses.members)  # fmt: skip
    state = f"next, from {_said(key.since)}" if key.since else str(key.state)
    if key.state is State.RETIRED:
        state = "retired, to be taken out"
    added = f"{key.added_at:%Y-%m-%d}" if key.added_at else "unknown"
    return (str(key.id), state, added, *map(str, counts))


def _as_json(key: Key) -> dict[str, object]:
    return {
        "id": key.id,
        "state": key.state,
        "from": key.since.isoformat() if key.since else None,
        "added": key.added_at.isoformat() if key.added_at else None,
        **asdict(key.uses),
    }


def _rotate(settings: Settings, parsed: argparse.Namespace) -> int:
    if settings.keys and parsed.minutes is None:
        return fail(
            2,
            "The key ring comes from KEYS. Say with --in how many minutes it may take until every process has been "
            "started with the new ring, generously: 1440 is a day.",
        )
    portal = open_portal(settings, migrate=False)
    try:
        rotated = keys.rotate(portal, timedelta(minutes=parsed.minutes or 1))
    except KeyWaitingError:
        waiting = portal.keys.next
        until = f"{waiting.id} waits until {_said(waiting.since)}" if waiting else "was added a moment ago"
        return fail(1, f"Key {until}. Only one can wait at a time: rotate again after that.")
    say(*(_rotated_in_file(settings, rotated) if rotated.written else _rotated_in_keys(rotated)))
    return 0


def _rotated_in_file(settings: Settings, rotated: Rotated) -> list[str]:
    since = _said(rotated.next.since)
    return [
        f"Key {rotated.next.id} is in {key_file_of(settings)}. Everything new is sealed with it from {since} on.",
        "Running processes take it up by themselves. What is left to do:",
        f"  1. Copy the file to every other node before {since}, and to where you keep your copy of the keys.",
        "  2. After that: sparekey keys reseal",
    ]


def _rotated_in_keys(rotated: Rotated) -> list[str]:
    since = _said(rotated.next.since)
    return [
        "The key ring comes from KEYS, where nothing can be written from here: nothing has changed yet.",
        "Put this in its place:",
        "",
        rotated.ring.to_json(indent=None).strip(),
        "",
        f"With it, everything new is sealed with key {rotated.next.id} from {since} on. What is left to do:",
        f"  1. Put it into KEYS on every node, and start every process again, before {since}.",
        "     Where that is not done in time, forget this ring and rotate again.",
        "  2. Keep a copy of it apart from the database.",
        "  3. After that: sparekey keys reseal",
    ]


def _reseal(settings: Settings, parsed: argparse.Namespace) -> int:
    portal = open_portal(settings, migrate=False)
    signing = signing_keys.reseal(portal)
    last, members, values, broken_values = 0, 0, signing.keys, signing.broken
    broken = ["a project's signing key"] * signing.broken
    while done := keys.reseal(portal, after=last, batch=parsed.batch):
        last, members, values = done.last, members + done.members, values + done.values
        broken, broken_values = broken + done.broken, broken_values + done.broken_values
        say(_progress(done, values, members))
        time.sleep(_BREATH_SECONDS)
    ring = portal.keys
    say(f"All that opens is sealed with key {ring.current} now." if values or broken else _nothing_to_do(ring))
    if not broken:
        return 0
    more = [f"and {len(broken) - _NAMED_AT_MOST} more"] if len(broken) > _NAMED_AT_MOST else []
    return fail(
        1,
        f"{_many(broken_values, 'value')} could not be opened, and nothing of that was touched. Whose they are: "
        + ", ".join([*broken[:_NAMED_AT_MOST], *more]),
        "Somebody or something altered them in the database. Make each of these people a pass, with which they enrol "
        "anew, or let them make new recovery codes (for a project: `sparekey project rotate-signing-key`, twice); then "
        "reseal again.",
    )


def _progress(done: Batch, values: int, members: int) -> str:
    broken = f"; {done.broken_values} could not be opened" if done.broken else ""
    return f"{_many(values, 'value')} of {_many(members, 'member')}{broken}"


def _nothing_to_do(ring: KeyRing) -> str:
    waiting = f" Key {ring.next.id} waits until {_said(ring.next.since)}: reseal after that." if ring.next else ""
    return f"There is nothing to do: everything is sealed with key {ring.current}.{waiting}"


def _retire(settings: Settings, parsed: argparse.Namespace) -> int:
    portal = open_portal(settings, migrate=False)
    kept = keys.why_kept(portal, parsed.key)
    if kept and kept.why is WhyKept.INDEXED and parsed.void_codes:
        _void(portal, parsed.key)
        kept = None
    outcome = kept or keys.retire(portal, parsed.key)
    if isinstance(outcome, Kept):
        return fail(1, *_why(parsed.key, outcome))
    if settings.keys:
        say(
            f"Key {parsed.key} is retired: nothing depends on it, and nobody seals with it any more.",
            "The key ring comes from KEYS, where nothing can be written from here. Put this in its place in time:",
            "",
            outcome.to_json(indent=None).strip(),
        )
        return 0
    say(
        f"Key {parsed.key} is retired, and taken out of {key_file_of(settings)}.",
        "Copy the file to every other node. Keep the old copy for as long as you keep backups from before.",
    )
    return 0


def _void(portal: Portal, key_id: int) -> None:
    last, sets, passes = 0, 0, 0
    while voided := keys.void_without_copies(portal, key_id, after=last, batch=_AT_ONCE):
        last, sets, passes = voided.last, sets + voided.sets, passes + voided.passes
        time.sleep(_BREATH_SECONDS)
    codes = f"{_many(sets, 'set')} of recovery codes and {_many(passes, 'pass', 'passes')}"
    say(f"Void now: {codes}. The members see it in their history.")


def _why(key_id: int, kept: Kept) -> list[str]:
    uses = kept.uses
    needed = f"Key {key_id} is still needed by {_many(uses.members, 'member')}"
    if kept.why is WhyKept.SEALED:
        secrets = f"{_many(uses.authenticators, 'authenticator')}, {_many(uses.enrolments, 'enrolment')}"
        secrets += f", {_many(uses.signing_keys, 'signing key')}" if uses.signing_keys else ""
        return [
            f"{needed}, for what is sealed with it: {secrets}, {_many(uses.sealed_codes, 'recovery code')}.",
            "Run `sparekey keys reseal` first. What that cannot open keeps the key here until it is gone.",
        ]
    if kept.why is WhyKept.INDEXED:
        counted = (
            (uses.only_index, "recovery code", "recovery codes"),
            (uses.passes, "pass", "passes"),
            (uses.staged_codes, "code of an application's enrolment", "codes of applications' enrolments"),
        )
        codes = " and ".join(_many(number, one, several) for number, one, several in counted if number)
        way_out = "they are void, and their members see it in their history and make new codes"
        return [
            f"{needed}, through an index whose code is erased: no other key can check {codes}.",
            f"Wait until they have made new codes and their passes have run out. Or add --void-codes: then {way_out}.",
        ]
    return [
        {
            WhyKept.UNKNOWN: f"There is no key {key_id} to retire. See `sparekey keys list`.",
            WhyKept.CURRENT: f"Key {key_id} is the current one. Rotate first, and reseal when the new key is in use.",
            WhyKept.NEXT: f"Key {key_id} is the next one, and not in use yet.",
        }[kept.why]
    ]


def _many(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def _said(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"


def _minutes(text: str) -> int:
    if not text.isdecimal() or len(text) > _DIGITS_AT_MOST or not 1 <= int(text) <= _A_YEAR:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and {_A_YEAR} minutes")
    return int(text)


def _batch(text: str) -> int:
    if not text.isdecimal() or len(text) > _DIGITS_AT_MOST or not 1 <= int(text) <= _MOST_AT_ONCE:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and {_MOST_AT_ONCE} members")
    return int(text)


def _key_id(text: str) -> int:
    if not text.isdecimal() or len(text) > _DIGITS_AT_MOST or not 1 <= int(text) < 2**31:
        raise argparse.ArgumentTypeError(f"{text} is not the id of a key")
    return int(text)
