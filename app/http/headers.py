"""What every reply carries, whoever makes it."""

from app.config import Settings

_NOT_USED = ["accelerometer", "camera", "clipboard-read", "geolocation", "gyroscope", "microphone", "payment", "usb"]
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Under no-referrer a form's own POST would carry `Origin: null`, and every form would be refused.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NOT_USED),
}
_HTTPS_FOR_TWO_YEARS = "max-age=63072000; includeSubDomains"


def always(settings: Settings, policy: str) -> dict[str, str]:
    """`policy` says what a browser that shows the reply may load: nothing, unless it is a page."""
    secure = {"Strict-Transport-Security": _HTTPS_FOR_TWO_YEARS} if settings.secure else {}
    return {"Content-Security-Policy": policy, **_ALWAYS, **secure}
