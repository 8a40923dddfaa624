"""What searches of members and organizations go by, in the words of this part."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from pydantic import WithJsonSchema

from app.api.stytch import ids
from app.api.wire import WireError
from app.domain.tenants import TenantCondition, TenantFilter
from app.domain.users import Condition, Filter

Wanted = TypeVar("Wanted")

_VALUES_AT_MOST = 100
_SHORTEST_PART = 3
_STATUSES = ("active", "deleted", "invited", "pending")
_TEXT = {"type": "string"}
_PART = {"type": "string", "pattern": r"\S.+\S"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT, "maxItems": _VALUES_AT_MOST}
_ANYTHING: dict[str, Any] = {"not": {"type": "null"}}


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes what the domain looks for out of the value of a filter, given the search that it is of, and its name."""

    read: Callable[[str, str, Any], Any]
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Filters(Generic[Wanted]):
    """Of one search; `of` begins most of its words for what is wrong with an operand."""

    of: str
    known: Mapping[str, tuple[Wanted, _Reader]]

    def conditions(self, operands: Sequence[dict[str, Any]]) -> list[tuple[Wanted, Any]]:
        """Raises WireError."""
        return [self._condition(operand) for operand in operands]

    def described(self) -> dict[str, Any]:
        """An operand as a schema: which value goes with which names."""
        kinds: list[tuple[Mapping[str, Any], list[str]]] = []
        for name, (_, reader) in self.known.items():
            names = next((names for schema, names in kinds if schema == reader.schema), None)
            if names is None:
                kinds.append((reader.schema, [name]))
            else:
                names.append(name)
        pairs = [{"properties": {"filter_name": {"enum": names}, "filter_value": schema}} for schema, names in kinds]
        return {
            "type": "object",
            "description": "the name of a filter, and a value of the kind that it takes",
            "properties": {"filter_name": _TEXT, "filter_value": {}},
            "required": ["filter_name", "filter_value"],
            "allOf": [{"oneOf": pairs}],
        }

    def _condition(self, operand: dict[str, Any]) -> tuple[Wanted, Any]:
        name, value = operand.get("filter_name"), operand.get("filter_value")
        if name is None or name == "":
            raise WireError(400, f"{self.of}_missing_filter_name", "An operand has no filter_name.")
        if not isinstance(name, str):
            raise WireError(400, f"{self.of}_filter_name_must_be_string", "A filter_name is a text.")
        if name not in self.known:
            raise WireError(400, f"{self.of}_filter_name_not_recognized", f"There is no filter {name[:64]}.")
        if value is None:
            raise WireError(400, f"{self.of}_missing_filter_value", f"{name} has no filter_value.")
        wanted, reader = self.known[name]
        return wanted, reader.read(self.of, name, value)


