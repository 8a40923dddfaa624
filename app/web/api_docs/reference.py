"""The OpenAPI document as people read it: wires, their operations, and what each takes and gives, in words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.projects import Permission

Schema = Mapping[str, Any]

_METHODS = ("get", "post", "put", "patch", "delete")
_SEVERAL = {"object": "objects", "anything": "values of any kind", "null": "nulls"}
_FORMATS = {"date-time": "a date and time"}
_NOTHING: tuple[object, ...] = (None, "", [])


@dataclass(frozen=True, slots=True)
class Field:
    """`kind` says what it holds, `remarks` what else is known of it, `default` what counts where it is left out.

    `objects` are those that stand in it.
    """

    name: str
    kind: str
    required: bool
    remarks: list[str]
    default: str
    objects: list["Shape"]

    @property
    def is_fixed(self) -> bool:
        """Whether it says the same always."""
        return self.kind == "null" or any(one == "empty" or one.startswith("always ") for one in self.remarks)

    def alike(self, other: "Field") -> bool:
        return replace(self, name=other.name) == other


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: what is said of it as a whole, its fields, and which of them go together.

    `rules` say it in words; `cases` are the forms that some of the fields can have, one of which it is.
    """

    remark: str
    fields: list[Field]
    rules: list[str] = field(default_factory=list)
    cases: list["Shape"] = field(default_factory=list)

    @property
    def rows(self) -> list[list[Field]]:
        """The fields in their order, neighbours of one kind together, and likewise those that say the same always."""
        found: list[list[Field]] = []
        for one in self.fields:
            near = found if one.is_fixed else found[-1:]
            same = None if one.objects else next((row for row in near if row[0].alike(one)), None)
            if same is None:
                found.append([one])
            else:
                same.append(one)
        return found

    @property
    def singly(self) -> list[list[Field]]:
        """Each in a row of its own, where it matters of each whether it may be left out."""
        return [[one] for one in self.fields]


@dataclass(frozen=True, slots=True)
class Operation:
    """`secrets`: takes the permission of that name. `open`: needs no key. `refusals` are statuses with their words."""

    noun: str
    method: str
    path: str
    summary: str
    remark: str
    secrets: bool
    open: bool
    in_path: Shape
    in_query: Shape
    body: Shape | None
    gives: Shape
    refusals: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wire:
    """`callers` say who they are by this; `error` is the form of every refusal."""

    noun: str
    title: str
    scheme: str
    callers: str
    operations: list[Operation]
    error: Shape


@dataclass(frozen=True, slots=True)
class Reference:
    introduction: str
    address: str
    wires: list[Wire]


def read(document: Schema) -> Reference:
    return Reference(
        introduction=document["info"]["description"],
        address=document["servers"][0]["url"],
        wires=[_wire(document, tag) for tag in document["tags"]],
    )


def _wire(document: Schema, tag: Schema) -> Wire:
    described = [
        (method, path, item[method])
        for path, item in document["paths"].items()
        for method in _METHODS
        if method in item and tag["name"] in item[method]["tags"]
    ]
    scheme = document["components"]["securitySchemes"][tag["name"]]
    refused = [answer for _, _, one in described for status, answer in one["responses"].items() if status != "200"]
    return Wire(
        noun=_noun(tag["name"]),
        title=tag["description"],
        scheme=scheme["scheme"],
        callers=scheme["description"],
        operations=[_operation(document, tag["name"], *one) for one in described],
        error=_shape(document, _content(refused[0])) if refused else Shape("", []),
    )


def _operation(document: Schema, tag: str, method: str, path: str, described: Schema) -> Operation:
    remark, body = described.get("description", ""), described.get("requestBody")
    return Operation(
        noun=_noun(described["operationId"].removeprefix(f"{tag}_")),
        method=method.upper(),
        path=path,
        summary=described["summary"],
        remark=remark,
        secrets=Permission.FACTOR_SECRETS in remark,
        open=not described["security"],
        in_path=_parameters(document, described, "path"),
        in_query=_parameters(document, described, "query"),
        body=_shape(document, _content(body)) if body else None,
        gives=_shape(document, _content(described["responses"]["200"])),
        refusals=[(status, one["description"]) for status, one in described["responses"].items() if status != "200"],
    )


def _noun(name: str) -> str:
    return name.replace("_", "-")


def _content(holder: Schema) -> Schema:
    found: Schema = holder["content"]["application/json"]["schema"]
    return found


def _parameters(document: Schema, described: Schema, place: str) -> Shape:
    found = [
        _field(document, one["name"], {**one["schema"]}, required=one["required"], within=())
        for one in described.get("parameters", [])
        if one["in"] == place
    ]
    return Shape("", found)


def _shape(document: Schema, schema: Schema, within: tuple[str, ...] = ()) -> Shape:
    """`within` are the references that led here: an object that holds its own kind is not followed for ever."""
    if reference := schema.get("$ref"):
        return _shape(document, _resolved(document, reference), (*within, reference))
    required, parts = schema.get("required", []), schema.get("allOf", [])
    return Shape(
        remark=schema.get("description", "").replace("`", ""),
        fields=[
            _field(document, name, one, required=name in required, within=within)
            for name, one in schema.get("properties", {}).items()
        ],
        rules=[rule for part in parts for rule in _rules(part)],
        cases=[_shape(document, one, within) for part in parts for one in part.get("oneOf", []) if _are_cases(part)],
    )


