"""An application of the organization, where its people show the same codes: so that its traces can be seen."""

from dataclasses import dataclass, field
from datetime import timedelta

from app.demo.company import Company
from app.demo.person import Person, granted
from app.domain.application_sessions import Wish
from app.domain.events import Origin
from app.domain.projects import Permission, Project
from app.services import project_upkeep, totps, user_codes

_NAME = "Berth booking"
_SERVER = Origin("192.0.2.80", "An unknown browser")
_WEEK = timedelta(days=7)


@dataclass
class _Booking:
    company: Company
    projects: list[Project] = field(default_factory=list)

    @property
    def project(self) -> Project:
        return self.projects[0]

    def opens(self) -> None:
        made = project_upkeep.create(
            self.company.world.portal,
            name=_NAME,
            organization=None,
            installation=False,
            permissions=frozenset({Permission.FACTOR_SECRETS}),
        )
        self.projects.append(made.project)

    def asks(self, who: Person) -> None:
        """For a code, and lets them in for a week."""
        portal, wish = self.company.world.portal, Wish(life=_WEEK)
        granted(totps.authenticate(portal, self.project, who.id, who.shown(), wish=wish, origin=_SERVER))

    def reads_codes(self, who: Person) -> None:
        granted(user_codes.read(self.company.world.portal, self.project, who.id, origin=_SERVER))


def plan(company: Company) -> None:
    booking, member = _Booking(company), company.member
    company.timeline.ago(24, booking.opens)
    company.timeline.ago(9, lambda: booking.asks(member), lambda: booking.reads_codes(member))
    company.timeline.ago(2, lambda: booking.asks(member))
