"""The real thing: `sparekey serve`, or `demo`, as a process of its own, as the operator starts and stops it."""

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

COMMAND = Path(sys.executable).parent / "sparekey"
_SECONDS_TO_START = 30.0
_SECONDS_TO_MAKE_A_DEMO = 120.0  # on a machine that runs other tests beside it
_LINK = "Setup link:"
_ADDRESS = "Sparekey is at"


class Served:
    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self.output = ""
        self._process = process
        self._port = port
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, name="output of sparekey serve")
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def setup_link(self) -> str:
        """Waits until the server has printed it and answers."""
        return self._said_after(_LINK, _SECONDS_TO_START)

    def address(self) -> str:
        """Of a demo; likewise."""
        return self._said_after(_ADDRESS, _SECONDS_TO_MAKE_A_DEMO)

    def press_ctrl_c(self) -> int:
        """A terminal sends it to every process of the command. Returns the exit status."""
        os.killpg(self._process.pid, signal.SIGINT)
        return self.wait(seconds=5)

    def wait(self, *, seconds: float) -> int:
        status = self._process.wait(timeout=seconds)
        self._reader.join(timeout=seconds)
        return status

    def end(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self.wait(seconds=5)

    def _said_after(self, words: str, seconds: float) -> str:
        deadline = time.monotonic() + seconds
        while (line := self._next_line(deadline)) is not None:
            if line.startswith(words):
                self._wait_until_answering(deadline)
                return line.removeprefix(words).strip()
        raise AssertionError(f"the server ended without saying: {words}\n{self.output}")

    def _read(self) -> None:
        assert self._process.stdout
        with self._process.stdout:
            for line in self._process.stdout:
                self.output += line
                self._lines.put(line)
        self._lines.put(None)

    def _wait_until_answering(self, deadline: float) -> None:
        while True:
            try:
                socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
            except OSError:
                assert time.monotonic() < deadline, f"nobody answers on port {self._port}:\n{self.output}"
                time.sleep(0.02)
            else:
                return

    def _next_line(self, deadline: float) -> str | None:
        try:
            return self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise AssertionError(f"the server takes too long to start:\n{self.output}") from None


@contextmanager
def started(instance: Path) -> Iterator[Callable[[], Served]]:
    """A function that starts a server on that folder; whatever still runs at the end is killed."""
    port = free_port()
    with running() as run:
        yield lambda: run([str(COMMAND), "serve"], port, {"INSTANCE": str(instance), "PORT": str(port)}, None)


@contextmanager
def running() -> Iterator[Callable[[list[str], int, dict[str, str], Path | None], Served]]:
    """A function that runs a command which serves on that port; likewise."""
    begun = []

    def run(command: list[str], port: int, environment: dict[str, str], folder: Path | None) -> Served:
        process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        begun.append(Served(process, port))
        return begun[-1]

    try:
        yield run
    finally:
        for served in begun:
            served.end()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
