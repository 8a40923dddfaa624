"""The web application, as a table of contents."""

import secrets
from pathlib import Path
from typing import Any

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from app.http import front, requests
from app.http.requests import Application
from app.portal import Portal
from app.web import access, cookies, current, errors, gate, headers, signing, template_context
from app.web.account.routes import pages as account
from app.web.api_docs.routes import blueprint as api_docs
from app.web.appearance.routes import pages as appearance
from app.web.assets.routes import blueprint as assets
from app.web.assets.store import Store
from app.web.audit.routes import pages as audit
from app.web.authenticators.routes import pages as authenticators
from app.web.enrolment.routes import pages as enrolment
from app.web.health.routes import pages as health
from app.web.history.routes import pages as history
from app.web.icons import Icons
from app.web.invitations.routes import pages as invitations
from app.web.members.routes import pages as members
from app.web.organization.routes import pages as organization
from app.web.password_link.routes import pages as password_link
from app.web.projects.routes import pages as projects
from app.web.recovery_codes.routes import pages as recovery_codes
from app.web.sessions.routes import pages as sessions
from app.web.setup.routes import pages as setup
from app.web.sign_in.routes import pages as sign_in
from app.web.template_context import ICONS
from app.web.welcome.routes import pages as welcome

_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_LARGEST_BODY = 64 * 1024


def build(portal: Portal, description: dict[str, Any]) -> Flask:
    """`description` is of the APIs, for the pages that show it to people."""
    app = Application("sparekey", template_folder=_TEMPLATES, static_folder=None)
    _configure(app, portal)
    icons = Icons(_TEMPLATES)
    store = Store(made={ICONS: icons.sprite})
    requests.install(app)
    headers.install(app)
    errors.install(app)
    template_context.install(app, store, icons)
    gate.install(app)
    _sign_in_machinery(app)
    for pages in (
        account,
        api_docs(description),
        appearance,
        assets(store),
        audit,
        authenticators,
        enrolment,
        health,
        history,
        invitations,
        members,
        organization,
        password_link,
        projects,
        recovery_codes,
        sessions,
        setup,
        sign_in,
        welcome,
    ):
        app.register_blueprint(pages)
    access.compare(app)
    return app


def _configure(app: Flask, portal: Portal) -> None:
    app.config.update(
        cookies.configuration(portal.settings),
        MAX_CONTENT_LENGTH=_LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=_LARGEST_BODY,
        MAX_FORM_PARTS=100,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # the token and the origin say enough; not every browser sends a referrer
        # With the name left as it is, a `remember_token` cookie from elsewhere would keep Flask-Login from asking us.
        REMEMBER_COOKIE_NAME=secrets.token_hex(),
    )
    signing.install(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    current.install(app, portal)
    front.install(app, portal.settings, errors.strange_host(portal.settings))


def _sign_in_machinery(app: Flask) -> None:
    # Not through init_app, which would add the remember cookie's bookkeeping to every reply, files included.
    manager = LoginManager()
    manager.session_protection = None
    manager.request_loader(current.load_signed_in)
    app.login_manager = manager  # type: ignore[attr-defined]
    CSRFProtect(app)
