"""project create, list, rotate-secret, revoke-secret, permit, forbid, trust, distrust, admit, dismiss, remove; keys."""

import argparse
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from app.cli.commands import Run, name_of
from app.cli.says import fail, say
from app.config import Settings
from app.domain.projects import OVERLAP, OVERLAP_AT_MOST, Identifies, Permission, Project, read_id, read_web_origin
from app.domain.signing_keys import SIGNS_AFTER
from app.opening import open_portal
from app.services import project_upkeep, signing_keys
from app.services.attestation import UnfitKeyError, public_key_in
from app.steps.projects import Look, MadeSecret

if TYPE_CHECKING:
    from app.cli.commands import Commands

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_PROFILE_PREFIX = "trusted-token-profile-live-"
_TEXT_AT_MOST = 512
_CLAIM_AT_MOST = 64
_DIGITS_AT_MOST = 9


def add_to(commands: "Commands") -> None:
    acts = commands.add_parser("project", help="applications that look after the same people").add_subparsers(
        required=True, metavar="ACT"
    )
    create = acts.add_parser("create", help="make a project; prints its secret, once")
    create.add_argument("--name", type=name_of, required=True, help="what people read in their history")
    of = create.add_mutually_exclusive_group()
    of.add_argument("--organization", metavar="SLUG", help="needed where there are several")
    of.add_argument("--installation", action="store_true", help="for all organizations (Stytch B2B alone takes it)")
    create.add_argument(
        "--permission",
        action="append",
        default=[],
        type=Permission,
        choices=list(Permission),
        help="to receive, plant and remove secrets and recovery codes",
    )
    create.set_defaults(run=_create)
    listing = acts.add_parser("list", help="all projects, with their secrets and profiles")
    listing.add_argument("--json", action="store_true", help="for programs")
    listing.set_defaults(run=_list)
    _add_secrets(acts)
    _add_trust(acts)
    _add_origins(acts)
    _about(acts, "remove", _remove, "end a project with its secrets, profiles and sessions")
    rotate = _about(acts, "rotate-signing-key", _rotate_signing_key, "sign session tokens with a new key")
    rotate.add_argument(
        "--in", type=_minutes, default=SIGNS_AFTER, dest="after", metavar="MINUTES", help="until it signs (10)"
    )


def _add_secrets(acts: "Commands") -> None:
    rotate = _about(acts, "rotate-secret", _rotate_secret, "make another secret; prints it, once")
    rotate.add_argument(
        "--overlap-hours",
        type=_overlap,
        default=OVERLAP,
        dest="overlap",
        metavar="HOURS",
        help="so long the older ones work on (24)",
    )
    revoke = _about(acts, "revoke-secret", _revoke_secret, "end a secret at once")
    revoke.add_argument("secret", type=_uuid, metavar="SECRET", help="its id, as `project list` shows it")
    permit = _about(acts, "permit", _permit, "give a project a permission")
    permit.add_argument("permission", type=Permission, choices=list(Permission))
    forbid = _about(acts, "forbid", _forbid, "take a permission away")
    forbid.add_argument("permission", type=Permission, choices=list(Permission))


def _add_trust(acts: "Commands") -> None:
    trust = _about(acts, "trust", _trust, "take an identity provider's signed tokens for a first factor")
    trust.add_argument("--name", type=name_of, required=True)
    trust.add_argument("--issuer", type=_text, required=True, help="the token's iss")
    trust.add_argument("--audience", type=_text, required=True, help="one of the token's aud")
    trust.add_argument("--public-key", type=Path, required=True, metavar="FILE", help="in PEM")
    trust.add_argument("--claim", type=_claim, default="sub", help="which claim names the user (sub)")
    trust.add_argument(
        "--identifies",
        type=Identifies,
        choices=list(Identifies),
        default=Identifies.USER_ID,
        help="what the claim holds (user_id)",
    )
    trust.add_argument(
        "--makes-users",
        action="store_true",
        help="whoever is named by an external id that nobody has becomes a user",
    )
    distrust = _about(acts, "distrust", _distrust, "take no more tokens of a profile")
    distrust.add_argument("profile", type=_uuid, metavar="PROFILE", help="its id, as `project list` shows it")


