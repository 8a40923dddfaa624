"""What the OpenAPI document says, held against the wires by Schemathesis, with all its checks.

A test is made of each operation when tests are collected, before there is a portal. What it calls is a door that leads
to the portal of the test, and the keys that it sends are stand-ins for those of the application there.
"""

import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis import settings as bounded
from schemathesis.checks import CheckFunction
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import allow_header_conformance, positive_data_acceptance, unsupported_method

from app.api import application
from app.config import Settings
from tests.support.stages import Stages
from tests.support.wires import ALL, STEPPING_UP, Route, Scene, named

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Case = schemathesis.Case[Any]

SEED = 20261128
_BOUNDED = bounded(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
ROUTES = {f"{route.dialect.name}_{route.operation.name}": route for route in ALL}
STAND_INS = {
    dialect.name: f"{str(dialect.scheme['scheme']).title()} {b64encode(f'{dialect.name}:x'.encode()).decode()}"
    for dialect in application.DIALECTS
}

CONFIG = schemathesis.Config.from_dict(
    {
        "seed": SEED,
        # No text may hold a NUL, not even under a name that nobody asks for: no schema can say that.
        "generation": {"allow-x00": False},
        # Nor can it say how large a body may be as a whole: too large is a refusal of either kind of data.
        "checks": {
            "negative_data_rejection": {
                "expected-statuses": [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 429, "5xx"]
            },
            "positive_data_acceptance": {"expected-statuses": ["2xx", 401, 403, 404, 409, 413, 429, "5xx"]},
        },
    }
)
BEYOND_SCHEMAS = {
    "active_totp_exists",
    "action_available_only_for_active_members",
    "custom_claims_too_large",
    "duplicate_email",
    "duplicate_user_external_id",
    "email_in_use",
    "default_mfa_member_missing_factor",
    "duplicate_member_email",
    "duplicate_member_external_id",
    "invalid_member_get_fields",
    "invalid_external_auth",
    "invalid_recovery_code",
    "invalid_session_jwt",
    "invalid_set_mfa_enrollment",
    "invalid_totp_secret",
    "invalid_user",
    "metadata_too_large",
    "mfa_device_not_found",
    "mfa_invalid_code",
    "mfa_invalid_request",
    "no_deleted_member_found_for_reactivation",
    "organization_external_id_already_used",
    "organization_slug_already_used",
    "token_missing_organization_id_claim",
    "recovery_code_invalid",
    "unable_to_parse_session_jwt",
    "user_not_active",
}
TOO_LONG_TOGETHER = "The name is longer than 120 characters."
"""What is said with 400 or 422 on these wires and depends on what there is, on signatures, checksums and sums."""

SHARED_PATHS = {"stytch_search_users", "streambird_search_users", "streambird_create_user"}
SHARED_PATHS |= {"stytch_b2b_search_organizations"}
"""They are also paths of whatever an application might call `search` or `create`, with the methods of that."""

PATHS_OF_OTHERS = {"dynamic_get_own_methods", "dynamic_get_own_recovery_codes", "dynamic_create_own_recovery_codes"}
"""Likewise of an authenticator with such an id, which can be asked for in other ways: there is none."""

NEW = {"email", "email_address", "organization_name", "organization_slug", "organization_external_id"}
"""What is not somebody's already."""


class Door:
    """Leads to the portal of the tests, and puts in place of a stand-in the key or the session that it is for."""

    scene: Scene

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        sent = environ.get("HTTP_AUTHORIZATION")
        for route in (one for one in ALL if STAND_INS[one.dialect.name] == sent):
            if route.operation.method == environ["REQUEST_METHOD"] and route.fits(environ["PATH_INFO"]):
                del environ["HTTP_AUTHORIZATION"]
                key = self.scene.key_of(route)
                environ |= {"HTTP_AUTHORIZATION": key["Authorization"]} if key else {}
                break
        return self.scene.caller.app(environ, start_response)


DOOR = Door()
api = schemathesis.openapi.from_dict(
    deepcopy(application.description(Settings(instance=Path("nowhere")))),  # links that it infers are written into it
    config=CONFIG,
)
api.app = DOOR


@api.auth(refresh_interval=None)
class Key:
    def get(self, _case: Case, context: schemathesis.AuthContext) -> str:
        return STAND_INS[(context.operation.tags or [""])[0]]

    def set(self, case: Case, data: str, _context: schemathesis.AuthContext) -> None:
        case.headers["Authorization"] = data


UNLIMITED = {"project_limit": 0, "visitor_limit": 0}
"""Many requests in one minute of the test's time would reach a limit."""


@pytest.fixture(scope="module")
def lasting(stages: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One for all operations."""
    with stages.made_in(tmp_path_factory.mktemp("instance"), **UNLIMITED) as scene:
        yield scene


@pytest.fixture
def scene(lasting: Scene) -> Scene:
    """As at the beginning, whatever has become of it."""
    lasting.begin()
    assert lasting.ask(named("stytch_b2b.update_organization")).status_code == 200
    DOOR.scene = lasting
    return lasting


def route_of(case: Case) -> Route:
    return ROUTES[case.operation.definition.raw["operationId"]]


def settle(case: Case, scene: Scene) -> None:
    """Let most of what would be well-formed and nobody's be somebody's, so that there is more to see than 404."""
    route = route_of(case)
    meta = case.meta
    if meta is None or not _is_well_formed(case, ParameterLocation.PATH):
        return
    real = _real(scene, route)
    for place, values in (
        (ParameterLocation.PATH, case.path_parameters),
        (ParameterLocation.QUERY, case.query),
        (ParameterLocation.BODY, case.body),
    ):
        if isinstance(values, dict) and _is_well_formed(case, place):
            for name, value in values.items():
                if name in real and isinstance(value, str) and value and zlib.crc32(value.encode()) % 4:
                    values[name] = real[name]


def _is_well_formed(case: Case, place: ParameterLocation) -> bool:
    return case.meta is None or not case.meta.is_negative_at(place)


def _real(scene: Scene, route: Route) -> dict[str, Any]:
    """By the names of fields and of what stands in paths."""
    pattern, path = route.operation.path.split("/"), scene.path(route).split("/")
    in_path = {part.strip("{}"): one for part, one in zip(pattern, path, strict=True) if part.startswith("{")}
    form = {name: value for name, value in scene.form(route).items() if isinstance(value, str) and name not in NEW}
    side = scene.side(route)
    return {"session_jwt": side.jwt, "session_token": side.token, **in_path, **form}


def passed_over(case: Case, response: schemathesis.Response) -> list[CheckFunction]:
    """The checks that would take for a fault what is said above to be none."""
    found = []
    if case.operation.definition.raw["operationId"] in SHARED_PATHS:
        found.append(allow_header_conformance)
    if case.operation.definition.raw["operationId"] in PATHS_OF_OTHERS:
        found += [allow_header_conformance, unsupported_method]
    if response.status_code in {400, 422} and {*response.json().values()} & {*BEYOND_SCHEMAS, TOO_LONG_TOGETHER}:
        found.append(positive_data_acceptance)
    return found


@api.parametrize()
@_BOUNDED
def test_the_wire_does_as_is_written(case: Case, scene: Scene) -> None:
    settle(case, scene)
    response = case.call()
    case.validate_response(response, excluded_checks=passed_over(case, response))
    done = route_of(case).name if response.status_code == 200 else ""
    if done in STEPPING_UP:
        scene.sit_down()
    if done.startswith(("delete", "revoke", "rotate", "migrate", "reactivate", "reset", "create_own_recovery")):
        scene.begin()
    elif done.startswith("recover"):
        scene.spend()


def test_what_one_call_gives_is_taken_by_the_next(stages: Stages, instance: Path) -> None:
    """Chains of calls, as the document lets one guess them; some end with the whole organization."""
    with stages.made_in(instance, **UNLIMITED) as scene:
        DOOR.scene = scene
        _goes_through_chains()


def _goes_through_chains() -> None:

    class Chain(api.as_state_machine()):  # type: ignore[misc]
        def validate_response(self, response: schemathesis.Response, case: Case, **_more: Any) -> None:
            case.validate_response(response, excluded_checks=passed_over(case, response), recorder=self.recorder)

    Chain.run(settings=bounded(_BOUNDED, derandomize=True, stateful_step_count=6))
