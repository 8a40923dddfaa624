"""Rules that need but a line: names of authenticators, prefixes of addresses, browsers, tokens, readiness."""

from datetime import UTC, datetime

import pytest

from app.domain.addresses import prefix_of
from app.domain.authenticators import next_name
from app.domain.readiness import Readiness
from app.domain.tokens import hash_of, new_token
from app.http.browsers import name_of


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ([], "Phone"),
        (["Phone"], "Phone 2"),
        (["Phone", "Phone 2"], "Phone 3"),
        (["Tablet"], "Phone"),
        (["Phone 2"], "Phone"),
    ],
)
def test_the_next_authenticator_has_the_next_free_name(taken: list[str], name: str) -> None:
    assert next_name(taken) == name


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1234:5678::1", "2001:db8:1234:5600::/56"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_limits_go_by_the_network_of_an_address(address: str, prefix: str) -> None:
    assert prefix_of(address) == prefix


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome on Android"),
        ("", "An unknown browser"),
        ("<script>alert(1)</script>", "An unknown browser"),
    ],
)
def test_a_browser_is_called_what_people_call_it(user_agent: str, name: str) -> None:
    assert name_of(user_agent) == name


def test_a_token_is_256_random_bits_and_kept_as_its_hash() -> None:
    token = new_token()
    assert len(token) == 43
    assert token != new_token()
    assert len(hash_of(token)) == 32
    assert hash_of("\ud800")


@pytest.mark.parametrize(
    ("authenticators", "left", "pending", "ready"),
    [(1, 10, False, True), (1, 1, False, True), (0, 10, False, False), (1, 0, False, False), (1, 10, True, False)],
)
def test_ready_is_who_could_lose_the_phone_today(authenticators: int, left: int, pending: bool, ready: bool) -> None:  # noqa: FBT001
    acknowledged = None if pending else datetime(2026, 5, 4, tzinfo=UTC)
    one = Readiness(authenticators, True, left, 10, pending, acknowledged)  # noqa: FBT003
    assert one.ready is ready
    assert one.low is (left <= 3)
    assert ready or one.advice
