"""Every operation of every wire, with users for it to be about and what would do something: for walks through all."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from werkzeug.test import TestResponse

from app.api.application import DIALECTS
from app.api.dynamic.surface import DYNAMIC, DYNAMIC_KEYS
from app.api.streambird import ids as ksuids
from app.api.streambird.surface import STREAMBIRD
from app.api.stytch import ids
from app.api.wire import Dialect, Operation
from app.domain.projects import Identifies
from app.portal import Portal
from app.services import project_upkeep
from app.storage import organizations
from app.storage.tables import project_use, project_visit
from tests.support import issuers
from tests.support.applications import App, Application, Caller, basic, made
from tests.support.clock import TestClock
from tests.support.issuers import Issuer
from tests.support.tables import Dump, Look, dump, watching
from tests.support.wire_forms import FORMS, Form

Headers = dict[str, str]

PAGE = "https://shop.example.org"
"""The origin of the pages from which browsers call."""

_A_WEEK = 7 * 24 * 60
_NOBODY = UUID(int=0)
_SEATED_FOR = timedelta(minutes=2)
"""So long after they have shown their factors people in browsers may do whatever takes that, at least."""


@dataclass(frozen=True)
class Route:
    dialect: Dialect
    operation: Operation

    def __str__(self) -> str:
        return f"{self.dialect.name}.{self.operation.name}"

    @property
    def name(self) -> str:
        return self.operation.name

    @property
    def fields(self) -> list[str]:
        """What it reads of a body, or of the query where it is a GET; as it is spelled there."""
        takes = self.operation.takes
        return [one.alias or name for name, one in takes.model_fields.items()] if takes else []

    @property
    def required(self) -> list[str]:
        takes = self.operation.takes
        found = takes.model_fields.items() if takes else ()
        return [one.alias or name for name, one in found if one.is_required()]

    @property
    def has_body(self) -> bool:
        return self.operation.takes is not None and self.operation.method != "GET"

    @property
    def is_bearer(self) -> bool:
        return bool(self.dialect.scheme["scheme"] == "bearer")

    def fits(self, path: str) -> bool:
        """Whether it is this operation's, if not another's as well."""
        parts, asked = self.operation.path.split("/"), path.split("/")
        return len(parts) == len(asked) and all(
            part.startswith("{") or part == one for part, one in zip(parts, asked, strict=True)
        )

    @property
    def errors(self) -> Dialect:
        """In whose form its errors are said, which goes by the path alone."""
        path = f"{self.operation.path}/"
        return next(dialect for dialect in DIALECTS if path.startswith(f"{dialect.prefix}/"))

    @property
    def by_browser(self) -> bool:
        return self.dialect.browsers is not None

    @property
    def is_own(self) -> bool:
        """Whether it is about whoever sits at the browser, and takes a session of theirs."""
        return self.by_browser and self.name not in _OF_WHOEVER_COMES

    @property
    def is_ours(self) -> bool:
        """Whether it does anything here: some operations know just how to say that there is nothing."""
        return self.name not in _OF_NOTHING

    @property
    def codes(self) -> set[str]:
        """The fields that hold a code."""
        return CODES & set(self.fields)

    @property
    def writes(self) -> bool:
        """Whether it leaves something behind where it goes well."""
        return self.operation.method != "GET" or self.operation.secrets or self.name in _GET_AND_WRITE

    def key_of(self, application: Application, session: str = "") -> Headers:
        """The header by which an application says who it is on this wire, or a browser whose session it has."""
        if not self.by_browser:
            return application.bearer if self.is_bearer else application.basic
        if self.is_bearer:
            return {"Authorization": f"Bearer {session}"} if session else {}
        public = application.project.public_token
        return basic(public, session or public)


CODES = {"totp_code", "recovery_code", "totp", "code"}
_OF_NOTHING = {"delete_member_mfa_phone_number", "unlink_retired_email"}
_OF_WHOEVER_COMES = {"get_bootstrap", "report_events", "get_settings", "get_nonces", "get_jwks", "get_jwks_file"}
_OF_WHOEVER_COMES |= {"attest_own_session", "attest_own_member_session", "sign_in_externally"}
_GET_AND_WRITE = {"register_own_totp", "get_own_recovery_codes", "get_own_member_recovery_codes"}
"""What is asked for by GET and makes something, or shows what has to be written down."""

ALL = tuple(Route(dialect, operation) for dialect in DIALECTS for operation in dialect.operations)
GUARDED = tuple(route for route in ALL if not route.by_browser and not route.operation.open)
"""Those that take a secret."""

BROWSED = tuple(route for route in ALL if route.by_browser)
OWN = tuple(route for route in BROWSED if route.is_own)
FOR_KEYS = tuple(dialect for dialect in DIALECTS if dialect.browsers is None)
FOR_BROWSERS = tuple(dialect for dialect in DIALECTS if dialect.browsers)

_LAST = [
    *("delete_totp", "delete_external_id", "delete_email", "revoke_session", "delete_session", "delete_user"),
    *("delete_member_totp", "delete_member_external_id", "delete_organization_external_id", "revoke_member_session"),
    *("delete_member", "reactivate_member", "delete_organization"),
]
"""What would leave nothing for the others to be about, in this order."""


def in_order(dialect: Dialect) -> list[Route]:
    """All of a wire, such that each can be done after those before it."""
    routes = [route for route in ALL if route.dialect is dialect]
    return sorted(routes, key=lambda one: _LAST.index(one.name) if one.name in _LAST else -1)


def named(name: str) -> Route:
    return next(route for route in ALL if str(route) == name)


_LOOKS = {"get_user", "get_member", "get_own_user", "get_own_member"}
LOOKED_AT = tuple(dialect for dialect in DIALECTS if dialect is not DYNAMIC_KEYS)
"""Those with an operation to look at somebody."""


def look_at_somebody(dialect: Dialect) -> Route:
    """An operation of the wire that asks for one person, and writes nothing."""
    return next(route for route in ALL if route.dialect is dialect and route.name in _LOOKS)


def content_of(reply: TestResponse) -> Any:
    """What clients hand on: some answers lie within another object."""
    told = reply.get_json()
    return told["data"] if told.keys() == {"data"} else told


def kind_in(reply: TestResponse) -> str:
    """The wire's word for what went wrong."""
    error = reply.get_json()
    return str(error["error_type"] if "error_type" in error else error["code"])


