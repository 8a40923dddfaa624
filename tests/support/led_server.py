"""`sparekey serve` with a clock that a test leads through a file, with views that break, and with a leak where asked.

Run as a script: python led_server.py CLOCK BREAKS [LEAK]
"""

import base64
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, cast

import structlog

from app import cli, opening
from app.portal import UnavailableError
from app.services import history, sign_in


class FileClock:
    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        return datetime.fromisoformat(self._path.read_text())


def main(clock: Path, breaks: Path, leak: str = "") -> int:
    cast("Any", opening).SystemClock = lambda: FileClock(clock)
    history.page = _broken(history.page, breaks)
    if leak:
        sign_in.password = _leaky(sign_in.password)
    return cli.main(["serve"])


def _broken(does: Callable[..., Any], breaks: Path) -> Callable[..., Any]:
    @wraps(does)
    def view(*given: Any, **named: Any) -> Any:
        how = breaks.read_text()
        if how == "500":
            raise RuntimeError("broken for a test")
        if how == "503":
            raise UnavailableError("away for a test")
        return does(*given, **named)

    return view


def _leaky(does: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(does)
    def password(*given: Any, **named: Any) -> Any:
        structlog.get_logger().debug("planted", told=base64.urlsafe_b64encode(named["password"].encode()).decode())
        return does(*given, **named)

    return password


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))
