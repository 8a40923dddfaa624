"""TOTPs of members."""

from datetime import timedelta

from app.api import pictures
from app.api.stytch import ids
from app.api.stytch.b2b import answers, requests
from app.api.stytch.b2b.refusals import granted
from app.api.stytch.b2b.views import TOTP, both, member_named, opened, reached
from app.api.stytch.tokens import SESSION_LIFE, presented, wished
from app.api.wire import Call, WireError
from app.domain.application_sessions import Wish
from app.services import taking_over, totps

_EXPIRES_AFTER = timedelta(minutes=60)


def create(call: Call, asked: requests.TotpCreation) -> answers.TotpCreated:
    place, member = reached(call, asked.organization_id), member_named(asked.member_id)
    begun = asked.intermediate_session_token or None
    shown = presented(call, asked.session_token, asked.session_jwt, instead_of=begun)
    made = totps.create(
        call.portal,
        place.project,
        member,
        life=timedelta(minutes=asked.expiration_minutes) if asked.expiration_minutes else _EXPIRES_AFTER,
        within=Wish(shown, intermediate=begun),
        origin=call.origin,
    )
    created = granted(made)
    return answers.TotpCreated(
        **both(created.user, place.tenant),
        totp_registration_id=ids.spell(TOTP, created.totp),
        secret=created.key,
        qr_code=pictures.qr_data_uri(created.uri),
        recovery_codes=created.codes,
    )


def authenticate(call: Call, asked: requests.TotpAuthentication) -> answers.Authenticated:
    place, member = reached(call, asked.organization_id), member_named(asked.member_id)
    if asked.set_mfa_enrollment == "unenroll" and not place.tenant.requires_second_factor:
        raise WireError(
            400, "invalid_set_mfa_enrollment", "Whoever has an authenticator is asked for it here: delete the TOTP."
        )
    wish, signer = wished(call, asked, otherwise=SESSION_LIFE, intermediate=asked.intermediate_session_token)
    checked = granted(totps.authenticate(call.portal, place.project, member, asked.code, wish=wish, origin=call.origin))
    return answers.Authenticated(
        **both(checked.user, place.tenant), **opened(call, checked.session, place.tenant, signer)
    )


def migrate(call: Call, asked: requests.TotpMigration) -> answers.TotpMigrated:
    place, member = reached(call, asked.organization_id), member_named(asked.member_id)
    taken = granted(
        taking_over.migrate(
            call.portal, place.project, member, secret=asked.secret, given=asked.recovery_codes, origin=call.origin
        )
    )
    return answers.TotpMigrated(
        **both(taken.user, place.tenant),
        totp_registration_id=ids.spell(TOTP, taken.totp),
        recovery_codes=taken.codes,
    )
