"""Static files: named by their content, kept for a year, and nothing else is served from a disk."""

import gzip
import hashlib
import re

import pytest

from tests.support.members_web import Browser


def _addresses(browser: Browser, path: str = "/sign-in") -> list[str]:
    browser.open(path)
    return sorted(set(re.findall(r'"(/assets/[^"#]+)', browser.text)))


def test_every_asset_of_a_page_is_there_under_the_hash_of_its_content(stranger: Browser) -> None:
    addresses = _addresses(stranger)
    assert len(addresses) >= 8
    for address in addresses:
        reply = stranger.open(address)
        assert reply.status_code == 200
        digest = address.split("/")[2]
        assert len(digest) >= 10
        assert hashlib.sha256(reply.data).hexdigest().startswith(digest)
        assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Accept-Encoding" in reply.headers["Vary"]
        assert reply.mimetype in {"text/css", "text/javascript", "image/svg+xml"}


def test_what_is_worth_it_comes_compressed(stranger: Browser) -> None:
    for address in _addresses(stranger):
        plain = stranger.open(address)
        packed = stranger.open(address, headers={"Accept-Encoding": "gzip"})
        if packed.headers.get("Content-Encoding") == "gzip":
            assert gzip.decompress(packed.data) == plain.data
            assert len(packed.data) < len(plain.data)
        else:
            assert len(plain.data) <= 512
    refused = stranger.open(address, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_a_first_visit_moves_little(stranger: Browser) -> None:
    sizes = [len(stranger.open(a, headers={"Accept-Encoding": "gzip"}).data) for a in _addresses(stranger)]
    assert sum(sizes) < 150_000


def test_what_a_browser_has_is_not_sent_again(stranger: Browser) -> None:
    address = _addresses(stranger)[0]
    tag = stranger.open(address).headers["ETag"]
    reply = stranger.open(address, headers={"If-None-Match": tag})
    assert (reply.status_code, reply.data) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/assets/0000000000000000/css/theme.css",
        "/assets/{hash}/css/../js/copy.js",
        "/assets/{hash}/../../app/config.py",
        "/assets/{hash}/%2e%2e/%2e%2e/pyproject.toml",
        "/assets/{hash}/..%5c..%5cpyproject.toml",
        "/assets/{hash}/css/theme.css%00.js",
        "/assets/{hash}/css/theme.css/",
        "/assets/{hash}/",
        "/assets/",
        "/static/css/theme.css",
        "/css/theme.css",
        "/.git/config",
        "/instance/keys.json",
        "/instance/sparekey.sqlite3",
        "/sparekey.sqlite3",
        "/.env",
        "/pyproject.toml",
        "/app/config.py",
        "/metrics",
        "/docs",
        "/console",
        "/debug",
        "/robots.txt",
        "/favicon.ico",
        "/.well-known/security.txt",
    ],
)
def test_nothing_else_is_served(stranger: Browser, path: str) -> None:
    digest = next(address for address in _addresses(stranger) if "theme.css" in address).split("/")[2]
    reply = stranger.open(path.format(hash=digest))
    assert reply.status_code == 404
    assert reply.mimetype == "text/html"


def test_an_asset_takes_no_session_and_gives_none(adas: Browser) -> None:
    reply = adas.open(_addresses(adas, "/account")[0])
    assert "Set-Cookie" not in reply.headers
    assert "Cookie" not in reply.headers.get("Vary", "").replace("Accept-Encoding", "")