def sentence_in(reply: TestResponse) -> str:
    error = reply.get_json()
    return str(error["error_message"] if "error_message" in error else error["error"])


def assert_form(dialect: Dialect, reply: TestResponse, said: str = "") -> None:
    """That an error is in the form of the wire, and whole."""
    error = reply.get_json()
    assert dialect.error.model_validate(error).model_dump(mode="json") == error, said
    assert error.get("status_code", reply.status_code) == reply.status_code, said
    assert sentence_in(reply)[-1] == ".", said


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
    """An application with its own login, and with the sessions in it: Ada's, and Nora's in her browser.

    `access` is what stands for a session on Dynamic's wire.
    """

    application: Application
    login: Login
    token: str = ""
    jwt: str = ""
    access: str = ""
    noras_token: str = ""
    noras_access: str = ""

    @classmethod
    def of(cls, application: Application) -> "Side":
        project_upkeep.admit(application.portal, application.project.public_id, PAGE)
        return cls(application, Login.trusted_by(application))

    def opened(self, reply: Any) -> None:
        self.token, self.jwt = reply["session_token"], reply["session_jwt"]


@dataclass
class Scene:
    """A shop with Ada, who has a TOTP and a session, and Nora, who has an address and an id and no more.

    Both sit at browsers as well, unless a walk is not about these: Ada has shown both her factors there, Nora the only
    one she has. A suite reaches them too, since it is for all organizations: for theirs, and for a spare one without
    people.
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
    browsers: bool = True
    seated_at: datetime | None = None
    noras_phone: App | None = None
    noras_since: datetime | None = None
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

    def copied(self, caller: Caller, portal: Portal, clock: TestClock) -> "Scene":
        """The same at another portal, whose database is a copy."""
        shop, suite = (
            replace(side, application=replace(side.application, portal=portal)) for side in (self.shop, self.suite)
        )
        phone = App(self.phone.secret, clock)
        return replace(
            self, caller=caller, shop=shop, suite=suite, phone=phone, codes=[*self.codes], replies=[*self.replies]
        )

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
    def clock(self) -> TestClock:
        return self.phone.clock

    @property
    def _suite_key(self) -> Headers:
        return self.suite.application.basic

    def side(self, route: Route) -> Side:
        """Whose wire it is."""
        return self.suite if route.dialect.across_organizations else self.shop

    def key_of(self, route: Route) -> Headers:
        return route.key_of(self.side(route).application, self.session_of(route))

    def session_of(self, route: Route) -> str:
        """What stands on the wire for a session of whoever the operation is for."""
        side = self.side(route)
        if not route.is_own:
            return ""
        if route.dialect is DYNAMIC:
            return side.noras_access if route.name in _BY_NORA else side.access
        return side.noras_token if route.name in _BY_NORA else side.token

    def post(self, path: str, **form: Any) -> Any:
        """What Stytch's wires give, where they must give something."""
        key = self._suite_key if path.startswith("/v1/b2b/") else self.application.basic
        reply = self.caller.open("POST", path, key, json=form)
        self.replies.append(reply)
        assert reply.status_code == 200, reply.text
        return reply.json

    def enrol(self) -> None:
        """Ada has a new TOTP, with new codes and sessions."""
        begun = self.post("/v1/totps", user_id=ids.spell("user", self.ada))
        self.totp, self.codes = _uuid("totp", begun["totp_id"]), begun["recovery_codes"]
        self.phone = App(begun["secret"], self.phone.clock)
        self.sit_down()

    def sit_down(self) -> None:
        """Both have new sessions, in which they have shown a moment ago whatever they have."""
        self.seated_at = self.clock.now()
        wish, user = {"session_duration_minutes": _A_WEEK}, ids.spell("user", self.ada)
        self.shop.opened(self.post("/v1/totps/authenticate", user_id=user, totp_code=self.phone.next_code(), **wish))
        self.suite.opened(self.post("/v1/b2b/totp/authenticate", **self.about, code=self.phone.next_code(), **wish))
        if self.browsers:
            self._sits_at_browsers()
        self.go_halfway()

    def _sits_at_browsers(self) -> None:
        code = {"code": self.phone.next_code()}
        access = self._browse(_SIGN_IN, "", {"jwt": self._vouched(self.shop, self.ada)}).get("minifiedJwt", "")
        self.shop.access = self._browse(named("dynamic.authenticate_own_totp"), access, code).get("minifiedJwt", "")
        self._browse(named("dynamic.get_own_recovery_codes"), self.shop.access, {})
        nora = {"jwt": self._vouched(self.shop, self.nora)}
        self.shop.noras_access = self._browse(_SIGN_IN, "", nora).get("minifiedJwt", "")
        for side, route in ((self.shop, _ATTEST), (self.suite, _ATTEST_MEMBER)):
            place = {"organization_id": self.about["organization_id"]}
            form = {"profile_id": side.login.profile_id, "token": self._vouched(side, self.nora), **place}
            side.noras_token = self._browse(route, "", form).get("session_token", "")

    def _vouched(self, side: Side, who: UUID) -> str:
        return side.login.token(str(who), self.clock)

    def _browse(self, route: Route, session: str, form: Form) -> Any:
        """What is given, if anything: whoever was removed gets in nowhere, and the others are there all the same."""
        return content_of(self._send(route, form, route.key_of(self.side(route).application, session)))

    def stay_fresh(self) -> None:
        """As they are when they have just sat down, if that is some while ago."""
        if self.seated_at is None or self.clock.now() - self.seated_at > _SEATED_FOR:
            self.sit_down()

    def go_halfway(self) -> None:
        """Ada has shown a first factor to the suite, and is on her way with a token for that; if all goes well."""
        place = {"organization_id": self.about["organization_id"]}
        token = self.suite.login.token(self.about["member_id"], self.clock)
        attested = {"profile_id": self.suite.login.profile_id, "token": token, **place}
        opened = self._try("/v1/b2b/sessions/attest", attested)
        gone = self._try("/v1/b2b/sessions/exchange", {"session_token": opened.get("session_token"), **place})
        self.halfway = gone.get("intermediate_session_token", "")
        self.halfway_since = self.clock.now()

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
        self, route: Route, key: Headers | None = None, *, method: str | None = None, **changed: Any
    ) -> TestResponse:
        """With its form filled in, but for what is changed; by whom it is for unless another key is given."""
        return self.tell(route, {**self.form(route), **changed}, key, method=method)

    def tell(self, route: Route, form: Form, key: Headers | None = None, *, method: str | None = None) -> TestResponse:
        """Likewise with just this form."""
        reply = self._send(route, form, self.key_of(route) if key is None else key, method)
        if reply.status_code == 200:
            self._note(route, content_of(reply) if reply.data else {})
        return reply

    def _send(self, route: Route, form: Form, headers: Headers, method: str | None = None) -> TestResponse:
        sent: dict[str, Any] = {}
        if form:
            sent = {"json": form} if route.has_body else {"query_string": form}
        reply = self.caller.open(method or route.operation.method, self.path(route), headers, **sent)
        self.replies.append(reply)
        return reply

    def _note(self, route: Route, told: Any) -> None:
        """What the forms hold is used up, or is other than before; of what is gone there is another."""
        name, side = route.name, self.side(route)
        if name in STEPPING_UP:
            side.token, side.access = told.get("session_token", side.token), told.get("minifiedJwt", side.access)
        if name in _RENEWING_CODES:
            self.codes = told.get("recovery_codes") or told.get("recoveryCodes") or self.codes
        if name in _RECOVERING:
            self.spend()
        if name in _OF_NORAS_PHONE:
            self._note_noras_phone(told)
        if name in _TAKING_AWAY:
            self.enrol()
        elif name in _SHUTTING_OUT:
            self.sit_down()
        elif name in _SPOILING:
            self.go_halfway()

    def _note_noras_phone(self, told: Any) -> None:
        """What she confirmed is taken away from her, so that she has none as before."""
        self.noras_phone, self.noras_since = None, self.clock.now()
        if "secret" in told:
            self.noras_phone = App(told["secret"], self.clock)
        elif told:
            path = f"/v1/users/totps/{ids.spell('totp', UUID(told['id']))}"
            self.caller.open("DELETE", path, self.application.basic)
            self.sit_down()

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

    def noras_code(self) -> str:
        """Of an authenticator that she is about to confirm."""
        since = self.noras_since
        if self.noras_phone is None or since is None or self.clock.now() - since > _CONFIRMED_WITHIN:
            self.ask(named("dynamic.register_own_totp"))
        return self.noras_phone.next_code() if self.noras_phone else "000000"

    def path(self, route: Route) -> str:
        spell = _spelling(route)
        about = self.nora if route.name in _ABOUT_NORA else self.ada
        place = self.spare if route.name in _ABOUT_SPARE else self.harbour
        project = self.side(route).application.project
        return route.operation.path.format(
            user_id=spell("user", about),
            email_id=spell("email", self.nora),
            totp_id=spell("totp", self.totp),
            device_id=spell("totp", self.totp),
            organization_id=spell("organization", place),
            member_id=spell("member", about),
            project_id=project.spelled_id,
            public_token=project.public_token,
            environment_id=project.environment_id,
        )

    def form(self, route: Route) -> Form:
        """Every field that there is, so that the operation does what it is for."""
        form = FORMS.get(str(route))
        return form(self) if form else {}

    @property
    def failures(self) -> int:
        return self.application.member(self.ada).failures_in_row


