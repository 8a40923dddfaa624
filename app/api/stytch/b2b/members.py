"""Members of organizations."""

from app.api.stytch import ids
from app.api.stytch.b2b import answers, fields, requests
from app.api.stytch.b2b.refusals import granted
from app.api.stytch.b2b.searching import looks_for_deleted, member_conditions
from app.api.stytch.b2b.views import (
    both,
    member_named,
    member_of,
    organization_named,
    organization_of,
    reached,
    sole_member,
)
from app.api.wire import Call, WireError
from app.domain.refusals import Refused, Why
from app.domain.users import Search
from app.services import tenants, totps, users
from app.services.users import Changes

_PAGE = 100


def create(call: Call, asked: requests.MemberCreation, organization_id: fields.OrganizationId) -> answers.OneMember:
    place = reached(call, organization_id)
    made = users.create(
        call.portal,
        place.project,
        email=asked.email_address,
        notes=_changes(asked),
        pending=bool(asked.create_member_as_pending),
        origin=call.origin,
    )
    return answers.OneMember(**both(granted(made), place.tenant))


def get(call: Call, asked: requests.MemberAsked, organization_id: fields.OrganizationId) -> answers.OneMember:
    place = reached(call, organization_id)
    if bool(asked.member_id) == bool(asked.email_address):
        raise WireError(400, "invalid_member_get_fields", "Send the id of a member or an e-mail address.")
    found = (
        users.look(call.portal, place.project, member_named(asked.member_id))
        if asked.member_id
        else users.look_up(call.portal, place.project, asked.email_address or "")
    )
    return answers.OneMember(**both(granted(found), place.tenant))


def dangerously_get(call: Call, asked: requests.SoleMemberAsked, member_id: fields.SoleMemberId) -> answers.OneMember:
    """Whichever organization the member is in."""
    user = sole_member(member_id)
    place = granted(tenants.reach_of(call.portal, call.project, user))
    found = (
        users.look_at_removed(call.portal, place.project, user)
        if asked.include_deleted
        else users.look(call.portal, place.project, user)
    )
    return answers.OneMember(**both(granted(found), place.tenant))


def update(
    call: Call, asked: requests.MemberUpdate, organization_id: fields.OrganizationId, member_id: fields.MemberId
) -> answers.OneMember:
    place, member = reached(call, organization_id), member_named(member_id)
    if asked.default_mfa_method and granted(users.look(call.portal, place.project, member)).totp is None:
        raise WireError(400, "default_mfa_member_missing_factor", "The member has no TOTP.")
    changed = users.change(call.portal, place.project, member, _changes(asked), origin=call.origin)
    return answers.OneMember(**both(granted(changed), place.tenant))


def delete(call: Call, organization_id: fields.OrganizationId, member_id: fields.MemberId) -> answers.MemberDeleted:
    place = reached(call, organization_id)
    removed = users.remove(call.portal, place.project, member_named(member_id), origin=call.origin)
    return answers.MemberDeleted(member_id=ids.spell("member", granted(removed)))


def reactivate(call: Call, organization_id: fields.OrganizationId, member_id: fields.MemberId) -> answers.OneMember:
    """By id alone: what the application called the member is forgotten."""
    place, named = reached(call, organization_id), member_named(member_id)
    back = (
        Refused(Why.UNKNOWN_MEMBER)
        if isinstance(named, str)
        else users.take_back(call.portal, place.project, named, origin=call.origin)
    )
    if isinstance(back, Refused) and back.why is Why.ADDRESS_TAKEN:
        raise WireError(400, "reactivation_email_belongs_to_another_member", "Another member has the address by now.")
    return answers.OneMember(**both(granted(back), place.tenant))


def delete_totp(call: Call, organization_id: fields.OrganizationId, member_id: fields.MemberId) -> answers.OneMember:
    place = reached(call, organization_id)
    without = totps.delete_all(call.portal, place.project, member_named(member_id), origin=call.origin)
    return answers.OneMember(**both(granted(without), place.tenant))


def delete_external_id(
    call: Call, organization_id: fields.OrganizationId, member_id: fields.MemberId
) -> answers.OneMember:
    place = reached(call, organization_id)
    without = users.forget_external_id(call.portal, place.project, member_named(member_id), origin=call.origin)
    return answers.OneMember(**both(granted(without), place.tenant))


def delete_mfa_phone_number(
    call: Call, organization_id: fields.OrganizationId, member_id: fields.MemberId
) -> answers.OneMember:
    """There is none to delete, of anybody."""
    place = reached(call, organization_id)
    granted(users.look(call.portal, place.project, member_named(member_id)))
    raise WireError(404, "member_phone_number_not_found", "Phone numbers are not kept here.")


def unlink_retired_email(
    call: Call,
    asked: requests.RetiredEmailAsked,
    organization_id: fields.OrganizationId,
    member_id: fields.MemberId,
) -> answers.EmailUnlinked:
    """Nor a retired address."""
    place = reached(call, organization_id)
    if not asked.email_id and not asked.email_address:
        raise WireError(400, "retired_email_missing_email_identifiers", "Send the id of an address, or the address.")
    granted(users.look(call.portal, place.project, member_named(member_id)))
    raise WireError(404, "email_not_found", "An address that was given up is not kept here.")


def search(call: Call, asked: requests.MemberSearch) -> answers.MembersFound:
    query = asked.query
    operands = query.operands if query else []
    wanted = Search(
        member_conditions(operands),
        any_of=query is not None and query.operator == "OR",
        removed_too=looks_for_deleted(operands),
    )
    after = ids.read("member", asked.cursor) if asked.cursor else None
    if asked.cursor and after is None:
        raise WireError(400, "bad_request", "This cursor came out of no search.")
    named = [organization_named(one) for one in asked.organization_ids]
    places = granted(tenants.reach_several(call.portal, call.project, named))
    found = users.search(
        call.portal, [place.project for place in places], wanted, after=after, limit=asked.limit or _PAGE
    )
    by_id = {place.project.organization_id: place.tenant for place in places}
    tenants_found = [by_id[user.organization_id] for user in found.users]
    return answers.MembersFound(
        members=[member_of(user, tenant) for user, tenant in zip(found.users, tenants_found, strict=True)],
        results_metadata=answers.ResultsMetadata(
            total=found.total, next_cursor=ids.spell("member", found.after) if found.after else None
        ),
        organizations={
            ids.spell("organization", tenant.organization.public_id): organization_of(tenant)
            for tenant in tenants_found
        },
    )


def _changes(asked: requests.MemberCreation | requests.MemberUpdate) -> Changes:
    named = asked.name is not None
    return Changes(
        first_name=asked.name,
        middle_name="" if named else None,
        last_name="" if named else None,
        email=asked.email_address if isinstance(asked, requests.MemberUpdate) else None,
        external_id=asked.external_id,
        labels=None if asked.roles is None else tuple(asked.roles),
        trusted_metadata=asked.trusted_metadata,
        untrusted_metadata=asked.untrusted_metadata,
        breakglass=asked.is_breakglass,
        wants_second_factor=asked.mfa_enrolled,
    )
