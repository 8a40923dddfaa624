"""Taking over a second factor that another system made: its secret, and the codes that its member has on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from app.domain import recovery_codes as codes
from app.domain import totp
from app.domain.authenticators import next_name
from app.domain.events import Act, Origin
from app.domain.projects import Project
from app.domain.refusals import Refused, Why
from app.domain.users import User, UserRef
from app.portal import Portal
from app.steps import users
from app.steps.enrolment import add_confirmed
from app.steps.events import record
from app.steps.recovery_codes import make, take_over
from app.steps.sessions import end_others
from app.storage import enrolments, members, recovery_codes


@dataclass(frozen=True, slots=True)
class TakenOver:
    """`codes` are spelled out, as they will be from now on."""

    user: User
    totp: UUID
    codes: list[str]


def migrate(
    portal: Portal, project: Project, named: UserRef, *, secret: str, given: Sequence[str], origin: Origin
) -> TakenOver | Refused:
    """An authenticator that needs no confirming, for who has none. Without codes of theirs the member gets ours.

    No code of the secret counts as used, and none of theirs as spent: what the other system has seen is not known here,
    and bringing them along once more, after deleting them, brings them along as they were.
    """
    key, texts = totp.read_foreign(secret), codes.read_all_foreign(given)
    if key is None:
        return Refused(Why.UNFIT_SECRET)
    if len(key) < totp.FOREIGN_BYTES_AT_LEAST:
        return Refused(Why.WEAK_SECRET)
    if texts is None:
        return Refused(Why.UNFIT_CODES)
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_for_secrets(tx, project, named)
        if isinstance(who, Refused):
            return who
        if who.enrolled:
            return Refused(Why.ENROLLED)
        enrolments.cancel(tx.db, who.id)
        public_id, name = uuid4(), next_name([])
        unused = totp.step_at(tx.now) - totp.WINDOW - 1
        add_confirmed(tx, who, public_id=public_id, name=name, secret=key, step=unused)
        recovery_codes.void_live(tx.db, who.id, generation=None, now=tx.now)
        if texts:
            take_over(tx, who, texts)
        else:
            texts = make(tx, who, session_id=None, handed=True)
        members.refresh_counts(tx.db, who.id)
        end_others(tx, who, keep_audience=project.audience)
        record(tx, Act.AUTHENTICATOR_TAKEN_OVER, who, name=name)
        record(tx, Act.CODES_TAKEN_OVER if given else Act.CODES_MADE, who, count=len(texts))
        present = users.view(tx, project, members.find(tx.db, who.id))
        return TakenOver(present, public_id, [codes.spell(code) for code in texts])
