"""Reads a QR picture as a phone's camera would: from pixels."""

import io

import zxingcpp
from PIL import Image

_ONLY_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


def read_qr(png: bytes) -> str:
    """The text of the one QR code in a screenshot."""
    with Image.open(io.BytesIO(png)) as picture:
        # Not inverted: many phones cannot read light modules on a dark ground.
        found = zxingcpp.read_barcodes(picture.convert("L"), formats=_ONLY_QR, try_invert=False)
    assert len(found) == 1, f"{len(found)} QR codes can be read in the picture, not one"
    return str(found[0].text)
