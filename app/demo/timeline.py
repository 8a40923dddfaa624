"""The time in which the history happens: a clock that is led through it, and what is planned for when."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

_SUNDAY = 6
_WORKDAYS_BEGIN, _WORKDAYS_END = 7, 18
_PLANNED_BY_THE_HOUR = 2.0


class LedClock:
    """Shows the moment that it was led to, and never goes back."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def lead_to(self, moment: datetime) -> None:
        self._now = max(self._now, moment)

    def wait(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


@dataclass
class Timeline:
    """What is planned happens in the order of its moments, whoever planned it, so that the log is in order too."""

    clock: LedClock
    random: Random
    end: datetime
    _plans: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)

    def plan(self, moment: datetime, *acts: Callable[[], object]) -> None:
        for act in acts:
            self._plans.append((moment, len(self._plans), act))

    def ago(self, days: float, *acts: Callable[[], object]) -> datetime:
        """So many days before the end: in the hours of work, unless it is so lately that the hour matters."""
        moment = self.at_work(days) if days >= _PLANNED_BY_THE_HOUR else self.end - timedelta(days=days)
        self.plan(moment, *acts)
        return moment

    def at_work(self, days: float) -> datetime:
        day = self.end - timedelta(days=days)
        hour = self.random.randrange(_WORKDAYS_BEGIN, _WORKDAYS_END)
        return day.replace(hour=hour, minute=self.random.randrange(60), second=self.random.randrange(60))

    def workdays(self, first: datetime, *, every: float, until: float) -> list[datetime]:
        """Moments about so many days apart, from the day after the first to so many days before the end."""
        moments, days = [], (self.end - first).total_seconds() / 86400 - 1
        while days > until:
            moment = self.at_work(days)
            if moment.weekday() < _SUNDAY - 1:
                moments.append(moment)
            days -= max(1.0, self.random.expovariate(1 / every))
        return [moment for moment in moments if moment > first]

    def play(self) -> None:
        for moment, _, act in sorted(self._plans, key=lambda plan: plan[:2]):
            self.clock.lead_to(moment)
            act()