def _add_origins(acts: "Commands") -> None:
    admit = _about(acts, "admit", _admit, "let browsers call from pages of an origin")
    admit.add_argument("origin", type=_origin, metavar="ORIGIN", help="as https://app.example.org")
    dismiss = _about(acts, "dismiss", _dismiss, "let browsers call from there no more")
    dismiss.add_argument("origin", type=_origin, metavar="ORIGIN")


def _about(acts: "Commands", name: str, run: Run, help_text: str) -> argparse.ArgumentParser:
    act = acts.add_parser(name, help=help_text)
    act.add_argument("project", type=_project, metavar="PROJECT", help="its id")
    act.set_defaults(run=run)
    return act


def _create(settings: Settings, parsed: argparse.Namespace) -> int:
    made = project_upkeep.create(
        open_portal(settings, migrate=False),
        name=parsed.name,
        organization=parsed.organization,
        installation=parsed.installation,
        permissions=frozenset(parsed.permission),
    )
    return _say_secret(made)


def _list(settings: Settings, parsed: argparse.Namespace) -> int:
    found = project_upkeep.all_of_them(open_portal(settings, migrate=False))
    if parsed.json:
        say(json.dumps([_told(one) for one in found], indent=2))
        return 0
    for one in found:
        may = ", ".join(sorted(one.project.permissions)) or "no permissions"
        say(f"{one.project.spelled_id}  {one.project.name}  {one.organization or 'all organizations'}  {may}")
        for secret in one.secrets:
            ends = f", ends {_at(secret.expires_at)}" if secret.expires_at else ""
            used = f"used {_at(secret.last_used_at)}" if secret.last_used_at else "never used"
            say(f"  secret {secret.public_id}  ...{secret.hint}  made {_at(secret.made_at)}, {used}{ends}")
        for profile in one.profiles:
            makes = "  makes users" if profile.makes_users else ""
            say(f"  profile {_PROFILE_PREFIX}{profile.public_id}  {profile.name}  {profile.issuer}{makes}")
        for origin in one.origins:
            say(f"  origin {origin}")
    return 0


def _rotate_secret(settings: Settings, parsed: argparse.Namespace) -> int:
    portal = open_portal(settings, migrate=False)
    return _say_secret(project_upkeep.rotate_secret(portal, parsed.project, overlap=parsed.overlap))


def _revoke_secret(settings: Settings, parsed: argparse.Namespace) -> int:
    project = project_upkeep.revoke_secret(open_portal(settings, migrate=False), parsed.project, parsed.secret)
    say(f"The secret opens nothing of {project.name} any more.")
    return 0


def _permit(settings: Settings, parsed: argparse.Namespace) -> int:
    portal = open_portal(settings, migrate=False)
    project = project_upkeep.permit(portal, parsed.project, parsed.permission, given=True)
    say(f"{project.name} has {parsed.permission} from now on.")
    return 0


def _forbid(settings: Settings, parsed: argparse.Namespace) -> int:
    portal = open_portal(settings, migrate=False)
    project = project_upkeep.permit(portal, parsed.project, parsed.permission, given=False)
    say(f"{project.name} has {parsed.permission} no more.")
    return 0


def _trust(settings: Settings, parsed: argparse.Namespace) -> int:
    try:
        public_key = public_key_in(parsed.public_key.read_text("ascii"))
    except (UnfitKeyError, UnicodeDecodeError) as problem:
        why = problem if isinstance(problem, UnfitKeyError) else "it is not a public key in PEM"
        return fail(1, f"{parsed.public_key} cannot be used: {why}.")
    if parsed.makes_users and parsed.identifies is not Identifies.EXTERNAL_ID:
        return fail(1, "Users are made by an external id alone: add --identifies external_id.")
    profile = project_upkeep.trust(
        open_portal(settings, migrate=False),
        parsed.project,
        name=parsed.name,
        issuer=parsed.issuer,
        audience=parsed.audience,
        claim=parsed.claim,
        identifies=parsed.identifies,
        public_key=public_key,
        makes_users=parsed.makes_users,
    )
    say(json.dumps({"profile_id": f"{_PROFILE_PREFIX}{profile.public_id}"}, indent=2))
    return 0


