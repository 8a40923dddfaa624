"""Which details of an event survive the person it is about. Every act that is written down is looked at."""

import ast
from collections.abc import Iterator
from pathlib import Path

from app.config import CHECKOUT
from app.domain.erasure import without_words
from app.domain.events import Act

WORDS = {"reason", "name", "old"}
"""Details that hold what somebody wrote."""

OURS = {"authenticator", "because", "door", "lock", "profile", "proof", "role", "until", "why"}
NUMBERS = {"count", "doors", "exempt", "failures", "generation", "key", "number", "unknown_browser"}
OF_NO_MEMBER = {"as_of", "changes", "kid", "people", "project", "since"}
"""In events that are about nobody."""


def recorded() -> Iterator[tuple[Path, int, str]]:
    """Every name under which anything under app/ hands details to the log."""
    for path in sorted((CHECKOUT / "app").rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in {"record", "record_of_nobody"}:
                yield from ((path, call.lineno, word.arg) for word in call.keywords if word.arg not in {None, "by"})


def test_of_every_detail_it_is_known_whether_it_is_somebodys_own_words() -> None:
    known = WORDS | OURS | NUMBERS | OF_NO_MEMBER
    unknown = [f"{path}:{line}: {name}" for path, line, name in recorded() if name not in known]
    assert unknown == [], "decide in domain/erasure.py what becomes of it when the person is erased, and add it here"


def test_that_test_sees_the_details() -> None:
    assert {name for _, _, name in recorded()} >= {"reason", "generation", "count", "until"}


def test_what_somebody_wrote_goes() -> None:
    assert without_words(Act.PASS_MADE, {"reason": "Ada called", "until": "2026-05-04", "exempt": True}) == {
        "reason": "erased",
        "until": "2026-05-04",
        "exempt": True,
    }
    assert without_words(Act.AUTHENTICATOR_RENAMED, {"old": "Ada's phone", "name": "Ada's tablet"}) == {
        "old": "erased",
        "name": "erased",
    }


def test_what_we_wrote_stays() -> None:
    assert without_words(Act.ROLE_CHANGED, {"old": "member", "new": "admin", "reason": "Ada helps"}) == {
        "old": "member",
        "new": "admin",
        "reason": "erased",
    }
    for details in ({"reason": "attempts", "until": "2026-05-04"}, {}):
        assert without_words(Act.LOCKED, dict(details)) == details
    assert without_words(Act.CODES_VOIDED, {"because": "restored"}) == {"because": "restored"}
    assert without_words(Act.CODES_REGENERATED, {"old": 1, "count": 10}) == {"old": 1, "count": 10}


def test_what_nobody_has_thought_of_goes_as_well() -> None:
    assert without_words(Act.SIGNED_IN, {"place": "Ada's home", "list": ["Ada"], "more": {"a": "Ada"}}) == {
        "place": "erased",
        "list": "erased",
        "more": "erased",
    }
