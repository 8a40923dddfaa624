"""The request at hand: the portal it is for, who it comes from, and what its browser is to hold afterwards."""

from datetime import datetime
from typing import cast

from flask import g
from flask import session as flask_session
from flask_login import UserMixin, current_user

from app.domain.sessions import Session, SignIn
from app.http.current import install, origin, portal
from app.services import visitors
from app.services.visitors import Visitor
from app.steps.sessions import Opened, SessionEndedError
from app.web.cookies import Cookie, Held, read

__all__ = ["install", "origin", "portal"]  # of both doors; what follows is of pages alone

_TOKEN_AT_MOST = 64


class SignedIn(UserMixin):
    """Flask-Login's view of a visitor with a session."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def get_id(self) -> str:
        return str(self.visitor.member_id)


def load_signed_in(_request: object) -> SignedIn | None:
    """For Flask-Login: whoever holds the token of a live session."""
    token = read(Cookie.SESSION)
    visitor = visitors.with_session(portal(), token) if token else None
    return SignedIn(visitor) if visitor else None


def member() -> Visitor | None:
    """The visitor, if there is a session."""
    if "member" not in g:
        g.member = current_user.visitor if current_user.is_authenticated else None
    return cast("Visitor | None", g.member)


def arriving() -> Visitor | None:
    """The visitor, if there is a sign-in in progress."""
    if "arriving" not in g:
        token = read(Cookie.SIGN_IN)
        g.arriving = visitors.with_sign_in(portal(), token) if token else None
    return cast("Visitor | None", g.arriving)


def visitor() -> Visitor:
    """Whoever it is, on a route that lets only visitors pass."""
    found = member() or arriving()
    if found is None:
        raise SessionEndedError
    return found


def session() -> Session:
    held = visitor().session
    if held is None:
        raise SessionEndedError
    return held


def sign_in() -> SignIn:
    found = arriving()
    if found is None or found.sign_in is None:
        raise SessionEndedError
    return found.sign_in


def holder() -> Session | SignIn:
    """The session, or else the sign-in in progress."""
    found = member()
    return found.session if found and found.session else sign_in()


def now() -> datetime:
    return portal().clock.now()


def shell() -> str:
    """The layout for a page that people see both on their way in and when they are in."""
    return "layouts/signed_in.html" if member() else "layouts/signed_out.html"


def browser_token() -> str | None:
    return read(Cookie.BROWSER)


def hold(cookie: Cookie, value: str) -> None:
    """Let the browser hold the value from this reply on."""
    _held().changes[cookie] = value


def hold_link(cookie: Cookie, token: str) -> None:
    """The token of a link; what is too long to be one is left behind, and the page says that the link is no good."""
    hold(cookie, token if len(token) <= _TOKEN_AT_MOST else "")


def drop(cookie: Cookie) -> None:
    _held().changes[cookie] = None


def hold_session(token: str | None) -> None:
    """A session's new token, where an act gave it one. With the old token go the forms that were made for it."""
    if token:
        _rotate()
        hold(Cookie.SESSION, token)
        drop(Cookie.SIGN_IN)
        g.member, g.arriving = visitors.with_session(portal(), token), None


def hold_opened(opened: Opened) -> None:
    """A session that was just opened; the browser is known from now on where its token says so."""
    hold_session(opened.token)
    if opened.browser_token:
        hold(Cookie.BROWSER, opened.browser_token)


def hold_sign_in(token: str) -> None:
    _rotate()
    hold(Cookie.SIGN_IN, token)
    drop(Cookie.SESSION)


def leave() -> None:
    """Nobody is signed in, or coming in, at this browser any more."""
    _rotate()
    drop(Cookie.SESSION)
    drop(Cookie.SIGN_IN)
    g.member = g.arriving = None


def held() -> Held:
    return _held()


def ask_nobody() -> None:
    """For what is said when the database does not answer: as to somebody unknown, without looking anything up."""
    g.member = g.arriving = None
    g.organization_name = ""


def organization_name() -> str:
    """Of the visitor's organization, or of the only one."""
    if "organization_name" not in g:
        known = member() or arriving()
        only = known.organization if known else visitors.only_organization(portal())[0]
        g.organization_name = only.name if only else ""
    return str(g.organization_name)


def _held() -> Held:
    if "held" not in g:
        g.held = Held()
    return cast("Held", g.held)


def _rotate() -> None:
    """Begin a new seed for CSRF tokens, also for the forms of the page that this very reply may show."""
    flask_session.clear()
    g.pop("csrf_token", None)
