"""The OpenAPI document (3.1) of all wires, made from the models that read requests and write answers."""

import json
import re
from collections.abc import Sequence
from typing import Any, get_type_hints

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from app.api.wire import Dialect, Operation

_VERSION = "3.1.0"
_INTRODUCTION = (
    "What applications call: the operations of hosted services, as their official clients send them. "
    "The people are those of the organization that a project belongs to, the same that the portal shows."
)
_HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-ID": {
        "description": "What to ask us about",
        "required": True,
        "schema": {"type": "string", "format": "uuid"},
    },
    "WWW-Authenticate": {"description": "How to say who calls, where nobody known did", "schema": {"type": "string"}},
    "Allow": {"description": "What the path answers to, where it was another method", "schema": {"type": "string"}},
    "Retry-After": {
        "description": "Seconds to wait, where that helps",
        "schema": {"type": "integer", "minimum": 1},
    },
}
_ANY = {"minLength": 1}
"""Without a name in it, it would be another path."""

_SECRETS = "Takes a project with the permission `factor_secrets`."
_FROM_BROWSERS = "For browsers, on pages that the operator has admitted for the project."


def document(dialects: Sequence[Dialect]) -> dict[str, Any]:
    """With no server in it yet."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for dialect in dialects:
        ours = f"{dialect.name}.{{model}}"
        refs, described = models_json_schema(_models(dialect), ref_template=f"#/components/schemas/{ours}")
        schemas |= {ours.format(model=name): schema for name, schema in described["$defs"].items()}
        for operation in dialect.operations:
            paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(dialect, operation, refs)
    return {
        "openapi": _VERSION,
        "info": {"title": "Sparekey", "version": "1", "description": _INTRODUCTION},
        "servers": [],
        "tags": [{"name": dialect.name, "description": dialect.title} for dialect in dialects],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "headers": _HEADERS,
            "securitySchemes": {dialect.name: dict(dialect.scheme) for dialect in dialects},
        },
    }


def written(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1)


def _models(dialect: Dialect) -> list[tuple[type[BaseModel], Any]]:
    found: dict[tuple[type[BaseModel], str], None] = {(dialect.error, "serialization"): None}
    for operation in dialect.operations:
        found[operation.gives, "serialization"] = None
        if operation.takes:
            found[operation.takes, "validation"] = None
    return list(found)


def _operation(dialect: Dialect, operation: Operation, refs: dict[Any, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "tags": [dialect.name],
        "operationId": f"{dialect.name}_{operation.name}",
        "summary": operation.summary,
        "security": [] if operation.open or operation.bare else [{dialect.name: []}],
        "responses": {
            "200": _answered("Done", refs[operation.gives, "serialization"], "X-Request-ID"),
            "4XX": _answered("Refused", refs[dialect.error, "serialization"], *_HEADERS),
            "503": _answered(
                "Not possible right now", refs[dialect.error, "serialization"], "X-Request-ID", "Retry-After"
            ),
        },
    }
    if remark := _remark(dialect, operation):
        described["description"] = remark
    if parameters := _parameters(operation):
        described["parameters"] = parameters
    if operation.takes and operation.method != "GET":
        schema = refs[operation.takes, "validation"]
        described["requestBody"] = {
            "required": not _may_be_empty(operation.takes),
            "content": {"application/json": {"schema": schema}},
        }
    return described


def _remark(dialect: Dialect, operation: Operation) -> str:
    if dialect.browsers and not operation.open:
        return _FROM_BROWSERS
    return _SECRETS if operation.secrets else ""


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    kinds = get_type_hints(operation.does, include_extras=True)
    found: list[dict[str, Any]] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {**_ANY, **_shape(kinds.get(name, str))},
        }
        for name in re.findall(r"{(\w+)}", operation.path)
    ]
    if operation.takes and operation.method == "GET":
        schema = operation.takes.model_json_schema()
        required = schema.get("required", [])
        found += [
            {"name": name, "in": "query", "required": name in required, "schema": shape}
            for name, shape in schema["properties"].items()
        ]
    return found


def _shape(kind: Any) -> dict[str, Any]:
    return TypeAdapter(kind).json_schema()


def _may_be_empty(takes: type[BaseModel]) -> bool:
    """Whether everything may be left out: there is no field that must be there, and no choice to be made."""
    extra: Any = takes.model_config.get("json_schema_extra") or {}
    chosen = any({"oneOf", "anyOf"} & rule.keys() for rule in extra.get("allOf", ()))
    return not chosen and not any(field.is_required() for field in takes.model_fields.values())


def _answered(words: str, schema: dict[str, Any], *headers: str) -> dict[str, Any]:
    return {
        "description": words,
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
        "content": {"application/json": {"schema": schema}},
    }
