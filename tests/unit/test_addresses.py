"""Which addresses share a limit."""

import pytest

from app.domain.addresses import prefix_of


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
        ("fe80::1%eth0", "fe80::/56"),
        ("", ""),
        ("unix:", "unix:"),
        ("192.0.2.777", "192.0.2.777"),
        ("\ud800", "\ud800"),
    ],
)
def test_a_prefix_is_a_household_or_an_office(address: str, prefix: str) -> None:
    assert prefix_of(address) == prefix


def test_neighbours_share_and_strangers_do_not() -> None:
    assert prefix_of("192.0.2.1") == prefix_of("192.0.2.254") != prefix_of("192.0.3.1")
    assert prefix_of("2001:db8::1") == prefix_of("2001:db8:0:ff::1") != prefix_of("2001:db8:0:100::1")
