"""Events as lines: of a member's history, and of the organization's log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from markupsafe import Markup

from app.domain.events import NOWHERE, ActorKind, Event, Named
from app.web.event_words import OF_NO_MEMBER, history_sentence, is_warning, log_sentence


@dataclass(frozen=True, slots=True)
class HistoryLine:
    at: datetime
    sentence: str
    warning: bool
    browser: str
    address: str


def lines_of(events: Iterable[Event]) -> list[HistoryLine]:
    """For the member: from where somebody else acted is not theirs to see."""
    return [_line(one, history_sentence(one), hidden=one.by_another) for one in events]


def log_lines_of(events: Iterable[Event]) -> list[HistoryLine]:
    return [_line(one, log_sentence(one, _people(one)), hidden=False) for one in events]


def _line(event: Event, sentence: str, *, hidden: bool) -> HistoryLine:
    origin = NOWHERE if hidden else event.origin
    return HistoryLine(event.at, sentence, is_warning(event), origin.browser, origin.address)


def _people(event: Event) -> dict[str, Markup]:
    nobody = Markup("an address that nobody has") if event.about is None and event.by is None else Markup("somebody")
    project = event.project if event.actor_kind is ActorKind.PROJECT else ""
    of_no_member = Markup(OF_NO_MEMBER.get(event.actor_kind, "")) or Markup.escape(project)  # noqa: S704
    actor = of_no_member or _link(event.by, Markup("Somebody"))
    return {"who": _link(event.about, nobody), "actor": actor}


def _link(person: Named | None, otherwise: Markup) -> Markup:
    if person is None:
        return otherwise
    return Markup('<a href="{}">{}</a>').format(url_for("members.look", id=person.public_id), person.name)
