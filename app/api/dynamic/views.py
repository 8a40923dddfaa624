"""Users, sessions and authenticators in the words of this wire."""

from collections.abc import Sequence
from uuid import UUID

from app.api.dynamic import models
from app.api.dynamic.tokens import access_token, credential_id, proof_token, scope_of
from app.api.wire import Visit
from app.domain.projects import Project
from app.domain.users import Totp, User
from app.services.signing_keys import Signer
from app.steps.application_sessions import Shown


def user_of(project: Project, user: User, shown: Shown) -> models.User:
    name = user.notes.name
    return models.User(
        id=str(user.id),
        projectEnvironmentId=str(project.environment_id),
        verifiedCredentials=_credentials(user),
        lastVerifiedCredentialId=credential_id(user.id, "external"),
        sessionId=str(shown.id),
        scope=scope_of(shown),
        email=user.email,
        firstName=" ".join(part for part in (name.first, name.middle) if part) or None,
        lastName=name.last or None,
        metadata=dict(user.notes.untrusted_metadata),
        mfaBackupCodeAcknowledgement="pending" if user.codes_pending else "complete" if user.totp else None,
    )


def verified(
    visit: Visit, user: User, shown: Shown, signer: Signer, asked: models.CodeAsked | None = None
) -> models.Verified:
    """`asked` is with which code a second factor was just shown."""
    token = access_token(visit, shown, signer)
    scopes, mfa = (asked.requested_scopes or [], asked.create_mfa_token) if asked else ([], None)
    return models.Verified(
        user=user_of(visit.project, user, shown),
        jwt=token,
        minifiedJwt=token,
        expiresAt=int(shown.expires_at.timestamp()),
        mfaToken=proof_token(visit, shown, signer, [], single_use=mfa.single_use) if mfa else None,
        elevatedAccessToken=proof_token(visit, shown, signer, scopes, single_use=False) if scopes else None,
    )


def devices_of(user: User, *, verified_only: bool = False) -> list[models.Device]:
    default = default_of(user)
    return [_device(one, default) for one in user.totps if one.verified or not verified_only]


def default_of(user: User) -> UUID | None:
    """The one that the user chose to be shown first, or else the oldest."""
    return user.notes.preferred if user.notes.preferred in _verified(user.totps) else user.totp


def _verified(totps: Sequence[Totp]) -> list[UUID]:
    return [one.id for one in totps if one.verified]


def _device(one: Totp, default: UUID | None) -> models.Device:
    return models.Device(
        id=str(one.id),
        verified=one.verified,
        default=one.id == default,
        createdAt=one.begun_at,
        verifiedAt=one.begun_at if one.verified else None,
    )


def _credentials(user: User) -> list[models.Credential]:
    """The application vouches for the first factor; nobody signs in here with an address."""
    external = models.Credential(
        id=credential_id(user.id, "external"),
        format="externalUser",
        signInEnabled=True,
        public_identifier=user.notes.external_id or str(user.id),
    )
    if not (user.email and user.email_verified):
        return [external]
    email = models.Credential(id=credential_id(user.id, "email"), format="email", signInEnabled=False, email=user.email)
    return [external, email]
