"""Whether the codes of a set may be shown: by its own mode, the organization's, and what has passed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from app.domain.recovery_codes import CodeSet, Form, Hidden, Visibility, stricter, why_hidden

VIEWABLE, UNTIL, ONCE = Visibility.VIEWABLE, Visibility.UNTIL_ACKNOWLEDGED, Visibility.ONCE
MADE = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
NOW = MADE + timedelta(days=30)
PENDING = CodeSet(
    id=1, member_id=1, generation=1, form=Form.SPAREKEY, visibility=VIEWABLE, made_at=MADE, made_in_session_id=None,
    acknowledged_at=None, handed_at=None, copies_erased_at=None, total=10, left=10, proof_number=1, proof_tries=0,
    proved_at=None,
)  # fmt: skip
SAVED = replace(PENDING, acknowledged_at=MADE + timedelta(minutes=1))
NEVER_KEPT = replace(PENDING, visibility=ONCE, copies_erased_at=MADE, proof_number=None)


def test_each_mode_is_stricter_than_the_ones_before() -> None:
    assert [mode.looser for mode in (VIEWABLE, UNTIL, ONCE)] == [[], [VIEWABLE], [VIEWABLE, UNTIL]]
    for one, other in product(Visibility, repeat=2):
        assert stricter(one, other) is stricter(other, one)
        assert stricter(one, other) in {one, other}
        assert stricter(one, ONCE) is ONCE
        assert stricter(one, VIEWABLE) is one


@pytest.mark.parametrize("code_set", [PENDING, SAVED])
def test_what_is_viewable_is_shown_at_any_time(code_set: CodeSet) -> None:
    assert why_hidden(code_set, VIEWABLE, NOW) is None
    assert why_hidden(replace(code_set, handed_at=MADE), VIEWABLE, NOW) is None


@pytest.mark.parametrize(("own", "policy"), [(UNTIL, UNTIL), (UNTIL, VIEWABLE), (VIEWABLE, UNTIL)])
def test_until_acknowledged_shows_what_is_pending_alone(own: Visibility, policy: Visibility) -> None:
    assert why_hidden(replace(PENDING, visibility=own), policy, NOW) is None
    assert why_hidden(replace(SAVED, visibility=own), policy, NOW) is Hidden.ACKNOWLEDGED


@pytest.mark.parametrize(("own", "policy"), [pair for pair in product(Visibility, repeat=2) if stricter(*pair) is ONCE])
@pytest.mark.parametrize("code_set", [PENDING, SAVED])
def test_once_is_never_again(own: Visibility, policy: Visibility, code_set: CodeSet) -> None:
    assert why_hidden(replace(code_set, visibility=own), policy, NOW) is Hidden.NOT_KEPT


@pytest.mark.parametrize("policy", list(Visibility))
def test_what_was_never_kept_says_so(policy: Visibility) -> None:
    assert NEVER_KEPT.never_kept
    assert why_hidden(NEVER_KEPT, policy, NOW) is Hidden.ONCE


@pytest.mark.parametrize(
    ("passed", "hidden"),
    [
        (timedelta(), None),
        (timedelta(days=7), None),
        (timedelta(days=7, microseconds=1), Hidden.HANDED_OVER),
        (timedelta(days=400), Hidden.HANDED_OVER),
    ],
)
def test_seven_days_after_they_were_handed_over_they_are_gone(passed: timedelta, hidden: Hidden | None) -> None:
    handed = replace(PENDING, visibility=UNTIL, handed_at=MADE)
    assert why_hidden(handed, UNTIL, MADE + passed) is hidden


@pytest.mark.parametrize("own", [VIEWABLE, UNTIL])
@pytest.mark.parametrize("policy", [VIEWABLE, UNTIL])
@pytest.mark.parametrize("code_set", [PENDING, SAVED])
def test_what_is_erased_stays_hidden_in_every_mode(own: Visibility, policy: Visibility, code_set: CodeSet) -> None:
    erased = replace(code_set, visibility=own, copies_erased_at=MADE + timedelta(days=1))
    assert not erased.never_kept
    assert why_hidden(erased, policy, NOW) is not None


@pytest.mark.parametrize("acknowledged_at", [None, MADE])
@pytest.mark.parametrize("handed_at", [None, MADE, NOW])
@pytest.mark.parametrize("erased_at", [None, MADE, NOW])
def test_no_stricter_mode_shows_what_a_looser_one_hides(
    acknowledged_at: datetime | None, handed_at: datetime | None, erased_at: datetime | None
) -> None:
    facts = replace(PENDING, acknowledged_at=acknowledged_at, handed_at=handed_at, copies_erased_at=erased_at)
    for own, policy in product(Visibility, repeat=2):
        hidden = why_hidden(replace(facts, visibility=own), policy, NOW)
        assert hidden is why_hidden(replace(facts, visibility=stricter(own, policy)), VIEWABLE, NOW) or erased_at
        for looser in policy.looser:
            assert hidden or not why_hidden(replace(facts, visibility=own), looser, NOW)
