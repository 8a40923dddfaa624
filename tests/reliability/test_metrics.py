"""Figures for monitoring, asked for over HTTP from a real server with several processes."""

import re
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from app.domain.recovery_codes import spell
from app.portal import SystemClock
from tests.reliability.test_housekeeper import begun_after, eventually, housekeepers_of
from tests.support.load import Regular, regulars
from tests.support.nodes import Node, Nodes
from tests.support.processes import tell
from tests.support.remote import RemoteBrowser
from tests.support.served import free_port

_SERIES = re.compile(r"^(?P<name>[a-z_]+)(\{(?P<labels>[^}]*)\})? (?P<value>\S+)$", re.MULTILINE)
_LABELS = {"act", "outcome", "kind", "reason", "route", "method", "status", "le", "chore", "organization", "state"}


class Figures(dict[str, float]):
    """By name and labels, as they are written."""

    def of(self, name: str, **labels: str) -> float:
        """The sum over all series with these labels."""
        wanted = [f'{label}="{value}"' for label, value in labels.items()]
        return sum(
            value for key, value in self.items()
            if key.partition("{")[0] == name and all(label in key for label in wanted)
        )  # fmt: skip


def ask(port: int, path: str = "/metrics", method: str = "GET") -> tuple[int, str, dict[str, str]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text, {name.lower(): value for name, value in answer.getheaders()}


def figures(port: int) -> Figures:
    status, text, headers = ask(port)
    assert status == 200
    assert headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(_SERIES.fullmatch(line) for line in lines)
    return Figures({line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines})


@contextmanager
def watched(site: Nodes) -> Iterator[tuple[Node, int, list[Regular]]]:
    port = free_port()
    with site.portal() as portal:
        people = regulars(portal, 3, sign_ins=3)
    node = site.make(METRICS_PORT=str(port), LOG_LEVEL="info")
    node.start()
    eventually(lambda: answers(port), node)
    yield node, port, people


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _browser(node: Node) -> RemoteBrowser:
    browser = RemoteBrowser(node.door)
    assert browser.get("/sign-in").status == 200
    return browser


def _sign_in(node: Node, who: Regular, typed: str) -> int:
    return _browser(node).twin(sign_in=who.sign_ins.pop()).post("/sign-in/code", code=typed).status


@pytest.mark.both_databases
def test_the_figures_are_right_over_all_processes_and_their_deaths(site: Nodes) -> None:
    with watched(site) as (node, port, people):
        before = figures(port)
        assert before.of("sparekey_sign_ins_total") == 0
        for number, who in enumerate(people):
            assert _sign_in(node, who, who.app.wrong_code(SystemClock().now())) == 422
            who.sign_ins.append(who.sign_ins[0])
            assert _sign_in(node, who, spell(who.codes[0])) == 303
            if number == 0:
                _kill_everybody_but_the_parent(node)
        for _ in range(3):
            _browser(node).post("/sign-in", email="nobody@example.org", password="not the one")
        eventually(lambda: figures(port).of("sparekey_database_up") == 1, node)
        after = figures(port)
        assert after.of("sparekey_sign_ins_total", outcome="recovery_code") == 3
        assert after.of("sparekey_sign_ins_total", outcome="wrong_code") == 3
        assert after.of("sparekey_sign_ins_total", outcome="wrong_password") == 3
        assert after.of("sparekey_factor_checks_total", kind="recovery_code", outcome="right") == 3
        assert after.of("sparekey_factor_checks_total", kind="totp", outcome="wrong_code") == 3
        assert after.of("sparekey_passwords_total", outcome="wrong_password") == 3
        assert after.of("sparekey_acts_total", act="recovery_codes.spent") == 3
        assert after.of("sparekey_locks_total") == 0
        assert after.of("sparekey_requests_total", route="/sign-in/code", method="POST", status="303") == 3
        assert after.of("sparekey_requests_total", route="/sign-in/code", method="POST", status="422") == 3
        assert after.of("sparekey_request_seconds_count", route="/sign-in/code", method="POST") == 6
        _is_calm(after, set(people[0].codes))


def _kill_everybody_but_the_parent(node: Node) -> None:
    (keeper,) = housekeepers_of(node)
    tell(node.processes[1:], signal.SIGKILL)
    begun_after(node, keeper)
    node.wait_until_ready()


def _is_calm(seen: Figures, secrets: set[str]) -> None:
    """Labels are few and of known kinds, and nothing in them is about anybody."""
    text = "\n".join(seen)
    labels = set(re.findall(r'([a-z_]+)="', text))
    assert labels <= _LABELS
    assert "example.org" not in text
    assert not [code for code in secrets if code in text]
    assert len(seen) < 900


def test_an_unknown_path_or_method_makes_no_new_series(site: Nodes) -> None:
    with watched(site) as (node, port, _):
        for number in range(20):
            node.door.ask("GET", f"/setup/secret-{number}")
            node.door.ask(f"X{number}", "/sign-in")
            node.door.ask("GET", f"/no/{number}")
        seen = figures(port)
        assert "secret-" not in "".join(seen)
        assert seen.of("sparekey_requests_total", method="other") >= 1
        routes = {key for key in seen if key.startswith("sparekey_requests_total")}
        assert len(routes) < 12


def test_readiness_and_chores_can_be_watched(site: Nodes) -> None:
    with watched(site) as (node, port, _):
        eventually(lambda: figures(port).of("sparekey_chores_total", chore="figures", outcome="done"), node)
        seen = figures(port)
        assert seen.of("sparekey_members", organization="load", state="ready") == 3
        assert seen.of("sparekey_chore_lag_seconds", chore="prune") < 60
        assert seen.of("sparekey_chore_last_success_timestamp_seconds", chore="figures") > time.time() - 600
        assert seen.of("sparekey_chores_total", chore="figures", outcome="done") == 1


def test_only_figures_are_given_out_there(site: Nodes) -> None:
    with watched(site) as (_, port, _):
        for path in ("/", "/account", "/metrics/x", "/../metrics"):
            assert ask(port, path)[0] == 404
        assert ask(port, "/metrics", "POST")[0] == 501
        status, _, headers = ask(port)
        assert status == 200
        assert headers["server"].strip() == "Sparekey"


def test_without_a_port_nobody_answers_and_nothing_is_counted(site: Nodes) -> None:
    node = site.make()
    node.start()
    assert node.door.says("/metrics") in {303, 404}
    for pid in node.processes:
        opened = [str(one.readlink()) for one in Path(f"/proc/{pid}/fd").iterdir() if one.is_symlink()]
        assert not [path for path in opened if "sparekey-counting" in path]


def test_a_port_that_is_taken_is_told_before_anybody_serves(site: Nodes) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        node = site.make(METRICS_PORT=str(port))
        node.begin()
        assert node.served
        assert node.served.wait(seconds=30) == 78
        assert f"METRICS_PORT {port} on 127.0.0.1 cannot be used: Address already in use." in node.output
