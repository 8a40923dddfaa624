"""axe, the accessibility checker, in a page that a browser shows."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": _RULES}}
_FINISH_ANIMATIONS = """document.getAnimations().forEach(animation => {
    try { animation.finish() } catch { animation.cancel() }
})"""  # a colour on its way from light to dark has no contrast to measure; an endless animation cannot be finished


def assert_accessible(page: Page) -> None:
    page.evaluate(_FINISH_ANIMATIONS)
    found = Axe().run(page, options=_OPTIONS).response["violations"]
    complaints = [_complaint(violation, node) for violation in found for node in violation["nodes"]]
    assert not complaints, "\n".join([f"axe, on {page.url}:", *complaints])


def _complaint(violation: dict[str, str], node: dict[str, str]) -> str:
    reason = " ".join(node["failureSummary"].split())
    return f"- {violation['id']} ({violation['impact']}): {node['html']}\n  {reason}\n  {violation['helpUrl']}"
