"""Icons of Bootstrap Icons: those that our templates name, gathered in one small file that pages point into."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import flask_bootstrap
from markupsafe import Markup

_ALL = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "icons" / "bootstrap-icons.svg"
_SVG = "http://www.w3.org/2000/svg"
_QUOTED = re.compile(r"'([a-z0-9-]+)'")


class Icons:
    """`sprite` holds each icon once; what a page carries of one is a line."""

    def __init__(self, templates: Path) -> None:
        self._named = {name for path in templates.rglob("*.html") for name in _QUOTED.findall(path.read_text())}
        self.sprite = self._gather()

    def markup(self, name: str, address: str) -> Markup:
        """Raises KeyError for a name that Bootstrap Icons does not have."""
        if name not in self._drawn:
            raise KeyError(name)
        return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>').format(address, name)

    def _gather(self) -> bytes:
        ET.register_namespace("", _SVG)
        root = ET.parse(_ALL).getroot()  # noqa: S314 -- a file of an installed package
        symbols = [symbol for symbol in root.iter(f"{{{_SVG}}}symbol") if symbol.get("id") in self._named]
        self._drawn = {symbol.get("id") for symbol in symbols}
        sprite = ET.Element(f"{{{_SVG}}}svg")
        sprite.extend(symbols)
        return ET.tostring(sprite)
