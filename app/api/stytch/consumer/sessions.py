"""Sessions of the project's users."""

from app.api.stytch import ids
from app.api.stytch.consumer import models
from app.api.stytch.consumer.refusals import granted
from app.api.stytch.consumer.views import jwt_of, session_of, user_named, user_of
from app.api.stytch.errors import Reply
from app.api.stytch.tokens import require_session, to_revoke, wished
from app.api.wire import Call, WireError
from app.domain.refusals import Refused, Why
from app.services import application_sessions, attestation


def listing(call: Call, asked: models.SessionsAsked) -> models.SessionsListed:
    found = granted(application_sessions.all_of(call.portal, call.project, user_named(asked.user_id)))
    return models.SessionsListed(sessions=[session_of(one) for one in found])


def authenticate(call: Call, asked: models.SessionAuthentication) -> models.SessionAuthenticated:
    require_session(asked)
    if asked.authorization_check:
        raise WireError(403, "consumer_session_authorization_error", "Nobody is granted anything here: ask without.")
    wish, signer = wished(call, asked)
    used = granted(application_sessions.use(call.portal, call.project, wish, origin=call.origin))
    return models.SessionAuthenticated(
        session=session_of(used.session),
        session_token=used.session.token,
        session_jwt=jwt_of(call, used.session, signer),
        user=user_of(used.user),
    )


def revoke(call: Call, asked: models.SessionRevocation) -> Reply:
    sent = [one for one in (asked.session_id, asked.session_token, asked.session_jwt) if one]
    if not sent:
        raise WireError(400, "no_session_revoke_arguments", "Send the id of a session, its token or its JWT.")
    if len(sent) > 1:
        raise WireError(400, "too_many_session_revoke_arguments", "Send one of id, token and JWT.")
    named = to_revoke(call, asked.session_id, asked.session_token, asked.session_jwt)
    granted(application_sessions.end(call.portal, call.project, named, origin=call.origin))
    return Reply()


def attest(call: Call, asked: models.Attestation) -> models.Authenticated:
    profile, (wish, signer) = ids.read("trusted-token-profile", asked.profile_id), wished(call, asked)
    attested = granted(
        attestation.attest(call.portal, call.project, profile, asked.token, wish=wish, origin=call.origin)
        if profile
        else Refused(Why.UNKNOWN_PROFILE)
    )
    shown = attested.session
    return models.Authenticated(
        user_id=ids.spell("user", attested.user.id),
        user=user_of(attested.user),
        session_token=shown.token if shown else "",
        session_jwt=jwt_of(call, shown, signer),
        session=session_of(shown) if shown else None,
    )
