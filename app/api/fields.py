"""Kinds of fields that requests of every wire have, with what makes one fit."""

import ipaddress
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from app.domain.application_sessions import LONGEST, SHORTEST
from app.domain.projects import is_external_id
from app.domain.text import NAME_AT_MOST, clean_email, clean_name

_MINUTE = timedelta(minutes=1)
_TOKEN_AT_MOST = 16 * 1024


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


Address = Annotated[str, AfterValidator(_address)]
ExternalId = Annotated[str, AfterValidator(_external_id)]
Minutes = Annotated[int, Field(ge=SHORTEST // _MINUTE, le=LONGEST // _MINUTE)]
NamePart = Annotated[str, Field(max_length=NAME_AT_MOST), AfterValidator(clean_name)]
NetworkAddress = Annotated[str, Field(max_length=64), AfterValidator(_network_address)]
SignedToken = Annotated[str, Field(max_length=_TOKEN_AT_MOST)]
Nothing = tuple[()]
"""A list of what nobody has here."""