def _texts(of: str, name: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise WireError(400, f"{of}_expected_array_of_strings", f"{name} takes a list of texts.")
    if len(value) > _VALUES_AT_MOST:
        raise WireError(400, "bad_request", f"{name} takes at most {_VALUES_AT_MOST} values.")
    return value


def _ids(kind: str) -> _Reader:
    def read(of: str, name: str, value: Any) -> list[Any]:
        return [found for text in _texts(of, name, value) if (found := ids.read(kind, text))]

    return _Reader(read, _TEXTS)


def _parts(of: str, name: str, value: Any) -> list[str]:
    if not isinstance(value, str):
        raise WireError(400, f"{of}_expected_string", f"{name} takes a text.")
    if len(value.strip()) < _SHORTEST_PART:
        raise WireError(400, f"{of}_{name}_too_short", f"{name} takes at least {_SHORTEST_PART} characters.")
    return [value]


def _yes_or_no(of: str, name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise WireError(400, f"{of}_expected_boolean", f"{name} takes true or false.")
    return value


def _statuses(of: str, name: str, value: Any) -> list[str]:
    found = _texts(of, name, value)
    if not set(found) <= set(_STATUSES):
        raise WireError(400, "search_invalid_status_filter", f"A status is one of {', '.join(_STATUSES)}.")
    return found


def _nothing(_of: str, _name: str, _value: Any) -> None:
    return None


_SOME_TEXTS, _SOME_PART = _Reader(_texts, _TEXTS), _Reader(_parts, _PART)
_YES_OR_NO = _Reader(_yes_or_no, {"type": "boolean"})
_OF_NOBODY = _Reader(_nothing, _ANYTHING)
"""For what nobody has here: it is understood, and nobody fits."""

_MEMBERS = _Filters(
    "member_search",
    {
        "member_ids": (Filter.USER_ID, _ids("member")),
        "member_emails": (Filter.EMAIL, _SOME_TEXTS),
        "member_email_fuzzy": (Filter.EMAIL_PART, _SOME_PART),
        "member_is_breakglass": (Filter.BREAKGLASS, _YES_OR_NO),
        "member_password_exists": (Filter.PASSWORD, _YES_OR_NO),
        "external_ids": (Filter.EXTERNAL_ID, _SOME_TEXTS),
        "statuses": (Filter.STATUS, _Reader(_statuses, {**_TEXTS, "items": {"enum": list(_STATUSES)}})),
        "member_phone_numbers": (Filter.NOBODY, _OF_NOBODY),
        "member_phone_number_fuzzy": (Filter.NOBODY, _OF_NOBODY),
        "member_mfa_phone_numbers": (Filter.NOBODY, _OF_NOBODY),
        "member_mfa_phone_number_fuzzy": (Filter.NOBODY, _OF_NOBODY),
    },
)
_ORGANIZATIONS = _Filters(
    "organization_search",
    {
        "organization_ids": (TenantFilter.ID, _ids("organization")),
        "organization_slugs": (TenantFilter.SLUG, _SOME_TEXTS),
        "organization_name_fuzzy": (TenantFilter.NAME_PART, _SOME_PART),
        "organization_slug_fuzzy": (TenantFilter.SLUG_PART, _SOME_PART),
        "member_emails": (TenantFilter.MEMBER_EMAIL, _SOME_TEXTS),
        "member_email_fuzzy": (TenantFilter.MEMBER_EMAIL_PART, _SOME_PART),
        "allowed_domains": (TenantFilter.NOBODY, _OF_NOBODY),
        "allowed_domain_fuzzy": (TenantFilter.NOBODY, _OF_NOBODY),
        "claimed_email_domains": (TenantFilter.NOBODY, _OF_NOBODY),
        "has_active_sso_connection": (TenantFilter.WITH_SSO, _YES_OR_NO),
        "sso_connection_id": (TenantFilter.NOBODY, _OF_NOBODY),
    },
)


def member_conditions(operands: Sequence[dict[str, Any]]) -> tuple[Condition, ...]:
    """Raises WireError."""
    return tuple(Condition(wanted, value) for wanted, value in _MEMBERS.conditions(operands))


def looks_for_deleted(operands: Sequence[dict[str, Any]]) -> bool:
    """Who was removed is found where a search says so, and only there."""
    by_status = [one.get("filter_value") for one in operands if one.get("filter_name") == "statuses"]
    return any(isinstance(value, list) and "deleted" in value for value in by_status)


def organization_conditions(operands: Sequence[dict[str, Any]]) -> tuple[TenantCondition, ...]:
    """Raises WireError."""
    return tuple(TenantCondition(wanted, value) for wanted, value in _ORGANIZATIONS.conditions(operands))


MemberOperand = Annotated[dict[str, Any], WithJsonSchema(_MEMBERS.described())]
OrganizationOperand = Annotated[dict[str, Any], WithJsonSchema(_ORGANIZATIONS.described())]
"""Both are read by what is above, which has a word of its own for each thing that can be wrong with one."""
