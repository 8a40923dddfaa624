"""A QR code as SVG, drawn from its matrix."""

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
    path = "".join(_runs(row, y) for y, row in enumerate(rows))
    return Markup(
        '<svg viewBox="0 0 {size} {size}" shape-rendering="crispEdges" aria-hidden="true" focusable="false">'
        '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>'
    ).format(size=len(rows), path=path)


def _runs(row: list[bool], y: int) -> str:
    """Each run of dark modules as one rectangle."""
    drawn, x = [], 0
    while x < len(row):
        start = x
        while x < len(row) and row[x]:
            x += 1
        if x > start:
            drawn.append(f"M{start} {y}h{x - start}v1H{start}z")
        x += 1
    return "".join(drawn)
