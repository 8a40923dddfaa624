"""Sessions. Only the hash of a token is kept; an ended session is a deleted row."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from app.domain.events import Origin
from app.domain.members import Member
from app.domain.sessions import PORTAL, Proof, Scope, Session
from app.storage.tables import session, session_factor


def add(
    db: Connection,
    who: Member,
    *,
    token_hash: bytes,
    audience: str,
    scope: Scope,
    opened_by: Proof,
    next_path: str | None,
    origin: Origin,
    now: datetime,
    expires_at: datetime,
    password_proved_at: datetime | None,
    public_id: UUID | None = None,
    claims: dict[str, Any] | None = None,
) -> Session:
    first_factor_alone = opened_by in {Proof.PASSWORD, Proof.ATTESTATION}
    statement = insert(session).values(
        public_id=public_id or uuid4(),
        member_id=who.id,
        organization_id=who.organization_id,
        token_hash=token_hash,
        audience=audience,
        scope=scope,
        opened_by=opened_by,
        opened_at=now,
        last_seen_at=now,
        expires_at=expires_at,
        proved_by=None if first_factor_alone else opened_by,
        proved_at=None if first_factor_alone else now,
        password_proved_at=password_proved_at,
        next_path=next_path,
        browser=origin.browser,
        address=origin.address,
        claims=claims,
    )
    return _session(db.execute(statement.returning(session)).one())


def find_by_token(
    db: Connection, token_hash: bytes, *, audience: str, seen_after: datetime, now: datetime
) -> Session | None:
    """The session with this token, unless it was idle for too long or has run out.

    Nor one that was seen as far ahead: a clock that was put back must not give sessions the time it went back.
    """
    wanted = select(session).where(
        session.c.token_hash == token_hash,
        session.c.audience == audience,
        session.c.expires_at > now,
        session.c.last_seen_at > seen_after,
        session.c.last_seen_at < now + (now - seen_after),
    )
    row = db.execute(wanted).one_or_none()
    return _session(row) if row else None


def find_and_hold(db: Connection, seen: Session, now: datetime) -> Session | None:
    """The session as it is now; None where it has ended since it was seen."""
    same = session.c.id == seen.id, session.c.public_id == seen.public_id
    wanted = select(session).where(*same, session.c.expires_at > now).with_for_update()
    row = db.execute(wanted).one_or_none()
    return _session(row) if row else None


def all_for(db: Connection, member_id: int, *, seen_after: datetime, now: datetime) -> list[Session]:
    """Those still alive, the one used last first. Being idle ends none but the portal's own."""
    alive = session.c.expires_at > now, or_(session.c.audience != PORTAL, session.c.last_seen_at > seen_after)
    rows = db.execute(
        select(session).where(session.c.member_id == member_id, *alive).order_by(session.c.last_seen_at.desc())
    )
    return [_session(row) for row in rows]


def touch(db: Connection, session_id: int, now: datetime) -> None:
    db.execute(update(session).where(session.c.id == session_id, session.c.last_seen_at < now).values(last_seen_at=now))


def take_step_up_try(db: Connection, session_id: int, *, limit: int) -> int | None:
    """How many tries in a row that makes; None when they were used up."""
    tries = session.c.step_up_failures
    taken = update(session).where(session.c.id == session_id, tries < limit).values(step_up_failures=tries + 1)
    return db.execute(taken.returning(tries)).scalar_one_or_none()


def prove(db: Connection, session_id: int, proof: Proof, *, token_hash: bytes, now: datetime) -> None:
    """The session was stepped up: note by what, and from now on answer only to the new token."""
    proved = {"password_proved_at": now} if proof is Proof.PASSWORD else {"proved_by": proof, "proved_at": now}
    changes = {"step_up_failures": 0, "token_hash": token_hash, **proved}
    db.execute(update(session).where(session.c.id == session_id).values(**changes))


def become_ordinary(db: Connection, session_id: int, *, token_hash: bytes) -> None:
    """What only could enrol can do everything from now on."""
    changes = {"scope": Scope.ORDINARY, "token_hash": token_hash}
    db.execute(update(session).where(session.c.id == session_id).values(**changes))


def confirmed_here(db: Connection, session_id: int, *, token_hash: bytes, now: datetime) -> None:
    """An authenticator was confirmed in the session, which proves a second factor."""
    changes = {"proved_by": Proof.TOTP, "proved_at": now, "token_hash": token_hash}
    db.execute(update(session).where(session.c.id == session_id).values(**changes))


