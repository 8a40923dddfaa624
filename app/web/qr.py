"""A QR code as SVG, drawn from its matrix."""

from itertools import groupby

import qrcode
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M

_MASK = 3  # trying all eight masks takes six times as long, and scanners read each as well
_QUIET_ZONE = 4


def svg(text: str) -> Markup:
    """Black on white with the quiet zone of four modules; sized by whoever shows it."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET_ZONE, mask_pattern=_MASK)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    return Markup(
        '<svg viewBox="0 0 {size} {size}" shape-rendering="crispEdges" aria-hidden="true" focusable="false">'
        '<path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        '<path stroke="#000" transform="translate(0 .5)" d="{path}"/></svg>'
    ).format(size=len(rows), path="".join(_strokes(row, y) for y, row in enumerate(rows)))


def _strokes(row: list[bool], y: int) -> str:
    """Each run of dark modules as one stroke, begun where the last one ended, and moved to the middle of its row by the
    path that it is in."""
    drawn: list[str] = []
    at = 0
    for dark, run in groupby(enumerate(row), key=lambda cell: cell[1]):
        cells = [x for x, _ in run]
        if dark:
            drawn.append((f"m{cells[0] - at} 0" if drawn else f"M{cells[0]} {y}") + f"h{len(cells)}")
            at = cells[-1] + 1
    return "".join(drawn)
