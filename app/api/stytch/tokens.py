"""What carries a session on this wire: a token, or a token that clients verify by themselves."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from app.api.fields import Minutes, SignedToken, not_both
from app.api.stytch import ids
from app.api.wire import Asked, Call, WireError
from app.domain.application_sessions import Named, Presented, Wish
from app.services import signing_keys
from app.services.signing_keys import Signer
from app.steps.application_sessions import Shown

SESSION_CLAIM = "https://stytch.com/session"
SESSION_LIFE = timedelta(minutes=60)
"""Of a session whose length the request says nothing of, where one is opened all the same."""

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
    minutes = asked.session_duration_minutes
    shown = presented(call, asked.session_token, asked.session_jwt, instead_of=intermediate)
    life = timedelta(minutes=minutes) if minutes else None if shown else otherwise
    wish = Wish(shown, life, asked.session_custom_claims or {}, intermediate=intermediate or None)
    wanted = wish.presented is not None or wish.life is not None
    return wish, signing_keys.signer(call.portal, call.project) if wanted else None


def signed(
    call: Call, shown: Shown, signer: Signer, *, subject: str, claim: dict[str, Any], more: dict[str, Any] | None = None
) -> str:
    """A session JWT as the official clients verify it by themselves."""
    claims = {
        **shown.claims,
        "iss": f"stytch.com/{call.project.spelled_id}",
        "aud": [call.project.spelled_id],
        "sub": subject,
        SESSION_CLAIM: claim,
        **(more or {}),
    }
    return signer.sign(claims, header={MARK: shown.mark})


def require_session(asked: SessionAsked) -> None:
    """Raises WireError."""
    if not asked.session_token and not asked.session_jwt:
        raise WireError(400, "no_session_arguments", "Send a session token or a session JWT.")


def to_revoke(call: Call, session_id: str | None, token: str | None, jwt: str | None) -> Presented | UUID:
    """The session that one of the three names. Raises WireError."""
    if not session_id:
        return presented(call, token, jwt)
    if (found := ids.read("session", session_id)) is None:
        raise WireError(400, "invalid_session_id", "This is not the id of a session.")
    return found


def presented(call: Call, token: str | None, jwt: str | None, *, instead_of: str | None = None) -> Presented:
    """`instead_of` is an intermediate token that was sent. Raises WireError."""
    if token and jwt:
        raise WireError(400, "too_many_session_arguments", "Send a session token or a session JWT, not both.")
    if (token or jwt) and instead_of:
        raise WireError(400, "too_many_session_arguments", "Send a session or an intermediate one, not both.")
    if token or not jwt:
        return token or None
    read = signing_keys.read(call.portal, call.project, jwt)
    claim = read.claims.get(SESSION_CLAIM) if read else None
    session = ids.read("session", str(claim.get("id"))) if isinstance(claim, dict) else None
    if read is None or session is None or read.claims.get("aud") != [call.project.spelled_id]:
        raise WireError(400, "unable_to_parse_session_jwt", "This is no session JWT of this project.")
    return Named(session, str(read.header.get(MARK)))
