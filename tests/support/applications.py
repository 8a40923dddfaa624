"""Applications as the operator makes them, and the official clients that they call with."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import jwt
import pyotp
import pytest
import requests
import streambird
import stytch
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from flask.testing import FlaskClient
from requests.adapters import HTTPAdapter
from streambird.exceptions import StreambirdException
from stytch import B2BClient
from stytch.b2b.models import recovery_codes as b2b_recovery_codes
from stytch.b2b.models import totps as b2b_totps
from stytch.b2b.models.organizations import Member as B2BMember
from stytch.consumer.models.totps import AuthenticateResponse, RecoverResponse
from stytch.core.response_base import StytchError, StytchErrorDetails
from urllib3 import Retry
from werkzeug.test import TestResponse

from app.api.streambird import ids
from app.domain.members import Member
from app.domain.projects import Identifies, Permission, Project
from app.domain.recovery_codes import ALPHABET, new_code, spell
from app.portal import Portal
from app.services import project_upkeep
from app.storage import members
from app.storage.tables import member, organization
from tests.support.clock import TestClock

EVERYTHING = frozenset(Permission)
ISSUER = "https://login.example.org"
AUDIENCE = "sparekey"
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
_DOCUMENTED_AT = re.compile("https://stytch.com/docs/(b2b/)?api/errors")


@dataclass
class Application:
    """A project with its secret, at the address where the portal is reached."""

    portal: Portal
    project: Project
    secret: str

    @property
    def id(self) -> str:
        return self.project.spelled_id

    @property
    def address(self) -> str:
        return f"{self.portal.settings.origin}/"

    @property
    def basic(self) -> dict[str, str]:
        """The header by which Stytch's clients say who they are."""
        return basic(self.id, self.secret)

    @property
    def bearer(self) -> dict[str, str]:
        """Likewise Streambird's."""
        return {"Authorization": f"Bearer {self.secret}"}

    def stytch(self, session: requests.Session | None = None) -> stytch.Client:
        """The official client, pointed here as README says."""
        return stytch.Client(self.id, self.secret, environment=self.address, sync_session=session)

    def stytch_b2b(self, session: requests.Session | None = None) -> B2BClient:
        """Likewise the one for applications whose people belong to organizations."""
        return B2BClient(self.id, self.secret, environment=self.address, sync_session=session)

    def streambird(self) -> Any:
        return streambird.Client(self.secret, None, api_instance_url=f"{self.address}v1")

    def asks(self, method: str, path: str, **body: Any) -> requests.Response:
        """By Streambird's wire, what its client for Python has no method for."""
        return requests.request(method, f"{self.address}v1/auth/{path}", json=body, headers=self.bearer, timeout=10)

    def member(self, user: UUID) -> Member:
        """The user as the database has them now."""
        with self.portal.reading() as tx:
            found = members.find_sole(tx.db, user)
        assert found, f"{self.project.name} has no {user}"
        assert self.project.organization_id in {None, found.organization_id}
        return found


def basic(name: str, password: str) -> dict[str, str]:
    encoded = base64.b64encode(f"{name}:{password}".encode()).decode()
    return {"Authorization": f"Basic {encoded}"}


def made(
    portal: Portal,
    name: str = "Shop",
    *,
    organization: str | None = None,
    installation: bool = False,
    permissions: frozenset[Permission] = EVERYTHING,
) -> Application:
    new = project_upkeep.create(
        portal, name=name, organization=organization, installation=installation, permissions=permissions
    )
    return Application(portal, new.project, new.secret)


def chosen(portal: Portal, **policy: Any) -> None:
    """By the owners of every organization, from now on."""
    with portal.writing() as tx:
        tx.db.execute(organization.update().values(**policy))


def known_to_be_theirs(portal: Portal, *emails: str, only: UUID | None = None) -> None:
    """These addresses, or with one member alone; as they are once a link that was sent there came back."""
    known = member.c.email.in_(emails) if only is None else member.c.public_id == only
    with portal.writing() as tx:
        tx.db.execute(member.update().where(member.c.email.in_(emails)).values(email_verified=known))


@dataclass
class Caller:
    """Calls without a client, to send what no client would; `open` returns the reply as it is."""

    app: Flask

    def open(self, method: str, path: str, headers: dict[str, str] | None = None, **sent: Any) -> TestResponse:
        client: FlaskClient = self.app.test_client()
        return client.open(path, method=method, headers=headers, **sent)


