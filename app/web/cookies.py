"""The cookies: what each is for, how long it lives, and its name."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from flask import Response, current_app, request

from app.config import Settings
from app.domain.passes import LONGEST, SETUP_LINK_LIFE
from app.domain.sessions import KNOWN_BROWSER_LIFE


class Cookie(StrEnum):
    SESSION = "session"
    SIGN_IN = "sign-in"
    BROWSER = "browser"
    PASS = "pass"
    SETUP = "setup"
    PASSWORD_LINK = "password-link"
    INVITATION = "invitation"
    SEED = "seed"
    THEME = "theme"


_LIVES = {
    Cookie.BROWSER: KNOWN_BROWSER_LIFE,
    Cookie.PASS: LONGEST,
    Cookie.SETUP: SETUP_LINK_LIFE,
    Cookie.PASSWORD_LINK: timedelta(hours=1),
    Cookie.INVITATION: timedelta(hours=1),
    Cookie.THEME: timedelta(days=400),
}
"""The others end with the browser's own session; what they name ends on the server."""

_NAMES = "SPAREKEY_COOKIE_NAME"
_SECURE = "SPAREKEY_COOKIE_SECURE"


@dataclass(slots=True)
class Held:
    """What this reply changes: a value to hold, or None to drop one."""

    changes: dict[Cookie, str | None] = field(default_factory=dict)


def configuration(settings: Settings) -> dict[str, object]:
    """For Flask's own cookie, and for `name_of`.

    Over https all names begin with __Host-, which no other host and no plain http can set. Browsers refuse that on
    plain http, which is for loopback alone; there the name ends in the port, since cookies take no notice of ports.
    """
    names = "__Host-sparekey-{}" if settings.secure else f"sparekey-{{}}-{settings.port}"
    return {
        _NAMES: names,
        _SECURE: settings.secure,
        "SESSION_COOKIE_NAME": names.format(Cookie.SEED),
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
    }


def name_of(cookie: Cookie) -> str:
    name: str = current_app.config[_NAMES].format(cookie)
    return name


def read(cookie: Cookie) -> str | None:
    return request.cookies.get(name_of(cookie))


def apply(held: Held, response: Response) -> Response:
    for cookie, value in held.changes.items():
        life = _LIVES.get(cookie)
        response.set_cookie(
            name_of(cookie),
            value or "",
            max_age=0 if value is None else life,
            secure=current_app.config[_SECURE],
            httponly=True,
            samesite="Lax",
            path="/",
        )
    return response
