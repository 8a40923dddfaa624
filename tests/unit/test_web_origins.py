"""Origins of pages: read as an operator writes them, kept as browsers spell them, and nothing else is one."""

import pytest

from app.domain.projects import ORIGIN_AT_MOST, read_web_origin

AS_BROWSERS_SPELL_THEM = [
    "https://shop.example.org", "https://shop.example.org:8443", "https://shop.example.org:80",
    "https://shop.example.org:65535", "https://a", "https://localhost", "https://localhost:3000",
    "https://xn--bcher-kva.example", "https://198.51.100.7", "https://198.51.100.7:8443", "https://x-1.example.org",
    "http://localhost", "http://localhost:3000", "http://localhost:443", "http://app.localhost:3000",
    "http://a.b.localhost", "http://127.0.0.1", "http://127.0.0.1:5173", "http://127.9.8.7",
]  # fmt: skip


@pytest.mark.parametrize("text", AS_BROWSERS_SPELL_THEM)
def test_what_browsers_send_is_kept_as_it_is(text: str) -> None:
    assert read_web_origin(text) == text


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://shop.example.org/", "https://shop.example.org"),
        ("HTTPS://Shop.Example.ORG", "https://shop.example.org"),
        ("https://shop.example.org:443", "https://shop.example.org"),
        ("https://shop.example.org:443/", "https://shop.example.org"),
        ("  https://shop.example.org\n", "https://shop.example.org"),
        ("https://XN--BCHER-KVA.example:8443/", "https://xn--bcher-kva.example:8443"),
        ("http://LOCALHOST:80/", "http://localhost"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://localhost:443", "http://localhost:443"),
    ],
)
def test_what_means_the_same_is_kept_as_browsers_send_it(text: str, origin: str) -> None:
    assert read_web_origin(text) == origin
    assert read_web_origin(origin) == origin


NONE = {
    "nothing": ["", " ", "/", "null", "*", "\x00", "\ud800"],
    "no scheme": ["shop.example.org", "//shop.example.org", "localhost:3000"],
    "another scheme": ["ftp://shop.example.org", "ws://localhost", "file:///", "data:x", "chrome-extension://abcdef"],
    "a scheme and no host": ["https:", "https:/", "https://", "https:///", "https:///shop.example.org", "https://:443"],
    "half a scheme": ["https:shop.example.org", "https:/shop.example.org", "https//shop.example.org"],
    "http to anywhere": [
        "http://shop.example.org", "http://198.51.100.7", "http://localhost.example.org", "http://notlocalhost",
        "http://127.0.0.1.example.org", "http://128.0.0.1", "http://1127.0.0.1", "http://127.1", "http://0.0.0.0",
        "http://.localhost",
    ],
    "more than an origin": [
        "https://shop.example.org/path", "https://shop.example.org//", "https://shop.example.org/?",
        "https://shop.example.org?", "https://shop.example.org?x=1", "https://shop.example.org#",
        "https://shop.example.org#x", "https://shop.example.org;x", "https://shop.example.org,https://b.example.org",
        "https://shop.example.org https://b.example.org",
    ],
    "somebody in it": [
        "https://user@shop.example.org", "https://user:word@shop.example.org", "https://@shop.example.org",
        "https://:@shop.example.org", "https://shop.example.org@b.example.org", "http://localhost@b.example.org",
    ],
    "no port": [
        "https://shop.example.org:", "https://shop.example.org:/", "https://shop.example.org:65536",
        "https://shop.example.org:-1", "https://shop.example.org:+443", "https://shop.example.org:4_43",
        "https://shop.example.org:08443", "https://shop.example.org:00", "https://shop.example.org:x",
        "https://shop.example.org:443:443", "https://shop.example.org:80 80", "https://shop.example.org:\u0663",
        "https://shop.example.org:\uff11", "https://shop.example.org:\u00b2",
    ],
    "no name": [
        "https://.", "https://.shop.example.org", "https://shop.example.org.", "https://-shop.example.org",
        "https://shop.example.org-", "https://shop_1.example.org", "https://*.example.org", "https://%73hop.example.org",
        "https://shop example.org", "https://shop\\example.org", "https://shop.example.org\\", "https://a]b.example.org",
    ],
    "an address of version 6": [
        "https://[::1]", "http://[::1]:3000", "https://[2001:db8::1]:8443", "https://[::ffff:127.0.0.1]", "https://[::1",
        "https://::1",
    ],
    "a name that is not spelled in ASCII": [
        "https://bücher.example", "https://BÜCHER.example", "https://shop\u3002example.org", "https://\ufb00.example.org",
        "https://shop.example.org\u00a0x", "https://\u212aiosk.example.org", "https://ki\u0131sk.example.org",
        "https://shop.example.org\u200b", "\ufeffhttps://shop.example.org", "https://shop\ud800.example.org",
    ],
    "what a parser would pass over": [
        "https://sh\top.example.org", "https://shop\n.example.org", "ht\rtps://shop.example.org",
        "https://shop.example.org:84\t43", "\x00https://shop.example.org", "\x1fhttps://shop.example.org\x00",
        "https://shop.example.org\x00", "https:\t//shop.example.org", "https://shop.example.org\t/",
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", NONE)
def test_anything_else_is_none(kind: str) -> None:
    assert {text: read for text in NONE[kind] if (read := read_web_origin(text)) is not None} == {}


def test_it_is_at_most_as_long_as_its_column() -> None:
    room = ORIGIN_AT_MOST - len("https://") - len(".org")
    longest = f"https://{'a' * room}.org"
    assert read_web_origin(longest) == longest
    assert read_web_origin(longest.replace("a.org", "aa.org")) is None
    assert read_web_origin("https://" + "a." * 100_000 + "org") is None
