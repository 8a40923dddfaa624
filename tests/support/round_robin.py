"""A reverse proxy that hands one request to this node and the next to that one, and holds nobody to a node.

A request that could not be sent, since nobody took the connection, goes to the next node. One that was sent is never
sent again: its connection just closes when no answer comes.
"""

import contextlib
import itertools
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_FORWARDED = b"\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https"
_END_OF_HEAD = b"\r\n\r\n"
_PIECE = 65536
_PATIENCE_SECONDS = 30.0


class _Passing(socketserver.BaseRequestHandler):
    server: "RoundRobin"
    request: socket.socket

    def handle(self) -> None:
        head, rest = self._read_head()
        upstream = self.server.connected() if head else None
        if upstream is None:
            return
        with upstream, contextlib.suppress(OSError):
            upstream.sendall(head + _FORWARDED + _END_OF_HEAD + rest)
            while piece := self._more_to_send(rest, head):
                upstream.sendall(piece)
                rest += piece
            while answer := upstream.recv(_PIECE):
                self.request.sendall(answer)

    def _read_head(self) -> tuple[bytes, bytes]:
        read = b""
        while _END_OF_HEAD not in read:
            piece = self.request.recv(_PIECE)
            if not piece:
                return b"", b""
            read += piece
        head, _, rest = read.partition(_END_OF_HEAD)
        return head, rest

    def _more_to_send(self, sent: bytes, head: bytes) -> bytes:
        lines = head.lower().split(b"\r\n")
        length = next((int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length:")), 0)
        return self.request.recv(_PIECE) if len(sent) < length else b""


class RoundRobin(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, ports: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self._ports = ports
        self._turns = itertools.count()
        self.port: int = self.server_address[1]

    def connected(self) -> socket.socket | None:
        """To the next node that takes the connection."""
        for _ in range(2 * len(self._ports)):
            port = self._ports[next(self._turns) % len(self._ports)]
            with contextlib.suppress(OSError):
                return socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_SECONDS)
        return None


@contextmanager
def round_robin(ports: list[int]) -> Iterator[RoundRobin]:
    with RoundRobin(ports) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, name="round robin")
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join()
