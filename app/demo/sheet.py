"""What is printed before the demo is served: where it is, and how to sign in."""

from collections.abc import Iterator

from app.config import Settings
from app.demo.history import SignInData
from app.demo.people import ORGANIZATION

_GROUP = 4
_CODES_PRINTED = 2


def lines(settings: Settings, people: list[SignInData]) -> Iterator[str]:
    yield f"{ORGANIZATION}, an invented organization of 60 people, with five months of history that end just now."
    yield f"It lies in {settings.instance}, apart from your own instance, and is made anew at each start."
    yield ""
    for who in people:
        yield from _entry(who, codes=_CODES_PRINTED if who is people[-1] else 0)
    yield "Type a TOTP key into an authenticator app to get codes. It changes with each start, as all secrets do."


def _entry(who: SignInData, *, codes: int) -> Iterator[str]:
    yield f"{who.role}: {who.name}"
    yield f"    e-mail          {who.email}"
    yield f"    password        {who.password}"
    yield f"    TOTP key        {' '.join(_groups(who.key))}"
    yield f"    the same as URI {who.uri}"
    for number, code in enumerate(who.codes[:codes]):
        yield f"    {'recovery codes ' if number == 0 else '':15} {code}"
    yield ""


def _groups(key: str) -> list[str]:
    return [key[start : start + _GROUP] for start in range(0, len(key), _GROUP)]