@dataclass
class App:
    """What a user has on the phone: knows a secret, and what time it is."""

    secret: str
    clock: TestClock

    def code(self) -> str:
        return pyotp.TOTP(self.secret).at(self.clock.now())

    def next_code(self) -> str:
        self.clock.advance(seconds=30)
        return self.code()

    def wrong_code(self) -> str:
        """One of no step that would be accepted."""
        now = self.clock.now()
        taken = {pyotp.TOTP(self.secret).at(now, counter_offset=step) for step in (-2, -1, 0, 1, 2)}
        return next(f"{number:06}" for number in range(10) if f"{number:06}" not in taken)


def wrong_recovery_code() -> str:
    """In the form of ours, and nobody's."""
    return spell(new_code())


def mistyped(code: str) -> str:
    """With a slip of the finger at its end."""
    return code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % len(ALPHABET)]


def uuid_in(user_id: str) -> UUID:
    """Of an id as Stytch's wire spells it."""
    return UUID(user_id[-36:])


def random_like(some_id: str) -> str:
    """Another id of that kind, and nobody's."""
    return some_id[:-36] + str(uuid4())


@dataclass
class StytchUser:
    """Somebody whom an application looks after with Stytch's client; knows what was told once, at the beginning."""

    client: stytch.Client
    user_id: str
    totp_id: str
    phone: App
    codes: list[str]

    @classmethod
    def made(cls, client: stytch.Client, clock: TestClock, **of: Any) -> "StytchUser":
        """With an authenticator that is not confirmed yet."""
        user_id = client.users.create(**of).user_id
        begun = client.totps.create(user_id=user_id)
        return cls(client, user_id, begun.totp_id, App(begun.secret, clock), begun.recovery_codes)

    @property
    def uuid(self) -> UUID:
        return uuid_in(self.user_id)

    def confirms(self) -> None:
        self.shows(self.phone.code())

    def shows(self, code: str | None = None, **wishes: Any) -> AuthenticateResponse:
        """A code of the authenticator: the next one, unless another is given."""
        typed = self.phone.next_code() if code is None else code
        return self.client.totps.authenticate(user_id=self.user_id, totp_code=typed, **wishes)

    def recovers(self, code: str | None = None, **wishes: Any) -> RecoverResponse:
        """With a recovery code: one of those left, unless another is given."""
        typed = self.codes.pop() if code is None else code
        return self.client.totps.recover(user_id=self.user_id, recovery_code=typed, **wishes)

    def fails(self, times: int) -> None:
        for _ in range(times):
            refusal(self.shows, code=self.phone.wrong_code())


@dataclass
class StytchMember:
    """Likewise somebody of an organization, with Stytch's client for B2B."""

    client: B2BClient
    organization_id: str
    member_id: str
    totp_id: str
    phone: App
    codes: list[str]

    @classmethod
    def made(cls, client: B2BClient, clock: TestClock, organization_id: str, **of: Any) -> "StytchMember":
        """With an authenticator that is not confirmed yet."""
        asked = {"email_address": "ada@example.org", **of}
        made = client.organizations.members.create(organization_id=organization_id, **asked).member
        begun = client.totps.create(organization_id=made.organization_id, member_id=made.member_id)
        phone = App(begun.secret, clock)
        return cls(
            client, made.organization_id, made.member_id, begun.totp_registration_id, phone, begun.recovery_codes
        )

    @classmethod
    def enrolled(cls, client: B2BClient, clock: TestClock, organization_id: str, **of: Any) -> "StytchMember":
        member = cls.made(client, clock, organization_id, **of)
        member.shows(member.phone.code())
        return member

    @property
    def named(self) -> dict[str, Any]:
        """As most calls want it."""
        return {"organization_id": self.organization_id, "member_id": self.member_id}

    @property
    def uuid(self) -> UUID:
        return uuid_in(self.member_id)

    def looked_at(self) -> B2BMember:
        return self.client.organizations.members.get(**self.named).member

    def shows(self, code: str | None = None, **wishes: Any) -> b2b_totps.AuthenticateResponse:
        """A code of the authenticator: the next one, unless another is given."""
        typed = self.phone.next_code() if code is None else code
        return self.client.totps.authenticate(**self.named, code=typed, **wishes)

    def recovers(self, code: str | None = None, **wishes: Any) -> b2b_recovery_codes.RecoverResponse:
        """With a recovery code: one of those left, unless another is given."""
        typed = self.codes.pop() if code is None else code
        return self.client.recovery_codes.recover(**self.named, recovery_code=typed, **wishes)

    def fails(self, times: int) -> None:
        for _ in range(times):
            refusal(self.shows, code=self.phone.wrong_code())


