"""What is counted for monitoring has happened: committed, once, and without a name."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from app.domain.events import Act
from app.domain.happenings import Happening
from app.domain.refusals import Why
from app.domain.sessions import Proof
from app.portal import Portal
from app.services import sign_in
from app.steps.events import record
from app.storage.database import UnavailableError
from tests.storage.test_faults import failing_to_commit
from tests.support.people import AT_HOME, Person


@dataclass
class Seen:
    happenings: list[Happening] = field(default_factory=list)

    def happened(self, happenings: Sequence[Happening]) -> None:
        self.happenings += happenings

    def answered(self, **_of: object) -> None:
        raise AssertionError("no request here")


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def watched(portal: Portal, ada: Person, seen: Seen) -> Person:
    """Ada at a portal that somebody watches."""
    return replace(ada, portal=replace(portal, observer=seen))


def test_a_sign_in_is_a_password_a_code_and_their_acts(watched: Person, seen: Seen) -> None:
    begun = watched.begin()
    assert seen.happenings == [Happening(Proof.PASSWORD, "right"), Happening(Act.PASSWORD_ACCEPTED)]
    seen.happenings.clear()
    watched.try_code(begun, watched.next_totp())
    assert seen.happenings == [Happening(Proof.TOTP, "right"), Happening(Act.SIGNED_IN, Proof.TOTP)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("wrong", [Happening(Proof.TOTP, Why.WRONG_CODE), Happening(Act.CODE_REFUSED)]),
        ("mistyped", [Happening(Proof.RECOVERY_CODE, Why.MISTYPED_CODE)]),
    ],
)
def test_codes_that_are_not_right_are_told_apart(
    watched: Person, seen: Seen, typed: str, expected: list[Happening]
) -> None:
    begun = watched.begin()
    seen.happenings.clear()
    watched.try_code(begun, watched.wrong_totp() if typed == "wrong" else "abcd-efgh")
    assert seen.happenings == expected


def test_what_is_locked_is_not_looked_at(watched: Person, seen: Seen) -> None:
    watched.fail(10)
    assert Happening(Act.LOCKED) in seen.happenings
    begun = watched.begin()
    seen.happenings.clear()
    watched.try_code(begun, watched.next_totp())
    assert seen.happenings == [Happening(None, Why.LOCKED)]


def test_passwords_for_nobody_count_like_all_others(watched: Person, seen: Seen) -> None:
    for _ in range(6):
        sign_in.password(
            watched.portal, watched.organization_id, email="nobody@example.org", password="wrong", next_path=None,
            browser_token=None, origin=AT_HOME,
        )  # fmt: skip
    wrong = [Happening(Proof.PASSWORD, Why.WRONG_PASSWORD), Happening(Act.PASSWORD_REFUSED)]
    assert seen.happenings[:10] == wrong * 5
    assert seen.happenings[-1:] == [Happening(Proof.PASSWORD, Why.WAIT)]


@pytest.mark.parametrize("problem", [None, ZeroDivisionError])
def test_what_was_not_committed_has_not_happened(watched: Person, seen: Seen, problem: type[Exception] | None) -> None:
    def act() -> None:
        with watched.portal.writing() as tx:
            record(tx, Act.SIGNED_IN, who)
            if problem:
                raise problem

    who = watched.row
    with failing_to_commit(watched.portal), pytest.raises(problem or UnavailableError):
        act()
    assert seen.happenings == []
    problem = None
    act()
    assert seen.happenings == [Happening(Act.SIGNED_IN)]
