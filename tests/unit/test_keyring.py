"""Keys: what they seal opens nowhere else, and what they index is found with no other."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.keyring import BrokenSealError, KeyRing, KeyWaitingError, NextKey, Sealed, UnreadableKeysError

CONTEXT = "recovery-code|ada|1|7"
ADDRESS = "recovery-code|ada"


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing.new()


def with_second_key(ring: KeyRing) -> KeyRing:
    return KeyRing(2, {**ring.keys, 2: bytes(range(32))})


def test_what_was_sealed_opens(ring: KeyRing) -> None:
    assert ring.open(ring.seal(b"secret", CONTEXT), CONTEXT) == b"secret"


def test_sealing_twice_gives_two_values(ring: KeyRing) -> None:
    assert ring.seal(b"secret", CONTEXT) != ring.seal(b"secret", CONTEXT)


def test_a_sealed_value_does_not_hold_what_was_sealed(ring: KeyRing) -> None:
    assert b"secret" not in ring.seal(b"secret", CONTEXT).blob


@pytest.mark.parametrize(
    "moved",
    [
        "recovery-code|bob|1|7",
        "recovery-code|ada|2|7",
        "recovery-code|ada|1|8",
        "totp-secret|ada|1|7",
        "",
        CONTEXT + "0",
    ],
)
def test_moved_to_another_member_generation_number_or_table_it_does_not_open(ring: KeyRing, moved: str) -> None:
    sealed = ring.seal(b"secret", CONTEXT)
    with pytest.raises(BrokenSealError):
        ring.open(sealed, moved)


def test_no_flipped_bit_goes_unseen(ring: KeyRing) -> None:
    sealed = ring.seal(b"secret", CONTEXT)
    for place in range(len(sealed.blob) * 8):
        altered = bytearray(sealed.blob)
        altered[place // 8] ^= 1 << place % 8
        with pytest.raises(BrokenSealError):
            ring.open(Sealed(sealed.key_id, bytes(altered)), CONTEXT)


def test_no_shortened_or_lengthened_value_opens(ring: KeyRing) -> None:
    blob = ring.seal(b"secret", CONTEXT).blob
    for altered in [*(blob[:length] for length in range(len(blob))), blob + b"\0"]:
        with pytest.raises(BrokenSealError):
            ring.open(Sealed(1, altered), CONTEXT)


def test_without_its_key_nothing_opens(ring: KeyRing) -> None:
    sealed = ring.seal(b"secret", CONTEXT)
    with pytest.raises(BrokenSealError):
        KeyRing(2, {2: ring.keys[1]}).open(sealed, CONTEXT)


def test_under_the_id_of_another_key_nothing_opens(ring: KeyRing) -> None:
    """Also where both ids have the same bytes: the id is bound as well."""
    both = KeyRing(1, {1: ring.keys[1], 2: ring.keys[1]})
    with pytest.raises(BrokenSealError):
        both.open(Sealed(2, ring.seal(b"secret", CONTEXT).blob), CONTEXT)


def test_another_ring_opens_nothing(ring: KeyRing) -> None:
    with pytest.raises(BrokenSealError):
        KeyRing.new().open(ring.seal(b"secret", CONTEXT), CONTEXT)


def test_an_older_key_still_opens_what_it_sealed(ring: KeyRing) -> None:
    newer = with_second_key(ring)
    assert newer.open(ring.seal(b"secret", CONTEXT), CONTEXT) == b"secret"
    assert newer.seal(b"secret", CONTEXT).key_id == 2


def test_an_index_is_the_same_each_time_and_of_one_member(ring: KeyRing) -> None:
    assert ring.index("code", ADDRESS) == ring.index("code", ADDRESS)
    assert ring.index("code", ADDRESS) != ring.index("code", "recovery-code|bob")
    assert ring.index("code", ADDRESS) != ring.index("cod", ADDRESS + "e")


def test_an_index_is_looked_up_under_every_live_key(ring: KeyRing) -> None:
    newer = with_second_key(ring)
    assert ring.index("code", ADDRESS) in newer.indexes("code", ADDRESS)
    assert newer.index("code", ADDRESS) in newer.indexes("code", ADDRESS)
    assert len(newer.indexes("code", ADDRESS)) == 2


def test_each_use_has_a_key_of_its_own(ring: KeyRing) -> None:
    assert ring.secrets_for("cookies") != ring.secrets_for("links")
    assert ring.keys[1] not in ring.secrets_for("cookies")
    assert with_second_key(ring).secrets_for("cookies")[1:] == ring.secrets_for("cookies")


def test_a_ring_survives_being_written_down(ring: KeyRing) -> None:
    assert KeyRing.from_json(with_second_key(ring).to_json()) == with_second_key(ring)


def test_a_new_ring_has_one_random_key_of_32_bytes() -> None:
    first, second = KeyRing.new(), KeyRing.new()
    assert [len(key) for key in first.keys.values()] == [32]
    assert first != second


KEY = base64.b64encode(bytes(32)).decode()
OTHER = base64.b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "7",
        '"keys"',
        "[" * 100_000,
        '{"current": 1}',
        '{"current": 1, "keys": {}}',
        '{"current": 1, "keys": []}',
        '{"current": 1, "keys": {"1": 5}}',
        '{"current": 1, "keys": {"1": null}}',
        '{"current": 1, "keys": {"1": "not base64!"}}',
        '{"current": 1, "keys": {"1": "\u00e9"}}',
        json.dumps({"current": 1, "keys": {"1": base64.b64encode(bytes(31)).decode()}}),
        json.dumps({"current": 1, "keys": {"1": base64.b64encode(bytes(33)).decode()}}),
        json.dumps({"current": 2, "keys": {"1": KEY}}),
        json.dumps({"current": "one", "keys": {"one": KEY}}),
        json.dumps({"current": None, "keys": {"1": KEY}}),
        json.dumps({"current": -1, "keys": {"-1": KEY}}),
        json.dumps({"current": 2**40, "keys": {str(2**40): KEY}}),
        f'{{"current": Infinity, "keys": {{"1": "{KEY}"}}}}',
        f'{{"current": NaN, "keys": {{"1": "{KEY}"}}}}',
        f'{{"current": 1, "keys": {{"{"9" * 5000}": "{KEY}"}}}}',
        f'{{"current": true, "keys": {{"1": "{KEY}"}}}}',
        f'{{"current": 1.0, "keys": {{"1": "{KEY}"}}}}',
        f'{{"current": "1", "keys": {{"1": "{KEY}"}}}}',
        f'{{"current": 1, "keys": {{" 1": "{KEY}"}}}}',
        f'{{"current": 1, "keys": {{"01": "{KEY}"}}}}',
        f'{{"current": 1, "keys": {{"1_0": "{KEY}", "1": "{OTHER}"}}}}',
        f'{{"current": 1, "keys": {{"\uff11": "{KEY}"}}}}',
        f'{{"current": 1, "keys": {{"1": "{KEY}"}}, "nxt": null}}',
        f'{{"current": 1, "keys": {{"1": "{KEY}"}}',
    ],
)
def test_what_is_no_ring_is_refused_in_words(text: str) -> None:
    with pytest.raises(UnreadableKeysError):
        KeyRing.from_json(text)


def test_no_key_shows_in_a_refusal_or_a_representation(ring: KeyRing) -> None:
    key = ring.keys[1]
    assert repr(key)[2:-1] not in repr(ring)
    short = json.dumps({"current": 1, "keys": {"1": base64.b64encode(key[:31]).decode()}})
    with pytest.raises(UnreadableKeysError) as refused:
        KeyRing.from_json(short)
    assert base64.b64encode(key[:30]).decode() not in str(refused.value)


NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("next_key", "sentence"),
    [
        (None, "not of the form"),
        ({}, "not of the form"),
        ({"id": 2}, "not of the form"),
        ({"from": "2026-11-21T10:00:00Z"}, "not of the form"),
        ({"id": 2, "from": "2026-11-21T10:00:00Z", "until": "then"}, "not of the form"),
        ({"id": "2", "from": "2026-11-21T10:00:00Z"}, "not of the form"),
        ({"id": True, "from": "2026-11-21T10:00:00Z"}, "not of the form"),
        ({"id": 2, "from": 1795255200}, "not of the form"),
        ({"id": 2, "from": "tomorrow"}, "not of the form"),
        ({"id": 2, "from": "0001-01-01T00:00:00+14:00"}, "not of the form"),
        ({"id": 2, "from": "2026-11-21T10:00:00"}, "no zone"),
        ({"id": 3, "from": "2026-11-21T10:00:00Z"}, "not among its keys"),
        ({"id": 1, "from": "2026-11-21T10:00:00Z"}, "current one already"),
    ],
)
def test_a_next_key_that_is_none_is_refused_in_words(next_key: object, sentence: str) -> None:
    text = json.dumps({"current": 1, "keys": {"1": KEY, "2": OTHER}, "next": next_key})
    with pytest.raises(UnreadableKeysError, match=sentence):
        KeyRing.from_json(text)


def test_a_ring_that_says_something_twice_or_has_one_key_twice_is_refused() -> None:
    with pytest.raises(UnreadableKeysError, match="twice"):
        KeyRing.from_json(f'{{"current": 1, "keys": {{"1": "{KEY}", "1": "{OTHER}"}}}}')
    with pytest.raises(UnreadableKeysError, match="the same"):
        KeyRing.from_json(f'{{"current": 1, "keys": {{"1": "{KEY}", "2": "{KEY}"}}}}')


def test_a_truncated_ring_is_refused_wherever_it_ends(ring: KeyRing) -> None:
    text = ring.rotated(NOW, LATER).to_json().strip()
    for end in range(len(text)):
        with pytest.raises(UnreadableKeysError):
            KeyRing.from_json(text[:end])


def test_a_key_that_was_added_opens_at_once_and_seals_from_its_moment_on(ring: KeyRing) -> None:
    rotated = ring.rotated(NOW, LATER)
    assert rotated.next == NextKey(2, LATER)
    before, after = rotated.at(LATER - timedelta(microseconds=1)), rotated.at(LATER)
    assert (before.current, after.current, after.next) == (1, 2, None)
    assert before.seal(b"secret", CONTEXT).key_id == before.index("code", ADDRESS).key_id == 1
    sealed = after.seal(b"secret", CONTEXT)
    assert sealed.key_id == after.index("code", ADDRESS).key_id == 2
    assert before.open(sealed, CONTEXT) == b"secret"
    assert after.index("code", ADDRESS) in before.indexes("code", ADDRESS)


def test_only_one_key_waits_at_a_time(ring: KeyRing) -> None:
    rotated = ring.rotated(NOW, LATER)
    with pytest.raises(KeyWaitingError):
        rotated.rotated(LATER - timedelta(seconds=1), LATER)
    again = rotated.rotated(LATER, LATER + timedelta(hours=1))
    assert (again.current, again.next, len(again.keys)) == (2, NextKey(3, LATER + timedelta(hours=1)), 3)


def test_a_new_key_has_an_id_that_none_had_before(ring: KeyRing) -> None:
    rotated = ring.rotated(NOW, LATER, after=7)
    assert rotated.next
    assert rotated.next.id == 8


def test_neither_the_current_nor_the_next_key_can_be_taken_out(ring: KeyRing) -> None:
    rotated = ring.rotated(NOW, LATER)
    for in_use in (1, 2):
        with pytest.raises(ValueError, match="in use"):
            rotated.without(in_use)
    assert set(rotated.at(LATER).without(1).keys) == {2}


def test_every_key_verifies_what_another_process_signed(ring: KeyRing) -> None:
    rotated = ring.rotated(NOW, LATER)
    assert set(rotated.secrets_for("cookie")) == set(rotated.at(LATER).secrets_for("cookie"))
    assert rotated.secrets_for("cookie")[0] == ring.secrets_for("cookie")[0]
