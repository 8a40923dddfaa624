"""Sessions of members, and the way from one organization into another."""

from datetime import timedelta

from app.api.stytch import ids
from app.api.stytch.b2b import answers, objects, requests
from app.api.stytch.b2b.refusals import granted
from app.api.stytch.b2b.views import (
    TOTP,
    both,
    jwt_of,
    member_named,
    member_of,
    opened,
    organization_named,
    organization_of,
    reached,
    session_of,
    sole_member,
)
from app.api.stytch.errors import Reply
from app.api.stytch.tokens import SESSION_LIFE, presented, require_session, to_revoke, wished
from app.api.wire import Call, WireError
from app.domain.application_sessions import Wish
from app.domain.refusals import Refused, Why
from app.services import application_sessions, attestation, exchanges, signing_keys, tenants
from app.services.exchanges import Exchanged
from app.services.signing_keys import Signer
from app.services.tenants import Reached


def listing(call: Call, asked: requests.OfMember) -> answers.SessionsListed:
    place, member = reached(call, asked.organization_id), member_named(asked.member_id)
    found = granted(application_sessions.all_of(call.portal, place.project, member))
    return answers.SessionsListed(member_sessions=[session_of(one, place.tenant) for one in found])


def authenticate(call: Call, asked: requests.SessionAuthentication) -> answers.SessionAuthenticated:
    require_session(asked)
    if asked.authorization_check:
        raise WireError(403, "session_authorization_error", "Nobody is granted anything here: ask without.")
    wish, signer = wished(call, asked)
    used = granted(application_sessions.use(call.portal, call.project, wish, origin=call.origin))
    tenant = granted(tenants.reach_of(call.portal, call.project, used.user.id)).tenant
    return answers.SessionAuthenticated(
        member_session=session_of(used.session, tenant),
        session_token=used.session.token,
        session_jwt=jwt_of(call, used.session, tenant, signer),
        member=member_of(used.user, tenant),
        organization=organization_of(tenant),
    )


def revoke(call: Call, asked: requests.SessionRevocation) -> Reply:
    sent = [one for one in (asked.member_session_id, asked.session_token, asked.session_jwt, asked.member_id) if one]
    if not sent:
        raise WireError(400, "no_session_revoke_arguments", "Send the id of a session, its token, its JWT or a member.")
    if len(sent) > 1:
        raise WireError(400, "too_many_session_revoke_arguments", "Send one of id, token, JWT and member.")
    if asked.member_id:
        return _revoke_all(call, asked.member_id)
    named = to_revoke(call, asked.member_session_id, asked.session_token, asked.session_jwt)
    granted(application_sessions.end(call.portal, call.project, named, origin=call.origin))
    return Reply()


def attest(call: Call, asked: requests.Attestation) -> answers.Authenticated:
    place = place_for_token(call, asked.organization_id)
    wish, signer = wished(call, asked, otherwise=SESSION_LIFE)
    profile = ids.read("trusted-token-profile", asked.profile_id)
    attested = granted(
        attestation.attest(call.portal, place.project, profile, asked.token, wish=wish, origin=call.origin)
        if profile
        else Refused(Why.UNKNOWN_PROFILE)
    )
    return answers.Authenticated(
        **both(attested.user, place.tenant), **opened(call, attested.session, place.tenant, signer)
    )


def exchange(call: Call, asked: requests.SessionExchange) -> answers.Exchanged:
    require_session(asked)
    into, wish = organization_named(asked.organization_id), _wish_of(asked)
    shown = presented(call, asked.session_token, asked.session_jwt)
    signer = signing_keys.signer(call.portal, call.project)
    exchanged = exchanges.exchange(call.portal, call.project, shown, into, wish=wish, origin=call.origin)
    return exchange_of(call, granted(exchanged), signer)


def exchange_intermediate(call: Call, asked: requests.IntermediateExchange) -> answers.Exchanged:
    into, token = organization_named(asked.organization_id), asked.intermediate_session_token
    wish = _wish_of(asked)
    signer = signing_keys.signer(call.portal, call.project)
    exchanged = exchanges.exchange_halfway(call.portal, call.project, token, into, wish=wish, origin=call.origin)
    return exchange_of(call, granted(exchanged), signer)


def exchange_of(call: Call, given: Exchanged, signer: Signer) -> answers.Exchanged:
    halfway, totp = given.halfway, given.user.totp
    options = objects.MemberOptions(totp_registration_id=ids.spell(TOTP, totp)) if totp else None
    missing_both = given.session is None and halfway is None
    return answers.Exchanged(
        **both(given.user, given.tenant),
        **opened(call, given.session, given.tenant, signer),
        member_authenticated=given.session is not None,
        intermediate_session_token=halfway.token if halfway else "",
        intermediate_session_token_expires_at=halfway.expires_at if halfway else None,
        mfa_required=objects.MfaRequired(member_options=options) if halfway else None,
        primary_required=objects.PrimaryRequired() if missing_both else None,
    )


def _wish_of(asked: requests.SessionExchange | requests.IntermediateExchange) -> Wish:
    minutes = asked.session_duration_minutes
    life = timedelta(minutes=minutes) if minutes else SESSION_LIFE
    return Wish(None, life, asked.session_custom_claims or {})


def _revoke_all(call: Call, member_id: str) -> Reply:
    user = sole_member(member_id)
    place = granted(tenants.reach_of(call.portal, call.project, user))
    granted(application_sessions.end_all(call.portal, place.project, user, origin=call.origin))
    return Reply()


def place_for_token(call: Call, organization_id: str | None) -> Reached:
    """The organization that is named, or the project's own."""
    if organization_id:
        return reached(call, organization_id)
    if call.project.organization_id is None:
        raise WireError(
            400, "token_missing_organization_id_claim", "Say by organization_id where the token is to let somebody in."
        )
    return granted(tenants.reach_own(call.portal, call.project))
