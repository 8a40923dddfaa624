"""What every page must be, checked in its text and headers alone, so that it can be checked wherever one is made."""

from collections import Counter
from collections.abc import Iterator

from werkzeug.datastructures import Headers

from tests.support.markup import Page

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_REFERENCES = ("for", "form", "list", "aria-controls", "aria-describedby", "aria-errormessage", "aria-labelledby")
_NEEDS_NO_LABEL = frozenset({"hidden", "submit", "button", "reset", "image"})
_CSP = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'"}


def problems(html: str, headers: Headers) -> list[str]:
    """One sentence for each thing that is wrong; none when the page is good."""
    page = Page(html)
    return [
        *page.misnested,
        *_headers(headers),
        *(complaint for check in _CHECKS for complaint in check(page)),
    ]


def _headers(headers: Headers) -> Iterator[str]:
    if "no-store" not in headers.get("Cache-Control", ""):
        yield "Cache-Control is not no-store"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "X-Content-Type-Options is not nosniff"
    policy = headers.get("Content-Security-Policy", "")
    directives = {name: rest for name, _, rest in (part.strip().partition(" ") for part in policy.split(";"))}
    for name, wanted in _CSP.items():
        if directives.get(name) != wanted:
            yield f"Content-Security-Policy lacks {name} {wanted}"
    if "unsafe" in policy or "*" in policy:
        yield f"Content-Security-Policy lets too much in: {policy}"


def _document(page: Page) -> Iterator[str]:
    if not page.is_html5:
        yield "the page does not begin with <!doctype html>"
    if not any(element["lang"] for element in page.every("html")):
        yield "<html> has no lang"
    if not any(title.text for title in page.every("title") if title.inside("head")):
        yield "the page has no title"
    if len(page.every("main")) != 1:
        yield f"the page has {len(page.every('main'))} <main>, not one"


def _headings(page: Page) -> Iterator[str]:
    headings = page.every(*_HEADINGS)
    if (count := len(page.every("h1"))) != 1:
        yield f"the page has {count} h1, not one"
    level = 0
    for heading in headings:
        if not heading.text:
            yield f"{heading} is empty"
        if (here := int(heading.tag[1])) > level + 1:
            yield f"{heading} skips a level: the heading before it is " + (f"h{level}" if level else "none")
        level = here


def _ids(page: Page) -> Iterator[str]:
    counted = Counter(element["id"] for element in page.elements if "id" in element)
    yield from (f"{count} elements have the id {name!r}" for name, count in counted.items() if count > 1)
    for element in page.elements:
        for attribute in _REFERENCES:
            yield from (
                f"{element} points with {attribute} to {name!r}, which is not there"
                for name in element[attribute].split()
                if name not in page.ids
            )
        if element["href"].startswith("#") and element["href"][1:] not in page.ids:
            yield f"{element} links to {element['href']!r}, which is not there"


def _labels(page: Page) -> Iterator[str]:
    labelled = {label["for"] for label in page.every("label") if label.text}
    for element in page.every("input", "select", "textarea"):
        if element["type"] in _NEEDS_NO_LABEL:
            continue
        wrapped = any(ancestor.tag == "label" and ancestor.text for ancestor in element.ancestors())
        if not (wrapped or element["id"] in labelled or element["aria-label"] or element["aria-labelledby"]):
            yield f"{element} has no label"
    for element in page.every("button", "a"):
        if not (element.text or element["aria-label"] or element["aria-labelledby"]):
            yield f"{element} has no words"
    yield from (f"{image} has no alt" for image in page.every("img") if "alt" not in image)


def _forms(page: Page) -> Iterator[str]:
    tokens = [element for element in page.every("input") if element["name"] == "csrf_token"]
    guarded = {id(ancestor) for token in tokens for ancestor in token.ancestors()}
    for form in page.every("form"):
        if form["method"].lower() == "post" and id(form) not in guarded:
            yield f"{form} posts without a csrf_token"
        if form["method"].lower() != "post" and id(form) in guarded:
            yield f"{form} puts its csrf_token in the address"
        if form["action"] and not _is_local(form["action"]):
            yield f"{form} sends what is typed to {form['action']!r}"


def _nothing_inline(page: Page) -> Iterator[str]:
    for element in page.elements:
        if element.tag == "style" or (element.tag == "script" and (element.text or "src" not in element)):
            yield f"{element} is inline"
        yield from (
            f"{element} has an inline {name}" for name in element.attributes if name == "style" or name.startswith("on")
        )
        if any(element[name].strip().lower().startswith("javascript:") for name in ("href", "action", "formaction")):
            yield f"{element} runs a javascript: address"


def _nothing_from_elsewhere(page: Page) -> Iterator[str]:
    for element in page.every("script", "img", "iframe", "source", "link"):
        address = element["src"] or element["href"]
        if address and not _is_local(address) and not (element.tag == "img" and address.startswith("data:")):
            yield f"{element} is fetched from {address!r}"


def _is_local(address: str) -> bool:
    return address.startswith("/") and not address.startswith("//")


_CHECKS = (_document, _headings, _ids, _labels, _forms, _nothing_inline, _nothing_from_elsewhere)
