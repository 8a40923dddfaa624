"""How browsers call this wire, and what is alike for applications with and without organizations."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

from flask import Request
from pydantic import Field

from app.api.fields import WHOLE, Minutes
from app.api.stytch import ids
from app.api.stytch.errors import Reply, basic_credentials, finish
from app.api.stytch.tokens import SESSION_LIFE
from app.api.wire import Anyone, Asked, Browsers, Credentials, Given, Visit, WireError
from app.domain.application_sessions import Own, Wish
from app.domain.projects import Project
from app.domain.refusals import Refused, Why
from app.services import attestation, project_calls, signing_keys
from app.services.attestation import Attested
from app.services.signing_keys import Signer

Answer = TypeVar("Answer", bound=Reply)
Outcome = TypeVar("Outcome")

SCHEME = {
    "type": "http",
    "scheme": "basic",
    "description": "The project's public token, and the token of a session, or the public token again",
}
BROWSERS = Browsers(
    project_of=project_calls.with_public_token,
    headers=("Authorization", "Content-Type", "X-SDK-Client", "X-SDK-Parent-Host"),
    with_credentials=True,
)


class Data(Given, Generic[Answer]):
    """Clients take out of it what the call is said to return."""

    data: Answer


class SessionAsked(Asked):
    session_duration_minutes: Minutes | None = None


class EnrolmentAsked(Asked):
    expiration_minutes: Annotated[int, Field(ge=5, le=1440), WHOLE] | None = None


class CaptchaSettings(Given):
    enabled: Literal[False] = False


class RolePolicy(Given):
    roles: tuple[()] = ()
    resources: tuple[()] = ()


class Bootstrap(Reply):
    """What clients ask before anything else: mostly that there is no more than they were told."""

    project_name: str
    vertical: Literal["CONSUMER", "B2B"]
    disable_sdk_watermark: Literal[True] = True
    captcha_settings: CaptchaSettings = CaptchaSettings()
    cname_domain: None = None
    email_domains: tuple[()] = ()
    pkce_required_for_email_magic_links: Literal[False] = False
    pkce_required_for_password_resets: Literal[False] = False
    pkce_required_for_oauth: Literal[False] = False
    pkce_required_for_sso: Literal[False] = False
    siwe_required_for_crypto_wallets: Literal[False] = False
    dfp_protected_auth_enabled: Literal[False] = False
    create_organization_enabled: Literal[False] = False
    slug_pattern: None = None
    password_config: None = None
    rbac_policy: RolePolicy = RolePolicy()


def credentials(request: Request) -> Credentials | None:
    """The public token in place of a session's is none."""
    sent = basic_credentials(request)
    if sent is None or sent.project_id is None:
        return None
    return Credentials("" if sent.secret == sent.project_id else sent.secret, sent.project_id)


def finished(given: Given, request_id: str) -> Given:
    """The answer within, with what every answer carries."""
    answer: Any = given
    return given.model_copy(update={"data": finish(answer.data, request_id)})


def own(visit: Visit, *, intermediate: str | None = None, meant: UUID | None = None) -> Own:
    """Whoever sits at the browser; by a sign-in in progress, where the request says that there is one."""
    return Own(None if intermediate else visit.sent or None, intermediate or None, meant)


def wished(
    visit: Visit, minutes: int | None, *, intermediate: str | None = None, opens: bool = False
) -> tuple[Wish, Signer]:
    """What is wished of the session at hand, or of the one to be, and the key that signs for it.

    `opens`: there is to be one, whether or not the request says for how long. Raises UnavailableError.
    """
    presented = None if intermediate else visit.sent or None
    otherwise = SESSION_LIFE if opens and not presented else None
    life = timedelta(minutes=minutes) if minutes else otherwise
    return Wish(presented, life, intermediate=intermediate), signing_keys.signer(visit.portal, visit.project)


def attested(visit: Visit, project: Project, profile_id: str, token: str, wish: Wish) -> Attested | Refused:
    """By the token of a profile, into the session at hand; into a new one where that is over, or somebody else's.

    Not where it goes on under another token: a new one would throw away what was shown in it.
    """
    profile = ids.read("trusted-token-profile", profile_id)
    if profile is None:
        return Refused(Why.UNKNOWN_PROFILE)
    given = attestation.attest(visit.portal, project, profile, token, wish=wish, origin=visit.origin)
    if not isinstance(given, Refused) or given.why is not Why.UNKNOWN_SESSION:
        return given
    anew = replace(wish, presented=None, life=wish.life or SESSION_LIFE)
    return attestation.attest(visit.portal, project, profile, token, wish=anew, origin=visit.origin)


def unless_replaced(outcome: Outcome | Refused) -> Outcome | Refused:
    """What was done, or refused. Raises WireError for a token that was replaced just now.

    Clients sign out locally where they are told that a session is not to be found, and ask again where it is anything
    else: by then with the token that replaced it.
    """
    if isinstance(outcome, Refused) and outcome.why is Why.TOKEN_REPLACED:
        raise WireError(401, "session_token_replaced", "The session goes on under the token of its last factor.")
    return outcome


def objection_to(visit: Visit, profile_id: str, token: str) -> Refused | None:
    """Why the token is none to go by, before it matters where it is to let somebody in."""
    profile = ids.read("trusted-token-profile", profile_id)
    if profile is None:
        return Refused(Why.UNKNOWN_PROFILE)
    return attestation.objection_to(visit.portal, visit.project, profile, token)


def bootstrap(visit: Visit, public_token: str) -> Data[Bootstrap]:
    if public_token != visit.project.public_token:
        raise WireError(404, "project_not_found", "This is not the public token that was sent along.")
    vertical: Literal["CONSUMER", "B2B"] = "B2B" if visit.project.organization_id is None else "CONSUMER"
    return Data(data=Bootstrap(project_name=visit.project.name, vertical=vertical))


def events(_anyone: Anyone) -> Data[Reply]:
    """What clients tell of their own use, which nobody here asked for: none of it is read."""
    return Data(data=Reply())
