"""Giving figures out in the text form of Prometheus, at a port of its own."""

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import structlog
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from app import metrics
from app.domain.organizations import beginning_of
from app.domain.readiness_figures import Figure
from app.logs import trace_of
from app.portal import Portal, UnavailableError
from app.services import chores, figures
from app.services.chores import Standing

_log = structlog.get_logger()

_PATH = "/metrics"
_PATIENCE_SECONDS = 10


class Gauges(Collector):
    """What is so at the moment: asked of the database each time somebody asks us."""

    def __init__(self, portal: Callable[[], Portal | None]) -> None:
        self._portal = portal

    def collect(self) -> Iterator[Metric]:
        try:
            if (portal := self._portal()) is None:
                return  # nobody has asked the database yet
            found = chores.standing(portal), figures.newest(portal)
        except UnavailableError:
            found = None
        yield GaugeMetricFamily("sparekey_database_up", "Whether the database answers.", value=float(found is not None))
        if found:
            standing, newest = found
            yield from _of_chores(standing)
            yield from _of_readiness(newest)


def serve(listener: socket.socket, portal: Callable[[], Portal | None]) -> None:
    """From now on, in a thread."""
    registry = metrics.counted()
    registry.register(Gauges(portal))
    handler = type("Handler", (_Handler,), {"figures": staticmethod(lambda: generate_latest(registry))})
    server = _Server(("", 0), handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 -- named by socketserver
        problem = sys.exc_info()[1]
        _log.error("figures not given out", trace=trace_of(problem) if problem else "")


class _Handler(BaseHTTPRequestHandler):
    figures: Callable[[], bytes]
    timeout = _PATIENCE_SECONDS
    server_version, sys_version = "Sparekey", ""

    def do_GET(self) -> None:
        if self.path.partition("?")[0] != _PATH:
            self._answer(404, b"Figures are at /metrics.\n")
            return
        self._answer(200, self.figures())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- named by http.server
        """Whoever monitors asks every few seconds, which is worth no line."""

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", CONTENT_TYPE_PLAIN_0_0_4)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)


def _of_chores(standing: list[Standing]) -> Iterator[Metric]:
    lag = GaugeMetricFamily(
        "sparekey_chore_lag_seconds", "For how long a chore of the housekeeper has been due.", labels=["chore"]
    )
    done = GaugeMetricFamily(
        "sparekey_chore_last_success_timestamp_seconds", "When a chore was last done.", labels=["chore"]
    )
    for one in standing:
        lag.add_metric([one.name], one.lag.total_seconds())
        if one.done_at:
            done.add_metric([one.name], one.done_at.timestamp())
    yield lag
    yield done


def _of_readiness(newest: list[tuple[str, Figure]]) -> Iterator[Metric]:
    members = GaugeMetricFamily(
        "sparekey_members",
        "Active members by how it stands with their second factor, by the latest daily figure.",
        labels=["organization", "state"],
    )
    day = GaugeMetricFamily(
        "sparekey_readiness_day_timestamp_seconds", "The day of that figure.", labels=["organization"]
    )
    for slug, figure in newest:
        for state in ("active", "ready", "no_authenticator", "unacknowledged", "few_codes"):
            members.add_metric([slug, state], getattr(figure, state))
        day.add_metric([slug], beginning_of(figure.day, "UTC").timestamp())
    yield members
    yield day
