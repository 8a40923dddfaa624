"""What an application may write into a session of its own."""

import json

import pytest

from app.domain.application_sessions import CLAIMS_AT_MOST, RESERVED_CLAIMS, merged


@pytest.mark.parametrize("name", ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "session"])
def test_a_reserved_claim_is_passed_over(name: str) -> None:
    assert name in RESERVED_CLAIMS
    assert merged({}, {name: "mine", "plan": "gold"}) == {"plan": "gold"}


@pytest.mark.parametrize("name", ["https://stytch.com/session", "https://stytch.com/", "https://streambird.io/x"])
def test_nor_is_one_kept_by_which_clients_read_whose_session_it_is(name: str) -> None:
    assert merged({}, {name: {"id": "mine"}, "plan": "gold"}) == {"plan": "gold"}
    assert merged({}, {"https://stytch.example/": 1}) == {"https://stytch.example/": 1}


def test_a_null_takes_a_claim_away() -> None:
    assert merged({"plan": "gold", "seats": 3}, {"plan": None, "other": None}) == {"seats": 3}


def test_a_claim_is_replaced_whole_and_the_others_stay() -> None:
    assert merged({"a": {"x": 1}, "b": 2}, {"a": {"y": 1}}) == {"a": {"y": 1}, "b": 2}


def test_a_null_within_a_claim_is_a_value() -> None:
    assert merged({}, {"a": {"x": None}}) == {"a": {"x": None}}


def test_four_kilobytes_are_kept_and_not_a_byte_more() -> None:
    room = CLAIMS_AT_MOST - len(json.dumps({"a": ""}))
    assert merged({}, {"a": "x" * room}) == {"a": "x" * room}
    assert merged({}, {"a": "x" * (room + 1)}) is None
    assert merged({"a": "x" * room}, {"b": 1}) is None


def test_what_takes_claims_away_may_be_longer_than_what_is_kept() -> None:
    full = {"a": "x" * 4000}
    assert merged(full, {"a": None, "b": "y" * 4000}) == {"b": "y" * 4000}


def test_reserved_claims_count_for_nothing() -> None:
    assert merged({}, {"sub": "x" * 5000}) == {}
