"""TOTPs and their recovery codes."""

from datetime import timedelta

from app.api import pictures
from app.api.stytch import ids
from app.api.stytch.consumer import models
from app.api.stytch.consumer.refusals import granted
from app.api.stytch.consumer.views import jwt_of, session_of, user_named, user_of
from app.api.stytch.tokens import wished
from app.api.wire import Call
from app.domain.sessions import Proof
from app.services import totps, user_codes
from app.services.signing_keys import Signer
from app.services.totps import Checked

_EXPIRES_AFTER = timedelta(minutes=1440)


def create(call: Call, asked: models.TotpCreation) -> models.TotpCreated:
    life = timedelta(minutes=asked.expiration_minutes) if asked.expiration_minutes else _EXPIRES_AFTER
    made = granted(totps.create(call.portal, call.project, user_named(asked.user_id), life=life, origin=call.origin))
    return models.TotpCreated(
        totp_id=ids.spell("totp", made.totp),
        secret=made.key,
        qr_code=pictures.qr_data_uri(made.uri),
        recovery_codes=made.codes,
        user=user_of(made.user),
        user_id=ids.spell("user", made.user.id),
    )


def authenticate(call: Call, asked: models.TotpAuthentication) -> models.TotpAuthenticated:
    user, (wish, signer) = user_named(asked.user_id), wished(call, asked)
    checked = totps.authenticate(call.portal, call.project, user, asked.totp_code, wish=wish, origin=call.origin)
    return _authenticated(call, granted(checked), signer)


def recovery_codes(call: Call, asked: models.CodesAsked) -> models.CodesRead:
    read = granted(user_codes.read(call.portal, call.project, user_named(asked.user_id), origin=call.origin))
    return models.CodesRead(
        user_id=ids.spell("user", read.user.id),
        totps=[
            models.TotpCodes(totp_id=ids.spell("totp", one.id), verified=one.verified, recovery_codes=codes)
            for one, codes in read.totps
        ],
    )


def recover(call: Call, asked: models.Recovery) -> models.TotpAuthenticated:
    user, (wish, signer) = user_named(asked.user_id), wished(call, asked)
    checked = totps.recover(call.portal, call.project, user, asked.recovery_code, wish=wish, origin=call.origin)
    return _authenticated(call, granted(checked, Proof.RECOVERY_CODE), signer)


def _authenticated(call: Call, checked: Checked, signer: Signer | None) -> models.TotpAuthenticated:
    shown = checked.session
    return models.TotpAuthenticated(
        user_id=ids.spell("user", checked.user.id),
        user=user_of(checked.user),
        totp_id=ids.spell("totp", checked.totp),
        session_token=shown.token if shown else "",
        session_jwt=jwt_of(call, shown, signer),
        session=session_of(shown) if shown else None,
    )
