"""Kinds of fields that requests of this part have."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field

from app.api.fields import WHOLE
from app.api.stytch import ids
from app.domain.recovery_codes import TYPED_AT_MOST
from app.domain.tenants import LOGO_AT_MOST
from app.domain.text import NAME_AT_MOST, clean_name
from app.domain.users import LABEL_AT_MOST, LABELS_AT_MOST

Value = TypeVar("Value")

Label = Annotated[str, Field(min_length=1, max_length=LABEL_AT_MOST)]
Labels = Annotated[list[Label], Field(max_length=LABELS_AT_MOST)]
OrganizationId = Annotated[
    str,
    Field(
        min_length=1,
        max_length=128,
        description="The organization's id, its slug or its external id",
        json_schema_extra={"pattern": "^[A-Za-z0-9._|-]+$"},
    ),
]
MemberId = Annotated[
    str,
    Field(
        min_length=1,
        max_length=128,
        description="The member's id, or its external id",
        json_schema_extra={"pattern": f"^({ids.pattern('member')}|(?!member-)[A-Za-z0-9._|-]+)$"},
    ),
]
SoleMemberId = Annotated[str, Field(json_schema_extra={"pattern": f"^{ids.pattern('member')}$"})]
SessionId = Annotated[str, Field(json_schema_extra={"pattern": f"^({ids.pattern('session')})?$"})]
MemberCursor = Annotated[str, Field(json_schema_extra={"pattern": f"^({ids.pattern('member')})?$"})]
OrganizationCursor = Annotated[str, Field(json_schema_extra={"pattern": f"^({ids.pattern('organization')})?$"})]
Limit = Annotated[int, Field(ge=1, le=1000), WHOLE]


def _name(text: str) -> str:
    if not 0 < len(cleaned := clean_name(text)) <= NAME_AT_MOST:
        raise ValueError("a name is 1 to 120 characters that can be seen")
    return cleaned


def _web_address(text: str) -> str:
    if text and not text.startswith(("https://", "http://")):
        raise ValueError("it is no address of the web")
    return text


def _absent(value: Value) -> Value:
    if value:
        raise ValueError("Sparekey has nothing of this kind: leave it out")
    return value


OrganizationName = Annotated[str, Field(min_length=1, max_length=NAME_AT_MOST), AfterValidator(_name)]
Logo = Annotated[
    str,
    Field(max_length=LOGO_AT_MOST, json_schema_extra={"pattern": "^(https?://.*)?$"}),
    AfterValidator(_web_address),
]
Slug = Annotated[
    str,
    Field(max_length=128, json_schema_extra={"pattern": "^([a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?)?$"}),
]
"""This and the next two are read by the services, which have words for what is wrong with one."""

ForeignSecret = Annotated[
    str,
    Field(
        description="base32, of 112 bits or more",
        json_schema_extra={"pattern": "^[ -]*([A-Za-z2-7][ -]*){23,256}[= -]*$"},
    ),
]
ForeignCode = Annotated[
    str, Field(json_schema_extra={"maxLength": TYPED_AT_MOST, "pattern": "^[ -]*([!-,.-~][ -]*){8,}$"})
]
NoText = Annotated[str, Field(json_schema_extra={"maxLength": 0}), AfterValidator(_absent)]
NoList = Annotated[list[Any], Field(json_schema_extra={"maxItems": 0}), AfterValidator(_absent)]
NoMap = Annotated[dict[str, Any], Field(json_schema_extra={"maxProperties": 0}), AfterValidator(_absent)]
NotAllowed = Literal["NOT_ALLOWED"]
Unrestricted = Literal["RESTRICTED", "ALL_ALLOWED"]
"""What is restricted by nothing but by what there is here comes out as restricted."""
