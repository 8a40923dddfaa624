"""The OpenAPI document (3.1) of all wires, made from the models that read requests and write answers."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.api.wire import Dialect, Operation

_VERSION = "3.1.0"
_REF = "#/components/schemas/{model}"
_INTRODUCTION = (
    "What applications call: the operations of hosted services, as their official clients send them. "
    "The people are those of the organization that a project belongs to, the same that the portal shows."
)
_SECRETS = "Takes a project with the permission `factor_secrets`."


def document(dialects: Sequence[Dialect], origin: str) -> dict[str, Any]:
    refs, schemas = models_json_schema(_models(dialects), ref_template=_REF)
    paths: dict[str, Any] = {}
    for dialect in dialects:
        for operation in dialect.operations:
            paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(dialect, operation, refs)
    return {
        "openapi": _VERSION,
        "info": {"title": "Sparekey", "version": "1", "description": _INTRODUCTION},
        "servers": [{"url": origin}],
        "tags": [{"name": dialect.name, "description": dialect.title} for dialect in dialects],
        "paths": paths,
        "components": {
            "schemas": schemas.get("$defs", {}),
            "securitySchemes": {dialect.name: dict(dialect.scheme) for dialect in dialects},
        },
    }


def written(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1)


def _models(dialects: Iterable[Dialect]) -> list[tuple[type[BaseModel], Any]]:
    found: dict[tuple[type[BaseModel], str], None] = {}
    for dialect in dialects:
        found[dialect.error, "serialization"] = None
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
        "security": [] if operation.open else [{dialect.name: []}],
        "responses": {
            "200": _answered("Done", refs[operation.gives, "serialization"]),
            "4XX": _answered("Refused", refs[dialect.error, "serialization"]),
            "503": _answered("Not possible right now", refs[dialect.error, "serialization"]),
        },
    }
    if operation.secrets:
        described["description"] = _SECRETS
    if parameters := _parameters(operation):
        described["parameters"] = parameters
    if operation.takes and operation.method != "GET":
        schema = refs[operation.takes, "validation"]
        described["requestBody"] = {
            "required": any(field.is_required() for field in operation.takes.model_fields.values()),
            "content": {"application/json": {"schema": schema}},
        }
    return described


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    text = {"type": "string", "minLength": 1}
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": text}
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


def _answered(words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": schema}}}
