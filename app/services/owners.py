"""An owner made at the command line: for whoever is locked out, and for machines that set machines up."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.events import OPERATOR, Act
from app.domain.members import Member, Role, Status
from app.domain.operating import NotDoneError
from app.domain.organizations import Organization
from app.domain.passes import INVITATION_LIFE
from app.domain.text import slug_of
from app.domain.tokens import hash_of, new_token
from app.portal import Portal, Transaction
from app.steps.events import record, record_of_nobody
from app.storage import members, organizations, setup_links
from app.storage.links import invitations

_NAMED_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class InvitedOwner:
    """`token` is the last part of the link that makes the owner's password and authenticator; shown once, here."""

    token: str
    name: str
    organization: str
    valid_until: datetime
    again: bool


def create(portal: Portal, *, name: str, email: str, organization: str | None, founding: str | None) -> InvitedOwner:
    """Invite an owner, into the organization of that slug or the only one, or into one that is founded with it.

    Whoever was invited as an owner and has not come gets another link. Raises NotDoneError.
    """
    with portal.writing() as tx:
        # Whoever founds the first organization, here or with a setup link, has had this row: there is one founder.
        setup_links.replace(tx.db, token_hash=hash_of(new_token()), now=tx.now, expires_at=tx.now)
        found = _founded(tx, founding) if founding else _meant(tx, organization)
        setup_links.void(tx.db)
        if organizations.find_and_hold(tx.db, found.id).ended_at:
            raise NotDoneError(f"The organization {found.slug} has just been removed.")
        there = members.find_by_email(tx.db, found.id, email)
        if there and not (there.role is Role.OWNER and there.status is Status.INVITED):
            raise NotDoneError(
                f"{email} belongs to {there.name}, who is in {found.name} as {there.role} ({there.status}). "
                "Somebody without phone and codes is helped by `sparekey pass` and `sparekey password-link`."
            )
        who = members.find_and_hold(tx.db, there.id) if there else _added(tx, found, name, email)
        record(tx, Act.INVITATION_RENEWED if there else Act.OWNER_CREATED, who, by=OPERATOR)
        token, valid_until = new_token(), tx.now + INVITATION_LIFE
        invitations.replace(
            tx.db, who, token_hash=hash_of(token), made_by=OPERATOR, reason="", now=tx.now, expires_at=valid_until
        )
        return InvitedOwner(token, who.name, found.name, valid_until, again=there is not None)


def _founded(tx: Transaction, name: str) -> Organization:
    if organizations.first_two(tx.db):
        raise NotDoneError("There is an organization already. Another one is made by `sparekey organization add`.")
    made = organizations.add(tx.db, slug=slug_of(name), name=name, required_from=tx.now, now=tx.now)
    record_of_nobody(tx, Act.ORGANIZATION_CREATED, made.id, by=OPERATOR)
    return made


def _meant(tx: Transaction, slug: str | None) -> Organization:
    if slug is not None and (found := organizations.find_by_slug(tx.db, slug)):
        return found
    there = organizations.all_of_them(tx.db)
    if not there:
        raise NotDoneError("There is no organization yet: give it a name with --organization-name.")
    if slug is None and len(there) == 1:
        return there[0]
    choices = ", ".join([one.slug for one in there[:_NAMED_AT_MOST]] + ["..."] * (len(there) > _NAMED_AT_MOST))
    if slug is None:
        raise NotDoneError(f"There are several organizations: say which with --organization ({choices}).")
    raise NotDoneError(f"There is no organization {slug}; there is: {choices}.")


def _added(tx: Transaction, organization: Organization, name: str, email: str) -> Member:
    return members.add(
        tx.db,
        organization_id=organization.id,
        role=Role.OWNER,
        name=name,
        email=email,
        password_hash=None,
        status=Status.INVITED,
        now=tx.now,
    )
