"""pass, password-link, unlock, create-owner, erase: what the operator does for, and to, a member."""

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING

from app.cli.commands import Run, email_of, name_of, reason
from app.cli.says import fail, say
from app.config import Settings
from app.domain.events import OPERATOR
from app.domain.passes import LONGEST, SHORTEST
from app.opening import is_new, open_portal
from app.services import erasing, locks, owners, passes, password_link

if TYPE_CHECKING:
    from app.cli.commands import Commands

_MINUTE = timedelta(minutes=1)


def add_to(commands: "Commands") -> None:
    make_pass = _about_a_member(commands, "pass", _pass, "make a pass for a member without phone and codes")
    make_pass.add_argument("--minutes", type=_pass_minutes, help="how long it is good (10 to 1440)")
    _about_a_member(commands, "password-link", _password_link, "make a link that sets a member's password")
    _about_a_member(commands, "unlock", _unlock, "open a member's second factor, whatever closed it")
    owner = commands.add_parser("create-owner", help="invite an owner, for an installation that nobody can get into")
    owner.add_argument("--name", type=name_of, required=True)
    owner.add_argument("--email", type=email_of, required=True)
    into = owner.add_mutually_exclusive_group()
    into.add_argument("--organization", metavar="SLUG", help="needed where there are several")
    into.add_argument("--organization-name", type=name_of, metavar="NAME", help="found the first one, with this name")
    owner.set_defaults(run=_create_owner)
    erase = commands.add_parser(
        "erase",
        help="erase what is known about a person, for good",
        description="Erase what is known about a person, for good; the log stays whole, about an erased person. "
        "Backups made before still hold the person.",
    )
    erase.add_argument("person", metavar="EMAIL", help="the address, or the id from the address of the member's page")
    erase.add_argument("--organization", metavar="SLUG", help="needed where several organizations have the address")
    erase.add_argument("--yes", action="store_true", help="do it; without this, say who is meant")
    erase.set_defaults(run=_erase)


def _about_a_member(
    commands: "Commands",
    name: str,
    run: Run,
    help_text: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text)
    command.add_argument("email", metavar="EMAIL", help="the member's address")
    command.add_argument("--organization", metavar="SLUG", help="needed where several organizations have the address")
    command.add_argument("--reason", type=reason, default="at the command line", help="noted in the member's history")
    command.set_defaults(run=run)
    return command


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
    say(
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
    say(
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
    say(f"{unlocked.name} {was}; the second factor is open now{doors}.")
    if unlocked.password_stopped:
        say("The password stays stopped, since somebody else may know it: make a new one with `password-link`.")
    return 0


def _create_owner(settings: Settings, parsed: argparse.Namespace) -> int:
    made = owners.create(
        open_portal(settings, migrate=is_new(settings)),
        name=parsed.name,
        email=parsed.email,
        organization=parsed.organization,
        founding=parsed.organization_name,
    )
    say(
        f"{made.name} was invited as an owner of {made.organization} before. The older link is void; this one works:"
        if made.again
        else f"{made.name} is an owner of {made.organization}, as soon as this link is used:",
        "",
        f"    {settings.origin}/invitations/{made.token}",
        "",
        f"It works once, until {made.valid_until:%Y-%m-%d %H:%M} UTC: whoever opens it chooses the password, sets up",
        "an authenticator and gets recovery codes.",
    )
    return 0


def _erase(settings: Settings, parsed: argparse.Namespace) -> int:
    portal = open_portal(settings, migrate=False)
    meant = erasing.look(portal, parsed.person, parsed.organization)
    if not parsed.yes:
        return fail(
            1,
            f"This would erase {meant.name} ({meant.email or 'without address'}), {meant.status} in "
            f"{meant.organization}, for good. To do it, add --yes.",
        )
    done = erasing.erase(portal, parsed.person, parsed.organization)
    if done.again:
        say(f"{done.public_id} was erased before. Traces of what was deleted were swept out again.")
    else:
        say(
            f"{meant.name} is erased: name, address, password, factors, sessions, and the network addresses and",
            "browsers in the log. What happened is still in the log, about and by an erased person.",
        )
    if not done.swept:
        return fail(
            1,
            "Somebody was reading or writing for too long, so traces of what was deleted are still in the file. "
            f"Sweep them out later: sparekey erase {done.public_id} --yes",
        )
    say(
        "Backups and copies made before still hold the person, and so may reasons that others wrote about others.",
        *(f"  a copy: {copy}" for copy in done.copies),
    )
    return 0


def _pass_minutes(text: str) -> int:
    if not text.isdecimal() or not SHORTEST <= int(text[:9]) * _MINUTE <= LONGEST:
        raise argparse.ArgumentTypeError(
            f"{text} is not between {SHORTEST // _MINUTE} and {LONGEST // _MINUTE} minutes"
        )
    return int(text)