_ORGANIZATIONS = "/v1/b2b/organizations"
_ABOUT_NORA = {"delete_user", "delete_external_id", "delete_email"}
_ABOUT_NORA |= {"delete_member", "delete_member_external_id", "reactivate_member"}
_ABOUT_SPARE = {"delete_organization", "delete_organization_external_id"}

_BY_NORA = {"create_own_totp", "create_own_member_totp", "register_own_totp", "confirm_own_totp"}
"""For who has no authenticator yet."""

STEPPING_UP = {"authenticate_own_totp", "recover_own_totp", "recover_own_session", "authenticate_own_member_totp"}
STEPPING_UP |= {"recover_own_member"}
_RENEWING_CODES = {"rotate_member_recovery_codes", "rotate_own_member_recovery_codes", "create_own_recovery_codes"}
_RECOVERING = {"recover_totp", "recover_member", "recover_own_totp", "recover_own_session", "recover_own_member"}
_TAKING_AWAY = {"delete_own_totp", "delete_own_member_totp", "delete_own_member_totp_by_id", "delete_own_device"}
_TAKING_AWAY |= {"delete_devices", "reset_devices", "delete_totp", "delete_member_totp"}
_SHUTTING_OUT = {"revoke_session", "delete_session", "revoke_member_session"}
_SHUTTING_OUT |= {"revoke_own_session", "revoke_own_member_session", "rotate_own_member_recovery_codes"}
_SHUTTING_OUT |= {"create_own_recovery_codes", "recover_own_totp", "recover_own_session", "recover_own_member"}
"""What ends sessions, or leaves those in browsers with another factor than the usual one."""

