"""What administrators decide about people: roles, names, addresses, who is in, and who is no more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.demo.company import Company, Plot
from app.demo.people import Story
from app.demo.person import Person
from app.domain.members import Role
from app.services import invitations, membership

_HOUR = timedelta(hours=1)


def _becomes_owner(company: Company, who: Person) -> None:
    company.settles(who)
    _by(company.founder, 140, membership.change_role, "Stands in for me from now on", role=Role.OWNER)(company, who)


def _becomes_admin(company: Company, who: Person) -> None:
    company.settles(who)
    _by(company.deputy, 88, membership.change_role, "Looks after the ferry crews", role=Role.ADMIN)(company, who)


def _no_admin_any_more(company: Company, who: Person) -> None:
    company.settles(who)
    _by(company.founder, 52, membership.change_role, "Moved on to the dry dock", role=Role.MEMBER)(company, who)


def _renamed(company: Company, who: Person) -> None:
    company.settles(who)
    _by(company.help_desk, 30, membership.rename, "Married", name="Samuel Driftwood-Shore")(company, who)


def _new_address(company: Company, who: Person) -> None:
    """So lately that nobody can make a pass or a link for them yet."""
    company.settles(who)
    _moves(company, who, 3, "arjun.bandargah@example.org", "Moved over to our own addresses")


def _other_address(company: Company, who: Person) -> None:
    company.settles(who)
    _moves(company, who, 60, "maialen.itsaso@example.org", "Moved over to our own addresses")


def _suspended(company: Company, who: Person) -> None:
    company.settles(who, until=34)
    company.timeline.ago(34, who.leaves)
    _by(company.admin, 33, membership.suspend, "On leave for half a year")(company, who)


def _suspended_with_others(company: Company, who: Person) -> None:
    """By one act on both; see `history.py`."""
    company.settles(who, until=19)


def _reactivated(company: Company, who: Person) -> None:
    company.settles(who)
    company.timeline.ago(41, who.leaves)
    _by(company.admin, 40, membership.suspend, "Contract ends today")(company, who)
    _by(company.deputy, 36, membership.reactivate, "Contract was renewed")(company, who)
    company.timeline.ago(35, who.comes_back)


def _removed(company: Company, who: Person) -> None:
    days = 25 if who.part.name < "H" else 44
    company.settles(who, until=days + 1)
    company.timeline.ago(days + 1, who.leaves)
    _by(company.help_desk, days, membership.remove, "Has left the company")(company, who)


def _removed_before(company: Company, who: Person) -> None:
    company.timeline.plan(
        company.invited_at[who.part.wave] + _HOUR / 4,
        lambda: company.admin.does(membership.remove, who, "A slip of the finger: nobody has this address"),
    )


def _invited_again(company: Company, who: Person) -> None:
    company.timeline.ago(
        0.21, lambda: company.help_desk.does(invitations.renew, who, "Was at sea when the first one came")
    )


def _revoked(company: Company, who: Person) -> None:
    company.timeline.plan(
        company.invited_at[who.part.wave] + 3 * _HOUR,
        lambda: company.help_desk.does(invitations.revoke, who, "Starts a month later than planned"),
    )


def _nothing_more(_company: Company, _who: Person) -> None:
    """The setup and the waves of invitations are told in `history.py`."""


def _by(admin: Person, days: float, act: Callable[..., Any], reason: str, **more: Any) -> Plot:
    """The plot of one act of an administrator."""

    def plot(company: Company, who: Person) -> None:
        company.timeline.ago(days, lambda: admin.does(act, who, reason, **more))

    return plot


def _moves(company: Company, who: Person, days: float, email: str, reason: str) -> None:
    def moves() -> None:
        company.help_desk.does(membership.change_email, who, reason, email=email)
        who.email = email

    company.timeline.ago(days, moves)


PLOTS: dict[Story, Plot] = {
    Story.BECOMES_OWNER: _becomes_owner,
    Story.BECOMES_ADMIN: _becomes_admin,
    Story.NO_ADMIN_ANY_MORE: _no_admin_any_more,
    Story.RENAMED: _renamed,
    Story.NEW_ADDRESS: _new_address,
    Story.OTHER_ADDRESS: _other_address,
    Story.SUSPENDED: _suspended,
    Story.SUSPENDED_WITH_OTHERS: _suspended_with_others,
    Story.REACTIVATED: _reactivated,
    Story.REMOVED: _removed,
    Story.REMOVED_BEFORE: _removed_before,
    Story.INVITED_AGAIN: _invited_again,
    Story.REVOKED: _revoked,
    Story.FOUNDS: _nothing_more,
    Story.INVITED: _nothing_more,
    Story.RUN_OUT: _nothing_more,
}
