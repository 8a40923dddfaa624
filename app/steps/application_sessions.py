"""Sessions that members have in an application: found by what it presents, opened, and used for another while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from app.domain.application_sessions import INTERMEDIATE_LIFE, REPLACED_FOR, Named, Presented, Wish, merged
from app.domain.attempts import STEP_UP_TRIES
from app.domain.events import Act
from app.domain.members import Member, Status
from app.domain.projects import Project
from app.domain.refusals import Refused, Why
from app.domain.sessions import Factor, Proof, Scope, Session, SignIn
from app.domain.tokens import encoded, hash_of, new_token
from app.portal import Transaction
from app.steps import attempts, second_factor
from app.steps.events import record
from app.steps.second_factor import Shown as Spent
from app.steps.sessions import Begun
from app.storage import members, organizations, project_users, session_factors, sessions, sign_ins

_MARK_BYTES = 9
_TOKENS = "application-session"


@dataclass(frozen=True, slots=True)
class Shown:
    """A session as an application may see it.

    `mark` goes into the signed tokens of the session; see `find`. In a list it is empty, and so is `token`, which is
    empty as well where the key that it is made with is gone from the ring. `needs_second_factor`: there is one to show,
    or there has to be, and none was shown in the session yet.
    """

    id: UUID
    user: UUID
    factors: tuple[Factor, ...]
    started_at: datetime
    last_accessed_at: datetime
    expires_at: datetime
    claims: dict[str, Any]
    labels: tuple[str, ...]
    address: str
    browser: str
    token: str
    mark: str
    needs_second_factor: bool


@dataclass(frozen=True, slots=True)
class Right:
    """A factor that was shown to be right: just now, unless `at` says when."""

    proof: Proof
    method: UUID
    at: datetime | None = None


def find(tx: Transaction, project: Project, presented: Presented) -> Session | Refused | None:
    """What was presented; None where nothing was. A session of another project is as unknown as none.

    A token, signed or not, is taken for as long as the session lives, but not once a factor was shown in it since:
    whoever got hold of an early one must not come by what was proved later. For a minute the one that is not signed is
    known for what it was, since who asked at that very moment is to look again and not to think the session over.
    """
    if presented is None:
        return None
    if isinstance(presented, Named):
        found = sessions.find_in_project(tx.db, audience=project.audience, now=tx.now, public_id=presented.session)
        if found and mark_of(tx, found) != presented.mark:
            found = None
        return found or Refused(Why.UNKNOWN_SESSION)
    asked, audience = hash_of(presented), project.audience
    found = sessions.find_in_project(tx.db, audience=audience, now=tx.now, token_hash=asked)
    if found is None and sessions.answered_to(tx.db, asked, audience=audience, within=REPLACED_FOR, now=tx.now):
        return Refused(Why.TOKEN_REPLACED)
    return found or Refused(Why.UNKNOWN_SESSION)


def find_for(tx: Transaction, project: Project, who: Member, wish: Wish) -> Session | Refused | None:
    """Likewise, held; it must be this member's. Looked for before a code is, which must not be spent for nothing.

    So must a sign-in in progress, where one was presented.
    """
    if wish.intermediate is not None and _begun_for(tx, project, who, wish.intermediate) is None:
        return Refused(Why.UNKNOWN_INTERMEDIATE)
    found = find(tx, project, wish.presented)
    if isinstance(found, Refused):
        return found
    held = sessions.find_and_hold(tx.db, found, tx.now) if found and found.member_id == who.id else None
    if found and held is None:
        return Refused(Why.UNKNOWN_SESSION)
    claims = (held.claims if held else None) or {}
    return held if merged(claims, wish.claims) is not None else Refused(Why.TOO_MANY_CLAIMS)


def after(
    tx: Transaction, project: Project, who: Member, held: Session | None, right: Right, wish: Wish
) -> Shown | None:
    """The session to be after a factor was shown: the one held, stepped up, or a new one, or none."""
    project_users.has_shown_up(tx.db, project.id, who.id)
    if wish.intermediate and (begun := _begun_for(tx, project, who, wish.intermediate)):
        sign_ins.claim(tx.db, begun.id)
    if held is None and wish.life is None:
        return None
    session = _open(tx, project, who, right, wish) if held is None else _step_up(tx, held, right, wish)
    session_factors.add(tx.db, who, session.id, right.proof, right.method, tx.now)
    return show(tx, project, who, [session.public_id])[0]


def hold(tx: Transaction, project: Project, presented: Presented | UUID) -> tuple[Member, Session] | Refused:
    """Whose session it is first, then the session, which may also be named by its id. Nobody removed has one."""
    found = _look_for(tx, project, presented)
    if not isinstance(found, Session):
        return found or Refused(Why.UNKNOWN_SESSION)
    who = members.find_and_hold(tx.db, found.member_id)
    again = _look_for(tx, project, presented)  # a factor may have been shown in it while the member was waited for
    if isinstance(again, Refused):
        return again
    held = sessions.find_and_hold(tx.db, found, tx.now)
    return (who, held) if held and who.status is Status.ACTIVE else Refused(Why.UNKNOWN_SESSION)


def begin_sign_in(
    tx: Transaction, project: Project, who: Member, *, shown_at: datetime | None = None, ends_at: datetime | None = None
) -> Begun:
    """A sign-in of the application that wants a second factor still; the member must be held. Over by `ends_at`.

    `shown_at` is when what it goes by was shown, if not now: that does not become newer by going on with it.
    """
    token = new_token()
    sign_in = sign_ins.add(
        tx.db,
        who,
        token_hash=hash_of(token),
        audience=project.audience,
        next_path=None,
        origin=tx.origin,
        now=shown_at or tx.now,
        expires_at=min(tx.now + INTERMEDIATE_LIFE, ends_at or datetime.max.replace(tzinfo=UTC)),
    )
    return Begun(token, sign_in)


def step_up(tx: Transaction, project: Project, who: Member, held: Session, code: str) -> Spent | Refused:
    """A code in a session that has proved a second factor: it has tries of its own, and the last wrong one ends it.

    So no lock by attempts closes it, and nobody who sits at it can lock the member out.
    """
    reading = second_factor.read(tx, who, code)
    if isinstance(reading, Refused):
        return reading
    tries = sessions.take_step_up_try(tx.db, held.id, limit=STEP_UP_TRIES)
    shown = second_factor.spend(tx, who, reading) if tries else Refused(Why.UNKNOWN_SESSION)
    if not isinstance(shown, Refused):
        attempts.succeeded(tx, who, project.door)
        return shown
    if tries:
        record(tx, Act.STEP_UP_FAILED, who)
    if tries is None or tries >= STEP_UP_TRIES:
        sessions.end(tx.db, held.id)
        record(tx, Act.SESSION_ENDED, who, reason="step_up_failures")
    return shown


def go_on(tx: Transaction, held: Session, wish: Wish) -> Refused | None:
    """Use a session that is held, for as long as is wished from now on, or until it ends anyway."""
    claims = merged(held.claims or {}, wish.claims)
    if claims is None:
        return Refused(Why.TOO_MANY_CLAIMS)
    sessions.go_on(tx.db, held.id, now=tx.now, expires_at=_end(tx, held, wish.life), claims=claims)
    return None


def show(tx: Transaction, project: Project, who: Member, only: Sequence[UUID] | None = None) -> list[Shown]:
    """Those alive, the newest first; with their tokens where they are named."""
    alive = sessions.all_in_project(tx.db, who.id, audience=project.audience, now=tx.now)
    wanted = [one for one in alive if only is None or one.public_id in only]
    factors = session_factors.all_for(tx.db, [one.id for one in wanted])
    notes = project_users.notes_of(tx.db, project.id, [who.id]).get(who.id)
    required = organizations.find(tx.db, who.organization_id).requires_second_factor(tx.now)
    asked_for = required or who.enrolled or (notes is not None and notes.wants_second_factor)
    return [
        Shown(
            id=one.public_id,
            user=who.public_id,
            factors=tuple(factors[one.id]),
            started_at=one.opened_at,
            last_accessed_at=one.last_seen_at,
            expires_at=one.expires_at,
            claims=one.claims or {},
            labels=notes.labels if notes else (),
            address=one.address,
            browser=one.browser,
            token=_token_of(tx, one, factors[one.id]) if only is not None else "",
            mark=mark_of(tx, one) if only is not None else "",
            needs_second_factor=asked_for and one.proved_at is None,
        )
        for one in wanted
    ]


def mark_of(tx: Transaction, session: Session) -> str:
    """Changes with the session's token, and tells nothing of it."""
    return encoded(sessions.token_hash_of(tx.db, session.id)[:_MARK_BYTES])


