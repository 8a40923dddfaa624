"""Users: the parts of a name, what to call somebody without one, and how much an application may note."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from app.domain.members import Role, Status
from app.domain.users import (
    KEYS_AT_MOST,
    METADATA_AT_MOST,
    NameParts,
    Notes,
    Totp,
    User,
    name_without_parts,
    with_changes,
)

ADA = User(
    id=UUID(int=1), organization_id=1, email="ada@example.org", email_verified=False, role=Role.MEMBER,
    status=Status.ACTIVE, notes=Notes(), totps=(), has_password=False, password_stopped=False, lock=None,
    closed_at=None, codes_left=0, codes_pending=False, made_at=datetime(2026, 5, 4, tzinfo=UTC),
)  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (NameParts(), ""),
        (NameParts("Ada"), "Ada"),
        (NameParts("Ada", "", "Lovelace"), "Ada Lovelace"),
        (NameParts("Augusta", "Ada", "King"), "Augusta Ada King"),
        (NameParts(last="Lovelace"), "Lovelace"),
    ],
)
def test_the_whole_name_is_of_the_parts_there_are(parts: NameParts, whole: str) -> None:
    assert parts.whole == whole


@pytest.mark.parametrize(
    ("email", "external_id", "name"),
    [
        ("ada@example.org", None, "ada"),
        ("ada@example.org", "u-1", "ada"),
        (None, "u-1", "u-1"),
        (None, None, "Unnamed"),
        ("x" * 200 + "@example.org", None, "x" * 120),
        (None, "x" * 120, "x" * 120),
    ],
)
def test_who_has_no_name_is_called_by_what_there_is(email: str | None, external_id: str | None, name: str) -> None:
    assert name_without_parts(email, external_id) == name


def test_a_user_who_has_yet_to_show_up_is_not_active() -> None:
    assert ADA.active
    assert not replace(ADA, notes=Notes(pending=True)).active
    assert not any(replace(ADA, status=status).active for status in set(Status) - {Status.ACTIVE})


def test_asked_for_a_second_factor_is_who_has_one_or_is_wanted_to_have_one() -> None:
    since = ADA.made_at
    waiting, first, second = (Totp(UUID(int=number), number > 1, since) for number in (1, 2, 3))
    assert (ADA.totp, ADA.asked_for_second_factor) == (None, False)
    begun = replace(ADA, totps=(waiting,))
    assert (begun.totp, begun.asked_for_second_factor) == (None, False)
    enrolled = replace(ADA, totps=(first, second, waiting))
    assert (enrolled.totp, enrolled.asked_for_second_factor) == (first.id, True)
    assert replace(begun, notes=Notes(wants_second_factor=True)).asked_for_second_factor


def test_keys_of_the_first_level_are_replaced_whole() -> None:
    kept = with_changes({"a": {"x": 1, "y": 2}, "b": 1}, {"a": {"x": 3}, "c": [None]})
    assert kept == {"a": {"x": 3}, "b": 1, "c": [None]}


def test_a_null_takes_a_key_away_whether_or_not_it_was_there() -> None:
    assert with_changes({"a": 1, "b": 2}, {"a": None, "c": None}) == {"b": 2}


def test_what_was_there_is_left_as_it_was() -> None:
    before: dict[str, Any] = {"a": 1}
    with_changes(before, {"a": None, "b": 2})
    assert before == {"a": 1}


def test_no_more_keys_are_kept_than_there_may_be() -> None:
    full = {f"key{number}": number for number in range(KEYS_AT_MOST)}
    assert with_changes({}, full) == full
    assert with_changes(full, {"one more": 1}) is None
    assert with_changes(full, {"key0": None, "one more": 1}) is not None


def test_the_bound_is_of_bytes_of_what_is_kept() -> None:
    room = METADATA_AT_MOST - len(json.dumps({"a": ""}))
    assert with_changes({}, {"a": "x" * room}) == {"a": "x" * room}
    assert with_changes({}, {"a": "x" * (room + 1)}) is None
    assert with_changes({"a": "x" * room}, {"a": None, "b": "y" * room}) == {"b": "y" * room}
