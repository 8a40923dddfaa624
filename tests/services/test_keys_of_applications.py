"""What applications bring under a key of the ring: staged codes, which nothing moves, and keys that sign tokens."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.keyring import KeyRing
from app.domain.passwords import PasswordHasher
from app.domain.refusals import Why
from app.portal import Portal
from app.services import keys, pruning, signing_keys
from app.services.keys import Kept, WhyKept
from app.storage import key_file
from app.storage.database import Database
from app.storage.key_source import RingInFile
from app.storage.keys_in_use import MissingKeyError
from app.storage.sealed_values import Uses
from tests.support import shops
from tests.support.clock import TestClock
from tests.support.people import People, granted, refusal
from tests.support.shops import Customer, Shop

STAGED = Uses(enrolments=1, staged_codes=10, signing_keys=1, members=1)


@pytest.fixture
def path(instance: Path) -> Path:
    path = instance / "keys.json"
    key_file.create(path)
    return path


@pytest.fixture
def portal(path: Path, portal: Portal, database: Database, clock: TestClock, hasher: PasswordHasher) -> Portal:
    """One that follows a file, as a worker does."""
    return Portal(portal.settings, database, RingInFile(path, database, clock.now()), clock, hasher)


@pytest.fixture
def begun(shop: Shop) -> Customer:
    return shop.begin(shop.user().id)


def rotate(shop: Shop) -> None:
    keys.rotate(shop.portal, timedelta(minutes=1))
    shop.clock.advance(minutes=1)


def reseal(portal: Portal) -> int:
    """How many values of members were moved."""
    signing_keys.reseal(portal)
    last, values = 0, 0
    while done := keys.reseal(portal, after=last, batch=50):
        last, values = done.last, values + done.values
        assert done.broken == []
    return values


def uses(portal: Portal) -> dict[int, Uses]:
    return {key.id: key.uses for key in keys.standing(portal)}


def why_kept(portal: Portal, key_id: int = 1) -> WhyKept | None:
    kept = keys.why_kept(portal, key_id)
    return kept.why if kept else None


def test_staged_codes_and_signing_keys_count_among_the_uses(begun: Customer, portal: Portal) -> None:
    assert uses(portal) == {1: STAGED}
    rotate(begun.shop)
    begun.shop.begin(begun.shop.user("bea@example.org").id)
    assert uses(portal) == {1: STAGED, 2: replace(STAGED, signing_keys=0)}


def test_resealing_moves_the_secret_and_leaves_the_staged_codes_which_keep_the_key(
    begun: Customer, portal: Portal
) -> None:
    rotate(begun.shop)
    assert why_kept(portal) is WhyKept.SEALED
    assert reseal(portal) == 1
    assert uses(portal) == {
        1: Uses(staged_codes=10, members=1),
        2: Uses(enrolments=1, signing_keys=1, members=1),
    }
    kept = keys.retire(portal, 1)
    assert isinstance(kept, Kept)
    assert (kept.why, kept.uses.staged_codes, kept.uses.members) == (WhyKept.INDEXED, 10, 1)


def test_once_they_are_confirmed_they_are_moved_like_all_others(begun: Customer, portal: Portal) -> None:
    rotate(begun.shop)
    reseal(portal)
    granted(begun.try_code(begun.code()))
    assert (uses(portal)[1].staged_codes, uses(portal)[1].indexed_codes) == (0, 10)
    assert why_kept(portal) is WhyKept.SEALED
    assert reseal(portal) == 10
    assert isinstance(keys.retire(portal, 1), KeyRing)
    granted(begun.try_recovery(begun.codes[0]))
    granted(begun.try_code(begun.next_code()))


def test_when_they_have_run_out_they_keep_no_key_once_they_are_swept_away(
    begun: Customer, portal: Portal, clock: TestClock
) -> None:
    rotate(begun.shop)
    reseal(portal)
    clock.advance(days=2)
    assert ("pending authenticators", 1) in list(pruning.expired(portal))
    assert why_kept(portal) is None
    assert isinstance(keys.retire(portal, 1), KeyRing)


def test_another_secret_in_their_place_frees_the_key(begun: Customer, portal: Portal) -> None:
    rotate(begun.shop)
    reseal(portal)
    again = begun.shop.begin(begun.id)
    assert isinstance(keys.retire(portal, 1), KeyRing)
    granted(again.try_code(again.code()))
    granted(again.try_recovery(again.codes[0]))


def test_voiding_what_only_the_key_can_check_ends_what_waits_with_them(
    begun: Customer, people: People, portal: Portal
) -> None:
    ada = people.ready()
    rotate(begun.shop)
    newer = begun.shop.begin(begun.shop.user("bea@example.org").id)
    reseal(portal)
    voided = keys.void_without_copies(portal, 1, after=0, batch=50)
    assert voided is not None
    assert (voided.sets, voided.passes) == (0, 0)
    assert keys.void_without_copies(portal, 1, after=voided.last, batch=50) is None
    assert begun.shop.look(begun.id).totps == ()
    assert refusal(begun.try_code(begun.code())) is Why.NOT_ENROLLED
    assert isinstance(keys.retire(portal, 1), KeyRing)
    granted(newer.try_code(newer.code()))
    granted(newer.try_recovery(newer.codes[0]))
    ada.sign_in(ada.codes[0])


def test_a_node_without_the_key_cannot_tell_and_counts_nothing(begun: Customer, portal: Portal) -> None:
    outdated = replace(portal, ring_from=portal.keys)
    rotate(begun.shop)
    reseal(portal)
    there = replace(begun, shop=replace(begun.shop, portal=outdated))
    for _ in range(12):
        with pytest.raises(MissingKeyError, match="key 2 is in use, but not in the key ring"):
            there.try_code(begun.code())
    granted(begun.try_code(begun.code()))
    reseal(portal)
    for _ in range(12):
        with pytest.raises(MissingKeyError):
            there.try_recovery(begun.codes[0])
    assert begun.row.failures_in_row == 0
    granted(begun.try_recovery(begun.codes[0]))


def test_a_node_without_the_key_signs_nothing_and_spends_nothing(begun: Customer, portal: Portal) -> None:
    shop, outdated = begun.shop, replace(portal, ring_from=portal.keys)
    rotate(shop)
    reseal(portal)
    with pytest.raises(MissingKeyError):
        signing_keys.signer(outdated, shop.project)
    assert signing_keys.signer(portal, shop.project)
    assert signing_keys.published(outdated, shop.project) == signing_keys.published(portal, shop.project)


def test_a_session_is_told_its_token_under_whatever_key_made_it(begun: Customer, portal: Portal) -> None:
    granted(begun.try_code(begun.code()))
    opened = begun.comes_in()
    rotate(begun.shop)
    reseal(portal)
    named = shops.by_jwt(opened)
    assert begun.shop.use(named).session.token == opened.token
    assert isinstance(keys.retire(portal, 1), KeyRing)
    assert begun.shop.use(named).session.token == ""
    assert begun.shop.use(opened.token).session.token == opened.token
