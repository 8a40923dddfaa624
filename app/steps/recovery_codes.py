"""Making a set of recovery codes, keeping its proof answerable, and showing what may be shown of it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain import recovery_codes as codes
from app.domain.authenticators import Enrolment
from app.domain.events import Act
from app.domain.keyring import BrokenSealError
from app.domain.members import Member
from app.domain.organizations import Organization
from app.domain.recovery_codes import PROOF_TRIES, CodeSet, Form, Hidden, SpentCode, Visibility, stricter, why_hidden
from app.domain.sessions import Proof, Scope, Session
from app.portal import Transaction
from app.steps.events import record
from app.storage import code_copies, events, members, organizations, recovery_codes, staged_codes
from app.storage.recovery_codes import NewCode, SealedCode


@dataclass(frozen=True, slots=True)
class State:
    """What a page may say of the codes without showing one.

    `mode` is the one that holds for this set, `next_mode` the one that a new set would be made under. `hidden` says why
    nobody is shown the codes, whatever the session; `may_show` looks at both. `missing`: somebody with an authenticator
    has no set, and `voided_because` says why the last one ended.
    """

    code_set: CodeSet | None
    spent: list[SpentCode]
    proof_open: bool
    may_show: bool
    shown_by_totp: bool
    mode: Visibility
    next_mode: Visibility
    hidden: Hidden | None = None
    missing: bool = False
    voided_because: str = ""


@dataclass(frozen=True, slots=True)
class ShownCode:
    """`code` is spelled out; None once it is spent."""

    number: int
    code: str | None
    spent_at: datetime | None


@dataclass(frozen=True, slots=True)
class ShownCodes:
    """The codes themselves: for the reply to a POST, and for nothing that is kept."""

    codes: list[ShownCode]
    state: State
    organization: str
    name: str
    email: str | None


def make(tx: Transaction, who: Member, *, session_id: int | None, handed: bool = False) -> list[str]:
    """A new live set, pending until it is acknowledged. The member must have none, and be held. Returns the codes.

    `handed`: to an application. Where nothing may be kept, what is returned here is all that anybody will ever see of
    them.
    """
    organization = organizations.find(tx.db, who.organization_id)
    made, generation, kept = _new(tx, who, organization)
    handed_at = tx.now if handed else None
    _add(tx, who, organization.code_visibility, generation, kept, session_id=session_id, handed_at=handed_at)
    return made


def stage(tx: Transaction, who: Member, enrolment_id: int, project_id: int) -> list[str]:
    """Codes handed out with a secret that is yet to be confirmed: they open nothing before, and die with it."""
    made, generation, kept = _new(tx, who, organizations.find(tx.db, who.organization_id))
    staged_codes.add(tx.db, who, enrolment_id, kept, project_id=project_id, generation=generation)
    return made


def take_over(tx: Transaction, who: Member, given: Sequence[str]) -> None:
    """Likewise of codes that another system made, in canonical form, and has handed out long ago."""
    organization = organizations.find(tx.db, who.organization_id)
    generation, kept = _numbered(tx, who, organization, given)
    _add(tx, who, organization.code_visibility, generation, kept, session_id=None, handed_at=tx.now, form=Form.FOREIGN)


def promote(tx: Transaction, who: Member, enrolment: Enrolment, generation: int) -> int:
    """Make the live set of the codes staged with the enrolment, which must be there still. Returns how many."""
    policy = organizations.find(tx.db, who.organization_id).code_visibility
    staged = staged_codes.all_for(tx.db, enrolment.id)
    mode = Visibility.ONCE if any(code.sealed is None for code in staged) else policy  # what was never kept stays so
    kept = [replace(code, sealed=None) for code in staged] if mode is Visibility.ONCE else staged
    recovery_codes.void_live(tx.db, who.id, generation=None, now=tx.now)
    _add(tx, who, mode, generation, kept, session_id=None, handed_at=enrolment.begun_at)
    return len(kept)


def staged_shown(tx: Transaction, who: Member, enrolment: Enrolment, generation: int) -> list[str]:
    """Spelled out; none where no copies are kept."""
    found = [
        unsealed(tx, who, generation, SealedCode(code.number, code.sealed, None))
        for code in staged_codes.all_for(tx.db, enrolment.id)
    ]
    return [codes.spell(code) for code in found if code]


def spent_one(tx: Transaction, who: Member, number: int) -> None:
    """Where the proof asked for the code that was just spent, let it ask for another."""
    live = recovery_codes.find_live(tx.db, who.id)
    if live and live.proof_number == number:
        recovery_codes.ask_for(tx.db, live.id, _any_of(recovery_codes.unspent_numbers(tx.db, live.id)))


def unsealed(tx: Transaction, who: Member, generation: int, code: SealedCode) -> str | None:
    """The code in canonical form; None when it is spent, was erased, or its seal is broken."""
    if code.sealed is None:
        return None
    try:
        return tx.keys.open(code.sealed, seal_context(who, generation, code.number)).decode()
    except BrokenSealError:
        return None


def state_of(tx: Transaction, session: Session) -> State:
    live = recovery_codes.find_live(tx.db, session.member_id)
    policy = organizations.find(tx.db, session.organization_id).code_visibility
    if live is None:
        return _without_codes(tx, session, policy)
    hidden = why_hidden(live, policy, tx.now)
    unproved = live.proof_number is not None and live.proof_tries < PROOF_TRIES and live.proved_at is None
    return State(
        code_set=live,
        spent=recovery_codes.all_spent(tx.db, live.id),
        proof_open=unproved and hidden is None,
        may_show=may_show(session, live) and hidden is None,
        shown_by_totp=not just_made(session, live),
        mode=stricter(live.visibility, policy),
        next_mode=policy,
        hidden=hidden,
    )


def hidden_now(tx: Transaction, who: Member, live: CodeSet) -> Hidden | None:
    """Why nobody is shown the codes of the set, by the stricter of its own mode and the organization's."""
    return why_hidden(live, organizations.find(tx.db, who.organization_id).code_visibility, tx.now)


