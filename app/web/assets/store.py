"""Static files, read once at start: named by their content, compressed, and cached for a year by whoever asks."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

import flask_bootstrap

_STATIC = Path(__file__).resolve().parents[3] / "static"
_BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
_SERVED = ("css", "js", "img")
_WORTH_COMPRESSING = 512
_DIGITS = 10
"""Forty bits tell the versions of one file apart, and a page names its icons fifty times over."""


@dataclass(frozen=True, slots=True)
class Asset:
    digest: str
    content: bytes
    gzipped: bytes | None
    mimetype: str


class Store:
    def __init__(self, made: dict[str, bytes]) -> None:
        """`made` holds files by name that are made at start."""
        files = {"bootstrap.css": _BOOTSTRAP}
        for folder in _SERVED:
            files |= {str(path.relative_to(_STATIC)): path for path in (_STATIC / folder).iterdir() if path.is_file()}
        contents = {name: path.read_bytes() for name, path in files.items()} | made
        self._assets = {name: _asset(name, content) for name, content in contents.items()}

    def address_of(self, name: str) -> str:
        """Raises KeyError for a file that is not there."""
        return f"/assets/{self._assets[name].digest}/{name}"

    def find(self, digest: str, name: str) -> Asset | None:
        found = self._assets.get(name)
        return found if found and found.digest == digest else None


def _asset(name: str, content: bytes) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    gzipped = gzip.compress(content, 9, mtime=0) if len(content) > _WORTH_COMPRESSING else None
    return Asset(hashlib.sha256(content).hexdigest()[:_DIGITS], content, gzipped, kind)
