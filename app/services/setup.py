"""First start: the link that makes the organization and its first owner."""

from dataclasses import dataclass

from app.domain.events import Act, Origin
from app.domain.members import Role
from app.domain.passes import SETUP_LINK_LIFE
from app.domain.passwords import objection
from app.domain.refusals import Refused, Why
from app.domain.text import slug_of
from app.domain.tokens import hash_of, new_token
from app.portal import Portal
from app.steps.enrolment import begin
from app.steps.events import record
from app.steps.sessions import Begun, begin_sign_in
from app.storage import members, organizations, setup_links


@dataclass(frozen=True, slots=True)
class Founding:
    """What the setup form asks for."""

    organization: str
    name: str
    email: str
    password: str


def issue_link(portal: Portal) -> str | None:
    """A new token for the setup link, which voids the one before; None once an owner exists."""
    token = new_token()
    with portal.writing() as tx:
        if members.owner_exists(tx.db):
            return None
        setup_links.replace(tx.db, token_hash=hash_of(token), now=tx.now, expires_at=tx.now + SETUP_LINK_LIFE)
    return token


def is_open(portal: Portal, token: str) -> bool:
    with portal.reading() as tx:
        return setup_links.is_open(tx.db, hash_of(token), tx.now)


def claim(portal: Portal, token: str, founding: Founding, origin: Origin) -> Begun | Refused:
    """Use the link: make organization and owner, and begin the owner's enrolment."""
    if not is_open(portal, token):
        return Refused(Why.EXPIRED)
    if sentence := objection(founding.password, [founding.organization, founding.name, founding.email]):
        return Refused(Why.UNFIT_PASSWORD, sentence=sentence)
    password_hash = portal.hasher.hash(founding.password)
    with portal.writing(origin) as tx:
        if members.owner_exists(tx.db) or not setup_links.claim(tx.db, hash_of(token), tx.now):
            return Refused(Why.EXPIRED)
        organization = organizations.add(
            tx.db,
            slug=organizations.free_slug(tx.db, slug_of(founding.organization)),
            name=founding.organization,
            required_from=tx.now,
            now=tx.now,
        )
        owner = members.add(
            tx.db,
            organization_id=organization.id,
            role=Role.OWNER,
            name=founding.name,
            email=founding.email,
            password_hash=password_hash,
            now=tx.now,
        )
        record(tx, Act.ORGANIZATION_CREATED, owner)
        record(tx, Act.OWNER_CREATED, owner)
        begun = begin_sign_in(tx, owner, next_path=None)
        begin(tx, owner, sign_in=begun.sign_in, vouched=True)
        return begun
