"""Every route: who may use it, and how fresh the proof of who they are must be. What is not listed is not served."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from flask import Flask

from app.services.visitors import Must


class Who(StrEnum):
    ANYONE = "anyone"
    ARRIVING = "somebody with a sign-in in progress"
    ENROLLING = "somebody with a sign-in in progress or a session"
    MEMBER = "somebody with a session"
    ADMIN = "an admin or owner with a session"
    OWNER = "an owner with a session"


class Fresh(Enum):
    """What the service behind the route asks for, in the same form, when the session is not fresh."""

    NO = 0
    BY_ANY = 1
    BY_TOTP = 2


@dataclass(frozen=True, slots=True)
class Access:
    """`during` names the duties that do not close the route to a member who has yet to fulfil them."""

    who: Who
    fresh: Fresh = Fresh.NO
    during: frozenset[Must] = frozenset()


_ALWAYS = frozenset({Must.ENROL, Must.ACKNOWLEDGE})
_TO_ENROL = frozenset({Must.ENROL})
_TO_ACKNOWLEDGE = frozenset({Must.ACKNOWLEDGE})

_anyone = Access(Who.ANYONE, during=_ALWAYS)
_arriving = Access(Who.ARRIVING)
_member = Access(Who.MEMBER)
_admin = Access(Who.ADMIN)
_administration = Access(Who.ADMIN, Fresh.BY_ANY)
_owner = Access(Who.OWNER)
_ownership = Access(Who.OWNER, Fresh.BY_ANY)

TABLE: dict[tuple[str, str], Access] = {
    ("GET", "/"): _anyone,
    ("GET", "/healthz"): _anyone,
    ("GET", "/readyz"): _anyone,
    ("GET", "/assets/<digest>/<path:name>"): _anyone,
    ("POST", "/appearance"): _anyone,
    ("GET", "/setup/<token>"): _anyone,
    ("GET", "/setup"): _anyone,
    ("POST", "/setup"): _anyone,
    ("GET", "/sign-in"): _anyone,
    ("POST", "/sign-in"): _anyone,
    ("GET", "/o/<slug>/sign-in"): _anyone,
    ("POST", "/o/<slug>/sign-in"): _anyone,
    ("GET", "/password"): _anyone,
    ("POST", "/password"): _anyone,
    ("GET", "/password/<token>"): _anyone,
    ("GET", "/password/forgotten"): _anyone,
    ("GET", "/locked"): _anyone,
    ("GET", "/api/docs"): _anyone,
    ("GET", "/api/docs/<wire>"): _anyone,
    ("GET", "/api/docs/<wire>/<operation>"): _anyone,
    ("GET", "/sign-in/code"): _arriving,
    ("POST", "/sign-in/code"): _arriving,
    ("GET", "/sign-in/pass"): _arriving,
    ("POST", "/sign-in/pass"): _arriving,
    ("GET", "/sign-in/help"): _arriving,
    ("POST", "/sign-in/leave"): _arriving,
    ("POST", "/welcome/postpone"): _arriving,
    ("GET", "/welcome"): Access(Who.ENROLLING, during=_ALWAYS),
    ("GET", "/enrolment"): Access(Who.ENROLLING, during=_TO_ENROL),
    ("POST", "/enrolment"): Access(Who.ENROLLING, Fresh.BY_ANY, during=_TO_ENROL),
    ("POST", "/enrolment/confirmation"): Access(Who.ENROLLING, during=_TO_ENROL),
    ("POST", "/enrolment/cancellation"): Access(Who.ENROLLING, during=_TO_ENROL),
    ("POST", "/sign-out"): Access(Who.MEMBER, during=_ALWAYS),
    ("GET", "/account"): _member,
    ("GET", "/account/lost-phone"): _member,
    ("GET", "/account/profile"): _member,
    ("POST", "/account/name"): _member,
    ("POST", "/account/password"): Access(Who.MEMBER, Fresh.BY_ANY),
    ("GET", "/account/panic"): Access(Who.MEMBER, during=_ALWAYS),
    ("POST", "/account/panic"): Access(Who.MEMBER, during=_ALWAYS),
    ("GET", "/account/authenticators/new"): _member,
    ("GET", "/account/authenticators/<uuid:id>"): _member,
    ("POST", "/account/authenticators/<uuid:id>/name"): _member,
    ("POST", "/account/authenticators/<uuid:id>/removal"): Access(Who.MEMBER, Fresh.BY_ANY),
    ("GET", "/account/recovery-codes"): Access(Who.MEMBER, during=_TO_ACKNOWLEDGE),
    ("POST", "/account/recovery-codes"): Access(Who.MEMBER, Fresh.BY_ANY, during=_TO_ACKNOWLEDGE),
    ("POST", "/account/recovery-codes/shown"): Access(Who.MEMBER, Fresh.BY_TOTP, during=_TO_ACKNOWLEDGE),
    ("POST", "/account/recovery-codes/download"): Access(Who.MEMBER, Fresh.BY_TOTP, during=_TO_ACKNOWLEDGE),
    ("POST", "/account/recovery-codes/sheet"): Access(Who.MEMBER, Fresh.BY_TOTP, during=_TO_ACKNOWLEDGE),
    ("POST", "/account/recovery-codes/proof"): Access(Who.MEMBER, during=_TO_ACKNOWLEDGE),
    ("POST", "/account/recovery-codes/acknowledgement"): Access(Who.MEMBER, during=_TO_ACKNOWLEDGE),
    ("GET", "/account/sessions"): _member,
    ("POST", "/account/sessions/<uuid:id>/end"): _member,
    ("POST", "/account/sessions/end-others"): _member,
    ("POST", "/account/known-browsers/<uuid:id>/removal"): _member,
    ("GET", "/account/history"): _member,
    ("GET", "/members"): _admin,
    ("GET", "/members/export"): _admin,
    ("POST", "/members/export"): _administration,
    ("GET", "/members/several"): _admin,
    ("POST", "/members/several/sessions-end"): _administration,
    ("POST", "/members/several/suspension"): _administration,
    ("GET", "/members/<uuid:id>"): _admin,
    ("GET", "/members/<uuid:id>/pass"): _admin,
    ("POST", "/members/<uuid:id>/pass"): _administration,
    ("GET", "/members/<uuid:id>/password-link"): _admin,
    ("POST", "/members/<uuid:id>/password-link"): _administration,
    ("GET", "/members/<uuid:id>/unlock"): _admin,
    ("POST", "/members/<uuid:id>/unlock"): _administration,
    ("GET", "/members/<uuid:id>/lock"): _admin,
    ("POST", "/members/<uuid:id>/lock"): _administration,
    ("GET", "/members/<uuid:id>/sessions-end"): _admin,
    ("POST", "/members/<uuid:id>/sessions-end"): _administration,
    ("GET", "/members/<uuid:id>/name"): _admin,
    ("POST", "/members/<uuid:id>/name"): _administration,
    ("GET", "/members/<uuid:id>/address"): _admin,
    ("POST", "/members/<uuid:id>/address"): _administration,
    ("GET", "/members/<uuid:id>/role"): _admin,
    ("POST", "/members/<uuid:id>/role"): _administration,
    ("GET", "/members/<uuid:id>/suspension"): _admin,
    ("POST", "/members/<uuid:id>/suspension"): _administration,
    ("GET", "/members/<uuid:id>/reactivation"): _admin,
    ("POST", "/members/<uuid:id>/reactivation"): _administration,
    ("GET", "/members/<uuid:id>/removal"): _admin,
    ("POST", "/members/<uuid:id>/removal"): _administration,
    ("GET", "/members/<uuid:id>/invitation"): _admin,
    ("POST", "/members/<uuid:id>/invitation"): _administration,
    ("GET", "/members/<uuid:id>/invitation-revocation"): _admin,
    ("POST", "/members/<uuid:id>/invitation-revocation"): _administration,
    ("GET", "/invitations/new"): _admin,
    ("POST", "/invitations"): _administration,
    ("GET", "/invitations/many"): _admin,
    ("POST", "/invitations/many"): _admin,
    ("POST", "/invitations/many/confirmation"): _administration,
    ("GET", "/invitations/acceptance"): _anyone,
    ("POST", "/invitations/acceptance"): _anyone,
    ("GET", "/invitations/<token>"): _anyone,
    ("GET", "/organization"): _admin,
    ("POST", "/organization"): _ownership,
    ("GET", "/projects"): _owner,
    ("POST", "/projects"): _ownership,
    ("GET", "/projects/new"): _owner,
    ("GET", "/projects/<uuid:id>"): _owner,
    ("POST", "/projects/<uuid:id>/secrets"): _ownership,
    ("GET", "/projects/<uuid:id>/secrets/<uuid:secret>/revocation"): _owner,
    ("POST", "/projects/<uuid:id>/secrets/<uuid:secret>/revocation"): _ownership,
    ("GET", "/projects/<uuid:id>/removal"): _owner,
    ("POST", "/projects/<uuid:id>/removal"): _ownership,
    ("GET", "/audit"): _admin,
}


WITH_SESSION = frozenset({Who.MEMBER, Who.ADMIN, Who.OWNER})


class UnlistedRouteError(Exception):
    """The table and the routes differ."""


def access_to(method: str, rule: str) -> Access:
    return TABLE["GET" if method == "HEAD" else method, rule]


def compare(app: Flask) -> None:
    """Raises UnlistedRouteError where a route is missing from the table, or the table names one that is not there."""
    served = {(method, rule.rule) for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - {"HEAD"}}
    if served != TABLE.keys():
        unlisted, stale = sorted(served - TABLE.keys()), sorted(TABLE.keys() - served)
        raise UnlistedRouteError(f"not in the table: {unlisted}; not served: {stale}")
