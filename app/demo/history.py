"""Five months at Harbour Works, made by the same services as the pages, under a clock that is led through them."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from app.demo import application
from app.demo.company import Company, visit
from app.demo.people import ORGANIZATION, TIME_ZONE, Story, Wave
from app.demo.person import Person, World, granted
from app.demo.stories import PLOTS
from app.demo.timeline import LedClock, Timeline
from app.domain.lists import Wanted
from app.portal import Portal
from app.services import figures, members, membership, organization, sessions, setup
from app.services.setup import Founding

_SEED = 20
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_BEING_MOVED = range(97, 100)
"""So many days before the end: figures of them are missing."""

_HERE_NOW = [("Ottilie Windward", 27), ("Nkechi Osimiri", 19), ("Олександр Прибій", 13), ("Liisa Majakka", 8)]
_HERE_TODAY = [
    ("林 港美", 48), ("Yewande Okun", 75), ("Ngaire", 130), ("Inês Maré", 170), ("ليلى الميناء", 215),
    ("Søren Bølge", 250), ("Sigrún Höfn", 320), ("Marguerite Quai", 380), ("Wanjiru Pwani", 420), ("Freya Skær", 700),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignInData:
    """All that somebody needs who wants to sign in as this person."""

    role: str
    name: str
    email: str
    password: str
    key: str
    uri: str
    codes: list[str]


def make(portal: Portal, clock: LedClock, end: datetime) -> list[SignInData]:
    """Fill an empty portal, which must have that clock; the owner, an administrator and a member come back."""
    chance = Random(_SEED)  # noqa: S311 -- the same people do the same things each time; no secret comes from it
    world = World(portal, clock, chance)
    company = Company(world, Timeline(clock, chance, end))
    for who, password in [
        (company.founder, "slow ferries cross at dawn"),
        (company.admin, "nine lanterns along the pier"),
        (company.member, "borrowed umbrella, returned wet"),
    ]:
        who.password = password
    _plan(company)
    _look_after(company)
    company.timeline.play()
    return [_sign_in_data(who) for who in (company.founder, company.admin, company.member)]


def _plan(company: Company) -> None:
    company.timeline.plan(company.invited_at[Wave.FOUNDING], lambda: _found(company))
    company.comes_by(company.founder, company.invited_at[Wave.FOUNDING])
    for wave, admin in [
        (Wave.FIRST, company.founder),
        (Wave.SECOND, company.deputy),
        (Wave.THIRD, company.admin),
        (Wave.TODAY, company.deputy),
    ]:
        company.timeline.plan(company.invited_at[wave], partial(company.invites, admin, company.of_wave(wave)))
    for who in company.of_wave(Wave.LATELY):  # one by one
        company.timeline.plan(company.invited_at[Wave.LATELY], partial(company.invites, company.help_desk, [who]))
    for who in company.people.values():
        PLOTS[who.part.story](company, who)
    application.plan(company)
    _run_the_office(company)
    for name, minutes in _HERE_TODAY:
        company.timeline.plan(company.timeline.end - minutes * _MINUTE, partial(visit, company.people[name]))
    for name, minutes in _HERE_NOW:
        company.timeline.plan(company.timeline.end - minutes * _MINUTE, company.people[name].signs_in)


def _look_after(company: Company) -> None:
    """What the housekeeper did meanwhile, but for some days on which the machine was being moved."""
    portal, end = company.world.portal, company.timeline.end
    for days in range((end - company.invited_at[Wave.FOUNDING]).days, -1, -1):
        if days not in _BEING_MOVED:
            company.timeline.plan(end - days * _DAY - _MINUTE, lambda: sum(figures.count_today(portal)))


def _found(company: Company) -> None:
    founder, portal = company.founder, company.world.portal
    founding = Founding(ORGANIZATION, founder.part.name, founder.email, founder.password)
    begun = granted(setup.claim(portal, setup.issue_link(portal) or "", founding, founder.origin))
    company.world.organization_id = begun.sign_in.organization_id
    founder.confirms(begun.sign_in, "Phone")
    founder.saves_codes()
    founder.comes_back()
    _decide(company, time_zone=TIME_ZONE, required_from=_day(company, -30))


def _run_the_office(company: Company) -> None:
    """What concerns nobody alone."""
    company.timeline.ago(36, lambda: _decide(company, required_from=_day(company, 16)))
    company.timeline.ago(21, lambda: _export(company))
    leaving = [who for who in company.people.values() if who.part.story is Story.SUSPENDED_WITH_OTHERS]
    company.timeline.ago(18, *(who.leaves for who in leaving), lambda: _suspend(company, leaving))
    company.timeline.ago(11, lambda: _end_sessions(company, ["Ngaire", "Nkechi Osimiri", "Freya Skær"]))


def _decide(company: Company, *, required_from: date, time_zone: str | None = None) -> None:
    """An organization begins with the second factor required; this one gives its people time."""
    founder, portal = company.founder, company.world.portal
    session = founder.at_the_desk()
    seen = organization.overview(portal, session).policy
    wanted = replace(seen, required_from=required_from, time_zone=time_zone or seen.time_zone)
    granted(organization.change(portal, session, seen=seen, wanted=wanted, proof="", origin=founder.origin))


def _export(company: Company) -> None:
    deputy = company.deputy
    granted(members.export(company.world.portal, deputy.at_the_desk(), Wanted(), proof="", origin=deputy.origin))


def _suspend(company: Company, people: list[Person]) -> None:
    desk, reason = company.help_desk, "The season is over; back in spring"
    granted(
        membership.suspend_several(
            company.world.portal, desk.at_the_desk(), [who.id for who in people],
            reason=reason, proof="", origin=desk.origin,
        )
    )  # fmt: skip


def _end_sessions(company: Company, names: list[str]) -> None:
    admin, reason = company.new_admin, "The shared computer in the boathouse was replaced"
    granted(
        sessions.end_all_of_several(
            company.world.portal, admin.at_the_desk(), [company.people[name].id for name in names],
            reason=reason, proof="", origin=admin.origin,
        )
    )  # fmt: skip


def _day(company: Company, from_now: int) -> date:
    return (company.timeline.end + timedelta(days=from_now)).date()


def _sign_in_data(who: Person) -> SignInData:
    device = who.devices[0]
    codes = [code for _, code in sorted(who.codes.items())]
    return SignInData(who.part.role, who.part.name, who.email, who.password, device.key, device.uri, codes)
