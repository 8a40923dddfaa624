"""organization add, list, remove: several organizations on one installation."""

import argparse
from typing import TYPE_CHECKING

from app.cli.commands import name_of
from app.cli.says import fail, say
from app.config import Settings
from app.domain.organizations import time_zone_named
from app.domain.text import is_slug, slug_of
from app.opening import open_portal
from app.services import organizations

if TYPE_CHECKING:
    from app.cli.commands import Commands


def add_to(commands: "Commands") -> None:
    acts = commands.add_parser("organization", help="several organizations on one installation").add_subparsers(
        required=True, metavar="ACT"
    )
    add = acts.add_parser("add", help="make a further organization")
    add.add_argument("--name", type=name_of, required=True, help="its name, as its people read it")
    add.add_argument("--slug", type=_slug, help="its short name in addresses; made out of the name unless given")
    add.add_argument("--time-zone", type=_time_zone, default="UTC", metavar="ZONE", help="such as Europe/Berlin (UTC)")
    add.set_defaults(run=_add)
    remove = acts.add_parser(
        "remove",
        help="remove an organization with all its people, for good",
        description="Remove an organization for good, with its people, what they had, and its projects. Its log stays.",
    )
    remove.add_argument("slug", metavar="SLUG", help="its short name")
    remove.add_argument("--yes", action="store_true", help="do it; without this, say what is meant")
    remove.set_defaults(run=_remove)
    acts.add_parser("list", help="all organizations, with their sign-in addresses").set_defaults(run=_list)


def _add(settings: Settings, parsed: argparse.Namespace) -> int:
    slug = parsed.slug or slug_of(parsed.name)
    made = organizations.add(
        open_portal(settings, migrate=False), name=parsed.name, slug=slug, time_zone=parsed.time_zone
    )
    say(
        f"{made.name} is there. Its people sign in at {_address(settings, made.slug)}",
        f"Now give it an owner: sparekey create-owner --organization {made.slug} --name NAME --email EMAIL",
    )
    return 0


def _list(settings: Settings, _parsed: argparse.Namespace) -> int:
    for one, members in organizations.all_with_counts(open_portal(settings, migrate=False)):
        say(f"{one.slug}  {one.name}  {_counted(members, 'member')}  {_address(settings, one.slug)}")
    return 0


def _remove(settings: Settings, parsed: argparse.Namespace) -> int:
    portal = open_portal(settings, migrate=False)
    if not parsed.yes:
        found, people, projects = organizations.find(portal, parsed.slug)
        return fail(
            1,
            f"This would remove {found.name}, with {_counted(people, 'member')} and {_counted(projects, 'project')}, "
            "for good. To do it, add --yes.",
        )
    ended = organizations.remove(portal, parsed.slug)
    say(f"{parsed.slug} is removed, with {_counted(ended.people, 'member')} and {_counted(ended.projects, 'project')}.")
    return 0


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _address(settings: Settings, slug: str) -> str:
    return f"{settings.origin}/o/{slug}/sign-in"


def _slug(text: str) -> str:
    if not is_slug(text) or text.strip("-") != text:
        raise argparse.ArgumentTypeError(
            f"{text} is not 1 to 40 small letters, digits and hyphens, with no hyphen at either end"
        )
    return text


def _time_zone(text: str) -> str:
    if (zone := time_zone_named(text)) is None:
        raise argparse.ArgumentTypeError(f"{text} is no time zone; write it like Europe/Berlin")
    return zone