_SPOILING = {"rotate_member_recovery_codes", "exchange_intermediate_session"}
"""Whoever was halfway in is so no longer."""

_OF_NORAS_PHONE = {"register_own_totp", "confirm_own_totp"}
_CONFIRMED_WITHIN = timedelta(minutes=10)
_SIGN_IN = named("dynamic.sign_in_externally")
_ATTEST = named("stytch_browsers.attest_own_session")
_ATTEST_MEMBER = named("stytch_b2b_browsers.attest_own_member_session")


_BOOKKEEPING = {
    "project_secret": {"last_used_at"},
    "project_use": set(project_use.columns.keys()),
    "project_visit": set(project_visit.columns.keys()),
}
"""What every call leaves behind: the last use of a live key, and the count of requests."""


def bookkeeping_aside(portal: Portal) -> Dump:
    """The database but for that."""
    kept = dump(portal)
    for table, columns in _BOOKKEEPING.items():
        kept[table] = [{name: value for name, value in row.items() if name not in columns} for row in kept[table]]
        kept[table] = [row for row in kept[table] if row]
    return kept


def keeping(portal: Portal) -> AbstractContextManager[Look]:
    """Likewise, to be looked at often."""
    return watching(portal, _BOOKKEEPING)


def _spelling(route: Route) -> Callable[[str, UUID], str]:
    if route.dialect in (DYNAMIC, DYNAMIC_KEYS):
        return lambda _kind, one: str(one)
    return ksuids.spell if route.dialect is STREAMBIRD else ids.spell


def _uuid(kind: str, spelled: str) -> UUID:
    found = ids.read(kind, spelled)
    assert found, f"{spelled} is not the id of a {kind}"
    return found
