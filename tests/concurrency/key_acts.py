"""What runners do with keys, here where processes can find it, and what has to be true of the values afterwards."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import text

from app.domain.events import OPERATOR
from app.domain.keyring import KeyRing
from app.portal import Portal
from app.services import authenticators, keys, passes
from app.services.keys import Kept
from app.steps.recovery_codes import code_context, unsealed
from app.steps.second_factor import open_secret
from app.storage import authenticators as kept_authenticators
from app.storage import members
from app.storage import recovery_codes as kept_codes
from tests.concurrency import acts
from tests.concurrency.crowd import Racer
from tests.support.people import AT_HOME
from tests.support.races import Saying


def reseal(portal: Portal, member: int, *, batch: int = 3) -> object:
    """From this member on, whose turn comes while others act on it."""
    done = keys.reseal(portal, after=member - 1, batch=batch)
    return Saying("broken" if done and done.broken else "resealed")


def retire(portal: Portal, key_id: int) -> object:
    outcome = keys.retire(portal, key_id)
    return Saying(outcome.why if isinstance(outcome, Kept) else "retired")


def remove(portal: Portal, racer: Racer) -> object:
    with portal.reading() as tx:
        mine = kept_authenticators.all_for(tx.db, racer.id)[0].public_id
    return authenticators.remove(portal, racer.sessions[0], mine, proof="", origin=AT_HOME)


def make_pass(portal: Portal, email: str) -> object:
    return passes.make(portal, email, organization=None, life=timedelta(hours=1), reason="race", by=OPERATOR)


def reseal_the_rest(portal: Portal) -> None:
    last = 0
    while done := keys.reseal(portal, after=last, batch=50):
        last = done.last
        assert done.broken == []


def under_key(portal: Portal, key_id: int) -> int:
    asked = """SELECT (SELECT count(*) FROM authenticator WHERE seal_key_id = :key)
        + (SELECT count(*) FROM enrolment WHERE seal_key_id = :key)
        + (SELECT count(*) FROM recovery_code WHERE seal_key_id = :key)
        + (SELECT count(*) FROM recovery_code WHERE index_key_id = :key AND spent_at IS NULL)"""
    with portal.reading() as tx:
        return int(tx.db.execute(text(asked), {"key": key_id}).scalar_one())


def all_open(portal: Portal, racers: Sequence[Racer]) -> None:
    """Every sealed value of theirs opens, and every code is under its index."""
    with portal.reading() as tx:
        for one in racers:
            who = members.find(tx.db, one.id)
            assert all(open_secret(tx, who, each) for each in kept_authenticators.all_for(tx.db, who.id))
            live = kept_codes.find_live(tx.db, who.id)
            for code in kept_codes.all_codes(tx.db, live.id) if live else []:
                assert live
                assert (code.sealed is None) is (code.spent_at is not None)
                if code.sealed:
                    plain = unsealed(tx, who, live.generation, code)
                    assert plain
                    digests = [index.digest for index in tx.keys.indexes(plain, code_context(who))]
                    asked = text("SELECT code_index FROM recovery_code WHERE member_id = :id AND number = :number")
                    found = tx.db.execute(asked, {"id": who.id, "number": code.number}).scalar_one()
                    assert bytes(found) in digests


def regenerate_at(portal: Portal, ring: str, one: Racer) -> object:
    return _told(lambda node: acts.regenerate(node, one.sessions[0], 1), portal, ring)


def pass_at(portal: Portal, ring: str, one: Racer) -> object:
    return _told(lambda node: make_pass(node, one.email), portal, ring)


def _told(act: Callable[[Portal], object], portal: Portal, ring: str) -> object:
    node = Portal(portal.settings, portal.database, KeyRing.from_json(ring), portal.clock, portal.hasher)
    try:
        return act(node)
    except Exception as problem:  # noqa: BLE001 -- without its words
        return Saying(type(problem).__name__)
