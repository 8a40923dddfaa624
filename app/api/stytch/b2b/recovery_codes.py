"""Recovery codes of members."""

from app.api.stytch.b2b import answers, fields, requests
from app.api.stytch.b2b.refusals import granted
from app.api.stytch.b2b.views import both, member_named, opened, reached
from app.api.stytch.tokens import SESSION_LIFE, wished
from app.api.wire import Call
from app.domain.sessions import Proof
from app.services import totps, user_codes


def get(call: Call, organization_id: fields.OrganizationId, member_id: fields.MemberId) -> answers.CodesRead:
    place, member = reached(call, organization_id), member_named(member_id)
    read = user_codes.read_live(call.portal, place.project, member, origin=call.origin)
    live = granted(read, Proof.RECOVERY_CODE)
    return answers.CodesRead(**both(live.user, place.tenant), recovery_codes=live.codes)


def rotate(call: Call, asked: requests.OfMember) -> answers.CodesRead:
    place, member = reached(call, asked.organization_id), member_named(asked.member_id)
    rotated = user_codes.rotate(call.portal, place.project, member, origin=call.origin)
    live = granted(rotated, Proof.RECOVERY_CODE)
    return answers.CodesRead(**both(live.user, place.tenant), recovery_codes=live.codes)


def recover(call: Call, asked: requests.Recovery) -> answers.Recovered:
    place, member = reached(call, asked.organization_id), member_named(asked.member_id)
    wish, signer = wished(call, asked, otherwise=SESSION_LIFE, intermediate=asked.intermediate_session_token)
    outcome = totps.recover(call.portal, place.project, member, asked.recovery_code, wish=wish, origin=call.origin)
    checked = granted(outcome, Proof.RECOVERY_CODE)
    return answers.Recovered(
        **both(checked.user, place.tenant),
        **opened(call, checked.session, place.tenant, signer),
        recovery_codes_remaining=checked.codes_left,
    )
