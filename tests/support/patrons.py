"""Who visits a storefront with one of Stytch's clients: signed in by the application's own login, with a phone."""

import base64
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric import ec

from app.services import project_upkeep
from tests.support.applications import App, Application, Provider
from tests.support.browser_client import BrowserClient
from tests.support.clock import TestClock
from tests.support.otp import AuthenticatorApp
from tests.support.qr import read_qr
from tests.support.raised import RaisedError, raised_by
from tests.support.storefront import Storefront

MINUTES = 60
_DOCUMENTED_AT = re.compile("https://stytch.com/docs/(b2b/)?api/errors")
_PNG = "data:image/png;base64,"


@dataclass
class Patron(ABC):
    """`subject` is what the login calls them; phone and codes are theirs once these were told."""

    client: BrowserClient
    login: Provider
    subject: str
    codes: list[str] = field(default_factory=list)
    app: App | None = None

    @property
    def clock(self) -> TestClock:
        return self.login.clock

    @property
    def phone(self) -> App:
        assert self.app, "there is no authenticator yet"
        return self.app

    def at(self, client: BrowserClient) -> Self:
        """The same person at another browser."""
        return replace(self, client=client)

    def as_another(self, subject: str) -> Self:
        """Somebody else at the same browser."""
        return replace(self, subject=subject, codes=[], app=None)

    def enrols(self) -> dict[str, Any]:
        begun = self.begins()
        self.shows(self.phone.code())
        return begun

    def begins(self) -> dict[str, Any]:
        """Scans the picture, and has written down the codes."""
        begun = self._created()
        self.clock.advance(seconds=10)  # which takes its time
        assert begun["qr_code"].startswith(_PNG)
        scanned = AuthenticatorApp.from_uri(read_qr(base64.b64decode(begun["qr_code"].removeprefix(_PNG))))
        self.app, self.codes = App(begun["secret"], self.clock), begun["recovery_codes"]
        assert scanned.code(self.clock.now()) == self.phone.code()
        return begun

    def fails(self, times: int) -> tuple[int | None, str | None]:
        """With wrong codes; what the last of them came to."""
        return [refusal_of(self.shows, self.phone.wrong_code()) for _ in range(times)][-1]

    def shows(self, code: str | None = None) -> dict[str, Any]:
        """A code of the authenticator: the next one, unless another is given."""
        return self._authenticated(self.phone.next_code() if code is None else code)

    def recovers(self, code: str | None = None) -> dict[str, Any]:
        """With a recovery code: one of those left, unless another is given."""
        typed = self.codes[-1] if code is None else code
        recovered = self._recovered(typed)
        self.codes = [one for one in self.codes if one != typed]
        return recovered

    @abstractmethod
    def signs_in(self, **claims: Any) -> dict[str, Any]: ...

    @abstractmethod
    def reads(self) -> list[str]:
        """The codes that are left."""

    @abstractmethod
    def deletes(self) -> dict[str, Any]: ...

    @abstractmethod
    def _created(self) -> dict[str, Any]: ...

    @abstractmethod
    def _authenticated(self, code: str) -> dict[str, Any]: ...

    @abstractmethod
    def _recovered(self, code: str) -> dict[str, Any]: ...

    def _call(self, method: str, *given: Any, **fields: Any) -> Any:
        return self.client.call(method, *given, **fields)

    def _attested(self, claims: dict[str, Any], **more: Any) -> dict[str, Any]:
        token = self.login.token(self.subject, **claims)
        asked = {"profile_id": self.login.profile_id, "token": token, "session_duration_minutes": MINUTES, **more}
        return dict(self._call("session.attest", **asked))


@dataclass
class StytchPatron(Patron):
    totp_id: str = ""

    def signs_in(self, **claims: Any) -> dict[str, Any]:
        return self._attested(claims)

    def reads(self) -> list[str]:
        [totp] = self._call("totps.recoveryCodes")["totps"]
        return list(totp["recovery_codes"])

    def deletes(self) -> dict[str, Any]:
        return dict(self._call("user.deleteTOTP", self.totp_id))

    def _created(self) -> dict[str, Any]:
        begun = dict(self._call("totps.create", expiration_minutes=MINUTES))
        self.totp_id = begun["totp_id"]
        return begun

    def _authenticated(self, code: str) -> dict[str, Any]:
        return dict(self._call("totps.authenticate", totp_code=code, session_duration_minutes=MINUTES))

    def _recovered(self, code: str) -> dict[str, Any]:
        return dict(self._call("totps.recover", recovery_code=code, session_duration_minutes=MINUTES))


@dataclass
class B2BPatron(Patron):
    organization_id: str = ""
    member_id: str = ""

    @property
    def named(self) -> dict[str, Any]:
        """As calls that may come before a session want it."""
        return {"organization_id": self.organization_id, "member_id": self.member_id}

    def signs_in(self, **claims: Any) -> dict[str, Any]:
        return self._attested(claims, organization_id=self.organization_id)

    def reads(self) -> list[str]:
        return list(self._call("recoveryCodes.get")["recovery_codes"])

    def deletes(self) -> dict[str, Any]:
        return dict(self._call("self.deleteMFATOTP"))

    def _created(self) -> dict[str, Any]:
        return dict(self._call("totp.create", **self.named, expiration_minutes=MINUTES))

    def _authenticated(self, code: str) -> dict[str, Any]:
        return dict(self._call("totp.authenticate", **self.named, code=code, session_duration_minutes=MINUTES))

    def _recovered(self, code: str) -> dict[str, Any]:
        asked = {"recovery_code": code, "session_duration_minutes": MINUTES}
        return dict(self._call("recoveryCodes.recover", **self.named, **asked))


def login_for(application: Application, front: Storefront, clock: TestClock, **how: Any) -> Provider:
    """The application's own; its pages are admitted."""
    project_upkeep.admit(application.portal, application.project.public_id, front.origin)
    return Provider(ec.generate_private_key(ec.SECP256R1()), "ES256", clock).trusted_by(application, **how)


def factors(session: dict[str, Any]) -> list[str]:
    return [factor["type"] for factor in session["authentication_factors"]]


def refusal_of(call: Callable[..., Any], *given: Any, **asked: Any) -> tuple[int | None, str | None]:
    """Status and type of the StytchAPIError, which must be whole."""
    raised = raised_by(lambda: call(*given, **asked))
    _assert_whole(raised)
    return raised.status_code, raised.error_type


def _assert_whole(raised: RaisedError) -> None:
    assert raised.kind == "StytchAPIError", raised
    assert raised.request_id
    assert raised.request_id.startswith("request-id-live-")
    assert raised.error_message
    documented_at, _, of_error = (raised.error_url or "").rpartition("/")
    assert _DOCUMENTED_AT.fullmatch(documented_at)
    assert of_error == f"{raised.status_code}#{raised.error_type}"
