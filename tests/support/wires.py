"""Every operation of every wire, with users for it to be about and what would do something: for walks through all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from werkzeug.test import TestResponse

from app.api.application import DIALECTS
from app.api.streambird import ids as ksuids
from app.api.stytch import ids
from app.api.wire import Dialect, Operation
from app.domain.projects import Identifies
from app.portal import Portal
from app.services import project_upkeep
from app.storage import organizations
from tests.support import issuers
from tests.support.applications import App, Application, Caller, made
from tests.support.clock import TestClock
from tests.support.issuers import Issuer
from tests.support.tables import Dump, dump

Form = dict[str, Any]

_A_WEEK = 7 * 24 * 60
_NOBODY = UUID(int=0)
_HALFWAY = timedelta(minutes=9)
"""Somebody stays so long with a first factor alone, at least."""


@dataclass(frozen=True)
class Route:
    dialect: Dialect
    operation: Operation

    def __str__(self) -> str:
        return f"{self.dialect.name}.{self.operation.name}"

    @property
    def fields(self) -> list[str]:
        """What it reads of a body, or of the query where it is a GET."""
        return list(self.operation.takes.model_fields) if self.operation.takes else []

    @property
    def has_body(self) -> bool:
        return self.operation.takes is not None and self.operation.method != "GET"

    @property
    def is_bearer(self) -> bool:
        return bool(self.dialect.scheme["scheme"] == "bearer")

    @property
    def is_ours(self) -> bool:
        """Whether it does anything here: some operations know just how to say that there is nothing."""
        return self.operation.name not in _OF_NOTHING

    @property
    def codes(self) -> set[str]:
        """The fields that hold a code."""
        return CODES & set(self.fields)

    def key_of(self, application: Application) -> dict[str, str]:
        """The header by which an application says who it is, on this wire."""
        return application.bearer if self.is_bearer else application.basic


CODES = {"totp_code", "recovery_code", "totp", "code"}
_OF_NOTHING = {"delete_member_mfa_phone_number", "unlink_retired_email"}

ALL = tuple(Route(dialect, operation) for dialect in DIALECTS for operation in dialect.operations)
GUARDED = tuple(route for route in ALL if not route.operation.open)

_LAST = [
    *("delete_totp", "delete_external_id", "delete_email", "revoke_session", "delete_session", "delete_user"),
    *("delete_member_totp", "delete_member_external_id", "delete_organization_external_id", "revoke_member_session"),
    *("delete_member", "reactivate_member", "delete_organization"),
]
"""What would leave nothing for the others to be about, in this order."""


def in_order(dialect: Dialect) -> list[Route]:
    """All of a wire, such that each can be done after those before it."""
    routes = [route for route in ALL if route.dialect is dialect]
    return sorted(routes, key=lambda one: _LAST.index(one.operation.name) if one.operation.name in _LAST else -1)


def look_at_somebody(dialect: Dialect) -> Route:
    """An operation of the wire that asks for one person, and writes nothing."""
    return next(
        route for route in GUARDED if route.dialect is dialect and route.operation.name in {"get_user", "get_member"}
    )


@dataclass(frozen=True)
class Login:
    """Where users of an application sign in first, by tokens of its own making."""

    issuer: Issuer
    profile: UUID

    @classmethod
    def trusted_by(cls, application: Application, identifies: Identifies = Identifies.USER_ID) -> "Login":
        issuer = issuers.elliptic_issuer(ec.SECP256R1(), "ES256")
        profile = project_upkeep.trust(
            application.portal,
            application.project.public_id,
            name="login",
            issuer=issuers.URL,
            audience=issuers.AUDIENCE,
            claim="sub",
            identifies=identifies,
            public_key=issuer.public_key,
        )
        return cls(issuer, profile.public_id)

    @property
    def profile_id(self) -> str:
        return ids.spell("trusted-token-profile", self.profile)

    def token(self, subject: str, clock: TestClock) -> str:
        now = int(clock.now().timestamp())
        return self.issuer.signs(
            {"iss": issuers.URL, "aud": issuers.AUDIENCE, "sub": subject, "iat": now, "exp": now + 300}
        )


@dataclass
class Side:
    """An application with its own login, and with Ada's session in it."""

    application: Application
    login: Login
    token: str = ""
    jwt: str = ""

    @classmethod
    def of(cls, application: Application) -> "Side":
        return cls(application, Login.trusted_by(application))

    def opened(self, reply: Any) -> None:
        self.token, self.jwt = reply["session_token"], reply["session_jwt"]


