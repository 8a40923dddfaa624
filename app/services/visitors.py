"""Who a request comes from, by the tokens that its browser holds."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.members import Member, Role, Status
from app.domain.organizations import Organization
from app.domain.sessions import PORTAL, SEEN_AGAIN_AFTER, Proof, Scope, Session, SignIn
from app.domain.text import is_slug
from app.domain.tokens import hash_of
from app.portal import Portal, Transaction, UnavailableError
from app.storage import members, organizations, passes, recovery_codes, sessions, sign_ins


class Must(StrEnum):
    """What a member has to do before anything else opens."""

    NOTHING = ""
    ENROL = "enrol"
    ACKNOWLEDGE = "acknowledge"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A member, with either a session or a sign-in in progress."""

    member_id: UUID
    name: str
    email: str | None
    role: Role
    enrolled: bool
    enrols_with_pass: bool
    locked_by_person: bool
    organization: Organization
    session: Session | None
    sign_in: SignIn | None
    must: Must
    now: datetime

    @property
    def wants_code(self) -> bool:
        """Whether what comes after the password is the code, or the page that says who can open the lock."""
        return self.enrolled or self.locked_by_person

    @property
    def came_by_code(self) -> bool:
        """Signed in with a recovery code, and no authenticator has shown itself since."""
        return self.session is not None and self.session.proved_by is Proof.RECOVERY_CODE is self.session.opened_by

    @property
    def by_pass(self) -> bool:
        """Here to enrol by right of a pass, which stands in for any other proof."""
        return self.session is not None and self.session.scope is Scope.ENROL

    @property
    def fresh(self) -> bool:
        return self.session is not None and self.session.fresh(self.now, enrolled=self.enrolled)

    @property
    def fresh_by_totp(self) -> bool:
        return self.session is not None and self.session.fresh_by_totp(self.now)


def with_session(portal: Portal, token: str) -> Visitor | None:
    """The member of a live session; notes its use, at most once a minute."""
    with portal.reading() as tx:
        seen_after = tx.now - tx.settings.session_idle
        found = sessions.find_by_token(tx.db, hash_of(token), audience=PORTAL, seen_after=seen_after, now=tx.now)
        if found is None:
            return None
        who = members.find(tx.db, found.member_id)
        if who.status is not Status.ACTIVE:
            return None
        organization = organizations.find(tx.db, who.organization_id)
        visitor = _visitor(who, organization, tx.now, session=found, must=_must(tx, who, organization, found))
    if tx.now - found.last_seen_at > SEEN_AGAIN_AFTER:
        # Where nothing can be written, such as on a full disk, what is there can be looked at all the same.
        with suppress(UnavailableError), portal.writing() as tx:
            sessions.touch(tx.db, found.id, tx.now)
    return visitor


def with_sign_in(portal: Portal, token: str) -> Visitor | None:
    with portal.reading() as tx:
        found = sign_ins.find_by_token(tx.db, hash_of(token), audience=PORTAL, now=tx.now)
        if found is None:
            return None
        who = members.find(tx.db, found.member_id)
        if not who.may_sign_in or who.password_stopped_at:
            return None
        organization = organizations.find(tx.db, who.organization_id)
        return _visitor(who, organization, tx.now, sign_in=found)


def organization_named(portal: Portal, slug: str) -> Organization | None:
    if not is_slug(slug):
        return None
    with portal.reading() as tx:
        return organizations.find_by_slug(tx.db, slug)


def only_organization(portal: Portal) -> tuple[Organization | None, bool]:
    """The only one, if there is only one; and whether there are several."""
    with portal.reading() as tx:
        found = organizations.first_two_administered(tx.db)
    return (found[0] if len(found) == 1 else None), len(found) > 1


def _visitor(
    who: Member,
    organization: Organization,
    now: datetime,
    *,
    session: Session | None = None,
    sign_in: SignIn | None = None,
    must: Must = Must.NOTHING,
) -> Visitor:
    return Visitor(
        member_id=who.public_id,
        name=who.name,
        email=who.email,
        role=who.role,
        enrolled=who.enrolled,
        enrols_with_pass=who.enrols_with_pass,
        locked_by_person=who.locked_by_person,
        organization=organization,
        session=session,
        sign_in=sign_in,
        must=must,
        now=now,
    )


def _must(tx: Transaction, who: Member, organization: Organization, session: Session) -> Must:
    if session.scope is Scope.ENROL:
        return Must.ENROL if passes.find_held_by(tx.db, session.id) else Must.ACKNOWLEDGE
    if not who.enrolled and organization.requires_second_factor(tx.now):
        return Must.ENROL
    return Must.ACKNOWLEDGE if who.codes_pending or _has_no_codes(tx, who) else Must.NOTHING


def _has_no_codes(tx: Transaction, who: Member) -> bool:
    """An authenticator and no set: their codes were ended by something else, such as a restored backup."""
    # Only where none is left, or every page would look for a set that nearly everybody has.
    return who.enrolled and who.codes_left == 0 and recovery_codes.find_live(tx.db, who.id) is None
