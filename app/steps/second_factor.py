"""Checking a second factor: reading what was typed, and spending what it turns out to be."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from app.domain import recovery_codes as codes
from app.domain import totp
from app.domain.authenticators import Authenticator, secret_context
from app.domain.events import Act
from app.domain.happenings import Happening
from app.domain.keyring import BrokenSealError
from app.domain.members import Member
from app.domain.recovery_codes import Form
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.portal import Transaction
from app.steps import attempts
from app.steps.events import record
from app.steps.recovery_codes import code_context, spent_one
from app.storage import authenticators, members, recovery_codes


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed, read as a TOTP code or as a recovery code in canonical form."""

    proof: Proof
    code: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A second factor that was right, and is spent now; `method` is the authenticator, or stands for the code."""

    proof: Proof
    method: UUID


def check(tx: Transaction, who: Member, typed: str, *, door: str) -> Shown | Refused:
    """Check against the member's budget of attempts. A mistyped recovery code costs none. `who` must be held."""
    if locked := attempts.lock_of(tx, who, door):
        tx.note(Happening(None, locked.why))
        return locked
    reading = read(tx, who, typed)
    if isinstance(reading, Refused):
        return reading
    if refused := attempts.take(tx, who, door):
        return refused
    shown = spend(tx, who, reading)
    if isinstance(shown, Refused):
        act = Act.CODE_REPLAYED if shown.why is Why.USED_CODE else Act.CODE_REFUSED
        return attempts.failed(tx, who, door, act) or shown
    attempts.succeeded(tx, who, door)
    return shown


def read(tx: Transaction, who: Member, typed: str) -> Reading | Refused:
    if len(typed) > codes.TYPED_AT_MOST:
        return Refused(Why.MISTYPED_CODE)
    if digits := totp.read(typed):
        return Reading(Proof.TOTP, digits)
    live = recovery_codes.find_live(tx.db, who.id)
    foreign = live is not None and live.form is Form.FOREIGN
    if code := codes.read_foreign(typed) if foreign else codes.read(typed):
        return Reading(Proof.RECOVERY_CODE, code)
    tx.note(Happening(Proof.RECOVERY_CODE, Why.MISTYPED_CODE))
    return Refused(Why.MISTYPED_CODE)


def spend(tx: Transaction, who: Member, reading: Reading) -> Shown | Refused:
    """Spend the code, so that nobody can a second time. Counts nothing: that is for whoever took the try."""
    spend_it = _spend_totp if reading.proof is Proof.TOTP else _spend_recovery_code
    shown = spend_it(tx, who, reading.code)
    tx.note(Happening(reading.proof, shown.why if isinstance(shown, Refused) else "right"))
    return shown


def _spend_totp(tx: Transaction, who: Member, code: str) -> Shown | Refused:
    fitted = False
    for authenticator in authenticators.all_for(tx.db, who.id):
        secret = open_secret(tx, who, authenticator)
        for step in totp.matching_steps(secret, code, tx.now) if secret else []:
            fitted = True
            if authenticators.spend_step(tx.db, authenticator.id, step, tx.now):
                return Shown(Proof.TOTP, authenticator.public_id)
    return Refused(Why.USED_CODE if fitted else Why.WRONG_CODE, proof=Proof.TOTP)


def _spend_recovery_code(tx: Transaction, who: Member, code: str) -> Shown | Refused:
    indexes = tx.keys.indexes(code, code_context(who))
    number = recovery_codes.spend(tx.db, who.id, indexes, tx.now)
    if number is None:
        spent = recovery_codes.was_spent(tx.db, who.id, indexes)
        if not spent:  # nor is it wrong where what it could be was indexed with a key that is not here
            tx.keys.require(recovery_codes.index_keys_of(tx.db, who.id))
        return Refused(Why.USED_CODE if spent else Why.WRONG_CODE, proof=Proof.RECOVERY_CODE)
    spent_one(tx, who, number)
    members.refresh_counts(tx.db, who.id)
    record(tx, Act.CODE_SPENT, who, number=number)
    return Shown(Proof.RECOVERY_CODE, uuid5(who.public_id, f"recovery-code|{who.code_generation}|{number}"))


def open_secret(tx: Transaction, who: Member, authenticator: Authenticator) -> bytes | None:
    """The secret, or None where its seal is broken: that authenticator is closed then, and everything else goes on."""
    try:
        return tx.keys.open(authenticator.sealed_secret, secret_context(who.public_id, authenticator.public_id))
    except BrokenSealError:
        record(tx, Act.SEAL_BROKEN, who, authenticator=str(authenticator.public_id))
        return None
