"""Any bytes are JSON or refused in words, and what is read can be kept and sent on."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.strict_json import DEEPEST, UnfitJsonError, dumps, loads

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
FRAGMENTS = st.sampled_from(
    [
        '{"a":',
        '"a"',
        "}",
        "[",
        "]",
        ",",
        ":",
        "1e999",
        "NaN",
        "-Infinity",
        "null",
        "1",
        '"\\ud800"',
        '"\\u0000"',
        '"é"',
        " ",
    ]
)


def read(text: bytes) -> tuple[Any, str]:
    try:
        return loads(text), ""
    except UnfitJsonError as refused:
        return None, str(refused) or "refused without a word"


def depth_of(value: Any) -> int:
    """How many lists and objects the deepest value in it stands in."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth_of, inner), default=-1)


def texts_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(text for inner in value.values() for text in texts_in(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in texts_in(inner)]
    return [value] if isinstance(value, str) else []


@given(VALUES)
def test_what_is_written_is_read_back(value: Any) -> None:
    found, said = read(dumps(value))
    assert (found, said) == ((value, "") if depth_of(value) <= DEEPEST else (None, "it is nested too deeply"))
    assert read(json.dumps(value, ensure_ascii=False, indent=1).encode()) == (found, said)


@given(st.binary(max_size=200) | st.lists(FRAGMENTS, max_size=20).map(lambda parts: "".join(parts).encode()))
def test_any_bytes_are_read_or_refused(text: bytes) -> None:
    value, said = read(text)
    if said:
        return
    assert loads(dumps(value)) == value
    assert depth_of(value) <= DEEPEST
    assert all("\x00" not in one and one.encode() for one in texts_in(value))


@given(st.dictionaries(TEXTS, st.integers(), min_size=1), st.data())
def test_a_name_that_is_said_again_is_seen_wherever_it_stands(content: dict[str, int], data: st.DataObject) -> None:
    pairs = [f"{json.dumps(name)}: {number}" for name, number in content.items()]
    again = f"{json.dumps(data.draw(st.sampled_from(sorted(content))))}: 0"
    place = data.draw(st.integers(0, len(pairs)))
    doubled = ", ".join([*pairs[:place], again, *pairs[place:]])
    assert read(f"[{{{doubled}}}]".encode()) == (None, "it says something twice")
