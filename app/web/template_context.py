"""What every template may use besides what its view hands it."""

from dataclasses import dataclass
from functools import partial

from flask import Flask, g, request
from markupsafe import Markup

from app.domain.rights import administers
from app.services.visitors import Visitor
from app.web import current
from app.web.appearance.themes import chosen
from app.web.assets.store import Store
from app.web.icons import Icons
from app.web.moments import clock, day, day_and_clock, moment

ICONS = "icons.svg"
_GROUP = 4


@dataclass(frozen=True, slots=True)
class VisitorView:
    name: str
    email: str | None
    organization: str
    administers: bool
    must: str


@dataclass(frozen=True, slots=True)
class CurrentView:
    visitor: VisitorView | None
    organization: str
    theme: str
    path: str
    request_id: str


def install(app: Flask, store: Store, icons: Icons) -> None:
    icon = partial(icons.markup, address=store.address_of(ICONS))
    app.jinja_env.globals.update(asset=store.address_of, icon=icon)
    app.jinja_env.filters.update(moment=moment, day=day, clock=clock, day_and_clock=day_and_clock, groups=groups)
    app.context_processor(lambda: {"current": _current()})


def groups(code: str) -> Markup:
    """A code or key in groups of four, each of which stays together on its line."""
    symbols = code.replace("-", "")
    parts = (symbols[start : start + _GROUP] for start in range(0, len(symbols), _GROUP))
    return Markup(" ").join(Markup('<span class="group">{}</span>').format(part) for part in parts)


def _current() -> CurrentView:
    member = current.member()
    return CurrentView(
        visitor=_view(member) if member else None,
        organization=current.organization_name(),
        theme=chosen(),
        path=request.path,
        request_id=g.get("request_id", ""),
    )


def _view(member: Visitor) -> VisitorView:
    return VisitorView(member.name, member.email, member.organization.name, administers(member.role), member.must)
