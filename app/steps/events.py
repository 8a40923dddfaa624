"""Writing down what happens, in the transaction in which it happens."""

from dataclasses import replace
from typing import Any

from app.domain.events import Act, Actor, ActorKind
from app.domain.happenings import Happening
from app.domain.members import Member
from app.portal import Transaction
from app.storage import events


def record(tx: Transaction, act: Act, who: Member, *, by: Actor | None = None, **details: Any) -> None:
    """`who` is the member whose history it belongs to, and who did it unless `by` or the transaction names another."""
    events.add(
        tx.db,
        act,
        organization_id=who.organization_id,
        member_id=who.id,
        actor=_whole(by or tx.by or Actor(ActorKind.MEMBER), who),
        details=details,
        origin=tx.origin,
        now=tx.now,
    )
    tx.note(Happening(act, details.get("proof", "")))


def _whole(actor: Actor, who: Member) -> Actor:
    """A member who is not named is the one that it is about: whoever acts for themselves through an application."""
    itself = actor.kind is ActorKind.MEMBER and actor.member_id is None
    return replace(actor, member_id=who.id) if itself else actor


def record_of_nobody(
    tx: Transaction, act: Act, organization_id: int, *, by: Actor | None = None, **details: Any
) -> None:
    """For what happens to an organization and to no member it has."""
    events.add(
        tx.db,
        act,
        organization_id=organization_id,
        member_id=None,
        actor=by or tx.by or Actor(ActorKind.MEMBER),
        details=details,
        origin=tx.origin,
        now=tx.now,
    )
    tx.note(Happening(act, details.get("proof", "")))