def acknowledge_live(tx: Transaction, who: Member, live: CodeSet) -> None:
    """The codes are saved. Where copies are kept no longer than that, they end here; a second time changes nothing."""
    if not recovery_codes.acknowledge(tx.db, who.id, live.generation, tx.now):
        return
    if _mode_of(tx, who, live) is not Visibility.VIEWABLE:
        code_copies.erase(tx.db, live.id, tx.now)
    members.refresh_counts(tx.db, who.id)
    record(tx, Act.CODES_ACKNOWLEDGED, who, generation=live.generation)


def _mode_of(tx: Transaction, who: Member, live: CodeSet) -> Visibility:
    return stricter(live.visibility, organizations.find(tx.db, who.organization_id).code_visibility)


def open_to(session: Session, live: CodeSet | None) -> bool:
    """Who came in by a pass deals with the set that was made after it, and with no older one."""
    return session.scope is Scope.ORDINARY or (live is not None and live.made_in_session_id == session.id)


def just_made(session: Session, live: CodeSet) -> bool:
    """A set that nobody has acknowledged yet, in the session that made it, may be seen with the proof that made it."""
    return live.pending and live.made_in_session_id == session.id


def may_show(session: Session, live: CodeSet) -> bool:
    """Who came in by a recovery code holds one of the codes, but is not to learn the others: perhaps it was found."""
    by_code = session.opened_by is Proof.RECOVERY_CODE
    return live.made_in_session_id == session.id or (open_to(session, live) and not by_code)


def shown(tx: Transaction, who: Member, session: Session) -> ShownCodes:
    """The codes of the live set, which there must be; who asks, and how fresh, was looked at before."""
    live = recovery_codes.find_live(tx.db, who.id)
    assert live is not None  # noqa: S101 -- whoever calls this has it
    listed = []
    for kept in recovery_codes.all_codes(tx.db, live.id):
        code = unsealed(tx, who, live.generation, kept)
        if code is None and kept.spent_at is None:
            record(tx, Act.SEAL_BROKEN, who, generation=live.generation, number=kept.number)
        listed.append(ShownCode(kept.number, codes.spell(code) if code else None, kept.spent_at))
    return _shown(tx, who, session, listed)


