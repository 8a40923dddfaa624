"""What carries a session on this wire: a token, or a token that clients verify by themselves."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from app.api.fields import Minutes, SignedToken, not_both
from app.api.stytch import ids
from app.api.wire import Asked, Call, WireError
from app.domain.application_sessions import Named, Presented, Wish
from app.domain.projects import Project
from app.services import signing_keys
from app.services.signing_keys import Signer

SESSION_CLAIM = "https://stytch.com/session"
MARK = "mark"
"""A header of our signed tokens; see `steps/application_sessions.py: find`."""


class SessionAsked(Asked):
    """What may be said of a session wherever a factor is shown."""

    model_config = ConfigDict(json_schema_extra={"allOf": [not_both("session_token", "session_jwt")]})

    session_token: str | None = None
    session_jwt: Annotated[SignedToken | None, Field(description="In place of a session_token")] = None
    session_duration_minutes: Minutes | None = None
    session_custom_claims: dict[str, Any] | None = None


def wished(
    call: Call, asked: SessionAsked, *, otherwise: timedelta | None = None, intermediate: str | None = None
) -> tuple[Wish, Signer | None]:
    """What is wished of a session, and the key at hand that signs for it. Raises WireError.

    `otherwise` is how long a new session lives where the request does not say.
    """
    minutes, shown = asked.session_duration_minutes, presented(call, asked.session_token, asked.session_jwt)
    if shown and intermediate:
        raise WireError(400, "too_many_session_arguments", "Send a session or an intermediate one, not both.")
    life = timedelta(minutes=minutes) if minutes else None if shown else otherwise
    wish = Wish(shown, life, asked.session_custom_claims or {}, intermediate=intermediate or None)
    wanted = wish.presented is not None or wish.life is not None
    return wish, signing_keys.signer(call.portal, call.project) if wanted else None


def issuer_of(project: Project) -> str:
    return f"stytch.com/{project.spelled_id}"


def presented(call: Call, token: str | None, jwt: str | None) -> Presented:
    """Raises WireError."""
    if token and jwt:
        raise WireError(400, "too_many_session_arguments", "Send a session token or a session JWT, not both.")
    if token or not jwt:
        return token or None
    read = signing_keys.read(call.portal, call.project, jwt)
    claim = read.claims.get(SESSION_CLAIM) if read else None
    session = ids.read("session", str(claim.get("id"))) if isinstance(claim, dict) else None
    if read is None or session is None or read.claims.get("aud") != [call.project.spelled_id]:
        raise WireError(400, "unable_to_parse_session_jwt", "This is no session JWT of this project.")
    return Named(session, str(read.header.get(MARK)))
