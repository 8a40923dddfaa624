"""Time-based one-time passwords (RFC 6238) as every authenticator app makes them: SHA-1, six digits, thirty seconds."""

import base64
import hmac
import re
import secrets
from datetime import datetime

import pyotp

SECRET_BYTES = 20
FOREIGN_BYTES_AT_LEAST = 14
"""112 bits: with less than RFC 4226 and NIST SP 800-131A ask for, a secret made elsewhere is not taken over."""

_BASE32_AT_MOST = 256
DIGITS = 6
PERIOD = 30
LABEL_AT_MOST = 64
WINDOW = 1
"""Steps before and after the current one whose code is accepted, at enrolment as at sign-in."""

CLOCK_REACH = 10
"""Steps to either side in which the clock doctor looks for a code; ten steps are five minutes."""

_SIX_DIGITS = re.compile("[0-9]{6}")  # \d would admit the digits of every script


def new_secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def read_foreign(typed: str) -> bytes | None:
    """A secret in base32 that another system has made, with or without padding; None where it is none or too long."""
    letters = typed.replace(" ", "").replace("-", "").rstrip("=").upper()
    if not typed.isascii() or not 0 < len(letters) <= _BASE32_AT_MOST:  # upper() maps other scripts into ASCII
        return None
    try:
        return base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        return None


def key_of(secret: bytes) -> str:
    """The secret in base32, as it is typed into an app by hand."""
    return base64.b32encode(secret).decode()


def labels(issuer: str, account: str) -> tuple[str, str]:
    """As an app shows them: without the colon that parts them, and short enough for a QR code that a phone can read."""
    return issuer.replace(":", " ")[:LABEL_AT_MOST], account.replace(":", " ")[:LABEL_AT_MOST]


def provisioning_uri(secret: bytes, *, issuer: str, account: str) -> str:
    """The otpauth URI of the Key URI format, which holds the issuer twice; see `labels`."""
    issuer, account = labels(issuer, account)
    return _generator(secret).provisioning_uri(name=account, issuer_name=issuer)


def read(typed: str) -> str | None:
    """Six ASCII digits, or None; spaces and dashes are what people add for legibility."""
    digits = typed.replace(" ", "").replace("-", "")
    return digits if _SIX_DIGITS.fullmatch(digits) else None


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // PERIOD


def code_at(secret: bytes, step: int) -> str:
    return _generator(secret).generate_otp(step)


def matching_steps(secret: bytes, code: str, now: datetime) -> list[int]:
    """The accepted steps whose code this is, oldest first; every one is computed, whether or not one before matched."""
    current = step_at(now)
    candidates = range(current - WINDOW, current + WINDOW + 1)
    return [step for step in candidates if hmac.compare_digest(code_at(secret, step), code)]


def clock_offset(secret: bytes, code: str, now: datetime) -> int | None:
    """How many steps the clock that made the code is ahead (positive) or behind; None where nothing in reach fits."""
    current = step_at(now)
    for distance in range(WINDOW + 1, CLOCK_REACH + 1):
        for offset in (-distance, distance):
            if hmac.compare_digest(code_at(secret, current + offset), code):
                return offset
    return None


def _generator(secret: bytes) -> pyotp.TOTP:
    return pyotp.TOTP(key_of(secret), digits=DIGITS, interval=PERIOD)
