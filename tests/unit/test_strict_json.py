"""JSON as it is meant, and what is none although a reader may take it."""

import pytest

from app.domain.strict_json import DEEPEST, UnfitJsonError, dumps, loads


def refusal(text: bytes) -> str:
    with pytest.raises(UnfitJsonError) as refused:
        loads(text)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b"{}", {}),
        (b' {"a": [1, 2.5, -0, true, false, null, "x"]} \n', {"a": [1, 2.5, 0, True, False, None, "x"]}),
        (b'"\\ud83d\\ude00"', "\U0001f600"),
        ('"é"'.encode(), "é"),
        (b"1e308", 1e308),
        (b"1e-999", 0.0),
        (b"-12345678901234567890", -12345678901234567890),
        (b'{"a": 1, "A": 2}', {"a": 1, "A": 2}),
        (b'[{"a": 1}, {"a": 1}]', [{"a": 1}, {"a": 1}]),
    ],
)
def test_json_is_read(text: bytes, value: object) -> None:
    assert loads(text) == value


@pytest.mark.parametrize(
    "text", [b'{"a": 1, "a": 1}', b'[{"b": {"a": 1, "a": null}}]', b'{"a": 1, "\\u0061": 2}', b'{"": 1, "": 2}']
)
def test_nothing_is_said_twice(text: bytes) -> None:
    assert refusal(text) == "it says something twice"


@pytest.mark.parametrize(
    ("text", "word"), [(b"NaN", "NaN"), (b'{"a": Infinity}', "Infinity"), (b"[-Infinity]", "-Inf")]
)
def test_what_is_no_number_is_none(text: bytes, word: str) -> None:
    assert refusal(text).startswith(word)


@pytest.mark.parametrize("text", [b"1e999", b"-1e999", b'{"a": [1e400]}', b"9" * 400 + b".0"])
def test_a_number_that_would_become_infinite_is_refused(text: bytes) -> None:
    assert refusal(text) == "a number in it is too large"


@pytest.mark.parametrize("text", [b"1" * 5000, b"-" + b"1" * 5000, b'{"a": %s}' % (b"7" * 10_000)])
def test_a_whole_number_of_thousands_of_digits_is_refused(text: bytes) -> None:
    assert refusal(text) == "it is not JSON in UTF-8"


@pytest.mark.parametrize(
    "text",
    [
        b'"\\ud800"', b'"\\udfff"', b'"\\ude00\\ud83d"', b'{"\\ud800": 1}', b'[["\\udc00x"]]', b'"\\u0000"',
        b'{"a\\u0000": 1}', b'{"a": {"b": "\\u0000"}}',
    ],
)  # fmt: skip
def test_a_text_holds_characters_alone(text: bytes) -> None:
    assert refusal(text) == "a text in it holds what is no character"


@pytest.mark.parametrize(
    "text",
    [
        b"", b" ", b"{", b"{'a': 1}", b'{"a": 1,}', b"[1 2]", b"{} {}", b"nul", b'"a\nb"', b"01", b"+1", b".5", b"\xff",
        b'"\xc3"', b'"\xed\xa0\x80"', b"\xef\xbb\xbf{}", '{"a": 1}'.encode("utf-16"), b"\x00", b'"\x00"', b"// a\n1",
    ],
)  # fmt: skip
def test_what_is_no_json_in_utf_8_is_refused(text: bytes) -> None:
    assert refusal(text) == "it is not JSON in UTF-8"


def nested(depth: int, *, before: bytes, after: bytes) -> bytes:
    return before * depth + b"1" + after * depth


@pytest.mark.parametrize(("before", "after"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_it_is_nested_so_deeply_and_no_deeper(before: bytes, after: bytes) -> None:
    assert loads(nested(DEEPEST, before=before, after=after))
    assert refusal(nested(DEEPEST + 1, before=before, after=after)) == "it is nested too deeply"


@pytest.mark.parametrize("text", [b"[" * 100_000, b'{"a":' * 100_000, nested(100_000, before=b"[", after=b"]")])
def test_no_depth_is_too_much_for_the_reader(text: bytes) -> None:
    assert refusal(text) in {"it is nested too deeply", "it is not JSON in UTF-8"}


def test_what_is_wrong_is_said_without_what_was_sent() -> None:
    assert "hunter2" not in refusal(b'{"password": "hunter2"')


def test_it_is_written_without_spaces_and_as_short_as_it_can_be() -> None:
    assert dumps({"a": [1, "é", None]}) == '{"a":[1,"é",null]}'.encode()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_not_written_either(number: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        dumps([number])
