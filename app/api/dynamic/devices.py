"""Authenticators of the user who asks, and the codes of them."""

from datetime import timedelta
from uuid import UUID

from app.api.dynamic import models
from app.api.dynamic.errors import granted
from app.api.dynamic.tokens import own
from app.api.dynamic.views import devices_of, verified
from app.api.wire import Visit
from app.domain.application_sessions import Own, Wish
from app.domain.refusals import Refused, Why
from app.domain.users import User
from app.services import own_authenticators, signing_keys, totps, users

_CONFIRMED_WITHIN = timedelta(minutes=15)


def register(visit: Visit) -> models.TotpBegun:
    """Though it is asked for by GET. The recovery codes are made with the first right code, and asked for then."""
    made = granted(
        totps.create(
            visit.portal, visit.project, own(visit), life=_CONFIRMED_WITHIN, with_codes=False, origin=visit.origin
        )
    )
    return models.TotpBegun(id=str(made.totp), secret=made.key, uri=made.uri)


def confirm(visit: Visit, asked: models.TotpConfirmation) -> models.Device:
    """The answer has no room for a token, so the session stays as it was: a code of the next period steps it up."""
    user = granted(own_authenticators.confirm(visit.portal, visit.project, own(visit), asked.code, origin=visit.origin))
    return devices_of(user, verified_only=True)[-1]


def authenticate(visit: Visit, asked: models.TotpAsked) -> models.Verified:
    """Also the first code of one that waits for it. A code is looked for in all of them, whichever is named."""
    mine = own(visit)
    if asked.id is not None:
        _mine(visit, mine, asked.id)
    signer, wish = signing_keys.signer(visit.portal, visit.project), Wish(mine.presented)
    checked = granted(totps.authenticate(visit.portal, visit.project, mine, asked.code, wish=wish, origin=visit.origin))
    assert checked.session is not None  # noqa: S101 -- it is the one that was presented
    return verified(visit, checked.user, checked.session, signer, asked)


def listing(visit: Visit) -> models.Devices:
    devices = devices_of(_user(visit, own(visit)))
    return models.Devices(count=len(devices), devices=devices)


def methods(visit: Visit, asked: models.MethodsAsked) -> models.Methods:
    user = _user(visit, own(visit))
    return models.Methods(
        devices=devices_of(user, verified_only=asked.verified_only), userHasVerifiedMfaMethods=user.totp is not None
    )


def get(visit: Visit, device_id: models.DeviceId) -> models.Device:
    user, found = _mine(visit, own(visit), device_id)
    return next(one for one in devices_of(user) if one.id == str(found))


def prefer(visit: Visit, _asked: models.DeviceUpdate, device_id: models.DeviceId) -> models.Nothing:
    mine = own(visit)
    _, found = _mine(visit, mine, device_id)
    granted(own_authenticators.prefer(visit.portal, visit.project, mine, found, origin=visit.origin))
    return models.Nothing()


def delete(visit: Visit, device_id: models.DeviceId) -> models.Nothing:
    """Whatever token of a proof clients send along: it is the session that must have shown a factor a moment ago."""
    mine = own(visit)
    _, found = _mine(visit, mine, device_id)
    granted(totps.delete(visit.portal, visit.project, found, own=mine, origin=visit.origin))
    return models.Nothing()


def _mine(visit: Visit, mine: Own, device_id: str) -> tuple[User, UUID]:
    """Raises WireError where the user has none of that id."""
    user = _user(visit, mine)
    found = next((one.id for one in user.totps if str(one.id) == device_id.lower()), None)
    return user, granted(found or Refused(Why.UNKNOWN_AUTHENTICATOR))


def _user(visit: Visit, mine: Own) -> User:
    return granted(users.look_at_own(visit.portal, visit.project, mine))
