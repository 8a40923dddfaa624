"""What a key does for users of its environment who have lost everything."""

from uuid import UUID

from app.api.dynamic import models
from app.api.dynamic.errors import granted
from app.api.wire import Call
from app.domain.refusals import Refused, Why
from app.services import totps


def reset(call: Call, user_id: models.UserId) -> models.Nothing:
    """Every authenticator goes, and every code with them: the user sets up a new one after signing in."""
    try:
        user = UUID(user_id)
    except ValueError:
        return granted(Refused(Why.UNKNOWN_MEMBER))
    granted(totps.delete_all(call.portal, call.project, user, origin=call.origin))
    return models.Nothing()
