"""Browsers of people: a desk or a phone, with or without JavaScript; what goes wrong unseen in them is written down."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, ViewportSize

from tests.support.axe import assert_accessible

DESK: Final[dict[str, Any]] = {"viewport": {"width": 1280, "height": 900}}
PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
NARROWEST = ViewportSize(width=320, height=800)  # also what a desk is at 400 %

_TELL_OF_BLOCKED = """document.addEventListener("securitypolicyviolation", event =>
    console.error(`blocked by ${event.violatedDirective}: ${event.blockedURI || event.sample}`))"""
_HEIGHT = "document.documentElement.scrollHeight"
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Visit:
    """One browser of one person, with cookies of its own."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.problems: list[str] = []
        self._context = context
        self._origin = origin
        context.set_default_timeout(10_000)
        context.add_init_script(_TELL_OF_BLOCKED)
        context.on("console", self._hear)
        context.on("request", self._see_request)
        context.on("response", self._see_response)
        context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))
        self.page = context.new_page()

    def end(self) -> list[str]:
        self._context.close()
        return self.problems

    def _hear(self, message: ConsoleMessage) -> None:
        # A refused page (a wrong code, a locked account) is part of many journeys; missing assets are seen below.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console: {message.text} ({message.page.url if message.page else 'no page'})")

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith((self._origin, "data:", "blob:", "about:")):
            self.problems.append(f"asked somebody else: {request.url}")

    def _see_response(self, response: Response) -> None:
        refused = response.status >= 400 and response.request.resource_type != "document"
        if refused or response.status == 500:
            self.problems.append(f"{response.status} for {response.url}")


def shoot_all(page: Page, folder: Path, name: str) -> None:
    """Check a page with axe on desk and phone, light and dark, and leave a picture of each to leaf through."""
    seen = page.viewport_size
    assert seen
    for screen, size in (("desk", DESK["viewport"]), ("phone", PHONE["viewport"])):
        page.set_viewport_size(size)
        if screen == "phone":  # the bar at the foot would else lie across the middle of a long picture
            tall = max(size["height"], page.evaluate(_HEIGHT))
            page.set_viewport_size(ViewportSize(width=size["width"], height=tall))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page)
            page.screenshot(path=folder / f"{name}-{screen}-{scheme}.png", full_page=True, animations="disabled")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(NARROWEST)
    assert page.evaluate(_OVERFLOW) <= 0, f"{page.url} must be scrolled sideways at {NARROWEST['width']} px"
    page.set_viewport_size(seen)


def pasted_elsewhere(page: Page) -> str:
    """Into an empty document, as people paste."""
    editor = page.context.new_page()
    editor.set_content("<textarea></textarea>")
    editor.get_by_role("textbox").focus()
    editor.keyboard.press("ControlOrMeta+V")
    text = editor.get_by_role("textbox").input_value()
    editor.close()
    return text
