"""What browsers of applications do in a race, in a module of its own as in `acts`."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from app.api.limits import Limits
from app.domain.application_sessions import Own, Wish
from app.domain.events import Origin
from app.domain.projects import Project
from app.portal import Portal
from app.services import (
    application_sessions,
    attestation,
    own_authenticators,
    project_upkeep,
    totps,
    user_codes,
    users,
)
from app.services.users import Changes
from tests.support.races import Saying

AT_THE_TABLE = Origin("198.51.100.7", "Firefox on Linux")
_HOUR = timedelta(hours=1)


def sign_in(portal: Portal, project: Project, token: str) -> object:
    return attestation.sign_in(portal, project, token, wish=Wish(life=_HOUR), origin=AT_THE_TABLE)


def verify(portal: Portal, project: Project, token: str, code: str) -> object:
    return totps.authenticate(portal, project, Own(token), code, wish=Wish(token), origin=AT_THE_TABLE)


def use(portal: Portal, project: Project, token: str) -> object:
    """Writes into the session that it was used."""
    return application_sessions.use(portal, project, Wish(token, claims={"used": True}), origin=AT_THE_TABLE)


def verify_what_was_used(portal: Portal, project: Project, token: str, code: str) -> object:
    """Says whether the session had been used before."""
    outcome = verify(portal, project, token, code)
    if not isinstance(outcome, totps.Checked) or outcome.session is None:
        return outcome
    return Saying("used" if "used" in outcome.session.claims else "unused")


def recover(portal: Portal, project: Project, token: str, code: str) -> object:
    return totps.recover(portal, project, Own(token), code, wish=Wish(token), origin=AT_THE_TABLE)


def begin(portal: Portal, project: Project, token: str) -> object:
    return totps.create(portal, project, Own(token), life=_HOUR, with_codes=False, origin=AT_THE_TABLE)


def confirm(portal: Portal, project: Project, token: str, code: str) -> object:
    return own_authenticators.confirm(portal, project, Own(token), code, origin=AT_THE_TABLE)


def delete_all(portal: Portal, project: Project, token: str) -> object:
    return totps.delete_all(portal, project, Own(token), origin=AT_THE_TABLE)


def rotate(portal: Portal, project: Project, token: str) -> object:
    return user_codes.rotate(portal, project, Own(token), origin=AT_THE_TABLE)


def read(portal: Portal, project: Project, token: str) -> object:
    """Says which codes were shown, made if there were none."""
    outcome = user_codes.read_live(portal, project, Own(token), making=True, origin=AT_THE_TABLE)
    return Saying(" ".join(outcome.codes)) if isinstance(outcome, user_codes.LiveCodes) else outcome


def acknowledge(portal: Portal, project: Project, token: str) -> object:
    return user_codes.acknowledge(portal, project, Own(token), origin=AT_THE_TABLE)


def note(portal: Portal, project: Project, token: str, key: str) -> object:
    changes = Changes(untrusted_metadata={key: True})
    return users.change(portal, project, Own(token), changes, origin=AT_THE_TABLE)


def end_all(portal: Portal, project: Project, user: UUID) -> object:
    return application_sessions.end_all(portal, project, user, origin=AT_THE_TABLE)


def admit(portal: Portal, project: UUID, origin: str) -> object:
    return project_upkeep.admit(portal, project, origin)


def visit(portal: Portal, project: Project, limit: int, times: int) -> object:
    """As a worker of its own, all from one place; says how many of its requests were let through."""
    node = replace(portal, settings=portal.settings.model_copy(update={"visitor_limit": limit}))
    worker = Limits()
    return Saying(sum(worker.wait_at(node, project, "198.51.100.0/24") is None for _ in range(times)))
