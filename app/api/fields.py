"""Kinds of fields that requests of every wire have, with what makes one fit, and what is said of it in OpenAPI."""

import ipaddress
from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from app.domain.application_sessions import LONGEST, SHORTEST
from app.domain.projects import is_external_id
from app.domain.text import NAME_AT_MOST, clean_email, clean_name

_MINUTE = timedelta(minutes=1)
_EMPTY = {"maxLength": 0}
_TOKEN_AT_MOST = 16_000
"""With room for the rest of the body, which is 16 KiB at most."""


def _address(text: str) -> str:
    address = clean_email(text)
    if address is None:
        raise ValueError("it has not the shape of an e-mail address")
    return address


def _external_id(text: str) -> str:
    if not is_external_id(text):
        raise ValueError("an external id is 1 to 128 letters, digits and characters of . _ - |")
    return text


def _network_address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text)) if text else ""
    except ValueError:
        raise ValueError("it is no IP address") from None


def whole(value: object) -> object:
    """JSON has one kind of number: 60.0 is 60."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def given(*names: str) -> dict[str, Any]:
    """As a schema: each of them holds a text. Clients send null, or an empty one, for what they leave out."""
    return {"required": list(names), "properties": {name: {"type": "string", "minLength": 1} for name in names}}


def one_of(*names: str) -> dict[str, Any]:
    """As a schema: just one of them does."""
    return {"oneOf": [given(name) for name in names]}


def not_both(name: str, other: str) -> dict[str, Any]:
    return {"not": given(name, other)}


Address = Annotated[str, AfterValidator(_address), Field(json_schema_extra={"format": "idn-email"})]
ExternalId = Annotated[
    str, AfterValidator(_external_id), Field(json_schema_extra={"pattern": "^[A-Za-z0-9._|-]{1,128}$"})
]
WHOLE = BeforeValidator(whole)
Minutes = Annotated[int, Field(ge=SHORTEST // _MINUTE, le=LONGEST // _MINUTE), WHOLE]
NamePart = Annotated[str, Field(max_length=NAME_AT_MOST), AfterValidator(clean_name)]
NetworkAddress = Annotated[
    str,
    Field(max_length=64, json_schema_extra={"allOf": [{"anyOf": [{"format": "ipv4"}, {"format": "ipv6"}, _EMPTY]}]}),
    AfterValidator(_network_address),
]
SignedToken = Annotated[str, Field(max_length=_TOKEN_AT_MOST)]
TotpCode = Annotated[str, Field(json_schema_extra={"pattern": "^[ -]*([0-9][ -]*){6}$"})]
"""What does not look like one is refused by the service, which knows more of it."""

NoPhone = Annotated[str, Field(json_schema_extra={**_EMPTY}, description="Phone numbers are not kept here")]
Nothing = tuple[()]
"""A list of what nobody has here."""
