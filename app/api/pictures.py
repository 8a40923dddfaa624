"""QR codes as the wires want them: PNG, inside of the answer."""

import base64
import io

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.pure import PyPNGImage

_MASK = 3  # trying all eight masks takes six times as long, and scanners read each as well
_QUIET_ZONE = 4
_PIXELS = 5


def qr_base64(text: str) -> str:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET_ZONE, box_size=_PIXELS, mask_pattern=_MASK)
    code.add_data(text)
    picture = io.BytesIO()
    code.make_image(image_factory=PyPNGImage).save(picture)
    return base64.b64encode(picture.getvalue()).decode()


def qr_data_uri(text: str) -> str:
    return f"data:image/png;base64,{qr_base64(text)}"
