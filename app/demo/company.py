"""Harbour Works as a whole: its people, when they were invited, and how they come and go."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from app.demo.people import CAST, FOUNDER, Part, Wave
from app.demo.person import Person, World, granted
from app.demo.timeline import Timeline
from app.domain.events import Origin
from app.domain.invitations import read_rows
from app.services import invitations

_OFFICE = [f"198.51.100.{number}" for number in range(10, 14)]
_BROWSERS = ["Firefox on Windows", "Chrome on Windows", "Edge on Windows", "Firefox on Linux", "Safari on macOS"]
_ON_THE_WAY = ["Safari on iPhone", "Chrome on Android", "Firefox on Android"]
_DEVICES = ["Phone", "Phone", "Work phone", "Pixel", "iPhone", "Aegis on the phone"]


Plot = Callable[["Company", Person], None]


@dataclass
class Company:
    world: World
    timeline: Timeline
    people: dict[str, Person] = field(default_factory=dict)
    invited_at: dict[Wave, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for part in CAST:
            self.people[part.name] = Person(self.world, part, self._home())
        for wave in Wave:
            self.invited_at[wave] = self.timeline.ago(wave.value)

    @property
    def founder(self) -> Person:
        return self.people[FOUNDER.name]

    @property
    def deputy(self) -> Person:
        """The second owner, after some days."""
        return self.people["Tomasz Latarnik"]

    @property
    def admin(self) -> Person:
        return self.people["Søren Bølge"]

    @property
    def help_desk(self) -> Person:
        """The administrator who helps most."""
        return self.people["Aiko Minato"]

    @property
    def new_admin(self) -> Person:
        return self.people["Giulia Faro"]

    @property
    def member(self) -> Person:
        return self.people["Inês Maré"]

    def of_wave(self, wave: Wave) -> list[Person]:
        return [who for who in self.people.values() if who.part.wave is wave]

    def invites(self, admin: Person, guests: list[Person]) -> None:
        pasted = "\n".join(_line(who.part) for who in guests)
        made = granted(
            invitations.invite(self.world.portal, admin.at_the_desk(), read_rows(pasted), proof="", origin=admin.origin)
        ).made
        links = {invitation.email: invitation for invitation in made}
        for who in guests:
            who.id, who.link = links[who.email].member, links[who.email].token

    def takes_up_at(self, who: Person) -> datetime:
        return self.invited_at[who.part.wave] + timedelta(hours=self.world.random.uniform(0.4, 20))

    def settles(self, who: Person, *, until: float = 1.5) -> None:
        """Takes up the invitation, enrols, and from then on comes by every two or three weeks."""
        joined, device = self.takes_up_at(who), self.world.random.choice(_DEVICES)
        self.timeline.plan(joined, lambda: who.arrives(device))
        self.comes_by(who, joined, until=until)

    def comes_by(self, who: Person, since: datetime, *, until: float = 1.5) -> None:
        every = self.world.random.uniform(10, 24)
        for moment in self.timeline.workdays(since, every=every, until=until):
            self.timeline.plan(moment, lambda: visit(who))

    def _home(self) -> Origin:
        chance: Random = self.world.random
        at_home = f"192.0.2.{chance.randint(2, 250)}"
        return Origin(chance.choice([*_OFFICE, at_home, at_home, at_home, at_home]), chance.choice(_BROWSERS))


def visit(who: Person) -> None:
    """As on any day: now and then from the road, with a slip of the finger, and with or without signing out."""
    chance = who.world.random
    if who.away:
        return
    home = who.origin
    if chance.random() < 0.15:  # noqa: PLR2004
        who.origin = Origin(f"203.0.113.{chance.randint(2, 250)}", _ON_THE_WAY[len(who.email) % len(_ON_THE_WAY)])
    if chance.random() < 0.06:  # noqa: PLR2004
        who.mistypes_password()
    if who.devices and chance.random() < 0.06:  # noqa: PLR2004
        who.mistypes_code()
    if who.devices:
        who.signs_in()
    else:
        who.postpones()
    if chance.random() < 0.4:  # noqa: PLR2004
        who.signs_out()
    who.origin = home


def _line(part: Part) -> str:
    return f"{part.name}, {part.email}, {part.role}"
