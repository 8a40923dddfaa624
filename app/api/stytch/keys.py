"""The keys by which clients check the tokens of sessions, for anyone who asks."""

from typing import Annotated

from pydantic import Field

from app.api.stytch.errors import Reply
from app.api.wire import Anyone, Given, WireError
from app.domain.projects import read_id
from app.services import project_calls, signing_keys


class JsonWebKey(Given):
    """`x5tS256` is how one client spells `x5t#S256`."""

    kty: str
    use: str
    key_ops: list[str]
    alg: str
    kid: str
    x5c: list[str]
    x5t_s256: Annotated[str, Field(serialization_alias="x5t#S256")]
    x5tS256: str  # noqa: N815 -- as the client reads it
    n: str
    e: str


class Keys(Reply):
    keys: list[JsonWebKey]


def keys(anyone: Anyone, project_id: str) -> Keys:
    public_id = read_id(project_id)
    project = project_calls.with_id(anyone.portal, public_id) if public_id else None
    if project is None:
        raise WireError(404, "project_not_found", "There is no such project.")
    return Keys(keys=[_key_of(one) for one in signing_keys.published(anyone.portal, project)])


def _key_of(public: dict[str, object]) -> JsonWebKey:
    thumbprint = public["x5t#S256"]
    return JsonWebKey.model_validate({**public, "x5t_s256": thumbprint, "x5tS256": thumbprint})
