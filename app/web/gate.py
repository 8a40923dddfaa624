"""The one gate that every request passes: default deny, before any view."""

from flask import Flask, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.members import Role
from app.domain.rights import administers
from app.services.visitors import Must
from app.web import current
from app.web.access import WITH_SESSION, Access, Who, access_to

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_LATE = "Sign in first. If you were signed in, your session has ended; what was not confirmed has not changed."


def install(app: Flask) -> None:
    app.before_request(_same_site)
    app.before_request(_a_form_without_doubled_fields)
    app.before_request(_may_pass)


def _same_site() -> None:
    """Besides the token in each form: browsers say where a request comes from, and ours come from ourselves."""
    if request.method == "GET":
        return
    sent = request.headers.get("Origin")
    if sent is not None and sent not in _our_origins():
        abort(403, "This request came from another site.")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403, "This request came from another site.")


def _our_origins() -> set[str]:
    """Whatever name it was reached by is one of ours, or the request had not come so far."""
    settings = current.portal().settings
    # Not the request's own scheme, which the proxy may not have passed on: a page over plain http is never ours then.
    scheme = "https" if settings.secure else request.scheme
    return {settings.origin, f"{scheme}://{request.host}"}


def _a_form_without_doubled_fields() -> None:
    if request.method == "POST" and request.mimetype not in _FORMS:
        abort(415)
    if request.files:
        abort(400, "No form here takes a file.")
    for values in (request.args, request.form):
        if any(len(given) > 1 for _, given in values.lists()):
            abort(400, "A field was sent twice.")


def _may_pass() -> Response | None:
    if request.url_rule is None:
        return None
    access = access_to(request.method, request.url_rule.rule)
    if access.who is Who.ANYONE:
        return None
    member = current.member()
    if member and access.who is not Who.ARRIVING:
        if member.must and member.must not in access.during:
            return redirect(_duty(member.must), 303)
        _has_the_role(member.role, access)
        return None
    if member:
        return redirect(url_for("account.overview"), 303)
    return _without_session(access)


def _has_the_role(role: Role, access: Access) -> None:
    if access.who is Who.ADMIN and not administers(role):
        abort(403, "This page is for those who administer your organization.")
    if access.who is Who.OWNER and role is not Role.OWNER:
        abort(403, "This is for owners of your organization.")


def _without_session(access: Access) -> Response | None:
    arriving = current.arriving()
    if arriving is None:
        with_session = access.who in WITH_SESSION
        if request.method != "GET" or not with_session:
            flash(_LATE, "info")
        next_path = request.full_path.rstrip("?") if request.method == "GET" and with_session else None
        return redirect(url_for("sign_in.password", next=next_path), 303)
    if access.who not in WITH_SESSION:
        return None
    return redirect(url_for("sign_in.code" if arriving.wants_code else "welcome.welcome"), 303)


def _duty(must: Must) -> str:
    return url_for("welcome.welcome" if must is Must.ENROL else "recovery_codes.state")
