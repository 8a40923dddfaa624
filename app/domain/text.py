"""Text that people type: names, addresses, short names in URLs."""

import re
import unicodedata

NAME_AT_MOST = 120
EMAIL_AT_MOST = 254
SEARCHED_AT_MOST = 512
REASON_AT_MOST = 300
_SLUG = re.compile("[a-z0-9-]{1,40}")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # control, format (bidi), surrogate, private, unassigned
_EMAIL = re.compile(r"""[^\s@,;<>"]+@[^\s@.,;<>"]+(\.[^\s@.,;<>"]+)*""")  # what ends an address in a list is in none


def clean_name(text: str) -> str:
    """The name without what cannot be seen, and with single spaces; may come out empty."""
    seen = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return " ".join(unicodedata.normalize("NFC", seen).split())


def clean_email(text: str) -> str | None:
    """The address as it is stored and written to, or None when it has not the shape of one."""
    address = text.strip()
    if any(unicodedata.category(c) in _UNSEEN for c in address) or len(address) > EMAIL_AT_MOST:
        return None
    return address if _EMAIL.fullmatch(address) and len(email_key(address)) <= EMAIL_AT_MOST else None


def email_key(address: str) -> str:
    """The form by which an address is looked up and kept unique: NFKC, case folded."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", address).casefold())


def slug_of(name: str) -> str:
    """A short name for URLs out of a long one: ASCII letters, digits and single hyphens, never empty."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:40].strip("-") or "organization"


def is_slug(text: str) -> bool:
    return _SLUG.fullmatch(text) is not None


def search_text(*parts: str | None) -> str:
    """What lists are searched by; cut where compatibility forms would grow beyond its column."""
    return " ".join(unicodedata.normalize("NFKC", part).casefold() for part in parts if part)[:SEARCHED_AT_MOST]
