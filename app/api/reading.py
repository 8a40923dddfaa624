"""Reading what a request carries: strictly, and with a sentence for each thing that is wrong with it."""

from typing import TypeVar

from flask import Request
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.api.wire import Asked, Dialect, WireError
from app.domain.strict_json import UnfitJsonError, loads

Model = TypeVar("Model", bound=Asked)

_JSON = "application/json"
_WITH_BODY = {"POST", "PUT", "DELETE"}


def asked(dialect: Dialect, takes: type[Model], request: Request) -> Model:
    """Raises WireError."""
    content = _body(dialect, request) if request.method in _WITH_BODY else _query(dialect, request)
    try:
        return takes.model_validate(content, strict=None if request.method in _WITH_BODY else False)
    except ValidationError as problem:
        raise _unfit(dialect, problem.errors()[0]) from None


def _body(dialect: Dialect, request: Request) -> dict[str, object]:
    sent = request.get_data()
    if not sent.strip():
        return {}
    if request.mimetype != _JSON:
        raise WireError(415, dialect.kinds[415], f"Send {_JSON}.")
    try:
        content = loads(sent)
    except UnfitJsonError as problem:
        raise WireError(400, dialect.kinds[400], f"The body cannot be read: {problem}.") from None
    if not isinstance(content, dict):
        raise WireError(400, dialect.kinds[400], "The body is not a JSON object.")
    return content


def _query(dialect: Dialect, request: Request) -> dict[str, str]:
    if any(len(given) > 1 for _, given in request.args.lists()):
        raise WireError(400, dialect.kinds[400], "A parameter was sent twice.")
    return request.args.to_dict()


def _unfit(dialect: Dialect, problem: ErrorDetails) -> WireError:
    place = [str(part) for part in problem["loc"]]
    name = place[0] if place else ""
    said = problem["msg"].removeprefix("Value error, ")
    kind = dialect.unfit.get(name, dialect.kinds[400])
    return WireError(400, kind, f"{'.'.join(place)}: {said}." if place else f"{said}.")