@dataclass
class Scene:
    """A shop with Ada, who has a TOTP and a session, and Nora, who has an address and an id and no more.

    A suite reaches them as well, since it is for all organizations: for theirs, and for a spare one without people.
    """

    caller: Caller
    shop: Side
    suite: Side
    phone: App
    harbour: UUID
    spare: UUID = _NOBODY
    ada: UUID = _NOBODY
    nora: UUID = _NOBODY
    totp: UUID = _NOBODY
    codes: list[str] = field(default_factory=list)
    halfway: str = ""
    halfway_since: datetime | None = None
    replies: list[TestResponse] = field(default_factory=list)

    @classmethod
    def of(cls, caller: Caller, application: Application, clock: TestClock) -> "Scene":
        """Through the wires themselves."""
        portal = application.portal
        with portal.reading() as tx:
            harbour = organizations.find(tx.db, application.project.organization_id or 0).public_id
        suite = made(portal, "Suite", installation=True)
        scene = cls(caller, Side.of(application), Side.of(suite), App("", clock), harbour)
        scene.begin()
        return scene

    def begin(self) -> None:
        """With nobody else than these two, and with all that belongs to them."""
        for user in (self.nora, self.ada):
            self.caller.open("DELETE", f"/v1/users/{ids.spell('user', user)}", self.application.basic)
        self.caller.open("DELETE", f"{_ORGANIZATIONS}/{ids.spell('organization', self.spare)}", self._suite_key)
        nora = self.post("/v1/users", email="nora@example.org", external_id="nora-1")
        self.nora = _uuid("user", nora["user_id"])
        self.ada = _uuid("user", self.post("/v1/users", email="ada@example.org")["user_id"])
        spare = self.post(_ORGANIZATIONS, organization_name="Spare", organization_external_id="spare-1")
        self.spare = _uuid("organization", spare["organization"]["organization_id"])
        self.enrol()

    @property
    def application(self) -> Application:
        """The shop's, for what is of no wire in particular."""
        return self.shop.application

    @property
    def _suite_key(self) -> dict[str, str]:
        return self.suite.application.basic

    def side(self, route: Route) -> Side:
        """Whose wire it is."""
        return self.suite if route.dialect.across_organizations else self.shop

    def key_of(self, route: Route) -> dict[str, str]:
        return route.key_of(self.side(route).application)

    def post(self, path: str, **form: Any) -> Any:
        """What Stytch's wires give, where they must give something."""
        key = self._suite_key if path.startswith("/v1/b2b/") else self.application.basic
        reply = self.caller.open("POST", path, key, json=form)
        self.replies.append(reply)
        assert reply.status_code == 200, reply.text
        return reply.json

    def enrol(self) -> None:
        """Ada has a new TOTP, with new codes and sessions."""
        user = ids.spell("user", self.ada)
        begun = self.post("/v1/totps", user_id=user)
        self.totp, self.codes = _uuid("totp", begun["totp_id"]), begun["recovery_codes"]
        self.phone = App(begun["secret"], self.phone.clock)
        wish = {"session_duration_minutes": _A_WEEK}
        self.shop.opened(self.post("/v1/totps/authenticate", user_id=user, totp_code=self.phone.next_code(), **wish))
        self.suite.opened(self.post("/v1/b2b/totp/authenticate", **self.about, code=self.phone.next_code(), **wish))
        self.go_halfway()

    def go_halfway(self) -> None:
        """Ada has shown a first factor to the suite, and is on her way with a token for that; if all goes well."""
        place = {"organization_id": self.about["organization_id"]}
        token = self.suite.login.token(self.about["member_id"], self.phone.clock)
        attested = {"profile_id": self.suite.login.profile_id, "token": token, **place}
        opened = self._try("/v1/b2b/sessions/attest", attested)
        gone = self._try("/v1/b2b/sessions/exchange", {"session_token": opened.get("session_token"), **place})
        self.halfway = gone.get("intermediate_session_token", "")
        self.halfway_since = self.phone.clock.now()

    def _try(self, path: str, form: Form) -> Any:
        reply = self.caller.open("POST", path, self._suite_key, json=form)
        self.replies.append(reply)
        return reply.json

    @property
    def about(self) -> Form:
        """Ada, as the suite names her."""
        return {
            "organization_id": ids.spell("organization", self.harbour),
            "member_id": ids.spell("member", self.ada),
        }

    def ask(
        self, route: Route, key: dict[str, str] | None = None, *, method: str | None = None, **changed: Any
    ) -> TestResponse:
        """With its form filled in, but for what is changed; by the application itself unless another key is given."""
        headers = self.key_of(route) if key is None else key
        form = {**self.form(route), **changed}
        sent: dict[str, Any] = {}
        if form:
            sent = {"json": form} if route.has_body else {"query_string": form}
        reply = self.caller.open(method or route.operation.method, self.path(route), headers, **sent)
        self.replies.append(reply)
        if reply.status_code == 200:
            self._note(route, reply)
        return reply

    def _note(self, route: Route, reply: TestResponse) -> None:
        """What the forms hold is used up, or is other than before."""
        if route.operation.name in {"recover_totp", "recover_member"}:
            self.spend()
        if route.operation.name == "rotate_member_recovery_codes":
            self.codes = reply.get_json()["recovery_codes"]
        if route.operation.name in {"rotate_member_recovery_codes", "exchange_intermediate_session"}:
            self.go_halfway()

    def send(self, route: Route, body: bytes, content_type: str | None = "application/json") -> TestResponse:
        """A body as it is."""
        headers = self.key_of(route)
        return self.caller.open(route.operation.method, self.path(route), headers, data=body, content_type=content_type)

    def spend(self) -> None:
        """The code that the forms hold was taken; there is always another."""
        self.codes = self.codes[1:]
        if not self.codes:
            path = f"/v1/users/totps/{ids.spell('totp', self.totp)}"
            self.caller.open("DELETE", path, self.application.basic)
            self.enrol()

    def path(self, route: Route) -> str:
        spell = _spelling(route)
        about = self.nora if route.operation.name in _ABOUT_NORA else self.ada
        place = self.spare if route.operation.name in _ABOUT_SPARE else self.harbour
        return route.operation.path.format(
            user_id=spell("user", about),
            email_id=spell("email", self.nora),
            totp_id=spell("totp", self.totp),
            organization_id=spell("organization", place),
            member_id=spell("member", about),
            project_id=self.side(route).application.id,
        )

    def form(self, route: Route) -> Form:
        """Every field that there is, so that the operation does what it is for."""
        form = _FORMS.get(str(route))
        return form(self) if form else {}

    @property
    def failures(self) -> int:
        return self.application.member(self.ada).failures_in_row


