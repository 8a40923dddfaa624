"""Opaque tokens."""

import hashlib

from app.domain.tokens import hash_of, new_token


def test_a_token_is_256_random_bits() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}


def test_what_is_kept_is_its_sha_256() -> None:
    assert hash_of("token") == hashlib.sha256(b"token").digest()


def test_any_text_has_a_hash() -> None:
    assert hash_of("\ud800") != hash_of("")