def _rules(part: Schema) -> Iterator[str]:
    """What a schema demands of fields besides what each of them is."""
    if together := part.get("not", {}).get("required"):
        yield f"Not both {_listed(together, 'and')}."
    for keyword, words in (("oneOf", "Just one of"), ("anyOf", "At least one of")):
        names = [name for one in part.get(keyword, []) for name in one.get("required", [])]
        if names and not _are_cases(part):
            yield f"{words} {_listed(names, 'and')}."


def _are_cases(part: Schema) -> bool:
    """Told apart by what a field says, and not only by which of them is there."""
    fields = [one for case in part.get("oneOf", []) for one in case.get("properties", {}).values()]
    return any("const" in one or "enum" in one for one in fields)


def _listed(words: Sequence[str], last: str) -> str:
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _resolved(document: Schema, reference: str) -> Schema:
    found: Schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    return found


def _field(document: Schema, name: str, schema: Schema, *, required: bool, within: tuple[str, ...]) -> Field:
    choices = _choices(schema)
    return Field(
        name=name,
        kind=" or ".join(dict.fromkeys(_kind(document, one) for one in choices)),
        required=required,
        remarks=[*_remarks(schema), *(remark for one in choices if one is not schema for remark in _remarks(one))],
        default="" if schema.get("default") in _NOTHING else str(schema["default"]),
        objects=[_shape(document, one, within) for one in _objects(document, schema, within)],
    )


def _choices(schema: Schema) -> list[Schema]:
    """What a value may be, where it may be one of several things."""
    return [one for choice in schema["anyOf"] for one in _choices(choice)] if "anyOf" in schema else [schema]


def _kind(document: Schema, schema: Schema) -> str:
    if reference := schema.get("$ref"):
        return _kind(document, _resolved(document, reference))
    if schema.get("type") != "array":
        words = [schema["const"]] if "const" in schema else schema.get("enum", [])
        told = "string" if words and all(isinstance(one, str) for one in words) else "anything"
        return str(schema.get("type", told))
    kinds = dict.fromkeys(_kind(document, one) for one in _items(schema))
    if not kinds:
        return "list"
    return f"list of {' or '.join(_SEVERAL.get(kind, f'{kind}s') for kind in kinds)}"


def _remarks(schema: Schema) -> list[str]:
    """What is known of a value besides its kind; of the things in a list what is known of each."""
    said = schema.get("description")
    found = [*([said] if said else []), *_values(schema), *_lengths(schema)]
    if "format" in schema:
        found.append(_FORMATS.get(schema["format"], str(schema["format"])))
    if "pattern" in schema:
        found.append(f"of the form {schema['pattern']}")
    found += [f"each {remark}" for one in _items(schema) if "properties" not in one for remark in _remarks(one)]
    if schema.get("not") == {"type": "null"}:
        found.append("not null")
    for part in schema.get("allOf", []):
        if forms := [remark for one in part.get("anyOf", []) for remark in _remarks(one)]:
            found.append(_listed(forms, "or"))
    return found


def _items(schema: Schema) -> list[Schema]:
    """What may stand in a list: anywhere in it, or each at a place of its own."""
    kinds = [schema["items"]] if "items" in schema else schema.get("prefixItems", [])
    return [one for kind in kinds for one in _choices(kind)]


def _values(schema: Schema) -> list[str]:
    values = [_word(value) for value in ([schema["const"]] if "const" in schema else schema.get("enum", []))]
    return ([_listed(values, "or")] if len(values) > 1 else [f"always {values[0]}"]) if values else []


def _word(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else json.dumps(value)


def _lengths(schema: Schema) -> list[str]:
    if schema.get("maxItems") == 0:
        return ["always empty"]
    if schema.get("maxLength") == 0 or schema.get("maxProperties") == 0:
        return ["empty"]
    found = [
        _between(schema.get("minLength"), schema.get("maxLength"), " characters"),
        _between(schema.get("minimum"), schema.get("maximum"), ""),
        _between(schema.get("minItems"), schema.get("maxItems"), " of them"),
        f"below {schema['exclusiveMaximum']}" if "exclusiveMaximum" in schema else "",
    ]
    return [words for words in found if words]


def _between(least: int | None, most: int | None, of_what: str) -> str:
    if least is None and most is None:
        return ""
    if least is None or least == most:
        return f"{'at most ' if least is None else ''}{most}{of_what}"
    return f"at least {least}{of_what}" if most is None else f"{least} to {most}{of_what}"


def _objects(document: Schema, schema: Schema, within: tuple[str, ...]) -> Iterator[Schema]:
    """Schemas with fields of their own that stand in this one, but for those that led here."""
    for one in _choices(schema):
        reference = one.get("$ref")
        if reference and reference not in within and _resolved(document, reference).get("properties"):
            yield one
        if one.get("properties"):
            yield one
        for inside in (one.get("items"), one.get("additionalProperties"), *one.get("prefixItems", [])):
            if isinstance(inside, Mapping):
                yield from _objects(document, inside, within)
