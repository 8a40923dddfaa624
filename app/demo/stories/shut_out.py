"""How people are shut out, or nearly so, and helped."""

from datetime import timedelta
from functools import partial

from app.demo.company import Company, Plot
from app.demo.people import Story
from app.demo.person import Person
from app.demo.stories.own_devices import never_back
from app.domain.events import OPERATOR, Origin
from app.services import account, locks, passes, password_link, sessions

_SOMEBODY_ELSE = Origin("203.0.113.66", "Chrome on Windows")
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_LOCKS = 10  # wrong codes in a row


def _locked_now(company: Company, who: Person) -> None:
    """For the second time in a row, so that the lock holds for two hours."""
    company.settles(who)
    company.timeline.ago(3.2 / 24, lambda: _fails(who))
    company.timeline.ago(0.4 / 24, lambda: _fails(who))


def _locked_and_helped(company: Company, who: Person) -> None:
    company.settles(who)
    locked = company.timeline.ago(15, lambda: _fails(who, who.origin))
    company.timeline.plan(
        locked + _HOUR / 4,
        lambda: company.help_desk.does(
            locks.open_for, who, "Typed the codes of the old phone; called from the next desk"
        ),
    )


def _locked_by_admin(company: Company, who: Person) -> None:
    company.settles(who, until=6)
    company.timeline.ago(
        5,
        who.leaves,
        lambda: company.admin.does(locks.lock, who, "Bag stolen on the ferry, with phone and notebook"),
    )


def _panicked(company: Company, who: Person) -> None:
    company.settles(who)
    company.timeline.ago(
        1.2,
        lambda: account.panic(who.world.portal, who.signs_in(), who.origin),
        who.leaves,
    )


def _password_guessed(company: Company, who: Person) -> None:
    """A hundred wrong ones in a row, each from another network: only known browsers are let in now."""
    never_back(company, who)
    for number in range(100):
        place = Origin(f"2001:db8:{number:x}:1::17", "curl")
        moment = company.timeline.end - 77 * _DAY + number * _HOUR / 3
        company.timeline.plan(moment, partial(who.mistypes_password, place))


def _password_stopped(company: Company, who: Person) -> None:
    company.settles(who, until=13)
    _is_attacked(company, who, 12)


def _door_closed(company: Company, who: Person) -> None:
    """They get the new password too, and go on until the door is closed."""
    company.settles(who, until=20)
    _is_attacked(company, who, 19)
    _gets_link(company, who, 17, "The old password was in somebody else's hands", by=company.deputy)
    for hours in (30, 40, 58):  # each time when the lock is over, which doubles
        company.timeline.plan(company.timeline.end - 17 * _DAY + hours * _HOUR, lambda: _fails(who))


def _pass_used(company: Company, who: Person) -> None:
    def makes() -> None:
        made = company.help_desk.does(
            passes.make_for, who, "Phone in the dock basin, codes at the old flat", life=_HOUR
        )
        who.link = made.made.spelled

    company.settles(who)
    made = company.timeline.ago(27, makes)
    company.timeline.plan(made + _HOUR / 4, lambda: who.uses_pass(who.link, "New phone"))


def _pass_open(company: Company, who: Person) -> None:
    """Good for a whole day, so that it is still open to whoever looks around slowly."""
    company.settles(who)
    company.timeline.ago(
        0.7 / 24,
        who.leaves,
        lambda: company.help_desk.does(
            passes.make_for, who, "Lost phone and codes on the same trip; known by voice and badge", life=_DAY
        ),
    )


def _pass_run_out(company: Company, who: Person) -> None:
    company.settles(who)
    company.timeline.ago(
        20, lambda: company.admin.does(passes.make_for, who, "Thought the phone was gone; it was not", life=_HOUR)
    )


def _pass_by_operator(company: Company, who: Person) -> None:
    def makes() -> None:
        reason = "Nobody else was on duty"
        made = passes.make(who.world.portal, who.email, organization=None, life=_HOUR, reason=reason, by=OPERATOR)
        who.link = made.spelled

    company.settles(who)
    made = company.timeline.ago(49, makes)
    company.timeline.plan(made + _HOUR / 3, lambda: who.uses_pass(who.link, "Phone"))


def _link_used(company: Company, who: Person) -> None:
    company.settles(who)
    _gets_link(company, who, 55, "Forgot it over a long leave", by=company.deputy)


def _link_open(company: Company, who: Person) -> None:
    company.settles(who)
    company.timeline.ago(
        2.6 / 24,
        who.leaves,
        lambda: company.new_admin.does(password_link.make_for, who, "Forgot the password; spoke to her at the quay"),
    )


def _link_by_operator(company: Company, who: Person) -> None:
    def makes() -> None:
        reason = "Asked for by telephone"
        who.link = password_link.make(who.world.portal, who.email, organization=None, reason=reason, by=OPERATOR).token

    company.settles(who)
    made = company.timeline.ago(36, makes)
    company.timeline.plan(made + _HOUR, lambda: who.uses_link(who.link))


def _sessions_ended(company: Company, who: Person) -> None:
    company.settles(who)
    company.timeline.ago(
        6, lambda: company.new_admin.does(sessions.end_all_of, who, "Left the laptop open at the ticket counter")
    )


def _fails(who: Person, origin: Origin = _SOMEBODY_ELSE) -> None:
    who.mistypes_code(_LOCKS, origin)


def _is_attacked(company: Company, who: Person, days: float) -> None:
    """By somebody who has the password, and comes back when the lock is over, until that password opens nothing."""
    first = company.timeline.ago(days, who.leaves, lambda: _fails(who))
    company.timeline.plan(first + 1.3 * _HOUR, lambda: _fails(who))
    company.timeline.plan(first + 4 * _HOUR, lambda: _fails(who))


def _gets_link(company: Company, who: Person, days: float, reason: str, *, by: Person) -> None:
    def makes() -> None:
        who.link = by.does(password_link.make_for, who, reason).made.token

    made = company.timeline.ago(days, makes)
    company.timeline.plan(made + _HOUR / 2, lambda: who.uses_link(who.link))


PLOTS: dict[Story, Plot] = {
    Story.LOCKED_NOW: _locked_now,
    Story.LOCKED_AND_HELPED: _locked_and_helped,
    Story.LOCKED_BY_ADMIN: _locked_by_admin,
    Story.PANICKED: _panicked,
    Story.PASSWORD_GUESSED: _password_guessed,
    Story.PASSWORD_STOPPED: _password_stopped,
    Story.DOOR_CLOSED: _door_closed,
    Story.PASS_USED: _pass_used,
    Story.PASS_OPEN: _pass_open,
    Story.PASS_RUN_OUT: _pass_run_out,
    Story.PASS_BY_OPERATOR: _pass_by_operator,
    Story.LINK_USED: _link_used,
    Story.LINK_OPEN: _link_open,
    Story.LINK_BY_OPERATOR: _link_by_operator,
    Story.SESSIONS_ENDED: _sessions_ended,
}
