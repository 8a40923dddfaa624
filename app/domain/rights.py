"""Who may act on whom, and who may give which role."""

from app.domain.lists import Line
from app.domain.members import Member, Role

_RANK = {Role.MEMBER: 0, Role.ADMIN: 1, Role.OWNER: 2}


def administers(role: Role) -> bool:
    return role is not Role.MEMBER


def may_act_on(actor: Member, who: Member | Line) -> bool:
    """Nobody acts on a role like their own or above; owners act on owners, but nobody on themselves."""
    if actor.id == who.id or not administers(actor.role):
        return False
    return actor.role is Role.OWNER or _RANK[who.role] < _RANK[actor.role]


def grantable(role: Role) -> list[Role]:
    """The roles that somebody of this role may give: those below, and for owners their own; lowest first."""
    return [other for other in Role if _RANK[other] < _RANK[role] or other is role is Role.OWNER][::-1]
