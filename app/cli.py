"""The operator's command line, over the same services as the pages."""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from app import config
from app.config import Settings, UnfitSettingsError
from app.domain.events import OPERATOR
from app.domain.passes import LONGEST, SHORTEST
from app.opening import create_keys, open_portal
from app.portal import UnavailableError
from app.services import checks, locks, passes, password_link
from app.steps.people import NoSuchMemberError
from app.storage.key_file import UnfitKeysError
from app.storage.migrations import UnfitDatabaseError

_UNFIT = os.EX_CONFIG
_INTERRUPTED = 128 + signal.SIGINT
_MINUTE = timedelta(minutes=1)


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit status: 0, 1 where it could not be done, 2 for a wrong call, 78 for unfit settings or keys."""
    parsed = _parser().parse_args(arguments)
    try:
        # The demo does not even read the settings of the real installation.
        run: Callable[[argparse.Namespace], int] = _demo if parsed.run is _demo else partial(parsed.run, config.load())
        return run(parsed)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except (UnfitSettingsError, UnfitKeysError, UnfitDatabaseError) as problem:
        return _fail(_UNFIT, *str(problem).splitlines())
    except UnavailableError as problem:
        return _fail(1, f"The database cannot be used: {problem}")
    except OSError as problem:
        return _fail(1, f"{problem.filename or 'Something'} cannot be used: {problem.strerror or problem}.")
    except NoSuchMemberError as problem:
        return _fail(1, str(problem))


def _serve(settings: Settings, _parsed: argparse.Namespace) -> int:
    from app.serve import serve  # noqa: PLC0415 -- the other commands do without a web server

    serve(settings)
    return 0


def _demo(parsed: argparse.Namespace) -> int:
    from app.demo import instance, sheet  # noqa: PLC0415 -- likewise
    from app.serve import serve  # noqa: PLC0415

    try:
        with instance.reserved(port=parsed.port) as settings:
            _say("Making the demo, which takes some seconds.")
            sys.stdout.flush()
            _say("", *sheet.lines(settings, instance.make_anew(settings)), "")
            serve(settings)
    except instance.UnfitDemoError as problem:
        return _fail(1, str(problem))
    return 0


def _check(settings: Settings, _parsed: argparse.Namespace) -> int:
    findings = checks.check(open_portal(settings, migrate=False))
    for finding in findings:
        _say(f"{'ok   ' if finding.good else 'wrong'}  {finding.about}: {finding.sentence}")
    return 0 if all(finding.good for finding in findings) else 1


def _keys_init(settings: Settings, _parsed: argparse.Namespace) -> int:
    path = create_keys(settings)
    _say(
        f"A new key ring is in {path}, readable by you alone.",
        "Keep a copy apart from the database and its backups: without it no code can be checked any more.",
    )
    return 0


def _pass(settings: Settings, parsed: argparse.Namespace) -> int:
    life = parsed.minutes * _MINUTE if parsed.minutes else settings.pass_minutes * _MINUTE
    made = passes.make(
        open_portal(settings, migrate=False),
        parsed.email,
        organization=parsed.organization,
        life=life,
        reason=parsed.reason,
        by=OPERATOR,
    )
    _say(
        f"A pass for {made.name}, good until {made.valid_until:%Y-%m-%d %H:%M} UTC and shown only here:",
        "",
        f"    {made.spelled}",
        "",
        f"After the password, it is typed at {settings.origin}/sign-in/pass. It opens nothing but setting up a new",
        "authenticator, and voids all older authenticators, codes and sessions once that is confirmed.",
    )
    return 0


def _password_link(settings: Settings, parsed: argparse.Namespace) -> int:
    made = password_link.make(
        open_portal(settings, migrate=False),
        parsed.email,
        organization=parsed.organization,
        reason=parsed.reason,
        by=OPERATOR,
    )
    _say(
        f"A link with which {made.name} sets a new password, once, until {made.valid_until:%Y-%m-%d %H:%M} UTC:",
        "",
        f"    {settings.origin}/password/{made.token}",
        "",
        "It signs nobody in and leaves the second factor as it is.",
    )
    return 0


def _unlock(settings: Settings, parsed: argparse.Namespace) -> int:
    unlocked = locks.unlock(
        open_portal(settings, migrate=False),
        parsed.email,
        organization=parsed.organization,
        reason=parsed.reason,
        by=OPERATOR,
    )
    was = f"was locked ({unlocked.lock})" if unlocked.lock else "was not locked"
    doors = f", and {unlocked.doors} closed door(s) are open again" if unlocked.doors else ""
    _say(f"{unlocked.name} {was}; the second factor is open now{doors}.")
    if unlocked.password_stopped:
        _say("The password stays stopped, since somebody else may know it: make a new one with `password-link`.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sparekey", description="A portal for the second factor.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    commands.add_parser("serve", help="migrate the database and serve the portal").set_defaults(run=_serve)
    demo = commands.add_parser("demo", help="serve an invented organization, apart from the real one")
    demo.add_argument("--port", type=int, default=8001, help="port to listen on (8001)")
    demo.set_defaults(run=_demo)
    commands.add_parser("check", help="check settings, keys, database, clock and proxies").set_defaults(run=_check)

    keys = commands.add_parser("keys", help="look after the key ring").add_subparsers(required=True, metavar="ACT")
    keys.add_parser("init", help="make a key ring where there is none").set_defaults(run=_keys_init)

    make_pass = _about_a_member(commands, "pass", _pass, "make a pass for a member without phone and codes")
    make_pass.add_argument("--minutes", type=_pass_minutes, help="how long it is good (10 to 1440)")
    _about_a_member(commands, "password-link", _password_link, "make a link that sets a member's password")
    _about_a_member(commands, "unlock", _unlock, "open a member's second factor, whatever closed it")
    return parser


def _about_a_member(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[Settings, argparse.Namespace], int],
    help_text: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text)
    command.add_argument("email", metavar="EMAIL", help="the member's address")
    command.add_argument("--organization", metavar="SLUG", help="needed where several organizations have the address")
    command.add_argument("--reason", type=_reason, default="at the command line", help="noted in the member's history")
    command.set_defaults(run=run)
    return command


def _pass_minutes(text: str) -> int:
    if not text.isdecimal() or not SHORTEST <= int(text[:9]) * _MINUTE <= LONGEST:
        raise argparse.ArgumentTypeError(
            f"{text} is not between {SHORTEST // _MINUTE} and {LONGEST // _MINUTE} minutes"
        )
    return int(text)


def _reason(text: str) -> str:
    cleaned = " ".join(text.split())
    if not 0 < len(cleaned) <= 300 or not cleaned.isprintable():  # noqa: PLR2004 -- as long as its column
        raise argparse.ArgumentTypeError("a reason is 1 to 300 printable characters")
    return cleaned


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _fail(status: int, *sentences: str) -> int:
    sys.stderr.write("".join(f"sparekey: {sentence}\n" for sentence in sentences))
    return status
