"""What is made for a member who cannot get in alone: a pass, or a link that sets the password."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain import recovery_codes as codes
from app.domain.events import OPERATOR, Act, Actor
from app.domain.members import Member
from app.domain.passes import PASSWORD_LINK_LIFE
from app.domain.tokens import hash_of, new_token
from app.portal import Transaction
from app.steps.events import record
from app.storage import passes, sessions
from app.storage.links import password_links


@dataclass(frozen=True, slots=True)
class MadePass:
    """The pass as it is to be told to the member: shown once, here."""

    spelled: str
    name: str
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class MadeLink:
    """`token` is the last part of the link; shown once, here."""

    token: str
    name: str
    valid_until: datetime


def pass_context(who: Member) -> str:
    return f"pass|{who.public_id}"


def make_pass(tx: Transaction, who: Member, *, life: timedelta, reason: str, by: Actor) -> MadePass:
    """A new pass, which voids the one before. The member must be held."""
    code = codes.new_code()
    valid_until = tx.now + life
    index = tx.keys.index(code, pass_context(who))
    if (before := passes.find_live(tx.db, who.id, None)) and before.session_id:
        sessions.end(tx.db, before.session_id)
    passes.replace(tx.db, who, index=index, made_by=by, reason=reason, now=tx.now, expires_at=valid_until)
    _record(tx, Act.PASS_MADE, who, by, reason, valid_until)
    return MadePass(codes.spell(code), who.name, valid_until)


def make_password_link(tx: Transaction, who: Member, *, reason: str, by: Actor) -> MadeLink:
    """A new link, which voids those before. The member must be held."""
    token = new_token()
    valid_until = tx.now + PASSWORD_LINK_LIFE
    password_links.replace(
        tx.db, who, token_hash=hash_of(token), made_by=by, reason=reason, now=tx.now, expires_at=valid_until
    )
    _record(tx, Act.PASSWORD_LINK_MADE, who, by, reason, valid_until)
    return MadeLink(token, who.name, valid_until)


def _record(tx: Transaction, act: Act, who: Member, by: Actor, reason: str, until: datetime) -> None:
    exempt = by == OPERATOR  # from the rule that nobody pays for both factors
    record(tx, act, who, by=by, reason=reason, until=until.isoformat(), exempt=exempt)
