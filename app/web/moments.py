"""Times as people read them, with the exact one in the markup. Zones are the organization's, and are named."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from markupsafe import Markup

from app.web import current

_JUST_NOW = timedelta(seconds=45)
_STEPS = (
    (timedelta(minutes=60), timedelta(minutes=1), "minute"),
    (timedelta(hours=24), timedelta(hours=1), "hour"),
    (timedelta(days=14), timedelta(days=1), "day"),
)


def moment(when: datetime) -> Markup:
    """`3 minutes ago`, and the date alone once that is weeks ago."""
    ago = current.portal().clock.now() - when
    return _marked(when, _relative(ago) or _date(_local(when)))


def day(when: datetime) -> Markup:
    return _marked(when, _date(_local(when)))


def clock(when: datetime) -> Markup:
    return _marked(when, f"{_local(when):%H:%M %Z}")


def day_and_clock(when: datetime) -> Markup:
    return _marked(when, date_and_time(when))


def date_and_time(when: datetime) -> str:
    """In full and without markup, for sentences."""
    local = _local(when)
    return f"{_date(local)}, {local:%H:%M %Z}"


def in_words(length: timedelta) -> str:
    """A wait, rounded up: `about 4 minutes`."""
    minutes = -(-int(length.total_seconds()) // 60)
    if minutes <= 1:
        return "a minute"
    if minutes < 120:  # noqa: PLR2004 -- two hours are better said in hours
        return f"{minutes} minutes"
    hours = -(-minutes // 60)
    return f"{hours} hours" if hours < 48 else f"{-(-hours // 24)} days"  # noqa: PLR2004


def _relative(ago: timedelta) -> str | None:
    if ago < _JUST_NOW:
        return "just now"
    for below, unit, name in _STEPS:
        if ago < below:
            count = max(1, ago // unit)
            return f"{count} {name}{'' if count == 1 else 's'} ago"
    return None


def _date(local: datetime) -> str:
    return f"{local.day} {local:%B %Y}"


def _local(when: datetime) -> datetime:
    return when.astimezone(_zone())


def _zone() -> tzinfo:
    visitor = current.member() or current.arriving()
    name = visitor.organization.time_zone if visitor else "UTC"
    return UTC if name == "UTC" else ZoneInfo(name)


def _marked(when: datetime, words: str) -> Markup:
    exact = date_and_time(when)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", exact, words
    )
