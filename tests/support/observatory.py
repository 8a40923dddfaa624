"""How MDN's HTTP Observatory marks a site, as far as headers and cookies decide it: 100, more or less."""

from collections.abc import Iterable, Mapping

_HALF_A_YEAR = 15768000
_SAFE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
_EXTRA_FROM = 90


def score(headers: Mapping[str, str], cookies: Iterable[str]) -> int:
    """`cookies` are the Set-Cookie headers of the site. Extra marks count only where the rest is good."""
    policy = _directives(headers.get("Content-Security-Policy", ""))
    marks = [
        _policy(policy),
        _framing(headers, policy),
        _cookies(list(cookies)),
        _transport(headers.get("Strict-Transport-Security", "")),
        0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        5 if headers.get("Referrer-Policy") in _SAFE_REFERRERS else -5,
        10 if headers.get("Cross-Origin-Resource-Policy") in {"same-origin", "same-site"} else 0,
        -50 if headers.get("Access-Control-Allow-Credentials") == "true" else 0,
    ]
    without_extra = 100 + sum(mark for mark in marks if mark < 0)
    return without_extra + (sum(mark for mark in marks if mark > 0) if without_extra >= _EXTRA_FROM else 0)


def _directives(policy: str) -> dict[str, str]:
    return {name: rest for name, _, rest in (part.strip().partition(" ") for part in policy.split(";"))}


def _policy(policy: dict[str, str]) -> int:
    if set(policy) <= {""}:
        return -25
    scripts = policy.get("script-src", policy.get("default-src", "'unsafe-inline'"))
    if "'unsafe-inline'" in scripts or "*" in scripts.split():
        return -20
    if any("unsafe" in rest for rest in policy.values()):
        return 0
    strict = policy.get("default-src") == "'none'" and policy.get("form-action") in {"'self'", "'none'"}
    return 10 if strict else 5


def _framing(headers: Mapping[str, str], policy: dict[str, str]) -> int:
    if policy.get("frame-ancestors") in {"'none'", "'self'"}:
        return 5
    return 0 if headers.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"} else -20


def _cookies(cookies: list[str]) -> int:
    attributes = [{part.strip().partition("=")[0].lower() for part in cookie.split(";")[1:]} for cookie in cookies]
    if any("secure" not in given for given in attributes):
        return -40
    if any("httponly" not in given for given in attributes):
        return -30
    return 5 if cookies and all("samesite" in given for given in attributes) else 0


def _transport(header: str) -> int:
    if not header:
        return -20
    age = next((part.partition("=")[2] for part in header.split(";") if part.strip().startswith("max-age=")), "0")
    return 0 if int(age) >= _HALF_A_YEAR else -10
