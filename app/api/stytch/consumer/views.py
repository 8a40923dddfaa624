"""Users and sessions in the words of this wire, and the tokens that carry a session."""

from typing import Any
from uuid import UUID

from app.api.stytch import ids
from app.api.stytch.consumer import objects
from app.api.stytch.factors import factor_of
from app.api.stytch.tokens import signed
from app.api.wire import Call, WireError
from app.domain.projects import is_external_id
from app.domain.users import User, UserRef
from app.services.signing_keys import Signer
from app.steps.application_sessions import Shown


def user_named(text: str) -> UserRef:
    """By the user's id, or by the one that the application gave it. Raises WireError."""
    found = ids.read("user", text)
    if found:
        return found
    if not is_external_id(text):
        raise WireError(400, "invalid_user_id", "This is neither the id of a user nor an external id.")
    return text


def user_of(user: User) -> objects.User:
    return objects.User(**fields_of(user))


def fields_of(user: User) -> dict[str, Any]:
    notes = user.notes
    password = objects.Password(password_id=ids.spell("password", user.id), requires_reset=user.password_stopped)
    return {
        "user_id": ids.spell("user", user.id),
        "emails": emails_of(user),
        "status": "active" if user.active else "pending",
        "totps": [objects.Totp(totp_id=ids.spell("totp", one.id), verified=one.verified) for one in user.totps],
        "is_locked": user.locked,
        "roles": list(notes.labels),
        "name": objects.Name(first_name=notes.name.first, middle_name=notes.name.middle, last_name=notes.name.last),
        "created_at": user.made_at,
        "password": password if user.has_password else None,
        "trusted_metadata": notes.trusted_metadata,
        "untrusted_metadata": notes.untrusted_metadata,
        "external_id": notes.external_id,
        "lock_created_at": user.locked_since,
        "lock_expires_at": user.locked_until,
    }


def emails_of(user: User) -> list[objects.Email]:
    if user.email is None:
        return []
    return [objects.Email(email_id=email_id_of(user.id), email=user.email, verified=user.email_verified)]


def email_id_of(user: UUID) -> str:
    """A user has one address at most, so that the user's own UUID says which."""
    return ids.spell("email", user)


def session_of(shown: Shown) -> objects.Session:
    return objects.Session(
        session_id=ids.spell("session", shown.id),
        user_id=ids.spell("user", shown.user),
        authentication_factors=[factor_of(one) for one in shown.factors],
        roles=list(shown.labels),
        started_at=shown.started_at,
        last_accessed_at=shown.last_accessed_at,
        expires_at=shown.expires_at,
        attributes=objects.Attributes(ip_address=shown.address, user_agent=shown.browser),
        custom_claims=shown.claims,
    )


def jwt_of(call: Call, shown: Shown | None, signer: Signer | None) -> str:
    """As the official clients verify it by themselves; empty where there is no session."""
    if shown is None or signer is None:
        return ""
    session = session_of(shown).model_dump(mode="json", exclude_none=True)
    claim = {"id": session.pop("session_id"), **session}
    del claim["user_id"], claim["custom_claims"]
    return signed(call, shown, signer, subject=ids.spell("user", shown.user), claim=claim)
