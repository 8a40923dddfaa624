"""Network addresses, as far as limits go by them."""

import ipaddress

_IPV4_PREFIX = 24
_IPV6_PREFIX = 56


def prefix_of(address: str) -> str:
    """The network that one household or office is likely to have; text that is no address is its own prefix."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    length = _IPV4_PREFIX if parsed.version == 4 else _IPV6_PREFIX  # noqa: PLR2004 -- it is the name of the protocol
    return str(ipaddress.ip_network((parsed, length), strict=False))