_ORGANIZATIONS = "/v1/b2b/organizations"
_ABOUT_NORA = {"delete_user", "delete_external_id", "delete_email"}
_ABOUT_NORA |= {"delete_member", "delete_member_external_id", "reactivate_member"}
_ABOUT_SPARE = {"delete_organization", "delete_organization_external_id"}


def bookkeeping_aside(portal: Portal) -> Dump:
    """The database, but for what every call of a live key leaves there: its last use, and the count of requests."""
    kept = dump(portal)
    del kept["project_use"]
    for secret in kept["project_secret"]:
        del secret["last_used_at"]
    return kept


def _spelling(route: Route) -> Callable[[str, UUID], str]:
    return ksuids.spell if route.dialect.name == "streambird" else ids.spell


def _uuid(kind: str, spelled: str) -> UUID:
    found = ids.read(kind, spelled)
    assert found, f"{spelled} is not the id of a {kind}"
    return found


def _on_the_way(scene: Scene) -> str:
    """A token that has not run out, as long as there is anything to go on with."""
    since = scene.halfway_since
    if since is None or scene.phone.clock.now() - since > _HALFWAY:
        scene.go_halfway()
    return scene.halfway


def _nora(scene: Scene) -> Form:
    return {**scene.about, "member_id": ids.spell("member", scene.nora)}


def _stytch_user(scene: Scene) -> str:
    return ids.spell("user", scene.ada)


def _streambird_user(scene: Scene) -> str:
    return ksuids.spell("user", scene.ada)


_NOTES: Form = {
    "name": {"first_name": "Ada", "middle_name": "King", "last_name": "Lovelace"},
    "trusted_metadata": {"plan": "gold"},
    "untrusted_metadata": {"theme": "dark"},
    "roles": ["reader"],
}
_SESSION: Form = {"session_token": None, "session_jwt": None}
_STYTCH_SESSION: Form = {**_SESSION, "session_duration_minutes": 60, "session_custom_claims": {"basket": [1]}}
_STREAMBIRD_SESSION: Form = {
    **_SESSION,
    "session_expires_in": 60,
    "device_fingerprint": {"ip": "192.0.2.7", "user_agent": "Firefox"},
}
_NAMES: Form = {"first_name": "Ada", "middle_name": "King", "last_name": "Lovelace"}

