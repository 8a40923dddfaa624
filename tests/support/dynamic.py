"""Users of an application who sign in from its pages at Dynamic's wire: with the client, and without one."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from werkzeug.test import TestResponse

from app.domain.projects import Identifies
from app.services import project_upkeep
from tests.support import members_web
from tests.support.applications import App, Application, Caller, Provider
from tests.support.browser_client import BrowserClient
from tests.support.clock import TestClock
from tests.support.people import Person
from tests.support.raised import raised_by
from tests.support.storefront import Storefront

Told = tuple[int, str]

PAGE = "https://shop.example.org"
"""The origin from which browsers ask that have no client."""

NEEDS_MORE, IS_IN = "requiresAdditionalAuth", "user:basic"


class Standing(NamedTuple):
    """What the client says of whoever is signed in, without asking."""

    lacks_second_factor: bool
    is_to_acknowledge: bool
    is_done: bool


LACKS_SECOND_FACTOR = Standing(lacks_second_factor=True, is_to_acknowledge=False, is_done=False)
IS_TO_ACKNOWLEDGE = Standing(lacks_second_factor=False, is_to_acknowledge=True, is_done=False)
IS_TO_DO_BOTH = Standing(lacks_second_factor=True, is_to_acknowledge=True, is_done=False)
IS_DONE = Standing(lacks_second_factor=False, is_to_acknowledge=False, is_done=True)


def standing(client: BrowserClient) -> Standing:
    return Standing(
        client.call("isUserMissingMfaAuth"),
        client.call("isPendingRecoveryCodesAcknowledgment"),
        client.call("isUserOnboardingComplete"),
    )


def signs_in(client: BrowserClient, login: Provider, subject: str = "17", **claims: Any) -> Any:
    return client.call("signInWithExternalJwt", externalJwt=login.token(subject, **claims))


def enrols(client: BrowserClient, clock: TestClock) -> App:
    """Shows the first code, too."""
    begun = client.call("registerTotpMfaDevice")
    phone = App(begun["secret"], clock)
    client.call("authenticateTotpMfaDevice", code=phone.next_code(), deviceId=begun["id"])
    return phone


def told_to(call: Callable[..., Any], *given: Any, **fields: Any) -> tuple[str, str | None, int | None]:
    """Class, code and status of what the client raises."""
    raised = raised_by(partial(call, *given, **fields))
    return raised.kind, raised.code, raised.status_code


def told_behind(
    call: Callable[..., Any], *given: Any, kind: str = "MfaInvalidOtpError", **fields: Any
) -> tuple[str | None, int | None, str]:
    """Code, status and sentence of the wire, where the client has a class of its own for the refusal."""
    raised = raised_by(partial(call, *given, **fields))
    assert raised.kind == kind
    assert raised.behind
    assert raised.behind.kind == "APIError"
    return raised.behind.code, raised.behind.status_code, str(raised.behind).removeprefix("APIError: ")


def admitted(front: Storefront, application: Application) -> Storefront:
    """By the operator: browsers may call the project from its pages."""
    admit(application, front.origin)
    return front


def admit(application: Application, origin: str = PAGE) -> None:
    project_upkeep.admit(application.portal, application.project.public_id, origin)


@dataclass
class Shopper:
    """Whoever sits at a browser: sends along the token that came last, as the client does."""

    caller: Caller
    application: Application
    login: Provider
    token: str = ""
    user: dict[str, Any] = field(default_factory=dict)
    device: str = ""
    phone: App | None = None
    codes: list[str] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        return UUID(self.user["id"])

    @property
    def person(self) -> Person:
        """As those see them who look after people in the portal."""
        row = self.application.member(self.id)
        return Person(self.application.portal, self.login.clock, row.id, row.organization_id, row.email or "")

    def elsewhere(self) -> "Shopper":
        """The same user at another browser, with the same phone and sheet of codes."""
        return Shopper(
            self.caller, self.application, self.login,
            user=self.user, device=self.device, phone=self.phone, codes=[*self.codes],
        )  # fmt: skip

    # asking

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, **body: Any) -> TestResponse:
        """Under the environment of the application; with a body if there is anything to say."""
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        sent = {"json": body} if body else {}
        environment = f"/api/v0/sdk/{self.application.project.environment_id}"
        return self.caller.open(method, f"{environment}{path}", {"Origin": PAGE, **bearer, **(headers or {})}, **sent)

    def get(self, method: str, path: str, headers: dict[str, str] | None = None, **body: Any) -> Any:
        """What must be given."""
        reply = self.ask(method, path, headers, **body)
        assert reply.status_code == 200, reply.text
        given = reply.get_json()
        if "minifiedJwt" in given:
            self.token, self.user = given["minifiedJwt"], given["user"]
        return given

    def told(self, method: str, path: str, **body: Any) -> Told:
        """What must be refused: status and code."""
        return told_by(self.ask(method, path, **body))

    # what users do

    def signs_in(self, subject: str = "17", **but: Any) -> Any:
        return self.get("POST", "/externalAuth/signin", jwt=self.login.token(subject, **but))

    def is_not_let_in(self, token: str) -> Told:
        return self.told("POST", "/externalAuth/signin", jwt=token)

    def begins(self) -> Any:
        """Scans the picture."""
        begun = self.get("GET", "/users/mfa/register/totp")
        self.phone, self.device = App(begun["secret"], self.login.clock), begun["id"]
        return begun

    def enrols(self) -> Any:
        self.begins()
        return self.shows()

    def shows(self, code: str | None = None, **wishes: Any) -> Any:
        """A code of the authenticator: the next one, unless another is given."""
        return self.get("POST", "/users/mfa/auth/totp", code=code or self.next_code(), **wishes)

    def recovers(self, code: str | None = None, **wishes: Any) -> Any:
        """With a recovery code: one of those left, unless another is given."""
        return self.get("POST", "/users/mfa/auth/recovery", code=code or self.codes.pop(), **wishes)

    def reads_codes(self) -> list[str]:
        return self._told_codes(self.get("GET", "/users/mfa/recovery"))

    def makes_codes(self) -> list[str]:
        return self._told_codes(self.get("POST", "/users/mfa/recovery"))

    def acknowledges(self) -> Any:
        return self.get("PUT", "/users", mfaBackupCodeAcknowledgement="complete")

    def is_refused(self, code: str, **wishes: Any) -> Told:
        return self.told("POST", "/users/mfa/auth/totp", code=code, **wishes)

    def is_refused_recovery(self, code: str) -> Told:
        return self.told("POST", "/users/mfa/auth/recovery", code=code)

    def next_code(self) -> str:
        assert self.phone
        return self.phone.next_code()

    def wrong_code(self) -> str:
        assert self.phone
        return self.phone.wrong_code()

    def _told_codes(self, given: dict[str, Any]) -> list[str]:
        assert given["count"] == len(given["recoveryCodes"])
        self.codes = given["recoveryCodes"]
        return [*self.codes]


def login_of(
    application: Application,
    clock: TestClock,
    identifies: Identifies = Identifies.EXTERNAL_ID,
    *,
    makes_users: bool = True,
) -> Provider:
    """The application's own, whose tokens are trusted; browsers may call from its page."""
    admit(application)
    provider = Provider(ec.generate_private_key(ec.SECP256R1()), "ES256", clock)
    return provider.trusted_by(application, identifies=identifies, makes_users=makes_users)


def tablet_of(person: members_web.Person, browser: members_web.Browser) -> members_web.Person:
    """The person with a second authenticator, which was added in the portal just now."""
    browser.open("/account/authenticators/new")
    browser.press("Set up the new authenticator")
    browser.arrive()
    tablet = replace(person)
    tablet.adds(browser.key)
    browser.press("Confirm authenticator", code=tablet.code(), name="Tablet")
    return tablet


def told_by(reply: TestResponse) -> Told:
    """The refusal must be whole."""
    said = reply.get_json()
    assert said.keys() == {"error", "code"}, said
    assert said["error"].endswith(".")
    return reply.status_code, said["code"]
