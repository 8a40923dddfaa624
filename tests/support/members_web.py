"""People, and the browsers they sit at: what the tests of pages are told with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from flask import Flask
from werkzeug.test import TestResponse

from app.domain import totp
from tests.support.clock import TestClock
from tests.support.markup import Page, form_of
from tests.support.otp import AuthenticatorApp, secret_from_key

PASSWORD = "saddle-orbit-lantern-47"
NEW_PASSWORD = "quiet gravel under seven bridges"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_KEY = re.compile(r'id="key" data-code="([A-Z2-7]+)"')
_LINK = re.compile(r'data-code="(https?://[^"]+)"')
_CODE = re.compile(r'data-code="([0-9a-z-]{19})"')


@dataclass
class Person:
    name: str
    email: str
    id: UUID
    clock: TestClock
    password: str = PASSWORD
    codes: list[str] = field(default_factory=list)
    app: AuthenticatorApp | None = None
    authenticator: UUID = field(default_factory=uuid4)
    slug: str = ""
    _used_step: int = 0

    def code(self) -> str:
        """A code not used before: where this one was, the person waits for the next."""
        if totp.step_at(self.clock.now()) <= self._used_step:
            self.clock.advance(seconds=totp.PERIOD)
        self._used_step = totp.step_at(self.clock.now())
        return self.shown_code()

    def shown_code(self, steps: int = 0) -> str:
        """What the app shows now, used or not; or that many periods later."""
        assert self.app, f"{self.name} has no authenticator"
        return self.app.code(self.clock.now(), steps=steps)

    def wrong_code(self) -> str:
        assert self.app, f"{self.name} has no authenticator"
        return self.app.wrong_code(self.clock.now())

    def adds(self, key: str) -> None:
        """To the app, by typing the key. The code shown now is about to be used for confirming."""
        self.app = AuthenticatorApp(secret_from_key(key), "", self.email)
        self._used_step = 0


class Browser:
    """One browser of one person. Like a real one it goes where it is sent before the next form can be filled in."""

    def __init__(self, app: Flask, *, address: str = "203.0.113.7", user_agent: str = FIREFOX) -> None:
        self.client = app.test_client()
        self.origin = app.extensions["sparekey"].settings.origin
        self.environ = {"REMOTE_ADDR": address, "HTTP_USER_AGENT": user_agent}
        self.reply: TestResponse | None = None
        self.seen: list[TestResponse] = []
        self.csrf_token = ""

    def open(self, path: str, *, method: str = "GET", headers: dict[str, str] | None = None) -> TestResponse:
        return self._request(path, method=method, headers=headers)

    def submit(self, path: str, headers: dict[str, str] | None = None, /, **fields: str) -> TestResponse:
        """A form of the page last seen."""
        self.arrive()
        if not self.csrf_token:
            self.open("/password/forgotten")
        return self.post(path, {"csrf_token": self.csrf_token, **fields}, headers=headers)

    def open_or_post(self, method: str, path: str, fields: dict[str, str] | None = None) -> TestResponse:
        """The path by that method; a POST with the token in hand and the fields given."""
        if method != "POST":
            return self.open(path, method=method)
        return self.post(path, {"csrf_token": self.csrf_token, **(fields or {})})

    def press(self, words: str, **typed: str) -> TestResponse:
        """A button of the page last seen, with what its form holds and what is typed into it."""
        form = form_of(Page(self.arrive().text), words)
        assert typed.keys() <= form.names, f"the form has no {sorted(typed.keys() - form.names)}"
        if form.method == "GET":
            return self.open(f"{form.action}?{urlencode(form.fields | typed)}")
        return self.post(form.action, form.fields | typed)

    def follow(self, words: str) -> TestResponse:
        """A link of the page last seen."""
        links = Page(self.arrive().text).every("a")
        found = next((link for link in links if link.text == words), None)
        assert found, f"there is no link {words!r} among {[link.text for link in links]}"
        return self.open(found["href"])

    def post(self, path: str, data: Any, *, headers: dict[str, str] | None = None, **kwargs: Any) -> TestResponse:
        """Whatever is given, with nothing added."""
        return self._request(path, method="POST", data=data, headers=headers, **kwargs)

    def arrive(self) -> TestResponse:
        """Where the last reply sends the browser, if anywhere."""
        while self.reply is not None and self.reply.status_code in {301, 302, 303}:
            self.open(self.reply.location)
        return self.open("/sign-in") if self.reply is None else self.reply

    def enter_password(self, person: Person, password: str | None = None, **fields: str) -> TestResponse:
        door = "/sign-in"
        if 'name="password"' not in self.open(door).get_data(as_text=True) and person.slug:
            door = f"/o/{person.slug}/sign-in"  # there are several organizations
            self.open(door)
        given = person.password if password is None else password
        return self.submit(door, email=person.email, password=given, **fields)

    def sign_in(self, person: Person, *, recovery_code: str = "") -> TestResponse:
        """All the way in."""
        assert self.enter_password(person).status_code == 303
        reply = self.submit("/sign-in/code", code=recovery_code or person.code())
        assert reply.status_code == 303, self.text
        assert self.is_in, "the second factor was right, but nobody is signed in"
        return reply

    @property
    def is_in(self) -> bool:
        """Whether a session, and not only a sign-in in progress, is held here; asked beside what the person does."""
        kept = self.reply
        location = self.open("/").location
        self.reply = kept
        return location == "/account"

    @property
    def told(self) -> str:
        """The words of the page where the last reply leads, without its markup."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.arrive().text)).split())

    @property
    def text(self) -> str:
        """The last page as its reader sees the words of it."""
        assert self.reply is not None
        return unescape(self.reply.get_data(as_text=True))

    @property
    def codes(self) -> list[str]:
        """The recovery codes that the last page shows."""
        return _CODE.findall(self.text)

    @property
    def key(self) -> str:
        """The key that the enrolment page shows."""
        found = _KEY.search(self.text)
        assert found, "this page shows no key"
        return found[1]

    @property
    def link(self) -> str:
        """The path of the link that the last page shows, for handing on."""
        found = self.links
        assert len(found) == 1, f"this page shows {len(found)} links"
        return found[0]

    @property
    def links(self) -> list[str]:
        return [found.removeprefix(self.origin) for found in _LINK.findall(self.text)]

    def cookie(self, name: str) -> str | None:
        """The value of one of our cookies, named as in `Cookie`."""
        found = self.client.get_cookie(self.name_of(name), domain=self._domain)
        return found.value if found else None

    def set_cookie(self, name: str, value: str) -> None:
        self.client.set_cookie(self.name_of(name), value, domain=self._domain)

    def name_of(self, cookie: str) -> str:
        return str(self.client.application.config["SPAREKEY_COOKIE_NAME"]).format(cookie)

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.key: cookie.value for cookie in (self.client._cookies or {}).values()}

    @cookies.setter
    def cookies(self, kept: dict[str, str]) -> None:
        for name in self.cookies:
            self.client.delete_cookie(name, domain=self._domain)
        for name, value in kept.items():
            self.client.set_cookie(name, value, domain=self._domain)

    @property
    def _domain(self) -> str:
        return str(self.origin).partition("://")[2].partition(":")[0]

    def _request(self, path: str, *, headers: dict[str, str] | None = None, **kwargs: Any) -> TestResponse:
        sent = {"Origin": self.origin, "Referer": f"{self.origin}/"} if kwargs.get("method") == "POST" else {}
        self.reply = self.client.open(
            path, base_url=self.origin, headers={**sent, **(headers or {})}, environ_base=self.environ, **kwargs
        )
        self.seen.append(self.reply)
        if found := _TOKEN.search(self.reply.get_data(as_text=True) if self.reply.mimetype == "text/html" else ""):
            self.csrf_token = found[1]
        return self.reply


def filled(rule: str, **values: object) -> str:
    """The path of a rule with its variables filled in."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), rule)


def codes_in(text: str, codes: Sequence[str]) -> list[str]:
    """Those of the codes that the text gives away, however they are spelled in it."""
    bare = re.sub(r"<[^>]*>|[\s-]", "", text.lower())
    return [code for code in codes if code.replace("-", "") in bare]