_ORGANIZATION: Form = {
    "organization_logo_url": "https://example.org/logo.svg",
    "trusted_metadata": {"plan": "gold"},
    "mfa_policy": "OPTIONAL",
    "sso_default_connection_id": None,
    "sso_jit_provisioning": "NOT_ALLOWED",
    "sso_jit_provisioning_allowed_connections": [],
    "email_allowed_domains": [],
    "email_jit_provisioning": "NOT_ALLOWED",
    "email_invites": "NOT_ALLOWED",
    "auth_methods": "RESTRICTED",
    "allowed_auth_methods": ["password"],
    "rbac_email_implicit_role_assignments": [],
    "mfa_methods": "RESTRICTED",
    "allowed_mfa_methods": ["totp"],
    "oauth_tenant_jit_provisioning": "NOT_ALLOWED",
    "allowed_oauth_tenants": {},
    "claimed_email_domains": [],
    "first_party_connected_apps_allowed_type": "NOT_ALLOWED",
    "allowed_first_party_connected_apps": [],
    "third_party_connected_apps_allowed_type": "NOT_ALLOWED",
    "allowed_third_party_connected_apps": [],
}
_MEMBER: Form = {
    "name": "Ada King Lovelace",
    "trusted_metadata": {"plan": "gold"},
    "untrusted_metadata": {"theme": "dark"},
    "is_breakglass": False,
    "mfa_phone_number": "",
    "mfa_enrolled": True,
    "roles": ["reader"],
}
_FACTOR: Form = {**_STYTCH_SESSION, "intermediate_session_token": None}

