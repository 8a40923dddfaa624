"""TOTPs and their recovery codes."""

from datetime import timedelta

from app.api import pictures
from app.api.streambird import ids, models
from app.api.streambird.errors import granted
from app.api.streambird.views import jwt_of, session_of, user_named, wished
from app.api.wire import Call, WireError
from app.domain.sessions import Proof
from app.services import totps, user_codes
from app.services.signing_keys import Signer
from app.services.totps import Checked

_EXPIRES_AFTER = timedelta(minutes=1440)


def create(call: Call, asked: models.TotpCreation) -> models.TotpCreated:
    life = timedelta(minutes=asked.expires_in) if asked.expires_in else _EXPIRES_AFTER
    made = granted(totps.create(call.portal, call.project, user_named(asked.user_id), life=life, origin=call.origin))
    return models.TotpCreated(
        totp_id=ids.spell("totp", made.totp),
        user_id=ids.spell("user", made.user.id),
        secret=made.key,
        qr_base64=pictures.qr_data_uri(made.uri),
        recovery_codes=made.codes,
    )


def verify(call: Call, asked: models.TotpVerification) -> models.TotpVerified:
    user, (wish, signer) = user_named(asked.user_id), wished(call, asked)
    checked = totps.authenticate(call.portal, call.project, user, asked.totp, wish=wish, origin=call.origin)
    return _verified(call, granted(checked), signer)


def recovery_codes(call: Call, asked: models.CodesAsked) -> models.CodesRead:
    read = granted(user_codes.read(call.portal, call.project, user_named(asked.user_id), origin=call.origin))
    return models.CodesRead(
        user_id=ids.spell("user", read.user.id),
        totps=[
            models.TotpCodes(id=ids.spell("totp", one.id), verified=one.verified, recovery_codes=codes)
            for one, codes in read.totps
        ],
    )


def recovery(call: Call, asked: models.Recovery) -> models.TotpVerified:
    code = asked.recovery_code or asked.totp
    if not code:
        raise WireError(400, "invalid_request", "recovery_code: Field required.")
    user, (wish, signer) = user_named(asked.user_id), wished(call, asked)
    checked = totps.recover(call.portal, call.project, user, code, wish=wish, origin=call.origin)
    return _verified(call, granted(checked, Proof.RECOVERY_CODE), signer)


def _verified(call: Call, checked: Checked, signer: Signer | None) -> models.TotpVerified:
    shown = checked.session
    return models.TotpVerified(
        totp_id=ids.spell("totp", checked.totp),
        user_id=ids.spell("user", checked.user.id),
        session_token=shown.token if shown else None,
        session_jwt=jwt_of(call, shown, signer),
        session=session_of(shown) if shown else None,
    )
