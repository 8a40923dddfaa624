"""Password links: they set a password, sign nobody in, and never touch the second factor."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.events import Act, Actor, Origin
from app.domain.passwords import objection as objection_to_password
from app.domain.refusals import Refused, Why
from app.domain.sessions import Session
from app.domain.tokens import hash_of
from app.portal import Portal, Transaction
from app.steps import administration, people, step_up
from app.steps.administration import Acting, Deed, Done
from app.steps.events import record
from app.steps.passwords import set_password
from app.steps.sessions import end_others
from app.steps.ways_back import MadeLink, make_password_link
from app.storage import members, organizations
from app.storage.links import password_links


@dataclass(frozen=True, slots=True)
class LinkFor:
    """Whose password the link sets."""

    email: str
    organization: str
    slug: str


def make(portal: Portal, email: str, *, organization: str | None, reason: str, by: Actor) -> MadeLink:
    """A new link for the member, which voids those before. Raises NoSuchMemberError."""
    with portal.writing() as tx:
        who = members.find_and_hold(tx.db, people.named(tx, email, organization).id)
        return make_password_link(tx, who, reason=reason, by=by)


def make_for(
    portal: Portal, session: Session, member: UUID, *, reason: str, proof: str, origin: Origin
) -> Done[MadeLink] | Refused:
    """An administrator makes one. Raises SessionEndedError and NotAnAdministratorError."""

    def make(tx: Transaction, acting: Acting) -> MadeLink:
        return make_password_link(tx, acting.who, reason=reason, by=acting.by)

    typed = step_up.prepared(portal, session, proof)
    deed = Deed(make, objection=administration.objection_to_password_link, ends_sessions=False)
    with portal.writing(origin) as tx:
        return administration.act(tx, session, member, typed, deed, reason=reason)


def look(portal: Portal, token: str) -> LinkFor | None:
    with portal.reading() as tx:
        link = password_links.find_by_token(tx.db, hash_of(token), tx.now)
        if link is None:
            return None
        who = members.find(tx.db, link.member_id)
        organization = organizations.find(tx.db, who.organization_id)
        return LinkFor(who.email or who.name, organization.name, organization.slug)


def use(portal: Portal, token: str, password: str, origin: Origin) -> LinkFor | Refused:
    """Set the password; every session of the member ends."""
    whose = look(portal, token)
    if whose is None:
        return Refused(Why.EXPIRED)
    if sentence := objection_to_password(password, [whose.email, whose.organization]):
        return Refused(Why.UNFIT_PASSWORD, sentence=sentence)
    password_hash = portal.hasher.hash(password)
    with portal.writing(origin) as tx:
        link = password_links.find_by_token(tx.db, hash_of(token), tx.now)
        if link is None:
            return Refused(Why.EXPIRED)
        who = members.find_and_hold(tx.db, link.member_id)
        if not password_links.use(tx.db, link.id, tx.now):
            return Refused(Why.EXPIRED)
        set_password(tx, who, password_hash)
        end_others(tx, who, keep=None)
        record(tx, Act.PASSWORD_LINK_USED, who)
        return whose
