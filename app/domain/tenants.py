"""Tenants: what an application of the whole installation calls organizations, with what it has noted of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.domain.organizations import Organization

LOGO_AT_MOST = 2048

TenantRef = UUID | str
"""How an application names an organization: by id, by its short name, or by the id that it has given itself."""


@dataclass(frozen=True, slots=True)
class TenantNotes:
    external_id: str | None = None
    logo_url: str = ""
    trusted_metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tenant:
    """An organization as an application sees it. `requires_second_factor`: of everybody, from now on or before."""

    organization: Organization
    notes: TenantNotes
    requires_second_factor: bool


class TenantFilter(StrEnum):
    """What a search of organizations can go by."""

    ID = "organization_ids"
    SLUG = "organization_slugs"
    NAME_PART = "organization_name_fuzzy"
    SLUG_PART = "organization_slug_fuzzy"
    MEMBER_EMAIL = "member_emails"
    MEMBER_EMAIL_PART = "member_email_fuzzy"
    WITH_SSO = "has_active_sso_connection"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class TenantCondition:
    """`value` is of the kind that the filter takes: ids or texts."""

    filter: TenantFilter
    value: Any


@dataclass(frozen=True, slots=True)
class TenantSearch:
    conditions: tuple[TenantCondition, ...] = ()
    any_of: bool = False
