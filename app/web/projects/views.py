"""Projects as their owners see them on pages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.projects import OVERLAP, SECRETS_AT_MOST, Permission, Project, Secret
from app.steps.projects import Look
from app.web.member_words import plural
from app.web.moments import date_and_time, in_words

_ALWAYS = "checks codes and looks after people"
_BESIDES = {Permission.FACTOR_SECRETS: "hands out, takes in and removes authenticator secrets and recovery codes"}

FULL = (
    f"This project has {SECRETS_AT_MOST} live secrets, which is as many as there can be. "
    "Revoke one that is no longer used."
)


@dataclass(frozen=True, slots=True)
class Ids:
    """What an application is told besides a secret; none of it opens anything."""

    project: str
    public_token: str
    environment: str


@dataclass(frozen=True, slots=True)
class ProjectLine:
    id: UUID
    name: str
    may: str
    secrets: str
    last_used_at: datetime | None
    made_at: datetime


def line_of(look: Look) -> ProjectLine:
    project = look.project
    return ProjectLine(
        id=project.public_id,
        name=project.name,
        may=may(project),
        secrets=plural(len(look.secrets), "live secret"),
        last_used_at=look.last_used_at,
        made_at=project.made_at,
    )


def ids_of(project: Project) -> Ids:
    return Ids(project.spelled_id, project.public_token, str(project.environment_id))


def may(project: Project) -> str:
    """What a project may do, in words."""
    words = [_ALWAYS, *(_BESIDES[one] for one in sorted(project.permissions))]
    sentence = ", and ".join(words)
    return f"{sentence[0].upper()}{sentence[1:]}"


def lacks_factor_secrets(project: Project) -> bool:
    return not project.may(Permission.FACTOR_SECRETS)


def effect_of_revocation(look: Look, secret: Secret) -> list[str]:
    """Those that are still good for a while are none to go on with: it is said when the last of them ends."""
    ends = [one.expires_at for one in look.secrets if one.id != secret.id]
    lasting, until = ends.count(None), max((end for end in ends if end is not None), default=None)
    if lasting:
        left = f"{plural(lasting, 'other secret')} of this project {'work' if lasting > 1 else 'works'} on."
    elif until:
        left = f"All others end by {date_and_time(until)}: without a new one the application is refused from then on."
    else:
        left = "It is the only one: the application is refused, whatever it asks for, until it has another."
    return ["It opens nothing from that moment on: an application that still uses it is refused.", left]


def effect_of_removal(look: Look) -> list[str]:
    several = len(look.secrets) > 1
    secrets = f"{len(look.secrets)} secrets open" if several else "secret opens"
    return [
        f"Its {secrets} nothing from this moment on: whatever the application asks for is refused."
        if look.secrets
        else "It has no live secret, so no application is cut off.",
        "Sessions of its users end.",
        "The people stay in this organization, with their authenticators and recovery codes.",
        "It does not come back: a new project has another id and other secrets. What happened stays in the log.",
    ]


def overlap() -> str:
    """How long older secrets work on once another is made."""
    return in_words(OVERLAP)
