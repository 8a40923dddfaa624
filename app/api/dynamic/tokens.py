"""What carries a session on this wire: a token that clients send along, and that applications verify by themselves.

For them it is good for minutes. Here it stands for the session, for as long as that lives and no factor was shown in it
since: clients are given another one then.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from flask import Request, request

from app.api.dynamic.errors import granted
from app.api.wire import Credentials, Visit
from app.domain.application_sessions import Named, Own
from app.domain.refusals import Refused, Why
from app.services import signing_keys
from app.services.signing_keys import Signer
from app.steps.application_sessions import Shown

PREFIX = "/api/v0/sdk"
ENVIRONMENT = "environment_id"
"""Comes next in every path."""

MARK = "mark"
"""A header of our signed tokens; see `steps/application_sessions.py: find`."""

NEEDS_MORE, IS_IN = "requiresAdditionalAuth", "user:basic"
_BEARER = "bearer"


def credentials(asked: Request) -> Credentials | None:
    """The environment is in the path, and a token of a session is sent by whoever has one.

    So it is in paths that nothing here answers to, whose refusals pages may read as well.
    """
    environment = asked.path.removeprefix(f"{PREFIX}/").partition("/")[0]
    sent = asked.authorization
    token = sent.token if sent is not None and sent.type == _BEARER and sent.token else ""
    return Credentials(token, environment) if environment else None


def own(visit: Visit) -> Own:
    """Whoever the token that was sent is of. Raises WireError."""
    if not visit.sent:
        return granted(Refused(Why.NO_SESSION))
    read = signing_keys.read(visit.portal, visit.project, visit.sent)
    session = _uuid(read.claims.get("sid")) if read else None
    if read is None or session is None or read.claims.get("environment_id") != str(visit.project.environment_id):
        return granted(Refused(Why.UNKNOWN_SESSION))
    return Own(Named(session, str(read.header.get(MARK))))


def access_token(visit: Visit, shown: Shown, signer: Signer) -> str:
    return signer.sign({**_claims(visit, shown, signer), "scope": scope_of(shown)}, header={MARK: shown.mark})


def proof_token(visit: Visit, shown: Shown, signer: Signer, scopes: Sequence[str], *, single_use: bool) -> str:
    """That a second factor was just shown, for whoever verifies it. Here the session itself says so, as long."""
    told = {"scope": " ".join(scopes), "singleUse": single_use}
    return signer.sign({**_claims(visit, shown, signer), **told}, header={})


def scope_of(shown: Shown) -> str:
    return NEEDS_MORE if shown.needs_second_factor else IS_IN


def credential_id(user: UUID, kind: str) -> str:
    return str(uuid5(user, f"credential|{kind}"))


def _claims(visit: Visit, shown: Shown, signer: Signer) -> dict[str, Any]:
    environment, host = str(visit.project.environment_id), urlsplit(visit.portal.settings.origin).netloc
    return {
        "kid": signer.kid,
        "iss": f"{host}/{environment}",
        "aud": request.headers.get("Origin", visit.portal.settings.origin),
        "sub": str(shown.user),
        "sid": str(shown.id),
        "environment_id": environment,
        "last_verified_credential_id": credential_id(shown.user, "external"),
    }


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None
