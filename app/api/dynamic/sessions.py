"""Signing in by the application's own token, and what follows: another token, oneself, the end."""

import secrets
from datetime import timedelta

from app.api.dynamic import models
from app.api.dynamic.errors import granted
from app.api.dynamic.tokens import own
from app.api.dynamic.views import default_of, devices_of, user_of, verified
from app.api.wire import Visit
from app.domain.application_sessions import Wish
from app.services import application_sessions, attestation, signing_keys, tenants, user_codes, users

SESSION_LIFE = timedelta(hours=12)
_NONCE_BYTES = 16


def sign_in(visit: Visit, asked: models.ExternalSignIn) -> models.Verified:
    signer = signing_keys.signer(visit.portal, visit.project)
    wish = Wish(life=SESSION_LIFE)
    attested = granted(attestation.sign_in(visit.portal, visit.project, asked.jwt, wish=wish, origin=visit.origin))
    assert attested.session is not None  # noqa: S101 -- one was wished for
    return verified(visit, attested.user, attested.session, signer)


def refresh(visit: Visit) -> models.Verified:
    """Another token of the session, which lives no longer for it."""
    signer, wish = signing_keys.signer(visit.portal, visit.project), Wish(own(visit).presented)
    used = granted(application_sessions.use(visit.portal, visit.project, wish, origin=visit.origin))
    return verified(visit, used.user, used.session, signer)


def revoke(visit: Visit) -> models.Nothing:
    granted(application_sessions.end(visit.portal, visit.project, own(visit).presented, origin=visit.origin))
    return models.Nothing()


def get_user(visit: Visit) -> models.User:
    found = granted(application_sessions.look(visit.portal, visit.project, own(visit)))
    return user_of(visit.project, found.user, found.session)


def update_user(visit: Visit, asked: models.UserUpdate) -> models.Updated:
    """What is wrong with any part of it is found before the codes are acknowledged, which cannot be taken back."""
    mine, signer = own(visit), signing_keys.signer(visit.portal, visit.project)
    changes = users.Changes(first_name=asked.first_name, last_name=asked.last_name, untrusted_metadata=asked.metadata)
    if changes != users.Changes():
        granted(users.change(visit.portal, visit.project, mine, changes, origin=visit.origin))
    if asked.acknowledgement:
        granted(user_codes.acknowledge(visit.portal, visit.project, mine, origin=visit.origin))
    present = granted(application_sessions.look(visit.portal, visit.project, mine))
    return models.Updated(**dict(verified(visit, present.user, present.session, signer)))


def step_up(visit: Visit, _asked: models.StepUpAsked) -> models.StepUp:
    """Whatever it is for: the same factor does for all of it."""
    mine = own(visit)
    user = granted(users.look_at_own(visit.portal, visit.project, mine))
    fresh, default = granted(application_sessions.is_fresh(visit.portal, visit.project, mine)), default_of(user)
    return models.StepUp(
        isRequired=not fresh,
        credentials=[models.StepUpCredential(id=one.id) for one in devices_of(user, verified_only=True)],
        defaultCredentialId=str(default) if default else None,
    )


def settings(visit: Visit) -> models.Settings:
    place = granted(tenants.reach_own(visit.portal, visit.project))
    return models.Settings(
        general=models.GeneralSettings(displayName=visit.project.name),
        security=models.SecuritySettings(mfa=models.MfaSettings(required=place.tenant.requires_second_factor)),
    )


def nonces(_visit: Visit, asked: models.NoncesAsked) -> models.Nonces:
    """For what clients sign with a key of their device, which nobody here goes by."""
    return models.Nonces(nonces=[secrets.token_hex(_NONCE_BYTES) for _ in range(asked.count)])


def keys(visit: Visit) -> models.Keys:
    return models.Keys(keys=signing_keys.published(visit.portal, visit.project))
