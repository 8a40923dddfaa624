"""Organizations: those of the installation, or the one that a project is of."""

from app.api.stytch import ids
from app.api.stytch.b2b import answers, fields, requests
from app.api.stytch.b2b.refusals import granted
from app.api.stytch.b2b.searching import organization_conditions
from app.api.stytch.b2b.views import organization_named, organization_of, reached
from app.api.wire import Call, WireError
from app.domain.tenants import TenantSearch
from app.services import tenants
from app.services.tenants import Reached, TenantChanges

_PAGE = 100


def create(call: Call, asked: requests.OrganizationCreation) -> answers.OneOrganization:
    return _one(granted(tenants.create(call.portal, call.project, _changes(asked), origin=call.origin)))


def get(call: Call, organization_id: fields.OrganizationId) -> answers.OneOrganization:
    return _one(reached(call, organization_id))


def update(
    call: Call, asked: requests.OrganizationUpdate, organization_id: fields.OrganizationId
) -> answers.OneOrganization:
    named = organization_named(organization_id)
    return _one(granted(tenants.change(call.portal, call.project, named, _changes(asked), origin=call.origin)))


def delete(call: Call, organization_id: fields.OrganizationId) -> answers.OrganizationDeleted:
    named = organization_named(organization_id)
    removed = granted(tenants.remove(call.portal, call.project, named, origin=call.origin))
    return answers.OrganizationDeleted(organization_id=ids.spell("organization", removed))


def delete_external_id(call: Call, organization_id: fields.OrganizationId) -> answers.OneOrganization:
    named = organization_named(organization_id)
    return _one(granted(tenants.forget_external_id(call.portal, call.project, named, origin=call.origin)))


def search(call: Call, asked: requests.OrganizationSearch) -> answers.OrganizationsFound:
    query = asked.query
    wanted = (
        TenantSearch(organization_conditions(query.operands), any_of=query.operator == "OR")
        if query
        else TenantSearch()
    )
    after = ids.read("organization", asked.cursor) if asked.cursor else None
    if asked.cursor and after is None:
        raise WireError(400, "bad_request", "This cursor came out of no search.")
    found = tenants.search(call.portal, call.project, wanted, after=after, limit=asked.limit or _PAGE)
    return answers.OrganizationsFound(
        organizations=[organization_of(one) for one in found.tenants],
        results_metadata=answers.ResultsMetadata(
            total=found.total, next_cursor=ids.spell("organization", found.after) if found.after else None
        ),
    )


def _one(found: Reached) -> answers.OneOrganization:
    return answers.OneOrganization(organization=organization_of(found.tenant))


def _changes(asked: requests.OrganizationCreation | requests.OrganizationUpdate) -> TenantChanges:
    return TenantChanges(
        name=asked.organization_name,
        slug=asked.organization_slug or None,
        requires_second_factor=None if asked.mfa_policy is None else asked.mfa_policy == "REQUIRED_FOR_ALL",
        external_id=asked.organization_external_id,
        logo_url=asked.organization_logo_url,
        trusted_metadata=asked.trusted_metadata,
    )
