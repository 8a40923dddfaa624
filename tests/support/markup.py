"""A page as its elements, for tests that look at one or press a button in it; the parser is the standard library's."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_SENT_WHEN_CHECKED = frozenset({"checkbox", "radio"})


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    line: int
    parent: "Element | None"
    words: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        known_by = next((f" {name}={self[name]!r}" for name in ("id", "name", "class") if self[name]), "")
        return f"line {self.line}: <{self.tag}{known_by}>"

    def __getitem__(self, attribute: str) -> str:
        return self.attributes.get(attribute, "")

    def __contains__(self, attribute: str) -> bool:
        return attribute in self.attributes

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def ancestors(self) -> Iterator["Element"]:
        if self.parent:
            yield self.parent
            yield from self.parent.ancestors()

    def inside(self, *tags: str) -> bool:
        return any(ancestor.tag in tags for ancestor in self.ancestors())


class Page(HTMLParser):
    """The elements of a page in their order, and the tags that do not close what they opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.misnested: list[str] = []
        self.is_html5 = False
        self._open: Element | None = None
        self.feed(html)
        self.close()
        if self._open:
            self.misnested.append(f"{self._open} is never closed")
        self.ids = {element["id"] for element in self.elements if "id" in element}

    def every(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def handle_decl(self, decl: str) -> None:
        self.is_html5 = decl.lower() == "doctype html"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in _VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open.tag == tag:
            self._open = self._open.parent
        else:
            self.misnested.append(f"line {self.getpos()[0]}: </{tag}> closes {self._open or 'nothing'}")

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            for element in (self._open, *self._open.ancestors()):
                element.words.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0], self._open)
        self.elements.append(element)
        return element


@dataclass(frozen=True)
class Form:
    """`fields` has what a browser would send if nothing were typed; `names` also what is not ticked yet."""

    action: str
    method: str
    fields: dict[str, str]
    names: frozenset[str]


def form_of(page: Page, words: str) -> Form:
    """The form that the button with these words sends."""
    buttons = page.every("button")
    button = next((button for button in buttons if button.text == words), None)
    assert button, f"there is no button {words!r} among {[button.text for button in buttons]}"
    form = next((element for element in page.every("form") if _belongs(button, form=element)), None)
    assert form, f"the button {words!r} stands in no form"
    inside = [element for element in page.every("input", "select", "textarea") if _belongs(element, form=form)]
    fields = {element["name"]: value for element in inside if (value := _value(page, element)) is not None}
    pressed = {button["name"]: button["value"]} if button["name"] else {}
    names = frozenset(element["name"] for element in inside)
    return Form(button["formaction"] or form["action"], form["method"].upper() or "GET", fields | pressed, names)


def _belongs(element: Element, *, form: Element) -> bool:
    if element["form"]:
        return element["form"] == form["id"]
    return any(ancestor is form for ancestor in element.ancestors())


def _value(page: Page, element: Element) -> str | None:
    if element.tag == "textarea":
        return element.text
    if element.tag == "select":
        options = [option for option in page.every("option") if any(a is element for a in option.ancestors())]
        chosen = next((option for option in options if "selected" in option), options[0])
        return chosen["value"]
    if element["type"] in _SENT_WHEN_CHECKED and "checked" not in element:
        return None
    return element["value"]
