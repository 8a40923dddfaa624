"""Key rings, whatever is in them: written and read back they are the same, and what is no ring is refused in words."""

import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from app.domain.keyring import KeyRing, NextKey, UnreadableKeysError

ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=ZONES)  # noqa: DTZ001 -- bounds have none
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["1", "2", "id", "from", "x"]), inner),
    max_leaves=6,
)


def refusal(text: str) -> str | None:
    try:
        KeyRing.from_json(text)
    except UnreadableKeysError as refused:
        return str(refused)
    return None


@st.composite
def rings(draw: st.DrawFn) -> KeyRing:
    ids = draw(st.lists(st.integers(1, 2**31 - 1), min_size=1, max_size=5, unique=True))
    contents = draw(st.lists(st.binary(min_size=32, max_size=32), min_size=len(ids), max_size=len(ids), unique=True))
    next_key = None
    if len(ids) > 1 and draw(st.booleans()):
        next_key = NextKey(ids[1], draw(MOMENTS).astimezone(UTC))
    return KeyRing(ids[0], dict(zip(ids, contents, strict=True)), next_key)


@given(rings())
def test_a_ring_survives_being_written_down(ring: KeyRing) -> None:
    assert KeyRing.from_json(ring.to_json()) == ring
    assert KeyRing.from_json(ring.to_json(indent=None)) == ring
    assert "\n" not in ring.to_json(indent=None).strip()


@given(rings(), MOMENTS)
def test_at_every_moment_a_ring_has_all_its_keys_and_one_current(ring: KeyRing, now: datetime) -> None:
    then = ring.at(now)
    assert then.keys == ring.keys
    due = ring.next is not None and ring.next.since <= now
    assert then.current == (ring.next.id if ring.next and due else ring.current)
    assert then.at(now) == then


@given(rings(), MOMENTS, st.integers(1, 10_000))
def test_rotating_changes_nothing_before_its_moment(ring: KeyRing, now: datetime, minutes: int) -> None:
    present = ring.at(now)
    if present.next:
        return
    since = now + timedelta(minutes=minutes)
    rotated = ring.rotated(now, since)
    assert rotated.at(now).current == present.current
    assert set(rotated.keys) - set(ring.keys) == {rotated.at(since).current} == {max(ring.keys) + 1}


@given(st.text() | JSON.map(json.dumps))
def test_any_text_is_a_ring_or_is_refused(text: str) -> None:
    assert refusal(text) != ""


@given(rings(), JSON, st.sampled_from(["current", "keys", "next"]))
def test_whatever_stands_in_one_place_of_a_ring_it_is_a_ring_or_refused(
    ring: KeyRing, what: object, place: str
) -> None:
    content = {**json.loads(ring.to_json()), place: what}
    try:
        found = KeyRing.from_json(json.dumps(content))
    except UnreadableKeysError:
        return
    assert json.loads(found.to_json())[place] is not None


@given(rings(), st.data())
def test_no_refusal_shows_a_key(ring: KeyRing, data: st.DataObject) -> None:
    text = ring.to_json()
    place = data.draw(st.integers(0, len(text) - 1))
    said = refusal(text[:place] + data.draw(st.characters()) + text[place + 1 :]) or ""
    assert not any(key[:8] in said for key in json.loads(text)["keys"].values())
