"""Every way in which a secret could stand in a text, so that a leak is found however it was written."""

import base64
import json
import re
import urllib.parse
from collections.abc import Mapping

_DIGITS = 6
_SHORTEST = 6


def found_in(text: str, secrets: Mapping[str, str | bytes]) -> set[str]:
    """The names of those secrets that stand somewhere in the text."""
    lower = text.lower()
    return {name for name, secret in secrets.items() if any(_stands(one, lower) for one in spellings(secret))}


def spellings(secret: str | bytes) -> set[str]:
    if isinstance(secret, bytes):
        return _encoded(secret)
    spelled = {secret, secret.replace("-", ""), secret.replace("-", " "), repr(secret)[1:-1], json.dumps(secret)[1:-1]}
    spelled |= {secret.upper(), secret.lower(), secret.replace("-", "").upper()}
    urls = {urllib.parse.quote(secret, safe=""), urllib.parse.quote_plus(secret), urllib.parse.quote(secret)}
    return spelled | urls | {one for text in spelled for one in _encoded(text.encode())}


def _encoded(raw: bytes) -> set[str]:
    whole = {raw.hex(), repr(raw)[2:-1]}
    for encode in (base64.b64encode, base64.urlsafe_b64encode, base64.b32encode):
        text = encode(raw).decode()
        whole |= {text, text.rstrip("=")}
    return whole


def _stands(spelling: str, lower: str) -> bool:
    if len(spelling) < _SHORTEST:
        return False
    if spelling.isdecimal() and len(spelling) == _DIGITS:  # else every fraction of a second would be taken for a code
        return re.search(rf"(?<![0-9.]){spelling}(?![0-9])", lower) is not None
    return spelling.lower() in lower
