"""A browser that shows nothing, over real HTTP: its cookies, the token of the forms, a connection for each request."""

import contextlib
import html
import re
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from app.web.cookies import Cookie

_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
_FORM = "application/x-www-form-urlencoded"


class NobodyThereError(Exception):
    """No connection came about, so the request was never sent."""


class NoAnswerError(Exception):
    """The connection broke, or nothing came in time: what was asked may have been done."""


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def leads_to(self) -> str:
        return self.headers.get("location", "")

    @property
    def has_retry_after(self) -> bool:
        return self.headers.get("retry-after", "").isdigit()


@dataclass(frozen=True)
class Door:
    """Where the portal is reached: the port to connect to, and what the portal calls itself."""

    port: int
    host: str = ""
    secure: bool = False
    patience: float = 30.0

    def name_of(self, cookie: Cookie) -> str:
        return f"__Host-sparekey-{cookie}" if self.secure else f"sparekey-{cookie}-{self.port}"

    def ask(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None) -> Reply:
        """Raises NobodyThereError and NoAnswerError."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        sent = {"Host": self.host or f"127.0.0.1:{self.port}", "Connection": "close", **(headers or {})}
        with contextlib.closing(connection):
            try:
                connection.connect()
            except OSError as problem:
                raise NobodyThereError(str(problem)) from problem
            try:
                connection.request(method, path, body, sent)
                answer = connection.getresponse()
                # A header may stand there several times; only that of cookies does, and they are read apart.
                kept = {name.lower(): value for name, value in answer.getheaders() if name.lower() != "set-cookie"}
                cookies = answer.headers.get_all("Set-Cookie") or []
                return _Answered(answer.status, kept, answer.read().decode(), cookies)
            except (OSError, HTTPException) as problem:
                raise NoAnswerError(f"{type(problem).__name__}: {problem}") from problem

    def says(self, path: str) -> int:
        """The status alone; 0 where nobody answers."""
        try:
            return self.ask("GET", path).status
        except (NobodyThereError, NoAnswerError):
            return 0


@dataclass(frozen=True)
class _Answered(Reply):
    cookies: list[str]


class RemoteBrowser:
    def __init__(self, door: Door, *, cookies: dict[str, str] | None = None, form_token: str = "") -> None:
        self.door = door
        self.cookies = dict(cookies or {})
        self._form_token = form_token

    def twin(self, **held: str) -> "RemoteBrowser":
        """Another browser that can send forms as well, and holds what it is given, such as `sign_in=token`."""
        seed = self.door.name_of(Cookie.SEED)
        cookies = {seed: self.cookies[seed]}
        cookies |= {self.door.name_of(Cookie[name.upper()]): value for name, value in held.items()}
        return RemoteBrowser(self.door, cookies=cookies, form_token=self._form_token)

    def through(self, door: Door) -> "RemoteBrowser":
        """The same browser at another door of the same portal."""
        return RemoteBrowser(door, cookies=self.cookies, form_token=self._form_token)

    def holds(self, cookie: Cookie) -> str | None:
        return self.cookies.get(self.door.name_of(cookie))

    def get(self, path: str) -> Reply:
        return self._ask("GET", path, None, {})

    def post(self, path: str, **fields: Any) -> Reply:
        body = urlencode({"csrf_token": self._form_token, **fields})
        return self._ask("POST", path, body, {"Content-Type": _FORM})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Reply:
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        reply = self.door.ask(method, path, body, headers)
        assert isinstance(reply, _Answered)
        for line in reply.cookies:
            self._keep(line)
        if found := _TOKEN.search(reply.text):
            self._form_token = html.unescape(found[1])
        return reply

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel["max-age"] == "0" or "1970" in morsel["expires"]:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