def _look_for(tx: Transaction, project: Project, presented: Presented | UUID) -> Session | Refused | None:
    if isinstance(presented, UUID):
        return sessions.find_in_project(tx.db, audience=project.audience, now=tx.now, public_id=presented)
    return find(tx, project, presented)


def _begun_for(tx: Transaction, project: Project, who: Member, token: str) -> SignIn | None:
    found = sign_ins.find_by_token(tx.db, hash_of(token), audience=project.audience, now=tx.now)
    return found if found and found.member_id == who.id else None


def _open(tx: Transaction, project: Project, who: Member, right: Right, wish: Wish) -> Session:
    public_id, life = uuid4(), wish.life
    assert life is not None  # noqa: S101 -- or no session was wished for
    return sessions.add(
        tx.db,
        who,
        token_hash=hash_of(_new_token(tx, public_id, tx.now)),
        audience=project.audience,
        scope=Scope.ORDINARY,
        opened_by=right.proof,
        next_path=None,
        origin=wish.origin or tx.origin,
        now=tx.now,
        expires_at=tx.now + life,
        password_proved_at=(right.at or tx.now) if right.proof is Proof.ATTESTATION else None,
        public_id=public_id,
        claims=merged({}, wish.claims) or {},
    )


def _step_up(tx: Transaction, held: Session, right: Right, wish: Wish) -> Session:
    go_on(tx, held, wish)
    token = _new_token(tx, held.public_id, tx.now)
    sessions.shown_again(tx.db, held.id, right.proof, token_hash=hash_of(token), at=right.at or tx.now)
    return held


def _new_token(tx: Transaction, session: UUID, now: datetime) -> str:
    """Made with a key of the ring, so that it can be told again to who comes with a signed token; kept is its hash."""
    return encoded(tx.keys.index(_derived_from(session, now), _TOKENS).digest)


def _token_of(tx: Transaction, session: Session, factors: Sequence[Factor]) -> str:
    kept = sessions.token_hash_of(tx.db, session.id)
    moments = {session.opened_at, *(factor.last_at for factor in factors)}
    made = [
        encoded(index.digest)
        for shown_at in moments
        for index in tx.keys.indexes(_derived_from(session.public_id, shown_at), _TOKENS)
    ]
    return next((token for token in made if hash_of(token) == kept), "")


def _derived_from(session: UUID, shown_at: datetime) -> str:
    return f"{session}|{shown_at.isoformat()}"


def _end(tx: Transaction, held: Session, life: timedelta | None) -> datetime:
    return tx.now + life if life else held.expires_at