@dataclass
class Provider:
    """The application's own login, with a key of which the portal was given the public half."""

    key: PrivateKey
    algorithm: str
    clock: TestClock
    profile_id: str = ""

    def trusted_by(
        self,
        application: Application,
        *,
        identifies: Identifies = Identifies.EXTERNAL_ID,
        claim: str = "sub",
        makes_users: bool = False,
    ) -> "Provider":
        profile = project_upkeep.trust(
            application.portal,
            application.project.public_id,
            name="Login",
            issuer=ISSUER,
            audience=AUDIENCE,
            claim=claim,
            identifies=identifies,
            public_key=self.public_key.decode(),
            makes_users=makes_users,
        )
        self.profile_id = f"trusted-token-profile-live-{profile.public_id}"
        return self

    @property
    def public_key(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    @property
    def profile(self) -> UUID:
        return UUID(self.profile_id[-36:])

    def claims(self, subject: str, **but: Any) -> dict[str, Any]:
        """None leaves a claim out."""
        now = int(self.clock.now().timestamp())
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": subject, "iat": now, "exp": now + 60, **but}
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, subject: str, **but: Any) -> str:
        return jwt.encode(self.claims(subject, **but), self.key, algorithm=self.algorithm)


def looked_at(client: stytch.Client, user_id: str) -> dict[str, Any]:
    """Every field of the user."""
    return client.users.get(user_id=user_id).model_dump(exclude={"status_code", "request_id"})


def refusal(call: Callable[..., object], **asked: Any) -> StytchErrorDetails:
    """What Stytch's client raises; it must be whole."""
    with pytest.raises(StytchError) as raised:
        call(**asked)
    details = raised.value.details
    assert details.request_id.startswith("request-id-live-")
    assert details.error_message
    documented_at, _, of_error = (details.error_url or "").rpartition("/")
    assert _DOCUMENTED_AT.fullmatch(documented_at)
    assert of_error == f"{details.status_code}#{details.error_type}"
    assert details.original_json is not None
    assert details.original_json["status_code"] == details.status_code
    return details


def told(call: Callable[..., object], **asked: Any) -> tuple[int, str | None]:
    """Its status and type alone."""
    details = refusal(call, **asked)
    return details.status_code, details.error_type


@dataclass
class StreambirdUser:
    """Somebody whom an application looks after with Streambird's client."""

    client: Any
    user_id: str
    totp_id: str
    phone: App
    codes: list[str]

    @classmethod
    def made(cls, client: Any, clock: TestClock, **of: Any) -> "StreambirdUser":
        """With an authenticator that is not confirmed yet."""
        user_id = client.users.create(**of)["user_id"]
        begun = client.totps.create(user_id)
        return cls(client, user_id, begun["totp_id"], App(begun["secret"], clock), begun["recovery_codes"])

    @property
    def uuid(self) -> UUID:
        found = ids.read("user", self.user_id)
        assert found
        return found

    def confirms(self) -> None:
        self.shows(self.phone.code())

    def shows(self, code: str | None = None, **wishes: Any) -> dict[str, Any]:
        """A code of the authenticator: the next one, unless another is given."""
        typed = self.phone.next_code() if code is None else code
        return dict(self.client.totps.verify(totp=typed, user_id=self.user_id, **wishes))

    def recovers(self, code: str | None = None, **wishes: Any) -> dict[str, Any]:
        """With a recovery code: one of those left, unless another is given."""
        typed = self.codes.pop() if code is None else code
        return dict(self.client.totps.recovery(recovery_code=typed, user_id=self.user_id, **wishes))


def raised(client: Any, call: Callable[..., object], **asked: Any) -> tuple[type[Exception], str]:
    """What Streambird's client raises, and the type that was in the reply, of which the client says nothing."""
    replies: list[requests.Response] = []
    raises = type(client.api)._raise_on_respose

    def looks_first(reply: requests.Response) -> None:
        replies.append(reply)
        raises(reply)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client.api, "_raise_on_respose", looks_first)
        with pytest.raises(StreambirdException) as refused:
            call(**asked)
    said = replies[0].json()
    assert refused.value.code == said["status_code"] == replies[0].status_code
    assert refused.value.message == said["error_message"] != ""
    assert said.keys() == {"status_code", "error_type", "error_message", "request_id"}
    return type(refused.value), said["error_type"]


class SendsAgain(requests.Session):
    """As applications set their HTTP up that do not take an error for an answer; `again` counts what was sent anew."""

    def __init__(self) -> None:
        super().__init__()
        self.again = 0
        self.mount("http://", HTTPAdapter(max_retries=_THRICE))
        self.hooks["response"].append(self._count)

    def _count(self, reply: requests.Response, **_sent: Any) -> None:
        self.again += len(reply.raw.retries.history)


_THRICE = Retry(
    total=3,
    backoff_factor=0,
    status_forcelist=[429, 500, 503],
    allowed_methods=None,
    raise_on_status=False,
    respect_retry_after_header=False,
)