def end(db: Connection, session_id: int) -> None:
    db.execute(delete(session).where(session.c.id == session_id))


def end_by_public_id(db: Connection, member_id: int, public_id: UUID) -> bool:
    mine = delete(session).where(session.c.member_id == member_id, session.c.public_id == public_id)
    return db.execute(mine).rowcount == 1


def end_all(db: Connection, member_id: int, *, keep: int | None, keep_audience: str | None = None) -> None:
    """In the portal and in every project, but for that session, or those of that audience."""
    mine = delete(session).where(session.c.member_id == member_id)
    if keep is not None:
        mine = mine.where(session.c.id != keep)
    db.execute(mine if keep_audience is None else mine.where(session.c.audience != keep_audience))


def find_in_project(
    db: Connection, *, audience: str, now: datetime, token_hash: bytes | None = None, public_id: UUID | None = None
) -> Session | None:
    """A live one of the application, by its token or its id."""
    named = session.c.token_hash == token_hash if token_hash is not None else session.c.public_id == public_id
    row = db.execute(
        select(session).where(named, session.c.audience == audience, session.c.expires_at > now)
    ).one_or_none()
    return _session(row) if row else None


def answered_to(db: Connection, token_hash: bytes, *, audience: str, within: timedelta, now: datetime) -> bool:
    """Whether a live one of the application did, until a factor was shown in it that long ago at most.

    Nor that long ahead: a clock that was put back is not to make more of it.
    """
    last_at = session_factor.c.last_at
    shown = select(session_factor.c.session_id).where(last_at > now - within, last_at < now + within)
    wanted = select(session.c.id).where(
        session.c.former_token_hash == token_hash,
        session.c.audience == audience,
        session.c.expires_at > now,
        session.c.id.in_(shown),
    )
    return db.execute(wanted).first() is not None


def all_in_project(db: Connection, member_id: int, *, audience: str, now: datetime) -> list[Session]:
    """Those still alive, the newest first."""
    wanted = session.c.member_id == member_id, session.c.audience == audience, session.c.expires_at > now
    return [_session(row) for row in db.execute(select(session).where(*wanted).order_by(session.c.id.desc()))]


def token_hash_of(db: Connection, session_id: int) -> bytes:
    """Empty where it has ended since it was seen."""
    kept: bytes | None = db.execute(select(session.c.token_hash).where(session.c.id == session_id)).scalar()
    return kept or b""


def go_on(db: Connection, session_id: int, *, now: datetime, expires_at: datetime, claims: dict[str, Any]) -> None:
    """An application uses its session, perhaps for longer and with other claims than before."""
    changes = {"last_seen_at": now, "expires_at": expires_at, "claims": claims}
    db.execute(update(session).where(session.c.id == session_id).values(**changes))


def shown_again(db: Connection, session_id: int, proof: Proof, *, token_hash: bytes, at: datetime) -> None:
    """A factor was shown in an application's session, which answers only to the new token from now on.

    What it answered to before is kept, to know it by. Only a second factor gives it new tries at showing one.
    """
    second = {"proved_by": proof, "proved_at": at, "step_up_failures": 0}
    shown = {"password_proved_at": at} if proof is Proof.ATTESTATION else second
    changes = {"token_hash": token_hash, "former_token_hash": session.c.token_hash, **shown}
    db.execute(update(session).where(session.c.id == session_id).values(**changes))


def handed(db: Connection, session_id: int, generation: int) -> None:
    """Recovery codes of that generation were shown in an application's session."""
    db.execute(update(session).where(session.c.id == session_id).values(handed_generation=generation))


def end_audience(db: Connection, audience: str) -> int:
    """How many there were."""
    return db.execute(delete(session).where(session.c.audience == audience)).rowcount


def _session(row: Row[Any]) -> Session:
    return Session(
        id=row.id,
        public_id=row.public_id,
        member_id=row.member_id,
        organization_id=row.organization_id,
        audience=row.audience,
        scope=Scope(row.scope),
        opened_by=Proof(row.opened_by),
        opened_at=row.opened_at,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
        proved_by=Proof(row.proved_by) if row.proved_by else None,
        proved_at=row.proved_at,
        password_proved_at=row.password_proved_at,
        step_up_failures=row.step_up_failures,
        next_path=row.next_path,
        browser=row.browser,
        address=row.address,
        claims=row.claims,
        handed_generation=row.handed_generation,
    )
