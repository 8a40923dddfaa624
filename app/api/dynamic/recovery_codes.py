"""Recovery codes of the user who asks."""

from app.api.dynamic import models
from app.api.dynamic.errors import granted
from app.api.dynamic.tokens import own
from app.api.dynamic.views import verified
from app.api.wire import Visit
from app.domain.application_sessions import Wish
from app.domain.sessions import Proof
from app.services import signing_keys, totps, user_codes


def get(visit: Visit) -> models.Codes:
    """Those that are unspent; made where there is no set. None where the organization keeps none to be shown."""
    live = granted(user_codes.read_live(visit.portal, visit.project, own(visit), making=True, origin=visit.origin))
    return models.Codes(count=len(live.codes), recoveryCodes=live.codes)


def create(visit: Visit) -> models.Codes:
    live = granted(user_codes.rotate(visit.portal, visit.project, own(visit), origin=visit.origin))
    return models.Codes(count=len(live.codes), recoveryCodes=live.codes)


def authenticate(visit: Visit, asked: models.CodeAsked) -> models.Verified:
    mine, signer = own(visit), signing_keys.signer(visit.portal, visit.project)
    wish = Wish(mine.presented)
    outcome = totps.recover(visit.portal, visit.project, mine, asked.code, wish=wish, origin=visit.origin)
    checked = granted(outcome, Proof.RECOVERY_CODE)
    assert checked.session is not None  # noqa: S101 -- it is the one that was presented
    return verified(visit, checked.user, checked.session, signer, asked)
