"""Projects: their ids and secrets as they are written, and what an application may call a user."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.domain import projects
from app.domain.projects import Permission, Project

ID = UUID("6f1c2a0e-3d4b-4c5d-8e9f-0a1b2c3d4e5f")
SHOP = Project(
    id=1, public_id=ID, environment_id=UUID(int=2), public_token="public-token-live-x", organization_id=1, name="Shop",
    permissions=frozenset(), made_at=datetime(2026, 5, 4, tzinfo=UTC), ended_at=None,
)  # fmt: skip


@pytest.mark.parametrize("text", [f"project-live-{ID}", str(ID), str(ID).upper(), f"project-live-{ID.hex}"])
def test_an_id_is_read_with_and_without_what_it_begins_with(text: str) -> None:
    assert projects.read_id(text) == ID


@pytest.mark.parametrize(
    "text",
    ["", "project-live-", f"project-test-{ID}", f"project-live-project-live-{ID}", f"{ID}0", "project-live-\x00"],
)
def test_what_is_no_id_is_none(text: str) -> None:
    assert projects.read_id(text) is None


def test_the_spelled_id_is_read_back() -> None:
    assert projects.read_id(SHOP.spelled_id) == SHOP.public_id


def test_audience_and_door_are_of_this_project_alone() -> None:
    assert SHOP.audience == str(ID)
    assert SHOP.door == f"project:{ID}"
    assert len(SHOP.door) <= 64


def test_a_project_may_only_what_it_was_permitted() -> None:
    assert not SHOP.may(Permission.FACTOR_SECRETS)


def test_a_secret_is_256_random_bits_behind_what_scanners_know() -> None:
    secrets = {projects.new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert {secret[: len("sk_live_")] for secret in secrets} == {"sk_live_"}
    assert {len(secret) for secret in secrets} == {len("sk_live_") + 43}


def test_a_public_token_fits_its_column() -> None:
    tokens = {projects.new_public_token() for _ in range(10)}
    assert len(tokens) == 10
    assert all(token.startswith("public-token-live-") and len(token) <= 64 for token in tokens)


def test_within_an_organization_it_is_the_same_project_for_that_one_alone() -> None:
    whole = replace(SHOP, organization_id=None, permissions=frozenset({Permission.FACTOR_SECRETS}))
    within = whole.within(7)
    assert within.organization_id == 7
    assert replace(within, organization_id=None) == whole
    assert (within.audience, within.door) == (whole.audience, whole.door)
    assert whole.organization_id is None


@pytest.mark.parametrize("of", ["user", "member", "organization"])
def test_what_could_be_an_id_of_ours_is_no_external_id(of: str) -> None:
    for kind in ("live", "test"):
        assert not projects.is_external_id(f"{of}-{kind}-1")
        assert projects.is_external_id(f"{of}-{kind}")
        assert projects.is_external_id(f"my-{of}-{kind}-1")


@pytest.mark.parametrize("text", ["a", "Auth0|5f7c-8a.b_c", "0", "x" * 128])
def test_an_external_id_is_of_letters_digits_and_four_marks(text: str) -> None:
    assert projects.is_external_id(text)


@pytest.mark.parametrize("text", ["", "x" * 129, "a b", "a/b", "ada@example.org", "é", "\uff11", "a\n", "a\x00"])
def test_anything_else_is_no_external_id(text: str) -> None:
    assert not projects.is_external_id(text)
