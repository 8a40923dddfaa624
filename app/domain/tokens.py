"""Opaque tokens: 256 random bits in the browser or the link, their SHA-256 in the database."""

import base64
import hashlib
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def encoded(data: bytes) -> str:
    """As it can stand in an address or a header."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
