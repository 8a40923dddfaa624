"""What clients raise in another process or in a browser, as an exception here."""

from collections.abc import Callable
from typing import Any

import pytest


class RaisedError(Exception):
    """What the client raised: its class, and those of the fields that applications look at which it has.

    Dynamic's core raises the bare response, of the class Response. `behind` is the error that this one stands for.
    """

    def __init__(self, raised: dict[str, Any]) -> None:
        super().__init__(f"{raised['kind']}: {raised['message']}")
        self.kind: str = raised["kind"]
        self.status_code: int | None = raised.get("status_code")
        self.request_id: str | None = raised.get("request_id")
        self.error_type: str | None = raised.get("error_type")
        self.error_message: str | None = raised.get("error_message")
        self.error_url: str | None = raised.get("error_url")
        self.code: str | None = raised.get("code")
        behind = raised.get("behind")
        self.behind: RaisedError | None = RaisedError(behind) if behind else None


def raised_by(call: Callable[[], Any]) -> RaisedError:
    with pytest.raises(RaisedError) as refused:
        call()
    return refused.value
