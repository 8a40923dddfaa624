"""What applications do in a race, in a module of its own as in `acts`."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from app.api.limits import Limits
from app.domain.application_sessions import Wish
from app.domain.events import Origin
from app.domain.projects import Project
from app.domain.refusals import Refused
from app.portal import Portal
from app.services import (
    exchanges,
    organizations,
    project_upkeep,
    taking_over,
    tenants,
    totps,
    user_codes,
    users,
)
from app.services.tenants import TenantChanges
from app.services.users import Changes
from tests.support.races import Saying

FROM_THE_SHOP = Origin("203.0.113.50", "Shop/1.0")
_HOUR = timedelta(hours=1)


def verify(portal: Portal, project: Project, user: UUID, code: str, token: str | None = None) -> object:
    return totps.authenticate(portal, project, user, code, wish=Wish(token, _HOUR), origin=FROM_THE_SHOP)


def recover(portal: Portal, project: Project, user: UUID, code: str, token: str | None = None) -> object:
    return totps.recover(portal, project, user, code, wish=Wish(token, _HOUR), origin=FROM_THE_SHOP)


def fail(portal: Portal, project: Project, user: UUID, code: str, times: int) -> object:
    """Says how often the code was looked at and found to be wrong; the last of all tries meets the lock it makes."""
    tried = [verify(portal, project, user, code) for _ in range(times)]
    return Saying(sum(1 for one in tried if isinstance(one, Refused) and one.why == "wrong_code"))


def begin(portal: Portal, project: Project, user: UUID) -> object:
    """Says what the user was told."""
    made = totps.create(portal, project, user, life=_HOUR, origin=FROM_THE_SHOP)
    return made if isinstance(made, Refused) else Saying(" ".join([made.uri, *made.codes]))


def begin_again(portal: Portal, project: Project, user: UUID) -> object:
    return totps.create(portal, project, user, life=_HOUR, origin=FROM_THE_SHOP)


def delete(portal: Portal, project: Project, totp: UUID) -> object:
    return totps.delete(portal, project, totp, origin=FROM_THE_SHOP)


def create(portal: Portal, project: Project, email: str | None, external_id: str | None) -> object:
    notes = Changes(external_id=external_id)
    return users.create(portal, project, email=email, notes=notes, pending=False, origin=FROM_THE_SHOP)


def change(portal: Portal, project: Project, user: UUID, changes: Changes) -> object:
    return users.change(portal, project, user, changes, origin=FROM_THE_SHOP)


def remove(portal: Portal, project: Project, user: UUID) -> object:
    return users.remove(portal, project, user, origin=FROM_THE_SHOP)


def create_organization(portal: Portal, project: Project, slug: str | None, external_id: str | None) -> object:
    wanted = TenantChanges(name="Northwind", slug=slug, external_id=external_id)
    return tenants.create(portal, project, wanted, origin=FROM_THE_SHOP)


def remove_organization(portal: Portal, project: Project, organization: UUID) -> object:
    return tenants.remove(portal, project, organization, origin=FROM_THE_SHOP)


def remove_organization_as_operator(portal: Portal, slug: str) -> object:
    return organizations.remove(portal, slug)


def take_back(portal: Portal, project: Project, user: UUID) -> object:
    return users.take_back(portal, project, user, origin=FROM_THE_SHOP)


def rotate(portal: Portal, project: Project, user: UUID) -> object:
    return user_codes.rotate(portal, project, user, origin=FROM_THE_SHOP)


def migrate(portal: Portal, project: Project, user: UUID, secret: str, codes: list[str]) -> object:
    return taking_over.migrate(portal, project, user, secret=secret, given=codes, origin=FROM_THE_SHOP)


def exchange(portal: Portal, project: Project, token: str, into: UUID) -> object:
    """Says whether there is a session, or only the way to the second factor."""
    wish = Wish(life=_HOUR)
    done = exchanges.exchange(portal, project, token, into, wish=wish, origin=FROM_THE_SHOP)
    if isinstance(done, Refused):
        return done
    return Saying("let in" if done.session else "halfway" if done.halfway else "unknown")


def rotate_secret(portal: Portal, project: UUID) -> object:
    return project_upkeep.rotate_secret(portal, project, overlap=_HOUR)


def revoke_secret(portal: Portal, project: UUID, secret: UUID) -> object:
    return project_upkeep.revoke_secret(portal, project, secret)


def remove_project(portal: Portal, project: UUID) -> object:
    return project_upkeep.remove(portal, project)


def call(portal: Portal, project: Project, limit: int, times: int) -> object:
    """As a worker of its own; says how many of its requests were let through."""
    node = replace(portal, settings=portal.settings.model_copy(update={"project_limit": limit}))
    worker = Limits()
    return Saying(sum(worker.wait(node, project) is None for _ in range(times)))
