"""Taking an organization out: its people, what they had, and the projects that were its own."""

from dataclasses import dataclass

from app.domain.events import Act, Actor
from app.domain.organizations import Organization
from app.portal import Transaction
from app.steps import projects as project_steps
from app.steps.events import record_of_nobody
from app.storage import members, organization_endings, projects


@dataclass(frozen=True, slots=True)
class Ended:
    """How many there were."""

    people: int
    projects: int


def end(tx: Transaction, held: Organization, *, by: Actor) -> Ended:
    """For good; the organization must be held. Its log stays, and its short name is free for another."""
    members.hold_everybody(tx.db, held.id)  # whoever is at an act of theirs ends it first, and nobody begins another
    own = projects.all_live(tx.db, of=held.id)
    for project in own:
        project_steps.end(tx, project, by)
    people = organization_endings.end(tx.db, held.id, held.public_id, tx.now)
    record_of_nobody(tx, Act.ORGANIZATION_REMOVED, held.id, by=by, name=held.name, people=people)
    return Ended(people, len(own))