def shown_as_made(tx: Transaction, who: Member, session: Session, made: Sequence[str]) -> ShownCodes:
    """The codes just made, in the reply that made them: whether or not a copy is kept, this one they are in."""
    listed = [ShownCode(number, codes.spell(code), None) for number, code in enumerate(made, start=1)]
    return _shown(tx, who, session, listed)


def recognized(
    tx: Transaction, who: Member, session: Session, live: CodeSet, given: Sequence[str]
) -> ShownCodes | None:
    """The set to somebody who gives back every one of its codes; None unless it is exactly these."""
    if len(given) != live.total:
        return None
    known = {index: code for code in given for index in tx.keys.indexes(code, code_context(who))}
    listed = [(kept, known.get(kept.index)) for kept in recovery_codes.all_indexed(tx.db, live.id)]
    if len(listed) != live.total or not all(code for _, code in listed):
        return None
    as_they_are = [
        ShownCode(kept.number, codes.spell(code) if code and not kept.spent_at else None, kept.spent_at)
        for kept, code in listed
    ]
    return _shown(tx, who, session, as_they_are)


def code_context(who: Member) -> str:
    """What an index is bound to: the same code of another member has another index."""
    return f"recovery-code|{who.public_id}"


def seal_context(who: Member, generation: int, number: int) -> str:
    return f"recovery-code|{who.public_id}|{generation}|{number}"


def _new(tx: Transaction, who: Member, organization: Organization) -> tuple[list[str], int, list[NewCode]]:
    """The codes, the generation that they are of, and what is to be kept of them."""
    made = codes.new_codes(organization.code_count)
    return (made, *_numbered(tx, who, organization, made))


def _numbered(
    tx: Transaction, who: Member, organization: Organization, made: Sequence[str]
) -> tuple[int, list[NewCode]]:
    # The organization is not held, or everybody's new codes would queue up behind each other: an owner may be choosing
    # a stricter mode at this moment, and then this set is made under the looser one. It is not shown all the same,
    # since whoever reads it asks the organization too, and the next sweep brings it into line.
    keeps = organization.code_visibility is not Visibility.ONCE
    generation = members.next_code_generation(tx.db, who.id)
    return generation, [_kept(tx, who, generation, number, code, sealed=keeps) for number, code in enumerate(made, 1)]


def _add(
    tx: Transaction,
    who: Member,
    mode: Visibility,
    generation: int,
    kept: list[NewCode],
    *,
    session_id: int | None,
    handed_at: datetime | None = None,
    form: Form = Form.SPAREKEY,
) -> None:
    provable = [code.number for code in kept if code.sealed]
    recovery_codes.add_set(
        tx.db,
        who,
        kept,
        generation=generation,
        form=form,
        visibility=mode,
        proof_number=_any_of(provable),
        session_id=session_id,
        now=tx.now,
        handed_at=handed_at,
    )


def _shown(tx: Transaction, who: Member, session: Session, listed: list[ShownCode]) -> ShownCodes:
    organization = organizations.find(tx.db, who.organization_id).name
    return ShownCodes(listed, state_of(tx, session), organization, who.name, who.email)


def _without_codes(tx: Transaction, session: Session, policy: Visibility) -> State:
    who = members.find(tx.db, session.member_id)
    voided = events.page_for(tx.db, who.id, before=None, count=1, acts={Act.CODES_VOIDED}) if who.enrolled else []
    return State(
        None,
        [],
        proof_open=False,
        may_show=False,
        shown_by_totp=True,
        mode=policy,
        next_mode=policy,
        missing=who.enrolled,
        voided_because=voided[0].details.get("because", "") if voided else "",
    )


def _kept(tx: Transaction, who: Member, generation: int, number: int, code: str, *, sealed: bool) -> NewCode:
    copy = tx.keys.seal(code.encode(), seal_context(who, generation, number)) if sealed else None
    return NewCode(number, tx.keys.index(code, code_context(who)), copy)


def _any_of(numbers: list[int]) -> int | None:
    return secrets.choice(numbers) if numbers else None