def _distrust(settings: Settings, parsed: argparse.Namespace) -> int:
    project = project_upkeep.distrust(open_portal(settings, migrate=False), parsed.project, parsed.profile)
    say(f"{project.name} takes no more tokens of this profile.")
    return 0


def _admit(settings: Settings, parsed: argparse.Namespace) -> int:
    project = project_upkeep.admit(open_portal(settings, migrate=False), parsed.project, parsed.origin)
    say(f"Browsers may call {project.name} from pages of {parsed.origin}.")
    return 0


def _dismiss(settings: Settings, parsed: argparse.Namespace) -> int:
    project = project_upkeep.dismiss(open_portal(settings, migrate=False), parsed.project, parsed.origin)
    say(f"Browsers call {project.name} from pages of {parsed.origin} no more.")
    return 0


def _remove(settings: Settings, parsed: argparse.Namespace) -> int:
    project, ended = project_upkeep.remove(open_portal(settings, migrate=False), parsed.project)
    say(f"{project.name} is gone, and {ended} session{'' if ended == 1 else 's'} of its users ended.")
    return 0


def _rotate_signing_key(settings: Settings, parsed: argparse.Namespace) -> int:
    rotated = signing_keys.rotate(open_portal(settings, migrate=False), parsed.project, parsed.after)
    say(f"{rotated.kid} is published now, and signs session tokens from {_at(rotated.signs_from)} on.")
    return 0


def _say_secret(made: MadeSecret) -> int:
    say(json.dumps({**_ids(made.project), "secret": made.secret}, indent=2))
    return 0


def _ids(project: Project) -> dict[str, str]:
    return {
        "project_id": project.spelled_id,
        "public_token": project.public_token,
        "environment_id": str(project.environment_id),
    }


def _told(one: Look) -> dict[str, object]:
    return {
        **_ids(one.project),
        "name": one.project.name,
        "organization": one.organization or None,
        "permissions": sorted(one.project.permissions),
        "secrets": [
            {
                "id": str(secret.public_id),
                "ends_in": secret.hint,
                "made_at": secret.made_at.isoformat(),
                "expires_at": secret.expires_at.isoformat() if secret.expires_at else None,
                "last_used_at": secret.last_used_at.isoformat() if secret.last_used_at else None,
            }
            for secret in one.secrets
        ],
        "origins": one.origins,
        "profiles": [
            {
                "profile_id": f"{_PROFILE_PREFIX}{profile.public_id}",
                "name": profile.name,
                "issuer": profile.issuer,
                "makes_users": profile.makes_users,
            }
            for profile in one.profiles
        ],
    }


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _project(text: str) -> UUID:
    if (found := read_id(text)) is None:
        raise argparse.ArgumentTypeError(f"{text} is not the id of a project")
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text.removeprefix(_PROFILE_PREFIX))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not an id") from None


def _origin(text: str) -> str:
    if (found := read_web_origin(text)) is None:
        raise argparse.ArgumentTypeError(
            f"{text} is no origin: write https://, a name and perhaps a port; http:// only for localhost or 127.x.x.x"
        )
    return found


def _text(text: str) -> str:
    if not 0 < len(text) <= _TEXT_AT_MOST or not text.isprintable():
        raise argparse.ArgumentTypeError(f"write 1 to {_TEXT_AT_MOST} printable characters")
    return text


def _claim(text: str) -> str:
    if not 0 < len(text) <= _CLAIM_AT_MOST or not text.isprintable():
        raise argparse.ArgumentTypeError(f"write 1 to {_CLAIM_AT_MOST} printable characters")
    return text


def _overlap(text: str) -> timedelta:
    if not text.isdecimal() or len(text) > _DIGITS_AT_MOST or int(text) * _HOUR > OVERLAP_AT_MOST:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and {OVERLAP_AT_MOST // _HOUR} hours")
    return int(text) * _HOUR


def _minutes(text: str) -> timedelta:
    if not text.isdecimal() or len(text) > _DIGITS_AT_MOST or int(text) > 43200:  # noqa: PLR2004 -- thirty days
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 43200 minutes")
    return int(text) * _MINUTE