_FORMS: dict[str, Callable[[Scene], Form]] = {
    "stytch.create_user": lambda _: {
        **_NOTES,
        "email": "new@example.org",
        "phone_number": None,
        "create_user_as_pending": False,
        "external_id": "new-1",
    },
    "stytch.update_user": lambda _: {**_NOTES, "external_id": "ada-1"},
    "stytch.search_users": lambda _: {
        "cursor": None,
        "limit": 10,
        "query": {
            "operator": "AND",
            "operands": [{"filter_name": "email_address", "filter_value": ["ada@example.org"]}],
        },
    },
    "stytch.create_totp": lambda scene: {"user_id": ids.spell("user", scene.nora), "expiration_minutes": 30},
    "stytch.authenticate_totp": lambda scene: {
        **_STYTCH_SESSION,
        "user_id": _stytch_user(scene),
        "totp_code": scene.phone.next_code(),
    },
    "stytch.get_recovery_codes": lambda scene: {"user_id": _stytch_user(scene)},
    "stytch.recover_totp": lambda scene: {
        **_STYTCH_SESSION,
        "user_id": _stytch_user(scene),
        "recovery_code": scene.codes[0],
    },
    "stytch.get_sessions": lambda scene: {"user_id": _stytch_user(scene)},
    "stytch.authenticate_session": lambda scene: {
        **_STYTCH_SESSION,
        "session_token": scene.shop.token,
        "authorization_check": None,
    },
    "stytch.revoke_session": lambda scene: {"session_id": None, "session_token": scene.shop.token, "session_jwt": None},
    "stytch.attest_session": lambda scene: {
        **_STYTCH_SESSION,
        "profile_id": scene.shop.login.profile_id,
        "token": scene.shop.login.token(_stytch_user(scene), scene.phone.clock),
    },
    "streambird.create_user": lambda _: {
        **_NAMES,
        "email": "new@example.org",
        "phone_number": None,
        "requires_verification": False,
        "include_user": True,
    },
    "streambird.update_user": lambda _: {
        **_NAMES,
        "emails": [{"email": "ada@example.org"}],
        "phone_numbers": [],
    },
    "streambird.search_users": lambda scene: {
        "limit": 10,
        "starting_after": ksuids.spell("user", scene.nora),
        "filters": {"operator": "AND", "fields": [{"field": "email", "operator": "eq", "value": "ada@example.org"}]},
    },
    "streambird.create_totp": lambda scene: {"user_id": ksuids.spell("user", scene.nora), "expires_in": 30},
    "streambird.verify_totp": lambda scene: {
        **_STREAMBIRD_SESSION,
        "user_id": _streambird_user(scene),
        "totp": scene.phone.next_code(),
    },
    "streambird.get_recovery_codes": lambda scene: {"user_id": _streambird_user(scene)},
    "streambird.recover_totp": lambda scene: {
        **_STREAMBIRD_SESSION,
        "user_id": _streambird_user(scene),
        "recovery_code": scene.codes[0],
        "totp": None,
    },
    "streambird.verify_session": lambda scene: {**_STREAMBIRD_SESSION, "session_token": scene.shop.token},
    "streambird.list_sessions": lambda scene: {"user_id": _streambird_user(scene)},
    "streambird.delete_session": lambda scene: {
        "session_id": None,
        "session_token": scene.shop.token,
        "session_jwt": None,
    },
    "streambird.get_jwks": lambda scene: {"api_key": scene.application.project.public_token},
    "stytch_b2b.create_organization": lambda _: {
        **_ORGANIZATION,
        "organization_name": "New Works",
        "organization_slug": "new-works",
        "organization_external_id": "works-1",
    },
    "stytch_b2b.update_organization": lambda _: {
        **_ORGANIZATION,
        "organization_name": "Harbour Works",
        "organization_slug": "harbour-works",
        "organization_external_id": "harbour-1",
    },
    "stytch_b2b.search_organizations": lambda scene: {
        "cursor": None,
        "limit": 10,
        "query": {
            "operator": "AND",
            "operands": [
                {"filter_name": "organization_ids", "filter_value": [scene.about["organization_id"]]},
                {"filter_name": "member_emails", "filter_value": ["ada@example.org"]},
            ],
        },
    },
    "stytch_b2b.create_member": lambda _: {
        **_MEMBER,
        "email_address": "new@example.org",
        "create_member_as_pending": False,
        "external_id": "new-1",
    },
    "stytch_b2b.get_member": lambda scene: {"member_id": scene.about["member_id"], "email_address": None},
    "stytch_b2b.update_member": lambda _: {
        **_MEMBER,
        "email_address": "ada@example.org",
        "default_mfa_method": "totp",
        "preserve_existing_sessions": True,
        "unlink_email": False,
        "external_id": "ada-1",
    },
    "stytch_b2b.unlink_retired_email": lambda _: {"email_id": None, "email_address": "retired@example.org"},
    "stytch_b2b.search_members": lambda scene: {
        "organization_ids": [scene.about["organization_id"]],
        "cursor": None,
        "limit": 10,
        "query": {
            "operator": "AND",
            "operands": [{"filter_name": "member_emails", "filter_value": ["ada@example.org"]}],
        },
    },
    "stytch_b2b.dangerously_get_member": lambda _: {"include_deleted": False},
    "stytch_b2b.create_member_totp": lambda scene: {
        **_nora(scene),
        **_SESSION,
        "intermediate_session_token": None,
        "expiration_minutes": 30,
    },
    "stytch_b2b.authenticate_member_totp": lambda scene: {
        **scene.about,
        **_FACTOR,
        "code": scene.phone.next_code(),
        "set_mfa_enrollment": "enroll",
        "set_default_mfa": True,
    },
    "stytch_b2b.migrate_member_totp": lambda scene: {
        **_nora(scene),
        "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        "recovery_codes": ["abcd-efgh-1234", "ijkl-mnop-5678"],
    },
    "stytch_b2b.rotate_member_recovery_codes": lambda scene: scene.about,
    "stytch_b2b.recover_member": lambda scene: {**scene.about, **_FACTOR, "recovery_code": scene.codes[0]},
    "stytch_b2b.get_member_sessions": lambda scene: scene.about,
    "stytch_b2b.authenticate_member_session": lambda scene: {
        **_STYTCH_SESSION,
        "session_token": scene.suite.token,
        "authorization_check": None,
    },
    "stytch_b2b.revoke_member_session": lambda scene: {
        **_SESSION,
        "session_token": scene.suite.token,
        "member_session_id": None,
        "member_id": None,
    },
    "stytch_b2b.exchange_member_session": lambda scene: {
        **_STYTCH_SESSION,
        "session_token": scene.suite.token,
        "organization_id": scene.about["organization_id"],
    },
    "stytch_b2b.exchange_intermediate_session": lambda scene: {
        "intermediate_session_token": _on_the_way(scene),
        "organization_id": scene.about["organization_id"],
        "session_duration_minutes": 60,
        "session_custom_claims": {"basket": [1]},
    },
    "stytch_b2b.attest_member_session": lambda scene: {
        **_STYTCH_SESSION,
        "profile_id": scene.suite.login.profile_id,
        "token": scene.suite.login.token(scene.about["member_id"], scene.phone.clock),
        "organization_id": scene.about["organization_id"],
    },
}
