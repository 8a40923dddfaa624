"""What users do for themselves."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from app.api import pictures
from app.api.fields import TotpCode
from app.api.stytch import ids
from app.api.stytch.browsers.visits import (
    Data,
    EnrolmentAsked,
    Outcome,
    SessionAsked,
    attested,
    own,
    unless_replaced,
    wished,
)
from app.api.stytch.consumer import models, objects, refusals
from app.api.stytch.consumer.views import fields_of, jwt_of, session_of, user_of
from app.api.stytch.errors import Reply
from app.api.wire import Asked, Given, Visit
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.domain.users import User
from app.services import application_sessions, totps, user_codes, users
from app.services.signing_keys import Signer
from app.services.totps import Checked
from app.steps.application_sessions import Shown

_EXPIRES_AFTER = timedelta(minutes=1440)


class TotpAuthentication(SessionAsked):
    totp_code: TotpCode


class Recovery(SessionAsked):
    recovery_code: str


class Attestation(SessionAsked):
    profile_id: str
    token: Annotated[str, Field(max_length=8192)]


class SelfUpdate(Asked):
    """What users may say of themselves; what else clients send of them is passed over."""

    name: models.NameAsked | None = None
    untrusted_metadata: objects.Metadata | None = None


class WithUser(Given):
    """The user once more, where clients look for it."""

    user_: Annotated[objects.User, Field(serialization_alias="__user")]


class Created(models.TotpCreated, WithUser):
    pass


class Authenticated(models.Authenticated, WithUser):
    pass


class TotpAuthenticated(models.TotpAuthenticated, WithUser):
    pass


class Changed(models.PartDeleted, WithUser):
    pass


def create(visit: Visit, asked: EnrolmentAsked) -> Data[Created]:
    life = timedelta(minutes=asked.expiration_minutes) if asked.expiration_minutes else _EXPIRES_AFTER
    made = granted(totps.create(visit.portal, visit.project, own(visit), life=life, origin=visit.origin))
    user = user_of(made.user)
    return Data(
        data=Created(
            totp_id=ids.spell("totp", made.totp),
            secret=made.key,
            qr_code=pictures.qr_data_uri(made.uri),
            recovery_codes=made.codes,
            user=user,
            user_=user,
            user_id=user.user_id,
        )
    )


def authenticate(visit: Visit, asked: TotpAuthentication) -> Data[TotpAuthenticated]:
    wish, signer = wished(visit, asked.session_duration_minutes)
    checked = totps.authenticate(
        visit.portal, visit.project, own(visit), asked.totp_code, wish=wish, origin=visit.origin
    )
    return _checked(visit, granted(checked), signer)


def recover(visit: Visit, asked: Recovery) -> Data[TotpAuthenticated]:
    wish, signer = wished(visit, asked.session_duration_minutes)
    checked = totps.recover(
        visit.portal, visit.project, own(visit), asked.recovery_code, wish=wish, origin=visit.origin
    )
    return _checked(visit, granted(checked, Proof.RECOVERY_CODE), signer)


def recovery_codes(visit: Visit) -> Data[models.CodesRead]:
    read = granted(user_codes.read(visit.portal, visit.project, own(visit), origin=visit.origin))
    return Data(
        data=models.CodesRead(
            user_id=ids.spell("user", read.user.id),
            totps=[
                models.TotpCodes(totp_id=ids.spell("totp", one.id), verified=one.verified, recovery_codes=codes)
                for one, codes in read.totps
            ],
        )
    )


def me(visit: Visit) -> Data[models.OneUser]:
    return Data(data=models.OneUser(**fields_of(granted(users.look_at_own(visit.portal, visit.project, own(visit))))))


def update_me(visit: Visit, asked: SelfUpdate) -> Data[Changed]:
    name = asked.name or models.NameAsked()
    changes = users.Changes(
        first_name=name.first_name,
        middle_name=name.middle_name,
        last_name=name.last_name,
        untrusted_metadata=asked.untrusted_metadata,
    )
    return _changed(granted(users.change(visit.portal, visit.project, own(visit), changes, origin=visit.origin)))


def delete_totp(visit: Visit, totp_id: str) -> Data[Changed]:
    totp, mine = ids.read("totp", totp_id), own(visit)
    deleted = (
        totps.delete(visit.portal, visit.project, totp, own=mine, origin=visit.origin)
        if totp
        else Refused(Why.UNKNOWN_AUTHENTICATOR)
    )
    return _changed(granted(deleted))


def attest(visit: Visit, asked: Attestation) -> Data[Authenticated]:
    wish, signer = wished(visit, asked.session_duration_minutes, opens=True)
    given = granted(attested(visit, visit.project, asked.profile_id, asked.token, wish))
    return _session(visit, given.session, given.user, signer)


def use_session(visit: Visit, asked: SessionAsked) -> Data[Authenticated]:
    wish, signer = wished(visit, asked.session_duration_minutes)
    if wish.presented is None:
        return granted(Refused(Why.NO_SESSION))
    used = granted(application_sessions.use(visit.portal, visit.project, wish, origin=visit.origin))
    return _session(visit, used.session, used.user, signer)


def revoke(visit: Visit) -> Data[Reply]:
    if not visit.sent:
        return granted(Refused(Why.NO_SESSION))
    granted(application_sessions.end(visit.portal, visit.project, visit.sent, origin=visit.origin))
    return Data(data=Reply())


def _changed(changed: User) -> Data[Changed]:
    user = user_of(changed)
    return Data(data=Changed(user_id=user.user_id, user=user, user_=user))


def _session(visit: Visit, shown: Shown | None, user: User, signer: Signer) -> Data[Authenticated]:
    told = user_of(user)
    return Data(
        data=Authenticated(
            user_id=told.user_id,
            user=told,
            user_=told,
            session_token=shown.token if shown else "",
            session_jwt=jwt_of(visit, shown, signer),
            session=session_of(shown) if shown else None,
        )
    )


def _checked(visit: Visit, checked: Checked, signer: Signer) -> Data[TotpAuthenticated]:
    opened = _session(visit, checked.session, checked.user, signer).data
    totp_id = ids.spell("totp", checked.totp)
    return Data(data=TotpAuthenticated(**{name: getattr(opened, name) for name in _OPENED}, totp_id=totp_id))


_OPENED = ("user_id", "user", "user_", "session_token", "session_jwt", "session")


def granted(outcome: Outcome | Refused, about: Proof = Proof.TOTP) -> Outcome:
    """Raises WireError."""
    return refusals.granted(unless_replaced(outcome), about)
