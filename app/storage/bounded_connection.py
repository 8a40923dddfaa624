"""Connections to PostgreSQL that wait for no answer for ever: the server may freeze, or the network swallow its words.

The limits that the server keeps itself are of no help then, and those of TCP do not see a server whose machine still
answers for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen

_LOOKS_A_SECOND = 10
_SILENCE_SECONDS = 20
"""Longer than the longest statement that the server allows."""

_PING_SECONDS = 3
"""For the question whether a connection still works, which is all that we ask outside of a transaction."""

_Result = TypeVar("_Result")


class BoundedConnection(Connection[Any]):
    """Closes itself, and raises OperationalError, when the server has said nothing for too long."""

    _bounded = True

    @contextmanager
    def unbounded(self) -> Iterator[None]:
        """For what may take long: migrating."""
        self._bounded = False
        try:
            yield
        finally:
            self._bounded = True

    def wait(self, gen: PQGen[_Result], interval: float = 1 / _LOOKS_A_SECOND, timeout: float | None = None) -> _Result:
        more = {} if timeout is None else {"timeout": timeout}  # which older drivers do not know
        return super().wait(self._until_silent(gen) if self._bounded else gen, interval, **more)

    def _until_silent(self, asking: PQGen[_Result]) -> PQGen[_Result]:
        """The same conversation. The driver looks at the socket ten times a second, and says so when nothing came."""
        seconds = _PING_SECONDS if self._autocommit else _SILENCE_SECONDS
        silent = 0
        try:
            wanted = next(asking)
            while True:
                ready = yield wanted
                silent = 0 if ready else silent + 1
                if silent >= seconds * _LOOKS_A_SECOND:
                    self.close()
                    raise OperationalError(f"the database server has said nothing for {seconds} seconds")
                wanted = asking.send(ready)
        except StopIteration as done:
            result: _Result = done.value
            return result
