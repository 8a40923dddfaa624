"""Sessions of the project's users, and the keys by which their tokens are checked."""

from app.api.streambird import ids, models
from app.api.streambird.errors import KINDS, granted
from app.api.streambird.views import jwt_of, presented, session_of, user_named, wished
from app.api.wire import Anyone, Call, WireError
from app.services import application_sessions, project_calls, signing_keys


def verify(call: Call, asked: models.SessionVerification) -> models.SessionVerified:
    if not asked.session_token and not asked.session_jwt:
        raise WireError(400, "invalid_request", "Send a session token or a session JWT.")
    wish, signer = wished(call, asked)
    used = granted(application_sessions.use(call.portal, call.project, wish, origin=call.origin))
    return models.SessionVerified(
        session=session_of(used.session),
        session_token=used.session.token,
        session_jwt=jwt_of(call, used.session, signer) or "",
    )


def listing(call: Call, asked: models.SessionsAsked) -> models.SessionsListed:
    found = granted(application_sessions.all_of(call.portal, call.project, user_named(asked.user_id)))
    return models.SessionsListed(sessions=[session_of(one) for one in found])


def delete(call: Call, asked: models.SessionDeletion) -> models.Message:
    if len([one for one in (asked.session_id, asked.session_token, asked.session_jwt) if one]) != 1:
        raise WireError(400, "invalid_request", "Send the id of a session, its token or its JWT, and only one of them.")
    by_id = ids.read("sess", asked.session_id) if asked.session_id else None
    if asked.session_id and by_id is None:
        raise WireError(404, "session_not_found", "There is no such session, or it is over.")
    named = by_id or presented(call, asked.session_token, asked.session_jwt)
    granted(application_sessions.end(call.portal, call.project, named, origin=call.origin))
    return models.Message(message="The session is deleted.")


def keys(anyone: Anyone, asked: models.KeysAsked) -> models.Keys:
    """Of the project that the public token names; clients send their secret in its place, here or in the header."""
    told = anyone.sent.secret if anyone.sent else asked.api_key or ""
    portal = anyone.portal
    project = project_calls.with_public_token(portal, told) or project_calls.told_by(portal, told)
    if project is None:
        raise WireError(
            401,
            KINDS[401],
            "Say with api_key whose keys: the public token of the project will do.",
            {"WWW-Authenticate": 'Bearer realm="Sparekey"'},
        )
    published = signing_keys.published(portal, project)
    return models.Keys(
        keys=[models.JsonWebKey.model_validate({**one, "x5t_s256": one["x5t#S256"]}) for one in published]
    )
