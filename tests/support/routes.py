"""Every route as a walk goes through them: paths with something behind them, and forms that would do something."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from app.domain.tokens import hash_of, new_token
from app.storage import project_secrets, projects
from app.web.access import TABLE, Access, Who
from tests.support.clock import A_MONDAY
from tests.support.members_web import NEW_PASSWORD, PASSWORD, Browser, Person, filled
from tests.support.offices import Office

Fields = dict[str, str]
Visit = Callable[[Office, Person], Browser]

REASON = "Ticket 4711, called back"
_DAY = f"{A_MONDAY:%Y-%m-%d}"


def nobody(office: Office, _ada: Person) -> Browser:
    return office.browser()


def past_the_password(office: Office, ada: Person) -> Browser:
    return office.past_the_password(ada)


def past_the_password_without_authenticator(office: Office, _ada: Person) -> Browser:
    return office.past_the_password(office.person("Nora New", enrolled=False))


def signed_in(office: Office, ada: Person) -> Browser:
    return office.signed_in(ada)


def as_admin(office: Office, _ada: Person) -> Browser:
    return office.signed_in(office.admin("Alma Admin"))


def as_owner(office: Office, _ada: Person) -> Browser:
    return office.signed_in(office.owner("Oda Owner"))


def as_admin_next_door(office: Office, _ada: Person) -> Browser:
    neighbours = office.next_door()
    return neighbours.signed_in(neighbours.admin())


def as_owner_next_door(office: Office, _ada: Person) -> Browser:
    neighbours = office.next_door()
    return neighbours.signed_in(neighbours.owner())


def yet_to_acknowledge(office: Office, _ada: Person) -> Browser:
    return office.signed_in(office.person("Paul Pending", acknowledged=False))


def yet_to_enrol(office: Office, _ada: Person) -> Browser:
    return office.due_to_enrol(office.person("Nora New", enrolled=False))


def with_a_pass(office: Office, ada: Person) -> Browser:
    return office.with_pass(ada)


VISITS: tuple[Visit, ...] = (
    nobody,
    past_the_password,
    past_the_password_without_authenticator,
    signed_in,
    as_admin,
    as_owner,
    yet_to_acknowledge,
    yet_to_enrol,
    with_a_pass,
)


@dataclass
class Keeper(Person):
    """Somebody of an organization that has a project, with a secret of it."""

    project: UUID = field(default_factory=uuid4)
    secret: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Cast:
    """Whom the rules are about: for an act of the administration somebody in the state that it is for."""

    oneself: Person
    active: Person
    locked: Person
    suspended: Person
    invited: Person
    keeper: Keeper

    def of(self, rule: str) -> Person:
        if rule.startswith("/projects"):
            return self.keeper
        special = {
            "/members/<uuid:id>/unlock": self.locked,
            "/members/<uuid:id>/reactivation": self.suspended,
            "/members/<uuid:id>/invitation": self.invited,
            "/members/<uuid:id>/invitation-revocation": self.invited,
        }
        return special.get(rule, self.active if rule.startswith("/members") else self.oneself)


def cast_of(office: Office, ada: Person) -> Cast:
    invited, _ = office.invited()
    active, locked, suspended = office.person("Sam Subject"), office.locked(), office.suspended()
    return Cast(ada, active, locked, suspended, invited, keeper_of(office, active))


def keeper_of(office: Office, person: Person) -> Keeper:
    """The person, in front of a project of the office that was made without pages."""
    with office.portal.writing() as tx:
        project = projects.add(
            tx.db, organization_id=office.organization_id, name="Shop", permissions=frozenset(), now=tx.now
        )
        secret = project_secrets.add(tx.db, project.id, secret_hash=hash_of(new_token()), hint="abcd", now=tx.now)
    return Keeper(**vars(person), project=project.public_id, secret=secret.public_id)


def just_enough(rule: str, access: Access, office: Office, ada: Person) -> Person:
    """Somebody whose role opens the route, and no more than that. Admins have no role to give to members."""
    if access.who is Who.OWNER or rule == "/members/<uuid:id>/role":
        return office.owner()
    return office.admin() if access.who is Who.ADMIN else ada


def named(method: str) -> Iterator[tuple[str, Access]]:
    """The rules that answer to the method."""
    return ((rule, access) for (served, rule), access in sorted(TABLE.items()) if served == method)


def path_of(rule: str, person: Person | None = None, slug: str = "acme-works") -> str:
    """With the id of the person, or of what the rule is about that is theirs; without one, there is no such thing."""
    about, secret = _about(rule, person) if person else uuid4(), uuid4()
    named = {"slug": slug, "token": "no-such-token", "digest": "0" * 16, "name": "css/theme.css", "wire": "stytch"}
    if isinstance(person, Keeper):
        secret = person.secret
    path = filled(rule, id=about, secret=secret, operation="create-totp", **named)
    return f"{path}?act=suspension&{about}=on" if rule == "/members/several" else path


def _about(rule: str, person: Person) -> UUID:
    if isinstance(person, Keeper):
        return person.project
    return person.id if rule.startswith("/members") else person.authenticator


def form_for(rule: str, person: Person) -> Fields:
    """What fills in the form of the rule, so that it would do something for whoever may, but for the proof."""
    return {**_FORMS, **_forms_about(person)}.get(rule, {})


def _forms_about(person: Person) -> dict[str, Fields]:
    credentials = {"email": person.email, "password": PASSWORD}
    code = {"code": person.codes[0] if person.codes else "000000"}
    several = {str(person.id): "on", "reason": REASON}
    return {
        "/sign-in": credentials,
        "/o/<slug>/sign-in": credentials,
        "/sign-in/code": code,
        "/sign-in/pass": code,
        "/members/several/sessions-end": several,
        "/members/several/suspension": several,
    }


_INVITED = {"name": "Gustav New", "email": "gustav@example.org", "role": "member"}
_PASTED = {"people": "Gustav New, gustav@example.org\nHilda New, hilda@example.org"}
_POLICY = {
    "name": "Acme Works",
    "time_zone": "Europe/Berlin",
    "required_from": _DAY,
    "code_count": "12",
    "code_visibility": "viewable",
}
_BY_REASON_ALONE = (
    "password-link",
    "unlock",
    "lock",
    "sessions-end",
    "suspension",
    "reactivation",
    "removal",
    "invitation",
    "invitation-revocation",
)
_FORMS: dict[str, Fields] = {
    "/appearance": {"theme": "dark"},
    "/setup": {"organization": "O", "name": "N", "email": "n@example.org", "password": NEW_PASSWORD},
    "/password": {"password": NEW_PASSWORD},
    "/enrolment": {"replace": ""},
    "/enrolment/confirmation": {"code": "000000", "name": "Tablet"},
    "/account/name": {"name": "Somebody Else"},
    "/account/password": {"password": NEW_PASSWORD},
    "/account/authenticators/<uuid:id>/name": {"name": "Tablet"},
    "/account/recovery-codes": {"generation": "1"},
    "/account/recovery-codes/proof": {"generation": "1", "group": "0000"},
    "/account/recovery-codes/acknowledgement": {"generation": "1", "saved": "y"},
    **{f"/members/<uuid:id>/{act}": {"reason": REASON} for act in _BY_REASON_ALONE},
    "/members/<uuid:id>/pass": {"reason": REASON, "minutes": "10"},
    "/members/<uuid:id>/name": {"reason": REASON, "name": "Somebody Else"},
    "/members/<uuid:id>/address": {"reason": REASON, "email": "else@example.org"},
    "/members/<uuid:id>/role": {"reason": REASON, "role": "admin"},
    "/members/export": {"search": "", "factor": "", "role": "", "status": "", "sort": "name"},
    "/invitations": _INVITED,
    "/invitations/many": _PASTED,
    "/invitations/many/confirmation": _PASTED,
    "/invitations/acceptance": {"name": "Gustav New", "password": NEW_PASSWORD},
    "/projects": {"name": "Warehouse"},
    "/organization": {**_POLICY, "seen": json.dumps(["Acme Works", "UTC", _DAY, 10, "viewable"])},
}
