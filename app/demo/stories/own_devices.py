"""What people do at their own devices."""

from collections.abc import Callable
from functools import partial

from app.demo.company import Company, Plot
from app.demo.people import Story
from app.demo.person import Person
from app.domain.events import Origin
from app.domain.sessions import Session
from app.services import account

_CODES = 10


def _steady(company: Company, who: Person) -> None:
    company.settles(who)


def _two_devices(company: Company, who: Person) -> None:
    company.settles(who)
    company.timeline.ago(who.part.wave.value * 0.6, lambda: _adds(who, "Tablet at home"))


def _five_devices(company: Company, who: Person) -> None:
    company.settles(who)
    for days, name in ((80, "Tablet"), (62, "Work laptop"), (44, "Spare phone, in the drawer"), (21, "Watch")):
        company.timeline.ago(days, partial(_adds, who, name))


def _new_phone(company: Company, who: Person) -> None:
    company.settles(who)
    company.timeline.ago(58, lambda: _replaces(who, who.at_the_desk))


def _lost_phone(company: Company, who: Person) -> None:
    company.settles(who)
    company.timeline.ago(70, lambda: _replaces(who, lambda: who.signs_in(with_code=True)))


def _new_codes(company: Company, who: Person) -> None:
    company.settles(who)
    company.timeline.ago(66, lambda: who.signs_in(with_code=True), who.makes_new_codes, who.saves_codes)


def _new_codes_not_saved(company: Company, who: Person) -> None:
    company.settles(who)
    company.timeline.ago(4, who.makes_new_codes)


def _codes_not_saved(company: Company, who: Person) -> None:
    joined = company.takes_up_at(who)
    company.timeline.plan(joined, lambda: who.confirms(who.takes_up_invitation(), "Phone"))
    company.comes_by(who, joined)


def _two_codes_left(company: Company, who: Person) -> None:
    _spends(company, who, left=2)


def _one_code_left(company: Company, who: Person) -> None:
    _spends(company, who, left=1)


def _no_code_left(company: Company, who: Person) -> None:
    _spends(company, who, left=0)


def _no_authenticator(company: Company, who: Person) -> None:
    joined = company.takes_up_at(who)
    company.timeline.plan(joined, who.takes_up_invitation)
    company.comes_by(who, joined)


def _code_never_right(company: Company, who: Person) -> None:
    def tries() -> None:
        begun = who.takes_up_invitation()
        for _ in range(4):
            who.types_wrong_enrolment_code(begun)
        who.leaves()

    company.timeline.plan(company.takes_up_at(who), tries)


def _authenticator_removed(company: Company, who: Person) -> None:
    company.settles(who)
    company.timeline.ago(24, who.removes_authenticator)


def _from_unknown_browser(company: Company, who: Person) -> None:
    def enrols_elsewhere() -> None:
        who.origin = Origin("203.0.113.201", "Chrome on Android")
        who.enrols(who.types_password(), "Phone")
        who.saves_codes()

    joined = company.takes_up_at(who)
    company.timeline.plan(joined, who.takes_up_invitation)
    company.comes_by(who, joined)
    company.timeline.ago(9, enrols_elsewhere)


def never_back(company: Company, who: Person) -> None:
    company.timeline.plan(company.takes_up_at(who), who.arrives, who.leaves)


def _renames_themselves(company: Company, who: Person) -> None:
    def renames() -> None:
        account.rename(who.world.portal, who.at_the_desk(), name="Zofia Fala-Morska", origin=who.origin)

    company.settles(who)
    company.timeline.ago(13, renames)


def _spends(company: Company, who: Person, *, left: int) -> None:
    """Signs in with one code after the other, as somebody whose phone stays in the locker."""
    company.settles(who)
    since, count = who.part.wave.value * 0.8, _CODES - left
    for number in range(count):
        company.timeline.ago(since - number * (since - 3) / count, lambda: who.signs_in(with_code=True))


def _adds(who: Person, device: str) -> None:
    who.enrols(who.at_the_desk(), device)


def _replaces(who: Person, comes_in: Callable[[], Session]) -> None:
    session = comes_in()
    who.enrols(session, "New phone", replaces=who.devices[0].name)


PLOTS: dict[Story, Plot] = {
    Story.STEADY: _steady,
    Story.TWO_DEVICES: _two_devices,
    Story.FIVE_DEVICES: _five_devices,
    Story.NEW_PHONE: _new_phone,
    Story.LOST_PHONE: _lost_phone,
    Story.NEW_CODES: _new_codes,
    Story.NEW_CODES_NOT_SAVED: _new_codes_not_saved,
    Story.CODES_NOT_SAVED: _codes_not_saved,
    Story.TWO_CODES_LEFT: _two_codes_left,
    Story.ONE_CODE_LEFT: _one_code_left,
    Story.NO_CODE_LEFT: _no_code_left,
    Story.NO_AUTHENTICATOR: _no_authenticator,
    Story.CODE_NEVER_RIGHT: _code_never_right,
    Story.AUTHENTICATOR_REMOVED: _authenticator_removed,
    Story.FROM_UNKNOWN_BROWSER: _from_unknown_browser,
    Story.NEVER_BACK: never_back,
    Story.RENAMES_THEMSELVES: _renames_themselves,
}
