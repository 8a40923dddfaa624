"""Every operation of every wire, with users for it to be about and what would do something: for walks through all."""

from collections.abc import Callable
from dataclasses import dataclass, field
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
from tests.support import issuers
from tests.support.applications import App, Application, Caller
from tests.support.clock import TestClock
from tests.support.issuers import Issuer
from tests.support.tables import Dump, dump

Form = dict[str, Any]

_A_WEEK = 7 * 24 * 60


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

    def key_of(self, application: Application) -> dict[str, str]:
        """The header by which an application says who it is, on this wire."""
        return application.bearer if self.is_bearer else application.basic


ALL = tuple(Route(dialect, operation) for dialect in DIALECTS for operation in dialect.operations)
GUARDED = tuple(route for route in ALL if not route.operation.open)

_LAST = ["delete_totp", "delete_external_id", "delete_email", "revoke_session", "delete_session", "delete_user"]
"""What would leave nothing for the others to be about, in this order."""


def in_order(dialect: Dialect) -> list[Route]:
    """All of a wire, such that each can be done after those before it."""
    routes = [route for route in ALL if route.dialect is dialect]
    return sorted(routes, key=lambda one: _LAST.index(one.operation.name) if one.operation.name in _LAST else -1)


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
class Scene:
    """An application with Ada, who has a TOTP and a session, and Nora, who has an address and an id and no more."""

    caller: Caller
    application: Application
    login: Login
    ada: UUID
    nora: UUID
    totp: UUID
    phone: App
    codes: list[str]
    token: str
    jwt: str
    replies: list[TestResponse] = field(default_factory=list)

    @classmethod
    def of(cls, caller: Caller, application: Application, clock: TestClock) -> "Scene":
        """Through the wire itself."""
        nowhere = UUID(int=0)
        login, phone = Login.trusted_by(application), App("", clock)
        scene = cls(caller, application, login, nowhere, nowhere, nowhere, phone, [], "", "")
        scene.begin()
        return scene

    def begin(self) -> None:
        """With nobody else than these two, and with all that belongs to them."""
        for user in (self.nora, self.ada):
            self.caller.open("DELETE", f"/v1/users/{ids.spell('user', user)}", self.application.basic)
        nora = self.post("/v1/users", email="nora@example.org", external_id="nora-1")
        self.nora = _uuid("user", nora["user_id"])
        self.ada = _uuid("user", self.post("/v1/users", email="ada@example.org")["user_id"])
        opened = self.enrol()
        self.token, self.jwt = opened["session_token"], opened["session_jwt"]

    def post(self, path: str, **form: Any) -> Any:
        """What Stytch's wire gives, where it must give something."""
        reply = self.caller.open("POST", path, self.application.basic, json=form)
        self.replies.append(reply)
        assert reply.status_code == 200, reply.text
        return reply.json

    def enrol(self) -> Any:
        """Ada has a new TOTP, with new codes and a session."""
        user = ids.spell("user", self.ada)
        made = self.post("/v1/totps", user_id=user)
        self.totp, self.codes = _uuid("totp", made["totp_id"]), made["recovery_codes"]
        self.phone = App(made["secret"], self.phone.clock)
        code = self.phone.next_code()
        return self.post("/v1/totps/authenticate", user_id=user, totp_code=code, session_duration_minutes=_A_WEEK)

    def ask(
        self, route: Route, key: dict[str, str] | None = None, *, method: str | None = None, **changed: Any
    ) -> TestResponse:
        """With its form filled in, but for what is changed; by the application itself unless another key is given."""
        headers = route.key_of(self.application) if key is None else key
        form = {**self.form(route), **changed}
        sent: dict[str, Any] = {}
        if form:
            sent = {"json": form} if route.has_body else {"query_string": form}
        reply = self.caller.open(method or route.operation.method, self.path(route), headers, **sent)
        self.replies.append(reply)
        if route.operation.name == "recover_totp" and reply.status_code == 200:
            self.spend()
        return reply

    def send(self, route: Route, body: bytes, content_type: str | None = "application/json") -> TestResponse:
        """A body as it is."""
        headers = route.key_of(self.application)
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
        return route.operation.path.format(
            user_id=spell("user", about),
            email_id=spell("email", self.nora),
            totp_id=spell("totp", self.totp),
            project_id=self.application.id,
        )

    def form(self, route: Route) -> Form:
        """Every field that there is, so that the operation does what it is for."""
        made = _FORMS.get(str(route))
        return made(self) if made else {}

    @property
    def failures(self) -> int:
        return self.application.member(self.ada).failures_in_row


_ABOUT_NORA = {"delete_user", "delete_external_id", "delete_email"}


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
        "session_token": scene.token,
        "authorization_check": None,
    },
    "stytch.revoke_session": lambda scene: {"session_id": None, "session_token": scene.token, "session_jwt": None},
    "stytch.attest_session": lambda scene: {
        **_STYTCH_SESSION,
        "profile_id": scene.login.profile_id,
        "token": scene.login.token(_stytch_user(scene), scene.phone.clock),
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
    "streambird.verify_session": lambda scene: {**_STREAMBIRD_SESSION, "session_token": scene.token},
    "streambird.list_sessions": lambda scene: {"user_id": _streambird_user(scene)},
    "streambird.delete_session": lambda scene: {
        "session_id": None,
        "session_token": scene.token,
        "session_jwt": None,
    },
    "streambird.get_jwks": lambda scene: {"api_key": scene.application.project.public_token},
}
