"""Password links: they set a password, sign nobody in, and never touch the second factor."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.events import OPERATOR, Act, Actor, Origin
from app.domain.passes import PASSWORD_LINK_LIFE
from app.domain.passwords import objection
from app.domain.refusals import Refused, Why
from app.domain.tokens import hash_of, new_token
from app.portal import Portal
from app.steps import people
from app.steps.events import record
from app.steps.passwords import set_password
from app.steps.sessions import end_others
from app.storage import members, organizations, password_links


@dataclass(frozen=True, slots=True)
class MadeLink:
    """`token` is the last part of the link; shown once, here."""

    token: str
    name: str
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class LinkFor:
    """Whose password the link sets."""

    email: str
    organization: str
    slug: str


def make(portal: Portal, email: str, *, organization: str | None, reason: str, by: Actor) -> MadeLink:
    """A new link for the member, which voids those before. Raises NoSuchMemberError."""
    token = new_token()
    with portal.writing() as tx:
        who = members.find_and_hold(tx.db, people.named(tx, email, organization).id)
        valid_until = tx.now + PASSWORD_LINK_LIFE
        password_links.replace(
            tx.db, who, token_hash=hash_of(token), made_by=by, reason=reason, now=tx.now, expires_at=valid_until
        )
        exempt = by == OPERATOR  # from the rule that nobody pays for both factors
        record(tx, Act.PASSWORD_LINK_MADE, who, by=by, reason=reason, until=valid_until.isoformat(), exempt=exempt)
        return MadeLink(token, who.name, valid_until)


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
    if sentence := objection(password, [whose.email, whose.organization]):
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
