"""What members of organizations do for themselves."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from app.api import pictures
from app.api.fields import NamePart, TotpCode
from app.api.stytch import ids
from app.api.stytch.b2b import answers, fields, objects, refusals
from app.api.stytch.b2b.sessions import exchange_of, place_for_token
from app.api.stytch.b2b.views import (
    TOTP,
    both,
    opened,
    organization_named,
    organization_of,
    sole_member,
)
from app.api.stytch.browsers.visits import (
    Data,
    EnrolmentAsked,
    Outcome,
    SessionAsked,
    attested,
    objection_to,
    own,
    unless_replaced,
    wished,
)
from app.api.stytch.errors import Reply
from app.api.stytch.tokens import SESSION_LIFE
from app.api.wire import Asked, Visit, WireError
from app.domain.application_sessions import Own
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.services import application_sessions, exchanges, tenants, totps, user_codes, users
from app.services.tenants import Reached

_EXPIRES_AFTER = timedelta(minutes=60)


class OfMember(Asked):
    organization_id: fields.OrganizationId
    member_id: fields.SoleMemberId
    intermediate_session_token: str | None = None


class TotpCreation(EnrolmentAsked, OfMember):
    pass


class TotpAuthentication(SessionAsked, OfMember):
    """Whoever shows a code has an authenticator, and is asked for it from then on: there is nothing else to choose."""

    code: TotpCode
    set_mfa_enrollment: Literal["enroll", ""] | None = None


class Recovery(SessionAsked, OfMember):
    recovery_code: str


class Attestation(SessionAsked):
    profile_id: str
    token: Annotated[str, Field(max_length=8192)]
    organization_id: fields.OrganizationId | None = None


class Exchange(SessionAsked):
    organization_id: fields.OrganizationId


class SelfUpdate(Asked):
    """What members may say of themselves; what else clients send of them is passed over."""

    name: NamePart | None = None
    untrusted_metadata: objects.Metadata | None = None


class OneOrganization(Reply):
    organization: objects.Organization


def create(visit: Visit, asked: TotpCreation) -> Data[answers.TotpCreated]:
    whose, place = _meant(visit, asked)
    made = granted(
        totps.create(
            visit.portal,
            place.project,
            whose,
            life=timedelta(minutes=asked.expiration_minutes) if asked.expiration_minutes else _EXPIRES_AFTER,
            origin=visit.origin,
        )
    )
    return Data(
        data=answers.TotpCreated(
            **both(made.user, place.tenant),
            totp_registration_id=ids.spell(TOTP, made.totp),
            secret=made.key,
            qr_code=pictures.qr_data_uri(made.uri),
            recovery_codes=made.codes,
        )
    )


def authenticate(visit: Visit, asked: TotpAuthentication) -> Data[answers.Authenticated]:
    whose, place = _meant(visit, asked)
    wish, signer = wished(visit, asked.session_duration_minutes, intermediate=whose.intermediate, opens=True)
    checked = granted(
        totps.authenticate(visit.portal, place.project, whose, asked.code, wish=wish, origin=visit.origin)
    )
    return Data(
        data=answers.Authenticated(
            **both(checked.user, place.tenant), **opened(visit, checked.session, place.tenant, signer)
        )
    )


def recover(visit: Visit, asked: Recovery) -> Data[answers.Recovered]:
    whose, place = _meant(visit, asked)
    wish, signer = wished(visit, asked.session_duration_minutes, intermediate=whose.intermediate, opens=True)
    outcome = totps.recover(visit.portal, place.project, whose, asked.recovery_code, wish=wish, origin=visit.origin)
    checked = granted(outcome, Proof.RECOVERY_CODE)
    return Data(
        data=answers.Recovered(
            **both(checked.user, place.tenant),
            **opened(visit, checked.session, place.tenant, signer),
            recovery_codes_remaining=checked.codes_left,
        )
    )


def get_codes(visit: Visit) -> Data[answers.CodesRead]:
    place = _own_place(visit)
    read = user_codes.read_live(visit.portal, place.project, own(visit), origin=visit.origin)
    live = granted(read, Proof.RECOVERY_CODE)
    return Data(data=answers.CodesRead(**both(live.user, place.tenant), recovery_codes=live.codes))


def rotate_codes(visit: Visit) -> Data[answers.CodesRead]:
    place = _own_place(visit)
    rotated = user_codes.rotate(visit.portal, place.project, own(visit), origin=visit.origin)
    live = granted(rotated, Proof.RECOVERY_CODE)
    return Data(data=answers.CodesRead(**both(live.user, place.tenant), recovery_codes=live.codes))


def me(visit: Visit) -> Data[answers.OneMember]:
    place = _own_place(visit)
    user = granted(users.look_at_own(visit.portal, place.project, own(visit)))
    return Data(data=answers.OneMember(**both(user, place.tenant)))


def update_me(visit: Visit, asked: SelfUpdate) -> Data[answers.OneMember]:
    place = _own_place(visit)
    rest = None if asked.name is None else ""  # a name is one piece here
    changes = users.Changes(
        first_name=asked.name, middle_name=rest, last_name=rest, untrusted_metadata=asked.untrusted_metadata
    )
    user = granted(users.change(visit.portal, place.project, own(visit), changes, origin=visit.origin))
    return Data(data=answers.OneMember(**both(user, place.tenant)))


def delete_totp(visit: Visit) -> Data[answers.OneMember]:
    place = _own_place(visit)
    user = granted(totps.delete_all(visit.portal, place.project, own(visit), origin=visit.origin))
    return Data(data=answers.OneMember(**both(user, place.tenant)))


def delete_totp_of(visit: Visit, member_id: fields.SoleMemberId) -> Data[answers.OneMember]:
    """Of whoever asks: nobody has a say over others here."""
    mine = granted(users.look_at_own(visit.portal, _own_place(visit).project, own(visit)))
    if sole_member(member_id) != mine.id:
        raise WireError(403, "session_authorization_error", "Nobody is granted anything over other members here.")
    return delete_totp(visit)


def organization(visit: Visit) -> Data[OneOrganization]:
    return Data(data=OneOrganization(organization=organization_of(_own_place(visit).tenant)))


def attest(visit: Visit, asked: Attestation) -> Data[answers.Authenticated]:
    if objection := objection_to(visit, asked.profile_id, asked.token):
        return granted(objection)
    place = place_for_token(visit, asked.organization_id)
    wish, signer = wished(visit, asked.session_duration_minutes, opens=True)
    given = granted(attested(visit, place.project, asked.profile_id, asked.token, wish))
    return Data(
        data=answers.Authenticated(
            **both(given.user, place.tenant), **opened(visit, given.session, place.tenant, signer)
        )
    )


def use_session(visit: Visit, asked: SessionAsked) -> Data[answers.Authenticated]:
    place = _own_place(visit)
    wish, signer = wished(visit, asked.session_duration_minutes)
    used = granted(application_sessions.use(visit.portal, visit.project, wish, origin=visit.origin))
    return Data(
        data=answers.Authenticated(**both(used.user, place.tenant), **opened(visit, used.session, place.tenant, signer))
    )


def revoke(visit: Visit) -> Data[Reply]:
    if not visit.sent:
        return granted(Refused(Why.NO_SESSION))
    granted(application_sessions.end(visit.portal, visit.project, visit.sent, origin=visit.origin))
    return Data(data=Reply())


def exchange(visit: Visit, asked: Exchange) -> Data[answers.Exchanged]:
    """Who is not known to be the same person there is told nothing of whoever it is, as if there were nobody."""
    into = organization_named(asked.organization_id)
    wish, signer = wished(visit, asked.session_duration_minutes, opens=True)
    if wish.presented is None:
        return granted(Refused(Why.NO_SESSION))
    there = replace(wish, presented=None, life=wish.life or SESSION_LIFE)
    exchanged = exchanges.exchange(visit.portal, visit.project, wish.presented, into, wish=there, origin=visit.origin)
    given = granted(_without_names(exchanged))
    if given.session is None and given.halfway is None:
        return granted(Refused(Why.UNKNOWN_MEMBER))
    return Data(data=exchange_of(visit, given, signer))


def _meant(visit: Visit, asked: OfMember) -> tuple[Own, Reached]:
    """Whoever asks, in the organization that they name as theirs. Raises WireError."""
    whose = own(visit, intermediate=asked.intermediate_session_token or None, meant=sole_member(asked.member_id))
    granted(application_sessions.where(visit.portal, visit.project, whose))
    named = tenants.reach(visit.portal, visit.project, organization_named(asked.organization_id))
    return whose, granted(_without_names(named))


def _without_names(outcome: Outcome | Refused) -> Outcome | Refused:
    """Where nobody is told which organizations there are: one that is not there is like one without them in it."""
    nowhere = isinstance(outcome, Refused) and outcome.why is Why.UNKNOWN_ORGANIZATION
    return Refused(Why.UNKNOWN_MEMBER) if nowhere else outcome


def _own_place(visit: Visit) -> Reached:
    """The organization of whoever asks. Raises WireError."""
    where = granted(application_sessions.where(visit.portal, visit.project, own(visit)))
    return granted(tenants.reach(visit.portal, visit.project, where))


def granted(outcome: Outcome | Refused, about: Proof = Proof.TOTP) -> Outcome:
    """Raises WireError."""
    return refusals.granted(unless_replaced(outcome), about)
