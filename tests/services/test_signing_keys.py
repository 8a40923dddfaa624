"""Session tokens are signed, read however old they are, and their keys change without anybody noticing."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import jwt
import pytest
from sqlalchemy import text

from app.domain.events import Act
from app.domain.keyring import KeyRing
from app.domain.operating import NotDoneError
from app.domain.passwords import PasswordHasher
from app.domain.signing_keys import PUBLISHED_FOR
from app.portal import Portal, UnavailableError
from app.services import keys, project_upkeep, signing_keys
from app.services.keys import Kept, State, WhyKept
from app.services.signing_keys import Read, Resealed, Standing
from app.storage import events, key_file
from app.storage.database import Database
from app.storage.key_source import RingInFile
from tests.support import issuers, shops
from tests.support.clock import TestClock
from tests.support.issuers import part, signed_with_text, unsigned
from tests.support.shops import Shop

TEN_MINUTES = timedelta(minutes=10)
A_TICK = timedelta(microseconds=1)


def sign(shop: Shop, **claims: Any) -> str:
    return signing_keys.signer(shop.portal, shop.project).sign({"sub": "joan", **claims}, header={})


def read(shop: Shop, token: str) -> Read | None:
    return signing_keys.read(shop.portal, shop.project, token)


def kid_of(token: str) -> str:
    return str(jwt.get_unverified_header(token)["kid"])


def published(shop: Shop) -> list[str]:
    return [str(key["kid"]) for key in signing_keys.published(shop.portal, shop.project)]


def standing(shop: Shop) -> list[tuple[str, bool, bool]]:
    """Of each key, newest first, whether it signs, and whether it is published."""
    return [(one.kid, one.signs, one.published) for one in signing_keys.standing(shop.portal, shop.project)]


def sealed(shop: Shop) -> list[bool]:
    """Of each key, in the order of their making, whether its private half is kept."""
    with shop.portal.reading() as tx:
        mine = text("SELECT sealed_private FROM signing_key WHERE project_id = :id ORDER BY id")
        return [one is not None for one in tx.db.execute(mine, {"id": shop.project.id}).scalars()]


def rotate(shop: Shop, after: timedelta = TEN_MINUTES) -> Standing:
    return signing_keys.rotate(shop.portal, shop.project.public_id, after)


def rotated(shop: Shop) -> Standing:
    """Until the new key signs."""
    standing = rotate(shop)
    shop.clock.set(standing.signs_from)
    return standing


def altered(portal: Portal) -> None:
    """Every private half that is kept."""
    with portal.writing() as tx:
        tx.db.execute(text("UPDATE signing_key SET sealed_private = :blob"), {"blob": b"\x01" + bytes(60)})


# signing and reading


def test_what_is_signed_says_when_and_by_which_key(shop: Shop) -> None:
    own: dict[str, str] = {"x-own": "yes", "kid": "no", "alg": "none"}
    token = signing_keys.signer(shop.portal, shop.project).sign({"sub": "joan", "exp": 1, "iat": 2}, header=own)
    (key,) = signing_keys.published(shop.portal, shop.project)
    now = int(shop.clock.now().timestamp())
    assert jwt.get_unverified_header(token) == {"alg": "RS256", "typ": "JWT", "kid": key["kid"], "x-own": "yes"}
    found = jwt.decode(token, jwt.PyJWK(key), algorithms=["RS256"], options={"verify_exp": False, "verify_nbf": False})
    assert found == {"sub": "joan", "iat": now, "nbf": now, "exp": now + 300}


def test_what_was_signed_is_read_with_its_header(shop: Shop) -> None:
    signer = signing_keys.signer(shop.portal, shop.project)
    found = read(shop, signer.sign({"sub": "joan", "n": [1, {"é": None}]}, header={"x-own": "yes"}))
    assert found is not None
    assert (found.claims["sub"], found.claims["n"], found.header["x-own"]) == ("joan", [1, {"é": None}], "yes")


def test_a_signer_at_hand_signs_with_the_time_of_signing(shop: Shop) -> None:
    signer = signing_keys.signer(shop.portal, shop.project)
    later = int(shop.clock.advance(minutes=1).timestamp())
    found = read(shop, signer.sign({}, header={}))
    assert found is not None
    assert (found.claims["iat"], found.claims["exp"]) == (later, later + 300)


def test_it_is_read_long_after_it_is_over(shop: Shop) -> None:
    """When its session ends is for the session to say."""
    token = sign(shop)
    shop.clock.advance(days=400)
    for _ in range(3):
        rotated(shop)
        shop.clock.advance(days=40)
    assert kid_of(token) not in published(shop)
    found = read(shop, token)
    assert found is not None
    assert found.claims["sub"] == "joan"


def test_what_was_signed_for_one_project_is_nothing_to_another(shop: Shop, till: Shop) -> None:
    """There are clients that look at the signature and at nothing else."""
    mine, theirs = sign(shop), sign(till)
    assert read(shop, mine)
    assert read(till, mine) is None
    assert read(shop, theirs) is None
    assert not set(published(shop)) & set(published(till))
    forged = jwt.encode({"sub": "joan"}, _private_of(till), "RS256", headers={"kid": kid_of(mine)})
    assert read(shop, forged) is None


def _private_of(shop: Shop) -> str:
    pem: bytes = signing_keys.signer(shop.portal, shop.project).private.as_pem(private=True)
    return pem.decode()


def test_without_a_key_nothing_is_signed_or_read_and_nothing_is_published(shop: Shop) -> None:
    token = sign(shop)
    with shop.portal.writing() as tx:
        tx.db.execute(text("DELETE FROM signing_key"))
    with pytest.raises(UnavailableError, match="has no key to sign with"):
        sign(shop)
    assert read(shop, token) is None
    assert published(shop) == []
    assert standing(shop) == []


def test_a_key_that_does_not_open_is_said_and_never_signs(shop: Shop) -> None:
    token = sign(shop)
    altered(shop.portal)
    with pytest.raises(UnavailableError, match="does not open"):
        sign(shop)
    assert read(shop, token)


def test_a_token_of_another_key_is_not_read(shop: Shop) -> None:
    token, claims = sign(shop), {"sub": "mallory"}
    kid = kid_of(token)
    stranger = issuers.rsa_issuer()
    header, said, signature = token.split(".")
    public = json.dumps(signing_keys.published(shop.portal, shop.project)[0])
    for forged in (
        stranger.signs(claims, kid=kid),
        stranger.signs(claims, kid="jwk-live-unknown"),
        stranger.signs(claims),
        unsigned({"alg": "none", "kid": kid}, claims),
        f"{header}.{part(claims)}.{signature}",
        f"{part({'alg': 'RS256', 'kid': kid, 'typ': 'at'})}.{said}.{signature}",
        f"{header}.{said}.{signature[:-6]}",
        f"{header}.{said}.",
        signed_with_text(public, claims),
    ):
        assert read(shop, forged) is None, forged


STRANGE: list[Any] = [
    {}, [], ["kid"], "kid", 5, None, True, b"", b"\xff", b"{", b"[" * 2000, {"kid": None}, {"kid": ["a"]},
    {"alg": "RS256", "kid": {"a": 1}}, {"alg": ["RS256"]}, {"alg": "RS256", "crit": ["b64"], "b64": False},
    {"alg": "RS256", "crit": 5}, {"alg": 5, "kid": 5},
]  # fmt: skip
GARBAGE = ["", ".", "..", "...", "a.b.c", "a.b", "é.é.é", "\x00", "\ud800", "x" * 17_000, ".".join("x" * 20), "{}"]


def test_whatever_else_comes_is_not_read(shop: Shop) -> None:
    header, said, signature = sign(shop).split(".")
    kid = kid_of(f"{header}.{said}.{signature}")
    for strange in [*STRANGE, *({**one, "kid": kid} for one in STRANGE if isinstance(one, dict))]:
        assert read(shop, f"{part(strange)}.{said}.{signature}") is None, strange
    for garbage in GARBAGE:
        assert read(shop, garbage) is None, garbage[:40]


# changing keys


def test_a_new_key_is_published_at_once_and_signs_later(shop: Shop, clock: TestClock) -> None:
    old = kid_of(sign(shop))
    new = rotate(shop)
    assert (new.signs, new.published, new.signs_from) == (False, True, clock.now() + TEN_MINUTES)
    assert published(shop) == [new.kid, old]
    clock.set(new.signs_from - A_TICK)
    before = sign(shop)
    assert kid_of(before) == old
    clock.set(new.signs_from)
    assert kid_of(sign(shop)) == new.kid
    assert read(shop, before)
    assert standing(shop) == [(new.kid, True, True), (old, False, True)]
    clock.set(new.signs_from + PUBLISHED_FOR)
    assert published(shop) == [new.kid]
    assert read(shop, before)


def test_a_key_can_sign_at_once(shop: Shop) -> None:
    new = rotate(shop, timedelta(0))
    assert new.signs
    assert kid_of(sign(shop)) == new.kid


def test_a_second_rotation_waits_for_the_first(shop: Shop, clock: TestClock) -> None:
    new = rotate(shop)
    for after in (TEN_MINUTES, timedelta(0)):
        with pytest.raises(NotDoneError, match="waiting for its time already"):
            rotate(shop, after)
    assert len(published(shop)) == 2
    clock.set(new.signs_from)
    assert rotate(shop).kid != new.kid


def test_a_rotation_changes_the_keys_of_no_other_project(shop: Shop, till: Shop) -> None:
    before = standing(till)
    rotated(shop)
    assert standing(till) == before
    assert sealed(till) == [True]
    rotate(till)


def test_of_a_project_that_is_not_there_no_key_is_rotated(shop: Shop) -> None:
    with pytest.raises(NotDoneError, match="There is no project"):
        signing_keys.rotate(shop.portal, uuid4(), TEN_MINUTES)
    project_upkeep.remove(shop.portal, shop.project.public_id)
    with pytest.raises(NotDoneError, match="There is no project"):
        rotate(shop)


def test_the_private_half_of_what_signs_no_more_is_erased_by_the_next_rotation(shop: Shop) -> None:
    tokens = [sign(shop)]
    rotated(shop)
    assert sealed(shop) == [True, True]
    tokens.append(sign(shop))
    rotated(shop)
    assert sealed(shop) == [False, True, True]
    tokens.append(sign(shop))
    rotated(shop)
    assert sealed(shop) == [False, False, True, True]
    assert all(read(shop, token) for token in tokens)


def test_a_rotation_is_in_the_log(shop: Shop, harbour: int) -> None:
    rotate(shop)
    with shop.portal.reading() as tx:
        told = events.page_of(tx.db, harbour, events.Search(), before=None, count=9)[0]
    assert (told.act, told.actor_kind, told.details) == (Act.SIGNING_KEY_ROTATED, "operator", {"project": "Shop"})


# the key ring


@pytest.fixture
def path(instance: Path) -> Path:
    path = instance / "keys.json"
    key_file.create(path)
    return path


@pytest.fixture
def after_a_rotation(
    harbour: int, path: Path, portal: Portal, database: Database, clock: TestClock, hasher: PasswordHasher
) -> Shop:
    """Of the ring, which lies in a file: the signing key is sealed with the older one of two."""
    in_file = Portal(portal.settings, database, RingInFile(path, database, clock.now()), clock, hasher)
    shop = shops.opened(in_file, clock)
    keys.rotate(in_file, timedelta(minutes=1))
    assert signing_keys.reseal(in_file) == Resealed(0, 0)
    clock.advance(minutes=1)
    return shop


def signing_uses(shop: Shop) -> dict[int, int]:
    return {key.id: key.uses.signing_keys for key in keys.standing(shop.portal)}


def test_a_signing_key_counts_among_what_a_key_is_needed_for(after_a_rotation: Shop) -> None:
    shop = after_a_rotation
    assert signing_uses(shop) == {1: 1, 2: 0}
    kept = keys.retire(shop.portal, 1)
    assert isinstance(kept, Kept)
    assert (kept.why, kept.uses.signing_keys, kept.uses.members) == (WhyKept.SEALED, 1, 0)
    rotate(shop, timedelta(0))
    assert signing_uses(shop) == {1: 1, 2: 1}


def test_resealing_moves_those_of_all_projects_and_they_sign_as_before(after_a_rotation: Shop) -> None:
    shop, portal = after_a_rotation, after_a_rotation.portal
    other = shops.opened(replace(portal, ring_from=KeyRing(1, portal.keys.keys)), shop.clock, "Till")
    other.portal = portal
    before = [sign(one) for one in (shop, other)]
    assert signing_uses(shop) == {1: 2, 2: 0}
    assert signing_keys.reseal(portal) == Resealed(2, 0)
    assert signing_uses(shop) == {1: 0, 2: 2}
    assert signing_keys.reseal(portal) == Resealed(0, 0)
    assert not isinstance(keys.retire(portal, 1), Kept)
    assert [key.state for key in keys.standing(portal)] == [State.CURRENT]
    assert [kid_of(sign(one)) for one in (shop, other)] == [kid_of(one) for one in before]
    assert read(shop, before[0])
    assert read(other, before[1])


def test_what_has_no_private_half_keeps_no_key(after_a_rotation: Shop) -> None:
    for _ in range(2):
        rotated(after_a_rotation)
    assert signing_uses(after_a_rotation) == {1: 0, 2: 2}
    assert not isinstance(keys.retire(after_a_rotation.portal, 1), Kept)


def test_what_does_not_open_is_counted_and_left_and_the_others_move(after_a_rotation: Shop) -> None:
    shop, portal = after_a_rotation, after_a_rotation.portal
    altered(portal)
    other = shops.opened(replace(portal, ring_from=KeyRing(1, portal.keys.keys)), shop.clock, "Till")
    assert signing_keys.reseal(portal) == Resealed(1, 1)
    assert signing_uses(shop) == {1: 1, 2: 1}
    assert sign(replace(other, portal=portal))
    assert isinstance(keys.retire(portal, 1), Kept)
    project_upkeep.remove(portal, shop.project.public_id)
    rotate(replace(other, portal=portal))


def test_the_private_half_is_never_in_clear(shop: Shop) -> None:
    secret = signing_keys.signer(shop.portal, shop.project).private.as_der(private=True)
    with shop.portal.reading() as tx:
        kept = repr(tx.db.execute(text("SELECT * FROM signing_key")).all())
    assert repr(secret[400:460])[2:-1] not in kept
    assert base64.b64encode(secret)[600:660].decode() not in kept


READINGS: dict[str, Callable[[Shop], object]] = {"published": published, "standing": standing, "sign": sign}


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
def test_nothing_of_it_writes(shop: Shop, reading: Callable[[Shop], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Portal, "writing", None)
    assert reading(shop)
