from functools import cache
from typing import Any

from flask import Blueprint, abort, render_template

from app.web import current
from app.web.api_docs.reference import Reference, Wire, read


def blueprint(description: dict[str, Any]) -> Blueprint:
    """Of the document as it was made at start, since it changes with the code alone; read by the first who asks."""
    pages = Blueprint("api_docs", __name__)

    @cache
    def reference() -> Reference:
        return read(description)

    @pages.get("/api/docs")
    def overview() -> str:
        return render_template("api_docs/overview.html", shell=current.shell(), reference=reference())

    @pages.get("/api/docs/<wire>")
    def look(wire: str) -> str:
        return render_template("api_docs/wire.html", shell=current.shell(), wire=_found(reference(), wire))

    @pages.get("/api/docs/<wire>/<operation>")
    def look_at_operation(wire: str, operation: str) -> str:
        found = _found(reference(), wire)
        one = next((one for one in found.operations if one.noun == operation), None) or abort(404)
        return render_template("api_docs/operation.html", shell=current.shell(), wire=found, operation=one)

    return pages


def _found(reference: Reference, noun: str) -> Wire:
    return next((wire for wire in reference.wires if wire.noun == noun), None) or abort(404)
