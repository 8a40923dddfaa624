"""Organizations, as an application of the whole installation makes, changes, finds and removes them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.domain.events import Act, Origin
from app.domain.organizations import Organization
from app.domain.projects import Project
from app.domain.refusals import Refused, Why
from app.domain.tenants import Tenant, TenantNotes, TenantRef, TenantSearch
from app.domain.text import is_slug, slug_of
from app.domain.users import with_changes
from app.portal import Portal, Transaction
from app.steps import organization_endings, tenants
from app.steps.events import record_of_nobody
from app.steps.users import actor_of, may_touch_secrets
from app.storage import members, organizations, project_tenants, projects, tenant_search

_TRIES_FOR_A_NAME = 3


@dataclass(frozen=True, slots=True)
class TenantChanges:
    """None leaves a field as it is."""

    name: str | None = None
    slug: str | None = None
    requires_second_factor: bool | None = None
    external_id: str | None = None
    logo_url: str | None = None
    trusted_metadata: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """The project as it acts within an organization, and what it sees of that."""

    project: Project
    tenant: Tenant


@dataclass(frozen=True, slots=True)
class TenantsFound:
    """`after` is the organization to go on from, where there are more."""

    tenants: list[Tenant]
    total: int
    after: UUID | None


def reach(portal: Portal, project: Project, named: TenantRef) -> Reached | Refused:
    with portal.reading() as tx:
        found = tenants.find(tx, project, named)
        return found if isinstance(found, Refused) else _reached(tx, project, found)


def reach_several(portal: Portal, project: Project, named: Sequence[TenantRef]) -> list[Reached] | Refused:
    """Each once, in the order in which they were made."""
    with portal.reading() as tx:
        found: dict[int, Organization] = {}
        for one in named:
            organization = tenants.find(tx, project, one)
            if isinstance(organization, Refused):
                return organization
            found[organization.id] = organization
        several = [found[organization_id] for organization_id in sorted(found)]
        return [Reached(project.within(one.organization.id), one) for one in tenants.views(tx, project, several)]


def reach_own(portal: Portal, project: Project) -> Reached | Refused:
    """For a project of one organization."""
    with portal.reading() as tx:
        if project.organization_id is None:
            return Refused(Why.ONE_ORGANIZATION)
        return _reached(tx, project, organizations.find(tx.db, project.organization_id))


def reach_of(portal: Portal, project: Project, user: UUID) -> Reached | Refused:
    """Where that member is, or was."""
    with portal.reading() as tx:
        who = members.find_sole(tx.db, user)
        organization = organizations.find(tx.db, who.organization_id) if who else None
        if organization is None or not tenants.reaches(project, organization):
            return Refused(Why.UNKNOWN_MEMBER)
        return _reached(tx, project, organization)


def create(portal: Portal, project: Project, changes: TenantChanges, *, origin: Origin) -> Reached | Refused:
    """Without anybody in it. Whoever is to administer it in the portal is let in by the operator."""
    if project.organization_id is not None:
        return Refused(Why.ONE_ORGANIZATION)
    return _until_named(lambda: _create(portal, project, changes, origin))


def change(
    portal: Portal, project: Project, named: TenantRef, changes: TenantChanges, *, origin: Origin
) -> Reached | Refused:
    """What the application notes for itself; and name, short name and policy where nobody looks after these here."""
    return _until_named(lambda: _change(portal, project, named, changes, origin))


def forget_external_id(portal: Portal, project: Project, named: TenantRef, *, origin: Origin) -> Reached | Refused:
    with portal.writing(origin, by=actor_of(project)) as tx:
        held = tenants.hold(tx, project, named)
        if isinstance(held, Refused):
            return held
        before = tenants.view(tx, project, held).notes
        if before.external_id is not None:
            record_of_nobody(tx, Act.ORGANIZATION_CHANGED, held.id, changes={})
            without = TenantNotes(None, before.logo_url, before.trusted_metadata)
            project_tenants.note(tx.db, project.id, held.id, without)
        return _reached(tx, project, held)


def remove(portal: Portal, project: Project, named: TenantRef, *, origin: Origin) -> UUID | Refused:
    """With all its people; not where any of them has to do with the portal."""
    with portal.writing(origin, by=actor_of(project)) as tx:
        held = tenants.hold(tx, project, named)
        if isinstance(held, Refused):
            return held
        if project.organization_id is not None:
            return Refused(Why.ONE_ORGANIZATION)
        if refused := _may_not_be_removed(tx, project, held):
            return refused
        organization_endings.end(tx, held, by=actor_of(project))
        return held.public_id


def search(portal: Portal, project: Project, wanted: TenantSearch, *, after: UUID | None, limit: int) -> TenantsFound:
    """In the order in which they were made. One to go on from that is not there begins from the first."""
    with portal.reading() as tx:
        start = tenants.find(tx, project, after) if after else None
        beyond = start.id if isinstance(start, Organization) else 0
        ids = tenant_search.page(tx.db, project, wanted, after=beyond, count=limit + 1)
        found = tenants.views(tx, project, organizations.find_several(tx.db, ids[:limit]))
        total = tenant_search.count(tx.db, project, wanted)
        return TenantsFound(found, total, found[-1].organization.public_id if len(ids) > limit else None)


def _until_named(act: Callable[[], Reached | Refused]) -> Reached | Refused:
    for _ in range(_TRIES_FOR_A_NAME):
        try:
            return act()
        except IntegrityError:  # somebody else has just taken a word, and it is seen to be taken the next time
            continue
    return Refused(Why.SLUG_TAKEN)


def _create(portal: Portal, project: Project, changes: TenantChanges, origin: Origin) -> Reached | Refused:
    with portal.writing(origin, by=actor_of(project)) as tx:
        if projects.find_and_share(tx.db, project.public_id) is None:
            return Refused(Why.UNKNOWN_ORGANIZATION)
        if refused := _objection(tx, project, None, changes):
            return refused
        notes = _fitted(TenantNotes(), changes)
        if isinstance(notes, Refused):
            return notes
        name = changes.name or ""
        made = organizations.add(
            tx.db,
            slug=changes.slug or organizations.free_slug(tx.db, slug_of(name), project_id=project.id),
            name=name,
            required_from=tx.now if changes.requires_second_factor else None,
            now=tx.now,
        )
        record_of_nobody(tx, Act.ORGANIZATION_CREATED, made.id)
        project_tenants.note(tx.db, project.id, made.id, notes)
        return _reached(tx, project, made)


def _change(
    portal: Portal, project: Project, named: TenantRef, changes: TenantChanges, origin: Origin
) -> Reached | Refused:
    with portal.writing(origin, by=actor_of(project)) as tx:
        held = tenants.hold(tx, project, named)
        if isinstance(held, Refused):
            return held
        if refused := _objection(tx, project, held, changes):
            return refused
        before = tenants.view(tx, project, held).notes
        after = _fitted(before, changes)
        if isinstance(after, Refused):
            return after
        reworded = _reword(tx, held, changes)
        if reworded or after != before:
            record_of_nobody(tx, Act.ORGANIZATION_CHANGED, held.id, changes=reworded)
        project_tenants.note(tx.db, project.id, held.id, after)
        return _reached(tx, project, organizations.find(tx.db, held.id))


def _reached(tx: Transaction, project: Project, organization: Organization) -> Reached:
    return Reached(project.within(organization.id), tenants.view(tx, project, organization))


def _objection(tx: Transaction, project: Project, held: Organization | None, changes: TenantChanges) -> Refused | None:
    if changes.slug is not None and not (is_slug(changes.slug) and changes.slug.strip("-") == changes.slug):
        return Refused(Why.UNFIT_SLUG)
    if held and _is_policy(held, changes, tx.now) and organizations.has_portal_people(tx.db, held.id):
        return Refused(Why.PORTAL_POLICY)
    ours = {None, held.id if held else None}
    if changes.slug and _has(tx, project, changes.slug) - ours:
        return Refused(Why.SLUG_TAKEN)
    if changes.external_id and _has(tx, project, changes.external_id) - ours:
        return Refused(Why.ORGANIZATION_ID_TAKEN)
    return None


def _has(tx: Transaction, project: Project, word: str) -> set[int | None]:
    """Which organizations go by the word, as a short name or with this project: it is to mean one of them."""
    by_slug = organizations.find_by_slug(tx.db, word)
    return {by_slug.id if by_slug else None, project_tenants.organization_with(tx.db, project.id, word)}


def _may_not_be_removed(tx: Transaction, project: Project, held: Organization) -> Refused | None:
    """For what none of its people could be removed for; see `users.remove`."""
    if organizations.has_portal_people(tx.db, held.id) or organizations.has_people_kept_out(tx.db, held.id):
        return Refused(Why.PORTAL_PEOPLE)
    enrolled = organizations.has_enrolled_people(tx.db, held.id)
    return Refused(Why.NOT_PERMITTED) if enrolled and not may_touch_secrets(tx, project) else None


def _is_policy(held: Organization, changes: TenantChanges, now: datetime) -> bool:
    """Whether anything would be other than it is that owners decide in the portal."""
    renamed = changes.name not in {None, held.name} or changes.slug not in {None, held.slug}
    return renamed or changes.requires_second_factor not in {None, held.requires_second_factor(now)}


def _reword(tx: Transaction, held: Organization, changes: TenantChanges) -> dict[str, list[str]]:
    """Returns what is other than before: its old and its new words."""
    required = held.second_factor_required_from
    if changes.requires_second_factor not in {None, held.requires_second_factor(tx.now)}:
        required = tx.now if changes.requires_second_factor else None
    old = {"name": held.name, "slug": held.slug, "required_from": _said(held.second_factor_required_from)}
    name, slug = changes.name or held.name, changes.slug or held.slug
    new = {"name": name, "slug": slug, "required_from": _said(required)}
    if new != old:
        organizations.reword(tx.db, held.id, slug=slug, name=name, required_from=required)
    return {word: [old[word], new[word]] for word in old if old[word] != new[word]}


def _said(since: datetime | None) -> str:
    return f"{since:%Y-%m-%d}" if since else ""


def _fitted(before: TenantNotes, changes: TenantChanges) -> TenantNotes | Refused:
    trusted = with_changes(before.trusted_metadata, changes.trusted_metadata or {})
    if trusted is None:
        return Refused(Why.TOO_MANY)
    return TenantNotes(
        external_id=changes.external_id or before.external_id,
        logo_url=before.logo_url if changes.logo_url is None else changes.logo_url,
        trusted_metadata=trusted,
    )
