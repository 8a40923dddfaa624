"""What a search goes by, in the words of this wire."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from pydantic import WithJsonSchema

from app.api.stytch import ids
from app.api.wire import WireError
from app.domain.users import Condition, Filter

_VALUES_AT_MOST = 100
_SHORTEST_PART = 3
_STATUSES = {"active", "pending"}
_OF_NOBODY = {
    "phone_id", "phone_number", "phone_number_fuzzy", "phone_verified", "oauth_provider", "webauthn_registration_id",
    "webauthn_registration_verified", "crypto_wallet_id", "crypto_wallet_address", "crypto_wallet_verified",
    "biometric_registration_id", "biometric_registration_verified",
}  # fmt: skip
"""Filters of the wire for what nobody has here: they are understood, and nobody fits."""


def conditions(operands: list[dict[str, Any]]) -> tuple[Condition, ...]:
    """Raises WireError."""
    return tuple(_condition(operand) for operand in operands)


def _condition(operand: dict[str, Any]) -> Condition:
    name = operand.get("filter_name")
    if not isinstance(name, str) or not name:
        raise WireError(400, "user_search_missing_filter_name", "An operand has no filter_name.")
    if operand.get("filter_value") is None:
        raise WireError(400, "user_search_missing_filter_value", f"{name} has no filter_value.")
    value = operand["filter_value"]
    if name in _OF_NOBODY:
        return Condition(Filter.NOBODY, None)
    if name not in _READERS:
        raise WireError(400, "user_search_filter_name_not_recognized", f"There is no filter {name[:64]}.")
    wanted, read = _READERS[name]
    return Condition(wanted, read(name, value))


def _texts(name: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _unfit(f"{name} takes a list of texts.")
    if len(value) > _VALUES_AT_MOST:
        raise WireError(
            400, "user_search_maximum_filter_value_count_exceeded", f"{name} takes at most {_VALUES_AT_MOST} values."
        )
    return value


def _ids(kind: str) -> Callable[[str, Any], list[Any]]:
    def read(name: str, value: Any) -> list[Any]:
        return [found for text in _texts(name, value) if (found := ids.read(kind, text))]

    return read


def _statuses(name: str, value: Any) -> list[str]:
    found = _texts(name, value)
    if not set(found) <= _STATUSES:
        raise WireError(400, "user_search_invalid_status_filter", "A status is active or pending.")
    return ["active" if one == "active" else "inactive" for one in found]


def _parts(name: str, value: Any) -> list[str]:
    found = [value] if isinstance(value, str) else _texts(name, value)
    if any(len(part.strip()) < _SHORTEST_PART for part in found):
        raise WireError(
            400, "user_search_email_address_fuzzy_too_short", f"{name} takes at least {_SHORTEST_PART} characters."
        )
    return found


def _yes_or_no(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _unfit(f"{name} takes true or false.")
    return value


def _moment(name: str, value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise _unfit(f"{name} takes a moment as RFC 3339 has it, such as 2026-05-04T09:30:00Z.")
    return moment


def _two_moments(name: str, value: Any) -> tuple[datetime, datetime]:
    if not isinstance(value, dict):
        raise _unfit(f"{name} takes greater_than and less_than.")
    return _moment(name, value.get("greater_than")), _moment(name, value.get("less_than"))


def _unfit(sentence: str) -> WireError:
    return WireError(400, "bad_request", sentence)


_READERS: dict[str, tuple[Filter, Callable[[str, Any], Any]]] = {
    "user_id": (Filter.USER_ID, _ids("user")),
    "external_ids": (Filter.EXTERNAL_ID, _texts),
    "status": (Filter.STATUS, _statuses),
    "full_name_fuzzy": (Filter.NAME_PART, _parts),
    "email_id": (Filter.EMAIL_ID, _ids("email")),
    "email_address": (Filter.EMAIL, _texts),
    "email_address_fuzzy": (Filter.EMAIL_PART, _parts),
    "email_verified": (Filter.EMAIL_VERIFIED, _yes_or_no),
    "totp_id": (Filter.TOTP_ID, _ids("totp")),
    "totp_verified": (Filter.TOTP_VERIFIED, _yes_or_no),
    "password_exists": (Filter.PASSWORD, _yes_or_no),
    "created_at_greater_than": (Filter.MADE_AFTER, _moment),
    "created_at_less_than": (Filter.MADE_BEFORE, _moment),
    "created_at_between": (Filter.MADE_BETWEEN, _two_moments),
}


def _described() -> dict[str, Any]:
    """An operand as a schema: which value goes with which name."""
    text, moment = {"type": "string"}, {"type": "string", "format": "date-time"}
    part = {"type": "string", "pattern": r"\S.+\S"}
    texts = {"type": "array", "items": text, "maxItems": _VALUES_AT_MOST}
    shapes: dict[Callable[[str, Any], Any], dict[str, Any]] = {
        _texts: texts,
        _statuses: {**texts, "items": {"enum": sorted(_STATUSES)}},
        _parts: {"anyOf": [part, {**texts, "items": part}]},
        _yes_or_no: {"type": "boolean"},
        _moment: moment,
        _two_moments: {
            "type": "object",
            "properties": {"greater_than": moment, "less_than": moment},
            "required": ["greater_than", "less_than"],
        },
    }
    pairs = [_pair({"const": name}, shapes.get(read, texts)) for name, (_, read) in _READERS.items()]
    pairs.append(_pair({"enum": sorted(_OF_NOBODY)}, {"not": {"type": "null"}}))
    return {
        "type": "object",
        "description": "the name of a filter, and a value of the kind that it takes",
        "properties": {"filter_name": text, "filter_value": {}},
        "required": ["filter_name", "filter_value"],
        "allOf": [{"oneOf": pairs}],
    }


def _pair(name: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    return {"properties": {"filter_name": name, "filter_value": value}}


Operand = Annotated[dict[str, Any], WithJsonSchema(_described())]
"""Read by `conditions`, which has a word of its own for each thing that can be wrong with one."""
